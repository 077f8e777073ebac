"""KRAS: G12C, and everything else.

Conventions
-----------
* G12C is the one class of its own. Any other well-formed change of the protein is ``other``: the
  knowledge tells only G12C apart.
* "Codon 12 mutation", "G12" and "exon 2 mutation" may all be G12C: the class is missing, and is
  not guessed. Codons 13, 59, 61, 117 and 146, and exons 3 and 4, hold no G12C: ``other``.
* G12C found absent ("G12C negative") says nothing of the other changes: it is no negative.
"""

from __future__ import annotations

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
from lungmets.vocabulary import Gene, KrasVariant

_CODON_OF_G12C, _EXON_OF_G12C = 12, 2
_HOT_SPOTS = (13, 59, 61, 117, 146)

_PHRASES: tuple[tuple[str, Lexeme], ...] = (
    (
        "non~g12c(?: mutation| variant| mutated)?|other than g12c|other(?: mutation| variant)?",
        Finding("other than G12C", KrasVariant.OTHER),
    ),
    (
        r"(?:p\.~)?(?:g12x?|gly12)(?: mutation| variant)?",
        Finding("G12", None, _CODON_OF_G12C, _CODON_OF_G12C),
    ),
    (
        r"(?:p\.~)?(?:g13x?|gly13|q61x?|gln61)(?: mutation| variant)?",
        Finding("G13 or Q61", KrasVariant.OTHER),
    ),
    (
        "(?:over~)?express(?:ion|ed|ing)|amplifi(?:ed|cation)|copy number gain",
        Refused("", "expression and copy number of KRAS are not a mutation of KRAS."),
    ),
)


def _classify(change: ProteinChange) -> KrasVariant:
    return KrasVariant.G12C if change.named == "G12C" else KrasVariant.OTHER


def _at_locus(unit: str, number: int) -> KrasVariant | None:
    if unit == "exon":
        return None if number == _EXON_OF_G12C else KrasVariant.OTHER
    if number == _CODON_OF_G12C:
        return None
    if number in _HOT_SPOTS:
        return KrasVariant.OTHER
    raise UnclassedError(f"codon {number} is none of the KRAS codons that are known to be mutated.")


DIALECT = Dialect(
    gene=Gene.KRAS,
    names="k~ras",
    alteration=Alteration.MUTATION,
    phrases=_PHRASES,
    classify=_classify,
    locus=_at_locus,
    bare=dict.fromkeys(SEQUENCED),
    negative_by=SEQUENCED,
    meant=frozenset(KrasVariant),
    known=("G12C", "G12D", "G12V", "G12A", "G12R", "G12S", "G13D", "G13C", "Q61H", "Q61L", "other"),
    expected=(
        "negative, not_tested, pending, inadequate, indeterminate, or what was found: G12C,"
        " another change such as G12D, or other."
    ),
)
