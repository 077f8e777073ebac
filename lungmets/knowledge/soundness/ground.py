"""The classes of all fields, of which each check takes the few that it needs.

A ground knows the classes of every field that any condition reads. A check fixes some facts (so that a
row holds, or all but one of its facts do), lets a few others vary, and leaves the rest quiet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice, product

from lungmets.engine.decision import Decision, decide
from lungmets.engine.representatives import Values, dimension_of
from lungmets.engine.sides import Matters
from lungmets.engine.space import Setting, Space
from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.gate import known_states
from lungmets.knowledge.base import KnowledgeBase
from lungmets.profile import FIELDS, PatientProfile
from lungmets.vocabulary import Panel

Keep = Callable[[Setting], bool]
"""Which settings of a dimension are wanted."""

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


class Ground:
    """The classes of one knowledge base: what no condition tells apart, in any place."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.table = base.table
        release = base.content.release
        views = [base.view(place, release.as_of) for place in release.begins]
        facts = {*self.table.facts, *(item.item for item in base.content.panel.items)}
        self.space = Space(views, facts, matters=[Matters.of_all(view) for view in views])
        self._names = [dimension.name for dimension in self.space.dimensions]

    def certain(self, setting: Setting, fact: str, bit: int) -> bool:
        """Whether a setting alone makes a fact of a conjunction known and allowed."""
        return bool(self._masks(setting, fact)[0] >> bit & 1)

    def possible(self, setting: Setting, fact: str, bit: int) -> bool:
        """Whether a setting leaves a fact of a conjunction possible."""
        return bool(self._masks(setting, fact)[1] >> bit & 1)

    def _masks(self, setting: Setting, fact: str) -> tuple[int, int]:
        index = self.table.position[fact]
        return self.table.columns[index][setting.stands[0].states[index]]

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
        yield from self._tried(view, wanted)

    def _keep(self, bit: int, fact: str, but: str | None, open_: Collection[str]) -> Keep:
        if fact == but:
            return lambda setting: not self.certain(setting, fact, bit)
        if fact in open_:
            return lambda setting: self.possible(setting, fact, bit)
        return lambda setting: self.certain(setting, fact, bit)

    def _tried(self, view: View, wanted: Mapping[str, list[Keep]]) -> Iterator[Met]:
        choices: list[list[Values]] = []
        for dimension in self.space.dimensions:
            if dimension.name not in wanted:
                choices.append([dimension.settings[0].values])
                continue
            keep = wanted[dimension.name]
            kept = [setting for setting in dimension.settings if all(one(setting) for one in keep)]
            choices.append([setting.values for setting in sorted(kept, key=lambda one: one.distance)])
        for chosen in islice(product(*choices), MOST_TRIED):
            yield self._completed(Met(view, _joined(chosen)), wanted)

    def _completed(self, met: Met, fixed: Container[str]) -> Met:
        """The class with an answer to what its own values make the panel ask (the extent of small-cell disease)."""
        for item in met.missing:
            name = dimension_of(item)
            if name in fixed or name not in self._names:
                continue
            for setting in self.space.dimensions[self._names.index(name)].settings:
                other = Met(met.view, met.values | setting.values)
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
