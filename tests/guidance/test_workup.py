"""The work-up: told for want of an answer, silent once there is one; and the address of a search for trials."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from lungmets import PatientProfile, assess, workup
from lungmets.vocabulary import StepKind

COMPLETE = {
    **dict.fromkeys(("egfr", "alk", "ros1", "kras", "met", "ret", "braf", "ntrk", "erbb2", "nrg1"), "negative"),
    "histology": "adenocarcinoma", "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 0, "metastatic_sites": ["liver"],
}  # fmt: skip
BONE = {"metastatic_sites": ["bone"], "bone_metastases": True}


def steps(**changes):
    known = {name: value for name, value in (COMPLETE | changes).items() if value is not None}
    return {step.id: step for step in workup(PatientProfile(**known), panel="comprehensive").steps}


def test_a_complete_profile_is_left_with_palliative_care():
    """Nothing is lacking, so what is told of every patient remains."""
    assert set(steps()) == {"palliative-care-early"}


# fmt: off
LACKS = [
    # without,                              told
    ({"histology": None},                   {"workup.tissue"}),
    ({"brain_lesions": None},               {"workup.brain-mri"}),
    ({"brain_lesions": "not_imaged"},       {"workup.brain-mri"}),
    ({"pd_l1_tps": None},                   {"workup.pd-l1"}),
    ({"ecog_ps": None},                     {"workup.performance-status"}),
    ({"metastatic_sites": None},            {"workup.ct", "workup.pet-ct"}),
    ({"egfr": "pending"},                   {"workup.gene-panel", "workup.plasma", "workup.tissue-after-plasma"}),
    ({"nrg1": None},                        {"workup.gene-panel"}),  # plasma stands in for the core genes only
    (BONE,                                  {"workup.creatinine-clearance", "workup.calcium", "workup.dental"}),
    (BONE | {"creatinine_clearance_ml_min": 60}, {"workup.calcium", "workup.dental"}),
    (BONE | {"creatinine_clearance_ml_min": 60, "calcium": {"value": 2.3, "unit": "mmol/L"}}, {"workup.dental"}),
]
# fmt: on


@pytest.mark.parametrize(("changes", "told"), LACKS)
def test_a_step_is_told_for_want_of_an_answer(changes, told):
    assert told <= set(steps(**changes))
    assert not told & set(steps()), "with the answer it is silent"


def test_a_step_says_what_it_answers_and_on_which_source():
    step = steps(egfr="inadequate", nrg1=None)["workup.gene-panel"]
    assert (step.kind, step.answers) == (StepKind.TISSUE, ("egfr", "nrg1"))
    assert "asco-genomic-testing-2022" in {citation.id for citation in step.citations}


def test_a_negative_from_plasma_asks_for_tissue_with_the_figures_of_its_source():
    """Sensitivity 0.69, of ROS1 0.29 and of KRAS 0.77: the figures of the source record."""
    step = steps(ros1={"status": "negative", "specimen": "plasma"})["workup.tissue-after-plasma"]
    assert step.answers == ("ros1",)
    assert all(number in step.why for number in ("69", "63 to 74", "29", "77", "99"))


def test_the_consensus_on_few_metastases_is_told_from_its_month_on():
    profile = PatientProfile(histology="adenocarcinoma")
    for day, told in ((date(2019, 12, 30), False), (date(2019, 12, 31), True)):
        assert ("workup.pet-ct" in {step.id for step in workup(profile, as_of=day).steps}) is told


def test_small_cell_disease_is_asked_for_its_extent_and_for_no_gene():
    found = {step.id for step in workup(PatientProfile(histology="small_cell")).steps}
    assert "workup.small-cell-extent" in found
    assert not found & {"workup.gene-panel", "workup.plasma", "workup.pd-l1"}
    known = workup(PatientProfile(histology="small_cell", stage="extensive"))
    assert "workup.small-cell-extent" not in {step.id for step in known.steps}


def test_every_step_stands_among_the_next_steps_of_the_answer():
    profile = PatientProfile(histology="adenocarcinoma", bone_metastases=True)
    said = {remark.id for remark in assess(profile).next_steps}
    assert {step.id for step in workup(profile).steps} <= said


def test_an_emergency_stands_before_the_work_up():
    found = workup(PatientProfile(histology="adenocarcinoma", symptoms=["first seizure"]))
    assert [alert.urgency.value for alert in found.alerts] == ["emergency_now"]


# ---- the search for trials -------------------------------------------------------------------------


def searched(**changes):
    known = {name: value for name, value in (COMPLETE | changes).items() if value is not None}
    return assess(PatientProfile(**known)).trial_search


def test_the_address_names_the_disease_and_its_driver():
    parts = urlsplit(searched(egfr="exon20ins"))
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "clinicaltrials.gov", "/search")
    assert parse_qs(parts.query) == {
        "cond": ["non-small cell lung cancer stage IV"], "term": ["EGFR exon 20 OR EGFR"], "aggFilters": ["status:rec"],
    }  # fmt: skip


def test_every_sign_of_a_word_is_encoded():
    assert " " not in searched(egfr="exon20ins")
    assert "cond=non-small%20cell%20lung%20cancer%20stage%20IV&" in searched()


def test_without_a_driver_there_is_no_term_and_without_a_histology_no_address():
    assert "term=" not in searched()
    assert searched(histology=None) == ""


def test_nothing_that_a_caller_wrote_is_in_the_address():
    """Age, symptoms and days would tell who it is; the address has only words of the knowledge."""
    plain = searched()
    assert searched(age=71, symptoms=["Jane Doe has a cough"], smoking="never") == plain
