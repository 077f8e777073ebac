"""durable-rules as an engine: the same conjunctions, as rules of a forward-chaining engine.

It is there to check the bitmaps, not to be fast. What it needs to be right stands in
:mod:`lungmets.engine.durable_child`; here conjunctions become rules, and questions go to that process.
Whatever goes wrong there ends in an error, and the next question starts a new process.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

from lungmets.engine.durable_child import ALWAYS, LAST
from lungmets.engine.process import AnsweringProcess, ProcessFailedError
from lungmets.engine.scheme import Scheme, States
from lungmets.errors import EngineError, EngineMissingError, Problem
from lungmets.knowledge.conditions import Allowed, Conjunction, Span
from lungmets.knowledge.facts import NOT_CONSIDERED
from lungmets.vocabulary import Engine

SECONDS = 60.0
"""How long a question may take before the process is ended. It is there for an engine that hangs."""

ROWS = 31
"""Rows of one table, the last rule besides. The engine is right up to 64 rules that match one fact; small
tables read few facts, so that what was found for them is found again."""

_EXTENSION = "durable_rules_engine"
_CHILD = "lungmets.engine.durable_child"
_NO_LONGER_BUILT = (3, 13)

_UNKNOWN_CODE = 0
"""The code of an unknown. The values of a fact have the codes from 1 on, in their order."""


class DurableRules:
    """The conjunctions as rulesets in a process of their own. Threads may share it; they take turns."""

    def __init__(self, scheme: Scheme, conjunctions: Sequence[Conjunction]) -> None:
        if importlib.util.find_spec(_EXTENSION) is None:
            raise EngineMissingError([_missing("durable-rules is not installed")])
        self._tables = list(tables_of(scheme, conjunctions))
        self._lock = Lock()
        self._process: AnsweringProcess | None = None

    def match(self, states: States) -> tuple[int, int]:
        """The conjunctions that are certain, and those that are possible.

        Raises:
            EngineError: the engine failed; nothing is known of the answer.
        """
        with self._lock:
            try:
                certain, possible = self._running().ask(states)
            except ProcessFailedError as error:
                raise _fault(str(error)) from None
        return int(certain, 16), int(possible, 16)

    def _running(self) -> AnsweringProcess:
        if self._process is None or not self._process.usable:
            self._process = AnsweringProcess(_CHILD, self._tables, SECONDS)
        return self._process


def tables_of(scheme: Scheme, conjunctions: Sequence[Conjunction]) -> Iterator[dict[str, Any]]:
    """Conjunctions that read the same facts stand together, so that a table reads few."""
    order = sorted(range(len(conjunctions)), key=lambda bit: sorted(conjunctions[bit]))
    for first in range(0, len(order), ROWS):
        rows = order[first : first + ROWS]
        read = {fact for bit in rows for fact in conjunctions[bit]}
        yield {
            "facts": sorted(scheme.position[fact] for fact in read),
            "certain": _rules(scheme, {bit: conjunctions[bit] for bit in rows}, possible=False),
            "possible": _rules(scheme, {bit: conjunctions[bit] for bit in rows}, possible=True),
        }


def _rules(scheme: Scheme, rows: dict[int, Conjunction], *, possible: bool) -> dict[str, Any]:
    rules = {
        str(bit): _rule(
            [_test(scheme, fact, allowed, possible=possible) for fact, allowed in conjunction.items()], 1
        )
        for bit, conjunction in rows.items()
    }
    return {**rules, LAST: _rule([], 2)}


def _rule(tests: list[Any], turn: int) -> dict[str, Any]:
    return {"all": [{"m": _joined("$and", tests or [{ALWAYS: 1}])}], "pri": turn}


def _test(scheme: Scheme, fact: str, allowed: Allowed, *, possible: bool) -> Any:
    """What the code of a fact must be. Where "possible" is asked, an unknown will do."""
    name = f"f{scheme.position[fact]}"
    if isinstance(allowed, Span):
        # Codes of bins grow with the numbers: bin 1 lies before the first cut, bin 2 behind it.
        cuts = scheme.cuts[fact]
        tests: list[Any] = [{"$gte": {name: 1 if allowed.low is None else cuts.index(allowed.low) + 2}}]
        if allowed.high is not None:
            tests.append({"$lte": {name: cuts.index(allowed.high) + 1}})
        inside = _joined("$and", tests)
        return _joined("$or", [{name: _UNKNOWN_CODE}, inside]) if possible else inside
    codes = [_UNKNOWN_CODE] if possible else []
    for number, word in enumerate(scheme.values[fact], start=1):
        # A test of a gene that was never asked could still show anything.
        if word in allowed or (possible and word == NOT_CONSIDERED):
            codes.append(number)
    return _joined("$or", [{name: code} for code in codes])


def _joined(operator: str, tests: list[Any]) -> Any:
    return tests[0] if len(tests) == 1 else {operator: tests}


def _fault(what: str) -> EngineError:
    if what.startswith(("ImportError", "ModuleNotFoundError")):
        return EngineMissingError([_missing(f"durable-rules is installed and cannot be imported ({what})")])
    return EngineError(
        [
            Problem(
                "engine",
                f"the engine {Engine.DURABLE.value!r} failed: {what}",
                why="nothing is answered, because no other engine answers in its place",
                do=f"ask again (it is started anew), or with engine={Engine.BITMAP.value!r}",
            )
        ]
    )


def _missing(what: str) -> Problem:
    install = "pip install 'lungmets[durable]'"
    if sys.version_info >= _NO_LONGER_BUILT:
        install = (
            "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
            "pip install --no-cache-dir --no-binary durable-rules durable-rules"
        )
    return Problem(
        "engine",
        f"the engine {Engine.DURABLE.value!r} cannot be used here: {what}",
        do=f"install it with `{install}` (it is built from source: a C compiler is needed), or ask with "
        f"engine={Engine.BITMAP.value!r}, which gives the same answer",
    )
