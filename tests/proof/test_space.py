"""What makes the enumeration sound: no condition reads more than the enumeration varies."""

import pytest

from lungmets.knowledge.base import shipped
from lungmets.knowledge.facts import GENES
from lungmets.knowledge.schema import ConflictRecord
from tests.proof.space import Space, gene_states


@pytest.fixture(scope="module")
def base():
    return shipped()


def genes_read_positively(conjunction) -> set[str]:
    """The genes of which a conjunction needs a finding; 'negative' and 'no' need none."""
    found = set()
    for fact, allowed in conjunction.items():
        name = fact.split(".")[0]
        if name in GENES and isinstance(allowed, frozenset) and allowed & {"positive", "yes"}:
            found.add(name)
    return found


def test_no_condition_needs_a_finding_of_more_than_one_gene(base):
    for bit, conjunction in enumerate(base.table.conjunctions):
        assert len(genes_read_positively(conjunction)) <= 1, base.owner[bit]


def test_only_conflicts_count_drivers_and_they_count_to_two(base):
    counting = [record for record in base.content.conflicts if record.two_of]
    assert counting
    assert all(isinstance(record, ConflictRecord) for record in counting)


def test_brain_and_bone_conditions_share_no_fact_with_pd_l1(base):
    """So that brain and bone may be enumerated apart from PD-L1."""
    for bit, conjunction in enumerate(base.table.conjunctions):
        facts = {fact.split(".")[0] for fact in conjunction}
        local = {fact for fact in facts if fact.startswith(("brain", "bone", "creatinine", "corrected"))}
        assert not (local and any(fact.startswith("pd_l1") for fact in facts)), base.owner[bit]


def test_conditions_on_counts_by_organ_share_no_fact_with_pd_l1_or_the_kidneys(base):
    """So that the other sites may be enumerated apart."""
    for bit, conjunction in enumerate(base.table.conjunctions):
        facts = {fact.split(".")[0] for fact in conjunction}
        if facts & {"metastases", "metastatic_organs"}:
            assert facts <= {
                "histology", "egfr", "ecog_ps", "brain_disease", "metastatic_sites", "metastases",
                "metastatic_organs",
            }, base.owner[bit]  # fmt: skip


def test_few_sites_are_read_beside_a_count(base):
    """So that three kinds of sites are enough."""
    read = {
        fact
        for bit, conjunction in enumerate(base.table.conjunctions)
        if {"metastases", "metastatic_organs"} & set(conjunction)
        for fact in conjunction
        if fact.startswith("metastatic_sites.")
    }
    # The liver and the pleura only add what has to be settled first.
    assert read == {"metastatic_sites.adrenal", "metastatic_sites.liver", "metastatic_sites.pleura"}


def test_the_counts_are_cut_at_one_five_and_three(base):
    assert base.table.values["metastases"] == ("<1", "1", ">1 <=5", ">5")
    assert base.table.values["metastatic_organs"] == ("<=3", ">3")


def test_the_classes_are_as_many_as_the_conditions_tell_apart(base):
    space = Space(base)
    # PD-L1 is cut at 1 and 50 percent, and at nothing else.
    assert base.table.values["pd_l1_tps"] == ("<1", ">=1 <50", ">=50")
    assert len(space.classes("pd_l1_tps")) == 3
    # Performance status: 0 and 1 are treated alike everywhere, 2, 3 and 4 each differ.
    assert [space.name("ecog_ps", state) for state in space.classes("ecog_ps")] == ["0", "2", "3", "4"]
    # Histology: adenocarcinoma (the Canadian afatinib label), large cell, squamous, with an uncertain squamous
    # part, neuroendocrine, small cell.
    assert len(space.classes("histology")) == 6


def test_the_gene_states_are_none_one_or_two_alterations():
    # 8 classes of EGFR, 2 of KRAS, 3 of MET, 2 of BRAF, 3 of ERBB2 and one each of five fusions.
    single = 8 + 2 + 3 + 2 + 3 + 5
    states = list(gene_states("negative"))
    assert len(states) == 1 + single + single * (single - 1) // 2
    assert len({frozenset(state.items()) for _, state in states}) == len(states)
