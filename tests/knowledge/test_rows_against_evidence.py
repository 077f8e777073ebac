"""The rows of the European Union and Canada against the uses that the evidence lists.

For every authorised use the rows that cite it must speak of the same patients: the same variants, the
same PD-L1 threshold, the same histology, the same line. One function decides
(:func:`unlike`); planted defects show that it notices what it should.
"""

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from lungmets.knowledge.base import shipped
from lungmets.knowledge.schema import Begin, End
from tests.knowledge.test_release import changed

EVIDENCE = Path(__file__).resolve().parents[3] / "shared" / "evidence" / "jurisdictions.json"

pytestmark = pytest.mark.skipif(
    not EVIDENCE.is_file(), reason="the evidence folder ../shared/evidence is not beside this repository"
)

HISTOLOGY = {
    "any_nsclc": {"nsclc"},
    "any_solid_tumour": {"nsclc"},
    "nonsquamous": {"non_squamous"},
    "squamous": {"squamous"},
    "adenocarcinoma": {"adenocarcinoma"},
    "es_sclc": {"small_cell"},
}
PLACES = {"ema": "eu", "hc": "ca"}
WORDS = {"fusion": "positive"}
LATER = "later-line-only"
NEEDLESS = {"hc-ceritinib-alk-later", "hc-lorlatinib-alk-later", "ema-erlotinib-egfr-switch-maintenance"}
"""Uses without a row. Canada has the same two drugs first-line, and no earlier day to be asked about; maintenance
follows a first-line regimen, so it is told in a note."""


@cache
def uses():
    """The uses of the two places, by id."""
    records = json.loads(EVIDENCE.read_text(encoding="utf-8"))["records"]
    return {one["id"]: one for one in records if one["agency"] in PLACES}


def documenting(content):
    """For every use, the rows and entries that cite it."""
    found = defaultdict(list)
    for _, row in content.rows():
        for entry in row.documented:
            for name in entry.by:
                if name in uses():
                    found[name].append((row, entry))
    return found


def unlike(content):
    """Where the rows that cite a use differ from it."""
    cited = documenting(content)
    for name in {source for source in content.all_sources() if source in uses()} - NEEDLESS:
        if name not in cited:
            yield name, "no row cites it"
            continue
        for what, told, meant in _compared(uses()[name], cited[name], content):
            if told != meant:
                yield name, f"{what}: {told}, not {meant}"


def _compared(use, cited, content):
    rows = [row for row, _ in cited]
    later = use["use_class"] == LATER
    yield "line", {row.line for row in rows}, {"later" if later else "first"}
    yield "place", {place for _, entry in cited for place in entry.places}, {PLACES[use["agency"]]}
    release = content.release.as_of
    first = Begin(use["first_authorised"]).day if use["first_authorised"] else release
    yield "first day", {entry.begins.day for _, entry in cited}, {first}
    told = {"conditional"} if use["conditional"] else {None}
    yield "kind of approval", {entry.approval for _, entry in cited}, told
    ended = {End("2024")} if use["status"] == "withdrawn" else {None}
    yield "last day", {entry.ends for _, entry in cited}, ended
    yield "histology", {row.when["histology"] for row in rows}, HISTOLOGY[use["histology"]]
    for gene in {key for row in rows for key in row.when} & GENES | set(use["biomarker"] or {}):
        meant = {WORDS.get(word, word) for word in (use["biomarker"] or {}).get(gene, ())}
        yield gene, {word for row in rows for word in _listed(row.when.get(gene, ()))}, meant
    yield from _pd_l1(use["pd_l1"] or {}, rows)


def _pd_l1(limits, rows):
    tumour = [row for row in rows if "pd_l1_immune_cells" not in row.when]
    lowest = limits.get("tps_min", limits.get("tc_min"))
    yield "PD-L1 of tumour cells", min(map(_from, tumour), key=lambda low: low or 0), lowest
    cells = {_lower(row.when["pd_l1_immune_cells"]) for row in rows if row not in tumour}
    yield "PD-L1 of immune cells", cells, {limits["or_ic_min"]} if "or_ic_min" in limits else set()


GENES = {"egfr", "alk", "ros1", "ret", "ntrk", "met", "braf", "erbb2", "kras", "nrg1"}


def _listed(words):
    return (words,) if isinstance(words, str) else tuple(words)


def _from(row):
    return _lower(row.when["pd_l1_tps"]) if "pd_l1_tps" in row.when else None


def _lower(bound):
    return float(re.match(r">=(\d+)", bound)[1])


@pytest.fixture(scope="module")
def content():
    return shipped().content


def test_every_use_is_documented_for_the_patients_that_it_names(content):
    assert sorted(unlike(content)) == []


# fmt: off
PLANTED = [
    # row                                    is changed to                                                          use that notices
    ("pd-l1.cemiplimab-chemotherapy",        {"when": {"histology": "nsclc", "pd_l1_tps": ">=50"}},                 "ema-cemiplimab-platinum-chemo-tc1"),
    ("pd-l1.cemiplimab-chemotherapy",        {"when": {"histology": "nsclc"}},                                      "ema-cemiplimab-platinum-chemo-tc1"),
    ("met-exon14.capmatinib-later",          {"line": "first"},                                                     "ema-capmatinib-met-exon14-later"),
    ("met-exon14.capmatinib-later",          {"when": {"histology": "nsclc", "met": "amplification"}},              "ema-capmatinib-met-exon14-later"),
    ("egfr-uncommon.erlotinib",              {"when": {"histology": "nsclc", "egfr": ["g719x", "exon20ins"]}},      "ema-erlotinib-egfr-activating"),
    ("egfr-uncommon.afatinib-adenocarcinoma", {"when": {"histology": "nsclc", "egfr": ["g719x", "s768i", "l861q"]}}, "hc-afatinib-egfr-activating-adenocarcinoma"),
    ("small-cell.serplulimab-carboplatin-etoposide", {"documented": ()},                                            "ema-serplulimab-carboplatin-etoposide-es-sclc"),
]
# fmt: on


@pytest.mark.parametrize(("name", "values", "noticed"), PLANTED)
def test_a_row_for_other_patients_is_noticed(content, name, values, noticed):
    assert [use for use, _ in unlike(changed(content, "tables", name, **values))] == [noticed]


@pytest.mark.parametrize(
    "values", [{"begins": Begin("2023-03-25")}, {"places": ("ca",)}, {"approval": "conditional"}]
)
def test_an_entry_that_differs_from_its_use_is_noticed(content, values):
    row = next(row for _, row in content.rows() if row.id == "pd-l1.cemiplimab-chemotherapy")
    entry = row.documented[0].model_copy(update=values)
    planted = changed(content, "tables", row.id, documented=(entry,))
    assert {use for use, _ in unlike(planted)} == {"ema-cemiplimab-platinum-chemo-tc1"}
