"""Matching the conditions of ``staging.yaml``: a small table of its own, by the same masks as all others.

No option reads what staging reads, so it is kept out of the large table: what is told apart there stays
as it is, and a stage costs one look-up where it was asked for before.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from lungmets.assessment import Because, Citation, Prerequisite, Remark, Staging
from lungmets.engine.scheme import UNKNOWN, Scheme
from lungmets.engine.spread import Extent, NumberRange, Spread, spread_of
from lungmets.engine.table import Table
from lungmets.engine.view import View
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.conditions import Conjunction
from lungmets.knowledge.content import staging_records
from lungmets.knowledge.schema import Category, Edition, StagingFile, StagingRemark, StagingRemarkKind
from lungmets.profile import PatientProfile
from lungmets.vocabulary import Engine, MetastaticSite


class StagingTable(NamedTuple):
    """The conditions of staging, compiled for one engine, and the bits of each record."""

    table: Scheme
    bits: dict[str, int]


def compiled(base: KnowledgeBase, engine: Engine) -> StagingTable:
    """The table of a knowledge base for an engine, made when it is first needed."""
    made = base.staging_tables.get(engine)
    if made is None:
        grammar, conjunctions = base.content.grammar(), list[Conjunction]()
        bits: dict[str, int] = {}
        for record in staging_records(base.content):
            found = grammar.read(record.when)
            bits[record.id] = ((1 << len(found)) - 1) << len(conjunctions)
            conjunctions += found
        table: Scheme = Table(conjunctions, grammar.choices)
        if engine is not Engine.BITMAP:
            from lungmets.engine.matched import matched_by

            table = matched_by(engine, table)
        # Two threads may both make it; either may be kept.
        made = base.staging_tables.setdefault(engine, StagingTable(table, bits))
    return made


def staged(view: View, profile: PatientProfile) -> Staging:
    """The M category and the stage group of a profile, as far as its sites decide them."""
    key = (
        view.number,
        profile.metastatic_sites,
        profile.metastasis_counts,
        profile.brain_lesions,
        profile.brain_cavity,
        profile.leptomeningeal,
        profile.bone_metastases,
        profile.stage,
    )
    found = view.memory.spread.get(key)
    if found is None:
        found = _staged(view, profile)
        view.memory.spread.keep(key, found)
    return found


def _staged(view: View, profile: PatientProfile) -> Staging:
    staging = view.base.content.staging
    if staging is None:
        return Staging()
    edition = next((one for one in staging.editions if one.covers(view.place, view.day)), None)
    if edition is None or view.base.uncovered(view.place, view.day):
        said = Remark(id="staging.no_edition", text=staging.no_edition, rule=view.project_default)
        return Staging(remarks=(said,))
    spread = spread_of(profile, staging.within_the_chest)
    # Sites and counts differ more than what they come to.
    key = (view.number, spread, profile.stage)
    found = view.memory.staged.get(key)
    if found is None:
        found = _Reading(view, profile, staging, edition, spread).staging()
        view.memory.staged.keep(key, found)
    return found


class _Reading:
    """One profile under one edition."""

    def __init__(
        self, view: View, profile: PatientProfile, staging: StagingFile, edition: Edition, spread: Spread
    ) -> None:
        self.view = view
        self.file = staging
        self.edition = edition
        # By their ids, as the digest reads them: no answer depends on the order of a file.
        self.categories = sorted(edition.categories, key=_id)
        self.said_beside = sorted(staging.remarks, key=_id)
        self.spread = spread
        self.table, self.bits = compiled(view.base, view.engine)
        self.certain, self.possible = self.table.all, 0
        for extent in spread.extents:  # one of them is the true one
            certain, possible = self.table.match(self._states(profile, extent))
            self.certain &= certain
            self.possible |= possible

    def staging(self) -> Staging:
        """What holds, what is still possible, and what would decide it."""
        holds = [one for one in self.categories if self.bits[one.id] & self.certain]
        open_ = holds or [one for one in self.categories if self.bits[one.id] & self.possible]
        stages = tuple(dict.fromkeys(one.stage for one in open_))
        return Staging(
            edition=self.edition.edition,
            category=holds[0].category if holds else None,
            stage=stages[0] if len(stages) == 1 else None,
            possible_categories=tuple(one.category for one in open_),
            possible_stages=stages,
            because=tuple(Because(row=one.id, values=self._values()) for one in holds),
            missing=() if holds or not open_ else self._missing(),
            to_settle=self._remarks(StagingRemarkKind.SETTLE),
            remarks=(
                *(self._of_category(one) for one in holds),
                *self._remarks(StagingRemarkKind.REMARK),
                Remark(id="staging.assumed", text=self.file.assumed, rule=self.view.project_default),
            ),
            citations=self._citations(holds),
        )

    def _states(self, profile: PatientProfile, extent: Extent) -> tuple[int, ...]:
        table, spread = self.table, self.spread
        states = {
            "extrathoracic_metastases": table.number_state("extrathoracic_metastases", *extent.metastases),
            "extrathoracic_organs": table.number_state("extrathoracic_organs", *extent.organs),
        }
        if spread.within_the_chest is not None:
            word = "yes" if spread.within_the_chest else "no"
            states["intrathoracic_spread"] = table.word_state("intrathoracic_spread", (word,))
        if profile.stage is not None:
            states["stage"] = table.word_state("stage", (profile.stage,))
        for site in spread.sites:
            states[f"metastatic_sites.{site}"] = table.word_state(f"metastatic_sites.{site}", ("yes",))
        return tuple(states.get(fact, UNKNOWN) for fact in table.facts)

    def _values(self) -> tuple[str, ...]:
        spread = self.spread
        values = [f"sites: {', '.join(spread.sites)}"]
        metastases = _ranged(_hull([extent.metastases for extent in spread.extents]))
        organs = _ranged(_hull([extent.organs for extent in spread.extents]))
        values.append(f"metastases outside the chest: {metastases}; organs: {organs}")
        return tuple(values)

    def _missing(self) -> tuple[Prerequisite, ...]:
        asks = self.file.asks
        return tuple(
            Prerequisite(
                item=item,
                text=getattr(asks, item).format(site=_plain(site)),
                rule=self.view.project_default,
            )
            for item, site in self.spread.open
        )

    def _of_category(self, category: Category) -> Remark:
        return Remark(id=category.id, text=category.says, citations=self.view.cite(category.by))

    def _remarks(self, kind: StagingRemarkKind) -> tuple[Remark, ...]:
        return tuple(
            self._said(remark)
            for remark in self.said_beside
            if remark.kind is kind and self.bits[remark.id] & self.certain
        )

    def _said(self, remark: StagingRemark) -> Remark:
        citations = self.view.cite(remark.by)
        rule = None if citations else self.view.project_default
        return Remark(id=remark.id, text=remark.says, citations=citations, rule=rule)

    def _citations(self, holds: list[Category]) -> tuple[Citation, ...]:
        periods = [one for one in self.edition.in_force if one.covers(self.view.place, self.view.day)]
        cited = [name for period in periods for name in period.by]
        return self.view.cite((*cited, *(name for category in holds for name in category.by)))


def _id(record: Category | StagingRemark) -> str:
    return record.id


def _hull(ranges: Sequence[NumberRange]) -> NumberRange:
    """The least and the greatest of several ranges."""
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def _ranged(numbers: tuple[float, float]) -> str:
    """A range in words.

    >>> _ranged((2, 2)), _ranged((1, inf)), _ranged((inf, inf)), _ranged((1, 3))
    ('2', 'at least 1', 'innumerable', '1 to 3')
    """
    low, high = numbers
    if low == inf:
        return "innumerable"
    if high == inf:
        return f"at least {low:g}"
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _plain(site: MetastaticSite | None) -> str:
    return site.replace("_", " ") if site is not None else ""
