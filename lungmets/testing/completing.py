"""How an open item is answered quietly, so that a profile is complete and nothing else changes.

A *quiet* answer is a value for tests, not a fact: the lowest of its scale, the one that names no
finding. It makes the rest of a profile speak, and does not say what is usual or harmless. Where it
would put the profile in contradiction to what it states (no lesion, beside a brain metastasis that is
named), the next answer is taken; the knowledge says what contradicts what.

>>> from lungmets import PatientProfile
>>> question = Question.of(None, "us", "core", None)
>>> question.completed(PatientProfile(metastatic_sites=["brain"])).brain_lesions
1
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from lungmets.engine.encoding import encode
from lungmets.engine.view import View
from lungmets.errors import Problem, QuestionError
from lungmets.gate import examine, unanswered
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.profile import PatientProfile
from lungmets.question import day_of, words_of
from lungmets.results import GeneResult, PdL1
from lungmets.vocabulary import GENE_VARIANTS, BrainLesions, Engine, Gene, Jurisdiction, Panel, ResultStatus

QUIET: Mapping[str, Any] = MappingProxyType(
    {
        "histology": "adenocarcinoma",  # there is none without a histology; the first word stands for all
        **{gene.value: "negative" for gene in Gene},
        "pd_l1_tps": 0,
        "ecog_ps": 0,
        "brain_lesions": 0,
        "stage": "IV",  # any other would ask another question
    }
)
"""The quiet answer to each item that a panel can ask for. A value for tests, and no fact."""

_LOUDER: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {"histology": ("small_cell",), "brain_lesions": (1,), "stage": ("extensive",)}
)
"""What is answered where the quiet answer contradicts the rest of the profile."""


@dataclass(frozen=True, slots=True)
class Question:
    """A day, a place and a panel, of one knowledge base: what is asked of a profile, and what is open."""

    view: View
    day: date  # of the question: a view is shared by all days on which nothing changes
    panel: Panel

    @classmethod
    def of(
        cls,
        as_of: date | None,
        jurisdiction: Jurisdiction | str,
        panel: Panel | str,
        knowledge: KnowledgeBase | None,
    ) -> Question:
        """The question in the words of :func:`lungmets.assess`.

        Raises:
            QuestionError: a word or a date that does not exist, or of which the knowledge has no dates:
                an empty panel would look like "nothing is asked".
        """
        base = knowledge or shipped()
        place, asked_panel, _ = words_of(jurisdiction, panel, Engine.BITMAP)
        day = day_of(as_of, base)
        release = base.content.release
        begins = release.begins.get(place)
        if begins is None:
            dated = ", ".join(each.value for each in release.begins)
            what = f"this knowledge ({release.version}) holds no dated uses for {place.value!r}"
            raise QuestionError([Problem("jurisdiction", what, f"one of {dated}")])
        if not begins <= day <= release.as_of:
            what = f"{day} lies outside what this knowledge ({release.version}) covers"
            raise QuestionError([Problem("as_of", what, f"a day from {begins} to {release.as_of}")])
        return cls(base.view(place, day), day, asked_panel)

    @property
    def words(self) -> str:
        """The question, as a message names it."""
        return f"{self.day}, {self.view.place.value}, {self.panel.value} panel"

    def asked(self, profile: PatientProfile) -> tuple[str, ...]:
        """The items that must be answered for a profile, in the order of the panel."""
        return tuple(unanswered(self.view, profile, self.panel))

    def missing(self, profile: PatientProfile) -> tuple[str, ...]:
        """The items that the gate calls missing."""
        return self._open(profile) + self._undecided(profile)

    def completed(self, profile: PatientProfile, leave: Collection[str] = ()) -> PatientProfile:
        """The profile with every missing item answered quietly, but for those that are left open.

        Raises:
            QuestionError: an item for which this knowledge takes no quiet answer.
        """
        done: set[str] = set()
        while found := self._next(profile, leave):
            if found in done:
                what = f"{found} is missing still, although it was answered ({self.words})"
                raise QuestionError([Problem("panel", what, do="answer it in the profile")])
            done.add(found)
            profile = self._answered(profile, found)
        return profile

    def _next(self, profile: PatientProfile, leave: Collection[str]) -> str | None:
        """One item only: its answer may decide which others are asked."""
        for found in (self._open, self._undecided):
            for item in found(profile):
                if item not in leave:
                    return item
        return None

    def _open(self, profile: PatientProfile) -> tuple[str, ...]:
        return tuple(item for item, open_ in unanswered(self.view, profile, self.panel).items() if open_)

    def _undecided(self, profile: PatientProfile) -> tuple[str, ...]:
        """A PD-L1 bound that is no answer. Only the weighing tells, which takes long."""
        score = profile.pd_l1_tps
        if not score.measured or score.low == score.high:
            return ()
        missing = examine(self.view, profile, self.panel).missing
        return tuple(item.item for item in missing if item.item == "pd_l1_tps")

    def allows(self, profile: PatientProfile, item: str, value: Any) -> bool:
        """Whether a value can stand for an item without a new contradiction in the profile."""
        changed = profile.model_copy(update={item: value})
        return not self._contradictions(changed) & ~self._contradictions(profile)

    def _answered(self, profile: PatientProfile, item: str) -> PatientProfile:
        answers = _answers(item, profile)
        answer = next((each for each in answers if self.allows(profile, item, each)), answers[0])
        return profile.model_copy(update={item: answer})

    def _contradictions(self, profile: PatientProfile) -> int:
        """The rules of scope and consistency that the profile is against, as bits."""
        return self.view.table.certain(encode(self.view.base, profile)) & self.view.scope


def _answers(item: str, profile: PatientProfile) -> tuple[Any, ...]:
    """The answers to an item, the quietest first. What is stated of it stays, as far as it goes."""
    stated = getattr(profile, item)
    if isinstance(stated, GeneResult) and stated.status is ResultStatus.POSITIVE:
        # The last class is the least specific. The specimen and the assay go: one of them may be why
        # the result was no answer.
        classes = stated.variants or tuple(GENE_VARIANTS[Gene(item)])[-1:]
        return ({"status": ResultStatus.POSITIVE, "variants": classes},)
    if isinstance(stated, PdL1):
        score = _within(stated)
        return (PdL1(low=score, high=score, assay=stated.assay, immune_cells=stated.immune_cells),)
    if stated is BrainLesions.PRESENT_COUNT_UNKNOWN:
        return _LOUDER[item]
    return (QUIET[item], *_LOUDER.get(item, ()))


def _within(score: PdL1) -> float:
    """The lowest score of a bound that is easily named."""
    if score.low is None or score.high is None:
        return float(QUIET["pd_l1_tps"])
    if not score.low_open:
        return score.low
    return (score.low + score.high) / 2 if score.high_open else score.high
