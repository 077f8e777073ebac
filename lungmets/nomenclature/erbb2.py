"""ERBB2 (HER2): an activating mutation of the kinase domain, amplification, overexpression.

Conventions
-----------
* The knowledge speaks of *activating mutations in the kinase domain*. In-frame insertions,
  duplications and net gains within exon 20 (residues 770-831) are such; of the substitutions only
  a short list is read: L755S, L755P, D769H, D769Y, G776V, V777L, V842I.
* Any other substitution is refused by name. S310F lies outside the kinase domain; others inside it
  may or may not activate, and only a person can say which.
* "HER2 mutation" is read as the class ``mutation``, as is the word itself; "mutated", "mutation
  detected" and "positive" lack the class, because they do not say where the mutation lies.
* "Positive" by immunohistochemistry is overexpression, by FISH amplification. A negative by either
  says nothing of mutations, and is refused.
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
from lungmets.nomenclature.protein import ChangeKind, ProteinChange
from lungmets.nomenclature.residues import in_exon
from lungmets.vocabulary import Assay, Erbb2Variant, Gene

_SUBSTITUTIONS = ("L755S", "L755P", "D769H", "D769Y", "G776V", "V777L", "V842I")

_PHRASES: tuple[tuple[str, Lexeme], ...] = (
    (
        (
            "(?:exon|ex|e)~20~(?:in~frame )?(?:ins(?:ertion)?s?|dup(?:lication)?s?)"
            "(?: mutation| variant)?"
            "|(?:in~frame )?insertion in exon 20|20~ins(?:ertion)?"
        ),
        Finding("exon 20 insertion", Erbb2Variant.MUTATION, exon=20),
    ),
    (
        (
            "activating(?: (?:tyrosine )?kinase domain| tkd)? mutation"
            "|(?:(?:tyrosine )?kinase domain|tkd)(?: activating)? mutation"
        ),
        Finding("activating mutation of the kinase domain", Erbb2Variant.MUTATION),
    ),
    (
        "(?:high level |focal |gene )?amplifi(?:ed|cation)|(?:high level )?amp",
        Finding("amplification", Erbb2Variant.AMPLIFICATION),
    ),
    (
        "(?:high )?over~express(?:ion|ed|ing)",
        Finding("overexpression", Erbb2Variant.OVEREXPRESSION),
    ),
    (r"3~\+", Finding("IHC 3+", Erbb2Variant.OVEREXPRESSION)),
    (
        r"[012]~\+|ihc 0",
        Refused("", "only a score of 3+ is read as overexpression of HER2."),
    ),
    ("express(?:ion|ed|ing)", Refused("", "expression without its grade names no class of HER2.")),
    ("copy number gain|polysomy", Refused("", "a gain of copies is not called an amplification.")),
)


def _classify(change: ProteinChange) -> Erbb2Variant:
    if change.named in _SUBSTITUTIONS:
        return Erbb2Variant.MUTATION
    inserts = change.kind is not ChangeKind.SUBSTITUTION and change.net > 0
    if inserts and in_exon(Gene.ERBB2, 20, change.first, change.last):
        return Erbb2Variant.MUTATION
    raise UnclassedError(
        f"{change.named} is not among the activating mutations of the kinase domain that are known"
        " here, and only those have a class; say 'activating mutation' if the laboratory did."
    )


DIALECT = Dialect(
    gene=Gene.ERBB2,
    names="erb~b~2|her~2(?:/neu)?",
    alteration=Alteration.MUTATION,
    phrases=_PHRASES,
    classify=_classify,
    bare={
        **dict.fromkeys(SEQUENCED),
        Assay.IHC: Erbb2Variant.OVEREXPRESSION,
        Assay.FISH: Erbb2Variant.AMPLIFICATION,
    },
    negative_by=SEQUENCED,
    meant=frozenset({Erbb2Variant.MUTATION}),
    noun=Erbb2Variant.MUTATION,
    known=(*_SUBSTITUTIONS, "Y772_A775dup", "G776delinsVC", "exon 20 insertion", "mutation",
           "amplification", "overexpression"),
    expected=(
        "negative, not_tested, pending, inadequate, indeterminate, or what was found: exon 20"
        " insertion, Y772_A775dup, mutation (activating, kinase domain), amplification,"
        " overexpression."
    ),
)  # fmt: skip
