"""A scenario to be filled in: the profile and the question are there, and what is expected is not.

What the library answers today is no expectation: whoever writes a scenario says from a source what
the answer must be. So the skeleton does not pass before a person has filled it in.
"""

from __future__ import annotations

import textwrap
from typing import Any

from lungmets.knowledge.base import KnowledgeBase

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
    import yaml

    written = yaml.safe_dump(profile, sort_keys=False, allow_unicode=True, default_flow_style=None)
    head = _HEAD.format(as_of=base.content.release.as_of, version=base.version)
    return head + textwrap.indent(written, " " * 6) + _FOOT
