"""One page for each file of sources: what they say, where they are found, what of it is not verified."""

from __future__ import annotations

from collections.abc import Iterator

from generated_pages.pages import Page, labelled, page, record, said, to_record
from generated_pages.words import agency, identifiers
from lungmets.assessment import Evidence
from lungmets.display.doubts import in_words
from lungmets.display.figures import figure
from lungmets.knowledge.audit.strength import WORDS, weaknesses
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.content import citations
from lungmets.knowledge.schema import Source

TITLES = {
    "approvals": "Approvals in the United States",
    "authorisations_ca": "Authorisations in Canada",
    "authorisations_eu": "Authorisations in the European Union",
    "local_therapy": "Local treatment",
}

_NOT_A_RECORD = "release.yaml#"
"""What the release itself cites has no record to link to."""


def source_pages(base: KnowledgeBase) -> Iterator[Page]:
    """The files of ``sources/``, as everybody is shown them: without the values that are not verified."""
    citing: dict[str, dict[str, None]] = {}
    for key, name in citations(base.content):
        if not key.startswith(_NOT_A_RECORD):
            citing.setdefault(name, {})[key] = None
    for file, sources in base.content.sources.items():
        name = file.rpartition("/")[2]
        blocks = [f"`knowledge/{file}.yaml`, {len(sources)} records."]
        for source in sources:
            shown = base.sources[source.id]
            blocks += [record(source.id), *_source(shown, tuple(citing.get(source.id, ())), base)]
        yield page(
            "sources", name.replace("_", "-"), TITLES.get(name, name.replace("_", " ").capitalize()), blocks
        )


def _source(source: Source, citing: tuple[str, ...], base: KnowledgeBase) -> Iterator[str]:
    yield f"**{said(source.name)}**"
    parts = (source.authors, source.title, _issue(source))
    reference = ". ".join(part.rstrip(".") for part in parts if part)
    seen = [f"{', '.join(one.fields)}: {one.at} ({one.level})" for one in source.seen]
    decided = base.content.claims.decided_by(source.id)
    yield labelled(
        [
            ("Says", said(source.statement or "")),
            ("Kind", ", ".join(filter(None, (said(source.kind), said(agency(source)))))),
            ("Published", str(source.published or "")),
            ("Ended", str(source.ended or "")),
            ("Reference", said(reference)),
            ("Found at", " · ".join(identifiers(source))),
            *(("Figure", said(_figure(one))) for one in _figures(source)),
            ("Not verified", said(", ".join(map(in_words, source.unverified)))),
            ("Weak, because", "; ".join(WORDS[one] for one in weaknesses(source))),
            ("Seen", said("; ".join(seen))),
            ("Cited by", ", ".join(map(to_record, citing))),
            ("Decides", ", ".join(to_record(claim.id) for claim in decided)),
        ]
    )


def _issue(source: Source) -> str:
    """Where a reference stands: journal, year, volume and pages, as far as they are known."""
    place = " ".join(filter(None, (source.journal, str(source.year or ""))))
    volume = f";{source.volume}" if source.volume else ""
    return place + volume + (f":{source.pages}" if source.pages else "")


def _figures(source: Source) -> list[Evidence]:
    return [Evidence(source=source.id, **one.model_dump()) for one in source.figures]


def _figure(item: Evidence) -> str:
    return figure(item) + (f" ({item.note})" if item.note else "")
