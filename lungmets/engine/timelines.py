"""Timelines: what sources said over the years on one question, up to the day of the view."""

from __future__ import annotations

from lungmets.assessment import Timeline, TimelineEntry
from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.knowledge.schema import TimelineRecord


def timelines(view: View, certain: int) -> tuple[Timeline, ...]:
    """The timelines whose condition holds, each made once for a view."""
    held = certain & view.timelines
    if not held:
        return ()
    key = (view.number, held)
    found = view.memory.timelines.get(key)
    if found is None:
        records = {view.base.owner_ids[bit]: view.base.owner[bit] for bit in bits(held)}
        made = (_shown(view, record) for record in records.values() if isinstance(record, TimelineRecord))
        found = tuple(timeline for timeline in made if timeline.entries)
        view.memory.timelines.keep(key, found)
    return found


def _shown(view: View, record: TimelineRecord) -> Timeline:
    """The entries of this place up to this day, the oldest first."""
    told = [entry for entry in record.entries if entry.period.covers(view.place, view.day)]
    told.sort(key=lambda entry: str(entry.begins))  # as far as it is known: 2014, then 2014-11
    return Timeline(
        id=record.id,
        title=record.title,
        entries=tuple(
            TimelineEntry(since=str(entry.begins), text=entry.says, citations=view.cite(entry.by))
            for entry in told
        ),
    )
