"""What is said of the options: cautions that hold, and prerequisites.

A rule that could still hold, once an unknown is answered, makes that unknown a prerequisite of every
option that the rule speaks of. Profiles differ and yet what is said repeats, so it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import Generic, TypeAlias

from lungmets.assessment import Prerequisite, Remark
from lungmets.engine.decision import Decision
from lungmets.engine.sayings import RemarkT
from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.knowledge.facts import SETS, field_of
from lungmets.knowledge.schema import Caution, Guardrail

Asked: TypeAlias = tuple[int, tuple[str, ...]]
"""A conjunction of a rule that could still hold, and the facts that would have to be known."""


class SpokenOf(dict[int, tuple[RemarkT, ...]], Generic[RemarkT]):
    """What is said of each option, found when the option is asked for.

    Of all that holds only what speaks of the option decides it: so what is said of a drug is made once,
    however many details of the brain differ. ``part`` gives what speaks of an option, and ``make`` the
    remarks of that.
    """

    __slots__ = ("_kind", "_make", "_part", "_view")

    def __init__(
        self,
        view: View,
        kind: str,
        part: Callable[[int], tuple[object, ...]],
        make: Callable[..., Iterable[RemarkT]],
    ) -> None:
        super().__init__()
        self._view = view
        self._kind = kind
        self._part = part
        self._make: Callable[..., Iterable[RemarkT]] = make

    def __missing__(self, option: int) -> tuple[RemarkT, ...]:
        view = self._view
        leader = view.alike[option]
        if leader != option:
            found = self[option] = self[leader]
            return found
        part = self._part(leader)
        key = (view.number, self._kind, leader, part)
        kept = view.memory.spoken.get(key)
        if kept is None:
            # A view makes each remark once, so its identity is enough to say it once.
            said = {id(remark): remark for remark in self._make(*part)}
            kept = view.together(tuple(said.values()))
            view.memory.spoken.keep(key, kept)
        self[option] = kept
        return kept


def cautions(view: View, decision: Decision) -> SpokenOf[Remark]:
    """The cautions that hold."""
    said = decision.certain & view.cautions
    key = (view.number, said)
    found = view.memory.cautions.get(key)
    if found is None:

        def make(mask: int) -> Iterator[Remark]:
            for rule in map(view.caution_of.__getitem__, bits(mask)):
                if rule.kind == "caution":
                    yield view.remark(rule, rule.says, "says")

        found = SpokenOf(view, "caution", lambda option: (said & view.cautions_on[option],), make)
        view.memory.cautions.keep(key, found)
    return found


def notes(view: View, decision: Decision) -> SpokenOf[Remark]:
    """What dated sources say beside the options."""
    said = decision.certain & view.notes
    key = (view.number, said)
    found = view.memory.notes.get(key)
    if found is None:

        def make(mask: int) -> Iterator[Remark]:
            for note in map(view.note_of.__getitem__, bits(mask)):
                yield view.remark(note, note.says)

        found = SpokenOf(view, "note", lambda option: (said & view.notes_on[option],), make)
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

        def part(option: int) -> tuple[object, ...]:
            mine = tuple([one for one in asked if view.asking_of[one[0]][1] >> option & 1])
            return said & view.cautions_on[option], mine

        found = SpokenOf(view, "task", part, partial(_tasks, view))
        view.memory.prerequisites.keep(key, found)
    return found


def _tasks(view: View, said: int, asked: tuple[Asked, ...]) -> Iterator[Prerequisite]:
    """The same thing is asked once, on the sources of all who ask it; what is local stands apart."""
    same: dict[tuple[str | None, str, str | None], list[Guardrail | Caution]] = {}
    for rule, item, text in _asking(view, said, asked):
        asking = same.setdefault((item, text, view.base.local.marks.get(rule.id)), [])
        if all(rule is not one for one in asking):
            asking.append(rule)
    for (item, text, _), rules in same.items():
        yield view.prerequisite(tuple(rules), item, text)


def _asking(
    view: View, said: int, asked: tuple[Asked, ...]
) -> Iterator[tuple[Guardrail | Caution, str | None, str]]:
    for rule in map(view.caution_of.__getitem__, bits(said)):
        if rule.kind != "caution":
            yield rule, None, rule.says
    for bit, facts in asked:
        asking = view.asking_of[bit][0]
        yield from ((asking, _item_of(fact), asking.asks or "") for fact in facts)


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
