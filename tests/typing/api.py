"""A program that uses the public names as their users do. It is type-checked, never run."""

from datetime import date
from pathlib import Path
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
    judge,
    read_scenarios,
)
from lungmets.testing.expectation import Status
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

scenarios = read_scenarios(Path("a.scenario.yaml"), shown_as="a")
assert_type(scenarios, tuple[Scenario, ...])
assert_type(read_scenarios("scenarios: []"), tuple[Scenario, ...])
outcome = judge(scenarios[0], knowledge)
assert_type(outcome, Outcome)
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
