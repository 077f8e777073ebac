"""The named findings of a result, and the classes that they amount to.

Several findings of one class are one; several of different classes need a joining word, so that
"L858R T790M" is not taken for one change misspelt, nor "exon 20 insertion (E746_A750del)" for two.
"""

from __future__ import annotations

from lungmets.nomenclature.items import Item, has, of
from lungmets.nomenclature.lexemes import (
    NOT_SEQUENCED,
    Alteration,
    Answer,
    Detected,
    Dialect,
    Finding,
    Lexeme,
    Locus,
    Noun,
    Positive,
    Source,
    Uncertain,
    UnclassedError,
)
from lungmets.nomenclature.not_understood import UnreadableError
from lungmets.nomenclature.residues import EXONS, in_exon
from lungmets.vocabulary import Variant


def findings_of(items: list[Item], dialect: Dialect) -> list[Finding]:
    """Return what the items find, or say why they contradict themselves."""
    found: list[Finding] = []
    for item in items:
        lexemes = item.all()
        named = _named(item)
        if named:
            for locus in of(Locus, lexemes):
                for finding in named:
                    _check_place(finding, locus, dialect)
            if has(lexemes, Uncertain):
                raise UnreadableError(f"{named[0].named} is not of unknown significance.")
            found += named
        elif not has(lexemes, Answer, Uncertain):
            found += _unnamed(lexemes, dialect)
    return found


def classes_of(findings: list[Finding], everything: list[Lexeme], dialect: Dialect) -> set[Variant]:
    """Return the classes of the findings; refuse where the class of one would be lost."""
    classed = [each for each in findings if each.variant]
    classes = {each.variant for each in classed if each.variant}
    if not classes:
        return classes
    kinds = {each.of for each in [*of(Noun, everything)]}
    kinds |= {each.of for each in of(Positive, everything)}
    for kind in sorted(kinds - {Alteration.ANY}, key=lambda each: each.value):
        if not (kind is dialect.alteration and classes & dialect.meant):
            raise UnreadableError(f"it names a {kind.value} as well, without its class.")
    for each in findings:
        # "Mutation in exon 21, L858R" is one finding; "exon 20 mutation and L858R" are two, and
        # the class of one of them is missing.
        if each.variant is None and not any(_same_place(each, it, dialect) for it in classed):
            raise UnreadableError(f"it names {each.named} as well, without its class.")
    return classes


def _named(item: Item) -> list[Finding]:
    outer = _same_class(item.outer)
    inner = [finding for part in item.inner for finding in _same_class(part)]
    outside = {each.variant for each in outer if each.variant}
    inside = {each.variant for each in inner if each.variant}
    if outside and inside and outside != inside:
        raise UnreadableError(
            f"{outer[0].named} and {inner[0].named} are not the same; join two findings by 'and'."
        )
    return [*outer, *inner]


def _same_class(lexemes: list[Lexeme]) -> list[Finding]:
    findings = of(Finding, lexemes)
    if len({each.variant for each in findings if each.variant}) > 1:
        names = " and ".join(each.named for each in findings)
        raise UnreadableError(f"{names} stand side by side; join two findings by 'and'.")
    return findings


def _check_place(finding: Finding, locus: Locus, dialect: Dialect) -> None:
    if locus.unit == "codon":
        fits = not finding.first or finding.first <= locus.number <= finding.last
    elif finding.exon:
        fits = finding.exon == locus.number
    elif finding.first:
        # An insertion directly before the first residue of an exon belongs to that exon.
        first = finding.last if "ins" in finding.named else finding.first
        fits = in_exon(dialect.gene, locus.number, first, finding.last)
    else:
        fits = locus.number in EXONS.get(dialect.gene, {})
    if not fits:
        raise UnreadableError(f"{finding.named} does not lie in {locus.unit} {locus.number}.")


def _unnamed(lexemes: list[Lexeme], dialect: Dialect) -> list[Finding]:
    """Return what an item without a named change finds: "exon 19 mutation", "HER2 mutation"."""
    affirmed = has(lexemes, Positive, Detected)
    nouns = of(Noun, lexemes)
    loci = of(Locus, lexemes)
    if loci and not affirmed and not nouns:
        raise UnreadableError(f"it names {loci[0].unit} {loci[0].number}, and no result there.")
    if loci:
        return [_at(locus, dialect) for locus in loci]
    assays = {source.assay for source in of(Source, lexemes)}
    if dialect.noun is None or affirmed or assays & NOT_SEQUENCED:
        return []
    return [Finding("mutation", dialect.noun) for noun in nouns if noun.of is dialect.alteration]


def _at(locus: Locus, dialect: Dialect) -> Finding:
    place = f"{locus.unit} {locus.number}"
    exons = EXONS.get(dialect.gene)
    if locus.unit == "exon" and exons is not None and locus.number not in exons:
        raise UnreadableError(f"{place} of {dialect.gene.value.upper()} carries no class.")
    try:
        variant = dialect.locus(locus.unit, locus.number) if dialect.locus else None
    except UnclassedError as error:
        raise UnreadableError(str(error)) from None
    if locus.unit == "codon":
        return Finding(place, variant, locus.number, locus.number)
    return Finding(place, variant, exon=locus.number)


def _same_place(unknown: Finding, known: Finding, dialect: Dialect) -> bool:
    if not unknown.exon:
        return known.first <= unknown.first <= known.last
    if known.exon:
        return known.exon == unknown.exon
    return bool(known.first) and in_exon(dialect.gene, unknown.exon, known.first, known.last)
