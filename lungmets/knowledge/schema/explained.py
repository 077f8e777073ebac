"""What is said only where somebody asks: explanations at a reading level, and figures of populations."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from lungmets.knowledge.schema.dates import Begin
from lungmets.knowledge.schema.record import Id, Record, Text, When
from lungmets.knowledge.schema.rows import Period
from lungmets.vocabulary import Audience


class Explanation(Record):
    """What a part of an answer means, in words for each audience. ``about`` names the part."""

    id: Id
    about: Annotated[str, Field(pattern=r"^[a-z_]+:[a-z0-9_]+$")]
    says: dict[Audience, Text]
    by: tuple[Id, ...] = ()
    review_by: Begin

    @field_validator("says", mode="after")
    @classmethod
    def _to_everybody(cls, says: dict[Audience, str]) -> dict[Audience, str]:
        silent = [audience.value for audience in Audience if audience not in says]
        if silent:
            raise PydanticCustomError("says", "no words for {silent}", {"silent": ", ".join(silent)})
        return says


class PopulationRecord(Period):
    """Published figures of a population: never those of one patient, and shown only where they are asked for.

    The figures are those of the source that stands first under ``by``, of the groups named; no number is
    written a second time.
    """

    id: Id
    when: When
    population: Text
    years: Text
    groups: tuple[Text, ...] = Field(min_length=1)
    says: Text
    review_by: Begin


class Prognosis(Record):
    """The figures, and the warning without which none is shown."""

    warning: Text
    figures: tuple[PopulationRecord, ...] = Field(min_length=1)
