"""Where the evidence says that a place differs from the United States, the answers differ in that way.

``jurisdictions.json`` lists the differences. Each of them is named here: with questions whose expected
answers follow from its words, or with the reason why no question can show it. The list of the evidence and
this one must hold the same names, so a new difference cannot be forgotten.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from lungmets import PatientProfile, assess

EVIDENCE = Path(__file__).resolve().parents[3] / "shared" / "evidence" / "jurisdictions.json"

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 20, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip
SMALL_CELL = {"histology": "small_cell", "stage": "extensive", "ecog_ps": 1, "brain_lesions": 0}

YES, NO, LATER, OPEN = "documented", "absent", "withheld", "unresolved"

MONEY = "what a payer covers is not law, and its country is no place of the library"
NOTHING_SEEN = "the evidence says that nothing is known, so nothing is listed and nothing is denied"

# fmt: off
SHOWN = [
    # difference                             option                                    patients                                      day           us     eu     ca
    ("eu-met-exon14-later",                  "capmatinib",                             {"met": "exon14_skipping"},                   None,         YES,   LATER, YES),
    ("eu-met-exon14-later",                  "tepotinib",                              {"met": "exon14_skipping"},                   None,         YES,   LATER, YES),
    ("eu-met-exon14-later",                  "pembrolizumab-pemetrexed-platinum",      {"met": "exon14_skipping"},                   None,         YES,   YES,   YES),
    ("eu-pembrolizumab-tps50",               "pembrolizumab",                          {"pd_l1_tps": 49},                            None,         YES,   LATER, YES),
    ("eu-pembrolizumab-tps50",               "pembrolizumab",                          {"pd_l1_tps": 50},                            None,         YES,   YES,   YES),
    ("eu-cemiplimab-chemo-tc1",              "cemiplimab-chemotherapy",                {"pd_l1_tps": 0.9},                           None,         YES,   NO,    YES),
    ("eu-cemiplimab-chemo-tc1",              "cemiplimab-chemotherapy",                {"pd_l1_tps": 1},                             None,         YES,   YES,   YES),
    ("eu-nivolumab-ipilimumab-absent",       "nivolumab-ipilimumab",                   {},                                           None,         YES,   NO,    YES),
    ("eu-nivolumab-ipilimumab-absent",       "nivolumab-ipilimumab-chemotherapy",      {},                                           None,         YES,   YES,   YES),
    ("eu-nivolumab-ipilimumab-chemo-egfr",   "nivolumab-ipilimumab-chemotherapy",      {"egfr": "exon20ins"},                        None,         LATER, LATER, LATER),
    ("eu-abcp-sequence",                     "atezolizumab-bevacizumab-chemotherapy",  {"egfr": "l858r"},                            None,         LATER, LATER, LATER),
    ("eu-abcp-sequence",                     "atezolizumab-bevacizumab-chemotherapy",  {"alk": "fusion"},                            None,         LATER, LATER, LATER),
    ("eu-egfr-activating",                   "gefitinib",                              {"egfr": "l861q"},                            None,         NO,    YES,   YES),
    ("eu-egfr-activating",                   "erlotinib",                              {"egfr": "l861q"},                            None,         NO,    YES,   NO),
    ("eu-egfr-activating",                   "dacomitinib",                            {"egfr": "l861q"},                            None,         NO,    YES,   NO),
    ("eu-egfr-activating",                   "erlotinib-ramucirumab",                  {"egfr": "l861q"},                            None,         NO,    YES,   NO),
    ("eu-egfr-activating",                   "afatinib",                               {"egfr": "l861q"},                            None,         YES,   YES,   YES),
    ("eu-egfr-activating",                   "gefitinib",                              {"egfr": "exon20ins"},                        None,         NO,    NO,    NO),
    ("eu-osimertinib-chemo-common-only",     "osimertinib-chemotherapy",               {"egfr": "g719x"},                            None,         NO,    NO,    NO),
    ("eu-osimertinib-chemo-common-only",     "osimertinib-chemotherapy",               {"egfr": "exon19del"},                        None,         YES,   YES,   YES),
    ("eu-t790m-no-line",                     "osimertinib",                            {"egfr": "t790m"},                            None,         LATER, YES,   LATER),
    ("eu-afatinib-line",                     "afatinib",                               {"egfr": "s768i"},                            None,         YES,   YES,   YES),
    ("eu-afatinib-line",                     "afatinib",                               {"egfr": "exon20ins"},                        None,         NO,    NO,    NO),
    ("eu-ensartinib-absent",                 "ensartinib",                             {"alk": "fusion"},                            None,         YES,   NO,    NO),
    ("eu-taletrectinib-absent",              "taletrectinib",                          {"ros1": "fusion"},                           None,         YES,   NO,    NO),
    ("eu-entrectinib-ros1-naive",            "entrectinib",                            {"ros1": "fusion"},                           None,         YES,   YES,   YES),
    ("eu-pralsetinib-withdrawn",             "pralsetinib",                            {"ret": "fusion"},                            None,         YES,   NO,    NO),
    ("eu-pralsetinib-withdrawn",             "pralsetinib",                            {"ret": "fusion"},                            "2021-11-18", YES,   YES,   None),
    ("eu-pralsetinib-withdrawn",             "pralsetinib",                            {"ret": "fusion"},                            "2021-11-17", YES,   NO,    None),
    ("eu-selpercatinib-later-start",         "selpercatinib",                          {"ret": "fusion"},                            "2020-05-08", YES,   NO,    None),
    ("eu-selpercatinib-later-start",         "selpercatinib",                          {"ret": "fusion"},                            "2022-06-20", YES,   NO,    None),
    ("eu-selpercatinib-later-start",         "selpercatinib",                          {"ret": "fusion"},                            "2022-06-21", YES,   YES,   None),
    ("eu-braf-v600",                         "dabrafenib-trametinib",                  {"braf": "other"},                            None,         NO,    NO,    NO),
    ("eu-braf-v600",                         "dabrafenib-trametinib",                  {"braf": "v600e"},                            None,         YES,   YES,   YES),
    ("eu-zongertinib-absent",                "zongertinib",                            {"erbb2": "mutation"},                        None,         YES,   NO,    NO),
    ("eu-tislelizumab",                      "tislelizumab-pemetrexed-platinum",       {"pd_l1_tps": 50},                            None,         NO,    YES,   NO),
    ("eu-tislelizumab",                      "tislelizumab-pemetrexed-platinum",       {"pd_l1_tps": 49},                            None,         NO,    NO,    NO),
    ("eu-tislelizumab",                      "tislelizumab-carboplatin-paclitaxel",    {"histology": "squamous", "pd_l1_tps": 0},    None,         NO,    YES,   NO),
    ("eu-sugemalimab",                       "sugemalimab-chemotherapy",               {},                                           None,         NO,    YES,   NO),
    ("eu-sugemalimab",                       "sugemalimab-chemotherapy",               {"ret": "fusion"},                            None,         NO,    LATER, NO),
    ("eu-bevacizumab-chemo",                 "bevacizumab-platinum-chemotherapy",      {},                                           None,         NO,    YES,   NO),
    ("ca-follows-us-thresholds",             "pembrolizumab",                          {"pd_l1_tps": 1},                             None,         YES,   LATER, YES),
    ("ca-follows-us-thresholds",             "cemiplimab-chemotherapy",                {"pd_l1_tps": 0},                             None,         YES,   NO,    YES),
    ("ca-follows-us-thresholds",             "nivolumab-ipilimumab",                   {"pd_l1_tps": 1},                             None,         YES,   NO,    YES),
    ("ca-follows-us-thresholds",             "atezolizumab",                           {"pd_l1_tps": 50},                            None,         YES,   YES,   YES),
    ("ca-met-exon14-any",                    "capmatinib",                             {"met": "exon14_skipping"},                   None,         YES,   LATER, YES),
    ("ca-gefitinib-activating",              "gefitinib",                              {"egfr": "g719x"},                            None,         NO,    YES,   YES),
    ("ca-afatinib-adenocarcinoma",           "afatinib",                               {"egfr": "l858r", "histology": "squamous"},   None,         YES,   YES,   NO),
    ("ca-afatinib-adenocarcinoma",           "afatinib",                               {"egfr": "l858r"},                            None,         YES,   YES,   YES),
    ("ca-entrectinib-ros1",                  "entrectinib",                            {"ros1": "fusion"},                           None,         YES,   YES,   YES),
    ("ca-larotrectinib-unrestricted",        "larotrectinib",                          {"ntrk": "fusion"},                           None,         YES,   YES,   OPEN),
    ("ca-braf-v600",                         "dabrafenib-trametinib",                  {"braf": "other"},                            None,         NO,    NO,    NO),
    ("ca-encorafenib-absent",                "encorafenib-binimetinib",                {"braf": "v600e"},                            None,         YES,   YES,   NO),
    ("ca-absent-agents",                     "ensartinib",                             {"alk": "fusion"},                            None,         YES,   NO,    NO),
    ("ca-absent-agents",                     "taletrectinib",                          {"ros1": "fusion"},                           None,         YES,   NO,    NO),
    ("ca-absent-agents",                     "pralsetinib",                            {"ret": "fusion"},                            None,         YES,   NO,    NO),
    ("ca-absent-agents",                     "zongertinib",                            {"erbb2": "mutation"},                        None,         YES,   NO,    NO),
    ("ca-absent-agents",                     "adagrasib",                              {"kras": "g12c"},                             None,         LATER, LATER, NO),
]
# fmt: on

ELSEWHERE = {
    "eu-bevacizumab-erlotinib": "test_another_basis",
    "eu-repotrectinib-conditional": "test_a_conditional_authorisation_is_called_so",
    "eu-ntrk-restriction": "test_the_limit_of_the_ntrk_labels",
    "eu-serplulimab": "test_small_cell_disease",
    "eu-lurbinectedin-maintenance": "test_small_cell_disease",
    "ca-dates-missing": "test_a_day_before_the_release_is_refused_in_canada",
    "eu-aumolertinib": "only an opinion was seen; tests/knowledge/test_first_line_uses.py names it",
    "ca-unknown-ramucirumab-bevacizumab": NOTHING_SEEN,
    "ie-later-only-alk": MONEY,
    "ie-tps50": MONEY,
    "ie-short-list": MONEY,
    "uk-nivolumab-ipilimumab-chemo": MONEY,
    "uk-pembrolizumab-squamous-tps": MONEY,
    "uk-abcp-tps": MONEY,
    "uk-pembrolizumab-tps50": MONEY,
    "uk-managed-access": MONEY,
    "uk-tepotinib": MONEY,
    "uk-braf-first-line-only": MONEY,
    "uk-sclc-ps": MONEY,
}
"""Differences of another kind: the test that shows each, or why no question can."""


def where(option, place, profile, day=None):
    """Where an option stands in the answer of a place."""
    asked = PatientProfile(**(profile if profile.get("histology") == "small_cell" else COMPLETE | profile))
    answer = assess(asked, jurisdiction=place, as_of=date.fromisoformat(day) if day else None)
    lists = {
        "documented": answer.options, "withheld": answer.withheld, "superseded": answer.superseded,
        "unresolved": answer.unresolved,
    }  # fmt: skip
    for name, options in lists.items():
        if any(one.id == f"systemic.{option}" for one in options):
            return name
    return "absent"


@pytest.mark.parametrize(
    ("option", "profile", "day", "us", "eu", "ca"),
    [row[1:] for row in SHOWN],
    ids=[f"{row[0]}:{row[1]}:{row[3] or 'today'}:{number}" for number, row in enumerate(SHOWN)],
)
def test_the_places_differ_as_the_evidence_says(option, profile, day, us, eu, ca):
    asked = {"us": us, "eu": eu} | ({"ca": ca} if ca else {})
    assert {place: where(option, place, profile, day) for place in asked} == asked


@pytest.mark.skipif(
    not EVIDENCE.is_file(), reason="the evidence folder ../shared/evidence is not beside this repository"
)
def test_every_difference_of_the_evidence_is_named():
    listed = {one["id"] for one in json.loads(EVIDENCE.read_text(encoding="utf-8"))["differs_from_us"]}
    assert {row[0] for row in SHOWN} | set(ELSEWHERE) == listed


def option_of(place, name, **profile):
    """An option of the list of a place."""
    answer = assess(PatientProfile(**COMPLETE | profile), jurisdiction=place)
    (found,) = [one for one in answer.options if one.id == f"systemic.{name}"]
    return found


def test_another_basis():
    """Bevacizumab with erlotinib is authorised in the European Union, and rests on trials in the United States."""
    bases = {
        place: option_of(place, "erlotinib-bevacizumab", egfr="exon19del").basis for place in ("us", "eu")
    }
    assert bases == {"us": "trial", "eu": "label"}


def test_a_conditional_authorisation_is_called_so():
    approvals = {
        place: [one.approval for one in option_of(place, "repotrectinib", ros1="fusion").approvals]
        for place in ("us", "eu")
    }
    assert approvals == {"us": ["regular"], "eu": ["conditional"]}


@pytest.mark.parametrize("name", ["larotrectinib", "entrectinib", "repotrectinib"])
def test_the_limit_of_the_ntrk_labels(name):
    """Restricted in both places: never a plain option, the limit has to be settled first."""
    for place in ("us", "eu"):
        limits = [one.text for one in option_of(place, name, ntrk="fusion").prerequisites]
        assert any("satisfactory" in text or "little benefit" in text for text in limits), place


def test_small_cell_disease():
    """Serplulimab is authorised in the European Union only; lurbinectedin is maintenance and never an option."""
    for place, listed in (("us", NO), ("eu", YES), ("ca", NO)):
        assert where("serplulimab-carboplatin-etoposide", place, SMALL_CELL) == listed
    assert where("lurbinectedin", "us", SMALL_CELL) == LATER
    assert where("lurbinectedin", "eu", SMALL_CELL) == NO


def test_a_day_before_the_release_is_refused_in_canada():
    answer = assess(PatientProfile(**COMPLETE), jurisdiction="ca", as_of=date(2026, 10, 6))
    assert (answer.status, answer.reason) == ("refused", "undated")
