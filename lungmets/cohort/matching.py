"""Matching all rows of a cohort that ask the same question, column by column.

Every distinct meaning of a column leaves some conjunctions of the table; the rows' ANDs are joined by
:class:`~lungmets.engine.joining.Joining`, and what the ids of an answer are is found once for each
joint. So the rows are matched by the same masks as one profile is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.cohort.blocks import NOT_CLEAR, SILENT, STRADDLES, Block
from lungmets.engine.joining import Joining
from lungmets.engine.settling import settle
from lungmets.engine.sides import Matters, Side, Stand
from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.gate import asked_items
from lungmets.knowledge.comparison.verdicts import NOT_UNDERSTOOD, PREFERENCES, conflicts_that_hold, refusal
from lungmets.knowledge.facts import GENES
from lungmets.profile import PatientProfile
from lungmets.vocabulary import Domain, Panel, RefusalReason, Standing, Urgency

Ids = tuple[str, ...]


class Summary(NamedTuple):
    """An answer by its ids, each list in the order of the answer."""

    status: str
    reason: str | None = None
    missing: Ids = ()
    options: Ids = ()
    preferred: Ids = ()
    withheld: Ids = ()
    superseded: Ids = ()
    unresolved: Ids = ()
    conflicts: Ids = ()
    not_considered: Ids = ()


def summary_of(answer: Refusal | DocumentedOptions) -> Summary:
    """The ids of a whole answer."""
    if isinstance(answer, Refusal):
        return Summary(
            answer.status,
            answer.reason.value,
            tuple(item.item for item in answer.missing),
            not_considered=answer.not_considered,
        )
    return Summary(
        answer.status,
        options=tuple(option.id for option in answer.options),
        preferred=tuple(option.id for option in answer.options if option.standing is Standing.PREFERRED),
        withheld=tuple(option.id for option in answer.withheld),
        superseded=tuple(option.id for option in answer.superseded),
        unresolved=tuple(option.id for option in answer.unresolved),
        conflicts=tuple(conflict.id for conflict in answer.conflicts),
        not_considered=answer.not_considered,
    )


class Joined(NamedTuple):
    """Which joint each row came to, the joints, and for each joint a row (by position) that came to it."""

    joints: Any
    distinct: list[int]
    rows: list[int]


def join(
    joining: Joining, blocks: Sequence[Block], stands: Sequence[Sequence[Stand]], rows: Any, marks: int
) -> Joined:
    """Joins the columns of some rows, given by position; ``marks`` are those that tell rows apart."""
    import pandas as pd

    joints: Any = rows * 0
    for block, of_block in zip(blocks, stands, strict=True):
        width = len(of_block)
        codes, pairs = pd.factorize(joints * width + block.meant[rows])
        found = []
        for pair in pairs.tolist():
            number, meaning = divmod(pair, width)
            found.append(joining.join(number, of_block[meaning], block.meanings[meaning].mark & marks))
        joints = pd.Series(found, dtype="int64").to_numpy()[codes]
    first = pd.Series(joints).drop_duplicates()
    return Joined(joints, first.tolist(), rows[first.index.to_numpy()].tolist())


class Matcher:
    """The ids of the answers in one view of the knowledge, for one panel."""

    def __init__(self, view: View, panel: Panel, blocks: Sequence[Block], uncovered: str | None) -> None:
        self._view = view
        self._panel = panel
        self._blocks = blocks
        self._uncovered = uncovered
        everything = view.table.all & ~view.alerts & ~view.notes & ~view.advice
        self._side = Side(view, panel, Matters(everything, view.unresolved_rows))
        self._rest, self._stands = _stands(self._side, blocks)

    def joined(self, rows: Any) -> tuple[Joining, Joined]:
        """The joints of some rows."""
        joining = Joining(self._side, self._rest)
        return joining, join(joining, self._blocks, self._stands, rows, ~NOT_CLEAR)

    def summary(
        self, joining: Joining, joint: int, row: int, whole: Callable[[int], Refusal | DocumentedOptions]
    ) -> Summary:
        """The ids for one joint, of which ``row`` is one; ``whole`` gives a row's whole answer."""
        view, side, marks = self._view, self._side, joining.marks(joint)
        if marks & STRADDLES:  # whether a bound decides has to be weighed, as the gate does
            return summary_of(whole(row))
        partial = joining.partial(joint)
        key = side.key(partial)
        stated = frozenset(gene for gene in GENES if not self._silent(marks) & SILENT[gene])
        relevant, asked, left_out = asked_items(view, self._panel, side.possible_items(partial), stated)
        open_items = set(side.missing(key))
        missing = tuple(item.item for item in asked if item.item in open_items)
        not_considered = tuple(item.item for item in relevant if item.item in left_out)
        # Side knows what is certain; what the key leaves aside decides no refusal and no list.
        certain = key.left & view.table.all
        reason = refusal(view, certain, missing)
        if self._uncovered and reason in {"", RefusalReason.INCOMPLETE, RefusalReason.UNDATED}:
            reason = RefusalReason.UNDATED.value
        if reason:
            told = missing if reason == RefusalReason.INCOMPLETE else ()
            return Summary("refused", reason, told, not_considered=not_considered)
        own = [
            stands[block.meant[row]]
            for block, stands in zip(self._blocks, self._stands, strict=True)
        ]
        decision, plan = settle(view, side.states(self._rest, own, key))
        held = conflicts_that_hold(view, decision.certain)
        preferred = [one for one in plan.options if one.said["standing"] is Standing.PREFERRED]
        domains = [one.option.domain for one in preferred]
        return Summary(
            "documented",
            options=tuple(one.option.id for one in plan.options),
            preferred=tuple(one.option.id for one in preferred),
            withheld=tuple(one.option.id for one in plan.withheld),
            superseded=tuple(one.option.id for one in plan.superseded),
            unresolved=tuple(one.option.id for one in plan.unresolved),
            conflicts=(
                *(record.id for record in view.conflicts if record.id in held),
                *(f"{PREFERENCES}{domain}" for domain in Domain if domains.count(domain) > 1),
            ),
            not_considered=not_considered,
        )

    def _silent(self, marks: int) -> int:
        """The genes of which nothing was said, those without a column included."""
        stated = {field for block in self._blocks for field in block.fields}
        return marks | sum(mark for gene, mark in SILENT.items() if gene not in stated)


