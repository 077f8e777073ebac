"""Questions for the treating team, by what is known, by what is missing, and for whom."""

import pytest

from lungmets import PatientProfile, assess, questions
from lungmets.errors import QuestionError
from lungmets.knowledge.base import shipped
from lungmets.vocabulary import Audience
from tests.guidance.reading import LONGEST, lix, longest
from tests.guidance.test_workup import COMPLETE


def asked(**changes):
    known = {name: value for name, value in (COMPLETE | changes).items() if value is not None}
    return {question.id for question in questions(PatientProfile(**known))}


# fmt: off
CHOSEN = [
    # question,                    with,                                          without
    ("questions.gene-panel",       {"alk": "pending"},                            {}),
    ("questions.other-genes",      {"braf": None},                                {}),
    ("questions.pd-l1",            {"pd_l1_tps": None},                           {}),
    ("questions.brain-imaging",    {"brain_lesions": None},                       {}),
    ("questions.brain-local",      {"brain_lesions": 1},                          {"brain_lesions": 0}),
    ("questions.bone-agent",       {"bone_metastases": True},                     {"bone_metastases": False}),
    ("questions.bone-pain",        {"bone_metastases": True, "bone_pain": True},  {"bone_metastases": True, "bone_pain": False}),
    ("questions.which-organs",     {"metastatic_sites": None},                    {}),
    ("other-lung",                 {"metastatic_sites": ["contralateral_lung"]},  {}),
    ("questions.tissue",           {"histology": None},                           {}),
]
# fmt: on


@pytest.mark.parametrize(("question", "there", "absent"), CHOSEN)
def test_a_question_is_chosen_by_what_is_known(question, there, absent):
    assert question in asked(**there)
    assert question not in asked(**absent)


@pytest.mark.parametrize(
    "profile", [COMPLETE, {}, {"stage": "II"}, {"histology": "small_cell", "egfr": "l858r"}]
)
@pytest.mark.parametrize("audience", Audience)
def test_palliative_care_is_asked_for_in_every_answer(profile, audience):
    told = questions(PatientProfile(**profile), audience=audience)
    assert "questions.palliative-care" in {question.id for question in told}
    steps = assess(PatientProfile(**profile)).next_steps
    (step,) = [remark for remark in steps if remark.id == "palliative-care-early"]
    assert {citation.id for citation in step.citations} == {"asco-palliative-2024", "temel-2010"}


def test_an_audience_hears_its_own_words():
    told = {
        audience: {one.id: one.text for one in questions(PatientProfile(), audience=audience)}[
            "questions.tissue"
        ]
        for audience in Audience
    }
    assert told[Audience.CAREGIVER] == "What type of lung cancer is it? Is there enough tissue for all tests?"
    assert told[Audience.CLINICIAN] == told[Audience.TRAINEE] != told[Audience.CAREGIVER]


def test_the_questions_of_a_conflict_are_asked():
    profile = PatientProfile(**COMPLETE | {"egfr": "l858r", "alk": "fusion"})
    conflict = assess(profile).conflicts[0]
    assert set(conflict.questions) <= {question.text for question in questions(profile)}


def test_an_audience_that_does_not_exist_is_told_with_the_nearest_and_the_alerts():
    with pytest.raises(QuestionError) as caught:
        questions(PatientProfile(symptoms=["first seizure"]), audience="caregivers")
    told = str(caught.value)
    assert "audience: 'caregivers' is not known; expected one of clinician, trainee, caregiver" in told
    assert "did you mean caregiver?" in told
    assert told.startswith("URGENT (emergency_now)")


@pytest.mark.parametrize("question", shipped().content.questions, ids=lambda question: question.id)
def test_a_caregiver_s_question_is_plain(question):
    text = question.to(Audience.CAREGIVER)
    assert Audience.CAREGIVER in question.words
    assert text.endswith(("?", "."))
    assert lix(text) < 40
    assert longest(text) <= LONGEST


def test_no_question_carries_a_figure_of_a_prognosis():
    """Figures are shown on request only, and never unasked to a caregiver."""
    for profile in (COMPLETE, {}, {"histology": "small_cell"}):
        for question in questions(PatientProfile(**profile)):
            assert not any(sign.isdigit() for sign in question.text.replace("PD-L1", ""))
