"""What can still be said of input that cannot be read: every fault, and the alerts all the same.

A misspelt gene must not hide a seizure. Fields that are wrong are put aside, the rest is read again,
and its alerts travel with the error.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from lungmets.errors import Problem, ProfileError, shown
from lungmets.nomenclature import nearest_words

if TYPE_CHECKING:
    from lungmets.assessment import Alert


def profile_error(error: ValidationError, data: Any) -> ProfileError:
    """A validation error of a profile, told for a person."""
    found = error.errors()
    wrong = {item["loc"][0] for item in found if item["loc"]}
    return ProfileError(_problems(found), salvaged_alerts(data, wrong))


def _problems(found: Sequence[Any]) -> list[Problem]:
    from lungmets.profile import FIELDS

    problems = []
    for item in found:
        place = _place(item["loc"])
        context = item.get("ctx", {})
        if item["type"] == "lungmets":
            problems.append(Problem(place, context["what"], context["expected"], context["why"],
                                    context["do"], tuple(context["nearest"])))  # fmt: skip
        elif item["type"] == "extra_forbidden":
            known = FIELDS if len(item["loc"]) == 1 else ()
            nearest = nearest_words(str(item["loc"][-1]), known)
            problems.append(Problem(place, "this is not a field", "a field of the profile", nearest=nearest))
        else:
            message = item["msg"][:1].lower() + item["msg"][1:]
            problems.append(Problem(place, f"{shown(item['input'])} cannot stand here", message))
    return problems


def _place(location: Sequence[Any]) -> str:
    """``("symptoms", 1, "since")`` as ``symptoms[1].since``."""
    text = ""
    for step in location:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or "profile"


def salvaged_alerts(data: Any, wrong: Collection[Any] = ()) -> tuple[Alert, ...]:
    """The alerts of the fields that can be read."""
    from lungmets.engine.alerting import alerts_of
    from lungmets.knowledge.base import shipped
    from lungmets.profile import FIELDS, PatientProfile
    from lungmets.vocabulary import Jurisdiction

    if not isinstance(data, Mapping):
        return ()
    readable = {name: value for name, value in data.items() if name in FIELDS and name not in wrong}
    if not readable:
        return ()
    base = shipped()
    try:
        profile = PatientProfile(**readable)
    except ProfileError as again:  # a fault that only shows once another is gone
        return again.alerts
    return alerts_of(base.view(Jurisdiction.US, base.content.release.as_of), profile)
