"""From what a caller writes to laboratory results: one gene's result, a PD-L1 score, a calcium.

>>> from lungmets.vocabulary import Gene
>>> gene_result(Gene.ALK)("EML4-ALK fusion").text, pd_l1("22C3: <1%").text, calcium("2.9 mmol/L").text
('fusion', '0-<1', '2.9 mmol/L')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from lungmets.errors import shown
from lungmets.intake import as_number, as_word, flag, measure, not_understood, unstated, word, words
from lungmets.members import each, items, record
from lungmets.nomenclature import NotUnderstood, read_gene, read_pd_l1
from lungmets.results import Calcium, GeneResult, PdL1, wrong
from lungmets.vocabulary import (
    GENE_VARIANTS,
    Assay,
    CalciumUnit,
    Gene,
    PdL1Assay,
    ResultStatus,
    Specimen,
)

T = TypeVar("T")


def gene_result(gene: Gene) -> Callable[[object], GeneResult[Any]]:
    """A reader for one gene's result: a word, a report's text, several, or the full object."""
    return _GeneReader(gene)


class _GeneReader:
    def __init__(self, gene: Gene) -> None:
        self._gene = gene
        self._model: Any = GeneResult.__class_getitem__(cast("Any", GENE_VARIANTS[gene]))

    def __call__(self, value: object) -> GeneResult[Any]:
        if value is None:
            return self._made(status=ResultStatus.NOT_TESTED)
        if isinstance(value, GeneResult):
            return cast("GeneResult[Any]", self._model.model_validate(value.model_dump()))
        if isinstance(value, Mapping):
            return self._full(value)
        if isinstance(value, (list, tuple, set, frozenset)):
            found = each(items(value, _RESULT), self._said)
            if not found:
                raise wrong("an empty list", expected="negative, not_tested, or the variants that were found")
            return found[0] if len(found) == 1 else self._joined(found)
        return self._said(value)

    def _made(self, **parts: Any) -> GeneResult[Any]:
        return cast("GeneResult[Any]", self._model(**parts))

    def _said(self, value: object) -> GeneResult[Any]:
        """One finding, in the words of a report."""
        if not isinstance(value, str):
            raise wrong(f"{shown(value)} is not a result", expected=_RESULT)
        try:
            reading = read_gene(self._gene, value)
        except NotUnderstood as error:
            raise not_understood(error) from None
        return self._made(
            status=reading.status,
            variants=tuple(reading.variants),
            specimen=reading.specimen,
            assay=reading.assay,
        )

    def _joined(self, results: list[GeneResult[Any]]) -> GeneResult[Any]:
        """Several findings of one gene. They must all be findings: 'negative' beside one is a muddle."""
        if any(result.status is not ResultStatus.POSITIVE for result in results):
            raise wrong(
                f"{' and '.join(result.text for result in results)} at once",
                expected=f"one status for {self._gene}, or several variants that were found",
            )
        specimens = {result.specimen for result in results}
        assays = {result.assay for result in results}
        return self._made(
            status=ResultStatus.POSITIVE,
            variants=tuple(variant for result in results for variant in result.variants),
            specimen=specimens.pop() if len(specimens) == 1 else None,
            assay=assays.pop() if len(assays) == 1 else None,
        )

    def _full(self, value: Mapping[Any, Any]) -> GeneResult[Any]:
        """The full object, with its variants read as a report would say them."""
        readers = {
            "status": lambda status: as_word(ResultStatus, status),
            "variants": lambda listed: (
                [] if listed is None else each(items(listed, _VARIANTS), self._variant)
            ),
            "specimen": word(Specimen),
            "assay": word(Assay),
        }
        parts = record(value, readers)
        if "status" not in parts:
            raise wrong("the status is missing", expected=f"one of {words(ResultStatus)}")
        found: list[GeneResult[Any]] = parts.get("variants", [])
        return self._made(
            status=parts["status"],
            variants=tuple(variant for result in found for variant in result.variants),
            specimen=_agreed("specimen", parts.get("specimen"), [result.specimen for result in found]),
            assay=_agreed("assay", parts.get("assay"), [result.assay for result in found]),
        )

    def _variant(self, value: object) -> GeneResult[Any]:
        """One entry of ``variants``: a variant that was found, and nothing else."""
        result = self._said(value)
        if not result.variants:
            expected = f"{words(GENE_VARIANTS[self._gene])}, or what the report says of one"
            raise wrong(f"{shown(value)} is not a variant", expected=expected,
                        do="what is not a variant belongs to the status")  # fmt: skip
        return result


_VARIANTS = "a list of the variants that were found"
_RESULT = "a word such as negative or not_tested, or what the report says"


def _agreed(name: str, stated: T | None, beside: list[T | None]) -> T | None:
    """What an object states, or what its texts say all alike; the two must not differ."""
    said = set(beside) - {None}
    if stated is None:
        return said.pop() if len(said) == 1 and None not in beside else None
    if said - {stated}:
        raise wrong(f"{name} {stated} with {', '.join(sorted(map(str, said)))} in the text",
                    expected=f"one {name}")  # fmt: skip
    return stated


def pd_l1(value: object) -> PdL1:
    """A TPS: a number, a bound as reports give it, a word for why there is none, or the object."""
    if value is None:
        return PdL1()
    if isinstance(value, PdL1):
        return value
    if isinstance(value, Mapping):
        return _full_pd_l1(value)
    if isinstance(value, str):
        return _said_pd_l1(value)
    number = as_number(value)
    if number is None:
        raise wrong(f"{shown(value)} is not a score", expected=_TPS)
    if not 0 <= number <= _ALL:
        raise wrong(f"{shown(value)} is out of range", expected=_TPS)
    score = float(number) + 0.0  # a zero has no sign
    return PdL1(low=score, high=score)


_ALL = 100
"""Percent."""

_TPS = 'a percentage from 0 to 100, a bound such as "<1", ">=50" or "1-49", or not_tested'


def _said_pd_l1(value: str) -> PdL1:
    try:
        reading = read_pd_l1(value)
    except NotUnderstood as error:
        raise not_understood(error) from None
    if reading.status is not None:
        return PdL1(status=reading.status, assay=reading.assay)
    return PdL1(
        low=float(reading.low),
        high=float(reading.high),
        low_open=reading.low_open,
        high_open=reading.high_open,
        assay=reading.assay,
    )


def _full_pd_l1(value: Mapping[Any, Any]) -> PdL1:
    """The object. ``tps`` takes whatever stands for a score alone: 60, ``"<1"``, ``pending``."""
    percent = measure(0, _ALL, "percent")
    parts = record(
        value,
        {
            "tps": pd_l1,
            "status": word(ResultStatus),
            "low": percent,
            "high": percent,
            "low_open": flag,
            "high_open": flag,
            "assay": word(PdL1Assay),
            "immune_cells": percent,
        },
    )
    stated = {name: part for name, part in parts.items() if part is not None and name != "tps"}
    score: PdL1 | None = parts.get("tps")
    if score is None or value["tps"] is None:
        return PdL1(**stated)
    whole = {"assay", "immune_cells"}
    twice = [name for name, part in stated.items() if name not in whole and part is not False]
    if twice:
        raise wrong(f"tps beside {', '.join(twice)}", expected="one of tps, low with high, or a status")
    assay = _agreed("assay", stated.get("assay"), [score.assay])
    return score.model_copy(update={"assay": assay, "immune_cells": stated.get("immune_cells")})


def calcium(value: object) -> Calcium | None:
    """A total calcium with its unit: ``"2.9 mmol/L"`` or ``{"value": 2.9, "unit": "mmol/L"}``."""
    expected = f'a value with its unit ({words(CalciumUnit)}), such as "2.9 mmol/L"'
    why = "the two units in use differ fourfold"
    if isinstance(value, Calcium):
        return value
    if unstated(value):
        return None
    if isinstance(value, Mapping):
        parts = record(value, {"value": _calcium_value, "unit": _calcium_unit})
        missing = [name for name in ("value", "unit") if parts.get(name) is None]
        if missing:
            raise wrong(f"the {' and the '.join(missing)} is missing", expected=expected, why=why)
        return Calcium.model_validate(parts)
    if isinstance(value, str):
        found = re.fullmatch(r"\s*([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*([^\W\d_]+/[^\W\d_]+)\s*", value, re.ASCII)
        if found:
            parts = {"value": _calcium_value(float(found[1])), "unit": _calcium_unit(found[2])}
            return Calcium.model_validate(parts)
    comma = isinstance(value, str) and re.search("[0-9],[0-9]", value)
    do = "a decimal takes a point, not a comma" if comma else ""
    raise wrong(f"{shown(value)} is not a calcium with its unit", expected=expected, why=why, do=do)


_HIGHEST_CALCIUM = 40
"""In either unit; more is no calcium of a living person."""


def _calcium_value(value: object) -> float | None:
    found: float | None = measure(0, _HIGHEST_CALCIUM, "")(value)
    if found == 0:
        raise wrong("0 is out of range", expected=f"a number above 0, at most {_HIGHEST_CALCIUM}")
    return found


def _calcium_unit(value: object) -> CalciumUnit:
    if isinstance(value, str) and value.strip().casefold() not in {unit.casefold() for unit in CalciumUnit}:
        raise wrong(f"{shown(value)} is not a unit of calcium here", expected=f"one of {words(CalciumUnit)}",
                    why="the units in use differ fourfold, so none is assumed")  # fmt: skip
    return as_word(CalciumUnit, value)
