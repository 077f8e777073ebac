"""ALK, ROS1, RET, NTRK, NRG1: rearrangements."""

import pytest

from lungmets.nomenclature import NotUnderstood, read_gene
from lungmets.vocabulary import FusionVariant, Gene, ResultStatus

FUSION_GENES = [Gene.ALK, Gene.ROS1, Gene.RET, Gene.NTRK, Gene.NRG1]

ANY_GENE = [
    "fusion", "fusion positive", "fusion detected", "rearranged", "rearrangement", "re-arrangement",
    "gene rearrangement", "translocation", "positive", "detected", "positive (IHC)",
    "positive (FISH)", "fusion (RNA-seq)", "rearrangement: positive",
]  # fmt: skip

# fmt: off
PARTNERS = [
    (Gene.ALK,  "EML4-ALK"),
    (Gene.ALK,  "ALK-EML4"),
    (Gene.ALK,  "EML4::ALK"),
    (Gene.ALK,  "ALK::EML4"),
    (Gene.ALK,  "EML4/ALK"),
    (Gene.ALK,  "EML4 - ALK"),
    (Gene.ALK,  "EML4–ALK fusion"),
    (Gene.ALK,  "EML4—ALK"),
    (Gene.ALK,  "EML4--ALK"),
    (Gene.ALK,  "eml4-alk fusion"),
    (Gene.ALK,  "EML4-ALK variant 3a/b"),
    (Gene.ALK,  "EML4-ALK (V3)"),
    (Gene.ALK,  "EML4-ALK (E13;A20)"),
    (Gene.ALK,  "EML4::ALK fusion, E6;A20, variant 3"),
    (Gene.ALK,  "ALK fusion (EML4)"),
    (Gene.ALK,  "ALK fusion with EML4"),
    (Gene.ALK,  "STRN-ALK"),
    (Gene.ALK,  "KIF5B-ALK"),
    (Gene.ALK,  "HIP1-ALK fusion"),
    (Gene.ALK,  "ABCD9-ALK"),            # unknown, but it looks like a symbol
    (Gene.ALK,  "ABCD::ALK fusion"),
    (Gene.ALK,  "ALK+"),
    (Gene.ALK,  "ALK (+)"),
    (Gene.ALK,  "ALK-positive"),
    (Gene.ALK,  "ALK-rearranged"),
    (Gene.ALK,  "ALK D5F3 positive"),
    (Gene.ALK,  "ALK rearrangement (FISH break-apart positive)"),
    (Gene.ROS1, "CD74-ROS1"),
    (Gene.ROS1, "ROS1::CD74"),
    (Gene.ROS1, "EZR-ROS1"),
    (Gene.ROS1, "SLC34A2::ROS1 fusion"),
    (Gene.ROS1, "ROS-1 rearrangement"),
    (Gene.RET,  "KIF5B-RET"),
    (Gene.RET,  "RET::CCDC6"),
    (Gene.RET,  "NCOA4-RET fusion"),
    (Gene.RET,  "RET fusion-positive"),
    (Gene.NTRK, "ETV6-NTRK3"),
    (Gene.NTRK, "NTRK1-TPM3"),
    (Gene.NTRK, "LMNA::NTRK1"),
    (Gene.NTRK, "SQSTM1-NTRK2"),
    (Gene.NTRK, "NTRK1 fusion"),
    (Gene.NTRK, "pan-TRK IHC positive"),
    (Gene.NRG1, "CD74-NRG1"),
    (Gene.NRG1, "NRG1::SLC3A2"),
]

