"""What a suite reaches: small cases, each with its reason beside it."""

import shutil

import pytest

from lungmets import load
from lungmets.knowledge.base import shipped, shipped_folder
from lungmets.testing import judge, read_scenarios
from lungmets.testing.coverage import Kind, Part, coverage, reached
from tests.testing.planted import without_canada
from tests.testing.suites import of_complete


def reach(profile="{}", question="", status="documented"):
    (scenario,) = read_scenarios(of_complete(f"{{status: {status}}}", profile=profile, question=question))
    answer = judge(scenario).answer
    assert answer is not None
    return reached(scenario, answer, shipped())


def of(*reaches):
    return {part.kind: part for part in coverage(shipped(), reaches).parts}


def unreached(kind, *reaches):
    return set(of(*reaches)[kind].unreached)


def every(kind):
    """All names of a kind: where nothing is reached, each is listed."""
    return unreached(kind)


# ---- nothing, and how much there is ---------------------------------------------------------------


def test_where_nothing_is_reached_everything_is_listed():
    found = coverage(shipped(), [])
    assert found.percent == 0
    assert found.scenarios == 0
    for part in found.parts:
        assert part.reached == 0
        assert len(part.unreached) == len(set(part.unreached)) == part.total > 0


def test_every_kind_is_counted_once():
    assert [part.kind for part in coverage(shipped(), []).parts] == list(Kind)


def test_the_totals_are_those_of_the_records():
    content = shipped().content
    totals = {part.kind: part.total for part in coverage(shipped(), []).parts}
    assert totals[Kind.ROWS] == sum(len(table.rows) for table in content.tables.values())
    assert totals[Kind.GUARDRAILS] == len(content.guardrails)
    assert totals[Kind.SUPERSESSIONS] == len(content.supersessions)
    assert totals[Kind.CONFLICTS] == len(content.conflicts)
    assert totals[Kind.PANEL_ITEMS] == len(content.panel.items)
    assert totals[Kind.ALERTS] == len(content.alerts.alerts)


def test_the_share_is_that_of_all_parts_together():
    found = coverage(shipped(), [reach()])
    total = sum(part.total for part in found.parts)
    hit = sum(part.reached for part in found.parts)
    assert 0 < hit < total
    assert found.percent == pytest.approx(100 * hit / total)


def test_a_share_is_never_rounded_up():
    parts = (Part(kind=Kind.ROWS, total=3000, unreached=("one",)),)
    found = coverage(shipped(), []).model_copy(update={"parts": parts})
    # 2999 of 3000 is 99.97 percent: 100.0 would look like all of it.
    assert (found.percent < 100, found.shown) == (True, "99.9")


def test_a_knowledge_without_parts_is_reached():
    assert coverage(shipped(), []).model_copy(update={"parts": ()}).percent == 100


def test_scenarios_add_up():
    one, other = reach("{egfr: l858r}"), reach("{alk: fusion}")
    for kind in Kind:
        assert unreached(kind, one, other) <= unreached(kind, one) & unreached(kind, other)
    assert "egfr-common.osimertinib" in unreached(Kind.ROWS, other) - unreached(Kind.ROWS, one, other)


# ---- rows and rules -------------------------------------------------------------------------------


def test_a_row_is_reached_where_the_answer_rests_on_it():
    missing = unreached(Kind.ROWS, reach("{egfr: l858r}"))
    assert "egfr-common.osimertinib" not in missing
    assert "alk.alectinib" in missing


def test_a_row_is_reached_by_an_option_that_is_withheld_superseded_or_unresolved():
    # tests/clinic: ALK supersedes crizotinib and withholds checkpoint inhibitors; exon 18 leaves afatinib open;
    # KRAS G12C drugs are for later lines.
    assert "alk.crizotinib" not in unreached(Kind.ROWS, reach("{alk: fusion}"))
    assert "pd-l1.pembrolizumab-tps50" not in unreached(Kind.ROWS, reach("{alk: fusion, pd_l1_tps: 90}"))
    assert "egfr-other.afatinib" not in unreached(Kind.ROWS, reach("{egfr: exon 18 deletion}"))
    assert "kras-g12c.sotorasib" not in unreached(Kind.ROWS, reach("{kras: g12c}"))


def test_a_refusal_reaches_no_row():
    assert unreached(Kind.ROWS, reach("{egfr: not_tested}", status="refused")) == every(Kind.ROWS)


def test_a_guardrail_is_reached_only_where_it_withholds():
    guardrail = "no-checkpoint-inhibitor.egfr"
    assert guardrail not in unreached(Kind.GUARDRAILS, reach("{egfr: l858r, pd_l1_tps: 90}"))
    assert guardrail in unreached(Kind.GUARDRAILS, reach("{pd_l1_tps: 90}"))
    # In 2014 no checkpoint inhibitor was documented: the guardrail holds, and has nothing to take off.
    assert guardrail in unreached(Kind.GUARDRAILS, reach("{egfr: l858r, pd_l1_tps: 90}", "as_of: 2014-06-01"))


