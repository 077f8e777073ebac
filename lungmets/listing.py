"""The lists of an answer: a plan, with the profile's own values put in."""

from __future__ import annotations

from lungmets.assessment import Because, Conflict, Option, TraceStep
from lungmets.engine.plan import Plan, Planned
from lungmets.engine.view import View
from lungmets.profile import PatientProfile
from lungmets.showing import shown_fact
from lungmets.vocabulary import Domain, Standing


class Listing:
    """The options, what was withheld, superseded or left unresolved, and the trace of it all."""

    def __init__(self, view: View, profile: PatientProfile, plan: Plan) -> None:
        self._view = view
        self._profile = profile
        self._values: dict[str, str] = {}
        self.options = tuple(map(self._option, plan.options))
        self.withheld = tuple(map(self._option, plan.withheld))
        self.superseded = tuple(map(self._option, plan.superseded))
        self.unresolved = tuple(map(self._option, plan.unresolved))

    def trace(self) -> list[TraceStep]:
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
        return steps

    def preference_conflicts(self, sentence: str) -> list[Conflict]:
        """Two preferences at once in one domain are a conflict, and both are shown."""
        preferred = [option for option in self.options if option.standing is Standing.PREFERRED]
        found = []
        for domain in Domain:
            both = [option for option in preferred if option.domain is domain]
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

    def _option(self, planned: Planned) -> Option:
        shown = self._shown
        values = tuple(tuple(map(shown, facts)) for _, facts in planned.rows)
        # A plan is kept for a view, so its identity and the shown values tell options apart.
        key = (planned, values)
        found = self._view.listed.get(key)
        if found is None:
            found = self._made(planned, values)
            self._view.listed.keep(key, found)
        return found

    def _made(self, planned: Planned, values: tuple[tuple[str, ...], ...]) -> Option:
        key = self._view.options.keys[planned.option]
        rows = tuple(name for name, _ in planned.rows)
        dossier = self._view.dossier(planned.option, rows)
        return Option(
            id=key.id,
            domain=key.domain,
            regimen=key.regimen,
            name=key.name,
            basis=dossier.basis,
            standing=Standing.PREFERRED if planned.preferred else Standing.DOCUMENTED,
            off_label=dossier.off_label,
            approvals=dossier.approvals,
            because=tuple(Because(row=row, values=seen) for row, seen in zip(rows, values, strict=True)),
            evidence=dossier.evidence,
            notes=dossier.notes,
            cautions=planned.cautions,
            prerequisites=planned.prerequisites,
            citations=dossier.citations,
            review_due=dossier.review_due,
            reason=planned.reason,
            by=planned.by,
        )

    def _shown(self, fact: str) -> str:
        found = self._values.get(fact)
        if found is None:
            found = self._values[fact] = shown_fact(self._view.base, self._profile, fact)
        return found
