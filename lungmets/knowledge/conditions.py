"""The one grammar of every ``when``.

A condition is a table of facts; all of its entries must hold, and a fact that is left out may be
anything. An entry is

* a word or a group of words: ``histology: non_squamous``;
* a list, of which any member will do: ``egfr: [exon19del, l858r]``;
* ``{any: [...], all: [...], not: [...]}``, for sets and variants;
* comparisons, joined by commas: ``pd_l1_tps: ">=1, <50"``, or one number;
* ``is: name`` (or a list), which stands for a named condition.

Alternatives over several facts are multiplied out: a condition becomes a list of conjunctions, each
a table from facts to what they may be. No entry ever holds for an unknown. A list names at least
one thing, and a condition that nothing can meet is refused.

>>> grammar = Grammar({"histology": {"nsclc": ("squamous", "large_cell")}}, symptoms=())
>>> [sorted(c) for c in grammar.read({"histology": "nsclc", "egfr": ["l858r", "t790m"]})]
[['egfr.l858r', 'histology'], ['egfr.t790m', 'histology']]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import isfinite
from typing import Any, TypeAlias

from lungmets.errors import shown
from lungmets.knowledge.facts import (
    CHOICES,
    GENE_STATES,
    GENES,
    NUMBERS,
    SETS,
    YES_NO,
    choice_facts,
    in_order,
    limits,
    variants,
)

Cut: TypeAlias = tuple[float, int]
"""A place between two numbers: just before ``value`` (0) or just after it (1)."""


class ConditionError(ValueError):
    """A condition that cannot be read; ``expected`` and ``known`` say what could stand there.

    ``inside`` is the named condition whose own words are wrong, where it is not the one being read.
    """

    def __init__(self, what: str, expected: str = "", known: Iterable[str] = (), word: str = "") -> None:
        super().__init__(what)
        self.expected = expected
        self.known = tuple(known)
        self.word = word
        self.inside = ""


class SelfReferenceError(ConditionError):
    """A named condition that needs itself."""


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers between two cuts; ``None`` is no limit."""

    low: Cut | None = None
    high: Cut | None = None

    def within(self, other: Span) -> Span:
        """What both spans hold."""
        lows = [cut for cut in (self.low, other.low) if cut is not None]
        highs = [cut for cut in (self.high, other.high) if cut is not None]
        return Span(max(lows, default=None), min(highs, default=None))

    @property
    def empty(self) -> bool:
        """Whether no number lies between the cuts."""
        return self.low is not None and self.high is not None and self.low >= self.high


Allowed: TypeAlias = frozenset[str] | Span
"""What a fact may be for a conjunction to hold."""

Conjunction: TypeAlias = Mapping[str, Allowed]
"""Facts, and what each of them may be."""

_YES: Allowed = frozenset({YES_NO[0]})
_NO: Allowed = frozenset({YES_NO[1]})

_COMPARISON = re.compile(r"(>=|<=|>|<)\s*([0-9]+(?:\.[0-9]+)?)")


