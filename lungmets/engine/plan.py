"""What an answer will list, before the profile's own values are put in.

A plan depends on nothing but the states of the facts: which options stand where, on which rows, with
which cautions and prerequisites, and why the others were taken off. Two profiles with the same states
share one plan; only the numbers that are shown differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeAlias

from lungmets.assessment import Option, Remark
from lungmets.engine.decision import Decision, documented_by_the_release
from lungmets.engine.remarks import cautions, notes, prerequisites
from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.knowledge.schema import Guardrail, Row
from lungmets.vocabulary import Basis, Domain, Standing

_DOMAINS = list(Domain)
_BASES = list(Basis)
_order = attrgetter("order")

Order: TypeAlias = tuple[int, bool, int, str]
"""Domain, preferred first, basis, id."""

Explained: TypeAlias = tuple[tuple[Remark, ...], tuple[str, ...]]
"""Why an option is off the list, and the guardrails, rows or options that took it off."""


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """One option of the plan: its rows with the facts that each reads, and all that is said of it.

    A view keeps one object for each content, so that identity tells them apart.
    """

    option: Option
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[str, ...]
    said: dict[str, Any]
    """The fields of the option that its rows do not fill: standing, cautions, prerequisites, why."""
    order: Order
    noted: tuple[Remark, ...]


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


def carrying(view: View, decision: Decision, option: int) -> int:
    """The conjunctions that carry an option."""
    rows = view.rows_of[option]
    held = decision.certain & (view.first_rows | view.unresolved_rows) & rows
    if decision.unresolved >> option & 1:
        held |= decision.possible & view.unresolved_rows & rows
    if decision.later >> option & 1:
        held |= decision.certain & view.later_rows & rows
    return held


def order_of(view: View, option: int, held: int, preferred: int) -> Order:
    """Where an option stands in its list, as :func:`make_plan` puts it, without all that is said of it."""
    return _order_of(view.documented(option, tuple(name for name, _ in _rows(view, held))), preferred)


def _order_of(documented: Option, preferred: int) -> Order:
    return _DOMAINS.index(documented.domain), not preferred, _BASES.index(documented.basis), documented.id


def _rows(view: View, held: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows: dict[str, dict[str, None]] = {}
    for bit in bits(held):
        name, facts = view.reads[bit]
        rows.setdefault(name, {}).update(dict.fromkeys(facts))
    return tuple((name, tuple(facts)) for name, facts in sorted(rows.items()))


class _Planner:
    def __init__(self, view: View, states: States, decision: Decision) -> None:
        self.view = view
        self.decision = decision
        self.spoken_of = (decision.matched | decision.unresolved) & ~decision.withheld
        self.cautions = cautions(view, decision)
        self.notes = notes(view, decision)
        self.tasks = prerequisites(view, states, decision)

    def plan(self) -> Plan:
        decision = self.decision
        later = decision.of_later_lines
        withheld = [self._withheld(option) for option in bits(decision.withheld)]
        withheld += [self._planned(option, ("later",), self._later) for option in bits(later)]
        unresolved = decision.unresolved & ~decision.withheld
        return Plan(
            options=_ordered(self._planned(option) for option in bits(decision.options)),
            withheld=_ordered(withheld),
            superseded=_ordered(self._superseded(option) for option in bits(decision.superseded)),
            unresolved=_ordered(
                self._planned(option, ("unresolved",), self._unresolved) for option in bits(unresolved)
            ),
        )

    def _planned(
        self, option: int, why: tuple[object, ...] = (), explain: Callable[[int], Explained] | None = None
    ) -> Planned:
        """``why`` tells the reasons apart; with the rows that hold, it decides what ``explain`` says."""
        view = self.view
        held = carrying(view, self.decision, option)
        preferred = self.decision.preferred >> option & 1
        said_of = self.spoken_of >> option & 1
        cautioned = self.cautions[option] if said_of else ()
        tasks = self.tasks[option] if said_of else ()
        noted = self.notes[option]  # a note is told whatever became of its option
        key = (view.number, option, held, preferred, id(cautioned), id(tasks), id(noted), why)
        found = view.memory.planned.get(key)
        if found is None:
            rows = _rows(view, held)
            documented = view.documented(option, tuple(name for name, _ in rows))
            reason, by = explain(held) if explain else ((), ())
            said = {
                "standing": Standing.PREFERRED if preferred else Standing.DOCUMENTED,
                "notes": (*documented.notes, *noted),
                "cautions": cautioned,
                "prerequisites": tasks,
                "reason": reason,
                "by": by,
            }
            order = _order_of(documented, preferred)
            facts = tuple(fact for _, read in rows for fact in read)
            # The planned option keeps the three tuples alive: no other can take over their identity.
            found = Planned(documented, rows, facts, said, order, noted)
            view.memory.planned.keep(key, found)
        return found

    def _withheld(self, option: int) -> Planned:
        rules = self.decision.withheld_by[option]
        names = tuple(rule.id for rule in rules)
        ground = self._local_ground(rules) if self.view.local_rows else ()

        def explain(_: int) -> Explained:
            reasons = [self.view.remark(rule, rule.reason, "reason") for rule in rules]
            reasons += [self.view.row_remark(row, row.note or row.id) for row in ground]
            return tuple(reasons), names

        return self._planned(option, (names, *(row.id for row in ground)) if ground else names, explain)

    def _local_ground(self, rules: list[Guardrail]) -> tuple[Row, ...]:
        """The local rows by which a guardrail acts: it needs an alternative, and only they document one."""
        view, decision = self.view, self.decision
        cited = documented_by_the_release(view, decision)
        found: dict[str, Row] = {}
        for rule in rules:
            needed = view.guardrail_needs.get(rule.id, 0) & decision.matched
            for option in bits(0 if needed & cited else needed):
                found |= self._records(decision.certain & view.local_rows & view.rows_of[option])
        return tuple(found.values())

    def _superseded(self, option: int) -> Planned:
        records = self.decision.superseded_by[option]
        winners = 0
        for _, mask in records:
            winners |= mask
        # Name those that still stand; a winner may itself have been replaced.
        standing = winners & ~self.decision.superseded or winners

        def explain(_: int) -> Explained:
            names = sorted(self.view.options.keys[winner].id for winner in bits(standing))
            return tuple(self.view.remark(record, record.reason, "reason") for record, _ in records), tuple(
                names
            )

        return self._planned(option, (standing, *(record.id for record, _ in records)), explain)

    def _later(self, held: int) -> Explained:
        rows = self._records(held)
        sentence = self.view.base.content.release.sentences["later_line"]
        return tuple(self.view.row_remark(row, row.note or sentence) for row in rows.values()), tuple(rows)

    def _unresolved(self, held: int) -> Explained:
        rows = self._records(held)
        reasons = tuple(
            self.view.row_remark(row, row.unresolved.reason)
            for row in rows.values()
            if row.unresolved is not None
        )
        return reasons, tuple(rows)

    def _records(self, held: int) -> dict[str, Row]:
        return {self.view.row_of[bit].id: self.view.row_of[bit] for bit in bits(held)}


def _ordered(planned: Iterable[Planned]) -> tuple[Planned, ...]:
    """The total order: domain, standing, basis, id. It is not a ranking."""
    return tuple(sorted(planned, key=_order))
