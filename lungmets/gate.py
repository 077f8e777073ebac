"""The completeness gate: what has to be known before anything is listed.

The gate decides which items of the panel are asked of this profile on this day, which of them are
answered, and, for each that is not, what its answer could still do to the list. The last is found by
enumeration: an item is decisive when two completions of the profile that differ in nothing else give
different final options.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

from lungmets.assessment import Missing
from lungmets.engine.decision import Outcome, decide
from lungmets.engine.encoding import encode
from lungmets.engine.table import UNKNOWN, States, bits
from lungmets.engine.view import View
from lungmets.knowledge.base import record_id
from lungmets.knowledge.facts import GENES, variants
from lungmets.knowledge.schema import PanelItem
from lungmets.profile import PatientProfile
from lungmets.results import GeneResult
from lungmets.vocabulary import BrainLesions, Effect, Panel, ResultStatus

MOST_COMPLETIONS = 3000
"""How many completions are tried before "decisive" is said without having been shown."""

Patch: TypeAlias = dict[int, int]
"""One answer to an item: positions of facts, and their states."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate found. ``states`` are the facts as far as they are answered."""

    states: States
    missing: tuple[Missing, ...]
    not_considered: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Open:
    """An item without an answer: why, and the answers that it could have."""

    item: PanelItem
    why: str
    answers: tuple[Patch, ...]


def examine(view: View, profile: PatientProfile, panel: Panel) -> Gate:
    """Which items are asked, which are open, and what each open one could still do."""
    unclear = {item.item: why for item in view.base.content.panel.items if (why := _no_answer(item, profile))}
    states = encode(view.base, profile, unanswered=unclear)
    possible = view.table.still_possible(view.panel_bits, states)
    relevant = [item for item in view.panel_items if view.base.bits[f"panel:{item.item}"] & possible]
    asked = [item for item in relevant if panel in item.panels or _stated(item.item, profile)]
    asked_names = {item.item for item in asked}
    left_out = [
        gene for gene in GENES
        if gene not in asked_names and getattr(profile, gene).status is ResultStatus.NOT_TESTED
    ]  # fmt: skip
    states = _patched(states, _not_considered(view, left_out))

    reasons = view.base.content.panel.reasons
    open_items = []
    for item in asked:
        why = unclear.get(item.item) or _open_because(item.item, profile, reasons)
        if why:
            open_items.append(_Open(item, why, tuple(_answers(view, item.item, profile, states))))
    straddling = _straddling(view, asked, profile, states, reasons)
    missing = _judge(view, states, [*open_items, *straddling])
    if straddling and not any(found.item == "pd_l1_tps" and found.decisive for found in missing):
        # The bound does not decide: any bin that it covers gives the same options.
        missing = [found for found in missing if found.item != "pd_l1_tps"]
        states = _patched(states, straddling[0].answers[0])
    return Gate(
        states=states,
        missing=tuple(missing),
        not_considered=tuple(item.item for item in relevant if item.item in left_out),
        asked=tuple(item.item for item in asked),
    )


# ---- answered or not ---------------------------------------------------------------------------


def _stated(item: str, profile: PatientProfile) -> bool:
    """Whether something was said of a gene: a stated result counts, and gates, in either panel."""
    return item in GENES and getattr(profile, item).status is not ResultStatus.NOT_TESTED


def _no_answer(item: PanelItem, profile: PatientProfile) -> str:
    """Why a stated result of a gene is no answer (by specimen or assay), or nothing."""
    if item.item not in GENES:
        return ""
    result: GeneResult[Any] = getattr(profile, item.item)
    for rule in item.no_answer:
        if (
            rule.status == result.status
            and (rule.specimen is None or rule.specimen == result.specimen)
            and (rule.assay is None or rule.assay == result.assay)
        ):
            return rule.why
    return ""


def _open_because(item: str, profile: PatientProfile, reasons: dict[str, str]) -> str:
    """The sentence that says why an item has no answer, or nothing where it has one."""
    if item in GENES:
        result: GeneResult[Any] = getattr(profile, item)
        if result.status is ResultStatus.NEGATIVE:
            return ""
        if result.status is ResultStatus.POSITIVE:
            return "" if result.variants else reasons["class_not_stated"]
        return reasons[result.status]
    if item == "pd_l1_tps":
        score = profile.pd_l1_tps
        return "" if score.measured else reasons[score.status or ResultStatus.NOT_TESTED]
    if item == "brain_lesions":
        if isinstance(profile.brain_lesions, BrainLesions):
            if profile.brain_lesions is BrainLesions.INNUMERABLE:
                return ""
            return reasons[profile.brain_lesions]
        return reasons["not_stated"] if profile.brain_lesions is None else ""
    return reasons["not_stated"] if getattr(profile, item) is None else ""


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
        words = {gene: state, **{fact: "yes" if variant == found else "no" for variant, fact in facts.items()}}
        return {position[fact]: table.word_state(fact, (word,)) for fact, word in words.items() if fact in position}

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
    view: View, asked: Sequence[PanelItem], profile: PatientProfile, states: States, reasons: dict[str, str]
) -> list[_Open]:
    """A PD-L1 bound that covers several bins is open where the bins give different options."""
    position = view.table.position.get("pd_l1_tps")
    if position is None or not profile.pd_l1_tps.measured:
        return []
    state = states[position]
    bins = [1 << value for value in bits(state)] if state else view.table.classes("pd_l1_tps")
    item = next((item for item in asked if item.item == "pd_l1_tps"), None)
    if item is None or len(bins) < 2:
        return []
    return [_Open(item, reasons["bound_straddles"], tuple({position: value} for value in bins))]


