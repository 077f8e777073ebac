"""How well a source carries what rests on it, as far as its own record tells.

Nothing here knows a trial or a drug: a weakness follows from the kind of a source, from its identifiers, from
where it was seen, and from whether a figure compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from lungmets.knowledge.schema import Source

_PUBLISHED_WORK = {"trial", "guideline", "review", "registry", "statement"}
"""Kinds that a journal gives an identifier. A regulator's documents have none, and need none."""

_TELLS_OF_OTHERS = {"review", "registry", "statement"}


class Weakness(StrEnum):
    """Why a source is weak.

    ``no_identifier``: a publication of which neither a DOI nor a PMID was seen: an abstract, news, a copy.
    ``second_hand``: nothing of it was seen at a primary place. ``no_trial``: a review, a registry or a
    statement. ``no_comparison``: a trial of which no figure against a comparator was seen.
    """

    NO_IDENTIFIER = "no_identifier"
    SECOND_HAND = "second_hand"
    NO_TRIAL = "no_trial"
    NO_COMPARISON = "no_comparison"


WORDS: Mapping[Weakness, str] = {
    Weakness.NO_IDENTIFIER: "neither its DOI nor its PMID was seen",
    Weakness.SECOND_HAND: "nothing of it was seen at a primary place",
    Weakness.NO_TRIAL: "it is a review, a registry or a statement",
    Weakness.NO_COMPARISON: "no figure against a comparator was seen",
}

TASKS: Mapping[Weakness, str] = {
    Weakness.NO_IDENTIFIER: "find the full publication and its DOI or PMID",
    Weakness.SECOND_HAND: "see the document itself, and write that under `seen`",
    Weakness.NO_TRIAL: "cite the trials, the guideline or the label behind it",
    Weakness.NO_COMPARISON: "look for a comparison, or a second source that carries the row",
}


def weaknesses(source: Source) -> tuple[Weakness, ...]:
    """Every weakness of a source; none where it carries a row by itself.

    A field that the source calls unverified counts as absent.

    >>> seen = [{"fields": ["doi"], "at": "the journal", "level": "primary"}]
    >>> trial = {"id": "a", "kind": "trial", "name": "A trial", "doi": "10.1000/a", "seen": seen}
    >>> [weakness.value for weakness in weaknesses(Source.model_validate(trial))]
    ['no_comparison']
    """
    return tuple(_weaknesses(source.as_verified()))


def _weaknesses(source: Source) -> Iterator[Weakness]:
    if source.kind in _PUBLISHED_WORK and not (source.doi or source.pmid):
        yield Weakness.NO_IDENTIFIER
    if not any(sighting.level == "primary" for sighting in source.seen):
        yield Weakness.SECOND_HAND
    if source.kind in _TELLS_OF_OTHERS:
        yield Weakness.NO_TRIAL
    compares = any(figure.against or figure.control is not None for figure in source.figures)
    if source.kind == "trial" and not compares:
        yield Weakness.NO_COMPARISON