REFUSED = [
    (Gene.ALK,  "ROS1 fusion",              "another gene or marker, ROS1"),
    (Gene.ALK,  "EML4-NTRK3",               "a fusion of another gene, not of ALK"),
    (Gene.ROS1, "KIF5B::RET",               "a fusion of another gene, not of ROS1"),
    (Gene.ALK,  "ROS1::ALK",                "both are genes of the profile"),
    (Gene.ALK,  "ROS1-ALK",                 "another gene or marker, ROS1"),
    (Gene.ALK,  "ALK/ROS1 negative",        "fits '/ros1'"),
    (Gene.ALK,  "ALK-ALK",                  "no result in it"),
    (Gene.ALK,  "ALK - unclear",            "fits 'unclear'"),
    (Gene.ALK,  "ALK-tier1",                "fits 'tier1'"),
    (Gene.ALK,  "ALK - S24",                "fits 's24'"),
    (Gene.ALK,  "ALK-D5F3",                 "no result in it"),
    (Gene.ALK,  "ABCD::ALK",                "fits 'abcd::alk'"),
    (Gene.ALK,  "ABCD-ALK fusion",          "fits 'abcd-alk'"),
    (Gene.ALK,  "non-ALK fusion",           "belongs to no phrase"),
    (Gene.ALK,  "EML4 ALK",                 "does not say that there is a fusion"),
    (Gene.ALK,  "EML4",                     "does not say that there is a fusion"),
    (Gene.ALK,  "ALK amplification",        "not a rearrangement"),
    (Gene.ALK,  "ALK overexpression",       "expression is not a rearrangement"),
    (Gene.ALK,  "ALK F1174L",               "F1174L is a mutation, not a rearrangement"),
    (Gene.ALK,  "EML4-ALK with G1202R",     "G1202R is a mutation, not a rearrangement"),
    (Gene.RET,  "RET M918T",                "M918T is a mutation, not a rearrangement"),
    (Gene.ALK,  "ALK mutation",             "it says mutation"),
    (Gene.ALK,  "mutated",                  "it says mutation"),
    (Gene.ALK,  "EML4-ALK and mutation",    "names a mutation as well"),
    (Gene.ALK,  "ALK alteration detected",  "may be other than a rearrangement"),
    (Gene.ALK,  "exon 20 mutation",         "not called a rearrangement"),
    (Gene.ALK,  "EML4-ALK negative",        "one variant"),
    (Gene.ALK,  "no EML4-ALK",              "one variant"),
    (Gene.ALK,  "ALK variant 3 negative",   "one variant"),
    (Gene.ALK,  "negative (E13;A20)",       "one variant"),
    (Gene.ALK,  "EML4: negative",           "one variant"),
    (Gene.ALK,  "ALK -",                    "a dash may be punctuation"),
    (Gene.ALK,  "ALK fusion test",          "names a test"),
    (Gene.ALK,  "IHC positive, FISH negative", "says negative, and it names a finding"),
    (Gene.NTRK, "NTRK1 negative",           "part of the gene"),
    (Gene.NTRK, "no NTRK1 fusion detected", "part of the gene"),
    (Gene.NTRK, "NTRK2 and NTRK3 negative", "part of the gene"),
    (Gene.NTRK, "NTRK1 not tested",         "part of the gene"),
]

NEGATIVE = [
    (Gene.ALK,  "no ALK rearrangement"),
    (Gene.ALK,  "ALK fusion not detected"),
    (Gene.ALK,  "not rearranged"),
    (Gene.ALK,  "ALK-negative"),
    (Gene.ALK,  "ALK - negative"),
    (Gene.ALK,  "negative (IHC)"),
    (Gene.ROS1, "ROS1 negative"),
    (Gene.NRG1, "NRG1: not detected"),
    (Gene.NTRK, "NTRK negative"),
    (Gene.NTRK, "NTRK1/2/3 negative"),
    (Gene.NTRK, "NTRK1-3: not detected"),
    (Gene.NTRK, "NTRK1, NTRK2, NTRK3 not detected"),
    (Gene.NTRK, "no NTRK1/2/3 fusion detected"),
    (Gene.NTRK, "pan-TRK IHC negative"),
]
# fmt: on


@pytest.mark.parametrize("gene", FUSION_GENES)
@pytest.mark.parametrize("text", ANY_GENE)
def test_a_rearrangement_by_word(gene, text):
    assert read_gene(gene, text).variants == {FusionVariant.FUSION}


@pytest.mark.parametrize(("gene", "text"), PARTNERS)
def test_a_rearrangement_by_its_partners(gene, text):
    assert read_gene(gene, text).variants == {FusionVariant.FUSION}


@pytest.mark.parametrize(("gene", "text", "reason"), REFUSED)
def test_nothing_is_guessed(gene, text, reason):
    with pytest.raises(NotUnderstood) as refused:
        read_gene(gene, text)
    assert reason in refused.value.why


@pytest.mark.parametrize(("gene", "text"), NEGATIVE)
def test_a_negative_speaks_of_the_rearrangement_and_of_every_member(gene, text):
    assert read_gene(gene, text).status is ResultStatus.NEGATIVE
