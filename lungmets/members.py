"""Reading lists and objects member by member, so that everything wrong is told at once.

>>> from pydantic import ValidationError
>>> from lungmets.results import wrong
>>> def positive(value):
...     if value <= 0:
...         raise wrong(f"{value} is not positive")
...     return value
>>> each([1, 2], positive)
[1, 2]
>>> try:
...     each([0, 1, -1], positive)
... except ValidationError as error:
...     print([(item["loc"], item["msg"]) for item in error.errors()])
[((0,), '0 is not positive'), ((2,), '-1 is not positive')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from lungmets.errors import shown
from lungmets.nomenclature import nearest_words
from lungmets.results import wrong

T = TypeVar("T")

MOST_ITEMS = 100
"""Of one list. Nobody writes more by hand, and each is read as a report's words."""


def items(value: object, expected: str) -> list[object]:
    """The members of a list, a tuple or a set; a set in an order that does not change."""
    scalar = (str, bytes, bytearray, bool, int, float, Mapping)
    if isinstance(value, scalar) or not isinstance(value, Iterable):
        do = "put it into a list: [...]" if isinstance(value, str) else ""
        raise wrong(f"{shown(value)} is not a list", expected=expected, do=do)
    found = list(value)
    if len(found) > MOST_ITEMS:
        raise wrong(f"a list of {len(found):,}", expected=f"at most {MOST_ITEMS} members")
    return sorted(found, key=shown) if isinstance(value, (set, frozenset)) else found


def each(values: Iterable[object], read: Callable[[Any], T]) -> list[T]:
    """Reads every member of a list; a fault is told with its position."""
    return _all_read(enumerate(values), read)


def table(pairs: Iterable[tuple[object, object]], read: Callable[[Any], T]) -> list[T]:
    """Reads every pair of a key and a value; a fault is told with its key."""
    return _all_read(((_step(key), (key, value)) for key, value in pairs), read)


def record(value: Mapping[Any, Any], readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    """Reads the fields of an object; one that it does not have is told with the nearest."""

    def read(pair: tuple[Any, Any]) -> tuple[str, Any]:
        name, part = pair
        if name not in readers:
            nearest = nearest_words(_step(name), readers)
            raise wrong("this is not a field", expected=f"one of {', '.join(readers)}", nearest=nearest)
        return name, readers[name](part)

    return dict(table(value.items(), read))


def _step(key: object) -> str:
    return key if isinstance(key, str) else shown(key)


def _all_read(members: Iterable[tuple[int | str, Any]], read: Callable[[Any], T]) -> list[T]:
    found: list[T] = []
    faults: list[InitErrorDetails] = []
    for step, value in members:
        try:
            found.append(read(value))
        except PydanticCustomError as fault:
            faults.append(InitErrorDetails(type=fault, loc=(step,), input=value))
        except ValidationError as error:
            faults.extend(_below(step, error))
    if faults:
        # Pydantic puts the findings where this value stands, each with its own place below it.
        raise ValidationError.from_exception_data("lungmets", faults)
    return found


def _below(step: int | str, error: ValidationError) -> Iterator[InitErrorDetails]:
    for item in error.errors():
        fault = wrong(**item["ctx"]) if item["type"] == "lungmets" else wrong(item["msg"])
        yield InitErrorDetails(type=fault, loc=(step, *item["loc"]), input=item["input"])
