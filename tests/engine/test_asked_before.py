"""An answer does not depend on what was asked before it: what is remembered is what would be made anew."""

import pytest

from lungmets import PatientProfile, assess
from lungmets.knowledge.base import KnowledgeBase, shipped
from tests.engine.test_notes import COMPLETE


def fresh() -> KnowledgeBase:
    base = shipped()
    return KnowledgeBase(base.content, base.digest)


def asks_of(answer, option: str, item: str):
    (meant,) = [one for one in answer.options if one.id == option]
    (asked,) = [one for one in meant.prerequisites if one.item == item]
    return [citation.id for citation in asked.citations], asked.rule


# fmt: off
BEFORE = [
    {"histology": "adenocarcinoma"},                # a refusal: both rules are open
    COMPLETE | {"pd_l1_tps": 0},                    # chemo-immunotherapy, of which the caution alone speaks
    COMPLETE | {"braf": "v600e"},                   # the guardrail acts
    COMPLETE | {"histology": "small_cell", "stage": "extensive"},
]
# fmt: on


@pytest.mark.parametrize("before", BEFORE, ids=str)
def test_another_question_before_changes_nothing(before):
    used = fresh()
    assess(PatientProfile(**before), knowledge=used)
    for changed in ({}, {"kras": "g12c"}, {"pd_l1_tps": 0}, {"brain_lesions": 2}):
        profile = PatientProfile(**COMPLETE | changed)
        alone = assess(profile, knowledge=fresh())
        assert assess(profile, knowledge=used).model_dump_json() == alone.model_dump_json()


def test_what_two_rules_ask_in_the_same_words_is_asked_once_on_the_sources_of_both():
    """Of BRAF a guardrail asks without a source, and a caution on every checkpoint inhibitor with one."""
    content = shipped().content
    asking = {
        rule.asks: rule.by for rule in content.guardrails if rule.id == "no-checkpoint-inhibitor-alone.braf"
    }
    (caution,) = [rule for rule in content.cautions if rule.id == "checkpoint-inhibitor.braf"]
    assert caution.by, "it has a source"
    assert asking == {caution.asks: ()}, "the same words, and no source"
    answer = assess(PatientProfile(**COMPLETE), knowledge=fresh())
    assert asks_of(answer, "systemic.pembrolizumab", "braf") == (list(caution.by), None)
