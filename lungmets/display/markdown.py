"""An answer as Markdown. All text is escaped: nothing in it can become markup.

>>> from lungmets import PatientProfile, assess
>>> print(as_markdown(assess(PatientProfile(histology="squamous"))).splitlines()[0])
# Nothing is listed: incomplete
"""

from __future__ import annotations

import re
from datetime import date

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.display.outline import Entry, outline

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def as_markdown(answer: Refusal | DocumentedOptions, today: date | None = None) -> str:
    """The whole answer as one Markdown document."""
    lines: list[str] = []
    for level, section in enumerate(outline(answer, today)):
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
    return lines
