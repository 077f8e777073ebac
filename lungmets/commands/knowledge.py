"""``lungmets knowledge``: work with a knowledge folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lungmets.commands.options import (
    as_of_option,
    day_of,
    jurisdiction_option,
    knowledge_base,
    overlay_option,
    panel_option,
    word,
)
from lungmets.errors import KnowledgeError, Problem, QuestionError
from lungmets.vocabulary import Jurisdiction, Panel

if TYPE_CHECKING:
    from lungmets.knowledge.base import KnowledgeBase


FOUND = 1

format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group()
def knowledge() -> None:
    """Work with a knowledge folder."""


@knowledge.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@overlay_option
def check(folder: Path | None, overlays: tuple[Path, ...]) -> None:
    """Check every record of a knowledge FOLDER (default: the shipped one), without any copy.

    Overlays are checked with it, and what they add is counted.
    """
    from lungmets.knowledge.base import shipped_folder
    from lungmets.knowledge.overlays.merging import load_with

    content, digest, local = load_with(folder or shipped_folder(), overlays)
    rows = list(content.rows())
    click.echo(f"knowledge {content.release.version}, as of {content.release.as_of}: no defect found")
    click.echo(f"digest {digest}")
    for overlay in local.overlays:
        click.echo(f"with {overlay.name} {overlay.version} ({overlay.id}), digest {overlay.digest}")
    counted = {
        "rows": len(rows),
        "sources": len(content.all_sources()),
        "guardrails": len(content.guardrails),
        "cautions and prerequisites": len(content.cautions),
        "notes": len(content.notes),
        "supersessions": len(content.supersessions),
        "panel items": len(content.panel.items),
        "alerts": len(content.alerts.alerts),
    }
    click.echo(", ".join(f"{number} {name}" for name, number in counted.items()))


@knowledge.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--as-of", metavar="DATE", help="Compare answers as of this day (default: the day of NEW).")
@jurisdiction_option
@click.option(
    "--scenarios",
    "suites",
    type=click.Path(path_type=Path),
    metavar="PATH",
    multiple=True,
    help="Scenario files, or folders of them, to judge by both; may be given several times.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
def diff(
    old: Path, new: Path, as_of: str | None, jurisdiction: str, suites: tuple[Path, ...], form: str
) -> None:
    """Show what changed from folder OLD to folder NEW, and which profiles change their answer.

    Ends with exit code 0 whether there is a difference or not, and with 2 where a folder does not load.
    """
    from lungmets.knowledge.base import load
    from lungmets.knowledge.comparison import compare

    day, problems = day_of(as_of)
    problems += word("--jurisdiction", Jurisdiction, jurisdiction)
    if problems:
        raise QuestionError(problems)
    bases = [_named(folder, load) for folder in (old, new)]
    judge = None
    if suites:
        from lungmets.testing.suite import read_suite, verdicts

        judge = partial(verdicts, read_suite(suites))
    try:
        comparison = compare(
            bases[0], bases[1], as_of=day, jurisdiction=Jurisdiction(jurisdiction), judge=judge
        )
    except QuestionError as error:
        options = {"as_of": "--as-of", "jurisdiction": "--jurisdiction"}
        said = [replace(problem, place=options[problem.place]) for problem in error.problems]
        raise QuestionError(said) from None
    if form == "json":
        # Bytes, because JSON is UTF-8 whatever the terminal is.
        click.echo(comparison.model_dump_json(indent=2).encode())
    elif form == "markdown":
        from lungmets.display.comparison import comparison_as_markdown

        click.echo(comparison_as_markdown(comparison), nl=False)
    else:
        from lungmets.display.comparison import write_comparison

        write_comparison(comparison, sys.stdout)


@knowledge.command()
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


@knowledge.command()
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


def _named(folder: Path, load: Callable[[Path], KnowledgeBase]) -> KnowledgeBase:
    """A folder, loaded; its defects are told with the folder, because there are two."""
    try:
        return load(folder)
    except KnowledgeError as error:
        named = [
            problem
            if problem.place.startswith(str(folder))
            else replace(problem, place=f"{folder}/{problem.place}" if problem.place else str(folder))
            for problem in error.problems
        ]
        raise KnowledgeError(named) from None
