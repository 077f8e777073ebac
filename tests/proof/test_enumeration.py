"""The promises of the design on every class of profiles, with the defects that they must notice.

In CI at most two genes and details are other than quiet at once on the day of each release, and one on
past days; ``nox -s proof`` visits three and two.
"""

from collections import Counter
from datetime import date
from itertools import product

import pandas as pd
import pytest

from lungmets.assessment import DocumentedOptions
from lungmets.cohort import assess_frame
from lungmets.engine.table import bits
from lungmets.engine.together import together
from lungmets.knowledge.base import shipped
from lungmets.knowledge.facts import GENES
from lungmets.knowledge.schema import AlertRecord
from lungmets.knowledge.soundness.spaces import genes_needed, parts_of
from lungmets.vocabulary import Jurisdiction, Panel, RefusalReason
from tests.proof.enumeration import QUESTIONS, view_of, visit
from tests.proof.planting import planted, with_row, without
from tests.proof.promises import REGULATORS

PLACES = [Jurisdiction.US, Jurisdiction.EU, Jurisdiction.CA]


@pytest.fixture(scope="module")
def base():
    return shipped()


# ---- the promises ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "day"), QUESTIONS, ids=lambda part: getattr(part, "value", str(part or "release"))
)
def test_the_promises_hold_for_every_class(base, place, day):
    found = visit(view_of(base, place, day), most=1 if day else 2)
    assert not found.broken, found.examples
    # Brain and bone alone make more than a hundred classes that are answered, everywhere and always.
    assert found.answered > 100


@pytest.mark.parametrize("place", PLACES)
def test_the_promises_hold_for_every_class_of_the_comprehensive_panel(base, place):
    found = visit(view_of(base, place, None), panel=Panel.COMPREHENSIVE, most=1)
    assert not found.broken, found.examples
    assert found.answered > 100


def test_the_first_day_of_the_european_union_is_among_the_questions(base):
    assert (Jurisdiction.EU, base.content.release.begins[Jurisdiction.EU]) in QUESTIONS
    assert base.content.release.begins[Jurisdiction.CA] == base.content.release.as_of


# ---- the count, and what makes it sound ----------------------------------------------------------


def counted(space) -> int:
    """The size of a product, without the code that visits it: sums over how much of each kind is stated."""
    ways = Counter({(0, 0): 1})
    for dimension in space.dimensions:
        kinds = Counter((setting.genes, setting.details) for setting in dimension.settings)
        joined: Counter[tuple[int, int]] = Counter()
        for (one, number), (other, times) in product(ways.items(), kinds.items()):
            joined[one[0] + other[0], one[1] + other[1]] += number * times
        ways = joined
    return sum(
        number
        for (genes, details), number in ways.items()
        if genes <= space.most_genes
        and details <= (space.most_details if space.most_details is not None else details)
        and genes + details <= (space.most_other if space.most_other is not None else genes + details)
    )


@pytest.mark.parametrize("place", PLACES)
def test_as_many_profiles_are_visited_as_the_product_has(base, place):
    view = view_of(base, place, None)
    product_of_all = sum(counted(part.space.limited(most_other=1)) for part in parts_of(view))
    assert visit(view, most=1).points == product_of_all


@pytest.mark.parametrize("name", ["brain", "bone", "alerts"])
def test_classes_are_those_of_visiting_one_point_after_the_other(base, name):
    (part,) = [part for part in parts_of(view_of(base, Jurisdiction.US, None)) if part.name == name]
    space = part.space.limited(most_other=1)
    alone = Counter(point.keys for point in space.points())
    for apart in (0, 1, 2):
        classes: Counter = Counter()
        for alike in together(space, apart=apart):
            classes[alike.point.keys] += alike.points
        assert classes == alone


def test_a_class_that_is_lost_is_noticed(base, monkeypatch):
    monkeypatch.setattr(
        "tests.proof.enumeration.together", lambda *args, **more: list(together(*args, **more))[1:]
    )
    with pytest.raises(AssertionError, match="a class was lost"):
        visit(view_of(base, Jurisdiction.US, None), most=1, only="bone")


@pytest.mark.parametrize("place", PLACES)
def test_no_condition_reads_more_than_is_other_than_quiet_at_once(base, place):
    """A row lists an option, and one finding more forbids it: three cover both."""
    view = view_of(base, place, None)
    rules = view.first_rows | view.unresolved_rows | view.guardrails | view.supersessions
    for bit in bits(rules):
        assert len(genes_needed(view, bit)) <= 1, base.owner_ids[bit]
        details = details_needed(view, bit)
        assert len(genes_needed(view, bit)) + len(details) <= 2 or in_small_parts(view, bit), base.owner_ids[
            bit
        ]


