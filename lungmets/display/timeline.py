"""The history of a driver as one picture: bars for options, from when until when, place by place.

The picture is one SVG without scripts and without anything from elsewhere. It follows a light or a dark
screen, prints black on white, and says everything in text as well as in colour.

>>> picture = timeline("ret")
>>> picture.svg.startswith("<svg "), picture.title
(True, 'RET: what was documented, where and when')
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from lungmets.display.canvas import LEFT, Canvas, Days, wrapped
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.knowledge.history import History, Lane, Stretch, Subject, history
from lungmets.vocabulary import Jurisdiction

_LINE = 15
"""The height of one place of a lane, and of one line of its name."""

_ROOM = 0.17
"""The share of the years that a date takes."""

_TITLES = {
    Subject.NO_DRIVER: "Without a driver",
    Subject.SMALL_CELL: "Small-cell disease",
    Subject.BRAIN: "Brain",
    Subject.BONE: "Bone",
    Subject.OTHER_SITE: "Other sites",
    Subject.SUPPORTIVE: "Supportive care",
}

Linked = Callable[[str], str]
"""From the id of a row to the address at which it can be read."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture, ready to be written to a file; a notebook shows it as it is."""

    title: str
    svg: str

    def _repr_svg_(self) -> str:
        return self.svg


def timeline(
    subject: Subject | str, *, knowledge: KnowledgeBase | None = None, link: Linked | None = None
) -> Timeline:
    """Draws the history of a driver, of disease without one, of small-cell disease, or of a site.

    Args:
        subject: a gene (``egfr``), ``no_driver``, ``small_cell``, ``brain``, ``bone``, ``other_site`` or
            ``supportive``.
        knowledge: another knowledge base; ``None`` is the one that comes with the library.
        link: makes the name of each row a link to what it returns for the row's id.

    Raises:
        ValueError: there is no such subject.

    >>> timeline("alk").svg == timeline("alk").svg
    True
    """
    base = knowledge or shipped()
    found = history(subject, base)
    title = f"{title_of(found.subject)}: what was documented, where and when"
    earliest = min(base.content.release.begins.values())
    canvas = Canvas(found.subject.value, _first_year(found, earliest), found.ends)
    canvas.begin_axis()
    if found.asked:
        _asked(canvas, found)
    for lane in found.lanes:
        _lane(canvas, lane, link)
    canvas.end_axis()
    canvas.legend()
    return Timeline(title, canvas.drawn(title, _described(found)))


def _first_year(found: History, earliest: date) -> date:
    """Early enough that there is room for the first date before the first bar; never before the knowledge."""
    year = max(found.begins, earliest).year
    while year > earliest.year and (found.begins.year - year) < _ROOM * (found.ends.year + 1 - year):
        year -= 1
    return date(year, 1, 1)


def title_of(subject: Subject) -> str:
    """The name of a subject, as a heading has it.

    >>> title_of(Subject.EGFR), title_of(Subject.NO_DRIVER)
    ('EGFR', 'Without a driver')
    """
    return _TITLES.get(subject, subject.value.upper())


def _described(found: History) -> str:
    """What the picture shows, for those who do not see it."""
    began = [f"{lane.option}: {'; '.join(map(_period, lane.documented))}" for lane in found.lanes]
    return f"{len(found.lanes)} rows, as of {found.ends}. " + ". ".join(began) + "."


def _period(stretch: Stretch) -> str:
    until = f" until {stretch.ends}" if stretch.ends is not None else ""
    said = stretch.said if stretch.seen else f"the release ({stretch.begins}), its first day not seen"
    return f"{stretch.place.value.upper()} from {said}{until}"


def _asked(canvas: Canvas, found: History) -> None:
    """Since when the panel asks for the gene."""
    top = canvas.below
    places = _places(found.asked)
    canvas.text(4, top + 11, "The panel asks for it", "name")
    for number, place in enumerate(places):
        y = top + number * _LINE
        canvas.text(LEFT - 6, y + 11, place.value.upper(), "place end")
        for stretch in found.asked:
            if stretch.place is place:
                canvas.bar(_days(stretch), y, "asked", _period(stretch), said=stretch.said)
    canvas.skip(len(places) * _LINE + 6)


def _lane(canvas: Canvas, lane: Lane, link: Linked | None) -> None:
    top = canvas.below
    names = wrapped(lane.option)
    places = _places(lane.documented)
    for number, line in enumerate(names):
        canvas.text(4, top + 11 + number * _LINE, line, "name")
    under = f"{lane.row} (later line only)" if lane.later else lane.row
    lines = wrapped(under, small=True)
    for number, line in enumerate(lines):
        y = top + 11 + len(names) * _LINE + number * 12
        canvas.text(4, y, line, "row", address=link(lane.row) if link is not None else None)
    for number, place in enumerate(places):
        y = top + number * _LINE
        canvas.text(LEFT - 6, y + 11, place.value.upper(), "place end")
        _of_place(canvas, lane, place, y)
    canvas.skip(max(len(names) * _LINE + len(lines) * 12, len(places) * _LINE) + 8)
    canvas.rule()


def _of_place(canvas: Canvas, lane: Lane, place: Jurisdiction, y: int) -> None:
    free = float(LEFT)
    for stretch in _here(lane.documented, place):
        kind = "later" if lane.later else str(stretch.basis or "label")
        told = f"{lane.option}, {kind}: {_period(stretch)}"
        said = stretch.said if stretch.seen else "day not seen"
        free = canvas.bar(_days(stretch), y, kind, told, said=said, room_from=free)
    for stretch in _here(lane.superseded, place):
        told = f"{lane.option}, superseded where the newer option is listed: {_period(stretch)}"
        canvas.bar(_days(stretch), y, "superseded", told)
    for stretch in _here(lane.preferred, place):
        told = f"{lane.option}, preferred by a cited guideline: {_period(stretch)}"
        canvas.preferred(_days(stretch), y, told)


def _days(stretch: Stretch) -> Days:
    return stretch.begins, stretch.ends


def _here(stretches: tuple[Stretch, ...], place: Jurisdiction) -> Iterator[Stretch]:
    yield from (stretch for stretch in stretches if stretch.place is place)


def _places(stretches: tuple[Stretch, ...]) -> list[Jurisdiction]:
    return [place for place in Jurisdiction if any(stretch.place is place for stretch in stretches)]
