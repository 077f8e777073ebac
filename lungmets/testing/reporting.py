"""Outcomes as people read them, as JSON, and as JUnit XML."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from lungmets.errors import visible
from lungmets.testing.judging import Outcome

_WIDTH = 80
_LABEL = 12
_GAP = 2
_ADVICE = (
    "read what the scenario cites: either the expectation is wrong, or the knowledge is; "
    "`lungmets assess` shows the whole answer to this profile"
)


def told(outcome: Outcome) -> str:
    """What went wrong with one scenario: where, what was expected, what came, why, and what to do."""
    lines = [visible(f"{outcome.place} {outcome.name}")]
    if outcome.text:
        lines.append(_entry("", outcome.text))
    if outcome.citation:
        lines.append(_entry("encodes", ", ".join(outcome.citation)))
    lines.append(_entry("asked", _question(outcome)))
    for finding in outcome.findings:
        lines += ["", _entry(finding.key.partition(".")[0], finding.place)]
        lines.append(_entry("expected", finding.expected))
        lines.append(_entry("got", finding.got))
        lines += [_entry("", why) for why in finding.why]
    if outcome.findings and outcome.answer is not None:
        lines += ["", _entry("what to do", _ADVICE)]
    return "\n".join(lines)


def _question(outcome: Outcome) -> str:
    answer, knowledge = outcome.answer, f"knowledge {outcome.knowledge}"
    if answer is None:
        return knowledge
    return f"{answer.jurisdiction} as of {answer.as_of}, {answer.panel} panel, {knowledge}"


def summary(outcomes: Sequence[Outcome]) -> str:
    """One line: how many passed and failed.

    >>> summary([])
    'no scenario'
    """
    if not outcomes:
        return "no scenario"
    failed = sum(not outcome.passed for outcome in outcomes)
    passed = len(outcomes) - failed
    return f"{passed} passed, {failed} failed" if failed else f"{passed} passed"


def as_json(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Outcomes as plain data; the answers themselves are left out."""
    return [
        {**outcome.model_dump(mode="json", exclude={"answer"}), "passed": outcome.passed}
        for outcome in outcomes
    ]


def as_junit(outcomes: Sequence[Outcome]) -> str:
    """Outcomes as JUnit XML, which build servers read: a test case each, without times.

    >>> as_junit([]).splitlines()[1]
    '<testsuite name="lungmets scenarios" tests="0" failures="0" />'
    """
    failed = sum(not outcome.passed for outcome in outcomes)
    suite = ET.Element("testsuite", name="lungmets scenarios", tests=str(len(outcomes)), failures=str(failed))
    for outcome in outcomes:
        file, _, line = outcome.place.rpartition(":")
        case = ET.SubElement(suite, "testcase", classname=file, name=outcome.name, file=file, line=line)
        if not outcome.passed:
            first = outcome.findings[0]
            message = f"expected {first.expected}; got {first.got}"
            failure = ET.SubElement(case, "failure", message=visible(message), type=first.key)
            failure.text = told(outcome)
    return "<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(suite, encoding="unicode") + "\n"


def _entry(label: str, text: str) -> str:
    """A label, and a text that is wrapped beside it; text of others cannot act on a terminal."""
    if len(label) > _LABEL - _GAP:  # a long label stands on a line of its own
        return f"  {label}\n{_entry('', text)}"
    return textwrap.fill(
        visible(text),
        _WIDTH,
        initial_indent=f"  {label:<{_LABEL}}",
        subsequent_indent=" " * (_LABEL + 2),
        break_on_hyphens=False,
        break_long_words=False,
    )
