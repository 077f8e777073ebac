"""The question of each row: its day and its place, one for all rows or from columns of their own.

A row whose day or place cannot be read is refused by itself. An empty cell is no day: the day of the
release would be a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from lungmets.cohort.cells import Column, is_empty, read_column
from lungmets.errors import Problem, QuestionError, shown
from lungmets.intake import day as read_day
from lungmets.intake import words
from lungmets.knowledge.base import KnowledgeBase
from lungmets.nomenclature import nearest_words
from lungmets.question import day_of, words_of
from lungmets.vocabulary import Engine, Jurisdiction, Panel

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a row; ``problems`` where that cannot be read."""

    day: date | None
    place: Jurisdiction | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Questions:
    """The distinct questions of a frame, and which one each row asks."""

    all: tuple[Question, ...]
    codes: Any
    columns: frozenset[str]
    """The columns that hold questions, and so are no fields."""


NO_QUESTIONS = Questions((Question(None, None),), 0, frozenset())


def questions_of(
    frame: pd.DataFrame, as_of: date | str | None, jurisdiction: Jurisdiction | str, base: KnowledgeBase
) -> Questions:
    """The question of each row.

    Raises:
        QuestionError: a day or a place that is neither itself nor a column; all that is wrong is told.
    """
    problems: list[Problem] = []
    used: list[str] = []
    days = places = Column((None,), 0)
    try:
        if isinstance(as_of, str):
            days = read_column(frame[_named(frame, "as_of", as_of, "a datetime.date, nothing")], "as_of")
            used.append(as_of)
            readings = [_asked(cell, _day) for cell in days.cells]
        else:
            readings = [(day_of(as_of, base), None)]
    except QuestionError as error:
        problems, readings = [*error.problems], []
    known = [place.value for place in Jurisdiction]
    spots: list[tuple[Any, Problem | None]] = []
    if jurisdiction not in known and jurisdiction in frame.columns:
        places = read_column(frame[jurisdiction], "jurisdiction")
        used.append(jurisdiction)
        spots = [_asked(cell, _place) for cell in places.cells]
    elif jurisdiction in known:
        spots = [(Jurisdiction(jurisdiction), None)]
    else:
        nearest = nearest_words(str(jurisdiction), [*known, *map(str, frame.columns)])
        expected = f"one of {words(Jurisdiction)}, or the name of a column"
        problems.append(
            Problem("jurisdiction", f"{shown(jurisdiction)} is not known", expected, nearest=nearest)
        )
    if problems:
        raise QuestionError(problems)
    every = tuple(
        Question(day, place, tuple(problem for problem in (wrong_day, wrong_place) if problem))
        for day, wrong_day in readings
        for place, wrong_place in spots
    )
    codes = days.codes * len(spots) + places.codes
    return Questions(every, codes, frozenset(used))


def _named(frame: pd.DataFrame, name: str, column: str, other: str) -> str:
    if column in frame.columns:
        return column
    nearest = nearest_words(column, map(str, frame.columns))
    expected = f"{other}, or the name of a column"
    raise QuestionError(
        [Problem(name, f"{shown(column)} is not a column of the frame", expected, nearest=nearest)]
    )


def _asked(cell: Any, read: Callable[[Any], Any]) -> tuple[Any, Problem | None]:
    try:
        return read(cell), None
    except QuestionError as error:
        return None, error.problems[0]


def _day(cell: Any) -> date:
    """A day as a date, in ISO 8601, or as pandas keeps one: a time stamp at midnight, of no zone."""
    if isinstance(cell, datetime) and not is_empty(cell) and cell.tzinfo is None and cell.time() == _MIDNIGHT:
        return cell.date()
    with suppress(PydanticCustomError):
        if found := read_day(cell):
            return found
    what = f"{shown(cell)} is not a day" if cell is not None else "no day is stated"
    why = "every row asks about its own day"
    raise QuestionError([Problem("as_of", what, "a day such as 2014-06-01", why)])


_MIDNIGHT = datetime.min.time()


def _place(cell: Any) -> Jurisdiction:
    if cell is None:
        what = "no place is stated"
        raise QuestionError([Problem("jurisdiction", what, f"one of {words(Jurisdiction)}")])
    return words_of(cell, Panel.CORE, Engine.BITMAP)[0]
