"""Checks of the records against each other.

The shape of each record was checked when it was read; here it must also fit the others: references
lead somewhere, dates are in order, every condition can be met, and on its first day every row still
has a citation that was published by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from lungmets.errors import KnowledgeError, Problem
from lungmets.knowledge.conditions import ConditionError
from lungmets.knowledge.content import Conditional, Content, conditional_records, record_id
from lungmets.knowledge.facts import GENES, choice_facts
from lungmets.knowledge.loading import Loaded
from lungmets.knowledge.schema import Period, Record, Selector, Source
from lungmets.nomenclature import nearest_words
from lungmets.vocabulary import ResultStatus

SENTENCES = {
    "incomplete", "place_without_dates", "after_the_release", "before_the_knowledge", "two_preferences",
    "specimen_not_stated", "symptom_not_understood", "symptom_action", "later_line",
}  # fmt: skip
"""The sentences that an answer may need."""

REASONS = {
    *(status.value for status in ResultStatus if status not in {ResultStatus.POSITIVE, ResultStatus.NEGATIVE}),
    "not_stated", "class_not_stated",
    "bound_straddles", "not_imaged", "present_count_unknown",
}  # fmt: skip
"""The ways of not having an answer, each with its sentence in ``panel.yaml``."""


def verify(loaded: Loaded) -> None:
    """Raises with every defect that was found.

    Raises:
        KnowledgeError: some record does not fit the others.
    """
    problems = list(_Verification(loaded).problems())
    if problems:
        raise KnowledgeError(problems)


class _Verification:
    def __init__(self, loaded: Loaded) -> None:
        self.content: Content = loaded.content
        self.places = loaded.places
        self.sources = self.content.all_sources()
        self.classes = {name for drug in self.content.regimens.drugs for name in drug.classes}
        self.parts = {drug.name for drug in self.content.regimens.drugs} | set(
            self.content.regimens.procedures
        )

    def problems(self) -> Iterator[Problem]:
        yield from self._sentences()
        yield from self._regimens()
        yield from self._conditions()
        yield from self._references()
        yield from self._rows()
        yield from self._supersessions()
        yield from self._release()

    def _place(self, key: str) -> str:
        where = self.places.get(key, "")
        name = key.removeprefix("panel:")
        return f"{where or self.places.get(name, 'knowledge')} ({name})"

    def _sentences(self) -> Iterator[Problem]:
        for missing in sorted(SENTENCES - set(self.content.release.sentences)):
            yield Problem(
                "release.yaml",
                f"the sentence {missing!r} is missing",
                "every sentence that an answer needs",
            )
        for missing in sorted(REASONS - set(self.content.panel.reasons)):
            yield Problem(
                "panel.yaml",
                f"the reason {missing!r} is missing",
                "a sentence for every way of not knowing",
            )

    def _regimens(self) -> Iterator[Problem]:
        for regimen in self.content.regimens.regimens:
            for part in regimen.regimen:
                if part not in self.parts:
                    yield Problem(
                        self._place(f"regimen:{regimen.id}"),
                        f"{part!r} is not a drug or a procedure",
                        "a name from the same file",
                        nearest=nearest_words(part, self.parts),
                    )
        known = {regimen.id for regimen in self.content.regimens.regimens}
        used = {row.option for _, row in self.content.rows()}
        for _, row in self.content.rows():
            if row.option not in known:
                yield Problem(
                    self._place(row.id),
                    f"the option {row.option!r} does not exist",
                    "a regimen of regimens.yaml",
                    nearest=nearest_words(row.option, known),
                )
        for name in sorted(known - used):
            yield Problem(
                self._place(f"regimen:{name}"),
                "no row documents this regimen",
                "a row for every regimen",
            )

    def _conditions(self) -> Iterator[Problem]:
        grammar = self.content.grammar()
        facts = choice_facts(symptom.id for symptom in self.content.alerts.symptoms)
        for record in conditional_records(self.content):
            place = self._place(record_id(record))
            try:
                conjunctions = grammar.read(record.when)
            except ConditionError as error:
                yield Problem(
                    place,
                    f"when: {error}",
                    error.expected,
                    nearest=nearest_words(error.word, error.known) if error.word else (),
                )
                continue
            for fact, allowed in {item for one in conjunctions for item in one.items()}:
                if isinstance(allowed, frozenset) and allowed == set(facts[fact]):
                    yield Problem(
                        place,
                        f"when: {fact} names every word",
                        "a condition that tells profiles apart",
                        do="leave the fact out",
                    )

    def _references(self) -> Iterator[Problem]:
        for key, name in _cited(self.content):
            if name not in self.sources:
                yield Problem(
                    self._place(key),
                    f"the source {name!r} does not exist",
                    "the id of a record in sources/",
                    nearest=nearest_words(name, self.sources),
                )
        for key, selector in _selectors(self.content):
            yield from self._selector(key, selector)
        named = {condition.id for condition in self.content.conditions.conditions}
        for conflict in self.content.conflicts:
            for name in conflict.two_of:
                if name not in named:
                    yield Problem(
                        self._place(conflict.id),
                        f"{name!r} is not a named condition",
                        "a condition of conditions.yaml",
                        nearest=nearest_words(name, named),
                    )
        for item in self.content.panel.items:
            known = [*GENES, "histology", "pd_l1_tps", "ecog_ps", "brain_lesions", "stage"]
            if item.item not in known:
                yield Problem(
                    self._place(f"panel:{item.item}"),
                    f"{item.item!r} cannot be asked",
                    f"one of {', '.join(known)}",
                    nearest=nearest_words(item.item, known),
                )

    def _selector(self, key: str, selector: Selector) -> Iterator[Problem]:
        regimens = {regimen.id for regimen in self.content.regimens.regimens}
        wanted = [(name, regimens) for name in selector.regimens or ()]
        wanted += [
            (name, self.parts | self.classes) for name in (*(selector.contains or ()), selector.only) if name
        ]
        for name, known in wanted:
            if name not in known:
                yield Problem(
                    self._place(key),
                    f"{name!r} is no regimen, drug, procedure or class",
                    "a name of regimens.yaml",
                    nearest=nearest_words(name, known),
                )
        if selector.excluding is not None:
            yield from self._selector(key, selector.excluding)

    def _rows(self) -> Iterator[Problem]:
        for _, row in self.content.rows():
            place = self._place(row.id)
            if row.line == "later" and not row.note:
                yield Problem(
                    place,
                    "a later-line row without a note",
                    "a sentence that says after what it is documented",
                )
            for period in (*row.documented, *row.preferred):
                yield from self._period(place, period)

    def _supersessions(self) -> Iterator[Problem]:
        for record in self.content.supersessions:
            yield from self._period(self._place(record.id), record)
        for item in self.content.panel.items:
            for period in item.asked:
                yield from self._period(self._place(f"panel:{item.item}"), period)

    def _period(self, place: str, period: Period) -> Iterator[Problem]:
        first = period.begins.day
        if period.ends is not None and period.ends.day <= first:
            yield Problem(
                place, f"it ends ({period.ends}) before it begins ({period.begins})", "from < until"
            )
        cited = [self.sources[name] for name in period.by if name in self.sources]
        if cited and not any(self._published(source) <= first for source in cited):
            earliest = min(cited, key=self._published)
            yield Problem(
                place,
                f"on its first day ({period.begins}) no source is published yet",
                f"a source of that day; the earliest is {earliest.id}, {self._published(earliest)}",
                do="cite an earlier source, or begin later",
            )

    def _published(self, source: Source) -> date:
        return source.published.day if source.published is not None else self.content.release.as_of

    def _release(self) -> Iterator[Problem]:
        release = self.content.release
        for place, begins in release.begins.items():
            if begins > release.as_of:
                yield Problem(
                    "release.yaml",
                    f"{place} begins after the release ({begins})",
                    "begins <= as_of",
                )
        for source in self.sources.values():
            if source.ended is not None and source.ended.day < self._published(source):
                yield Problem(
                    self._place(source.id), "it ended before it was published", "published <= ended"
                )


def _cited(content: Content) -> Iterator[tuple[str, str]]:
    """Every reference to a source: the record that makes it, and the id."""

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
        content.supersessions,
        content.conflicts,
        content.scope,
        content.alerts.alerts,
        content.workup,
        content.questions,
    )
    for records in plain:
        for record in records:
            yield from of(record_id(record), record)
    for item in content.panel.items:
        yield from of(f"panel:{item.item}", item, *item.asked, *item.no_answer)
    yield from of("calcium_correction", content.release.calcium_correction)


def _selectors(content: Content) -> Iterator[tuple[str, Selector]]:
    for guardrail in content.guardrails:
        yield guardrail.id, guardrail.withholds
        if guardrail.while_documented is not None:
            yield guardrail.id, guardrail.while_documented
    for caution in content.cautions:
        yield caution.id, caution.on
    for record in content.supersessions:
        yield record.id, record.replaces
        yield record.id, record.with_
    for conflict in content.conflicts:
        yield conflict.id, conflict.options
