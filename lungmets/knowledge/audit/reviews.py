"""Reviews: which are overdue, and which are due soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from lungmets.knowledge.audit.models import Finding, FindingKind, Pressing
from lungmets.knowledge.audit.records import Records

_READ_AGAIN = "read its sources again, look for newer ones, then set `review_by` anew, or retire it"


def review_findings(records: Records) -> Iterator[Finding]:
    """A record is overdue on the day after its ``review_by``, as in the answers."""
    day = records.question.day
    last = day + timedelta(days=records.question.within_days)
    for name, record in records.reviewed():
        due = record.review_by.day
        if due > last:
            continue
        overdue, days = due < day, abs((due - day).days)
        if overdue:
            when = f"its review was due on {due}, {_counted(days)} ago"
        else:
            when = f"its review is due on {due}, " + (f"in {_counted(days)}" if days else "today")
        yield Finding(
            kind=FindingKind.OVERDUE if overdue else FindingKind.DUE_SOON,
            pressing=Pressing.NOW if overdue else Pressing.SOON,
            record=name,
            place=records.place(name),
            what=when,
            do=_READ_AGAIN,
            day=due,
        )


def _counted(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
