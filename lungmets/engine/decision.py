"""From the states of the facts to the options that remain.

The order is fixed: match, withhold, supersede. Everything is a mask of options, so that a decision
costs a few microseconds, and completions of a profile can be tried by the thousand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.knowledge.facts import field_of
from lungmets.knowledge.schema import Caution, Guardrail, Supersession

Outcome: TypeAlias = tuple[int, int, int]
"""What two completions are compared by: the options, the preferred ones, the unresolved ones."""


@dataclass(slots=True)
class Decision:
    """Which options are documented, and what became of each; sets of options are bit masks."""

    certain: int
    possible: int
    matched: int = 0
    later: int = 0
    unresolved: int = 0
    withheld: int = 0
    cautioned: int = 0
    superseded: int = 0
    preferred: int = 0
    withheld_by: dict[int, list[Guardrail]] = field(default_factory=dict)
    superseded_by: dict[int, list[tuple[Supersession, int]]] = field(default_factory=dict)

    @property
    def options(self) -> int:
        """The options that remain."""
        return self.matched & ~self.withheld & ~self.superseded

    @property
    def of_later_lines(self) -> int:
        """Options that are documented for later lines only; an answer shows them as withheld."""
        return self.later & ~self.withheld & ~self.unresolved

    @property
    def outcome(self) -> Outcome:
        """The final options, withholding and supersession included."""
        return self.options, self.preferred & self.options, self.unresolved & ~self.withheld


def decide(view: View, states: States, *, also: int = 0) -> Decision:
    """Matches, withholds and supersedes. ``also`` are conjunctions that are taken to hold as well."""
    certain, possible = view.table.match(states)
    certain |= also
    possible |= also
    found = Decision(certain, possible)
    option_of = view.option_of
    for bit in bits(certain & view.first_rows):
        found.matched |= 1 << option_of[bit]
    for bit in bits(certain & view.later_rows):
        found.later |= 1 << option_of[bit]
    _leave_unresolved(view, states, found)
    # Only now is it known what is documented first-line: an unresolved row may have been settled.
    found.later &= ~found.matched
    _withhold(view, found)
    for bit in bits(certain & view.cautions):
        caution = view.base.owner[bit]
        if isinstance(caution, Caution) and caution.kind == "caution" and caution.when:
            found.cautioned |= view.caution_targets[caution.id]
    _supersede(view, found)
    for bit in bits(certain & view.preferring & view.first_rows):
        found.preferred |= 1 << option_of[bit]
    return found


def _leave_unresolved(view: View, states: States, found: Decision) -> None:
    """Options that cannot be settled: always, or while a fact that they name is not known."""
    for bit in bits(found.possible & view.unresolved_rows):
        unresolved = view.row_of[bit].unresolved
        settled = found.certain >> bit & 1
        if unresolved is None:
            continue
        if unresolved.unknown:
            if settled and not unresolved.stays:  # the fact is known after all: an ordinary row
                found.matched |= 1 << view.option_of[bit]
                continue
            fields = {field_of(fact) if fact not in unresolved.unknown else fact
                      for fact in view.table.unknown_facts(bit, states)}  # fmt: skip
            if settled or fields <= set(unresolved.unknown):
                found.unresolved |= 1 << view.option_of[bit]
        elif settled:
            found.unresolved |= 1 << view.option_of[bit]
    found.unresolved &= ~found.matched


def _withhold(view: View, found: Decision) -> None:
    """Guardrails act in turns: those that need a documented alternative come second, local ones last."""
    holding: dict[str, Guardrail] = {}
    for bit in bits(found.certain & view.guardrails):
        rule = view.base.owner[bit]
        if isinstance(rule, Guardrail) and not found.certain & view.guardrail_exceptions.get(rule.id, 0):
            holding[rule.id] = rule
    for turn in view.turns:
        remaining = found.matched & ~found.withheld
        for name, rule in holding.items():
            needs = view.guardrail_needs.get(name)
            if view.guardrail_turns[name] != turn or (needs is not None and not remaining & needs):
                continue
            hit = view.guardrail_targets[name] & (found.matched | found.unresolved)
            found.withheld |= hit
            for option in bits(hit):
                found.withheld_by.setdefault(option, []).append(rule)


def _supersede(view: View, found: Decision) -> None:
    """An option gives way only to one that stands for this profile without a caution.

    To a supersession of the knowledge a row of the knowledge must document the one that replaces.
    """
    live = found.matched & ~found.withheld
    strong = live & ~found.cautioned
    cited = strong & documented_by_the_release(view, found) if view.local_rows else strong
    holding = {id(record): record for record in map(view.base.owner.__getitem__,
                                                     bits(found.certain & view.supersessions))}  # fmt: skip
    for record in holding.values():
        if not isinstance(record, Supersession):
            continue
        newer, older = view.superseding[record.id]
        winners = newer & (strong if record.id in view.base.local.marks else cited)
        losers = older & live & ~winners
        if winners and losers:
            found.superseded |= losers
            for option in bits(losers):
                found.superseded_by.setdefault(option, []).append((record, winners))


def documented_by_the_release(view: View, found: Decision) -> int:
    """The options that a row holds for which is not local."""
    options = 0
    for bit in bits(found.certain & (view.first_rows | view.unresolved_rows) & ~view.local_rows):
        options |= 1 << view.option_of[bit]
    return options
