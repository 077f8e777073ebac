"""What an outline is made of: sections of entries with details. Text and Markdown are drawn from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Detail:
    """A labelled line below an entry."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a section: a lead, what is said of it, and details; ``short`` suits a terminal.

    ``code`` is shown below, line for line, so that it can be copied.
    """

    lead: str
    text: str = ""
    details: tuple[Detail, ...] = ()
    mark: str = ""
    short: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its entries; ``tone`` is ``urgent``, ``main``, ``aside`` or ``plain``."""

    title: str
    entries: tuple[Entry, ...]
    tone: str = "plain"
