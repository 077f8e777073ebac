"""Rows that can never hold, and rows whose option is superseded wherever they hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from lungmets.engine.representatives import dimension_of
from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.knowledge.comparison.rules import Rules
from lungmets.knowledge.schema import Row
from lungmets.knowledge.schema.declared import FindingKind
from lungmets.knowledge.soundness.found import Found
from lungmets.knowledge.soundness.ground import Ground, Met, facts_of
from lungmets.knowledge.soundness.grounds import Grounds, Spot


def rows_that_do_nothing(grounds: Grounds, row: Row) -> Iterator[Found]:
    """What is wrong with one row, on all the days that were looked at."""
    held: tuple[Spot, Met] | None = None
    near: tuple[Spot, Met] | None = None
    mask = grounds.base.bits[row.id]
    for spot in grounds.spots(row):
        ground, view = grounds.ground, grounds.view(spot)
        for bit in bits(mask):
            for met in ground.meeting(view, bit, open_=_open(row, ground, bit)):
                near = near or (spot, met)
                if not met.answered:
                    continue
                if row.line == "later" or _stands(bit, met):
                    return
                held = held or (spot, met)
            if held is not None and _ever_stands(ground, view, bit, _open(row, ground, bit)):
                return
    if held is None:
        spot, shown = near or (next(grounds.spots(row), grounds.today()[0]), None)
        yield Found(
            FindingKind.NEVER_HOLDS,
            row.id,
            what="no profile that is in scope and complete can meet this condition",
            do="mend its `when`, or the rule of scope.yaml that refuses every such profile",
            spot=spot,
            met=shown,
        )
    elif _superseded(row, held[1]):
        yield Found(
            FindingKind.ALWAYS_SUPERSEDED,
            row.id,
            what="wherever this row holds, its option is superseded",
            do="retire the row, or bound the supersession by a day or a condition",
            spot=held[0],
            met=held[1],
        )


def _open(row: Row, ground: Ground, bit: int) -> set[str]:
    """The facts that an unresolved row leaves open."""
    unknown = row.unresolved.unknown if row.unresolved is not None else ()
    return {fact for fact in ground.table.conjunctions[bit] if {fact, fact.split(".")[0]} & set(unknown)}


def _stands(bit: int, met: Met) -> bool:
    """Whether the option of a row is listed, or left unresolved, for a class."""
    decision = met.decision
    listed = decision.options | (decision.unresolved & ~decision.withheld)
    return bool(listed >> met.view.option_of[bit] & 1)


def _superseded(row: Row, met: Met) -> bool:
    options = {met.view.option_of[bit] for bit in bits(met.view.base.bits[row.id])}
    return any(met.decision.superseded >> option & 1 for option in options)


def _ever_stands(ground: Ground, view: View, bit: int, open_: set[str]) -> bool:
    """Whether the option stands for some class that meets the row and is less quiet than the first ones.

    What keeps an option from being replaced, or withheld, is one or two facts more than its row reads.
    """
    rules = Rules(view, {})
    name = view.options.keys[view.option_of[bit]].id
    dimensions: dict[str, set[str]] = {}
    for fact in facts_of(view, rules.deciding_bits(name)):
        dimensions.setdefault(dimension_of(fact), set()).add(fact)
    for number in (1, 2):
        for names in combinations(sorted(dimensions), number):
            vary = {fact for each in names for fact in dimensions[each]}
            for met in ground.meeting(view, bit, open_=open_, vary=vary):
                if met.answered and _stands(bit, met):
                    return True
    return False
