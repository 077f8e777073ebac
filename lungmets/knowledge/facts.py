"""The facts that a condition may speak of, and the words of each.

A fact is finite: a choice of words, or a number that is cut at the thresholds that the rows use.
Each member of a set (a variant, a site, a contraindication, a symptom) is its own yes / no fact, so
that "not known" can be said of each of them alone.

The profile's vocabulary fixes the facts; only the symptoms come from ``knowledge/alerts.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from math import inf
from types import MappingProxyType

from lungmets.vocabulary import (
    GENE_VARIANTS,
    BrainImaging,
    Contraindication,
    Gene,
    Histology,
    Leptomeningeal,
    MetastaticSite,
    PdL1Assay,
    Smoking,
    Stage,
)

YES_NO = ("yes", "no")


def _plain(words: type[StrEnum]) -> tuple[str, ...]:
    return tuple(word.value for word in words)


NOT_CONSIDERED = "not_considered"
"""The state of a gene outside the panel that was asked for, of which nothing was said."""

GENE_STATES = ("negative", "positive", NOT_CONSIDERED)
"""What a gene as a whole may be."""

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "histology": _plain(Histology),
        "ecog_ps": ("0", "1", "2", "3", "4"),
        "stage": _plain(Stage),
        "smoking": _plain(Smoking),
        "leptomeningeal": _plain(Leptomeningeal),
        "brain_imaging": _plain(BrainImaging),
        "pd_l1_assay": _plain(PdL1Assay),
        **dict.fromkeys(
            (
                "brain_disease",  # derived: lesions, a cavity, leptomeningeal disease or the site
                "brain_symptomatic",
                "brain_mass_effect",
                "brainstem",
                "brain_cavity",
                "brain_counted",  # derived: there is a count, or the lesions are innumerable
                "bone_metastases",  # stated, or derived from the sites
                "counts_agree",  # derived: no two fields count the same metastases otherwise
                "intrathoracic_spread",  # derived from the sites; for staging alone
                "bone_pain",
                "impending_fracture",
                "cord_compression",
                "prior_systemic_therapy",
                "pregnant",
            ),
            YES_NO,
        ),
    }
)
"""Facts with one word at a time."""

NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        "pd_l1_tps": "percent",
        "pd_l1_immune_cells": "percent",
        "brain_lesions": "lesions",
        "brain_largest_mm": "mm",
        "creatinine_clearance_ml_min": "mL/min",
        "corrected_calcium_mg_dl": "mg/dL",
        "total_calcium_mg_dl": "mg/dL",
        "age": "years",
        "metastases": "metastases",  # derived from the counts by organ
        "metastatic_organs": "organs",  # derived from the counts by organ
        "extrathoracic_metastases": "metastases",  # derived from sites and counts; for staging alone
        "extrathoracic_organs": "organs",  # derived from sites and counts; for staging alone
    }
)
"""Facts with a number, and its unit. None of them is below zero."""

STAGING = frozenset({"intrathoracic_spread", "extrathoracic_metastases", "extrathoracic_organs"})
"""Facts that only ``staging.yaml`` may read: nothing else is told them."""

SETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "metastatic_sites": _plain(MetastaticSite),
        "contraindications": _plain(Contraindication),
    }
)
"""Facts with members; the symptoms are added from the knowledge."""

GENES: tuple[str, ...] = _plain(Gene)


def limits(fact: str) -> tuple[float, float]:
    """The least and the greatest number that a fact can have.

    >>> limits("pd_l1_tps"), limits("age")
    ((0.0, 100.0), (0.0, inf))
    """
    return 0.0, 100.0 if NUMBERS[fact] == "percent" else inf


def variants(gene: str) -> tuple[str, ...]:
    """The variant classes of a gene.

    >>> variants("kras")
    ('g12c', 'other')
    """
    return _plain(GENE_VARIANTS[Gene(gene)])


def choice_facts(symptoms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every fact with words, by name, members of sets included (``egfr.l858r``)."""
    facts: dict[str, tuple[str, ...]] = dict(CHOICES)
    for gene in GENES:
        facts[gene] = GENE_STATES
        facts.update({f"{gene}.{variant}": YES_NO for variant in variants(gene)})
    for name, members in SETS.items():
        facts.update({f"{name}.{member}": YES_NO for member in members})
    facts.update({f"symptoms.{symptom}": YES_NO for symptom in symptoms})
    return facts


_FIELDS_IN_ORDER = tuple(dict.fromkeys(["histology", *GENES, *NUMBERS, *CHOICES, *SETS, "symptoms"]))


def in_order(fact: str) -> tuple[int, str]:
    """A key to sort facts by, so that an answer names them alike however a condition was written.

    >>> sorted(["ecog_ps", "pd_l1_tps", "egfr.l858r", "histology"], key=in_order)
    ['histology', 'egfr.l858r', 'pd_l1_tps', 'ecog_ps']
    """
    return _FIELDS_IN_ORDER.index(fact.split(".", 1)[0]), fact


def field_of(fact: str) -> str:
    """The field of the profile that answers a fact.

    >>> field_of("egfr.l858r"), field_of("corrected_calcium_mg_dl"), field_of("brain_disease")
    ('egfr', 'calcium', 'brain_lesions')
    """
    name = fact.split(".", 1)[0]
    return _FIELDS.get(name, name)


_FIELDS = {
    "corrected_calcium_mg_dl": "calcium",
    "total_calcium_mg_dl": "calcium",
    "intrathoracic_spread": "metastatic_sites",
    "extrathoracic_metastases": "metastasis_counts",
    "extrathoracic_organs": "metastatic_sites",
    "brain_disease": "brain_lesions",
    "brain_counted": "brain_lesions",
    "pd_l1_immune_cells": "pd_l1_tps",
    "pd_l1_assay": "pd_l1_tps",
    "metastases": "metastasis_counts",
    "metastatic_organs": "metastasis_counts",
    "counts_agree": "metastasis_counts",
}
