"""What can still be said of input that cannot be read: every fault, and the alerts all the same.

A misspelt gene must not hide a seizure. Fields that are wrong are put aside and the rest is read
again; a word that is nearly known is taken for the known one, and the texts of what cannot be read
are searched for symptoms. All of that for the alerts alone: too many are the safe side.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from lungmets.documents import LARGEST_DOCUMENT, plain
from lungmets.errors import DocumentError, Problem, ProfileError, shown
from lungmets.members import MOST_ITEMS
from lungmets.nomenclature import nearest_words
from lungmets.vocabulary import Jurisdiction, Urgency

if TYPE_CHECKING:
    from lungmets.assessment import Alert
    from lungmets.engine.view import View
    from lungmets.profile import PatientProfile

READING_AGAIN: dict[str, Any] = {}
"""The validation context of a second reading, which raises plain errors: the first one explains."""

_MOST_PROBLEMS = 50
"""Of one profile. A file of other fields is one mistake; the rest is counted."""

_MOST_TEXTS = 10_000
_MOST_PAIRS = 200

_OTHER_NAMES = {
    "crcl": "creatinine_clearance_ml_min",
    "creatinine_clearance": "creatinine_clearance_ml_min",
    "her2": "erbb2",
    "pdl1": "pd_l1_tps",
    "pd_l1": "pd_l1_tps",
    "performance_status": "ecog_ps",
    "ps": "ecog_ps",
    "tps": "pd_l1_tps",
}
"""Names of fields that people use and that do not look like the field."""


def profile_error(error: ValidationError, data: Any) -> ProfileError:
    """A validation error of a profile, told for a person."""
    found = error.errors()
    problems = [_problem(item) for item in found[:_MOST_PROBLEMS]]
    if len(found) > _MOST_PROBLEMS:
        problems.append(Problem("", f"and {len(found) - _MOST_PROBLEMS:,} more problems"))
    return ProfileError(problems, salvaged_alerts(data, problems))


def _problem(item: Any) -> Problem:
    location = tuple(step if isinstance(step, int) else str(step) for step in item["loc"])
    place, kind, context = _place(location), item["type"], item.get("ctx", {})
    if kind == "lungmets":
        return Problem(place, context["what"], context["expected"], context["why"], context["do"],
                       tuple(context["nearest"]), location)  # fmt: skip
    if kind == "extra_forbidden":
        return stranger(place, location)
    what = f"{shown(item['input'])} cannot stand here"
    expected = item["msg"][:1].lower() + item["msg"][1:]
    if not location:
        place = "profile"
        what, expected = (
            f"{shown(item['input'])} is not a profile",
            "fields with values, such as histology: squamous",
        )
    elif kind == "missing":
        what, expected = "this is missing", "a value"
    elif kind == "invalid_key":
        what, expected = "the name of a field is not text", "a field of the profile"
    elif kind == "enum":
        what, expected = f"{shown(item['input'])} is not a known word", f"one of {context['expected']}"
    return Problem(place, what, expected, path=location)


def stranger(place: str, location: tuple[str | int, ...]) -> Problem:
    """A field that does not exist, with the ones that may be meant."""
    from lungmets.profile import FIELDS, SymptomEntry

    known = FIELDS if len(location) == 1 else tuple(SymptomEntry.model_fields)
    name = str(location[-1])
    other = _OTHER_NAMES.get(re.sub(r"\W+", "_", name.casefold())) if len(location) == 1 else None
    nearest = (other,) if other else nearest_words(name, known)
    expected = "a field of the profile" if len(location) == 1 else f"one of {', '.join(known)}"
    do = "" if nearest or len(location) > 1 else "`lungmets schema profile` lists the fields"
    return Problem(place, "this is not a field", expected, do=do, nearest=nearest, path=location)


def _place(location: Sequence[str | int]) -> str:
    """``("symptoms", 1, "since")`` as ``symptoms[1].since``."""
    text = ""
    for step in location:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step or "''"
    return text if len(text) <= _LONGEST_PLACE else text[: _LONGEST_PLACE - 1] + "…"


_LONGEST_PLACE = 80


def refuse_broken_json(text: str | bytes | bytearray) -> None:
    """Raises where a text is not JSON, or has a key twice: one of the two would be lost in silence."""
    decoded = text[: LARGEST_DOCUMENT + 1]
    if not isinstance(decoded, str):
        decoded = bytes(decoded).decode("utf-8", errors="replace")
    expected, problems = "a profile as model_dump_json writes it", []
    twice: dict[str, None] = {}

    def pairs(found: list[tuple[str, Any]]) -> None:
        seen: set[str] = set()
        for name, _ in found:
            if name in seen:
                twice[name] = None
            seen.add(name)

    if len(text) > LARGEST_DOCUMENT:
        problems.append(Problem("", f"the input is larger than {LARGEST_DOCUMENT:,} bytes", expected))
    else:
        try:
            json.loads(text, object_pairs_hook=pairs)
        except ValueError as error:
            problems.append(Problem("", f"this is not valid JSON: {error}", expected))
        except RecursionError:
            problems.append(Problem("", "this is nested too deep", expected))
    problems += [Problem("", f"the key {shown(name)} stands twice", "each key once") for name in twice]
    if problems:
        raise DocumentError(problems[:_MOST_PROBLEMS], alerts_in_document(decoded))


def alerts_of_profile(profile: PatientProfile) -> tuple[Alert, ...]:
    """The alerts of a profile, where the question about it is in error."""
    from lungmets.engine.alerting import alerts_of

    return alerts_of(_view(), profile)


def salvaged_alerts(data: Any, problems: Sequence[Problem] = ()) -> tuple[Alert, ...]:
    """The alerts of the fields that can be read, or nearly, and of symptoms in the texts of the others."""
    from lungmets.engine.alerting import alerts_in_text
    from lungmets.profile import FIELDS

    if not isinstance(data, Mapping):
        return alerts_in_text(_view(), " / ".join(_texts(data)))
    wrong = {problem.path[0] for problem in problems if problem.path}
    readable = {name: value for name, value in data.items() if name in FIELDS and name not in wrong}
    found = [_alerts_of(readable)]
    if found == [None]:  # a fault that only shows once another is gone
        found += [_alerts_of({name: value}) for name, value in readable.items()]
    for problem in problems:
        if len(problem.path) == 1 and problem.nearest:
            name, near = str(problem.path[0]), problem.nearest[0]
            meant = {name: near} if name in FIELDS else {near: data.get(name)}
            found.append(_alerts_of(meant))
    for name, value in data.items():
        if name in wrong and isinstance(value, (list, tuple)):
            found += [_alerts_of({name: [member]}) for member in value[:MOST_ITEMS]]
    # The name of a field that exists says nothing of the patient: bone_pain is a symptom as well.
    unread = [
        value if name in FIELDS else (name, value) for name, value in data.items() if name not in readable
    ]
    found.append(alerts_in_text(_view(), " / ".join(_texts(unread))))
    return merged(*found)


def alerts_in_document(text: str) -> tuple[Alert, ...]:
    """The alerts of a text that cannot be read as a profile: its symptoms, its ``field: value`` pairs."""
    from lungmets.engine.alerting import alerts_in_text

    text = text.replace("\0", "")  # UTF-16 that was read as something else
    pairs: dict[tuple[str, str], None] = {}
    for found in _pair().finditer(text):
        pairs[found[1], found[2].strip()] = None
        if len(pairs) >= _MOST_PAIRS:
            break
    alerts = [_alerts_of({name: plain(value)}) for name, value in pairs]
    # Some alerts need two fields, such as calcium and albumin.
    readable = {
        name: plain(value) for (name, value), told in zip(pairs, alerts, strict=True) if told is not None
    }
    alerts.append(_alerts_of(readable))
    text = _name().sub(" / ", text)  # "bone_pain: no" is no bone pain
    return merged(*alerts, alerts_in_text(_view(), text))


@cache
def _name() -> re.Pattern[str]:
    """The name of a field with its colon, as YAML or JSON writes it."""
    from lungmets.profile import FIELDS

    return re.compile(rf"""(?<!\w)["']?({"|".join(FIELDS)})["']?[ \t]*:""")


@cache
def _pair() -> re.Pattern[str]:
    """A field with a value on the same line."""
    value = r"""["']?([^\s,{}\[\]#"'][^\n\r,{}\[\]#"']*)"""
    return re.compile(rf"{_name().pattern}[ \t]*{value}")


def _alerts_of(values: Mapping[str, Any]) -> tuple[Alert, ...] | None:
    """The alerts of a few fields, or nothing where they cannot be read."""
    from lungmets.profile import PatientProfile

    try:
        profile = PatientProfile.model_validate(values, context=READING_AGAIN)
    except ValidationError:
        return None
    return alerts_of_profile(profile)


def _texts(value: Any) -> Iterator[str]:
    """All texts within a value, keys included; it may be nested in any way."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_TEXTS:
        part = waiting.pop()
        seen += 1
        if isinstance(part, str):
            yield part
        elif isinstance(part, (bytes, bytearray)):
            yield part.decode("utf-8", errors="replace")
        elif isinstance(part, Mapping):
            waiting.extend([*part.values(), *part.keys()])
        elif isinstance(part, (list, tuple, set, frozenset)):
            waiting.extend(part)


def merged(*groups: tuple[Alert, ...] | None) -> tuple[Alert, ...]:
    """Each alert once, the most urgent first."""
    order = list(Urgency)
    found = {(alert.id, alert.finding): alert for group in groups for alert in group or ()}
    return tuple(
        sorted(found.values(), key=lambda alert: (order.index(alert.urgency), alert.id, alert.finding))
    )


def _view() -> View:
    from lungmets.knowledge.base import shipped

    base = shipped()
    return base.view(Jurisdiction.US, base.content.release.as_of)
