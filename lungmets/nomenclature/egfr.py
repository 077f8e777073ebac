"""EGFR: which change belongs to which class.

Conventions
-----------
* An *exon 19 deletion* is any in-frame deletion, or deletion-insertion with a net loss, that lies
  wholly within residues 729-761. Reports and trials count the deletion-insertions in.
* An *exon 20 insertion* is any in-frame insertion, duplication, or deletion-insertion with a net
  gain, within residues 762-823, or directly before residue 762. ``A763_Y764insFQEA`` keeps that
  name here although its sensitivity differs: the class says what was found, not what it means.
* *G719X* is G719A, C, D or S, or the letter X itself.
* Exon 18 deletions (``E709_T710delinsD``) and exon 19 insertions are documented drivers without a
  class of their own: ``other_activating``.
* Any other substitution is refused by name. It may be a driver, a resistance mutation or a
  polymorphism, and only a person can say which.
* Expression and amplification are not mutations.
"""

from __future__ import annotations

from lungmets.nomenclature.lexemes import (
    SEQUENCED,
    Alteration,
    Dialect,
    Filler,
    Finding,
    Lexeme,
    Refused,
    UnclassedError,
)
from lungmets.nomenclature.protein import ChangeKind, ProteinChange
from lungmets.nomenclature.residues import in_exon
from lungmets.vocabulary import EgfrVariant, Gene

_SUBSTITUTIONS = {
    "L858R": EgfrVariant.L858R,
    "G719A": EgfrVariant.G719X,
    "G719C": EgfrVariant.G719X,
    "G719D": EgfrVariant.G719X,
    "G719S": EgfrVariant.G719X,
    "S768I": EgfrVariant.S768I,
    "L861Q": EgfrVariant.L861Q,
    "T790M": EgfrVariant.T790M,
}

_EXON_20_BEGINS = 762
_LOST = "(?:del(?:etion)?s?|del~ins|deletion~insertion)(?: mutation| variant)?"
_GAINED = "(?:ins(?:ertion)?s?|dup(?:lication)?s?)(?: mutation| variant)?"

_PHRASES: tuple[tuple[str, Lexeme], ...] = (
    (
        (
            f"(?:exon|ex|e)~19~(?:in~frame )?{_LOST}|(?:del(?:etion)?|in~frame deletion) in exon 19"
            "|del(?:etion)?~19|19~del(?:etion)?"
            "|del~e?lrea?|e?lrea? del(?:etion)?"
        ),
        Finding("exon 19 deletion", EgfrVariant.EXON19DEL, exon=19),
    ),
    (
        (f"(?:exon|ex|e)~20~(?:in~frame )?{_GAINED}|(?:in~frame )?insertion in exon 20|20~ins(?:ertion)?"),
        Finding("exon 20 insertion", EgfrVariant.EXON20INS, exon=20),
    ),
    (
        f"(?:exon|ex|e)~18~(?:in~frame )?{_LOST}",
        Finding("exon 18 deletion", EgfrVariant.OTHER_ACTIVATING, exon=18),
    ),
    (
        f"(?:exon|ex|e)~19~(?:in~frame )?{_GAINED}",
        Finding("exon 19 insertion", EgfrVariant.OTHER_ACTIVATING, exon=19),
    ),
    (
        f"(?:exon|ex|e)~20~(?:in~frame )?{_LOST}",
        Refused("exon 20 deletion", "an exon 20 deletion belongs to no class of EGFR."),
    ),
    (
        r"(?:p\.~)?(?:g719x?|gly719(?:xaa)?)(?: mutation| variant)?",
        Finding("G719X", EgfrVariant.G719X, 719, 719),
    ),
    (
        "other activating(?: mutation| variant)?",
        Finding("other activating mutation", EgfrVariant.OTHER_ACTIVATING),
    ),
    (
        "(?:in )?exons? 18(?:~-~| to | through |, 19, 20,? (?:and |& )?)21",
        Filler(),  # all the exons that carry a class: no part of the gene is left out
    ),
    (
        "(?:over~)?express(?:ion|ed|ing)|amplifi(?:ed|cation)|copy number gain|polysomy|3~\\+",
        Refused("", "expression and copy number of EGFR are not a mutation of EGFR."),
    ),
    ("egfrv?~viii|viii|v~iii", Refused("EGFRvIII", "EGFRvIII belongs to no class here.")),
)


def _classify(change: ProteinChange) -> EgfrVariant:
    if change.kind is ChangeKind.SUBSTITUTION:
        if change.named in _SUBSTITUTIONS:
            return _SUBSTITUTIONS[change.named]
        raise UnclassedError(f"{change.named} is no EGFR substitution with a class of its own.")

    def lies_in(exon: int) -> bool:
        return in_exon(Gene.EGFR, exon, change.first, change.last)

    if change.net < 0 and lies_in(19):
        return EgfrVariant.EXON19DEL
    if change.net < 0 and lies_in(18):
        return EgfrVariant.OTHER_ACTIVATING
    # An insertion names its two neighbours; D761_E762ins adds its residues to exon 20.
    before_exon_20 = change.kind is ChangeKind.INSERTION and change.last == _EXON_20_BEGINS
    if change.net > 0 and (lies_in(20) or before_exon_20):
        return EgfrVariant.EXON20INS
    if change.net > 0 and lies_in(19):
        return EgfrVariant.OTHER_ACTIVATING
    raise UnclassedError(
        f"{change.named} is neither a net loss within exon 18 or 19 (residues 688-761)"
        " nor a net gain within exon 19 or 20 (residues 729-823)."
    )


DIALECT = Dialect(
    gene=Gene.EGFR,
    names="egfr|erbb1",
    alteration=Alteration.MUTATION,
    phrases=_PHRASES,
    classify=_classify,
    bare=dict.fromkeys(SEQUENCED),
    negative_by=SEQUENCED,
    meant=frozenset(EgfrVariant),
    known=(*_SUBSTITUTIONS, "G719X", "exon19del", "exon20ins", "other_activating",
           "E746_A750del", "L747_P753delinsS", "A767_V769dup", "D770_N771insSVD",
           "exon 19 deletion", "exon 20 insertion", "exon 18 deletion", "exon 19 insertion"),
    expected=(
        "negative, not_tested, pending, inadequate, indeterminate, or what was found: L858R,"
        " exon 19 deletion, E746_A750del, exon 20 insertion, G719X, S768I, L861Q, T790M,"
        " other_activating, several joined by 'and'."
    ),
)  # fmt: skip
