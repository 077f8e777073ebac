"""The records as an audit sees them: where each stands, where it speaks, what rests on which source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.content import Content, citations, record_id
from lungmets.knowledge.schema import (
    Advice,
    AlertRecord,
    Caution,
    ConflictRecord,
    Documented,
    Edition,
    Explanation,
    FractureTable,
    Guardrail,
    Note,
    PanelItem,
    Period,
    PopulationRecord,
    Row,
    ScopeRule,
    SearchWords,
    Source,
    StagingRemark,
    Supersession,
    TimelineRecord,
)
from lungmets.vocabulary import Jurisdiction

Reviewed: TypeAlias = (
    Row | Guardrail | Caution | Note | Supersession | ConflictRecord | PanelItem | ScopeRule | AlertRecord
    | Advice | TimelineRecord | FractureTable | Edition | StagingRemark | SearchWords | Explanation
    | PopulationRecord
)  # fmt: skip
"""A record with a day by which it is read again."""


class Question(NamedTuple):
    """What an audit is asked; see :func:`lungmets.knowledge.audit.audit`."""

    day: date
    place: Jurisdiction | None
    within_days: int
    older_than_years: int


class Records:
    """The records of a knowledge base, with their places, for one question."""

    def __init__(self, base: KnowledgeBase, places: Mapping[str, str], question: Question) -> None:
        self.base = base
        self.content: Content = base.content
        self.question = question
        self.raw: Mapping[str, Source] = base.content.all_sources()
        """The sources as they are written: with the values that nobody else is shown."""
        self._places = places
        resting: dict[str, dict[str, None]] = {}
        for key, name in citations(self.content):
            resting.setdefault(name, {})[key] = None
        self._resting = resting

    def place(self, record: str) -> str:
        """Where a record stands, as ``file:line``; an item of the panel goes by ``panel:`` and its name."""
        return self._places.get(record, record.partition("#")[0])

    def resting(self, source: str) -> tuple[str, ...]:
        """The ids of the records that cite a source."""
        return tuple(self._resting.get(source, ()))

    def heard(self, source: Source) -> bool:
        """Whether a source speaks for the place that was asked: a regulator speaks for its own alone."""
        return self.question.place is None or self.base.speaks_for(source) in {None, self.question.place}

    def reviewed(self) -> Iterator[tuple[str, Reviewed]]:
        """Every record with a day of review that speaks of the place that was asked."""
        content = self.content
        every: tuple[Reviewed, ...] = (
            *(row for _, row in content.rows()),
            *content.guardrails,
            *content.cautions,
            *content.notes,
            *content.supersessions,
            *content.conflicts,
            *content.panel.items,
            *content.scope,
            *content.alerts.alerts,
            *content.workup,
            *content.questions,
            *content.timelines,
            *((content.fracture_risk,) if content.fracture_risk is not None else ()),
            *content.editions(),
            *(content.staging.remarks if content.staging is not None else ()),
            *content.search_words,
            *content.explanations,
            *content.populations,
        )
        for record in every:
            if self._speaks(record):
                yield (record_id(record) if isinstance(record, PanelItem) else record.id), record

    def in_force(self, row: Row) -> Iterator[Documented]:
        """The entries that document a row on the day, in the place that was asked or in any."""
        yield from (entry for entry in row.documented if self.holds(entry))

    def holds(self, period: Period) -> bool:
        """Whether a period covers the day, in the place that was asked or in any."""
        return any(period.covers(place, self.question.day) for place in self.places())

    def places(self) -> tuple[Jurisdiction, ...]:
        """The places that are audited."""
        return tuple(Jurisdiction) if self.question.place is None else (self.question.place,)

    def cited(self, periods: Iterable[Period], place: Jurisdiction) -> tuple[Source, ...]:
        """The sources of periods that a place is shown on the day, each once."""
        names = dict.fromkeys(name for period in periods for name in period.by)
        found = [self.base.sources[name] for name in names]
        return tuple(
            source
            for source in found
            if self.base.published(source) <= self.question.day
            and self.base.speaks_for(source) in {None, place}
        )

    def _speaks(self, record: Reviewed) -> bool:
        """Whether a record says something in the place that was asked; without a place it speaks of all."""
        asked = self.question.place
        if isinstance(record, Row):
            places = {place for entry in record.documented for place in entry.places}
        elif isinstance(record, Edition):
            places = {place for period in record.in_force for place in period.places}
        elif isinstance(record, PanelItem):
            places = {place for period in record.asked for place in period.places}
        elif isinstance(record, TimelineRecord):
            places = {place for entry in record.entries for place in entry.places}
        else:
            places = set(getattr(record, "places", ()))
        return asked is None or not places or asked in places