class Grammar:
    """Reads conditions, given the groups of words, the named conditions and the symptoms."""

    def __init__(
        self,
        groups: Mapping[str, Mapping[str, tuple[str, ...]]],
        symptoms: Iterable[str],
        named: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self._groups = groups
        self._named = dict(named or {})
        self._sets = {**SETS, "symptoms": tuple(symptoms)}
        self.choices = choice_facts(self._sets["symptoms"])
        self._expanding: list[str] = []

    def read(self, when: Mapping[str, Any]) -> list[Conjunction]:
        """The conjunctions of a condition, at least one, each with its facts in a fixed order.

        Raises:
            ConditionError: an unknown fact or word, or a condition that nothing can meet.
        """
        entries = [self._entry(key, value) for key, value in when.items()]
        found: list[Conjunction] = []
        for choice in product(*entries):
            joined = _join(choice)
            if joined is not None:
                found.append({fact: joined[fact] for fact in sorted(joined, key=in_order)})
        if not found:
            raise ConditionError("no profile can meet this condition: its parts exclude each other")
        return found

    def _entry(self, key: str, value: Any) -> list[Conjunction]:
        if key == "is":
            return self._named_conditions(value)
        if key in NUMBERS:
            return [{key: _number(key, value)}]
        if key in GENES:
            return self._gene(key, value)
        if key in self._sets:
            return self._members(key, value, self._sets[key])
        if key in CHOICES:
            return [{key: self._words(key, value)}]
        known = ["is", *NUMBERS, *GENES, *self._sets, *CHOICES]
        raise ConditionError(f"{key!r} is not a fact", f"one of {', '.join(known)}", known, key)

    def _named_conditions(self, value: Any) -> list[Conjunction]:
        parts: list[list[Conjunction]] = []
        for name in _listed(value):
            if not isinstance(name, str) or name not in self._named:
                raise ConditionError(
                    f"{shown(name)} is not a named condition",
                    "a condition of conditions.yaml",
                    self._named,
                    str(name),
                )
            if name in self._expanding:
                raise SelfReferenceError(f"the condition {name!r} refers to itself")
            self._expanding.append(name)
            try:
                parts.append(self.read(self._named[name]))
            except ConditionError as error:
                error.inside = error.inside or name
                raise
            finally:
                self._expanding.pop()
        return [joined for choice in product(*parts) if (joined := _join(choice)) is not None]

    def _words(self, key: str, value: Any) -> frozenset[str]:
        known = CHOICES[key]
        if isinstance(value, Mapping):
            if set(value) != {"not"}:
                raise ConditionError(f"{shown(value)} at {key}", "a word, a list, or {not: ...}")
            return frozenset(known) - self._words(key, value["not"])
        found: set[str] = set()
        for item in _listed(value):
            word = str(item).lower() if isinstance(item, bool) else str(item)
            word = {"true": "yes", "false": "no"}.get(word, word)
            group = self._groups.get(key, {}).get(word)
            if group is not None:
                found.update(group)
            elif word in known:
                found.add(word)
            else:
                groups = self._groups.get(key, {})
                raise ConditionError(
                    f"{shown(item)} is not a word of {key}",
                    f"one of {', '.join([*groups, *known])}",
                    [*groups, *known],
                    word,
                )
        return frozenset(found)

    def _gene(self, gene: str, value: Any) -> list[Conjunction]:
        """A status is one fact, each variant another; so a list may need several conjunctions."""
        if isinstance(value, Mapping):
            return self._members(gene, value, variants(gene))
        states: list[str] = []
        named: list[str] = []
        for item in _listed(value):
            (states if item in GENE_STATES else named).append(item)
        found: list[Conjunction] = [{gene: frozenset(states)}] if states else []
        if named:
            found += self._members(gene, named, variants(gene), GENE_STATES)
        return found

    def _members(
        self, name: str, value: Any, known: tuple[str, ...], besides: tuple[str, ...] = ()
    ) -> list[Conjunction]:
        parts = value if isinstance(value, Mapping) else {"any": value}
        if not parts or set(parts) - {"any", "all", "not"}:
            raise ConditionError(f"{shown(value)} at {name}", "any, all, not")
        for item in (member for part in parts.values() for member in _listed(part)):
            if item not in known:
                raise ConditionError(
                    f"{shown(item)} is not a word of {name}",
                    f"one of {', '.join([*besides, *known])}",
                    [*besides, *known],
                    str(item),
                )
        fixed = [{f"{name}.{m}": _YES} for m in _listed(parts["all"])] if "all" in parts else []
        fixed += [{f"{name}.{m}": _NO} for m in _listed(parts["not"])] if "not" in parts else []
        some = [{f"{name}.{m}": _YES} for m in _listed(parts["any"])] if "any" in parts else [{}]
        return [joined for one in some if (joined := _join([*fixed, one])) is not None]


def compatible(one: Conjunction, other: Conjunction) -> bool:
    """Whether some profile can meet both.

    >>> compatible({"alk": frozenset({"positive"})}, {"alk": frozenset({"negative"})})
    False
    """
    joined = _join((one, other))
    return joined is not None and not denies_itself(joined)


def denies_itself(conjunction: Conjunction) -> bool:
    """Whether it names a variant of a gene and, at once, another status than positive.

    >>> denies_itself({"egfr": frozenset({"negative"}), "egfr.l858r": frozenset({"yes"})})
    True
    """
    for fact, allowed in conjunction.items():
        gene, _, variant = fact.partition(".")
        status = conjunction.get(gene) if variant and gene in GENES else None
        if isinstance(status, frozenset) and "positive" not in status and allowed == _YES:
            return True
    return False


def _listed(value: Any) -> list[Any]:
    items = list(value) if isinstance(value, (list, tuple)) else [value]
    if not items:
        raise ConditionError("a list that names nothing", "at least one word, or leave the fact out")
    if len(items) != len({str(item) for item in items}):
        raise ConditionError(f"{shown(value)} names something twice", "each word once")
    return items


def _join(parts: Iterable[Conjunction]) -> Conjunction | None:
    """All of the parts at once, or nothing where they exclude each other."""
    joined: dict[str, Allowed] = {}
    for part in parts:
        for fact, allowed in part.items():
            before = joined.get(fact)
            if isinstance(allowed, Span):
                both: Allowed = allowed.within(before) if isinstance(before, Span) else allowed
                empty = isinstance(both, Span) and both.empty
            else:
                both = allowed & before if isinstance(before, frozenset) else allowed
                empty = not both
            if empty:
                return None
            joined[fact] = both
    return joined


def _number(fact: str, value: Any) -> Span:
    """The comparison that is written, where some number of this fact can meet it."""
    span = _span(value)
    low, high = limits(fact)
    if Span((low, 0), (high, 1)).within(span).empty:
        raise ConditionError(f"{shown(value)} holds for no {fact}", f"a number from {low:g} to {high:g}")
    return span


def _span(value: Any) -> Span:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value):
        return Span((float(value), 0), (float(value), 1))
    expected = 'a number, or comparisons such as ">=1, <50"'
    if not isinstance(value, str):
        raise ConditionError(f"{shown(value)} is not a comparison", expected)
    span = Span()
    for part in value.split(","):
        found = _COMPARISON.fullmatch(part.strip())
        if not found:
            raise ConditionError(f"{shown(value)} is not a comparison", expected)
        number = float(found[2])
        cut = (number, 0) if found[1] in {">=", "<"} else (number, 1)
        span = span.within(Span(low=cut) if found[1][0] == ">" else Span(high=cut))
    if span.empty:
        raise ConditionError(f"{shown(value)} holds for no number", expected)
    return span
