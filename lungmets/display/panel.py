"""The panel as a page of text."""

from __future__ import annotations

from typing import Any, TextIO

from lungmets.display.doubts import in_doubt
from lungmets.display.entries import Detail, Entry, Section
from lungmets.display.local import named
from lungmets.display.text import write_sections
from lungmets.engine.view import View
from lungmets.knowledge.schema import PanelItem
from lungmets.vocabulary import Panel


def write_panel(view: View, stream: TextIO, *, width: int | None = None) -> None:
    """Writes which items are asked on the day of a view, with the reason, the test and the sources."""
    title = f"Asked as of {view.day} ({view.place.value})"
    overlays = tuple(Entry("Local knowledge", named(overlay)) for overlay in view.base.local.overlays)
    entries = tuple(_entry(view, item) for item in view.panel_items)
    write_sections([Section(title, overlays + entries, "main")], stream, width=width)


def _entry(view: View, item: PanelItem) -> Entry:
    local = view.base.local
    sources = [
        citation.text.split(". ")[0]
        + in_doubt(citation)
        + (f" ({local.marks[citation.id]})" if citation.id in local.marks else "")
        for citation in view.asked_by(item)
    ]
    details = (
        Detail("why", item.why),
        Detail("test", item.test),
        *(
            Detail("local", f"{entry.why} ({local.mark(overlay)})")
            for overlay, entry in local.asked.get(item.item, ())
        ),
        Detail("sources", "; ".join(sources)),
    )
    marks = [_words(item.when)] if item.when else []
    if Panel.CORE not in item.panels:
        marks.append("comprehensive panel only")
    return Entry(item.item, "", details, "; ".join(marks))


def _words(when: dict[str, Any]) -> str:
    return "; ".join(f"{key} {value}" for key, value in when.items())
