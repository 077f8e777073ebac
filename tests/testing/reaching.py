"""What a profile states, as tokens, and all the tokens that there are: the measure of a strategy."""

import re

from hypothesis import given, seed, settings

from lungmets.engine.encoding import encode
from lungmets.gate import examine
from lungmets.knowledge.base import shipped
from lungmets.knowledge.facts import field_of
from lungmets.profile import FIELDS
from lungmets.testing.strategies import profiles
from lungmets.vocabulary import (
    GENE_VARIANTS,
    Assay,
    BrainImaging,
    BrainLesions,
    CalciumUnit,
    Contraindication,
    Gene,
    Histology,
    Jurisdiction,
    Leptomeningeal,
    MetastaticSite,
    Panel,
    PdL1Assay,
    ResultStatus,
    Smoking,
    Specimen,
    Stage,
)

FLAGS = ("brain_symptomatic", "brain_mass_effect", "brainstem", "brain_cavity", "bone_metastases", "bone_pain",
         "impending_fracture", "cord_compression", "prior_systemic_therapy", "pregnant")  # fmt: skip
WORDS = {
    "histology": Histology,
    "leptomeningeal": Leptomeningeal,
    "brain_imaging": BrainImaging,
    "stage": Stage,
    "smoking": Smoking,
}
NUMBERS = ("brain_largest_mm", "creatinine_clearance_ml_min", "albumin_g_l", "age")
LISTS = {
    "metastatic_sites": MetastaticSite,
    "contraindications": Contraindication,
    "contraindications_excluded": Contraindication,
}


def every_token():
    """Every field unstated, and every word of every field."""
    found = {f"{name}: unstated" for name in FIELDS} | {f"{name}: none" for name in LISTS}
    for gene in Gene:
        found |= {f"{gene}: {status.value}" for status in ResultStatus} | {f"{gene}: no class"}
        found |= {f"{gene}: {variant.value}" for variant in GENE_VARIANTS[gene]}
        found |= {f"{gene} in {specimen.value}" for specimen in Specimen}
        found |= {f"{gene} by {assay.value}" for assay in Assay}
    found |= {
        f"pd_l1_tps: {status.value}" for status in ResultStatus if status not in {"positive", "negative"}
    }
    found |= {
        "pd_l1_tps: value",
        "pd_l1_tps: bound",
        "pd_l1_tps: low open",
        "pd_l1_tps: high open",
        "pd_l1_tps: immune cells",
    }
    found |= {f"pd_l1_tps by {assay.value}" for assay in PdL1Assay}
    found |= {f"ecog_ps: {grade}" for grade in range(5)}
    found |= {"brain_lesions: count"} | {f"brain_lesions: {word.value}" for word in BrainLesions}
    found |= {f"{name}: {word.value}" for name, words in WORDS.items() for word in words}
    found |= {f"{name}: {answer}" for name in FLAGS for answer in (True, False)}
    found |= {f"{name}: number" for name in NUMBERS}
    found |= {f"{name}: {word.value}" for name, words in LISTS.items() for word in words}
    found |= {f"metastasis_counts: {site.value}" for site in MetastaticSite}
    found |= {f"calcium: {unit.value}" for unit in CalciumUnit}
    found |= {"symptoms: what", "symptoms: since", "symptoms: course"}
    return found


def tokens(profile):
    """What a profile states."""
    for name in FIELDS:
        value = getattr(profile, name)
        if name in list(Gene):
            yield from _of_gene(name, value)
        elif name == "pd_l1_tps":
            yield from _of_pd_l1(value)
        elif value is None or (value == () and name not in LISTS):
            yield f"{name}: unstated"
        elif name in NUMBERS:
            yield f"{name}: number"
        elif name in LISTS:
            yield from (f"{name}: {word.value}" for word in value) if value else [f"{name}: none"]
        elif name == "metastasis_counts":
            yield from (f"{name}: {site.value}" for site, _ in value)
        elif name == "calcium":
            yield f"{name}: {value.unit.value}"
        elif name == "symptoms":
            for symptom in value:
                yield "symptoms: what"
                yield from (f"symptoms: {part}" for part in ("since", "course") if getattr(symptom, part))
        elif name == "brain_lesions" and not isinstance(value, BrainLesions):
            yield "brain_lesions: count"
        else:
            yield f"{name}: {getattr(value, 'value', value)}"


def _of_gene(name, result):
    yield f"{name}: {result.status.value}"
    if result.status is ResultStatus.NOT_TESTED:
        yield f"{name}: unstated"
    if result.status is ResultStatus.POSITIVE and not result.variants:
        yield f"{name}: no class"
    yield from (f"{name}: {variant.value}" for variant in result.variants)
    if result.specimen:
        yield f"{name} in {result.specimen.value}"
    if result.assay:
        yield f"{name} by {result.assay.value}"


