"""Hypothesis strategies: profiles, complete and incomplete panels, reports, days.

They need Hypothesis (``pip install 'lungmets[testing]'``). A failing example shrinks towards the quiet
complete profile: a panel without a finding, and nothing else stated. What remains of it in the report
is what the failure needs.

>>> from hypothesis import find
>>> from lungmets.testing import complete_profile
>>> find(profiles(), lambda profile: True) == complete_profile()
True
>>> find(profiles(), lambda profile: profile.age == 17) == complete_profile(age=17)
True

Every strategy of a profile takes fields by their name, each with a value or with a strategy:
``profiles(histology="squamous", ecog_ps=st.integers(3, 4))``. ``None`` leaves a field out.
"""

from __future__ import annotations

from datetime import date
from typing import Any

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise ImportError(
        "lungmets.testing.strategies needs Hypothesis, which is not installed; "
        "install it with: pip install 'lungmets[testing]'"
    ) from error

from lungmets.errors import Problem, ProfileError
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.profile import PatientProfile
from lungmets.testing.completing import Question
from lungmets.testing.drawing import check, complete, days_of, incomplete, profile_of, written
from lungmets.testing.reports import reports
from lungmets.vocabulary import Jurisdiction, Panel


def profile_inputs(
    *, knowledge: KnowledgeBase | None = None, **fields: Any
) -> st.SearchStrategy[dict[str, Any]]:
    """What may be written for a profile: any of its fields, each in any of its forms.

    The tables hold only what JSON and YAML have, so they can be written to a file and read back.

    Args:
        knowledge: whose thresholds and symptoms are drawn; ``None`` is the knowledge of the library.
        **fields: for some fields a value, or a strategy.

    Raises:
        ProfileError: a field that does not exist, or a value that no profile takes.

    >>> from hypothesis import find
    >>> find(profile_inputs(smoking="never"), lambda written: "smoking" in written)["egfr"]
    'negative'
    """
    check(fields)
    return written(knowledge, dict(fields))


def profiles(*, knowledge: KnowledgeBase | None = None, **fields: Any) -> st.SearchStrategy[PatientProfile]:
    """Any profile: complete or not, in scope or not, consistent or not.

    Args:
        knowledge: whose thresholds and symptoms are drawn; ``None`` is the knowledge of the library.
        **fields: for some fields a value, or a strategy.

    Raises:
        ProfileError: a field that does not exist, or a value that no profile takes.

    >>> from hypothesis import find
    >>> from lungmets.vocabulary import Stage
    >>> find(profiles(ecog_ps=3), lambda profile: profile.stage is Stage.LIMITED).ecog_ps
    3
    """
    return profile_inputs(knowledge=knowledge, **fields).map(profile_of)


def complete_profiles(
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
    **fields: Any,
) -> st.SearchStrategy[PatientProfile]:
    """Profiles in which every item that is asked is answered: none is refused as incomplete.

    They may still be out of scope or contradict themselves; fix the fields that must not.

    Args:
        as_of: the day of the question; ``None`` is the day of the release.
        jurisdiction: the place of the question.
        panel: ``core`` or ``comprehensive``.
        knowledge: another knowledge base than the one that comes with the library.
        **fields: for some fields a value, or a strategy. What they leave open is answered quietly.

    Raises:
        ProfileError: a field that does not exist, or a value that no profile takes.
        QuestionError: when drawn: a word or a date for which the knowledge has no dates.

    >>> from hypothesis import find
    >>> find(complete_profiles(as_of=date(2014, 6, 1)), lambda profile: True).ret.text
    'not_tested'
    """
    check(fields)
    question = (as_of, jurisdiction, panel, knowledge)
    return complete(question, fields)


def incomplete_profiles(
    *missing: str,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
    **fields: Any,
) -> st.SearchStrategy[PatientProfile]:
    """Profiles that lack the items that are named, and no other; without a name, any one or more.

    An item is left out or is open in another way: pending, failed, a class that is not stated.

    Args:
        *missing: the items that are missing, by their field.
        as_of: the day of the question; ``None`` is the day of the release.
        jurisdiction: the place of the question.
        panel: ``core`` or ``comprehensive``.
        knowledge: another knowledge base than the one that comes with the library.
        **fields: for some other fields a value, or a strategy.

    Raises:
        ProfileError: a field that does not exist or is named as missing, or a value that no profile takes.
        QuestionError: when drawn: an item that is not asked; a word or a date for which the knowledge
            has no dates.

    >>> from hypothesis import find
    >>> find(incomplete_profiles("alk"), lambda profile: True).alk.text
    'not_tested'
    """
    check(fields)
    if both := [item for item in missing if item in fields]:
        what, do = "the field is given, and named as missing as well", "leave out one of the two"
        raise ProfileError([Problem(item, what, do=do, path=(item,)) for item in both])
    question = (as_of, jurisdiction, panel, knowledge)
    return incomplete(question, missing, fields)


def report_strings(field: str, *, says: str | None = None) -> st.SearchStrategy[str]:
    """What reports write for a field, in small and capital letters; the library understands all of it.

    Args:
        field: a gene, ``pd_l1_tps`` or ``histology``.
        says: only texts that say this: the ``text`` of the result (``"l858r"``, ``"negative"``,
            ``"50-100"``), or the word of the histology.

    Raises:
        QuestionError: a field that reads no report, or a result that none of the texts has.

    >>> from hypothesis import find
    >>> find(report_strings("kras", says="g12c"), lambda text: "Cys" in text)
    'p.Gly12Cys'
    """
    spelled = st.sampled_from([str, str.upper, str.lower])
    return st.builds(lambda spell, text: spell(text), spelled, st.sampled_from(reports(field, says)))


def days(
    *, jurisdiction: Jurisdiction | str = Jurisdiction.US, knowledge: KnowledgeBase | None = None
) -> st.SearchStrategy[date]:
    """Days for which the knowledge answers, most of them days on which an answer may change, and their eves.

    Args:
        jurisdiction: the place of the question.
        knowledge: another knowledge base than the one that comes with the library.

    Raises:
        QuestionError: when drawn: a jurisdiction for which the knowledge has no dates.

    >>> from hypothesis import find
    >>> from lungmets.knowledge.base import shipped
    >>> find(days(), lambda day: True) == shipped().content.release.as_of
    True
    """
    return st.deferred(lambda: days_of(Question.of(None, jurisdiction, Panel.CORE, knowledge)))


def jurisdictions(*, knowledge: KnowledgeBase | None = None) -> st.SearchStrategy[Jurisdiction]:
    """The jurisdictions for which the knowledge has dates.

    Args:
        knowledge: another knowledge base than the one that comes with the library.

    >>> from hypothesis import find
    >>> find(jurisdictions(), lambda place: True)
    <Jurisdiction.US: 'us'>
    """
    return st.deferred(lambda: st.sampled_from(list((knowledge or shipped()).content.release.begins)))
