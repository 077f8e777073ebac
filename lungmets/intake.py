"""From what a caller writes to typed parts of a profile.

Every reader takes one raw value and returns a typed one, or raises a finding that says what stands
there, what was expected, and the nearest known word. Nothing is guessed and nothing is dropped: of a
list or a table every member that is wrong is told, with its place. ``None`` always means *not stated*.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from numbers import Integral, Real
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from lungmets.errors import shown
from lungmets.members import each, items, table
from lungmets.nomenclature import NotUnderstood, nearest_words, read_histology
from lungmets.results import wrong
from lungmets.vocabulary import BrainLesions, Histology, MetastaticSite

WordT = TypeVar("WordT", bound=StrEnum)

_UNSTATED = {"unstated", "unknown"}
_YES = {"yes", "true"}
_NO = {"no", "false"}
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_LEAVE_OUT = "leave the field out where nothing is known"


def words(enum: type[StrEnum]) -> str:
    """The words of a vocabulary, as a message lists them."""
    return ", ".join(word.value for word in enum)


def as_word(enum: type[WordT], value: object) -> WordT:
    """One word of a closed vocabulary; case, blanks and hyphens do not matter."""
    if isinstance(value, enum):
        return value
    if not isinstance(value, str):
        # In JSON and Python, "no" is easily written as false.
        nearest = [word.value for word in enum if value is False and word.value == "no"]
        raise wrong(f"{shown(value)} is not a word", expected=f"one of {words(enum)}", nearest=tuple(nearest))
    plain = value.strip().casefold()
    for word in enum:
        known = word.value.casefold()
        if plain == known or plain.replace(" ", "_").replace("-", "_") == known.replace("-", "_"):
            return word
    raise wrong(
        f"{shown(value)} is not a known word",
        expected=f"one of {words(enum)}",
        nearest=nearest_words(plain, [word.value for word in enum]),
    )


def word(enum: type[WordT]) -> Callable[[object], WordT | None]:
    """A reader for an optional word."""

    def read(value: object) -> WordT | None:
        return None if unstated(value) else as_word(enum, value)

    return read


def word_set(enum: type[WordT]) -> Callable[[object], tuple[WordT, ...] | None]:
    """A reader for a set of words, kept in the order of the vocabulary."""
    order = {item: position for position, item in enumerate(enum)}

    def read(value: object) -> tuple[WordT, ...] | None:
        if unstated(value):
            return None
        found = set(each(items(value, f"a list of {words(enum)}"), lambda item: as_word(enum, item)))
        return tuple(sorted(found, key=order.__getitem__))

    return read


def flag(value: object) -> bool | None:
    """Yes, no or not stated. Numbers are no answer: 1 could be a count."""
    if value is None or isinstance(value, bool):
        return value
    nearest: tuple[str, ...] = ()
    if isinstance(value, str):
        plain = value.strip().casefold()
        if plain in _UNSTATED:
            return None
        if plain in _YES or plain in _NO:
            return plain in _YES
        nearest = nearest_words(plain, ["yes", "no", "unstated"])
    raise wrong(
        f"{shown(value)} is neither yes nor no",
        expected="yes, no, or unstated",
        nearest=nearest,
    )


def histology(value: object) -> Histology | None:
    """A histology word, or the pathologist's words for it."""
    if value is None or isinstance(value, Histology):
        return value
    if not isinstance(value, str):
        raise wrong(f"{shown(value)} is not a histology", expected=f"one of {words(Histology)}")
    if unstated(value) or not value.strip():
        raise wrong(f"{shown(value)} is not a histology", expected=f"one of {words(Histology)}",
                    do=_LEAVE_OUT)  # fmt: skip
    try:
        return read_histology(value)
    except NotUnderstood as error:
        raise not_understood(error) from None


def not_understood(error: NotUnderstood) -> PydanticCustomError:
    """What the nomenclature could not read, as a finding."""
    what = f"'{error.text}' is not understood"
    return wrong(what, expected=error.expected, why=error.why, nearest=error.nearest)


def brain_lesions(value: object) -> int | BrainLesions | None:
    """A count of brain lesions, or the word that stands in its place."""
    expected = f"a whole number from 0, or one of {words(BrainLesions)}"
    if value is None or isinstance(value, BrainLesions):
        return value
    if isinstance(value, str):
        if re.fullmatch("[0-9]+", value.strip()):
            raise wrong(f"{shown(value)} is text", expected=expected, do="remove the quotation marks")
        if unstated(value):
            raise wrong(f"{shown(value)} does not say whether the brain was imaged", expected=expected,
                        do=_LEAVE_OUT)  # fmt: skip
        try:
            return as_word(BrainLesions, value)
        except PydanticCustomError as error:
            nearest = (error.context or {}).get("nearest", ())
            raise wrong(f"{shown(value)} is not a count", expected=expected, nearest=nearest) from None
    number = as_number(value)
    if not isinstance(number, int):
        raise wrong(f"{shown(value)} is not a count", expected=expected)
    if not 0 <= number < _TOO_LONG:
        raise wrong(f"{shown(value)} is out of range", expected=expected)
    return number


