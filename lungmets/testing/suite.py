"""A suite: the scenario files below some paths, run one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lungmets.errors import DocumentError, Problem
from lungmets.knowledge.base import KnowledgeBase
from lungmets.testing.judging import Outcome, defects, judge
from lungmets.testing.reading import SUFFIX, read_scenarios
from lungmets.testing.scenario import Scenario


def scenario_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that are named, and those below the folders that are named, in order.

    Raises:
        DocumentError: a path that does not exist, or a folder without scenario files.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(path.rglob(f"*{SUFFIX}"))
        if not found:
            raise DocumentError([Problem(str(path), "no scenario file is here", f"files named *{SUFFIX}")])
        yield from found


def read_suite(paths: Iterable[Path], base: KnowledgeBase | None = None) -> tuple[Scenario, ...]:
    """The scenarios of all files, checked against the names of a knowledge base where one is given.

    Raises:
        DocumentError: with every defect of every file.
    """
    problems: list[Problem] = []
    found: list[Scenario] = []
    for file in dict.fromkeys(scenario_files(paths)):
        try:
            scenarios = read_scenarios(file)
        except DocumentError as error:
            problems += error.problems
            continue
        if base is not None:
            problems += [problem for scenario in scenarios for problem in defects(scenario, base)]
        found += scenarios
    if problems:
        raise DocumentError(problems)
    return tuple(found)


def verdicts(scenarios: Iterable[Scenario], base: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    """What fails of each scenario by one release, by ``file::scenario``; nothing where it passes.

    A name that this release does not have is a failure here: another release may have it.
    """
    found = {}
    for scenario in scenarios:
        try:
            outcome = judge(scenario, base)
        except DocumentError as error:
            messages = tuple(map(str, error.problems))
        else:
            messages = tuple(f"expected {one.expected}; got {one.got}" for one in outcome.findings)
        found[f"{scenario.file}::{scenario.name}"] = messages
    return found


def run(paths: Iterable[Path], base: KnowledgeBase) -> tuple[Outcome, ...]:
    """The outcome of every scenario.

    Raises:
        DocumentError: with every defect of every file; then nothing is run.
    """
    return tuple(judge(scenario, base) for scenario in read_suite(paths, base))


def remarks(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """What is no defect, and yet makes a scenario weaker than it looks."""
    seen: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for scenario in scenarios:
        where = f"{scenario.place} ({scenario.name})"
        if not scenario.expect.says_more_than_the_status:
            yield f"{where}: only the status is expected; name options, missing items or alerts"
        first = seen.setdefault(scenario.id, scenario.file)
        if first != scenario.file and (scenario.id, scenario.file) not in told:
            told.add((scenario.id, scenario.file))
            yield f"{where}: the id {scenario.id!r} stands in {first} as well"
