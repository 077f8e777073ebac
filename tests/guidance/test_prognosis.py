"""Figures of populations: verified, dated, warned of, and never shown unasked."""

from datetime import date

import pytest

from lungmets import PatientProfile, assess, prognosis, questions
from lungmets.errors import QuestionError
from lungmets.explain import explain
from lungmets.knowledge.base import shipped

CONTENT = shipped().content


def figures(day=None, **profile):
    return {one.id: one for one in prognosis(PatientProfile(**profile), as_of=day).figures}


def test_the_warning_stands_before_every_figure():
    found = prognosis(PatientProfile())
    assert "do not describe one patient" in found.warning
    page = found._repr_markdown_()
    assert page.index("do not describe one patient") < page.index("9%: 5-year relative survival")


def test_every_figure_has_its_population_its_years_and_a_verified_source():
    for record in CONTENT.populations:
        source = shipped().sources[record.by[0]]
        shown = [figure for figure in source.figures if figure.population in record.groups]
        assert shown, record.id
        assert {figure.population for figure in shown} == set(record.groups)
        assert "figures" not in source.unverified


def test_the_numbers_are_those_of_the_source():
    """SEER: 9 percent for 2014-2020, and 3.7 for 1998-2011."""
    found = figures()["population.distant-stage"]
    assert [item.value for item in found.evidence] == [9, 3.7]
    assert "2014-2020" in found.years


@pytest.mark.parametrize(
    ("name", "there", "absent"),
    [
        ("population.single-sites-small-cell", {"histology": "small_cell"}, {"histology": "squamous"}),
        ("population.single-sites-nsclc", {"histology": "squamous"}, {"histology": "small_cell"}),
        ("population.brain-egfr", {"histology": "squamous", "egfr": "l858r"}, {"histology": "squamous"}),
        ("population.brain-survival", {"histology": "squamous", "brain_lesions": 1},
         {"histology": "squamous", "brain_lesions": 0}),
        ("population.brain-survival-korea", {"histology": "adenocarcinoma", "brain_lesions": 1},
         {"histology": "squamous", "brain_lesions": 1}),
    ],
)  # fmt: skip
def test_a_population_is_named_for_whom_it_resembles(name, there, absent):
    assert name in figures(**there)
    assert name not in figures(**absent)


def test_a_figure_is_shown_from_the_day_of_its_source():
    for day, there in ((date(2017, 5, 31), False), (date(2017, 6, 1), True)):
        known = figures(day, histology="adenocarcinoma", brain_lesions=1)
        assert ("population.brain-survival" in known) is there


def test_no_answer_question_or_explanation_carries_a_figure_of_a_population():
    profile = PatientProfile(histology="adenocarcinoma", brain_lesions=2)
    answer = assess(profile)
    names = {record.id for record in CONTENT.populations}
    said = [
        *answer.next_steps,
        *answer.questions,
        *questions(profile),
        *explain(answer, audience="caregiver"),
    ]
    assert not names & {remark.id for remark in said}
    assert CONTENT.prognosis.warning not in answer.model_dump_json()


def test_no_index_is_computed():
    """The points of the Lung-molGPA were not seen: strata are shown, and nobody is put into one."""
    found = figures(histology="adenocarcinoma", brain_lesions=1)["population.brain-survival-germany-norway"]
    assert [item.value for item in found.evidence] == [3, 6.2, 14.7, 25]
    assert "is not computed here" in found.text


def test_a_place_that_does_not_exist_is_an_error():
    with pytest.raises(QuestionError, match="'mars' is not known"):
        prognosis(PatientProfile(), jurisdiction="mars")
