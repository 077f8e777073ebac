"""No sentence of a row or a note is told before the year that it names.

A row is told from its first day on, so a sentence about a later year, or one that rests only on a later
source, belongs to an entry or a note that begins with it.
"""

import re

import pytest

from lungmets.knowledge.base import shipped
from tests.knowledge.test_release import changed

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def early(content):
    """The sentences that name a year in which their record had not begun yet."""
    release = content.release.as_of
    for _, row in content.rows():
        first = min(entry.begins.day for entry in row.documented)
        said = [(row.note, first, None)]
        said += [(entry.note, entry.begins.day, entry.ends) for entry in row.documented]
        for text, begins, ends in said:
            last = ends.day if ends else release
            for year in map(int, YEAR.findall(text or "")):
                # An end in the year that is named is the day on which the sentence stops being told.
                if year > begins.year and last.year >= year:
                    yield row.id, year
    for note in content.notes:
        for year in map(int, YEAR.findall(note.says)):
            if year > note.begins.day.year and (note.ends is None or note.ends.day.year > year):
                yield note.id, year


@pytest.fixture(scope="module")
def content():
    return shipped().content


def test_no_sentence_names_a_year_that_had_not_come(content):
    assert sorted(early(content)) == []


def test_a_row_that_tells_the_future_is_noticed(content):
    planted = changed(content, "tables", "elderly.vinorelbine", note="A doublet did better in 2011.")
    assert list(early(planted)) == [("elderly.vinorelbine", 2011)]


def test_a_note_that_tells_the_future_is_noticed(content):
    # The note on pemetrexed as maintenance begins in 2009.
    planted = changed(content, "notes", "maintenance.pemetrexed", says="It was limited in 2024.")
    assert list(early(planted)) == [("maintenance.pemetrexed", 2024)]
