"""``lungmets knowledge classes`` and ``verify``: what the tables of a knowledge folder are as a whole."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lungmets.commands.options import (
    as_of_option,
    day_of,
    jurisdiction_option,
    knowledge_base,
    panel_option,
    word,
)
from lungmets.errors import Problem, QuestionError
from lungmets.vocabulary import Jurisdiction, Panel

FOUND = 1

format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@as_of_option
@jurisdiction_option
@panel_option
@format_option
def classes(folder: Path | None, as_of: str | None, jurisdiction: str, panel: str, form: str) -> None:
    """Show the classes of profiles that a knowledge FOLDER tells apart, and how many profiles they make."""
    from lungmets.knowledge.soundness.classes import classes_of

    day, problems = day_of(as_of)
    problems += word("--jurisdiction", Jurisdiction, jurisdiction) + word("--panel", Panel, panel)
    if problems:
        raise QuestionError(problems)
    base = knowledge_base(folder)
    place, asked = Jurisdiction(jurisdiction), day or base.content.release.as_of
    if sentence := base.uncovered(place, asked):
        option = "--jurisdiction" if sentence == "place_without_dates" else "--as-of"
        raise QuestionError([Problem(option, base.said(sentence, place, asked))])
    found = classes_of(base.view(place, asked), Panel(panel))
    if form == "json":
        click.echo(found.model_dump_json(indent=2).encode())
    else:
        from lungmets.display.verification import write_classes

        write_classes(found, sys.stdout)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@format_option
@click.pass_context
def verify(context: click.Context, folder: Path | None, form: str) -> None:
    """Look for what is wrong with the tables of a knowledge FOLDER as a whole (default: the shipped one).

    Takes about a minute. Ends with exit code 1 where something is found that declared.yaml does not say is
    right, and with 2 where the folder does not load.
    """
    from lungmets.knowledge.base import load, shipped_folder
    from lungmets.knowledge.loading import load_folder
    from lungmets.knowledge.soundness import verify as look
    from lungmets.knowledge.soundness.declaring import read_declared

    where = folder or shipped_folder()
    base = load(where)
    report = look(base, read_declared(where, base), places=load_folder(where).places)
    if form == "json":
        click.echo(report.model_dump_json(indent=2).encode())
    else:
        from lungmets.display.verification import write_report

        write_report(report, sys.stdout)
    if not report.clean:
        context.exit(FOUND)
