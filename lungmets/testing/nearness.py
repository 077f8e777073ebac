"""Why an option is listed, or is not: the rows that hold, and the nearest that do not.

The nearest row is the one with the fewest conditions that fail; a date or a place that is not met is
one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.gate import examine
from lungmets.knowledge.conditions import Allowed, Span
from lungmets.knowledge.facts import GENES, SETS
from lungmets.knowledge.schema import Row
from lungmets.profile import PatientProfile
from lungmets.showing import shown_fact
from lungmets.vocabulary import Panel

_MOST_ROWS = 3


class Nearness(NamedTuple):
    """A row, how many of its conditions fail, and what is wrong with each in words."""

    row: str
    failing: int
    why: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.row}: {'; '.join(self.why)}" if self.why else f"{self.row}: it holds"


class Rows:
    """The rows of one knowledge view, seen from one profile."""

    def __init__(self, view: View, profile: PatientProfile, panel: Panel) -> None:
        self._view = view
        self._profile = profile
        self._states: States = examine(view, profile, panel).states

    def nearest(self, option: str) -> tuple[Nearness, ...]:
        """The rows of an option (an id), the nearest first; at most three."""
        keys = {key.id: index for index, key in enumerate(self._view.options.keys)}
        found = [self._nearness(row) for row in self._rows_of(keys[option])]
        return tuple(sorted(found, key=lambda one: (one.failing, one.row))[:_MOST_ROWS])

    def _rows_of(self, option: int) -> Iterator[Row]:
        view = self._view
        for table, row in view.base.content.rows():
            if view.options.position[table.domain, row.option] == option:
                yield row

    def _nearness(self, row: Row) -> Nearness:
        why = []
        if row.id not in self._view.in_force:
            spans = [_period(str(one.begins), one.ends, one.places) for one in row.documented]
            why.append(
                f"documented {' and '.join(spans)}, and {self._view.place.value} is asked "
                f"as of {self._view.day}"
            )
        if row.line == "later":
            why.append("documented only for a later line")
        conditions = min(
            (self._failing(bit) for bit in bits(self._view.base.bits[row.id])), key=len, default=[]
        )
        return Nearness(row.id, len(why) + len(conditions), (*why, *conditions))

    def _failing(self, bit: int) -> list[str]:
        """The facts of a conjunction that are not met, each with what stands and what is needed."""
        table = self._view.table
        conjunction = table.conjunctions[bit]
        found = []
        for fact in table.unknown_facts(bit, self._states):
            if fact.partition(".")[0] in GENES and "." in fact and fact.partition(".")[0] in found:
                continue
            needed = _needed(fact, conjunction[fact])
            found.append(f"it needs {needed}, and the profile has {self._stands(fact)}")
        return found

    def _stands(self, fact: str) -> str:
        """The profile's own value. What a set does not name is not known, and not denied."""
        state = self._states[self._view.table.position[fact]]
        name, _, member = fact.partition(".")
        if name in SETS or name == "symptoms":
            return f"{name}: {member} {'excluded' if state else 'not stated'}"
        return shown_fact(self._view.base, self._profile, fact)


def _period(begins: str, ends: object, places: tuple[object, ...]) -> str:
    until = f" until {ends}" if ends else ""
    return f"in {', '.join(map(str, places))} from {begins}{until}"


def _needed(fact: str, allowed: Allowed) -> str:
    name, _, member = fact.partition(".")
    if isinstance(allowed, Span):
        if allowed.low and allowed.high and allowed.low[0] == allowed.high[0]:
            return f"{name} {allowed.low[0]:g}"
        parts = []
        if allowed.low is not None:
            number, side = allowed.low
            parts.append(f"{'>' if side else '>='}{number:g}")
        if allowed.high is not None:
            number, side = allowed.high
            parts.append(f"{'<=' if side else '<'}{number:g}")
        return f"{name} {' and '.join(parts)}"
    words = sorted(allowed)
    if member:
        return f"{name}: {member}" if words == ["yes"] else f"{name} without {member}"
    return f"{name}: {' or '.join(words)}"
