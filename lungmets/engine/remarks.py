"""What is said of the options: cautions that hold, and prerequisites.

A rule that could still hold, once an unknown is answered, makes that unknown a prerequisite of every
option that the rule speaks of. Profiles differ and yet what is said repeats, so it is kept.
"""

from __future__ import annotations

from functools import cache
from typing import Generic, TypeAlias

from lungmets.assessment import Prerequisite, Remark
from lungmets.engine.decision import Decision
from lungmets.engine.sayings import RemarkT
from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.knowledge.facts import SETS, field_of
from lungmets.knowledge.schema import Caution, Guardrail


class SpokenOf(dict[int, tuple[RemarkT, ...]], Generic[RemarkT]):
    """What is said of each option, found when the option is asked for."""

    __slots__ = ("_groups", "_view")

    def __init__(self, view: View, groups: list[tuple[int, RemarkT]]) -> None:
        super().__init__()
        self._view = view
        self._groups: list[tuple[int, RemarkT]] = groups

    def __missing__(self, option: int) -> tuple[RemarkT, ...]:
        leader = self._view.alike[option]
        if leader != option:
            found = self[option] = self[leader]
            return found
        # A view makes each remark once, so its identity is enough to say it once.
        said = {id(remark): remark for targets, remark in self._groups if targets >> option & 1}
        found = self[option] = self._view.together(tuple(said.values()))
        return found


Asked: TypeAlias = tuple[int, tuple[str, ...]]
"""A conjunction of a rule that could still hold, and the facts that would have to be known."""


def cautions(view: View, decision: Decision) -> SpokenOf[Remark]:
    """The cautions that hold."""
    said = decision.certain & view.cautions
    key = (view.number, said)
    found = view.memory.cautions.get(key)
    if found is None:
        rules = (view.caution_of[bit] for bit in bits(said))
        found = SpokenOf(
            view,
            [
                (view.caution_targets[rule.id], view.remark(rule, rule.says, "says"))
                for rule in rules
                if rule.kind == "caution"
            ],
        )
        view.memory.cautions.keep(key, found)
    return found


def notes(view: View, decision: Decision) -> SpokenOf[Remark]:
    """What dated sources say beside the options."""
    said = decision.certain & view.notes
    key = (view.number, said)
    found = view.memory.notes.get(key)
    if found is None:
        records = (view.note_of[bit] for bit in bits(said))
        found = SpokenOf(
            view, [(view.note_targets[note.id], view.remark(note, note.says)) for note in records]
        )
        view.memory.notes.keep(key, found)
    return found


def prerequisites(view: View, states: States, decision: Decision) -> SpokenOf[Prerequisite]:
    """What has to be done or known first."""
    said = decision.certain & view.cautions
    asked: tuple[Asked, ...] = tuple(
        (bit, tuple(view.table.unknown_facts(bit, states)))
        for bit in bits(decision.possible & ~decision.certain & view.asking)
        if _could_act(view, decision, view.asking_of[bit][0])
    )
    key = (view.number, said, asked)
    found = view.memory.prerequisites.get(key)
    if found is None:
        found = SpokenOf(view, _tasks(view, said, asked))
        view.memory.prerequisites.keep(key, found)
    return found


def _tasks(view: View, said: int, asked: tuple[Asked, ...]) -> list[tuple[int, Prerequisite]]:
    rules = (view.caution_of[bit] for bit in bits(said))
    found = [
        (view.caution_targets[rule.id], view.prerequisite(rule, None, rule.says))
        for rule in rules
        if rule.kind != "caution"
    ]
    for bit, facts in asked:
        asking, targets = view.asking_of[bit]
        found += [(targets, view.prerequisite(asking, _item_of(fact), asking.asks or "")) for fact in facts]
    return found


def _could_act(view: View, decision: Decision, rule: Caution | Guardrail) -> bool:
    """Whether a rule that does not hold yet could.

    One that needs a documented alternative asks only where one could be documented.
    """
    if view.base.bits[rule.id] & decision.certain:
        return False
    needs = view.guardrail_needs.get(rule.id)
    return needs is None or any(
        needs >> view.option_of[bit] & 1 for bit in bits(decision.possible & view.first_rows)
    )


@cache
def _item_of(fact: str) -> str:
    """What a prerequisite names: the member of a set, or the field of the profile."""
    return fact if fact.partition(".")[0] in SETS else field_of(fact)
