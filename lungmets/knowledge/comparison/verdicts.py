"""The part of an answer that is compared: what is refused, where each option stands, what is urgent.

It is taken either from a whole answer or, some hundred times faster, from the decision behind it. Both
ways give the same; a test compares them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.engine.decision import Decision, decide
from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.comparison.models import Outcome
from lungmets.knowledge.schema import AlertRecord, ConflictRecord, ScopeRule
from lungmets.vocabulary import RefusalReason, Standing, Urgency

NOT_UNDERSTOOD = "symptom_not_understood"
PREFERENCES = "two-preferences."
"""How the ids of conflicts between preferences begin; they are made for an answer and are no record."""
WITHHELD, SUPERSEDED, UNRESOLVED, LATER = "withheld", "superseded", "unresolved", "later_line"


class Verdict(NamedTuple):
    """What is compared, in values that can be compared."""

    refused: str
    """The reason of a refusal; empty where options are listed."""
    missing: tuple[str, ...]
    options: frozenset[tuple[str, str]]
    conflicts: frozenset[str]
    alerts: frozenset[tuple[str, str]]

    def outcome(self) -> Outcome:
        """The verdict as plain data."""
        return Outcome(
            status="refused" if self.refused else "documented",
            reason=self.refused or None,
            missing=self.missing,
            options=dict(sorted(self.options)),
            conflicts=tuple(sorted(self.conflicts)),
            alerts=dict(sorted(self.alerts)),
        )


def verdict_of(answer: Refusal | DocumentedOptions, base: KnowledgeBase) -> Verdict:
    """The verdict of a whole answer that a release has given.

    What is withheld because it is documented for later lines only is told apart from what a guardrail
    withholds: the first names its rows.
    """
    rows = {row.id for _, row in base.content.rows()}
    alerts = frozenset((alert.id, alert.urgency.value) for alert in answer.alerts)
    if isinstance(answer, Refusal):
        missing = tuple(item.item for item in answer.missing)
        return Verdict(answer.reason.value, missing, frozenset(), frozenset(), alerts)
    options = {(option.id, option.standing.value) for option in answer.options}
    for option in answer.withheld:
        options.add((option.id, LATER if rows & set(option.by) else WITHHELD))
    for place, group in (
        (SUPERSEDED, answer.superseded),
        (UNRESOLVED, answer.unresolved),
    ):
        options |= {(option.id, place) for option in group}
    # That two sources prefer different options is told by the standing of both.
    known = frozenset(conflict.id for conflict in answer.conflicts if not conflict.id.startswith(PREFERENCES))
    return Verdict("", (), frozenset(options), known, alerts)


def verdict(view: View, states: States, missing: tuple[str, ...], not_understood: int) -> Verdict:
    """The verdict from the states of the facts, and what the gate found."""
    decision = decide(view, states)
    alerts = alerts_that_hold(view, decision.certain, not_understood)
    refused = refusal(view, decision.certain, missing)
    if refused:
        asked = missing if refused == RefusalReason.INCOMPLETE else ()
        return Verdict(refused, asked, frozenset(), frozenset(), alerts)
    return Verdict(
        "", (), frozenset(placed(view, decision).items()), conflicts_that_hold(view, decision.certain), alerts
    )


def refusal(view: View, certain: int, missing: Collection[str]) -> str:
    """Why nothing is listed, in the order in which the pipeline asks; empty where something is."""
    owners = [view.base.owner[bit] for bit in bits(certain & view.scope)]
    reasons = {owner.reason for owner in owners if isinstance(owner, ScopeRule)}
    for reason in (RefusalReason.OUT_OF_SCOPE, RefusalReason.INCONSISTENT, RefusalReason.UNDATED):
        if reason in reasons:
            return reason.value
    return RefusalReason.INCOMPLETE.value if missing else ""


def placed(view: View, decision: Decision) -> dict[str, str]:
    """Each option that an answer names, with where it stands."""
    keys = view.options.keys
    later = decision.later & ~decision.withheld & ~decision.unresolved
    found: dict[str, str] = {}
    for mask, place in (
        (decision.options & ~decision.preferred, Standing.DOCUMENTED.value),
        (decision.options & decision.preferred, Standing.PREFERRED.value),
        (decision.superseded, SUPERSEDED),
        (decision.unresolved & ~decision.withheld, UNRESOLVED),
        (decision.withheld, WITHHELD),
        (later, LATER),
    ):
        found.update((keys[option].id, place) for option in bits(mask))
    return found


def conflicts_that_hold(view: View, certain: int) -> frozenset[str]:
    """The conflicts that an answer tells, those between preferences apart."""
    return frozenset(record.id for record in view.conflicts if _conflicting(view, record, certain))


def _conflicting(view: View, record: ConflictRecord, certain: int) -> bool:
    of = view.base.bits
    held = sum(bool(of[name] & certain) for name in record.two_of)
    return bool(of[record.id] & certain) and (not record.two_of or held > 1)


def alerts_that_hold(view: View, certain: int, not_understood: int) -> frozenset[tuple[str, str]]:
    """The alerts, with their urgency."""
    owners = [view.base.owner[bit] for bit in bits(certain & view.alerts)]
    found = {(alert.id, alert.urgency.value) for alert in owners if isinstance(alert, AlertRecord)}
    if not_understood:
        found.add((NOT_UNDERSTOOD, Urgency.SAME_DAY.value))
    return frozenset(found)
