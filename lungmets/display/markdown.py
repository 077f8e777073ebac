"""An answer as Markdown. All text is escaped: nothing in it can become markup.

>>> from lungmets import PatientProfile, assess
>>> print(as_markdown(assess(PatientProfile(histology="squamous"))).splitlines()[0])
# Nothing is listed: incomplete
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.display.entries import Entry, Section
from lungmets.display.outline import outline

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def as_markdown(answer: Refusal | DocumentedOptions, today: date | None = None) -> str:
    """The whole answer as one Markdown document."""
    return sections_as_markdown(outline(answer, today))


def sections_as_markdown(sections: Iterable[Section]) -> str:
    """An outline as one Markdown document; the first section gives it its title."""
    lines: list[str] = []
    for level, section in enumerate(sections):
        lines += [f"{'#' if level == 0 else '##'} {escape(section.title)}", ""]
        for entry in section.entries:
            lines += _entry(entry)
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def escape(text: str) -> str:
    r"""Text whose signs mean themselves.

    >>> escape("<b>a_b</b>")
    '\\<b\\>a\\_b\\</b\\>'
    """
    return _SPECIAL.sub(r"\\\1", text)


def _entry(entry: Entry) -> list[str]:
    lead = f"**{escape(entry.lead)}** " if entry.lead else ""
    mark = f"({escape(entry.mark)}) " if entry.mark else ""
    lines = [f"- {lead}{mark}{escape(entry.text)}".rstrip()]
    lines += [f"  - *{escape(detail.label)}* {escape(detail.text)}" for detail in entry.details]
    if entry.code:
        lines += ["", "  ```yaml", *(f"  {row}" for row in entry.code.splitlines()), "  ```", ""]
    return lines
