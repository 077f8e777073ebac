"""Why an option is listed, or is not: the rows that hold, and the nearest that do not.

The nearest row is the one with the fewest conditions that fail; a date or a place that is not met is
one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from lungmets.engine.table import UNKNOWN, States, bits
from lungmets.engine.view import View
from lungmets.gate import examine
from lungmets.knowledge.conditions import Allowed, Span
from lungmets.knowledge.facts import SETS
from lungmets.knowledge.schema import Period, Row
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
    """The rows of one knowledge view, seen from one profile on the day of a question.

    A view serves every day until the next change, so the day that was asked is named here.
    """

    def __init__(self, view: View, profile: PatientProfile, panel: Panel, day: date) -> None:
        self._view = view
        self._day = day
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
            spans = [period_in_words(period) for period in row.documented]
            why.append(
                f"documented {' and '.join(spans)}, and {self._view.place.value} is asked as of {self._day}"
            )
        if row.line == "later":
            why.append("documented only for a later line")
        conditions = self._failing(row)
        return Nearness(row.id, len(why) + len(conditions), (*why, *conditions))

    def _failing(self, row: Row) -> list[str]:
        """The conditions that are not met, each with what stands and what is needed.

        A row with alternatives (one variant or another) is as near as the nearest of them; those that
        are equally near and lack the same facts are told as one.
        """
        table = self._view.table
        ways = [(bit, table.unknown_facts(bit, self._states)) for bit in bits(self._view.base.bits[row.id])]
        fewest = min(len(facts) for _, facts in ways)
        nearest = [(bit, facts) for bit, facts in ways if len(facts) == fewest]
        needs: list[dict[str, None]] = [{} for _ in range(fewest)]
        stands = [self._stands(fact) for fact in nearest[0][1]]
        for bit, facts in nearest:
            if [self._stands(fact) for fact in facts] == stands:
                for need, fact in zip(needs, facts, strict=True):
                    need.setdefault(_needed(fact, table.conjunctions[bit][fact]))
        return [
            f"it needs {_either(need)}, and the profile has {here}"
            for need, here in zip(needs, stands, strict=True)
        ]

    def _stands(self, fact: str) -> str:
        """The profile's own value. What a set does not name is not known, and not denied."""
        state = self._states[self._view.table.position[fact]]
        name, _, member = fact.partition(".")
        if name in SETS or name == "symptoms":
            return f"{name}: {member} {'excluded' if state else 'not stated'}"
        if fact == "bone_metastases" and state == UNKNOWN:
            return "bone_metastases: not stated"  # what is shown of a match names the sites instead
        return shown_fact(self._view.base, self._profile, fact)


def period_in_words(period: Period) -> str:
    """Where, from when, and until when: as far as the source dates it."""
    until = f" until {period.ends}" if period.ends else ""
    return f"in {', '.join(period.places)} from {period.begins}{until}"


def _either(needs: Iterable[str]) -> str:
    """Alternatives as one: ``egfr: exon19del or l858r``."""
    first, *others = needs
    name = first.partition(": ")[0]
    return " or ".join([first, *(other.removeprefix(f"{name}: ") for other in others)])


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
