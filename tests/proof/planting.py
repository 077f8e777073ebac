"""Defects, planted in a copy of the shipped knowledge that never passes the checks of loading."""

from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.content import Content


def planted(base: KnowledgeBase, **parts) -> KnowledgeBase:
    """A knowledge base with other records in some parts."""
    return KnowledgeBase(base.content.model_copy(update=parts), "planted")


def without(base: KnowledgeBase, part: str, *names: str) -> KnowledgeBase:
    """A copy without some records of one part."""
    records = getattr(base.content, part)
    kept = tuple(record for record in records if record.id not in names)
    assert len(kept) == len(records) - len(names), f"{names} are not all in {part}"
    return planted(base, **{part: kept})


def rows(content: Content, change) -> dict[str, object]:
    """The tables, with ``change`` made to every row; a row that becomes nothing is left out."""
    return {
        name: table.model_copy(
            update={"rows": tuple(row for row in map(change, table.rows) if row is not None)}
        )
        for name, table in content.tables.items()
    }


def with_row(base: KnowledgeBase, name: str, **values) -> KnowledgeBase:
    """A copy in which one row has other values; with none at all the row is left out."""
    found = []

    def change(row):
        if row.id != name:
            return row
        found.append(row)
        return row.model_copy(update=values) if values else None

    tables = rows(base.content, change)
    assert found, f"there is no row {name}"
    return planted(base, tables=tables)
