"""``lungmets workup``, ``questions``, ``explain`` and ``prognosis``: what leads on from an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click

from lungmets.commands.asked import Asked, Command, about_a_profile
from lungmets.commands.options import panel_option
from lungmets.vocabulary import Audience


def _audience_option(default: Audience) -> Callable[[Command], Command]:
    words = "|".join(audience.value for audience in Audience)
    return click.option("--audience", default=default.value, metavar=words, show_default=True)


@click.command()
@about_a_profile
@panel_option
def workup(asked: Asked, panel: str) -> None:
    """Show which imaging and which tests the profile in FILE still lacks, and why."""
    from lungmets.display.guidance import of_workup
    from lungmets.working_up import workup as steps_for

    found = steps_for(asked.profile, **_question(asked), panel=panel)
    asked.write(found.model_dump_json(indent=2), lambda: of_workup(found))


@click.command()
@about_a_profile
@panel_option
@_audience_option(Audience.CAREGIVER)
def questions(asked: Asked, panel: str, audience: str) -> None:
    """Show what to ask the treating team about the profile in FILE."""
    from lungmets.asking import questions as questions_for
    from lungmets.display.guidance import of_told

    told = questions_for(asked.profile, audience=audience, panel=panel, **_question(asked))
    asked.write(_json(told.as_data()), lambda: of_told(told))


@click.command()
@about_a_profile
@panel_option
@_audience_option(Audience.TRAINEE)
def explain(asked: Asked, panel: str, audience: str) -> None:
    """Explain the parts of the answer to the profile in FILE, at a reading level."""
    from lungmets.display.guidance import of_told
    from lungmets.explain import explain as explanations_of
    from lungmets.pipeline import assess

    answer = assess(asked.profile, panel=panel, **_question(asked))
    told = explanations_of(answer, audience=audience, profile=asked.profile, knowledge=asked.base)
    asked.write(_json(told.as_data()), lambda: of_told(told))


@click.command()
@about_a_profile
def prognosis(asked: Asked) -> None:
    """Show published figures of populations near the profile in FILE; they never describe one patient."""
    from lungmets.display.guidance import of_prognosis
    from lungmets.populations import prognosis as figures_for

    found = figures_for(asked.profile, **_question(asked))
    asked.write(found.model_dump_json(indent=2), lambda: of_prognosis(found))


def _question(asked: Asked) -> dict[str, Any]:
    """The question, as every function about a profile takes it."""
    return {"as_of": asked.day, "jurisdiction": asked.jurisdiction, "knowledge": asked.base}


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)
