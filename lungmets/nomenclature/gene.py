"""From the words of a molecular report to one gene's result.

The conclusion is drawn from the lexemes of :mod:`~lungmets.nomenclature.scanner`, in this order:
what is refused by name; negation that is only half understood; a status; the named findings; a
variant of unknown significance; a bare "positive". Whatever remains says nothing, and is refused.

Rules that keep an unknown from becoming a negative
---------------------------------------------------
* A negative for one variant, one exon, one codon or one NTRK gene is no negative of the gene.
* "No fusion" says nothing of EGFR mutations, and "no mutation" nothing of an ALK rearrangement.
* An antibody or a probe cannot rule out a mutation: "HER2 negative (IHC)" is refused.
* A variant of unknown significance is no driver: alone, it reads as negative.
* A negative and a finding in one text contradict each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lungmets.nomenclature.findings import classes_of, findings_of
from lungmets.nomenclature.items import Item, has, items_of, of
from lungmets.nomenclature.lexemes import (
    NOT_BY_EXPRESSION,
    NOT_SEQUENCED,
    Alteration,
    Answer,
    Detected,
    Dialect,
    Finding,
    Heading,
    Lexeme,
    Locus,
    Negation,
    Noun,
    Own,
    Partner,
    Positive,
    Qualifier,
    Refused,
    Source,
    Uncertain,
    Unlisted,
)
from lungmets.nomenclature.not_understood import UnreadableError, nearest_words
from lungmets.nomenclature.readings import GeneReading
from lungmets.nomenclature.scanner import LeftoverError, dialect_of, scan
from lungmets.vocabulary import GENE_VARIANTS, Assay, Gene, ResultStatus, Specimen, Variant

_ONE_VARIANT = (
    "a negative test for one variant, or for a part of the gene, is not a negative gene;"
    " give 'negative' for the whole gene, or only what was found."
)
_PART_OF_THE_GENE = "it gives a status for one variant, or for a part of the gene, and not for the gene."
_ALL_NTRK = frozenset({1, 2, 3})

# "L858=" is a change of its own; "negative for" is not the end of a sentence.
_CUT_OFF = re.compile(r":$|[^0-9]=$|(?:^| )(?:for|of|the|an?|in|on|by|from|via|using)$")


def understood(gene: Gene, words: str) -> GeneReading:
    """Read one gene's result from a text in one spelling, or raise :class:`UnreadableError`."""
    canonical = _canonical_words(gene).get(words)
    if canonical is not None:
        return canonical
    dialect = dialect_of(gene)
    if _CUT_OFF.search(words):
        raise UnreadableError("it ends in the middle: something should follow.")
    try:
        lexemes = scan(words, dialect)
    except LeftoverError as error:
        raise _nothing_fits(str(error), words, dialect) from None
    return _concluded(items_of(lexemes), dialect)


@lru_cache(maxsize=len(Gene))
def _canonical_words(gene: Gene) -> dict[str, GeneReading]:
    """Return the closed words with their readings; most input is one of them."""
    readings = {
        status.value: _reading(gene, status) for status in ResultStatus if status is not ResultStatus.POSITIVE
    }
    for variant in GENE_VARIANTS[gene]:
        readings[variant.value] = _reading(gene, ResultStatus.POSITIVE, {variant})
    bare = dialect_of(gene).bare[None]
    readings["positive"] = _reading(gene, ResultStatus.POSITIVE, {bare} if bare else ())
    return readings


def _reading(
    gene: Gene,
    status: ResultStatus,
    variants: Iterable[Variant] = (),
    source: Source | None = None,
) -> GeneReading:
    specimen, assay = source or (None, None)
    return GeneReading(gene, status, frozenset(variants), specimen, assay)


def _nothing_fits(piece: str, words: str, dialect: Dialect) -> UnreadableError:
    if piece == "-":
        return UnreadableError("a dash may be punctuation; say 'negative' where it means that.")
    known = [
        *dialect.known,
        *(variant.value for variant in GENE_VARIANTS[dialect.gene]),
        *(status.value for status in ResultStatus),
    ]
    nearest = nearest_words(words, known) or nearest_words(piece, known)
    return UnreadableError(f"nothing that is known here fits '{piece}'.", nearest)


def _concluded(items: list[Item], dialect: Dialect) -> GeneReading:
    gene = dialect.gene
    everything = [lexeme for item in items for lexeme in item.all()]
    _refuse_by_name(items, dialect)
    findings = findings_of(items, dialect)
    _refuse_half_understood(everything, findings)
    _refuse_headings(everything)
    status = _status(items, everything, findings)
    source = _source(everything)
    if status is None and not findings and has(everything, Uncertain):
        _refuse_more_than_uncertain(items)
        status = ResultStatus.NEGATIVE
    if status is ResultStatus.NEGATIVE:
        _refuse_other_negatives(everything, source.assay, dialect)
    if status is not None:
        return _reading(gene, status, (), source)
    if findings:
        variants = classes_of(findings, everything, dialect)
        return _reading(gene, ResultStatus.POSITIVE, variants, source)
    bare = _bare(everything, source.assay, dialect)
    return _reading(gene, ResultStatus.POSITIVE, {bare} if bare else (), source)


