"""What the answer to an open item could do to the list.

An item is *decisive* when two completions of the profile that differ in nothing else give different
final options, withholding and supersession included. That is found by trying: the quietest completion
of the other items first, then those with one item answered otherwise, then all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TypeAlias

from lungmets.assessment import Missing
from lungmets.engine.decision import Outcome, decide
from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.knowledge.schema import PanelItem
from lungmets.vocabulary import Effect

MOST_COMPLETIONS = 500
"""How many completions are tried before "decisive" is said without having been shown."""

Patch: TypeAlias = dict[int, int]
"""One answer to an item: positions of facts, and their states."""

Completion: TypeAlias = Sequence[Patch]
"""One answer to each of the other open items."""


@dataclass(frozen=True, slots=True)
class Open:
    """An item without an answer: why, and the answers that it could have, the quietest first."""

    item: PanelItem
    why: str
    answers: tuple[Patch, ...]


def patched(states: States, *patches: Patch) -> States:
    """The states with some answers put in."""
    changed = list(states)
    for patch in patches:
        for position, state in patch.items():
            changed[position] = state
    return tuple(changed)


def weigh(view: View, states: States, open_items: Sequence[Open]) -> list[Missing]:
    """What each open item could do."""
    if not open_items:
        return []
    trials = _Trials(view, states)
    return [
        _missing(view, item, trials.findings(item, [other for other in open_items if other is not item]))
        for item in open_items
    ]


@dataclass(slots=True)
class _Findings:
    """What trying an item's answers has shown so far."""

    decisive: bool = False
    effect: Effect = Effect.NOTHING
    decides: int = 0

    def take(self, outcomes: Sequence[Outcome | None]) -> None:
        """Compares the outcomes of answers that stand beside the same completion."""
        if len(set(outcomes)) == 1:
            return
        self.decisive = True
        lists = [outcome[0] if outcome else 0 for outcome in outcomes]
        some, every = 0, lists[0]
        for one in lists:
            some |= one
            every &= one
        self.decides |= some & ~every
        nested = all(a & b in (a, b) for a in lists for b in lists)
        if not nested or None in outcomes:
            self.effect = Effect.REPLACES
        elif self.effect is Effect.NOTHING:
            self.effect = Effect.ADDS


class _Trials:
    """Outcomes of completions, each computed once."""

    def __init__(self, view: View, states: States) -> None:
        self._view = view
        self._states = states
        self._shaping = _shaping(view, states)
        self._known: dict[States, Outcome | None] = {}

    def findings(self, item: Open, others: Sequence[Open]) -> _Findings:
        """Tries the item's answers beside more and more completions, until one shows a difference."""
        found = _Findings()
        choices = [other.answers or ({},) for other in others]
        quiet: Completion = [answers[0] for answers in choices]
        found.take(self._outcomes(item, quiet))
        if found.decisive or not self._matters(item):
            return found
        if self._any_differs(item, _one_changed(choices), found):
            return found
        if prod(map(len, choices)) * len(item.answers) > MOST_COMPLETIONS:
            return _Findings(decisive=True, effect=Effect.REPLACES)
        self._any_differs(item, product(*choices), found)
        return found

    def _any_differs(self, item: Open, completions: Iterator[Completion], found: _Findings) -> bool:
        for completion in completions:
            found.take(self._outcomes(item, completion))
            if found.decisive:
                return True
        return False

    def _outcomes(self, item: Open, completion: Completion) -> list[Outcome | None]:
        return [self._outcome([*completion, answer]) for answer in item.answers or ({},)]

    def _outcome(self, patches: Completion) -> Outcome | None:
        """The final options of a completion; nothing where it is out of scope or contradicts itself."""
        states = patched(self._states, *patches)
        if states not in self._known:
            decision = decide(self._view, states)
            refused = decision.certain & self._view.scope
            self._known[states] = None if refused else decision.outcome
        return self._known[states]

    def _matters(self, item: Open) -> bool:
        """Whether anything that can still shape the list reads what the item's answers differ in."""
        differing = {
            position
            for answer in item.answers
            for position in answer
            if any(other.get(position) != answer[position] for other in item.answers)
        }
        return any(self._view.table.reading[position] & self._shaping for position in differing)


def _one_changed(choices: Sequence[Sequence[Patch]]) -> Iterator[Completion]:
    """The quietest completion with one item answered otherwise, for each item and answer."""
    quiet = [answers[0] for answers in choices]
    for index, answers in enumerate(choices):
        for answer in answers[1:]:
            yield [*quiet[:index], answer, *quiet[index + 1 :]]


def _shaping(view: View, states: States) -> int:
    """The conjunctions that could still change the list, whatever is answered.

    What is already withheld whatever comes back shapes nothing: with EGFR positive, no PD-L1 score
    brings a checkpoint inhibitor back. What is withheld locally still does: it may be the documented
    alternative that a guardrail of the knowledge needs.
    """
    certain, possible = view.table.match(states)
    gone = 0
    for bit in bits(certain & view.guardrails):
        name = view.base.owner_ids[bit]
        always = name not in view.guardrail_needs and name not in view.guardrail_exceptions
        if always and name not in view.base.local.marks:
            gone |= view.guardrail_targets[name]
    found = view.scope
    for bit in bits(possible & (view.first_rows | view.unresolved_rows)):
        if not gone >> view.option_of[bit] & 1:
            found |= 1 << bit
    for mask, targets in (
        (view.guardrails, view.guardrail_targets),
        (view.cautions, view.caution_targets),
        (view.supersessions, {name: newer for name, (newer, _) in view.superseding.items()}),
    ):
        for bit in bits(possible & mask):
            if targets[view.base.owner_ids[bit]] & ~gone:
                found |= 1 << bit
    return found & possible


def _missing(view: View, item: Open, found: _Findings) -> Missing:
    return Missing(
        item=item.item.item,
        why=item.why,
        test=item.item.test,
        effect=found.effect,
        decisive=found.decisive,
        decides=tuple(sorted(view.options.keys[option].id for option in bits(found.decides))),
        citations=view.asked_by(item.item),
    )
