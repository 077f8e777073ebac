"""``lungmets knowledge``: work with a knowledge folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lungmets.commands.options import (
    day_of,
    jurisdiction_option,
    knowledge_base,
    knowledge_option,
    overlay_option,
    word,
)
from lungmets.commands.tables import classes, verify
from lungmets.errors import KnowledgeError, QuestionError
from lungmets.vocabulary import Jurisdiction

if TYPE_CHECKING:
    from lungmets.knowledge.base import KnowledgeBase

BLOCKED = 3


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
        "claims": len(content.claims.by_id),
        "timelines": len(content.timelines),
        "categories of staging": sum(len(edition.categories) for edition in content.editions()),
    }
    click.echo(", ".join(f"{number} {name}" for name, number in counted.items()))


@knowledge.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@overlay_option
@click.option(
    "--as-of", metavar="DATE", help="Audit as of this day, past or to come (default: the release's)."
)
@click.option(
    "--jurisdiction", metavar="us|eu|ca", help="Only what speaks of this place (default: every place)."
)
@click.option(
    "--within",
    type=click.IntRange(min=0),
    default=90,
    show_default=True,
    metavar="DAYS",
    help="How far ahead a review counts as due soon.",
)
@click.option(
    "--older-than",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    metavar="YEARS",
    help="From when on the newest source of a row counts as old.",
)
@click.option(
    "--only", "kinds", multiple=True, metavar="KIND", help="List only findings of this kind (weak_source)."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
@click.option(
    "--strict", is_flag=True, help="End with exit code 3 where a review is overdue or a claim undecided."
)
def audit(  # noqa: PLR0913  -- one for each option of the command
    folder: Path | None,
    overlays: tuple[Path, ...],
    *,
    as_of: str | None,
    jurisdiction: str | None,
    within: int,
    older_than: int,
    kinds: tuple[str, ...],
    form: str,
    strict: bool,
) -> None:
    """Tell a curator what is due, weak, in dispute or undecided in a FOLDER (default: the shipped one).

    A summary with the most urgent findings first, then all of them: the record, its file and line, what is
    the matter, what to do.
    """
    from lungmets.knowledge.audit import FindingKind
    from lungmets.knowledge.audit import audit as audited

    day, problems = day_of(as_of)
    if jurisdiction is not None:
        problems += word("--jurisdiction", Jurisdiction, jurisdiction)
    for kind in kinds:
        problems += word("--only", FindingKind, kind)
    if problems:
        raise QuestionError(problems)
    place = None if jurisdiction is None else Jurisdiction(jurisdiction)
    found = audited(
        folder, overlays, as_of=day, jurisdiction=place, within_days=within, older_than_years=older_than
    )
    shown = found.only(FindingKind(kind) for kind in kinds) if kinds else found
    if form == "json":
        # Bytes, because JSON is UTF-8 whatever the terminal is.
        click.echo(shown.model_dump_json(indent=2).encode())
    elif form == "markdown":
        from lungmets.display.audit import audit_as_markdown

        click.echo(audit_as_markdown(shown), nl=False)
    else:
        from lungmets.display.audit import write_audit

        # As for an answer: who reads it on a screen is told that the release has grown older.
        today = date.today() if sys.stdout.isatty() else None  # noqa: DTZ011, TID251  -- the reader's day
        write_audit(shown, sys.stdout, today=today)
    if strict and found.blocked:
        raise click.exceptions.Exit(BLOCKED)


@knowledge.command()
@click.argument("name", metavar="ID")
@knowledge_option
@overlay_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(name: str, knowledge: Path | None, overlays: tuple[Path, ...], form: str) -> None:
    """Show the record ID with its sources, and the claims of the articles that lead to it.

    What has a name instead of an id goes by its kind as well: panel:egfr, symptom:seizure,
    regimen:osimertinib.
    """
    from lungmets.display.record import write_record
    from lungmets.knowledge.lookup import look_up

    found = look_up(knowledge_base(knowledge, overlays), name)
    if form == "json":
        # Bytes, because JSON is UTF-8 whatever the terminal is.
        click.echo(found.model_dump_json(indent=2).encode())
    else:
        write_record(found, sys.stdout)


@knowledge.command("sentences")
@click.argument("article", type=click.Path(path_type=Path))
def list_sentences(article: Path) -> None:
    """Print the `sentences:` of a claims file for the text file ARTICLE.

    Each sentence is named as paragraph:sentence, with the hash that stands for it; no word of the
    article is printed.
    """
    from lungmets.errors import DocumentError, Problem
    from lungmets.knowledge.sentences import sentences

    try:
        text = article.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "this is not text in UTF-8"
        raise DocumentError([Problem(str(article), str(what), "a text file in UTF-8")]) from None
    found = sentences(text)
    if not found:
        raise DocumentError([Problem(str(article), "there is no sentence in it", "the text of an article")])
    click.echo("sentences:")
    for place, mark in found.items():
        # In quotes: "1:1" is a number to some readers of YAML, and so is 1e15.
        click.echo(f'  "{place}": "{mark}"')


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


knowledge.add_command(classes)
knowledge.add_command(verify)
