"""Two answers beside each other as a page of text."""

from __future__ import annotations

from typing import TextIO

from lungmets.contrast import Contrast, Difference, Found, Side, Whereabouts
from lungmets.display.doubts import doubt
from lungmets.display.entries import Detail, Entry, Section
from lungmets.display.text import write_sections
from lungmets.errors import visible


def write_contrast(contrast: Contrast, stream: TextIO, *, width: int | None = None) -> None:
    """Writes where two answers differ, and why."""
    write_sections(_sections(contrast), stream, width=width)


def _sections(contrast: Contrast) -> list[Section]:
    heading = Section(
        f"{contrast.first} and {contrast.second}",
        (
            Entry("", f"knowledge {contrast.knowledge}"),
            _answer(contrast.first),
            _answer(contrast.second),
        ),
        "main",
    )
    if contrast.alerts:
        urgent = tuple(
            Entry(
                alert.urgency.replace("_", " "),
                f"{visible(alert.finding)} {visible(alert.action)}"
                + (" (how urgent: project default)" if alert.default_urgency else ""),
            )
            for alert in contrast.alerts
        )
        return [Section("Urgent", urgent, "urgent"), heading, *_options(contrast)]
    return [heading, *_options(contrast)]


def _options(contrast: Contrast) -> list[Section]:
    if contrast.first.status != contrast.second.status or contrast.first.status == "refused":
        return []
    if not contrast.differences:
        nothing = f"No option stands differently; {len(contrast.same)} stand alike."
        return [Section("No difference", (Entry("", nothing),))]
    entries = tuple(_difference(contrast, one) for one in contrast.differences)
    alike = Entry("", ", ".join(contrast.same) or "none")
    return [
        Section("Different (order is not preference)", entries, "main"),
        Section("Alike", (alike,), "aside"),
    ]


def _answer(side: Side) -> Entry:
    if side.reason is None:
        return Entry(str(side), side.status)
    details = [Detail("why", visible(text)) for text in side.why]
    if side.missing:
        details.append(Detail("missing", ", ".join(side.missing)))
    return Entry(str(side), f"{side.status}: {side.reason}", tuple(details))


def _difference(contrast: Contrast, one: Difference) -> Entry:
    return Entry(
        visible(one.name),
        "",
        (
            *_found(contrast.first, contrast.second, one.first),
            *_found(contrast.second, contrast.first, one.second),
        ),
    )


def _found(side: Side, other: Side, found: Found) -> list[Detail]:
    label = str(side.jurisdiction) if side.jurisdiction != other.jurisdiction else str(side.as_of)
    kind = [str(found.basis)] if found.basis else []
    if found.standing == "preferred":
        kind.append("preferred")
    said = str(found.whereabouts) + (f" ({', '.join(kind)})" if kind else "")
    cited = [f"{name}{doubt(found.unverified.get(name, ()))}" for name in found.citations]
    if found.whereabouts is Whereabouts.DOCUMENTED:
        return [Detail(label, f"{said}: {', '.join(cited)}")]
    doubted = [said for name, said in zip(found.citations, cited, strict=True) if name in found.unverified]
    rests = [Detail("", f"rests on {', '.join(doubted)}")] if doubted else []
    return [Detail(label, said), *(Detail("", visible(why)) for why in found.why), *rests]
