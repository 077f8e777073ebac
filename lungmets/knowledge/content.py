"""All records of one state of the knowledge, as plain data.

:class:`Content` is what loading produces and what the digest is taken from. Nothing is compiled
here; :mod:`lungmets.knowledge.base` does that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeAlias

from lungmets.knowledge.canonical import canonical, in_order
from lungmets.knowledge.claims import Claims
from lungmets.knowledge.conditions import Grammar
from lungmets.knowledge.schema import (
    Advice,
    AlertFile,
    AlertRecord,
    Category,
    Caution,
    Conditions,
    ConflictRecord,
    Edition,
    Explanation,
    FractureTable,
    Guardrail,
    NamedCondition,
    Note,
    PanelFile,
    PanelItem,
    PopulationRecord,
    Prognosis,
    Question,
    Record,
    Regimens,
    Release,
    Row,
    ScopeRule,
    SearchWords,
    Selector,
    Source,
    StagingFile,
    StagingRemark,
    Step,
    Supersession,
    Table,
    TimelineRecord,
    TrialSearch,
)

Conditional: TypeAlias = (
    Row | Guardrail | Caution | Note | Supersession | ConflictRecord | PanelItem | ScopeRule
    | AlertRecord | Advice | NamedCondition | TimelineRecord | SearchWords | PopulationRecord
)  # fmt: skip
"""A record with a ``when``."""


_IN_THEIR_ORDER = {"panel", "workup", "questions", "trial_search", "explanations", "prognosis"}
"""Parts whose records an answer lists as they stand in the file."""


class Content(Record):
    """The records, by the file or folder that holds them."""

    release: Release
    sources: dict[str, tuple[Source, ...]]
    regimens: Regimens
    conditions: Conditions
    panel: PanelFile
    tables: dict[str, Table]
    guardrails: tuple[Guardrail, ...]
    cautions: tuple[Caution, ...]
    notes: tuple[Note, ...]
    supersessions: tuple[Supersession, ...]
    conflicts: tuple[ConflictRecord, ...]
    scope: tuple[ScopeRule, ...]
    alerts: AlertFile
    workup: tuple[Step, ...]
    questions: tuple[Question, ...]
    claims: Claims = Claims()
    timelines: tuple[TimelineRecord, ...] = ()
    fracture_risk: FractureTable | None = None
    staging: StagingFile | None = None
    trial_search: TrialSearch | None = None
    explanations: tuple[Explanation, ...] = ()
    prognosis: Prognosis | None = None

    def grammar(self) -> Grammar:
        """The grammar in which every ``when`` of this content is written."""
        return Grammar(
            self.conditions.groups,
            [symptom.id for symptom in self.alerts.symptoms],
            {condition.id: condition.when for condition in self.conditions.conditions},
        )

    def rows(self) -> Iterator[tuple[Table, Row]]:
        """Every option row, with its table, in the order of their ids."""
        rows = [(table, row) for table in self.tables.values() for row in table.rows]
        yield from sorted(rows, key=lambda pair: pair[1].id)

    def editions(self) -> tuple[Edition, ...]:
        """The editions of staging; a release from before there was a table of them has none."""
        return self.staging.editions if self.staging is not None else ()

    def all_sources(self) -> dict[str, Source]:
        """The sources by id."""
        return {source.id: source for file in self.sources.values() for source in file}

    def published(self, source: Source) -> date:
        """The day from which a source may be cited; one without a day counts from the release that had it.

        A day that is not verified is none.
        """
        published = None if "published" in source.unverified else source.published
        return published.day if published is not None else self.release.undated_from or self.release.as_of

    @property
    def search_words(self) -> tuple[SearchWords, ...]:
        """The words of a search for trials, in their order."""
        return self.trial_search.words if self.trial_search is not None else ()

    @property
    def populations(self) -> tuple[PopulationRecord, ...]:
        """The figures of populations, in their order."""
        return self.prognosis.figures if self.prognosis is not None else ()

    def digest(self) -> str:
        """SHA-256 over the content, independent of the order of files, records and fields.

        Only where the order of records is shown (see :data:`_IN_THEIR_ORDER`), or decides as that of
        the courses of a symptom does, does it count.
        """
        return digest_of(self.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def digest_of(dumped: dict[str, Any]) -> str:
    """SHA-256 over the parts of some content, by their names, as :meth:`Content.digest` says."""
    plain = {key: part if key in _IN_THEIR_ORDER else in_order(part) for key, part in dumped.items()}
    alerts = dumped.get("alerts")
    if isinstance(alerts, dict) and "courses" in alerts:  # the first that is found counts
        plain["alerts"] = {**plain["alerts"], "courses": alerts["courses"]}
    plain["sources"] = in_order([item for file in plain.get("sources", {}).values() for item in file])
    plain["tables"] = in_order(
        [
            {**row, "domain": table["domain"]}
            for table in plain.get("tables", {}).values()
            for row in table["rows"]
        ]
    )
    return hashlib.sha256(canonical(plain).encode()).hexdigest()


def conditional_records(content: Content) -> Iterator[Conditional]:
    """Every record with a ``when``, in a fixed order."""
    for _, row in content.rows():
        yield row
    for rule in _by_id(content.guardrails):
        yield rule
        if rule.unless is not None:
            # Made without a check: with the ending the id may be longer than an id may be.
            yield NamedCondition.model_construct(id=f"{rule.id}.unless", when=rule.unless, says=rule.reason)
    yield from _by_id(content.cautions)
    yield from _by_id(content.notes)
    yield from _by_id(content.supersessions)
    yield from _by_id(content.conflicts)
    yield from content.panel.items
    yield from _by_id(content.scope)
    yield from _by_id(content.alerts.alerts)
    yield from content.workup
    yield from content.questions
    yield from content.search_words
    yield from content.populations
    yield from _by_id(content.conditions.conditions)
    yield from _by_id(content.timelines)


def staging_records(content: Content) -> tuple[Category | StagingRemark, ...]:
    """The conditions of staging, in their order. They are a table of their own: no option reads them."""
    staging = content.staging
    if staging is None:
        return ()
    return (*(category for edition in staging.editions for category in edition.categories), *staging.remarks)


def record_id(record: Conditional | Category | StagingRemark) -> str:
    """The id of a record; a panel item goes by its item, behind a word that no id begins with."""
    return f"panel:{record.item}" if isinstance(record, PanelItem) else record.id


def citations(content: Content) -> Iterator[tuple[str, str]]:
    """Every reference to a source: the record that makes it, and the id that it names."""

    def of(key: str, *records: Record) -> Iterator[tuple[str, str]]:
        for record in records:
            for name in getattr(record, "by", ()):
                yield key, name

    for _, row in content.rows():
        yield from of(row.id, *row.documented, *row.preferred)
        if row.unresolved is not None:
            yield from of(row.id, row.unresolved)
    plain: Iterable[tuple[Conditional, ...]] = (
        content.guardrails,
        content.cautions,
        content.notes,
        content.supersessions,
        content.conflicts,
        content.scope,
        content.alerts.alerts,
        content.workup,
        content.questions,
        content.populations,
    )
    for records in plain:
        for record in records:
            yield from of(record_id(record), record)
    for item in content.panel.items:
        yield from of(record_id(item), item, *item.asked, *item.no_answer)
    yield from of("release.yaml#calcium_correction", content.release.calcium_correction)
    for key, part in _shown_apart(content):
        yield from of(key, part)


def _shown_apart(content: Content) -> Iterator[tuple[str, Record]]:
    """The parts of what an answer shows beside its options: of timelines, the score, the staging, words."""
    yield from ((explanation.id, explanation) for explanation in content.explanations)
    yield from ((record.id, record) for record in staging_records(content))
    yield from ((edition.id, period) for edition in content.editions() for period in edition.in_force)
    yield from ((timeline.id, entry) for timeline in content.timelines for entry in timeline.entries)
    table = content.fracture_risk
    if table is not None:
        yield from ((table.id, part) for part in (table, *table.bands, *table.limits))


def selectors(content: Content) -> Iterator[tuple[str, Selector]]:
    """Every selector of options, with the record that holds it."""
    for guardrail in content.guardrails:
        yield guardrail.id, guardrail.withholds
        if guardrail.while_documented is not None:
            yield guardrail.id, guardrail.while_documented
    for caution in content.cautions:
        yield caution.id, caution.on
    for note in content.notes:
        yield note.id, note.on
    for record in content.supersessions:
        yield record.id, record.replaces
        yield record.id, record.with_
    for conflict in content.conflicts:
        yield conflict.id, conflict.options


def _by_id(records: Iterable[Any]) -> list[Any]:
    return sorted(records, key=lambda record: record.id)
