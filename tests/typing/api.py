"""A program that uses the public names as their users do. It is type-checked, never run."""

from datetime import date
from pathlib import Path
from typing import Any, assert_type

import pandas as pd
from hypothesis.strategies import SearchStrategy, sampled_from

from lungmets import (
    DocumentedOptions,
    EngineError,
    EngineMissingError,
    KnowledgeBase,
    PatientProfile,
    ProfileError,
    Refusal,
    assess,
    load,
    read_assessment,
    read_profile,
)
from lungmets.assessment import Alert, OverlayStamp
from lungmets.cohort import CohortAssessment, assess_frame
from lungmets.errors import Problem
from lungmets.testing import (
    Expectation,
    Finding,
    Names,
    Outcome,
    Scenario,
    Taken,
    assert_answer,
    assert_documented,
    assert_refused,
    complete,
    complete_profile,
    each_item_missing,
    incomplete_profile,
    judge,
    panel_items,
    read_scenarios,
)
from lungmets.testing.expectation import Status
from lungmets.testing.strategies import (
    complete_profiles,
    days,
    incomplete_profiles,
    jurisdictions,
    profile_inputs,
    profiles,
    report_strings,
)
from lungmets.vocabulary import Domain, Engine, Jurisdiction, RefusalReason, Standing

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
assert_type(assess(profile, engine="reference"), Refusal | DocumentedOptions)
try:
    assess(profile, engine=Engine.DURABLE)
except EngineMissingError as error:
    assert_type(error.alerts, tuple[Alert, ...])
except EngineError as error:
    assert_type(error.problems, tuple[Problem, ...])
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

assert_type(panel_items(profile, as_of=date(2014, 6, 1), panel="comprehensive"), tuple[str, ...])
assert_type(complete(profile, jurisdiction="us", knowledge=knowledge), PatientProfile)
assert_type(complete_profile(egfr="L858R", panel="comprehensive"), PatientProfile)
assert_type(incomplete_profile("alk", "egfr", egfr="pending"), PatientProfile)
assert_type(each_item_missing(profile), dict[str, PatientProfile])
assert_type(profiles(histology="squamous", ecog_ps=sampled_from([3, 4])), SearchStrategy[PatientProfile])
assert_type(complete_profiles(as_of=date(2020, 1, 1)), SearchStrategy[PatientProfile])
assert_type(incomplete_profiles("alk", panel="core"), SearchStrategy[PatientProfile])
assert_type(profile_inputs(knowledge=knowledge), SearchStrategy[dict[str, Any]])
assert_type(report_strings("egfr", says="l858r"), SearchStrategy[str])
assert_type(days(jurisdiction="us"), SearchStrategy[date])
assert_type(jurisdictions(), SearchStrategy[Jurisdiction])

complete_profile(ecog="1")  # type: ignore[call-arg]  # there is no such field
complete_profile(ecog_ps="1")  # type: ignore[arg-type]  # a number is no text
assess()  # type: ignore[call-arg]  # a profile is required
PatientProfile(ecog="1")  # type: ignore[call-arg]  # there is no such field
profile.ecog_ps = 2  # type: ignore[misc]  # a profile is frozen

scenarios = read_scenarios(Path("a.scenario.yaml"), shown_as="a")
assert_type(scenarios, tuple[Scenario, ...])
assert_type(read_scenarios("scenarios: []"), tuple[Scenario, ...])
outcome = judge(scenarios[0], knowledge)
assert_type(outcome, Outcome)
assert_type(judge(scenarios[0], engine="reference"), Outcome)
assert_type(outcome.passed, bool)
assert_type(outcome.findings, tuple[Finding, ...])
assert_type(scenarios[0].expect, Expectation)

expectation = Expectation(
    status=Status.DOCUMENTED,
    options=Names(include=("osimertinib",)),
    withheld=Taken(by={"pembrolizumab": ("no-checkpoint-inhibitor.egfr",)}),
    standing={"osimertinib": Standing.PREFERRED},
)
assert_type(assert_answer(profile, expectation, as_of=date(2020, 1, 1)), Refusal | DocumentedOptions)
assert_type(assert_answer(profile, {"status": "refused"}, knowledge=knowledge), Refusal | DocumentedOptions)
assert_type(assert_documented(profile, "osimertinib", without=["afatinib"], panel="core"), DocumentedOptions)
assert_type(assert_refused(profile, "incomplete", missing=["egfr"], jurisdiction="us"), Refusal)

assert_refused(profile, as_off=None)  # type: ignore[call-arg]  # there is no such question
assert_documented(profile, panel=1)  # type: ignore[arg-type]  # a panel is a word
expectation.status = Status.REFUSED  # type: ignore[misc]  # an expectation is frozen
read_scenarios(b"scenarios: []")  # type: ignore[arg-type]  # a path, or text

cohort = assess_frame(pd.DataFrame({"histology": ["squamous"]}), as_of=date(2020, 1, 1), jurisdiction="eu")
assert_type(cohort, CohortAssessment)
assert_type(cohort.frame, pd.DataFrame)
assert_type(cohort.explain(0), Refusal | DocumentedOptions)
assert_type(len(cohort), int)
