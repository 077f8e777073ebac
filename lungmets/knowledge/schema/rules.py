"""Rules: what is withheld, remarked, replaced, in conflict, or out of scope."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lungmets.knowledge.schema.dates import Begin
from lungmets.knowledge.schema.record import Id, Record, Text, When, Whole
from lungmets.knowledge.schema.rows import Period
from lungmets.knowledge.schema.told import Told
from lungmets.vocabulary import Domain, RefusalReason


class Selector(Record):
    """Which options a guardrail, a caution or a supersession speaks of; all parts must hold."""

    domain: Domain | None = None
    regimens: tuple[Id, ...] | None = None
    contains: tuple[Id, ...] | None = None
    only: Id | None = None
    drugs_at_least: Whole | None = None
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


class Note(Period):
    """What dated sources say beside options, without changing the list: a trial, a form, a maintenance.

    It is told with every option that the selector means, whatever became of the option.
    """

    id: Id
    when: When
    on: Selector
    says: Text
    review_by: Begin


class Supersession(Period):
    """Which options replaced which; only where a guideline states it."""

    id: Id
    when: When
    replaces: Selector
    with_: Selector = Field(alias="with")
    reason: Text
    review_by: Begin


class ConflictRecord(Told):
    """Findings or sources that point to different options at once."""

    when: When = Field(default_factory=dict)
    two_of: tuple[Id, ...] = ()
    options: Selector
    text: Text
    questions: tuple[Text, ...]
    review_by: Begin

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if not self.when and not self.two_of[1:]:
            expected = "a `when`, or at least two conditions under `two_of`"
            raise PydanticCustomError("conflict", "{expected}", {"expected": expected})
        return self


class ScopeRule(Record):
    """What takes a question out of scope, or makes a profile contradict itself."""

    id: Id
    reason: Literal[RefusalReason.OUT_OF_SCOPE, RefusalReason.INCONSISTENT, RefusalReason.UNDATED]
    when: When
    says: Text
    before: Begin | None = None
    assumed: str | None = None
    questions: tuple[Text, ...] = ()
    by: tuple[Id, ...] = ()
    review_by: Begin
