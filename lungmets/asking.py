"""``questions``: what to ask the treating team, chosen by what is known and what is missing."""

from __future__ import annotations

from datetime import date

from lungmets.assessment import DocumentedOptions, Remark
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.pipeline import assess
from lungmets.profile import PatientProfile
from lungmets.question import audience_of
from lungmets.told import Told
from lungmets.vocabulary import Audience, Jurisdiction, Panel


def questions(
    profile: PatientProfile,
    *,
    audience: Audience | str = Audience.CAREGIVER,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
) -> Told:
    """Questions for the treating team, in the words of an audience.

    They are those of the answer, and those of its conflicts. No figure of a prognosis is ever among them.

    Args:
        profile: what is known of the patient.
        audience: ``clinician``, ``trainee`` or ``caregiver`` (a patient's own words as well).
        as_of: the day of which the question is asked; ``None`` is the day of the release.
        jurisdiction: ``us``, ``eu`` or ``ca``.
        panel: ``core`` or ``comprehensive``.
        knowledge: another knowledge base; ``None`` is the one that comes with the library.

    Raises:
        QuestionError: an audience, a jurisdiction, a panel or a date that does not exist.

    >>> asked = questions(PatientProfile(histology="adenocarcinoma"), audience="clinician")
    >>> [question.id for question in asked if "brain" in question.id]
    ['questions.brain-imaging']
    """
    base = knowledge or shipped()
    answer = assess(profile, as_of=as_of, jurisdiction=jurisdiction, panel=panel, knowledge=base)
    heard = audience_of(audience, answer.alerts)
    records = {question.id: question for question in base.content.questions}
    found = [
        remark.model_copy(update={"text": records[remark.id].to(heard)}) if remark.id in records else remark
        for remark in answer.questions
    ]
    if isinstance(answer, DocumentedOptions):
        found += [
            Remark(id=conflict.id, text=text, citations=conflict.citations, rule=conflict.rule)
            for conflict in answer.conflicts
            for text in conflict.questions
        ]
    return Told(
        found,
        title="Questions to ask",
        audience=heard,
        alerts=answer.alerts,
        notice=answer.notice,
        knowledge=answer.knowledge,
    )
