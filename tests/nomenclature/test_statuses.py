"""Negative, not tested, pending, inadequate, indeterminate: for every gene the same words."""

import pytest

from lungmets.nomenclature import NotUnderstood, read_gene
from lungmets.vocabulary import GENE_VARIANTS, Assay, Gene, ResultStatus, Specimen

FUSION_GENES = {Gene.ALK, Gene.ROS1, Gene.RET, Gene.NTRK, Gene.NRG1}
MUTATION_GENES = set(Gene) - FUSION_GENES

# fmt: off
ANY_GENE = [
    ("negative",                            "negative"),
    ("Negative.",                           "negative"),
    ("neg",                                 "negative"),
    ("NEGATIVE (tissue)",                   "negative"),
    ("wild type",                           "negative"),
    ("wild-type",                           "negative"),
    ("wildtype",                            "negative"),
    ("WT",                                  "negative"),
    ("not detected",                        "negative"),
    ("undetected",                          "negative"),
    ("none detected",                       "negative"),
    ("no alteration detected",              "negative"),
    ("no pathogenic variants identified",   "negative"),
    ("no variant",                          "negative"),
    ("result: negative",                    "negative"),
    ("test negative",                       "negative"),
    ("VUS",                                 "negative"),
    ("variant of unknown significance",     "negative"),
    ("variant of uncertain significance detected", "negative"),
    ("negative; VUS",                       "negative"),
    ("not_tested",                          "not_tested"),
    ("not tested",                          "not_tested"),
    ("Not yet tested",                      "not_tested"),
    ("not done",                            "not_tested"),
    ("not performed",                       "not_tested"),
    ("untested",                            "not_tested"),
    ("pending",                             "pending"),
    ("results pending",                     "pending"),
    ("awaiting",                            "pending"),
    ("awaiting results",                    "pending"),
    ("in progress",                         "pending"),
    ("inadequate",                          "inadequate"),
    ("insufficient sample",                 "inadequate"),
    ("insufficient tissue",                 "inadequate"),
    ("tissue insufficient",                 "inadequate"),
    ("quantity not sufficient",             "inadequate"),
    ("QNS",                                 "inadequate"),
    ("failed",                              "inadequate"),
    ("sample failed",                       "inadequate"),
    ("indeterminate",                       "indeterminate"),
    ("equivocal",                           "indeterminate"),
    ("no call",                             "indeterminate"),
    ("no-call",                             "indeterminate"),
    ("inconclusive",                        "indeterminate"),
]

NO_ANSWER_FOR_ANY_GENE = [
    # in two senses
    "ND", "n/a", "NA", "none", "None", "null", "nan", "unknown", "not available", "not applicable",
    # half understood
    "no", "not", "0", "false", "-", "?", "...", "no result", "no tissue", "no sample available",
    "result not found", "tissue not found", "tissue not identified", "absent", "not present",
    "not positive", "not negative", "not wild type", "no no mutation", "not only detected",
    "false negative", "negative control", "negative to date", "probably negative", "negative?",
    "no sensitising alteration", "no common alteration", "no alteration in the tested regions",
    "detected: no", "non-diagnostic", "see report", "report attached", "",  "   ", ".", "()",
    # contradictions
    "negative and positive", "positive, negative", "negative/positive", "negative, pending",
    "negative (pending confirmation)", "not detected, insufficient tissue", "pending positive",
    "positive VUS", "alteration detected; VUS",
]

ONE_KIND_ONLY = [
    ("no mutation detected",                MUTATION_GENES),
    ("no mutation",                         MUTATION_GENES),
    ("no evidence of mutation",             MUTATION_GENES),
    ("mutation not detected",               MUTATION_GENES),
    ("mutation status: negative",           MUTATION_GENES),
    ("unmutated",                           MUTATION_GENES),
    ("not mutated",                         MUTATION_GENES),
    ("no activating mutation was found",    MUTATION_GENES),
    ("no fusion detected",                  FUSION_GENES),
    ("no fusion",                           FUSION_GENES),
    ("no rearrangement",                    FUSION_GENES),
    ("no gene rearrangement identified",    FUSION_GENES),
    ("rearrangement not detected",          FUSION_GENES),
    ("negative for rearrangement",          FUSION_GENES),
    ("not rearranged",                      FUSION_GENES),
    ("no mutation or fusion detected",      set(Gene)),
]

