"""One profile in a file and one question about it: what the commands about a profile share."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from lungmets.commands.options import (
    as_of_option,
    day_of,
    jurisdiction_option,
    knowledge_base,
    knowledge_option,
    overlay_option,
    word,
)
from lungmets.errors import InputError, LungmetsError, QuestionError
from lungmets.vocabulary import Audience, Engine, Jurisdiction, Panel

if TYPE_CHECKING:
    from lungmets.display.entries import Section
    from lungmets.knowledge.base import KnowledgeBase
    from lungmets.profile import PatientProfile

Command: TypeAlias = Callable[..., None]

_WORDS: dict[str, type[StrEnum]] = {
    "jurisdiction": Jurisdiction,
    "panel": Panel,
    "engine": Engine,
    "audience": Audience,
}
"""Options that take one of some words; they are read here, so that every mistake is told at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command was asked, read and checked, and the form that was asked for."""

    profile: PatientProfile
    day: date | None
    jurisdiction: str
    base: KnowledgeBase
    form: str

    def write(self, data: str, outline: Callable[[], list[Section]]) -> None:
        """Writes JSON that is ready, or an outline as text or Markdown."""
        if self.form == "json":
            # Bytes, because JSON is UTF-8 whatever the terminal is.
            click.echo(data.encode())
        elif self.form == "markdown":
            from lungmets.display.markdown import sections_as_markdown

            click.echo(sections_as_markdown(outline()), nl=False)
        else:
            from lungmets.display.text import write_sections

            write_sections(outline(), sys.stdout)

    @property
    def stamp(self) -> str:
        """Day, place and knowledge, as a page names them that is no whole answer."""
        base = self.base
        return (
            f"as of {self.day or base.content.release.as_of} · {self.jurisdiction} · knowledge {base.version}"
        )


def about_a_profile(command: Command) -> Command:
    """Gives a command its file and the options that all of them have, and hands over what was asked."""

    @functools.wraps(command)
    def read(**given: Any) -> None:
        from lungmets.commands.reading import profile_in
        from lungmets.salvage import alerts_of_profile

        day, problems = day_of(given.pop("as_of"))
        for name, vocabulary in _WORDS.items():
            if name in given:
                problems += word(f"--{name}", vocabulary, given[name])
        profile = profile_in(given.pop("file"), problems)
        if problems:
            raise QuestionError(problems, alerts_of_profile(profile))
        try:
            base = knowledge_base(given.pop("knowledge"), given.pop("overlays"))
        except LungmetsError:
            # Without the knowledge that was asked for nothing is said, but the emergencies stand.
            tell(InputError([], alerts_of_profile(profile)))
            raise
        command(Asked(profile, day, given.pop("jurisdiction"), base, given.pop("form")), **given)

    form = click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "markdown"]),
        default="text",
        show_default=True,
    )
    made: Command = read
    for option in (overlay_option, knowledge_option, jurisdiction_option, as_of_option, form):
        made = option(made)
    return click.argument("file", metavar="FILE|-")(made)


def tell(error: LungmetsError) -> None:
    """Writes an error where errors are written, a problem on each line."""
    for line in filter(None, str(error).split("\n")):
        click.echo(line, err=True)
