"""What must hold for any text: it is understood whole, or refused; and never guessed."""

import re
from string import ascii_letters, ascii_lowercase, digits, punctuation

from hypothesis import assume, example, given
from hypothesis import strategies as st

from lungmets.nomenclature import (
    GeneReading,
    NotUnderstood,
    PdL1Reading,
    read_gene,
    read_histology,
    read_pd_l1,
)
from lungmets.nomenclature.residues import CODONS, amino_acid, residue
from lungmets.vocabulary import EgfrVariant, Gene, Histology, ResultStatus

GENES = st.sampled_from(list(Gene))
# Words of which reports are made; joined at random they make texts that are nearly understood.
FOUND = ["L858R", "p.Leu858Arg", "exon 19 deletion", "G12C", "V600E", "METex14", "EML4-ALK",
         "KIF5B-RET", "amplification", "Y772_A775dup", "c.2573T>G", "fusion", "3+"]  # fmt: skip
NEGATIVE = ["negative", "not detected", "wild type", "no mutation detected", "no fusion", "no",
            "not", "none", "without", "VUS"]  # fmt: skip
OTHER = ["positive", "detected", "mutation", "variant", "exon 19", "codon 12", "(", ")", "and", ",",
         ";", "+", "-", ":", "tissue", "plasma", "IHC", "NGS", "EGFR", "ALK", "NTRK1", "pending",
         "insufficient tissue", "T790M", "?", "or", "/", "status", "of", "5%", "for"]  # fmt: skip


def sentences(words):
    parts = st.lists(st.sampled_from(words), min_size=1, max_size=7)
    return st.builds(str.join, st.sampled_from([" ", "", "  "]), parts)


def outcome(read, text):
    try:
        return read(text)
    except NotUnderstood as refused:
        return refused.why


@given(GENES, st.text(max_size=320) | sentences(FOUND + NEGATIVE + OTHER))
@example(Gene.NTRK, "NTRK" * 60)
def test_a_gene_is_read_or_refused(gene, text):
    try:
        reading = read_gene(gene, text)
    except NotUnderstood as refused:
        assert refused.why
        assert refused.expected
        assert len(refused.nearest) <= 3
    else:
        assert isinstance(reading, GeneReading)
        assert reading.gene is gene
        assert not reading.variants or reading.status is ResultStatus.POSITIVE


@given(st.text(max_size=320) | st.text("0123456789.<>=-% tps", max_size=20))
def test_a_score_is_read_or_refused(text):
    try:
        reading = read_pd_l1(text)
    except NotUnderstood:
        return
    assert isinstance(reading, PdL1Reading)
    assert 0 <= reading.low <= reading.high <= 100
    assert reading.status not in {ResultStatus.POSITIVE, ResultStatus.NEGATIVE}
    assert reading.status is not None or re.search("[0-9]", text)


@given(st.text(max_size=320))
def test_a_histology_is_read_or_refused(text):
    try:
        assert read_histology(text) in Histology
    except NotUnderstood as refused:
        assert refused.what == "histology"


@given(GENES, st.text(ascii_letters + digits + punctuation + " ", max_size=60))
def test_garbage_is_never_negative(gene, text):
    says_so = re.search(r"neg|wt|wild|\bno|not|none|without|\bun|vus|significance", text.lower())
    assume(not says_so)
    try:
        assert read_gene(gene, text).status is not ResultStatus.NEGATIVE
    except NotUnderstood:
        pass


@given(GENES, sentences(FOUND + NEGATIVE + OTHER))
def test_a_text_that_names_a_finding_is_never_negative(gene, text):
    assume(any(word in text for word in FOUND if word != "fusion"))
    try:
        assert read_gene(gene, text).status is not ResultStatus.NEGATIVE
    except NotUnderstood:
        pass


@given(GENES, sentences(FOUND + OTHER))
def test_without_a_negative_word_nothing_is_negative(gene, text):
    try:
        assert read_gene(gene, text).status is not ResultStatus.NEGATIVE
    except NotUnderstood:
        pass


@given(GENES, st.sampled_from(["negative", "not detected", "wild-type", "none detected"]), st.data())
def test_a_negative_with_one_letter_changed_is_negative_by_another_word_or_refused(gene, word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from([*ascii_lowercase, ""]))
    changed = word[:at] + letter + word[at + 1 :]
    assume(changed != word)
    try:
        status = read_gene(gene, changed).status
    except NotUnderstood:
        return
    assert status is ResultStatus.NEGATIVE
    assert changed in {"wildtype", "wild type"} or changed.replace(" ", "") in {"undetected"}


