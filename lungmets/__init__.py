"""lungmets: documented first-line options for stage IV lung cancer, cited, or a refusal.

It documents, it never advises: for education and software testing, not a medical device.

>>> from lungmets import PatientProfile, assess
>>> answer = assess(PatientProfile(histology="adenocarcinoma", egfr="L858R"))
>>> answer.status, [item.item for item in answer.missing][:2]
('refused', ['alk', 'ros1'])

Nothing is read or computed at import: the names below are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lungmets.asking import questions
    from lungmets.assessment import Assessment, DocumentedOptions, Refusal, read_assessment
    from lungmets.errors import (
        DocumentError,
        EngineError,
        EngineMissingError,
        InputError,
        KnowledgeError,
        LungmetsError,
        ProfileError,
        QuestionError,
    )
    from lungmets.fractures import FractureRisk, fracture_risk
    from lungmets.knowledge.base import KnowledgeBase, load
    from lungmets.pipeline import assess
    from lungmets.populations import prognosis
    from lungmets.profile import PatientProfile, SymptomEntry
    from lungmets.profile_reading import read_profile
    from lungmets.staging import stage_group
    from lungmets.urgent import alerts, symptom_log
    from lungmets.vocabulary import Audience
    from lungmets.working_up import workup

__all__ = [
    "Assessment",
    "Audience",
    "DocumentError",
    "DocumentedOptions",
    "EngineError",
    "EngineMissingError",
    "FractureRisk",
    "InputError",
    "KnowledgeBase",
    "KnowledgeError",
    "LungmetsError",
    "PatientProfile",
    "ProfileError",
    "QuestionError",
    "Refusal",
    "SymptomEntry",
    "alerts",
    "assess",
    "fracture_risk",
    "load",
    "prognosis",
    "questions",
    "read_assessment",
    "read_profile",
    "stage_group",
    "symptom_log",
    "workup",
]

_HOMES = {
    "Assessment": "assessment",
    "Audience": "vocabulary",
    "DocumentError": "errors",
    "DocumentedOptions": "assessment",
    "EngineError": "errors",
    "EngineMissingError": "errors",
    "FractureRisk": "fractures",
    "InputError": "errors",
    "KnowledgeBase": "knowledge.base",
    "KnowledgeError": "errors",
    "LungmetsError": "errors",
    "PatientProfile": "profile",
    "ProfileError": "errors",
    "QuestionError": "errors",
    "Refusal": "assessment",
    "SymptomEntry": "profile",
    "alerts": "urgent",
    "assess": "pipeline",
    "fracture_risk": "fractures",
    "load": "knowledge.base",
    "prognosis": "populations",
    "questions": "asking",
    "read_assessment": "assessment",
    "read_profile": "profile_reading",
    "stage_group": "staging",
    "symptom_log": "urgent",
    "workup": "working_up",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'lungmets' has no attribute {name!r}")
    value = getattr(import_module(f"lungmets.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
