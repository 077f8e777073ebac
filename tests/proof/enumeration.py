"""Every class of every part of an answer, judged by the promises.

The classes come from :mod:`lungmets.knowledge.soundness.spaces`, which derives them from the compiled
table, and are joined by the matcher of cohorts. A class stands for all of its points: they are counted,
and none is drawn by lot.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from lungmets.engine.decision import Decision, decide
from lungmets.engine.space import Dimension, Setting, Space
from lungmets.engine.table import bits
from lungmets.engine.together import together
from lungmets.engine.view import View
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.facts import GENES
from lungmets.knowledge.soundness.spaces import Part, parts_of
from lungmets.vocabulary import Jurisdiction, Panel
from tests.proof.promises import BONE_AGENTS, NO_CHECKPOINT, TARGETED_OF, broken_systemic_promises
from tests.proof.space import FIRST_OF_JANUARY, listed

APART = 2
"""Histology and EGFR are visited one class after the other, which takes less memory."""

QUESTIONS = [
    *((Jurisdiction.US, day) for day in (*FIRST_OF_JANUARY, None)),
    # The European Union from its first day on. Canada has no past days that could be asked about.
    *((Jurisdiction.EU, day) for day in (date(2009, 6, 24), *FIRST_OF_JANUARY, None)),
    (Jurisdiction.CA, None),
]
"""The places and days for which the promises are checked; ``None`` is the day of the release."""


def view_of(base: KnowledgeBase, place: Jurisdiction, day: date | None) -> View:
    return base.view(place, day or base.content.release.as_of)


@dataclass
class Visited:
    """What visiting some classes has shown."""

    points: int = 0
    classes: int = 0
    answered: int = 0
    """Points whose panel is complete and that are in scope."""
    broken: Counter[str] = field(default_factory=Counter)
    examples: dict[str, dict[str, Any]] = field(default_factory=dict)
    shown: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    """For each place in an answer and each option a profile whose answer has it there."""

    def __iadd__(self, other: "Visited") -> Self:
        self.points += other.points
        self.classes += other.classes
        self.answered += other.answered
        self.broken += other.broken
        self.examples = other.examples | self.examples
        self.shown = other.shown | self.shown
        return self


# ---- what the promises read of a class ---------------------------------------------------------


def value_of(space: Space, setting: Setting, fact: str) -> str:
    """The value of a fact by name; ``unknown`` where there is none."""
    table = space.views[0].table
    state = setting.stands[0].states[table.position[fact]] if fact in table.position else 0
    return table.values[fact][(state & -state).bit_length() - 1] if state else "unknown"


def gene_tag(dimension: Dimension):
    """Of a gene the promises read whether it is altered, and the variants that they name."""

    def tag(setting: Setting) -> frozenset[str]:
        said = setting.values.get(dimension.name, "negative")
        found = said if isinstance(said, list) else [said]
        altered = {f"{dimension.name}.{one}" for one in found if isinstance(one, str) and one != "negative"}
        named = altered & set(TARGETED_OF)
        return frozenset(
            named | ({f"{dimension.name}."} if altered and f"{dimension.name}." in NO_CHECKPOINT else set())
        )

    return tag


def words_tag(space: Space, *facts: str):
    def tag(setting: Setting) -> tuple[tuple[str, str], ...]:
        return tuple((fact, value_of(space, setting, fact)) for fact in facts)

    return tag


def lesions_tag(setting: Setting) -> Any:
    """Whether there are one to four lesions."""
    count = setting.values.get("brain_lesions")
    return "few" if isinstance(count, int) and 1 <= count <= 4 else "other"


# ---- the parts ---------------------------------------------------------------------------------


def tags_of(part: Part) -> dict[str, Any]:
    space = part.space
    wanted: dict[str, Any] = {
        "histology": words_tag(space, "histology"),
        "ecog_ps": words_tag(space, "ecog_ps"),
        "pd_l1_tps": words_tag(space, "pd_l1_tps"),
        "contraindications": words_tag(space, "contraindications.platinum"),
        "calcium": words_tag(space, "corrected_calcium_mg_dl"),
        "creatinine_clearance_ml_min": words_tag(space, "creatinine_clearance_ml_min"),
    }
    wanted |= {
        dimension.name: gene_tag(dimension) for dimension in space.dimensions if dimension.name in GENES
    }
    both = words_tag(space, "brain_disease", "bone_metastases")
    wanted["body"] = lambda setting: (*both(setting), ("lesions", lesions_tag(setting)))
    return {
        dimension.name: wanted[dimension.name] for dimension in space.dimensions if dimension.name in wanted
    }


def visit(view: View, *, panel: Panel = Panel.CORE, most: int, only: str = "") -> Visited:
    """All classes with at most ``most`` genes and details other than quiet, judged."""
    total = Visited()
    for part in parts_of(view, panel):
        if only in part.name:
            total += _visit(view, part, part.space.limited(most_other=most))
    return total


def _visit(view: View, part: Part, space: Space) -> Visited:
    found = Visited()
    tags = tags_of(part)
    names = list(tags)
    order = [dimension.name for dimension in space.dimensions if dimension.name in names]
    known: dict[Any, tuple[str, ...]] = {}
    judge = JUDGES.get(part.name)
    for alike in together(space, tags, apart=min(APART, len(space.dimensions))):
        found.points += alike.points
        found.classes += 1
        if judge is None or alike.point.keys[0].open or alike.point.keys[0].left & view.scope:
            continue  # a refusal contains no option, whatever holds
        found.answered += alike.points
        decision = decide(view, space.states(alike.point, 0))
        key = (alike.tags, decision.options, decision.later)
        broken = known.get(key)
        if broken is None:
            altered: frozenset[str] = frozenset()
            words: dict[str, str] = {}
            for name, tag in zip(order, alike.tags, strict=True):
                if name in GENES:
                    altered |= tag
                else:
                    words |= dict(tag)
            broken = known[key] = tuple(judge(view, altered, words, decision))
        for line in broken:
            found.broken[line] += alike.points
            found.examples.setdefault(line, space.values(alike.point))
        for place, options in _places(decision):
            for option in bits(options & ~_seen(found, place)):
                found.shown[place, option] = space.values(alike.point)
    assert found.points == space.size, "a class was lost, or counted twice"
    return found


def _places(decision: Decision) -> Iterator[tuple[str, int]]:
    yield "options", decision.options
    yield "withheld", decision.withheld | decision.of_later_lines
    yield "superseded", decision.superseded
    yield "unresolved", decision.unresolved & ~decision.withheld


def _seen(found: Visited, place: str) -> int:
    return sum(1 << option for where, option in found.shown if where == place)


# ---- the promises, part by part ----------------------------------------------------------------


def systemic(view: View, altered: frozenset[str], words: dict[str, str], decision: Decision) -> Iterator[str]:
    regimens = listed(view, decision)
    histology, ecog = words.get("histology", "unknown"), words.get("ecog_ps", "0")
    said = {"pd_l1_tps": words.get("pd_l1_tps", "unknown"), "histology": histology, "ecog_ps": ecog}
    yield from broken_systemic_promises(view, altered, words | said, regimens)
    yield from later_lines(view, decision)
    yield from bone_agents(view, words, decision)


def later_lines(view: View, decision: Decision) -> Iterator[str]:
    rows = decision.certain & (view.first_rows | view.unresolved_rows)
    first = sum(1 << option for option in {view.option_of[bit] for bit in bits(rows)})
    if decision.options & ~first or decision.options & decision.later:
        yield "6: listed, though it is documented only later"


HIGH_CALCIUM = {">=12 <=14", ">14"}
"""The label of zoledronic acid speaks of hypercalcaemia from 12 mg/dL, corrected for albumin."""


def bone_agents(view: View, words: dict[str, str], decision: Decision) -> Iterator[str]:
    for domain, regimen in listed(view, decision):
        if not BONE_AGENTS & set(regimen):
            continue
        if domain == "bone" and words.get("bone_metastases") != "yes":
            yield "9: a bone agent in the bone domain without bone metastases"
        if domain == "bone" and "zoledronic_acid" in regimen:
            clearance = words.get("creatinine_clearance_ml_min", "unknown")
            if clearance in {"unknown", "<30"}:
                yield f"9: zoledronic acid at a clearance of {clearance}"
        if domain != "bone" and words.get("corrected_calcium_mg_dl") not in HIGH_CALCIUM:
            yield "9: a bone agent outside the bone domain without hypercalcaemia"


def brain(view: View, _altered: frozenset[str], words: dict[str, str], decision: Decision) -> Iterator[str]:
    local = [regimen for domain, regimen in listed(view, decision) if domain == "brain"]
    disease = words.get("brain_disease") == "yes"
    if disease and not local:
        yield "8: brain disease without an option in the brain domain"
    if local and not disease:
        yield "8: an option in the brain domain without brain disease"
    parts = {part for regimen in local for part in regimen} - {"best_supportive_care", "observation"}
    few = words.get("lesions") == "few" and words.get("ecog_ps", "0") in {"0", "1", "2"}
    if few and parts == {"whole_brain_radiotherapy"}:
        yield "8: whole-brain radiotherapy alone for one to four lesions"


def bone(view: View, _altered: frozenset[str], words: dict[str, str], decision: Decision) -> Iterator[str]:
    yield from bone_agents(view, words, decision)


JUDGES = {"systemic and supportive": systemic, "brain": brain, "bone": bone}
