"""The knowledge as of one day in one place: which rows, rules and panel items are in force.

Everything is a mask of the compiled table. What is shown of it is prepared by
:class:`~lungmets.engine.sayings.Sayings`, once, so that an answer only has to put it together.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from lungmets.assessment import Citation, KnowledgeStamp
from lungmets.engine.sayings import Sayings
from lungmets.engine.table import bits
from lungmets.knowledge.explaining import ITEMS
from lungmets.knowledge.facts import GENES, field_of
from lungmets.knowledge.schema import (
    Advice,
    AlertRecord,
    Caution,
    ConflictRecord,
    Guardrail,
    Note,
    PanelItem,
    PopulationRecord,
    Row,
    ScopeRule,
    SearchWords,
    Supersession,
    TimelineRecord,
)
from lungmets.vocabulary import Engine, Jurisdiction

if TYPE_CHECKING:
    from lungmets.knowledge.base import KnowledgeBase


_Rule: TypeAlias = (
    Guardrail | Caution | Note | Supersession | ScopeRule | AlertRecord | Advice | ConflictRecord
    | TimelineRecord | SearchWords | PopulationRecord
)  # fmt: skip
"""A record that the view looks at as a whole."""


class View(Sayings):
    """What is documented in ``place`` on ``day``, in the masks of the compiled table.

    One engine matches for a view: every mask, and all that is remembered of masks, comes from it.
    """

    def __init__(
        self, base: KnowledgeBase, place: Jurisdiction, day: date, number: int, engine: Engine
    ) -> None:
        super().__init__(base, place, day, number, engine)
        self.engine = engine
        self.table, _ = base.engine(engine)
        self.options = base.options
        content = base.content

        self.first_rows = self.later_rows = self.unresolved_rows = self.preferring = self.local_rows = 0
        self.option_of: dict[int, int] = {}
        self.row_of: dict[int, Row] = {}
        self.reads: dict[int, tuple[str, tuple[str, ...]]] = {}
        self.rows_of = [0] * len(self.options.keys)
        for table, row in content.rows():
            if row.id not in self.in_force:
                continue
            mask = base.bits[row.id]
            self.rows_of[self.options.position[table.domain, row.option]] |= mask
            for bit in bits(mask):
                self.row_of[bit] = row
                self.reads[bit] = (row.id, tuple(self.table.conjunctions[bit]))
                self.option_of[bit] = self.options.position[table.domain, row.option]
            if row.line == "later":
                self.later_rows |= mask
            elif row.unresolved is not None:
                self.unresolved_rows |= mask
            else:
                self.first_rows |= mask
            if any(period.covers(place, day) for period in row.preferred):
                self.preferring |= mask
            if row.id in base.local.marks:
                self.local_rows |= mask

        self._number_rules()
        self.panel_items = tuple(item for item in content.panel.items if self.asked(item))
        self.no_answers = tuple((item.item, item.no_answer) for item in content.panel.items if item.no_answer)
        panel = 0
        for item in self.panel_items:
            panel |= base.bits[f"panel:{item.item}"]
        self.panel_part = self.table.part(panel)
        self.stamp = KnowledgeStamp(
            version=base.version, digest=base.digest, overdue=self._overdue(), overlays=base.local.overlays
        )

    def _number_rules(self) -> None:
        """The rules in force, as bits of the table, and the options that each speaks of."""
        content, base, day = self.base.content, self.base, self.day
        self.guardrails = self._masks(content.guardrails)
        self.guardrail_targets = {rule.id: self.options.mask(rule.withholds) for rule in content.guardrails}
        self.guardrail_needs = {
            rule.id: self.options.mask(rule.while_documented)
            for rule in content.guardrails
            if rule.while_documented is not None
        }
        self.guardrail_exceptions = {
            rule.id: base.bits[f"{rule.id}.unless"] for rule in content.guardrails if rule.unless is not None
        }
        # Those that need a documented alternative come second, and local ones after all others: so
        # what is withheld locally never brings back what the knowledge withholds beside it.
        self.guardrail_turns = {
            rule.id: (rule.while_documented is not None) + 2 * (rule.id in base.local.marks)
            for rule in content.guardrails
        }
        self.turns = range(max(self.guardrail_turns.values(), default=0) + 1)
        self.cautions = self._masks(content.cautions)
        self.caution_targets = {rule.id: self.options.mask(rule.on) for rule in content.cautions}
        self.caution_of = {bit: rule for rule in content.cautions for bit in bits(base.bits[rule.id])}
        # Rules that make an unknown a prerequisite, with the options that each speaks of.
        self.asking = 0
        self.asking_of: dict[int, tuple[Caution | Guardrail, int]] = {}
        rules: list[tuple[Caution | Guardrail, int]] = []
        rules += [(rule, self.guardrail_targets[rule.id]) for rule in content.guardrails]
        rules += [(rule, self.caution_targets[rule.id]) for rule in content.cautions]
        for asking, targets in rules:
            if asking.asks and targets:
                self.asking |= base.bits[asking.id]
                self.asking_of.update(dict.fromkeys(bits(base.bits[asking.id]), (asking, targets)))
        active = [record for record in content.supersessions if record.covers(self.place, day)]
        self.supersessions = self._masks(active)
        self.superseding = {
            record.id: (self.options.mask(record.with_), self.options.mask(record.replaces))
            for record in active
        }
        conflicts = [record for record in content.conflicts if record.told(self.place, day)]
        self.conflicts = sorted(conflicts, key=lambda record: record.id)
        self.conflicting = self._masks(conflicts)
        self.conflict_targets = {record.id: self.options.mask(record.options) for record in content.conflicts}
        self.scope = self._masks(
            [rule for rule in content.scope if rule.before is None or day < rule.before.day]
        )
        self.alerts = self._masks(content.alerts.alerts)
        told = [item for item in (*content.workup, *content.questions) if item.told(self.place, day)]
        self.advice = self._masks(told)
        self.timelines = self._masks(content.timelines)
        self.advice_of = {id(content.workup): self._masks(content.workup),
                          id(content.questions): self._masks(content.questions)}  # fmt: skip
        # What is told only while a field has no answer, by the field.
        self.lacking: dict[str, int] = {}
        self.conditional = 0
        for item in told:
            for name in item.lacks:
                self.lacking[name] = self.lacking.get(name, 0) | base.bits[item.id]
                self.conditional |= base.bits[item.id]
        self.unasked = tuple(name for name in self.lacking if name not in ITEMS)
        self.always_told = self.advice & ~self.conditional
        self.searching = self._masks(content.search_words)
        self.populations = self._masks(one for one in content.populations if one.covers(self.place, day))
        notes = [note for note in content.notes if note.covers(self.place, day)]
        self.notes = self._masks(notes)
        self.note_of = {bit: note for note in notes for bit in bits(base.bits[note.id])}
        self.note_targets = {note.id: self.options.mask(note.on) for note in notes}
        spoken_of = [targets for _, targets in rules]
        spoken_of += [*self.caution_targets.values(), *self.note_targets.values()]
        self.alike = self._leaders(spoken_of)
        # For each option the conjunctions of the rules that speak of it.
        self.cautions_on = self._speaking(self.caution_targets)
        self.notes_on = self._speaking(self.note_targets)

    def _speaking(self, targets: Mapping[str, int]) -> list[int]:
        found = [0] * len(self.options.keys)
        for name, options in targets.items():
            for option in bits(options):
                found[option] |= self.base.bits[name]
        return found

    def _leaders(self, masks: list[int]) -> list[int]:
        """For each option the first one that the same rules speak of: what is said of both is the same."""
        leaders: dict[tuple[int, ...], int] = {}
        return [
            leaders.setdefault(tuple([mask >> option & 1 for mask in masks]), option)
            for option in range(len(self.options.keys))
        ]

    def _masks(self, records: Iterable[_Rule]) -> int:
        total = 0
        for record in records:
            total |= self.base.bits[record.id]
        return total

    def _overdue(self) -> int:
        """Rows and rules in force here whose review was due by this day."""
        return sum(row.review_by.day < self.day for row in self.in_force.values())

    def asked(self, item: PanelItem, without: Container[str] = ()) -> bool:
        """From the earlier of its guideline date and the first day on which a row depends on it."""
        if any(period.covers(self.place, self.day) for period in item.asked):
            return True
        return any(
            entry.begins.day <= self.day and self.place in entry.places
            for _, row in self.base.content.rows()
            if row.line == "first" and row.id not in without and self.depends(row, item.item)
            for entry in row.documented
        )

    def asked_by(self, item: PanelItem) -> tuple[Citation, ...]:
        """Why an item is asked: its guidelines of the day, or else the rows that depend on it."""
        asked = (period for period in item.asked if self.place in period.places)
        cited = self.cite(tuple(name for period in asked for name in period.by) + item.by)
        return cited or self.cite(
            tuple(
                name
                for row in self.in_force.values()
                if self.depends(row, item.item)
                for entry in self.entries[row.id]
                for name in entry.by
            )
        )

    def depends(self, row: Row, item: str) -> bool:
        """Whether a row needs a finding of the item; a gene's 'negative' alone is no dependence."""
        for bit in bits(self.base.bits[row.id]):
            for fact, allowed in self.table.conjunctions[bit].items():
                if field_of(fact) != item:
                    continue
                if (
                    item not in GENES
                    or "." in fact
                    or (isinstance(allowed, frozenset) and "positive" in allowed)
                ):
                    return True
        return False
