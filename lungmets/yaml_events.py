"""Plain data from the events of a YAML parser, with the line of every node and all faults.

Nothing is constructed but mappings, lists and scalars; what is not read (anchors, aliases, tags, a
second document, too deep a nesting) is told and stepped over where that is possible.

>>> plain("1"), plain("no")
(1, 'no')
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lungmets.errors import Problem, shown

Place: TypeAlias = tuple[str | int, ...]
"""The way from the root of a document to a node: keys and positions."""

DEEPEST = 40
"""Levels of nesting. Nothing that lungmets reads has more than eight."""

_MOST_PROBLEMS = 20
"""Of one document. A thousand aliases are one mistake; the rest is counted."""

_HOPELESS = 1_000
"""Levels of nesting at which the parser itself becomes slow, and reading ends."""

# Long enough for a number to be a number when it is refused, and too short to be slow.
_WHOLE = re.compile(r"[-+]?[0-9]{1,300}")
_DECIMAL = re.compile(r"[-+]?([0-9]{1,300}\.[0-9]{0,300}|\.[0-9]{1,300}|[0-9]{1,300})([eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, Any] = {
    "": None, "null": None, "Null": None, "NULL": None, "~": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip

_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a text: control characters and halves of characters."""

_HALVES = frozenset(map(chr, range(0xD800, 0xE000)))
"""The surrogates of UTF-16, two of which are one character."""

# JSON may write a sign beyond U+FFFF as two escapes; YAML knows no such pairs. Where the backslash of the
# first is escaped itself, half a character stands there, which is refused either way.
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")

_NEEDS_QUOTES = re.compile(r"(?:[:\[,]|^\s*-)\s+[>|%@`&*!].*|:\s.*:(?:\s.*)?$")
"""Lines that YAML misreads and a person means as text: ``pd_l1_tps: >=50``."""

_LONGEST_HINT = 500
"""Of a line in which such a place is looked for."""


def plain(text: str) -> Any:
    """What a scalar without quotation marks stands for, under the YAML 1.2 core schema.

    >>> plain("1"), plain("1.5"), plain("true"), plain("no"), plain("")
    (1, 1.5, True, 'no', None)
    """
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


class Builder:
    """Builds plain data from parser events; it needs no recursion, so depth cannot overflow it."""

    def __init__(self) -> None:
        self.root: Any = None
        self.lines: dict[Place, int] = {}
        self.stopped = False
        self._problems: list[Problem] = []
        self._more = 0
        self._documents = 0
        self._too_deep = 0
        # The open containers, each with its place, and for a mapping the key that awaits a value.
        self._open: list[tuple[dict[Any, Any] | list[Any], Place]] = []
        self._keys: list[Any] = []

    def blame(self, place: str, what: str, *, expected: str = "", why: str = "", do: str = "") -> None:
        """Notes a problem; equal ones once."""
        problem = Problem(place, what, expected, why, do)
        if problem in self._problems:
            return  # nine aliases on one line
        if len(self._problems) < _MOST_PROBLEMS:
            self._problems.append(problem)
        else:
            self._more += 1

    def told(self) -> tuple[Problem, ...]:
        """The problems that were found; those beyond the first few are only counted."""
        more = [Problem("", f"and {self._more:,} more problems")] if self._more else []
        return (*self._problems, *more)

    def clean(self, text: str) -> str:
        """The text as the parser can read it; what no text file holds is blamed once and replaced."""
        text = _PAIR.sub(_joined, text)
        seen: set[str] = set()
        for found in _NOT_TEXT.finditer(text):
            if found[0] not in seen:
                seen.add(found[0])
                line = text.count("\n", 0, found.start()) + 1
                name = "half a character" if found[0] in _HALVES else "a control character"
                self.blame(f"line {line}", f"{name} (U+{ord(found[0]):04X}) stands here",
                           expected="plain text, saved as UTF-8")  # fmt: skip
        return _NOT_TEXT.sub("\ufffd", text) if seen else text

    def blame_syntax(self, error: Any, text: str) -> None:
        """Notes where the parser gave up, and what to do where that is known."""
        mark = error.problem_mark or error.context_mark
        number = mark.line + 1 if mark else 1
        why = ""
        if error.context and error.context_mark and error.context_mark.line + 1 != number:
            why = f"{error.context} that begins on line {error.context_mark.line + 1}"
        lines = text.splitlines()
        at = lines[number - 1][:_LONGEST_HINT] if number <= len(lines) else ""
        told = " ".join(str(error.problem or "it cannot be parsed").split())
        do = ""
        if "mapping values are not allowed" in told:
            do = "write each line as 'field: value', all beginning in one column"
        if "\t" in at[: len(at) - len(at.lstrip())]:
            do = "indent with spaces, not with tabs"
        elif _NEEDS_QUOTES.search(at):
            do = 'put the value into quotation marks, as in pd_l1_tps: ">=50"'
        self.blame(
            f"line {number}",
            f"this is not valid YAML: {told}",
            why=why,
            do=do,
        )

    def take(self, event: Any) -> None:
        """Takes the next event of the parser."""
        line = event.start_mark.line + 1
        kind = type(event).__name__
        if self._too_deep:
            self._skip(kind)
        elif kind == "DocumentStartEvent":
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
            self._add(plain(event.value) if event.implicit[0] else event.value, line)
        elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
            self._refuse_decoration(event, line)
            if len(self._open) >= DEEPEST:
                self.blame(f"line {line}", f"nested deeper than {DEEPEST} levels",
                           expected="fields with values; the deepest have three levels")  # fmt: skip
                self._add(None, line)
                self._too_deep = 1
                return
            container: dict[Any, Any] | list[Any] = {} if kind == "MappingStartEvent" else []
            place = self._add(container, line)
            self._open.append((container, place))
            self._keys.append(_NO_KEY)
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            self._open.pop()
            self._keys.pop()

    def _skip(self, kind: str) -> None:
        """Steps over what is nested too deep."""
        if kind in {"MappingStartEvent", "SequenceStartEvent"}:
            self._too_deep += 1
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            self._too_deep -= 1
        self.stopped = self._too_deep > _HOPELESS

    def _refuse_decoration(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self.blame(f"line {line}", f"an anchor (&{event.anchor}) stands here",
                       expected="a plain value: anchors and aliases are not read")  # fmt: skip
        if event.tag is not None and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.blame(f"line {line}", f"a tag ({tag}) stands here",
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
                self.blame(f"line {line}", f"the key {shown(node)} stands twice (first on line {first})",
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


def _joined(pair: re.Match[str]) -> str:
    """The one sign that two escapes of JSON stand for."""
    return bytes.fromhex(pair[1] + pair[2]).decode("utf-16-be")
