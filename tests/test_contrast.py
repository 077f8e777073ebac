"""Two answers beside each other: what differs, what does not, and why."""

from datetime import date

import pytest

from lungmets import PatientProfile, QuestionError
from lungmets.contrast import contrast

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 0, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip


def between(first: date, second: date, **changes):
    return contrast(PatientProfile(**COMPLETE | changes), days=(first, second))


def test_two_equal_questions_differ_in_nothing():
    found = between(date(2020, 1, 1), date(2020, 1, 1), egfr="l858r")
    assert not found.differs
    assert found.differences == ()
    assert "systemic.osimertinib" in found.same


def test_across_an_approval_the_new_drug_is_the_difference_and_its_date_the_reason():
    # Selpercatinib was approved on 2020-05-08; nothing else changed on that day for this profile.
    found = between(date(2020, 5, 7), date(2020, 5, 8), ret="fusion")
    assert found.differs
    selpercatinib = next(one for one in found.differences if one.option == "systemic.selpercatinib")
    assert (selpercatinib.first.whereabouts, selpercatinib.second.whereabouts) == ("absent", "documented")
    assert "documented in us from 2020-05-08" in selpercatinib.first.why[0]
    assert "us is asked as of 2020-05-07" in selpercatinib.first.why[0]
    assert "fda-selpercatinib-2020-05-08" in selpercatinib.second.citations


def test_a_drug_that_was_for_a_later_line_says_so():
    # Alectinib was documented after crizotinib from 2015-12-11, and first-line from 2017-11-06.
    found = between(date(2017, 11, 5), date(2017, 11, 6), alk="fusion")
    (alectinib,) = found.differences
    assert alectinib.option == "systemic.alectinib"
    assert (alectinib.first.whereabouts, alectinib.second.whereabouts) == ("withheld", "documented")
    assert "crizotinib" in alectinib.first.why[0]


def test_an_option_that_was_replaced_says_by_what():
    # ASCO 2022, of 2022-10-01, puts the newer ALK inhibitors in the place of ceritinib as well.
    found = between(date(2022, 9, 30), date(2022, 10, 1), alk="fusion")
    (ceritinib,) = [one for one in found.differences if one.option == "systemic.ceritinib"]
    assert (ceritinib.first.whereabouts, ceritinib.second.whereabouts) == ("documented", "superseded")
    assert ceritinib.second.why


def test_another_basis_of_the_same_option_is_a_difference():
    # Gefitinib stood on a guideline from 2009, and on its label from 2015-07-13.
    found = between(date(2015, 7, 12), date(2015, 7, 13), egfr="l858r")
    (gefitinib,) = found.differences
    assert (gefitinib.first.basis, gefitinib.second.basis) == ("guideline", "label")


def test_a_refusal_beside_an_answer_is_told_with_its_reason():
    found = contrast(PatientProfile(**COMPLETE), days=(date(2003, 12, 31), None))
    assert found.differs
    assert (found.first.status, found.first.reason) == ("refused", "undated")
    assert found.second.status == "documented"
    assert found.differences == ()


def test_items_that_are_missing_on_one_day_only_are_a_difference():
    profile = PatientProfile(**{**COMPLETE, "ret": None})
    found = contrast(profile, days=(date(2014, 6, 1), date(2024, 6, 1)))
    assert found.differs
    assert (found.first.status, found.second.missing) == ("documented", ("ret",))


def test_an_emergency_is_told_beside_both():
    found = between(date(2018, 1, 1), date(2020, 1, 1), symptoms=["first seizure"])
    assert [alert.id for alert in found.alerts] == ["seizure"]


def test_a_place_that_does_not_exist_is_an_error():
    with pytest.raises(QuestionError, match="did you mean eu"):
        contrast(PatientProfile(**COMPLETE), jurisdictions=("us", "eur"))
