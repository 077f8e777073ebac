"""Timelines: who said what of one question, since when."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lungmets.knowledge.schema.dates import Begin
from lungmets.knowledge.schema.record import Id, Record, Text, When
from lungmets.knowledge.schema.rows import Period
from lungmets.vocabulary import Jurisdiction


class TimelineEntry(Record):
    """What one or several sources said on a day. It is history, so it does not end."""

    places: tuple[Jurisdiction, ...] = Field(alias="in", min_length=1)
    begins: Begin = Field(alias="from")
    by: tuple[Id, ...] = Field(min_length=1)
    says: Text

    @field_validator("places", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @property
    def period(self) -> Period:
        """Where and from when it is shown."""
        return Period.model_validate({"in": self.places, "from": self.begins, "by": self.by})


class TimelineRecord(Record):
    """One question on which sources differ over the years: each entry with its day and its sources.

    It decides nothing. An answer shows the entries of its place up to its day, the oldest first.
    """

    id: Id
    when: When
    title: Text
    entries: tuple[TimelineEntry, ...]
    review_by: Begin

    @model_validator(mode="after")
    def _of_several(self) -> Self:
        if not self.entries[1:]:
            raise PydanticCustomError("timeline", "{expected}", {"expected": "at least two `entries`"})
        return self