def _stands(side: Side, blocks: Sequence[Block]) -> tuple[Stand, list[list[Stand]]]:
    owned: set[str] = reduce(or_, (block.owned for block in blocks), frozenset())  # type: ignore[assignment]  # only read
    rest = side.stand(PatientProfile(), owned, inside=False)
    return rest, [
        [side.stand(meaning.profile, block.owned, inside=True) for meaning in block.meanings]
        for block in blocks
    ]


class Alarms:
    """The ids of the alerts. They depend on no panel, no day and no place: only on what is stated."""

    def __init__(self, view: View, blocks: Sequence[Block]) -> None:
        self._view = view
        self._blocks = blocks
        self._side = Side(view, Panel.CORE, Matters(view.alerts, 0))
        self._rest, self._stands = _stands(self._side, blocks)
        order = list(Urgency)
        urgency = {record.id: order.index(record.urgency) for record in view.base.content.alerts.alerts}
        self._order = {**urgency, NOT_UNDERSTOOD: order.index(Urgency.SAME_DAY)}

    def of_rows(self, rows: Any) -> tuple[Any, list[Ids]]:
        """For each row the number of its list of alerts, and the lists."""
        import pandas as pd

        joining = Joining(self._side, self._rest)
        joined = join(joining, self._blocks, self._stands, rows, NOT_CLEAR)
        # The joints come up in the order of their first rows, as factorize numbers them.
        codes, _ = pd.factorize(joined.joints)
        return codes, [self._ids(joining, joint) for joint in joined.distinct]

    def _ids(self, joining: Joining, joint: int) -> Ids:
        certain = self._side.left(joining.partial(joint)) & self._view.alerts
        found = {self._view.base.owner_ids[bit] for bit in bits(certain)}
        if joining.marks(joint):
            found.add(NOT_UNDERSTOOD)
        return self.in_order(found)

    def in_order(self, ids: set[str]) -> Ids:
        """The most urgent first."""
        return tuple(sorted(ids, key=lambda name: (self._order[name], name)))
