"""The knowledge as of one day in one place.

A view knows which rows are documented there and then, and by what. It prepares everything that does
not depend on the profile (citations, evidence, remarks), so that an answer only has to put it together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from lungmets.assessment import (
    ApprovalRecord,
    Citation,
    Evidence,
    KnowledgeStamp,
    Option,
    Prerequisite,
    Remark,
    TraceStep,
)
from lungmets.engine.dossier import Dossier
from lungmets.engine.memo import Memo
from lungmets.engine.table import States, bits
from lungmets.knowledge.facts import GENES, field_of
from lungmets.knowledge.schema import (
    Advice,
    AlertRecord,
    Caution,
    ConflictRecord,
    Documented,
    Guardrail,
    NamedCondition,
    PanelItem,
    Row,
    ScopeRule,
    Source,
    Supersession,
)
from lungmets.vocabulary import Jurisdiction

if TYPE_CHECKING:
    from lungmets.engine.decision import Decision
    from lungmets.engine.plan import Plan, Planned
    from lungmets.knowledge.base import KnowledgeBase


class View:
    """What is documented in ``place`` on ``day``, in the masks of the compiled table."""

    def __init__(self, base: KnowledgeBase, place: Jurisdiction, day: date) -> None:
        self.base = base
        self.place = place
        self.day = day
        self.table = base.table
        self.options = base.options
        content = base.content
        self._citations: dict[str, Citation] = {}

        self.first_rows = self.later_rows = self.unresolved_rows = self.preferring = 0
        self.option_of: dict[int, int] = {}
        self.row_of: dict[int, Row] = {}
        self.reads: dict[int, tuple[str, tuple[str, ...]]] = {}
        self.entries: dict[str, tuple[Documented, ...]] = {}
        for table, row in content.rows():
            entries = tuple(entry for entry in row.documented if entry.covers(place, day))
            if not entries:
                continue
            mask = base.bits[row.id]
            self.entries[row.id] = entries
            for bit in bits(mask):
                self.row_of[bit] = row
                self.reads[bit] = (row.id, tuple(self.table.conjunctions[bit]))
                self.option_of[bit] = self.options.position[table.domain, row.option]
            if row.line == "later":
                self.later_rows |= mask
            elif row.unresolved is not None:
                self.unresolved_rows |= mask
            else:
                self.first_rows |= mask
            if any(period.covers(place, day) for period in row.preferred):
                self.preferring |= mask

        self._number_rules()
        self.panel_items = tuple(item for item in content.panel.items if self._asked(item))
        self.panel_bits = 0
        for item in self.panel_items:
            self.panel_bits |= base.bits[f"panel:{item.item}"]
        self.dossiers: dict[tuple[int, tuple[str, ...]], Dossier] = {}
        self._remarks: dict[str, Remark] = {}
        # Parts of answers that hold values of a profile; they repeat, and are kept within a bound.
        self.listed: Memo[tuple[object, ...], tuple[Option, tuple[TraceStep, ...]]] = Memo()
        self.no_answers = tuple((item.item, item.no_answer) for item in content.panel.items if item.no_answer)
        self.asked: Memo[tuple[object, ...], tuple[list[PanelItem], list[PanelItem], tuple[str, ...]]] = (
            Memo()
        )
        self.said: Memo[tuple[object, ...], tuple[Remark, ...]] = Memo()
        self.planned: Memo[tuple[object, ...], Planned] = Memo()
        self._steps: Memo[tuple[object, ...], TraceStep] = Memo()
        self.settled: Memo[States, tuple[Decision, Plan]] = Memo(most=512)
        self._prerequisites: dict[tuple[str | None, str], Prerequisite] = {}
        self.stamp = KnowledgeStamp(version=base.version, digest=base.digest, overdue=self._overdue())

    def _number_rules(self) -> None:
        """The rules in force, as bits of the table, and the options that each speaks of."""
        content, base, day = self.base.content, self.base, self.day
        self.guardrails = self._masks(content.guardrails)
        self.guardrail_targets = {rule.id: self.options.mask(rule.withholds) for rule in content.guardrails}
        self.guardrail_needs = {
            rule.id: self.options.mask(rule.while_documented)
            for rule in content.guardrails
            if rule.while_documented is not None
        }
        self.guardrail_exceptions = {
            rule.id: base.bits[f"{rule.id}.unless"] for rule in content.guardrails if rule.unless is not None
        }
        self.cautions = self._masks(content.cautions)
        self.caution_targets = {rule.id: self.options.mask(rule.on) for rule in content.cautions}
        self.caution_of = {bit: rule for rule in content.cautions for bit in bits(base.bits[rule.id])}
        # Rules that make an unknown a prerequisite, with the options that each speaks of.
        self.asking = 0
        self.asking_of: dict[int, tuple[Caution | Guardrail, int]] = {}
        rules: list[tuple[Caution | Guardrail, int]] = []
        rules += [(rule, self.guardrail_targets[rule.id]) for rule in content.guardrails]
        rules += [(rule, self.caution_targets[rule.id]) for rule in content.cautions]
        for asking, targets in rules:
            if asking.asks and targets:
                self.asking |= base.bits[asking.id]
                self.asking_of.update(dict.fromkeys(bits(base.bits[asking.id]), (asking, targets)))
        active = [record for record in content.supersessions if record.covers(self.place, day)]
        self.supersessions = self._masks(active)
        self.superseding = {
            record.id: (self.options.mask(record.with_), self.options.mask(record.replaces))
            for record in active
        }
        self.conflicts = sorted(content.conflicts, key=lambda record: record.id)
        self.conflict_targets = {record.id: self.options.mask(record.options) for record in content.conflicts}
        self.scope = self._masks(
            [rule for rule in content.scope if rule.before is None or day < rule.before.day]
        )
        self.alerts = self._masks(content.alerts.alerts)
        self.advice = self._masks([*content.workup, *content.questions])

    def _masks(
        self, records: Iterable[Guardrail | Caution | Supersession | ScopeRule | AlertRecord | Advice]
    ) -> int:
        total = 0
        for record in records:
            total |= self.base.bits[record.id]
        return total

    def _overdue(self) -> int:
        """Rows and rules in force here whose review was due by this day."""
        in_force = {row.id: row for row in self.row_of.values()}
        return sum(row.review_by.day < self.day for row in in_force.values())

    def _asked(self, item: PanelItem) -> bool:
        """From the earlier of its guideline date and the first day on which a row depends on it."""
        if any(period.covers(self.place, self.day) for period in item.asked):
            return True
        return any(
            entry.begins.day <= self.day and self.place in entry.places
            for _, row in self.base.content.rows()
            if row.line == "first" and self._depends(row, item.item)
            for entry in row.documented
        )

    def _depends(self, row: Row, item: str) -> bool:
        """Whether a row needs a finding of the item; a gene's 'negative' alone is no dependence."""
        for bit in bits(self.base.bits[row.id]):
            for fact, allowed in self.table.conjunctions[bit].items():
                if field_of(fact) != item:
                    continue
                if (
                    item not in GENES
                    or "." in fact
                    or (isinstance(allowed, frozenset) and "positive" in allowed)
                ):
                    return True
        return False

    # ---- what is shown -------------------------------------------------------------------------

    def cite(self, ids: tuple[str, ...]) -> tuple[Citation, ...]:
        """The citations of sources that were published by this day; younger ones never appear."""
        found = []
        for name in dict.fromkeys(ids):
            source = self.base.sources[name]
            if self.base.published(source) <= self.day:
                citation = self._citations.get(name)
                if citation is None:
                    citation = self._citations.setdefault(name, _citation(source))
                found.append(citation)
        return tuple(found)

    def remark(
        self,
        record: Guardrail | Caution | ScopeRule | Supersession | Advice | NamedCondition,
        text: str,
        key: str = "",
    ) -> Remark:
        """A sentence of a record with its citations of the day, or marked as the project's own rule."""
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
                    rule=None if citations else self.safety_rule,
                ),
            )
        return found

    def prerequisite(self, record: Guardrail | Caution, item: str | None, text: str) -> Prerequisite:
        """What a record asks for before an option could be meant; the same thing is asked once."""
        key = (item, text)
        found = self._prerequisites.get(key)
        if found is None:
            citations = self.cite(record.by)
            rule = None if citations else self.safety_rule
            found = self._prerequisites.setdefault(
                key, Prerequisite(item=item, text=text, citations=citations, rule=rule)
            )
        return found

    @property
    def safety_rule(self) -> str:
        """The words that mark a rule of the project's own."""
        return self.base.content.release.safety_rule

    @property
    def project_default(self) -> str:
        """The words that mark a default of the project's own."""
        return self.base.content.release.project_default

    def dossier(self, option: int, rows: tuple[str, ...]) -> Dossier:
        """What the rows that hold say of an option, merged."""
        key = (option, rows)
        found = self.dossiers.get(key)
        if found is None:
            by_id = {row.id: row for row in self.row_of.values()}
            found = self.dossiers.setdefault(key, self._dossier([by_id[name] for name in rows]))
        return found

    def _dossier(self, rows: list[Row]) -> Dossier:
        entries = [entry for row in rows for entry in self.entries[row.id]]
        strongest = min((entry.basis for entry in entries), key=list(type(entries[0].basis)).index)
        cited = [name for entry in entries for name in entry.by]
        cited += [name for row in rows for period in row.preferred if period.covers(self.place, self.day)
                  for name in period.by]  # fmt: skip
        citations = self.cite(tuple(cited))
        unshown = {name for entry in entries for name in entry.no_figures}
        evidence = tuple(
            Evidence(source=citation.id, **figure.model_dump())
            for citation in citations
            if citation.id not in unshown
            for figure in self.base.sources[citation.id].figures
        )
        return Dossier(
            basis=strongest,
            off_label=all(entry.off_label for entry in entries),
            approvals=self._approvals(rows),
            evidence=evidence,
            notes=tuple(self.row_remark(row, row.note) for row in rows if row.note),
            citations=citations,
            review_due=any(row.review_by.day < self.day for row in rows),
        )

    def row_remark(self, row: Row, text: str) -> Remark:
        """A sentence of a row, with what the row rests on."""
        key = f"{row.id}/{text}"
        found = self._remarks.get(key)
        if found is None:
            own = row.unresolved.by if row.unresolved is not None else ()
            cited = self.cite(own or tuple(name for entry in self.entries[row.id] for name in entry.by))
            found = self._remarks.setdefault(key, Remark(id=row.id, text=text, citations=cited))
        return found

    def step(self, stage: str, record: str, outcome: str, values: tuple[str, ...] = ()) -> TraceStep:
        """One step of a trace."""
        key = (stage, record, outcome, values)
        found = self._steps.get(key)
        if found is None:
            found = TraceStep(stage=stage, record=record, outcome=outcome, values=values)
            self._steps.keep(key, found)
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
                            approved=str(entry.begins),
                            approval=entry.approval,
                            source=name,
                        )
                        break
        return tuple(sorted(found.values(), key=lambda record: (record.approved, record.source)))

    def alert_rule(self, record: AlertRecord) -> str | None:
        """How an alert is marked where no source of the day carries it."""
        return None if self.cite(record.by) else self.safety_rule

    def conflict_rule(self, record: ConflictRecord) -> str | None:
        """How a conflict is marked where no source of the day carries it."""
        return None if self.cite(record.by) else self.safety_rule


def _citation(source: Source) -> Citation:
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
