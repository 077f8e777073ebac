"""What the schema found wrong with a file, in the words of whoever writes it.

Pydantic tells where a value does not fit its model. Here that becomes file, line and record, what
stands there and what was expected; and of several findings that have one cause, one is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from pydantic import ValidationError

from lungmets.documents import Document
from lungmets.errors import Problem, shown
from lungmets.knowledge import schema
from lungmets.knowledge.schema import claims
from lungmets.nomenclature import nearest_words


def explain(
    error: ValidationError,
    file: str,
    document: Document,
    *,
    below: Callable[[tuple[Any, ...]], tuple[Any, ...]] = tuple,
    fields: Callable[[tuple[Any, ...]], Iterable[str]] | None = None,
    record: Callable[[tuple[Any, ...]], str] | None = None,
) -> list[Problem]:
    """Every defect of shape, once.

    ``below`` turns a place in what was validated into its place in the document, where the two
    differ; ``fields`` gives the fields of the record at a place in what was validated, and ``record``
    the name of the record that a place in the document belongs to.
    """
    unread = {problem.place for problem in document.problems}
    found = []
    for item in _distinct(error.errors(), fields):
        item["loc"] = below(item["loc"])
        place = _real_place(document.data, item["loc"])
        # What follows from a line that could not be read is no second defect.
        if f"line {document.line(*place)}" not in unread:
            named = record(place) if record else _record_of(document.data, place)
            found.append(_explained(item, place, f"{file}:{document.line(*place)}", named))
    return found


def at(data: Any, place: Iterable[str | int]) -> Any:
    """What stands at a place; nothing where a key stood twice and only the first was kept."""
    for step in place:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _distinct(errors: Iterable[Any], fields: Callable[[tuple[Any, ...]], Iterable[str]] | None) -> list[Any]:
    """The findings of the schema, without those that only follow from another."""
    # A list whose members were refused is "too short" as well.
    found = [error for error in errors if error["type"] != "too_short" or not error["input"]]
    missing = [error for error in found if error["type"] == "missing"]
    for error in found:
        if error["type"] == "extra_forbidden":
            # A misspelt field is also missing under its own name.
            beside = {item["loc"][-1]: item for item in missing if item["loc"][:-1] == error["loc"][:-1]}
            known = error["known"] = tuple(fields(error["loc"][:-1])) if fields else ()
            word = str(error["loc"][-1])
            meant = nearest_words(word, beside)[:1] or nearest_words(word, known or _fields())
            error["meant"] = meant
            missing = [item for item in missing if item is not beside.get(meant[0] if meant else "")]
    return [error for error in found if error["type"] != "missing" or error in missing]


def _explained(error: Any, location: tuple[Any, ...], line: str, record: str) -> Problem:
    """One finding of the schema, as a curator needs it."""
    place = f"{line} ({record})" if record else line
    if error["type"] == "lungmets":
        said = error["ctx"]
        return Problem(place, said["what"], said["expected"], said["why"], said["do"], tuple(said["nearest"]))
    if error["type"] == "missing":
        return Problem(place, f"{error['loc'][-1]!r} is missing", "this field in every such record")
    if error["type"] == "extra_forbidden":
        what = f"{str(error['loc'][-1])!r} is not a field of this record"
        expected = f"one of {', '.join(error['known'])}" if error["known"] else "a field of the schema"
        return Problem(place, what, expected, nearest=error["meant"])
    inner = next((index + 1 for index, step in enumerate(location) if isinstance(step, int)), 0)
    names = [step for step in location[inner:] if isinstance(step, str)]
    names = names or [step for step in location if isinstance(step, str)]
    what = ".".join(names) or ("this record" if location else "this file")
    words = re.findall("'([^']+)'", str(error.get("ctx", {}).get("expected", "")))
    nearest = nearest_words(str(error["input"]), words)
    return Problem(place, f"{what} is {shown(error['input'])}", _expected(error), nearest=nearest)


_EXPECTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "date_from_datetime_inexact": "a day: year, month, day",
    "date_from_datetime_parsing": "a day: year, month, day",
    "date_type": "a day: year, month, day",
    "dict_type": "a table of fields",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "model_type": "a table of fields",
    "string_pattern_mismatch": "text of the form {pattern}",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "at least {min_length} characters",
    "string_type": "text",
    "too_short": "a list of at least {min_length}",
    "tuple_type": "a list",
}


def _expected(error: Any) -> str:
    """What the schema wanted, without the words of its library."""
    known = _EXPECTED.get(error["type"])
    if known is None:
        return str(error["msg"]).removeprefix("Input should be ")
    return known.format(**error.get("ctx", {}))


def _real_place(data: Any, location: Iterable[Any]) -> tuple[Any, ...]:
    """The steps that are places in the data; pydantic adds others, such as the names of validators."""
    found = []
    for step in location:
        if (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            data = data[step]
            found.append(step)
    return tuple(found)


def _record_of(data: Any, location: tuple[Any, ...]) -> str:
    """The name of the record that a place belongs to."""
    found = ""
    for step in (None, *location):
        if step is not None:
            data = data[step]
        if isinstance(data, dict):
            found = str(data.get("id") or data.get("item") or found)
    return found


@cache
def _fields() -> tuple[str, ...]:
    """Names that a misspelt field may have meant: those of all schemas."""
    names: set[str] = set()
    for model in (*vars(schema).values(), *vars(claims).values()):
        if isinstance(model, type) and issubclass(model, schema.Record):
            names.update(field.alias or name for name, field in model.model_fields.items())
    return tuple(sorted(names))
