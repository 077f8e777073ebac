"""What answers say beside the names of their options; the options themselves are in tests/scenarios."""

from lungmets import DocumentedOptions, PatientProfile, Refusal, assess

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 0, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip


def documented(**changes) -> DocumentedOptions:
    answer = assess(PatientProfile(**COMPLETE | changes))
    assert isinstance(answer, DocumentedOptions), answer
    return answer


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


def test_the_conflict_of_two_drivers_names_their_options_and_asks():
    answer = documented(egfr="exon19del", alk="fusion")
    conflict = next(one for one in answer.conflicts if one.id == "two-drivers")
    assert {"systemic.osimertinib", "systemic.alectinib"} <= set(conflict.options)
    assert conflict.questions


def test_later_line_drugs_stand_in_withheld_with_their_reason():
    answer = documented(kras="g12c")
    sotorasib = next(option for option in answer.withheld if option.regimen == ("sotorasib",))
    assert "after at least one systemic therapy" in sotorasib.reason[0].text
    assert sotorasib.citations


def test_a_bare_positive_lacks_its_class_and_the_guardrail_fires_already():
    answer = assess(PatientProfile(**COMPLETE | {"egfr": "positive"}))
    assert isinstance(answer, Refusal)
    assert [(missing.item, "class" in missing.why) for missing in answer.missing] == [("egfr", True)]
    assert "no-checkpoint-inhibitor.egfr" in {remark.id for remark in answer.certain}
