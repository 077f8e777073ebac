"""``lungmets scenarios``: run, begin and check scenario files without pytest."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lungmets.commands.options import (
    engine_option,
    knowledge_base,
    knowledge_option,
    overlay_option,
    word,
)
from lungmets.errors import Problem, QuestionError, shown
from lungmets.vocabulary import Engine

if TYPE_CHECKING:
    from lungmets.testing.coverage import Coverage
    from lungmets.testing.judging import Outcome

FAILED = 1

paths_argument = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)


@click.group()
def scenarios() -> None:
    """Run scenario files (*.scenario.yaml): what an answer must be, with its source."""


@scenarios.command()
@paths_argument
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "junit"]), default="text", show_default=True
)
@click.option("--coverage", is_flag=True, help="Report what of the knowledge no scenario reaches.")
@engine_option
@knowledge_option
@overlay_option
@click.pass_context
def run(
    context: click.Context,
    paths: tuple[Path, ...],
    form: str,
    engine: str,
    knowledge: Path | None,
    overlays: tuple[Path, ...],
    *,
    coverage: bool,
) -> None:
    """Run the scenarios of files and folders. Ends with 1 where one fails, with 2 on a defect."""
    from lungmets.testing.judging import judge
    from lungmets.testing.suite import read_suite

    if problems := word("--engine", Engine, engine):
        raise QuestionError(problems)
    base = knowledge_base(knowledge, overlays)
    suite = read_suite(paths, base)
    outcomes = [judge(scenario, base, engine=engine) for scenario in suite]
    reach = None
    if coverage:
        from lungmets.testing.coverage import coverage as of_all
        from lungmets.testing.coverage import reached

        reach = of_all(
            base,
            [
                reached(scenario, outcome.answer, base)
                for scenario, outcome in zip(suite, outcomes, strict=True)
                if outcome.answer is not None
            ],
        )
    _write(outcomes, form, reach)
    if not all(outcome.passed for outcome in outcomes):
        context.exit(FAILED)


def _write(outcomes: list[Outcome], form: str, reach: Coverage | None) -> None:
    from lungmets.testing.reporting import as_json, as_junit, summary, told

    if form == "junit":
        click.echo(as_junit(outcomes).encode(), nl=False)
    elif form == "json":
        found: dict[str, Any] = {"scenarios": as_json(outcomes)}
        if reach is not None:
            found["coverage"] = reach.model_dump(mode="json") | {"percent": float(reach.shown)}
        click.echo(json.dumps(found, indent=2, ensure_ascii=False).encode())
    else:
        for outcome in outcomes:
            if not outcome.passed:
                click.echo(told(outcome) + "\n")
        click.echo(summary(outcomes))
        if reach is not None:
            click.echo(f"\n{reach}")
    if form == "junit" and reach is not None:
        click.echo(str(reach), err=True)


@scenarios.command()
@click.argument("profile", type=click.Path(path_type=Path), metavar="PROFILE")
@knowledge_option
def new(profile: Path, knowledge: Path | None) -> None:
    """Print a scenario for the PROFILE (YAML or JSON) whose expectations a person fills in."""
    from lungmets.documents import read_file
    from lungmets.profile_reading import read_profile
    from lungmets.testing.skeleton import skeleton

    base = knowledge_base(knowledge)
    read_profile(profile)  # a profile that cannot be read makes no scenario
    click.echo(skeleton(read_file(profile)[1].data, base).encode(), nl=False)


@scenarios.command()
@paths_argument
@knowledge_option
@overlay_option
def lint(paths: tuple[Path, ...], knowledge: Path | None, overlays: tuple[Path, ...]) -> None:
    """Check files and folders without running them. Ends with 2 where a file has a defect."""
    from lungmets.testing.suite import read_suite, remarks

    suite = read_suite(paths, knowledge_base(knowledge, overlays))
    for remark in remarks(suite):
        click.echo(remark)
    files = {scenario.file for scenario in suite}
    counted = f"{_counted(len(suite), 'scenario')} in {_counted(len(files), 'file')}"
    click.echo(f"{counted}: no defect found")


@scenarios.command()
@paths_argument
@click.option(
    "--part",
    metavar="K/N",
    help="Only one part of N, such as 1/20: every twentieth mutant from the first on.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@knowledge_option
@overlay_option
@click.pass_context
def mutate(
    context: click.Context,
    paths: tuple[Path, ...],
    part: str | None,
    form: str,
    knowledge: Path | None,
    overlays: tuple[Path, ...],
) -> None:
    """Change the knowledge by a little, again and again, and count what the scenarios notice.

    With overlays what is local is changed, and nothing else. Ends with 1 where a change survives.
    """
    from lungmets.testing.mutation import Scoring, mutants_of, part_of
    from lungmets.testing.suite import read_suite

    which, parts = _part(part)
    base = knowledge_base(knowledge, overlays)
    scoring = Scoring(base, read_suite(paths, base))
    score = scoring.score(part_of(mutants_of(base), which, parts))
    if form == "json":
        found = score.model_dump(mode="json") | {"percent": float(score.shown)}
        click.echo(json.dumps(found, indent=2, ensure_ascii=False).encode())
    else:
        click.echo(str(score))
    if score.survivors:
        context.exit(FAILED)


def _part(text: str | None) -> tuple[int, int]:
    """Which part of how many; the first is 1 for a person and 0 for a program."""
    found = re.fullmatch(r"([1-9]\d{0,4})/([1-9]\d{0,4})", text or "1/1")
    if found is None or int(found[1]) > int(found[2]):
        raise QuestionError(
            [Problem("--part", f"{shown(text)} is no part", "K/N, such as 1/20, with K up to N")]
        )
    return int(found[1]) - 1, int(found[2])


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
