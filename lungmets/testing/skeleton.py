"""A scenario to be filled in: the profile and the question are there, and what is expected is not.

What the library answers today is no expectation: whoever writes a scenario says from a source what
the answer must be. So the skeleton does not pass before a person has filled it in.
"""

from __future__ import annotations

import json
import re
from typing import Any

from lungmets.documents import plain
from lungmets.knowledge.base import KnowledgeBase

_WORDS = re.compile("[A-Za-z]([A-Za-z0-9_. -]*[A-Za-z0-9])?")
"""Text that needs no quotation marks."""

_HEAD = """\
# Fill in every ???, from a source and not from an answer; `lungmets scenarios lint` names what is left.
scenarios:
  - id: new-scenario
    text: "???"
    citation: "???"  # the id of a source of the knowledge, or a reference in words
    as_of: {as_of}
    knowledge: "{version}"
    profile:
"""

_FOOT = """\
    expect:
      status: "???"  # documented or refused
      # Of documented options, any of these; every list says include, exclude or exactly:
      # options: {include: [], exclude: []}
      # standing: {option: preferred}
      # withheld: {include: [], by: {option: [guardrail]}}
      # superseded: {include: [], by: {option: [option]}}
      # unresolved: {exactly: []}
      # citations: {option: {include: [source]}}
      # Of a refusal:
      # reason: incomplete
      # missing: {exactly: []}
      # decisive: {include: []}
      # Of either:
      # alerts: {exactly: []}
"""


def skeleton(profile: dict[str, Any], base: KnowledgeBase) -> str:
    """The text of a scenario file for a profile, given as it was written."""
    head = _HEAD.format(as_of=base.content.release.as_of, version=base.version)
    if not profile:
        return f"{head.rstrip()} {{}}\n{_FOOT}"
    lines = [f"      {written(field)}: {written(value)}\n" for field, value in profile.items()]
    return "".join([head, *lines, _FOOT])


def written(value: Any) -> str:
    """A value on one line, as our reader reads it back; a writer for other YAML would quote other words."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)}: {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, str) and _WORDS.fullmatch(value) and plain(value) == value:
        return value
    return json.dumps(value, ensure_ascii=not str(value).isprintable())
