"""Which scenarios could notice a mutant: the others need not be judged.

An answer depends on a record only while the record is in force on the day and in the place that are
asked about, and while it holds, or could hold, for the profile. So a scenario is left out where that is
not so of the changed record, neither before nor after the change; and where a change moves nothing but
a date or a condition, it is left out where these turn out alike. What a change does to the items that
are asked, and to the names that a scenario uses, is looked at as well.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.engine.encoding import encode
from lungmets.engine.genes import read_genes
from lungmets.engine.table import UNKNOWN, States
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.content import Content
from lungmets.knowledge.schema import (
    Category,
    Edition,
    Explanation,
    FractureTable,
    Period,
    PopulationRecord,
    Record,
    Row,
    SearchWords,
    StagingFile,
    StagingRemark,
    TimelineRecord,
    Told,
)
from lungmets.pipeline import assess
from lungmets.testing.mutation.asking import Asking, Moves
from lungmets.testing.mutation.kinds import Kind, Mutant
from lungmets.testing.mutation.sites import sites
from lungmets.testing.names import expected_names
from lungmets.testing.saying import options_of
from lungmets.testing.scenario import Scenario
from lungmets.vocabulary import BrainLesions, Jurisdiction

_ONLY_WHEN = {Kind.CONDITION, Kind.WORD, Kind.THRESHOLD}
_ONLY_DAYS = {Kind.DATE, Kind.PLACE}
_OF_STAGING = (StagingFile, Edition, Category, StagingRemark)
"""Records with a table of their own, which decides about the staging of an answer and about nothing else."""
_IN_NO_ANSWER = (FractureTable, PopulationRecord, SearchWords, Explanation)
"""Records of which a scenario can expect nothing: they are asked for apart, or are an address."""


class _Known(NamedTuple):
    """One scenario with its day, what its answer names, and what it names itself."""

    scenario: Scenario
    day: date
    answer: Refusal | DocumentedOptions
    listed: frozenset[str]
    named: frozenset[str]
    match: tuple[int, int]


class _Change(NamedTuple):
    """A record before and after, and the masks of its conditions in either table."""

    kind: Kind
    before: Record | None
    after: Record | None
    old: KnowledgeBase
    new: KnowledgeBase
    masks: tuple[int, int]
    names: frozenset[str]


class Relevance:
    """The scenarios of a suite, by what could make each of them fail."""

    def __init__(self, base: KnowledgeBase, scenarios: Sequence[Scenario]) -> None:
        self._base = base
        self._records = _records(base.content)
        self._known = [self._of(scenario) for scenario in scenarios]
        self._asked = Asking(base)

    def likely(self, mutant: Mutant, changed: KnowledgeBase) -> Iterator[Scenario]:
        """The scenarios that could notice a mutant; those that most probably do first."""
        key = mutant.record
        before, after = self._records.get(key), _records(changed.content).get(key)
        if isinstance(before, _IN_NO_ANSWER):
            return
        change = _Change(
            mutant.kind,
            before,
            after,
            self._base,
            changed,
            (_mask(self._base, key), _mask(changed, key)),
            _names_of(key, before, self._base),
        )
        moved = self._asked.moved(before, after)
        weights = [self._weight(one, change, moved) for one in self._known]
        for index in sorted(range(len(weights)), key=lambda index: (-weights[index], index)):
            if weights[index]:
                yield self._known[index].scenario

    def _weight(self, one: _Known, change: _Change, moved: Moves) -> int:
        """How probable it is that a scenario notices a change; 0 where it cannot."""
        found = 2 * bool(change.names & one.named)
        place, day = one.scenario.jurisdiction, one.day
        found += 4 * any(first <= day < last for first, last in moved.get(place, ()))
        if not change.masks[0]:
            return found + self._of_no_condition(one, change)
        forces = _in_force(change.before, place, day), _in_force(change.after, place, day)
        if any(forces):
            found += self._of_condition(one, change, turned=forces[0] != forces[1])
        return found

    def _of_no_condition(self, one: _Known, change: _Change) -> int:
        """Groups, named conditions, drugs, regimens, symptoms and the release itself."""
        if isinstance(change.before, _OF_STAGING):
            expect = one.scenario.expect
            return 2 * (expect.staging is not None) + (expect.cited is not None)
        if change.kind is Kind.PHRASE:
            return int(bool(one.scenario.profile.symptoms))
        if change.kind is Kind.DATE:
            said = [base.uncovered(one.scenario.jurisdiction, one.day) for base in (change.old, change.new)]
            return int(said[0] != said[1])
        if change.kind is Kind.REGIMEN:
            return int(bool(change.names & one.listed) or isinstance(one.answer, Refusal))
        return 1

    def _of_condition(self, one: _Known, change: _Change, *, turned: bool) -> int:
        before = _holds(one.match, change.masks[0])
        after = before
        if change.kind in _ONLY_WHEN:
            after = _holds(change.new.table.match(_states(change.new, one.scenario)), change.masks[1])
        holds = (before, after)
        if not any(possible for _, possible in holds):
            return 0
        sure = any(certain for certain, _ in holds)
        if change.kind in _ONLY_DAYS:
            return 4 * turned * (1 + sure)
        if change.kind in _ONLY_WHEN and not turned:
            # Where it stays open, what is asked for may change.
            return 8 * (holds[0] != holds[1]) or int(not holds[0][0])
        return 2 + 4 * turned + sure

    def _of(self, scenario: Scenario) -> _Known:
        answer = assess(
            scenario.profile,
            as_of=scenario.as_of,
            jurisdiction=scenario.jurisdiction,
            panel=scenario.panel,
            knowledge=self._base,
        )
        options = options_of(answer)
        listed = {f"regimen:{option.id.partition('.')[2]}" for option in options}
        listed |= {f"drug:{drug}" for option in options for drug in option.regimen}
        named = frozenset(expected_names(scenario))
        match = self._base.table.match(_states(self._base, scenario))
        return _Known(scenario, answer.as_of, answer, frozenset(listed), named, match)


def _records(content: Content) -> dict[str, Record]:
    return {site.key: site.record for site in sites(content)}


def _mask(base: KnowledgeBase, key: str) -> int:
    """The conjunctions of a record, with those of its exception."""
    return base.bits.get(key, 0) | base.bits.get(f"{key}.unless", 0)


def _names_of(key: str, record: Any, base: KnowledgeBase) -> frozenset[str]:
    """What scenarios and answers may call a record, and the option of a row."""
    found = {key, key.rpartition(":")[2]}
    if isinstance(record, Row):
        found |= {record.option, *(one.id for one in base.options.keys if one.regimen_id == record.option)}
    return frozenset(found)


def _holds(match: tuple[int, int], mask: int) -> tuple[bool, bool]:
    """Whether some of the conjunctions hold, and whether some could."""
    return bool(match[0] & mask), bool(match[1] & mask)


def _in_force(record: Any, place: Jurisdiction, day: date) -> Hashable:
    """What of a record is in force in a place on a day; nothing where none of it is."""
    periods: Iterable[Period]
    match record:
        case None:
            return ()
        case TimelineRecord():
            return tuple(entry.by for entry in record.entries if entry.period.covers(place, day))
        case Row():
            periods = (*record.documented, *record.preferred)
        case Period():
            periods = (record,)
        case Told():
            return ("told",) if record.told(place, day) else ()
        case _ if getattr(record, "before", None) is not None:
            return ("before",) if day < record.before.day else ()
        case _:
            return ("always",)
    return tuple(number for number, period in enumerate(periods) if period.covers(place, day))


def _states(base: KnowledgeBase, scenario: Scenario) -> States:
    """The facts of a profile; those that the gate may still answer are unknown."""
    profile = scenario.profile
    genes = read_genes(base, profile)
    states = encode(base, profile, genes=genes.states)
    free = {*genes.open}
    if profile.brain_lesions is BrainLesions.NOT_IMAGED:
        free.add("brain_counted")
    if not free:
        return states
    return tuple(
        UNKNOWN if fact.partition(".")[0] in free else state
        for fact, state in zip(base.table.facts, states, strict=True)
    )
