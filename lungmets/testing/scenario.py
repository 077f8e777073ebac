"""A scenario: a profile, a question, and what the answer must be.

:class:`File` is what a person writes, and :class:`Scenario` is one question of it: the defaults of
the file, the scenario and one of its cases put together.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator

from lungmets.knowledge.schema import Id, Text
from lungmets.knowledge.schema.dates import Day
from lungmets.profile import PatientProfile
from lungmets.results import Closed, wrong
from lungmets.testing.expectation import Expectation
from lungmets.vocabulary import Jurisdiction, Panel

VERSION = r"^(>=)?\d{4}\.\d{1,2}\.\d+$"

Mark = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
"""The name of a pytest mark."""


def _filled_in(value: Any) -> Any:
    """What a new scenario leaves to a person is marked with question marks, and is no text."""
    if isinstance(value, str) and value.strip("? ") == "":
        raise wrong(
            "this is not filled in", expected="words", why="only a person can say what a scenario is for"
        )
    return value


class Given(Closed):
    """What a scenario, one of its cases, or the defaults of a file may state."""

    citation: tuple[str, ...] = ()
    as_of: Day | None = None
    jurisdiction: Jurisdiction | None = None
    panel: Panel | None = None
    knowledge: Annotated[str, Field(pattern=VERSION)] | None = None
    marks: tuple[Mark, ...] = ()
    profile: dict[str, Any] = Field(default_factory=dict)

    @field_validator("citation", "marks", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (_filled_in(value),) if isinstance(value, str) else value


class Case(Given):
    """One line of a table: what is different in it, and what is expected there."""

    id: Id
    text: Text | None = None
    expect: dict[str, Any] = Field(default_factory=dict)


class Written(Given):
    """A scenario as it is written; with ``cases`` it is a table of them."""

    id: Id
    text: Annotated[Text, BeforeValidator(_filled_in)]
    expect: dict[str, Any] = Field(default_factory=dict)
    cases: tuple[Case, ...] | None = Field(default=None, min_length=1)


class File(Closed):
    """A ``*.scenario.yaml`` file."""

    defaults: Given = Given()
    scenarios: tuple[Written, ...] = Field(min_length=1)


class Scenario(Closed):
    """One question with its expected answer, ready to be judged.

    ``place`` is the file and line on which it begins, and ``lines`` has the line of each part of the
    expectation (``"options.include"``).
    """

    id: str
    case: str | None = None
    text: str
    citation: tuple[str, ...]
    as_of: date | None = None
    jurisdiction: Jurisdiction = Jurisdiction.US
    panel: Panel = Panel.CORE
    knowledge: str | None = None
    marks: tuple[str, ...] = ()
    profile: PatientProfile
    expect: Expectation
    file: str = ""
    place: str = ""
    lines: dict[str, int] = Field(default_factory=dict)

    @property
    def name(self) -> str:
        """The id, with that of the case: ``egfr.first-line[tps-50]``."""
        return f"{self.id}[{self.case}]" if self.case else self.id

    def line_of(self, key: str) -> str:
        """The file and line of a part of the expectation."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return f"{self.file}:{self.lines[key]}" if key else self.place
