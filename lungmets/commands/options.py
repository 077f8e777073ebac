"""What the commands share: the options of a question, and how their words are read."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lungmets.errors import Problem, shown
from lungmets.vocabulary import Engine, Jurisdiction, Panel

if TYPE_CHECKING:
    from lungmets.knowledge.base import KnowledgeBase


def day_of(text: str | None, option: str = "--as-of") -> tuple[date | None, list[Problem]]:
    """The day that was asked for, and what is wrong with it."""
    if text is None:
        return None, []
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text), []
        except ValueError:
            pass  # the thirtieth of February
    return None, [Problem(option, f"{shown(text)} is not a day", "a date such as 2014-06-01")]


def word(option: str, vocabulary: type[StrEnum], value: str) -> list[Problem]:
    """What is wrong with a word of the question."""
    known = [word.value for word in vocabulary]
    if value in known:
        return []
    from lungmets.nomenclature import nearest_words

    expected, nearest = f"one of {', '.join(known)}", nearest_words(value, known)
    return [Problem(option, f"{shown(value)} is not known", expected, nearest=nearest)]


def knowledge_base(folder: Path | None, overlays: tuple[Path, ...] = ()) -> KnowledgeBase:
    """The folder that was asked for, or the knowledge that comes with the library, with overlays."""
    from lungmets.knowledge.base import load, shipped

    return shipped() if folder is None and not overlays else load(folder, overlays)


as_of_option = click.option("--as-of", metavar="DATE", help="Answer as of this day (2014-06-01).")
jurisdiction_option = click.option(
    "--jurisdiction", default=Jurisdiction.US.value, metavar="us|eu|ca", show_default=True
)
panel_option = click.option(
    "--panel", default=Panel.CORE.value, metavar="core|comprehensive", show_default=True
)
engine_option = click.option(
    "--engine",
    default=Engine.BITMAP.value,
    metavar="|".join(engine.value for engine in Engine),
    show_default=True,
    help="Which matcher is used; every one gives the same answer.",
)
knowledge_option = click.option(
    "--knowledge",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Another knowledge folder than the one that comes with lungmets.",
)
overlay_option = click.option(
    "--overlay",
    "overlays",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    multiple=True,
    help="Local knowledge to lay over it; may be given several times, in any order.",
)
