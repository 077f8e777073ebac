"""Dates of records, written as far as they are known.

A beginning that is known only to the month or the year counts from its last day, an end from its
first: the careful reading of either.

>>> Begin("2014-12").day, End("2014-12").day
(datetime.date(2014, 12, 31), datetime.date(2014, 12, 1))
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Annotated, Any, Self, TypeAlias

from pydantic import BeforeValidator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class _Dated(str):
    """A day, a month or a year, as the source gives it."""

    __slots__ = ("day",)
    day: date

    def __new__(cls, text: str) -> Self:
        found = _DAY.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a date")
        year, month, day = (int(part) if part else None for part in found.groups())
        made = super().__new__(cls, text)
        made.day = cls._careful(year or 0, month, day)
        return made

    @classmethod
    def _careful(cls, year: int, month: int | None, day: int | None) -> date:
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        def check(value: Any) -> _Dated:
            # A bare year is a whole number to YAML.
            text = str(value) if isinstance(value, str) or type(value) is int else ""
            try:
                return cls(text)
            except ValueError:
                why = "a date such as 2018-04-18, 2018-04 or 2018"
                raise PydanticCustomError("date", "{why}", {"why": why}) from None

        return core_schema.no_info_plain_validator_function(
            check,
            serialization=core_schema.to_string_ser_schema(),
            json_schema_input_schema=core_schema.str_schema(),
        )


def _whole_day(value: Any) -> Any:
    """Pydantic would take a number for the seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        return value
    raise PydanticCustomError("date", "{why}", {"why": "a day such as 2018-04-18"})


Day: TypeAlias = Annotated[date, BeforeValidator(_whole_day)]
"""A day that is known to the day."""


class Begin(_Dated):
    """A beginning, or a publication: it counts from the last day that it can mean."""

    __slots__ = ()

    @classmethod
    def _careful(cls, year: int, month: int | None, day: int | None) -> date:
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])


class End(_Dated):
    """An end: it counts from the first day that it can mean."""

    __slots__ = ()

    @classmethod
    def _careful(cls, year: int, month: int | None, day: int | None) -> date:
        return date(year, month or 1, day or 1)
