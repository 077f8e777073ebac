"""Laboratory results: one gene's result, a PD-L1 score, a calcium.

They are frozen and cannot be built wrong: a status and its variants always agree, and a score lies
between 0 and 100 percent.

>>> GeneResult[EgfrVariant].model_validate({"status": "positive", "variants": ["l858r"]}).variants
(<EgfrVariant.L858R: 'l858r'>,)
>>> PdL1.model_validate({"low": 50, "high": 100, "assay": "22c3"}).text
'50-100'
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lungmets.vocabulary import (
    Assay,
    BrafVariant,
    CalciumUnit,
    EgfrVariant,
    Erbb2Variant,
    FusionVariant,
    KrasVariant,
    MetVariant,
    PdL1Assay,
    ResultStatus,
    Specimen,
)

VariantT = TypeVar("VariantT", EgfrVariant, FusionVariant, KrasVariant, MetVariant, BrafVariant, Erbb2Variant)

Percent = Annotated[float, Field(ge=0, le=100, strict=True)]
"""A share, in percent."""


def wrong(what: str, *, expected: str = "", why: str = "", do: str = "",
          nearest: tuple[str, ...] = ()) -> PydanticCustomError:  # fmt: skip
    """A finding of a validator, with all the parts that a message to the caller needs."""
    parts = {"what": what, "expected": expected, "why": why, "do": do, "nearest": nearest}
    return PydanticCustomError("lungmets", "{what}", parts)


class Closed(BaseModel):
    """The base of every model here: frozen, and closed against unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class GeneResult(Closed, Generic[VariantT]):
    """What a laboratory said of one gene.

    ``positive`` without variants means that the report did not name the class: guardrails already
    act on it, but it is not an answer. ``specimen`` and ``assay`` are ``None`` where the report
    does not state them.
    """

    status: ResultStatus
    variants: tuple[VariantT, ...] = ()
    specimen: Specimen | None = None
    assay: Assay | None = None

    @field_validator("variants", mode="after")
    @classmethod
    def _once_and_in_order(cls, variants: tuple[VariantT, ...]) -> tuple[VariantT, ...]:
        return tuple(sorted(set(variants), key=lambda variant: variant.value))

    @model_validator(mode="after")
    def _status_and_variants_agree(self) -> GeneResult[VariantT]:
        if self.variants and self.status is not ResultStatus.POSITIVE:
            raise wrong(
                f"status {self.status} with variants {', '.join(self.variants)}",
                expected="variants with status positive only",
                why="a variant that was found makes the result positive",
            )
        return self

    @property
    def text(self) -> str:
        """The result in a few words, as the trace shows it.

        >>> GeneResult[EgfrVariant](status=ResultStatus.PENDING).text
        'pending'
        """
        if self.status is not ResultStatus.POSITIVE:
            return self.status.value
        return " + ".join(variant.value for variant in self.variants) or "positive (class not stated)"


class PdL1(Closed):
    """A PD-L1 tumour proportion score (TPS), or why there is none.

    Measured scores are an interval in percent, since reports give bounds: ``low`` and ``high`` are
    equal for an exact value; an open end does not include its number (``"<1"`` is 0 to 1, high end
    open). ``immune_cells`` is the immune-cell score (IC, percent), a different measure.
    """

    status: ResultStatus | None = None
    low: Percent | None = None
    high: Percent | None = None
    low_open: Annotated[bool, Field(strict=True)] = False
    high_open: Annotated[bool, Field(strict=True)] = False
    assay: PdL1Assay | None = None
    immune_cells: Percent | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_value(cls, data: Any) -> Any:
        """``{"tps": 60}`` is short for an interval with equal ends."""
        if isinstance(data, dict) and "tps" in data:
            if twice := sorted({"low", "high"} & data.keys()):
                raise wrong(f"tps beside {' and '.join(twice)}", expected="tps, or low and high")
            rest = {key: value for key, value in data.items() if key != "tps"}
            return {"low": data["tps"], "high": data["tps"], **rest}
        return data

    @model_validator(mode="after")
    def _measured_or_not(self) -> PdL1:
        if self.status in {ResultStatus.POSITIVE, ResultStatus.NEGATIVE}:
            raise wrong(
                f"PD-L1 {self.status}",
                expected="a percentage, or not_tested, pending, inadequate, indeterminate",
                why="every label has its own threshold, so a word does not say which is met",
            )
        if (self.low is None) != (self.high is None):
            raise wrong("only one end of the interval", expected="both low and high, or neither")
        if self.low is not None and self.high is not None:
            if self.status is not None:
                raise wrong(f"status {self.status} with a value", expected="one of the two")
            empty = self.low == self.high and (self.low_open or self.high_open)
            if self.low > self.high or empty:
                raise wrong(f"an empty interval from {self.low} to {self.high}", expected="low <= high")
        return self

    @property
    def measured(self) -> bool:
        """Whether there is a value or a bound."""
        return self.low is not None

    @property
    def text(self) -> str:
        """The score as reports write it.

        >>> PdL1(low=0, high=1, high_open=True).text, PdL1(low=60, high=60).text
        ('0-<1', '60')
        """
        if self.low is None or self.high is None:
            return (self.status or ResultStatus.NOT_TESTED).value
        if self.low == self.high:
            return f"{self.low:g}"
        low = f">{self.low:g}" if self.low_open else f"{self.low:g}"
        return f"{low}-{'<' if self.high_open else ''}{self.high:g}"


MG_DL_PER_MMOL_L = 4.0078
"""One mmol of calcium weighs 40.078 mg (IUPAC standard atomic weight), in one litre: mg/dL."""


class Calcium(Closed):
    """A total serum calcium. The unit must be given: the two in use differ fourfold.

    >>> round(Calcium(value=3.0, unit=CalciumUnit.MMOL_L).mg_dl, 2)
    12.02
    """

    value: Annotated[float, Field(gt=0, le=40, strict=True)]
    unit: CalciumUnit

    @property
    def mg_dl(self) -> float:
        """The value in mg/dL."""
        return self.value if self.unit is CalciumUnit.MG_DL else self.value * MG_DL_PER_MMOL_L

    @property
    def text(self) -> str:
        """Value and unit."""
        return f"{self.value:g} {self.unit}"
