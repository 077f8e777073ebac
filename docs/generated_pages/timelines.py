"""One page for each driver, with the picture of its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generated_pages.pages import Page, said
from lungmets.display.timeline import timeline, title_of
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.history import Subject, subjects


def timeline_pages(base: KnowledgeBase) -> Iterator[Page]:
    """The subjects that have rows. The name of each row in a picture leads to the row in its table."""
    homes = {
        row.id: f"../tables/{file.rpartition('/')[2].replace('_', '-')}.html#{row.id}"
        for file, table in base.content.tables.items()
        for row in table.rows
    }
    for subject in subjects(base):
        yield _page(subject, base, homes)


def _page(subject: Subject, base: KnowledgeBase, homes: Mapping[str, str]) -> Page:
    drawn = timeline(subject, knowledge=base, link=homes.__getitem__)
    about = (
        f"As of {base.content.release.as_of}. One line for each place in which a row is in force; a date is "
        "as exact as its source. What a guardrail withholds from one patient is not in the picture. A row's "
        "name leads to its text, its sources and its notes."
    )
    text = (
        f"# {said(title_of(subject))}\n\n{said(about)}\n\n```{{raw}} html\n:file: {subject.value}.html\n```\n"
    )
    framed = f'<div class="lm-scroll" style="overflow-x: auto">\n{drawn.svg}</div>\n'
    return Page("timelines", subject.value, text, {f"{subject.value}.html": framed})
