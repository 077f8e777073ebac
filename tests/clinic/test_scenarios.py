"""What labels and guidelines say, as questions: each row cites what it encodes.

``+`` lists regimens that must be options, ``-`` regimens that must not be.
"""

from datetime import date

import pytest

from lungmets import DocumentedOptions, PatientProfile, assess

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 0, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip


def documented(as_of: str | None = None, **changes) -> DocumentedOptions:
    answer = assess(PatientProfile(**COMPLETE | changes), as_of=date.fromisoformat(as_of) if as_of else None)
    assert isinstance(answer, DocumentedOptions), answer
    return answer


def names(options) -> set[str]:
    return {"+".join(option.regimen) for option in options}


# fmt: off
SCENARIOS = [
    # --- time: approvals, both sides of the day (FDA lists; shared dates in knowledge/sources/approvals.yaml)
    ("2013-05-13", {"egfr": "exon19del"}, "",                "erlotinib",     "erlotinib first-line on 2013-05-14"),
    ("2013-05-14", {"egfr": "exon19del"}, "erlotinib",       "",              "erlotinib first-line on 2013-05-14"),
    ("2013-07-11", {"egfr": "l858r"},     "",                "afatinib",      "afatinib on 2013-07-12"),
    ("2013-07-12", {"egfr": "l858r"},     "afatinib",        "",              "afatinib on 2013-07-12"),
    ("2014-06-01", {"egfr": "exon19del"}, "erlotinib gefitinib afatinib", "osimertinib", "as their documents allow"),
    ("2018-04-17", {"egfr": "exon19del"}, "erlotinib",       "osimertinib",   "osimertinib first-line on 2018-04-18"),
    ("2018-04-18", {"egfr": "exon19del"}, "osimertinib",     "",              "osimertinib first-line on 2018-04-18"),
    ("2018-01-11", {"egfr": "g719x"},     "",                "afatinib",      "broadened on 2018-01-12"),
    ("2018-01-12", {"egfr": "g719x"},     "afatinib",        "",              "broadened on 2018-01-12"),
    ("2024-02-29", {"egfr": "exon20ins"}, "",    "amivantamab+carboplatin+pemetrexed", "PAPILLON label 2024-03-01"),
    ("2024-03-01", {"egfr": "exon20ins"}, "amivantamab+carboplatin+pemetrexed", "",    "PAPILLON label 2024-03-01"),
    ("2011-08-25", {"alk": "fusion"},     "",                "crizotinib",    "crizotinib for ALK on 2011-08-26"),
    ("2011-08-26", {"alk": "fusion"},     "crizotinib",      "",              "crizotinib for ALK on 2011-08-26"),
    ("2017-11-05", {"alk": "fusion"},     "crizotinib",      "alectinib",     "alectinib first-line on 2017-11-06"),
    ("2017-11-06", {"alk": "fusion"},     "alectinib crizotinib", "",         "alectinib first-line on 2017-11-06"),
    ("2016-03-11", {"ros1": "fusion"},    "crizotinib",      "",              "crizotinib for ROS1 on 2016-03-11"),
    ("2020-05-07", {"ret": "fusion"},     "",                "selpercatinib", "selpercatinib on 2020-05-08"),
    ("2020-05-08", {"ret": "fusion"},     "selpercatinib",   "",              "selpercatinib on 2020-05-08"),
    ("2020-05-06", {"met": "exon14_skipping"}, "capmatinib", "tepotinib",     "capmatinib on 2020-05-06"),
    ("2021-02-03", {"met": "exon14_skipping"}, "tepotinib",  "",              "tepotinib on 2021-02-03"),
    ("2017-06-22", {"braf": "v600e"},     "dabrafenib+trametinib", "",        "BRAF V600E on 2017-06-22"),
    ("2026-02-25", {"erbb2": "mutation"}, "",                "zongertinib",   "first-line only from 2026-02-26"),
    ("2026-02-26", {"erbb2": "mutation"}, "zongertinib",     "",              "first-line only from 2026-02-26"),
    ("2016-01-01", {"pd_l1_tps": 60},     "",                "pembrolizumab", "first-line label of 2016-10-24"),
    ("2017-01-01", {"pd_l1_tps": 60},     "pembrolizumab",   "",              "first-line label of 2016-10-24"),
    ("2019-04-10", {"pd_l1_tps": 20},     "",                "pembrolizumab", "widened to TPS >=1 on 2019-04-11"),
    ("2019-04-11", {"pd_l1_tps": 20},     "pembrolizumab",   "",              "widened to TPS >=1 on 2019-04-11"),
    ("2018-08-19", {}, "pembrolizumab+pemetrexed+carboplatin", "pembrolizumab+pemetrexed+platinum", "KEYNOTE-189 label"),
    ("2018-08-20", {}, "pembrolizumab+pemetrexed+platinum", "pembrolizumab+pemetrexed+carboplatin", "KEYNOTE-189 label"),
    # --- thresholds of PD-L1 (labels: TPS >=1, TPS >=50)
    (None, {"pd_l1_tps": 0.9}, "",                           "pembrolizumab", "single-agent label needs TPS >=1"),
    (None, {"pd_l1_tps": 1},   "pembrolizumab nivolumab+ipilimumab", "cemiplimab", "cemiplimab alone needs >=50"),
    (None, {"pd_l1_tps": 49},  "pembrolizumab",              "cemiplimab atezolizumab", "thresholds of 50"),
    (None, {"pd_l1_tps": 50},  "pembrolizumab cemiplimab atezolizumab", "",   "thresholds of 50"),
    # --- histology
    (None, {"histology": "squamous"}, "pembrolizumab+carboplatin+paclitaxel", "cisplatin+pemetrexed", "KEYNOTE-407"),
    (None, {"histology": "squamous", "ecog_ps": 2}, "carboplatin+paclitaxel", "carboplatin+pemetrexed", "ECOG 1594"),
    (None, {"histology": "adenosquamous"}, "pembrolizumab+pemetrexed+platinum",
     "atezolizumab+bevacizumab+carboplatin+paclitaxel", "a squamous part is not excluded (C13)"),
    # --- performance status
    (None, {"ecog_ps": 2}, "single_agent_chemotherapy platinum_doublet_chemotherapy", "", "ASCO 2009; CHEST 2013"),
    (None, {"ecog_ps": 3}, "best_supportive_care", "platinum_doublet_chemotherapy", "C12"),
    (None, {"ecog_ps": 3, "pd_l1_tps": 80}, "best_supportive_care", "pembrolizumab atezolizumab", "C12"),
    (None, {"ecog_ps": 4, "egfr": "exon19del"}, "osimertinib", "osimertinib+platinum+pemetrexed", "C12"),
    (None, {"ecog_ps": 4, "braf": "v600e"}, "dabrafenib+trametinib", "cisplatin+pemetrexed", "oral pair, C12"),
    # --- drivers that have no first-line drug, or not this one
    (None, {"kras": "g12c", "pd_l1_tps": 60}, "pembrolizumab", "sotorasib adagrasib", "G12C drugs are later-line"),
    (None, {"kras": "other", "pd_l1_tps": 60}, "pembrolizumab", "",               "no drug; follows PD-L1"),
    (None, {"met": "amplification"}, "", "capmatinib tepotinib", "no first-line label for amplification"),
    (None, {"erbb2": "amplification"}, "", "zongertinib", "the label speaks of mutations"),
    (None, {"braf": "other"}, "", "dabrafenib+trametinib", "the US label names V600E"),
    (None, {"egfr": "t790m"}, "", "osimertinib erlotinib", "T790M only after a TKI"),
    (None, {"egfr": "exon20ins"}, "amivantamab+carboplatin+pemetrexed", "osimertinib afatinib", "PAPILLON"),
    # --- drivers and checkpoint inhibitors (labels: EGFR, ALK; cemiplimab: ROS1; project rule: RET, NTRK)
    (None, {"egfr": "l858r", "pd_l1_tps": 90}, "osimertinib", "pembrolizumab pembrolizumab+pemetrexed+platinum", "labels"),
    (None, {"ros1": "fusion", "pd_l1_tps": 90}, "repotrectinib", "pembrolizumab cemiplimab", "C10"),
    (None, {"met": "exon14_skipping", "pd_l1_tps": 90}, "capmatinib pembrolizumab+pemetrexed+platinum", "pembrolizumab", "C10"),
    (None, {"braf": "v600e", "pd_l1_tps": 90}, "pembrolizumab+pemetrexed+platinum", "pembrolizumab", "C10"),
    # --- small cell
    (None, {"histology": "small_cell", "stage": "extensive"},
     "atezolizumab+carboplatin+etoposide durvalumab+platinum+etoposide", "platinum+etoposide tarlatamab", "ASCO 2023"),
    # --- brain (ASTRO 2022: to 4 strong, 5-10 conditional, ECOG 0-2)
    (None, {"brain_lesions": 4}, "stereotactic_radiosurgery", "whole_brain_radiotherapy", "up to four"),
    (None, {"brain_lesions": 5}, "stereotactic_radiosurgery whole_brain_radiotherapy", "", "five to ten"),
    (None, {"brain_lesions": 10}, "stereotactic_radiosurgery", "", "five to ten"),
    (None, {"brain_lesions": 11}, "whole_brain_radiotherapy", "stereotactic_radiosurgery", "above ten: open"),
    (None, {"brain_lesions": "innumerable"}, "whole_brain_radiotherapy", "stereotactic_radiosurgery", "above ten"),
    (None, {"brain_lesions": 2, "ecog_ps": 3}, "best_supportive_care", "stereotactic_radiosurgery", "ECOG 0-2"),
    (None, {"brain_lesions": 2, "brain_largest_mm": 41}, "surgical_resection", "", "above 4 cm surgery first"),
    (None, {"brain_lesions": 2, "brain_largest_mm": 40}, "stereotactic_radiosurgery", "surgical_resection", "4 cm is in"),
    (None, {"brain_lesions": 2, "egfr": "exon19del", "brain_symptomatic": "no", "brain_mass_effect": "no",
            "brainstem": "no"}, "observation", "", "ASCO-SNO-ASTRO 2021, weak"),
    (None, {"brain_lesions": 2, "egfr": "exon19del"}, "", "observation", "absence of symptoms must be stated (C18)"),
    # --- bone (zoledronic acid label: not below 30 mL/min)
    (None, {"bone_metastases": "yes", "creatinine_clearance_ml_min": 30}, "zoledronic_acid denosumab", "", "limit 30"),
    (None, {"bone_metastases": "yes", "creatinine_clearance_ml_min": 29.9}, "denosumab", "zoledronic_acid", "limit 30"),
    (None, {"bone_metastases": "yes"}, "denosumab", "zoledronic_acid", "unknown clearance (C9)"),
    (None, {}, "", "zoledronic_acid denosumab", "no bone metastases"),
]
# fmt: on


