"""BRAF: V600E, and everything else.

Conventions
-----------
* V600E is the one class of its own. Any other well-formed change of the protein is ``other``:
  V600K, the class II and class III mutations, in-frame insertions and deletions.
* "V600", "codon 600 mutation", "class I" and "exon 15 mutation" may all be V600E: the class is
  missing, and is not guessed.
"""

from __future__ import annotations

from lungmets.nomenclature.lexemes import (
    SEQUENCED,
    Alteration,
    Dialect,
    Finding,
    Lexeme,
    Refused,
)
from lungmets.nomenclature.protein import ProteinChange
from lungmets.vocabulary import BrafVariant, Gene

_PHRASES: tuple[tuple[str, Lexeme], ...] = (
    (
        "non~v600e?(?: mutation| variant| mutated)?|other than v600e?|other(?: mutation| variant)?",
        Finding("other than V600E", BrafVariant.OTHER),
    ),
    (
        r"(?:p\.~)?(?:v600x?|val600)(?: mutation| variant)?|class (?:i|1)(?: mutation| variant)?",
        Finding("V600", None, 600, 600),
    ),
    (
        "class (?:iii?|2|3)(?: mutation| variant)?",
        Finding("class II or III", BrafVariant.OTHER),
    ),
    (
        "(?:over~)?express(?:ion|ed|ing)|amplifi(?:ed|cation)|copy number gain",
        Refused("", "expression and copy number of BRAF are not a mutation of BRAF."),
    ),
)


def _classify(change: ProteinChange) -> BrafVariant:
    return BrafVariant.V600E if change.named == "V600E" else BrafVariant.OTHER


def _at_locus(unit: str, number: int) -> BrafVariant | None:
    holds_v600e = (unit, number) in {("exon", 15), ("codon", 600)}
    return None if holds_v600e else BrafVariant.OTHER


DIALECT = Dialect(
    gene=Gene.BRAF,
    names="b~raf",
    alteration=Alteration.MUTATION,
    phrases=_PHRASES,
    classify=_classify,
    locus=_at_locus,
    bare=dict.fromkeys(SEQUENCED),
    negative_by=SEQUENCED,
    meant=frozenset(BrafVariant),
    known=("V600E", "V600K", "V600R", "G469A", "D594G", "K601E", "other"),
    expected=(
        "negative, not_tested, pending, inadequate, indeterminate, or what was found: V600E,"
        " another change such as G469A, or other."
    ),
)