READABLE = st.sampled_from([
    (Gene.EGFR, "exon 19 deletion (p.Glu746_Ala750del) and T790M"), (Gene.EGFR, "c.2573T>G"),
    (Gene.EGFR, "not detected in ctDNA"), (Gene.KRAS, "KRAS p.Gly12Cys"),
    (Gene.MET, "c-Met exon 14 skipping (RNA NGS)"), (Gene.ERBB2, "p.Tyr772_Ala775dup"),
    (Gene.ALK, "EML4::ALK fusion, variant 3a/b"), (Gene.NTRK, "no NTRK1/2/3 fusion detected"),
    (Gene.ROS1, "insufficient tissue"), (Gene.EGFR, "A858R"), (Gene.EGFR, "T790M negative"),
])  # fmt: skip


@given(READABLE, st.data())
def test_case_and_white_space_around_do_not_matter(row, data):
    gene, text = row
    upper = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    recased = "".join(
        letter.upper() if up else letter.lower() for letter, up in zip(text, upper, strict=True)
    )
    space = st.text(" \t\n\r\u00a0\u2009", max_size=4)
    spaced = data.draw(space) + recased + data.draw(space)
    assert outcome(lambda it: read_gene(gene, it), spaced) == outcome(lambda it: read_gene(gene, it), text)


@given(READABLE, st.sampled_from("-\u2010\u2011\u2012\u2013\u2014\u2212"))
def test_the_kind_of_dash_does_not_matter(row, dash):
    gene, text = row
    text = f"{text} - tissue" if "-" not in text else text
    assert outcome(lambda it: read_gene(gene, it), text.replace("-", dash)) == outcome(
        lambda it: read_gene(gene, it), text
    )


@given(st.decimals(0, 100, places=2), st.sampled_from(["", "%", " %"]))
def test_any_percentage_is_read_as_itself(value, percent):
    reading = read_pd_l1(f"TPS {value}{percent}")
    assert reading.low == reading.high == float(value)


@given(st.decimals(0, 100, places=1), st.decimals(0, 100, places=1))
def test_a_range_keeps_its_ends_or_runs_backwards(low, high):
    got = outcome(read_pd_l1, f"{low}-{high}%")
    if low <= high:
        assert (got.low, got.high) == (float(low), float(high))
    else:
        assert "backwards" in got


@given(st.decimals(min_value="100.01", max_value=10**6, places=2))
def test_nothing_above_a_hundred_percent_is_read(value):
    for text in (f"{value}", f"<{value}", f">={value}", f"1-{value}"):
        assert "between 0 and 100" in outcome(read_pd_l1, text)


@given(st.integers(729, 761), st.integers(729, 761), st.sampled_from("ACDEFGHIKLMNPQRSTVWY"))
def test_a_deletion_within_exon_19_is_one_and_only_of_the_residues_that_are_there(first, last, letter):
    assume(first < last)
    start, end = residue(Gene.EGFR, first), residue(Gene.EGFR, last)
    assert read_gene(Gene.EGFR, f"{start}{first}_{end}{last}del").variants == {EgfrVariant.EXON19DEL}
    assume(letter != start)
    assert "residue" in outcome(lambda it: read_gene(Gene.EGFR, it), f"{letter}{first}_{end}{last}del")


def test_every_codon_that_is_spelled_codes_for_the_residue_that_is_stored():
    for gene, codons in CODONS.items():
        for number, codon in codons.items():
            assert amino_acid(codon) == residue(gene, number), (gene, number)


def test_a_coding_change_reads_as_the_protein_change_that_it_makes():
    for gene, codons in CODONS.items():
        for number, codon in codons.items():
            for at in range(3):
                for base in set("ACGT") - {codon[at]}:
                    made = amino_acid(codon[:at] + base + codon[at + 1 :])
                    if made in {"*", amino_acid(codon)}:
                        continue
                    coding = f"c.{3 * (number - 1) + at + 1}{codon[at]}>{base}"
                    protein = f"{amino_acid(codon)}{number}{made}"
                    read = [
                        outcome(lambda it, gene=gene: read_gene(gene, it), text) for text in (coding, protein)
                    ]
                    assert read[0] == read[1], (gene, coding, protein)
