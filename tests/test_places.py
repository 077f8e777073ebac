"""Places: whose word counts where, and how what is not dated is shown."""

import json
from datetime import date

import pytest

from lungmets import PatientProfile, assess
from lungmets.display.markdown import as_markdown
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.vocabulary import Jurisdiction

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip
REGULATORS = {"us": "fda", "eu": "ema", "ca": "hc"}


def foreign(place, base, **profile):
    """The approvals and labels of another place's regulator that an answer cites."""
    answer = assess(PatientProfile(**COMPLETE | profile), jurisdiction=place, knowledge=base)
    text = answer.model_dump_json()
    return sorted(
        source.id
        for source in base.sources.values()
        if source.kind in {"approval", "label"}
        and source.agency in set(REGULATORS.values()) - {REGULATORS[place]}
        and f'"id":"{source.id}"' in text
    )


# fmt: off
PROFILES = [
    {},
    {"egfr": "exon19del"}, {"egfr": "g719x"}, {"egfr": ["exon19del", "t790m"]}, {"alk": "fusion"}, {"ros1": "fusion"},
    {"ret": "fusion"}, {"ntrk": "fusion"}, {"met": "exon14_skipping"}, {"met": "overexpression"}, {"nrg1": "fusion"},
    {"histology": "squamous"}, {"ecog_ps": 3}, {"ecog_ps": 2}, {"brain_lesions": 3}, {"contraindications": ["haemoptysis"]},
    {"bone_metastases": True, "creatinine_clearance_ml_min": 35},
]
# fmt: on


@pytest.mark.parametrize("place", ["us", "eu", "ca"])
@pytest.mark.parametrize("profile", PROFILES, ids=json.dumps)
def test_no_answer_rests_on_what_another_regulator_said(place, profile):
    assert foreign(place, shipped(), **profile) == []


def test_without_the_regulators_the_label_of_another_place_would_be_cited():
    """The test above must be able to fail: the guardrails name the labels of every place."""
    content = shipped().content
    release = content.release.model_copy(update={"regulators": {}})
    base = KnowledgeBase(content.model_copy(update={"release": release}), "planted")
    assert "fda-pembrolizumab-2019-04-11" in foreign("eu", base, egfr="exon19del")


def test_every_approval_and_label_with_an_agency_speaks_for_one_place_or_is_known_not_to():
    """A regulator that is not listed would speak for every place."""
    base = shipped()
    unplaced = {
        source.agency
        for source in base.sources.values()
        if source.kind in {"approval", "label"} and source.agency and base.speaks_for(source) is None
    }
    assert unplaced == set()


def test_a_guideline_and_a_trial_speak_everywhere():
    base = shipped()
    assert base.speaks_for(base.sources["asco-sno-astro-2021"]) is None
    assert base.speaks_for(base.sources["flaura"]) is None
    assert base.speaks_for(base.sources["ema-pembrolizumab-tps50"]) is Jurisdiction.EU


@pytest.mark.parametrize("place", ["eu", "ca"])
def test_no_american_society_documents_a_use_elsewhere(place):
    base = shipped()
    american = {"asco", "astro", "asco-sno-astro", "accp", "nccn"}
    found = [
        (row.id, name)
        for _, row in base.content.rows()
        for entry in row.documented
        if Jurisdiction(place) in entry.places
        for name in entry.by
        if base.sources[name].agency in american
    ]
    assert found == []


def option(answer, name):
    (found,) = [one for one in answer.options if one.id == f"systemic.{name}"]
    return found


def test_what_is_said_of_one_place_is_not_said_in_another():
    # Both cemiplimab labels name ROS1. In the United States no other does; in the European Union that of sugemalimab does.
    profile = PatientProfile(**COMPLETE)
    said = {
        place: " ".join(note.text for note in option(assess(profile, jurisdiction=place), "cemiplimab").notes)
        for place in ("us", "eu")
    }
    assert "only label here that names ROS1" in said["us"]
    assert "ROS1" in said["eu"]
    assert "only label" not in said["eu"]


def test_an_authorisation_whose_day_was_not_seen_is_shown_without_a_day():
    answer = assess(PatientProfile(**COMPLETE | {"histology": "squamous"}), jurisdiction="eu")
    tislelizumab = option(answer, "tislelizumab-carboplatin-paclitaxel")
    (approval,) = tislelizumab.approvals
    assert (approval.agency, approval.approved, approval.approval) == ("ema", "", None)
    assert any("was not seen" in note.text for note in tislelizumab.notes)
    assert "EMA day not seen" in as_markdown(answer)


def test_a_conditional_authorisation_is_called_so():
    answer = assess(PatientProfile(**COMPLETE | {"ros1": "fusion"}), jurisdiction="eu")
    (approval,) = option(answer, "repotrectinib").approvals
    assert (approval.approved, approval.approval) == ("2025-01-13", "conditional")
    # It is not a United States accelerated approval, and there it is a regular one.
    there = assess(PatientProfile(**COMPLETE | {"ros1": "fusion"}))
    assert [one.approval for one in option(there, "repotrectinib").approvals] == ["regular"]


def test_the_panel_is_cited_from_the_place_in_which_it_is_asked():
    refusal = assess(PatientProfile(**COMPLETE | {"met": "not_tested"}), jurisdiction="eu")
    (missing,) = refusal.missing
    assert [citation.id for citation in missing.citations] == ["esmo-oncogene-2023"]
    there = assess(PatientProfile(**COMPLETE | {"met": "not_tested"}))
    assert [citation.id for citation in there.missing[0].citations] == ["asco-driver-2021"]


def test_money_is_not_law():
    """Reimbursement and funding guidance stand nowhere as an authorisation."""
    payers = {"hse", "nice", "mhra"}
    assert not [
        source.id
        for source in shipped().sources.values()
        if source.agency in payers and source.kind in {"approval", "label"}
    ]


def test_a_place_keeps_its_own_first_day():
    begins = shipped().content.release.begins
    assert begins["eu"] == date(2009, 6, 24)
    assert begins["ca"] == shipped().content.release.as_of
