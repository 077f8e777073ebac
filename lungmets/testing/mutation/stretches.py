"""Stretches of days, each in a place: what is left of them, what two have in common, and those that touch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeAlias

from lungmets.vocabulary import Jurisdiction

A_DAY = timedelta(days=1)

Days: TypeAlias = tuple[date, date]
"""The first and the last day of a stretch."""

Stretch: TypeAlias = tuple[Jurisdiction, Days]
"""A stretch of days in a place."""

Stretches: TypeAlias = tuple[Stretch, ...]
"""Several of them, in a fixed order."""


def without(days: Iterable[Stretch], hidden: Iterable[Stretch]) -> Stretches:
    """What is left of some stretches of days without others.

    >>> us = Jurisdiction.US
    >>> year = (us, (date(2020, 1, 1), date(2020, 12, 31)))
    >>> [
    ...     (first.month, last.month)
    ...     for _, (first, last) in without([year], [(us, (date(2020, 3, 1), date(2020, 4, 30)))])
    ... ]
    [(1, 2), (5, 12)]
    """
    found = list(days)
    for there, (begins, ends) in hidden:
        cut: list[Stretch] = []
        for place, (first, last) in found:
            if place != there or last < begins or ends < first:
                cut.append((place, (first, last)))
                continue
            if first < begins:
                cut.append((place, (first, begins - A_DAY)))
            if ends < last:
                cut.append((place, (ends + A_DAY, last)))
        found = cut
    return tuple(sorted(found))


def common(days: Iterable[Stretch], others: Iterable[Stretch]) -> Stretches:
    """The days that stand in both."""
    found = [
        (place, (max(first, begins), min(last, ends)))
        for place, (first, last) in days
        for there, (begins, ends) in others
        if place == there and max(first, begins) <= min(last, ends)
    ]
    return joined(found)


def joined(stretches: Iterable[Stretch]) -> Stretches:
    """Stretches of days, joined where they touch."""
    found: list[Stretch] = []
    for place, (first, last) in sorted(stretches):
        if found and found[-1][0] == place and first <= found[-1][1][1] + A_DAY:
            found[-1] = (place, (found[-1][1][0], max(last, found[-1][1][1])))
        else:
            found.append((place, (first, last)))
    return tuple(found)
