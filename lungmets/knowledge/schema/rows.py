"""Rows: for whom an option is documented, from when until when, by whom; and what an option is."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lungmets.knowledge.schema.dates import Begin, End
from lungmets.knowledge.schema.record import Id, Record, Text, When
from lungmets.vocabulary import Approval, Basis, Domain, Jurisdiction


class Period(Record):
    """From when until when something is documented, where, and by which sources."""

    places: tuple[Jurisdiction, ...] = Field(alias="in", min_length=1)
    begins: Begin = Field(alias="from")
    ends: End | None = Field(default=None, alias="until")
    by: tuple[Id, ...] = Field(min_length=1)

    @field_validator("places", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    def covers(self, place: Jurisdiction, day: date) -> bool:
        """Whether the period holds at a place on a day; the last day is the one before ``until``."""
        ended = self.ends is not None and day >= self.ends.day
        return place in self.places and self.begins.day <= day and not ended

    def overlaps(self, other: Period) -> bool:
        """Whether both hold on some day in some place."""
        apart = any(
            one.ends is not None and one.ends.day <= two.begins.day
            for one, two in ((self, other), (other, self))
        )
        return not apart and bool(set(self.places) & set(other.places))


class Documented(Period):
    """A period with what kind of document carries it.

    ``no_figures`` names sources whose figures are not about this option first-line: it was their
    comparator, or their patients had been treated before. They are cited without a number.
    ``populations`` names, for a source with figures of several groups of patients, the groups that are
    these patients: the other figures are left out. ``note`` is said only where and while this entry
    holds; what is true everywhere is the row's own note.
    """

    basis: Basis
    approval: Approval | None = None
    off_label: bool = False
    no_figures: tuple[Id, ...] = ()
    populations: dict[Id, tuple[Text, ...]] = Field(default_factory=dict)
    note: Text | None = None

    @model_validator(mode="after")
    def _only_what_is_cited(self) -> Self:
        for field, names in (("no_figures", self.no_figures), ("populations", self.populations)):
            strangers = sorted(set(names) - set(self.by))
            if strangers:
                raise PydanticCustomError(
                    field,
                    "{names} under {field}, but not under by",
                    {"names": ", ".join(strangers), "field": field},
                )
        return self


class Unresolved(Record):
    """Why an option cannot be settled: always, or only while some facts are unknown.

    With ``stays`` it remains unresolved even when those facts are known and would allow it.
    """

    unknown: tuple[str, ...] = ()
    stays: bool = False
    reason: Text
    by: tuple[Id, ...] = ()


class Row(Record):
    """One line of a decision table: for whom an option is documented, since when, by whom."""

    id: Id
    when: When
    option: Id
    line: Literal["first", "later"] = "first"
    documented: tuple[Documented, ...] = Field(min_length=1)
    preferred: tuple[Period, ...] = ()
    unresolved: Unresolved | None = None
    note: str | None = None
    review_by: Begin


class Table(Record):
    """A file of rows; all of them belong to one domain."""

    domain: Domain
    rows: tuple[Row, ...] = Field(min_length=1)


class Codes(Record):
    """What other systems call a drug; a code that no source showed is left out."""

    ncit: Annotated[str, Field(pattern=r"^C\d{4,7}$")] | None = None
    rxnorm: Annotated[str, Field(pattern=r"^\d{3,8}$")] | None = None
    atc: Annotated[str, Field(pattern=r"^[A-Z]\d{2}[A-Z]{2}\d{2}$")] | None = None


class Drug(Record):
    """A drug by its generic name, with the classes that guardrails speak of."""

    name: Id
    classes: tuple[Id, ...] = Field(min_length=1)
    codes: Codes = Field(default_factory=Codes)


class Regimen(Record):
    """An option's content: one entry for each drug, or one procedure."""

    id: Id
    regimen: tuple[Id, ...] = Field(min_length=1)
    name: Text


class Regimens(Record):
    """All drugs, procedures and regimens."""

    drugs: tuple[Drug, ...]
    procedures: tuple[Id, ...]
    regimens: tuple[Regimen, ...]
