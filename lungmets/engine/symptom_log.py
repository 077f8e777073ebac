"""The symptoms of a profile in order of time, each with what it was understood as and what it raised.

What is said to be better or gone raises its alert like anything else: a log only says it beside.
"""

from __future__ import annotations

from datetime import date

from lungmets.assessment import LoggedSymptom, Remark
from lungmets.engine.symptoms import named_in, plain
from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.knowledge.schema import AlertRecord, CourseWord
from lungmets.profile import PatientProfile, SymptomEntry
from lungmets.vocabulary import Urgency

NOT_UNDERSTOOD = "symptom_not_understood"
"""The id of the alert for a symptom that no phrase names."""

_ORDER = list(Urgency)


def logged(view: View, profile: PatientProfile, certain: int) -> tuple[LoggedSymptom, ...]:
    """The log of a profile: entries with a day first, the earliest first; then those without, as told."""
    if not profile.symptoms:
        return ()
    key = (view.number, profile.symptoms, certain & view.alerts)
    found = view.memory.logged.get(key)
    if found is None:
        in_order = sorted(profile.symptoms, key=lambda entry: (entry.since is None, entry.since or date.min))
        found = tuple(_logged(view, entry, certain & view.alerts) for entry in in_order)
        view.memory.logged.keep(key, found)
    return found


def _logged(view: View, entry: SymptomEntry, raised: int) -> LoggedSymptom:
    named = named_in(view.base, f"{entry.what} | {entry.course or ''}")
    records = _raised_by(view, named, raised)
    alerts = sorted(records, key=lambda record: (_ORDER.index(record.urgency), record.id))
    course = _course_of(view, entry.course)
    said = course.says if course is not None else None
    return LoggedSymptom(
        what=entry.what,
        since=entry.since,
        course=entry.course,
        understood_as=tuple(sorted(named)),
        course_as=course.id if course is not None else None,
        alerts=tuple(record.id for record in alerts) if named else (NOT_UNDERSTOOD,),
        urgency=alerts[0].urgency if alerts else Urgency.SAME_DAY,
        default_urgency=alerts[0].default_urgency if alerts else True,
        sites=tuple(dict.fromkeys(site for record in alerts for site in record.sites)),
        remarks=(Remark(id=f"course.{course.id}", text=said, rule=view.safety_rule),)
        if course is not None and said
        else (),
    )


def _raised_by(view: View, named: frozenset[str], raised: int) -> list[AlertRecord]:
    """The alerts that hold by a condition which reads one of the symptoms."""
    found: dict[str, AlertRecord] = {}
    facts = {f"symptoms.{name}" for name in named}
    for bit in bits(raised):
        record = view.base.owner[bit]
        if isinstance(record, AlertRecord) and not facts.isdisjoint(view.base.table.conjunctions[bit]):
            found[record.id] = record
    return list(found.values())


def _course_of(view: View, text: str | None) -> CourseWord | None:
    """The first course of the knowledge that a text names as whole words."""
    said = f" {plain(text or '')} "
    for course in view.base.content.alerts.courses:
        if any(f" {plain(phrase)} " in said for phrase in (course.id, *course.phrases)):
            return course
    return None
