"""What the benchmarks share: batches, tables, budgets, and how busy the machine was.

Times are medians of batches. The fastest is printed as well: far below the median, it says that
something else had the processor.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


class Timing(NamedTuple):
    """What was measured, the fastest of it, and how often."""

    median: float
    fastest: float
    times: int


@dataclass
class Line:
    """One line of a table; with a budget it can be missed."""

    what: str
    found: Timing | float
    unit: str
    budget: float | None = None
    digits: int = 1

    @property
    def value(self) -> float:
        return self.found.median if isinstance(self.found, Timing) else self.found

    @property
    def missed(self) -> bool:
        return self.budget is not None and self.value > self.budget


class Machine:
    """How much of the wall time this process and its children waited, and the load around them."""

    def __init__(self) -> None:
        self._load = _load()
        self._wall = time.perf_counter()
        self._own = _processor_time()

    def __str__(self) -> str:
        wall = time.perf_counter() - self._wall
        waited = max(0.0, 1 - (_processor_time() - self._own) / wall)
        return (
            f"{os.cpu_count()} processors; load average {self._load} before, {_load()} after; "
            f"{waited:.0%} of the time was spent waiting"
        )


def _processor_time() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _load() -> str:
    return f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "unknown"


def options(description: str | None, **numbers: int) -> argparse.Namespace:
    """The command line: --report-only, and a whole number for each further name.

    ``nox -s bench -- --answers 100000`` hands one command line to all scripts, so each takes the
    numbers of the others too, and lets them be.
    """
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--report-only", action="store_true", help="print, and pass whatever is found")
    for name, default in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=default, help=f"{default} if not given")
    for name in {"answers", "batches", "rounds"} - numbers.keys():
        parser.add_argument(f"--{name}", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def timed(function: Callable[[Any], object], items: Iterable[Any]) -> float:
    """Microseconds for each item of one batch."""
    items = list(items)
    begun = time.perf_counter()
    for item in items:
        function(item)
    return (time.perf_counter() - begun) / len(items) * 1e6


def summary(times: Sequence[float]) -> Timing:
    return Timing(statistics.median(times), min(times), len(times))


def side_by_side(
    rounds: int, count: int, *functions: Callable[[int], object], at_once: int = 50
) -> list[list[float]]:
    """Every function on the same items (by number), a few at once, one function after the other.

    The batches are short, so that most of them are not interrupted; times at the same place in the
    lists belong to the same items and the same moment, and may be compared.
    """
    batches = [range(first, min(first + at_once, count)) for first in range(0, count, at_once)]
    for function in functions:
        timed(function, range(count))
    found: list[list[float]] = [[] for _ in functions]
    for _ in range(rounds):
        for batch in batches:
            for times, function in zip(found, functions, strict=True):
                times.append(timed(function, batch))
    return found


def finish(lines: Sequence[Line], machine: Machine, *, report_only: bool) -> None:
    """Prints the table, and exits with 1 where a budget is missed."""
    width = max(len(line.what) for line in lines)
    print(f"{'':{width}}  {'median':>9}  {'fastest':>9}  {'budget':>9}")
    for line in lines:
        fastest = f"{line.found.fastest:.{line.digits}f}" if isinstance(line.found, Timing) else ""
        budget = f"{line.budget:g}" if line.budget is not None else ""
        mark = "  MISSED" if line.missed else ""
        print(
            f"{line.what:{width}}  {line.value:9.{line.digits}f}  {fastest:>9}  {budget:>9}  {line.unit}{mark}"
        )
    print(f"({machine})\n", flush=True)
    missed = sum(line.missed for line in lines)
    if missed and not report_only:
        sys.exit(f"{missed} of {sum(line.budget is not None for line in lines)} budgets missed")
