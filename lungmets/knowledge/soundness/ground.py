"""The classes of all fields, of which each check takes the few that it needs.

A ground knows the values of every field that any condition can tell apart. A check fixes some facts (so
that a row holds, or all but one of its facts do), lets a few others vary, and leaves the rest quiet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product

from lungmets.engine.decision import Decision, decide
from lungmets.engine.encoding import encode
from lungmets.engine.representatives import OWNED, Values, candidates, dimension_of
from lungmets.engine.space import Space
from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.errors import ProfileError
from lungmets.gate import known_states
from lungmets.knowledge.base import KnowledgeBase
from lungmets.profile import FIELDS, PatientProfile
from lungmets.vocabulary import Panel

MOST_TRIED = 20_000
"""How many classes one check looks at before it says that there is none."""


class Met:
    """One class in one view: the states of its facts, what is missing, and the decision."""

    def __init__(self, view: View, values: Mapping[str, object]) -> None:
        self.view = view
        self.values = dict(values)
        """The fields of the profile that stands for it."""

    @cached_property
    def _known(self) -> tuple[States, tuple[str, ...]]:
        return known_states(self.view, PatientProfile.model_validate(self.values), Panel.CORE)

    @property
    def states(self) -> States:
        """The states of its facts."""
        return self._known[0]

    @property
    def missing(self) -> tuple[str, ...]:
        """The items of the panel without an answer."""
        return self._known[1]

    @cached_property
    def decision(self) -> Decision:
        """What is decided for it."""
        return decide(self.view, self.states)

    @property
    def answered(self) -> bool:
        """Whether its panel is complete, and it is in scope."""
        return not self.missing and not self.decision.certain & self.view.scope


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, or of fields that state one thing together."""

    values: Values
    states: Mapping[str, int]
    """The states of the facts that it states."""
    distance: int
    """How many fields are other than quiet."""


Keep = Callable[[Value], bool]
"""Which values are wanted."""


class Ground:
    """Every value of every field that some condition could tell from another, the quiet one first."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.table = base.table
        release = base.content.release
        views = [base.view(place, release.as_of) for place in release.begins]
        self._quiet = Space(views, ()).quiet
        facts: dict[str, set[str]] = {}
        for fact in (*self.table.facts, *(item.item for item in base.content.panel.items)):
            facts.setdefault(dimension_of(fact), set()).add(fact)
        self._values = {name: self._of(name, read, views) for name, read in sorted(facts.items())}

    def _of(self, name: str, facts: set[str], views: list[View]) -> list[Value]:
        owned = {*OWNED.get(name, (name,)), name}
        fields = {fact for fact in self.table.facts if fact.split(".")[0] in owned}
        found: dict[Hashable, Value] = {}
        possible = [dict(values) for values in candidates(name, facts, views)]
        said = {field for values in possible for field in values}
        quiet = {field: value for field, value in self._quiet.items() if field in said}
        rest = {field: value for field, value in self._quiet.items() if field not in said}
        for values in [quiet, *possible]:
            try:
                profile = PatientProfile.model_validate({**rest, **values})
            except ProfileError:  # beyond what the field can say
                continue
            states = dict(zip(self.table.facts, encode(self.base, profile), strict=True))
            stated = {fact: states[fact] for fact in fields}
            distance = sum(values.get(field) != quiet.get(field) for field in said)
            # A result that is no answer has the states of one that is not stated.
            found.setdefault((*sorted(stated.items()), bool(values)), Value(values, stated, distance))
        return list(found.values())

    def certain(self, value: Value, fact: str, bit: int) -> bool:
        """Whether a value alone makes a fact of a conjunction known and allowed."""
        return bool(self._masks(value, fact)[0] >> bit & 1)

    def possible(self, value: Value, fact: str, bit: int) -> bool:
        """Whether a value leaves a fact of a conjunction possible."""
        return bool(self._masks(value, fact)[1] >> bit & 1)

    def _masks(self, value: Value, fact: str) -> tuple[int, int]:
        return self.table.columns[self.table.position[fact]][value.states[fact]]

    def meeting(
        self,
        view: View,
        *bits_: int,
        but: str | None = None,
        open_: Collection[str] = (),
        vary: Collection[str] = (),
    ) -> Iterator[Met]:
        """Classes in which some conjunctions hold, quiet ones first.

        With ``but`` every fact of the first of them holds except this one. Facts in ``open_`` need only be
        possible. The facts under ``vary`` take every value; all others are quiet.
        """
        wanted: dict[str, list[Keep]] = {dimension_of(fact): [] for fact in vary}
        for bit in bits_:
            for fact in self.table.conjunctions[bit]:
                denied = but if bit == bits_[0] else None
                wanted.setdefault(dimension_of(fact), []).append(self._keep(bit, fact, denied, open_))
        if but is not None:  # what differs varies fastest
            wanted[dimension_of(but)] = wanted.pop(dimension_of(but))
        choices: list[list[Values]] = []
        for name, keep in wanted.items():
            kept = [value for value in self._values[name] if all(one(value) for one in keep)]
            choices.append([value.values for value in sorted(kept, key=lambda one: one.distance)])
        rest = dict(self._quiet)
        for name in wanted:
            for field in {field for value in self._values[name] for field in value.values}:
                rest.pop(field, None)
        for chosen in islice(product(*choices), MOST_TRIED):
            yield self._completed(Met(view, _joined([rest, *chosen])), wanted)

    def _keep(self, bit: int, fact: str, but: str | None, open_: Collection[str]) -> Keep:
        if fact == but:
            return lambda value: not self.certain(value, fact, bit)
        if fact in open_:
            return lambda value: self.possible(value, fact, bit)
        return lambda value: self.certain(value, fact, bit)

    def _completed(self, met: Met, fixed: Container[str]) -> Met:
        """The class with an answer to what only its own values make the panel ask: an extent, say."""
        for item in met.missing:
            name = dimension_of(item)
            for value in self._values[name] if name not in fixed else ():
                other = Met(met.view, {**met.values, **value.values})
                if other.answered:
                    return other
        return met


def _joined(chosen: Iterable[Values]) -> dict[str, object]:
    found: dict[str, object] = {}
    for values in chosen:
        found |= values
    return {field: found[field] for field in FIELDS if field in found}


def facts_of(view: View, mask: int) -> set[str]:
    """The facts that some conjunctions read."""
    return {fact for bit in bits(mask) for fact in view.table.conjunctions[bit]}
