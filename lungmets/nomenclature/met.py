"""MET: exon 14 skipping, amplification, overexpression; three biomarkers, not grades of one.

Conventions for exon 14
-----------------------
Reports number MET by either of two transcripts. In NM_000245 exon 14 is coding bases 2888 to 3028
and ends in residue 1010; in NM_001127500 it is 2942 to 3082 and ends in 1028. Both are read; where
the report names the transcript, only its own numbers are. The borders agree with the splice ranges
under which OncoKB groups these changes (``963_1010splice``, ``981_1028splice``).

What counts as skipping is *a convention of this parser*. It was drawn around what a public list of
changes that one data pipeline groups as skipping has in common, and a conference abstract on the
canonical and the other splice sites of the exon; a laboratory that has sequenced the RNA may well
conclude more:

* by name: "exon 14 skipping", "METex14", "exon 14 deletion", "exon 14 splice site mutation";
* the last base of the exon (c.3028 or c.3082): D1010H, D1010N, D1010Y, or D1028H, D1028N, D1028Y;
* the splice donor: any change that reaches the first three bases of intron 14 (+1 to +3);
* the splice acceptor: a change of the last two bases of intron 13 (-1, -2), or a deletion or
  deletion-insertion of several bases that reaches its last 25, the stretch that carries the
  polypyrimidine tract;
* the shorthand of mutation databases for these places, such as ``X1010_splice``.

A missense change elsewhere in exon 14 (T1010I, Y1003F) is not skipping, and is refused; "exon 14
mutation" does not say whether it is skipping, so that its class is missing.
"""

from __future__ import annotations

from lungmets.nomenclature.coding import CodingChange
from lungmets.nomenclature.lexemes import (
    SEQUENCED,
    Alteration,
    Dialect,
    Finding,
    Lexeme,
    Refused,
    UnclassedError,
)
from lungmets.nomenclature.protein import ProteinChange
from lungmets.vocabulary import Assay, Gene, MetVariant

_EXON_14 = {"nm_000245": (2888, 3028), "nm_001127500": (2942, 3082)}
_LAST_RESIDUE = frozenset(f"D{number}{changed}" for number in (1010, 1028) for changed in ("H", "N", "Y"))
_ACCEPTOR_REACH = -25
_ACCEPTOR_SITE = -2
_DONOR_REACH = 3
# An intron begins with GT and ends with AG; the third base of intron 14 is an A.
_REFERENCE = {1: "G", 2: "T", 3: "A", -2: "A", -1: "G", 0: "G"}

_SKIPPING = Finding("exon 14 skipping", MetVariant.EXON14_SKIPPING, exon=14)
_CHANGE = "(?: mutation| alteration| variant| event)?"

_PHRASES: tuple[tuple[str, Lexeme], ...] = (
    (
        "(?:c~)?met(?:\u03b4|-)?ex(?:on)?14(?:~(?:skipping|skipped|skip|deletion|del))?",
        _SKIPPING,
    ),
    (
        (
            f"(?:\u03b4~)?(?:exon|ex|e)~14~(?:skipping|skipped|skip|deletion|del){_CHANGE}"
            f"|(?:exon|ex)~14~splice~(?:site )?(?:mutation|alteration|variant)"
            "|skipping of exon 14|\u03b4(?:exon|ex)~14"
        ),
        _SKIPPING,
    ),
    (r"(?:p\.~)?(?:x(?:963|1006|1007|1008|1009|1010|981|1028)_?splice|d1010_?splice)", _SKIPPING),
    (
        "(?:high level |focal |gene )?amplifi(?:ed|cation)|(?:high level )?amp",
        Finding("amplification", MetVariant.AMPLIFICATION),
    ),
    ("(?:high )?over~express(?:ion|ed|ing)", Finding("overexpression", MetVariant.OVEREXPRESSION)),
    (r"3~\+", Finding("IHC 3+", MetVariant.OVEREXPRESSION)),
    (
        r"[012]~\+|ihc 0",
        Refused("", "only a score of 3+ is read as overexpression of MET."),
    ),
    ("express(?:ion|ed|ing)", Refused("", "expression without its grade names no class of MET.")),
    ("copy number gain|polysomy", Refused("", "a gain of copies is not called an amplification.")),
)


def _classify(change: ProteinChange) -> MetVariant:
    if change.named in _LAST_RESIDUE:
        return MetVariant.EXON14_SKIPPING
    raise UnclassedError(
        f"{change.named} is not known to skip exon 14; say 'exon 14 skipping' if the laboratory concluded so."
    )


def _classify_coding(change: CodingChange) -> MetVariant:
    """Say whether a coding change takes out a splice site of exon 14."""
    if change.transcript and change.transcript not in _EXON_14:
        raise UnclassedError(f"the numbering of {change.transcript.upper()} is not known here.")
    there = _REFERENCE.get(change.first.offset)
    if change.operation == ">" and there and change.removed != there:
        raise UnclassedError(f"the reference has {there} there, not {change.removed}.")
    numberings = [_EXON_14[change.transcript]] if change.transcript else _EXON_14.values()
    for begin, end in numberings:
        if _hits_donor(change, end) or _hits_acceptor(change, begin):
            return MetVariant.EXON14_SKIPPING
    raise UnclassedError(
        f"{change.named} does not reach a splice site of exon 14; say 'exon 14 skipping' if the"
        " laboratory concluded so."
    )


def _hits_donor(change: CodingChange, end: int) -> bool:
    first, last = change.first, change.last
    if change.operation == ">" and first == last == (end, 0):
        return True  # the last base of the exon, the G of the aspartate codon
    if change.operation in {"ins", "dup"}:
        return False  # an added base may leave the site intact
    begins_before_the_site_ends = first.base < end or (
        first.base == end and 0 <= first.offset <= _DONOR_REACH
    )
    return begins_before_the_site_ends and last.base == end and last.offset >= 1


def _hits_acceptor(change: CodingChange, begin: int) -> bool:
    first, last = change.first, change.last
    if first.base != begin or first.offset >= 0 or change.operation in {"ins", "dup"}:
        return False
    if first == last:
        return first.offset >= _ACCEPTOR_SITE
    # The first base lies in the intron; what counts is how near to the exon the change comes.
    return last.base > begin or last.offset >= _ACCEPTOR_REACH


DIALECT = Dialect(
    gene=Gene.MET,
    names="c~met|met",
    alteration=Alteration.MUTATION,
    phrases=_PHRASES,
    classify=_classify,
    classify_coding=_classify_coding,
    bare={
        **dict.fromkeys(SEQUENCED),
        Assay.IHC: MetVariant.OVEREXPRESSION,
        Assay.FISH: MetVariant.AMPLIFICATION,
    },
    negative_by=SEQUENCED,
    meant=frozenset({MetVariant.EXON14_SKIPPING}),
    known=("exon14_skipping", "exon 14 skipping", "METex14", "D1010H", "D1010N", "D1010Y",
           "amplification", "overexpression"),
    expected=(
        "negative, not_tested, pending, inadequate, indeterminate, or what was found: exon 14"
        " skipping, amplification, overexpression."
    ),
)  # fmt: skip
