"""The knowledge base: checked content, compiled, and viewed as of a day in a place.

:func:`load` reads any folder; :func:`shipped` is the knowledge that comes with the library, read on
first use. A knowledge base never changes after it was made and may be shared between threads.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from lungmets.engine.memory import Memory
from lungmets.engine.options import Options
from lungmets.engine.table import Table
from lungmets.knowledge import compiled
from lungmets.knowledge.conditions import Conjunction
from lungmets.knowledge.content import Conditional, Content, conditional_records, record_id
from lungmets.knowledge.overlays.local import Local
from lungmets.knowledge.schema import Period, Source
from lungmets.vocabulary import Engine, Jurisdiction

if TYPE_CHECKING:
    from lungmets.engine.matched import Matched
    from lungmets.engine.scheme import Scheme
    from lungmets.engine.stages import StagingTable
    from lungmets.engine.view import View
    from lungmets.knowledge.schema.claims import Claim

_A_DAY = timedelta(days=1)


class KnowledgeBase:
    """One release of the knowledge, with the overlays that were laid over it, ready to be asked."""

    def __init__(self, content: Content, digest: str, local: Local | None = None) -> None:
        self.content = content
        self.digest = digest
        self.local = local or Local()
        # What is not verified is nobody's fact: from here on no display can reach it.
        self.sources = {name: source.as_verified() for name, source in content.all_sources().items()}
        self.options = Options(content)
        grammar = content.grammar()
        conjunctions: list[Conjunction] = []
        self.bits: dict[str, int] = {}
        self.owner: list[Conditional] = []
        for record in conditional_records(content):
            mask = 0
            for conjunction in grammar.read(record.when):
                mask |= 1 << len(conjunctions)
                conjunctions.append(conjunction)
                self.owner.append(record)
            self.bits[record_id(record)] = mask
        self.owner_ids = tuple(record_id(record) for record in self.owner)
        self.table = Table(conjunctions, grammar.choices)
        self._days = tuple(sorted(set(_days_of_change(content))))
        self.memory = Memory()
        # The other engines, made when they are first asked for: each with a memory of its own.
        self._others: dict[Engine, tuple[Matched, Memory]] = {}
        # The phrases of the symptoms, as lungmets.engine.symptoms looks for them.
        self.phrases: dict[str, list[tuple[str, str]]] = {}
        # The conditions of staging, compiled by lungmets.engine.stages when a stage is first asked for.
        self.staging_tables: dict[Engine, StagingTable] = {}
        self._numbers = count()
        self._views: dict[tuple[Jurisdiction, int, Engine], View] = {}

    def __repr__(self) -> str:
        names = "".join(f" + {overlay.id} {overlay.version}" for overlay in self.local.overlays)
        return f"<KnowledgeBase {self.content.release.version}{names} {self.digest[:12]}>"

    @property
    def version(self) -> str:
        """The calendar version of the release."""
        return self.content.release.version

    def published(self, source: Source) -> date:
        """The day from which a source may be cited; without a date, that of the release."""
        return self.content.published(source)

    def claims_of(self, record: str) -> tuple[Claim, ...]:
        """What the articles say that a record carries; the claims of other records are not among them.

        Args:
            record: an id; ``panel:egfr`` for an item of the panel, ``symptom:seizure`` for a symptom,
                ``lungmets.gate`` for a module.

        >>> [claim.id for claim in shipped().claims_of("checkpoint-inhibitor.smoking")]
        ['claim.002.history-and-examination']
        """
        return self.content.claims.of_record(record)

    def speaks_for(self, source: Source) -> Jurisdiction | None:
        """The only place for which a source speaks: a regulator's approvals and labels bind nobody else."""
        if source.kind not in {"approval", "label"}:
            return None
        regulators = self.content.release.regulators
        return next((place for place, agencies in regulators.items() if source.agency in agencies), None)

    def uncovered(self, place: Jurisdiction, day: date) -> str | None:
        """The sentence that says why a day in a place is not covered; ``None`` where it is."""
        release = self.content.release
        begins = release.begins.get(place)
        if begins is None:
            return "place_without_dates"
        if day > release.as_of:
            return "after_the_release"
        if day < begins:
            # A place that begins with the release has uses, but their days were not seen.
            return "only_the_release_day" if begins == release.as_of else "before_the_knowledge"
        return None

    def said(self, sentence: str, place: Jurisdiction, day: date) -> str:
        """A sentence of the release about a question, filled in."""
        release = self.content.release
        return release.sentences[sentence].format(
            day=day, release=release.as_of, begins=release.begins.get(place), place=place.value
        )

    @property
    def days_of_change(self) -> tuple[date, ...]:
        """The days on which any answer may change; between two of them every answer is constant."""
        return self._days

    def engine(self, engine: Engine) -> tuple[Scheme, Memory]:
        """What matches for an engine, and what was remembered with it; no two engines share either.

        Raises:
            EngineMissingError: the engine is not installed.
        """
        if engine is Engine.BITMAP:
            return self.table, self.memory
        found = self._others.get(engine)
        if found is None:
            from lungmets.engine.matched import matched_by

            # Two threads may both make it; either may be kept.
            found = self._others.setdefault(engine, (matched_by(engine, self.table), Memory()))
        return found

    def view(self, place: Jurisdiction, day: date, engine: Engine = Engine.BITMAP) -> View:
        """The knowledge as of a day in a place. Days between two changes share one view.

        Raises:
            EngineMissingError: the engine is not installed.
        """
        key = (place, bisect_right(self._days, day), engine)
        view = self._views.get(key)
        if view is None:
            from lungmets.engine.view import View

            # Two threads may both build it; the views are equal, and either may be kept.
            view = self._views.setdefault(key, View(self, place, day, next(self._numbers), engine))
        return view


