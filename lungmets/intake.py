"""From what a caller writes to typed parts of a profile.

Every reader takes one raw value and returns a typed one, or raises a finding that says what stands
there, what was expected, and the nearest known word. Nothing is guessed and nothing is dropped.
``None`` always means *not stated*.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar, cast

from lungmets.errors import shown
from lungmets.nomenclature import (
    NotUnderstood,
    nearest_words,
    read_gene,
    read_histology,
    read_pd_l1,
)
from lungmets.results import Calcium, GeneResult, PdL1, wrong
from lungmets.vocabulary import (
    GENE_VARIANTS,
    BrainLesions,
    CalciumUnit,
    Gene,
    Histology,
    ResultStatus,
    Variant,
)

WordT = TypeVar("WordT", bound=StrEnum)

_UNSTATED = {"unstated", "unknown"}
_YES = {"yes", "true"}
_NO = {"no", "false"}


def words(enum: type[StrEnum]) -> str:
    """The words of a vocabulary, as a message lists them."""
    return ", ".join(word.value for word in enum)


def as_word(enum: type[WordT], value: object) -> WordT:
    """One word of a closed vocabulary; case, blanks and hyphens do not matter."""
    if isinstance(value, enum):
        return value
    if not isinstance(value, str):
        raise wrong(f"{shown(value)} is not a word", expected=f"one of {words(enum)}")
    plain = value.strip().casefold()
    for word in enum:
        known = word.value.casefold()
        if plain == known or plain.replace(" ", "_").replace("-", "_") == known.replace("-", "_"):
            return word
    raise wrong(
        f"{shown(value)} is not a known word",
        expected=f"one of {words(enum)}",
        nearest=nearest_words(plain, [word.value for word in enum]),
    )


def word(enum: type[WordT]) -> Callable[[object], WordT | None]:
    """A reader for an optional word."""

    def read(value: object) -> WordT | None:
        return None if _unstated(value) else as_word(enum, value)

    return read


def word_set(enum: type[WordT]) -> Callable[[object], tuple[WordT, ...] | None]:
    """A reader for a set of words, kept in the order of the vocabulary."""
    order = {item: position for position, item in enumerate(enum)}

    def read(value: object) -> tuple[WordT, ...] | None:
        if _unstated(value):
            return None
        found = {as_word(enum, item) for item in _items(value, f"a list of {words(enum)}")}
        return tuple(sorted(found, key=order.__getitem__))

    return read


def flag(value: object) -> bool | None:
    """Yes, no or not stated. Numbers are no answer: 1 could be a count."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        plain = value.strip().casefold()
        if plain in _UNSTATED:
            return None
        if plain in _YES or plain in _NO:
            return plain in _YES
    raise wrong(f"{shown(value)} is neither yes nor no", expected="yes, no, or unstated")


def histology(value: object) -> Histology | None:
    """A histology word, or the pathologist's words for it."""
    if value is None or isinstance(value, Histology):
        return value
    if not isinstance(value, str):
        raise wrong(f"{shown(value)} is not a histology", expected=f"one of {words(Histology)}")
    try:
        return read_histology(value)
    except NotUnderstood as error:
        raise _not_understood(error) from None


def gene_result(gene: Gene) -> Callable[[object], GeneResult[Any]]:
    """A reader for one gene's result: a word, a report's text, several, or the full object."""
    model: Any = GeneResult.__class_getitem__(cast(Any, GENE_VARIANTS[gene]))

    def read(value: object) -> GeneResult[Any]:
        if value is None:
            return cast("GeneResult[Any]", model(status=ResultStatus.NOT_TESTED))
        if isinstance(value, GeneResult):
            return cast("GeneResult[Any]", model.model_validate(value.model_dump()))
        if isinstance(value, Mapping):
            return cast("GeneResult[Any]", model.model_validate(_full_result(gene, value)))
        if isinstance(value, (list, tuple, set, frozenset)):
            return _joined(model, [_gene_text(gene, item) for item in value], gene)
        return _gene_text(gene, value)

    def _gene_text(gene: Gene, value: object) -> GeneResult[Any]:
        if not isinstance(value, str):
            raise wrong(
                f"{shown(value)} is not a result",
                expected="a word such as negative or not_tested, or what the report says",
            )
        try:
            reading = read_gene(gene, value)
        except NotUnderstood as error:
            raise _not_understood(error) from None
        found = model(
            status=reading.status,
            variants=tuple(reading.variants),
            specimen=reading.specimen,
            assay=reading.assay,
        )
        return cast("GeneResult[Any]", found)

    return read


def _joined(model: Any, results: list[GeneResult[Any]], gene: Gene) -> GeneResult[Any]:
    """Several findings of one gene. They must all be findings: 'negative' beside one is a muddle."""
    if not results:
        raise wrong("an empty list", expected="negative, not_tested, or the variants that were found")
    if len(results) == 1:
        return results[0]
    if any(result.status is not ResultStatus.POSITIVE for result in results):
        raise wrong(
            f"{' and '.join(result.text for result in results)} at once",
            expected=f"one status for {gene}, or several variants that were found",
        )
    specimens = {result.specimen for result in results}
    assays = {result.assay for result in results}
    joined = model(
        status=ResultStatus.POSITIVE,
        variants=tuple(variant for result in results for variant in result.variants),
        specimen=specimens.pop() if len(specimens) == 1 else None,
        assay=assays.pop() if len(assays) == 1 else None,
    )
    return cast("GeneResult[Any]", joined)


