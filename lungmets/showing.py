"""A fact as the profile states it, for the trace: ``egfr: exon19del``, ``pd_l1_tps: 60``."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from lungmets.engine.encoding import corrected_calcium_mg_dl
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.facts import SETS, field_of
from lungmets.profile import PatientProfile
from lungmets.results import GeneResult, PdL1


def shown_fact(base: KnowledgeBase, profile: PatientProfile, fact: str) -> str:
    """The profile's own value behind a fact, in words.

    >>> from lungmets.knowledge.base import shipped
    >>> shown_fact(shipped(), PatientProfile(egfr="L858R"), "egfr.l858r")
    'egfr: l858r'
    """
    name, _, member = fact.partition(".")
    if name in SETS or name == "symptoms":
        return f"{name}: {member}"
    if fact == "corrected_calcium_mg_dl" and profile.calcium and profile.albumin_g_l:
        value = corrected_calcium_mg_dl(base, profile.calcium.mg_dl, profile.albumin_g_l / 10)
        return f"calcium corrected for albumin: {value:.1f} mg/dL"
    if fact == "pd_l1_immune_cells":
        return f"pd_l1 immune cells: {_text(profile.pd_l1_tps.immune_cells)}"
    if fact == "bone_metastases" and profile.bone_metastases is None:
        return "metastatic_sites: bone"
    if field_of(fact) == "metastasis_counts":
        counted = ", ".join(f"{site} {number}" for site, number in profile.metastasis_counts)
        return f"metastasis_counts: {counted or 'not stated'}"
    field = field_of(fact)
    return f"{field}: {_text(getattr(profile, field))}"


def _text(value: Any) -> str:
    if isinstance(value, GeneResult):
        return "not considered" if value.status == "not_tested" else value.text
    if isinstance(value, PdL1):
        return value.text
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, float):
        return f"{value:g}"
    return "not stated" if value is None else str(value)
