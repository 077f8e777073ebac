"""The lists of an answer: a plan, with the profile's own values put in."""

from __future__ import annotations

from lungmets.assessment import Conflict, Option, TraceStep
from lungmets.engine.plan import Plan, Planned
from lungmets.engine.view import View
from lungmets.profile import PatientProfile
from lungmets.showing import shown_fact
from lungmets.vocabulary import Domain, Standing


class Listing:
    """The options, what was withheld, superseded or left unresolved, and the trace of it all."""

    def __init__(self, view: View, profile: PatientProfile, plan: Plan) -> None:
        self._view = view
        self._shown = _Shown(view, profile)
        self._steps: list[TraceStep] = []
        self.options = tuple(map(self._option, plan.options))
        self.superseded = tuple(map(self._option, plan.superseded))
        self.withheld = tuple(map(self._option, plan.withheld))
        self.unresolved = tuple(map(self._option, plan.unresolved))

    def trace(self) -> list[TraceStep]:
        """What matching, withholding and superseding did, in that order."""
        steps = list(self._steps)
        step = self._view.step
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
        for domain in Domain if len(preferred) > 1 else ():
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
        # A view keeps one planned option for each content: with the shown values it is the key.
        key = (planned, *map(self._shown.__getitem__, planned.facts))
        found = self._view.memory.listed.get(key)
        if found is None:
            found = self._made(planned)
            self._view.memory.listed.keep(key, found)
        self._steps += found[1]
        return found[0]

    def _made(self, planned: Planned) -> tuple[Option, tuple[TraceStep, ...]]:
        held = [
            self._view.held(row, tuple(dict.fromkeys(map(self._shown.__getitem__, facts))))
            for row, facts in planned.rows
        ]
        option = planned.option.model_copy(update={**planned.said, "because": tuple(held)})
        return option, tuple(self._view.step("match", held.row, option.id, held.values) for held in held)


class _Shown(dict[str, str]):
    """The profile's own value behind each fact, in words, found when it is asked for."""

    def __init__(self, view: View, profile: PatientProfile) -> None:
        super().__init__()
        self._base = view.base
        self._profile = profile

    def __missing__(self, fact: str) -> str:
        found = self[fact] = shown_fact(self._base, self._profile, fact)
        return found
