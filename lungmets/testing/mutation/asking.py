"""From which day each item of the panel is asked, and what a changed row does to that."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TypeAlias

from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.facts import GENES, field_of
from lungmets.knowledge.schema import PanelItem, Record, Row
from lungmets.vocabulary import Jurisdiction

Moves: TypeAlias = dict[Jurisdiction, list[tuple[date, date]]]
"""Days on which something is asked that was not, or the other way round: the first, and the first after."""

_Begins: TypeAlias = set[tuple[Jurisdiction, str, date]]
"""Where, what and from when something asks."""


class Asking:
    """An item is asked from its guideline on, or from the first day on which a row depends on it."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._items = [item.item for item in base.content.panel.items]
        self._begins: dict[tuple[Jurisdiction, str], list[tuple[date, str]]] = defaultdict(list)
        for _, row in base.content.rows():
            for place, item, day in self._of_row(row):
                self._begins[place, item].append((day, row.id))
        for asked in base.content.panel.items:
            for place, item, day in _of_item(asked):
                self._begins[place, item].append((day, f"panel:{item}"))

    def moved(self, before: Record | None, after: Record | None) -> Moves:
        """The days on which a change of one record changes what is asked."""
        found: Moves = defaultdict(list)
        sides = [self._of(record) for record in (before, after)]
        if sides[0] == sides[1]:
            return found
        for place, item in {(place, item) for side in sides for place, item, _ in side}:
            others = [day for day, owner in self._begins[place, item] if owner != _key(before)]
            old, new = (min([*others, *_days(side, place, item)], default=date.max) for side in sides)
            if old != new:
                found[place].append((min(old, new), max(old, new)))
        return found

    def _of(self, record: Record | None) -> _Begins:
        if isinstance(record, Row):
            return self._of_row(record)
        return _of_item(record) if isinstance(record, PanelItem) else set()

    def _of_row(self, row: Row) -> _Begins:
        if row.line != "first":
            return set()
        return {
            (place, item, entry.begins.day)
            for item in self._items_of(row)
            for entry in row.documented
            for place in entry.places
        }

    def _items_of(self, row: Row) -> set[str]:
        """The items of which a row needs a finding; a gene's "negative" alone is no dependence."""
        found = set()
        for one in self._base.content.grammar().read(row.when):
            for fact, allowed in one.items():
                item = field_of(fact)
                positive = isinstance(allowed, frozenset) and "positive" in allowed
                if item in self._items and (item not in GENES or "." in fact or positive):
                    found.add(item)
        return found


def _key(record: Record | None) -> str:
    if isinstance(record, Row):
        return record.id
    return f"panel:{record.item}" if isinstance(record, PanelItem) else ""


def _days(side: _Begins, place: Jurisdiction, item: str) -> list[date]:
    return [day for there, what, day in side if (there, what) == (place, item)]


def _of_item(item: PanelItem) -> _Begins:
    return {(place, item.item, period.begins.day) for period in item.asked for place in period.places}
