"""Counting which classes change: every class of a stated space is visited, none is sampled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from lungmets.engine.space import MOST_GENES, Point, Space
from lungmets.knowledge.comparison.models import Concern
from lungmets.knowledge.comparison.reach import Pair, Reach
from lungmets.knowledge.comparison.verdicts import NOT_UNDERSTOOD, Verdict, verdict
from lungmets.vocabulary import Panel

ABSENT = "absent"
NO_ALERT = "no alert"
_FEWEST_DETAILS = 2

Change = frozenset[tuple[str, str, str]]
"""What moves: the thing, where it stood, and where it stands."""


class Cut(NamedTuple):
    """A space that fits the budget, and what was left out for that."""

    space: Space
    said: tuple[str, ...]
    fits: bool


@dataclass(slots=True)
class Alike:
    """Classes that change in the same way: how many, and the one nearest to the quiet profile."""

    classes: int
    nearest: Point
    distance: int


@dataclass(slots=True)
class Found:
    """What visiting a space has shown."""

    changed: int = 0
    moves: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    alike: dict[Change, Alike] = field(default_factory=dict)


def space_of(rules: Pair, reach: Reach, panel: Panel, budget: int, *, whole: bool) -> Cut:
    """The space of a part of the answer, cut by stated rules until it fits the budget.

    With ``whole`` false only the facts are varied that decide whether the answer changes.
    """
    said: list[str] = []
    views = tuple(side.view for side in rules)
    details = max(
        [_FEWEST_DETAILS]
        + [
            len({fact.split(".")[0] for fact in side.view.table.conjunctions[bit]})
            for side, matters in zip(rules, reach.matters, strict=True)
            for bit in _bits(matters.certain & ~side.view.scope)
        ]
    )

    def made(facts: Iterable[str]) -> Space:
        return Space(views, facts, panel=panel, matters=reach.matters, unclear=reach.unclear)

    for facts in (reach.shaping, reach.near) if whole and reach.shaping else ():
        space = made(reach.deciding | facts)
        if space.size <= budget:
            return Cut(space, tuple(said), fits=True)
        limited = space.limited(most_details=details)
        if limited.size <= budget:
            return Cut(limited, (*said, _at_most(details)), fits=True)
        kept = reach.deciding if facts is reach.near else reach.deciding | reach.near
        said = [f"facts that decide only how an answer changes are quiet: {_left(reach, kept)}"]
    space = made(reach.deciding)
    if space.size <= budget:
        return Cut(space, tuple(said), fits=True)
    said.append(_at_most(details))
    for genes in range(MOST_GENES, 0, -1):
        space = space.limited(most_genes=genes, most_details=details)
        if space.size <= budget:
            return Cut(space, (*said, *_fewer(genes)), fits=True)
    said += [*_fewer(1), "only facts that the changed records themselves read are varied"]
    space = made(reach.own).limited(most_genes=1, most_details=details)
    return Cut(space, tuple(said), fits=space.size <= budget)


def _left(reach: Reach, kept: Iterable[str]) -> str:
    fields = {fact.split(".")[0] for fact in reach.shaping} - {fact.split(".")[0] for fact in kept}
    return ", ".join(sorted(fields))


def _fewer(genes: int) -> tuple[str, ...]:
    return (f"genes other than quiet at once: at most {genes}",) if genes < MOST_GENES else ()


def _at_most(details: int) -> str:
    return f"detail fields stated at once: at most {details}"


def _bits(mask: int) -> Iterable[int]:
    from lungmets.engine.table import bits

    return bits(mask)


def visit(space: Space, reach: Reach) -> Found:
    """Compares the two answers of every class of a space."""
    judges = [_Judge(space, side, reach) for side in (0, 1)]
    known: dict[tuple[Hashable, Hashable], Change] = {}
    found = Found()
    for point in space.points():
        if not _suspect(point, reach):
            continue
        pair = (judges[0].verdict(point), judges[1].verdict(point))
        change = known.get(pair)
        if change is None:
            change = known[pair] = difference(reach.concern, *pair)
        if not change:
            continue
        found.changed += 1
        alike = found.alike.get(change)
        distance = space.distance(point)
        if alike is None:
            found.alike[change] = Alike(1, point, distance)
        else:
            alike.classes += 1
            if distance < alike.distance:
                alike.nearest, alike.distance = point, distance
    for change, alike in found.alike.items():
        for move in change:
            found.moves[move] += alike.classes
    return found


def _suspect(point: Point, reach: Reach) -> bool:
    """Whether anything holds that only one of the releases has."""
    if reach.suspects is None:
        return True
    return bool(point.keys[0].left & reach.suspects[0] or point.keys[1].left & reach.suspects[1])


class _Judge:
    """The verdicts of one release, each made once; only what the change can reach is kept of them."""

    def __init__(self, space: Space, side: int, reach: Reach) -> None:
        self._space = space
        self._side = side
        self._touched = reach.touched
        self._seen: dict[Hashable, Verdict] = {}
        self._alerts = reach.concern is Concern.ALERTS
        # Lists are compared only where both releases list something.
        self._lists_only = reach.concern not in {Concern.ALERTS, Concern.REFUSALS}
        self._scope = space.views[side].scope

    def verdict(self, point: Point) -> Verdict:
        key = point.keys[self._side]
        if self._lists_only and (key.open or key.left & self._scope):
            return _REFUSED
        unclear = self._space.not_understood(point, self._side) if self._alerts else 0
        found = self._seen.get((key, unclear))
        if found is None:
            found = self._seen[key, unclear] = self._judged(point, unclear)
        return found

    def _judged(self, point: Point, unclear: int) -> Verdict:
        space, side = self._space, self._side
        whole = verdict(space.views[side], space.states(point, side), space.missing(point, side), unclear)
        wanted = self._touched | {NOT_UNDERSTOOD}
        return whole._replace(
            options=frozenset(one for one in whole.options if one[0] in wanted),
            conflicts=whole.conflicts & self._touched,
            alerts=frozenset(one for one in whole.alerts if one[0] in wanted),
        )


_REFUSED = Verdict("refused", (), frozenset(), frozenset(), frozenset())
"""Any refusal, where it does not matter which."""


def difference(concern: Concern, old: Verdict, new: Verdict) -> Change:
    """What moves in one part of the answer.

    Where one of the two is refused, the lists are not compared: that is a change of the refusals.
    """
    if concern is Concern.REFUSALS:
        one, other = _told(old), _told(new)
        return frozenset() if one == other else frozenset({("answer", one, other)})
    if concern is Concern.ALERTS:
        return _moved(dict(old.alerts), dict(new.alerts), NO_ALERT)
    if old.refused or new.refused:
        return frozenset()
    if concern is Concern.CONFLICTS:
        return _moved(dict.fromkeys(old.conflicts, "told"), dict.fromkeys(new.conflicts, "told"), ABSENT)
    return _moved(_inside(concern, old), _inside(concern, new), ABSENT)


def _told(one: Verdict) -> str:
    return (
        f"refused: {one.refused}{''.join(f', {item}' for item in one.missing)}"
        if one.refused
        else "documented"
    )


def _inside(concern: Concern, one: Verdict) -> dict[str, str]:
    return {name: place for name, place in one.options if name.startswith(f"{concern.value}.")}


def _moved(old: dict[str, str], new: dict[str, str], absent: str) -> Change:
    return frozenset(
        (name, old.get(name, absent), new.get(name, absent))
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    )
