"""MET and ERBB2: mutation, amplification and overexpression are different biomarkers."""

import pytest

from lungmets.nomenclature import NotUnderstood, read_gene
from lungmets.vocabulary import Assay, Gene, ResultStatus

EX14, AMP, OVER = {"exon14_skipping"}, {"amplification"}, {"overexpression"}
MUTATION, MISSING = {"mutation"}, set()

# fmt: off
MET = [
    ("exon 14 skipping",                        EX14),
    ("MET exon 14 skipping mutation",           EX14),
    ("c-MET exon 14 skipping mutation",         EX14),
    ("METex14",                                 EX14),
    ("METex14 skipping",                        EX14),
    ("METΔex14",                                EX14),
    ("ex14 skip",                               EX14),
    ("exon14_skipping",                         EX14),
    ("exon 14 deletion",                        EX14),
    ("exon 14 splice site mutation",            EX14),
    ("X1010_splice",                            EX14),
    ("exon 14 skipping (RNA NGS)",              EX14),
    # the last base of the exon, by either transcript
    ("D1010H",                                  EX14),
    ("D1010N",                                  EX14),
    ("exon 14 D1010H",                          EX14),
    ("p.Asp1010His",                            EX14),
    ("c.3028G>A",                               EX14),
    ("D1028H",                                  EX14),
    ("c.3082G>C (p.D1028H)",                    EX14),
    ("METex14 (c.3028G>T; p.D1010Y)",           EX14),
    # the splice donor
    ("c.3028+1G>T",                             EX14),
    ("c.3028+2T>C",                             EX14),
    ("c.3028+3A>G",                             EX14),
    ("c.3082+1G>A",                             EX14),
    ("NM_000245.4:c.3028+1G>A",                 EX14),
    ("NM_001127500.3:c.3082+1G>A",              EX14),
    ("c.3010_3028+8del",                        EX14),
    ("c.3028+2_3028+10del",                     EX14),
    # the splice acceptor
    ("c.2888-1G>A",                             EX14),
    ("c.2942-15_2942-2del",                     EX14),
    ("c.2888-5_2904del22",                      EX14),
    ("c.2888-40_2888-20del",                    EX14),
    ("amplification",                           AMP),
    ("MET amplified",                           AMP),
    ("MET amp",                                 AMP),
    ("high-level amplification",                AMP),
    ("positive (FISH)",                         AMP),
    ("overexpression",                          OVER),
    ("c-Met overexpression",                    OVER),
    ("c-Met IHC 3+",                            OVER),
    ("positive by IHC",                         OVER),
    ("exon 14 skipping and amplification",      EX14 | AMP),
    ("positive",                                MISSING),
    ("mutated",                                 MISSING),
    ("exon 14 mutation",                        MISSING),
]

ERBB2 = [
    ("mutation",                                MUTATION),
    ("HER2 mutation",                           MUTATION),
    ("activating mutation",                     MUTATION),
    ("TKD mutation",                            MUTATION),
    ("HER2 kinase domain mutation",             MUTATION),
    ("exon 20 insertion",                       MUTATION),
    ("HER2 exon 20 insertion",                  MUTATION),
    ("Y772_A775dup",                            MUTATION),
    ("p.Tyr772_Ala775dup",                      MUTATION),
    ("ERBB2 Y772_A775dupYVMA",                  MUTATION),
    ("A775_G776insYVMA",                        MUTATION),
    ("G776delinsVC",                            MUTATION),
    ("p.Gly776delinsValCys",                    MUTATION),
    ("G778_P780dup",                            MUTATION),
    ("c.2313_2324dup",                          MUTATION),
    ("L755S",                                   MUTATION),
    ("L755P",                                   MUTATION),
    ("V777L",                                   MUTATION),
    ("D769Y",                                   MUTATION),
    ("D769H",                                   MUTATION),
    ("V842I",                                   MUTATION),
    ("G776V",                                   MUTATION),
    ("amplified",                               AMP),
    ("HER2 amplification (FISH)",               AMP),
    ("FISH positive",                           AMP),
    ("overexpression",                          OVER),
    ("IHC 3+",                                  OVER),
    ("HER2/neu 3+",                             OVER),
    ("IHC positive",                            OVER),
    ("overexpression (IHC 3+)",                 OVER),
    ("mutation and amplification",              MUTATION | AMP),
    ("V777L; amplification",                    MUTATION | AMP),
    ("positive",                                MISSING),
    ("HER2-positive",                           MISSING),
    ("mutated",                                 MISSING),
    ("mutation detected",                       MISSING),
    ("exon 20 mutation",                        MISSING),
]

