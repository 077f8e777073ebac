"""What a record of ``knowledge/`` looks like.

These models check the shape of each record on its own; :mod:`lungmets.knowledge.verification`
checks the records against each other. They hold no clinical content.

Dates are written as far as they are known. A beginning that is known only to the month or the year
counts from its last day, an end from its first: the careful reading of either.

>>> Begin("2014-12").day, End("2014-12").day
(datetime.date(2014, 12, 31), datetime.date(2014, 12, 1))
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lungmets.vocabulary import Approval, Basis, Domain, Jurisdiction, Panel, RefusalReason, Urgency

Id: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9]+([-._][a-z0-9]+)*$", max_length=80)]
"""The id of a record: lower-case words, digits, dots, hyphens. It is never used again."""

Text: TypeAlias = Annotated[str, Field(min_length=3, max_length=2000)]
"""A sentence that a person may be shown."""

When: TypeAlias = dict[str, Any]
"""A condition as written; :mod:`lungmets.knowledge.conditions` reads it."""

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class _Dated(str):
    """A day, a month or a year, as the source gives it."""

    __slots__ = ("day",)
    day: date

    def __new__(cls, text: str) -> Self:
        found = _DAY.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a date")
        year, month, day = (int(part) if part else None for part in found.groups())
        made = super().__new__(cls, text)
        made.day = cls._careful(year or 0, month, day)
        return made

    @classmethod
    def _careful(cls, year: int, month: int | None, day: int | None) -> date:
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        def check(value: Any) -> _Dated:
            # A bare year is a whole number to YAML.
            text = str(value) if isinstance(value, str) or type(value) is int else ""
            try:
                return cls(text)
            except ValueError:
                why = "a date such as 2018-04-18, 2018-04 or 2018"
                raise PydanticCustomError("date", "{why}", {"why": why}) from None

        return core_schema.no_info_plain_validator_function(
            check,
            serialization=core_schema.to_string_ser_schema(),
            json_schema_input_schema=core_schema.str_schema(),
        )


class Begin(_Dated):
    """A beginning, or a publication: it counts from the last day that it can mean."""

    __slots__ = ()

    @classmethod
    def _careful(cls, year: int, month: int | None, day: int | None) -> date:
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])


class End(_Dated):
    """An end: it counts from the first day that it can mean."""

    __slots__ = ()

    @classmethod
    def _careful(cls, year: int, month: int | None, day: int | None) -> date:
        return date(year, month or 1, day or 1)


class Record(BaseModel):
    """The base of every record: frozen, closed, exact about types."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Figure(Record):
    """A published figure; see :class:`lungmets.assessment.Evidence` for the meaning of each part."""

    endpoint: str
    measure: str | None = None
    population: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    n: int | None = None
    experimental: float | None = None
    control: float | None = None
    unit: str | None = None
    against: str | None = None
    note: str | None = None


class Seen(Record):
    """Where fields of a source were seen; ``level`` says how good the sighting is."""

    fields: tuple[str, ...]
    at: str
    level: Literal["primary", "secondary", "tertiary"]


