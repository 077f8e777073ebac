"""Rows: on one weak source, on old sources, or preferred at once; and the conflicts that are known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from lungmets.knowledge.audit.models import Finding, FindingKind, Pressing
from lungmets.knowledge.audit.records import Records
from lungmets.knowledge.audit.strength import TASKS, WORDS, weaknesses
from lungmets.knowledge.conditions import compatible
from lungmets.knowledge.schema import Documented, Period, Row
from lungmets.vocabulary import Domain, Jurisdiction

_DAYS_OF_A_YEAR = 365.25


def row_findings(records: Records) -> Iterator[Finding]:
    """What is weak, old or in dispute among the rows that are in force on the day."""
    in_force = [(row, list(records.in_force(row))) for _, row in records.content.rows()]
    yield from _weak(records, in_force)
    for row, entries in in_force:
        yield from _old(records, row, entries)
    yield from _preferred_at_once(records)
    yield from _conflicts(records)


def _weak(records: Records, rows: list[tuple[Row, list[Documented]]]) -> Iterator[Finding]:
    """Rows that rest on nothing but weak sources in a place. Two weak ones are less pressing than one.

    Rows on the same sources name each other: what strengthens one strengthens all of them.
    """
    found: dict[tuple[str, ...], dict[str, list[Jurisdiction]]] = {}
    for row, entries in rows:
        for place in records.places():
            here = [entry for entry in entries if entry.covers(place, records.question.day)]
            cited = records.cited(here, place)
            if cited and all(map(weaknesses, cited)):
                on_these = found.setdefault(tuple(source.id for source in cited), {})
                on_these.setdefault(row.id, []).append(place)
    for names, resting in found.items():
        weak = {name: weaknesses(records.base.sources[name]) for name in names}
        said = "; ".join(f"{name} ({', '.join(WORDS[one] for one in why)})" for name, why in weak.items())
        lead = "one weak source" if len(names) == 1 else f"{len(names)} weak sources only"
        tasks = dict.fromkeys(TASKS[one] for why in weak.values() for one in why)
        for name, places in resting.items():
            yield Finding(
                kind=FindingKind.WEAK_SOURCE,
                pressing=Pressing.SOON if len(names) == 1 else Pressing.LATER,
                record=name,
                place=records.place(name),
                what=f"in {', '.join(places)} it rests on {lead}: {said}",
                do="; ".join(tasks),
                concerns=tuple(other for other in resting if other != name),
                sources=names,
            )


def _old(records: Records, row: Row, entries: list[Documented]) -> Iterator[Finding]:
    """A row whose newest source is old. A source without a day has no age, and makes nothing older."""
    years = records.question.older_than_years
    cited = [source for place in records.places() for source in records.cited(entries, place)]
    dated = [source for source in cited if source.published is not None]
    if not dated:
        return
    newest = max(dated, key=lambda source: (records.base.published(source), source.id))
    day = records.base.published(newest)
    if (records.question.day - day).days <= years * _DAYS_OF_A_YEAR:
        return
    yield Finding(
        kind=FindingKind.OLD_SOURCES,
        pressing=Pressing.LATER,
        record=row.id,
        place=records.place(row.id),
        what=f"its newest source, {newest.id}, is of {newest.published}: more than {years} years old",
        do="look for a newer guideline, label or trial: cite it, or say in the note that none was found",
        day=day,
        sources=(newest.id,),
    )


def _preferred_at_once(records: Records) -> Iterator[Finding]:
    """Two options of a domain that cited sources prefer for the same profile on the same day."""
    grammar = records.content.grammar()
    preferred: list[tuple[Domain, Row, Period]] = [
        (table.domain, row, period)
        for table, row in records.content.rows()
        for period in row.preferred
        if records.holds(period)
    ]
    for (domain, row, period), (other_domain, other, other_period) in combinations(preferred, 2):
        shared = set(period.places) & set(other_period.places)
        if domain is not other_domain or row.option == other.option or not shared:
            continue
        pairs = ((one, two) for one in grammar.read(row.when) for two in grammar.read(other.when))
        if not any(compatible(one, two) for one, two in pairs):
            continue
        both = (", ".join(period.by), ", ".join(other_period.by))
        places = ", ".join(sorted(place.value for place in shared))
        yield Finding(
            kind=FindingKind.TWO_PREFERENCES,
            pressing=Pressing.SOON,
            record=row.id,
            place=records.place(row.id),
            what=f"in {places} it is preferred by {both[0]}, while {other.id} is preferred by {both[1]}",
            do="read both sources; where one has replaced its advice, end that preference on the day",
            day=max(period.begins.day, other_period.begins.day),
            concerns=(other.id,),
            sources=tuple(dict.fromkeys((*period.by, *other_period.by))),
        )


def _conflicts(records: Records) -> Iterator[Finding]:
    """Conflicts that the knowledge declares: an answer shows both sides, and a curator watches them."""
    for conflict in records.content.conflicts:
        sides = "; ".join(f"{name} ({records.base.sources[name].name})" for name in conflict.by)
        yield Finding(
            kind=FindingKind.CONFLICT,
            pressing=Pressing.LATER,
            record=conflict.id,
            place=records.place(conflict.id),
            what=f"{conflict.text} Sources: {sides or 'none'}.",
            do="see whether a newer source settles it; until then answers show both sides",
            sources=conflict.by,
        )
