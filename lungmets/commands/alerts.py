"""``lungmets alerts``: what is urgent about a profile, and its symptoms as a timeline for a visit."""

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
@click.option("--log", "with_log", is_flag=True, help="With the symptoms, in order of time.")
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
def alerts(
    file: str, form: str, as_of: str | None, jurisdiction: str, knowledge: Path | None, *, with_log: bool
) -> None:
    """Show what is urgent in FILE (YAML or JSON; - reads standard input), whatever else is missing."""
    from lungmets.commands.reading import profile_in
    from lungmets.salvage import alerts_of_profile
    from lungmets.urgent import alerts as alerts_for
    from lungmets.urgent import symptom_log

    day, problems = day_of(as_of)
    problems += word("--jurisdiction", Jurisdiction, jurisdiction)
    profile = profile_in(file, problems)
    if problems:
        raise QuestionError(problems, alerts_of_profile(profile))
    base = knowledge_base(knowledge)
    found = alerts_for(profile, as_of=day, jurisdiction=jurisdiction, knowledge=base)
    log = None
    if with_log:
        log = symptom_log(profile, as_of=day, jurisdiction=jurisdiction, knowledge=base)
    notice = base.content.release.notice
    if form == "json":
        said = {"alerts": [alert.model_dump(mode="json") for alert in found]}
        said |= {} if log is None else {"symptom_log": [entry.model_dump(mode="json") for entry in log]}
        click.echo(json.dumps({**said, "notice": notice}, indent=2, ensure_ascii=False).encode())
        return
    from lungmets.display.urgent import urgent_outline

    asked = f"as of {day or base.content.release.as_of} · {jurisdiction} · knowledge {base.version}"
    sections = urgent_outline(found, log, asked, notice)
    if form == "markdown":
        from lungmets.display.markdown import sections_as_markdown

        click.echo(sections_as_markdown(sections), nl=False)
    else:
        from lungmets.display.text import write_sections

        write_sections(sections, sys.stdout)
