"""One record of the knowledge as a page of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from pydantic import JsonValue

from lungmets.assessment import Citation
from lungmets.display.entries import Detail, Entry, Section
from lungmets.display.text import write_sections
from lungmets.errors import visible
from lungmets.knowledge.lookup import ShownRecord
from lungmets.knowledge.schema.claims import Claim


def write_record(found: ShownRecord, stream: TextIO, *, width: int | None = None) -> None:
    """Writes a record: its fields as its file has them, its sources, and the claims that lead to it."""
    write_sections(record_outline(found), stream, width=width)


def record_outline(found: ShownRecord) -> list[Section]:
    """The sections of a record; a part of which there is nothing has no section."""
    fields = tuple(Detail(name, _words(value)) for name, value in found.record.items() if name != "id")
    parts = [
        Section(
            found.kind.value.replace("_", " "), (Entry(found.id, "", fields, found.local or ""),), "main"
        ),
        Section("Sources", tuple(map(_source, found.citations))),
        Section("Cited by", tuple(Entry(name) for name in found.cited_by)),
        Section("What the articles say, carried here", tuple(map(_claim, found.carries))),
        Section("What the articles say, decided by it", tuple(map(_claim, found.decides))),
    ]
    return [part for part in parts if part.entries]


def _words(value: JsonValue) -> str:
    """A value of a record in one line, in the order of its file."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(each)}" for name, each in value.items())
    if isinstance(value, list):
        parts = [f"({_words(each)})" if isinstance(each, dict) else _words(each) for each in value]
        return ", ".join(parts)
    return visible(str(value))


def _source(citation: Citation) -> Entry:
    return Entry(citation.id, visible(citation.text), tuple(_identifiers(citation)))


def _identifiers(citation: Citation) -> Iterator[Detail]:
    named: Iterable[tuple[str, str | None]] = (
        ("published", citation.published),
        ("doi", citation.doi),
        ("pmid", citation.pmid),
        ("trial", ", ".join(citation.nct)),
        ("address", citation.url),
        ("unverified", ", ".join(citation.unverified)),
    )
    yield from (Detail(label, visible(text)) for label, text in named if text)


def _claim(claim: Claim) -> Entry:
    details = [Detail("because", visible(claim.reason))] if claim.reason else []
    return Entry(claim.id, visible(claim.says), tuple(details), claim.verdict or "not decided yet")
