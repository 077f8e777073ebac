"""``lungmets workup``, ``questions``, ``explain`` and ``prognosis``: what leads on from an answer."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from lungmets.commands.options import (
    as_of_option,
    day_of,
    jurisdiction_option,
    knowledge_base,
    knowledge_option,
    overlay_option,
    panel_option,
    word,
)
from lungmets.errors import Problem, QuestionError
from lungmets.vocabulary import Audience, Jurisdiction, Panel

if TYPE_CHECKING:
    from lungmets.display.entries import Section
    from lungmets.knowledge.base import KnowledgeBase
    from lungmets.profile import PatientProfile

_Command = Callable[..., None]


class _Asked(NamedTuple):
    """What a command was asked, read and checked."""

    profile: PatientProfile
    day: date | None
    base: KnowledgeBase


def _options(command: _Command) -> _Command:
    """The options that these commands share."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "markdown"]),
        default="text",
        show_default=True,
    )
    options = (form, as_of_option, jurisdiction_option, knowledge_option, overlay_option)
    for option in reversed(options):
        command = option(command)
    return click.argument("file", metavar="FILE|-")(command)


def _audience_option(default: Audience) -> Callable[[_Command], _Command]:
    words = "|".join(audience.value for audience in Audience)
    return click.option("--audience", default=default.value, metavar=words, show_default=True)


def _read(
    file: str, as_of: str | None, words: list[Problem], knowledge: Path | None, overlays: tuple[Path, ...]
) -> _Asked:
    from lungmets.commands.reading import profile_in
    from lungmets.salvage import alerts_of_profile

    day, problems = day_of(as_of)
    problems += words
    profile = profile_in(file, problems)
    if problems:
        raise QuestionError(problems, alerts_of_profile(profile))
    return _Asked(profile, day, knowledge_base(knowledge, overlays))


def _write(form: str, data: str, outline: Callable[[], list[Section]]) -> None:
    if form == "json":
        click.echo(data.encode())
    elif form == "markdown":
        from lungmets.display.markdown import sections_as_markdown

        click.echo(sections_as_markdown(outline()), nl=False)
    else:
        from lungmets.display.text import write_sections

        write_sections(outline(), sys.stdout)


@click.command()
@_options
@panel_option
def workup(
    file: str,
    form: str,
    as_of: str | None,
    jurisdiction: str,
    knowledge: Path | None,
    overlays: tuple[Path, ...],
    panel: str,
) -> None:
    """Show which imaging and which tests the profile in FILE still lacks, and why."""
    from lungmets.display.guidance import of_workup
    from lungmets.working_up import workup as steps_for

    words = word("--jurisdiction", Jurisdiction, jurisdiction) + word("--panel", Panel, panel)
    asked = _read(file, as_of, words, knowledge, overlays)
    found = steps_for(
        asked.profile, as_of=asked.day, jurisdiction=jurisdiction, panel=panel, knowledge=asked.base
    )
    _write(form, found.model_dump_json(indent=2), lambda: of_workup(found))


@click.command()
@_options
@panel_option
@_audience_option(Audience.CAREGIVER)
def questions(
    file: str,
    form: str,
    as_of: str | None,
    jurisdiction: str,
    knowledge: Path | None,
    overlays: tuple[Path, ...],
    panel: str,
    audience: str,
) -> None:
    """Show what to ask the treating team about the profile in FILE."""
    from lungmets.asking import questions as questions_for
    from lungmets.display.guidance import of_told

    words = word("--jurisdiction", Jurisdiction, jurisdiction) + word("--panel", Panel, panel)
    words += word("--audience", Audience, audience)
    asked = _read(file, as_of, words, knowledge, overlays)
    told = questions_for(
        asked.profile, audience=audience, as_of=asked.day, jurisdiction=jurisdiction, panel=panel,
        knowledge=asked.base,
    )  # fmt: skip
    _write(form, _json(told.as_data()), lambda: of_told(told))


@click.command()
@_options
@panel_option
@_audience_option(Audience.TRAINEE)
def explain(
    file: str,
    form: str,
    as_of: str | None,
    jurisdiction: str,
    knowledge: Path | None,
    overlays: tuple[Path, ...],
    panel: str,
    audience: str,
) -> None:
    """Explain the parts of the answer to the profile in FILE, at a reading level."""
    from lungmets.display.guidance import of_told
    from lungmets.explain import explain as explanations_of
    from lungmets.pipeline import assess

    words = word("--jurisdiction", Jurisdiction, jurisdiction) + word("--panel", Panel, panel)
    words += word("--audience", Audience, audience)
    asked = _read(file, as_of, words, knowledge, overlays)
    answer = assess(
        asked.profile, as_of=asked.day, jurisdiction=jurisdiction, panel=panel, knowledge=asked.base
    )
    told = explanations_of(answer, audience=audience, profile=asked.profile, knowledge=asked.base)
    _write(form, _json(told.as_data()), lambda: of_told(told))


@click.command()
@_options
def prognosis(
    file: str,
    form: str,
    as_of: str | None,
    jurisdiction: str,
    knowledge: Path | None,
    overlays: tuple[Path, ...],
) -> None:
    """Show published figures of populations near the profile in FILE; they never describe one patient."""
    from lungmets.display.guidance import of_prognosis
    from lungmets.populations import prognosis as figures_for

    asked = _read(file, as_of, word("--jurisdiction", Jurisdiction, jurisdiction), knowledge, overlays)
    found = figures_for(asked.profile, as_of=asked.day, jurisdiction=jurisdiction, knowledge=asked.base)
    _write(form, found.model_dump_json(indent=2), lambda: of_prognosis(found))


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)