class Source(Record):
    """One trial, label, guideline or article, with how each identifier was checked."""

    id: Id
    kind: Literal["trial", "approval", "label", "guideline", "review", "registry", "statement"]
    name: Text
    statement: str | None = None
    authors: str | None = None
    title: str | None = None
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    agency: str | None = None
    drugs: tuple[str, ...] = ()
    line: str | None = None
    approval: Approval | None = None
    published: Begin | None = None
    ended: End | None = None
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    pmid: Annotated[str, Field(pattern=r"^\d{6,8}$")] | None = None
    nct: tuple[Annotated[str, Field(pattern=r"^NCT\d{8}$")], ...] = ()
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    figures: tuple[Figure, ...] = ()
    seen: tuple[Seen, ...] = ()
    unverified: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Period(Record):
    """From when until when something is documented, where, and by which sources."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

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


class Documented(Period):
    """A period with what kind of document carries it.

    ``no_figures`` names sources whose figures are not about this option first-line: it was their
    comparator, or their patients had been treated before. They are cited without a number.
    """

    basis: Basis
    approval: Approval | None = None
    off_label: bool = False
    no_figures: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _only_what_is_cited(self) -> Self:
        strangers = sorted(set(self.no_figures) - set(self.by))
        if strangers:
            raise PydanticCustomError(
                "no_figures", "{names} under no_figures, but not under by", {"names": ", ".join(strangers)}
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


class Drug(Record):
    """A drug by its generic name, with the classes that guardrails speak of."""

    name: Id
    classes: tuple[Id, ...] = Field(min_length=1)


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


class Selector(Record):
    """Which options a guardrail, a caution or a supersession speaks of; all parts must hold."""

    domain: Domain | None = None
    regimens: tuple[Id, ...] | None = None
    contains: tuple[Id, ...] | None = None
    only: Id | None = None
    drugs_at_least: int | None = None
    excluding: Selector | None = Field(default=None, alias="except")

    @field_validator("regimens", "contains", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class NamedCondition(Record):
    """A condition with a name, defined once and expanded in place."""

    id: Id
    when: When
    says: Text


class Conditions(Record):
    """Groups of words, and named conditions."""

    groups: dict[str, dict[str, tuple[str, ...]]]
    conditions: tuple[NamedCondition, ...]


class Guardrail(Record):
    """What is withheld from whom, and why. Without a source of the day it is a project safety rule.

    ``unless`` is a condition that must be known to hold for the options to stay: so an unknown
    withholds as well. ``while_documented`` lets the rule act only beside some other option.
    """

    id: Id
    when: When
    unless: When | None = None
    withholds: Selector
    while_documented: Selector | None = None
    reason: Text
    certain: Text
    asks: Text
    by: tuple[Id, ...] = ()
    review_by: Begin


class Caution(Record):
    """A remark on options: a caution, or something that has to be settled first."""

    id: Id
    when: When
    on: Selector
    kind: Literal["caution", "prerequisite"]
    says: Text
    asks: str | None = None
    by: tuple[Id, ...] = ()
    review_by: Begin


class Supersession(Period):
    """Which options replaced which; only where a guideline states it."""

    id: Id
    when: When
    replaces: Selector
    with_: Selector = Field(alias="with")
    reason: Text
    review_by: Begin


class ConflictRecord(Record):
    """Findings or sources that point to different options at once."""

    id: Id
    when: When = {}
    two_of: tuple[Id, ...] = ()
    options: Selector
    text: Text
    questions: tuple[Text, ...]
    by: tuple[Id, ...] = ()
    review_by: Begin


class NoAnswer(Record):
    """A stated result that is not an answer to its item, with the reason."""

    status: str
    specimen: str | None = None
    assay: str | None = None
    why: Text
    by: tuple[Id, ...] = ()


class PanelItem(Record):
    """Something that must be known before anything is documented."""

    item: str
    panels: tuple[Panel, ...]
    when: When
    asked: tuple[Period, ...]
    why: Text
    test: Text
    no_answer: tuple[NoAnswer, ...] = ()
    by: tuple[Id, ...] = ()
    review_by: Begin


class PanelFile(Record):
    """The panel, and the sentences for each way of not having an answer."""

    reasons: dict[str, Text]
    items: tuple[PanelItem, ...]


class ScopeRule(Record):
    """What takes a question out of scope, or makes a profile contradict itself."""

    id: Id
    reason: RefusalReason
    when: When
    says: Text
    before: Begin | None = None
    assumed: str | None = None
    questions: tuple[Text, ...] = ()
    by: tuple[Id, ...] = ()
    review_by: Begin


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
    """A next step or a question that is shown when its condition holds; ``on`` says with what."""

    id: Id
    when: When
    on: Literal["every", "refused", "incomplete", "documented"]
    says: Text
    by: tuple[Id, ...] = ()
    review_by: Begin


class CalciumCorrection(Record):
    """Total calcium corrected for albumin: calcium + coefficient * (reference - albumin)."""

    coefficient_mg_dl_per_g_dl: float
    reference_albumin_g_dl: float
    by: tuple[Id, ...]


class Release(Record):
    """One state of the knowledge, and the sentences that stand on every answer."""

    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d+$")]
    as_of: date
    begins: dict[Jurisdiction, date]
    notice: Text
    safety_rule: Text
    project_default: Text
    sentences: dict[str, Text]
    calcium_correction: CalciumCorrection
