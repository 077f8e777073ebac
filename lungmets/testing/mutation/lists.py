"""Small changes of a list and of a word: one item less, and the next word of a closed set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lungmets.testing.mutation.conditions import Change
from lungmets.testing.mutation.kinds import Kind
from lungmets.testing.mutation.sites import other


def next_word(words: Any, word: Any, without: Any = None) -> list[Change]:
    """The next of some words, round.

    >>> from lungmets.vocabulary import StageGroup
    >>> [what for _, what, _ in next_word(StageGroup, StageGroup.IVB)]
    ['IVA']
    """
    ring = [one for one in words if one is not without]
    instead = ring[(ring.index(word) + 1) % len(ring)]
    return [(Kind.STANDING, instead.value, instead)]


def without(kind: Kind, several: tuple[Any, ...], *, least: int) -> Iterator[Change]:
    """One item less, where enough remain.

    >>> [changed for _, _, changed in without(Kind.PHRASE, ("fits", "seizures"), least=1)]
    [('seizures',), ('fits',)]
    """
    for index, item in enumerate(several) if len(several) > least else ():
        told = item if isinstance(item, str) else f"[{index}]"
        yield kind, f"without {told}", other(several, index)
