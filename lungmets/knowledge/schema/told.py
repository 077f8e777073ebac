"""Records that are told where and when their sources stand, or always."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lungmets.knowledge.schema.dates import Begin, End
from lungmets.knowledge.schema.record import Id, Record
from lungmets.knowledge.schema.rows import Period
from lungmets.vocabulary import Jurisdiction


class Told(Record):
    """A record that ``in``, ``from`` and ``until`` bound, as they bound a row.

    What a trial of 2017 says is not told to a question of 2010. Without them it is always told.
    """

    id: Id
    places: tuple[Jurisdiction, ...] = Field(default=(), alias="in")
    begins: Begin | None = Field(default=None, alias="from")
    ends: End | None = Field(default=None, alias="until")
    by: tuple[Id, ...] = ()

    @field_validator("places", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _dated_as_a_whole(self) -> Self:
        dated = self.begins is not None
        if dated is not bool(self.places) or (self.ends is not None and not dated) or (dated and not self.by):
            raise PydanticCustomError(
                "told", "{expected}", {"expected": "`in`, `from` and `by` together, or no date at all"}
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
