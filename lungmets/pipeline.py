"""``assess``: the whole pipeline on one screen. It holds no clinical fact.

::

    alerts ─► scope, consistency, date ─► completeness gate ─► match ─► withhold ─► supersede ─► cite

Each stage either ends the question with a :class:`~lungmets.assessment.Refusal` or hands on; none of
them goes back. The alerts are computed first and travel with every outcome.
"""

from __future__ import annotations

from datetime import date

from lungmets.answering import Account
from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.engine.settling import settle
from lungmets.engine.view import View
from lungmets.errors import EngineError, QuestionError
from lungmets.gate import examine
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.profile import PatientProfile
from lungmets.question import day_of, words_of
from lungmets.vocabulary import Engine, Jurisdiction, Panel, RefusalReason


def assess(
    profile: PatientProfile,
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
    engine: Engine | str = Engine.BITMAP,
) -> Refusal | DocumentedOptions:
    """What is documented for a profile, or why nothing is listed.

    Args:
        profile: what is known of the patient.
        as_of: the day of which the question is asked; ``None`` is the day of the knowledge release.
            No clock is read.
        jurisdiction: whose authorisations are asked about: ``us``, ``eu`` or ``ca``.
        panel: what must be answered first: ``core`` or ``comprehensive``.
        knowledge: another knowledge base; ``None`` is the one that comes with the library.
        engine: which matcher is used: ``bitmap``, ``reference`` or ``durable``. Every one gives the same
            answer, byte for byte; the others are there to check the first.

    Returns:
        The documented options, or a refusal. A day that the knowledge does not cover, a question out
        of scope and a profile that contradicts itself are refusals, not errors.

    Raises:
        QuestionError: a jurisdiction, a panel, an engine or a date that does not exist.
        EngineError: another engine than ``bitmap`` was asked for and is not installed, or failed. No
            other one answers in its place. The alerts of both errors are those of the profile.

    >>> refusal = assess(PatientProfile(histology="squamous"))
    >>> refusal.status, refusal.reason.value, refusal.missing[0].item
    ('refused', 'incomplete', 'egfr')
    """
    base = knowledge or shipped()
    try:
        place, asked_panel, matcher = words_of(jurisdiction, panel, engine)
        day = day_of(as_of, base)
        return _answered(base.view(place, day, matcher), profile, asked_panel, day)
    except (QuestionError, EngineError) as error:
        from lungmets.salvage import alerts_of_profile

        raise type(error)(error.problems, alerts_of_profile(profile)) from None


def _answered(
    view: View, profile: PatientProfile, asked_panel: Panel, day: date
) -> Refusal | DocumentedOptions:
    gate = examine(view, profile, asked_panel)
    account = Account(view, profile, asked_panel, day, gate, settle(view, gate.states))

    if account.outside_scope:
        return account.refusal(RefusalReason.OUT_OF_SCOPE, account.outside_scope)
    if account.contradictions:
        return account.refusal(RefusalReason.INCONSISTENT, account.contradictions)
    if undated := account.undated():
        return account.refusal(RefusalReason.UNDATED, undated)
    if gate.missing:
        return account.refusal(RefusalReason.INCOMPLETE, account.incomplete())
    return account.documented()
