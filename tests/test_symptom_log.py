"""``alerts`` and ``symptom_log``: what is urgent, without any other question."""

from datetime import date

import pytest

from lungmets import PatientProfile, QuestionError, SymptomEntry, alerts, assess, symptom_log
from lungmets.knowledge.base import shipped
from lungmets.knowledge.schema import AlertRecord

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip

TOLD = [
    "cough",
    {"what": "blurred vision", "since": "2026-09-02", "course": "resolved"},
    SymptomEntry(what="morning headache", since=date(2026, 8, 1), course="getting worse"),
]


@pytest.mark.parametrize(
    "changes",
    [{}, {"egfr": "not_tested"}, {"stage": "II"}, {"histology": "small_cell", "egfr": "L858R"}],
    ids=str,
)
def test_every_answer_carries_the_same_alerts_and_log_whatever_its_kind(changes):
    answer = assess(PatientProfile(**COMPLETE | {"symptoms": TOLD} | changes))
    alone = PatientProfile(symptoms=TOLD)
    assert answer.alerts == alerts(alone)
    assert answer.symptom_log == symptom_log(alone)


def test_the_log_is_in_order_of_time_and_says_what_was_made_of_each_entry():
    log = symptom_log(PatientProfile(symptoms=TOLD))
    assert [(entry.what, entry.since) for entry in log] == [
        ("morning headache", date(2026, 8, 1)),
        ("blurred vision", date(2026, 9, 2)),
        ("cough", None),
    ]
    headache, vision, cough = log
    # Headache in the morning and disturbed vision together are the cluster of raised pressure.
    assert headache.alerts == ("raised-pressure", "morning-headache")
    assert vision.alerts == ("raised-pressure", "visual-disturbance")
    assert (vision.urgency, vision.default_urgency) == ("emergency_now", True)
    assert [site.value for site in vision.sites] == ["brain", "leptomeninges"]
    assert (cough.understood_as, cough.alerts) == ((), ("symptom_not_understood",))


def test_entries_of_one_day_and_entries_without_a_day_stay_as_they_were_told():
    day = "2026-09-02"
    told = ["tired", {"what": "thirst", "since": day}, {"what": "nausea", "since": day}, "constipated"]
    assert [entry.what for entry in symptom_log(PatientProfile(symptoms=told))] == [
        "thirst", "nausea", "tired", "constipated",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "course", [None, "worsening", "better", "resolved", "gone since May", "no longer there"]
)
def test_no_word_on_the_course_takes_an_alert_away(course):
    told = PatientProfile(symptoms=[{"what": "seizure", "course": course}])
    assert [alert.id for alert in alerts(told)] == ["seizure"]
    (entry,) = symptom_log(told)
    assert entry.alerts == ("seizure",)


def test_what_is_said_to_be_gone_says_that_its_alert_stands():
    (gone,) = symptom_log(PatientProfile(symptoms=[{"what": "seizure", "course": "gone"}]))
    assert gone.course_as == "resolved"
    assert [(remark.id, remark.rule) for remark in gone.remarks] == [
        ("course.resolved", "project safety rule")
    ]
    assert "The alert stands" in gone.remarks[0].text
    (worse,) = symptom_log(PatientProfile(symptoms=[{"what": "seizure", "course": "worse"}]))
    assert (worse.course_as, worse.remarks) == ("worsening", ())


def test_every_alert_of_the_log_is_an_alert_of_the_answer():
    told = [word.id.replace("_", " ") for word in shipped().content.alerts.symptoms]
    for number in range(len(told)):
        profile = PatientProfile(symptoms=told[: number + 1])
        raised = {alert.id for alert in alerts(profile)}
        logged = symptom_log(profile)
        assert {name for entry in logged for name in entry.alerts} == raised
        assert all(entry.alerts and entry.urgency for entry in logged), "nothing that was told is passed over"


def test_every_alert_of_the_knowledge_says_where_its_cause_is_likely_to_lie():
    silent = [record.id for record in shipped().content.alerts.alerts if not record.sites]
    assert silent == []


SOURCED = {
    # The source has the team called immediately (NG234), or calls it life-threatening.
    "cord-compression", "leg-weakness", "bladder-bowel", "cord-compression-told", "massive-haemoptysis", "tamponade",
    # Above this level the guideline speaks of severe hypercalcaemia, and adds a drug.
    "hypercalcaemia-severe",
}  # fmt: skip


def marked(records: tuple[AlertRecord, ...]) -> set[str]:
    return {record.id for record in records if not record.default_urgency}


def test_a_level_is_marked_as_a_default_unless_a_source_states_it():
    assert marked(shipped().content.alerts.alerts) == SOURCED


def test_an_alert_without_the_mark_would_be_noticed():
    first, *others = shipped().content.alerts.alerts
    assert first.default_urgency
    assert marked((first.model_copy(update={"default_urgency": False}), *others)) != SOURCED


def test_an_error_says_that_its_level_is_a_default():
    from lungmets import ProfileError

    with pytest.raises(ProfileError) as caught:
        PatientProfile(histology="squamos", symptoms=["seizure", "cauda equina"])
    told = str(caught.value).splitlines()
    assert [line.endswith("(how urgent: project default)") for line in told[:2]] == [False, True]


@pytest.mark.parametrize("ask", [alerts, symptom_log])
def test_a_question_in_error_hides_no_emergency(ask):
    with pytest.raises(QuestionError, match="'mars' is not known") as caught:
        ask(PatientProfile(symptoms=["seizure"]), jurisdiction="mars")
    assert [alert.id for alert in caught.value.alerts] == ["seizure"]


def test_without_symptoms_the_log_is_empty_and_a_calcium_still_raises_its_alert():
    profile = PatientProfile(calcium="3.6 mmol/L")
    assert symptom_log(profile) == ()
    # 3.6 mmol/L are 14.4 mg/dL: above 14, not corrected, since no albumin is given.
    assert [alert.id for alert in alerts(profile)] == ["hypercalcaemia-total-severe"]
