"""The process in which durable-rules runs: ``python -m lungmets.engine.durable_child``.

The engine is right under one discipline only, and this module is that discipline. A fact is asserted,
never posted, in the default state, always under the same id, and retracted before the next question
whatever happened. There is no host and so no background thread; one question is asked at a time. All
codes are whole numbers. After any fault everything is thrown away, by ending this process.

The last rule of every table always holds and fires after all others: where it is not told last, rules
that hold were lost. So "not handled", which means that no rule matched, is a fault here as well.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from lungmets.engine.memo import Memo

ALWAYS = "always"
"""A field of every fact, which is 1: what the rule of an empty condition and the last rule read."""

LAST = "last"
"""The name of the last rule."""

_RESULTS = {1: "no rule matched it, not even the last one", 2: "an earlier fact was still there"}
"""What asserting a fact may return instead of 0."""

_ID = 1
_MOST_REMEMBERED = 4096


class FaultError(Exception):
    """What the engine did is no answer."""


class Ruleset:
    """One table of rules. ``engine`` is the extension module, or what stands for it in a test."""

    def __init__(self, engine: Any, name: str, rules: dict[str, Any], facts: Sequence[int]) -> None:
        self._engine = engine
        self._facts = tuple(facts)
        self._handle = engine.create_ruleset(name, json.dumps(rules))

    def firing(self, codes: Sequence[int]) -> frozenset[int]:
        """The rules that hold for one code of each of the table's facts."""
        values = {f"f{number}": code for number, code in zip(self._facts, codes, strict=True)}
        fact = json.dumps({"id": _ID, ALWAYS: 1, **values})
        try:
            result, state = self._engine.assert_fact(self._handle, fact)
            if result != 0:
                raise FaultError(f"a fact was not taken: {_RESULTS.get(result, f'result {result}')}")
            fired = list(self._run(state))
        finally:
            self._engine.retract_fact(self._handle, fact)
        if fired[-1:] != [LAST] or len(set(fired)) != len(fired):
            raise FaultError("the rules that hold were not told to the last, or one was told twice")
        return frozenset(map(int, fired[:-1]))

    def _run(self, state: int) -> Iterator[str]:
        started = self._engine.start_action_for_state(self._handle, state)
        if started is None:
            raise FaultError("a fact was matched and no rule fired")
        held, message = started
        if recorded := json.loads(held).get("exception"):
            raise FaultError(f"an exception was recorded in the state: {recorded}")
        while message:
            (name,) = json.loads(message)
            yield name
            message = self._engine.complete_and_start_action(self._handle, state)


class Table:
    """A part of the conditions, as two rulesets: what is certain, and what is possible.

    A fact that may have several values is asked with each of them: certain is what holds every time,
    possible what holds some time.
    """

    def __init__(self, engine: Any, number: int, table: dict[str, Any]) -> None:
        self._facts: tuple[int, ...] = tuple(table["facts"])
        self._certain = Ruleset(engine, f"certain{number}", table["certain"], self._facts)
        self._possible = Ruleset(engine, f"possible{number}", table["possible"], self._facts)
        self._known: Memo[tuple[int, ...], tuple[int, int]] = Memo(_MOST_REMEMBERED)

    def match(self, states: Sequence[int]) -> tuple[int, int]:
        """The conditions of this table that are certain, and those that are possible."""
        key = tuple([states[fact] for fact in self._facts])
        found = self._known.get(key)
        if found is None:
            ways = list(product(*map(codes_of, key)))
            certain = frozenset.intersection(*map(self._certain.firing, ways))
            possible = frozenset.union(*map(self._possible.firing, ways))
            found = sum(1 << bit for bit in certain), sum(1 << bit for bit in possible)
            self._known.keep(key, found)
        return found


class Tables:
    """All tables: every condition stands in one of them."""

    def __init__(self, engine: Any, tables: Sequence[dict[str, Any]]) -> None:
        self._tables = [Table(engine, number, table) for number, table in enumerate(tables)]

    def match(self, states: Sequence[int]) -> tuple[int, int]:
        """The conditions that are certain, and those that are possible."""
        certain = possible = 0
        for table in self._tables:
            sure, open_ = table.match(states)
            certain |= sure
            possible |= open_
        return certain, possible


def codes_of(state: int) -> list[int]:
    """The codes of the values that a fact may have: from 1 up; an unknown is 0.

    >>> codes_of(0), codes_of(0b110)
    ([0], [2, 3])
    """
    return [number for number in range(1, state.bit_length() + 1) if state >> number - 1 & 1] or [0]


def answers(questions: Iterator[str]) -> Iterator[dict[str, Any]]:
    """The answer to each line; the first line holds the tables."""
    first = next(questions)  # read before anything can fail: else the fault could not be told
    try:
        import durable_rules_engine

        tables = Tables(durable_rules_engine, json.loads(first))
        yield {"answer": "ready"}
        for line in questions:
            certain, possible = tables.match(json.loads(line))
            yield {"answer": [f"{certain:x}", f"{possible:x}"]}
    except Exception as error:  # noqa: BLE001  -- whatever the engine raises is told to who asked
        yield {"fault": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Answers on a copy of standard output, so that whatever the engine prints cannot mix with it."""
    # An interruption from the keyboard reaches all processes; whoever asked ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        for answer in answers(iter(sys.stdin)):
            out.write(json.dumps(answer) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