def details_needed(view, bit) -> set[str]:
    """The fields beyond the panel that a conjunction reads."""
    panel = {"histology", "ecog_ps", "pd_l1_tps", "brain_lesions", "stage", *GENES}
    of_brain = {"brain_disease", "brain_counted"}
    return {fact.split(".")[0] for fact in view.table.conjunctions[bit]} - panel - of_brain


def in_small_parts(view, bit) -> bool:
    """Whether a row is of a part that is visited whole, whatever the limit."""
    option = view.option_of.get(bit)
    return option is not None and view.options.keys[option].domain.value in {"brain", "bone"}


@pytest.mark.parametrize("place", PLACES)
def test_no_row_joins_parts_that_are_visited_apart(base, place):
    """Every fact on which a part depends is varied in it, those of rules that act on its options too."""
    view = view_of(base, place, None)
    parts = {part.name: part for part in parts_of(view)}
    domains = {"systemic": "systemic and supportive", "supportive": "systemic and supportive", "brain": "brain",
               "bone": "bone", "other_site": "other sites"}  # fmt: skip
    for bit in bits(view.first_rows | view.later_rows | view.unresolved_rows):
        part = parts[domains[view.options.keys[view.option_of[bit]].domain.value]]
        assert set(view.table.conjunctions[bit]) <= part.facts, view.row_of[bit].id
    for rule, targets in view.guardrail_targets.items():
        for option in bits(targets):
            if not view.rows_of[option]:
                continue
            part = parts[domains[view.options.keys[option].domain.value]]
            for bit in bits(base.bits[rule]):
                assert set(view.table.conjunctions[bit]) <= part.facts, rule


# ---- refusals and alerts -------------------------------------------------------------------------

ASKED = {
    "nsclc": ["histology", "egfr", "alk", "ros1", "kras", "met", "ret", "pd_l1_tps", "ecog_ps", "brain_lesions"],
    "small_cell": ["histology", "ecog_ps", "stage"],
    # The tumour may be of either kind.
    "unknown": ["histology", "egfr", "alk", "ros1", "kras", "met", "ret", "pd_l1_tps", "ecog_ps", "brain_lesions", "stage"],
}  # fmt: skip
"""What is asked of whom, on the day of the release (C6; the core panel of the design)."""


def expected_missing(values) -> set[str]:
    histology = values.get("histology")
    asked = ASKED["unknown" if histology is None else "small_cell" if histology == "small_cell" else "nsclc"]
    return {item for item in asked if values.get(item) in (None, "not_imaged", "present_count_unknown")}


@pytest.mark.parametrize("place", PLACES)
def test_promises_1_and_13_every_refusal_lists_exactly_what_is_missing(base, place):
    view = view_of(base, place, None)
    (part,) = [part for part in parts_of(view) if part.name == "refusals"]
    space = part.space.limited(most_other=1)
    classes = list(together(space))
    values = [space.values(alike.point) for alike in classes]
    result = assess_frame(pd.DataFrame(values, dtype="object"), jurisdiction=place)
    told = Counter()
    for stated, (_, row) in zip(values, result.frame.iterrows(), strict=True):
        told[row.status, row.reason] += 1
        if row.reason == RefusalReason.INCOMPLETE:
            assert set(row.missing) == expected_missing(stated), stated
            assert row.options == row.unresolved == row.superseded == ()
        elif row.status == "documented":
            assert not expected_missing(stated), stated
    # Every kind of outcome is among them, or the space has lost a dimension.
    assert {
        ("refused", "incomplete"),
        ("refused", "out_of_scope"),
        ("refused", "inconsistent"),
        ("documented", None),
    } <= set(told)


def test_promise_10_an_emergency_is_told_whatever_becomes_of_the_question(base):
    view = view_of(base, Jurisdiction.US, None)
    (part,) = [part for part in parts_of(view) if part.name == "alerts"]
    quiet = set(part.space.quiet)
    classes = list(together(part.space))
    assert sum(alike.points for alike in classes) == part.space.size
    stated = [part.space.values(alike.point) for alike in classes]
    certain = [view.table.certain(part.space.states(alike.point, 0)) & view.alerts for alike in classes]
    expected = [
        {owner.id for bit in bits(mask) if isinstance(owner := base.owner[bit], AlertRecord)}
        for mask in certain
    ]
    assert len(set(map(frozenset, expected))) > len(view.base.content.alerts.alerts)  # each alone, and pairs
    own = [{name: value for name, value in values.items() if name not in quiet} for values in stated]
    ways = {
        "complete": stated,
        "incomplete": own,
        "out of scope": [values | {"stage": "III"} for values in stated],
        "in error": [values | {"egfr": "L85R"} for values in stated],
    }
    statuses = set()
    for name, rows in ways.items():
        frame = assess_frame(pd.DataFrame(rows, dtype="object")).frame
        statuses |= set(frame["status"])
        for alerts, needed in zip(frame["alerts"], expected, strict=True):
            assert needed <= set(alerts), name
    assert statuses == {"documented", "refused", "error"}


