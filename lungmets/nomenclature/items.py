"""A result as items: what stands between two joining words, with its brackets kept apart."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple, TypeVar

from lungmets.nomenclature.lexemes import Bracket, Join, Lexeme
from lungmets.nomenclature.not_understood import UnreadableError

Kind = TypeVar("Kind")


class Item(NamedTuple):
    """The lexemes between two joining words; ``inner`` holds what is bracketed, part by part."""

    outer: list[Lexeme]
    inner: list[list[Lexeme]]

    def all(self) -> list[Lexeme]:
        """Return every lexeme of the item."""
        return [*self.outer, *chain.from_iterable(self.inner)]


def of(kind: type[Kind], lexemes: Iterable[object]) -> list[Kind]:
    """Return the lexemes of one kind."""
    return [lexeme for lexeme in lexemes if isinstance(lexeme, kind)]


def has(lexemes: Iterable[object], *kinds: type) -> bool:
    """Return whether there is a lexeme of any of the kinds."""
    return any(isinstance(lexeme, kinds) for lexeme in lexemes)


def items_of(lexemes: list[Lexeme]) -> list[Item]:
    """Part the lexemes at the joining words, or say why they cannot be parted."""
    items, inside = [Item([], [])], False
    for lexeme in lexemes:
        if isinstance(lexeme, Bracket):
            if lexeme.opens is inside:  # one bracket within another is no result's style
                raise UnreadableError("its brackets do not match.")
            inside = lexeme.opens
            if inside:
                items[-1].inner.append([])
        elif isinstance(lexeme, Join):
            if inside:
                items[-1].inner.append([])
            else:
                items.append(Item([], []))
        else:
            (items[-1].inner[-1] if inside else items[-1].outer).append(lexeme)
    if inside:
        raise UnreadableError("its brackets do not match.")
    if lexemes and isinstance(lexemes[-1], Join) and lexemes[-1].word == "and":
        raise UnreadableError("it ends in the middle: something should follow 'and'.")
    return items
