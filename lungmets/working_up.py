"""``workup``: which imaging and which tests a profile lacks, what each is for, and on which source.

The steps are those of the answer's ``next_steps`` that have a kind, in the order of ``workup.yaml``. No
source states an order of the tests; theirs is the project's own.
"""

from __future__ import annotations

from datetime import date

from lungmets.assessment import Alert, Citation, DocumentedOptions, KnowledgeStamp, Refusal
from lungmets.engine.advising import said, stated
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.knowledge.explaining import ITEMS
from lungmets.pipeline import assess
from lungmets.profile import PatientProfile
from lungmets.results import Closed
from lungmets.vocabulary import Jurisdiction, Panel, StepKind


class WorkupStep(Closed):
    """One step: what is done, what for, and which open fields of the profile it answers.

    ``answers`` is empty for what is asked of every patient. ``rule`` marks what no source of the day says.
    """

    id: str
    kind: StepKind
    text: str
    why: str
    answers: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    rule: str | None = None


class Workup(Closed):
    """The steps in their order. ``trial_search`` is an address as text; nothing opens it."""

    alerts: tuple[Alert, ...]
    as_of: date
    jurisdiction: Jurisdiction
    panel: Panel
    steps: tuple[WorkupStep, ...]
    trial_search: str
    trial_search_says: str
    notice: str
    knowledge: KnowledgeStamp

    def _repr_markdown_(self) -> str:
        from lungmets.display.guidance import of_workup
        from lungmets.display.markdown import sections_as_markdown

        return sections_as_markdown(of_workup(self))


def workup(
    profile: PatientProfile,
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
) -> Workup:
    """The steps of the work-up that are still open, from what the profile lacks.

    Args:
        profile: what is known of the patient.
        as_of: the day of which the question is asked; ``None`` is the day of the release.
        jurisdiction: ``us``, ``eu`` or ``ca``.
        panel: what has to be answered: ``core`` or ``comprehensive``.
        knowledge: another knowledge base; ``None`` is the one that comes with the library.

    Raises:
        QuestionError: a jurisdiction, a panel or a date that does not exist.

    >>> found = workup(PatientProfile(histology="adenocarcinoma", brain_lesions=0))
    >>> [(step.kind.value, step.answers[:2]) for step in found.steps if "egfr" in step.answers]
    [('tissue', ('egfr', 'alk')), ('plasma', ('egfr', 'alk')), ('tissue', ('egfr', 'alk'))]
    """
    base = knowledge or shipped()
    answer = assess(profile, as_of=as_of, jurisdiction=jurisdiction, panel=panel, knowledge=base)
    said = {remark.id: remark for remark in answer.next_steps}
    lacking = _lacking(answer, profile)
    search = base.content.trial_search
    return Workup(
        alerts=answer.alerts,
        as_of=answer.as_of,
        jurisdiction=answer.jurisdiction,
        panel=answer.panel,
        steps=tuple(
            WorkupStep(
                id=step.id,
                kind=step.kind,
                text=said[step.id].text,
                why=step.why or "",
                answers=tuple(name for name in step.lacks if name in lacking or _unstated(profile, name)),
                citations=said[step.id].citations,
                rule=said[step.id].rule,
            )
            for step in base.content.workup
            if step.kind is not None and step.id in said
        ),
        trial_search=answer.trial_search,
        trial_search_says=search.says if search is not None else "",
        notice=answer.notice,
        knowledge=answer.knowledge,
    )


def _lacking(answer: Refusal | DocumentedOptions, profile: PatientProfile) -> set[str]:
    missing = [item.item for item in answer.missing] if isinstance(answer, Refusal) else []
    if isinstance(answer, Refusal) and not missing:  # out of scope or contradictory: the gate is not shown
        missing = [item for item in ITEMS if not stated(getattr(profile, item))]
    return {*missing, *answer.not_considered}


def _unstated(profile: PatientProfile, name: str) -> bool:
    return name not in ITEMS and not stated(said(profile, name))
