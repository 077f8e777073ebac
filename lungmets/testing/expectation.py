"""What a scenario expects of an answer.

Everything but the status may be left out; what is left out is not looked at. A list of names always
says how it is meant: ``include`` (these, and perhaps others), ``exclude`` (none of these), or
``exactly``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from lungmets.errors import shown
from lungmets.results import Closed, wrong
from lungmets.vocabulary import (
    Basis,
    LikelySite,
    MCategory,
    RefusalReason,
    StageGroup,
    Standing,
    Urgency,
)


class Status(StrEnum):
    """The two kinds of answer."""

    DOCUMENTED = "documented"
    REFUSED = "refused"


class Names(Closed):
    """Names that must be in a list, must not be, or are all of it.

    >>> Names(exactly=()).exactly
    ()
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    exactly: tuple[str, ...] | None = None

    @model_validator(mode="before")
    @classmethod
    def _says_how(cls, value: Any) -> Any:
        if isinstance(value, str | list | tuple):
            raise wrong(
                f"names that do not say how they are meant: {shown(value)}",
                expected="include (these, and perhaps others), exclude (none of these) or exactly (no other)",
                do="write {include: [...]} around them",
            )
        return value

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.exactly is not None and (self.include or self.exclude):
            raise wrong("exactly beside include or exclude", expected="exactly alone, since it says all")
        if not self._speaks:
            raise wrong("an expectation without a name", expected="include, exclude or exactly with names")
        if both := sorted(set(self.include) & set(self.exclude)):
            raise wrong(f"{', '.join(both)} under include and under exclude", expected="one of the two")
        return self

    @property
    def _speaks(self) -> bool:
        return self.exactly is not None or bool(self.include or self.exclude)

    @property
    def named(self) -> tuple[str, ...]:
        """Every name that is spoken of."""
        return (*self.include, *self.exclude, *(self.exactly or ()))


class Taken(Names):
    """Options that were taken off the list; ``by`` names what took each of them off.

    For a withheld option that is a guardrail, or the row of a later line; for a superseded one it is
    the options that replaced it.
    """

    by: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def _speaks(self) -> bool:
        return bool(self.by) or super()._speaks


class Staged(Closed):
    """What the staging of an answer must be; ``possible_*`` are all that are still possible, in any order.

    >>> Staged(stage="IVA").stage.value
    'IVA'
    """

    edition: int | None = None
    category: MCategory | None = None
    stage: StageGroup | None = None
    possible_categories: tuple[MCategory, ...] | None = None
    possible_stages: tuple[StageGroup, ...] | None = None
    missing: Names | None = None
    to_settle: Names | None = None
    remarks: Names | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise wrong(
                "an expectation of the staging that says nothing", expected="category, stage, missing"
            )
        return self


class Logged(Closed):
    """What one entry of the symptom log must be: the words that were told, and what was made of them."""

    what: str
    understood_as: tuple[str, ...] | None = None
    course_as: str | None = None
    alerts: tuple[str, ...] | None = None


OF_ONE_OPTION = ("citations", "because", "notes", "cautions", "prerequisites")
"""What is expected of one option each."""

TOLD = ("assumptions", "next_steps", "questions")
"""What is told beside any answer, by the ids of the records that say it."""

_OF_A_REFUSAL = ("reason", "missing", "decisive", "explanation", "certain")
_OF_OPTIONS = (
    "options", "standing", "basis", "withheld", "superseded", "unresolved", "conflicts", *OF_ONE_OPTION,
)  # fmt: skip


class Expectation(Closed):
    """What an answer must be.

    Options go by their id (``systemic.osimertinib``), or by the regimen's name alone where only one
    domain has it. ``citations`` speaks of one option each, ``cited`` of the whole answer; so do ``because``
    (the rows on which an option rests), ``notes``, ``cautions`` and ``prerequisites``, by the ids of the
    records. What is told beside the options goes by its record as well: ``assumptions``, ``next_steps``,
    ``questions``, and for a refusal ``explanation`` and ``certain``. ``said`` names all
    of the notes, cautions, next steps, questions and timelines, wherever an answer tells them.
    ``sites`` gives the likely sites of an alert, ``symptom_log`` the whole log in its order, ``staging``
    the M category and the stage group.

    >>> Expectation(status="documented", options=Names(include=("osimertinib",))).options.include
    ('osimertinib',)
    """

    status: Status
    reason: RefusalReason | None = None
    missing: Names | None = None
    decisive: Names | None = None
    options: Names | None = None
    standing: dict[str, Standing] = Field(default_factory=dict)
    basis: dict[str, Basis] = Field(default_factory=dict)
    withheld: Taken | None = None
    superseded: Taken | None = None
    unresolved: Names | None = None
    conflicts: Names | None = None
    alerts: Names | None = None
    urgency: dict[str, Urgency] = Field(default_factory=dict)
    citations: dict[str, Names] = Field(default_factory=dict)
    cited: Names | None = None
    because: dict[str, Names] = Field(default_factory=dict)
    notes: dict[str, Names] = Field(default_factory=dict)
    cautions: dict[str, Names] = Field(default_factory=dict)
    prerequisites: dict[str, Names] = Field(default_factory=dict)
    explanation: Names | None = None
    certain: Names | None = None
    assumptions: Names | None = None
    next_steps: Names | None = None
    questions: Names | None = None
    not_considered: Names | None = None
    said: Names | None = None
    sites: dict[str, tuple[LikelySite, ...]] = Field(default_factory=dict)
    symptom_log: tuple[Logged, ...] | None = None
    staging: Staged | None = None

    @field_validator("status", mode="before")
    @classmethod
    def _filled_in(cls, value: object) -> object:
        if isinstance(value, str) and value.strip("? ") == "":
            raise wrong(
                "this expectation is not filled in",
                expected="documented or refused",
                why="a person has to say what the answer must be",
            )
        return value

    @model_validator(mode="after")
    def _fits_its_status(self) -> Self:
        strangers = _OF_OPTIONS if self.status is Status.REFUSED else _OF_A_REFUSAL
        said = [name for name in strangers if name in self.model_fields_set]
        if said:
            other = Status.DOCUMENTED if self.status is Status.REFUSED else Status.REFUSED
            may = [name for name in type(self).model_fields if name not in (*strangers, "status")]
            raise wrong(
                f"{' and '.join(said)} with status {self.status}",
                expected=f"only {', '.join(may)}",
                why=f"only an answer with status {other} has what is expected here",
            )
        return self

    @property
    def says_more_than_the_status(self) -> bool:
        """Whether anything but the status is expected."""
        return bool(self.model_fields_set - {"status"})
