"""Which mutants a suite notices.

A mutant is noticed by the loader, which refuses it; by a scenario, whose answer is no longer what was
expected; or by a promise, which no longer holds. One that no question can tell from the knowledge is
counted apart. Whoever is left *survives*: a change of the knowledge that nothing would notice.

Nothing is read anew: each mutant is made, checked and compiled in memory. Only the
scenarios whose answer could differ are judged, and the first that fails ends the search.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from lungmets.errors import DocumentError
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.content import Content
from lungmets.knowledge.loading import Loaded
from lungmets.knowledge.verification import find_problems
from lungmets.pipeline import assess
from lungmets.results import Closed
from lungmets.testing.comparing import compare
from lungmets.testing.mutation.alike import Likeness
from lungmets.testing.mutation.kinds import Kind, Mutant
from lungmets.testing.mutation.relevance import Relevance
from lungmets.testing.names import misnamed
from lungmets.testing.scenario import Scenario

Promise: TypeAlias = Callable[[KnowledgeBase], Iterable[str]]
"""What must hold of a knowledge base; it tells, one after the other, how it is broken."""


class Fate(StrEnum):
    """What became of a mutant."""

    LOADER = "refused by the loader"
    SCENARIO = "noticed by a scenario"
    PROMISE = "noticed by a promise"
    ALIKE = "no question can tell"
    SURVIVES = "survives"


class Verdict(Closed):
    """One mutant: its name, what became of it, and what noticed it."""

    mutant: str
    kind: Kind
    fate: Fate
    witness: str = ""


class Score(Closed):
    """What became of some mutants."""

    knowledge: str
    verdicts: tuple[Verdict, ...]

    @property
    def survivors(self) -> tuple[Verdict, ...]:
        """The mutants that nothing noticed."""
        return tuple(one for one in self.verdicts if one.fate is Fate.SURVIVES)

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many mutants met each fate."""
        found = Counter(one.fate for one in self.verdicts)
        return MappingProxyType({fate: found[fate] for fate in Fate})

    @property
    def percent(self) -> float:
        """The share that was noticed, 0 to 100, of those that any question can tell."""
        total = len(self.verdicts) - self.counts[Fate.ALIKE]
        return 100 * (total - self.counts[Fate.SURVIVES]) / total if total else 100.0

    @property
    def shown(self) -> str:
        """The share in words, never rounded up: where a mutant survives it is less than 100."""
        return f"{math.floor(self.percent * 10) / 10:.1f}"

    def __str__(self) -> str:
        noun = "mutant" if len(self.verdicts) == 1 else "mutants"
        lines = [f"knowledge {self.knowledge}: {self.shown} % of {len(self.verdicts)} {noun} noticed"]
        lines += [f"  {fate:<22}{number:>6}" for fate, number in self.counts.items()]
        lines += [f"      {one.mutant} ({one.kind})" for one in self.survivors]
        return "\n".join(lines)


class Scoring:
    """A suite, ready to be scored against mutants of one knowledge base."""

    def __init__(
        self, base: KnowledgeBase, scenarios: Sequence[Scenario], promises: Sequence[Promise] = ()
    ) -> None:
        self.base = base
        self._promises = tuple(promises)
        self._relevance = Relevance(base, scenarios)
        self._likeness = Likeness(base.content)
        self._places = _Nowhere()

    def score(self, mutants: Iterable[Mutant]) -> Score:
        """What becomes of some mutants, in their order."""
        verdicts = tuple(self.verdict(mutant) for mutant in mutants)
        return Score(knowledge=f"{self.base.version} ({self.base.digest[:12]})", verdicts=verdicts)

    def verdict(self, mutant: Mutant) -> Verdict:
        """What becomes of one mutant."""
        fate, witness = self._fate(mutant, mutant.content())
        return Verdict(mutant=mutant.name, kind=mutant.kind, fate=fate, witness=witness)

    def _fate(self, mutant: Mutant, content: Content) -> tuple[Fate, str]:
        problem = next(iter(find_problems(Loaded(content, self._places))), None)
        if problem is not None:
            return Fate.LOADER, str(problem)
        if self._likeness.to(content):
            return Fate.ALIKE, ""
        changed = KnowledgeBase(content, self.base.digest, self.base.local)
        for promise in self._promises:
            if broken := next(iter(promise(changed)), None):
                return Fate.PROMISE, broken
        for scenario in self._relevance.likely(mutant, changed):
            if told := failure(scenario, changed):
                return Fate.SCENARIO, f"{scenario.place} ({scenario.name}): {told}"
        return Fate.SURVIVES, ""


def failure(scenario: Scenario, base: KnowledgeBase) -> str:
    """The first thing that fails of a scenario; nothing where it passes."""
    if problems := misnamed(scenario, base):
        return str(problems[0])
    answer = assess(
        scenario.profile,
        as_of=scenario.as_of,
        jurisdiction=scenario.jurisdiction,
        panel=scenario.panel,
        knowledge=base,
    )
    try:
        finding = next(compare(scenario, answer, base), None)
    except DocumentError as error:
        return str(error)
    return f"expected {finding.expected}; got {finding.got}" if finding else ""


class _Nowhere(dict[str, str]):
    """The places of records that stand in no file: each is called by its key."""

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]  # no default but nothing
        return default if key.endswith(".unless") else key

    def __missing__(self, key: str) -> str:
        return key


def part_of(mutants: Sequence[Mutant], part: int, parts: int) -> Iterator[Mutant]:
    """Every so-manieth mutant: the parts together are all of them, and each has of every kind.

    >>> list(part_of("abcdefg", 1, 3))
    ['b', 'e']
    """
    yield from mutants[part::parts]
