"""Where each record of some content stands, and the content with another one, or none, in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from lungmets.knowledge.content import Content
from lungmets.knowledge.schema import Record, StagingFile

LISTS = (
    "guardrails", "cautions", "notes", "supersessions", "conflicts", "scope", "workup", "questions",
    "timelines", "explanations",
)  # fmt: skip
"""The parts of a content that are lists of records."""


@dataclass(frozen=True, slots=True)
class Site:
    """A record, its key in messages, and ``put``: the content with another record there, or with none."""

    key: str
    record: Record
    put: Callable[[Record | None], Content]


def sites(content: Content) -> Iterator[Site]:
    """Every record that a mutant can change, in a fixed order."""
    for name in sorted(content.tables):
        table = content.tables[name]
        for index, row in enumerate(table.rows):
            yield Site(row.id, row, partial(_put_row, content, name, index))
    for part in LISTS:
        for index, record in enumerate(getattr(content, part)):
            yield Site(record.id, record, partial(_put, content, (part,), index))
    nested = (
        ("panel", "items", "panel:{0.item}"),
        ("alerts", "alerts", "{0.id}"),
        ("alerts", "symptoms", "symptom:{0.id}"),
        ("conditions", "conditions", "condition:{0.id}"),
        ("regimens", "regimens", "regimen:{0.id}"),
        ("regimens", "drugs", "drug:{0.name}"),
        ("alerts", "courses", "course:{0.id}"),
        ("staging", "editions", "{0.id}"),
        ("staging", "remarks", "{0.id}"),
        ("prognosis", "figures", "{0.id}"),
        ("trial_search", "words", "{0.id}"),
    )
    for part, name, form in nested:
        for index, record in enumerate(getattr(getattr(content, part), name, ())):  # a file may be missing
            yield Site(form.format(record), record, partial(_put, content, (part, name), index))
    yield from _whole(content)


def _whole(content: Content) -> Iterator[Site]:
    """Files that are one record, and the categories within the editions of staging."""
    if content.fracture_risk is not None:
        yield Site(
            content.fracture_risk.id, content.fracture_risk, partial(_put_file, content, "fracture_risk")
        )
    staging = content.staging
    if staging is not None:
        yield Site("staging.yaml", staging, partial(_put_file, content, "staging"))
        for at, edition in enumerate(staging.editions):
            for index, category in enumerate(edition.categories):
                put = partial(_put_category, content, staging, at, index)
                yield Site(category.id, category, put)


def other(several: Sequence[Any], index: int, *instead: Any) -> tuple[Any, ...]:
    """Some items with one of them replaced, by one or by nothing.

    >>> other("abc", 1, "x"), other("abc", 1)
    (('a', 'x', 'c'), ('a', 'c'))
    """
    return (*several[:index], *instead, *several[index + 1 :])


def _put(content: Content, where: tuple[str, ...], index: int, record: Record | None) -> Content:
    part, *inside = where
    held: Any = getattr(content, part)
    new = () if record is None else (record,)
    if not inside:
        return content.model_copy(update={part: other(held, index, *new)})
    (name,) = inside
    changed = held.model_copy(update={name: other(getattr(held, name), index, *new)})
    return content.model_copy(update={part: changed})


def _put_file(content: Content, part: str, record: Record | None) -> Content:
    return content.model_copy(update={part: record})


def _put_category(
    content: Content, staging: StagingFile, at: int, index: int, record: Record | None
) -> Content:
    edition = staging.editions[at]
    categories = other(edition.categories, index, *(() if record is None else (record,)))
    changed = edition.model_copy(update={"categories": categories})
    editions = other(staging.editions, at, changed)
    return _put_file(content, "staging", staging.model_copy(update={"editions": editions}))


def _put_row(content: Content, name: str, index: int, record: Record | None) -> Content:
    table = content.tables[name]
    rows = other(table.rows, index, *(() if record is None else (record,)))
    tables = {**content.tables, name: table.model_copy(update={"rows": rows})}
    if not rows:  # a table has a row; without its only one the file is gone
        del tables[name]
    return content.model_copy(update={"tables": tables})
