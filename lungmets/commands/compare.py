"""``lungmets compare``: the same patient in two places, or on two days."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lungmets.commands.options import (
    as_of_option,
    day_of,
    knowledge_base,
    knowledge_option,
    overlay_option,
    panel_option,
    word,
)
from lungmets.errors import Problem, QuestionError
from lungmets.vocabulary import Jurisdiction, Panel


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--jurisdictions", nargs=2, metavar="A B", help="Two places: us, eu or ca.")
@click.option("--days", nargs=2, metavar="A B", help="Two days, as 2014-06-01 is written.")
@as_of_option
@panel_option
@knowledge_option
@overlay_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def compare(
    file: str,
    jurisdictions: tuple[str, str] | None,
    days: tuple[str, str] | None,
    as_of: str | None,
    panel: str,
    knowledge: Path | None,
    overlays: tuple[Path, ...],
    form: str,
) -> None:
    """Show where the profile in FILE gets different documented options, and why."""
    from lungmets.commands.reading import profile_in
    from lungmets.contrast import contrast
    from lungmets.salvage import alerts_of_profile

    problems: list[Problem] = []
    asked = []
    for text in days or (as_of, as_of):
        day, wrong = day_of(text, "--days" if days else "--as-of")
        asked.append(day)
        problems += [problem for problem in wrong if problem not in problems]
    if days and as_of:
        problems.append(Problem("--as-of", "it stands beside --days", "one of the two"))
    if not jurisdictions and not days:
        expected = "--jurisdictions us eu, or --days with two days"
        problems.append(Problem("", "nothing to compare", expected))
    places = jurisdictions or (Jurisdiction.US.value, Jurisdiction.US.value)
    for place in dict.fromkeys(places):
        problems += word("--jurisdictions", Jurisdiction, place)
    problems += word("--panel", Panel, panel)
    profile = profile_in(file, problems)
    if problems:
        raise QuestionError(problems, alerts_of_profile(profile))
    found = contrast(
        profile,
        jurisdictions=(places[0], places[1]),
        days=(asked[0], asked[1]),
        panel=panel,
        knowledge=knowledge_base(knowledge, overlays),
    )
    if form == "json":
        click.echo(found.model_dump_json(indent=2).encode())
        return
    from lungmets.display.contrast import write_contrast

    write_contrast(found, sys.stdout)
