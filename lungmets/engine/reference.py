"""The reference: what a condition means, in plain loops, as slow and as readable as it gets.

A condition is a conjunction: every fact that it names must be allowed. Of each fact a profile leaves a
set of values that it may have; of most, one; of an unknown, none. So a conjunction is *certain* where
every value that each of its facts may have is allowed, and *possible* where each of its facts may have
some value that is allowed. An unknown satisfies nothing for certain and keeps everything possible, and
so does a gene that was never asked, except where "never asked" itself is what is allowed.

The other engines are compared with this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from lungmets.engine.scheme import Scheme, States
from lungmets.knowledge.conditions import Allowed, Conjunction, Cut, Span
from lungmets.knowledge.facts import NOT_CONSIDERED

Value: TypeAlias = str | float
"""A word; or one number of a bin, which stands for every number of it."""


class Reference:
    """Matches one conjunction after the other, one fact after the other, one value after the other."""

    def __init__(self, scheme: Scheme, conjunctions: Sequence[Conjunction]) -> None:
        self._facts = scheme.facts
        self._conjunctions = tuple(conjunctions)
        self._values: dict[str, list[Value]] = {
            fact: _numbers(scheme.cuts[fact]) if fact in scheme.cuts else list(scheme.values[fact])
            for fact in scheme.facts
        }

    def match(self, states: States) -> tuple[int, int]:
        """The conjunctions that are certain, and those that are possible."""
        known = {
            fact: [value for number, value in enumerate(self._values[fact]) if state >> number & 1]
            for fact, state in zip(self._facts, states, strict=True)
        }
        certain = possible = 0
        for bit, conjunction in enumerate(self._conjunctions):
            if all(_surely(known[fact], allowed) for fact, allowed in conjunction.items()):
                certain |= 1 << bit
            if all(_perhaps(known[fact], allowed) for fact, allowed in conjunction.items()):
                possible |= 1 << bit
        return certain, possible


def _surely(values: list[Value], allowed: Allowed) -> bool:
    return values != [] and all(_allows(allowed, value) for value in values)


def _perhaps(values: list[Value], allowed: Allowed) -> bool:
    return values == [] or any(value == NOT_CONSIDERED or _allows(allowed, value) for value in values)


def _allows(allowed: Allowed, value: Value) -> bool:
    if isinstance(allowed, Span):
        number = float(value)
        above = allowed.low is None or _beyond(number, allowed.low)
        return above and not (allowed.high is not None and _beyond(number, allowed.high))
    return value in allowed


def _beyond(number: float, cut: Cut) -> bool:
    """Whether a number lies behind a cut, which is just before its own number (0) or just after it (1)."""
    limit, side = cut
    return number > limit if side else number >= limit


def _numbers(cuts: Sequence[Cut]) -> list[Value]:
    """One number of each bin, the numbers between two neighbouring cuts."""
    limits = [limit for limit, _ in cuts]
    ends = [limits[0] - 1, *limits, limits[-1] + 1] if limits else [0.0, 0.0]
    return [(low + high) / 2 for low, high in pairwise(ends)]
