"""What a condition means, however it is written: its conjunctions, as values that can be compared.

>>> from lungmets.knowledge.conditions import Grammar
>>> grammar = Grammar({}, symptoms=())
>>> meaning(grammar.read({"egfr": ["l858r", "t790m"]})) == meaning(grammar.read({"egfr": ["t790m", "l858r"]}))
True
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from lungmets.engine.table import bits
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.conditions import Allowed, Conjunction, Span
from lungmets.knowledge.facts import limits

OneWay: TypeAlias = frozenset[tuple[str, Allowed]]
"""One conjunction: facts, and what each may be."""

Meaning: TypeAlias = frozenset[OneWay]
"""The alternatives of a condition, without those that another one covers."""


def meaning(conjunctions: Iterable[Conjunction]) -> Meaning:
    """What a condition means."""
    found = {
        frozenset((fact, _within_limits(fact, allowed)) for fact, allowed in one.items())
        for one in conjunctions
    }
    return frozenset(one for one in found if not any(_covers(other, one) for other in found - {one}))


def meaning_of(base: KnowledgeBase, mask: int) -> Meaning:
    """What some conjunctions of a table mean."""
    return meaning(base.table.conjunctions[bit] for bit in bits(mask))


def _within_limits(fact: str, allowed: Allowed) -> Allowed:
    """A limit that no number of the fact can pass is no limit."""
    if not isinstance(allowed, Span):
        return allowed
    least, most = limits(fact)
    low = None if allowed.low is not None and allowed.low <= (least, 0) else allowed.low
    high = None if allowed.high is not None and allowed.high >= (most, 1) else allowed.high
    return Span(low, high)


def _covers(wide: OneWay, narrow: OneWay) -> bool:
    """Whether one conjunction holds wherever the other does."""
    inside = dict(narrow)
    return all(fact in inside and _holds_all(allowed, inside[fact]) for fact, allowed in wide)


def _holds_all(wide: Allowed, narrow: Allowed) -> bool:
    if isinstance(wide, Span) and isinstance(narrow, Span):
        return wide.within(narrow) == narrow
    return isinstance(wide, frozenset) and isinstance(narrow, frozenset) and narrow <= wide