SINGLE_VARIANT = [
    (Gene.EGFR, "T790M negative"),
    (Gene.EGFR, "no L858R"),
    (Gene.EGFR, "L858R: not detected"),
    (Gene.EGFR, "negative for L858R"),
    (Gene.EGFR, "no EGFR L858R mutation detected"),
    (Gene.EGFR, "exon 19 deletion not detected"),
    (Gene.EGFR, "exon 19 negative"),
    (Gene.EGFR, "no mutation in exon 19"),
    (Gene.EGFR, "common mutations not detected"),
    (Gene.EGFR, "L858R positive, T790M negative"),
    (Gene.KRAS, "G12C not detected"),
    (Gene.BRAF, "V600E not detected"),
    (Gene.MET,  "exon 14 skipping: negative"),
]

WITH_SOURCE = [
    # text                                  specimen            assay
    ("negative (plasma)",                   Specimen.PLASMA,    None),
    ("not detected in ctDNA",               Specimen.PLASMA,    None),
    ("negative on liquid biopsy",           Specimen.PLASMA,    None),
    ("plasma: not detected",                Specimen.PLASMA,    None),
    ("negative (blood plasma ctDNA)",       Specimen.PLASMA,    None),
    ("wild type (cell-free DNA, NGS)",      Specimen.PLASMA,    Assay.NGS),
    ("negative (tissue)",                   Specimen.TISSUE,    None),
    ("negative, tissue biopsy",             Specimen.TISSUE,    None),
    ("not detected in tumour tissue",       Specimen.TISSUE,    None),
    ("negative [FFPE]",                     Specimen.TISSUE,    None),
    ("negative (cytology)",                 Specimen.CYTOLOGY,  None),
    ("negative (NGS)",                      None,               Assay.NGS),
    ("negative by next-generation sequencing", None,            Assay.NGS),
    ("negative (RT-PCR)",                   None,               Assay.PCR),
    ("negative by PCR on plasma",           Specimen.PLASMA,    Assay.PCR),
    ("pending (tissue)",                    Specimen.TISSUE,    None),
]
# fmt: on


@pytest.mark.parametrize("gene", Gene)
@pytest.mark.parametrize(("text", "status"), ANY_GENE)
def test_a_status_is_the_same_word_for_every_gene(gene, text, status):
    reading = read_gene(gene, text)
    assert reading.status == status
    assert reading.variants == frozenset()


@pytest.mark.parametrize("gene", Gene)
@pytest.mark.parametrize("text", NO_ANSWER_FOR_ANY_GENE)
def test_what_is_half_understood_is_never_an_answer(gene, text):
    with pytest.raises(NotUnderstood):
        read_gene(gene, text)


@pytest.mark.parametrize("gene", Gene)
@pytest.mark.parametrize(("text", "genes"), ONE_KIND_ONLY)
def test_a_negative_for_another_kind_of_alteration_is_refused(gene, text, genes):
    if gene in genes:
        assert read_gene(gene, text).status is ResultStatus.NEGATIVE
        return
    with pytest.raises(NotUnderstood, match="another kind of alteration"):
        read_gene(gene, text)


@pytest.mark.parametrize(("gene", "text"), SINGLE_VARIANT)
def test_a_negative_test_for_one_variant_is_not_a_negative_gene(gene, text):
    with pytest.raises(NotUnderstood, match="is not a negative gene"):
        read_gene(gene, text)


@pytest.mark.parametrize(
    ("gene", "text"),
    [
        (Gene.EGFR, "negative and L858R"),
        (Gene.EGFR, "no mutation detected, mutated"),
        (Gene.ALK, "negative, fusion"),
        (Gene.ALK, "IHC negative; rearrangement"),
        (Gene.ERBB2, "negative; amplification"),
    ],
)
def test_a_negative_and_a_finding_contradict_each_other(gene, text):
    with pytest.raises(NotUnderstood, match="says negative, and it names a finding"):
        read_gene(gene, text)


