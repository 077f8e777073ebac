"""Every class of every part of an answer, judged by the promises.

The classes come from :mod:`lungmets.knowledge.soundness.spaces`, which derives them from the compiled
table, and are joined by the matcher of cohorts. A class stands for all of its points: they are counted,
and none is drawn by lot.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
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
from lungmets.profile import FIELDS
from lungmets.vocabulary import Jurisdiction, Panel
from tests.proof.promises import BONE_AGENTS, NO_CHECKPOINT, TARGETED_OF, broken_systemic_promises
from tests.proof.space import FIRST_OF_JANUARY, listed

APART = 2
"""Histology and EGFR are visited one class after the other, which takes less memory."""

FIRST_OF_THE_EUROPEAN_UNION = date(2009, 6, 24)

QUESTIONS = [
    *((Jurisdiction.US, day) for day in (*FIRST_OF_JANUARY, None)),
    # The European Union from its first day on: what is asked of an earlier one is refused.
    (Jurisdiction.EU, FIRST_OF_THE_EUROPEAN_UNION),
    *((Jurisdiction.EU, day) for day in FIRST_OF_JANUARY if day > FIRST_OF_THE_EUROPEAN_UNION),
    (Jurisdiction.EU, None),
    # Canada has no past days that could be asked about.
    (Jurisdiction.CA, None),
]
"""The places and days for which the promises are checked; ``None`` is the day of the release."""


def view_of(base: KnowledgeBase, place: Jurisdiction, day: date | None) -> View:
    return base.view(place, day or base.content.release.as_of)


@dataclass
class Visited:
    """What visiting some classes has shown."""

    points: int = 0
    """Points of the product, those included that lack what their histology is asked."""
    classes: int = 0
    """Classes that were looked at one by one."""
    answered: int = 0
    """Points whose panel is complete and that are in scope."""
    broken: Counter[str] = field(default_factory=Counter)
    examples: dict[str, dict[str, Any]] = field(default_factory=dict)
    held: int = 0
    """The conjunctions that some answered class makes certain."""
    shown: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    """For each place in an answer and each option a profile whose answer has it there."""

    def __iadd__(self, other: "Visited") -> Self:
        self.points += other.points
        self.classes += other.classes
        self.answered += other.answered
        self.held |= other.held
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


def exact_tag(space: Space, *facts: str):
    """The value of each fact; ``open`` where it may be any of several."""

    def tag(setting: Setting) -> tuple[tuple[str, str], ...]:
        table = space.views[0].table
        found = []
        for fact in facts:
            state = setting.stands[0].states[table.position[fact]] if fact in table.position else 0
            several = state & (state - 1)
            found.append((fact, "open" if several else value_of(space, setting, fact)))
        return tuple(found)

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
    if part.name == "other sites":
        wanted["body"] = exact_tag(space, "metastases", "metastatic_organs", "metastatic_sites.adrenal")
    return {
        dimension.name: wanted[dimension.name] for dimension in space.dimensions if dimension.name in wanted
    }


SMALL = frozenset({"brain", "bone", "other sites"})
"""Parts whose product is small. Their rows read several details at once, so they are visited whole."""

SHARES = 3
"""In how many shares the largest part is visited, so that several processes can take one each."""


def limited(part: Part, most: int) -> Space:
    """The space of a part with at most ``most`` genes and details other than quiet; a small part whole."""
    if part.name in SMALL:
        return part.space.limited(most_genes=len(GENES), most_details=len(FIELDS))
    return part.space.limited(most_other=most)


def shared(space: Space, share: int) -> Space:
    """Every third class of the first dimension, beginning with one: three shares are the whole product."""
    first, *others = space.dimensions
    found = space.limited()
    found.dimensions = (replace(first, settings=first.settings[share::SHARES]), *others)
    return found


def visit(
    view: View,
    *,
    panel: Panel = Panel.CORE,
    most: int,
    only: Collection[str] | None = None,
    share: int | None = None,
) -> Visited:
    """The classes of all parts, or of some, judged; of each part one share, where it is named."""
    total = Visited()
    for part in parts_of(view, panel, only):
        space = limited(part, most)
        total += _visit(view, part, space if share is None else shared(space, share))
    return total


def complete_parts(view: View, space: Space) -> Iterator[Space]:
    """The points that may be answered: for each histology those without an item that is asked of it.

    An item that is asked by the histology alone and not answered makes a refusal, whatever else is said.
    That it does, and that it is named, is the promise of the refusals, which are visited by themselves.
    """
    first, *others = space.dimensions
    if first.name != "histology":
        yield space
        return
    for setting in first.settings:
        asked = asked_by_histology(view, space.panel, setting)
        if setting.stands[0].open & asked:
            continue
        found = space.limited()
        found.dimensions = (
            replace(first, settings=(setting,)),
            *(
                replace(each, settings=tuple(one for one in each.settings if not one.stands[0].open & asked))
                for each in others
            ),
        )
        yield found


def asked_by_histology(view: View, panel: Panel, setting: Setting) -> int:
    """The items, by number, that are asked of a histology whatever else is said."""
    table = view.base.table
    possible = setting.stands[0].left >> table.size
    return sum(
        1 << number
        for number, item in enumerate(view.base.content.panel.items)
        if item in view.panel_items
        and panel in item.panels
        and any(
            set(table.conjunctions[bit]) <= {"histology"}
            for bit in bits(view.base.bits[f"panel:{item.item}"] & possible)
        )
    )


def _visit(view: View, part: Part, space: Space) -> Visited:
    """Every point that may be answered; the rest of the product is counted, and refused."""
    found = Visited()
    for complete in complete_parts(view, space) if part.name in JUDGES else [space]:
        found += _judged(view, part, complete)
    assert found.points <= space.size
    found.points = space.size
    return found


def _judged(view: View, part: Part, space: Space) -> Visited:
    found = Visited()
    tags = tags_of(part)
    names = list(tags)
    order = [dimension.name for dimension in space.dimensions if dimension.name in names]
    known: dict[Any, tuple[str, ...]] = {}
    seen: Counter[str] = Counter()
    judge = JUDGES.get(part.name)
    for alike in together(space, tags, apart=min(APART, len(space.dimensions))):
        found.points += alike.points
        found.classes += 1
        side = alike.point.keys[0]
        if judge is None or side.open or side.left & view.scope:
            continue  # a refusal contains no option, whatever holds
        found.answered += alike.points
        decision = decide(view, space.states(alike.point, 0))
        found.held |= decision.certain
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
            if new := options & ~seen[place]:
                seen[place] |= new
                found.shown |= {(place, option): space.values(alike.point) for option in bits(new)}
    assert found.points == space.size, "a class was lost, or counted twice"
    return found


def _places(decision: Decision) -> Iterator[tuple[str, int]]:
    yield "options", decision.options
    yield "withheld", decision.withheld | decision.of_later_lines
    yield "superseded", decision.superseded
    yield "unresolved", decision.unresolved & ~decision.withheld


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


FEW = {"1", ">1 <=5"}
"""At most five metastases, as the consensus counts them (C22)."""


def other_sites(
    view: View, _altered: frozenset[str], words: dict[str, str], decision: Decision
) -> Iterator[str]:
    """C22: nothing of few metastases without counts by organ, and nothing for small-cell disease."""
    options = [regimen for domain, regimen in listed(view, decision) if domain == "other_site"]
    left_open = [
        view.options.keys[option].regimen
        for option in bits(decision.unresolved & ~decision.withheld)
        if view.options.keys[option].domain == "other_site"
    ]
    fit = words["histology"] != "small_cell" and words["ecog_ps"] in {"0", "1", "2"}
    alone = (words["metastases"], words["metastatic_sites.adrenal"]) == ("1", "yes")
    if options and not (fit and alone and options == [("surgical_resection",)]):
        yield f"C22: {options} is listed for another site than an isolated adrenal metastasis"
    few = words["metastases"] in FEW and words["metastatic_organs"] == "<=3"
    if left_open and not (fit and few and left_open == [("stereotactic_radiosurgery",)]):
        yield f"C22: {left_open} is left open without at most five metastases in at most three organs"


JUDGES = {"systemic and supportive": systemic, "brain": brain, "bone": bone, "other sites": other_sites}
