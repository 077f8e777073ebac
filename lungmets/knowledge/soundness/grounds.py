"""On which days a record is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from lungmets.engine.view import View
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.content import Conditional
from lungmets.knowledge.schema import Note, Period, Row, ScopeRule, Supersession
from lungmets.knowledge.schema.timelines import TimelineRecord
from lungmets.knowledge.schema.told import Told
from lungmets.knowledge.soundness.ground import Ground
from lungmets.vocabulary import Jurisdiction

_A_DAY = timedelta(days=1)

Spot = tuple[Jurisdiction, date]
"""A place, and a day on which it is asked about."""


class Grounds:
    """The classes of one knowledge base, and the days on which its records are in force."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.release = base.content.release

    @cached_property
    def ground(self) -> Ground:
        """The classes."""
        return Ground(self.base)

    def view(self, spot: Spot) -> View:
        """What is in force in a place on a day."""
        return self.base.view(*spot)

    def today(self) -> list[Spot]:
        """Every place on the day of the release."""
        return [(place, self.release.as_of) for place in self.release.begins]

    def spots(self, record: Conditional) -> Iterator[Spot]:
        """Where and when a record is in force: today first, and then its first days and its last."""
        wanted = [*self.today()]
        for period in periods_of(record):
            for place in period.places:
                last = period.ends.day - _A_DAY if period.ends is not None else self.release.as_of
                wanted += [(place, last), (place, period.begins.day)]
        if isinstance(record, ScopeRule) and record.before is not None:
            wanted += [(place, record.before.day - _A_DAY) for place in self.release.begins]
        for place, day in dict.fromkeys(self._covered(place, day) for place, day in wanted):
            if day <= self.release.as_of and in_force(self.base.view(place, day), record):
                yield place, day

    def _covered(self, place: Jurisdiction, day: date) -> Spot:
        begins = self.release.begins.get(place)
        return place, day if begins is None else max(day, begins)


def periods_of(record: Conditional) -> list[Period]:
    """The periods of a record; none where it always holds."""
    if isinstance(record, Row):
        return [*record.documented]
    if isinstance(record, Supersession | Note):
        return [record]
    if isinstance(record, Told):
        return [record.period] if record.period is not None else []
    if isinstance(record, TimelineRecord):
        return [entry.period for entry in record.entries]
    return []


def in_force(view: View, record: Conditional) -> bool:
    """Whether a record counts in a view."""
    if view.base.uncovered(view.place, view.day):
        return False
    if isinstance(record, ScopeRule):
        return record.before is None or view.day < record.before.day
    periods = periods_of(record)
    return not periods or any(period.covers(view.place, view.day) for period in periods)
