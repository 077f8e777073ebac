"""What a mutant is: one small change of the knowledge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lungmets.knowledge.content import Content


class Kind(StrEnum):
    """The kinds of changes, by what they do to a record."""

    RECORD = "record dropped"
    DATE = "date moved"
    PLACE = "place dropped"
    THRESHOLD = "threshold moved"
    CONDITION = "condition dropped"
    WORD = "word changed"
    REGIMEN = "regimen swapped"
    TARGET = "target changed"
    EXCEPTION = "exception dropped"
    STANDING = "standing changed"
    PANEL = "panel loosened"
    PHRASE = "phrase dropped"
    SITE = "likely site changed"
    LACK = "lack dropped"
    SCORE = "score moved"
    GROUP = "population dropped"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One record with one change. ``content`` makes the whole knowledge with it; nothing is read anew.

    ``record`` is the id of the record; drugs, regimens, groups of words, symptoms and panel items have
    their kind before it, as in ``panel:egfr``.
    """

    kind: Kind
    record: str
    what: str
    content: Callable[[], Content]

    @property
    def name(self) -> str:
        """The record, and what was done to it."""
        return f"{self.record}: {self.what}"
