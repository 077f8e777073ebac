"""What answers say of a driver's options: figures of the right patients, and sentences that hold there and then.

The expected words are read from the label, the guideline or the trial that is named beside each test.
"""

from datetime import date

import pytest

from lungmets import DocumentedOptions, PatientProfile, assess

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip


def documented(place="us", day=None, **changes) -> DocumentedOptions:
    as_of = date.fromisoformat(day) if day else None
    answer = assess(PatientProfile(**COMPLETE | changes), as_of=as_of, jurisdiction=place)
    assert isinstance(answer, DocumentedOptions), answer
    return answer


def option(answer, name):
    """An option of the answer, whatever became of it."""
    everything = (*answer.options, *answer.withheld, *answer.superseded, *answer.unresolved)
    return next(one for one in everything if one.id == f"systemic.{name}")


def said(one):
    """Every sentence that is told with an option."""
    return " ".join(remark.text for remark in (*one.reason, *one.notes, *one.cautions, *one.prerequisites))


# fmt: off
FIGURES = [
    # a driver                      its option                source            of these patients, who were untreated, or of the variants of the label
    ({"ros1": "fusion"},            "repotrectinib",          "trident-1",      {"TKI-naive"}),
    ({"ros1": "fusion"},            "taletrectinib",          "trust",          {"TKI-naive (pooled)", "TKI-naive"}),
    ({"ret": "fusion"},             "selpercatinib",          "libretto-001",   {"untreated", "brain metastases"}),
    ({"ret": "fusion"},             "pralsetinib",            "arrow-update",   {"treatment-naive"}),
    ({"met": "exon14_skipping"},    "capmatinib",             "geometry-mono-1", {"treatment-naive"}),
    ({"met": "exon14_skipping"},    "tepotinib",              "fda-tepotinib-2024-02-15", {"treatment-naive (VISION)"}),
    ({"braf": "v600e"},             "encorafenib-binimetinib", "pharos",        {"treatment-naive"}),
    ({"egfr": "exon19del"},         "gefitinib",              "ipass",          {"EGFR mutation (subgroup)"}),
    ({"egfr": "exon19del"},         "afatinib",               "lux-lung-3",     {"common mutations"}),
]
# fmt: on


@pytest.mark.parametrize(("driver", "name", "source", "patients"), FIGURES)
def test_the_figures_are_those_of_the_patients_whom_the_row_means(driver, name, source, patients):
    one = option(documented(**driver), name)
    assert {figure.population for figure in one.evidence if figure.source == source} == patients


def test_survival_with_afatinib_is_told_by_variant_and_not_for_all_together():
    """LUX-Lung 3 and 6: longer with an exon 19 deletion, not with L858R."""
    one = option(documented(egfr="l858r"), "afatinib")
    shown = {figure.population for figure in one.evidence if figure.source == "lux-lung-3-6-os"}
    assert shown == {
        "LUX-Lung 3, exon 19 deletion", "LUX-Lung 3, L858R", "LUX-Lung 6, exon 19 deletion", "LUX-Lung 6, L858R",
    }  # fmt: skip


def test_the_limit_of_the_ntrk_drugs_is_told_as_each_place_has_it():
    """Only the labels of the United States take disease that has progressed; the limit is never the library's own."""
    for place, agency in (("us", "fda"), ("eu", "ema"), ("ca", "hc")):
        one = option(documented(place, ntrk="fusion"), "entrectinib")
        limits = [remark for remark in one.prerequisites if "satisfactory" in remark.text]
        assert [remark.rule for remark in limits] == [None], place
        assert all(cited.id.startswith(f"{agency}-") for remark in limits for cited in remark.citations)
        assert "the United States ones also take disease that has progressed" in limits[0].text


def test_second_choices_of_a_guideline_say_what_they_wait_for():
    """ASCO 2024: ceritinib or lorlatinib for ROS1 if the others cannot be had; 2026.3.1: lazertinib without osimertinib."""
    answer = documented(ros1="fusion")
    for name in ("ceritinib", "lorlatinib"):
        one = option(answer, name)
        assert one.off_label
        assert (
            "only where repotrectinib, entrectinib and crizotinib are not available or not tolerated"
            in said(one)
        )
    one = option(documented(egfr="l858r"), "lazertinib")
    assert one.off_label
    assert "only where osimertinib is not available" in said(one)
    # For ALK they are no second choice of a ROS1 recommendation.
    assert "ROS1" not in said(option(documented(alk="fusion"), "lorlatinib"))


