"""The completeness gate: what has to be known before anything is listed.

The gate decides which items of the panel are asked of this profile on this day, which of them are
answered, and which answers each open one could still have; :mod:`lungmets.weighing` finds out what
those could do to the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lungmets.assessment import Missing
from lungmets.engine.encoding import encode
from lungmets.engine.genes import read_genes, way_of_being_open
from lungmets.engine.table import UNKNOWN, States, bits
from lungmets.engine.view import View
from lungmets.knowledge.facts import GENES, variants
from lungmets.knowledge.schema import PanelItem
from lungmets.profile import PatientProfile
from lungmets.results import GeneResult
from lungmets.vocabulary import BrainLesions, Panel, ResultStatus
from lungmets.weighing import Open, Patch, patched, weigh


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate found. ``states`` are the facts as far as they are answered."""

    states: States
    missing: tuple[Missing, ...]
    not_considered: tuple[str, ...]
    asked: tuple[str, ...]


def examine(view: View, profile: PatientProfile, panel: Panel) -> Gate:
    """Which items are asked, which are open, and what each open one could still do."""
    states, relevant, whys, left_out = _opened(view, profile, panel)
    states = patched(states, _not_considered(view, left_out)) if left_out else states

    asked = [item for item, _ in whys]
    open_items = [
        Open(item, why, tuple(_answers(view, item.item, profile, states))) for item, why in whys if why
    ]
    straddling = _straddling(view, asked, profile, states, view.base.content.panel.reasons)
    missing = weigh(view, states, [*open_items, *straddling])
    if straddling and not any(found.item == "pd_l1_tps" and found.decisive for found in missing):
        # The bound does not decide: any bin that it covers gives the same options.
        missing = [found for found in missing if found.item != "pd_l1_tps"]
        states = patched(states, straddling[0].answers[0])
    return Gate(
        states=states,
        missing=tuple(missing),
        not_considered=tuple(item.item for item in relevant if item.item in left_out),
        asked=tuple(item.item for item in asked),
    )


def unanswered(view: View, profile: PatientProfile, panel: Panel) -> dict[str, bool]:
    """The items that are asked, each with whether it has no answer at all.

    What the answers could do is not weighed, which takes longest; so a bound that covers a threshold is
    an answer here.
    """
    _, _, whys, _ = _opened(view, profile, panel)
    return {item.item: bool(why) for item, why in whys}


def known_states(view: View, profile: PatientProfile, panel: Panel) -> tuple[States, tuple[str, ...]]:
    """The states of the facts as the gate leaves them, and the items without an answer.

    As for :func:`unanswered`, a bound is an answer here.
    """
    states, _, whys, left_out = _opened(view, profile, panel)
    states = patched(states, _not_considered(view, left_out)) if left_out else states
    return states, tuple(item.item for item, why in whys if why)


# ---- answered or not ---------------------------------------------------------------------------


def _opened(
    view: View, profile: PatientProfile, panel: Panel
) -> tuple[States, list[PanelItem], list[tuple[PanelItem, str]], tuple[str, ...]]:
    """The states, the relevant items, the asked ones with why each is open, and the genes left out."""
    genes = read_genes(view.base, profile)
    states = encode(view.base, profile, genes=genes.states)
    possible = view.panel_part.possible(states)
    relevant, asked, left_out = asked_items(view, panel, possible, genes.stated)
    reasons = view.base.content.panel.reasons
    whys = [
        (
            item,
            genes.open.get(item.item, "")
            if item.item in GENES
            else open_because(item.item, profile, reasons),
        )
        for item in asked
    ]
    return states, relevant, whys, left_out


def asked_items(
    view: View, panel: Panel, possible: int, stated: frozenset[str]
) -> tuple[list[PanelItem], list[PanelItem], tuple[str, ...]]:
    """The items that concern the profile, those of them that are asked, and the genes left out.

    A gene of which something was stated counts, and gates, in either panel.
    """
    key = (view.number, panel, possible, stated)
    found = view.memory.asked.get(key)
    if found is None:
        relevant = [item for item in view.panel_items if view.base.bits[f"panel:{item.item}"] & possible]
        asked = [item for item in relevant if panel in item.panels or item.item in stated]
        names = {item.item for item in asked}
        left_out = tuple(gene for gene in GENES if gene not in names and gene not in stated)
        found = (relevant, asked, left_out)
        view.memory.asked.keep(key, found)
    return found