def _refuse_by_name(items: list[Item], dialect: Dialect) -> None:
    for item in items:
        for refused in of(Refused, item.all()):
            raise UnreadableError(f"'{refused.named}': {refused.why}")
    for item in items:
        # An unlisted change that is called a VUS is one; a misspelt one is not, and a mutation of
        # unknown significance says nothing of a rearrangement.
        vus = has(item.all(), Uncertain) and dialect.alteration is Alteration.MUTATION
        for unlisted in of(Unlisted, item.all()):
            if not (vus and unlisted.well_formed):
                raise UnreadableError(unlisted.why, unlisted.nearest)


def _refuse_half_understood(everything: list[Lexeme], findings: list[Finding]) -> None:
    if has(everything, Negation):
        if findings or has(everything, Locus):
            raise UnreadableError(_ONE_VARIANT)
        raise UnreadableError("its 'no' or 'not' belongs to no phrase that is known here.")
    if has(everything, Partner):
        if has(everything, Answer):
            raise UnreadableError(_ONE_VARIANT)
        kinds = _kinds(everything)
        if not findings and Alteration.REARRANGEMENT not in kinds:
            raise UnreadableError("it names a partner, but does not say that there is a fusion.")


def _refuse_headings(everything: list[Lexeme]) -> None:
    if has(everything, Heading) and not has(everything, Answer, Positive, Detected):
        raise UnreadableError("it names a test, and no result of it.")


def _kinds(everything: list[Lexeme]) -> set[Alteration]:
    kinds = {noun.of for noun in of(Noun, everything)}
    return kinds | {positive.of for positive in of(Positive, everything)}


def _source(everything: list[Lexeme]) -> Source:
    specimens: set[Specimen] = set()
    assays: set[Assay] = set()
    for specimen, assay in of(Source, everything):
        specimens |= {specimen} if specimen else set()
        assays |= {assay} if assay else set()
    if len(specimens) > 1 or len(assays) > 1:
        raise UnreadableError("it names two specimens or two assays; one result has one of each.")
    return Source(next(iter(specimens), None), next(iter(assays), None))


def _status(items: list[Item], everything: list[Lexeme], findings: list[Finding]) -> ResultStatus | None:
    answers = of(Answer, everything)
    statuses = sorted({answer.status for answer in answers})
    if not statuses:
        return None
    if len(statuses) > 1:
        raise UnreadableError(f"it says both {' and '.join(statuses)}.")
    (status,) = statuses
    negative = status is ResultStatus.NEGATIVE
    partial = _ONE_VARIANT if negative else _PART_OF_THE_GENE
    if any(has(item.all(), Answer) and has(item.all(), Finding) for item in items):
        raise UnreadableError(partial)
    # A noun alone reads as a finding, so it is one beside a status too: "negative, fusion".
    beside = any(has(item.all(), Noun) and not has(item.all(), Answer) for item in items)
    if findings or beside or has(everything, Positive, Detected):
        raise UnreadableError(f"it says {status.value}, and it names a finding.")
    members = frozenset[int]().union(
        *(own.members for own in of(Own, everything)), *(answer.members for answer in answers)
    )
    if has(everything, Locus, Qualifier) or (members and members != _ALL_NTRK):
        raise UnreadableError(partial)
    return status


def _refuse_other_negatives(everything: list[Lexeme], assay: Assay | None, dialect: Dialect) -> None:
    """Refuse a negative that speaks of something else than the classes of the gene."""
    kinds = _kinds(everything).union(*(answer.of for answer in of(Answer, everything)))
    if kinds and not kinds & {dialect.alteration, Alteration.ANY}:
        wanted = dialect.alteration.value
        raise UnreadableError(f"it rules out another kind of alteration than a {wanted}.")
    if assay not in dialect.negative_by:
        raise UnreadableError(f"it is no negative: {NOT_BY_EXPRESSION}")


def _refuse_more_than_uncertain(items: list[Item]) -> None:
    for item in items:
        beside = has(item.all(), Noun, Detected) and not has(item.all(), Uncertain)
        if beside or has(item.all(), Positive, Qualifier):
            raise UnreadableError(
                "it names a variant of unknown significance, and a finding without its class."
            )


def _bare(everything: list[Lexeme], assay: Assay | None, dialect: Dialect) -> Variant | None:
    """Return what "positive" amounts to, None where its class is missing."""
    if not has(everything, Positive, Detected, Noun):
        raise UnreadableError("there is no result in it.")
    named = _kinds(everything) - {Alteration.ANY}
    if named and dialect.alteration not in named:
        words = " or ".join(sorted(kind.value for kind in named))
        gene = dialect.gene.value.upper()
        raise UnreadableError(f"it says {words}, and the classes of {gene} are others.")
    if dialect.alteration is Alteration.REARRANGEMENT and has(everything, Noun) and not named:
        raise UnreadableError("an alteration may be other than a rearrangement; say which it is.")
    mutated = Alteration.MUTATION in named
    if assay not in dialect.bare or (mutated and assay in NOT_SEQUENCED):
        raise UnreadableError(f"it is no finding: {NOT_BY_EXPRESSION}")
    return dialect.bare[assay]
