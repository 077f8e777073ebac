"""The command line: ``lungmets assess``, ``panel``, ``knowledge check``, ``schema``.

Exit codes: 0 for any answer, 2 for bad input or a broken knowledge folder, 3 for a refusal under
``--strict``. Answers go to standard output, everything else to standard error.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lungmets.errors import LungmetsError, Problem, QuestionError
from lungmets.vocabulary import Jurisdiction, Panel

if TYPE_CHECKING:
    from lungmets.knowledge.base import KnowledgeBase

BAD_INPUT = 2
REFUSED = 3


class _Commands(click.Group):
    """A group that ends every error of the library in one clear message."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LungmetsError as error:
            from lungmets.display.outline import clean

            for line in str(error).splitlines():
                click.echo(clean(line), err=True)
            ctx.exit(BAD_INPUT)


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise QuestionError(
            [Problem("--as-of", f"{value!r} is not a day", "a date such as 2014-06-01")]
        ) from None


def _knowledge(folder: Path | None) -> KnowledgeBase:
    from lungmets.knowledge.base import load, shipped

    return shipped() if folder is None else load(folder)


as_of = click.option("--as-of", callback=_day, metavar="DATE", help="Answer as of this day (2014-06-01).")
jurisdiction = click.option(
    "--jurisdiction", default=Jurisdiction.US.value, metavar="us|eu|ca", show_default=True
)
panel_choice = click.option(
    "--panel", default=Panel.CORE.value, metavar="core|comprehensive", show_default=True
)
other_knowledge = click.option(
    "--knowledge",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Another knowledge folder than the one that comes with lungmets.",
)


@click.group(cls=_Commands)
@click.version_option(package_name="lungmets")
def main() -> None:
    """Documented first-line options for stage IV lung cancer, cited, or a refusal.

    For education and software testing only, not for the care of a patient.
    """


@main.command()
@click.argument("file", metavar="FILE|-")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
)
@as_of
@jurisdiction
@panel_choice
@other_knowledge
@click.option("--strict", is_flag=True, help="End with exit code 3 where the answer is a refusal.")
def assess(
    file: str,
    form: str,
    as_of: date | None,
    jurisdiction: str,
    panel: str,
    knowledge: Path | None,
    *,
    strict: bool,
) -> None:
    """Answer for the profile in FILE (YAML or JSON; - reads standard input)."""
    from lungmets.pipeline import assess as answer_for
    from lungmets.profile_reading import read_profile

    profile = read_profile(sys.stdin.buffer.read(_MOST_BYTES) if file == "-" else Path(file))
    answer = answer_for(
        profile,
        as_of=as_of,
        jurisdiction=jurisdiction,
        panel=panel,
        knowledge=_knowledge(knowledge),
    )
    if form == "json":
        click.echo(answer.model_dump_json(indent=2))
    elif form == "markdown":
        from lungmets.display.markdown import as_markdown

        click.echo(as_markdown(answer), nl=False)
    else:
        from lungmets.display.text import write_text

        write_text(answer, sys.stdout)
    if strict and answer.status == "refused":
        raise click.exceptions.Exit(REFUSED)


_MOST_BYTES = 1_000_001
"""One more than a document may have, so that too much is noticed and never read whole."""


@main.command()
@as_of
@jurisdiction
@other_knowledge
def panel(as_of: date | None, jurisdiction: str, knowledge: Path | None) -> None:
    """Show what must be answered before anything is listed, why, and by which test."""
    from lungmets.display.panel import write_panel

    base = _knowledge(knowledge)
    known = [place.value for place in Jurisdiction]
    if jurisdiction not in known:
        raise QuestionError(
            [Problem("--jurisdiction", f"{jurisdiction!r} is not known", f"one of {', '.join(known)}")]
        )
    day = as_of or base.content.release.as_of
    write_panel(base.view(Jurisdiction(jurisdiction), day), sys.stdout)


@main.group()
def knowledge() -> None:
    """Work with a knowledge folder."""


@knowledge.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def check(folder: Path | None) -> None:
    """Check every record of a knowledge FOLDER (default: the shipped one), without any copy."""
    from lungmets.knowledge.base import shipped_folder
    from lungmets.knowledge.loading import load_folder
    from lungmets.knowledge.verification import verify

    loaded = load_folder(folder or shipped_folder())
    verify(loaded)
    content = loaded.content
    rows = list(content.rows())
    click.echo(f"knowledge {content.release.version}, as of {content.release.as_of}: no defect found")
    click.echo(f"digest {content.digest()}")
    counted = {
        "rows": len(rows),
        "sources": len(content.all_sources()),
        "guardrails": len(content.guardrails),
        "cautions and prerequisites": len(content.cautions),
        "supersessions": len(content.supersessions),
        "panel items": len(content.panel.items),
        "alerts": len(content.alerts.alerts),
    }
    click.echo(", ".join(f"{number} {name}" for name, number in counted.items()))


@main.command()
@click.argument("what", type=click.Choice(["profile", "answer"]))
def schema(what: str) -> None:
    """Print the JSON Schema of a profile or of an answer."""
    from lungmets.schemas import answer_schema, profile_schema

    found = profile_schema() if what == "profile" else answer_schema()
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
