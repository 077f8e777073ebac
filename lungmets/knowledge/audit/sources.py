"""Sources: fields that are not verified, and sources that nothing cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lungmets.display.doubts import REFERENCE, in_words
from lungmets.knowledge.audit.models import Finding, FindingKind, Pressing
from lungmets.knowledge.audit.records import Records
from lungmets.knowledge.schema import Source

_IN_WORDS = re.compile(r"\bunverified\b", re.IGNORECASE)
_NAMED = 6


def source_findings(records: Records) -> Iterator[Finding]:
    """Every source with a doubt, every sentence that calls itself unverified, every source without use."""
    rows = {row.id for _, row in records.content.rows()}
    for source in filter(records.heard, records.raw.values()):
        resting = records.resting(source.id)
        if source.unverified:
            yield _unverified(records, source, resting, rows)
        if not resting and not records.content.claims.decided_by(source.id):
            yield Finding(
                kind=FindingKind.UNCITED_SOURCE,
                pressing=Pressing.LATER,
                record=source.id,
                place=records.place(source.id),
                what="nothing cites it: no row, no rule, no remark, no claim",
                do="cite it where it decides something, or take it out",
            )
    for name, record in records.reviewed():
        if _IN_WORDS.search(record.model_dump_json()):
            yield Finding(
                kind=FindingKind.UNVERIFIED,
                pressing=Pressing.SOON,
                record=name,
                place=records.place(name),
                what="a sentence of it calls itself unverified",
                do="find a source that carries the sentence and cite it, or take the sentence out",
            )


def _unverified(records: Records, source: Source, resting: tuple[str, ...], rows: set[str]) -> Finding:
    """A doubt of what a source says presses more than one of where it is found; so does a row on it."""
    doubts = [name for name in source.unverified if name not in REFERENCE]
    kept = [name for name in source.unverified if getattr(source, name) not in (None, ())]
    what = f"not verified: {', '.join(map(in_words, source.unverified))}"
    what += f"; {_rests(resting)}"
    if kept:
        what += f"; a value stands in the file for {', '.join(kept)} and is shown to nobody"
    return Finding(
        kind=FindingKind.UNVERIFIED,
        pressing=Pressing.SOON if doubts and rows & set(resting) else Pressing.LATER,
        record=source.id,
        place=records.place(source.id),
        what=what,
        do="find it at a primary place, write it with its `seen`, and take it out of `unverified`",
        concerns=resting,
        sources=(source.id,),
        fields=source.unverified,
    )


def _rests(resting: tuple[str, ...]) -> str:
    if not resting:
        return "nothing rests on it"
    shown = ", ".join(resting[:_NAMED])
    more = f" and {len(resting) - _NAMED} more" if len(resting) > _NAMED else ""
    return f"{shown}{more} {'rests' if len(resting) == 1 else 'rest'} on it"
