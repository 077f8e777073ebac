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
from lungmets.nomenclature.coding import CodingChange, as_protein_change, read_coding_change
from lungmets.nomenclature.lexemes import (
    Alteration,
    Answer,
    Bracket,
    Dialect,
    Filler,
    Finding,
    Join,
    Lexeme,
    Locus,
    Own,
    Partner,
    Positive,
    Refused,
    UnclassedError,
    Unlisted,
)
from lungmets.nomenclature.not_understood import nearest_words
from lungmets.nomenclature.phrases import KINDS, OTHER_GENES, WORDS
from lungmets.nomenclature.protein import (
    ChangeKind,
    MalformedError,
    ProteinChange,
    read_protein_change,
)
from lungmets.nomenclature.residues import residue
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
        change = _change(text, position, dialect)
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
    return match.group()[:40] if match else text[position]


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


def _change(text: str, position: int, dialect: Dialect) -> tuple[Lexeme, int] | None:
    try:
        coding = read_coding_change(text, position)
        if coding is not None:
            return _coding_finding(coding[0], dialect), coding[1]
        protein = read_protein_change(text, position)
    except MalformedError as error:
        return Unlisted(error.named, error.why, _nearest(error.named, dialect)), len(text)
    if protein is None:
        return None
    return _finding(protein[0], dialect), protein[1]


def _coding_finding(change: CodingChange, dialect: Dialect) -> Lexeme:
    try:
        if dialect.classify_coding is not None:
            return Finding(change.named, dialect.classify_coding(change))
        return _finding(as_protein_change(dialect.gene, change), dialect)
    except (MalformedError, UnclassedError) as error:
        return Unlisted(change.named, str(error), _nearest(change.named, dialect))


def _finding(change: ProteinChange, dialect: Dialect) -> Lexeme:
    nearest = _nearest(change.named, dialect)
    misread = _misread(change, dialect.gene)
    if misread:
        return Unlisted(change.named, misread, nearest)
    try:
        variant = dialect.classify(change)
    except UnclassedError as error:
        return Unlisted(change.named, str(error), nearest)
    return Finding(change.named, variant, change.first, change.last)


def _nearest(named: str, dialect: Dialect) -> tuple[str, ...]:
    """Return the known changes of the same residue, then those spelled alike, then the closest."""
    at = {word: int(number) for word in dialect.known for number in re.findall(r"^[A-Z](\d+)[A-Z]$", word)}
    numbers = re.findall(r"^[A-Z](\d+)[A-Z]$", named)
    if not numbers:
        return nearest_words(named, dialect.known)
    distance = {word: abs(place - int(numbers[0])) for word, place in at.items()}
    by_distance = sorted(distance, key=lambda word: distance[word])
    same_residue = [word for word in by_distance if not distance[word]]
    alike = nearest_words(named, dialect.known)
    same_residue.sort(key=lambda word: word not in alike)
    return tuple(dict.fromkeys([*same_residue, *alike, *by_distance]))[:3]


def _misread(change: ProteinChange, gene: Gene) -> str | None:
    """Say where the change contradicts the reference protein, if it does."""
    stated = [(change.first, change.start), (change.last, change.end)]
    if change.kind is ChangeKind.DUPLICATION and change.inserted:
        stated += list(enumerate(change.inserted, start=change.first))
    for number, letter in stated:
        there = residue(gene, number)
        if letter and there and there != letter:
            return f"residue {number} of {gene.value.upper()} is {there}, not {letter}."
    return None