# ---- whole answers -------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "day"), [(Jurisdiction.US, None), (Jurisdiction.EU, None), (Jurisdiction.CA, None),
                                            (Jurisdiction.US, date(2017, 1, 1)), (Jurisdiction.EU, date(2017, 1, 1))],
                         ids=str)  # fmt: skip
def test_promises_11_and_12_every_option_in_every_place_of_an_answer_is_cited_and_matched_alike(
    base, place, day
):
    view = view_of(base, place, day)
    shown = visit(view, most=1).shown
    result = assess_frame(pd.DataFrame([*shown.values()], dtype="object"), as_of=day, jurisdiction=place)
    for ((where, option), row), answer in zip(
        zip(shown, result.frame.itertuples(), strict=True), result, strict=True
    ):
        assert isinstance(answer, DocumentedOptions)
        assert view.options.keys[option].id in getattr(row, where)
        told = {
            name: tuple(one.id for one in getattr(answer, name))
            for name in ("options", "withheld", "superseded", "unresolved")
        }
        assert told == {name: getattr(row, name) for name in told}
        uncited = list(unfounded(base, answer, place))
        assert not uncited, uncited


def unfounded(base, answer, place):
    """What an answer shows without a source or a rule, too young, or of another place's regulator."""
    groups = (answer.options, answer.withheld, answer.superseded, answer.unresolved)
    for option in (option for group in groups for option in group):
        if not option.citations:
            yield f"{option.id} has no citation"
        yield from (
            f"{remark.text} has neither source nor rule"
            for remark in (*option.cautions, *option.reason, *option.prerequisites, *option.notes)
            if not (remark.citations or remark.rule)
        )
    for remark in (*answer.alerts, *answer.next_steps, *answer.questions, *answer.assumptions):
        if not (remark.citations or remark.rule):
            yield f"{remark.id} has neither source nor rule"
    text = answer.model_dump_json()
    for source in base.sources.values():
        if f'"id":"{source.id}"' in text:
            if base.published(source) > answer.as_of:
                yield f"{source.id} is younger than {answer.as_of}"
            if (
                source.kind in {"approval", "label"}
                and source.agency in REGULATORS.values()
                and source.agency != REGULATORS[place]
            ):
                yield f"{source.id} is no law in {place}"


# ---- planted defects -----------------------------------------------------------------------------

NSCLC = {"histology": "nsclc"}
PLANTED = {
    # the promise that must say so: the part, and what is done to the knowledge
    "2": ("systemic", lambda base: planted(base, tables={n: t for n, t in base.content.tables.items() if n != "systemic/small_cell"})),
    "3: [('": ("systemic", lambda base: without(base, "guardrails", "no-checkpoint-inhibitor.ros1")),
    "3": ("systemic", lambda base: without(base, "guardrails", "no-checkpoint-inhibitor-alone.braf")),
    "4: pem": ("systemic", lambda base: planted(
        without(base, "guardrails", "squamous.no-pemetrexed"),
        tables=with_row(base, "non-squamous.pembrolizumab-pemetrexed-carboplatin", when=NSCLC).content.tables)),
    "5": ("systemic", lambda base: with_row(base, "pd-l1.pembrolizumab-tps1", when=NSCLC)),
    "6": ("systemic", lambda base: base),
    "7": ("systemic", lambda base: without(base, "guardrails", "poor-performance-status")),
    "8: brain": ("brain", lambda base: with_row(base, "brain.supportive-care")),
    "8: an": ("brain", lambda base: with_row(base, "brain.supportive-care", when=NSCLC)),
    "9: a bone agent in": ("bone", lambda base: with_row(base, "bone.denosumab", when={})),
    "9: zol": ("bone", lambda base: without(base, "guardrails", "zoledronic-acid.renal")),
    "9: a bone agent out": ("systemic", lambda base: with_row(base, "supportive.hypercalcaemia-denosumab", when={"corrected_calcium_mg_dl": ">=10.5"})),
}  # fmt: skip


@pytest.mark.parametrize("promise", PLANTED)
def test_a_planted_defect_breaks_its_promise(base, promise, monkeypatch):
    only, plant = PLANTED[promise]
    if promise == "6":
        # Every row documents first-line: this is a defect of an engine, so it is planted there.
        monkeypatch.setattr("tests.proof.enumeration.decide", listing_later_lines)
    found = visit(view_of(plant(base), Jurisdiction.US, None), most=1, only=only)
    assert any(line.startswith(promise) for line in found.broken), sorted(found.broken)


def listing_later_lines(view, states):
    from lungmets.engine.decision import decide

    decision = decide(view, states)
    decision.matched |= decision.later
    return decision
