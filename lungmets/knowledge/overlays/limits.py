"""What an overlay may not do: it adds, withholds and tightens, and does nothing else.

What a cited record of the knowledge says stays as it is, or is taken off the list where everybody can
see it. So an overlay defines nothing anew, prefers nothing, replaces no cited option, does not bring
forward what the knowledge documents for later lines only, and never asks less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from lungmets.engine.options import Options
from lungmets.engine.table import bits
from lungmets.errors import Problem
from lungmets.knowledge.conditions import ConditionError, Conjunction, Grammar, compatible
from lungmets.knowledge.content import Content
from lungmets.knowledge.explaining import ITEMS
from lungmets.knowledge.loading import Loaded
from lungmets.knowledge.overlays.overlay import Overlay
from lungmets.knowledge.schema import LocalPanelItem, PanelItem, Period, Row


def alike(base: Content, overlays: Sequence[tuple[Overlay, Mapping[str, str]]]) -> list[Problem]:
    """Overlays that an answer could not tell apart, or that both define the same thing."""
    found = []
    asked = {item.item for item in base.panel.items}
    for (one, places), (other, others) in combinations(overlays, 2):
        for name in ("id", "name"):
            value = getattr(one.header, name)
            if value == getattr(other.header, name):
                why = f"the overlay at {places[f'overlay.yaml#{name}']} has it too"
                what = f"the {name} {value!r} is that of another overlay"
                place = others[f"overlay.yaml#{name}"]
                found.append(Problem(place, what, f"a {name} of its own", why))
        for place in set(one.header.begins) & set(other.header.begins):
            key = f"overlay.yaml#begins.{place}"
            found.append(_twice(others[key], f"the place {place}", places[key]))
        for fact, word in sorted(_groups(one) & _groups(other)):
            key = f"conditions.yaml#groups.{fact}.{word}"
            found.append(_twice(others[key], f"the group {word!r}", places[key]))
        for item in {item.item for item in one.panel.items} & {
            item.item for item in other.panel.items
        } - asked:
            key = f"panel:{item}"
            found.append(_twice(others[key], f"the item {item!r}, which nothing asked,", places[key]))
    return found


def problems(base: Loaded, merged: Content, overlay: Overlay, places: Mapping[str, str]) -> list[Problem]:
    """What one overlay does that none may do."""
    limits = _Limits(base, merged, overlay, places)
    return [
        *limits.redefined(),
        *limits.rows(),
        *limits.supersessions(),
        *(problem for item in overlay.panel.items for problem in limits.panel(item)),
    ]


class _Limits:
    def __init__(self, base: Loaded, merged: Content, overlay: Overlay, places: Mapping[str, str]) -> None:
        self.base = base
        self.merged = merged
        self.overlay = overlay
        self.places = places
        self.own = {row.id for _, row in overlay.rows()}
        self.grammar = merged.grammar()

    def place(self, key: str) -> str:
        return f"{self.places[key]} ({key.rpartition(':')[2]})"

    def redefined(self) -> Iterator[Problem]:
        """Groups of words and places have no ids, so they are looked at by themselves."""
        for fact, word in sorted(_groups(self.overlay)):
            key = f"conditions.yaml#groups.{fact}.{word}"
            if word in self.base.content.conditions.groups.get(fact, {}):
                yield _twice(self.places[key], f"the group {word!r}", self.base.places[key])
        for place in self.overlay.header.begins:
            if place in self.base.content.release.begins:
                key = self.places[f"overlay.yaml#begins.{place}"]
                yield _twice(key, f"the place {place}", self.base.places[f"release.yaml#begins.{place}"])

    def rows(self) -> Iterator[Problem]:
        """A local row stands beside the others: it neither ranks nor contradicts them."""
        for table, row in self.overlay.rows():
            if not row.note:
                what, expected = "a local row without a note", "a sentence that says why it is here"
                yield Problem(self.place(row.id), what, expected, "the note is what an answer marks as local")
            if row.preferred:
                yield Problem(
                    self.place(row.id),
                    "a local row cannot prefer",
                    "no `preferred`",
                    "it would change the standing of an option that others document",
                    "say it as a caution, or as a question",
                )
            for other_table, other in self.merged.rows():
                if (other_table.domain, other.option) == (
                    table.domain,
                    row.option,
                ) and other.id not in self.own:
                    yield from self._contradicts(row, other)

    def _contradicts(self, row: Row, other: Row) -> Iterator[Problem]:
        """What is documented for later lines, or left open, is not settled by a local row."""
        if _settled(row) <= _settled(other) or not any(
            one.overlaps(two) for one, two in product(row.documented, other.documented)
        ):
            return
        pairs = product(_read(self.grammar, row), _read(self.grammar, other))
        if any(compatible(one, two) for one, two in pairs):
            said = "for later lines only" if other.line == "later" else "as unresolved"
            yield Problem(
                self.place(row.id),
                f"{other.id} documents {row.option} {said}, for some of the same profiles",
                "a row that says no more than a cited one",
                f"it stands at {self.base.places.get(other.id, 'another overlay')}",
                "narrow the `when`, or say it as a question",
            )

    def supersessions(self) -> Iterator[Problem]:
        """What a cited row documents leaves the list by a guardrail only, where the reason is shown."""
        if any(row.option not in self._regimens for _, row in self.merged.rows()):
            return  # told elsewhere, and no option can be numbered
        options = Options(self.merged)
        others = {
            (table.domain, row.option): row.id for table, row in self.merged.rows() if row.id not in self.own
        }
        for record in self.overlay.supersessions:
            keys = [options.keys[index] for index in bits(options.mask(record.replaces))]
            cited = [key.id for key in keys if (key.domain, key.regimen_id) in others]
            if cited:
                yield Problem(
                    self.place(record.id),
                    f"it replaces what is documented without this overlay: {', '.join(cited)}",
                    "options that only this overlay documents",
                    "a cited option is never replaced by a local one",
                    "withhold it by a guardrail: it stays in sight, with your reason",
                )

    @property
    def _regimens(self) -> set[str]:
        return {regimen.id for regimen in self.merged.regimens.regimens}

    def panel(self, local: LocalPanelItem) -> Iterator[Problem]:
        """Asking more is all that an overlay can do to the panel."""
        key = f"panel:{local.item}"
        there = next((item for item in self.base.content.panel.items if item.item == local.item), None)
        if there is None:
            for name, value in (("panels", local.panels or None), ("when", local.when), ("test", local.test)):
                if value is None and local.item in ITEMS:  # what nobody can ask is told elsewhere
                    why = "nothing asks this item so far"
                    what, expected = f"{name!r} is missing", "this field for an item of the overlay's own"
                    yield Problem(self.place(key), what, expected, why)
            return
        where = f"the knowledge asks it at {self.base.places[key]}"
        for name, given in (
            ("when", local.when),
            ("test", local.test),
            ("no_answer", local.no_answer or None),
        ):
            if given is not None:
                what, expected = f"{name!r} would change an item that is already asked", "panels or asked"
                yield Problem(self.place(key), what, expected, where, f"leave {name!r} out")
        lost = [panel.value for panel in there.panels if panel not in local.panels]
        if local.panels and lost:
            what = f"the panel would be loosened: {local.item} is no longer asked in {', '.join(lost)}"
            do = f"name {', '.join(lost)} as well"
            yield Problem(self.place(key), what, "every panel in which it is asked", where, do)
        elif not set(local.panels) - set(there.panels) and all(_covered(one, there) for one in local.asked):
            what, expected = "this tightens nothing", "another panel, or an earlier day"
            yield Problem(self.place(key), what, expected, where)


def _groups(overlay: Overlay) -> set[tuple[str, str]]:
    return {(fact, word) for fact, words in overlay.conditions.groups.items() for word in words}


def _twice(place: str, what: str, other: str) -> Problem:
    do = "an overlay only adds: take a name of its own" if "group" in what else "an overlay only adds"
    return Problem(place, f"{what} stands twice", "each once", f"it is also at {other}", do)


def _settled(row: Row) -> int:
    """How far a row settles that its option is documented first-line."""
    if row.line == "later":
        return 0
    return 1 if row.unresolved is not None else 2


def _read(grammar: Grammar, row: Row) -> list[Conjunction]:
    try:
        return grammar.read(row.when)
    except ConditionError:  # told by the verification, with its place
        return []


def _covered(period: Period, item: PanelItem) -> bool:
    """Whether an item is already asked during the whole of a period."""
    return all(
        any(
            place in other.places
            and other.begins.day <= period.begins.day
            and (other.ends is None or (period.ends is not None and period.ends.day <= other.ends.day))
            for other in item.asked
        )
        for place in period.places
    )