# fmt: off
CALLED_VUS = [
    (Gene.EGFR,  "V834L (VUS)",     True),
    (Gene.EGFR,  "VUS: V834L",      True),
    (Gene.ERBB2, "S310F (VUS)",     True),
    (Gene.MET,   "T1010I, VUS",     False),   # two items: the first is a change without a class
    (Gene.EGFR,  "L858R (VUS)",     False),   # a driver is no VUS
    (Gene.EGFR,  "A834L (VUS)",     False),   # a misread change is none
    (Gene.ALK,   "F1174L (VUS)",    False),   # a mutation says nothing of a rearrangement
    (Gene.ALK,   "mutation (VUS)",  False),
    (Gene.EGFR,  "fusion (VUS)",    False),
    (Gene.EGFR,  "pathogenic VUS",  False),
    (Gene.ERBB2, "VUS (FISH)",      False),
]
# fmt: on


@pytest.mark.parametrize(("gene", "text", "negative"), CALLED_VUS)
def test_an_unlisted_change_that_is_called_a_vus_is_no_driver(gene, text, negative):
    if negative:
        assert read_gene(gene, text).status is ResultStatus.NEGATIVE
        return
    with pytest.raises(NotUnderstood):
        read_gene(gene, text)


def test_all_the_exons_that_carry_a_class_are_no_part_of_the_gene():
    reading = read_gene(Gene.EGFR, "No mutation detected in exons 18-21")
    assert reading.status is ResultStatus.NEGATIVE


@pytest.mark.parametrize("gene", [Gene.EGFR, Gene.ALK, Gene.MET])
@pytest.mark.parametrize(("text", "specimen", "assay"), WITH_SOURCE)
def test_specimen_and_assay_are_kept(gene, text, specimen, assay):
    reading = read_gene(gene, text)
    assert (reading.specimen, reading.assay) == (specimen, assay)


# fmt: off
FOUND_WITH_SOURCE = [
    (Gene.EGFR, "L858R (plasma)",                      Specimen.PLASMA,   None),
    (Gene.EGFR, "L858R (tissue, NGS)",                 Specimen.TISSUE,   Assay.NGS),
    (Gene.EGFR, "exon 19 deletion in ctDNA",           Specimen.PLASMA,   None),
    (Gene.ALK,  "positive (IHC)",                      None,              Assay.IHC),
    (Gene.ALK,  "ALK+ (FISH)",                         None,              Assay.FISH),
    (Gene.ALK,  "EML4-ALK fusion (cytology, RNA NGS)", Specimen.CYTOLOGY, Assay.NGS),
]
TWO_SOURCES = [
    "negative (tissue) and negative (plasma)", "negative (tissue, plasma)",
    "positive (IHC and FISH)", "negative (NGS); negative (PCR)",
]
# fmt: on


@pytest.mark.parametrize(("gene", "text", "specimen", "assay"), FOUND_WITH_SOURCE)
def test_a_finding_keeps_them_too(gene, text, specimen, assay):
    reading = read_gene(gene, text)
    assert reading.status is ResultStatus.POSITIVE
    assert (reading.specimen, reading.assay) == (specimen, assay)


@pytest.mark.parametrize("text", TWO_SOURCES)
def test_one_result_has_one_specimen_and_one_assay(text):
    with pytest.raises(NotUnderstood, match="two specimens or two assays"):
        read_gene(Gene.ALK, text)


@pytest.mark.parametrize("gene", Gene)
def test_every_closed_word_reads_as_itself(gene):
    for variant in GENE_VARIANTS[gene]:
        reading = read_gene(gene, variant.value)
        assert reading.status is ResultStatus.POSITIVE
        assert reading.variants == {variant}
    for status in ResultStatus:
        assert read_gene(gene, status.value).status is status


@pytest.mark.parametrize("gene", Gene)
def test_every_closed_word_reads_as_itself_behind_the_name_of_its_gene(gene):
    for variant in GENE_VARIANTS[gene]:
        assert read_gene(gene, f"{gene.value.upper()}: {variant.value}").variants == {variant}
