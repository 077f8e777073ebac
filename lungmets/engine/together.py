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
>>> sum(found.count for found in classes) == space.size, len(classes) < space.size
(True, True)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from lungmets.engine.space import Point, Setting, Space

Tag: TypeAlias = Callable[[Setting], Hashable]
"""What else has to be told apart of a setting, beside what conditions make of it."""


class Alike(NamedTuple):
    """A class of points: one of them, their number, and the tags that they share."""

    point: Point
    count: int
    tags: tuple[Hashable, ...]


_Place: TypeAlias = tuple[int, int, int, tuple[Hashable, ...]]
"""A joint, genes and details other than quiet, and tags."""


def together(space: Space, tags: Mapping[str, Tag] | None = None) -> Iterator[Alike]:
    """The classes of a space of one view. ``tags`` name dimensions whose settings are told apart.

    The tags of a class stand in the order of the dimensions of the space.
    """
    joining = space.joining(0)
    places: dict[_Place, tuple[int, tuple[int, ...]]] = {(0, 0, 0, ()): (1, ())}
    for dimension in space.dimensions:
        tag = (tags or {}).get(dimension.name)
        marks = [(tag(setting),) if tag else () for setting in dimension.settings]
        found: dict[_Place, tuple[int, tuple[int, ...]]] = {}
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
        places = found
    classes: dict[Hashable, tuple[Point, int, tuple[Hashable, ...]]] = {}
    for (joint, _, _, told), (count, chosen) in places.items():
        key = joining.side.key(joining.partial(joint))
        first = classes.get((key, told))
        if first is None:
            classes[key, told] = Point(chosen, (key,)), count, told
        else:
            classes[key, told] = first[0], first[1] + count, told
    yield from (Alike(*one) for one in classes.values())
