"""The words and the day of a question, checked before anything is answered.

>>> from lungmets.knowledge.base import shipped
>>> words_of("us", "core", "bitmap")
(<Jurisdiction.US: 'us'>, <Panel.CORE: 'core'>, <Engine.BITMAP: 'bitmap'>)
>>> day_of(None, shipped()) == shipped().content.release.as_of
True
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from lungmets.assessment import Alert
from lungmets.errors import Problem, QuestionError, shown
from lungmets.intake import words
from lungmets.knowledge.base import KnowledgeBase
from lungmets.nomenclature import nearest_words
from lungmets.vocabulary import Audience, Engine, Jurisdiction, Panel


def words_of(
    jurisdiction: Jurisdiction | str, panel: Panel | str, engine: Engine | str
) -> tuple[Jurisdiction, Panel, Engine]:
    """The closed words of a question.

    Raises:
        QuestionError: one of them does not exist; all that do not are told.
    """
    with suppress(ValueError):
        return Jurisdiction(jurisdiction), Panel(panel), Engine(engine)
    problems = []
    for name, value, vocabulary in (
        ("jurisdiction", jurisdiction, Jurisdiction),
        ("panel", panel, Panel),
        ("engine", engine, Engine),
    ):
        known = [word.value for word in vocabulary]
        if value not in known:
            nearest = nearest_words(str(value), known)
            problems.append(
                Problem(
                    name,
                    f"{shown(value)} is not known",
                    f"one of {words(vocabulary)}",
                    nearest=nearest,
                )
            )
    raise QuestionError(problems)


def audience_of(audience: Audience | str, alerts: tuple[Alert, ...] = ()) -> Audience:
    """The audience that was asked for.

    Raises:
        QuestionError: it does not exist; the alerts of the profile travel with it.
    """
    with suppress(ValueError):
        return Audience(audience)
    known = [word.value for word in Audience]
    nearest = nearest_words(str(audience), known)
    problem = Problem(
        "audience", f"{shown(audience)} is not known", f"one of {words(Audience)}", nearest=nearest
    )
    raise QuestionError([problem], alerts)


def day_of(as_of: date | None, base: KnowledgeBase) -> date:
    """The day that was asked for, or that of the release.

    Raises:
        QuestionError: it is no day.
    """
    if as_of is None:
        return base.content.release.as_of
    # A datetime is a date to isinstance, but compares with none: its clock time is no day.
    if type(as_of) is not date:
        raise QuestionError([Problem("as_of", f"{shown(as_of)} is not a day", "a datetime.date, or nothing")])
    return as_of
