"""Every first-line use of the evidence stands in a row, or is named here with the reason why not.

The United States history is in ``timeline.json``, today's authorisations of all places are in
``jurisdictions.json``. One function decides for each (:func:`undocumented_events`,
:func:`undocumented_uses`); planted defects show that they notice a use without a row.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from lungmets.knowledge.base import shipped
from lungmets.knowledge.schema import Begin

EVIDENCE = Path(__file__).resolve().parents[3] / "shared" / "evidence"

pytestmark = pytest.mark.skipif(
    not (EVIDENCE / "timeline.json").is_file(),
    reason="the evidence folder ../shared/evidence is not beside this repository",
)

MAINTENANCE = "maintenance follows an induction, so it is told as a note"
OPINION = "only an opinion was seen, no decision"
UNSEEN = "its partner and its line were not seen; a trial carries the row of cisplatin with docetaxel"
EVENTS_WITHOUT_A_ROW = {
    "lurbinectedin-atezolizumab-maintenance-2025": MAINTENANCE,
    "docetaxel-platinum-2002": UNSEEN,
    "pemetrexed-label-pembrolizumab-2019": "the label of the partner drug, told as a note",
}
USES_WITHOUT_A_ROW = {"ema-aumolertinib-egfr-common": OPINION}
PLACES = {"ema": "eu", "hc": "ca", "fda": "us"}
PARTS = {
    "platinum_doublet": {"platinum_doublet_chemotherapy"},
    "platinum": {"platinum", "cisplatin", "carboplatin"},
    "taxane": {"paclitaxel", "nab_paclitaxel"},
    "nab-paclitaxel": {"nab_paclitaxel"},
}


@cache
def events():
    """The United States events that begin or confirm a first-line use."""
    records = json.loads((EVIDENCE / "timeline.json").read_text(encoding="utf-8"))["records"]
    return [
        one
        for one in records
        if one["event"] == "first_line_approval"
        or (one["event"] == "conversion" and not (one.get("line") or "").startswith(("subsequent", "restr")))
    ]


@cache
def uses():
    """The uses that the three regulators authorise first-line or without a line, today."""
    records = json.loads((EVIDENCE / "jurisdictions.json").read_text(encoding="utf-8"))["records"]
    return [
        one
        for one in records
        if one["agency"] in PLACES and one["line"] in {"first", "any"} and one["kind"] == "authorisation"
        and one["status"] in {"authorised", "opinion_only"}
    ]  # fmt: skip


def documenting(content, place):
    """The first-line rows that a place has, each with its entries there."""
    for _, row in content.rows():
        if row.line == "first":
            for entry in row.documented:
                if place in {one.value for one in entry.places}:
                    yield row, entry


def undocumented_events(content):
    """Events of the timeline whose record carries no entry of a first-line row on its day."""
    sources = content.all_sources()
    carried = {}
    for _, entry in documenting(content, "us"):
        for name in entry.by:
            for record in sources[name].evidence:
                carried.setdefault(record, set()).add(entry.begins.day)
    for event in events():
        days = carried.get(f"timeline/{event['id']}", set())
        if event["id"] not in EVENTS_WITHOUT_A_ROW and Begin(event["date"]).day not in days:
            yield event["id"]


def undocumented_uses(content):
    """Uses of today that no first-line row of their place documents with the same drugs."""
    regimens = {regimen.id: set(regimen.regimen) for regimen in content.regimens.regimens}
    rows = {place: list(documenting(content, place)) for place in PLACES.values()}
    for use in uses():
        meant = [PARTS.get(part, {part.replace("-", "_")}) for part in use["regimen"]]
        found = any(
            len(regimens[row.option]) == len(meant)
            and all(part & regimens[row.option] for part in meant)
            and entry.ends is None
            for row, entry in rows[PLACES[use["agency"]]]
        )
        if not found and use["id"] not in USES_WITHOUT_A_ROW:
            yield use["id"]


@pytest.fixture(scope="module")
def content():
    return shipped().content


def without(content, name):
    """The knowledge without one row."""
    tables = {
        file: table.model_copy(update={"rows": tuple(row for row in table.rows if row.id != name)})
        for file, table in content.tables.items()
    }
    return content.model_copy(update={"tables": tables})


def test_every_event_of_the_timeline_begins_a_row_on_its_day(content):
    assert sorted(undocumented_events(content)) == []


def test_every_authorised_use_of_today_has_a_row_in_its_place(content):
    assert sorted(undocumented_uses(content)) == []


def test_an_event_without_a_row_is_noticed(content):
    bare = without(content, "chemotherapy.necitumumab-cisplatin-gemcitabine")
    assert list(undocumented_events(bare)) == ["necitumumab-2015"]


def test_a_use_without_a_row_is_noticed(content):
    bare = without(content, "small-cell.serplulimab-carboplatin-etoposide")
    assert list(undocumented_uses(bare)) == ["ema-serplulimab-carboplatin-etoposide-es-sclc"]


def test_what_is_left_out_exists():
    """A reason for a record that is gone would hide nothing and say nothing."""
    assert set(EVENTS_WITHOUT_A_ROW) <= {one["id"] for one in events()}
    records = json.loads((EVIDENCE / "jurisdictions.json").read_text(encoding="utf-8"))["records"]
    assert set(USES_WITHOUT_A_ROW) <= {one["id"] for one in records}


def test_the_uses_without_a_first_day_are_listed_from_the_release_on_and_say_so(content):
    """The nine European uses whose first day was not seen: no other label there begins with the release.

    A trial of which the day was not seen begins with the release too; it authorises nothing.
    """
    authorised = [one for one in uses() if one["agency"] == "ema" and one["status"] == "authorised"]
    undated = {one["id"] for one in authorised if not one["first_authorised"]}
    release = content.release.as_of
    told = {}
    for row, entry in documenting(content, "eu"):
        if entry.begins.day == release and entry.basis == "label":
            (name,) = [name for name in entry.by if name in undated]
            told.setdefault(name, set()).add(" ".join(filter(None, (row.note, entry.note))))
    assert set(told) == undated
    assert len(undated) == 9
    assert [name for name, notes in told.items() if not all("was not seen" in note for note in notes)] == []