@pytest.mark.parametrize(
    ("as_of", "changes", "wanted", "unwanted"),
    [row[:4] for row in SCENARIOS],
    ids=[f"{row[0] or 'release'} {row[1]} {row[4]}" for row in SCENARIOS],
)
def test_scenario(as_of, changes, wanted, unwanted):
    listed = names(documented(as_of, **changes).options)
    assert set(wanted.split()) <= listed
    assert not set(unwanted.split()) & listed


def test_dose_steps_of_zoledronic_acid_follow_the_label():
    # Label: >60 4.0 mg; 50-60 3.5; 40-49 3.3; 30-39 3.0.
    for clearance, dose in (
        (61, None),
        (60, "3.5 mg"),
        (50, "3.5 mg"),
        (49, "3.3 mg"),
        (40, "3.3 mg"),
        (39, "3.0 mg"),
    ):
        answer = documented(bone_metastases=True, creatinine_clearance_ml_min=clearance)
        zoledronic = next(option for option in answer.options if option.regimen == ("zoledronic_acid",))
        doses = [remark.text for remark in zoledronic.cautions if "the label's dose is" in remark.text]
        assert [text.split("dose is ")[1].rstrip(".") for text in doses] == ([dose] if dose else [])


def test_two_drivers_are_both_listed_and_the_conflict_says_so():
    answer = documented(egfr="exon19del", alk="fusion")
    assert {"osimertinib", "alectinib"} <= names(answer.options)
    assert [conflict.id for conflict in answer.conflicts] == ["two-drivers"]
    assert "systemic.osimertinib" in answer.conflicts[0].options
    assert answer.conflicts[0].questions


