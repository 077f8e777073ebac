"""A protein or coding change in a text, and what the gene makes of it.

What is well formed and has a class is a finding. Everything else is kept, with the reason, as
:class:`~lungmets.nomenclature.lexemes.Unlisted`: a change without a class, one that contradicts the
reference, one that cannot be.
"""

from __future__ import annotations

import re

from lungmets.nomenclature.coding import CodingChange, as_protein_change, read_coding_change
from lungmets.nomenclature.lexemes import Dialect, Finding, UnclassedError, Unlisted
from lungmets.nomenclature.not_understood import nearest_words
from lungmets.nomenclature.protein import (
    ChangeKind,
    MalformedError,
    ProteinChange,
    read_protein_change,
)
from lungmets.nomenclature.residues import LENGTHS, residue
from lungmets.vocabulary import Gene

_SUBSTITUTION = re.compile("[A-Z]([0-9]+)[A-Z]")


def read_change(text: str, position: int, dialect: Dialect) -> tuple[Finding | Unlisted, int] | None:
    """Read the change that begins at ``position`` of a text in lower case, if one does."""
    try:
        coding = read_coding_change(text, position)
        if coding is not None:
            return _classed_coding(coding[0], dialect), coding[1]
        protein = read_protein_change(text, position)
    except MalformedError as error:
        # Where it ends is unknown, but nothing after it can make it right.
        return Unlisted(error.named, error.why, _nearest(error.named, dialect)), len(text)
    if protein is None:
        return None
    return _classed(protein[0], dialect), protein[1]


def _classed_coding(change: CodingChange, dialect: Dialect) -> Finding | Unlisted:
    try:
        if dialect.classify_coding is None:
            return _classed(as_protein_change(dialect.gene, change), dialect)
        return Finding(change.named, dialect.classify_coding(change))
    except MalformedError as error:
        return Unlisted(change.named, str(error))
    except UnclassedError as error:
        return Unlisted(change.named, str(error), well_formed=True)


def _classed(change: ProteinChange, dialect: Dialect) -> Finding | Unlisted:
    misread = _misread(change, dialect.gene)
    if misread is not None:
        return Unlisted(change.named, misread, _nearest(change.named, dialect))
    try:
        variant = dialect.classify(change)
    except UnclassedError as error:
        nearest = _nearest(change.named, dialect)
        return Unlisted(change.named, str(error), nearest, well_formed=True)
    return Finding(change.named, variant, change.first, change.last)


def _misread(change: ProteinChange, gene: Gene) -> str | None:
    """Say where the change contradicts the reference protein, if it does."""
    stated = [(change.first, change.start), (change.last, change.end)]
    if change.kind is ChangeKind.DUPLICATION and change.inserted:
        stated += list(enumerate(change.inserted, start=change.first))
    for number, letter in stated:
        if not 0 < number <= LENGTHS.get(gene, number):
            return f"{gene.value.upper()} has no residue {number}."
        there = residue(gene, number)
        if letter and there and there != letter:
            return f"residue {number} of {gene.value.upper()} is {there}, not {letter}."
    return None


def _nearest(named: str, dialect: Dialect) -> tuple[str, ...]:
    """Return the known changes of the same residue, then those spelled alike, then the closest."""
    alike = nearest_words(named, dialect.known)
    asked = _SUBSTITUTION.fullmatch(named)
    if asked is None:
        return alike
    distance = {
        word: abs(int(known[1]) - int(asked[1]))
        for word in dialect.known
        if (known := _SUBSTITUTION.fullmatch(word))
    }
    closest = sorted(distance, key=lambda word: (distance[word], word not in alike))
    same_residue = [word for word in closest if not distance[word]]
    return tuple(dict.fromkeys([*same_residue, *alike, *closest]))[:3]
