"""A program that uses the public names as their users do. It is type-checked, never run."""

from datetime import date
from typing import assert_type

from lungmets import (
    DocumentedOptions,
    KnowledgeBase,
    PatientProfile,
    ProfileError,
    Refusal,
    assess,
    load,
    read_assessment,
    read_profile,
)
from lungmets.assessment import OverlayStamp
from lungmets.vocabulary import Domain, RefusalReason, Standing

profile = PatientProfile(
    histology="adenocarcinoma",
    egfr=["l858r", "t790m"],
    alk="EML4-ALK fusion",
    met={"status": "negative", "specimen": "tissue"},
    pd_l1_tps=">=50",
    ecog_ps=1,
    brain_lesions="innumerable",
    metastatic_sites=["bone"],
    contraindications={"autoimmune_disease"},
    calcium="2.9 mmol/L",
    symptoms=["first seizure"],
    bone_metastases=True,
)
assert_type(profile, PatientProfile)
assert_type(read_profile("{ecog_ps: 1}"), PatientProfile)

knowledge = load("knowledge")
assert_type(knowledge, KnowledgeBase)
assert_type(load(overlays=["docs/overlays/example-hospital"]), KnowledgeBase)
assert_type(load(overlays="docs/overlays/example-hospital").local.overlays, tuple[OverlayStamp, ...])

answer = assess(profile, as_of=date(2020, 1, 1), jurisdiction="us", panel="core", knowledge=knowledge)
assert_type(answer, Refusal | DocumentedOptions)
assert_type(read_assessment(answer.model_dump_json()), Refusal | DocumentedOptions)

match answer:
    case Refusal():
        assert_type(answer.reason, RefusalReason)
        assert_type([item.item for item in answer.missing], list[str])
    case DocumentedOptions():
        options = [(option.domain, option.regimen, option.standing) for option in answer.options]
        assert_type(options, list[tuple[Domain, tuple[str, ...], Standing]])

try:
    PatientProfile(ecog_ps=5)
except ProfileError as error:
    assert_type(error.problems[0].nearest, tuple[str, ...])

assess()  # type: ignore[call-arg]  # a profile is required
PatientProfile(ecog="1")  # type: ignore[call-arg]  # there is no such field
profile.ecog_ps = 2  # type: ignore[misc]  # a profile is frozen
