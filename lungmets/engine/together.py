"""Every point of a space, those together that no condition tells apart.

Points that leave the same conjunctions are carried on as one class with their number, so a product of
many millions is visited whole: each of its points is counted in the one class that it belongs to, and
the answer of the class is the answer of each of them.

>>> from lungmets.engine.space import Space
>>> from lungmets.knowledge.base import shipped
>>> from lungmets.vocabulary import Jurisdiction
>>> base = shipped()
>>> view = base.view(Jurisdiction.US, base.content.release.as_of)
>>> space = Space([view], ["egfr", "pd_l1_tps", "ecog_ps", "histology"])
>>> classes = list(together(space))
>>> sum(found.points for found in classes) == space.size, len(classes) < space.size
(True, True)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from lungmets.engine.joining import Joining
from lungmets.engine.space import Dimension, Point, Setting, Space

Tag: TypeAlias = Callable[[Setting], Hashable]
"""What else has to be told apart of a setting, beside what conditions make of it."""


class Alike(NamedTuple):
    """A class of points: one of them, their number, and the tags that they share."""

    point: Point
    points: int
    tags: tuple[Hashable, ...]


_Place: TypeAlias = tuple[int, int, int, tuple[Hashable, ...]]
"""A joint, genes and details other than quiet, and tags."""

_Places: TypeAlias = dict[_Place, tuple[int, tuple[int, ...]]]
"""How many points came there, and the settings of one of them."""


def together(space: Space, tags: Mapping[str, Tag] | None = None, *, apart: int = 0) -> Iterator[Alike]:
    """The classes of a space of one view. ``tags`` name dimensions whose settings are told apart.

    The tags of a class stand in the order of the dimensions of the space. The settings of the first
    ``apart`` dimensions are visited one after the other, which takes less memory; a class may then come
    up several times, each time with a part of its points.
    """
    said = tags or {}
    begin: _Places = {(0, 0, 0, ()): (1, ())}
    joining = space.joining(0)
    for dimension in space.dimensions[:apart]:
        begin = _joined(space, joining, begin, dimension, said.get(dimension.name))
    slices = [{place: found} for place, found in begin.items()] if apart else [begin]
    for places in slices:
        current = places
        if apart:  # the joints of a slice are forgotten with it
            current, joining = _again(space, next(iter(places.values())), next(iter(places)))
        for dimension in space.dimensions[apart:]:
            current = _joined(space, joining, current, dimension, said.get(dimension.name))
        yield from _classes(joining, current)


def _joined(
    space: Space, joining: Joining, places: _Places, dimension: Dimension, tag: Tag | None
) -> _Places:
    marks = [(tag(setting),) if tag else () for setting in dimension.settings]
    found: _Places = {}
    for (joint, genes, details, told), (count, chosen) in places.items():
        for number, setting in enumerate(dimension.settings):
            most = genes + setting.genes, details + setting.details
            if not space.within(*most):
                continue
            place = (joining.join(joint, setting.stands[0]), *most, told + marks[number])
            before = found.get(place)
            if before is None:
                found[place] = count, (*chosen, number)
            else:
                found[place] = before[0] + count, before[1]
    return found


def _again(space: Space, found: tuple[int, tuple[int, ...]], place: _Place) -> tuple[_Places, Joining]:
    """One place, with joints of its own."""
    joining, joint = space.joining(0), 0
    for dimension, number in zip(space.dimensions, found[1], strict=False):
        joint = joining.join(joint, dimension.settings[number].stands[0])
    return {(joint, *place[1:]): found}, joining


def _classes(joining: Joining, places: _Places) -> Iterator[Alike]:
    classes: dict[Hashable, Alike] = {}
    for (joint, _, _, told), (count, chosen) in places.items():
        key = joining.side.key(joining.partial(joint))
        first = classes.get((key, told))
        if first is None:
            classes[key, told] = Alike(Point(chosen, (key,)), count, told)
        else:
            classes[key, told] = first._replace(points=first.points + count)
    yield from classes.values()
