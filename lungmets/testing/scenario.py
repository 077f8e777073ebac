"""A scenario: a profile, a question, and what the answer must be.

:class:`File` is what a person writes, and :class:`Scenario` is one question of it: the defaults of
the file, the scenario and one of its cases put together.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from lungmets.errors import shown
from lungmets.knowledge.schema import Text
from lungmets.knowledge.schema.dates import Day
from lungmets.knowledge.schema.record import ID
from lungmets.profile import PatientProfile
from lungmets.results import Closed, wrong
from lungmets.testing.expectation import Expectation
from lungmets.vocabulary import Jurisdiction, Panel


def _form(pattern: str, what: str, expected: str) -> BeforeValidator:
    """Text of a form that a message describes in words: nobody should have to read a pattern."""

    def check(value: Any) -> Any:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise wrong(f"{shown(value)} is not {what}", expected=expected)
        return value

    return BeforeValidator(check)


def _filled_in(value: Any) -> Any:
    """What a new scenario leaves to a person is marked with question marks, and is no text."""
    if isinstance(value, str) and value.strip("? ") == "":
        raise wrong(
            "this is not filled in", expected="words", why="only a person can say what a scenario is for"
        )
    return value


_VERSION = r"^(>=)?\d{4}\.\d{1,2}\.\d+$"
_MARK = r"^[A-Za-z][A-Za-z0-9_]*$"

Version: TypeAlias = Annotated[
    str,
    Field(pattern=_VERSION),
    _form(_VERSION, "a release", 'a version such as "2026.11.0" or ">=2026.11.0"'),
]
"""A release of the knowledge: this one, or with ``>=`` this one and younger."""

Mark: TypeAlias = Annotated[
    str,
    Field(pattern=_MARK),
    _form(_MARK, "the name of a mark", "letters, digits and _, beginning with a letter"),
]
"""The name of a pytest mark."""

Name: TypeAlias = Annotated[
    str,
    Field(pattern=ID.pattern, max_length=80),
    _form(ID.pattern, "an id", "lower-case words and digits, joined by single dots, hyphens or _"),
]
"""The id of a scenario, or of a case."""

Words: TypeAlias = Annotated[str, BeforeValidator(_filled_in)]
"""Text that a person has filled in."""


class Given(Closed):
    """What a scenario, one of its cases, or the defaults of a file may state."""

    citation: tuple[Words, ...] = ()
    as_of: Day | None = None
    jurisdiction: Jurisdiction | None = None
    panel: Panel | None = None
    knowledge: Version | None = None
    marks: tuple[Mark, ...] = ()
    profile: dict[str, Any] = Field(default_factory=dict)

    @field_validator("citation", "marks", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list | tuple):
            raise wrong(f"{info.field_name} is {shown(value)}", expected="text, or a list of texts")
        return value


class Case(Given):
    """One line of a table: what is different in it, and what is expected there."""

    id: Name
    text: Text | None = None
    expect: dict[str, Any] = Field(default_factory=dict)


class Written(Given):
    """A scenario as it is written; with ``cases`` it is a table of them."""

    id: Name
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
