"""Matching all rows of a cohort that ask the same question, column by column.

Every distinct meaning of a column leaves some conjunctions of the table; the rows' ANDs are joined by
:class:`~lungmets.engine.joining.Joining`, and what the ids of an answer are is found once for each
joint. So the rows are matched by the same masks as one profile is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.cohort.blocks import NOT_CLEAR, SILENT, STRADDLES, Block
from lungmets.engine.decision import Decision, decide
from lungmets.engine.joining import Joining
from lungmets.engine.plan import Order, carrying, order_of
from lungmets.engine.sides import Matters, Side, Stand
from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.gate import asked_items
from lungmets.knowledge.comparison.verdicts import NOT_UNDERSTOOD, PREFERENCES, conflicts_that_hold, refusal
from lungmets.knowledge.facts import GENES
from lungmets.profile import PatientProfile
from lungmets.vocabulary import Domain, Engine, Panel, RefusalReason, Standing, Urgency

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

    joining: Joining
    joints: Any
    distinct: list[int]
    rows: list[int]


class _Stands(dict[int, Stand]):
    """What the meanings of one block do on a side, found when a row needs it."""

    def __init__(self, side: Side, block: Block) -> None:
        super().__init__()
        self._side = side
        self._block = block

    def __missing__(self, meaning: int) -> Stand:
        profile = self._block.meanings[meaning].profile
        found = self[meaning] = self._side.stand(profile, self._block.owned, inside=True)
        return found


class _Columns:
    """The columns of a cohort on one side."""

    def __init__(self, side: Side, blocks: Sequence[Block], marks: int) -> None:
        """``marks`` are those that tell rows apart."""
        owned = {fact for block in blocks for fact in block.owned}
        self.side = side
        self.rest = side.stand(PatientProfile(), owned, inside=False)
        self._stands = [(block, _Stands(side, block)) for block in blocks]
        self._marks = marks

    def of_row(self, row: int) -> list[Stand]:
        """What each column of a row does."""
        return [stands[int(block.meant[row])] for block, stands in self._stands]

    def join(self, rows: Any) -> Joined:
        """Joins the columns of some rows, given by position."""
        import pandas as pd

        joining = Joining(self.side, self.rest)
        joints: Any = rows * 0
        for block, stands in self._stands:
            width = len(block.meanings)
            codes, pairs = pd.factorize(joints * width + block.meant[rows])
            found = []
            for pair in pairs.tolist():
                number, meaning = divmod(pair, width)
                mark = block.meanings[meaning].mark & self._marks
                found.append(joining.join(number, stands[meaning], mark))
            joints = pd.Series(found, dtype="int64").to_numpy()[codes]
        first = pd.Series(joints).drop_duplicates()
        return Joined(joining, joints, first.tolist(), rows[first.index.to_numpy()].tolist())


class Matcher:
    """The ids of the answers in one view of the knowledge, for one panel."""

    def __init__(
        self, view: View, panel: Panel, blocks: Sequence[Block], uncovered: str | None, engine: Engine
    ) -> None:
        """``uncovered`` says why the knowledge holds nothing for the day, where it does not."""
        self._other_engine = engine != Engine.BITMAP
        self._view = view
        self._panel = panel
        self._uncovered = uncovered
        self._orders: dict[tuple[int, int, int], Order] = {}
        side = Side(view, panel, Matters.of_lists(view))
        self._columns = _Columns(side, blocks, ~NOT_CLEAR)
        stated = {field for block in blocks for field in block.fields}
        self._no_column = sum(mark for gene, mark in SILENT.items() if gene not in stated)

    def summaries(self, rows: Any, whole: Callable[[int], Refusal | DocumentedOptions]) -> list[Summary]:
        """The ids of the answers of some rows; ``whole`` gives a row's whole answer."""
        joined = self._columns.join(rows)
        found = {
            joint: self._summary(joined.joining, joint, row, whole)
            for joint, row in zip(joined.distinct, joined.rows, strict=True)
        }
        return [found[joint] for joint in joined.joints.tolist()]

    def _summary(
        self, joining: Joining, joint: int, row: int, whole: Callable[[int], Refusal | DocumentedOptions]
    ) -> Summary:
        """The ids for one joint, of which ``row`` is one."""
        view, side, marks = self._view, self._columns.side, joining.marks(joint)
        # Whether a bound decides has to be weighed, as the gate does; and another engine is asked itself.
        if marks & STRADDLES or self._other_engine:
            return summary_of(whole(row))
        partial = joining.partial(joint)
        key = side.key(partial)
        stated = frozenset(gene for gene in GENES if not (marks | self._no_column) & SILENT[gene])
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
        decision = decide(view, side.states(self._columns.rest, self._columns.of_row(row), key))
        held = conflicts_that_hold(view, decision.certain)
        listed = decision.options & decision.preferred
        domains = [view.options.keys[option].domain for option in bits(listed)]
        return Summary(
            "documented",
            options=self._in_order(decision, decision.options),
            preferred=self._in_order(decision, listed),
            withheld=self._in_order(decision, decision.withheld | decision.of_later_lines),
            superseded=self._in_order(decision, decision.superseded),
            unresolved=self._in_order(decision, decision.unresolved & ~decision.withheld),
            conflicts=(
                *(record.id for record in view.conflicts if record.id in held),
                *(f"{PREFERENCES}{domain}" for domain in Domain if domains.count(domain) > 1),
            ),
            not_considered=not_considered,
        )

    def _in_order(self, decision: Decision, options: int) -> Ids:
        found = []
        for option in bits(options):
            key = (option, carrying(self._view, decision, option), decision.preferred >> option & 1)
            order = self._orders.get(key)
            if order is None:
                order = self._orders[key] = order_of(self._view, *key)
            found.append(order)
        return tuple(order[-1] for order in sorted(found))


class Alarms:
    """The ids of the alerts. They depend on no panel, no day and no place: only on what is stated."""

    def __init__(self, view: View, blocks: Sequence[Block]) -> None:
        self._view = view
        self._columns = _Columns(Side(view, Panel.CORE, Matters(view.alerts, 0)), blocks, NOT_CLEAR)
        order = list(Urgency)
        urgency = {record.id: order.index(record.urgency) for record in view.base.content.alerts.alerts}
        self._order = {**urgency, NOT_UNDERSTOOD: order.index(Urgency.SAME_DAY)}

    def of_rows(self, rows: Any) -> tuple[Any, list[Ids]]:
        """For each row the number of its list of alerts, and the lists."""
        import pandas as pd

        joined = self._columns.join(rows)
        # The joints come up in the order of their first rows, as factorize numbers them.
        codes, _ = pd.factorize(joined.joints)
        return codes, [self._ids(joined.joining, joint) for joint in joined.distinct]

    def _ids(self, joining: Joining, joint: int) -> Ids:
        certain = self._columns.side.left(joining.partial(joint)) & self._view.alerts
        found = {self._view.base.owner_ids[bit] for bit in bits(certain)}
        if joining.marks(joint):
            found.add(NOT_UNDERSTOOD)
        return self.in_order(found)

    def in_order(self, ids: set[str]) -> Ids:
        """The most urgent first."""
        return tuple(sorted(ids, key=lambda name: (self._order[name], name)))
