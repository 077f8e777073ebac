"""A sentence is told from a day on; it must not speak of a year that was still to come on that day.

An answer as of 2012 that mentions 2014 would tell what nobody could know. One function decides
(:func:`too_early`); planted defects show that it notices what it should.
"""

import re
from datetime import date

import pytest

from lungmets.knowledge.base import shipped
from tests.knowledge.test_release import changed

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def too_early(content):
    """The sentences that name a year after the first day on which they are told."""
    return sorted(name for name, text, day in _told(content) if _later_years(text, day))


def _told(content):
    for _, row in content.rows():
        for entry in row.documented:
            yield row.id, f"{row.note} {entry.note}", entry.begins.day
            if row.unresolved:
                yield row.id, row.unresolved.reason, entry.begins.day
    for note in content.notes:
        yield note.id, note.says, note.begins.day
    for record in content.supersessions:
        yield record.id, record.reason, record.begins.day
    for step in (*content.workup, *content.questions):
        # Without a day of its own it is told as early as anything is.
        first = min(content.release.begins.values())
        yield step.id, step.says, step.begins.day if step.begins else first


def _later_years(text: str, day: date):
    return [year for year in YEAR.findall(text) if int(year) > day.year]


@pytest.fixture(scope="module")
def content():
    return shipped().content


def test_no_sentence_tells_what_was_still_to_come(content):
    assert too_early(content) == []


# fmt: off
PLANTED = [
    ("tables",        "alk.crizotinib",                      {"note": "Evidence in untreated disease came in 2014."}),
    ("notes",         "maintenance.pemetrexed",              {"says": "It was limited again in 2031."}),
    ("supersessions", "egfr.osimertinib-over-first-generation", {"reason": "The guideline of 2031 says so."}),
    ("workup",        "met.no-first-line-drug",              {"says": "Nothing was approved until 2025."}),
]
# fmt: on


@pytest.mark.parametrize(("part", "name", "values"), PLANTED)
def test_a_sentence_told_too_early_is_noticed(content, part, name, values):
    assert set(too_early(changed(content, part, name, **values))) == {name}
