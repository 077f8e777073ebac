"""Small changes of a period: a day earlier or later, an end more or less, a place less."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from lungmets.knowledge.schema import Begin, End, Period
from lungmets.testing.mutation.conditions import Change
from lungmets.testing.mutation.kinds import Kind
from lungmets.testing.mutation.sites import other

_A_DAY = timedelta(days=1)


def moved(period: Any, last: date) -> Iterator[Change]:
    """A record with ``begins``, ``ends`` and ``places``, with one of them changed.

    ``last`` is the day of the release: what ends on it holds for no question of that day.
    """
    for index, place in enumerate(period.places) if len(period.places) > 1 else ():
        yield Kind.PLACE, f"without {place}", _with(period, places=other(period.places, index))
    if period.begins is None:
        return
    for step, words in ((-_A_DAY, "earlier"), (_A_DAY, "later")):
        begins = Begin((period.begins.day + step).isoformat())
        yield Kind.DATE, f"begins a day {words}", _with(period, begins=begins)
    if "ends" not in type(period).model_fields:
        return  # history: what was said once does not end
    if period.ends is None:
        if period.begins.day < last:
            yield Kind.DATE, "ends on the last day", _with(period, ends=End(last.isoformat()))
        return
    for step, words in ((-_A_DAY, "earlier"), (_A_DAY, "later")):
        ends = End((period.ends.day + step).isoformat())
        yield Kind.DATE, f"ends a day {words}", _with(period, ends=ends)
    yield Kind.DATE, "never ends", _with(period, ends=None)


def entries(name: str, periods: tuple[Period, ...], last: date, *, least: int) -> Iterator[Change]:
    """A list of periods, with one of them changed or dropped; ``least`` must remain."""
    for index, period in enumerate(periods):
        which = f"{name}[{index}]"
        if len(periods) > least:
            yield Kind.DATE, f"{which} dropped", other(periods, index)
        for kind, what, changed in moved(period, last):
            yield kind, f"{which} {what}", other(periods, index, changed)


def days(name: str, day: date | None) -> Iterator[Change]:
    """A day moved, or taken away."""
    if day is None:
        return
    for step, words in ((-_A_DAY, "earlier"), (_A_DAY, "later")):
        yield Kind.DATE, f"{name} a day {words}", day + step


def _with(record: Any, **values: Any) -> Any:
    return record.model_copy(update=values)
