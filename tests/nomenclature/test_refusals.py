"""A refusal says what was read, why it was refused, what is accepted, and what looks alike."""

import pickle

import pytest

from lungmets.nomenclature import (
    NotUnderstood,
    nearest_words,
    read_gene,
    read_histology,
    read_pd_l1,
)
from lungmets.vocabulary import Gene


def refusal(text, gene=Gene.EGFR):
    with pytest.raises(NotUnderstood) as refused:
        read_gene(gene, text)
    return refused.value


def test_the_message_is_one_clear_text():
    assert str(refusal("A858R")) == (
        "EGFR result 'A858R' is not understood: residue 858 of EGFR is L, not A. Expected negative,"
        " not_tested, pending, inadequate, indeterminate, or what was found: L858R, exon 19"
        " deletion, E746_A750del, exon 20 insertion, G719X, S768I, L861Q, T790M, other_activating,"
        " several joined by 'and'. Nearest known words: 'L858R', 'L861Q', 'T790M'."
    )


def test_the_parts_of_the_message_stand_apart():
    error = refusal("A858R")
    assert error.text == "A858R"
    assert error.what == "EGFR result"
    assert error.why == "residue 858 of EGFR is L, not A"
    assert error.expected.startswith("negative, not_tested, pending")
    assert error.nearest == ("L858R", "L861Q", "T790M")


def test_it_is_a_value_error():
    assert isinstance(refusal("nonsense"), ValueError)


def test_a_leftover_word_is_named():
    assert "'maybe'" in refusal("L858R maybe").why


def test_control_characters_do_not_reach_a_terminal():
    error = refusal("L858R\x1b[31m")
    assert "\x1b" not in str(error)
    assert error.text == "L858R\\x1b[31m"


@pytest.mark.parametrize("read", [lambda text: read_gene(Gene.ALK, text), read_pd_l1])
def test_a_long_text_is_refused_and_cut(read):
    with pytest.raises(NotUnderstood, match="at most 300") as refused:
        read("60 " * 200)
    assert len(refused.value.text) <= 120


def test_three_hundred_characters_are_still_read():
    text = "L858R" + " " * 295
    assert len(text) == 300
    assert read_gene(Gene.EGFR, text).variants


@pytest.mark.parametrize("value", [None, 60, 1.5, True, ["L858R"], {"status": "negative"}])
def test_what_is_no_text_is_refused_by_its_type(value):
    for read in (lambda it: read_gene(Gene.EGFR, it), read_pd_l1, read_histology):
        with pytest.raises(NotUnderstood, match=type(value).__name__):
            read(value)


def test_it_survives_pickling():
    error = refusal("A858R\n")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  -- it was pickled in this line
    assert (str(copy), copy.text, copy.nearest) == (str(error), error.text, error.nearest)


@pytest.mark.parametrize("gene", Gene)
def test_every_gene_says_what_it_accepts(gene):
    error = refusal("nonsense", gene)
    assert error.what == f"{gene.value.upper()} result"
    assert "negative" in error.expected


# fmt: off
NEAREST = [
    ("L858r",           ["L858R", "T790M"],                     ("L858R",)),
    ("exon19dell",      ["exon19del", "exon20ins"],             ("exon19del",)),
    ("ADENOCARCINOM",   ["adenocarcinoma"],                     ("adenocarcinoma",)),
    ("aaaa",            ["aaab", "aaac", "aaad", "aaae"],       3),
    ("zzz",             ["l858r"],                              ()),
    ("",                ["l858r"],                              ()),
    ("l858r",           [],                                     ()),
]
# fmt: on


@pytest.mark.parametrize(("word", "known", "expected"), NEAREST)
def test_the_nearest_words_are_at_most_three_and_ignore_case(word, known, expected):
    found = nearest_words(word, known)
    if isinstance(expected, int):
        assert len(found) == expected
    else:
        assert found == expected