def _days_of_change(content: Content) -> Iterator[date]:
    periods: list[Period] = []
    for _, row in content.rows():
        periods += [*row.documented, *row.preferred]
        yield row.review_by.day + _A_DAY  # from then on it is overdue
    periods += content.supersessions
    periods += content.notes
    told = (*content.workup, *content.questions, *content.conflicts)
    periods += filter(None, (record.period for record in told))
    periods += [entry.period for timeline in content.timelines for entry in timeline.entries]
    for edition in content.editions():
        periods += edition.in_force
    periods += content.populations
    for item in content.panel.items:
        periods += item.asked
    for period in periods:
        yield period.begins.day
        if period.ends is not None:
            yield period.ends.day
    for source in content.all_sources().values():
        yield content.published(source)
    yield content.release.undated_from or content.release.as_of
    yield content.release.as_of
    yield content.release.as_of + _A_DAY  # nothing is known of the day after
    yield from content.release.begins.values()
    for rule in content.scope:
        if rule.before is not None:
            yield rule.before.day


def load(folder: str | Path | None = None, overlays: str | Path | Iterable[str | Path] = ()) -> KnowledgeBase:
    """Loads a knowledge folder, and lays overlays over it.

    Args:
        folder: a knowledge folder; ``None`` is the one that comes with the library.
        overlays: folders of local knowledge. Their order does not matter. They are read each time, and
            never kept in a compiled copy.

    Raises:
        KnowledgeError: with every defect, each with its file, line and record.

    >>> load().local.overlays
    ()
    """
    place = shipped_folder() if folder is None else Path(folder)
    laid = [overlays] if isinstance(overlays, (str, Path)) else [*overlays]
    if not laid:
        return KnowledgeBase(*compiled.load(place))
    from lungmets.knowledge.overlays.merging import load_with

    return KnowledgeBase(*load_with(place, map(Path, laid)))


@cache
def shipped() -> KnowledgeBase:
    """The knowledge that comes with the library."""
    return load(shipped_folder())


def shipped_folder() -> Path:
    """Where the shipped knowledge stands: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_knowledge"
    return inside if inside.is_dir() else package.parent / "knowledge"
