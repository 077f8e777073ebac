"""The lists of an answer: each option with its reasons, evidence and citations, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from lungmets.assessment import Because, Conflict, Option, Prerequisite, Remark, TraceStep
from lungmets.engine.decision import Decision
from lungmets.engine.table import States, bits
from lungmets.engine.view import View
from lungmets.knowledge.facts import SETS, field_of
from lungmets.knowledge.schema import Caution, Guardrail
from lungmets.profile import PatientProfile
from lungmets.showing import shown_fact
from lungmets.vocabulary import Basis, Domain, Standing

_DOMAINS = {domain: position for position, domain in enumerate(Domain)}
_STANDINGS = {standing: position for position, standing in enumerate(Standing)}
_BASES = {basis: position for position, basis in enumerate(Basis)}


class Listing:
    """Builds the options, and what was withheld, superseded or left unresolved."""

    def __init__(self, view: View, profile: PatientProfile, states: States, decision: Decision) -> None:
        self._view = view
        self._profile = profile
        self._states = states
        self._decision = decision
        self._values: dict[str, str] = {}
        self._bits = self._bits_of_options()
        self._remarks = self._cautions_and_prerequisites()

    # ---- the four lists ---------------------------------------------------------------------

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """What remains."""
        return self._ordered(self._option(option) for option in bits(self._decision.options))

    @cached_property
    def withheld(self) -> tuple[Option, ...]:
        """What a guardrail removed, and what is documented only for later lines."""
        removed = [self._withheld(option) for option in bits(self._decision.withheld)]
        later = self._decision.later & ~self._decision.withheld & ~self._decision.unresolved
        return self._ordered([*removed, *(self._later(option) for option in bits(later))])

    @cached_property
    def superseded(self) -> tuple[Option, ...]:
        """What was replaced, by what, and on whose word."""
        return self._ordered(self._superseded(option) for option in bits(self._decision.superseded))

    @cached_property
    def unresolved(self) -> tuple[Option, ...]:
        """What cannot be settled for this profile, with the reason."""
        left = self._decision.unresolved & ~self._decision.withheld
        return self._ordered(self._unresolved(option) for option in bits(left))

    @property
    def trace(self) -> tuple[TraceStep, ...]:
        """What matching, withholding and superseding did, in that order."""
        step = self._view.step
        steps = [
            step("match", because.row, option.id, because.values)
            for group in (self.options, self.superseded, self.withheld, self.unresolved)
            for option in group
            for because in option.because
        ]
        for stage, group in (
            ("withhold", self.withheld),
            ("supersede", self.superseded),
            ("leave unresolved", self.unresolved),
        ):
            steps += [step(stage, name, option.id) for option in group for name in option.by]
        return tuple(steps)

    def preference_conflicts(self, sentence: str) -> list[Conflict]:
        """Two preferences at once in one domain are a conflict, and both are shown."""
        found = []
        for domain in Domain:
            both = [o for o in self.options if o.domain is domain and o.standing is Standing.PREFERRED]
            if len(both) > 1:
                cited = {citation.id: citation for option in both for citation in option.citations}
                found.append(
                    Conflict(
                        id=f"two-preferences.{domain}",
                        text=sentence.format(options=", ".join(option.name for option in both)),
                        questions=(),
                        options=tuple(option.id for option in both),
                        citations=tuple(cited.values()),
                    )
                )
        return found

    # ---- one option -------------------------------------------------------------------------

    def _option(self, option: int, *, reason: tuple[Remark, ...] = (), by: tuple[str, ...] = ()) -> Option:
        held = self._bits[option]
        because = self._because(held)
        preferred = self._decision.preferred >> option & 1
        cautions, prerequisites = self._remarks.get(option, ((), ()))
        # Remarks and rows are made once for a view, so their identity tells options apart.
        made = (option, preferred, because, *map(id, cautions), 0, *map(id, prerequisites), 0, *map(id, reason), by)
        found = self._view.listed.get(made)
        if found is None:
            found = self._new_option(option, because, preferred, cautions, prerequisites, reason, by)
            self._view.listed.keep(made, found)
        return found

    def _new_option(
        self,
        option: int,
        because: tuple[Because, ...],
        preferred: int,
        cautions: tuple[Remark, ...],
        prerequisites: tuple[Prerequisite, ...],
        reason: tuple[Remark, ...],
        by: tuple[str, ...],
    ) -> Option:
        key = self._view.options.keys[option]
        dossier = self._view.dossier(option, tuple(item.row for item in because))
        return Option(
            id=key.id,
            domain=key.domain,
            regimen=key.regimen,
            name=key.name,
            basis=dossier.basis,
            standing=Standing.PREFERRED if preferred else Standing.DOCUMENTED,
            off_label=dossier.off_label,
            approvals=dossier.approvals,
            because=because,
            evidence=dossier.evidence,
            notes=dossier.notes,
            cautions=cautions,
            prerequisites=prerequisites,
            citations=dossier.citations,
            review_due=dossier.review_due,
            reason=reason,
            by=by,
        )

    def _withheld(self, option: int) -> Option:
        rules = self._decision.withheld_by[option]
        reasons = tuple(self._view.remark(rule, rule.reason, "reason") for rule in rules)
        return self._option(option, reason=reasons, by=tuple(rule.id for rule in rules))

    def _later(self, option: int) -> Option:
        rows = {self._view.row_of[bit].id: self._view.row_of[bit] for bit in self._bits[option]}
        sentence = self._view.base.content.release.sentences["later_line"]
        reasons = tuple(self._view.row_remark(row, row.note or sentence) for row in rows.values())
        return self._option(option, reason=reasons, by=tuple(rows))

    def _superseded(self, option: int) -> Option:
        records = self._decision.superseded_by[option]
        reasons = tuple(self._view.remark(record, record.reason, "reason") for record, _ in records)
        winners = 0
        for _, mask in records:
            winners |= mask
        # Name those that still stand; a winner may itself have been replaced.
        standing = winners & ~self._decision.superseded or winners
        names = sorted(self._view.options.keys[winner].id for winner in bits(standing))
        return self._option(option, reason=reasons, by=tuple(names))

    def _unresolved(self, option: int) -> Option:
        rows = {self._view.row_of[bit].id: self._view.row_of[bit] for bit in self._bits[option]}
        reasons = []
        for row in rows.values():
            if row.unresolved is not None:
                reasons.append(self._view.row_remark(row, row.unresolved.reason))
        return self._option(option, reason=tuple(reasons), by=tuple(rows))

    def _ordered(self, options: Iterable[Option]) -> tuple[Option, ...]:
        """The total order: domain, standing, basis, id. It is not a ranking."""
        return tuple(
            sorted(options, key=lambda o: (_DOMAINS[o.domain], _STANDINGS[o.standing], _BASES[o.basis], o.id))
        )

    # ---- why, and what else -----------------------------------------------------------------

    def _bits_of_options(self) -> dict[int, list[int]]:
        view, decision = self._view, self._decision
        found: dict[int, list[int]] = {}
        rows = view.first_rows | view.unresolved_rows
        for bit in bits(decision.certain & rows):
            found.setdefault(view.option_of[bit], []).append(bit)
        for bit in bits(decision.possible & ~decision.certain & view.unresolved_rows):
            option = view.option_of[bit]
            if decision.unresolved >> option & 1:
                found.setdefault(option, []).append(bit)
        for bit in bits(decision.certain & view.later_rows):
            if decision.later >> view.option_of[bit] & 1:
                found.setdefault(view.option_of[bit], []).append(bit)
        return found

    def _because(self, held: Iterable[int]) -> tuple[Because, ...]:
        rows: dict[str, dict[str, None]] = {}
        for bit in held:
            values = rows.setdefault(self._view.row_of[bit].id, {})
            for fact in self._view.table.conjunctions[bit]:
                values[self._shown(fact)] = None
        return tuple(self._view.because(row, tuple(values)) for row, values in sorted(rows.items()))

    def _shown(self, fact: str) -> str:
        found = self._values.get(fact)
        if found is None:
            found = self._values[fact] = shown_fact(self._view.base, self._profile, fact)
        return found

    def _cautions_and_prerequisites(self) -> dict[int, tuple[tuple[Remark, ...], tuple[Prerequisite, ...]]]:
        """Cautions that hold, and what open guardrails and cautions ask for, by option.

        A rule that could still hold, once an unknown is answered, makes that unknown a prerequisite
        of every option that the rule speaks of.
        """
        view, decision = self._view, self._decision
        shown = (decision.matched | decision.unresolved) & ~decision.withheld
        cautions: dict[int, dict[str, Remark]] = {}
        tasks: dict[int, dict[tuple[str | None, str], Prerequisite]] = {}
        for bit in bits(decision.certain & view.cautions):
            rule = view.base.owner[bit]
            if not isinstance(rule, Caution):
                continue
            for option in bits(view.caution_targets[rule.id] & shown):
                if rule.kind == "caution":
                    cautions.setdefault(option, {})[rule.id] = view.remark(rule, rule.says, "says")
                else:
                    tasks.setdefault(option, {})[None, rule.id] = view.prerequisite(rule, None, rule.says)
        held = decision.certain
        for bit in bits(decision.possible & ~held & (view.cautions | view.guardrails)):
            rule = view.base.owner[bit]
            if not isinstance(rule, Caution | Guardrail) or view.base.bits[rule.id] & held or not rule.asks:
                continue
            needs = view.guardrail_needs.get(rule.id)
            if needs is not None and not needs & self._possible_options:
                continue
            targets = view.caution_targets if isinstance(rule, Caution) else view.guardrail_targets
            hit = targets[rule.id] & shown
            if not hit:
                continue
            for fact in view.table.unknown_facts(bit, self._states):
                field = fact if "." in fact and fact.split(".")[0] in SETS else field_of(fact)
                for option in bits(hit):
                    tasks.setdefault(option, {})[field, rule.id] = view.prerequisite(rule, field, rule.asks)
        return {
            option: (tuple(cautions.get(option, {}).values()), tuple(tasks.get(option, {}).values()))
            for option in {*cautions, *tasks}
        }

    @cached_property
    def _possible_options(self) -> int:
        found = 0
        for bit in bits(self._decision.possible & self._view.first_rows):
            found |= 1 << self._view.option_of[bit]
        return found
