"""``stage_group``: the same part that every answer carries, by itself."""

from datetime import date, datetime

import pytest

from lungmets import PatientProfile, QuestionError, assess, stage_group

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"metastatic_sites": ["bone"]},
        {"stage": "III", "metastatic_sites": ["liver"]},
        {"egfr": "not_tested", "metastasis_counts": {"bone": 2}},
        {"brain_imaging": "none", "brain_lesions": 3},
    ],
    ids=["documented", "documented, not decided", "out of scope", "incomplete", "inconsistent"],
)
@pytest.mark.parametrize("day", [None, date(2020, 6, 1), date(2010, 6, 1), date(2030, 1, 1)], ids=str)
def test_every_answer_carries_the_stage_whatever_its_kind(changes, day):
    profile = PatientProfile(**COMPLETE | changes)
    assert assess(profile, as_of=day).staging == stage_group(profile, as_of=day)


def test_no_field_of_the_stage_depends_on_the_panel():
    sites = {"metastatic_sites": ["bone", "liver"], "brain_lesions": 0}
    assert stage_group(PatientProfile(**sites)) == stage_group(PatientProfile(**COMPLETE | sites))


def test_the_other_order_of_sites_and_counts_gives_the_same():
    one = PatientProfile(metastatic_sites=["bone", "liver"], metastasis_counts={"bone": 1, "liver": 2})
    other = PatientProfile(metastatic_sites=["liver", "bone"], metastasis_counts={"liver": 2, "bone": 1})
    assert stage_group(one) == stage_group(other)


def test_what_is_still_possible_holds_what_any_completion_gives():
    """Whatever number comes back, the category is one of those that were possible before."""
    open_ = stage_group(PatientProfile(metastatic_sites=["bone", "pleura"], brain_lesions="not_imaged"))
    found = {
        stage_group(
            PatientProfile(
                metastatic_sites=["bone", "pleura"], metastasis_counts={"bone": bone}, brain_lesions=brain
            )
        ).category
        for bone in (1, 2, 5)
        for brain in (0, 1, 4)
    }
    assert found == set(open_.possible_categories)


def test_a_category_has_one_reason_and_cites_only_what_was_published():
    for day, published in ((date(2020, 1, 1), "2020"), (None, "2026")):
        found = stage_group(PatientProfile(metastasis_counts={"bone": 2}, brain_lesions=0), as_of=day)
        (held,) = found.because
        assert held.values == ("sites: bone", "metastases outside the chest: 2; organs: 1")
        assert all(citation.published < published for citation in found.citations)
        assert found.missing == ()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"jurisdiction": "uk"}, "jurisdiction: 'uk' is not known; expected one of us, eu, ca"),
        ({"as_of": datetime(2020, 1, 1, 12)}, "is not a day; expected a datetime.date"),  # noqa: DTZ001  -- what is refused
        ({"as_of": "2020-01-01"}, "as_of: '2020-01-01' is not a day"),
    ],
)
def test_a_question_in_error_is_told_and_hides_no_emergency(question, words):
    with pytest.raises(QuestionError) as caught:
        stage_group(PatientProfile(symptoms=["seizure"]), **question)
    assert words in str(caught.value)
    assert [alert.id for alert in caught.value.alerts] == ["seizure"]
