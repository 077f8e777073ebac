"""Which parts of the knowledge no scenario reaches.

A row is reached where an answer rests on it, a guardrail or a supersession where it takes an option
off, a panel item where it is missing, a note, an alert and a conflict where they are told. A day of
change is reached by a question from that day until the next change; a threshold by values on both of
its sides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.engine.encoding import encode
from lungmets.knowledge.base import KnowledgeBase
from lungmets.results import Closed
from lungmets.testing.scenario import Scenario
from lungmets.vocabulary import Jurisdiction


class Kind(StrEnum):
    """The kinds of things that a suite can reach."""

    ROWS = "rows"
    GUARDRAILS = "guardrails"
    NOTES = "notes"
    SUPERSESSIONS = "supersessions"
    CONFLICTS = "conflicts"
    PANEL_ITEMS = "panel items"
    ALERTS = "alerts"
    DATES = "dates"
    THRESHOLDS = "thresholds"


class Part(Closed):
    """One kind: how many there are, and which are not reached."""

    kind: Kind
    total: int
    unreached: tuple[str, ...]

    @property
    def reached(self) -> int:
        """How many some scenario reaches."""
        return self.total - len(self.unreached)


class Coverage(Closed):
    """What a suite reaches of one knowledge release."""

    knowledge: str
    scenarios: int
    parts: tuple[Part, ...]

    @property
    def percent(self) -> float:
        """The share of all parts that is reached, 0 to 100."""
        total = sum(part.total for part in self.parts)
        return 100 * sum(part.reached for part in self.parts) / total if total else 100.0

    def __str__(self) -> str:
        lines = [f"knowledge {self.knowledge}: {self.percent:.1f} % reached by {self.scenarios} scenarios"]
        for part in self.parts:
            lines.append(f"  {part.kind:<14}{part.reached:>4} of {part.total}")
            lines += [f"      not reached: {name}" for name in part.unreached]
        return "\n".join(lines)


def reached(scenario: Scenario, answer: Refusal | DocumentedOptions, base: KnowledgeBase) -> frozenset[str]:
    """What one answer reaches, each as ``kind:name``; sets of several scenarios are joined by ``|``."""
    return frozenset(
        f"{kind}:{name}" for kind, name in (*_told(answer), *_stated(scenario, answer.as_of, base))
    )


def coverage(base: KnowledgeBase, reaches: Iterable[frozenset[str]]) -> Coverage:
    """What several scenarios reach together."""
    all_reaches = list(reaches)
    found: frozenset[str] = frozenset().union(*all_reaches)
    parts = []
    for kind, names in _all(base):
        unreached = tuple(name for name in names if f"{kind}:{name}" not in found)
        if kind is Kind.THRESHOLDS:
            unreached = tuple(name for name in names if not _both_sides(name, base, found))
        parts.append(Part(kind=kind, total=len(names), unreached=unreached))
    return Coverage(
        knowledge=f"{base.version} ({base.digest[:12]})", scenarios=len(all_reaches), parts=tuple(parts)
    )


def _told(answer: Refusal | DocumentedOptions) -> Iterator[tuple[Kind, str]]:
    yield from ((Kind.ALERTS, alert.id) for alert in answer.alerts)
    if isinstance(answer, Refusal):
        yield from ((Kind.PANEL_ITEMS, item.item) for item in answer.missing)
        return
    yield from ((Kind.CONFLICTS, conflict.id) for conflict in answer.conflicts)
    for option in (*answer.options, *answer.withheld, *answer.superseded, *answer.unresolved):
        yield from ((Kind.ROWS, held.row) for held in option.because)
        yield from ((Kind.NOTES, note.id) for note in option.notes)
    yield from ((Kind.GUARDRAILS, name) for option in answer.withheld for name in option.by)
    yield from ((Kind.SUPERSESSIONS, why.id) for option in answer.superseded for why in option.reason)


def _stated(scenario: Scenario, day: date, base: KnowledgeBase) -> Iterator[tuple[Kind, str]]:
    days = _days(base, scenario.jurisdiction)
    index = bisect_right(days, day) - 1
    if index >= 0:
        yield Kind.DATES, f"{scenario.jurisdiction} {days[index]}"
    states = encode(base, scenario.profile)
    for fact in base.table.cuts:
        state = states[base.table.position[fact]]
        if state and state & (state - 1) == 0:  # one bin: a bound that covers several is on no side
            yield Kind.THRESHOLDS, f"{fact} {state.bit_length() - 1}"


def _both_sides(name: str, base: KnowledgeBase, found: frozenset[str]) -> bool:
    fact, _, words = name.partition(" ")
    cut = [_cut_name(*cut) for cut in base.table.cuts[fact]].index(words)
    return all(f"{Kind.THRESHOLDS}:{fact} {side}" in found for side in (cut, cut + 1))


def _all(base: KnowledgeBase) -> Iterator[tuple[Kind, list[str]]]:
    content = base.content
    yield Kind.ROWS, [row.id for _, row in content.rows()]
    yield Kind.GUARDRAILS, sorted(rule.id for rule in content.guardrails)
    yield Kind.NOTES, sorted(record.id for record in content.notes)
    yield Kind.SUPERSESSIONS, sorted(record.id for record in content.supersessions)
    yield Kind.CONFLICTS, sorted(record.id for record in content.conflicts)
    yield Kind.PANEL_ITEMS, [item.item for item in content.panel.items]
    yield Kind.ALERTS, [alert.id for alert in content.alerts.alerts]
    yield Kind.DATES, [f"{place} {day}" for place in content.release.begins for day in _days(base, place)]
    yield (
        Kind.THRESHOLDS,
        [f"{fact} {_cut_name(*cut)}" for fact, cuts in sorted(base.table.cuts.items()) for cut in cuts],
    )


def _days(base: KnowledgeBase, place: Jurisdiction) -> list[date]:
    """The days on which an answer may change, from the first that the knowledge covers there."""
    release = base.content.release
    begins = release.begins.get(place)
    if begins is None:
        return []
    return sorted({begins, *(day for day in base.days_of_change if begins <= day <= release.as_of)})


def _cut_name(number: float, side: int) -> str:
    """A threshold in words: from the number on, or above it."""
    return f"{'>' if side else '>='}{number:g}"
