"""Protein changes as reports write them: HGVS, without the prefix, and the older habit.

What is read
------------
* substitutions: ``L858R``, ``p.L858R``, ``p.(Leu858Arg)``
* deletions: ``E746_A750del``, ``p.Glu746_Ala750del``, ``E746-A750del``, and ``delE746_A750``
* deletion-insertions: ``E746_S752delinsV``, ``G776delinsVC``, and ``delE709_T710insD``
* insertions between two neighbours: ``D770_N771insSVD``
* duplications: ``A767_V769dup``, also with the residues spelled after it

The grammar follows the HGVS recommendations for proteins. Case is ignored in the whole package, so
that an inserted sequence such as ``Val`` would have two readings; it is taken to be written in the
style of the residues before it (``Glu746`` three letters, ``E746`` one).

Stop codons, frameshifts and unchanged residues are well formed, but none of the genes here has a
class for them: they are refused by name.

>>> change, end = read_protein_change("p.glu746_ala750del", 0)
>>> change.named, change.kind.name, change.first, change.last, change.net
('E746_A750del', 'DELETION', 746, 750, -5)
>>> read_protein_change("wild type", 0) is None
True
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

_THREE_LETTER = {
    "ala": "A", "arg": "R", "asn": "N", "asp": "D", "cys": "C", "gln": "Q", "glu": "E",
    "gly": "G", "his": "H", "ile": "I", "leu": "L", "lys": "K", "met": "M", "phe": "F",
    "pro": "P", "ser": "S", "thr": "T", "trp": "W", "tyr": "Y", "val": "V",
}  # fmt: skip
_ONE_LETTER = frozenset("acdefghiklmnpqrstvwy")


class ChangeKind(Enum):
    """How the protein differs from its reference."""

    SUBSTITUTION = "substitution"
    DELETION = "deletion"
    DELETION_INSERTION = "deletion-insertion"
    INSERTION = "insertion"
    DUPLICATION = "duplication"


class ProteinChange(NamedTuple):
    """One change of a protein.

    ``first`` and ``last`` are residue numbers; for an insertion they are its two neighbours.
    ``start`` and ``end`` are the amino acids that the text says stand there, empty where it does
    not say. ``net`` is how many residues longer the protein becomes. ``named`` is the change in
    one-letter HGVS style, for messages.
    """

    kind: ChangeKind
    first: int
    last: int
    start: str
    end: str
    inserted: str
    net: int
    named: str


class MalformedError(Exception):
    """Something that begins like a protein or coding change and cannot be one."""

    def __init__(self, named: str, why: str) -> None:
        super().__init__(why)
        self.named = named
        self.why = why


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    residue = "(?:" + "|".join(_THREE_LETTER) + "|[acdefghiklmnpqrstvwy])"
    body = (
        # delE746_A750, delE709_T710insD
        rf"(?P<old>del)[ -]?(?P<oa>{residue})(?P<on>\d{{1,4}})[_-]"
        rf"(?P<ob>{residue})(?P<om>\d{{1,4}})(?:ins(?P<oins>[a-z]+))?"
        # E746_A750del, E746_S752delinsV, D770_N771insSVD, A767_V769dup
        rf"|(?P<ra>{residue})(?P<rn>\d{{1,4}})[_-](?P<rb>{residue})(?P<rm>\d{{1,4}})[ ]?"
        rf"(?P<rop>delins|deletion|del|insertion|ins|duplication|dup)(?P<rseq>[a-z]+|\d{{1,3}})?"
        # G776delinsVC, S768dup
        rf"|(?P<sa>{residue})(?P<sn>\d{{1,4}})"
        rf"(?P<sop>delins|deletion|del|ins|duplication|dup)(?P<sseq>[a-z]+|\d{{1,3}})?"
        # L858R, and what is well formed but no class: L858=, Q61*, Q61Ter, D1010fs*4
        rf"|(?P<a>{residue})(?P<n>\d{{1,4}})(?P<b>{residue}(?![a-z]*fs)|[a-z]*fs[a-z*0-9]*|\*|ter|=)"
    )
    reference = r"(?:np_[0-9]+(?:\.[0-9]+)?(?:\([a-z0-9]+\))? ?: ?)?"
    names = re.sub(r"\(\?P<(\w+)>", r"(?P<\1_>", body)  # the same groups, within p.( )
    return re.compile(rf"{reference}(?:p\. ?\((?:{names})\)|(?:p\. ?)?(?:{body}))(?![a-z0-9_*=])", re.ASCII)


def read_protein_change(text: str, position: int) -> tuple[ProteinChange, int] | None:
    """Read the protein change that begins at ``position`` of a text in lower case.

    Returns the change and where it ends, or None when nothing like one begins there; raises
    :class:`MalformedError` for what begins like a change and cannot be one.
    """
    match = _pattern().match(text, position)
    if match is None:
        return None
    found = {name.removesuffix("_"): value for name, value in match.groupdict().items() if value}
    written = match.group()
    if "old" in found:
        operation = "delins" if "oins" in found else "del"
        change = _ranged(
            written, operation, found["oa"], found["on"], found["ob"], found["om"],
            found.get("oins", ""),
        )  # fmt: skip
    elif "rop" in found:
        change = _ranged(
            written, found["rop"], found["ra"], found["rn"], found["rb"], found["rm"],
            found.get("rseq", ""),
        )  # fmt: skip
    elif "sop" in found:
        change = _ranged(
            written, found["sop"], found["sa"], found["sn"], found["sa"], found["sn"],
            found.get("sseq", ""),
        )  # fmt: skip
    else:
        change = _substitution(found["a"], int(found["n"]), found["b"])
    return change, match.end()


def _substitution(old: str, number: int, new: str) -> ProteinChange:
    start = _letter(old)
    if new in {"*", "ter"} or new.endswith("fs") or "fs" in new:
        raise MalformedError(
            f"{start}{number}", "a stop codon or a frameshift belongs to no class of this gene."
        )
    end = start if new == "=" else _letter(new)
    named = f"{start}{number}{end}"
    if end == start:
        raise MalformedError(named, f"{named} leaves the protein as it is.")
    return ProteinChange(ChangeKind.SUBSTITUTION, number, number, start, start, end, 0, named)


def _ranged(
    written: str, operation: str, old: str, first: str, other: str, last: str, sequence: str
) -> ProteinChange:
    start, end, low, high = _letter(old), _letter(other), int(first), int(last)
    where = f"{start}{low}" if low == high else f"{start}{low}_{end}{high}"
    if _is_long(old) != _is_long(other):
        raise MalformedError(written, "it mixes one-letter and three-letter amino acids.")
    if high < low or (low == high and start != end):
        raise MalformedError(written, f"{start}{low}_{end}{high} is not a range of residues.")
    size = high - low + 1
    residues = _residues(sequence, three_letter=_is_long(old), written=written)
    if operation == "delins":
        if not residues:
            raise MalformedError(written, "it does not say what is inserted.")
        named, net = f"{where}delins{residues}", len(residues) - size
        return ProteinChange(ChangeKind.DELETION_INSERTION, low, high, start, end, residues, net, named)
    if operation.startswith("ins"):
        if high != low + 1:
            raise MalformedError(written, "an insertion stands between two neighbouring residues.")
        if not residues:
            raise MalformedError(written, "it does not say what is inserted.")
        named = f"{where}ins{residues}"
        return ProteinChange(ChangeKind.INSERTION, low, high, start, end, residues, len(residues), named)
    spelled = size if sequence.isdigit() and int(sequence) == size else len(residues)
    if sequence and spelled != size:
        raise MalformedError(written, f"what is spelled after it is not the {size} residues of {where}.")
    if operation.startswith("dup"):
        return ProteinChange(ChangeKind.DUPLICATION, low, high, start, end, residues, size, f"{where}dup")
    return ProteinChange(ChangeKind.DELETION, low, high, start, end, "", -size, f"{where}del")


def _letter(residue: str) -> str:
    return _THREE_LETTER[residue] if _is_long(residue) else residue.upper()


def _is_long(residue: str) -> bool:
    return residue in _THREE_LETTER


def _residues(sequence: str, *, three_letter: bool, written: str) -> str:
    if not sequence or sequence.isdigit():
        return ""
    if three_letter:
        parts = [sequence[at : at + 3] for at in range(0, len(sequence), 3)]
        if all(part in _THREE_LETTER for part in parts):
            return "".join(_THREE_LETTER[part] for part in parts)
    elif _ONE_LETTER.issuperset(sequence):
        return sequence.upper()
    raise MalformedError(written, f"'{sequence}' is not a sequence of amino acids.")
