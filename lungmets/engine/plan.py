"""What an answer will list, before the profile's own values are put in.

A plan depends on nothing but the states of the facts: which options stand where, on which rows, with
which cautions and prerequisites, and why the others were taken off. Two profiles with the same states
share one plan; only the numbers that are shown differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lungmets.assessment import Prerequisite, Remark
from lungmets.engine.decision import Decision
from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.knowledge.facts import SETS, field_of
from lungmets.knowledge.schema import Caution, Guardrail
from lungmets.vocabulary import Basis, Domain

_DOMAINS = list(Domain)
_BASES = list(Basis)


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """One option of the plan: its rows with the facts that each reads, and all that is said of it."""

    option: int
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    preferred: bool
    cautions: tuple[Remark, ...]
    prerequisites: tuple[Prerequisite, ...]
    reason: tuple[Remark, ...]
    by: tuple[str, ...]


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
        self.cautions: dict[int, dict[str, Remark]] = {}
        self.tasks: dict[int, dict[tuple[str | None, str], Prerequisite]] = {}
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
        return Planned(
            option=option,
            rows=self._rows(option),
            preferred=bool(self.decision.preferred >> option & 1),
            cautions=tuple(self.cautions.get(option, {}).values()),
            prerequisites=tuple(self.tasks.get(option, {}).values()),
            reason=reason,
            by=by,
        )

    def _rows(self, option: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
        held = self.held[option]
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
        keys = self.view.options.keys

        def order(item: Planned) -> tuple[int, bool, int, str]:
            key = keys[item.option]
            basis = self.view.dossier(item.option, tuple(name for name, _ in item.rows)).basis
            return (_DOMAINS.index(key.domain), not item.preferred, _BASES.index(basis), key.id)

        return tuple(sorted(planned, key=order))

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
        shown = (decision.matched | decision.unresolved) & ~decision.withheld
        for bit in bits(decision.certain & view.cautions):
            rule = view.base.owner[bit]
            if not isinstance(rule, Caution):
                continue
            for option in bits(view.caution_targets[rule.id] & shown):
                if rule.kind == "caution":
                    self.cautions.setdefault(option, {})[rule.id] = view.remark(rule, rule.says, "says")
                else:
                    self.tasks.setdefault(option, {})[None, rule.says] = view.prerequisite(
                        rule, None, rule.says
                    )
        for bit in bits(decision.possible & ~decision.certain & (view.cautions | view.guardrails)):
            rule = view.base.owner[bit]
            if not isinstance(rule, Caution | Guardrail) or not rule.asks:
                continue
            targets = view.caution_targets if isinstance(rule, Caution) else view.guardrail_targets
            hit = targets[rule.id] & shown
            if hit and not view.base.bits[rule.id] & decision.certain and self._could_act(rule):
                self._ask(rule, bit, hit)

    def _ask(self, rule: Caution | Guardrail, bit: int, hit: int) -> None:
        for fact in self.view.table.unknown_facts(bit, self.states):
            item = fact if fact.split(".")[0] in SETS else field_of(fact)
            task = self.view.prerequisite(rule, item, rule.asks or "")
            for option in bits(hit):
                self.tasks.setdefault(option, {})[item, task.text] = task

    def _could_act(self, rule: Caution | Guardrail) -> bool:
        """A guardrail that needs a documented alternative asks only where one could be documented."""
        needs = self.view.guardrail_needs.get(rule.id)
        if needs is None:
            return True
        return any(
            needs >> self.view.option_of[bit] & 1
            for bit in bits(self.decision.possible & self.view.first_rows)
        )
