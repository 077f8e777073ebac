"""Timelines: what an answer shows of them on a day, and in which order."""

from datetime import date

import pytest

from lungmets import DocumentedOptions, PatientProfile, assess, read_assessment
from lungmets.display.outline import outline
from lungmets.knowledge.base import shipped

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 2,
}  # fmt: skip


def timeline(day=None, name="radiosurgery.how-many-lesions", place="us", **changes):
    answer = assess(PatientProfile(**COMPLETE | changes), as_of=day, jurisdiction=place)
    assert isinstance(answer, DocumentedOptions)
    return {one.id: one for one in answer.timelines}.get(name)


# fmt: off
DAYS = [
    # day                  entries: the sources of the radiosurgery timeline that were published by then
    (date(2009, 11, 29),   ["2004"]),                                   # RTOG 9508; Chang is of November 2009, so of its last day
    (date(2009, 11, 30),   ["2004", "2009-11"]),
    (date(2010, 11, 1),    ["2004", "2009-11", "2010-11-01"]),
    (date(2014, 12, 30),   ["2004", "2009-11", "2010-11-01", "2014-11"]),
    (date(2014, 12, 31),   ["2004", "2009-11", "2010-11-01", "2014", "2014-11"]),
    (date(2021, 12, 20),   ["2004", "2009-11", "2010-11-01", "2014", "2014-11", "2016-07-26", "2021-02-01", "2021-11"]),
    (None,                 ["2004", "2009-11", "2010-11-01", "2014", "2014-11", "2016-07-26", "2021-02-01", "2021-11", "2021-12-21", "2022-05", "2026-02-19"]),
]
# fmt: on


@pytest.mark.parametrize(("day", "since"), DAYS, ids=str)
def test_the_entries_up_to_a_day_the_oldest_first(day, since):
    assert [entry.since for entry in timeline(day).entries] == since


def test_every_entry_is_cited_and_no_citation_is_younger_than_the_question():
    base = shipped()
    for day in (date(2010, 1, 1), date(2015, 1, 1), date(2022, 1, 1), base.content.release.as_of):
        for place in ("us", "eu"):
            for entry in timeline(day, place=place).entries:
                assert entry.citations, entry
                for citation in entry.citations:
                    assert base.published(base.sources[citation.id]) <= day


def test_a_trial_known_from_news_says_so():
    last = timeline().entries[-1]
    assert "known from news only (unverified)" in last.text
    assert "doi" in last.citations[0].unverified


def test_without_a_lesion_there_is_none():
    assert timeline(brain_lesions=0) is None


def test_small_cell_disease_has_none():
    small = {"histology": "small_cell", "stage": "extensive", "ecog_ps": 1, "brain_lesions": 2}
    answer = assess(PatientProfile(**small))
    assert answer.status == "documented"
    assert answer.timelines == ()


def test_a_refusal_carries_none():
    assert "timelines" not in type(assess(PatientProfile(brain_lesions=2))).model_fields


def test_it_is_stored_and_read_back_with_the_answer():
    answer = assess(PatientProfile(**COMPLETE))
    assert answer.timelines
    assert read_assessment(answer.model_dump_json()) == answer


def test_the_page_shows_it_as_days_with_what_was_said_and_its_sources():
    sections = {section.title: section for section in outline(assess(PatientProfile(**COMPLETE)))}
    shown = sections["How many brain lesions radiosurgery was for"]
    assert [entry.lead for entry in shown.entries][:2] == ["2004", "2009-11"]
    assert all(entry.text.rstrip("* ").endswith("]") for entry in shown.entries), (
        "each entry names its source"
    )


def test_the_few_metastases_have_one_only_where_they_are_counted():
    name = "oligometastatic.trials"
    assert timeline(name=name, brain_lesions=0, metastatic_sites=["adrenal"]) is None
    counted = timeline(name=name, brain_lesions=0, metastasis_counts={"adrenal": 1})
    assert [citation.id for citation in counted.entries[-1].citations] == ["nrg-lu002"]
    assert "did not lengthen" in counted.entries[-1].text
    concern = next(entry for entry in counted.entries if entry.citations[0].id == "sindas")
    assert "expression of concern" in concern.text


def test_a_conflict_names_the_options_that_it_is_about_those_left_open_as_well():
    answer = assess(PatientProfile(**COMPLETE | {"brain_lesions": 12}))
    (conflict,) = answer.conflicts
    assert conflict.options == ("brain.stereotactic-radiosurgery", "brain.whole-brain-radiotherapy")
    assert "brain.stereotactic-radiosurgery" in {option.id for option in answer.unresolved}


def test_a_conflict_without_a_date_is_told_on_every_day():
    for day in (date(2015, 1, 1), date(2026, 10, 7)):
        answer = assess(
            PatientProfile(**COMPLETE | {"egfr": "l858r", "alk": "fusion", "brain_lesions": 0}), as_of=day
        )
        assert [conflict.id for conflict in answer.conflicts] == ["two-drivers"]
