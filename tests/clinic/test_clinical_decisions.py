"""The clinical decisions of the library, one by one, in the order of docs/reference/clinical-decisions.md.

The numbers are those of the page. What is expected follows from the decision as the page words it; what the
scenarios already show in full is asked here once.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from lungmets import DocumentedOptions, PatientProfile, ProfileError, Refusal, assess
from lungmets.knowledge.base import shipped

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip
SMALL_CELL = {"histology": "small_cell", "stage": "extensive", "ecog_ps": 1, "brain_lesions": 0}
CHECKPOINT = {
    drug.name for drug in shipped().content.regimens.drugs if "checkpoint_inhibitor" in drug.classes
}
RULE = shipped().content.release.safety_rule


def documented(place="us", day=None, panel="core", **changes) -> DocumentedOptions:
    answer = assess(PatientProfile(**COMPLETE | changes), jurisdiction=place, as_of=day, panel=panel)
    assert isinstance(answer, DocumentedOptions), answer
    return answer


def refused(panel="core", **changes) -> Refusal:
    answer = assess(PatientProfile(**COMPLETE | changes), panel=panel)
    assert isinstance(answer, Refusal), answer
    return answer


def named(options) -> set[str]:
    return {option.id for option in options}


def with_checkpoint(options):
    return [option for option in options if CHECKPOINT & set(option.regimen)]


def option(answer, name, where="options"):
    (found,) = [one for one in getattr(answer, where) if one.id == name]
    return found


def said(remarks) -> str:
    return " ".join(remark.text for remark in remarks)


def test_c1_one_item_missing_lists_nothing_even_beside_a_driver_and_says_whose_rule_that_is():
    answer = refused(egfr="exon19del", ret=None)
    assert [missing.item for missing in answer.missing] == ["ret"]
    assert "the library's own rule, not evidence that treatment must wait" in said(answer.explanation)


def test_c2_each_missing_item_says_its_effect_and_what_is_certain_is_said():
    answer = refused(egfr="exon19del", pd_l1_tps=None)
    assert {missing.item: missing.effect.value for missing in answer.missing} == {"pd_l1_tps": "nothing"}
    assert "no checkpoint inhibitor is listed, whatever PD-L1 is" in said(answer.certain)


@pytest.mark.parametrize("status", ["pending", "inadequate", "indeterminate"])
def test_c3_what_was_said_of_a_gene_outside_the_panel_counts_and_what_is_open_gates(status):
    assert "systemic.larotrectinib" in named(documented(ntrk="fusion").options)
    assert [missing.item for missing in refused(ntrk=status).missing] == ["ntrk"]
    assert documented().not_considered == ("braf", "ntrk", "erbb2", "nrg1")


def test_c4_a_bare_positive_lacks_its_class_and_immunohistochemistry_counts_for_alk_only():
    assert [missing.item for missing in refused(met="positive").missing] == ["met"]
    assert "systemic.alectinib" in named(documented(alk="positive (IHC)").options)
    assert [missing.item for missing in refused(ros1="positive (IHC)").missing] == ["ros1"]


def test_c5_a_plasma_positive_counts_and_a_plasma_negative_does_not():
    assert "systemic.osimertinib" in named(documented(egfr="L858R (ctDNA)").options)
    assert [missing.item for missing in refused(egfr="negative (ctDNA)").missing] == ["egfr"]
    with pytest.raises(ProfileError, match="CPS"):
        PatientProfile(**COMPLETE | {"pd_l1_tps": "CPS 20"})


def test_c6_small_cell_disease_is_gated_by_extent_and_performance_status_alone():
    answer = assess(PatientProfile(histology="small_cell"))
    assert {missing.item for missing in answer.missing} == {"stage", "ecog_ps"}
    step = said(assess(PatientProfile(histology="small_cell", stage="extensive", ecog_ps=1)).next_steps)
    assert "Imaging of the brain" in step
    assert assess(PatientProfile(**SMALL_CELL | {"egfr": "l858r"})).reason == "inconsistent"


def test_c7_assumptions_are_printed_and_a_recent_checkpoint_inhibitor_warns_before_a_targeted_drug():
    assert "No earlier systemic therapy is assumed" in said(documented().assumptions)
    answer = documented(egfr="exon19del", contraindications=["recent_pd_l1_therapy"])
    assert "pneumonitis" in said(option(answer, "systemic.osimertinib").cautions)


def test_c8_an_item_is_asked_from_the_earlier_of_its_guideline_and_its_first_row():
    # RET: a row depends on it from 2020-05-08, the guideline came in 2021.
    day_before = documented(day=date(2020, 5, 7), ret=None)
    assert isinstance(day_before, DocumentedOptions)
    asked = assess(PatientProfile(**COMPLETE | {"ret": None}), as_of=date(2020, 5, 8))
    assert [missing.item for missing in asked.missing] == ["ret"]


def test_c9_an_unstated_guardrail_field_is_a_prerequisite_and_zoledronic_acid_waits_for_the_kidneys():
    bevacizumab = option(documented(), "systemic.atezolizumab-bevacizumab-chemotherapy")
    assert "haemoptysis" in said(bevacizumab.prerequisites)
    answer = documented(bone_metastases=True)
    assert "bone.zoledronic-acid" in named(answer.withheld)


@pytest.mark.parametrize("place", ["us", "eu", "ca"])
@pytest.mark.parametrize("driver", [{"egfr": "exon20ins"}, {"alk": "fusion"}, {"ros1": "fusion"}, {"ret": "fusion"}, {"ntrk": "fusion"}])  # fmt: skip
def test_c10_no_checkpoint_inhibitor_with_a_driver_that_rules_it_out(place, driver):
    answer = documented(place, **driver)
    assert with_checkpoint(answer.options) == []
    assert with_checkpoint(answer.withheld)


@pytest.mark.parametrize("driver", [{"met": "exon14_skipping"}, {"braf": "v600e"}, {"erbb2": "mutation"}])
def test_c10_chemo_immunotherapy_stays_with_a_caution_and_a_checkpoint_inhibitor_alone_does_not(driver):
    answer = documented(**driver)
    left = with_checkpoint(answer.options)
    assert left
    assert all(not set(one.regimen) <= CHECKPOINT for one in left)
    assert all("is present" in said(one.cautions) for one in left)
    assert option(answer, "systemic.pembrolizumab", "withheld").reason[0].rule == RULE


@pytest.mark.parametrize(
    "word", ["autoimmune_disease", "organ_transplant", "interstitial_lung_disease", "high_dose_steroids"]
)
@pytest.mark.parametrize("place", ["us", "eu", "ca"])
def test_c11_a_caution_on_every_checkpoint_inhibitor_with_chemotherapy_beside(place, word):
    without, answer = documented(place), documented(place, contraindications=[word])
    for one in with_checkpoint(answer.options):
        said_before = said(option(without, one.id).cautions)
        assert len(said(one.cautions)) > len(said_before), one.id
    assert {"systemic.cisplatin-pemetrexed", "systemic.carboplatin-paclitaxel"} <= named(answer.options)


@pytest.mark.parametrize("ecog", [3, 4])
@pytest.mark.parametrize("place", ["us", "eu", "ca"])
def test_c12_at_3_and_4_no_chemotherapy_no_checkpoint_inhibitor_and_oral_targeted_drugs_as_extrapolated(
    place, ecog
):
    nothing = documented(place, ecog_ps=ecog)
    assert named(nothing.options) == {"supportive.best-supportive-care"}
    targeted = documented(place, ecog_ps=ecog, egfr="exon19del")
    osimertinib = option(targeted, "systemic.osimertinib")
    assert "Extrapolated" in said(osimertinib.cautions)
    assert "supportive.best-supportive-care" in named(targeted.options)


def test_c12_ipsos_is_told_at_3_and_offered_nowhere():
    care = option(documented(ecog_ps=3), "supportive.best-supportive-care")
    assert "off label" in said(care.notes)
    assert "IPSOS" not in said(option(documented(ecog_ps=4), "supportive.best-supportive-care").notes[:1])


@pytest.mark.parametrize("ecog", [3, 4])
def test_c12_small_cell_disease_keeps_platinum_and_etoposide_as_a_shared_decision(ecog):
    answer = assess(PatientProfile(**SMALL_CELL | {"ecog_ps": ecog}))
    chemotherapy = option(answer, "systemic.platinum-etoposide")
    assert "shared decision" in said(chemotherapy.cautions)
    assert "unverified" in said(chemotherapy.cautions)


@pytest.mark.parametrize("histology", ["squamous", "adenosquamous", "nsclc_nos", "sarcomatoid"])
def test_c13_no_bevacizumab_where_a_squamous_part_is_or_may_be_and_a_doublet_stays(histology):
    answer = documented(histology=histology, pd_l1_tps=0)
    drugs = {drug for one in answer.options for drug in one.regimen}
    assert "bevacizumab" not in drugs
    assert ("pemetrexed" in drugs) == (histology != "squamous")
    listed = named(answer.options) | named(answer.superseded)
    assert {"systemic.carboplatin-paclitaxel", "systemic.cisplatin-gemcitabine"} <= listed


def test_c14_two_drivers_are_a_conflict_and_kras_makes_none():
    both = documented(egfr="l858r", alk="fusion")
    assert [conflict.id for conflict in both.conflicts] == ["two-drivers"]
    regimens = {one.regimen for one in both.options}
    assert ("osimertinib", "alectinib") not in regimens
    assert documented(egfr="l858r", kras="g12c", met="amplification").conflicts == ()


def test_c15_several_variants_and_an_alteration_without_a_class():
    t790m = documented(egfr=["exon19del", "t790m"])
    assert "systemic.osimertinib" in named(t790m.options)
    assert "systemic.erlotinib" in named(t790m.withheld)
    other = documented("eu", egfr="other_activating")
    assert "systemic.osimertinib" in named(other.unresolved)
    assert with_checkpoint(other.options) == []


def test_c16_atezolizumab_alone_has_another_score_and_pembrolizumab_says_for_whom_it_is_below_50():
    high = option(documented(pd_l1_tps=60), "systemic.atezolizumab")
    assert "not interchangeable with a TPS" in said(high.cautions)
    low = documented(pd_l1_tps=20)
    assert "systemic.atezolizumab" in named(low.unresolved)
    assert "do not want to receive platinum" in said(option(low, "systemic.pembrolizumab").notes)


def test_c17_a_count_from_ct_a_cavity_and_small_cell_disease():
    radiosurgery = option(documented(brain_lesions=2, brain_imaging="ct"), "brain.stereotactic-radiosurgery")
    assert "MRI finds more" in said(radiosurgery.cautions)
    assert "brain.stereotactic-radiosurgery" in named(documented(brain_cavity=True).options)
    small_cell = assess(PatientProfile(**SMALL_CELL | {"brain_lesions": 2}))
    assert "brain.stereotactic-radiosurgery" not in named(small_cell.options)


def test_c18_deferral_needs_what_is_stated_and_tells_its_grade():
    stated = {"brain_symptomatic": False, "brain_mass_effect": False, "brainstem": False}
    answer = documented(brain_lesions=2, egfr="exon19del", **stated)
    assert "weak recommendation" in said(option(answer, "brain.observation").notes)
    for name in stated:
        less = {key: value for key, value in stated.items() if key != name}
        lacking = documented(brain_lesions=2, egfr="exon19del", **less)
        assert "brain.observation" not in named(lacking.options), name
    symptomatic = documented(brain_lesions=2, brain_symptomatic=True)
    assert "local treatment comes first" in said(symptomatic.next_steps)


def test_c19_bone_metastases_and_hypercalcaemia_are_apart():
    calcium = {"calcium": {"value": 13, "unit": "mg/dL"}, "albumin_g_l": 40}
    high = documented(**calcium)
    assert {"supportive.zoledronic-acid", "supportive.denosumab"} <= named(high.options)
    assert not {name for name in named(high.options) if name.startswith("bone.")}
    bone = documented(bone_metastases=True, creatinine_clearance_ml_min=29)
    denosumab = option(bone, "bone.denosumab")
    assert "risk of low calcium" in said(denosumab.cautions)
    assert "unless calcium is high" in said(denosumab.prerequisites)


def test_c20_a_refusal_does_not_hide_care():
    steps = said(refused(egfr=None).next_steps)
    for words in ("palliative care", "assessed locally", "no checkpoint inhibitor while EGFR", "the tumor board need not"):  # fmt: skip
        assert words in steps
    out_of_scope = said(refused(stage="II").next_steps)
    assert "palliative care" in out_of_scope
    assert "assessed locally" in out_of_scope


def test_c21_an_emergency_travels_with_an_error_and_an_unknown_symptom_is_told():
    with pytest.raises(ProfileError) as caught:
        PatientProfile(**COMPLETE | {"egfr": "l585r", "symptoms": ["first seizure"]})
    assert [alert.id for alert in caught.value.alerts] == ["seizure"]
    answer = documented(symptoms=["my ear rings"])
    assert "assessed today" in " ".join(alert.action for alert in answer.alerts)


def test_c21_an_urgency_that_no_source_states_is_marked():
    # EANO-ESMO asks for imaging; the hour is the library's. NICE says at once for the cord.
    answer = documented(symptoms=["first seizure", "leg weakness"])
    assert {alert.id: alert.default_urgency for alert in answer.alerts} == {
        "seizure": True,
        "leg-weakness": False,
    }


def test_c22_what_is_not_judged_is_said_and_both_neuroendocrine_routes_are_flagged():
    assert "are not assessed" in said(documented().next_steps)
    answer = documented(histology="large_cell_neuroendocrine", pd_l1_tps=0)
    assert [conflict.id for conflict in answer.conflicts] == ["large-cell-neuroendocrine"]
    assert {"systemic.platinum-etoposide", "systemic.pembrolizumab-pemetrexed-platinum"} <= named(
        answer.options
    )


def test_c22_few_metastases_need_counts_and_say_what_the_negative_trial_showed():
    silent = documented(metastatic_sites=["adrenal"])
    assert "oligometastatic" not in silent.model_dump_json()
    counted = documented(metastasis_counts={"adrenal": 2})
    assert "no longer progression-free survival (NRG-LU002)" in said(counted.next_steps)
    too_many = documented(metastasis_counts={"adrenal": 2, "liver": 4})
    assert "oligometastatic" not in too_many.model_dump_json()
    unknown = documented(
        metastatic_sites=None
    )  # what is asked for want of the sites does not use the word either
    assert "oligometastatic" not in said(unknown.next_steps) + said(unknown.questions)


def test_c23_the_notice_stands_on_every_answer():
    for answer in (documented(), refused(egfr=None), documented("eu"), documented("ca")):
        assert answer.notice == shipped().content.release.notice
    for words in ("not for the care of a patient", "Order is not preference", "seek emergency care now"):
        assert words in answer.notice


# ---- the page that lists the decisions --------------------------------------------------------------


PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "clinical-decisions.md"


def lines_of_the_table():
    return [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| C")]


def test_the_page_has_every_decision_once_and_in_order():
    assert [line.split("|")[1].strip() for line in lines_of_the_table()] == [f"C{n}" for n in range(1, 24)]


def test_every_record_and_file_that_the_page_names_exists():
    content = shipped().content
    records = {row.id for _, row in content.rows()} | set(content.all_sources())
    for part in (
        content.guardrails,
        content.cautions,
        content.notes,
        content.conflicts,
        content.scope,
        content.workup,
    ):
        records |= {record.id for record in part}
    fields = {"incomplete", "certain", "no_answer", "asked", "asks", "default_urgency", "notice"}
    root = PAGE.parents[2]
    for line in lines_of_the_table():
        for name in re.findall(r"`([^`]+)`", line):
            if "/" in name or name.endswith(".yaml"):
                assert (root / name).exists() or (root / "knowledge" / name).is_file(), name
            else:
                assert name in records | fields, name


def test_every_decision_of_the_page_has_a_test_here():
    for number in range(1, 24):
        assert any(name.startswith(f"test_c{number}_") for name in globals()), number