REFUSED = [
    (Gene.MET,   "T1010I",                      "not known to skip exon 14"),
    (Gene.MET,   "Y1003F",                      "not known to skip exon 14"),
    (Gene.MET,   "c.3028+4A>G",                 "does not reach a splice site"),
    (Gene.MET,   "c.2888-10C>G",                "does not reach a splice site"),
    (Gene.MET,   "c.2888-17_2888-16insAGAA",    "does not reach a splice site"),
    (Gene.MET,   "c.2888-60_2888-40del",        "does not reach a splice site"),
    (Gene.MET,   "c.2903_2908del",              "does not reach a splice site"),
    (Gene.MET,   "NM_000245.4:c.3082+1G>A",     "does not reach a splice site"),
    (Gene.MET,   "NM_001324402.2:c.3028+1G>A",  "numbering of NM_001324402"),
    (Gene.MET,   "c.3028+1A>T",                 "reference has G there, not A"),
    (Gene.MET,   "c.3028+1G>G",                 "replaces bases by themselves"),
    (Gene.MET,   "exon 14 skipping negative",   "one variant"),
    (Gene.MET,   "no MET exon 14 skipping",     "one variant"),
    (Gene.MET,   "exon 14 negative",            "one variant"),
    (Gene.MET,   "amplification not detected",  "one variant"),
    (Gene.MET,   "not amplified",               "one variant"),
    (Gene.MET,   "negative (FISH)",             "it is no negative"),
    (Gene.MET,   "amplification and mutation",  "names a mutation as well"),
    (Gene.MET,   "low-level amplification",     "fits 'low-level'"),
    (Gene.MET,   "IHC 2+",                      "only a score of 3+"),
    (Gene.MET,   "MET expression",              "without its grade"),
    (Gene.MET,   "polysomy",                    "not called an amplification"),
    (Gene.MET,   "KIF5B-MET fusion",            "rearrangement"),
    (Gene.MET,   "exon 2 mutation",             "carries no class"),
    (Gene.ERBB2, "S310F",                       "kinase domain"),
    (Gene.ERBB2, "R678Q",                       "kinase domain"),
    (Gene.ERBB2, "V777E",                       "kinase domain"),
    (Gene.ERBB2, "L755_T759del",                "kinase domain"),
    (Gene.ERBB2, "A777L",                       "residue 777 of ERBB2 is V, not A"),
    (Gene.ERBB2, "Y772_A775dupYVMG",            "residue 775 of ERBB2 is A, not G"),
    (Gene.ERBB2, "IHC 2+",                      "only a score of 3+"),
    (Gene.ERBB2, "IHC 0",                       "only a score of 3+"),
    (Gene.ERBB2, "negative (IHC)",              "it is no negative"),
    (Gene.ERBB2, "HER2 mutation (IHC)",         "it is no finding"),
    (Gene.ERBB2, "HER2 mutation status",        "names a test"),
    (Gene.ERBB2, "EGFR exon 20 insertion",      "another gene or marker, EGFR"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), MET)
def test_met(text, expected):
    reading = read_gene(Gene.MET, text)
    assert reading.status is ResultStatus.POSITIVE
    assert {variant.value for variant in reading.variants} == expected


@pytest.mark.parametrize(("text", "expected"), ERBB2)
def test_erbb2(text, expected):
    reading = read_gene(Gene.ERBB2, text)
    assert reading.status is ResultStatus.POSITIVE
    assert {variant.value for variant in reading.variants} == expected


@pytest.mark.parametrize(("gene", "text", "reason"), REFUSED)
def test_nothing_is_guessed(gene, text, reason):
    with pytest.raises(NotUnderstood) as refused:
        read_gene(gene, text)
    assert reason in refused.value.why


@pytest.mark.parametrize("gene", [Gene.MET, Gene.ERBB2])
def test_a_score_of_an_antibody_records_the_assay(gene):
    assert read_gene(gene, "IHC 3+").assay is Assay.IHC


def test_a_mutation_not_detected_is_a_negative():
    assert read_gene(Gene.ERBB2, "HER2 mutation not detected").status is ResultStatus.NEGATIVE