def _full_result(gene: Gene, value: Mapping[Any, Any]) -> dict[Any, Any]:
    """The full object, with its variants read as a report would say them."""
    full = dict(value)
    variants = full.get("variants")
    if variants is not None:
        read = gene_result(gene)
        found: list[Variant] = []
        for item in _items(variants, "a list of variants"):
            found.extend(read(str(item) if isinstance(item, StrEnum) else item).variants)
        full["variants"] = tuple(found)
    return full


def pd_l1(value: object) -> PdL1:
    """A TPS: a number, a bound as reports give it, a word for why there is none, or the object."""
    if value is None:
        return PdL1()
    if isinstance(value, PdL1):
        return value
    if isinstance(value, Mapping):
        return PdL1.model_validate(dict(value))
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise wrong(f"{shown(value)} is not a score", expected=_TPS)
    if isinstance(value, str):
        try:
            reading = read_pd_l1(value)
        except NotUnderstood as error:
            raise _not_understood(error) from None
        if reading.status is not None:
            return PdL1(status=reading.status, assay=reading.assay)
        return PdL1(
            low=float(reading.low),
            high=float(reading.high),
            low_open=reading.low_open,
            high_open=reading.high_open,
            assay=reading.assay,
        )
    if not math.isfinite(value) or not 0 <= value <= _ALL:
        raise wrong(f"{shown(value)} is out of range", expected=_TPS)
    return PdL1(low=float(value), high=float(value))


_ALL = 100
"""Percent."""

_TPS = 'a percentage from 0 to 100, a bound such as "<1", ">=50" or "1-49", or not_tested'


def brain_lesions(value: object) -> int | BrainLesions | None:
    """A count of brain lesions, or the word that stands in its place."""
    expected = f"a whole number from 0, or one of {words(BrainLesions)}"
    if value is None or isinstance(value, BrainLesions):
        return value
    if isinstance(value, str):
        if re.fullmatch(r"\s*[-+]?[0-9.]+\s*", value):
            raise wrong(f"{shown(value)} is text", expected=expected, do="remove the quotation marks")
        return as_word(BrainLesions, value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong(f"{shown(value)} is not a count", expected=expected)
    if value < 0:
        raise wrong(f"{value} is out of range", expected=expected)
    return value


def whole(low: int, high: int, unit: str = "") -> Callable[[object], int | None]:
    """A reader for a whole number in a range."""
    expected = f"a whole number from {low} to {high}{' ' + unit if unit else ''}"

    def read(value: object) -> int | None:
        if _unstated(value):
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise wrong(f"{shown(value)} is not a whole number", expected=expected)
        if not low <= value <= high:
            raise wrong(f"{value} is out of range", expected=expected)
        return value

    return read


def measure(low: float, high: float, unit: str) -> Callable[[object], float | None]:
    """A reader for a measured number, decimals allowed, in a range with its unit."""
    expected = f"a number from {low:g} to {high:g} {unit}"

    def read(value: object) -> float | None:
        if _unstated(value):
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise wrong(f"{shown(value)} is not a number", expected=expected)
        if not low <= value <= high:
            raise wrong(f"{value:g} is out of range", expected=expected)
        return float(value)

    return read


def calcium(value: object) -> Calcium | None:
    """A total calcium with its unit: ``"2.9 mmol/L"`` or ``{"value": 2.9, "unit": "mmol/L"}``."""
    expected = f'a value with its unit ({words(CalciumUnit)}), such as "2.9 mmol/L"'
    if value is None or isinstance(value, Calcium):
        return value
    if isinstance(value, Mapping):
        return Calcium.model_validate(dict(value))
    if isinstance(value, str):
        found = re.fullmatch(r"\s*([0-9]{1,2}(?:\.[0-9]{1,4})?)\s*([a-zA-Z]+/[a-zA-Z]+)\s*", value)
        if found:
            return Calcium(value=float(found[1]), unit=as_word(CalciumUnit, found[2]))
    raise wrong(
        f"{shown(value)} is not a calcium", expected=expected, why="the two units in use differ fourfold"
    )


def _unstated(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.strip().casefold() in _UNSTATED)


def _items(value: object, expected: str) -> Iterable[object]:
    if isinstance(value, (str, bool, int, float, Mapping)) or not isinstance(value, Iterable):
        raise wrong(f"{shown(value)} is not a list", expected=expected)
    return value


def _not_understood(error: NotUnderstood) -> Exception:
    return wrong(
        f"{shown(error.text)} is not understood",
        expected=error.expected,
        why=error.why,
        nearest=error.nearest,
    )
