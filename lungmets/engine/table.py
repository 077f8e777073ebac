"""The decision table as bitmaps.

Every condition of the knowledge, of whatever kind of record, is a list of conjunctions; every
conjunction is one bit. For each fact and each value the table holds the bits that this value leaves
possible, so that matching is one AND across the facts, for all records at once. What a state is, and
what *certain* and *possible* mean, stands in :mod:`lungmets.engine.scheme`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from lungmets.engine.scheme import UNKNOWN, Part, Scheme, States
from lungmets.knowledge.conditions import Conjunction, Cut, Span
from lungmets.knowledge.facts import NOT_CONSIDERED

__all__ = ["UNKNOWN", "States", "Table", "bits"]

_MOST_REMEMBERED = 4096
"""Look-ups that a group keeps; more would let memory grow with the answers given."""


class _Column(dict[int, tuple[int, int]]):
    """For each state of one fact, the conjunctions that are certain and that are possible.

    Filled on demand. It stays small: a fact has few values, and bounds are few as well.
    """

    __slots__ = ("all", "allows", "reading", "unasked")

    def __init__(self, everything: int, reading: int, allows: Sequence[int], unasked: int) -> None:
        super().__init__()
        self.all = everything
        self.reading = reading
        self.allows = tuple(allows)
        self.unasked = unasked

    def __missing__(self, state: int) -> tuple[int, int]:
        not_reading = self.all & ~self.reading
        if state == UNKNOWN:
            masks = (not_reading, self.all)
        else:
            every, some = self.reading, 0
            for value, allowed in enumerate(self.allows):
                if state >> value & 1:
                    every &= allowed
                    some |= allowed
            if state & self.unasked:
                # Never asked is an answer of its own, and what a test would have shown stays possible.
                some = self.reading
            masks = (not_reading | every, not_reading | some)
        self[state] = masks
        return masks


class _Group(dict[Any, int]):
    """The columns of one field (a gene and its variants, a set and its members) as one look-up.

    It is looked up by the field's part of the states: a tuple, or the state itself of a field of one
    fact. The two masks are one number, ``certain | possible << size``, so that one AND serves both.
    """

    __slots__ = ("columns", "reading", "size")

    def __init__(self, size: int, columns: Sequence[_Column]) -> None:
        super().__init__()
        self.size = size
        self.columns = tuple(columns)
        self.reading = 0
        for column in columns:
            self.reading |= column.reading

    def __missing__(self, states: Any) -> int:
        certain = possible = self.columns[0].all
        for column, state in zip(self.columns, states if len(self.columns) > 1 else [states], strict=True):
            sure, open_ = column[state]
            certain &= sure
            possible &= open_
        if len(self) >= _MOST_REMEMBERED:  # a set with many members has many states
            self.clear()
        both = self[states] = certain | possible << self.size
        return both


_Groups: TypeAlias = tuple[tuple[Any, _Group], ...]
"""Where each field stands in the states (a position, or a slice), and its group."""


class _TablePart(Part):
    """Some conjunctions of a table. Only the fields that they read are looked at."""

    def __init__(self, mask: int, table: Table, groups: _Groups) -> None:
        super().__init__(mask, table)
        self._size = table.size
        self._groups = tuple(entry for entry in groups if entry[1].reading & mask)

    def certain(self, states: States) -> int:
        """The conjunctions that are certain: the bare row match."""
        found = self.mask
        for place, masks in self._groups:
            found &= masks[states[place]]
        return found

    def possible(self, states: States) -> int:
        """The conjunctions that are still possible."""
        found = self.mask << self._size
        for place, masks in self._groups:
            found &= masks[states[place]]
        return found >> self._size


class Table(Scheme):
    """Conjunctions compiled to bitmaps: a column for each fact that some conjunction reads."""

    def __init__(self, conjunctions: Sequence[Conjunction], choices: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(conjunctions, choices)
        self.columns = tuple(self._column(fact) for fact in self.facts)
        self._reads = tuple(
            tuple((fact, self.position[fact], self.columns[self.position[fact]]) for fact in conjunction)
            for conjunction in self.conjunctions
        )
        self._groups = self._grouped()

    def match(self, states: States) -> tuple[int, int]:
        """The conjunctions that are certain, and those that are possible."""
        both = self.all | self.all << self.size
        for place, masks in self._groups:
            both &= masks[states[place]]
        return both & self.all, both >> self.size

    def part(self, mask: int) -> Part:
        """Some of the conjunctions, to be matched by themselves."""
        return _TablePart(mask, self, self._groups)

    def left_by(self, fields: Container[str], states: States) -> int:
        """What the facts of some fields alone leave: ``certain | possible << size``, as one number.

        The AND of what every field leaves, each field counted once, is what :meth:`match` finds.
        """
        both = self.all | self.all << self.size
        for place, masks in self._groups:
            first = self.facts[place.start if isinstance(place, slice) else place]
            if first.split(".")[0] in fields:
                both &= masks[states[place]]
        return both

    def classes(self, fact: str) -> list[int]:
        """The values of a fact that some conjunction tells apart, one state for each class."""
        column = self.columns[self.position[fact]]
        signature: dict[tuple[int, int], int] = {}
        for value in range(len(self.values[fact])):
            signature.setdefault(column[1 << value], 1 << value)
        return list(signature.values())

    def unknown_facts(self, bit: int, states: States) -> list[str]:
        """The facts that a conjunction reads and that are not yet known to be allowed."""
        mask = 1 << bit
        return [fact for fact, index, column in self._reads[bit] if not column[states[index]][0] & mask]

    def _grouped(self) -> _Groups:
        """Facts are sorted by name, so those of one field stand together."""
        found: list[tuple[Any, _Group]] = []
        for _, run in groupby(range(len(self.facts)), key=lambda index: self.facts[index].split(".")[0]):
            first, *others = run
            span = slice(first, first + 1 + len(others))
            found.append((span if others else first, _Group(self.size, self.columns[span])))
        return tuple(found)

    def _column(self, fact: str) -> _Column:
        allows = [0] * len(self.values[fact])
        for bit, conjunction in enumerate(self.conjunctions):
            allowed = conjunction.get(fact)
            if allowed is None:
                continue
            for value, word in enumerate(self.values[fact]):
                if isinstance(allowed, Span):
                    holds = _holds(allowed, self.cuts[fact], value)
                else:
                    holds = word in allowed
                if holds:
                    allows[value] |= 1 << bit
        values = self.values[fact]
        unasked = 1 << values.index(NOT_CONSIDERED) if NOT_CONSIDERED in values else UNKNOWN
        return _Column(self.all, self.reading[self.position[fact]], allows, unasked)


def _holds(span: Span, cuts: tuple[Cut, ...], value: int) -> bool:
    """Whether bin ``value`` (the numbers between two neighbouring cuts) lies inside the span."""
    low = cuts[value - 1] if value else (float("-inf"), 0)
    high = cuts[value] if value < len(cuts) else (float("inf"), 1)
    return (span.low is None or span.low <= low) and (span.high is None or high <= span.high)


def bits(mask: int) -> Iterable[int]:
    """The positions of the set bits, lowest first.

    >>> list(bits(0b10110))
    [1, 2, 4]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
