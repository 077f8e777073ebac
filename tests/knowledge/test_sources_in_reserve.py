"""Source records that nothing cites, and that decide no claim: each is named here with the reason, so that the list can only shrink.

A record that is cited leaves the list; a new record is cited, or gets a reason of its own.
"""

import pytest

from lungmets.knowledge.base import shipped
from lungmets.knowledge.claims import Claims
from lungmets.knowledge.content import Content, citations

TEXT = "only its name and date, or its citation, were seen: it can support no statement"
REPEATS = "it endorses what another cited record says"
PROGNOSIS = "the points of the index were not seen, so nothing is computed from it; its figures are not shown"
NOT_IN_PROFILE = "the profile does not know the biomarker"
BEHIND = "a later-line use that no day tells from the first-line use of the same drug in the same place"
ELSEWHERE = "is about another place, which its own authorisations document"

# fmt: off
RESERVE = {
    "asco-driver-2022-3":            TEXT,
    "asco-driver-2023-3":            TEXT,
    "asco-stage-iv-2003":            TEXT,
    "asco-stage-iv-2011":            TEXT,
    "astro-brain-2012":              TEXT,
    "esmo-metastatic-2014":          TEXT,
    "esmo-metastatic-2016":          TEXT,
    "esmo-metastatic-2018":          TEXT,
    "nccn-nsclc-3-2018":             TEXT,
    "nccn-nsclc-3-2022":             TEXT,
    "nccn-nsclc-5-2017":             TEXT,
    "nccn-nsclc-5-2026":             TEXT,
    "nccn-pd-l1-testing-2016":       TEXT,
    "aoyama-2006":                   TEXT,
    "astro-bone-2017":               TEXT,
    "asco-endorsement-cap-2014":     REPEATS,
    "hc-ceritinib-alk-later":        BEHIND,
    "hc-lorlatinib-alk-later":       BEHIND,
    "met-ex14-non-us-drugs":         ELSEWHERE,
    "lung-gpa-2022":                 PROGNOSIS,
    "lung-gpa-validation-2023":      PROGNOSIS,
    "pore-2021":                     NOT_IN_PROFILE,
    "skoulidis-2024":                NOT_IN_PROFILE,
}
# fmt: on


def uncited(content: Content) -> set[str]:
    """The records that no row, rule, note, panel item, alert or step cites, and that decide no claim."""
    deciding = {name for claim in content.claims.by_id.values() for name in claim.decided_by}
    return set(content.all_sources()) - {name for _, name in citations(content)} - deciding


@pytest.fixture(scope="module")
def content() -> Content:
    return shipped().content


def test_a_source_is_cited_or_waits_for_a_reason(content):
    assert uncited(content) - set(RESERVE) == set()


def test_a_source_that_is_cited_has_left_the_list(content):
    assert set(RESERVE) - uncited(content) == set()


def test_a_source_that_loses_its_last_citation_is_noticed(content):
    """Without the notes, what only they cite is uncited; and so is what only claims are decided by."""
    bare = content.model_copy(update={"notes": ()})
    assert {"imforte", "harmoni-2"} <= uncited(bare) - set(RESERVE)
    silent = content.model_copy(update={"claims": Claims()})
    assert uncited(silent) - set(RESERVE) == {"tnm-7-in-force"}
