"""What must hold for any text: it is understood whole, or refused; and never guessed."""

import re
from functools import partial
from string import ascii_letters, ascii_lowercase, digits, punctuation

from hypothesis import assume, example, given, settings
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

# The first text of a gene compiles its patterns, and so takes longer than any later one.
unhurried = settings(deadline=None)

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


def tried(read, text):
    """What was read, or the refusal."""
    try:
        return read(text)
    except NotUnderstood as refused:
        return refused


def outcome(read, text):
    """What was read, or why nothing was."""
    got = tried(read, text)
    return got.why if isinstance(got, NotUnderstood) else got


def is_negative(gene, text):
    got = tried(partial(read_gene, gene), text)
    return isinstance(got, GeneReading) and got.status is ResultStatus.NEGATIVE


@unhurried
@given(GENES, st.text(max_size=320) | sentences(FOUND + NEGATIVE + OTHER))
@example(Gene.NTRK, "NTRK" * 60)
def test_a_gene_is_read_or_refused(gene, text):
    got = tried(partial(read_gene, gene), text)
    if isinstance(got, NotUnderstood):
        assert got.why
        assert got.expected
        assert len(got.nearest) <= 3
    else:
        assert isinstance(got, GeneReading)
        assert got.gene is gene
        assert not got.variants or got.status is ResultStatus.POSITIVE


@unhurried
@given(st.text(max_size=320) | st.text("0123456789.<>=-% tps", max_size=20))
def test_a_score_is_read_or_refused(text):
    got = tried(read_pd_l1, text)
    if isinstance(got, PdL1Reading):
        assert 0 <= got.low <= got.high <= 100
        assert got.status not in {ResultStatus.POSITIVE, ResultStatus.NEGATIVE}
        assert got.status is not None or re.search("[0-9]", text)


@unhurried
@given(st.text(max_size=320))
def test_a_histology_is_read_or_refused(text):
    assert isinstance(tried(read_histology, text), Histology | NotUnderstood)


@unhurried
@given(GENES, st.text(ascii_letters + digits + punctuation + " ", max_size=60))
def test_garbage_is_never_negative(gene, text):
    says_so = re.search(r"neg|wt|wild|\bno|not|none|without|\bun|vus|significance", text.lower())
    assume(not says_so)
    assert not is_negative(gene, text)


@unhurried
@given(GENES, sentences(FOUND + NEGATIVE + OTHER))
def test_a_text_that_names_a_finding_is_never_negative(gene, text):
    assume(any(word in text for word in FOUND if word != "fusion"))
    assume("VUS" not in text)  # an unlisted change that is called a VUS is no driver
    assert not is_negative(gene, text)


@unhurried
@given(GENES, sentences(FOUND + OTHER))
def test_without_a_negative_word_nothing_is_negative(gene, text):
    assert not is_negative(gene, text)


@unhurried
@given(GENES, st.sampled_from(["negative", "not detected", "wild-type", "none detected"]), st.data())
def test_a_misspelt_negative_is_refused(gene, word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from([*ascii_lowercase, ""]))
    changed = word[:at] + letter + word[at + 1 :]
    assume(changed != word)
    got = tried(partial(read_gene, gene), changed)
    assert isinstance(got, NotUnderstood) or changed == "wildtype"


READABLE = st.sampled_from([
    (Gene.EGFR, "exon 19 deletion (p.Glu746_Ala750del) and T790M"), (Gene.EGFR, "c.2573T>G"),
    (Gene.EGFR, "not detected in ctDNA"), (Gene.KRAS, "KRAS p.Gly12Cys"),
    (Gene.MET, "c-Met exon 14 skipping (RNA NGS)"), (Gene.ERBB2, "p.Tyr772_Ala775dup"),
    (Gene.ALK, "EML4::ALK fusion, variant 3a/b"), (Gene.NTRK, "no NTRK1/2/3 fusion detected"),
    (Gene.ROS1, "insufficient tissue"), (Gene.EGFR, "A858R"), (Gene.EGFR, "T790M negative"),
])  # fmt: skip


@unhurried
@given(READABLE, st.data())
def test_case_and_white_space_around_do_not_matter(row, data):
    gene, text = row
    upper = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    recased = "".join(
        letter.upper() if up else letter.lower() for letter, up in zip(text, upper, strict=True)
    )
    space = st.text(" \t\n\r\u00a0\u2009", max_size=4)
    spaced = data.draw(space) + recased + data.draw(space)
    assert outcome(partial(read_gene, gene), spaced) == outcome(partial(read_gene, gene), text)


@unhurried
@given(READABLE, st.sampled_from("-\u2010\u2011\u2012\u2013\u2014\u2212"))
def test_the_kind_of_dash_does_not_matter(row, dash):
    gene, text = row
    text = f"{text} - tissue" if "-" not in text else text
    assert outcome(partial(read_gene, gene), text.replace("-", dash)) == outcome(
        partial(read_gene, gene), text
    )


@unhurried
@given(st.decimals(0, 100, places=2), st.sampled_from(["", "%", " %"]))
def test_any_percentage_is_read_as_itself(value, percent):
    reading = read_pd_l1(f"TPS {value}{percent}")
    assert reading.low == reading.high == float(value)


@unhurried
@given(st.decimals(0, 100, places=1), st.decimals(0, 100, places=1))
def test_a_range_keeps_its_ends_or_runs_backwards(low, high):
    got = outcome(read_pd_l1, f"{low}-{high}%")
    if low <= high:
        assert (got.low, got.high) == (float(low), float(high))
    else:
        assert "backwards" in got


@unhurried
@given(st.decimals(min_value="100.01", max_value=10**6, places=2))
def test_nothing_above_a_hundred_percent_is_read(value):
    for text in (f"{value}", f"<{value}", f">={value}", f"1-{value}"):
        assert "between 0 and 100" in outcome(read_pd_l1, text)


@unhurried
@given(st.integers(729, 761), st.integers(729, 761), st.sampled_from("ACDEFGHIKLMNPQRSTVWY"))
def test_a_deletion_within_exon_19_is_one_and_only_of_the_residues_that_are_there(first, last, letter):
    assume(first < last)
    start, end = residue(Gene.EGFR, first), residue(Gene.EGFR, last)
    assert read_gene(Gene.EGFR, f"{start}{first}_{end}{last}del").variants == {EgfrVariant.EXON19DEL}
    assume(letter != start)
    assert "residue" in outcome(partial(read_gene, Gene.EGFR), f"{letter}{first}_{end}{last}del")


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
                    read = [outcome(partial(read_gene, gene), text) for text in (coding, protein)]
                    assert read[0] == read[1], (gene, coding, protein)
