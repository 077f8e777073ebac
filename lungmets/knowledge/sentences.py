r"""The sentences of an article: how they are counted, and how each is known again without its words.

Claims name the sentences that they paraphrase as ``paragraph:sentence``, and keep a hash of each. So it
can be shown that no sentence of an article was passed over, and noticed when an article changed, while
no sentence of it is copied.

* A **paragraph** is a run of lines that are not blank. Both counts begin with 1.
* A **line** always ends a sentence: articles are kept as text, one line for each heading, list item, row of
  a table and paragraph of prose.
* Within a line a sentence ends at ``.``, ``!`` or ``?``, with the quotes and brackets that close behind it,
  before white space. It does not end behind an abbreviation or an initial, nor before a small letter.
* What has no letter in it is no sentence: the number or bullet of a list belongs to what follows, the
  number of a reference to what it follows.
* A sentence is **normalised** before it is hashed: Unicode NFC, every run of white space one blank. Its
  case and its marks are kept.

>>> split("Heading\n\n1. Stage 4A vs. 4B. Ask why. 1, 3\n2. \u201cReally?\u201d Yes.")
{'1:1': 'Heading', '2:1': '1. Stage 4A vs. 4B.', '2:2': 'Ask why. 1, 3', '2:3': '2. “Really?”', '2:4': 'Yes.'}
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    {"al", "approx", "ca", "cf", "dr", "e.g", "eg", "et", "etc", "fig", "figs", "i.e", "ie", "inc", "jr"}
    | {"mr", "mrs", "ms", "prof", "sr", "st", "vol", "vs"}
)
"""Words that are written with a full stop and end no sentence by it."""

_BEFORE_A_NUMBER = frozenset({"no", "nos"})
"""Words that are abbreviations only before a number."""

# Straight quotes, and the curly ones that close (or open) in print.
_END = re.compile("[.!?]+[\"'\u201d\u2019\u00bb)\\]]*(?=\\s)")
_LAST_WORD = re.compile("[^\\s(\\[\"'\u201c\u2018/]+$")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_LETTER = re.compile(r"[^\W\d_]")

_LENGTH = 16
"""Of the hexadecimal digits of a hash these many are kept: 64 bits tell the sentences of an article apart."""


def sentences(text: str) -> dict[str, str]:
    r"""Every sentence of an article by its place, as the hash that stands for it.

    Args:
        text: the article, as its file has it.

    Returns:
        ``paragraph:sentence`` -> the hash of the normalised sentence, in the order of the text.

    >>> sentences("One sentence.  And\u00a0another.") == sentences("One sentence. And another.\n")
    True
    >>> list(sentences("One sentence. And another.").values())
    ['c580b4194ddcb57e', '0d9f7a70aee47512']
    """
    return {place: fingerprint(sentence) for place, sentence in split(text).items()}


def split(text: str) -> dict[str, str]:
    """Every sentence of an article by its place, normalised; see the module for what counts as one.

    >>> split("")
    {}
    """
    return {
        f"{number}:{count}": sentence
        for number, paragraph in enumerate(_paragraphs(text), start=1)
        for count, sentence in enumerate(
            (sentence for line in paragraph for sentence in _of_line(line)), start=1
        )
    }


def fingerprint(sentence: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a normalised sentence.

    >>> fingerprint("And another.") == fingerprint(" And  another. ")
    True
    """
    return hashlib.sha256(_normalised(sentence).encode()).hexdigest()[:_LENGTH]


def _normalised(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).removeprefix("\ufeff").split())


def _paragraphs(text: str) -> Iterator[list[str]]:
    """Runs of lines that are not blank."""
    lines: list[str] = []
    for raw in (*text.splitlines(), ""):
        line = _normalised(raw)
        if line:
            lines.append(line)
        elif lines:
            yield lines
            lines = []


def _of_line(line: str) -> list[str]:
    """The sentences of one line; a line without any letter is kept as one, so that nothing is lost."""
    found: list[str] = []
    waiting = ""
    for piece in _pieces(line):
        joined = f"{waiting} {piece}".strip()
        if _LETTER.search(joined):
            found.append(joined)
            waiting = ""
        elif found:
            found[-1] = f"{found[-1]} {joined}"
        else:
            waiting = joined
    return [*found, waiting] if waiting else found


def _pieces(line: str) -> Iterator[str]:
    """A line, cut behind every mark that ends a sentence."""
    begin = 0
    for end in _END.finditer(line):
        if _ends(line[begin : end.start()], end.group(), line[end.end() + 1 :]):
            yield line[begin : end.end()].strip()
            begin = end.end()
    yield line[begin:].strip()


def _ends(before: str, mark: str, after: str) -> bool:
    """Whether a mark between two parts of a line ends a sentence."""
    if after[:1].islower():
        return False
    found = _LAST_WORD.search(before)
    if mark != "." or found is None:
        return True
    word = found.group()
    if word.lower() in _BEFORE_A_NUMBER:  # "no. 5", but "the answer is no."
        return not after[:1].isdigit()
    return word.lower() not in _ABBREVIATIONS and not _INITIALS.fullmatch(word)