@pytest.mark.parametrize(("lesions", "told"), [(0, False), (2, True)])
def test_the_pair_with_ramucirumab_warns_where_its_trial_excluded(lesions, told):
    """RELAY excluded metastases in the central nervous system."""
    one = option(documented(egfr="exon19del", brain_lesions=lesions), "erlotinib-ramucirumab")
    assert any("excluded brain metastases" in remark.text for remark in one.cautions) is told


# fmt: off
BEFORE_ITS_DAY = [
    # what came later                          place  a day before it  driver                     option                    the words that would tell it
    ("the withdrawal of 2024",                 "us", "2021-10-01", {"egfr": "exon20ins"},         "mobocertinib",           "withdr"),
    ("PROFILE 1014 in 2014",                   "us", "2012-01-01", {"alk": "fusion"},             "crizotinib",             "2014"),
    ("the wider label of 2017",                "us", "2016-01-01", {"alk": "fusion"},             "alectinib",              "wider"),
    ("the wider label of 2026",                "us", "2025-09-01", {"erbb2": "mutation"},         "zongertinib",            "wider"),
    ("the application of 2026",                "us", "2025-12-31", {"erbb2": "mutation"},         "sevabertinib",           "application"),
    ("the versions of 2026",                   "us", "2019-01-01", {"egfr": "exon19del"},         "osimertinib",            "2026"),
    ("final survival in RELAY",                "us", "2020-06-01", {"egfr": "exon19del"},         "erlotinib-ramucirumab",  "survival"),
    ("the end of the authorisation in 2024",   "eu", "2022-01-01", {"ret": "fusion"},             "pralsetinib",            "2024"),
]
# fmt: on


@pytest.mark.parametrize(("later", "place", "day", "driver", "name", "words"), BEFORE_ITS_DAY)
def test_nothing_is_told_before_its_day(later, place, day, driver, name, words):
    assert words not in said(option(documented(place, day, **driver), name)), later


# fmt: off
ON_ITS_DAY = [
    ("us", "2024-01-01", {"egfr": "exon20ins"}, "mobocertinib",          "announced the withdrawal"),
    ("us", None,         {"erbb2": "mutation"}, "sevabertinib",          "first-line application was under review"),
    ("us", None,         {"egfr": "exon19del"}, "osimertinib",           "until the end of 2025 only"),
    ("us", None,         {"egfr": "exon19del"}, "erlotinib-ramucirumab", "no significant gain over erlotinib alone"),
    ("eu", "2024-01-01", {"ret": "fusion"},     "selpercatinib",         "ended in the course of 2024"),
    ("us", "2016-10-18", {"egfr": ["exon19del", "t790m"]}, "platinum-doublet", "for an exon 19 deletion or L858R only"),
    ("eu", "2016-01-25", {"egfr": "g719x"},     "carboplatin-paclitaxel", "authorised for activating EGFR mutations"),
]
# fmt: on


@pytest.mark.parametrize(("place", "day", "driver", "name", "words"), ON_ITS_DAY)
def test_it_is_told_from_its_day_on(place, day, driver, name, words):
    assert words in said(option(documented(place, day, **driver), name))


def test_another_braf_alteration_is_not_called_outside_a_label_that_says_v600():
    steps = {
        place: " ".join(step.text for step in documented(place, braf="other").next_steps)
        for place in ("us", "eu", "ca")
    }
    assert "labels of the BRAF inhibitors name V600E only" in steps["us"]
    for place in ("eu", "ca"):
        assert "says V600; which change this is cannot be told apart here" in steps[place]
        assert "V600E only" not in steps[place]


@pytest.mark.parametrize(("place", "day"), [("us", "2020-01-01"), ("us", None), ("eu", None), ("ca", None)])
def test_no_first_line_label_is_named_where_none_exists(place, day):
    """The first-line label of an ERBB2 inhibitor is of 2026, in the United States alone."""
    steps = " ".join(step.text for step in documented(place, day, erbb2="overexpression").next_steps)
    assert "no drug has a first-line indication for it in any source seen" in steps
    assert "the first-line label" not in steps


def test_the_conflict_of_t790m_does_not_call_osimertinib_first_line_before_it_was():
    """First-line osimertinib is of April 2018; in 2016 it was for T790M after an EGFR inhibitor."""
    answer = documented(day="2016-06-01", egfr=["exon19del", "t790m"])
    conflict = next(one for one in answer.conflicts if one.id == "egfr-common-with-t790m")
    assert "systemic.osimertinib" not in {one.id for one in answer.options}
    assert "Where osimertinib is listed" in conflict.text
