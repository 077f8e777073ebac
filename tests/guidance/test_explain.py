"""Explanations: every part of an answer, at every reading level, cited or marked."""

import re

import pytest

from lungmets import PatientProfile, assess
from lungmets.explain import explain
from lungmets.knowledge.base import shipped
from lungmets.knowledge.explaining import subjects
from lungmets.vocabulary import Audience
from tests.guidance.reading import LONGEST, lix, longest
from tests.guidance.test_workup import COMPLETE

CONTENT = shipped().content
LABELS = {"missing:pd_l1_tps": "pd-l1", "missing:ecog_ps": "ecog", "missing:brain_lesions": "brain"}
UNFIT = (
    "battle",
    "fight",
    "terminal",
    "hopeless",
    "failed",
    "you must",
    "you should",
    "incurable",
    "months to live",
)
"""Words that are not said to a patient or a caregiver."""


def told(audience="trainee", *, with_profile=True, **changes):
    known = {name: value for name, value in (COMPLETE | changes).items() if value is not None}
    profile = PatientProfile(**known)
    return explain(assess(profile), audience=audience, profile=profile if with_profile else None)


def ids(found):
    return [remark.id for remark in found]


def test_every_part_of_an_answer_is_explained():
    assert {record.about for record in CONTENT.explanations} == subjects(CONTENT)


@pytest.mark.parametrize("record", CONTENT.explanations, ids=lambda record: record.id)
def test_a_caregiver_s_words_are_short_common_and_kind(record):
    text = record.says[Audience.CAREGIVER]
    assert lix(text) < 40
    assert longest(text) <= LONGEST
    assert not [word for word in UNFIT if word in text.lower()]
    assert not re.search(r"\d+ ?(%|percent|months)", text), "no figure of a prognosis, unasked"


def test_the_measure_notices_a_hard_text():
    """Four long words in a sentence of four: 4 + 100."""
    assert lix("Immunohistochemistry demonstrates considerable overexpression.") == 104
    assert longest("one two three. one two.") == 3


def test_the_three_levels_differ():
    for record in CONTENT.explanations:
        assert len(set(record.says.values())) == len(Audience), record.id


def test_every_explanation_is_cited_or_marked_as_the_project_s_own():
    for found in (told(), told(egfr="pending"), told(egfr="l858r", brain_lesions=2)):
        assert all(remark.citations or remark.rule == "project default" for remark in found)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"alk": "pending"}, "explain.refusal-incomplete"),
        ({"stage": "II"}, "explain.refusal-out-of-scope"),
        ({"histology": "small_cell", "egfr": "l858r"}, "explain.refusal-inconsistent"),
        ({}, "explain.documented"),
    ],
)
def test_an_answer_begins_with_its_kind_and_offers_palliative_care(audience, changes, reason):
    found = told(audience, **changes)
    assert found[0].id == reason
    assert "explain.palliative-care" in ids(found)
    assert found.audience is audience


def test_each_missing_item_is_explained_and_no_other():
    found = ids(told(egfr="pending", pd_l1_tps=None))
    assert [name for name in found if "missing" in name] == ["explain.missing-egfr", "explain.missing-pd-l1"]


def test_a_driver_is_explained_from_the_profile_and_from_the_options():
    """Without the profile only what options rest on is known: KRAS carries none of them."""
    assert "explain.driver-egfr" in ids(told(egfr="l858r"))
    assert "explain.driver-egfr" in ids(told(egfr="l858r", with_profile=False))
    assert "explain.driver-kras" in ids(told(kras="g12c"))
    assert not [name for name in ids(told()) if "driver" in name]


def test_lists_and_procedures_are_explained_where_they_are_shown():
    found = ids(told(egfr="l858r", brain_lesions=2))
    assert {"explain.withheld", "explain.superseded", "explain.radiosurgery", "explain.ecog"} <= set(found)
    plain = ids(told())
    assert "explain.radiosurgery" not in plain
    assert "explain.pd-l1" in plain


def test_an_alert_is_explained_first_and_shown_above():
    found = told("caregiver", symptoms=["first seizure"])
    assert found[0].id == "explain.alerts"
    page = found._repr_markdown_()
    assert page.startswith("# Urgent")
    assert "A palliative care team helps" in page
    assert str(found).startswith("URGENT")


def test_what_is_younger_than_the_day_is_not_cited():
    from datetime import date

    answer = assess(PatientProfile(histology="adenocarcinoma"), as_of=date(2014, 6, 1))
    for remark in explain(answer):
        for citation in remark.citations:
            assert citation.published[:4] <= "2014"
