"""What the rows that hold say of one option, merged into one account."""

from __future__ import annotations

from dataclasses import dataclass

from lungmets.assessment import ApprovalRecord, Citation, Evidence, Remark
from lungmets.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class Dossier:
    """Basis, approvals, evidence and citations of an option, for one set of rows."""

    basis: Basis
    off_label: bool
    approvals: tuple[ApprovalRecord, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[Remark, ...]
    citations: tuple[Citation, ...]
    review_due: bool
