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

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from lungmets.errors import Problem

Place: TypeAlias = tuple[str | int, ...]
"""The way from the root of a document to a node: keys and positions."""

LARGEST_DOCUMENT = 1_000_000
"""Bytes. A profile needs about one thousand; the longest knowledge file has a few hundred thousand."""

DEEPEST = 40
"""Levels of nesting. Nothing that lungmets reads has more than eight."""

_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?([0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18}|[0-9]{1,18})([eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, Any] = {
    "": None, "null": None, "Null": None, "NULL": None, "~": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: the data, the line of every node (from 1), and what was wrong."""

    data: Any
    lines: dict[Place, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

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
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return "", _nothing(f"the file cannot be read: {reason}", do="check the path")
    return read_bytes(raw)


def read_bytes(raw: bytes) -> tuple[str, Document]:
    """Reads bytes, as :func:`read_file` does."""
    if len(raw) > LARGEST_DOCUMENT:
        text = raw[:LARGEST_DOCUMENT].decode("utf-8", errors="replace")
        return text, _nothing(
            f"the input is larger than {LARGEST_DOCUMENT:,} bytes",
            expected="one profile of at most a few thousand bytes",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = raw.decode("utf-8", errors="replace")
        return text, _nothing(
            f"byte {error.start} is not UTF-8 text",
            expected="a text file with a YAML or JSON mapping",
        )
    return text, read_text(text)


def read_text(text: str) -> Document:
    """Reads YAML, and so JSON, which is a part of YAML."""
    import yaml  # costs 10 ms: only a caller that reads a document pays for it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
            if builder.stopped:
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        why = " ".join(str(error.problem or "it cannot be parsed").split())
        builder.blame(f"line {line}", f"this is not valid YAML: {why}")
    except yaml.YAMLError as error:
        why = " ".join(str(getattr(error, "reason", error)).split())
        builder.blame("", f"this is not valid YAML: {why}", expected="a text file")
    return Document(builder.root, builder.lines, tuple(builder.problems))


def _nothing(what: str, *, expected: str = "", do: str = "") -> Document:
    return Document(None, {}, (Problem("", what, expected, do=do),))


class _Builder:
    """Builds plain data from parser events; it needs no recursion, so depth cannot overflow it."""

    def __init__(self) -> None:
        self.root: Any = None
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self.stopped = False
        self._documents = 0
        # The open containers, each with its place, and for a mapping the key that awaits a value.
        self._open: list[tuple[dict[Any, Any] | list[Any], Place]] = []
        self._keys: list[Any] = []

    def blame(self, place: str, what: str, *, expected: str = "", do: str = "") -> None:
        self.problems.append(Problem(place, what, expected, do=do))

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                self.blame(f"line {line}", "a second document begins", expected="one document")
                self.stopped = True
        elif kind == "AliasEvent":
            self.blame(f"line {line}", f"an alias (*{event.anchor}) stands here",
                       expected="the value itself: anchors and aliases are not read")  # fmt: skip
            self._add(None, line)
        elif kind == "ScalarEvent":
            self._refuse_decoration(event, line)
            self._add(_scalar(event), line)
        elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
            self._refuse_decoration(event, line)
            if len(self._open) >= DEEPEST:
                self.blame(f"line {line}", f"nested deeper than {DEEPEST} levels")
                self.stopped = True
                return
            container: dict[Any, Any] | list[Any] = {} if kind == "MappingStartEvent" else []
            place = self._add(container, line)
            self._open.append((container, place))
            self._keys.append(_NO_KEY)
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            self._open.pop()
            self._keys.pop()

    def _refuse_decoration(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self.blame(f"line {line}", f"an anchor (&{event.anchor}) stands here",
                       expected="a plain value: anchors and aliases are not read")  # fmt: skip
        if event.tag is not None and event.tag != "!":
            self.blame(f"line {line}", f"a tag ({event.tag}) stands here",
                       expected="a plain value: tags are not read")  # fmt: skip

    def _add(self, node: Any, line: int) -> Place:
        """Puts a node where the parser stands, and returns its place."""
        if not self._open:
            self.root = node
            self.lines[()] = line
            return ()
        container, above = self._open[-1]
        if isinstance(container, list):
            place = (*above, len(container))
            container.append(node)
        elif self._keys[-1] is _NO_KEY:
            if not isinstance(node, str):
                self.blame(f"line {line}", "a key that is not text", expected="a word, then a colon")
                node = f"(key on line {line})"
            place = (*above, node)
            if node in container:
                first = self.lines[place]
                self.blame(f"line {line}", f"the key {node!r} stands twice (first on line {first})",
                           expected="each key once")  # fmt: skip
            else:
                self.lines[place] = line
            self._keys[-1] = node
            return place
        else:
            key = self._keys[-1]
            self._keys[-1] = _NO_KEY
            place = (*above, key)
            # The first of two equal keys stands: the error is reported either way.
            container.setdefault(key, node)
            return place
        self.lines.setdefault(place, line)
        return place


_NO_KEY = object()


def _scalar(event: Any) -> Any:
    """A scalar under the YAML 1.2 core schema; quoted text stays text."""
    text = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
