"""What decides where an option stands, on one day in one place: its rows and the rules that act on it.

A *bundle* holds all of that in values that can be compared between releases; the masks of the same
things say which facts have to be varied to see every answer.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import cached_property
from typing import Any, NamedTuple

from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.knowledge.comparison.meaning import Meaning, meaning_of
from lungmets.knowledge.schema import PanelItem, Row
from lungmets.vocabulary import Panel


class Bundle(NamedTuple):
    """What decides where one option stands. The first of each entry is the condition."""

    rows: frozenset[tuple[Meaning, Hashable]]
    guards: frozenset[tuple[Meaning, Meaning, frozenset[str] | None]]
    """Guardrails: for whom, unless what, and the options beside which they act."""
    replaced: frozenset[tuple[Meaning, frozenset[str], bool]]
    """Supersessions: for whom, by which options, and whether this one is among them."""
    cautions: frozenset[Meaning]


NOTHING = Bundle(frozenset(), frozenset(), frozenset(), frozenset())
"""An option that no row documents."""


def facts_that_differ(one: Bundle, other: Bundle) -> set[str]:
    """The facts of the conditions that only one of two bundles has."""
    meanings = [entry[0] for entry in one.rows ^ other.rows]
    if NOTHING not in (one, other):
        meanings += [part for entry in one.guards ^ other.guards for part in entry[:2]]
        meanings += [entry[0] for entry in one.replaced ^ other.replaced]
        meanings += one.cautions ^ other.cautions
    return {fact for meaning in meanings for way in meaning for fact, _ in way}


class Rules:
    """The rows and rules of a view, by the options that they speak of."""

    def __init__(self, view: View, meanings: dict[int, Meaning]) -> None:
        """``meanings`` are those of the view's knowledge base; they are filled in on demand."""
        self.view = view
        self._meanings = meanings
        self._ids = [key.id for key in view.options.keys]
        self._position = {name: index for index, name in enumerate(self._ids)}
        self.names = frozenset(self._ids[index] for index, rows in enumerate(view.rows_of) if rows)

    # ---- what is compared -------------------------------------------------------------------

    @cached_property
    def bundles(self) -> dict[str, Bundle]:
        """For each option that some row documents: its rows, and the rules that act on it."""
        return {name: self._bundle(name) for name in self.names}

    def preferred(self, name: str) -> frozenset[Meaning]:
        """For whom an option is preferred, row by row."""
        return frozenset(self.meaning(mask) for mask in self._row_masks(name, self.view.preferring))

    def unsettled(self, name: str) -> bool:
        """Whether some row of an option may leave it unresolved."""
        return bool(self.row_bits(name) & self.view.unresolved_rows)

    def first_line(self, name: str) -> bool:
        """Whether some row documents an option first-line."""
        return bool(self.row_bits(name) & self.view.first_rows)

    def knock_on(self, name: str) -> frozenset[str]:
        """The options that may stand elsewhere when this one does."""
        if name not in self._position:
            return frozenset()
        bit, found = 1 << self._position[name], 0
        for newer, older in self.view.superseding.values():
            found |= older if newer & bit else 0
        for rule, needs in self.view.guardrail_needs.items():
            found |= self.view.guardrail_targets[rule] if needs & bit else 0
        return self._named(found)

    @cached_property
    def scope(self) -> frozenset[tuple[Meaning, str]]:
        """The scope rules in force: for whom, and with which reason."""
        return frozenset(
            (self.meaning(self.view.base.bits[rule.id]), rule.reason.value)
            for rule in self.view.base.content.scope
            if self.view.base.bits[rule.id] & self.view.scope
        )

    def panel(self, panel: Panel) -> dict[str, Hashable]:
        """The items that may be asked, each with for whom, when, and what is no answer to it."""
        return {item.item: self._item(item, panel) for item in self.view.panel_items}

    @cached_property
    def alerts(self) -> dict[str, tuple[Meaning, str]]:
        """The alerts, each with for whom and how urgent."""
        return {
            alert.id: (self.meaning(self.view.base.bits[alert.id]), alert.urgency.value)
            for alert in self.view.base.content.alerts.alerts
        }

    @cached_property
    def conflicts(self) -> dict[str, Hashable]:
        """The conflicts, each with for whom, and the conditions that it counts."""
        of = self.view.base.bits
        return {
            record.id: (
                self.meaning(of[record.id]),
                tuple(sorted((self.meaning(of[name]) for name in record.two_of), key=repr)),
            )
            for record in self.view.conflicts
        }

    def meaning(self, mask: int) -> Meaning:
        """What some conjunctions mean."""
        found = self._meanings.get(mask)
        if found is None:
            found = self._meanings[mask] = meaning_of(self.view.base, mask)
        return found

    # ---- which conjunctions decide ----------------------------------------------------------

    def row_bits(self, name: str) -> int:
        """The conjunctions of an option's rows."""
        return self.view.rows_of[self._position[name]] if name in self._position else 0

    def deciding_bits(self, name: str) -> int:
        """Every conjunction on which it depends where an option stands."""
        if name not in self._position:
            return 0
        view, bit = self.view, 1 << self._position[name]
        found = self.standing_bits(name)
        for record, (newer, older) in view.superseding.items():
            if older & bit:
                found |= view.base.bits[record]
                for winner in self._named(newer):
                    found |= self.standing_bits(winner) | self._caution_bits(winner)
                if newer & bit:
                    found |= self._caution_bits(name)
        return found

    def facts(self, mask: int) -> set[str]:
        """The facts that some conjunctions read."""
        return {fact for bit in bits(mask) for fact in self.view.table.conjunctions[bit]}

    # ---- parts ------------------------------------------------------------------------------

    def _named(self, options: int) -> frozenset[str]:
        return frozenset(self._ids[index] for index in bits(options)) & self.names

    def _guards(self, name: str) -> list[str]:
        bit = 1 << self._position[name]
        return [rule for rule, targets in self.view.guardrail_targets.items() if targets & bit]

    def _guard_bits(self, name: str) -> int:
        found = 0
        for rule in self._guards(name):
            found |= self.view.base.bits[rule] | self.view.guardrail_exceptions.get(rule, 0)
        return found

    def standing_bits(self, name: str) -> int:
        """Every conjunction on which it depends whether an option is matched, and withheld."""
        if name not in self._position:
            return 0
        found = self.row_bits(name) | self._guard_bits(name)
        for rule in self._guards(name):
            for other in self._named(self.view.guardrail_needs.get(rule, 0)):
                found |= self.row_bits(other) | self._guard_bits(other)
        return found

    def _cautions(self, name: str) -> list[str]:
        bit = 1 << self._position[name]
        return [
            rule.id
            for rule in self.view.base.content.cautions
            if rule.kind == "caution" and rule.when and self.view.caution_targets[rule.id] & bit
        ]

    def _caution_bits(self, name: str) -> int:
        found = 0
        for rule in self._cautions(name):
            found |= self.view.base.bits[rule]
        return found

    def _row_masks(self, name: str, among: int) -> list[int]:
        of = self.view.base.bits
        rows = {self.view.row_of[bit].id for bit in bits(self.row_bits(name) & among)}
        return [of[row] for row in sorted(rows)]

    def _bundle(self, name: str) -> Bundle:
        entries = self._entries(name)
        return Bundle(*(frozenset(part) for part in entries))

    def _entries(self, name: str) -> tuple[dict[Any, int], ...]:
        """The entries of a bundle, each with its conjunctions."""
        view, of, bit = self.view, self.view.base.bits, 1 << self._position[name]
        rows = {view.row_of[row].id: view.row_of[row] for row in bits(self.row_bits(name))}
        guards = {
            (
                self.meaning(of[rule]),
                self.meaning(view.guardrail_exceptions.get(rule, 0)),
                self._named(view.guardrail_needs[rule]) if rule in view.guardrail_needs else None,
            ): of[rule]
            for rule in self._guards(name)
        }
        replaced = {
            (self.meaning(of[record]), self._named(newer), bool(newer & bit)): of[record]
            for record, (newer, older) in view.superseding.items()
            if older & bit
        }
        replacing = any(newer & bit for newer, _ in view.superseding.values())
        # A caution matters only where it keeps an option from replacing another.
        cautions = {self.meaning(of[rule]): of[rule] for rule in self._cautions(name) if replacing}
        return {self._row(row): of[row.id] for row in rows.values()}, guards, replaced, cautions

    def _row(self, row: Row) -> tuple[Meaning, Hashable]:
        mask = self.view.base.bits[row.id]
        open_ = None if row.unresolved is None else (frozenset(row.unresolved.unknown), row.unresolved.stays)
        return self.meaning(mask), (row.line, open_, bool(mask & self.view.preferring))

    def differing_bits(self, name: str, other: Bundle) -> int:
        """The conjunctions of what this release has of an option and the other has not.

        While none of them holds, in either release, the option stands alike in both.
        """
        if name not in self.names:
            return 0
        parts = self._entries(name)
        if other == NOTHING:
            parts = parts[:1]
        return union(
            mask
            for part, known in zip(parts, other, strict=False)
            for entry, mask in part.items()
            if entry not in known
        )

    def _item(self, item: PanelItem, panel: Panel) -> Hashable:
        unclear = frozenset((rule.status, rule.specimen, rule.assay) for rule in item.no_answer)
        return panel in item.panels, self.meaning(self.view.base.bits[f"panel:{item.item}"]), unclear


def union(masks: Iterable[int]) -> int:
    """Some masks as one.

    >>> bin(union([0b001, 0b100]))
    '0b101'
    """
    found = 0
    for mask in masks:
        found |= mask
    return found
