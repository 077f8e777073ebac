"""Mutants that no question can tell from the knowledge itself.

Two contents are alike where everything that a view compiles from them is: conditions are compared by
the profiles that they mean, dates by the days that can be asked about, selectors by the options that
they mean, and all else by its value. So ``brain_lesions: ">=1"`` is like ``">0"``, and an entry that
begins a day earlier is alike where its place begins later anyhow.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from lungmets.engine.options import Options
from lungmets.engine.symptoms import plain
from lungmets.knowledge.comparison.meaning import Meaning, meaning
from lungmets.knowledge.conditions import Allowed, Conjunction, Cut, Span
from lungmets.knowledge.content import Content
from lungmets.knowledge.facts import GENES, field_of
from lungmets.knowledge.schema import (
    CourseWord,
    Documented,
    Edition,
    Note,
    PanelItem,
    Period,
    Record,
    Row,
    Selector,
    StagingFile,
    SymptomWord,
)
from lungmets.testing.coverage import range_of
from lungmets.testing.mutation.sites import sites
from lungmets.testing.mutation.stretches import A_DAY, Days, Stretch, Stretches, common, joined, without
from lungmets.vocabulary import Jurisdiction


def alike(one: Content, other: Content) -> bool:
    """Whether no question can tell two contents apart, so that every answer is the same.

    Releases that differ in texts, sources or citations are never alike.

    >>> from lungmets.knowledge.base import shipped
    >>> alike(shipped().content, shipped().content)
    True
    """
    return Likeness(one).to(other)


class Likeness:
    """One content, to be compared with many that differ from it in a record."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._compiled = _Compiled(content)
        self._records = {site.key: site.record for site in sites(content)}

    def to(self, other: Content) -> bool:
        """Whether no question can tell the other content from this one."""
        records = {site.key: site.record for site in sites(other)}
        if list(records) != list(self._records) or not _same_but_for_records(self._content, other):
            return False
        compiled = _Compiled(other)
        shared = self._shares_words(other) and compiled.options.keys == self._compiled.options.keys
        changed = {key for key, record in records.items() if record is not self._records[key]}
        if any(isinstance(records[key], Row) for key in changed):  # a row may be why an item is asked
            changed |= {key for key, record in records.items() if isinstance(record, PanelItem)}
        return all(
            self._compiled.seen(self._records[key]) == compiled.seen(records[key])
            for key in (changed if shared else records)
        )

    def _shares_words(self, other: Content) -> bool:
        """Whether conditions, selectors and periods mean the same wherever they stand unchanged."""
        parts = ("conditions", "regimens", "release")
        same = all(getattr(self._content, part) == getattr(other, part) for part in parts)
        return same and self._content.alerts.symptoms == other.alerts.symptoms


def _same_but_for_records(one: Content, other: Content) -> bool:
    """Sources, sentences and drugs are compared as they are: a changed class is seen in what it selects."""
    releases = [each.release.model_copy(update={"begins": {}}) for each in (one, other)]
    return (
        releases[0] == releases[1]
        and set(one.release.begins) == set(other.release.begins)
        and one.sources == other.sources
        and one.panel.reasons == other.panel.reasons
        and _said_beside(one) == _said_beside(other)
    )


def _said_beside(content: Content) -> Hashable:
    """The sentences of whole files that stand in none of their records."""
    search, figures = content.trial_search, content.prognosis
    return search and search.says, figures and figures.warning


