"""Random profiles for the benchmarks: complete ones, and ones with anything left out."""

import random
from collections.abc import Iterator
from typing import Any

from lungmets import PatientProfile
from lungmets.knowledge.facts import GENES, variants
from lungmets.vocabulary import Contraindication, Histology, MetastaticSite, Smoking

# The brain is stated by its lesions; the leptomeninges have a field of their own.
_SITES = sorted(set(MetastaticSite) - {MetastaticSite.BRAIN, MetastaticSite.LEPTOMENINGES})
_SYMPTOMS = ("first seizure", "blurred vision", "severe back pain", "leg weakness", "haemoptysis", "jaundice")
_NON_SMALL_CELL = sorted(set(Histology) - {Histology.SMALL_CELL})


def panel_only(seed: int) -> Iterator[PatientProfile]:
    """Profiles in which the items of the panel are stated, and nothing else; without end."""
    rng = _numbers(seed)
    while True:
        yield PatientProfile(**of_panel(rng))


def every_field(seed: int) -> Iterator[PatientProfile]:
    """Profiles in which nearly every field is stated as well: hardly two share their facts."""
    rng = _numbers(seed)
    while True:
        yield PatientProfile(**of_panel(rng), **of_rest(rng))


def with_gaps(seed: int) -> Iterator[PatientProfile]:
    """Every field, with second drivers and immune-cell scores, and each left out now and then."""
    rng = _numbers(seed)
    while True:
        stated = of_panel(rng) | of_rest(rng)
        if rng.random() < 1 / 3:
            gene = rng.choice(GENES)
            stated[gene] = {"status": "positive", "variants": rng.sample(variants(gene), 1)}
            stated["pd_l1_tps"] = {
                "tps": rng.choice([0.0, float(rng.randint(0, 100))]),
                "immune_cells": float(rng.randint(0, 30)),
            }
        yield PatientProfile(**{name: value for name, value in stated.items() if rng.random() < 9 / 10})


def _numbers(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  -- the same profiles in every run, and no secret


def of_panel(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {
        "histology": rng.choice(["adenocarcinoma", rng.choice(_NON_SMALL_CELL)]),
        "pd_l1_tps": rng.randint(0, 100),
        "ecog_ps": rng.choice([0, 0, 1, 1, 1, 2, 2, 3, 4]),
        "brain_lesions": rng.choice([0, 0, 0, rng.randint(1, 4), rng.randint(1, 15)]),
    }
    specimen = rng.choice([None, "tissue"])
    for gene in GENES:
        found[gene] = {"status": "negative", "specimen": specimen}
    if rng.random() < 3 / 5:
        gene = rng.choice(GENES)
        found[gene] = {"status": "positive", "variants": rng.sample(variants(gene), 1), "specimen": specimen}
    if found["brain_lesions"]:
        found["brain_largest_mm"] = round(rng.uniform(2, 70), 1)
        for name in ("brain_symptomatic", "brain_mass_effect", "brainstem"):
            found[name] = rng.random() < 1 / 4
    return found


def of_rest(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {
        "age": rng.randint(30, 90),
        "smoking": rng.choice(list(Smoking)),
        "stage": rng.choice(["IV", "IVA", "IVB"]),
        "prior_systemic_therapy": False,
        "pregnant": False,
        "brain_imaging": "mri",
        "leptomeningeal": "no",
        "metastatic_sites": rng.sample(_SITES, rng.randint(1, 4)),
        "creatinine_clearance_ml_min": round(rng.uniform(20, 120), 1),
        "calcium": {"value": round(rng.uniform(2, 3.6), 2), "unit": "mmol/L"},
        "albumin_g_l": round(rng.uniform(25, 50), 1),
    }
    if "bone" in found["metastatic_sites"]:
        for name in ("bone_pain", "impending_fracture", "cord_compression"):
            found[name] = rng.random() < 1 / 5
    present = rng.sample(list(Contraindication), rng.choice([0, 0, 0, 1, 1, 2]))
    found["contraindications"] = present
    if rng.random() < 1 / 2:
        found["contraindications_excluded"] = sorted(set(Contraindication) - set(present))
    if rng.random() < 1 / 5:
        found["symptoms"] = rng.sample(_SYMPTOMS, rng.randint(1, 2))
    return found
