"""Profiles with a complete panel, and with one that lacks exactly what a test wants to be missing.

What must be answered is read from the knowledge: the panel of a day, in a place, for this profile. So
a profile that is complete in 2014 states no gene that nobody could have asked for, and a test that is
written against a panel goes on meaning what it says when the panel grows.

Items that a test does not name are answered *quietly*: negative, a score of 0, no lesion. That is a
value for tests, and says nothing of what is usual.

>>> from lungmets import assess
>>> assess(complete_profile(egfr="L858R")).status
'documented'
>>> [item.item for item in assess(incomplete_profile("alk", "ecog_ps")).missing]
['alk', 'ecog_ps']

Every builder takes ``as_of``, ``jurisdiction``, ``panel`` and ``knowledge`` as :func:`lungmets.assess`
does. Ask the same question of both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Unpack

from lungmets.errors import Problem, ProfileError, QuestionError, shown
from lungmets.knowledge.base import KnowledgeBase
from lungmets.nomenclature import nearest_words
from lungmets.profile import PatientProfile, ProfileFields
from lungmets.testing.completing import QUIET, Question
from lungmets.vocabulary import Gene, Jurisdiction, Panel, ResultStatus


def panel_items(
    profile: PatientProfile | None = None,
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
) -> tuple[str, ...]:
    """The items that must be answered before anything is listed, in the order of the panel.

    Args:
        profile: of whom they are asked; ``None`` is a quiet profile of which only the histology is
            known. The histology decides, and a gene of which something is stated counts in any panel.
        as_of: the day of the question; ``None`` is the day of the release.
        jurisdiction: the place of the question: ``us``, ``eu`` or ``ca``.
        panel: ``core`` or ``comprehensive``.
        knowledge: another knowledge base; ``None`` is the one that comes with the library.

    Raises:
        QuestionError: a word or a date that does not exist, or for which the knowledge has no dates.

    >>> panel_items(PatientProfile(histology="small_cell"))
    ('histology', 'ecog_ps', 'stage')
    >>> "ret" in panel_items(), "ret" in panel_items(as_of=date(2014, 6, 1))
    (True, False)
    """
    question = Question.of(as_of, jurisdiction, panel, knowledge)
    return question.asked(PatientProfile(histology=QUIET["histology"]) if profile is None else profile)


def complete(
    profile: PatientProfile,
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
) -> PatientProfile:
    """The profile with every missing item answered quietly: it is never refused as incomplete.

    What is stated stays as far as it goes: a positive result without its class gets the last class of
    its gene, a PD-L1 bound that does not decide a score within the bound, and lesions that were not
    counted are one. Contradictions in the profile stay as well, and are still refused.

    Args:
        profile: what is known.
        as_of: the day of the question; ``None`` is the day of the release.
        jurisdiction: the place of the question.
        panel: ``core`` or ``comprehensive``.
        knowledge: another knowledge base than the one that comes with the library.

    Raises:
        QuestionError: a word or a date that does not exist, or for which the knowledge has no dates.

    >>> done = complete(PatientProfile(histology="squamous", kras="G12C", pd_l1_tps="pending"))
    >>> done.kras.text, done.egfr.text, done.pd_l1_tps.text, done.nrg1.text
    ('g12c', 'negative', '0', 'not_tested')
    """
    return Question.of(as_of, jurisdiction, panel, knowledge).completed(profile)


def complete_profile(
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
    **changes: Unpack[ProfileFields],
) -> PatientProfile:
    """A profile in which every item of the panel is answered, quietly where nothing else is said.

    Args:
        as_of: the day of the question; ``None`` is the day of the release.
        jurisdiction: the place of the question.
        panel: ``core`` or ``comprehensive``.
        knowledge: another knowledge base than the one that comes with the library.
        **changes: fields of the profile, as :class:`~lungmets.PatientProfile` takes them.

    Raises:
        ProfileError: a field that is wrong, or one that leaves its item open.
        QuestionError: a word or a date that does not exist, or for which the knowledge has no dates.

    >>> complete_profile(histology="small_cell").stage
    <Stage.IV: 'IV'>
    >>> complete_profile(egfr="pending")
    Traceback (most recent call last):
    lungmets.errors.ProfileError: egfr: 'pending' is no answer, and a complete profile answers every \
