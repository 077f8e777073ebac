"""The facts that conditions read, the values of each, and the states that a profile gives them.

Every engine is compiled from this, and every engine is asked in these terms. A fact's *state* is the
set of values that it may have, as a bit mask: one bit for a known value, several for a bound
(``TPS >= 1`` covers two bins), and 0 for an unknown. A conjunction is *certain* when every fact it
reads is known and allowed, and *possible* while some way of filling in the unknowns would make it
certain. Nothing is ever certain because of an unknown.

How conjunctions are matched is no part of this: :class:`~lungmets.engine.table.Table` does it by
bitmaps, :class:`~lungmets.engine.matched.Matched` by any other engine.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from lungmets.knowledge.conditions import Conjunction, Cut, Span

UNKNOWN = 0
"""The state of a fact of which nothing is known."""

States: TypeAlias = tuple[int, ...]
"""The states of all facts, in the order of :attr:`Scheme.facts`."""


class Matcher(Protocol):
    """What every engine is: one question, two masks."""

    def match(self, states: States) -> tuple[int, int]:
        """The conjunctions that are certain, and those that are possible."""
        ...


class Part:
    """Some conjunctions of a scheme, matched by themselves."""

    def __init__(self, mask: int, matcher: Matcher) -> None:
        self.mask = mask
        self._matcher = matcher

    def certain(self, states: States) -> int:
        """The conjunctions that are certain."""
        return self._matcher.match(states)[0] & self.mask

    def possible(self, states: States) -> int:
        """The conjunctions that are still possible."""
        return self._matcher.match(states)[1] & self.mask


class Scheme(ABC):
    """Conjunctions over finite facts. Only facts that some conjunction reads have a place."""

    def __init__(self, conjunctions: Sequence[Conjunction], choices: Mapping[str, tuple[str, ...]]) -> None:
        self.conjunctions: tuple[Conjunction, ...] = tuple(conjunctions)
        self.size = len(self.conjunctions)
        self.all = (1 << self.size) - 1
        read = {fact for conjunction in self.conjunctions for fact in conjunction}
        self.facts: tuple[str, ...] = tuple(sorted(read))
        self.position = {fact: index for index, fact in enumerate(self.facts)}
        self.cuts: dict[str, tuple[Cut, ...]] = {}
        self.values: dict[str, tuple[str, ...]] = {}
        for fact in self.facts:
            if fact in choices:
                self.values[fact] = choices[fact]
            else:
                self.cuts[fact] = self._cuts_of(fact)
                self.values[fact] = _bin_names(self.cuts[fact])
        self.reading = tuple(self._readers(fact) for fact in self.facts)
        self._word_states = {
            (fact, word): 1 << value
            for fact, words in self.values.items()
            for value, word in enumerate(words)
        }

    @abstractmethod
    def match(self, states: States) -> tuple[int, int]:
        """The conjunctions that are certain, and those that are possible."""

    @abstractmethod
    def unknown_facts(self, bit: int, states: States) -> list[str]:
        """The facts that a conjunction reads and that are not yet known to be allowed."""

    @abstractmethod
    def classes(self, fact: str) -> list[int]:
        """The values of a fact that some conjunction tells apart, one state for each class.

        Values that every conjunction treats alike are one class; its first value stands for it.
        """

    def certain(self, states: States) -> int:
        """The conjunctions that are certain."""
        return self.match(states)[0]

    def part(self, mask: int) -> Part:
        """Some of the conjunctions, to be matched by themselves."""
        return Part(mask, self)

    def word_state(self, fact: str, words: Sequence[str]) -> int:
        """The state of a fact that may be any of the words; a fact that nothing reads is unknown."""
        if len(words) == 1 and (fact, words[0]) in self._word_states:
            return self._word_states[fact, words[0]]
        values = self.values.get(fact)
        if values is None:
            return UNKNOWN
        state = 0
        for word in words:
            state |= 1 << values.index(word)
        return state

    def number_state(
        self, fact: str, low: float, high: float, *, low_open: bool = False, high_open: bool = False
    ) -> int:
        """The state of a number that lies in an interval: the bins that the interval touches."""
        cuts = self.cuts.get(fact)
        if cuts is None:
            return UNKNOWN
        first = bisect_right(cuts, (low, 1.5 if low_open else 0.5))
        last = bisect_right(cuts, (high, -0.5 if high_open else 0.5))
        state = ((1 << (last - first + 1)) - 1) << first
        return UNKNOWN if state == (1 << len(cuts) + 1) - 1 else state

    def _readers(self, fact: str) -> int:
        """The conjunctions that read a fact."""
        return sum(1 << bit for bit, conjunction in enumerate(self.conjunctions) if fact in conjunction)

    def _cuts_of(self, fact: str) -> tuple[Cut, ...]:
        found: set[Cut] = set()
        for conjunction in self.conjunctions:
            span = conjunction.get(fact)
            if isinstance(span, Span):
                found.update(cut for cut in (span.low, span.high) if cut is not None)
        return tuple(sorted(found))


def _bin_names(cuts: tuple[Cut, ...]) -> tuple[str, ...]:
    """Readable names of the bins: ``<1``, ``1``, ``>1 <50``, ``>=50``."""
    names = []
    for index in range(len(cuts) + 1):
        parts = []
        if 0 < index < len(cuts) and cuts[index - 1][0] == cuts[index][0]:
            names.append(f"{cuts[index][0]:g}")
            continue
        if index:
            number, side = cuts[index - 1]
            parts.append(f"{'>' if side else '>='}{number:g}")
        if index < len(cuts):
            number, side = cuts[index]
            parts.append(f"{'<=' if side else '<'}{number:g}")
        names.append(" ".join(parts))
    return tuple(names)
