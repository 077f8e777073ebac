"""An answer on a terminal; plain where the output is piped.

>>> import io
>>> from lungmets import PatientProfile, assess
>>> page = io.StringIO()
>>> write_text(assess(PatientProfile(histology="squamous")), page, width=80)
>>> page.getvalue().splitlines()[0]
'NOTHING IS LISTED: INCOMPLETE'
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import date
from typing import TextIO

from rich.console import Console
from rich.text import Text

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.display.entries import Detail, Entry, Section
from lungmets.display.outline import outline

_TONES = {"urgent": "bold red", "main": "bold", "aside": "bold", "plain": "bold"}
_LEADS = {"urgent": "bold red", "main": "bold cyan", "aside": "", "plain": ""}
_WIDEST = 100
_LABEL = 10


def write_text(
    answer: Refusal | DocumentedOptions,
    stream: TextIO,
    *,
    width: int | None = None,
    today: date | None = None,
) -> None:
    """Writes an answer. Colour is used only where the stream is a terminal that wants it."""
    write_sections(outline(answer, today), stream, width=width)


def write_sections(sections: Iterable[Section], stream: TextIO, *, width: int | None = None) -> None:
    """Writes an outline, one section below the other."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    page = _Page(console, width or min(console.width, _WIDEST))
    for number, section in enumerate(sections):
        if number:
            page.line("")
        page.section(section)


class _Page:
    """Wraps by itself, so that a piped page has no trailing blanks and no odd breaks."""

    def __init__(self, console: Console, width: int) -> None:
        self._console = console
        self._width = width

    def line(self, text: str | Text) -> None:
        self._console.print(text, soft_wrap=True)

    def section(self, section: Section) -> None:
        self.line(Text(section.title.upper(), style=_TONES[section.tone]))
        for entry in section.entries:
            self._entry(entry, section.tone)
            for detail in entry.details:
                self._detail(detail)
            for row in entry.code.splitlines():
                self.line(f"      {row}")

    def _entry(self, entry: Entry, tone: str) -> None:
        lead = f"{entry.lead} " if entry.lead else ""
        mark = f"({entry.mark}) " if entry.mark else ""
        said = entry.short or entry.text
        wrapped = self._wrap(f"{lead}{mark}{said}".rstrip(), "  ", "    " if entry.lead else "  ")
        for number, row in enumerate(wrapped):
            text = Text(row, style="dim" if tone == "aside" and not entry.lead else "")
            if number == 0 and entry.lead:
                text.stylize(_LEADS[tone] or "bold", 2, 2 + len(entry.lead))
            if number == 0 and entry.mark:
                start = 2 + len(lead)
                text.stylize("dim", start, start + len(mark))
            self.line(text)

    def _detail(self, detail: Detail) -> None:
        first = f"    {detail.label:<{_LABEL - 1}} "
        for number, row in enumerate(self._wrap(detail.text, first, " " * len(first))):
            text = Text(row)
            if number == 0:
                text.stylize("dim", 0, len(first))
            self.line(text)

    def _wrap(self, text: str, first: str, other: str) -> list[str]:
        return textwrap.wrap(
            text, self._width, initial_indent=first, subsequent_indent=other,
            break_long_words=False, break_on_hyphens=False,
        ) or [first.rstrip()]  # fmt: skip
