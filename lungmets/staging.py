"""``stage_group``: M category and stage group, from the sites of the disease, by the edition of the day.

A category that the sites do not decide is not guessed: what is still possible is told, and what would
decide it.

>>> from lungmets import PatientProfile
>>> found = stage_group(PatientProfile(metastatic_sites=["bone"], brain_lesions=0))
>>> found.category, found.stage, [stage.value for stage in found.possible_stages], found.missing[0].item
(None, None, ['IVA', 'IVB'], 'metastasis_counts')
"""

from __future__ import annotations

from datetime import date

from lungmets.assessment import Staging
from lungmets.engine.stages import staged
from lungmets.errors import QuestionError
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.profile import PatientProfile
from lungmets.question import day_of, words_of
from lungmets.vocabulary import Engine, Jurisdiction, Panel

__all__ = ["Staging", "stage_group"]


def stage_group(
    profile: PatientProfile,
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    knowledge: KnowledgeBase | None = None,
) -> Staging:
    """The M category and the stage group of a profile, in the edition that was in force.

    Args:
        profile: what is known of the patient. The sites, their counts, the brain lesions and the
            leptomeningeal finding are read; a stage that is stated otherwise is remarked on.
        as_of: the day of which the question is asked; ``None`` is the day of the knowledge release.
        jurisdiction: where: an edition came into force at different times.
        knowledge: another knowledge base; ``None`` is the one that comes with the library.

    Returns:
        The same part that every answer of :func:`lungmets.assess` carries as ``staging``.

    Raises:
        QuestionError: a jurisdiction or a date that does not exist; it carries the alerts of the profile.

    >>> from lungmets import PatientProfile
    >>> one = PatientProfile(metastatic_sites=["bone"], metastasis_counts={"bone": 4}, brain_lesions=0)
    >>> stage_group(one).category.value, stage_group(one, as_of=date(2024, 12, 31)).category.value
    ('M1c1', 'M1c')
    """
    base = knowledge or shipped()
    try:
        place, _, _ = words_of(jurisdiction, Panel.CORE, Engine.BITMAP)
        day = day_of(as_of, base)
    except QuestionError as error:
        from lungmets.salvage import alerts_of_profile

        raise QuestionError(error.problems, alerts_of_profile(profile)) from None
    return staged(base.view(place, day), profile)
