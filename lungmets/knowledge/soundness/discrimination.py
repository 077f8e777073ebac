"""Conditions that tell nothing apart: without them no answer would be another.

For every fact of every condition a class is looked for that meets all the others and not this one. If
the record counted there as well, would the answer be another? Where it never would, the fact says
nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import islice, product

from lungmets.engine.decision import decide
from lungmets.engine.plan import make_plan
from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.comparison.verdicts import conflicts_that_hold, refusal
from lungmets.knowledge.content import Conditional, record_id
from lungmets.knowledge.schema import (
    Advice,
    AlertRecord,
    Caution,
    ConflictRecord,
    Guardrail,
    NamedCondition,
    Note,
    PanelItem,
    PopulationRecord,
    Question,
    Row,
    ScopeRule,
    SearchWords,
    Step,
    Supersession,
    TimelineRecord,
)
from lungmets.knowledge.schema.declared import FindingKind, RecordWord, Seen
from lungmets.knowledge.soundness.found import Found
from lungmets.knowledge.soundness.ground import Met
from lungmets.knowledge.soundness.grounds import Grounds, Spot

_WHY = {
    Seen.UNMET: "nobody meets the rest without it",
    Seen.REFUSED: "whoever meets the rest without it is refused",
    Seen.SAME: "with and without it every answer is the same",
}

_WORDS: dict[type, RecordWord] = {
    Row: RecordWord.ROW,
    Guardrail: RecordWord.GUARDRAIL,
    Caution: RecordWord.CAUTION,
    Note: RecordWord.NOTE,
    Supersession: RecordWord.SUPERSESSION,
    ConflictRecord: RecordWord.CONFLICT,
    NamedCondition: RecordWord.CONDITION,
    ScopeRule: RecordWord.SCOPE,
    PanelItem: RecordWord.PANEL,
    AlertRecord: RecordWord.ALERT,
    Step: RecordWord.ADVICE,
    Question: RecordWord.ADVICE,
    TimelineRecord: RecordWord.TIMELINE,
    SearchWords: RecordWord.SEARCH,
    PopulationRecord: RecordWord.FIGURES,
}

Beside = tuple[int, ...]
"""Conjunctions that have to hold as well, or the record could not be seen to count."""

MOST_BESIDE = 400
"""How many ways of being seen are tried for one fact."""

_MOST_CLASSES = 40
"""How many classes are looked at beside each."""


class Discrimination:
    """Looks at every fact of every condition."""

    def __init__(self, grounds: Grounds) -> None:
        self._grounds = grounds
        self._base = grounds.base
        self.conditions = 0

    def findings(self, records: Iterator[Conditional]) -> Iterator[Found]:
        """The facts that tell nothing apart."""
        for record in records:
            name = record_id(record)
            if isinstance(record, NamedCondition) and not self._counted(name):
                continue  # it is expanded where it is used, and looked at there
            facts: dict[str, bool] = {}
            shown: dict[str, dict[Seen, tuple[Spot, Met]]] = {}
            for bit in bits(self._base.bits[name]):
                for fact in self._base.table.conjunctions[bit]:
                    self.conditions += 1
                    if not facts.get(fact):
                        facts[fact] = self._tells(record, bit, fact, shown.setdefault(fact, {}))
            for fact, tells in facts.items():
                if not tells:
                    yield self._found(record, fact, shown[fact])

    def _found(self, record: Conditional, fact: str, shown: dict[Seen, tuple[Spot, Met]]) -> Found:
        seen = next((one for one in (Seen.SAME, Seen.REFUSED) if one in shown), Seen.UNMET)
        spot, met = shown.get(seen, (self._grounds.today()[0], None))
        return Found(
            FindingKind.TELLS_NOTHING_APART,
            record_id(record),
            what=f"{fact} tells nothing apart: {_WHY[seen]}",
            do="leave the fact out, or accept it in declared.yaml and say why it stands there",
            spot=spot,
            met=met,
            fact=fact,
            of=_WORDS[type(record)],
            seen=seen,
        )

    def _counted(self, name: str) -> bool:
        """Whether a named condition is counted by a conflict, or stands for the `unless` of a guardrail."""
        by_conflict = any(name in record.two_of for record in self._base.content.conflicts)
        return by_conflict or name.removesuffix(".unless") != name

    def _tells(self, record: Conditional, bit: int, fact: str, shown: dict[Seen, tuple[Spot, Met]]) -> bool:
        for spot in self._grounds.spots(record):
            view = self._grounds.view(spot)
            for beside in islice(self._beside(view, record), MOST_BESIDE):
                for met in islice(self._grounds.ground.meeting(view, bit, *beside, but=fact), _MOST_CLASSES):
                    if isinstance(record, Advice) and record.on in {"refused", "incomplete"}:
                        return True  # it is told in the refusal of whoever leaves something out
                    if isinstance(record, PanelItem):
                        if met.answered:
                            return True  # it would be asked for there
                        continue
                    if met.decision.certain & view.scope:
                        shown.setdefault(Seen.REFUSED, (spot, met))
                    elif not met.missing:
                        shown.setdefault(Seen.SAME, (spot, met))
                    if said(met) != said(met, also=1 << bit):
                        return True
        return False

    # ---- what else has to hold --------------------------------------------------------------

    def _beside(self, view: View, record: Conditional) -> Iterator[Beside]:
        name = record_id(record)
        if isinstance(record, Guardrail):
            yield from self._rows(view, view.guardrail_targets[name], view.guardrail_needs.get(name))
        elif isinstance(record, Caution):
            yield from self._rows(view, view.caution_targets[name], None)
        elif isinstance(record, Note):
            yield from self._rows(view, view.note_targets[name], None, told=view.later_rows)
        elif isinstance(record, Supersession):
            newer, older = view.superseding[name]
            yield from self._rows(view, older, newer)
        elif isinstance(record, NamedCondition):
            yield from self._beside_condition(view, name)
        else:
            yield ()

    def _beside_condition(self, view: View, name: str) -> Iterator[Beside]:
        """An exception counts while its guardrail acts, a counted condition beside another one."""
        rule = name.removesuffix(".unless")
        if rule != name:
            for beside in self._rows(view, view.guardrail_targets[rule], view.guardrail_needs.get(rule)):
                yield from ((bit, *beside) for bit in bits(self._base.bits[rule]))
            return
        for conflict in self._base.content.conflicts:
            for other in conflict.two_of if name in conflict.two_of else ():
                if other != name:
                    yield from product(bits(self._base.bits[other]), bits(self._base.bits[conflict.id]))

    def _rows(self, view: View, options: int, needs: int | None, told: int = 0) -> Iterator[Beside]:
        """A row for one of some options, and where it is needed one for one of the others."""
        rows = view.first_rows | view.unresolved_rows | told
        wanted = self._of(view, options, rows)
        if needs is None:
            yield from ((bit,) for bit in wanted)
            return
        yield from product(wanted, self._of(view, needs, rows))

    def _of(self, view: View, options: int, rows: int) -> list[int]:
        found = 0
        for option in bits(options):
            found |= view.rows_of[option]
        return [*bits(found & rows)]


def said(met: Met, *, also: int = 0) -> Hashable:
    """All that an answer or a page of figures shows which conditions decide, sentences by their records."""
    view = met.view
    decision = decide(view, met.states, also=also)
    certain = decision.certain
    alerts = frozenset(_names(view.base, certain & view.alerts))
    beside = frozenset(_names(view.base, certain & (view.advice | view.searching | view.populations)))
    reason = refusal(view, certain, met.missing)
    if reason:
        acting = certain & (view.scope | view.guardrails)
        return reason, met.missing, frozenset(_names(view.base, acting)), alerts, beside
    plan = make_plan(view, met.states, decision)
    lists = tuple(
        tuple((one.option.id, one.rows, tuple(sorted(one.said.items(), key=str))) for one in group)
        for group in (plan.options, plan.withheld, plan.superseded, plan.unresolved)
    )
    history = frozenset(_names(view.base, certain & view.timelines))
    return lists, conflicts_that_hold(view, certain), history, alerts, beside


def _names(base: KnowledgeBase, mask: int) -> Iterator[str]:
    return (base.owner_ids[bit] for bit in bits(mask))
