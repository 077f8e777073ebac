"""What a knowledge base remembers of the answers it gave, so that what repeats is made once.

All views share one memory: however many days are asked about, it stays within the same bounds. What
belongs to one view is kept under the view's number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lungmets.engine.memo import Memo

if TYPE_CHECKING:
    from lungmets.assessment import (
        Alert,
        Because,
        LoggedSymptom,
        Option,
        Prerequisite,
        Remark,
        Staging,
        Timeline,
        TraceStep,
    )
    from lungmets.engine.decision import Decision
    from lungmets.engine.genes import GeneReading
    from lungmets.engine.plan import Plan, Planned
    from lungmets.engine.remarks import Asked, SpokenOf
    from lungmets.engine.table import States
    from lungmets.knowledge.schema import PanelItem


def _few() -> Any:
    return Memo(most=1024)


def _many() -> Any:
    return Memo(most=4096)


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """The parts of answers that profiles share; every part has its bound."""

    genes: Memo[tuple[object, ...], GeneReading] = field(default_factory=_few)
    asked: Memo[tuple[object, ...], tuple[list[PanelItem], list[PanelItem], tuple[str, ...]]] = field(
        default_factory=_few
    )
    settled: Memo[tuple[int, States], tuple[Decision, Plan]] = field(default_factory=_many)
    planned: Memo[tuple[object, ...], Planned] = field(default_factory=_many)
    listed: Memo[tuple[object, ...], tuple[Option, tuple[TraceStep, ...]]] = field(default_factory=_many)
    held: Memo[tuple[str, tuple[str, ...]], Because] = field(default_factory=_many)
    logged: Memo[tuple[object, ...], tuple[LoggedSymptom, ...]] = field(default_factory=_few)
    raised: Memo[tuple[int, str], Alert] = field(default_factory=_few)
    spread: Memo[tuple[object, ...], Staging] = field(default_factory=_many)
    staged: Memo[tuple[object, ...], Staging] = field(default_factory=_few)
    steps: Memo[tuple[object, ...], TraceStep] = field(default_factory=_many)
    lacking: Memo[tuple[object, ...], int] = field(default_factory=_few)
    searches: Memo[tuple[int, int], str] = field(default_factory=_few)
    said: Memo[tuple[object, ...], tuple[Remark, ...]] = field(default_factory=_few)
    cautions: Memo[tuple[int, int], SpokenOf[Remark]] = field(default_factory=_few)
    notes: Memo[tuple[int, int], SpokenOf[Remark]] = field(default_factory=_few)
    prerequisites: Memo[tuple[int, int, tuple[Asked, ...]], SpokenOf[Prerequisite]] = field(
        default_factory=_few
    )
    spoken: Memo[tuple[object, ...], tuple[Any, ...]] = field(default_factory=_many)
    timelines: Memo[tuple[int, int], tuple[Timeline, ...]] = field(default_factory=_few)
    together: Memo[tuple[int, ...], tuple[Any, ...]] = field(default_factory=_few)
