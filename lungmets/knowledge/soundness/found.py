"""A finding while it is made: with the class that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from lungmets.knowledge.schema.declared import Accepted, FindingKind, RecordWord, Seen
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
    of: RecordWord | None = None
    seen: Seen | None = None

    def accepted_by(self, accepted: Accepted) -> str | None:
        """The name under which it is accepted: an id, a family, or nothing in particular."""
        narrowed = ((accepted.of, self.of), (accepted.facts, self.fact), (accepted.seen, self.seen))
        if accepted.kind is not self.kind or any(known and own not in known for known, own in narrowed):
            return None
        names = (self.record, self.record.partition(".")[0])
        return next((name for name in names if name in accepted.records), None if accepted.records else "")
