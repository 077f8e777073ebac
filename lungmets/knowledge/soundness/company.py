"""Rows of different families that hold for the same profile: that has to be declared.

Within a family (``alk`` of ``alk.lorlatinib``) rows are alternatives, and rows of one option are merged.
Between families somebody has to have said that both may be listed at once, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.knowledge.comparison.verdicts import conflicts_that_hold
from lungmets.knowledge.conditions import compatible
from lungmets.knowledge.content import Content
from lungmets.knowledge.schema import Row
from lungmets.knowledge.schema.declared import FindingKind, Relation
from lungmets.knowledge.soundness.found import Found
from lungmets.knowledge.soundness.ground import Met
from lungmets.knowledge.soundness.grounds import Grounds, Spot
from lungmets.vocabulary import Domain, Jurisdiction


def family(row: Row) -> str:
    """The first word of a row's id."""
    return row.id.partition(".")[0]


def families(content: Content) -> set[str]:
    """All families."""
    return {family(row) for _, row in content.rows()}


class Company:
    """Which rows hold together, and what is declared of them."""

    def __init__(self, grounds: Grounds, relations: Sequence[Relation]) -> None:
        self._grounds = grounds
        self._relations = relations
        self.pairs = 0
        self.needed: set[str] = set()
        """The relations that some pair needs."""

    def findings(self) -> Iterator[Found]:
        """Pairs that nothing declares, one for each two families, and those whose conflict is not told."""
        told: set[tuple[str, ...]] = set()
        for one, other, domain in self._candidates():
            spot = self._together(one, other)
            if spot is None:
                continue
            declared = self._declared(one, other)
            names = (*sorted((family(one), family(other))), domain.value)
            if declared is not None and declared.told_by is None:
                self.pairs += 1
                self.needed.add(declared.id)
                continue
            if names in told:
                continue
            met = self._met(self._grounds.view(spot), one, other)
            if met is None:
                continue
            self.pairs += 1
            found = self._judged(one, other, declared, spot, met)
            if found is not None:
                told.add(names)
                yield found

    def _judged(self, one: Row, other: Row, declared: Relation | None, spot: Spot, met: Met) -> Found | None:
        if declared is None:
            return Found(
                FindingKind.UNDECLARED_PAIR,
                one.id,
                what=f"it holds together with {other.id}, and no relation declares that",
                do="mend a condition, or declare the two families under `relations` in declared.yaml",
                spot=spot,
                met=met,
                beside=other.id,
            )
        self.needed.add(declared.id)
        if declared.told_by in conflicts_that_hold(met.view, met.decision.certain):
            return None
        return Found(
            FindingKind.UNDECLARED_PAIR,
            one.id,
            what=f"it holds together with {other.id}, and {declared.told_by} is not told",
            do=f"mend the conflict, or {declared.id} in declared.yaml",
            spot=spot,
            met=met,
            beside=other.id,
        )

    def _candidates(self) -> Iterator[tuple[Row, Row, Domain]]:
        listed = [
            (table.domain, row) for table, row in self._grounds.base.content.rows() if row.line == "first"
        ]
        for (domain, one), (same, other) in combinations(listed, 2):
            apart = family(one) != family(other) and one.option != other.option
            if domain is same and apart:
                yield one, other, domain

    def _declared(self, one: Row, other: Row) -> Relation | None:
        names = family(one), family(other)
        return next((relation for relation in self._relations if relation.covers(*names)), None)

    def _together(self, one: Row, other: Row) -> Spot | None:
        """A place and a day on which both are in force, where some conjunctions of theirs can be met."""
        base = self._grounds.base
        table = base.table.conjunctions
        if not any(
            compatible(table[bit], table[beside])
            for bit in bits(base.bits[one.id])
            for beside in bits(base.bits[other.id])
        ):
            return None
        release = self._grounds.release
        days: list[tuple[date, Jurisdiction]] = []
        for first in one.documented:
            for second in other.documented:
                if not first.overlaps(second):
                    continue
                for place in set(first.places) & set(second.places) & set(release.begins):
                    ends = [period.ends.day for period in (first, second) if period.ends is not None]
                    begins = max(first.begins.day, second.begins.day, release.begins[place])
                    if begins <= release.as_of and not (ends and min(ends) <= begins):
                        # The day of the release, where both still hold: its classes are known already.
                        days.append((begins if ends else release.as_of, place))
        if not days:
            return None
        day, place = max(days, key=lambda found: (found[0], found[1] is Jurisdiction.US))
        return place, day

    def _met(self, view: View, one: Row, other: Row) -> Met | None:
        """A class that is answered and meets both."""
        base = self._grounds.base
        for bit in bits(base.bits[one.id]):
            for beside in bits(base.bits[other.id]):
                for met in self._grounds.ground.meeting(view, bit, beside):
                    if met.answered:
                        return met
        return None
