"""On which days two releases answer differently."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.comparison.effects import space_of, visit
from lungmets.knowledge.comparison.meaning import Meaning
from lungmets.knowledge.comparison.models import DayCount, DayRange
from lungmets.knowledge.comparison.reach import Reach, reaches
from lungmets.knowledge.comparison.rules import Rules
from lungmets.knowledge.content import Content
from lungmets.knowledge.schema import Period
from lungmets.vocabulary import Jurisdiction, Panel

_A_DAY = timedelta(days=1)


class History:
    """The two releases on all days, in one place."""

    def __init__(
        self, old: KnowledgeBase, new: KnowledgeBase, place: Jurisdiction, panel: Panel, budget: int
    ) -> None:
        self._bases = (old, new)
        self._place = place
        self._panel = panel
        self._budget = budget
        self._meanings: tuple[dict[int, Meaning], dict[int, Meaning]] = ({}, {})
        self._counted: dict[Hashable, tuple[int | None, int]] = {}

    def rules(self, day: date) -> tuple[Rules, Rules]:
        """What is in force in either release on a day; a release that ends before is asked as of its end."""
        one, other = (
            Rules(base.view(self._place, min(day, base.content.release.as_of)), meanings)
            for base, meanings in zip(self._bases, self._meanings, strict=True)
        )
        return one, other

    def answers(self, side: int, day: date) -> bool:
        """Whether a release holds anything for this day here; after its end its last day counts."""
        begins = self._bases[side].content.release.begins.get(self._place)
        return begins is not None and begins <= day

    def ranges(self) -> tuple[DayRange, ...]:
        """The days on which answers differ; neighbours with the same counts are told together."""
        found: list[DayRange] = []
        for first, last in self._segments():
            here = self._range(first, last)
            if here is None:
                continue
            before = found[-1] if found else None
            same = before is not None and (before.counts, before.only) == (here.counts, here.only)
            if before is not None and same and before.last + _A_DAY == first:
                found[-1] = before.model_copy(update={"last": last})
            else:
                found.append(here)
        return tuple(found)

    def _segments(self) -> Iterator[tuple[date, date]]:
        """Runs of days within which neither release changes."""
        days = {day for base in self._bases for day in _deciding_days(base.content)}
        end = max(base.content.release.as_of for base in self._bases)
        begins = [base.content.release.begins.get(self._place) for base in self._bases]
        known = [day for day in begins if day is not None]
        if known:
            inside = sorted(day for day in days if min(known) <= day <= end)
            for first, after in pairwise([*inside, end + _A_DAY]):
                yield first, after - _A_DAY

    def _range(self, first: date, last: date) -> DayRange | None:
        sides = [self.answers(side, first) for side in (0, 1)]
        if sides[0] != sides[1]:
            only: Literal["old", "new"] = "old" if sides[0] else "new"
            return DayRange(first=first, last=last, only=only)
        if not any(sides):
            return None
        rules = self.rules(first)
        counts = []
        for reach in reaches(rules, self._panel):
            changed, size = self._count(rules, reach)
            if changed is None or changed:
                counts.append(DayCount(concern=reach.concern, changed=changed, size=size))
        return DayRange(first=first, last=last, counts=tuple(counts)) if counts else None

    def _count(self, rules: tuple[Rules, Rules], reach: Reach) -> tuple[int | None, int]:
        found = self._counted.get(reach.fingerprint)
        if found is None:
            cut = space_of(rules, reach, self._panel, self._budget, whole=False)
            changed = visit(cut.space, reach).changed if cut.fits else None
            found = self._counted[reach.fingerprint] = (changed, cut.space.size)
        return found


def _deciding_days(content: Content) -> Iterator[date]:
    """The days of change, without those on which only a source was published: it decides nothing."""
    periods: list[Period] = [
        period for _, row in content.rows() for period in (*row.documented, *row.preferred)
    ]
    periods += content.supersessions
    periods += [period for item in content.panel.items for period in item.asked]
    periods += [record.period for record in content.conflicts if record.period is not None]
    for period in periods:
        yield period.begins.day
        if period.ends is not None:
            yield period.ends.day
    yield from (rule.before.day for rule in content.scope if rule.before is not None)
    yield from content.release.begins.values()
    yield content.release.as_of
