"""No record of the knowledge may be wrong by a little without being noticed.

Each mutant of ``lungmets.testing.mutation`` has to be refused by the loader, or noticed by a scenario of
``tests/scenarios`` or by a promise of :mod:`tests.proof.bookkeeping`. Every run visits a part of them, another
one after each change of the knowledge; ``nox -s mutation`` visits all (``LUNGMETS_MUTANTS=all``).
"""

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.testing.mutation import Fate, Kind, Scoring, mutants, part_of
from lungmets.testing.suite import read_suite
from tests.proof.bookkeeping import BOOKKEEPING

SCENARIOS = Path(__file__).parent.parent / "scenarios"
ALL = os.environ.get("LUNGMETS_MUTANTS") == "all"
ONE_IN = 1 if ALL else 25
SHARES = 16 if ALL else 4
"""Among so many tests the visited part is shared, so that several processes can run them."""


@cache
def scoring():
    base = shipped()
    return Scoring(base, read_suite([SCENARIOS], base), BOOKKEEPING)


@cache
def every():
    return mutants(shipped().content)


def visited():
    """One in so many mutants; with which the count begins, the knowledge says."""
    return tuple(part_of(every(), int(shipped().digest[:8], 16) % ONE_IN, ONE_IN))


@pytest.mark.parametrize("share", range(SHARES))
def test_every_mutant_is_noticed(share):
    score = scoring().score(part_of(visited(), share, SHARES))
    print(f"\n{score}")
    assert [verdict.mutant for verdict in score.survivors] == []


def test_the_visited_part_has_mutants_of_every_common_kind():
    kinds = Counter(mutant.kind for mutant in visited())
    assert {kind for kind, number in Counter(one.kind for one in every()).items() if number > 100} <= set(
        kinds
    )
    parts = [set(part_of(every(), part, 25)) for part in range(25)]
    assert sum(map(len, parts)) == len(set().union(*parts)) == len(every())


# ---- tests of the test ----------------------------------------------------------------------------


def test_without_scenarios_and_promises_a_mutant_survives():
    bare = Scoring(shipped(), ())
    moved = next(
        one for one in every() if one.name == "egfr-common.osimertinib: documented: [0] begins a day later"
    )
    assert bare.verdict(moved).fate is Fate.SURVIVES
    told = scoring().verdict(moved)
    assert told.fate is Fate.PROMISE
    assert "egfr-common.osimertinib begins on 2018-04-19" in told.witness


# fmt: off
NOTICED = [
    # mutant                                                                    by                what is told of it
    # A claim of an article is carried by it, so without it the knowledge does not load; by no claim: the books.
    ("squamous.no-pemetrexed: dropped",                                         Fate.LOADER,      "carried_by"),
    ("egfr-resistance-variant: dropped",                                        Fate.PROMISE,     "egfr-resistance-variant stands"),
    ("zoledronic-acid.renal: unless: dropped",                                  Fate.PROMISE,     "is lifted by None"),
    ("zoledronic-acid.renal: unless: creatinine_clearance_ml_min >30 instead of >=30", Fate.PROMISE, "is lifted by"),
    ("pd-l1.pembrolizumab-tps1: pd_l1_tps >=2 instead of >=1",                  Fate.PROMISE,     "its sources speak of"),
    ("alk.alectinib: option: amivantamab",                                       Fate.PROMISE,     "alectinib"),
    ("drug:pembrolizumab: classes: without checkpoint_inhibitor",               Fate.PROMISE,     "pembrolizumab is filed under"),
    # Of a label the approval is asked first; chemotherapy of a guideline has its name only.
    ("regimen:osimertinib-chemotherapy: regimen: without platinum",             Fate.PROMISE,     "its approval is of"),
    ("regimen:carboplatin-paclitaxel: regimen: without carboplatin",            Fate.PROMISE,     "its name says"),
    ("panel:egfr: no_answer: without [0]",                                      Fate.PROMISE,     "takes another result for an answer"),
    # Of what stands beside the options: a category of staging, a day of an edition, a site, a lack, a point.
    ("tnm-9.m1c1: extrathoracic_metastases >=3 instead of >=2",                  Fate.PROMISE,     "tnm-9.m1c1 is for"),
    ("tnm-8: in_force: [0] ends a day later",                                    Fate.LOADER,      "in force together"),
    ("staging.other-site: dropped",                                              Fate.PROMISE,     "staging.other-site stands"),
    ("jaundice: sites: pericardium for liver",                                   Fate.PROMISE,     "jaundice is likely"),
    ("raised-pressure: urgency: same_day",                                       Fate.PROMISE,     "raised-pressure is an alert of another urgency"),
    ("workup.gene-panel: lacks: without nrg1",                                   Fate.PROMISE,     "is told for want of"),
    ("radiosurgery.how-many-lesions: entries: [3] dropped",                      Fate.PROMISE,     "radiosurgery.how-many-lesions tells of"),
    ("fracture-risk.mirels: points: pain moderate 3",                            Fate.PROMISE,     "the points are"),
    ("population.brain-egfr: begins a day later",                                Fate.PROMISE,     "population.brain-egfr begins on"),
    ("seizure: urgency: same_day",                                              Fate.PROMISE,     "alert of another urgency"),
    ("symptom:seizure: phrases: without fits",                                  Fate.SCENARIO,    "words.of-the-brain[fits]"),
]
# fmt: on


