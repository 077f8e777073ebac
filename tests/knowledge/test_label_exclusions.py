"""The drivers that each label of a checkpoint inhibitor excludes: what answers tell, against the evidence.

A note says of a label what it excludes, in the place of that label and no other. The evidence lists the
exclusions use by use; one function compares (:func:`unlike`), and planted notes show that it notices.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from lungmets.engine.options import Options
from lungmets.knowledge.base import shipped

EVIDENCE = Path(__file__).resolve().parents[3] / "shared" / "evidence" / "jurisdictions.json"

pytestmark = pytest.mark.skipif(
    not EVIDENCE.is_file(), reason="the evidence folder ../shared/evidence is not beside this repository"
)

PLACES = {"ema": "eu", "hc": "ca"}
GENES = ("EGFR", "ALK", "ROS1", "RET")
SAYS = ("exclu", "names")


@cache
def excluded():
    """For every first-line use of a checkpoint inhibitor in the two places: the genes that its label excludes."""
    records = json.loads(EVIDENCE.read_text(encoding="utf-8"))["records"]
    return {
        one["id"]: {exclusion["gene"].upper() for exclusion in one["driver_exclusions"]}
        for one in records
        if one["agency"] in PLACES and one["line"] == "first" and one.get("driver_exclusions")
    }


def sensitising():
    """The uses of which the label excludes sensitising EGFR mutations only."""
    records = json.loads(EVIDENCE.read_text(encoding="utf-8"))["records"]
    return {
        one["id"]
        for one in records
        if one["id"] in excluded() and any(part["scope"] == "sensitising mutations" for part in one["driver_exclusions"])
    }  # fmt: skip


def told(content, use):
    """Every sentence about exclusions that stands beside the option of a use, in its place, today."""
    place = PLACES[use.partition("-")[0]]
    options = Options(content)
    for table, row in content.rows():
        for entry in row.documented:
            if use not in entry.by:
                continue
            bit = 1 << options.position[table.domain, row.option]
            beside = [
                note.says
                for note in content.notes
                if place in note.places and use in note.by and options.mask(note.on) & bit
            ]
            for text in (row.note, entry.note, *beside):
                if text and any(word in text for word in SAYS):
                    yield text


def unlike(content):
    """The uses of which the sentences name other genes than the label, or say another EGFR."""
    for use, genes in excluded().items():
        sentences = list(told(content, use))
        named = {gene for text in sentences for gene in GENES if gene in text}
        if named != genes:
            yield use, named
        elif (use in sensitising()) != any("sensitising EGFR" in text for text in sentences):
            yield use, "another EGFR"


@pytest.fixture(scope="module")
def content():
    return shipped().content


def without(content, name):
    """The knowledge without one note."""
    notes = tuple(note for note in content.notes if note.id != name)
    assert len(notes) == len(content.notes) - 1
    return content.model_copy(update={"notes": notes})


def saying(content, name, text):
    """The knowledge with other words in one note."""
    notes = tuple(
        note.model_copy(update={"says": text}) if note.id == name else note for note in content.notes
    )
    return content.model_copy(update={"notes": notes})


def test_every_exclusion_of_a_label_is_told_in_its_place(content):
    assert list(unlike(content)) == []


def test_an_exclusion_that_is_not_told_is_noticed(content):
    bare = without(content, "label-excludes-eu.cemiplimab")
    assert list(unlike(bare)) == [("ema-cemiplimab-tc50", set())]


def test_an_exclusion_too_many_is_noticed(content):
    wrong = saying(
        content, "label-excludes-ca.pembrolizumab", "The label itself excludes EGFR, ALK and ROS1."
    )
    assert list(unlike(wrong)) == [("hc-pembrolizumab-tps1", {"EGFR", "ALK", "ROS1"})]


def test_a_wider_egfr_is_noticed(content):
    name = "label-excludes-eu.nivolumab-ipilimumab-chemotherapy"
    wrong = saying(content, name, "The label itself excludes EGFR and ALK aberrations.")
    assert list(unlike(wrong)) == [("ema-nivolumab-ipilimumab-chemo", "another EGFR")]