class _Compiled:
    """One content, and what a question can see of each of its records."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.options = Options(content)
        self._grammar = content.grammar()
        self._items: dict[int, frozenset[str]] = {}
        self._first_line = [(table.domain, row) for table, row in content.rows() if row.line == "first"]
        self._domains = {row.id: table.domain for table, row in content.rows()}
        self._dated = {
            name
            for name, source in content.all_sources().items()
            if source.kind in {"approval", "label"} and source.published is not None
        }

    def seen(self, record: Record) -> Hashable:
        """All of a record that a question can see."""
        if isinstance(record, PanelItem):
            return (
                record.model_copy(update={"asked": (), "when": {}}),
                self._asked(record),
                self._meant(record.when),
            )
        if (apart := self._apart(record)) is not None:
            return apart
        if isinstance(record, Row) and record.line == "later":
            hidden = self._hiding(record)
            entries = [entry.model_copy(update={"ends": None}) for entry in record.documented]
            left = tuple(without(self._days(entry), hidden) for entry in record.documented)
            rest = record.model_copy(update={"documented": (), "when": {}, "preferred": ()})
            return repr(rest), self._meant(record.when), tuple(map(repr, entries)), left
        period = isinstance(record, Period) or hasattr(record, "places")
        skipped = (
            {"places", "begins", "ends"} if period else {"classes"}
        )  # a class is seen in what it selects
        found = [
            self._field(name, getattr(record, name))
            for name in type(record).model_fields
            if name not in skipped
        ]
        days: Stretches = self._days(record) if period else ()
        if isinstance(record, Note):  # it is told beside an option, while a row documents that
            days = common(days, self._documented(record.on))
        return (*found, days)

    def _apart(self, record: Record) -> Hashable:
        """What a question sees of records that are read in a way of their own."""
        match record:
            case SymptomWord():
                return record.id, _told_apart(record)
            case CourseWord():
                return record.id, record.says, _told_apart(record)
            case StagingFile():
                return repr(record.model_copy(update={"editions": (), "remarks": ()}))
            case Edition():
                in_force = ((self._days(period), period.by) for period in record.in_force)
                asked = tuple(each for each in in_force if each[0])
                return record.id, record.edition, asked, str(record.review_by)
            case _:
                return None

    def _field(self, name: str, value: Any) -> Hashable:
        if name in {"when", "unless"}:
            return None if value is None else self._meant(value)
        if isinstance(value, Selector):
            return self._means(value)
        if name in {"documented", "preferred"}:
            return tuple(filter(None, map(self._entry, value)))
        if name == "before":
            return value and frozenset(self._before(value.day))
        if name == "unresolved" and value is not None and not value.unknown:
            return repr(value.model_copy(update={"stays": False}))  # nothing would make it go
        return repr(value)

    def _documented(self, selector: Selector) -> Stretches:
        """Where and when some row documents an option that a selector means."""
        meant = self._means(selector)
        return joined(
            stretch
            for table, row in self.content.rows()
            if f"{table.domain}.{row.option}" in meant
            for entry in row.documented
            for stretch in self._days(entry)
        )

    def _hiding(self, row: Row) -> Stretches:
        """Where and when a first-line row documents the same for the same patients: no later one is told."""
        meant = self._meant(row.when)
        return tuple(
            stretch
            for domain, first in self._first_line
            if (domain, first.option) == (self._domains[row.id], row.option)
            and first.unresolved is None
            and self._meant(first.when) == meant
            for entry in first.documented
            for stretch in self._days(entry)
        )

    # ---- conditions and selectors ---------------------------------------------------------------

    def _meant(self, when: Mapping[str, Any]) -> Meaning:
        return meaning(_attainable(self._grammar.read(when)))

    def _means(self, selector: Selector) -> frozenset[str]:
        mask = self.options.mask(selector)
        return frozenset(key.id for index, key in enumerate(self.options.keys) if mask >> index & 1)

    # ---- days -----------------------------------------------------------------------------------

    def _entry(self, entry: Period) -> Hashable:
        """An entry of a row; of a label the day itself is shown, as the day of the approval."""
        days = self._days(entry)
        shown = isinstance(entry, Documented) and entry.basis == "label" and self._dated & set(entry.by)
        if not days and not shown:
            return None
        rest = {name: repr(getattr(entry, name)) for name in type(entry).model_fields}
        for name in ("places", "ends") if shown else ("places", "ends", "begins"):
            del rest[name]
        return days, tuple(rest.items()), entry.places if shown else ()

    def _days(self, period: Any) -> Stretches:
        """Where and on which of the days that can be asked about a period holds."""
        if period.begins is None:
            return ()
        found = {place: self._clipped(place, period.begins.day, period.ends) for place in period.places}
        return tuple((place, days) for place, days in sorted(found.items()) if days is not None)

    def _clipped(self, place: Jurisdiction, begins: date, ends: Any) -> Days | None:
        release = self.content.release
        if place not in release.begins:
            return None
        first = max(begins, release.begins[place])
        last = release.as_of if ends is None else min(ends.day - A_DAY, release.as_of)
        return (first, last) if first <= last else None

    def _before(self, day: date) -> Iterator[tuple[Jurisdiction, date]]:
        """The last day of each place on which a rule holds."""
        for place, begins in self.content.release.begins.items():
            if begins < day:
                yield place, min(day - A_DAY, self.content.release.as_of)

    def _asked(self, item: PanelItem) -> Hashable:
        """Where and when an item is asked: by its guidelines, or since a row depends on it."""
        found: list[Stretch] = []
        cited: dict[Jurisdiction, list[str]] = {}
        for period in item.asked:
            found += self._days(period)
            for place in period.places:
                cited.setdefault(place, []).extend(period.by)
        for _, row in self.content.rows():
            if row.line == "first" and self._depends(row, item.item):
                for entry in row.documented:
                    found += self._days(entry.model_copy(update={"ends": None}))
        return joined(found), repr(sorted(cited.items()))

    def _depends(self, row: Row, item: str) -> bool:
        """As :meth:`lungmets.engine.view.View.depends` says it."""
        found = self._items.get(id(row))
        if found is None:
            found = self._items[id(row)] = frozenset(
                field_of(fact)
                for one in self._grammar.read(row.when)
                for fact, allowed in one.items()
                if _is_finding(fact, allowed)
            )
        return item in found


def _told_apart(word: SymptomWord | CourseWord) -> frozenset[str]:
    """The phrases by which a symptom or a course is found; one that another stands inside adds nothing."""
    phrases = {f" {plain(phrase)} " for phrase in (word.id, *word.phrases)}
    return frozenset(phrase for phrase in phrases if not any(other in phrase for other in phrases - {phrase}))


def _is_finding(fact: str, allowed: Allowed) -> bool:
    """Whether a row needs something found: of a gene, more than that it is negative."""
    if field_of(fact) not in GENES or "." in fact:
        return True
    return isinstance(allowed, frozenset) and "positive" in allowed


def _attainable(conjunctions: Iterable[Conjunction]) -> Iterator[Conjunction]:
    """Limits of whole numbers by the least whole number beyond them: ``>0`` is ``>=1``."""
    for one in conjunctions:
        yield {
            fact: Span(_whole(allowed.low), _whole(allowed.high))
            if isinstance(allowed, Span) and range_of(fact).whole
            else allowed
            for fact, allowed in one.items()
        }


def _whole(cut: Cut | None) -> Cut | None:
    """The cut just before the first whole number that lies behind it."""
    if cut is None:
        return None
    number, after = cut
    return (math.floor(number) + 1, 0) if after else (math.ceil(number), 0)
