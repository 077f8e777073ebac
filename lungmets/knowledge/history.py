"""The history of a driver: what its rows documented, where, from when until when; since when it is asked.

It is taken from the rows as they stand, not from answers: what a guardrail withholds from one patient is not
part of it.

>>> from lungmets.knowledge.base import shipped
>>> egfr = history(Subject.EGFR, shipped())
>>> egfr.asked[0].begins < egfr.ends, {stretch.place.value for stretch in egfr.asked} <= {"us", "eu", "ca"}
(True, True)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.conditions import Conjunction, compatible
from lungmets.knowledge.facts import GENES
from lungmets.knowledge.schema import Documented, Period, Row, Supersession
from lungmets.results import Closed
from lungmets.vocabulary import Basis, Domain, Histology, Jurisdiction


class Subject(StrEnum):
    """Whose history: of a driver, of disease without one, of small-cell disease, or of a site."""

    EGFR = "egfr"
    ALK = "alk"
    ROS1 = "ros1"
    KRAS = "kras"
    MET = "met"
    RET = "ret"
    BRAF = "braf"
    NTRK = "ntrk"
    ERBB2 = "erbb2"
    NRG1 = "nrg1"
    NO_DRIVER = "no_driver"
    SMALL_CELL = "small_cell"
    BRAIN = "brain"
    BONE = "bone"
    OTHER_SITE = "other_site"
    SUPPORTIVE = "supportive"


class Stretch(Closed):
    """Some days in one place. ``ends`` is the first day on which it no longer holds, or nothing.

    ``seen`` is false where the first day was not seen, so that it counts from the release on. ``said`` is the
    beginning as far as it is known: a day, a month or a year.
    """

    place: Jurisdiction
    begins: date
    ends: date | None = None
    said: str
    seen: bool = True
    basis: Basis | None = None


class Lane(Closed):
    """One row: its option, and where and when it was documented, preferred and superseded."""

    row: str
    option: str
    later: bool
    documented: tuple[Stretch, ...]
    preferred: tuple[Stretch, ...] = ()
    superseded: tuple[Stretch, ...] = ()


class History(Closed):
    """The rows of a subject in the order of their beginnings; later-line rows stand last.

    ``asked`` says since when the panel asks for the gene. ``ends`` is the day of the release.
    """

    subject: Subject
    begins: date
    ends: date
    asked: tuple[Stretch, ...]
    lanes: tuple[Lane, ...]


def history(subject: Subject | str, knowledge: KnowledgeBase) -> History:
    """The history of a driver, or of another subject.

    Args:
        subject: a gene (``egfr``), ``no_driver``, ``small_cell``, ``brain``, ``bone``, ``other_site`` or
            ``supportive``.
        knowledge: the knowledge base whose rows are told.

    Raises:
        ValueError: there is no such subject.
    """
    about = Subject(subject)
    release = knowledge.content.release
    grammar = knowledge.content.grammar()
    lanes = []
    for table, row in knowledge.content.rows():
        conjunctions = grammar.read(row.when)
        if about in _subjects(table.domain, conjunctions):
            lanes.append(_lane(knowledge, table.domain, row, conjunctions))
    lanes.sort(key=lambda lane: (lane.later, lane.documented[0].begins, lane.row))
    items = [item for item in knowledge.content.panel.items if item.item == about.value]
    asked = [stretch for item in items for period in item.asked for stretch in _stretches(period)]
    begins = [lane.documented[0].begins for lane in lanes] + [stretch.begins for stretch in asked]
    return History(
        subject=about,
        begins=min(begins, default=min(release.begins.values())),
        ends=release.as_of,
        asked=tuple(asked),
        lanes=tuple(lanes),
    )


def subjects(knowledge: KnowledgeBase) -> tuple[Subject, ...]:
    """The subjects that have at least one row, in their order."""
    grammar = knowledge.content.grammar()
    found = {
        each
        for table, row in knowledge.content.rows()
        for each in _subjects(table.domain, grammar.read(row.when))
    }
    return tuple(each for each in Subject if each in found)


def _subjects(domain: Domain, conjunctions: Sequence[Conjunction]) -> Iterator[Subject]:
    """Whose row it is: systemic rows belong to the drivers that they need, the others to their site."""
    if domain is not Domain.SYSTEMIC:
        yield from (each for each in Subject if each.value == domain.value)
        return
    drivers = {gene for conjunction in conjunctions for gene in _drivers(conjunction)}
    if drivers:
        yield from (each for each in Subject if each.value in drivers)
        return
    small = frozenset({Histology.SMALL_CELL.value})
    only_small = all(conjunction.get("histology") == small for conjunction in conjunctions)
    yield Subject.SMALL_CELL if only_small else Subject.NO_DRIVER


def _drivers(conjunction: Conjunction) -> Iterator[str]:
    """The genes that must be altered for a conjunction to hold."""
    for fact, allowed in conjunction.items():
        gene, _, variant = fact.partition(".")
        if gene in GENES and allowed == frozenset({"yes" if variant else "positive"}):
            yield gene


def _lane(base: KnowledgeBase, domain: Domain, row: Row, conjunctions: Sequence[Conjunction]) -> Lane:
    release = base.content.release.as_of
    documented = [
        stretch for entry in row.documented for stretch in _stretches(entry, seen=_seen(base, entry))
    ]
    documented = [stretch for stretch in documented if stretch.begins <= release]
    documented.sort(key=lambda stretch: (stretch.begins, list(Jurisdiction).index(stretch.place)))
    return Lane(
        row=row.id,
        option=base.options.keys[base.options.position[domain, row.option]].name,
        later=row.line == "later",
        documented=tuple(documented),
        preferred=tuple(stretch for period in row.preferred for stretch in _stretches(period)),
        superseded=tuple(_joined(_superseded(base, domain, row, conjunctions, documented))),
    )


def _seen(base: KnowledgeBase, entry: Documented) -> bool:
    """Whether the first day of an entry is known: that of a label whose day was not seen is not."""
    regulators = [base.sources[name] for name in entry.by if base.speaks_for(base.sources[name])]
    undated = entry.basis is Basis.LABEL and bool(regulators)
    return not (undated and all(source.published is None for source in regulators))


def _stretches(period: Period, *, seen: bool = True) -> Iterator[Stretch]:
    """A period, place by place."""
    for place in period.places:
        yield Stretch(
            place=place,
            begins=period.begins.day,
            ends=period.ends.day if period.ends is not None else None,
            said=str(period.begins),
            seen=seen,
            basis=getattr(period, "basis", None),
        )


def _superseded(
    base: KnowledgeBase,
    domain: Domain,
    row: Row,
    conjunctions: Sequence[Conjunction],
    documented: Sequence[Stretch],
) -> Iterator[Stretch]:
    """Days on which a guideline puts another option in the place of this one, for some profile at least."""
    bit = 1 << base.options.position[domain, row.option]
    for record in base.content.supersessions:
        if base.options.mask(record.replaces) & bit and _meets(base, record, conjunctions):
            for stretch in documented:
                if stretch.place in record.places:
                    yield from _both(stretch, record)


def _meets(base: KnowledgeBase, record: Supersession, conjunctions: Sequence[Conjunction]) -> bool:
    """Whether a supersession is about the patients of a row.

    What it says of a driver that the row does not need is about others: ALK beside ROS1 is not the rule.
    """
    others = base.content.grammar().read(record.when)
    return any(
        compatible(one, other) and set(_drivers(other)) <= set(_drivers(one))
        for one in conjunctions
        for other in others
    )


def _both(stretch: Stretch, record: Supersession) -> Iterator[Stretch]:
    """The days that a stretch and a supersession have in common."""
    begins = max(stretch.begins, record.begins.day)
    days = [stretch.ends, record.ends.day if record.ends is not None else None]
    ends = min((day for day in days if day is not None), default=None)
    if ends is None or begins < ends:
        said = str(record.begins) if begins == record.begins.day else stretch.said
        yield Stretch(place=stretch.place, begins=begins, ends=ends, said=said)


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The same days without saying any of them twice: several guidelines may replace an option."""
    waiting: dict[Jurisdiction, Stretch] = {}
    for stretch in sorted(stretches, key=lambda one: one.begins):
        before = waiting.get(stretch.place)
        if before is None or (before.ends is not None and before.ends < stretch.begins):
            if before is not None:
                yield before
            waiting[stretch.place] = stretch
        elif before.ends is not None and (stretch.ends is None or stretch.ends > before.ends):
            waiting[stretch.place] = before.model_copy(update={"ends": stretch.ends})
    yield from waiting.values()
