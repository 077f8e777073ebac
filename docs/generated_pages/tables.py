"""One page for each decision table: its rows as people read them."""

from __future__ import annotations

from collections.abc import Iterator

from generated_pages.pages import Page, bullets, labelled, page, record, said
from generated_pages.words import cited, claims, condition, named, period, sources
from lungmets.display.timeline import title_of
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.history import history, subjects
from lungmets.knowledge.schema import Row, Table

TITLES = {"alk_ros1": "ALK and ROS1", "egfr": "EGFR", "ret_met_braf_others": "RET, MET, BRAF and others"}


def table_pages(base: KnowledgeBase) -> Iterator[Page]:
    """The tables of ``systemic/`` and ``sites/``, and supportive care."""
    drawn = {lane.row: each for each in subjects(base) for lane in history(each, base).lanes}
    for file, table in base.content.tables.items():
        name = file.rpartition("/")[2]
        rows = [block for row in table.rows for block in _row(row, base)]
        about = f"`knowledge/{file}.yaml`, domain {said(table.domain.value)}, {len(table.rows)} rows."
        pictures = dict.fromkeys(drawn[row.id] for row in table.rows)
        links = ", ".join(f"[{said(title_of(each))}](../timelines/{each.value}.md)" for each in pictures)
        yield page(
            "tables", name.replace("_", "-"), _title(name, table), [about, f"Timelines: {links}.", *rows]
        )


def _title(name: str, table: Table) -> str:
    title = TITLES.get(name, name.replace("_", " ").capitalize())
    return title if table.domain.value == "systemic" or name == "supportive" else f"{title} (site)"


def _row(row: Row, base: KnowledgeBase) -> Iterator[str]:
    """One row: the option first, then for whom, since when and where, on what, and what is said of it."""
    names = {regimen.id: regimen.name for regimen in base.content.regimens.regimens}
    yield record(row.id)
    later = " (documented after earlier therapy only, never first-line)" if row.line == "later" else ""
    yield f"**{said(names[row.option])}**{later}"
    entries = [
        f"{period(entry)}, on {named(entry.by, base)}" + (f". *{said(entry.note)}*" if entry.note else "")
        for entry in row.documented
    ]
    entries += [f"★ preferred: {period(entry)}, by {named(entry.by, base)}" for entry in row.preferred]
    yield labelled([("When", condition(row.when))]) + "\n" + bullets(entries)
    unresolved = row.unresolved
    settles = said(unresolved.reason) if unresolved is not None else ""
    if unresolved is not None and unresolved.unknown:
        settles = f"while {' or '.join(map(said, unresolved.unknown))} is not known: {settles}"
    if unresolved is not None and unresolved.by:
        settles += f" {cited(unresolved.by, base)}"
    yield labelled([("Left open", settles), ("Note", said(row.note or ""))])
    yield sources((name for entry in (*row.documented, *row.preferred) for name in entry.by), base)
    yield labelled([("Carries", claims(row.id, base)), ("Review by", str(row.review_by))])
