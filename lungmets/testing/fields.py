"""Hypothesis strategies for what may be written in each field of a profile.

Everything is plain: words, numbers, texts, lists and tables, as JSON and YAML have them. The simplest
value of a field that a panel asks for is its quiet answer; numbers are drawn on both sides of every
threshold of the knowledge; symptoms in its words, or in others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from math import ceil, inf
from typing import Any, TypeAlias

from hypothesis import strategies as st

from lungmets.documents import plain
from lungmets.knowledge.base import KnowledgeBase
from lungmets.testing.completing import QUIET
from lungmets.testing.reports import reports
from lungmets.vocabulary import (
    GENE_VARIANTS,
    Assay,
    BrainImaging,
    BrainLesions,
    CalciumUnit,
    Contraindication,
    Gene,
    Histology,
    Leptomeningeal,
    MetastaticSite,
    PdL1Assay,
    ResultStatus,
    Smoking,
    Specimen,
    Stage,
)

Written: TypeAlias = st.SearchStrategy[Any]
"""What may be written in a field."""

NO_ANSWER = tuple(each.value for each in ResultStatus if each not in {"positive", "negative"})
"""The statuses that a result can have without being an answer."""

_YES_NO = st.sampled_from([False, True, "no", "yes", "unstated", None])
_FLAGS = (
    "brain_symptomatic", "brain_mass_effect", "brainstem", "brain_cavity", "bone_metastases", "bone_pain",
    "impending_fracture", "cord_compression", "prior_systemic_therapy", "pregnant",
)  # fmt: skip
_PERCENT = st.integers(0, 100) | st.floats(0, 100)
_LONGEST_TEXT = 200
_MOST_CALCIUM = 40
_MOST_AGE = 120

# What a person types: no line breaks and no control characters, which JSON holds and YAML does not. Nor a
# text such as "0E0", which a writer of YAML 1.1 leaves bare, and a reader of YAML 1.2 takes for a number.
_TEXT = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=_LONGEST_TEXT
).filter(lambda text: text.strip() and plain(text) == text)


@lru_cache(maxsize=8)  # a test suite asks few knowledge bases, and asks them often
def of_fields(base: KnowledgeBase) -> dict[str, Written]:
    """What may be written in each field, of itself: the two lists of contraindications may overlap.

    Args:
        base: the knowledge whose thresholds and symptoms are drawn.
    """
    sites = _words(MetastaticSite)
    contraindications = st.lists(_words(Contraindication), unique=True)
    return {
        "histology": _asked("histology", _words(Histology), st.sampled_from(reports("histology"))),
        **{gene.value: _gene(gene) for gene in Gene},
        "pd_l1_tps": _pd_l1(base),
        "ecog_ps": _asked("ecog_ps", st.integers(0, 4)),
        "brain_lesions": _asked(
            "brain_lesions",
            _words(BrainLesions),
            st.sampled_from(_whole(_edges(base, "brain_lesions", 0, inf))) | st.integers(0, 10**30),
        ),
        "stage": _asked("stage", _words(Stage)),
        **dict.fromkeys(_FLAGS, _YES_NO),
        "brain_largest_mm": _measure(base, "brain_largest_mm", 0.1, 200),
        "leptomeningeal": _words(Leptomeningeal),
        "brain_imaging": _words(BrainImaging),
        "metastatic_sites": st.lists(sites, unique=True, max_size=5),
        "metastasis_counts": st.dictionaries(
            sites,
            st.sampled_from(_whole(_edges(base, "metastases", 1, inf), least=1)) | st.integers(1, 1000),
            max_size=5,
        ),
        "creatinine_clearance_ml_min": _measure(base, "creatinine_clearance_ml_min", 0, 300),
        "calcium": _calcium(base),
        "albumin_g_l": st.just(40) | st.floats(5, 80) | st.integers(5, 80),
        **dict.fromkeys(("contraindications", "contraindications_excluded"), contraindications),
        "symptoms": _symptoms(base),
        "age": st.sampled_from(_whole(_edges(base, "age", 1, _MOST_AGE))) | st.integers(0, _MOST_AGE),
        "smoking": _words(Smoking),
    }


def _words(vocabulary: type[StrEnum]) -> st.SearchStrategy[str]:
    return st.sampled_from([word.value for word in vocabulary])


def _asked(item: str, *answers: Written) -> Written:
    """The quiet answer first, which is what a failing example shrinks to; then that nothing is stated."""
    return st.one_of(st.just(QUIET[item]), st.none(), *answers)


def _gene(gene: Gene) -> Written:
    """A status, a class, several, what a report says, or the full object."""
    variants = _words(GENE_VARIANTS[gene])
    several = st.lists(variants, min_size=1, max_size=3)
    beside: dict[str, Written] = {"specimen": _words(Specimen), "assay": _words(Assay)}
    statuses = st.sampled_from(["negative", *NO_ANSWER])
    return _asked(
        gene.value,
        st.sampled_from(NO_ANSWER),
        variants,
        several,
        st.sampled_from(reports(gene.value)),
        st.fixed_dictionaries({"status": statuses}, optional=beside),
        st.fixed_dictionaries({"status": st.just("positive")}, optional={"variants": several, **beside}),
    )


def _pd_l1(base: KnowledgeBase) -> Written:
    """A score, a bound, why there is none, what a report says, or the full object."""
    scores = _PERCENT | st.sampled_from(_edges(base, "pd_l1_tps", 0, 100))
    immune = _PERCENT | st.sampled_from(_edges(base, "pd_l1_immune_cells", 0, 100))
    beside: dict[str, Written] = {"assay": _words(PdL1Assay), "immune_cells": immune}
    return _asked(
        "pd_l1_tps",
        scores,
        st.sampled_from(NO_ANSWER),
        st.sampled_from(reports("pd_l1_tps")),
        _interval(scores),
        st.fixed_dictionaries({"tps": scores | st.sampled_from(NO_ANSWER)}, optional=beside),
    )


@st.composite
def _interval(draw: st.DrawFn, scores: Written) -> dict[str, Any]:
    """A bound as an object, with at least one score in it."""
    low, high = sorted([draw(scores), draw(scores)])
    opened = st.booleans() if low < high else st.just(False)  # noqa: FBT003  -- the value that is drawn
    return {"low": low, "high": high, "low_open": draw(opened), "high_open": draw(opened)}


def _calcium(base: KnowledgeBase) -> Written:
    units = _words(CalciumUnit)
    facts = ("corrected_calcium_mg_dl", "total_calcium_mg_dl")
    edges = [edge for fact in facts for edge in _edges(base, fact, 0.1, _MOST_CALCIUM)]
    at_edge = st.fixed_dictionaries(
        {"value": st.sampled_from(edges), "unit": st.just(CalciumUnit.MG_DL.value)}
    )
    anything = st.fixed_dictionaries({"value": st.floats(0.01, _MOST_CALCIUM), "unit": units})
    text = st.builds("{:.1f} {}".format, st.floats(0.1, _MOST_CALCIUM), units)
    return text | at_edge | anything


def _symptoms(base: KnowledgeBase) -> Written:
    known = [phrase for word in base.content.alerts.symptoms for phrase in (word.id, *word.phrases)]
    what = st.sampled_from(known) | _TEXT
    day = st.dates(date.min.replace(year=1900)).map(date.isoformat)
    entry = st.fixed_dictionaries({"what": what}, optional={"since": day, "course": _TEXT})
    return st.lists(what | entry, max_size=4)


def _measure(base: KnowledgeBase, fact: str, low: float, high: float) -> Written:
    edges = st.sampled_from(_edges(base, fact, low, high))
    return edges | st.floats(low, high) | st.integers(ceil(low), int(high))


def _edges(base: KnowledgeBase, fact: str, low: float, high: float) -> tuple[float, ...]:
    """Each threshold of a number within its limits, and what is just below and just above it."""
    numbers = sorted({number for number, _ in base.table.cuts.get(fact, ())})
    found = [round(number + step, 1) for number in numbers for step in (0.0, -0.1, 0.1)]
    return tuple(dict.fromkeys(number for number in found if low <= number <= high)) or (low,)


def _whole(edges: Iterable[float], least: int = 0) -> list[int]:
    """The whole numbers at the thresholds, and their neighbours."""
    found = {int(edge) + step for edge in edges for step in (-1, 0, 1)}
    return sorted(number for number in found if number >= least)
