"""The scheme of the knowledge, matched by another engine than the bitmaps.

Every mask comes from that engine: no column of the bitmap table is here to fall back on, and what is
remembered here, only this engine has filled.

Beside the conjunctions an engine is also given each *ground* by itself: one fact, and what it may be.
So the engine itself tells which fact of a conjunction is not known yet; and since every conclusion is
reached twice, as a whole and by its grounds, an engine that loses a row contradicts itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from lungmets.engine.memo import Memo
from lungmets.engine.scheme import UNKNOWN, Matcher, Scheme, States
from lungmets.errors import EngineError, Problem
from lungmets.knowledge.conditions import Conjunction
from lungmets.vocabulary import Engine

Make: TypeAlias = Callable[[Scheme, Sequence[Conjunction]], Matcher]
"""Compiles conjunctions over the facts of a scheme for one engine."""

_MOST_REMEMBERED = 4096


class Matched(Scheme):
    """The facts and conjunctions of a scheme, matched by the engine that ``make`` compiles."""

    def __init__(self, scheme: Scheme, engine: Engine, make: Make) -> None:
        super().__init__(
            scheme.conjunctions,
            {fact: words for fact, words in scheme.values.items() if fact not in scheme.cuts},
        )
        self.engine = engine
        grounds = dict.fromkeys(part for conjunction in self.conjunctions for part in conjunction.items())
        self._ground = {ground: self.size + number for number, ground in enumerate(grounds)}
        self._resting = {
            bit: sum(1 << one for one, other in enumerate(self.conjunctions) if ground in other.items())
            for ground, bit in self._ground.items()
        }
        self.matcher: Matcher = make(
            self, [*self.conjunctions, *({fact: allowed} for fact, allowed in grounds)]
        )
        self._read: Memo[States, tuple[int, int]] = Memo(_MOST_REMEMBERED)

    def match(self, states: States) -> tuple[int, int]:
        """The conjunctions that are certain, and those that are possible.

        Raises:
            EngineError: the engine failed, or contradicts itself.
        """
        certain, possible = self._with_grounds(states)
        return certain & self.all, possible & self.all

    def unknown_facts(self, bit: int, states: States) -> list[str]:
        """The facts that a conjunction reads and that are not yet known to be allowed."""
        certain, _ = self._with_grounds(states)
        return [
            fact
            for fact, allowed in self.conjunctions[bit].items()
            if not certain >> self._ground[fact, allowed] & 1
        ]

    def classes(self, fact: str) -> list[int]:
        """The values of a fact that some conjunction tells apart, one state for each class."""
        found: dict[tuple[int, int], int] = {}
        for value in range(len(self.values[fact])):
            states = [UNKNOWN] * len(self.facts)
            states[self.position[fact]] = 1 << value
            found.setdefault(self._with_grounds(tuple(states)), 1 << value)
        return list(found.values())

    def _with_grounds(self, states: States) -> tuple[int, int]:
        found = self._read.get(states)
        if found is None:
            found = self.matcher.match(states)
            if found != (self._by_grounds(found[0]), self._by_grounds(found[1])):
                raise EngineError([_contradiction(self.engine)])
            self._read.keep(states, found)
        return found

    def _by_grounds(self, mask: int) -> int:
        """What the grounds of a mask amount to, with the grounds themselves."""
        left = self.all
        for bit, resting in self._resting.items():
            if not mask >> bit & 1:
                left &= ~resting
        return left | mask >> self.size << self.size


def _contradiction(engine: Engine) -> Problem:
    return Problem(
        "engine",
        f"the engine {engine.value!r} contradicts itself",
        why="what it found for whole conditions is not what it found for their parts, so rows were lost",
        do=f"nothing is answered; ask again, or with engine={Engine.BITMAP.value!r}",
    )


def matched_by(engine: Engine, scheme: Scheme) -> Matched:
    """The scheme, matched by another engine than the one it has.

    Raises:
        EngineMissingError: the engine is not installed.
    """
    if engine is Engine.DURABLE:
        from lungmets.engine.durable import DurableRules

        return Matched(scheme, engine, DurableRules)
    from lungmets.engine.reference import Reference

    return Matched(scheme, engine, Reference)
