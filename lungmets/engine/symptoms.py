"""Which symptoms a person's words name.

The phrases stand in ``knowledge/alerts.yaml``. A phrase is found as whole words, wherever it stands
in the text; what no phrase finds is returned as not understood, and is never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from lungmets.knowledge.base import KnowledgeBase
from lungmets.profile import SymptomEntry

_GAP = re.compile(r"[\W_]+")


class Recognised(NamedTuple):
    """Symptoms by id, and the texts in which none was found."""

    known: tuple[str, ...]
    not_understood: tuple[str, ...]


def recognise(base: KnowledgeBase, symptoms: Iterable[SymptomEntry]) -> Recognised:
    """The symptoms that are named, in the order of the knowledge."""
    known: set[str] = set()
    unclear: list[str] = []
    for symptom in symptoms:
        found = named_in(base, f"{symptom.what} | {symptom.course or ''}")
        known |= found
        if not found:
            unclear.append(symptom.what)
    if not known:
        return Recognised((), tuple(unclear))
    return Recognised(tuple(sorted(known)), tuple(unclear))  # no answer depends on the order of a file


def named_in(base: KnowledgeBase, text: str) -> frozenset[str]:
    """The ids of all symptoms that a text names."""
    said = f" {plain(text)} "
    index = _phrases(base)
    return frozenset(
        name for word in set(said.split()) for phrase, name in index.get(word, ()) if phrase in said
    )


def _phrases(base: KnowledgeBase) -> dict[str, list[tuple[str, str]]]:
    """The phrases by their first word, each with its symptom; made once for a knowledge base."""
    if not base.phrases:
        found: dict[str, list[tuple[str, str]]] = {}
        for word in base.content.alerts.symptoms:
            for phrase in (word.id, *word.phrases):
                words = plain(phrase)
                found.setdefault(words.partition(" ")[0], []).append((f" {words} ", word.id))
        base.phrases = found
    return base.phrases


def plain(text: str) -> str:
    """A text as phrases are looked for in it: words in small letters, with single blanks between.

    >>> plain("Cannot-walk!")
    'cannot walk'
    """
    return _GAP.sub(" ", text.casefold()).strip()
