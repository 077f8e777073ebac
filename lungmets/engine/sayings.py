"""What a view says: citations, evidence, remarks, prerequisites, each made once.

Nothing younger than the day of the view is ever cited, nor what a regulator said for another place. A
remark that no source of that day and place carries is marked as the project's own rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from lungmets.assessment import (
    ApprovalRecord,
    Because,
    Citation,
    Evidence,
    Option,
    Prerequisite,
    Remark,
    TraceStep,
)
from lungmets.engine.options import OptionKey
from lungmets.knowledge.schema import (
    Advice,
    AlertRecord,
    Caution,
    ConflictRecord,
    Documented,
    Guardrail,
    NamedCondition,
    Note,
    Row,
    ScopeRule,
    Source,
    Supersession,
)
from lungmets.vocabulary import Engine, Jurisdiction, Standing

if TYPE_CHECKING:
    from lungmets.knowledge.base import KnowledgeBase

RemarkT = TypeVar("RemarkT", Remark, Prerequisite)


class Sayings:
    """The sentences and sources of the knowledge, as of ``day`` in ``place``."""

    def __init__(
        self, base: KnowledgeBase, place: Jurisdiction, day: date, number: int, engine: Engine
    ) -> None:
        self.base = base
        self.number = number
        _, self.memory = base.engine(engine)
        self.place = place
        self.day = day
        # The rows in force, with the entries that document each of them here and now.
        self.in_force: dict[str, Row] = {}
        self.entries: dict[str, tuple[Documented, ...]] = {}
        for _, row in base.content.rows():
            entries = tuple(entry for entry in row.documented if entry.covers(place, day))
            if entries:
                self.in_force[row.id] = row
                self.entries[row.id] = entries
        self._citations: dict[str, Citation] = {}
        self._remarks: dict[str, Remark] = {}
        self._prerequisites: dict[tuple[object, ...], Prerequisite] = {}
        self._documented: dict[tuple[int, tuple[str, ...]], Option] = {}

    def cite(self, ids: tuple[str, ...]) -> tuple[Citation, ...]:
        """The citations of sources that were published by this day; younger ones never appear.

        Neither does the approval or the label of another place: a guardrail in the European Union does
        not rest on a United States label. Trials and guidelines are cited everywhere, with their names.
        """
        found = []
        for name in dict.fromkeys(ids):
            source = self.base.sources[name]
            if self.base.published(source) <= self.day and self._speaks_here(source):
                citation = self._citations.get(name)
                if citation is None:
                    citation = self._citations.setdefault(name, citation_of(source))
                found.append(citation)
        return tuple(found)

    def remark(
        self,
        record: Guardrail | Caution | Note | ScopeRule | Supersession | Advice | NamedCondition,
        text: str,
        key: str = "",
    ) -> Remark:
        """A sentence of a record with its citations of the day, or marked as the project's own rule.

        What is local is marked as that, cited or not.
        """
        name = f"{record.id}/{key}"
        found = self._remarks.get(name)
        if found is None:
            citations = self.cite(getattr(record, "by", ()))
            found = self._remarks.setdefault(
                name,
                Remark(
                    id=record.id,
                    text=text,
                    citations=citations,
                    rule=self._rule(record, citations),
                ),
            )
        return found

    def prerequisite(
        self, records: tuple[Guardrail | Caution, ...], item: str | None, text: str
    ) -> Prerequisite:
        """What records ask for before an option could be meant, in the same words, on the sources of all."""
        # Whoever asks is part of the key: no answer depends on what was asked before it.
        key = (item, text, *(record.id for record in records))
        found = self._prerequisites.get(key)
        if found is None:
            citations = self.cite(tuple(dict.fromkeys(name for record in records for name in record.by)))
            rule = self._rule(records[0], citations)
            found = self._prerequisites.setdefault(
                key, Prerequisite(item=item, text=text, citations=citations, rule=rule)
            )
        return found

    def _rule(self, record: Any, citations: tuple[Citation, ...]) -> str | None:
        """How a sentence is marked: as local, or as the project's own where no source of the day says it.

        What is told beside options, a step or a question, keeps nobody safe: it is a default.
        """
        own = self.project_default if isinstance(record, Advice) else self.safety_rule
        return self.base.local.marks.get(record.id) or (None if citations else own)

    def together(self, remarks: tuple[RemarkT, ...]) -> tuple[RemarkT, ...]:
        """One tuple for the same remarks, so that its identity tells what is said."""
        key = tuple(map(id, remarks))
        found = self.memory.together.get(key)
        if found is None:
            found = remarks
            self.memory.together.keep(key, found)
        return found

    @property
    def safety_rule(self) -> str:
        """The words that mark a rule of the project's own."""
        return self.base.content.release.safety_rule

    @property
    def project_default(self) -> str:
        """The words that mark a default of the project's own."""
        return self.base.content.release.project_default

    def documented(self, option: int, rows: tuple[str, ...]) -> Option:
        """An option as the rows that hold document it; nothing is said of a profile yet."""
        key = (option, rows)
        found = self._documented.get(key)
        if found is None:
            found = self._merged(self.base.options.keys[option], [self.in_force[name] for name in rows])
            self._documented[key] = found
        return found

    def _merged(self, key: OptionKey, rows: list[Row]) -> Option:
        # Beside rows of the release a local row adds its note and its citations, and changes nothing.
        leading = [row for row in rows if row.id not in self.base.local.marks] or rows
        rows = leading + [row for row in rows if row not in leading]
        entries = [entry for row in rows for entry in self.entries[row.id]]
        first = [entry for row in leading for entry in self.entries[row.id]]
        strongest = min((entry.basis for entry in first), key=list(type(entries[0].basis)).index)
        cited = [name for entry in entries for name in entry.by]
        cited += [name for row in rows for period in row.preferred if period.covers(self.place, self.day)
                  for name in period.by]  # fmt: skip
        citations = self.cite(tuple(cited))
        unshown = {name for entry in entries for name in entry.no_figures}
        unshown -= {name for entry in first for name in entry.by}
        unshown |= {name for entry in first for name in entry.no_figures}
        about = _populations(first) | _populations([entry for entry in entries if entry not in first], first)
        evidence = tuple(
            Evidence(source=citation.id, **figure.model_dump())
            for citation in citations
            if citation.id not in unshown
            for figure in self.base.sources[citation.id].figures
            if citation.id not in about or figure.population in about[citation.id]
        )
        return Option(
            id=key.id,
            domain=key.domain,
            regimen=key.regimen,
            name=key.name,
            basis=strongest,
            standing=Standing.DOCUMENTED,
            off_label=all(entry.off_label for entry in first),
            approvals=self._approvals(leading),
            because=(),
            evidence=evidence,
            notes=tuple(self.row_remark(row, note) for row in rows for note in self._notes(row)),
            cautions=(),
            prerequisites=(),
            citations=citations,
            review_due=any(row.review_by.day < self.day for row in rows),
        )

    def _speaks_here(self, source: Source) -> bool:
        return self.base.speaks_for(source) in {None, self.place}

    def _notes(self, row: Row) -> list[str]:
        """What a row says everywhere, then what it says only here and now."""
        said = (row.note, *(entry.note for entry in self.entries[row.id]))
        return list(dict.fromkeys(note for note in said if note))

    def held(self, row: str, values: tuple[str, ...]) -> Because:
        """A row that holds, with the values that made it hold."""
        key = (row, values)
        found = self.memory.held.get(key)
        if found is None:
            found = Because(row=row, values=values)
            self.memory.held.keep(key, found)
        return found

    def row_remark(self, row: Row, text: str) -> Remark:
        """A sentence of a row, with what the row rests on."""
        key = f"{row.id}/{text}"
        found = self._remarks.get(key)
        if found is None:
            own = row.unresolved.by if row.unresolved is not None else ()
            cited = self.cite(own or tuple(name for entry in self.entries[row.id] for name in entry.by))
            rule = self.base.local.marks.get(row.id)
            found = self._remarks.setdefault(key, Remark(id=row.id, text=text, citations=cited, rule=rule))
        return found

    def step(self, stage: str, record: str, outcome: str, values: tuple[str, ...] = ()) -> TraceStep:
        """One step of a trace."""
        key = (stage, record, outcome, values)
        found = self.memory.steps.get(key)
        if found is None:
            found = TraceStep(stage=stage, record=record, outcome=outcome, values=values)
            self.memory.steps.keep(key, found)
        return found

    def _approvals(self, rows: list[Row]) -> tuple[ApprovalRecord, ...]:
        """Every label entry that began by this day, ended ones included: accelerated, then regular."""
        found: dict[str, ApprovalRecord] = {}
        for row in rows:
            for entry in row.documented:
                if entry.basis != "label" or self.place not in entry.places or entry.begins.day > self.day:
                    continue
                for name in entry.by:
                    source = self.base.sources[name]
                    if source.kind in {"approval", "label"} and self.base.published(source) <= self.day:
                        found[name] = ApprovalRecord(
                            agency=source.agency or "",
                            # Where the day was not seen, the entry begins with the release: no approval day.
                            approved=str(entry.begins) if source.published is not None else "",
                            approval=None if "approval" in source.unverified else entry.approval,
                            source=name,
                        )
                        break
        return tuple(sorted(found.values(), key=lambda record: (record.approved, record.source)))

    def alert_rule(self, record: AlertRecord) -> str | None:
        """How an alert is marked where no source of the day carries it."""
        return None if self.cite(record.by) else self.safety_rule

    def conflict_rule(self, record: ConflictRecord) -> str | None:
        """How a conflict is marked where no source of the day carries it."""
        return self._rule(record, self.cite(record.by))


