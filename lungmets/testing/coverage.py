"""Which parts of the knowledge no scenario reaches.

A row is reached where an answer rests on it, a guardrail or a supersession where it takes an option
off, a panel item where it is missing, a note, an alert and a conflict where they are told. A day on
which what is documented changes is reached by a question from that day until the next; a threshold by
values on both of its sides.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.engine.encoding import encode
from lungmets.intake import Range
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.conditions import Cut
from lungmets.knowledge.content import staging_records
from lungmets.knowledge.facts import limits
from lungmets.knowledge.schema import Period
from lungmets.profile import PatientProfile
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
    TIMELINES = "timelines"
    STAGING = "staging"


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

    @property
    def shown(self) -> str:
        """The share in words, never rounded up: what is shown is reached."""
        return f"{math.floor(self.percent * 10) / 10:.1f}"

    def __str__(self) -> str:
        by = "1 scenario" if self.scenarios == 1 else f"{self.scenarios} scenarios"
        lines = [f"knowledge {self.knowledge}: {self.shown} % reached by {by}"]
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
    found = set[str]().union(*all_reaches)
    for each in _thresholds(base):
        if all(f"{Kind.THRESHOLDS}:{each.fact} bin {side}" in found for side in each.sides):
            found.add(f"{Kind.THRESHOLDS}:{each.name}")
    parts = []
    for kind, names in _all(base):
        unreached = tuple(name for name in names if f"{kind}:{name}" not in found)
        parts.append(Part(kind=kind, total=len(names), unreached=unreached))
    return Coverage(
        knowledge=f"{base.version} ({base.digest[:12]})", scenarios=len(all_reaches), parts=tuple(parts)
    )


def _told(answer: Refusal | DocumentedOptions) -> Iterator[tuple[Kind, str]]:
    yield from ((Kind.ALERTS, alert.id) for alert in answer.alerts)
    yield from ((Kind.STAGING, said.id) for said in (*answer.staging.to_settle, *answer.staging.remarks))
    if isinstance(answer, Refusal):
        yield from ((Kind.PANEL_ITEMS, item.item) for item in answer.missing)
        return
    yield from ((Kind.CONFLICTS, conflict.id) for conflict in answer.conflicts)
    yield from ((Kind.TIMELINES, timeline.id) for timeline in answer.timelines)
    for option in (*answer.options, *answer.withheld, *answer.superseded, *answer.unresolved):
        yield from ((Kind.ROWS, held.row) for held in option.because)
        yield from ((Kind.NOTES, note.id) for note in option.notes)
    yield from ((Kind.GUARDRAILS, name) for option in answer.withheld for name in option.by)
    yield from ((Kind.SUPERSESSIONS, why.id) for option in answer.superseded for why in option.reason)


def _stated(scenario: Scenario, day: date, base: KnowledgeBase) -> Iterator[tuple[Kind, str]]:
    days = _days(base, scenario.jurisdiction)
    index = bisect_right(days, day) - 1
    if index >= 0 and day <= base.content.release.as_of:
        yield Kind.DATES, f"{scenario.jurisdiction} {days[index]}"
    states = encode(base, scenario.profile)
    for fact in base.table.cuts:  # the facts that are numbers
        state = states[base.table.position[fact]]
        if state and state & (state - 1) == 0:  # one bin: a bound that covers several is on no side
            yield Kind.THRESHOLDS, f"{fact} bin {state.bit_length() - 1}"


class _Threshold(NamedTuple):
    """Two neighbouring bins of a number in which some value can lie, and what parts them in words."""

    fact: str
    words: str
    sides: tuple[int, int]

    @property
    def name(self) -> str:
        return f"{self.fact} {self.words}"


def _thresholds(base: KnowledgeBase) -> Iterator[_Threshold]:
    """The thresholds that can be told apart: between 3 and 4 lesions there are none, and none below 0."""
    for fact, cuts in sorted(base.table.cuts.items()):
        able = [side for side in range(len(cuts) + 1) if _holds_some(fact, cuts, side)]
        for below, above in pairwise(able):
            number, after = cuts[above - 1]
            yield _Threshold(fact, f"{'>' if after else '>='}{number:g}", (below, above))


def _holds_some(fact: str, cuts: Sequence[Cut], side: int) -> bool:
    """Whether a number that a profile can have lies in a bin."""
    range_ = range_of(fact)
    low = max(cuts[side - 1] if side else (-math.inf, 0), (range_.low, 0))
    high = min(cuts[side] if side < len(cuts) else (math.inf, 1), (range_.high, 1))
    if not range_.whole:
        return low < high
    first = math.floor(low[0]) + 1 if low[1] else math.ceil(low[0])
    return (first, 0) < high


def range_of(fact: str) -> Range:
    """The numbers that a profile can have for a fact."""
    field = PatientProfile.model_fields.get(fact)
    for reader in (getattr(item, "func", None) for item in (field.metadata if field else ())):
        if isinstance(reader, Range):
            return reader
    low, high = limits(fact)
    return Range(_COUNTS.get(fact, low), high, "", whole=fact in _COUNTS)


_COUNTS = {
    "brain_lesions": 0, "metastases": 1, "metastatic_organs": 1,
    "extrathoracic_metastases": 0, "extrathoracic_organs": 0,
}  # fmt: skip
"""Whole numbers that no field reads with a range of its own, and the least that each can be."""


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
    yield Kind.THRESHOLDS, [threshold.name for threshold in _thresholds(base)]
    yield Kind.TIMELINES, sorted(record.id for record in content.timelines)
    yield Kind.STAGING, [record.id for record in staging_records(content)]


def _days(base: KnowledgeBase, place: Jurisdiction) -> list[date]:
    """The days on which what is documented, or asked, changes there; from the first that is covered.

    A day on which only a citation appears is none of them.
    """
    content = base.content
    begins = content.release.begins.get(place)
    if begins is None:
        return []
    periods: list[Period] = [*content.supersessions]
    periods += [period for _, row in content.rows() for period in (*row.documented, *row.preferred)]
    periods += [period for item in content.panel.items for period in item.asked]
    periods += [record.period for record in content.conflicts if record.period is not None]
    for edition in content.editions():
        periods += edition.in_force
    here = [period for period in periods if place in period.places]
    days = {one.begins.day for one in here} | {one.ends.day for one in here if one.ends is not None}
    return sorted({begins, *(day for day in days if begins <= day <= content.release.as_of)})