def test_a_row_of_a_later_line_that_withholds_its_option_is_no_guardrail():
    names = {kind: every(kind) for kind in Kind}
    found = reach("{kras: g12c}")
    told = {name.partition(":")[2] for name in found if name.startswith(f"{Kind.GUARDRAILS}:")}
    assert told & names[Kind.GUARDRAILS] == set()


def test_a_supersession_is_reached_where_it_takes_an_option_off():
    record = "alk.newer-over-crizotinib-ceritinib"
    assert record not in unreached(Kind.SUPERSESSIONS, reach("{alk: fusion}"))
    # On 2017-11-06 both stand beside each other: ASCO said so in 2022 only.
    assert record in unreached(Kind.SUPERSESSIONS, reach("{alk: fusion}", "as_of: 2017-11-06"))


def test_a_conflict_is_reached_where_it_is_told():
    assert "two-drivers" not in unreached(Kind.CONFLICTS, reach("{egfr: exon19del, alk: fusion}"))
    assert "two-drivers" in unreached(Kind.CONFLICTS, reach("{egfr: exon19del}"))


def test_an_item_is_reached_where_it_is_missing():
    hit = every(Kind.PANEL_ITEMS) - unreached(
        Kind.PANEL_ITEMS, reach("{egfr: pending, ret: not_tested}", status="refused")
    )
    assert hit == {"egfr", "ret"}
    assert unreached(Kind.PANEL_ITEMS, reach()) == every(Kind.PANEL_ITEMS)


@pytest.mark.parametrize(
    ("profile", "status"),
    [
        ("{symptoms: [first seizure]}", "documented"),
        ("{egfr: pending, symptoms: [first seizure]}", "refused"),
    ],
)
def test_an_alert_is_reached_by_either_kind_of_answer(profile, status):
    assert every(Kind.ALERTS) - unreached(Kind.ALERTS, reach(profile, status=status)) == {"seizure"}


# ---- dates ----------------------------------------------------------------------------------------


def test_days_are_those_of_rows_supersessions_and_the_panel_and_the_first_of_all():
    days = every(Kind.DATES)
    # Labels (tests/clinic): osimertinib first-line, alectinib.
    assert {"us 2018-04-18", "us 2017-11-06"} <= days
    # Where the knowledge begins (release.yaml). In Canada that is the day of the release, and the only day.
    assert {"us 2004-01-01", "eu 2009-06-24"} <= days
    assert {day for day in days if day.startswith("ca ")} == {"ca 2026-10-07"}
    assert min(days & {day for day in days if day.startswith("us ")}) == "us 2004-01-01"
    # On this day a trial was published, and the use that it supports was documented before and after.
    assert str(shipped().sources["keynote-024"].published) == "2016-11-10"
    assert "us 2016-11-10" not in days


def test_a_day_is_reached_by_a_question_from_it_until_the_next():
    days = sorted(every(Kind.DATES))
    position = days.index("us 2018-04-18")
    following = days[position + 1].removeprefix("us ")

    def hit(day):
        return every(Kind.DATES) - unreached(Kind.DATES, reach("{egfr: l858r}", f"as_of: {day}"))

    assert hit("2018-04-17") == {days[position - 1]}
    assert hit("2018-04-18") == hit("2018-04-19") == {"us 2018-04-18"}
    assert hit(following) == {f"us {following}"}


@pytest.mark.parametrize("day", ["2003-12-31", "2026-10-08", "2030-01-01"])
def test_a_day_outside_the_knowledge_reaches_no_day(day):
    assert unreached(Kind.DATES, reach("{}", f"as_of: {day}", "refused")) == every(Kind.DATES)


def test_a_place_that_answers_for_the_release_only_is_reached_on_that_day_and_no_other():
    past = reach("{}", "jurisdiction: ca\n    as_of: 2020-01-01", "refused")
    assert unreached(Kind.DATES, past) == every(Kind.DATES)
    assert every(Kind.DATES) - unreached(Kind.DATES, reach("{}", "jurisdiction: ca")) == {"ca 2026-10-07"}


def test_a_place_without_dates_reaches_no_day_and_has_none():
    base = without_canada()
    (scenario,) = read_scenarios(of_complete("{status: refused}", question="jurisdiction: ca"))
    found = judge(scenario, base)
    assert found.passed
    (dates,) = [
        part
        for part in coverage(base, [reached(scenario, found.answer, base)]).parts
        if part.kind is Kind.DATES
    ]
    assert dates.reached == 0
    assert {day.partition(" ")[0] for day in dates.unreached} == {"us", "eu"}


def test_a_question_without_a_day_is_one_of_the_day_of_the_release():
    assert every(Kind.DATES) - unreached(Kind.DATES, reach()) == {max(every(Kind.DATES))}


# ---- thresholds -----------------------------------------------------------------------------------

