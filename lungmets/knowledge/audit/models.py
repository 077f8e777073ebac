"""What an audit says, as plain data.

>>> [kind.value for kind in FindingKind][:2]
['overdue', 'undecided_claim']
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Literal, Self

from lungmets.results import Closed
from lungmets.vocabulary import Jurisdiction


class FindingKind(StrEnum):
    """What was found, in the order in which it is told."""

    OVERDUE = "overdue"
    UNDECIDED_CLAIM = "undecided_claim"
    TWO_PREFERENCES = "two_preferences"
    DUE_SOON = "due_soon"
    WEAK_SOURCE = "weak_source"
    UNVERIFIED = "unverified"
    CONFLICT = "conflict"
    CLAIM_NOT_VERIFIED = "claim_not_verified"
    CLAIM_WITHOUT_SOURCE = "claim_without_source"
    OLD_SOURCES = "old_sources"
    UNCITED_SOURCE = "uncited_source"


class Pressing(StrEnum):
    """How urgent a finding is: it is due, a row rests on it, or it can wait for the next review."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


class Finding(Closed):
    """One thing for a curator to do.

    ``record`` is the id of the record and ``place`` where it stands (``file:line``). ``concerns`` are other
    records that it touches: those that rest on a source, or carry a claim. ``sources`` are the sources that
    it is about, ``fields`` those of a source that are not verified. ``day`` is the one that counts: of the
    review, of the newest source, of a beginning.
    """

    kind: FindingKind
    pressing: Pressing
    record: str
    place: str
    what: str
    do: str
    day: date | None = None
    concerns: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class AuditedKnowledge(Closed):
    """Which state of the knowledge was audited; ``overlays`` are the ids of what was laid over it."""

    version: str
    digest: str
    as_of: date
    overlays: tuple[str, ...] = ()


class Audit(Closed):
    """What was found, the most urgent first. ``counts`` has every kind, also those of which there is none.

    ``jurisdiction`` is empty where every place was audited. ``within_days`` says how far ahead reviews
    were looked for, ``older_than_years`` from when on the newest source of a row counts as old.
    """

    schema_version: Literal["1"] = "1"
    knowledge: AuditedKnowledge
    as_of: date
    jurisdiction: Jurisdiction | None
    within_days: int
    older_than_years: int
    counts: dict[FindingKind, int]
    most_urgent: tuple[Finding, ...]
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        """Whether something is overdue, or a claim undecided: what ``--strict`` does not let pass."""
        return bool(self.counts[FindingKind.OVERDUE] or self.counts[FindingKind.UNDECIDED_CLAIM])

    def only(self, kinds: Iterable[FindingKind]) -> Self:
        """The same audit with the findings of some kinds; all are still counted."""
        wanted = frozenset(kinds)
        listed = tuple(finding for finding in self.findings if finding.kind in wanted)
        return self.model_copy(update={"findings": listed, "most_urgent": most_urgent(listed)})


def most_urgent(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first five of ordered findings; of rows that rest on the same sources only the first."""
    first: dict[tuple[FindingKind, tuple[str, ...]], Finding] = {}
    for finding in findings:
        first.setdefault((finding.kind, finding.sources or (finding.record,)), finding)
    return tuple(first.values())[:_MOST_URGENT]


_MOST_URGENT = 5