def _patched(states: States, *patches: Patch) -> States:
    changed = list(states)
    for patch in patches:
        for position, state in patch.items():
            changed[position] = state
    return tuple(changed)


# ---- what an answer could do -------------------------------------------------------------------


class _Trials:
    """Outcomes of completions, each computed once."""

    def __init__(self, view: View, states: States) -> None:
        self._view = view
        self.states = states
        self._known: dict[States, Outcome | None] = {}

    @property
    def count(self) -> int:
        return len(self._known)

    def outcome(self, patches: Sequence[Patch]) -> Outcome | None:
        states = _patched(self.states, *patches)
        if states not in self._known:
            decision = decide(self._view, states)
            refused = decision.certain & self._view.scope
            self._known[states] = None if refused else decision.outcome
        return self._known[states]


def _judge(view: View, states: States, open_items: Sequence[_Open]) -> list[Missing]:
    trials = _Trials(view, states)
    return [_judged(view, trials, item, [other for other in open_items if other is not item]) for item in open_items]


def _judged(view: View, trials: _Trials, item: _Open, others: Sequence[_Open]) -> Missing:
    """Tries the item's answers beside the quietest completion first, then beside all of them."""
    some = 0
    effect = Effect.NOTHING
    decisive = False
    told_apart = True
    choices = [other.answers or ({},) for other in others]
    quiet = [answers[0] for answers in choices]
    completions: Iterator[Sequence[Patch]] = iter([quiet])
    size = len(item.answers)
    for answers in choices:
        size *= len(answers)
    for stage in ("quiet", "one changed", "all"):
        if stage != "quiet" and (decisive or not _matters(view, trials.states, item)):
            break
        if stage == "one changed":
            completions = _one_changed(choices)
        elif stage == "all":
            if size > MOST_COMPLETIONS:
                told_apart = False
                break
            completions = product(*choices)
        for completion in completions:
            outcomes = [trials.outcome([*completion, answer]) for answer in item.answers]
            if len(set(outcomes)) < 2:
                continue
            decisive = True
            lists = [outcome[0] if outcome else 0 for outcome in outcomes]
            union, common = 0, lists[0]
            for one in lists:
                union |= one
                common &= one
            some |= union & ~common
            nested = all(a & b in (a, b) for a in lists for b in lists)
            if not nested or None in outcomes:
                effect = Effect.REPLACES
            elif effect is Effect.NOTHING:
                effect = Effect.ADDS
            if stage != "quiet":
                break
    if not told_apart:
        decisive, effect = True, Effect.REPLACES
    return Missing(
        item=item.item.item,
        why=item.why,
        test=item.item.test,
        effect=effect,
        decisive=decisive,
        decides=tuple(sorted(view.options.keys[option].id for option in bits(some))),
        citations=view.cite(tuple(name for period in item.item.asked for name in period.by) + item.item.by),
    )


def _one_changed(choices: Sequence[Sequence[Patch]]) -> Iterator[Sequence[Patch]]:
    """The quietest completion with one item answered otherwise, for each item and answer."""
    quiet = [answers[0] for answers in choices]
    for index, answers in enumerate(choices):
        for answer in answers[1:]:
            yield [*quiet[:index], answer, *quiet[index + 1 :]]


def _matters(view: View, states: States, item: _Open) -> bool:
    """Whether anything that can still shape the list reads what the item's answers differ in.

    What is already withheld whatever comes back shapes nothing: with EGFR positive, no score of PD-L1
    brings a checkpoint inhibitor back.
    """
    shaping = _shaping(view, states)
    differing = {
        position
        for answer in item.answers
        for position in answer
        if any(other.get(position) != answer[position] for other in item.answers)
    }
    return any(view.table.columns[position].reading & shaping for position in differing)



def _shaping(view: View, states: States) -> int:
    """The conjunctions that could still change the list, whatever is answered."""
    certain, possible = view.table.match(states)
    gone = 0
    for bit in bits(certain & view.guardrails):
        name = record_id(view.base.owner[bit])
        if name not in view.guardrail_needs and name not in view.guardrail_exceptions:
            gone |= view.guardrail_targets[name]
    found = view.scope
    for bit in bits(possible & (view.first_rows | view.unresolved_rows)):
        if not gone >> view.option_of[bit] & 1:
            found |= 1 << bit
    for mask, targets in (
        (view.guardrails, view.guardrail_targets),
        (view.cautions, view.caution_targets),
        (view.supersessions, {name: newer for name, (newer, _) in view.superseding.items()}),
    ):
        for bit in bits(possible & mask):
            if targets[record_id(view.base.owner[bit])] & ~gone:
                found |= 1 << bit
    return found & possible
