"""An audit for people: a summary, what is most urgent, then every finding by its kind.

>>> from lungmets.knowledge.audit import audit
>>> print(audit_as_markdown(audit()).splitlines()[0])
# Audit of the knowledge
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TextIO

from lungmets.display.entries import Detail, Entry, Section
from lungmets.display.markdown import sections_as_markdown
from lungmets.display.text import write_sections
from lungmets.errors import visible
from lungmets.knowledge.audit import Audit, Finding, FindingKind, Pressing

_TITLES: Mapping[FindingKind, str] = {
    FindingKind.OVERDUE: "Overdue reviews",
    FindingKind.UNDECIDED_CLAIM: "Claims without a verdict",
    FindingKind.TWO_PREFERENCES: "Preferred at once",
    FindingKind.DUE_SOON: "Reviews due soon",
    FindingKind.WEAK_SOURCE: "Rows on weak sources",
    FindingKind.UNVERIFIED: "Not verified",
    FindingKind.CONFLICT: "Conflicts that answers show",
    FindingKind.CLAIM_NOT_VERIFIED: "Claims that could not be verified",
    FindingKind.CLAIM_WITHOUT_SOURCE: "Claims that no source decides",
    FindingKind.OLD_SOURCES: "Rows on old sources",
    FindingKind.UNCITED_SOURCE: "Sources that nothing cites",
}


def write_audit(audit: Audit, stream: TextIO, *, width: int | None = None, today: date | None = None) -> None:
    """Writes an audit; plain where the stream is piped."""
    write_sections(audit_outline(audit, today), stream, width=width)


def audit_as_markdown(audit: Audit) -> str:
    """The whole audit as one Markdown document."""
    return sections_as_markdown(audit_outline(audit))


def audit_outline(audit: Audit, today: date | None = None) -> list[Section]:
    """The sections of an audit; a kind of which nothing was found is counted, and has no section.

    ``today`` lets a display say that the audit is of an earlier day; the audit itself reads no clock.
    """
    urgent = tuple(_entry(finding) for finding in audit.most_urgent)
    found = [_heading(audit, today), Section("Most urgent", urgent, "urgent")]
    for kind, title in _TITLES.items():
        entries = tuple(_entry(finding) for finding in audit.findings if finding.kind is kind)
        found.append(Section(f"{title}: {len(entries)}", entries, "main"))
    return [section for section in found if section.entries]


def _heading(audit: Audit, today: date | None) -> Section:
    knowledge = audit.knowledge
    place = audit.jurisdiction.value if audit.jurisdiction is not None else "every place"
    laid = "".join(f" + {name}" for name in knowledge.overlays)
    stamp = f"knowledge {knowledge.version}{laid} ({knowledge.digest[:12]}), of {knowledge.as_of}"
    entries = [Entry("", f"as of {audit.as_of} · {place} · {stamp}")]
    if today is not None and today > audit.as_of:
        entries.append(Entry("", f"Today is {today}; `--as-of {today}` tells what is due by now."))
    pressing = {one: sum(finding.pressing is one for finding in audit.findings) for one in Pressing}
    if len(audit.findings) == sum(audit.counts.values()):  # not where only some kinds are listed
        entries.append(Entry("", ", ".join(f"{number} {one.value}" for one, number in pressing.items())))
    limits = {
        FindingKind.DUE_SOON: f" (within {audit.within_days} days)",
        FindingKind.OLD_SOURCES: f" (more than {audit.older_than_years} years)",
    }
    entries += [
        Entry(str(audit.counts[kind]), f"{title.lower()}{limits.get(kind, '')}")
        for kind, title in _TITLES.items()
    ]
    return Section("Audit of the knowledge", tuple(entries), "main")


def _entry(finding: Finding) -> Entry:
    """A line for a curator: which record, where it stands, what is the matter, what to do."""
    details = (Detail("do", finding.do),)
    return Entry(finding.record, visible(finding.what), details, finding.place)
