"""One audit: the folder is read with its lines, looked at part by part, and the findings are put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from lungmets.knowledge.audit.claims import claim_findings
from lungmets.knowledge.audit.models import (
    Audit,
    AuditedKnowledge,
    Finding,
    FindingKind,
    Pressing,
    most_urgent,
)
from lungmets.knowledge.audit.records import Question, Records
from lungmets.knowledge.audit.reviews import review_findings
from lungmets.knowledge.audit.rows import row_findings
from lungmets.knowledge.audit.sources import source_findings
from lungmets.knowledge.base import KnowledgeBase, shipped_folder
from lungmets.knowledge.overlays.merging import load_placed
from lungmets.vocabulary import Jurisdiction


def audit(
    folder: str | Path | None = None,
    overlays: str | Path | Iterable[str | Path] = (),
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str | None = None,
    within_days: int = 90,
    older_than_years: int = 10,
) -> Audit:
    """Audits a knowledge folder. The files are read anew, because a compiled copy knows no lines.

    Args:
        folder: a knowledge folder; ``None`` is the one that comes with the library.
        overlays: folders of local knowledge to lay over it, audited with it.
        as_of: the day of the audit, which may be later than the release; ``None`` is the release's.
        jurisdiction: only what speaks of this place; ``None`` is every place.
        within_days: how many days ahead a review counts as due soon.
        older_than_years: from when on the newest source of a row counts as old.

    Raises:
        KnowledgeError: the folder does not load.
        ValueError: the place does not exist.

    >>> later = audit(as_of=date(2040, 1, 1))
    >>> later.blocked, later.most_urgent[0].kind.value
    (True, 'overdue')
    """
    laid = [overlays] if isinstance(overlays, (str, Path)) else [*overlays]
    placed = load_placed(shipped_folder() if folder is None else Path(folder), map(Path, laid))
    base = KnowledgeBase(*placed.merged)
    place = None if jurisdiction is None else Jurisdiction(jurisdiction)
    release = base.content.release
    question = Question(as_of or release.as_of, place, within_days, older_than_years)
    records = Records(base, placed.places, question)
    findings = sorted(
        [
            *review_findings(records),
            *claim_findings(records),
            *row_findings(records),
            *source_findings(records),
        ],
        key=_urgency,
    )
    counted = Counter(finding.kind for finding in findings)
    return Audit(
        knowledge=AuditedKnowledge(
            version=base.version,
            digest=base.digest,
            as_of=release.as_of,
            overlays=tuple(overlay.id for overlay in base.local.overlays),
        ),
        as_of=question.day,
        jurisdiction=place,
        within_days=within_days,
        older_than_years=older_than_years,
        counts={kind: counted[kind] for kind in FindingKind},
        most_urgent=most_urgent(findings),
        findings=tuple(findings),
    )


_PRESSING = list(Pressing)
_KINDS = list(FindingKind)


def _urgency(finding: Finding) -> tuple[int, int, date, int, tuple[str, ...], str, int, str]:
    """Pressing things first; among those alike the oldest day, then what most rests on, then by file."""
    file, _, line = finding.place.partition(" ")[0].rpartition(":")
    return (
        _PRESSING.index(finding.pressing),
        _KINDS.index(finding.kind),
        finding.day or date.max,
        -len(finding.concerns),
        finding.sources,
        file,
        int(line) if line.isdigit() else 0,
        finding.record,
    )
