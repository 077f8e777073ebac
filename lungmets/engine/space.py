"""The distinct profiles: the classes of some fields, and all combinations of them.

Values that no condition tells apart are one class, and the quietest of them stands for it. A space is
made for one view of the knowledge, or for several at once: then a class is what none of them tells
apart. Only the fields that are asked for are varied; the others keep their *quiet* value: the first
word, zero, negative, or not stated.

At most a few genes are other than quiet at once, and (where it is said) at most a few detail fields
are stated at once; the size of the product is counted before it is visited. Bounds (``TPS >=1``) and a
positive gene without its class are not classes of a space: the first is several classes at once, the
second is never listed.

>>> from lungmets.knowledge.base import shipped
>>> from lungmets.vocabulary import Jurisdiction
>>> base = shipped()
>>> view = base.view(Jurisdiction.US, base.content.release.as_of)
>>> space = Space([view], ["pd_l1_tps", "ecog_ps"])
>>> [(each.name, len(each.settings)) for each in space.dimensions], space.size
([('pd_l1_tps', 4), ('ecog_ps', 5)], 20)
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from lungmets.engine.joining import Joining
from lungmets.engine.representatives import (
    OWNED,
    Values,
    candidates,
    dimension_of,
    plain,
)
from lungmets.engine.sides import Matters, Side, SideKey, Stand
from lungmets.engine.table import States
from lungmets.engine.view import View
from lungmets.errors import ProfileError
from lungmets.knowledge.facts import CHOICES, GENES
from lungmets.profile import FIELDS, PatientProfile
from lungmets.vocabulary import Panel, ResultStatus

MOST_GENES = 3
"""How many genes are other than quiet at once: no condition reads more, except by "all negative"."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One class of a dimension: the quietest value, what else is of the class, and what it does."""

    values: Values
    members: tuple[str, ...]
    stands: tuple[Stand, ...]
    """What it does on each side."""
    genes: int
    details: int
    distance: int
    """How many fields are other than quiet: genes, detail fields, and all."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A field (or fields that state one thing together) with its classes, the quiet one first."""

    name: str
    fields: tuple[str, ...]
    owned: frozenset[str]
    """The fields and facts that are the dimension's own."""
    settings: tuple[Setting, ...]


class Point(NamedTuple):
    """One class of profiles: a setting of each dimension, by number.

    ``keys`` hold, for each view, all that its decision may depend on: points with the same key have
    the same decision.
    """

    chosen: tuple[int, ...]
    keys: tuple[SideKey, ...]


