"""Putting an answer together: citing, ordering, explaining.

Everything decided is known by now; this module only says it. Sentences come from ``knowledge/``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

from lungmets.assessment import (
    Alert,
    Conflict,
    DocumentedOptions,
    Refusal,
    Remark,
    TraceStep,
)
from lungmets.attribution import asked_locally, attributed
from lungmets.engine.advising import told, trial_search
from lungmets.engine.alerting import raise_alerts
from lungmets.engine.decision import Decision
from lungmets.engine.genes import read_genes
from lungmets.engine.plan import Plan
from lungmets.engine.stages import staged
from lungmets.engine.symptom_log import logged
from lungmets.engine.table import bits
from lungmets.engine.timelines import timelines
from lungmets.engine.view import View
from lungmets.gate import Gate
from lungmets.knowledge.schema import Advice, ConflictRecord, Guardrail, ScopeRule
from lungmets.listing import Listing
from lungmets.profile import PatientProfile
from lungmets.vocabulary import Panel, RefusalReason


class Account:
    """All that an answer needs, for one question."""

    def __init__(
        self,
        view: View,
        profile: PatientProfile,
        panel: Panel,
        day: date,
        gate: Gate,
        settled: tuple[Decision, Plan],
    ) -> None:
        self.view = view
        self.profile = profile
        self.panel = panel
        self.day = day
        self.gate = gate
        self.decision, self.plan = settled
        self.sentences = view.base.content.release.sentences

    # ---- why a question ends early ----------------------------------------------------------

    @cached_property
    def _scope_rules(self) -> list[ScopeRule]:
        owners = {id(rule): rule for rule in self._owners(self.decision.certain & self.view.scope)}
        return [rule for rule in owners.values() if isinstance(rule, ScopeRule)]

    @property
    def outside_scope(self) -> tuple[Remark, ...]:
        """What puts the question out of scope."""
        return self._scope_remarks(RefusalReason.OUT_OF_SCOPE)

    @property
    def contradictions(self) -> tuple[Remark, ...]:
        """Where the profile contradicts itself."""
        return self._scope_remarks(RefusalReason.INCONSISTENT)

    def undated(self) -> tuple[Remark, ...]:
        """Why the knowledge cannot answer for this day and place."""
        if sentence := self.view.base.uncovered(self.view.place, self.day):
            return (self._said(sentence),)
        return self._scope_remarks(RefusalReason.UNDATED)

    def incomplete(self) -> tuple[Remark, ...]:
        """The library's own rule that all items are answered first, and why an overlay asks for more."""
        missing = {item.item for item in self.gate.missing}
        return (
            self._said("incomplete", rule=self.view.safety_rule),
            *(remark for item, remark in asked_locally(self.view, self.panel) if item in missing),
        )

    # ---- the two answers --------------------------------------------------------------------

    def refusal(self, reason: RefusalReason, explanation: tuple[Remark, ...]) -> Refusal:
        """A refusal with all that can still be said."""
        incomplete = reason is RefusalReason.INCOMPLETE
        asked = tuple(
            Remark(id=rule.id, text=question, citations=self.view.cite(rule.by))
            for rule in self._scope_rules
            for question in rule.questions
        )
        answer = Refusal(
            reason=reason,
            explanation=explanation,
            missing=self.gate.missing if incomplete else (),
            certain=self._certain() if incomplete else (),
            alerts=self.alerts,
            assumptions=self._assumptions(),
            as_of=self.day,
            jurisdiction=self.view.place,
            panel=self.panel,
            knowledge=self.view.stamp,
            not_considered=self.gate.not_considered,
            next_steps=self._advice(self.view.base.content.workup, refused=True, incomplete=incomplete),
            questions=asked
            + self._advice(self.view.base.content.questions, refused=True, incomplete=incomplete),
            staging=staged(self.view, self.profile),
            symptom_log=logged(self.view, self.profile, self.decision.certain),
            trial_search=trial_search(self.view, self.decision.certain),
            notice=self.view.base.content.release.notice,
            trace=self._opening_trace()
            + tuple(self.view.step("refuse", remark.id, reason.value) for remark in explanation),
        )
        return attributed(answer, self.view, self.gate)

    def documented(self) -> DocumentedOptions:
        """The options, and what was taken off the list."""
        listing = Listing(self.view, self.profile, self.plan)
        conflicts = self._conflicts(listing)
        answer = DocumentedOptions(
            options=listing.options,
            withheld=listing.withheld,
            superseded=listing.superseded,
            unresolved=listing.unresolved,
            conflicts=conflicts,
            timelines=timelines(self.view, self.decision.certain),
            alerts=self.alerts,
            assumptions=self._assumptions(),
            as_of=self.day,
            jurisdiction=self.view.place,
            panel=self.panel,
            knowledge=self.view.stamp,
            not_considered=self.gate.not_considered,
            next_steps=self._advice(self.view.base.content.workup, refused=False, incomplete=False),
            questions=self._advice(self.view.base.content.questions, refused=False, incomplete=False),
            staging=staged(self.view, self.profile),
            symptom_log=logged(self.view, self.profile, self.decision.certain),
            trial_search=trial_search(self.view, self.decision.certain),
            notice=self.view.base.content.release.notice,
            trace=(*self._opening_trace(), *listing.trace()),
        )
        return attributed(answer, self.view, self.gate)

    # ---- the parts --------------------------------------------------------------------------

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """The emergencies, the most urgent first."""
        return raise_alerts(self.view, self.profile, self.decision.certain)

    def _said(self, key: str, *, rule: str | None = None) -> Remark:
        return Remark(id=key, text=self.view.base.said(key, self.view.place, self.day), rule=rule)

    def _owners(self, mask: int) -> list[object]:
        return [self.view.base.owner[bit] for bit in bits(mask)]

    def _scope_remarks(self, reason: RefusalReason) -> tuple[Remark, ...]:
        return tuple(self.view.remark(rule, rule.says) for rule in self._scope_rules if rule.reason is reason)

    def _assumptions(self) -> tuple[Remark, ...]:
        """What was taken for granted because it was not stated, and is printed on top."""
        open_rules = self.decision.possible & ~self.decision.certain & self.view.scope
        bare = read_genes(self.view.base, self.profile).bare
        key = ("assumptions", open_rules, self.decision.certain & self.view.scope, bare)
        return self._kept(key, lambda: self._new_assumptions(open_rules, bare))

    def _new_assumptions(self, open_rules: int, bare: tuple[str, ...]) -> tuple[Remark, ...]:
        found: dict[str, Remark] = {}
        for rule in self._owners(open_rules):
            if isinstance(rule, ScopeRule) and rule.assumed and rule not in self._scope_rules:
                remark = Remark(id=rule.id, text=rule.assumed, rule=self.view.project_default)
                found.setdefault(rule.assumed, remark)
        remarks = list(found.values())
        if bare:
            text = self.sentences["specimen_not_stated"].format(genes=", ".join(bare))
            remarks.append(Remark(id="specimen_not_stated", text=text, rule=self.view.project_default))
        return tuple(remarks)

    def _kept(self, key: tuple[object, ...], make: Callable[[], tuple[Remark, ...]]) -> tuple[Remark, ...]:
        """Remarks that the key decides, made once for a view."""
        key = (self.view.number, *key)
        found = self.view.memory.said.get(key)
        if found is None:
            found = make()
            self.view.memory.said.keep(key, found)
        return found

    def _certain(self) -> tuple[Remark, ...]:
        """What holds whatever comes back: the guardrails that already act."""
        found: dict[str, Remark] = {}
        for rule in self._owners(self.decision.certain & self.view.guardrails):
            if isinstance(rule, Guardrail) and rule.while_documented is None:
                found.setdefault(rule.id, self.view.remark(rule, rule.certain, "certain"))
        return tuple(found.values())

    def _advice(self, advice: Sequence[Advice], *, refused: bool, incomplete: bool) -> tuple[Remark, ...]:
        wanted = {"every", "refused" if refused else "documented"} | ({"incomplete"} if incomplete else set())
        held = self._told & self.view.advice_of[id(advice)]
        return self._kept(
            ("advice", id(advice), held, refused, incomplete),
            lambda: tuple(
                self.view.remark(item, item.says)
                for item in advice
                if item.on in wanted and self.view.base.bits[item.id] & held
            ),
        )

    @cached_property
    def _told(self) -> int:
        return told(self.view, self.profile, self.gate, self.decision.certain)

    def _conflicts(self, listing: Listing) -> tuple[Conflict, ...]:
        found = []
        for record in self.view.conflicts if self.decision.certain & self.view.conflicting else ():
            if self._conflicting(record):
                concerned = self.decision.matched | self.decision.unresolved
                touched = self.view.conflict_targets[record.id] & concerned
                found.append(
                    Conflict(
                        id=record.id,
                        text=record.text,
                        questions=record.questions,
                        options=tuple(sorted(self.view.options.keys[option].id for option in bits(touched))),
                        citations=self.view.cite(record.by),
                        rule=self.view.conflict_rule(record),
                    )
                )
        found += listing.preference_conflicts(self.sentences["two_preferences"])
        return tuple(found)

    def _conflicting(self, record: ConflictRecord) -> bool:
        certain, of = self.decision.certain, self.view.base.bits
        if not of[record.id] & certain:
            return False
        held = sum(bool(of[name] & certain) for name in record.two_of)
        return not record.two_of or held > 1

    def _opening_trace(self) -> tuple[TraceStep, ...]:
        step = self.view.step
        steps = [step("alert", alert.id, alert.urgency.value) for alert in self.alerts]
        missing = {item.item for item in self.gate.missing}
        steps += [
            step("gate", item, "missing" if item in missing else "answered") for item in self.gate.asked
        ]
        steps += [step("gate", item, "not considered") for item in self.gate.not_considered]
        return tuple(steps)
