"""Small changes of what stands beside the options: alerts, advice, staging, timelines, a score, figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeAlias

from lungmets.knowledge.schema import (
    Advice,
    AlertRecord,
    Category,
    CourseWord,
    Edition,
    FractureTable,
    PopulationRecord,
    StagingFile,
    StagingRemark,
    StagingRemarkKind,
    SymptomWord,
    TimelineRecord,
)
from lungmets.testing.mutation.conditions import Change
from lungmets.testing.mutation.dates import entries, moved
from lungmets.testing.mutation.kinds import Kind
from lungmets.testing.mutation.lists import next_word, without
from lungmets.testing.mutation.sites import other
from lungmets.vocabulary import LikelySite, MCategory, MetastaticSite, StageGroup, Urgency

Changed: TypeAlias = Iterator[tuple[str, Iterable[Change]]]
"""The changes by field."""


def beside(record: Any, last: date) -> Changed:
    """The changes that only these records can suffer; ``last`` is the day of the release."""
    match record:
        case AlertRecord():
            yield from _of_alert(record)
        case Advice():
            words = ("every", "refused", "incomplete", "documented")
            yield "on", [(Kind.STANDING, word, word) for word in words if word != record.on]
            yield "lacks", without(Kind.LACK, record.lacks, least=0)
        case SymptomWord() | CourseWord():
            yield "phrases", without(Kind.PHRASE, record.phrases, least=1)
        case TimelineRecord():
            yield "entries", _history(record)
        case FractureTable():
            yield "points", _points(record)
            yield "bands", _bands(record)
        case PopulationRecord():
            yield "groups", without(Kind.GROUP, record.groups, least=1)
        case _:
            yield from _of_staging(record, last)


def _of_alert(record: AlertRecord) -> Changed:
    yield "urgency", next_word(Urgency, record.urgency)
    default = not record.default_urgency
    yield "default_urgency", [(Kind.STANDING, str(default).lower(), default)]
    yield "sites", without(Kind.SITE, record.sites, least=0)
    yield "sites", _swapped(Kind.SITE, record.sites, LikelySite)


def _of_staging(record: Any, last: date) -> Changed:
    match record:
        case StagingFile():
            yield "within_the_chest", without(Kind.WORD, record.within_the_chest, least=1)
            yield "within_the_chest", _swapped(Kind.WORD, record.within_the_chest, MetastaticSite)
        case Edition():
            yield "in_force", entries("", record.in_force, last, least=1)
        case Category():
            yield "category", next_word(MCategory, record.category)
            yield "stage", next_word(StageGroup, record.stage)
        case StagingRemark():
            yield "kind", next_word(StagingRemarkKind, record.kind)
        case _:
            return


def _swapped(kind: Kind, words: tuple[Any, ...], known: Any) -> Iterator[Change]:
    """Each word exchanged for the next one that is not among them."""
    every = list(known)
    for index, word in enumerate(words):
        at = every.index(word) + 1
        instead = next((one for one in (*every[at:], *every) if one not in words), None)
        if instead is not None:
            yield kind, f"{instead} for {word}", other(words, index, instead)


def _history(record: TimelineRecord) -> Iterator[Change]:
    """An entry less, and each entry with another day or a place less."""
    for index, entry in enumerate(record.entries):
        if record.entries[2:]:  # a timeline has two at least
            yield Kind.DATE, f"[{index}] dropped", other(record.entries, index)
        for kind, what, changed in moved(entry, date.max):
            yield kind, f"[{index}] {what}", other(record.entries, index, changed)


def _points(table: FractureTable) -> Iterator[Change]:
    """One point more or less for each word."""
    for feature, words in table.points.items():
        for word, number in words.items():
            for changed in (number - 1, number + 1):
                points = {**table.points, feature: {**words, word: changed}}
                yield Kind.SCORE, f"{feature} {word} {changed}", points


def _bands(table: FractureTable) -> Iterator[Change]:
    """A band less, and each border between two bands moved, so that every sum still has one band."""
    for index, band in enumerate(table.bands):
        yield Kind.SCORE, f"{band.id} dropped", other(table.bands, index)
    for index, (below, above) in enumerate(zip(table.bands, table.bands[1:], strict=False)):
        for most in (below.most - 1, below.most + 1):
            lower = below.model_copy(update={"most": most})
            upper = above.model_copy(update={"least": most + 1})
            bands = (*table.bands[:index], lower, upper, *table.bands[index + 2 :])
            yield Kind.SCORE, f"{below.id} to {most}", bands
