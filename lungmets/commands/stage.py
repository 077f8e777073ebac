"""``lungmets stage``: M category and stage group, from the sites of a profile."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from lungmets.commands.options import (
    as_of_option,
    day_of,
    jurisdiction_option,
    knowledge_base,
    knowledge_option,
    word,
)
from lungmets.errors import QuestionError
from lungmets.vocabulary import Jurisdiction


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
)
@as_of_option
@jurisdiction_option
@knowledge_option
def stage(file: str, form: str, as_of: str | None, jurisdiction: str, knowledge: Path | None) -> None:
    """Show the M category and the stage group by the sites in FILE (YAML or JSON; - reads standard input)."""
    from lungmets.commands.reading import profile_in
    from lungmets.salvage import alerts_of_profile
    from lungmets.staging import stage_group

    day, problems = day_of(as_of)
    problems += word("--jurisdiction", Jurisdiction, jurisdiction)
    profile = profile_in(file, problems)
    if problems:
        raise QuestionError(problems, alerts_of_profile(profile))
    base = knowledge_base(knowledge)
    found = stage_group(profile, as_of=day, jurisdiction=jurisdiction, knowledge=base)
    if form == "json":
        click.echo(json.dumps(found.model_dump(mode="json"), indent=2, ensure_ascii=False).encode())
        return
    from lungmets.display.staging import stage_outline

    asked = f"as of {day or base.content.release.as_of} · {jurisdiction} · knowledge {base.version}"
    sections = stage_outline(found, asked, base.content.release.notice)
    if form == "markdown":
        from lungmets.display.markdown import sections_as_markdown

        click.echo(sections_as_markdown(sections), nl=False)
    else:
        from lungmets.display.text import write_sections

        write_sections(sections, sys.stdout)