class Space:
    """Every combination of the classes of some facts."""

    def __init__(
        self,
        views: Sequence[View],
        facts: Iterable[str],
        *,
        panel: Panel = Panel.CORE,
        matters: Sequence[Matters] | None = None,
        unclear: Collection[str] = (),
        most_genes: int = MOST_GENES,
        most_details: int | None = None,
        most_other: int | None = None,
    ) -> None:
        """Finds the classes.

        ``facts`` (or plain fields) are varied; ``matters`` says for each view which conjunctions have
        to be told apart (default: all); genes named under ``unclear`` are also given the results that
        the panel does not take for an answer. ``most_other`` bounds genes and details together.
        """
        varied: dict[str, set[str]] = {}
        for fact in facts:
            varied.setdefault(dimension_of(fact), set()).add(fact)
        self.views = tuple(views)
        self.panel = panel
        self.most_genes = most_genes
        self.most_details = most_details
        self.most_other = most_other
        marks = matters or [Matters.of_all(view) for view in views]
        self._sides = tuple(Side(view, panel, mark) for view, mark in zip(self.views, marks, strict=True))
        self.quiet = self._completed({})
        self._names = sorted(varied, key=_in_order)
        self.dimensions = tuple(self._dimension(name, varied[name], unclear) for name in self._names)
        owned = {fact for dimension in self.dimensions for fact in dimension.owned}
        at_rest = PatientProfile(**self.quiet)
        self._rest = tuple(side.stand(at_rest, owned, inside=False) for side in self._sides)

    def limited(
        self,
        *,
        most_genes: int | None = None,
        most_details: int | None = None,
        most_other: int | None = None,
    ) -> Space:
        """The same classes, with other limits of what is other than quiet at once."""
        other = object.__new__(Space)
        other.__dict__.update(self.__dict__)
        other.most_genes = self.most_genes if most_genes is None else most_genes
        other.most_details = self.most_details if most_details is None else most_details
        other.most_other = self.most_other if most_other is None else most_other
        return other

    @property
    def size(self) -> int:
        """How many points there are; they are counted, not visited."""
        counts = {(0, 0): 1}
        for dimension in self.dimensions:
            found: dict[tuple[int, int], int] = {}
            for (genes, details), number in counts.items():
                for setting in dimension.settings:
                    place = genes + setting.genes, details + setting.details
                    if self.within(*place):
                        found[place] = found.get(place, 0) + number
            counts = found
        return sum(counts.values())

    def points(self) -> Iterator[Point]:
        """Every point, once, in a fixed order."""
        last = len(self.dimensions)
        first = tuple(side.begin(rest) for side, rest in zip(self._sides, self._rest, strict=True))
        waiting: list[tuple[int, int, tuple[int, ...], tuple[Any, ...]]] = [(0, 0, (), first)]
        while waiting:
            genes, details, chosen, partial = waiting.pop()
            depth = len(chosen)
            if depth == last:
                yield Point(
                    chosen, tuple(side.key(part) for side, part in zip(self._sides, partial, strict=True))
                )
                continue
            settings = self.dimensions[depth].settings
            for number in range(len(settings) - 1, -1, -1):
                setting = settings[number]
                place = genes + setting.genes, details + setting.details
                if self.within(*place):
                    joined = tuple(
                        side.join(part, stand)
                        for side, part, stand in zip(self._sides, partial, setting.stands, strict=True)
                    )
                    waiting.append((*place, (*chosen, number), joined))

    def settings(self, point: Point) -> tuple[Setting, ...]:
        """The settings of a point."""
        return tuple(
            dimension.settings[number]
            for dimension, number in zip(self.dimensions, point.chosen, strict=True)
        )

    def values(self, point: Point) -> dict[str, Any]:
        """The fields of the profile that stands for a point, quiet ones included."""
        found = {name: value for name, value in self.quiet.items() if name not in self._varied()}
        for setting in self.settings(point):
            found |= setting.values
        return {name: found[name] for name in FIELDS if name in found}

    def distance(self, point: Point) -> int:
        """How many fields of a point are other than quiet."""
        return sum(setting.distance for setting in self.settings(point))

    def states(self, point: Point, side: int) -> States:
        """The states of the facts in one of the views, as the gate leaves them."""
        stands = [setting.stands[side] for setting in self.settings(point)]
        return self._sides[side].states(self._rest[side], stands, point.keys[side])

    def missing(self, point: Point, side: int) -> tuple[str, ...]:
        """The items of the panel that are asked in one of the views and not answered."""
        return self._sides[side].missing(point.keys[side])

    def not_understood(self, point: Point, side: int) -> int:
        """How many symptoms are not understood in one of the views."""
        return sum(setting.stands[side].not_understood for setting in self.settings(point))

    # ---- making the classes -----------------------------------------------------------------

    def within(self, genes: int, details: int) -> bool:
        """Whether so many genes and details may be other than quiet at once."""
        return (
            genes <= self.most_genes
            and (self.most_details is None or details <= self.most_details)
            and (self.most_other is None or genes + details <= self.most_other)
        )

    def joining(self, side: int) -> Joining:
        """Joins settings in one of the views, beginning with what the quiet fields leave."""
        return Joining(self._sides[side], self._rest[side])

    def _varied(self) -> set[str]:
        return {field for dimension in self.dimensions for field in dimension.fields}

    def _dimension(self, name: str, facts: set[str], unclear: Collection[str]) -> Dimension:
        possible = list(candidates(name, facts, self.views, unclear))
        fields = {field for values in possible for field in values}
        quiet = {field: value for field, value in self.quiet.items() if field in fields}
        ordered = [quiet, *(values for values in possible if values != quiet)]
        if name == "histology":
            ordered = [self._with_what_is_asked(values) for values in ordered]
        fields |= {field for values in ordered for field in values}
        owned = {*OWNED.get(name, (name,)), *fields}
        found: dict[Hashable, Setting] = {}
        for values in ordered:
            setting = self._setting(name, values, quiet, owned)
            if setting is None:
                continue
            same = found.get(setting.stands)
            label = plain(dict(values)) if len(values) > 1 else plain(*values.values() or ["not stated"])
            if same is None:
                found[setting.stands] = replace(setting, members=(label,))
            elif label not in same.members:
                found[setting.stands] = replace(same, members=(*same.members, label))
        return Dimension(
            name, tuple(field for field in FIELDS if field in fields), frozenset(owned), tuple(found.values())
        )

    def _with_what_is_asked(self, values: Values) -> Values:
        """A histology, with the quietest answer to what the panel asks only because of it."""
        if not values:
            return values
        whole = self._completed({**self.quiet, **values})
        return {
            field: value
            for field, value in whole.items()
            if field in values or (field not in self.quiet and field not in self._names)
        }

    def _setting(self, name: str, values: Values, quiet: Values, owned: set[str]) -> Setting | None:
        rest = {field: value for field, value in self.quiet.items() if field not in quiet}
        try:
            profile = PatientProfile(**{**rest, **values})
        except ProfileError:  # beyond what the field can say
            return None
        other = {field for field in {*values, *quiet} if values.get(field) != quiet.get(field)}
        return Setting(
            values=values,
            members=(),
            stands=tuple(side.stand(profile, owned, inside=True) for side in self._sides),
            genes=int(name in GENES and bool(other)),
            details=len({_STATED_WITH.get(field, field) for field in other} - _PANEL_FIELDS),
            distance=len(other),
        )

    def _completed(self, values: Values) -> dict[str, Any]:
        """The values, with the quietest answer to everything that the panel asks in some view."""
        found = dict(values)
        if "histology" not in found:
            found["histology"] = CHOICES["histology"][0]
        for _ in FIELDS:
            profile = PatientProfile(**found)
            asked = [item for side in self._sides for item in side.open_items(profile)]
            if not asked:
                break
            found |= self._answer(asked[0], found)
        return {name: found[name] for name in FIELDS if name in found}

    def _answer(self, item: str, values: Values) -> Values:
        """The quietest answer to an item that keeps the profile in scope."""
        if item in GENES:
            return {item: ResultStatus.NEGATIVE.value}
        words = CHOICES.get(item)
        answers: list[Any] = (
            [0] if words is None else [int(word) if word.isdigit() else word for word in words]
        )
        for answer in answers:
            profile = PatientProfile(**{**values, item: answer})
            if not any(side.outside_scope(profile) for side in self._sides):
                return {item: answer}
        return {item: answers[0]}


_PANEL_FIELDS = {"histology", "ecog_ps", "pd_l1_tps", "brain_lesions", "stage", *GENES}
"""Fields that are no details."""

_STATED_WITH = {"albumin_g_l": "calcium"}
"""Fields that say nothing by themselves: a calcium with its albumin is one measure, so one detail."""


def _in_order(name: str) -> tuple[int, str]:
    field = "brain_lesions" if name == "body" else name
    return (FIELDS.index(field) if field in FIELDS else len(FIELDS)), name
