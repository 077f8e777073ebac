"""Five published patients. Each must behave as its ``watch`` line says (docs/cases)."""

from pathlib import Path

import pytest

from lungmets import DocumentedOptions, Refusal, assess, read_profile

CASES = Path(__file__).resolve().parents[2] / "docs" / "cases"
CHECKPOINT = {
    "pembrolizumab",
    "atezolizumab",
    "cemiplimab",
    "nivolumab",
    "ipilimumab",
    "durvalumab",
    "tremelimumab",
}


def answer_to(case: str) -> Refusal | DocumentedOptions:
    return assess(read_profile(CASES / f"{case}.yaml"))


def refused(case: str) -> Refusal:
    answer = answer_to(case)
    assert isinstance(answer, Refusal)
    return answer


def documented(case: str) -> DocumentedOptions:
    answer = answer_to(case)
    assert isinstance(answer, DocumentedOptions)
    return answer


def test_every_case_file_is_watched_here():
    assert {path.stem for path in CASES.glob("*.yaml")} == {
        "alk-young-never-smoker", "alk-young-never-smoker-completed", "alk-brain-and-bone",
        "egfr-g719a-three-brain-lesions", "egfr-g719a-three-brain-lesions-completed",
        "no-driver-autoimmune", "first-seizure-ten-lesions",
    }  # fmt: skip


def test_the_young_never_smoker_lacks_performance_status_and_brain_imaging():
    answer = refused("alk-young-never-smoker")
    assert answer.reason == "incomplete"
    assert [missing.item for missing in answer.missing] == ["ecog_ps", "brain_lesions"]
    # What is certain already: ALK rules out a checkpoint inhibitor, in spite of a TPS of 70.
    assert "no-checkpoint-inhibitor.alk" in {remark.id for remark in answer.certain}


def test_once_complete_alk_inhibitors_are_documented_and_no_checkpoint_inhibitor_is():
    answer = documented("alk-young-never-smoker-completed")
    regimens = {option.regimen for option in answer.options}
    # First-line under the US labels of 2017, 2020, 2021 and 2024; lorlatinib is what she received.
    assert {("alectinib",), ("brigatinib",), ("lorlatinib",), ("ensartinib",)} <= regimens
    assert not any(CHECKPOINT & set(regimen) for regimen in regimens)
    # ASCO 2022: crizotinib or ceritinib only where the newer ones are not available.
    assert {option.regimen for option in answer.superseded} >= {("crizotinib",), ("ceritinib",)}
    pembrolizumab = next(option for option in answer.withheld if option.regimen == ("pembrolizumab",))
    assert pembrolizumab.by == ("no-checkpoint-inhibitor.alk",)


def test_the_patient_with_one_brain_lesion_lacks_five_of_six_genes():
    answer = refused("alk-brain-and-bone")
    missing = {item.item: item for item in answer.missing}
    # Performance status is not reported either.
    assert set(missing) == {"egfr", "ros1", "kras", "met", "ret", "ecog_ps"}
    # ALK by immunohistochemistry counts (C4), so it is not asked again.
    assert "alk" not in missing
    # One small lesion: what performance status decides includes radiosurgery (ECOG 0-2).
    assert "brain.stereotactic-radiosurgery" in missing["ecog_ps"].decides
    assert not missing["kras"].decisive


def test_g719a_alone_is_an_incomplete_panel_and_once_complete_has_its_own_options():
    assert refused("egfr-g719a-three-brain-lesions").reason == "incomplete"
    answer = documented("egfr-g719a-three-brain-lesions-completed")
    systemic = {option.regimen: option for option in answer.options if option.domain == "systemic"}
    # The US label of 2018-01-12 takes non-resistant EGFR mutations; afatinib is what was given.
    assert systemic[("afatinib",)].basis == "label"
    # Osimertinib is guideline-listed and off label for G719X.
    assert systemic[("osimertinib",)].basis == "guideline"
    assert systemic[("osimertinib",)].off_label
    # So are amivantamab and lazertinib, by ASCO 2026.3.1 (may be offered); their label names the common two.
    assert systemic[("amivantamab", "lazertinib")].basis == "guideline"
    assert systemic[("amivantamab", "lazertinib")].off_label
    # These labels name exon 19 deletion and L858R only.
    common_only = {("erlotinib",), ("gefitinib",), ("dacomitinib",)}
    assert not common_only & set(systemic)
    # Three lesions, ECOG 1: radiosurgery. The diameter was not given, so it is a prerequisite.
    brain = {option.regimen: option for option in answer.options if option.domain == "brain"}
    radiosurgery = brain[("stereotactic_radiosurgery",)]
    assert "brain_largest_mm" in {task.item for task in radiosurgery.prerequisites}
    # Mass effect and brainstem are not stated, and no deferral is documented for G719X.
    assert ("observation",) not in brain


def test_tps_75_with_autoimmune_disease_keeps_chemotherapy_beside_the_cautioned_checkpoint_inhibitors():
    answer = documented("no-driver-autoimmune")
    systemic = {option.regimen: option for option in answer.options if option.domain == "systemic"}
    checkpoint = [option for regimen, option in systemic.items() if CHECKPOINT & set(regimen)]
    assert ("pembrolizumab",) in systemic
    for option in checkpoint:
        assert "checkpoint-inhibitor.autoimmune" in {remark.id for remark in option.cautions}
    # C11: chemotherapy is listed beside. A cautioned option supersedes nothing.
    assert ("cisplatin", "pemetrexed") in systemic
    assert not answer.superseded
    # Bone metastases: denosumab is listed; zoledronic acid is withheld until the clearance is known (C9).
    assert ("denosumab",) in {option.regimen for option in answer.options if option.domain == "bone"}
    withheld = {option.regimen: option.by for option in answer.withheld}
    assert withheld[("zoledronic_acid",)] == ("zoledronic-acid.renal",)


def test_the_first_seizure_is_an_emergency_though_nothing_is_listed():
    answer = refused("first-seizure-ten-lesions")
    assert answer.reason == "incomplete"
    assert [(alert.id, alert.urgency) for alert in answer.alerts] == [("seizure", "emergency_now")]
    missing = {item.item for item in answer.missing}
    assert {"egfr", "alk", "ros1", "kras", "met", "ret", "pd_l1_tps", "ecog_ps"} == missing
    # C20: palliative care and local assessment do not wait for the panel.
    assert {"palliative-care-early", "local-assessment", "symptomatic-brain"} <= {
        r.id for r in answer.next_steps
    }


@pytest.mark.parametrize("case", sorted(path.stem for path in CASES.glob("*.yaml")))
def test_every_case_keeps_the_notice_and_names_its_knowledge(case):
    answer = answer_to(case)
    assert answer.notice.startswith("For education and software testing only")
    assert answer.knowledge.version == "2026.11.0"
    assert len(answer.knowledge.digest) == 64