_TOO_LONG = 10**300
"""A count that could not be printed everywhere; any smaller one is taken as it is."""


@dataclass(frozen=True, slots=True)
class Range:
    """A reader for a number in a range with its unit: whole, or measured with decimals."""

    low: float
    high: float
    unit: str
    whole: bool

    @property
    def expected(self) -> str:
        """What a message says should stand there."""
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} from {self.low:g} to {self.high:g}{' ' if self.unit else ''}{self.unit}"

    def __call__(self, value: object) -> Any:
        """The number, or ``None`` where nothing is stated."""
        if unstated(value):
            return None
        number = as_number(value)
        if number is None or (self.whole and isinstance(number, float)):
            raise self._not_a_number(value)
        if not self.low <= number <= self.high:
            raise wrong(f"{shown(value)} is out of range", expected=self.expected)
        return number if self.whole else float(number) + 0.0  # a zero has no sign

    def _not_a_number(self, value: object) -> PydanticCustomError:
        nearest: tuple[str, ...] = ()
        do = ""
        if isinstance(value, str):
            number = _NUMBER.match(value.strip())
            if number and number[0] == value.strip() and (not self.whole or number[0].isdigit()):
                return wrong(
                    f"{shown(value)} is text", expected=self.expected, do="remove the quotation marks"
                )
            if number and self.unit:
                do = f"give the number alone; its unit is {self.unit}"
        elif self.whole and isinstance(value, float) and value.is_integer() and self._holds(value):
            nearest = (f"{value:g}",)
        what = f"{shown(value)} is not a {'whole ' if self.whole else ''}number"
        return wrong(what, expected=self.expected, nearest=nearest, do=do)

    def _holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def whole(low: int, high: int, unit: str = "") -> Range:
    """A reader for a whole number in a range."""
    return Range(low, high, unit, whole=True)


def measure(low: float, high: float, unit: str) -> Range:
    """A reader for a measured number, decimals allowed, in a range with its unit."""
    return Range(low, high, unit, whole=False)


def site_counts(value: object) -> tuple[tuple[MetastaticSite, int], ...]:
    """Metastases by site: a table, or the pairs that a profile keeps. Each site once."""
    if unstated(value):
        return ()
    if isinstance(value, Mapping):
        pairs = list(value.items())
    elif isinstance(value, tuple) and all(isinstance(pair, tuple) and len(pair) == _PAIR for pair in value):
        pairs = list(value)
    else:
        raise wrong(f"{shown(value)} is not a table", expected="a count for each site, such as {liver: 2}")
    count = whole(1, 1000)
    found: dict[MetastaticSite, int] = {}

    def read(pair: tuple[Any, Any]) -> None:
        site, number = as_word(MetastaticSite, pair[0]), pair[1]
        if unstated(number) or (number == 0 and not isinstance(number, bool)):
            raise wrong(f"{shown(number)} is not a count", expected=count.expected,
                        do="leave the site out: a site without a count is unknown")  # fmt: skip
        if site in found:
            raise wrong(f"{site} is counted twice", expected="each site once")
        found[site] = count(number)

    table(pairs, read)
    return tuple(sorted(found.items()))


_PAIR = 2


def day(value: object) -> date | None:
    """A day, as a date or in ISO 8601. Numbers are none: a time stamp could be any of several."""
    expected = "a day such as 2014-06-01"
    if unstated(value):
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip(), re.ASCII):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise wrong(f"{shown(value)} is not in the calendar", expected=expected) from None
    raise wrong(f"{shown(value)} is not a day", expected=expected)


def short_text(most: int) -> Callable[[object], str]:
    """A reader for a text that is neither empty nor long."""

    def read(value: object) -> str:
        expected = f"a text of at most {most} characters"
        if not isinstance(value, str):
            raise wrong(f"{shown(value)} is not a text", expected=expected)
        if not value.strip():
            raise wrong("the text is empty", expected=expected)
        if len(value) > most:
            raise wrong(f"{shown(value)} has {len(value):,} characters", expected=expected,
                        do="give several short texts")  # fmt: skip
        return value

    return read


def symptoms(value: object) -> tuple[Any, ...]:
    """Complaints: one or several short texts, or entries with what and since."""
    entry = 'short texts, or entries such as {what: "new headache", since: 2026-05-01}'
    if value is None:
        return ()
    if isinstance(value, (str, Mapping, BaseModel)):
        value = [value]

    def read(item: object) -> object:
        if isinstance(item, str):
            return {"what": item}
        if isinstance(item, (Mapping, BaseModel)):
            return item
        raise wrong(f"{shown(item)} is not a symptom", expected=entry)

    return tuple(each(items(value, f"a list of {entry}"), read))


def unstated(value: object) -> bool:
    """Whether a value says that nothing is known."""
    return value is None or (isinstance(value, str) and value.strip().casefold() in _UNSTATED)


def as_number(value: object) -> int | float | None:
    """A number of any kind (one of NumPy as well), or ``None``. Yes and no are no numbers, nor is NaN."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real) and not math.isnan(value):
        return float(value)
    return None
