"""Each difference from the United States that the evidence lists, and the scenarios that ask about it.

The evidence says where agencies differ. A difference without a scenario, and a scenario that is no
longer there, are both noticed; so a new difference has to be asked about, or needs a reason here.
"""

import json
from pathlib import Path

import pytest

from lungmets.knowledge.base import shipped
from lungmets.testing import read_scenarios

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = ROOT.parent / "shared" / "evidence" / "jurisdictions.json"
SCENARIOS = ROOT / "tests" / "scenarios"

needs_evidence = pytest.mark.skipif(
    not EVIDENCE.is_file(), reason="the evidence folder ../shared/evidence is not beside this repository"
)

# fmt: off
ASKED = {
    "eu-met-exon14-later":               ["eu-beside.met-exon14", "eu-met.tepotinib-later", "eu-met.capmatinib-later"],
    "eu-pembrolizumab-tps50":            ["eu-beside.pembrolizumab-tps", "eu-threshold.pembrolizumab"],
    "eu-cemiplimab-chemo-tc1":           ["eu-beside.cemiplimab-chemotherapy", "eu-threshold.cemiplimab"],
    "eu-nivolumab-ipilimumab-absent":    ["eu-beside.nivolumab-ipilimumab"],
    "eu-nivolumab-ipilimumab-chemo-egfr": ["eu-beside.sensitising-egfr"],
    "eu-abcp-sequence":                  ["eu-beside.atezolizumab-bevacizumab"],
    "eu-egfr-activating":                ["eu-beside.activating", "eu-beside.activating-is-not-exon20", "eu-beside.other-activating"],
    "eu-osimertinib-chemo-common-only":  ["eu-beside.osimertinib-chemotherapy"],
    "eu-bevacizumab-erlotinib":          ["eu-beside.bevacizumab-erlotinib"],
    "eu-t790m-no-line":                  ["eu-beside.t790m"],
    "eu-afatinib-line":                  ["eu-beside.afatinib"],
    "eu-ensartinib-absent":              ["eu-beside.ensartinib"],
    "eu-taletrectinib-absent":           ["eu-beside.ros1"],
    "eu-entrectinib-ros1-naive":         ["eu-beside.ros1", "eu-ros1.entrectinib"],
    "eu-repotrectinib-conditional":      ["eu-ros1.repotrectinib"],
    "eu-pralsetinib-withdrawn":          ["eu-beside.pralsetinib", "eu-ret.pralsetinib-withdrawn"],
    "eu-selpercatinib-later-start":      ["eu-beside.selpercatinib"],
    "eu-braf-v600":                      ["eu-beside.braf", "detail.braf-other"],
    "eu-ntrk-restriction":               ["eu-beside.ntrk", "detail.ntrk-limit"],
    "eu-zongertinib-absent":             ["eu-beside.zongertinib"],
    "eu-tislelizumab":                   ["eu-beside.tislelizumab", "eu-threshold.tislelizumab"],
    "eu-sugemalimab":                    ["eu-beside.sugemalimab", "eu-beside.sugemalimab-needs-ret"],
    "eu-serplulimab":                    ["eu-beside.serplulimab"],
    "eu-bevacizumab-chemo":              ["eu-beside.bevacizumab-chemotherapy"],
    "ca-follows-us-thresholds":          ["ca-thresholds"],
    "ca-met-exon14-any":                 ["ca-met-exon14"],
    "ca-gefitinib-activating":           ["ca-egfr-uncommon"],
    "ca-afatinib-adenocarcinoma":        ["ca-afatinib-adenocarcinoma"],
    "ca-entrectinib-ros1":               ["ca-ros1"],
    "ca-larotrectinib-unrestricted":     ["ca-ntrk"],
    "ca-braf-v600":                      ["ca-braf", "detail.braf-other"],
    "ca-encorafenib-absent":             ["ca-braf"],
    "ca-absent-agents":                  ["ca-alk", "ca-ros1", "ca-ret", "ca-erbb2-kras"],
    "ca-unknown-ramucirumab-bevacizumab": ["ca-egfr-not-known"],
    "ca-dates-missing":                  ["ca-days"],
}
MAINTENANCE = "maintenance is told beside options, and its European status was not verified"
NOT_AUTHORISED = "a drug of which the library knows no regimen, since no decision was seen"
PAYERS = "what an agency of Ireland or England pays for is no authorisation, and neither is a place of the library"
WITHOUT = {
    "eu-aumolertinib":               NOT_AUTHORISED,
    "eu-lurbinectedin-maintenance":  MAINTENANCE,
    "ie-later-only-alk":             PAYERS,
    "ie-tps50":                      PAYERS,
    "ie-short-list":                 PAYERS,
    "uk-nivolumab-ipilimumab-chemo": PAYERS,
    "uk-pembrolizumab-squamous-tps": PAYERS,
    "uk-abcp-tps":                   PAYERS,
    "uk-pembrolizumab-tps50":        PAYERS,
    "uk-managed-access":             PAYERS,
    "uk-tepotinib":                  PAYERS,
    "uk-braf-first-line-only":       PAYERS,
    "uk-sclc-ps":                    PAYERS,
}
# fmt: on


def places_asked():
    """The places that each scenario of the suite asks about, a table being one scenario."""
    found: dict[str, set[str]] = {}
    for path in sorted(SCENARIOS.glob("*.scenario.yaml")):
        for scenario in read_scenarios(path):
            found.setdefault(scenario.id.partition("[")[0], set()).add(str(scenario.jurisdiction))
    return found


def test_every_scenario_that_is_named_asks_about_the_place():
    asked = places_asked()
    missing = {(name, one) for name, ids in ASKED.items() for one in ids if one not in asked}
    elsewhere = {
        (name, one)
        for name, ids in ASKED.items()
        for one in ids
        if name[:2] not in asked.get(one, {name[:2]})
    }
    assert (missing, elsewhere) == (set(), set())


@needs_evidence
def test_every_difference_is_asked_about_or_left_out_for_a_reason():
    listed = {one["id"] for one in json.loads(EVIDENCE.read_text(encoding="utf-8"))["differs_from_us"]}
    assert listed == set(ASKED) | set(WITHOUT)
    assert set(ASKED) & set(WITHOUT) == set()


def test_the_drug_without_a_decision_has_no_regimen():
    drugs = {drug.name for drug in shipped().content.regimens.drugs}
    assert "aumolertinib" not in drugs


def test_a_scenario_that_is_gone_would_be_noticed():
    """The comparison above must be able to fail."""
    assert "eu-beside.nothing" not in places_asked()
    assert places_asked()["ca-alk"] == {"ca"}
