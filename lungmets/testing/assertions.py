"""Assertions for tests in Python, with the messages of the scenario runner.

Each asks the library, and raises ``AssertionError`` with what was expected, what came, and the rows
behind it. A name that the knowledge does not have is a
:class:`~lungmets.errors.DocumentError`, so that a misspelt expectation never passes.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from pydantic import ValidationError

from lungmets.assessment import Assessment, DocumentedOptions, Refusal
from lungmets.errors import DocumentError, Problem, shown
from lungmets.knowledge.base import KnowledgeBase
from lungmets.pipeline import assess
from lungmets.profile import PatientProfile
from lungmets.testing.expectation import Expectation, Status
from lungmets.testing.judging import judge
from lungmets.testing.reporting import told
from lungmets.testing.scenario import Scenario
from lungmets.vocabulary import Jurisdiction, Panel, RefusalReason


class Question(TypedDict, total=False):
    """What may be asked beside the profile, as for :func:`lungmets.assess`."""

    as_of: date | None
    jurisdiction: Jurisdiction | str
    panel: Panel | str
    knowledge: KnowledgeBase | None


def assert_answer(
    profile: PatientProfile,
    expect: Expectation | Mapping[str, Any],
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
) -> Assessment:
    """Asserts everything that an expectation says, and returns the answer.

    Args:
        profile: the patient.
        expect: what a scenario file has under ``expect``, as a mapping or as the model.
        as_of: as for :func:`lungmets.assess`; so are the others.
        jurisdiction: ``us``, ``eu`` or ``ca``.
        panel: ``core`` or ``comprehensive``.
        knowledge: another knowledge base than the shipped one.

    Raises:
        AssertionError: the answer differs.
        DocumentError: the expectation is written wrong, or names what the knowledge does not have.
        QuestionError: the date, the jurisdiction or the panel does not exist.

    >>> answer = assert_answer(
    ...     PatientProfile(histology="squamous"),
    ...     {"status": "refused", "missing": {"include": ["egfr", "ecog_ps"]}},
    ... )
    >>> answer.status
    'refused'
    """
    __tracebackhide__ = True  # pytest shows the caller's line, not ours
    if not isinstance(profile, PatientProfile):
        raise TypeError(f"profile is {shown(profile)}; expected a PatientProfile")
    assess(profile, as_of=as_of, jurisdiction=jurisdiction, panel=panel, knowledge=knowledge)
    scenario = Scenario(
        id="assertion",
        text="",
        citation=(),
        as_of=as_of,
        jurisdiction=Jurisdiction(jurisdiction),
        panel=Panel(panel),
        profile=profile,
        expect=_expectation(expect),
        place=_caller(),
    )
    outcome = judge(scenario, knowledge)
    if not outcome.passed:
        raise AssertionError(told(outcome))
    assert outcome.answer is not None  # noqa: S101  -- what passed was answered
    return outcome.answer


def assert_documented(
    profile: PatientProfile, *options: str, without: Sequence[str] = (), **question: Unpack[Question]
) -> DocumentedOptions:
    """Asserts that each of some options is documented, and that none of others is.

    >>> from lungmets.testing.builders import complete_profile
    >>> answer = assert_documented(complete_profile(egfr="L858R"), "osimertinib", without=["pembrolizumab"])
    >>> answer.status
    'documented'
    """
    __tracebackhide__ = True
    parts: dict[str, Any] = {"status": Status.DOCUMENTED}
    if options or without:
        parts["options"] = {"include": options, "exclude": _several(without)}
    answer = assert_answer(profile, parts, **question)
    assert isinstance(answer, DocumentedOptions)  # noqa: S101  -- the status was compared
    return answer


def assert_refused(
    profile: PatientProfile,
    reason: RefusalReason | str | None = None,
    *,
    missing: Sequence[str] | None = None,
    **question: Unpack[Question],
) -> Refusal:
    """Asserts a refusal, its reason, and exactly which items are missing.

    >>> assert_refused(PatientProfile(stage="II"), "out_of_scope").reason.value
    'out_of_scope'
    """
    __tracebackhide__ = True
    parts: dict[str, Any] = {"status": Status.REFUSED}
    if reason is not None:
        parts["reason"] = reason
    if missing is not None:
        parts["missing"] = {"exactly": _several(missing)}
    answer = assert_answer(profile, parts, **question)
    assert isinstance(answer, Refusal)  # noqa: S101  -- the status was compared
    return answer


def _several(names: Sequence[str]) -> tuple[str, ...]:
    """One name is a list of one: to Python it would be a list of letters."""
    return (names,) if isinstance(names, str) else tuple(names)


def _expectation(expect: Expectation | Mapping[str, Any]) -> Expectation:
    if isinstance(expect, Expectation):
        return expect
    if not isinstance(expect, Mapping):
        raise TypeError(f"expect is {shown(expect)}; expected an Expectation, or a mapping of its parts")
    try:
        return Expectation.model_validate(dict(expect))
    except ValidationError as error:
        from lungmets.documents import Document
        from lungmets.knowledge.shape import explain

        found = explain(error, "expect", Document(dict(expect)), fields=lambda _: Expectation.model_fields)
        raise DocumentError(
            Problem(problem.place.replace(":1", ""), problem.what, problem.expected, problem.why,
                    problem.do, problem.nearest)
            for problem in found
        ) from None  # fmt: skip


def _caller() -> str:
    """The file and line of the assertion in the caller's test."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_globals.get("__name__") == __name__:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame is not None else ""
