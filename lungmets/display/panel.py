"""The panel as a page of text."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from lungmets.engine.view import View
from lungmets.vocabulary import Panel


def write_panel(view: View, stream: TextIO) -> None:
    """Writes which items are asked on the day of a view, by panel, with the reason and the test."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, 100)
    console.print(Text(f"Asked as of {view.day} ({view.place.value})", style="bold"))
    for item in view.panel_items:
        only = "" if Panel.CORE in item.panels else "  (comprehensive panel only)"
        condition = "" if not item.when else f"  for {_words(item.when)}"
        console.print()
        console.print(Text.assemble((item.item, "bold cyan"), (only + condition, "dim")))
        for label, text in (("why", item.why), ("test", item.test)):
            console.print(Padding(Text.assemble((f"{label:<5}", "dim"), text), (0, 0, 0, 2)))
        cited = view.cite(tuple(name for period in item.asked for name in period.by) + item.by)
        console.print(Padding(Text(", ".join(citation.id for citation in cited), style="dim"), (0, 0, 0, 7)))


def _words(when: dict[str, object]) -> str:
    return "; ".join(f"{key} {value}" for key, value in when.items())