# fmt: off
SIDES = [
    # scores                        reached                             why
    ([0.9],                         set(),                              "one side only"),
    ([1],                           set(),                              "the other side only"),
    ([0.9, 1],                      {"pd_l1_tps >=1"},                  "both sides of 1"),
    ([0, 49],                       {"pd_l1_tps >=1"},                  "0 is below 1, and 49 is the bin above it"),
    ([0, 50],                       set(),                              "the bin between them is on a side of both, and nobody asked it"),
    ([49, 50],                      {"pd_l1_tps >=50"},                 "both sides of 50"),
    ([0, 1, 100],                   {"pd_l1_tps >=1", "pd_l1_tps >=50"}, "all three bins"),
    (['"<1"', '"1-49"'],            {"pd_l1_tps >=1"},                  "each bound lies within one bin"),
    ([0, '"0-49"'],                 set(),                              "it is not below 1, and not above it"),
    ([49, '"1-100"'],               set(),                              "nor below 50, nor above it"),
    ([0, '"1-100"'],                set(),                              "a bound that covers two bins is on no side"),
]
# fmt: on


@pytest.mark.parametrize(("scores", "hit", "why"), SIDES, ids=[row[2] for row in SIDES])
def test_a_threshold_needs_both_of_its_sides(scores, hit, why):
    # EGFR positive: every checkpoint inhibitor is withheld whatever the score, so that a bound is answered.
    reaches = [reach(f"{{egfr: l858r, pd_l1_tps: {score}}}") for score in scores]
    assert every(Kind.THRESHOLDS) - unreached(Kind.THRESHOLDS, *reaches) == hit, why


def test_numbers_that_are_counted_have_no_threshold_between_two_of_them():
    found = {name for name in every(Kind.THRESHOLDS) if name.startswith("brain_lesions")}
    # Rows speak of 0, 1, 1-3, 4, 5-10 and more, a note of 5-20: between 3 and 4, or below 0, there is no
    # count to ask.
    assert found == {
        "brain_lesions >=1",
        "brain_lesions >1",
        "brain_lesions >=4",
        "brain_lesions >=5",
        "brain_lesions >10",
        "brain_lesions >20",
    }


def test_a_threshold_that_no_profile_can_be_below_is_none():
    # A diameter is at least 0.1 mm.
    found = {name for name in every(Kind.THRESHOLDS) if name.startswith("brain_largest_mm")}
    assert "brain_largest_mm >0" not in found
    assert "brain_largest_mm >40" in found


def test_every_threshold_of_the_lesions_can_be_reached():
    counts = [0, 1, 3, 4, 5, 10, 11, 20, 21, "innumerable"]
    reaches = [reach(f"{{brain_lesions: {count}}}") for count in counts]
    assert not {name for name in unreached(Kind.THRESHOLDS, *reaches) if name.startswith("brain_lesions")}


def test_lesions_without_a_count_are_on_no_side():
    some = reach("{brain_lesions: present_count_unknown}", status="refused")
    hit = every(Kind.THRESHOLDS) - unreached(Kind.THRESHOLDS, some, reach())
    assert not {name for name in hit if name.startswith("brain_lesions")}


def test_what_is_not_stated_is_on_no_side():
    assert not {name for name in reach() if "creatinine_clearance_ml_min" in name}


# ---- in words -------------------------------------------------------------------------------------


def test_in_words_it_says_release_share_and_everything_that_is_not_reached():
    found = coverage(shipped(), [reach()])
    first, *lines = str(found).splitlines()
    assert first == (
        f"knowledge {shipped().version} ({shipped().digest[:12]}): {found.shown} % reached by 1 scenario"
    )
    listed = [line.strip().removeprefix("not reached: ") for line in lines if "not reached: " in line]
    assert listed == [name for part in found.parts for name in part.unreached]
    headed = [line for line in lines if "not reached: " not in line]
    assert [line.split()[-3:] for line in headed] == [
        [str(p.reached), "of", str(p.total)] for p in found.parts
    ]


def test_another_knowledge_is_counted_for_itself(tmp_path):
    folder = tmp_path / "knowledge"
    # Without the claims: some of them may be carried by the alert that is taken out.
    shutil.copytree(shipped_folder(), folder, ignore=shutil.ignore_patterns("__*", ".*", "claims"))
    alerts = folder / "alerts.yaml"
    text = alerts.read_text(encoding="utf-8")
    start = text.index("  - id: hyponatraemia\n")
    end = text.index("  - id: ", start + 1)
    symptom = next(
        line for line in text.splitlines(keepends=True) if "{id: symptomatic_hyponatraemia," in line
    )
    alerts.write_text((text[:start] + text[end:]).replace(symptom, ""), encoding="utf-8")
    other = coverage(load(folder), [])
    totals = {part.kind: part.total for part in other.parts}
    assert totals[Kind.ALERTS] == len(every(Kind.ALERTS)) - 1
    assert "hyponatraemia" not in {name for part in other.parts for name in part.unreached}
