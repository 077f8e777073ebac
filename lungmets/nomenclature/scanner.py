"""Cut a result into lexemes, and refuse what is none of them.

The scanner moves from left to right and takes, at each place, the first thing that fits: a fusion
of two partners, the gene's own phrases, a protein or coding change, the common words, the names of
genes, punctuation. Nothing is skipped: the first piece that fits nothing ends the reading, and the
refusal names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from lungmets.nomenclature import braf, egfr, erbb2, fusion, kras, met
from lungmets.nomenclature.changes import read_change
from lungmets.nomenclature.lexemes import (
    Alteration,
    Answer,
    Bracket,
    Dialect,
    Filler,
    Join,
    Lexeme,
    Locus,
    Own,
    Partner,
    Positive,
    Refused,
)
from lungmets.nomenclature.not_understood import shown
from lungmets.nomenclature.phrases import KINDS, OTHER_GENES, WORDS
from lungmets.nomenclature.status import phrase
from lungmets.vocabulary import Gene, ResultStatus


class LeftoverError(Exception):
    """A piece of the text that nothing fits."""


_DIALECTS: dict[Gene, Dialect] = {
    each.gene: each
    for each in (
        egfr.DIALECT,
        kras.DIALECT,
        braf.DIALECT,
        met.DIALECT,
        erbb2.DIALECT,
        *fusion.DIALECTS.values(),
    )
}


def dialect_of(gene: Gene) -> Dialect:
    """Return what the gene adds to the common words."""
    return _DIALECTS[gene]


# "ALK+" is common. "ALK-" is not read: a dash is too easily punctuation.
_PLUS = re.compile(r" ?(?:\+|\(\+\))(?= ?$| ?[,;(])")


def scan(text: str, dialect: Dialect) -> list[Lexeme]:
    """Cut a text, already in one spelling, into lexemes; raise :class:`LeftoverError`."""
    lexemes: list[Lexeme] = []
    position = 0
    while position < len(text):
        if text[position] == " ":
            position += 1
            continue
        lexeme, end = _next(text, position, dialect)
        if isinstance(lexeme, Own):
            sign = _PLUS.match(text, end)
            if sign is not None:
                lexemes.append(lexeme)
                lexeme, end = Positive(), sign.end()
        lexemes.append(lexeme)
        position = end
    return lexemes


def _next(text: str, position: int, dialect: Dialect) -> tuple[Lexeme, int]:
    # A word begins where no word goes on: "xL858R" is not L858R.
    starts = position == 0 or not (text[position - 1].isalnum() and text[position].isalnum())
    if starts:
        if dialect.alteration is Alteration.REARRANGEMENT:
            pair = fusion.read_fusion(text, position, dialect)
            if pair is not None:
                return pair
        for pattern, make in _rules(dialect.gene):
            match = pattern.match(text, position)
            if match is not None and match.end() > position:
                return make(match), match.end()
        change = read_change(text, position, dialect)
        if change is not None:
            return change
    mark = _PUNCTUATION.get(text[position])
    if mark is not None and _is_punctuation(text, position):
        return mark, position + 1
    raise LeftoverError(_piece(text, position))


_PUNCTUATION: dict[str, Lexeme] = {
    "(": Bracket(opens=True),
    "[": Bracket(opens=True),
    ")": Bracket(opens=False),
    "]": Bracket(opens=False),
    ",": Join(","),
    ";": Join(","),
    ".": Join(","),
    "&": Join("and"),
    "+": Join("and"),
    ":": Filler(),
    "=": Filler(),
    "-": Filler(),
}


def _is_punctuation(text: str, position: int) -> bool:
    after = text[position + 1 : position + 2]
    if text[position] == ".":
        return after in {"", " "}
    if text[position] == "-":
        # between two words; a dash at the end may mean "negative", and is not guessed
        return bool(re.match("-+ ?[a-z]", text[position:]))
    return True


def _piece(text: str, position: int) -> str:
    match = re.compile(r"[^\s,;()\[\]]+").match(text, position)
    return shown(match.group()[:40] if match else text[position])


@lru_cache(maxsize=len(Gene))
def _rules(gene: Gene) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], Lexeme]]]:
    dialect = dialect_of(gene)
    rules = [_rule(words, lexeme) for words, lexeme in dialect.phrases]
    rules += [_rule(words.replace("@own", f"(?:{dialect.names})"), lexeme) for words, lexeme in WORDS]
    rules.append((phrase(r"(?:in )?(exon|codon|ex)s?~(\d{1,3})"), _locus))
    rules.append((phrase(dialect.names), _own))
    for other in Gene:
        if other is not gene:
            rules.append((phrase(dialect_of(other).names), _other_gene))
    rules.append((phrase(OTHER_GENES), _other_gene))
    partners = "|".join(sorted(fusion.KNOWN_PARTNERS, key=len, reverse=True))
    rules.append((phrase(partners), _partner))
    return rules


def _rule(words: str, lexeme: Lexeme) -> tuple[re.Pattern[str], Callable[[re.Match[str]], Lexeme]]:
    def make(match: re.Match[str]) -> Lexeme:
        if isinstance(lexeme, Answer) and lexeme.status is ResultStatus.NEGATIVE:
            words = match.group()
            return Answer(lexeme.status, lexeme.of | _kinds_in(words), _members_in(words))
        if isinstance(lexeme, Refused) and not lexeme.named:
            return Refused(match.group(), lexeme.why)
        return lexeme

    return phrase(words), make


@lru_cache(maxsize=1)
def _kind_patterns() -> list[tuple[re.Pattern[str], Alteration]]:
    return [(phrase(words), kind) for words, kind in KINDS]


def _kinds_in(text: str) -> frozenset[Alteration]:
    return frozenset(kind for pattern, kind in _kind_patterns() if pattern.search(text))


def _locus(match: re.Match[str]) -> Lexeme:
    return Locus("codon" if match[1] == "codon" else "exon", int(match[2]))


def _partner(match: re.Match[str]) -> Lexeme:
    return Partner(match.group().upper())


def _own(match: re.Match[str]) -> Lexeme:
    return Own(_members_in(match.group()))


def _members_in(words: str) -> frozenset[int]:
    """Return which of NTRK1, NTRK2 and NTRK3 are named; "NTRK1-3" names all."""
    if "trk" not in words:
        return frozenset()
    named = frozenset(int(digit) for digit in re.findall("[123]", words))
    return frozenset({1, 2, 3}) if named == {1, 3} else named


def _other_gene(match: re.Match[str]) -> Lexeme:
    return Refused(match.group(), f"it names another gene or marker, {match.group().upper()}.")
