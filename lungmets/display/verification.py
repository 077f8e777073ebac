"""Classes and findings as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import IO

from lungmets.knowledge.soundness.classes import Classes, PartClasses
from lungmets.knowledge.soundness.models import Finding, Report

_MOST_SHOWN = 6
"""Values of one class that are listed; the rest is counted."""

_WIDTH = 110


def write_report(report: Report, stream: IO[str]) -> None:
    """What verifying has shown."""
    for line in _report(report):
        print(line, file=stream)


def write_classes(classes: Classes, stream: IO[str]) -> None:
    """The classes of each part."""
    place = f"{classes.jurisdiction.value} · {classes.panel.value} panel"
    print(f"CLASSES AS OF {classes.as_of} · {place} · knowledge {classes.version}", file=stream)
    for part in classes.parts:
        for line in _part(part):
            print(line, file=stream)


def _report(report: Report) -> Iterator[str]:
    yield f"VERIFIED knowledge {report.version} ({report.digest[:12]})"
    if report.visited:
        profiles = sum(visit.profiles for visit in report.visited)
        classes = sum(visit.classes for visit in report.visited)
        yield f"  {profiles:,} profiles in {classes:,} classes, on {len(report.visited)} days in all places"
    yield f"  {report.rows:,} rows, {report.conditions:,} facts of conditions, {report.pairs:,} pairs of rows"
    yield f"  {report.accepted:,} findings are declared as right"
    yield f"  {len(report.findings):,} findings" if report.findings else "  nothing else was found"
    for finding in report.findings:
        yield ""
        yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    where = f" ({finding.place})" if finding.place else ""
    yield f"{finding.kind.value}: {finding.record}{where}: {finding.what}"
    yield f"  {finding.jurisdiction.value} as of {finding.as_of}; {finding.do}"
    if finding.scenario is not None:
        yield from (f"    {line}" for line in finding.scenario.splitlines())


def _part(part: PartClasses) -> Iterator[str]:
    yield ""
    most = f"at most {part.genes_at_once} genes other than negative, {part.details_at_once} details stated"
    yield f"{part.name.upper()}: {part.profiles:,} profiles ({most}); {part.singly:,} with one of either"
    for field in part.fields:
        classes = " | ".join(_class(members) for members in field.classes)
        text = f"{field.field} ({len(field.classes)}): {classes}"
        yield from textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="      ")


def _class(members: tuple[str, ...]) -> str:
    more = len(members) - _MOST_SHOWN
    return "; ".join(members[:_MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")
