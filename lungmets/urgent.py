"""``alerts`` and ``symptom_log``: what is urgent about a profile, without any other question.

Neither depends on the panel, on what is missing, or on whether the rest could be answered.

>>> from lungmets import PatientProfile
>>> told = PatientProfile(symptoms=[{"what": "first seizure", "since": "2026-10-05", "course": "resolved"}])
>>> [(alert.id, alert.urgency.value, alert.sites[0].value) for alert in alerts(told)]
[('seizure', 'emergency_now', 'brain')]
>>> [(entry.course_as, entry.alerts) for entry in symptom_log(told)]
[('resolved', ('seizure',))]
"""

from __future__ import annotations

from datetime import date

from lungmets.assessment import Alert, LoggedSymptom
from lungmets.engine.alerting import raise_alerts
from lungmets.engine.encoding import encode
from lungmets.engine.symptom_log import logged
from lungmets.engine.view import View
from lungmets.errors import QuestionError
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.profile import PatientProfile
from lungmets.question import day_of, words_of
from lungmets.vocabulary import Engine, Jurisdiction, Panel


def alerts(
    profile: PatientProfile,
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    knowledge: KnowledgeBase | None = None,
) -> tuple[Alert, ...]:
    """The alerts of a profile, the most urgent first: those that every answer about it carries.

    Args:
        profile: what is known of the patient; a symptom, a calcium or one finding is enough.
        as_of: the day of which the question is asked; it changes only what is cited.
        jurisdiction: ``us``, ``eu`` or ``ca``; it changes only what is cited.
        knowledge: another knowledge base; ``None`` is the one that comes with the library.

    Raises:
        QuestionError: a jurisdiction or a date that does not exist; it carries the alerts all the same.

    >>> from lungmets import PatientProfile
    >>> [alert.id for alert in alerts(PatientProfile(symptoms=["very thirsty", "constipated"]))]
    ['hypercalcaemia-symptoms', 'general-symptoms']
    """
    view = _view(profile, as_of, jurisdiction, knowledge)
    return raise_alerts(view, profile, view.table.certain(encode(view.base, profile)))


def symptom_log(
    profile: PatientProfile,
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    knowledge: KnowledgeBase | None = None,
) -> tuple[LoggedSymptom, ...]:
    """The symptoms of a profile in order of time, each with what it was understood as and what it raised.

    Entries without a day come last, as they were told. What is said to be resolved keeps its alert.

    Args:
        profile: its ``symptoms`` are read, and what else an alert needs beside a symptom.
        as_of: as for :func:`alerts`.
        jurisdiction: as for :func:`alerts`.
        knowledge: as for :func:`alerts`.

    Raises:
        QuestionError: a jurisdiction or a date that does not exist; it carries the alerts all the same.

    >>> from lungmets import PatientProfile
    >>> told = PatientProfile(symptoms=["cough", {"what": "double vision", "since": "2026-09-01"}])
    >>> [(entry.what, entry.alerts[0]) for entry in symptom_log(told)]
    [('double vision', 'visual-disturbance'), ('cough', 'symptom_not_understood')]
    """
    view = _view(profile, as_of, jurisdiction, knowledge)
    return logged(view, profile, view.table.certain(encode(view.base, profile)))


def _view(
    profile: PatientProfile,
    as_of: date | None,
    jurisdiction: Jurisdiction | str,
    knowledge: KnowledgeBase | None,
) -> View:
    base = knowledge or shipped()
    try:
        place, _, _ = words_of(jurisdiction, Panel.CORE, Engine.BITMAP)
        return base.view(place, day_of(as_of, base))
    except QuestionError as error:
        from lungmets.salvage import alerts_of_profile

        raise QuestionError(error.problems, alerts_of_profile(profile)) from None
