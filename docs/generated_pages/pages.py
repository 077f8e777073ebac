"""A page, and how its parts are written: headings with stable anchors, lists, escaped words, links.

All free text goes through :func:`said`, so that nothing in the knowledge can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from lungmets.display.markdown import escape
from lungmets.errors import visible

_ANCHOR = re.compile(r"[\w.:-]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a chapter; ``pictures`` stand beside it by their file names."""

    chapter: str
    name: str
    text: str
    pictures: Mapping[str, str] = field(default_factory=dict)


def page(chapter: str, name: str, title: str, blocks: Iterable[str]) -> Page:
    """A page from blocks of text, with a blank line between two of them."""
    parts = [f"# {said(title)}", *(block.strip("\n") for block in blocks)]
    return Page(chapter, name, "\n\n".join(part for part in parts if part) + "\n")


def index(title: str, about: str, names: Sequence[str]) -> str:
    """The first page of a chapter, with the table of its pages."""
    listed = "\n".join(names)
    return f"# {said(title)}\n\n{said(about)}\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"


def said(text: str) -> str:
    r"""Free text: one line, and no sign of it is markup.

    >>> said("<script>\n(a)=")
    '\\<script\\> (a)='
    """
    return escape(visible(" ".join(text.split())))


def record(name: str) -> str:
    """The heading of a record. Its id is the anchor, letter for letter, and a name to link to.

    >>> print(record("planted.row"))
    (planted.row)=
    ## planted.row
    <BLANKLINE>
    <span id="planted.row"></span>
    """
    if not _ANCHOR.fullmatch(name):
        raise ValueError(f"{name!r} cannot be an anchor")
    return f'({name})=\n## {said(name)}\n\n<span id="{name}"></span>'


def to_record(name: str, words: str = "") -> str:
    """A link to a record, wherever it stands."""
    return f"[{said(words or name)}](#{name})"


def to_address(address: str, words: str) -> str:
    """A link to somewhere else; what Markdown would stumble over is written as a number."""
    return f"[{said(words)}](<{quote(address, safe=':/?#@!$&*+,;=%~.-_')}>)"


def bullets(lines: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {line}" for line in lines)


def labelled(parts: Iterable[tuple[str, str]]) -> str:
    """A list of labels, each with what is said of it; what is empty is left out."""
    return bullets(f"**{label}:** {text}" for label, text in parts if text)