@pytest.mark.parametrize("second", [{"kras": "g12c"}, {"braf": "other"}, {"met": "amplification"}])
def test_alterations_without_a_first_line_drug_make_no_conflict(second):
    assert not documented(egfr="exon19del", **second).conflicts


def test_egfr_common_with_t790m_keeps_osimertinib_as_a_conflict_and_withholds_the_older_inhibitors():
    answer = documented(egfr=["exon19del", "t790m"])
    assert "osimertinib" in names(answer.options)
    assert {"erlotinib", "afatinib", "dacomitinib"} <= names(answer.withheld)
    assert "egfr-common-with-t790m" in {conflict.id for conflict in answer.conflicts}


def test_an_activating_variant_of_no_documented_class_is_unresolved_and_not_negative():
    answer = documented(egfr="exon 18 deletion", pd_l1_tps=80)
    assert names(answer.unresolved) >= {"afatinib"}
    assert "afatinib" not in names(answer.options)
    assert "pembrolizumab" in names(answer.withheld)


def test_atezolizumab_below_50_is_open_while_immune_cells_are_unknown():
    assert "atezolizumab" in names(documented(pd_l1_tps=20).unresolved)
    known = documented(pd_l1_tps={"tps": 20, "immune_cells": 10})
    assert "atezolizumab" in names(known.options)
    low = documented(pd_l1_tps={"tps": 20, "immune_cells": 9})
    assert "atezolizumab" not in names(low.options) | names(low.unresolved)