def _of_pd_l1(score):
    if not score.measured:
        yield f"pd_l1_tps: {(score.status or ResultStatus.NOT_TESTED).value}"
        if score.status is None:
            yield "pd_l1_tps: unstated"
    else:
        yield "pd_l1_tps: value" if score.low == score.high else "pd_l1_tps: bound"
    yield from (
        f"pd_l1_tps: {side.replace('_', ' ')}" for side in ("low_open", "high_open") if getattr(score, side)
    )
    if score.immune_cells is not None:
        yield "pd_l1_tps: immune cells"
    if score.assay:
        yield f"pd_l1_tps by {score.assay.value}"


# ---- facts of the compiled table ------------------------------------------------------------------------------------

# What the fields take, in their units; the calcium is at most 40, and of the two units mmol/L is the larger.
_LIMITS = {
    "pd_l1_tps": (0, 100), "pd_l1_immune_cells": (0, 100), "brain_largest_mm": (0.1, 200),
    "creatinine_clearance_ml_min": (0, 300), "corrected_calcium_mg_dl": (0, 160), "total_calcium_mg_dl": (0, 160),
}  # fmt: skip
# What is counted has at least one; a count by organ names each of the sites at most once.
_WHOLE = {
    "brain_lesions": (0, 10**6), "age": (0, 120), "metastases": (1, 10**6), "metastatic_organs": (1, len(MetastaticSite)),
}  # fmt: skip


def every_fact():
    """Every value of every fact that some profile can have."""
    table = shipped().table
    found = set()
    for fact in table.facts:
        if fact in table.cuts:
            found |= {f"{fact} = {table.values[fact][index]}" for index in _bins(table, fact)}
        else:
            # What a list does not name is unknown: a site or a symptom has no "no".
            lists = fact.startswith(("symptoms.", "metastatic_sites."))
            found |= {f"{fact} = {word}" for word in table.values[fact] if not (lists and word == "no")}
    return found


def _bins(table, fact):
    """The bins that hold a number that the field can have."""
    edges = [edge for edge, _ in table.cuts[fact]]
    if fact in _WHOLE:
        low, high = _WHOLE[fact]
        numbers = {int(edge) + step for edge in edges for step in (-1, 0, 1)} | {low, high}
        numbers = {number for number in numbers if low <= number <= high}
    else:
        low, high = _LIMITS[fact]
        numbers = {edge + step for edge in edges for step in (-0.01, 0, 0.01)} | {low, high}
        numbers = {number for number in numbers if low <= number <= high}
    return {table.number_state(fact, number, number).bit_length() - 1 for number in numbers}


def facts(profile):
    """The facts that are known of a profile."""
    return _named(encode(shipped(), profile))


def facts_after_the_gate(profile):
    """The facts, after the gate has said which genes were never asked."""
    base = shipped()
    view = base.view(Jurisdiction.US, base.content.release.as_of)
    return _named(examine(view, profile, Panel.CORE).states)


def _named(states):
    table = shipped().table
    for fact, state in zip(table.facts, states, strict=True):
        if state and not state & (state - 1):
            yield f"{fact} = {table.values[fact][state.bit_length() - 1]}"


# ---- drawing --------------------------------------------------------------------------------------------------------


_IN_A_ROW = 25


def sample(strategy, number, first=0):
    """About as many examples of a strategy, always the same ones; ``first`` is where the search begins.

    Hypothesis goes on from the examples that it had, which makes them alike; so it starts anew now and then.
    """
    found = []
    for start in range(-(-number // _IN_A_ROW)):

        @seed(first + start)
        @settings(max_examples=_IN_A_ROW, database=None, deadline=None)
        @given(strategy)
        def keep(example):
            found.append(example)

        keep()
    return found


def unreached(strategy, wanted, described, number=1500, rounds=8):
    """What of the wanted no profile of a strategy has. Most is found at once; for the rest more are drawn."""
    lost = set(wanted)
    for turn in range(rounds):
        for profile in sample(strategy, number, first=turn * number):
            lost.difference_update(described(profile))
        if not lost:
            break
    return lost


_BESIDE = {"calcium": "albumin_g_l", "metastasis_counts": "brain_lesions"}
"""Fields with which another one states something that neither states alone."""


def unreached_by_profiles(wanted, described, number=500, rounds=8):
    """What of the wanted no profile has; what is rare among all fields is drawn with its own fields alone.

    A field is drawn alike, whether others are drawn beside it or not: it only comes up more often.
    """
    lost = unreached(profiles(), wanted, described, number, 1)
    fields = {field_of(re.split(r"[ .:]", token)[0]) for token in lost}
    fields |= {_BESIDE[field] for field in fields & set(_BESIDE)}
    alone = profiles(**dict.fromkeys(set(FIELDS) - fields))
    return unreached(alone, lost, described, number // 2, rounds) if lost else lost
