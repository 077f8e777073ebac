"""No supersession, open row or next step speaks of a year before that year came.

Rows and notes are looked at in ``test_said_in_its_time``. An answer as of 2012 that mentions 2014 would
tell what nobody could know. One function decides (:func:`too_early`); planted defects show that it
notices what it should.
"""

import re
from datetime import date

import pytest

from lungmets.knowledge.base import shipped
from tests.knowledge.test_release import changed

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def too_early(content):
    """The sentences that name a year after the first day on which they are told."""
    return sorted({name for name, text, day in _told(content) if _later_years(text, day)})


def _told(content):
    for _, row in content.rows():
        if row.unresolved:
            yield row.id, row.unresolved.reason, min(entry.begins.day for entry in row.documented)
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


def test_no_rule_tells_what_was_still_to_come(content):
    assert too_early(content) == []


# fmt: off
PLANTED = [
    ("supersessions", "egfr.osimertinib-over-first-generation", {"reason": "The guideline of 2031 says so."}),
    ("workup",        "met.no-first-line-drug",                 {"says": "Nothing was approved until 2025."}),
    ("workup",        "braf.no-first-line-drug",                {"says": "Since 2023 two labels name V600E."}),
]
# fmt: on


@pytest.mark.parametrize(("part", "name", "values"), PLANTED)
def test_a_sentence_told_too_early_is_noticed(content, part, name, values):
    assert too_early(changed(content, part, name, **values)) == [name]
