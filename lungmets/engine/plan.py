"""What an answer will list, before the profile's own values are put in.

A plan depends on nothing but the states of the facts: which options stand where, on which rows, with
which cautions and prerequisites, and why the others were taken off. Two profiles with the same states
share one plan; only the numbers that are shown differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import TypeVar

from lungmets.assessment import Prerequisite, Remark
from lungmets.engine.decision import Decision
from lungmets.engine.dossier import Dossier
from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.knowledge.facts import SETS, field_of
from lungmets.knowledge.schema import Caution, Guardrail
from lungmets.vocabulary import Basis, Domain

_DOMAINS = list(Domain)
_BASES = list(Basis)
_order = attrgetter("order")

RemarkT = TypeVar("RemarkT", Remark, Prerequisite)


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """One option of the plan: its rows with the facts that each reads, and all that is said of it.

    A view keeps one object for each content, so that identity tells them apart.
    """

    option: int
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[str, ...]
    dossier: Dossier
    preferred: bool
    cautions: tuple[Remark, ...]
    prerequisites: tuple[Prerequisite, ...]
    reason: tuple[Remark, ...]
    by: tuple[str, ...]
    order: tuple[int, bool, int, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """The four lists of an answer, each in its final order."""

    options: tuple[Planned, ...]
    withheld: tuple[Planned, ...]
    superseded: tuple[Planned, ...]
    unresolved: tuple[Planned, ...]


def make_plan(view: View, states: States, decision: Decision) -> Plan:
    """Plans the lists for one decision."""
    return _Planner(view, states, decision).plan()


class _Planner:
    def __init__(self, view: View, states: States, decision: Decision) -> None:
        self.view = view
        self.states = states
        self.decision = decision
        self.held = self._held()
        self.cautions: dict[int, tuple[Remark, ...]] = {}
        self.tasks: dict[int, tuple[Prerequisite, ...]] = {}
        self._remark()

    def plan(self) -> Plan:
        decision = self.decision
        withheld = [self._withheld(option) for option in bits(decision.withheld)]
        later = decision.later & ~decision.withheld & ~decision.unresolved
        return Plan(
            options=self._ordered(self._planned(option) for option in bits(decision.options)),
            withheld=self._ordered([*withheld, *(self._later(option) for option in bits(later))]),
            superseded=self._ordered(self._superseded(option) for option in bits(decision.superseded)),
            unresolved=self._ordered(
                self._unresolved(option) for option in bits(decision.unresolved & ~decision.withheld)
            ),
        )

    def _planned(self, option: int, reason: tuple[Remark, ...] = (), by: tuple[str, ...] = ()) -> Planned:
        view = self.view
        held = tuple(self.held[option])
        preferred = bool(self.decision.preferred >> option & 1)
        cautions, tasks = self.cautions.get(option, ()), self.tasks.get(option, ())
        # Remarks and prerequisites are made once for a view and kept: their identity is their content.
        key = (option, held, preferred, *map(id, cautions), 0, *map(id, tasks), 0, *map(id, reason), by)
        found = view.planned.get(key)
        if found is None:
            rows = self._rows(held)
            dossier = view.dossier(option, tuple(name for name, _ in rows))
            known = view.options.keys[option]
            order = (_DOMAINS.index(known.domain), not preferred, _BASES.index(dossier.basis), known.id)
            facts = tuple(fact for _, read in rows for fact in read)
            found = Planned(option, rows, facts, dossier, preferred, cautions, tasks, reason, by, order)
            view.planned.keep(key, found)
        return found

    def _rows(self, held: tuple[int, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if len(held) == 1:
            return (self.view.reads[held[0]],)
        rows: dict[str, dict[str, None]] = {}
        for bit in held:
            name, facts = self.view.reads[bit]
            rows.setdefault(name, {}).update(dict.fromkeys(facts))
        return tuple((name, tuple(facts)) for name, facts in sorted(rows.items()))

    def _withheld(self, option: int) -> Planned:
        rules = self.decision.withheld_by[option]
        reasons = tuple(self.view.remark(rule, rule.reason, "reason") for rule in rules)
        return self._planned(option, reasons, tuple(rule.id for rule in rules))

    def _later(self, option: int) -> Planned:
        rows = {self.view.row_of[bit].id: self.view.row_of[bit] for bit in self.held[option]}
        sentence = self.view.base.content.release.sentences["later_line"]
        reasons = tuple(self.view.row_remark(row, row.note or sentence) for row in rows.values())
        return self._planned(option, reasons, tuple(rows))

    def _superseded(self, option: int) -> Planned:
        records = self.decision.superseded_by[option]
        reasons = tuple(self.view.remark(record, record.reason, "reason") for record, _ in records)
        winners = 0
        for _, mask in records:
            winners |= mask
        # Name those that still stand; a winner may itself have been replaced.
        standing = winners & ~self.decision.superseded or winners
        names = sorted(self.view.options.keys[winner].id for winner in bits(standing))
        return self._planned(option, reasons, tuple(names))

    def _unresolved(self, option: int) -> Planned:
        rows = {self.view.row_of[bit].id: self.view.row_of[bit] for bit in self.held[option]}
        reasons = tuple(
            self.view.row_remark(row, row.unresolved.reason)
            for row in rows.values()
            if row.unresolved is not None
        )
        return self._planned(option, reasons, tuple(rows))

    def _ordered(self, planned: Iterable[Planned]) -> tuple[Planned, ...]:
        """The total order: domain, standing, basis, id. It is not a ranking."""
        return tuple(sorted(planned, key=_order))

    def _held(self) -> dict[int, list[int]]:
        """The conjunctions that carry each option."""
        view, decision = self.view, self.decision
        found: dict[int, list[int]] = {}
        for bit in bits(decision.certain & (view.first_rows | view.unresolved_rows)):
            found.setdefault(view.option_of[bit], []).append(bit)
        for bit in bits(decision.possible & ~decision.certain & view.unresolved_rows):
            if decision.unresolved >> view.option_of[bit] & 1:
                found.setdefault(view.option_of[bit], []).append(bit)
        for bit in bits(decision.certain & view.later_rows):
            if decision.later >> view.option_of[bit] & 1:
                found.setdefault(view.option_of[bit], []).append(bit)
        return found

    def _remark(self) -> None:
        """Cautions that hold, and what open guardrails and cautions ask for.

        A rule that could still hold, once an unknown is answered, makes that unknown a prerequisite
        of every option that the rule speaks of.
        """
        view, decision = self.view, self.decision
        # Grouped by the options that are spoken of, since many rules speak of the same ones; each remark
        # is one object for a view, so its identity is enough to say it once.
        cautions: dict[int, dict[int, Remark]] = {}
        tasks: dict[int, dict[int, Prerequisite]] = {}
        for bit in bits(decision.certain & view.cautions):
            rule = view.caution_of[bit]
            targets = view.caution_targets[rule.id]
            if rule.kind == "caution":
                remark = view.remark(rule, rule.says, "says")
                cautions.setdefault(targets, {})[id(remark)] = remark
            else:
                task = view.prerequisite(rule, None, rule.says)
                tasks.setdefault(targets, {})[id(task)] = task
        for bit in bits(decision.possible & ~decision.certain & view.asking):
            asking, targets = view.asking_of[bit]
            if not view.base.bits[asking.id] & decision.certain and self._could_act(asking):
                for task in self._asked(asking, bit):
                    tasks.setdefault(targets, {})[id(task)] = task
        for option in bits((decision.matched | decision.unresolved) & ~decision.withheld):
            self.cautions[option] = _spoken_of(option, cautions)
            self.tasks[option] = _spoken_of(option, tasks)

    def _asked(self, rule: Caution | Guardrail, bit: int) -> list[Prerequisite]:
        return [
            self.view.prerequisite(rule, _item_of(fact), rule.asks or "")
            for fact in self.view.table.unknown_facts(bit, self.states)
        ]

    def _could_act(self, rule: Caution | Guardrail) -> bool:
        """A guardrail that needs a documented alternative asks only where one could be documented."""
        needs = self.view.guardrail_needs.get(rule.id)
        return needs is None or bool(needs & self._possible_options)

    @cached_property
    def _possible_options(self) -> int:
        found = 0
        for bit in bits(self.decision.possible & self.view.first_rows):
            found |= 1 << self.view.option_of[bit]
        return found


def _spoken_of(option: int, groups: dict[int, dict[int, RemarkT]]) -> tuple[RemarkT, ...]:
    """What the groups whose options include this one say, each once."""
    found: dict[int, RemarkT] = {}
    for targets, remarks in groups.items():
        if targets >> option & 1:
            found |= remarks
    return tuple(found.values())


@cache
def _item_of(fact: str) -> str:
    """What a prerequisite names: the member of a set, or the field of the profile."""
    return fact if fact.partition(".")[0] in SETS else field_of(fact)
