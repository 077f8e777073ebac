"""What `lungmets knowledge verify` finds, as plain data."""

from __future__ import annotations

from datetime import date
from typing import Any

from lungmets.knowledge.schema.declared import FindingKind, Seen
from lungmets.results import Closed
from lungmets.vocabulary import Jurisdiction


class Finding(Closed):
    """One thing that is wrong with the tables, or has to be declared as right.

    ``record`` is the row or rule that it is about, ``fact`` the part of its condition and ``seen`` why
    it tells nothing apart, ``beside`` the other row. ``profile`` shows it, where some profile does, and
    ``scenario`` is that profile as a scenario file, with what the knowledge answers today: it fails once
    the finding is mended.
    """

    kind: FindingKind
    record: str = ""
    fact: str | None = None
    seen: Seen | None = None
    beside: str | None = None
    what: str
    do: str
    as_of: date
    jurisdiction: Jurisdiction
    profile: dict[str, Any] | None = None
    scenario: str | None = None


class Visit(Closed):
    """How many profiles were visited for one place and day, in how many classes."""

    jurisdiction: Jurisdiction
    as_of: date
    profiles: int
    classes: int


class Report(Closed):
    """What verifying a knowledge base has shown.

    ``accepted`` counts the findings that ``declared.yaml`` says are right.
    """

    version: str
    digest: str
    visited: tuple[Visit, ...]
    rows: int
    conditions: int
    pairs: int
    findings: tuple[Finding, ...]
    accepted: int

    @property
    def clean(self) -> bool:
        """Whether nothing was found that is not declared."""
        return not self.findings
