"""Claims: without a verdict, with a verdict that no source decides, or not verified where that is asked."""

from __future__ import annotations

from collections.abc import Iterator

from lungmets.knowledge.audit.models import Finding, FindingKind, Pressing
from lungmets.knowledge.audit.records import Records
from lungmets.knowledge.schema.claims import Claim


def claim_findings(records: Records) -> Iterator[Finding]:
    """What is open about the claims of the articles. They speak of no place, so every place is told them."""
    for claim in records.content.claims.by_id.values():
        for kind, pressing, what, do in _open(claim):
            yield Finding(
                kind=kind,
                pressing=pressing,
                record=claim.id,
                place=records.place(claim.id),
                what=what,
                do=do,
                day=claim.verified.on if kind is FindingKind.CLAIM_NOT_VERIFIED and claim.verified else None,
                concerns=claim.carried_by,
            )


def _open(claim: Claim) -> Iterator[tuple[FindingKind, Pressing, str, str]]:
    if claim.verdict is None:
        do = "judge it from a source: write `verdict`, `reason` and `decided_by`"
        yield FindingKind.UNDECIDED_CLAIM, Pressing.NOW, f"not decided yet: {claim.says}", do
    elif not claim.decided_by:
        what = f"{claim.verdict.value}, by no source: {claim.says}"
        do = "look for a source that decides it; where there is none, say in `reason` where was looked"
        yield FindingKind.CLAIM_WITHOUT_SOURCE, Pressing.LATER, what, do
    if claim.verified is not None and claim.verified.not_possible is not None:
        what = f"its article asks to verify it, and that was not possible: {claim.verified.not_possible}"
        do = "try again, and write the day and what was found under `verified`"
        yield FindingKind.CLAIM_NOT_VERIFIED, Pressing.SOON, what, do