@pytest.mark.parametrize(("name", "fate", "words"), NOTICED, ids=[row[0] for row in NOTICED])
def test_a_defect_is_noticed_by_what_should_notice_it(name, fate, words):
    (mutant,) = (one for one in every() if one.name == name)
    verdict = scoring().verdict(mutant)
    assert (verdict.fate, words in verdict.witness) == (fate, True), verdict


@pytest.mark.parametrize("promise", BOOKKEEPING, ids=lambda promise: promise.__name__)
def test_a_promise_of_the_books_holds(promise):
    assert list(promise(shipped())) == []


# fmt: off
BREAKS = {
    "dates_without_a_source":     "egfr-common.osimertinib: documented: [0] begins a day later",
    "what_has_ended_and_stays":   "egfr-exon20.mobocertinib: documented: [0] never ends",
    "labels_twice_or_gaps":       "met-exon14.tepotinib: documented: [0] never ends",
    "stand_ins_that_stay":        "egfr-exon20.amivantamab-chemotherapy: documented: [1] never ends",
    "replaced_twice":             "alk.newer-over-crizotinib: never ends",
    "wrong_places":               "elderly.vinorelbine: documented: [0] without eu",
    "wrong_bases":                "elderly.vinorelbine: documented: [0] on label",
    "wrong_drugs":                "alk.alectinib: option: amivantamab",
    "wrong_lines":                "alk.alectinib: line: later",
    "wrong_patients":             "alk.alectinib: without alk",
    "wrong_regimens":             "regimen:osimertinib-chemotherapy: regimen: without platinum",
    "wrong_classes":              "drug:pembrolizumab: classes: without checkpoint_inhibitor",
    "wrong_rules":                "two-drivers: options: without contains",
    "wrong_drivers":              "condition:erbb2_driver: erbb2 with amplification",
    "wrong_scope":                "age.child: assumed: dropped",
    "wrong_alerts":               "hypercalcaemia: corrected_calcium_mg_dl >=13 instead of >=12",
    "wrong_advice":               "emergency-first: dropped",
    "wrong_panel":                "panel:kras: asked: [0] dropped",
    "without_use":                  "maintenance.small-cell-lurbinectedin: dropped",
    "wrong_staging":              "tnm-9.m1c1: stage: IVA",
    "wrong_timelines":            "oligometastatic.trials: entries: [3] dropped",
    "wrong_score":                "fracture-risk.mirels: bands: observation to 6",
    "wrong_figures":              "population.brain-by-driver: groups: without RET",
    "wrong_words":                "search.erbb2: erbb2 with negative",
}
# fmt: on


@pytest.mark.parametrize("promise", BOOKKEEPING, ids=lambda promise: promise.__name__)
def test_a_promise_of_the_books_can_be_broken(promise):
    (mutant,) = (one for one in every() if one.name == BREAKS[promise.__name__])
    assert list(promise(KnowledgeBase(mutant.content(), "planted")))


def test_every_kind_of_mutant_exists():
    assert {mutant.kind for mutant in every()} == set(Kind)
