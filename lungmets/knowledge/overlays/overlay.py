"""The records of one overlay, as plain data, and its digest."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from lungmets.knowledge.content import digest_of
from lungmets.knowledge.schema import (
    Advice,
    Caution,
    ConflictRecord,
    Guardrail,
    LocalConditions,
    LocalPanel,
    LocalRegimens,
    NamedCondition,
    OverlayHeader,
    Question,
    Record,
    Row,
    Source,
    Step,
    Supersession,
    Table,
)


class Overlay(Record):
    """The records, by the file or folder that holds them; only the header has to be there."""

    header: OverlayHeader
    sources: dict[str, tuple[Source, ...]] = Field(default_factory=dict)
    regimens: LocalRegimens = LocalRegimens()
    conditions: LocalConditions = LocalConditions()
    panel: LocalPanel = LocalPanel(items=())
    tables: dict[str, Table] = Field(default_factory=dict)
    guardrails: tuple[Guardrail, ...] = ()
    cautions: tuple[Caution, ...] = ()
    supersessions: tuple[Supersession, ...] = ()
    conflicts: tuple[ConflictRecord, ...] = ()
    workup: tuple[Step, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def id(self) -> str:
        """The id of the overlay."""
        return self.header.id

    @property
    def mark(self) -> str:
        """What stands behind everything local that is shown."""
        return f"local: {self.header.name}"

    def rows(self) -> Iterator[tuple[Table, Row]]:
        """Every option row, with its table."""
        for table in self.tables.values():
            for row in table.rows:
                yield table, row

    def records(
        self,
    ) -> Iterator[
        Source | Row | Guardrail | Caution | Supersession | ConflictRecord | Advice | NamedCondition
    ]:
        """Every record that an answer shows by its id."""
        for file in self.sources.values():
            yield from file
        for _, row in self.rows():
            yield row
        yield from self.guardrails
        yield from self.cautions
        yield from self.supersessions
        yield from self.conflicts
        yield from self.workup
        yield from self.questions
        yield from self.conditions.conditions

    @property
    def empty(self) -> bool:
        """Whether it says nothing that could touch an answer."""
        return not any(self.records()) and not self.panel.items

    def digest(self) -> str:
        """SHA-256 over the header and the records, as that of the knowledge is made."""
        return digest_of(self.model_dump(mode="json", by_alias=True, exclude_defaults=True))
