"""The promises of the design on every class of profiles, with the defects that they must notice.

In CI at most two genes and details are other than quiet at once on the day of the release, and one on
past days; ``nox -s proof`` visits three and two. Brain, bone and other sites are visited whole everywhere.
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
from lungmets.knowledge.schema import AlertRecord
from lungmets.knowledge.soundness.spaces import genes_needed, parts_of
from lungmets.vocabulary import Domain, Jurisdiction, Panel, RefusalReason
from tests.proof.enumeration import (
    FIRST_OF_THE_EUROPEAN_UNION,
    JUDGES,
    QUESTIONS,
    SHARES,
    SMALL,
    limited,
    shared,
    view_of,
    visit,
)
from tests.proof.planting import planted, with_row, without
from tests.proof.promises import REGULATORS

PLACES = [Jurisdiction.US, Jurisdiction.EU, Jurisdiction.CA]


@pytest.fixture(scope="module")
def base():
    return shipped()


# ---- the promises ------------------------------------------------------------------------------


SYSTEMIC = {"systemic and supportive"}


def least_answered(day: date) -> int:
    """How many profiles a past day answers at least, or the enumeration has lost a dimension."""
    if day < date(2007, 1, 1):
        # Performance status 0 to 2, 3 and 4, below 70 years and from 70 on; without brain disease, which is not
        # dated yet, performance status 0 to 2 and beyond; bone metastases with a clearance and without one.
        return 3 * 2 + 2 + 2
    if day < FIRST_OF_THE_EUROPEAN_UNION:
        # Bevacizumab tells performance status 0 to 1 and 2 apart, and squamous disease, the others, and what may
        # be either; none, one and several brain lesions; the spinal cord besides. EGFR is not asked yet.
        return 4 * 3 * 2 + 3 * 2 + 3
    # Eight classes of EGFR variants, pairs of them and no variant, at four groups of performance status.
    return (8 + 28 + 1) * 4


@pytest.mark.parametrize(("place", "day"), [one for one in QUESTIONS if one[1]], ids=str)
def test_the_promises_hold_for_every_class_of_a_past_day(base, place, day):
    found = visit(view_of(base, place, day), most=1, only=JUDGES)
    assert not found.broken, found.examples
    assert found.answered >= least_answered(day)


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("place", PLACES)
def test_the_promises_hold_for_every_class_of_drugs(base, place, share):
    found = visit(view_of(base, place, None), most=2, only=SYSTEMIC, share=share)
    assert not found.broken, found.examples
    # Each share has a histology of non-small-cell disease.
    assert found.answered >= least_answered(base.content.release.as_of)


@pytest.mark.parametrize("place", PLACES)
def test_the_promises_hold_for_every_class_of_brain_bone_and_other_sites(base, place):
    view = view_of(base, place, None)
    found = visit(view, most=0, only=SMALL)
    assert not found.broken, found.examples
    assert not unmet(view, found), "a row that no visited class meets is judged by nobody"


@pytest.mark.parametrize("place", PLACES)
def test_the_promises_hold_for_every_class_of_the_comprehensive_panel(base, place):
    found = visit(view_of(base, place, None), panel=Panel.COMPREHENSIVE, most=1, only=JUDGES)
    assert not found.broken, found.examples
    assert found.answered >= least_answered(base.content.release.as_of)


@pytest.mark.parametrize("place", PLACES)
def test_the_shares_are_the_whole(base, place):
    (part,) = parts_of(view_of(base, place, None), only=SYSTEMIC)
    space = limited(part, 2)
    assert sum(shared(space, share).size for share in range(SHARES)) == space.size


@pytest.mark.parametrize("name", ["systemic and supportive", "other sites"])
def test_what_is_not_visited_for_want_of_an_answer_is_refused(base, name):
    view = view_of(base, Jurisdiction.US, None)
    (part,) = parts_of(view, only={name})
    keys = ((alike, alike.point.keys[0]) for alike in together(limited(part, 1)))
    answered = sum(alike.points for alike, key in keys if not key.open and not key.left & view.scope)
    assert visit(view, most=1, only={name}).answered == answered


# ---- rows that read much are met -----------------------------------------------------------------

EGFR_ROW = "oligometastatic.radiotherapy-egfr"
"""It reads a gene, the absence of brain disease, and two counts, which one field states."""


def unmet(view, found) -> set[str]:
    """The rows of the parts that are visited whole that hold for no visited class."""
    rows = (view.first_rows | view.unresolved_rows) & ~found.held
    return {
        view.row_of[bit].id
        for bit in bits(rows)
        if view.options.keys[view.option_of[bit]].domain in {Domain.BRAIN, Domain.BONE, Domain.OTHER_SITE}
    }


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2026, 1, 1), None], ids=str)
@pytest.mark.parametrize("place", [Jurisdiction.US, Jurisdiction.EU])
def test_the_row_of_a_gene_and_of_counts_is_met_since_its_trial(base, place, day):
    view = view_of(base, place, day)
    assert EGFR_ROW in {row.id for row in view.row_of.values()}  # from 2023-06-08, by SINDAS
    assert EGFR_ROW not in unmet(view, visit(view, most=0, only={"other sites"}))


def test_a_row_that_no_class_meets_is_noticed(base, monkeypatch):
    # Small-cell disease with an EGFR mutation is inconsistent, so it is answered by no option.
    when = {"histology": "small_cell", "egfr": "positive", "metastases": "<=5"}
    view = view_of(with_row(base, EGFR_ROW, when=when), Jurisdiction.US, None)
    assert unmet(view, visit(view, most=0, only=SMALL)) == {EGFR_ROW}
    # And with one thing other than quiet the gene and its counts never meet.
    monkeypatch.setattr("tests.proof.enumeration.SMALL", frozenset())
    view = view_of(base, Jurisdiction.US, None)
    assert EGFR_ROW in unmet(view, visit(view, most=1, only={"other sites"}))


def test_the_first_day_of_the_european_union_is_among_the_questions(base):
    begins = base.content.release.begins
    assert (Jurisdiction.EU, begins[Jurisdiction.EU]) in QUESTIONS
    assert begins[Jurisdiction.CA] == base.content.release.as_of
    # What is asked of a day before is refused: there is no promise to keep.
    assert all(day >= begins[place] for place, day in QUESTIONS if day)


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
    for part in parts_of(view_of(base, place, None)):
        space = limited(part, 1)
        assert sum(alike.points for alike in together(space)) == counted(space), part.name


@pytest.mark.parametrize("name", ["brain", "bone", "alerts"])
def test_classes_are_those_of_visiting_one_point_after_the_other(base, name):
    (part,) = parts_of(view_of(base, Jurisdiction.US, None), only={name})
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
        visit(view_of(base, Jurisdiction.US, None), most=1, only={"bone"})


@pytest.mark.parametrize("place", PLACES)
def test_no_condition_reads_more_than_is_other_than_quiet_at_once(base, place):
    """A row lists an option, and one finding more forbids it: three cover both."""
    view = view_of(base, place, None)
    assert not beyond(view, most=2)
    assert all(len(genes_needed(view, bit)) <= 1 for bit in bits(conditions(view)))


def test_a_condition_that_reads_too_much_is_noticed(base):
    much = {"histology": "nsclc", "alk": "positive", "age": ">=70", "contraindications": "platinum"}
    view = view_of(with_row(base, "alk.alectinib", when=much), Jurisdiction.US, None)
    assert beyond(view, most=2) == {"alk.alectinib"}
    assert not beyond(view, most=3)


def conditions(view) -> int:
    """What decides which options remain; a guardrail only where it has something to withhold."""
    found = view.first_rows | view.unresolved_rows | view.supersessions
    for rule, targets in view.guardrail_targets.items():
        if any(view.rows_of[option] for option in bits(targets)):
            found |= view.base.bits[rule] & view.guardrails
    return found


def beyond(view, most) -> set[str]:
    """The records of which a conjunction is met in no part with so many genes and details at once."""
    parts = list(parts_of(view, only=JUDGES))
    return {
        view.base.owner_ids[bit]
        for bit in bits(conditions(view))
        if not any(met(part.space, bit, None if part.name in SMALL else most) for part in parts)
    }


def met(space, bit, most) -> bool:
    """Whether some point leaves a conjunction, counted as the space counts what is other than quiet."""
    needed = 0
    for dimension in space.dimensions:
        ways = [one.genes + one.details for one in dimension.settings if one.stands[0].left >> bit & 1]
        if not ways:
            return False
        needed += min(ways)
    return most is None or needed <= most


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
    (part,) = parts_of(view, only={"refusals"})
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
    (part,) = parts_of(view, only={"alerts"})
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
    shown = visit(view, most=1, only=JUDGES).shown
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
    "2": (SYSTEMIC, lambda base: planted(base, tables={n: t for n, t in base.content.tables.items() if n != "systemic/small_cell"})),
    "3: [('": (SYSTEMIC, lambda base: without(base, "guardrails", "no-checkpoint-inhibitor.ros1")),
    "3": (SYSTEMIC, lambda base: without(base, "guardrails", "no-checkpoint-inhibitor-alone.braf")),
    "4: pem": (SYSTEMIC, lambda base: planted(
        without(base, "guardrails", "squamous.no-pemetrexed"),
        tables=with_row(base, "non-squamous.pembrolizumab-pemetrexed-carboplatin", when=NSCLC).content.tables)),
    "5": (SYSTEMIC, lambda base: with_row(base, "pd-l1.pembrolizumab-tps1", when=NSCLC)),
    "6": (SYSTEMIC, lambda base: base),
    "7": (SYSTEMIC, lambda base: without(base, "guardrails", "poor-performance-status")),
    "8: brain": ({"brain"}, lambda base: with_row(base, "brain.supportive-care")),
    "8: an": ({"brain"}, lambda base: with_row(base, "brain.supportive-care", when=NSCLC)),
    "9: a bone agent in": ({"bone"}, lambda base: with_row(base, "bone.denosumab", when={})),
    "9: zol": ({"bone"}, lambda base: without(base, "guardrails", "zoledronic-acid.renal")),
    "C22: [('surgical_resection',)] is listed": ({"other sites"}, lambda base: with_row(
        base, "adrenal.surgery-isolated", when={"histology": "nsclc", "metastatic_sites": "adrenal"})),
    "C22: [('stereotactic_radiosurgery',)] is left": ({"other sites"}, lambda base: with_row(
        base, "oligometastatic.local", when={"histology": "nsclc", "metastases": "<=6", "metastatic_organs": "<=3"})),
    "9: a bone agent out": (SYSTEMIC, lambda base: with_row(base, "supportive.hypercalcaemia-denosumab", when={"corrected_calcium_mg_dl": ">=10.5"})),
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