def no_answers(view: View, profile: PatientProfile) -> dict[str, str]:
    """Genes whose stated result is no answer (by specimen or assay), with the reason."""
    return read_genes(view.base, profile).unclear


def open_because(item: str, profile: PatientProfile, reasons: dict[str, str]) -> str:
    """The sentence that says why an item has no answer, or nothing where it has one."""
    key = _state_of(item, profile)
    return reasons[key] if key else ""


def _state_of(item: str, profile: PatientProfile) -> str:
    """The name of the way in which an item is open, or nothing."""
    value = getattr(profile, item)
    if item in GENES:
        return way_of_being_open(value)
    if item == "pd_l1_tps":
        return "" if value.measured else (value.status or ResultStatus.NOT_TESTED).value
    if isinstance(value, BrainLesions):
        return "" if value is BrainLesions.INNUMERABLE else value.value
    return "not_stated" if value is None else ""


# ---- the answers that an item could have -------------------------------------------------------


def _answers(view: View, item: str, profile: PatientProfile, states: States) -> Iterator[Patch]:
    """Every answer that the table tells apart, the quietest first."""
    if item in GENES:
        yield from _gene_answers(view, item, getattr(profile, item))
    elif item == "brain_lesions":
        yield from _brain_answers(view, profile)
    elif item in view.table.position:
        position = view.table.position[item]
        allowed = states[position]
        for state in view.table.classes(item):
            if allowed == UNKNOWN or state & allowed:
                yield {position: state}


def _gene_answers(view: View, gene: str, result: GeneResult[Any]) -> Iterator[Patch]:
    table = view.table
    position = table.position
    facts = {variant: f"{gene}.{variant}" for variant in variants(gene)}

    def patch(state: str, found: str | None) -> Patch:
        words = {
            gene: state,
            **{fact: "yes" if variant == found else "no" for variant, fact in facts.items()},
        }
        return {
            position[fact]: table.word_state(fact, (word,))
            for fact, word in words.items()
            if fact in position
        }

    if result.status is not ResultStatus.POSITIVE or result.variants:
        yield patch("negative", None)
    for variant in result.variants or variants(gene):
        yield patch("positive", variant)


def _brain_answers(view: View, profile: PatientProfile) -> Iterator[Patch]:
    table = view.table
    present = profile.brain_lesions is BrainLesions.PRESENT_COUNT_UNKNOWN
    state = encode(view.base, profile)
    for value in table.classes("brain_lesions") if "brain_lesions" in table.position else ():
        none = _no_lesion(view, value)
        if none and present:
            continue
        patch = {table.position["brain_lesions"]: value}
        if "brain_disease" in table.position:
            here = table.position["brain_disease"]
            if not none:
                patch[here] = table.word_state("brain_disease", ("yes",))
            elif state[here] == UNKNOWN:
                patch[here] = table.word_state("brain_disease", ("no",))
        if "brain_counted" in table.position:
            patch[table.position["brain_counted"]] = table.word_state("brain_counted", ("yes",))
        yield patch


def _no_lesion(view: View, state: int) -> bool:
    """Whether a state of the count means that there is no lesion."""
    return state == view.table.number_state("brain_lesions", 0, 0)


def _not_considered(view: View, genes: Sequence[str]) -> Patch:
    table = view.table
    return {
        table.position[gene]: table.word_state(gene, ("not_considered",))
        for gene in genes
        if gene in table.position
    }


def _straddling(
    view: View,
    asked: Sequence[PanelItem],
    profile: PatientProfile,
    states: States,
    reasons: dict[str, str],
) -> list[Open]:
    """A PD-L1 bound that covers several bins is open where the bins give different options."""
    position = view.table.position.get("pd_l1_tps")
    if position is None or not profile.pd_l1_tps.measured:
        return []
    state = states[position]
    bins = [1 << value for value in bits(state)] if state else view.table.classes("pd_l1_tps")
    item = next((item for item in asked if item.item == "pd_l1_tps"), None)
    if item is None or len(bins) == 1:
        return []
    return [Open(item, reasons["bound_straddles"], tuple({position: value} for value in bins))]