item that is asked; expected an answer; name 'egfr' in incomplete_profile() where it is meant to be missing
    """
    question = Question.of(as_of, jurisdiction, panel, knowledge)
    return completed(question, PatientProfile(**changes), changes, ())


def incomplete_profile(
    *missing: str,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
    **changes: Unpack[ProfileFields],
) -> PatientProfile:
    """A profile that lacks exactly the items that are named; all others are answered.

    An item is left out, unless a change says in which other way it is missing (``egfr="pending"``).

    Args:
        *missing: the items that are missing, by their field; at least one.
        as_of: the day of the question; ``None`` is the day of the release.
        jurisdiction: the place of the question.
        panel: ``core`` or ``comprehensive``.
        knowledge: another knowledge base than the one that comes with the library.
        **changes: fields of the profile, as :class:`~lungmets.PatientProfile` takes them.

    Raises:
        ProfileError: a field that is wrong, an item that is missing but answered by a change, or the
            other way round.
        QuestionError: an item that is not asked; a word or a date that does not exist, or for which the
            knowledge has no dates.

    >>> incomplete_profile("egfr", "brain_lesions", egfr="pending").egfr.text
    'pending'
    >>> incomplete_profile("egrf")
    Traceback (most recent call last):
    lungmets.errors.QuestionError: missing[0]: 'egrf' is not an item of the panel; expected one of \
histology, egfr, alk, ros1, kras, met, ret, pd_l1_tps, ecog_ps, brain_lesions; did you mean egfr?
    """
    question = Question.of(as_of, jurisdiction, panel, knowledge)
    profile = PatientProfile(**changes)
    refuse_strangers(question, profile, missing)
    return completed(question, profile, changes, missing)


def each_item_missing(
    profile: PatientProfile | None = None,
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
) -> dict[str, PatientProfile]:
    """For each item that is asked, the profile that lacks this item and no other.

    Args:
        profile: what is known; what it lacks is answered quietly. ``None`` knows nothing.
        as_of: the day of the question; ``None`` is the day of the release.
        jurisdiction: the place of the question.
        panel: ``core`` or ``comprehensive``.
        knowledge: another knowledge base than the one that comes with the library.

    Raises:
        QuestionError: a word or a date that does not exist, or for which the knowledge has no dates.

    >>> from lungmets import assess
    >>> for item, lacking in each_item_missing().items():
    ...     assert [missing.item for missing in assess(lacking).missing] == [item]
    """
    question = Question.of(as_of, jurisdiction, panel, knowledge)
    whole = question.completed(profile or PatientProfile())
    return {item: lacking(question, whole, {item: None}) for item in question.asked(whole)}


def lacking(question: Question, whole: PatientProfile, how: dict[str, Any]) -> PatientProfile:
    """A complete profile with some of its items opened, each in its way; ``None`` leaves it out.

    A gene outside the panel is asked only because something is stated of it, so that one is pending.
    """
    opened = whole.model_copy(update=how)
    asked = question.asked(opened)
    stays = {item: ResultStatus.PENDING for item in how if item not in asked and item in list(Gene)}
    if stays:
        opened = opened.model_copy(update=stays)
    return question.completed(opened, leave=how)


def completed(
    question: Question, profile: PatientProfile, stated: Iterable[str], leave: tuple[str, ...]
) -> PatientProfile:
    """The profile, completed; what the caller stated must not be what is open, nor the other way round."""
    finished = question.completed(profile, leave)
    problems = []
    for item in stated:
        value = shown(_plain(getattr(profile, item)))
        if item not in leave and getattr(profile, item) != getattr(finished, item):
            what = f"{value} is no answer, and a complete profile answers every item that is asked"
            do = f"name {item!r} in incomplete_profile() where it is meant to be missing"
            problems.append(Problem(item, what, "an answer", do=do, path=(item,)))
    missing = question.missing(finished)
    for item in leave:
        if item not in missing:
            value = shown(_plain(getattr(finished, item)))
            what, do = f"{value} is an answer, but {item} is named as missing", "leave out one of the two"
            problems.append(Problem(item, what, "no answer, such as not_tested", do=do, path=(item,)))
    if problems:
        raise ProfileError(problems)
    return finished


def _plain(value: Any) -> Any:
    """A value as a message shows it."""
    return getattr(value, "text", value)


def refuse_strangers(question: Question, profile: PatientProfile, missing: tuple[Any, ...]) -> None:
    """Raises where an item is not asked of a profile: leaving it out would leave nothing open."""
    if not missing:
        what, do = "no item is named", "for a complete profile use complete_profile()"
        raise QuestionError([Problem("missing", what, "at least one item of the panel", do=do)])
    asked = question.asked(question.completed(profile, leave=missing))
    problems = []
    for position, item in enumerate(missing):
        if item in asked:
            continue
        known = isinstance(item, str) and item in QUIET
        what = f"{shown(item)} is not {'asked here' if known else 'an item of the panel'}"
        why = f"the question is of {question.words}" if known else ""
        do = "" if isinstance(item, str) else "name each item as an argument of its own"
        problems.append(Problem(f"missing[{position}]", what, f"one of {', '.join(asked)}", why, do,
                                nearest=() if known or do else nearest_words(item, QUIET)))  # fmt: skip
    if problems:
        raise QuestionError(problems)
