"""From a profile to the states of its facts.

This is where "an unknown is never a negative" is kept: a result that is not an answer leaves its
facts unknown, a set leaves the members it does not name unknown, and a bound covers every bin it
touches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import repeat
from typing import Any

from lungmets.engine.counting import count
from lungmets.engine.symptoms import recognise
from lungmets.engine.table import UNKNOWN, States, Table
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.facts import GENES, variants
from lungmets.profile import PatientProfile
from lungmets.results import GeneResult
from lungmets.vocabulary import BrainLesions, Leptomeningeal, MetastaticSite, ResultStatus

_FLAGS = (
    "brain_symptomatic",
    "brain_mass_effect",
    "brainstem",
    "brain_cavity",
    "bone_pain",
    "impending_fracture",
    "cord_compression",
    "prior_systemic_therapy",
    "pregnant",
)
_WORDS = ("histology", "ecog_ps", "stage", "smoking", "leptomeningeal", "brain_imaging")
_MEASURES = ("brain_largest_mm", "creatinine_clearance_ml_min", "age")
_MANY = float("inf")


def encode(
    base: KnowledgeBase,
    profile: PatientProfile,
    *,
    unanswered: Iterable[str] = (),
    not_considered: Iterable[str] = (),
    genes: Mapping[str, int] | None = None,
) -> States:
    """The state of every fact that the table reads.

    ``unanswered`` are genes whose stated result is no answer (a negative from plasma alone, say):
    they stay unknown. ``not_considered`` are genes outside the panel that were never tested. ``genes``
    are the states of all genes where they are known already.
    """
    table = base.table
    states: dict[str, int] = {}
    for name in _WORDS:
        value = getattr(profile, name)
        if value is not None:
            states[name] = table.word_state(name, (str(value),))
    for name in _FLAGS:
        value = getattr(profile, name)
        if value is not None:
            states[name] = _yes_no(table, name, yes=value)
    for name in _MEASURES:
        value = getattr(profile, name)
        if value is not None:
            states[name] = table.number_state(name, value, value)
    if genes is not None:
        states |= genes
    else:
        unclear, left_out = set(unanswered), set(not_considered)
        for gene in GENES:
            states |= encode_gene(
                table, gene, getattr(profile, gene), unclear=gene in unclear, left_out=gene in left_out
            )
    states |= _pd_l1(table, profile)
    states |= _brain(table, profile)
    states |= _sets(table, profile)
    states |= _counts(table, profile)
    states |= _calcium(base, profile)
    for symptom in recognise(base, profile.symptoms).known:
        states[f"symptoms.{symptom}"] = _yes_no(table, f"symptoms.{symptom}", yes=True)
    return tuple(map(states.get, table.facts, repeat(UNKNOWN)))


@lru_cache(maxsize=1024)
def _fact_names(gene: str) -> tuple[tuple[str, str], ...]:
    return tuple((variant, f"{gene}.{variant}") for variant in variants(gene))


def _yes_no(table: Table, fact: str, *, yes: bool) -> int:
    return table.word_state(fact, ("yes" if yes else "no",))


def encode_gene(
    table: Table, gene: str, result: GeneResult[Any], *, unclear: bool = False, left_out: bool = False
) -> dict[str, int]:
    """The states of a gene and of its variants."""
    if result.status is ResultStatus.POSITIVE:
        states = {gene: table.word_state(gene, ("positive",))}
        if result.variants:
            for variant, fact in _fact_names(gene):
                states[fact] = _yes_no(table, fact, yes=variant in result.variants)
        return states
    if result.status is ResultStatus.NEGATIVE and not unclear:
        states = {gene: table.word_state(gene, ("negative",))}
        for _, fact in _fact_names(gene):
            states[fact] = _yes_no(table, fact, yes=False)
        return states
    return {gene: table.word_state(gene, ("not_considered",))} if left_out else {}


def _pd_l1(table: Table, profile: PatientProfile) -> dict[str, int]:
    score = profile.pd_l1_tps
    states: dict[str, int] = {}
    if score.low is not None and score.high is not None:
        states["pd_l1_tps"] = table.number_state(
            "pd_l1_tps", score.low, score.high, low_open=score.low_open, high_open=score.high_open
        )
    if score.immune_cells is not None:
        states["pd_l1_immune_cells"] = table.number_state(
            "pd_l1_immune_cells", score.immune_cells, score.immune_cells
        )
    if score.assay is not None:
        states["pd_l1_assay"] = table.word_state("pd_l1_assay", (score.assay,))
    return states


def _brain(table: Table, profile: PatientProfile) -> dict[str, int]:
    """The count, and whether there is brain disease at all: lesions, a cavity, or leptomeningeal."""
    lesions = profile.brain_lesions
    states: dict[str, int] = {}
    sites = _sites(profile)
    disease: bool | None = None
    if isinstance(lesions, BrainLesions):
        if lesions is not BrainLesions.NOT_IMAGED:
            disease = True
            low = 1.0 if lesions is BrainLesions.PRESENT_COUNT_UNKNOWN else _MANY
            states["brain_lesions"] = table.number_state("brain_lesions", low, _MANY)
        if lesions is BrainLesions.INNUMERABLE:
            states["brain_counted"] = _yes_no(table, "brain_counted", yes=True)
        elif lesions is BrainLesions.NOT_IMAGED:
            states["brain_counted"] = _yes_no(table, "brain_counted", yes=False)
    elif lesions is not None:
        disease = lesions > 0
        states["brain_lesions"] = table.number_state("brain_lesions", lesions, lesions)
        states["brain_counted"] = _yes_no(table, "brain_counted", yes=True)
    if (
        MetastaticSite.BRAIN in sites
        or MetastaticSite.LEPTOMENINGES in sites
        or profile.brain_cavity
        or profile.leptomeningeal is Leptomeningeal.CONFIRMED
    ):
        disease = True
    if disease is not None:
        states["brain_disease"] = _yes_no(table, "brain_disease", yes=disease)
    return states


def _sets(table: Table, profile: PatientProfile) -> dict[str, int]:
    states: dict[str, int] = {}
    sites = _sites(profile)
    for name, members in (("metastatic_sites", sites), ("contraindications", profile.contraindications)):
        for member in members or ():
            states[f"{name}.{member}"] = _yes_no(table, f"{name}.{member}", yes=True)
    for member in profile.contraindications_excluded or ():
        states[f"contraindications.{member}"] = _yes_no(table, f"contraindications.{member}", yes=False)
    bone = profile.bone_metastases
    if bone is None and MetastaticSite.BONE in sites:
        bone = True
    if bone is not None:
        states["bone_metastases"] = _yes_no(table, "bone_metastases", yes=bone)
    return states


def _sites(profile: PatientProfile) -> tuple[MetastaticSite, ...]:
    """The sites that are named; one that is counted is named by that."""
    sites = profile.metastatic_sites or ()
    if not profile.metastasis_counts:
        return sites
    return tuple(dict.fromkeys((*sites, *(site for site, _ in profile.metastasis_counts))))


def _counts(table: Table, profile: PatientProfile) -> dict[str, int]:
    """How many metastases there are and in how many organs, where they are counted by organ."""
    burden = count(profile)
    if burden is None:
        return {}
    return {
        "metastases": table.number_state("metastases", *burden.metastases),
        "metastatic_organs": table.number_state("metastatic_organs", *burden.organs),
        "counts_agree": _yes_no(table, "counts_agree", yes=burden.agree),
    }


def _calcium(base: KnowledgeBase, profile: PatientProfile) -> dict[str, int]:
    """Calcium corrected for albumin; the total stands in only where there is no albumin to correct by."""
    if profile.calcium is None:
        return {}
    fact, value = "total_calcium_mg_dl", profile.calcium.mg_dl
    if profile.albumin_g_l is not None:
        fact = "corrected_calcium_mg_dl"
        value = corrected_calcium_mg_dl(base, value, profile.albumin_g_l / 10)
    return {fact: base.table.number_state(fact, value, value)}


def corrected_calcium_mg_dl(base: KnowledgeBase, calcium_mg_dl: float, albumin_g_dl: float) -> float:
    """Total calcium corrected for albumin, by the formula of the knowledge (mg/dL, g/dL)."""
    formula = base.content.release.calcium_correction
    missing = formula.reference_albumin_g_dl - albumin_g_dl
    return calcium_mg_dl + formula.coefficient_mg_dl_per_g_dl * missing
