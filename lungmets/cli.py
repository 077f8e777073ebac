"""The command line: ``lungmets assess``, ``panel``, ``schema``, and those of :mod:`lungmets.commands`.

Exit codes: 0 for any answer, 2 for bad input, a broken knowledge folder or an engine that fails, 3 for
a refusal under ``--strict``. Answers go to standard output, everything else to standard error.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from lungmets.commands.alerts import alerts
from lungmets.commands.asked import Asked, about_a_profile, tell
from lungmets.commands.compare import compare
from lungmets.commands.fracture import fracture_risk
from lungmets.commands.guidance import explain, prognosis, questions, workup
from lungmets.commands.knowledge import knowledge as knowledge_commands
from lungmets.commands.options import (
    as_of_option,
    day_of,
    engine_option,
    jurisdiction_option,
    knowledge_base,
    knowledge_option,
    overlay_option,
    panel_option,
    word,
)
from lungmets.commands.scenarios import scenarios as scenario_commands
from lungmets.commands.stage import stage
from lungmets.errors import LungmetsError, Problem, QuestionError
from lungmets.vocabulary import Jurisdiction

BAD_INPUT = 2
REFUSED = 3


class _Commands(click.Group):
    """A group that ends every error of the library in one clear message."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            # A terminal that lacks a sign shows another one; it is no reason to lose the answer.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except LungmetsError as error:
            tell(error)
            ctx.exit(BAD_INPUT)


def _version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001  -- how click calls it
    if value and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"lungmets {version('lungmets')}")
        except PackageNotFoundError:  # run from a checkout that was never installed
            click.echo("lungmets (not installed)")
        context.exit()


@click.group(cls=_Commands)
@click.option(
    "--version",
    is_flag=True,
    callback=_version,
    expose_value=False,
    is_eager=True,
    help="Show the version and exit.",
)
def main() -> None:
    """Documented first-line options for stage IV lung cancer, cited, or a refusal.

    For education and software testing only, not for the care of a patient.
    """


@main.command()
@about_a_profile
@panel_option
@engine_option
@click.option("--strict", is_flag=True, help="End with exit code 3 where the answer is a refusal.")
def assess(asked: Asked, panel: str, engine: str, *, strict: bool) -> None:
    """Answer for the profile in FILE (YAML or JSON; - reads standard input)."""
    from lungmets.display.outline import outline
    from lungmets.pipeline import assess as answer_for

    answer = answer_for(
        asked.profile,
        as_of=asked.day,
        jurisdiction=asked.jurisdiction,
        panel=panel,
        knowledge=asked.base,
        engine=engine,
    )
    # Who reads it on a screen is told how old it is; a file or a pipe gets the same bytes every day.
    on_a_screen = asked.form == "text" and sys.stdout.isatty()
    today = date.today() if on_a_screen else None  # noqa: DTZ011, TID251  -- the reader's day
    asked.write(answer.model_dump_json(indent=2), lambda: outline(answer, today=today))
    if strict and answer.status == "refused":
        raise click.exceptions.Exit(REFUSED)


@main.command()
@as_of_option
@jurisdiction_option
@knowledge_option
@overlay_option
def panel(as_of: str | None, jurisdiction: str, knowledge: Path | None, overlays: tuple[Path, ...]) -> None:
    """Show what must be answered before anything is listed, why, and by which test."""
    from lungmets.display.panel import write_panel

    asked, problems = day_of(as_of)
    problems += word("--jurisdiction", Jurisdiction, jurisdiction)
    if problems:
        raise QuestionError(problems)
    base = knowledge_base(knowledge, overlays)
    place, day = Jurisdiction(jurisdiction), asked or base.content.release.as_of
    # An empty panel would look like "nothing is asked".
    if sentence := base.uncovered(place, day):
        option = "--jurisdiction" if sentence == "place_without_dates" else "--as-of"
        raise QuestionError([Problem(option, base.said(sentence, place, day))])
    write_panel(base.view(place, day), sys.stdout)


@main.command()
@click.argument("what", type=click.Choice(["profile", "answer", "scenarios", "claims", "audit"]))
def schema(what: str) -> None:
    """Print a JSON Schema: of a profile, an answer, a scenario file, the claims of an article, an audit."""
    from lungmets import schemas

    make = {
        "profile": schemas.profile_schema,
        "answer": schemas.answer_schema,
        "scenarios": schemas.scenario_schema,
        "claims": schemas.claims_schema,
        "audit": schemas.audit_schema,
    }
    found = make[what]()
    click.echo(json.dumps(found, indent=2, ensure_ascii=False).encode())


main.add_command(alerts)
main.add_command(compare)
main.add_command(explain)
main.add_command(prognosis)
main.add_command(questions)
main.add_command(workup)
main.add_command(knowledge_commands)
main.add_command(scenario_commands)
main.add_command(fracture_risk)
main.add_command(stage)


if __name__ == "__main__":
    main()
