"""Profiles that are complete and in scope, and that no row answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lungmets.engine.decision import decide
from lungmets.engine.representatives import dimension_of
from lungmets.engine.table import States, bits
from lungmets.engine.together import Alike, Tag, together
from lungmets.engine.view import View
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.schema.declared import FindingKind
from lungmets.knowledge.soundness.found import Found
from lungmets.knowledge.soundness.ground import Met
from lungmets.knowledge.soundness.grounds import Grounds, Spot
from lungmets.knowledge.soundness.models import Visit
from lungmets.knowledge.soundness.spaces import Part, parts_of
from lungmets.vocabulary import Domain

MOST_OTHER = 1
"""How many genes and details are other than quiet at once; ``nox -s proof`` visits more."""

_APART = 1

_NEEDED = {
    "systemic and supportive": ({Domain.SYSTEMIC, Domain.SUPPORTIVE}, None),
    "brain": ({Domain.BRAIN}, "brain_disease"),
}
"""The parts that owe every profile an option; with a fact, every profile for which it is known to hold."""


def yearly(base: KnowledgeBase) -> list[Spot]:
    """Every place on the day of the release, on its first day, and on each first of January between."""
    release = base.content.release
    found: list[Spot] = []
    for place, begins in release.begins.items():
        years = [date(year, 1, 1) for year in range(begins.year, release.as_of.year + 1)]
        days = {release.as_of, begins, *(day for day in years if begins <= day <= release.as_of)}
        found += [(place, day) for day in sorted(days, reverse=True)]
    return found


class Unanswered:
    """Visits the classes of each day, and keeps one class for each part and place that lacks an answer."""

    def __init__(self, grounds: Grounds) -> None:
        self._grounds = grounds
        self.visits: list[Visit] = []

    def findings(self) -> Iterator[Found]:
        """One finding for each part and place: the youngest day, and the class that is quietest."""
        told: set[tuple[str, str]] = set()
        for place, day in yearly(self._grounds.base):
            view = self._grounds.base.view(place, day)
            profiles = classes = 0
            for part in parts_of(view):
                space = part.space.limited(most_other=MOST_OTHER)
                worst: tuple[int, Alike] | None = None
                number = 0
                for alike in together(space, _owed(view, part), apart=min(_APART, len(space.dimensions))):
                    profiles += alike.points
                    classes += 1
                    if part.name not in _NEEDED or not _lacking(view, part, alike):
                        continue
                    number += alike.points
                    distance = space.distance(alike.point)
                    if worst is None or distance < worst[0]:
                        worst = distance, alike
                if worst is not None and (place.value, part.name) not in told:
                    told.add((place.value, part.name))
                    yield self._found(part, (place, day), worst[1], number)
            self.visits.append(Visit(jurisdiction=place, as_of=day, profiles=profiles, classes=classes))

    def _found(self, part: Part, spot: Spot, alike: Alike, number: int) -> Found:
        return Found(
            FindingKind.UNANSWERED,
            part.name,
            what=f"no row answers {number:,} profiles that are complete and in scope",
            do="add a row for them (supportive care is one), or a rule of scope.yaml that says why not",
            spot=spot,
            met=Met(self._grounds.view(spot), part.space.values(alike.point)),
        )


def _owed(view: View, part: Part) -> dict[str, Tag]:
    """Classes in which an option is owed are told apart from others, even where no row tells them apart."""
    fact = _NEEDED.get(part.name, (None, None))[1]
    position = view.table.position.get(fact) if fact is not None else None
    if fact is None or position is None:
        return {}
    return {dimension_of(fact): lambda setting: setting.stands[0].states[position]}


def _lacking(view: View, part: Part, alike: Alike) -> bool:
    domains, fact = _NEEDED[part.name]
    if alike.point.keys[0].open or alike.point.keys[0].left & view.scope:
        return False
    states = part.space.states(alike.point, 0)
    if fact is not None and not _holds(view, states, fact):
        return False
    decision = decide(view, states)
    listed = decision.options | (decision.unresolved & ~decision.withheld)
    return not any(view.options.keys[option].domain in domains for option in bits(listed))


def _holds(view: View, states: States, fact: str) -> bool:
    position = view.table.position.get(fact)
    return position is not None and states[position] == view.table.word_state(fact, ("yes",))
