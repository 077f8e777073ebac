"""What the gene results of a profile say, found in one look: most profiles share them."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from lungmets.knowledge.facts import GENES
from lungmets.results import GeneResult
from lungmets.vocabulary import ResultStatus

if TYPE_CHECKING:
    from lungmets.knowledge.base import KnowledgeBase
    from lungmets.profile import PatientProfile

_results = attrgetter(*GENES)


class GeneReading(NamedTuple):
    """All results of a profile.

    ``unclear`` are those that are no answer by their specimen or assay, and ``open`` all that are no
    answer, each with the sentence that says why. ``bare`` are negatives without a specimen.
    """

    states: dict[str, int]
    unclear: dict[str, str]
    open: dict[str, str]
    stated: frozenset[str]
    bare: tuple[str, ...]


def read_genes(base: KnowledgeBase, profile: PatientProfile) -> GeneReading:
    """The reading of a profile's results; one that was made before is kept."""
    results: tuple[GeneResult[Any], ...] = _results(profile)
    key = tuple([(one.status, one.variants, one.specimen, one.assay) for one in results])
    found = base.memory.genes.get(key)
    if found is None:
        found = _read(base, dict(zip(GENES, results, strict=True)))
        base.memory.genes.keep(key, found)
    return found


def _read(base: KnowledgeBase, results: dict[str, GeneResult[Any]]) -> GeneReading:
    from lungmets.engine.encoding import encode_gene

    unclear = {gene: why for gene, result in results.items() if (why := _unclear(base, gene, result))}
    reasons = base.content.panel.reasons
    open_ = {gene: reasons[key] for gene, result in results.items() if (key := way_of_being_open(result))}
    states: dict[str, int] = {}
    for gene, result in results.items():
        states |= encode_gene(base.table, gene, result, unclear=gene in unclear)
    return GeneReading(
        states=states,
        unclear=unclear,
        open=open_ | unclear,
        stated=frozenset(
            gene for gene, result in results.items() if result.status is not ResultStatus.NOT_TESTED
        ),
        bare=tuple(
            gene
            for gene, result in results.items()
            if result.status is ResultStatus.NEGATIVE and result.specimen is None
        ),
    )


def _unclear(base: KnowledgeBase, gene: str, result: GeneResult[Any]) -> str:
    """Why a stated result is no answer, by its specimen or assay."""
    for item in base.content.panel.items:
        for rule in item.no_answer if item.item == gene else ():
            if (
                rule.status == result.status
                and (rule.specimen is None or rule.specimen == result.specimen)
                and (rule.assay is None or rule.assay == result.assay)
            ):
                return rule.why
    return ""


def way_of_being_open(result: GeneResult[Any]) -> str:
    """The name of the way in which a result is no answer, or nothing."""
    if result.status is ResultStatus.POSITIVE:
        return "" if result.variants else "class_not_stated"
    return "" if result.status is ResultStatus.NEGATIVE else result.status.value
