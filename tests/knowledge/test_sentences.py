"""How the sentences of an article are told apart, and known again without their words."""

import hashlib

import pytest

from lungmets.knowledge.sentences import fingerprint, sentences, split

# fmt: off
LINES = [
    # what stands on one line,                            its sentences
    ("One. Two! Three? Four",                             ["One.", "Two!", "Three?", "Four"]),
    ("A heading without a stop",                          ["A heading without a stop"]),
    ("It ends in a mark and a reference. 1, 3",           ["It ends in a mark and a reference. 1, 3"]),
    ("A reference within. 1 Then more. 2",                ["A reference within.", "1 Then more. 2"]),
    ("1. Where does it spread?",                          ["1. Where does it spread?"]),
    ("• A point. • Another",                              ["• A point.", "• Another"]),
    ("NSCLC vs. SCLC and e.g. Liver, i.e. Both.",         ["NSCLC vs. SCLC and e.g. Liver, i.e. Both."]),
    ("Dr. Smith and A. B. Jones et al. Wrote it. Yes.",   ["Dr. Smith and A. B. Jones et al. Wrote it.", "Yes."]),
    ("In the U.S. Agencies approve. See (e.g. Table 1).", ["In the U.S. Agencies approve.", "See (e.g. Table 1)."]),
    ("It is stage 4A. Then 4B. Then M1a. Then IVB.",      ["It is stage 4A.", "Then 4B.", "Then M1a.", "Then IVB."]),
    ("See no. 5 of it. The answer is no. Next.",          ["See no. 5 of it.", "The answer is no.", "Next."]),
    ("PFS of 5.7 months and 0.5 percent. Next.",          ["PFS of 5.7 months and 0.5 percent.", "Next."]),
    ("“Is it?” she asked. (It is.) Good.",                ["“Is it?” she asked.", "(It is.)", "Good."]),
    ("Really?! Yes... Maybe.",                            ["Really?!", "Yes...", "Maybe."]),
    ("It spread. cells travel.",                          ["It spread. cells travel."]),
    ("3. 4. 5",                                           ["3. 4. 5"]),
]
# fmt: on


@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line for line, _ in LINES])
def test_the_sentences_of_a_line(line, expected):
    assert list(split(line).values()) == expected


def test_blank_lines_part_paragraphs_and_a_line_ends_a_sentence():
    text = "\n \nTitle\n\t\n• one\n• two. Three.\n\n\n\nlast\n"
    assert split(text) == {"1:1": "Title", "2:1": "• one", "2:2": "• two.", "2:3": "Three.", "3:1": "last"}


def test_every_word_of_a_text_is_in_some_sentence():
    text = "\ufeffA b. 1 C!\r\n•\r\nd vs. E?  \u00a0F\n\n*** 12.\n"
    assert " ".join(split(text).values()).split() == text.removeprefix("\ufeff").split()


def test_a_hash_does_not_mind_white_space_and_ways_of_writing_a_letter():
    # U+00E9 and e with U+0301 are the same letter; a no-break space is white space.
    assert fingerprint("Caf\u00e9  au\u00a0lait.") == fingerprint(" Cafe\u0301 au lait.\n")


@pytest.mark.parametrize("other", ["cafe au lait.", "Cafe au lait", "Cafe, au lait.", "Cafes au lait."])
def test_a_hash_minds_case_marks_and_letters(other):
    assert fingerprint("Cafe au lait.") != fingerprint(other)


def test_a_hash_is_the_beginning_of_the_sha_256_of_the_sentence():
    assert sentences("A b.\nC") == {
        "1:1": hashlib.sha256(b"A b.").hexdigest()[:16],
        "1:2": hashlib.sha256(b"C").hexdigest()[:16],
    }
