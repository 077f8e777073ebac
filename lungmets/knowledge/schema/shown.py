"""What is shown beside the options: alerts, advice, and the sentences of the release."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lungmets.knowledge.schema.dates import Begin, Day, End
from lungmets.knowledge.schema.record import Id, Number, Record, Text, When
from lungmets.knowledge.schema.rows import Period
from lungmets.vocabulary import Jurisdiction, Urgency


class SymptomWord(Record):
    """A symptom, and the phrases in which people tell it."""

    id: Id
    phrases: tuple[str, ...] = Field(min_length=1)


class AlertRecord(Record):
    """An urgent finding and what to do about it."""

    id: Id
    when: When
    urgency: Urgency
    default_urgency: bool = False
    finding: Text
    action: Text
    by: tuple[Id, ...] = ()
    review_by: Begin


class AlertFile(Record):
    """Symptoms and alerts."""

    symptoms: tuple[SymptomWord, ...]
    alerts: tuple[AlertRecord, ...]


class Advice(Record):
    """A next step or a question that is shown when its condition holds; ``on`` says with what.

    ``in``, ``from`` and ``until`` bound it, as they bound a row: what a trial of 2017 says is not
    told to a question of 2010. Without them it is always told. With ``lacks`` it is told only while one of
    these fields of the profile has no answer: an item of the panel that is missing or was not considered, or
    a field that was not stated.
    """

    id: Id
    when: When
    on: Literal["every", "refused", "incomplete", "documented"]
    lacks: tuple[Id, ...] = ()
    says: Text
    places: tuple[Jurisdiction, ...] = Field(default=(), alias="in")
    begins: Begin | None = Field(default=None, alias="from")
    ends: End | None = Field(default=None, alias="until")
    by: tuple[Id, ...] = ()
    review_by: Begin

    @field_validator("places", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _dated_as_a_whole(self) -> Self:
        dated = self.begins is not None
        if dated is not bool(self.places) or (self.ends is not None and not dated) or (dated and not self.by):
            raise PydanticCustomError(
                "advice", "{expected}", {"expected": "`in`, `from` and `by` together, or no date at all"}
            )
        return self

    @property
    def period(self) -> Period | None:
        """Where and when it is told; nothing where it always is."""
        if self.begins is None:
            return None
        return Period.model_validate(
            {"in": self.places, "from": self.begins, "until": self.ends, "by": self.by}
        )

    def told(self, place: Jurisdiction, day: date) -> bool:
        """Whether it is told at a place on a day."""
        return self.period is None or self.period.covers(place, day)


class CalciumCorrection(Record):
    """Total calcium corrected for albumin: calcium + coefficient * (reference - albumin)."""

    coefficient_mg_dl_per_g_dl: Number
    reference_albumin_g_dl: Number
    by: tuple[Id, ...]


class Release(Record):
    """One state of the knowledge, and the sentences that stand on every answer.

    ``regulators`` are the agencies whose approvals and labels speak for a place, and for no other.
    ``undated_from`` is the day from which a source without a day of its own may be cited: that of the
    release that first had it, which a later release keeps. It is ``as_of`` where it is left out.
    """

    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d+$")]
    as_of: Day
    undated_from: Day | None = None
    begins: dict[Jurisdiction, Day]
    regulators: dict[Jurisdiction, tuple[Id, ...]] = Field(default_factory=dict)
    notice: Text
    safety_rule: Text
    project_default: Text
    sentences: dict[str, Text]
    calcium_correction: CalciumCorrection