def _populations(
    entries: Iterable[Documented], before: Iterable[Documented] = ()
) -> dict[str, frozenset[str]]:
    """For a source with figures of several groups, the groups that are the patients of some entry.

    An entry that cites a source without naming groups means all of its figures. What the entries
    ``before`` cite is theirs to say.
    """
    found: dict[str, frozenset[str]] = {}
    whole = {name for entry in before for name in entry.by}
    for entry in entries:
        whole |= set(entry.by) - set(entry.populations)
        for name, groups in entry.populations.items():
            found[name] = found.get(name, frozenset()) | set(groups)
    return {name: groups for name, groups in found.items() if name not in whole}


def citation_of(source: Source) -> Citation:
    """A source as it is shown."""
    return Citation(
        id=source.id,
        kind=source.kind,
        text=_reference(source),
        published=str(source.published or ""),
        doi=source.doi,
        pmid=source.pmid,
        nct=source.nct,
        url=source.url,
        unverified=source.unverified,
    )


def _reference(source: Source) -> str:
    """A reference as people write it; what is not known is left out."""
    if not source.journal:
        return source.name
    place = source.journal
    if source.year:
        place += f" {source.year}"
    if source.volume:
        place += f";{source.volume}"
    if source.pages:
        place += f":{source.pages}"
    return ". ".join(part.rstrip(".") for part in (source.name, source.authors, source.title, place) if part)
