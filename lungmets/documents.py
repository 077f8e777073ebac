r"""Reading YAML and JSON without surprises.

One reader serves the profiles that a person writes and the knowledge that the project ships. It
builds plain data from the parser's events, so that nothing is ever constructed behind its back,
and it remembers the line of every node. What it accepts is a safe corner of YAML:

* plain scalars follow the YAML 1.2 core schema: ``true``/``false``, ``null``, whole and decimal
  numbers; everything else is text. So ``no`` is a word and ``2014-06-01`` is not yet a date;
* a key stands once in its mapping;
* anchors, aliases and tags are refused, so an alias bomb is never expanded;
* at most one document, :data:`LARGEST_DOCUMENT` bytes, :data:`DEEPEST` levels.

Reading goes on after a fault that can be stepped over, and what could be read is kept: an
emergency symptom must be seen even where another line is broken.

>>> document = read_text("egfr: l858r\necog_ps: 1\n")
>>> document.data, document.line("ecog_ps")
({'egfr': 'l858r', 'ecog_ps': 1}, 2)
>>> read_text("a: 1\na: 2").problems[0].what
"the key 'a' stands twice (first on line 1)"
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lungmets.errors import Problem
from lungmets.yaml_events import DEEPEST, Builder, Place, plain

__all__ = [
    "DEEPEST",
    "LARGEST_DOCUMENT",
    "Document",
    "Place",
    "plain",
    "read_bytes",
    "read_file",
    "read_text",
]

LARGEST_DOCUMENT = 1_000_000
"""Bytes. A profile needs about one thousand; the longest knowledge file has a few hundred thousand."""


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: the data, the line of every node (from 1), and what was wrong.

    ``whole`` is false where reading had to stop: then the data is what stands before that place.
    """

    data: Any
    lines: dict[Place, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    whole: bool = True

    def line(self, *place: str | int) -> int:
        """The line of a node, or of the nearest node above it that has one."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_file(path: Path) -> tuple[str, Document]:
    """Reads a file. The text is returned beside the document, cut at the largest size."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_DOCUMENT + 1)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        return "", _nothing(f"the file cannot be read: {reason}", do="check the path")
    return read_bytes(raw)


def read_bytes(raw: bytes) -> tuple[str, Document]:
    """Reads bytes, as :func:`read_file` does."""
    raw = raw[: LARGEST_DOCUMENT + 1]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(raw) <= LARGEST_DOCUMENT:
            return _not_utf_8(raw, error)
        text = raw.decode("utf-8", errors="replace")
    return text[:LARGEST_DOCUMENT], read_text(text)


def read_text(text: str) -> Document:
    """Reads YAML, and so JSON, which is a part of YAML."""
    import yaml  # costs 10 ms: only a caller that reads a document pays for it

    if len(text) > LARGEST_DOCUMENT or len(text.encode(errors="replace")) > LARGEST_DOCUMENT:
        return _nothing(
            f"the input is larger than {LARGEST_DOCUMENT:,} bytes",
            expected="one profile of at most a few thousand bytes",
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = Builder()
    text = builder.clean(text)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
            if builder.stopped:
                break
    except yaml.MarkedYAMLError as error:
        builder.stopped = True
        builder.blame_syntax(error, text)
    except yaml.YAMLError as error:
        builder.stopped = True
        why = " ".join(str(getattr(error, "reason", error)).split())
        builder.blame("", f"this is not valid YAML: {why}", expected="a text file")
    return Document(builder.root, builder.lines, builder.told(), whole=not builder.stopped)


def _nothing(what: str, *, expected: str = "", do: str = "") -> Document:
    return Document(None, {}, (Problem("", what, expected, do=do),), whole=False)


def _not_utf_8(raw: bytes, error: UnicodeDecodeError) -> tuple[str, Document]:
    """Bytes that are no UTF-8. Their text is still needed: a symptom may stand in it."""
    expected = "a text file with a YAML or JSON mapping, saved as UTF-8"
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if raw.startswith(mark):
            text = raw[len(mark) :].decode(name, errors="replace")
            return text, _nothing("this is UTF-16 text", expected=expected, do="save the file as UTF-8")
    line = raw.count(b"\n", 0, error.start) + 1
    what = f"byte {error.start} (on line {line}) is not UTF-8 text"
    return raw.decode("utf-8", errors="replace"), _nothing(what, expected=expected)
