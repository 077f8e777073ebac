"""The audit of a knowledge folder: what is due, weak, in dispute or undecided, for a curator to work from.

An audit reads no clock: its day is that of the release, or the one that was asked for. It changes nothing.

>>> found = audit()
>>> found.as_of == found.knowledge.as_of, found.findings[0] == found.most_urgent[0]
(True, True)
"""

from lungmets.knowledge.audit.auditing import audit
from lungmets.knowledge.audit.models import Audit, AuditedKnowledge, Finding, FindingKind, Pressing
from lungmets.knowledge.audit.strength import Weakness, weaknesses

__all__ = [
    "Audit",
    "AuditedKnowledge",
    "Finding",
    "FindingKind",
    "Pressing",
    "Weakness",
    "audit",
    "weaknesses",
]
