"""The pages of the documentation that are made from the knowledge, each time the documentation is built.

Nothing of them is committed. :func:`pages` makes them as text, and :func:`write` puts them into a folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generated_pages.beside import beside_pages
from generated_pages.claims import claim_pages
from generated_pages.pages import Page, index
from generated_pages.remaining import remaining_pages
from generated_pages.rules import rule_pages
from generated_pages.source_pages import source_pages
from generated_pages.tables import table_pages
from generated_pages.timelines import timeline_pages
from lungmets.knowledge.base import KnowledgeBase

CHAPTERS = {
    "tables": (
        "Tables",
        "Each row as it stands: for whom, which option, where, since when, on which sources.",
    ),
    "rules": ("Rules and remarks", "What is asked, withheld, remarked, replaced, in dispute or urgent."),
    "timelines": ("Timelines", "What was documented where and when, one picture for each driver."),
    "claims": (
        "What the articles say",
        "Each claim of five articles, judged, with what carries and decides it.",
    ),
    "sources": ("Sources", "What everything rests on, with how it was checked and what is not verified."),
}
"""The folders, each with its title and a sentence."""


def pages(base: KnowledgeBase) -> Mapping[str, str]:
    """Every page, and every picture, by its path in the folder. The same knowledge gives the same bytes."""
    chapters: dict[str, list[Page]] = {name: [] for name in CHAPTERS}
    files: dict[str, str] = {}
    for page in _all(base):
        chapters[page.chapter].append(page)
        files[f"{page.chapter}/{page.name}.md"] = page.text
        files |= {f"{page.chapter}/{name}": drawn for name, drawn in page.pictures.items()}
    for name, (title, about) in CHAPTERS.items():
        files[f"{name}/index.md"] = index(title, about, [page.name for page in chapters[name]])
    return dict(sorted(files.items()))


def write(base: KnowledgeBase, folder: Path) -> None:
    """Writes the pages into a folder, and takes away what no longer belongs there.

    A page that is the same is not touched, so that Sphinx reads again only what changed.
    """
    made = pages(base)
    for old in sorted(folder.rglob("*.*")):
        if old.is_file() and old.relative_to(folder).as_posix() not in made:
            old.unlink()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _all(base: KnowledgeBase) -> Iterator[Page]:
    yield from table_pages(base)
    yield from rule_pages(base)
    yield from beside_pages(base)
    yield from remaining_pages(base)
    yield from timeline_pages(base)
    yield from claim_pages(base)
    yield from source_pages(base)