def test_later_line_drugs_stand_in_withheld_with_their_reason():
    answer = documented(kras="g12c")
    sotorasib = next(option for option in answer.withheld if option.regimen == ("sotorasib",))
    assert "after at least one systemic therapy" in sotorasib.reason[0].text
    assert sotorasib.citations


def test_a_bound_is_answered_where_it_decides_nothing_and_refused_where_it_decides():
    # >=1 covers TPS 1-49 and >=50, which have different drugs.
    straddling = assess(PatientProfile(**COMPLETE | {"pd_l1_tps": ">=1"}))
    assert straddling.status == "refused"
    assert [missing.item for missing in straddling.missing] == ["pd_l1_tps"]
    # With EGFR positive every checkpoint inhibitor is withheld, whatever the score.
    assert assess(PatientProfile(**COMPLETE | {"pd_l1_tps": ">=1", "egfr": "l858r"})).status == "documented"
    for bound in ("<1", "1-49", ">=50"):
        assert assess(PatientProfile(**COMPLETE | {"pd_l1_tps": bound})).status == "documented"


def test_a_bare_positive_lacks_its_class_and_the_guardrail_fires_already():
    answer = assess(PatientProfile(**COMPLETE | {"egfr": "positive"}))
    assert answer.status == "refused"
    assert [(missing.item, "class" in missing.why) for missing in answer.missing] == [("egfr", True)]
    assert "no-checkpoint-inhibitor.egfr" in {remark.id for remark in answer.certain}


def test_ros1_by_immunohistochemistry_asks_for_confirmation_and_alk_does_not():
    ros1 = assess(PatientProfile(**COMPLETE | {"ros1": "positive (IHC)"}))
    assert ros1.status == "refused"
    assert [missing.item for missing in ros1.missing] == ["ros1"]
    assert assess(PatientProfile(**COMPLETE | {"alk": "positive (IHC)"})).status == "documented"


@pytest.mark.parametrize("gene", ["egfr", "alk", "ros1", "kras", "met", "ret"])
def test_a_negative_from_plasma_alone_is_no_answer_and_a_positive_is(gene):
    found = {"kras": "G12C", "met": "exon 14 skipping", "egfr": "L858R"}.get(gene, "fusion")
    negative = assess(PatientProfile(**COMPLETE | {gene: "negative (ctDNA)"}))
    assert negative.status == "refused"
    assert [missing.item for missing in negative.missing] == [gene]
    assert assess(PatientProfile(**COMPLETE | {gene: f"{found} (ctDNA)"})).status == "documented"
