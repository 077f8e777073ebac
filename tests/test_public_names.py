"""The public names: sorted, importable, and the ones that the documentation promises."""

import importlib
import subprocess
import sys
from typing import get_args

import pytest

import lungmets
from lungmets.assessment import SCHEMA_VERSION, DocumentedOptions, Option, Refusal
from lungmets.profile import FIELDS

PROMISED = {
    "DocumentedOptions", "FractureRisk", "PatientProfile", "Refusal", "assess", "fracture_risk", "load",
    "read_assessment",
}  # fmt: skip
"""Names that other programs rely on."""


def test_the_public_names_are_sorted_and_each_can_be_imported():
    assert lungmets.__all__ == sorted(lungmets.__all__, key=str.lower) or lungmets.__all__ == sorted(
        lungmets.__all__
    )
    for name in lungmets.__all__:
        assert getattr(lungmets, name) is not None
    assert set(lungmets.__all__) >= PROMISED


def test_a_name_that_does_not_exist_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'recommend'"):
        _ = lungmets.recommend


def test_the_lazy_names_stand_for_what_their_home_defines():
    for name, home in lungmets._HOMES.items():
        assert getattr(lungmets, name) is getattr(importlib.import_module(f"lungmets.{home}"), name)


def test_the_names_for_test_suites_are_sorted_and_stand_for_what_their_home_defines():
    from lungmets import testing

    assert testing.__all__ == sorted(testing.__all__)
    assert set(testing._HOME) == set(testing.__all__) == set(dir(testing))
    for name, home in testing._HOME.items():
        found = getattr(testing, name)
        assert found is getattr(importlib.import_module(f"lungmets.testing.{home}"), name)
    with pytest.raises(AttributeError, match="no attribute 'assert_answered'"):
        _ = testing.assert_answered


def test_the_names_for_test_suites_need_no_test_runner():
    code = """
import lungmets.testing, sys
names = "Scenario Outcome Finding Expectation Names Taken judge read_scenarios assert_answer assert_documented"
for name in [*names.split(), "assert_refused"]:
    getattr(lungmets.testing, name)
print(sorted({"pytest", "hypothesis", "_pytest"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_import_does_no_work():
    code = "import lungmets, sys; print(any(name.startswith('lungmets.') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_fields_of_a_profile_are_those_of_the_design():
    named = """histology egfr alk ros1 ret ntrk nrg1 kras met braf erbb2 pd_l1_tps ecog_ps brain_lesions
        brain_largest_mm brain_symptomatic brain_mass_effect brainstem leptomeningeal brain_cavity brain_imaging
        metastatic_sites metastasis_counts bone_metastases bone_pain impending_fracture cord_compression
        creatinine_clearance_ml_min calcium albumin_g_l contraindications symptoms stage prior_systemic_therapy age
        smoking pregnant"""
    # What the design leaves open is the statement that a contraindication is absent.
    assert set(FIELDS) == set(named.split()) | {"contraindications_excluded"}


def test_the_fields_of_the_answers_are_those_of_the_design():
    both = {
        "alerts",
        "assumptions",
        "as_of",
        "jurisdiction",
        "knowledge",
        "not_considered",
        "next_steps",
        "questions",
        "trial_search",
        "notice",
        "trace",
        "schema_version",
        "status",
        "panel",
        # Where the disease is, beside what the design names.
        "staging",
        "symptom_log",
    }
    assert set(Refusal.model_fields) == both | {"reason", "missing", "certain", "explanation"}
    lists = {"options", "withheld", "superseded", "unresolved", "conflicts", "timelines"}
    assert set(DocumentedOptions.model_fields) == both | lists
    assert set(Option.model_fields) >= {
        "id",
        "domain",
        "regimen",
        "basis",
        "standing",
        "approvals",
        "because",
        "evidence",
        "cautions",
        "prerequisites",
        "citations",
        "reason",
    }


def test_the_schema_version_is_one():
    assert SCHEMA_VERSION == "1"
    for kind in (Refusal, DocumentedOptions):
        assert get_args(kind.model_fields["schema_version"].annotation) == ("1",)
