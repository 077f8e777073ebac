"""Every mutant of some content: the small changes that each kind of record can suffer.

Left alone are texts, citations and figures, which the sources carry and other tests hold against the
evidence; and the days of review, which decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.content import Content
from lungmets.knowledge.facts import CHOICES
from lungmets.knowledge.schema import (
    Begin,
    Caution,
    ConflictRecord,
    Drug,
    Guardrail,
    NamedCondition,
    PanelItem,
    Period,
    Record,
    Regimen,
    Row,
    ScopeRule,
    Selector,
    Told,
)
from lungmets.testing.mutation.beside import beside
from lungmets.testing.mutation.conditions import Change, Conditions
from lungmets.testing.mutation.dates import days, entries, moved
from lungmets.testing.mutation.kinds import Kind, Mutant
from lungmets.testing.mutation.lists import next_word, without
from lungmets.testing.mutation.sites import Site, other, sites
from lungmets.testing.mutation.targets import targets
from lungmets.vocabulary import Basis, RefusalReason


def mutants(content: Content) -> tuple[Mutant, ...]:
    """Every mutant of some content, always in the same order.

    >>> from lungmets.knowledge.base import shipped
    >>> found = mutants(shipped().content)
    >>> len(found) > 3000, len({mutant.name for mutant in found}) == len(found)
    (True, True)
    """
    changes = _Changes(content)
    found = [
        Mutant(kind, site.key, what, partial(site.put, changed))
        for site in sites(content)
        for kind, what, changed in changes.of(site)
    ]
    return (*found, *_of_groups(content), *_of_release(content))


def mutants_of(base: KnowledgeBase) -> tuple[Mutant, ...]:
    """Every mutant of a knowledge base; with overlays, those of what is local."""
    found = mutants(base.content)
    if not base.local.overlays:
        return found
    local = {*base.local.marks, *(f"panel:{item}" for item in base.local.asked)}
    return tuple(mutant for mutant in found if mutant.record in local)


class _Changes:
    """The changes of single records; ``None`` stands for a record that is dropped."""

    def __init__(self, content: Content) -> None:
        self._last = content.release.as_of
        self._conditions = Conditions(content)
        domains: dict[str, list[str]] = {}
        for table, row in content.rows():
            if row.option not in domains.setdefault(table.domain, []):
                domains[table.domain].append(row.option)
        # Another option of the same domain; where there is only one, any other.
        every = sorted({option for options in domains.values() for option in options})
        self._next: dict[str, str] = {}
        for options in domains.values():
            ring = sorted(options) if len(options) > 1 else every
            for option in options:
                self._next.setdefault(option, ring[(ring.index(option) + 1) % len(ring)])
        self._drugs = [drug.name for drug in content.regimens.drugs]

    def of(self, site: Site) -> Iterator[tuple[Kind, str, Record | None]]:
        """Every change of a record."""
        record: Any = site.record
        if not isinstance(record, Drug | Regimen | NamedCondition):
            yield Kind.RECORD, "dropped", None
        for field, found in self._fields(record):
            for kind, what, value in found:
                told = what if field == "when" else f"{field}: {what}" if field else what
                changed = record.model_copy(update={field: value}) if field else value
                yield kind, told, changed

    def _fields(self, record: Any) -> Iterator[tuple[str, Iterable[Change]]]:
        """The changes by field; without a field they are of the whole record."""
        when = getattr(record, "when", None)
        if when:
            yield "when", self._conditions.changes(when)
        for field in ("withholds", "while_documented", "on", "replaces", "with_", "options"):
            value = getattr(record, field, None)
            if isinstance(value, Selector):
                yield field, targets(value)
        if isinstance(record, Period | Told):
            yield "", moved(record, self._last)
        if isinstance(record, Row):
            yield from self._row(record)
        elif isinstance(record, PanelItem):
            yield from self._item(record)
        elif isinstance(record, Regimen):
            yield "regimen", self._drugs_of(record.regimen)
        elif isinstance(record, Guardrail):
            yield from self._guardrail(record)
        else:
            yield from _of_rules(record)
            yield from beside(record, self._last)

    def _guardrail(self, rule: Guardrail) -> Iterator[tuple[str, Iterable[Change]]]:
        if rule.unless is not None:
            yield "unless", [(Kind.EXCEPTION, "dropped", None)]
            yield "unless", self._conditions.changes(rule.unless)
        if rule.while_documented is not None:
            yield "while_documented", [(Kind.EXCEPTION, "dropped", None)]

    def _row(self, row: Row) -> Iterator[tuple[str, Iterable[Change]]]:
        instead = self._next[row.option]
        yield "option", [(Kind.REGIMEN, instead, instead)]
        yield "documented", entries("", row.documented, self._last, least=1)
        yield "documented", _bases(row)
        yield "preferred", entries("", row.preferred, self._last, least=0)
        line = "first" if row.line == "later" else "later"
        yield "line", [(Kind.STANDING, line, line)]
        if row.unresolved is not None:
            yield "unresolved", [(Kind.STANDING, "dropped", None)]
            changed = row.unresolved.model_copy(update={"stays": not row.unresolved.stays})
            yield "unresolved", [(Kind.STANDING, f"stays {changed.stays}", changed)]
            unknown = row.unresolved.unknown
            for kind, what, fewer in without(Kind.STANDING, unknown, least=0):
                changed = row.unresolved.model_copy(update={"unknown": fewer})
                yield "unresolved", [(kind, what, changed)]

    def _item(self, item: PanelItem) -> Iterator[tuple[str, Iterable[Change]]]:
        yield "asked", entries("", item.asked, self._last, least=0)
        yield "panels", without(Kind.PANEL, item.panels, least=1)
        yield "no_answer", without(Kind.PANEL, item.no_answer, least=0)
        for index, rule in enumerate(item.no_answer):
            for part in ("specimen", "assay"):
                if getattr(rule, part) is not None:
                    changed = other(item.no_answer, index, rule.model_copy(update={part: None}))
                    yield "no_answer", [(Kind.PANEL, f"[{index}] of any {part}", changed)]

    def _drugs_of(self, regimen: tuple[str, ...]) -> Iterator[Change]:
        yield from without(Kind.REGIMEN, regimen, least=1)
        for index, drug in enumerate(regimen):
            if drug in self._drugs:
                at = self._drugs.index(drug) + 1
                ring = [*self._drugs[at:], *self._drugs]
                instead = next(name for name in ring if name not in regimen)
                yield Kind.REGIMEN, f"{instead} for {drug}", other(regimen, index, instead)


def _of_rules(record: Any) -> Iterator[tuple[str, Iterable[Change]]]:
    """The changes of cautions, conflicts, scope rules and drugs."""
    match record:
        case Caution():
            kind = "prerequisite" if record.kind == "caution" else "caution"
            yield "kind", [(Kind.STANDING, kind, kind)]
            yield "asks", _gone(record.asks)
        case ConflictRecord():
            yield "two_of", without(Kind.CONDITION, record.two_of, least=2)
        case ScopeRule():
            yield "reason", next_word(RefusalReason, record.reason, without=RefusalReason.INCOMPLETE)
            yield "assumed", _gone(record.assumed)
            yield "before", _before(record.before)
        case Drug():
            yield "classes", without(Kind.REGIMEN, record.classes, least=1)
        case _:
            return


def _gone(said: object) -> list[Change]:
    return [(Kind.STANDING, "dropped", None)] if said else []


def _bases(row: Row) -> Iterator[Change]:
    """Each entry on another basis, and off the label where it is on it."""
    for index, entry in enumerate(row.documented):
        for kind, what, basis in next_word(Basis, entry.basis):
            changed = entry.model_copy(update={"basis": basis})
            yield kind, f"[{index}] on {what}", other(row.documented, index, changed)


def _before(before: Begin | None) -> Iterator[Change]:
    if before is None:
        return
    for kind, what, day in days("", before.day):
        yield kind, what.strip(), Begin(day.isoformat())
    yield Kind.DATE, "dropped", None


def _of_groups(content: Content) -> Iterator[Mutant]:
    """Groups of words, with a word less or more."""
    for fact, groups in content.conditions.groups.items():
        for name, words in groups.items():
            fewer = without(Kind.WORD, words, least=1)
            more = (
                (Kind.WORD, f"with {word}", (*words, word)) for word in CHOICES[fact] if word not in words
            )
            for kind, what, changed in chain(fewer, more):
                yield Mutant(kind, f"group:{name}", what, partial(_regrouped, content, fact, name, changed))


def _regrouped(content: Content, fact: str, name: str, words: tuple[str, ...]) -> Content:
    groups = {**content.conditions.groups, fact: {**content.conditions.groups[fact], name: words}}
    return content.model_copy(update={"conditions": content.conditions.model_copy(update={"groups": groups})})


def _of_release(content: Content) -> Iterator[Mutant]:
    """The first day of each place."""
    for place, begins in content.release.begins.items():
        for kind, what, day in days("begins", begins):
            yield Mutant(kind, "release", f"{place} {what}", partial(_beginning, content, place, day))


def _beginning(content: Content, place: Any, day: date) -> Content:
    begins = {**content.release.begins, place: day}
    return content.model_copy(update={"release": content.release.model_copy(update={"begins": begins})})
