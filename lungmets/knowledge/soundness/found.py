"""A finding while it is made: with the class that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from lungmets.knowledge.schema.declared import FindingKind
from lungmets.knowledge.soundness.ground import Met
from lungmets.knowledge.soundness.grounds import Spot


@dataclass(frozen=True, slots=True)
class Found:
    """What a check has found, where and when, and a class that shows it."""

    kind: FindingKind
    record: str
    what: str
    do: str
    spot: Spot
    met: Met | None = None
    fact: str | None = None
    beside: str | None = None
