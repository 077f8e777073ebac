"""Checks of the records against each other.

The shape of each record was checked when it was read; here it must also fit the others: references
lead somewhere, dates are in order, every condition can be met, every sentence can be filled in, and
on its first day every row still has a citation that was published by then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import chain, combinations
from string import Formatter

from lungmets.engine.options import Options
from lungmets.errors import KnowledgeError, Problem
from lungmets.knowledge.claim_checks import ClaimChecks
from lungmets.knowledge.conditions import (
    ConditionError,
    Conjunction,
    SelfReferenceError,
    Span,
    denies_itself,
)
from lungmets.knowledge.content import conditional_records, record_id, staging_records
from lungmets.knowledge.facts import limits
from lungmets.knowledge.fracture_checks import fracture_problems
from lungmets.knowledge.loading import Loaded
from lungmets.knowledge.references import References
from lungmets.knowledge.schema import Period, Row, Source
from lungmets.knowledge.staging_checks import staging_problems
from lungmets.nomenclature import nearest_words
from lungmets.vocabulary import ResultStatus

_OF_A_QUESTION = frozenset({"day", "release", "begins", "place"})

SENTENCES: Mapping[str, frozenset[str]] = {
    "incomplete": _OF_A_QUESTION,
    "place_without_dates": _OF_A_QUESTION,
    "after_the_release": _OF_A_QUESTION,
    "before_the_knowledge": _OF_A_QUESTION,
    "only_the_release_day": _OF_A_QUESTION,
    "two_preferences": frozenset({"options"}),
    "specimen_not_stated": frozenset({"genes"}),
    "symptom_not_understood": frozenset({"symptom"}),
    "symptom_action": frozenset(),
    "later_line": frozenset(),
}
"""The sentences that an answer may need, and what may be filled in."""

_ANSWERS = {ResultStatus.POSITIVE, ResultStatus.NEGATIVE}

REASONS = {
    *(status.value for status in ResultStatus if status not in _ANSWERS),
    "not_stated",
    "class_not_stated",
    "bound_straddles",
    "not_imaged",
    "present_count_unknown",
}
"""The ways of not having an answer, each with its sentence in ``panel.yaml``."""


def verify(loaded: Loaded) -> None:
    """Raises with every defect that was found.

    Raises:
        KnowledgeError: some record does not fit the others.
    """
    problems = find_problems(loaded)
    if problems:
        raise KnowledgeError(problems)


def find_problems(loaded: Loaded, refused: Collection[str] = ()) -> list[Problem]:
    """Every defect; ``refused`` are records that stand in the folder, but had a wrong shape."""
    checks = _Verification(loaded, refused)
    problems = list(checks.problems())
    return problems if problems or refused else list(checks.circles())


class _Verification:
    def __init__(self, loaded: Loaded, refused: Collection[str]) -> None:
        self.content = loaded.content
        self.names = References(loaded, refused)
        self.grammar = self.content.grammar()
        self.conjunctions: dict[str, list[Conjunction]] = {}

    def problems(self) -> Iterator[Problem]:
        yield from self._sentences()
        yield from self.names.groups()
        yield from self._conditions()
        yield from self.names.regimens()
        yield from self.names.cited()
        yield from self._rows()
        for record in self.content.supersessions:
            yield from self._period(record.id, record)
        for note in self.content.notes:
            yield from self._period(note.id, note)
        for told in (*self.content.workup, *self.content.questions, *self.content.conflicts):
            if told.period is not None:
                yield from self._period(told.id, told.period)
        yield from chain.from_iterable(
            map(self.names.lacking, (*self.content.workup, *self.content.questions))
        )
        for key, period in self._periods_apart():
            yield from self._period(key, period)
        yield from fracture_problems(self.names)
        yield from chain.from_iterable(map(self.names.figures, self.content.populations))
        yield from self.names.explained()
        for item in self.content.panel.items:
            yield from self.names.panel(item)
            for period in item.asked:
                yield from self._period(record_id(item), period)
        yield from staging_problems(self.names, self.conjunctions)
        yield from self.names.symptoms(self.conjunctions)
        yield from self.names.selectors()
        yield from ClaimChecks(self.names).problems()
        yield from self._release()

    def _periods_apart(self) -> Iterator[tuple[str, Period]]:
        """The periods within records that are not periods themselves."""
        for timeline in self.content.timelines:
            yield from ((timeline.id, entry.period) for entry in timeline.entries)
        for edition in self.content.editions():
            yield from ((edition.id, period) for period in edition.in_force)
        yield from ((figures.id, figures) for figures in self.content.populations)

    def circles(self) -> Iterator[Problem]:
        """Supersessions that replace each other's options at once: both options would leave the list.

        Only sound records are looked at. Options that fire together need no relation, since an answer
        lists them all; only what takes an option off the list could go round in a circle.
        """
        options = Options(self.content)
        records = [
            (one, options.mask(one.with_), options.mask(one.replaces)) for one in self.content.supersessions
        ]
        for (first, newer, older), (second, also_newer, also_older) in combinations(records, 2):
            if first.overlaps(second) and newer & also_older and older & also_newer:
                yield Problem(
                    self.names.place(second.id),
                    f"it replaces what {first.id} puts in its place, and the other way round",
                    "supersessions that lead from older to newer",
                    do="end one of the two before the other begins",
                )

    def _sentences(self) -> Iterator[Problem]:
        said = self.content.release.sentences
        for name, blanks in SENTENCES.items():
            if name in said:
                yield from self._blanks(name, said[name], blanks)
                continue
            yield Problem(
                self.names.place("release.yaml#sentences"),
                f"the sentence {name!r} is missing",
                "every sentence that an answer needs",
                nearest=nearest_words(name, set(said) - set(SENTENCES)),
            )
        given = set(self.content.panel.reasons)
        for missing in sorted(REASONS - given):
            yield Problem(
                self.names.place("panel.yaml#reasons"),
                f"the reason {missing!r} is missing",
                "a sentence for every way of not knowing",
                nearest=nearest_words(missing, given - REASONS),
            )

    def _blanks(self, name: str, text: str, blanks: Collection[str]) -> Iterator[Problem]:
        """A sentence that cannot be filled in would fail in the middle of an answer."""
        key = f"release.yaml#sentences.{name}"
        expected = " or ".join(f"{{{one}}}" for one in sorted(blanks)) or "a sentence without braces"
        try:
            found = {
                (field, form or how) for _, field, form, how in Formatter().parse(text) if field is not None
            }
        except ValueError as error:
            yield Problem(
                self.names.place(key), f"the sentence {name!r} cannot be filled in", expected, str(error)
            )
            return
        for blank, form in sorted(found, key=str):
            if form:
                yield Problem(self.names.place(key), f"{{{blank}}} has a format of its own", expected)
            what = f"the sentence {name!r} cannot be filled in: nothing is called {{}}"
            yield from self.names.unknown(key, blank, blanks, what, expected)

    def _conditions(self) -> Iterator[Problem]:
        for record in (*conditional_records(self.content), *staging_records(self.content)):
            name = record_id(record)
            try:
                found = self.conjunctions[name] = self.grammar.read(record.when)
            except ConditionError as error:
                # A named condition that is wrong in itself is told where it stands, and there only.
                told = error.inside and not isinstance(error, SelfReferenceError)
                if not told and error.word not in self.names.refused:
                    nearest = nearest_words(error.word, error.known) if error.word else ()
                    yield Problem(self.names.place(name), f"when: {error}", error.expected, nearest=nearest)
                continue
            for fact in sorted({fact for one in found for fact in one if self._says_nothing(fact, one)}):
                yield Problem(
                    self.names.place(name),
                    f"when: {fact} names every {'word' if fact in self.grammar.choices else 'number'}",
                    "a condition that tells profiles apart",
                    do="leave the fact out",
                )
            if all(map(denies_itself, found)):
                yield Problem(
                    self.names.place(name),
                    "when: no profile can meet this condition: a gene that is not positive has no variant",
                    "a gene that is positive, or no variant",
                )

    def _says_nothing(self, fact: str, conjunction: Conjunction) -> bool:
        allowed = conjunction[fact]
        if not isinstance(allowed, Span):
            return allowed == frozenset(self.grammar.choices[fact])
        low, high = limits(fact)
        below = allowed.low is None or allowed.low <= (low, 0)
        return below and (allowed.high is None or allowed.high >= (high, 1))

    def _rows(self) -> Iterator[Problem]:
        for _, row in self.content.rows():
            if row.line == "later" and not row.note:
                yield Problem(
                    self.names.place(row.id),
                    "a later-line row without a note",
                    "a sentence that says after what it is documented",
                )
            for period in (*row.documented, *row.preferred):
                yield from self._period(row.id, period)
            yield from self._reached(row)
            if row.id in self.conjunctions:
                yield from self.names.unresolved(row, self.conjunctions[row.id])
            yield from self.names.populations(row)

    def _reached(self, row: Row) -> Iterator[Problem]:
        """A row that no question can reach would never be shown."""
        release = self.content.release
        for period in row.documented:
            begins = [release.begins[place] for place in period.places if place in release.begins]
            ended = period.ends is not None and bool(begins) and period.ends.day <= min(begins)
            if begins and period.begins.day <= release.as_of and not ended:
                return
        yield Problem(
            self.names.place(row.id),
            "no question can reach this row",
            f"a place with dates ({', '.join(release.begins)}), a day up to the release ({release.as_of})",
        )

    def _period(self, key: str, period: Period) -> Iterator[Problem]:
        first = period.begins.day
        if period.ends is not None and period.ends.day <= first:
            yield Problem(
                self.names.place(key),
                f"it ends ({period.ends}) before it begins ({period.begins})",
                "from < until",
            )
        cited = [self.names.sources[name] for name in period.by if name in self.names.sources]
        if len(cited) == len(period.by) and not any(self._published(source) <= first for source in cited):
            earliest = min(cited, key=self._published)
            undated = [source.id for source in cited if "published" in source.unverified]
            counts = f"a source without a verified day counts from {self._published(earliest)}"
            yield Problem(
                self.names.place(key),
                f"on its first day ({period.begins}) no source is published yet",
                f"a source of that day; the earliest is {earliest.id}, {self._published(earliest)}",
                f"{counts}: {', '.join(undated)}" if undated else "",
                do="cite an earlier source, or begin later",
            )

    def _published(self, source: Source) -> date:
        return self.content.published(source)

    def _release(self) -> Iterator[Problem]:
        release = self.content.release
        for place, begins in release.begins.items():
            if begins > release.as_of:
                yield Problem(
                    self.names.place(f"release.yaml#begins.{place}"),
                    f"{place} begins after the release ({begins})",
                    "begins <= as_of",
                )
        agencies = {source.agency for source in self.names.sources.values() if source.agency}
        for place, regulators in release.regulators.items():
            # A misspelt one would let its labels speak for every place.
            for name in regulators:
                key, what = f"release.yaml#regulators.{place}", "no source is of the agency {}"
                yield from self.names.unknown(key, name, agencies, what, "the agency of some source")
        for source in self.names.sources.values():
            doubted = {"published", "ended"} & set(source.unverified)
            if source.ended is not None and not doubted and source.ended.day < self._published(source):
                what = "it ended before it was published"
                yield Problem(self.names.place(source.id), what, "published <= ended")
            for name in source.unverified:
                # A misspelt one would leave its field to be shown as fact.
                known = source.may_be_unverified
                what = "unverified: {} is not a field that can be doubted here"
                yield from self.names.unknown(source.id, name, known, what, f"one of {', '.join(known)}")
        for rule in self.content.guardrails:
            taken = f"{rule.id}.unless"
            if taken in self.names.places:
                what = "this id stands for the `unless` of a guardrail"
                yield Problem(self.names.place(taken), what, "another id")
