"""KRAS and BRAF: one variant with a class of its own, and everything else."""

import pytest

from lungmets.nomenclature import NotUnderstood, read_gene
from lungmets.vocabulary import Gene, ResultStatus

# fmt: off
READ = [
    (Gene.KRAS, "G12C",                         {"g12c"}),
    (Gene.KRAS, "p.Gly12Cys",                   {"g12c"}),
    (Gene.KRAS, "c.34G>T",                      {"g12c"}),
    (Gene.KRAS, "c.34_35delinsTG",              {"g12c"}),
    (Gene.KRAS, "G12C (c.34G>T)",               {"g12c"}),
    (Gene.KRAS, "KRAS exon 2 p.G12C mutation",  {"g12c"}),
    (Gene.KRAS, "K-RAS G12C",                   {"g12c"}),
    (Gene.KRAS, "codon 12 mutation: G12C",      {"g12c"}),
    (Gene.KRAS, "G12C and G12D",                {"g12c", "other"}),
    (Gene.KRAS, "G12D",                         {"other"}),
    (Gene.KRAS, "p.Gly12Val",                   {"other"}),
    (Gene.KRAS, "c.35G>A",                      {"other"}),
    (Gene.KRAS, "c.34GG>TT",                    {"other"}),
    (Gene.KRAS, "codon 12 mutation, G12D",      {"other"}),
    (Gene.KRAS, "G13D",                         {"other"}),
    (Gene.KRAS, "Q61H",                         {"other"}),
    (Gene.KRAS, "c.183A>C",                     {"other"}),
    (Gene.KRAS, "A59T",                         {"other"}),
    (Gene.KRAS, "K117N",                        {"other"}),
    (Gene.KRAS, "A146T",                        {"other"}),
    (Gene.KRAS, "c.436G>A",                     {"other"}),
    (Gene.KRAS, "Q22K",                         {"other"}),
    (Gene.KRAS, "G60_A66dup",                   {"other"}),
    (Gene.KRAS, "codon 61 mutation",            {"other"}),
    (Gene.KRAS, "mutation in exon 3",           {"other"}),
    (Gene.KRAS, "KRAS non-G12C",                {"other"}),
    (Gene.KRAS, "mutated, non-G12C",            {"other"}),
    (Gene.KRAS, "other",                        {"other"}),
    (Gene.KRAS, "G12",                          set()),
    (Gene.KRAS, "codon 12 mutation",            set()),
    (Gene.KRAS, "exon 2 mutation",              set()),
    (Gene.KRAS, "mutated",                      set()),
    (Gene.KRAS, "positive",                     set()),
    (Gene.BRAF, "V600E",                        {"v600e"}),
    (Gene.BRAF, "p.Val600Glu",                  {"v600e"}),
    (Gene.BRAF, "c.1799T>A",                    {"v600e"}),
    (Gene.BRAF, "c.1799_1800delinsAA",          {"v600e"}),
    (Gene.BRAF, "B-RAF V600E mutation",         {"v600e"}),
    (Gene.BRAF, "BRAF exon 15 V600E",           {"v600e"}),
    (Gene.BRAF, "V600K",                        {"other"}),
    (Gene.BRAF, "c.1798_1799delinsAA",          {"other"}),
    (Gene.BRAF, "c.1798_1799GT>AA",             {"other"}),
    (Gene.BRAF, "G469A",                        {"other"}),
    (Gene.BRAF, "c.1406G>C",                    {"other"}),
    (Gene.BRAF, "D594G",                        {"other"}),
    (Gene.BRAF, "K601E",                        {"other"}),
    (Gene.BRAF, "V600_K601delinsE",             {"other"}),
    (Gene.BRAF, "N486_P490del",                 {"other"}),
    (Gene.BRAF, "class II mutation",            {"other"}),
    (Gene.BRAF, "class III",                    {"other"}),
    (Gene.BRAF, "non-V600E",                    {"other"}),
    (Gene.BRAF, "other",                        {"other"}),
    (Gene.BRAF, "V600",                         set()),
    (Gene.BRAF, "V600 mutation",                set()),
    (Gene.BRAF, "codon 600 mutation",           set()),
    (Gene.BRAF, "class I",                      set()),
    (Gene.BRAF, "exon 15 mutation",             set()),
]

REFUSED = [
    (Gene.KRAS, "A12C",                         "residue 12 of KRAS is G, not A"),
    (Gene.KRAS, "T4N",                          "residue 4 of KRAS is Y, not T"),
    (Gene.KRAS, "L858R",                        "KRAS has no residue 858"),
    (Gene.KRAS, "G0C",                          "KRAS has no residue 0"),
    (Gene.BRAF, "L858R",                        "BRAF has no residue 858"),
    (Gene.BRAF, "G12C",                         "residue 12 of BRAF is A, not G"),
    (Gene.KRAS, "12C",                          "fits '12c'"),
    (Gene.KRAS, "G12CC",                        "fits 'g12cc'"),
    (Gene.KRAS, "G12C/D",                       "fits '/d'"),
    (Gene.KRAS, "c.36T>A",                      "belongs to no class"),
    (Gene.KRAS, "c.34A>T",                      "reads GGT in the reference"),
    (Gene.KRAS, "KRAS exon 3 G12C",             "does not lie in exon 3"),
    (Gene.KRAS, "codon 200 mutation",           "none of the KRAS codons"),
    (Gene.KRAS, "G12C not detected",            "one variant"),
    (Gene.KRAS, "G12C negative",                "one variant"),
    (Gene.KRAS, "no G12C",                      "one variant"),
    (Gene.KRAS, "mutated, not G12C",            "one variant"),
    (Gene.KRAS, "codon 12 negative",            "one variant"),
    (Gene.KRAS, "no mutation other than G12C",  "one variant"),
    (Gene.KRAS, "codon 12 mutation and Q61H",   "names codon 12 as well"),
    (Gene.KRAS, "KRAS amplification",           "not a mutation"),
    (Gene.KRAS, "NRAS Q61R",                    "another gene or marker, NRAS"),
    (Gene.BRAF, "E600V",                        "residue 600 of BRAF is V, not E"),
    (Gene.BRAF, "V600E/K",                      "fits '/k'"),
    (Gene.BRAF, "V600E negative",               "one variant"),
    (Gene.BRAF, "positive (IHC)",               "neither is a mutation"),
    (Gene.BRAF, "negative (IHC)",               "neither is a mutation"),
    (Gene.BRAF, "BRAF fusion",                  "rearrangement"),
]
# fmt: on


@pytest.mark.parametrize(("gene", "text", "expected"), READ)
def test_a_change_has_its_class_and_a_place_alone_may_lack_it(gene, text, expected):
    reading = read_gene(gene, text)
    assert reading.status is ResultStatus.POSITIVE
    assert {variant.value for variant in reading.variants} == expected


@pytest.mark.parametrize(("gene", "text", "reason"), REFUSED)
def test_nothing_is_guessed(gene, text, reason):
    with pytest.raises(NotUnderstood) as refused:
        read_gene(gene, text)
    assert reason in refused.value.why


def test_the_nearest_word_to_a_misread_g12c_is_g12c():
    with pytest.raises(NotUnderstood) as refused:
        read_gene(Gene.KRAS, "A12C")
    assert refused.value.nearest[0] == "G12C"
