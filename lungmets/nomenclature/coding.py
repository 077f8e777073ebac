"""Coding-DNA changes, as far as they can be read without the whole transcript.

A report often gives ``c.2573T>G`` beside, or instead of, ``p.L858R``. Three things are read, and
nothing else:

* a change of bases within one codon that :mod:`~lungmets.nomenclature.residues` spells; it is
  translated by the standard genetic code, and its reference bases are checked;
* a deletion, duplication, insertion or deletion-insertion, by arithmetic: three bases to a codon,
  the first base of the start codon being 1; what is not a multiple of three shifts the frame;
* the position itself, with its distance into the intron (``c.3028+1``), for splice sites.

A reference such as ``NM_005228.5:`` may stand before it.

>>> change, _ = read_coding_change("c.2573t>g", 0)
>>> as_protein_change(Gene.EGFR, change).named
'L858R'
>>> change, _ = read_coding_change("nm_005228.5:c.2235_2249del", 0)
>>> as_protein_change(Gene.EGFR, change)[:3]
(<ChangeKind.DELETION: 'deletion'>, 745, 750)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lungmets.nomenclature.protein import ChangeKind, MalformedError, ProteinChange
from lungmets.nomenclature.residues import CODONS, TRANSCRIPTS, amino_acid
from lungmets.vocabulary import Gene

_CODON = 3  # bases
_NEIGHBOURS = 2


class Position(NamedTuple):
    """A base of the coding sequence, and the distance from it into the intron."""

    base: int
    offset: int


class CodingChange(NamedTuple):
    """One change of the coding DNA.

    ``operation`` is ``>``, ``del``, ``dup``, ``ins`` or ``delins``.
    """

    transcript: str
    first: Position
    last: Position
    operation: str
    removed: str
    added: str
    named: str


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    position = r"\d{1,5}(?:[+-]\d{1,4})?"
    return re.compile(
        r"(?:(?P<transcript>n[mc]_\d+)(?:\.\d+)?(?:\([a-z0-9]+\))? ?: ?)?c\. ?"
        rf"(?P<first>{position})(?:_(?P<last>{position}))?"
        r"(?:(?P<ref>[acgt]+)>(?P<alt>[acgt]+)|>(?P<only>[acgt]+)"
        r"|del(?P<cut>[acgt]+|\d{1,4})?ins(?P<put>[acgt]+)"
        r"|ins(?P<ins>[acgt]+)"
        r"|(?P<op>del|dup)(?:[acgt]+|\d{1,4})?)(?![a-z0-9_>*])",
        re.ASCII,
    )


def read_coding_change(text: str, position: int) -> tuple[CodingChange, int] | None:
    """Read the coding change that begins at ``position`` of a text in lower case, if one does."""
    match = _pattern().match(text, position)
    if match is None:
        return None
    first = _position(match["first"])
    last = _position(match["last"] or match["first"])
    operation, removed, added = "delins", match["ref"] or match["cut"] or "", ""
    if match["ref"]:
        operation, added = ">", match["alt"]
    elif match["ins"]:
        operation, added = "ins", match["ins"]
    elif match["op"]:
        operation = match["op"]
    else:
        added = match["put"] or match["only"]
    if removed.isdigit():
        removed = ""
    written = match.group()
    named = re.sub(
        "(?<![a-z])[acgt]+(?![a-z.])|(?<=del)[acgt]+|(?<=ins)[acgt]+|(?<=dup)[acgt]+",
        lambda bases: bases.group().upper(),
        written[written.index("c.") :],
    )
    if operation == ">" and removed == added:
        raise MalformedError(named, "it replaces bases by themselves.")
    change = CodingChange(
        match["transcript"] or "", first, last, operation, removed.upper(), added.upper(), named
    )
    return change, match.end()


def _position(written: str) -> Position:
    # "3028", "3028+1" or "2888-15": the sign belongs to the distance into the intron
    base = re.split("[+-]", written)[0]
    return Position(int(base), int(written[len(base) :] or 0))


def as_protein_change(gene: Gene, change: CodingChange) -> ProteinChange:
    """Work out what the change does to the protein, or raise :class:`MalformedError`."""
    known = TRANSCRIPTS.get(gene, frozenset())
    if change.transcript and change.transcript not in known:
        why = f"the numbering of {change.transcript.upper()} is not known here."
        raise MalformedError(change.named, why)
    if change.first.offset or change.last.offset:
        raise MalformedError(
            change.named, "it lies in an intron; give the protein change, or the effect in words."
        )
    if change.last.base < change.first.base or not change.first.base:
        raise MalformedError(change.named, "its positions are not a range.")
    codon = (change.first.base - 1) // _CODON + 1
    same_codon = codon == (change.last.base - 1) // _CODON + 1
    if change.operation == ">" or (
        change.operation == "delins"
        and same_codon
        and len(change.added) == change.last.base - change.first.base + 1
    ):
        return _within_codon(gene, change, codon)
    return _by_arithmetic(change)


def _within_codon(gene: Gene, change: CodingChange, codon: int) -> ProteinChange:
    size = change.last.base - change.first.base + 1
    if change.removed and len(change.removed) > 1 and change.first == change.last:
        size = len(change.removed)  # c.34GG>TT, the older habit of naming the first base alone
    offset = (change.first.base - 1) % _CODON
    spelled = CODONS.get(gene, {}).get(codon)
    if len(change.added) != size or (change.removed and len(change.removed) != size):
        raise MalformedError(change.named, "the bases before and after the arrow differ in number.")
    if spelled is None or offset + size > _CODON:
        raise MalformedError(
            change.named, "this coding change is not known here; give the protein change instead."
        )
    if change.removed and spelled[offset : offset + size] != change.removed:
        raise MalformedError(
            change.named, f"codon {codon} of {gene.value.upper()} reads {spelled} in the reference."
        )
    start = amino_acid(spelled)
    end = amino_acid(spelled[:offset] + change.added + spelled[offset + size :])
    named = f"{start}{codon}{end}"
    if end in {start, "*"}:
        raise MalformedError(change.named, f"it is read as {named}, which belongs to no class.")
    return ProteinChange(ChangeKind.SUBSTITUTION, codon, codon, start, start, end, 0, named)


def _by_arithmetic(change: CodingChange) -> ProteinChange:
    size = change.last.base - change.first.base + 1
    kind, difference = {
        "del": (ChangeKind.DELETION, -size),
        "dup": (ChangeKind.DUPLICATION, size),
        "ins": (ChangeKind.INSERTION, len(change.added)),
        "delins": (ChangeKind.DELETION_INSERTION, len(change.added) - size),
    }[change.operation]
    if change.operation == "ins" and size != _NEIGHBOURS:
        raise MalformedError(change.named, "an insertion stands between two neighbouring bases.")
    if difference % _CODON:
        raise MalformedError(change.named, "it shifts the reading frame, which belongs to no class.")
    first, last = ((base - 1) // _CODON + 1 for base in (change.first.base, change.last.base))
    return ProteinChange(kind, first, last, "", "", "", difference // _CODON, change.named)
