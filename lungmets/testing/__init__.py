"""For test suites: scenario files, their runner, and what finds out which rows they never reach.

A scenario states a profile, a question and what the answer must be, in a ``*.scenario.yaml`` file. It
runs under pytest (the plugin is found by itself), from the command line (``lungmets scenarios run``)
and from Python:

>>> from pathlib import Path
>>> from lungmets.testing import judge, read_scenarios
>>> suite = '''
... scenarios:
...   - id: nothing-is-known
...     text: Without a panel nothing is listed.
...     citation: the library's own rule
...     profile: {histology: squamous}
...     expect: {status: refused, reason: incomplete, missing: {include: [egfr]}}
... '''
>>> [judge(scenario).passed for scenario in read_scenarios(suite)]
[True]

Nothing here imports pytest or hypothesis unless it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lungmets.testing.assertions import assert_answer, assert_documented, assert_refused
    from lungmets.testing.builders import (
        complete,
        complete_profile,
        each_item_missing,
        incomplete_profile,
        panel_items,
    )
    from lungmets.testing.expectation import Expectation, Logged, Names, Staged, Taken
    from lungmets.testing.judging import Finding, Outcome, judge
    from lungmets.testing.reading import read_scenarios
    from lungmets.testing.scenario import Scenario

_HOME = {
    "Expectation": "expectation",
    "Finding": "judging",
    "Logged": "expectation",
    "Names": "expectation",
    "Outcome": "judging",
    "Scenario": "scenario",
    "Staged": "expectation",
    "Taken": "expectation",
    "assert_answer": "assertions",
    "assert_documented": "assertions",
    "assert_refused": "assertions",
    "complete": "builders",
    "complete_profile": "builders",
    "each_item_missing": "builders",
    "incomplete_profile": "builders",
    "judge": "judging",
    "panel_items": "builders",
    "read_scenarios": "reading",
}

__all__ = [
    "Expectation",
    "Finding",
    "Logged",
    "Names",
    "Outcome",
    "Scenario",
    "Staged",
    "Taken",
    "assert_answer",
    "assert_documented",
    "assert_refused",
    "complete",
    "complete_profile",
    "each_item_missing",
    "incomplete_profile",
    "judge",
    "panel_items",
    "read_scenarios",
]


def __getattr__(name: str) -> Any:
    """A name is imported when it is asked for (PEP 562): most suites need few of them."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
