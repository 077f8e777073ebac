"""A timeline draws what the rows say, harms nobody, and can be read by those who do not see it."""

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from lungmets.display.canvas import LEFT, WIDTH, Canvas, wrapped
from lungmets.display.timeline import timeline
from lungmets.knowledge.base import shipped
from lungmets.knowledge.history import Subject, history, subjects
from lungmets.vocabulary import Jurisdiction

SVG = "{http://www.w3.org/2000/svg}"


def lane(subject, row):
    return next(one for one in history(subject, shipped()).lanes if one.row == row)


def of(stretches, place):
    return [(one.begins, one.ends) for one in stretches if one.place is Jurisdiction(place)]


# ---- the history ------------------------------------------------------------------------------------------


def test_a_row_is_told_place_by_place_with_its_preference():
    """As its file says: the label of 18 April 2018, preferred from 2021 (its last day) until 2026 (its first)."""
    found = lane("egfr", "egfr-common.osimertinib")
    assert of(found.documented, "us") == [(date(2018, 4, 18), None)]
    assert of(found.documented, "eu") == [(date(2018, 6, 7), None)]
    assert of(found.preferred, "us") == [(date(2021, 12, 31), date(2026, 1, 1))]
    assert found.superseded == ()


def test_a_row_is_superseded_from_the_day_of_the_guideline_in_its_place_alone():
    """Erlotinib, documented in the United States from 2013: a guideline of 2021 puts osimertinib in its place."""
    found = lane("egfr", "egfr-common.erlotinib")
    assert of(found.superseded, "us") == [(date(2021, 12, 31), None)]
    assert of(found.superseded, "eu") == []


def test_several_supersessions_of_one_row_are_told_once():
    """Guidelines of 2017-10-20 (by PD-L1) and of later days (with immunotherapy) replace this doublet."""
    found = lane("no_driver", "chemotherapy.cisplatin-pemetrexed")
    records = [
        one
        for one in shipped().content.supersessions
        if "cisplatin-pemetrexed" in (one.replaces.regimens or ())
    ]
    assert len(records) > 2
    assert of(found.superseded, "us") == [(date(2017, 10, 20), None)]


def test_a_supersession_for_another_driver_is_not_told():
    """Crizotinib is replaced for ALK. That a tumour could have both does not make it so for ROS1.

    The guideline that says so first is known to the year 2021, which counts from its last day.
    """
    assert of(lane("alk", "alk.crizotinib").superseded, "us") == [(date(2021, 12, 31), None)]
    assert lane("ros1", "ros1.crizotinib").superseded == ()


def test_a_first_day_that_was_not_seen_is_marked():
    found = lane("egfr", "egfr-common.osimertinib")
    assert [(one.place.value, one.seen) for one in found.documented] == [
        ("us", True),
        ("eu", True),
        ("ca", False),
    ]


def test_every_row_belongs_to_a_subject_and_every_subject_has_rows():
    base = shipped()
    told = {one.row for subject in subjects(base) for one in history(subject, base).lanes}
    assert told == {row.id for _, row in base.content.rows()}
    assert {Subject.EGFR, Subject.NO_DRIVER, Subject.SMALL_CELL, Subject.BRAIN} <= set(subjects(base))
    assert all(history(subject, base).lanes for subject in subjects(base))


def test_later_line_rows_stand_last():
    later = [one.later for one in history("alk", shipped()).lanes]
    assert later == sorted(later)
    assert {True, False} == set(later)


def test_a_subject_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="'tp53' is not a valid Subject"):
        timeline("tp53")


# ---- the picture ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", subjects(shipped()))
def test_a_picture_is_one_sound_file_with_a_title_a_description_and_no_script(subject):
    root = ET.fromstring(timeline(subject).svg)  # noqa: S314  -- our own text
    assert root.get("role") == "img"
    named = root.get("aria-labelledby").split()
    ids = {element.get("id"): element for element in root.iter() if element.get("id")}
    assert [ids[name].tag for name in named] == [f"{SVG}title", f"{SVG}desc"]
    assert all(ids[name].text for name in named)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "defs", "pattern", "rect", "line", "text", "a"}
    foreign = [value for element in root.iter() for value in element.attrib.values() if "//" in value]
    assert foreign == [], "nothing comes from elsewhere"
    for one in history(subject, shipped()).lanes:
        assert one.option in ids[named[1]].text


@pytest.mark.parametrize("subject", subjects(shipped()))
def test_nothing_stands_outside_and_no_two_bars_of_a_line_hide_each_other_s_dates(subject):
    root = ET.fromstring(timeline(subject).svg)  # noqa: S314  -- our own text
    height = int(root.get("height"))
    lines = {}
    for element in root.iter(f"{SVG}text"):
        x, y, words = float(element.get("x")), float(element.get("y")), element.text
        wide = len(words) * (6.3 if element.get("class") in {"name", "row"} else 6)
        left = x - wide if "end" in element.get("class") else x
        assert left >= -2, words
        assert y <= height, words
        assert x <= WIDTH, words
        if element.get("class").startswith("said") and "end" in element.get("class"):
            lines.setdefault(y, []).append((left, x, words))
        if element.get("class") in {"name", "row"}:
            assert x + wide <= LEFT - 16, f"{words} runs into the names of the places"
    for spans in lines.values():
        ordered = sorted(spans)
        assert all(one[1] <= other[0] + 1 for one, other in pairwise(ordered)), ordered


def test_a_bar_begins_and_ends_where_its_days_are():
    """Ten years on the paper: a bar over the fifth of them begins at four tenths and ends at five."""
    canvas = Canvas("x", date(2010, 1, 1), date(2019, 12, 31))
    width = canvas.x(date(2020, 1, 1)) - LEFT
    canvas.bar((date(2014, 1, 1), date(2015, 1, 1)), 20, "label", "told <b>")
    root = ET.fromstring(canvas.drawn("t", "d"))  # noqa: S314  -- our own text
    (bar,) = [one for one in root.iter(f"{SVG}rect") if one.get("class") == "label"]
    assert float(bar.get("x")) - LEFT == pytest.approx(0.4 * width, abs=0.5)
    assert float(bar.get("width")) == pytest.approx(0.1 * width, abs=0.5)
    assert bar.find(f"{SVG}title").text == "told <b>", "escaped, so it is words"
    assert canvas.x(date(1990, 1, 1)) == LEFT, "what began before stands at the edge"


def test_a_date_is_written_only_where_there_is_room():
    canvas = Canvas("x", date(2010, 1, 1), date(2019, 12, 31))
    canvas.bar((date(2010, 2, 1), None), 20, "label", "early", said="2010-02-01")
    end = canvas.bar((date(2014, 1, 1), date(2015, 1, 1)), 40, "label", "first", said="2014-01-01")
    canvas.bar((date(2015, 1, 1), None), 40, "label", "next", said="2015-01-01", room_from=end)
    drawn = canvas.drawn("t", "d")
    assert ("2010-02-01" in drawn, "2014-01-01" in drawn, "2015-01-01" in drawn) == (False, True, False)


def test_the_name_of_a_row_is_a_link_where_one_is_given():
    linked = timeline("ret", link=lambda row: f"rows.html#{row}&x=<1>").svg
    assert 'href="rows.html#ret.selpercatinib&amp;x=&lt;1&gt;"' in linked
    assert "<a " not in timeline("ret").svg


def test_a_notebook_shows_the_picture():
    picture = timeline("ret")
    assert picture._repr_svg_() == picture.svg == timeline("ret").svg


def test_a_word_that_is_too_long_is_not_lost():
    assert "".join(wrapped("x" * 100)) == "x" * 100
