"""``assess`` as its callers see it: dates, places, panels, refusals, and answers as data."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lungmets import (
    DocumentedOptions,
    PatientProfile,
    QuestionError,
    Refusal,
    assess,
    read_assessment,
)
from lungmets.knowledge.base import KnowledgeBase, shipped

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "exon19del", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 3,
}  # fmt: skip


def refusal(profile: PatientProfile, **question) -> Refusal:
    answer = assess(profile, **question)
    assert isinstance(answer, Refusal)
    return answer


# ---- the day ---------------------------------------------------------------------------------------


def test_without_a_day_the_question_is_asked_as_of_the_release():
    assert assess(PatientProfile(**COMPLETE)).as_of == date(2026, 10, 7)


def test_a_day_after_the_release_is_refused_as_undated_and_says_both_days():
    answer = refusal(PatientProfile(**COMPLETE), as_of=date(2026, 10, 8))
    assert answer.reason == "undated"
    assert "2026-10-08" in answer.explanation[0].text
    assert "2026-10-07" in answer.explanation[0].text


def test_a_day_before_the_knowledge_begins_is_refused_as_undated():
    assert refusal(PatientProfile(**COMPLETE), as_of=date(2003, 12, 31)).reason == "undated"
    # Brain metastases are dated from the last day of 2006 only.
    assert refusal(PatientProfile(**COMPLETE), as_of=date(2004, 1, 1)).reason == "undated"
    assert (
        assess(PatientProfile(**COMPLETE | {"brain_lesions": 0}), as_of=date(2004, 1, 1)).status
        == "documented"
    )


def test_a_clock_time_is_no_day():
    with pytest.raises(QuestionError, match=r"is not a day; expected a datetime\.date"):
        assess(PatientProfile(**COMPLETE), as_of=datetime(2020, 1, 1, tzinfo=UTC))


def test_the_panel_is_dated_nobody_could_be_asked_for_ret_in_2014():
    answer = refusal(PatientProfile(histology="adenocarcinoma"), as_of=date(2014, 6, 1))
    # Asked by then: EGFR (a row since 2009), ALK (since 2011); PD-L1 only since pembrolizumab in 2016.
    assert [item.item for item in answer.missing] == ["egfr", "alk", "ecog_ps", "brain_lesions"]


# fmt: off
FIRST_ASKED = [
    # item         the earlier of the guideline's day and the first row's day
    ("alk",       date(2011, 8, 26)),   # crizotinib, before the guideline of 2013-04-03
    ("ros1",      date(2016, 3, 11)),   # crizotinib, before the guideline of 2018-01-25
    ("pd_l1_tps", date(2016, 10, 24)),  # pembrolizumab, before the guideline of 2017-10-20
    ("met",       date(2020, 5, 6)),    # capmatinib, before the guideline of 2021
    ("ret",       date(2020, 5, 8)),    # selpercatinib, before the guideline of 2021
    ("kras",      date(2023, 4, 13)),   # no first-line row: the guideline
]
# fmt: on


@pytest.mark.parametrize(("item", "first"), FIRST_ASKED)
def test_an_item_is_asked_from_the_earlier_of_its_guideline_and_its_first_row(item, first):
    def asked(day: date) -> bool:
        return item in {
            m.item for m in refusal(PatientProfile(histology="adenocarcinoma"), as_of=day).missing
        }

    assert asked(first)
    assert not asked(date.fromordinal(first.toordinal() - 1))


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_missing_item_is_cited_on_every_date(year):
    answer = refusal(PatientProfile(histology="adenocarcinoma"), as_of=date(year, 1, 1))
    for item in answer.missing:
        assert item.citations, item.item
        assert all(citation.published <= f"{year}-01-01" for citation in item.citations)


# ---- the place, the panel, the engine -------------------------------------------------------------


@pytest.mark.parametrize("place", ["us", "eu", "ca"])
def test_every_place_is_answered_on_the_day_of_the_release(place):
    answer = assess(PatientProfile(**COMPLETE), jurisdiction=place)
    assert answer.status == "documented"
    assert answer.jurisdiction == place


@pytest.mark.parametrize(
    ("place", "day", "words"),
    [
        # Canadian uses are not dated: only the day of the release can be asked about, and the refusal says so.
        ("ca", date(2026, 10, 6), 'in "ca" were not seen, so this release answers for 2026-10-07 only'),
        ("ca", date(2015, 1, 1), 'in "ca" were not seen, so this release answers for 2026-10-07 only'),
        ("ca", date(2026, 10, 8), "later than this release"),
        ("eu", date(2009, 6, 23), "before this knowledge begins (2009-06-24)"),
    ],
)
def test_a_day_that_a_place_does_not_cover_is_refused_as_undated(place, day, words):
    answer = refusal(PatientProfile(**COMPLETE), jurisdiction=place, as_of=day)
    assert answer.reason == "undated"
    assert words in answer.explanation[0].text


def test_a_place_that_the_knowledge_does_not_know_is_refused_as_undated():
    content = shipped().content
    begins = {place: day for place, day in content.release.begins.items() if place != "ca"}
    release = content.release.model_copy(update={"begins": begins})
    base = KnowledgeBase(content.model_copy(update={"release": release}), "planted")
    answer = refusal(PatientProfile(**COMPLETE), jurisdiction="ca", knowledge=base)
    assert answer.reason == "undated"
    assert 'no dated uses for "ca"' in answer.explanation[0].text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            {"jurisdiction": "usa"},
            "jurisdiction: 'usa' is not known; expected one of us, eu, ca; did you mean us",
        ),
        ({"panel": "comprehensiv"}, "did you mean comprehensive"),
        ({"engine": "bitmaps"}, "did you mean bitmap"),
    ],
)
def test_an_unknown_word_of_the_question_is_an_error_with_the_nearest_word(question, words):
    with pytest.raises(QuestionError, match="expected one of") as caught:
        assess(PatientProfile(**COMPLETE), **question)
    assert words in str(caught.value)


@pytest.mark.parametrize("question", [{"panel": "all"}, {"as_of": "today"}])
def test_an_emergency_is_told_beside_a_question_that_is_in_error(question):
    with pytest.raises(QuestionError) as caught:
        assess(PatientProfile(symptoms=["first seizure"]), **question)
    assert [alert.id for alert in caught.value.alerts] == ["seizure"]
    assert str(caught.value).startswith("URGENT (emergency_now)")


def test_the_comprehensive_panel_asks_four_more_genes():
    answer = refusal(PatientProfile(**COMPLETE), panel="comprehensive")
    assert [item.item for item in answer.missing] == ["braf", "ntrk", "erbb2", "nrg1"]
    assert answer.not_considered == ()


def test_the_core_panel_says_which_genes_were_not_considered():
    answer = assess(PatientProfile(**COMPLETE))
    assert answer.not_considered == ("braf", "ntrk", "erbb2", "nrg1")
    answer = assess(PatientProfile(**COMPLETE, braf="negative"))
    assert answer.not_considered == ("ntrk", "erbb2", "nrg1")


@pytest.mark.parametrize("day", [date(2017, 1, 1), date(2020, 6, 1), date(2025, 6, 1), date(2026, 10, 7)])
def test_genes_never_asked_are_a_prerequisite_of_every_checkpoint_inhibitor(day):
    checkpoint = {"pembrolizumab", "atezolizumab", "cemiplimab", "nivolumab", "durvalumab"}
    answer = assess(PatientProfile(**COMPLETE | {"egfr": "negative"}), as_of=day)
    listed = [option for option in answer.options if checkpoint & set(option.regimen)]
    assert listed
    for option in listed:
        named = {task.item for task in option.prerequisites}
        assert set(answer.not_considered) <= named, (option.id, named)
    # Once they are answered, nothing is asked of them.
    asked = dict.fromkeys(["braf", "ntrk", "erbb2", "nrg1", "ret", "met", "kras"], "negative")
    known = assess(PatientProfile(**COMPLETE | asked | {"egfr": "negative"}), as_of=day)
    for option in known.options:
        assert not {task.item for task in option.prerequisites} & set(asked)


def test_an_option_asks_the_same_thing_once():
    for option in assess(PatientProfile(**COMPLETE | {"egfr": "negative"})).options:
        tasks = [(task.item, task.text) for task in option.prerequisites]
        assert len(tasks) == len(set(tasks))


# ---- refusals -------------------------------------------------------------------------------------


# fmt: off
OUT_OF_SCOPE = [
    ({"stage": "III"},                    "stage.earlier"),
    ({"stage": "limited"},                "stage.limited"),
    ({"prior_systemic_therapy": True},    "prior-therapy"),
    ({"age": 17},                         "age.child"),
    ({"pregnant": True},                  "pregnancy"),
]
INCONSISTENT = [
    ({"histology": "small_cell", "stage": "extensive"},            "small-cell.egfr"),
    ({"brain_imaging": "none"},                                    "brain.counted-without-imaging"),
    ({"brain_lesions": "not_imaged", "metastatic_sites": ["brain"]}, "brain.site-without-imaging"),
    ({"brain_lesions": "not_imaged", "brain_largest_mm": 12},      "brain.measured-without-imaging"),
    ({"brain_lesions": 0, "metastatic_sites": ["brain"]},          "brain.none-but-site"),
    ({"brain_lesions": 0, "brain_largest_mm": 4},                  "brain.none-but-measured"),
    ({"brain_lesions": 0, "brain_symptomatic": True},              "brain.none-but-symptomatic"),
    ({"brain_lesions": 0, "brain_mass_effect": True},              "brain.none-but-mass-effect"),
    ({"brain_lesions": 0, "brainstem": True},                      "brain.none-but-brainstem"),
    ({"leptomeningeal": "no", "metastatic_sites": ["leptomeninges"]}, "leptomeningeal.no-but-site"),
    ({"bone_metastases": False, "metastatic_sites": ["bone"]},     "bone.no-but-site"),
    ({"stage": "extensive"},                                       "stage.word-of-small-cell"),
]
# fmt: on


@pytest.mark.parametrize(("changes", "rule"), OUT_OF_SCOPE)
def test_a_question_out_of_scope_is_refused_and_says_why(changes, rule):
    answer = refusal(PatientProfile(**COMPLETE | changes))
    assert answer.reason == "out_of_scope"
    assert [remark.id for remark in answer.explanation] == [rule]
    assert answer.missing == ()


@pytest.mark.parametrize(("changes", "rule"), INCONSISTENT)
def test_a_contradiction_is_a_refusal_and_not_an_error(changes, rule):
    answer = refusal(PatientProfile(**COMPLETE | changes))
    assert answer.reason == "inconsistent"
    assert rule in {remark.id for remark in answer.explanation}


def test_small_cell_with_a_driver_asks_about_histology_transformation_and_earlier_treatment():
    answer = refusal(PatientProfile(histology="small_cell", stage="extensive", ecog_ps=1, egfr="L858R"))
    asked = " ".join(question.text for question in answer.questions)
    for word in ("combined", "transformed", "before"):
        assert word in asked


def test_small_cell_needs_extent_and_performance_status_but_no_gene_and_no_brain_imaging():
    answer = refusal(PatientProfile(histology="small_cell"))
    assert {item.item for item in answer.missing} == {"stage", "ecog_ps"}
    complete = assess(PatientProfile(histology="small_cell", stage="IV", ecog_ps=1))
    assert isinstance(complete, DocumentedOptions)
    assert "brain-imaging.small-cell" in {step.id for step in complete.next_steps}


def test_small_cell_disease_is_undated_before_its_rows_begin():
    profile = PatientProfile(histology="small_cell", stage="extensive", ecog_ps=1)
    assert refusal(profile, as_of=date(2017, 1, 1)).reason == "undated"
    assert assess(profile, as_of=date(2019, 1, 1)).status == "documented"


def test_what_was_not_stated_is_printed_as_an_assumption_and_what_was_is_not():
    assumed = {remark.id for remark in assess(PatientProfile(**COMPLETE)).assumptions}
    assert {"stage.earlier", "prior-therapy", "age.child", "pregnancy", "specimen_not_stated"} == assumed
    stated = {"stage": "IVB", "prior_systemic_therapy": False, "age": 60, "pregnant": False}
    genes = dict.fromkeys(("alk", "ros1", "kras", "met", "ret"), "negative (tissue)")
    assert assess(PatientProfile(**COMPLETE | stated | genes)).assumptions == ()


@pytest.mark.parametrize(
    ("changes", "question", "reason"),
    [
        ({"egfr": "pending"}, {}, "incomplete"),
        ({"stage": "II"}, {}, "out_of_scope"),
        ({"brain_lesions": 0, "brain_symptomatic": True}, {}, "inconsistent"),
        ({}, {"as_of": date(1999, 1, 1)}, "undated"),
    ],
)
def test_an_emergency_travels_with_every_refusal(changes, question, reason):
    answer = refusal(PatientProfile(**COMPLETE | changes, symptoms=["first seizure"]), **question)
    assert answer.reason == reason
    assert [alert.id for alert in answer.alerts] == ["seizure"]


def test_alerts_come_the_most_urgent_first_and_a_symptom_not_understood_is_one():
    answer = assess(
        PatientProfile(**COMPLETE, symptoms=["night pain", "seizure", "blue ears", "coughing up blood"])
    )
    assert [alert.id for alert in answer.alerts] == [
        "seizure",
        "haemoptysis",
        "symptom_not_understood",
        "bone-pain",
    ]
    assert "blue ears" in answer.alerts[2].finding


def test_calcium_is_corrected_for_albumin_and_nothing_is_said_without_one():
    # 2.9 mmol/L = 11.62 mg/dL; with albumin 30 g/L: 11.62 + 0.8 * (4.0 - 3.0) = 12.42 mg/dL.
    with_albumin = assess(PatientProfile(**COMPLETE, calcium="2.9 mmol/L", albumin_g_l=30))
    assert [alert.id for alert in with_albumin.alerts] == ["hypercalcaemia"]
    assert assess(PatientProfile(**COMPLETE, calcium="2.9 mmol/L")).alerts == ()


# fmt: off
TOTAL_CALCIUM = [
    # mg/dL; 14 and 12 mg/dL bound the severities of the guideline
    ("11.9 mg/dL", []),
    ("12.0 mg/dL", ["hypercalcaemia-total"]),
    ("14.0 mg/dL", ["hypercalcaemia-total"]),
    ("14.1 mg/dL", ["hypercalcaemia-total-severe"]),
    ("4.0 mmol/L", ["hypercalcaemia-total-severe"]),  # 16 mg/dL
]
# fmt: on


@pytest.mark.parametrize(("calcium", "alerts"), TOTAL_CALCIUM)
def test_a_high_total_calcium_is_an_alert_though_albumin_is_unknown(calcium, alerts):
    assert [alert.id for alert in assess(PatientProfile(**COMPLETE, calcium=calcium)).alerts] == alerts


def test_a_symptom_is_seen_in_the_course_as_well_and_cord_compression_by_name():
    answer = assess(PatientProfile(**COMPLETE, symptoms=[{"what": "odd spells", "course": "then a seizure"}]))
    assert [alert.id for alert in answer.alerts] == ["seizure"]
    answer = assess(PatientProfile(**COMPLETE, symptoms=["suspected spinal cord compression"]))
    assert [alert.urgency for alert in answer.alerts] == ["emergency_now"]


# ---- what a missing item could do -----------------------------------------------------------------


def test_each_missing_item_says_what_its_answer_could_do():
    profile = PatientProfile(**{k: v for k, v in COMPLETE.items() if k not in {"pd_l1_tps", "kras", "alk"}})
    missing = {item.item: item for item in refusal(profile).missing}
    # With EGFR positive no checkpoint inhibitor is listed, whatever PD-L1 is: nothing.
    assert (missing["pd_l1_tps"].effect, missing["pd_l1_tps"].decisive) == ("nothing", False)
    # No first-line drug for KRAS: nothing.
    assert (missing["kras"].effect, missing["kras"].decisive) == ("nothing", False)
    # A second driver adds its own drugs beside those of EGFR, and takes none away.
    assert (missing["alk"].effect, missing["alk"].decisive) == ("adds", True)
    assert "systemic.alectinib" in missing["alk"].decides


@pytest.mark.parametrize(
    ("histology", "effect"),
    [
        # Chemotherapy gives way to chemo-immunotherapy at every score: a higher score only adds.
        ("adenocarcinoma", "adds"),
        # Below 50 chemotherapy stays documented beside chemo-immunotherapy; at 50 pembrolizumab alone
        # takes its place (ASCO 2017).
        ("squamous", "replaces"),
    ],
)
def test_pd_l1_decides_where_no_driver_is_left_to_rule_it_out(histology, effect):
    known = {k: v for k, v in COMPLETE.items() if k != "pd_l1_tps"}
    (missing,) = refusal(PatientProfile(**known | {"egfr": "negative", "histology": histology})).missing
    assert (missing.item, missing.effect, missing.decisive) == ("pd_l1_tps", effect, True)
    assert "systemic.pembrolizumab" in missing.decides


@given(st.sets(st.sampled_from(["egfr", "alk", "kras", "pd_l1_tps", "ecog_ps", "brain_lesions"]), min_size=1))
def test_an_item_that_is_not_decisive_truly_changes_nothing(left_out):
    """Completing it in any way gives the same options, beside any completion of one other item."""
    known = {k: v for k, v in COMPLETE.items() if k not in left_out}
    missing = refusal(PatientProfile(**known)).missing
    answers = {
        "egfr": ["negative", "l858r"], "alk": ["negative", "fusion"], "kras": ["negative", "g12c"],
        "pd_l1_tps": [0, 20, 60], "ecog_ps": [1, 2, 4], "brain_lesions": [0, 3],
    }  # fmt: skip
    for item in missing:
        if item.decisive:
            continue
        for quiet in (0, -1):
            rest = {name: answers[name][quiet] for name in left_out if name != item.item}
            lists = []
            for value in answers[item.item]:
                answer = assess(PatientProfile(**known | rest | {item.item: value}))
                assert isinstance(answer, DocumentedOptions)
                lists.append([(option.id, option.standing) for option in answer.options])
            assert all(one == lists[0] for one in lists)


# ---- answers as data -------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{}, {"egfr": "pending"}, {"brain_lesions": 0, "brainstem": True}])
def test_an_answer_can_be_stored_and_read_back(changes):
    answer = assess(PatientProfile(**COMPLETE | changes))
    assert read_assessment(answer.model_dump_json()) == answer


def test_answers_are_frozen():
    answer = assess(PatientProfile(**COMPLETE))
    with pytest.raises(ValueError, match="frozen"):
        answer.notice = "trust me"


def test_the_same_question_gives_the_same_bytes_also_in_a_fresh_process():
    here = assess(PatientProfile(**COMPLETE)).model_dump_json()
    assert assess(PatientProfile(**dict(reversed(COMPLETE.items())))).model_dump_json() == here
    code = (
        "import json, sys; from lungmets import PatientProfile, assess;"
        "sys.stdout.write(assess(PatientProfile(**json.loads(sys.argv[1]))).model_dump_json())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(COMPLETE)], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == here


def test_answers_are_the_same_from_many_threads():
    profiles = [PatientProfile(**COMPLETE | {"pd_l1_tps": score}) for score in range(0, 100, 5)]
    alone = [assess(profile).model_dump_json() for profile in profiles]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda profile: assess(profile).model_dump_json(), profiles * 5))
    assert together == alone * 5


def test_options_stand_in_the_total_order_of_domain_standing_basis_and_id():
    answer = assess(PatientProfile(**COMPLETE, bone_metastases=True), as_of=date(2023, 1, 1))
    assert isinstance(answer, DocumentedOptions)
    domains = ["systemic", "brain", "bone", "other_site", "supportive"]
    bases = ["label", "guideline", "trial"]
    keys = [
        (domains.index(o.domain), o.standing != "preferred", bases.index(o.basis), o.id)
        for o in answer.options
    ]
    assert keys == sorted(keys)
    # ASCO called osimertinib optimal in 2021: preferred, so it comes first.
    assert answer.options[0].id == "systemic.osimertinib"
    assert answer.options[0].standing == "preferred"


def test_the_trace_tells_what_each_stage_did():
    trace = assess(PatientProfile(**COMPLETE)).trace
    stages = {step.stage for step in trace}
    assert {"gate", "match", "withhold", "supersede"} <= stages
    matched = next(step for step in trace if step.record == "egfr-common.osimertinib")
    assert matched.outcome == "systemic.osimertinib"
    assert "egfr: exon19del" in matched.values


def test_an_option_that_a_settled_row_documents_first_line_is_not_withheld_as_later_line():
    # Immune cells of 10 percent settle the row that was unresolved without them (SP142, first-line). The
    # same drug is documented after chemotherapy as well, which must not put it in two lists at once.
    stated = dict.fromkeys(("egfr", "alk", "ros1", "kras", "met", "ret"), "negative")
    answer = assess(
        PatientProfile(
            **stated,
            histology="adenocarcinoma",
            pd_l1_tps={"tps": 1, "immune_cells": 10},
            ecog_ps=0,
            brain_lesions=0,
        )
    )
    assert "systemic.atezolizumab" in {option.id for option in answer.options}
    assert "systemic.atezolizumab" not in {option.id for option in answer.withheld}
