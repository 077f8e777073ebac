"""Alerts and the symptom log as sections of an outline, and as an outline of their own for a visit."""

from __future__ import annotations

from collections.abc import Iterable

from lungmets.assessment import Alert, LoggedSymptom
from lungmets.display.bibliography import Sources
from lungmets.display.entries import Detail, Entry, Section
from lungmets.display.local import LocalParts
from lungmets.errors import visible
from lungmets.vocabulary import LikelySite, Urgency

_DEFAULT = " (how urgent: project default)"


def urgent_section(alerts: Iterable[Alert], sources: Sources) -> Section:
    """The alerts, each with how urgent it is, where its cause is likely to lie, and what carries it."""
    return Section("Urgent", tuple(_alert(alert, sources) for alert in alerts), "urgent")


def log_section(log: Iterable[LoggedSymptom]) -> Section:
    """The symptoms in order of time, as a timeline."""
    return Section("Symptoms as told, in order of time", tuple(map(_logged, log)))


def urgent_outline(
    alerts: Iterable[Alert], log: Iterable[LoggedSymptom] | None, asked: str, notice: str
) -> list[Section]:
    """What is urgent alone, with its sources and the notice; with a log, for a visit."""
    sources = Sources(LocalParts(None))
    urgent = urgent_section(alerts, sources)
    none = Entry("", "No alert. That nothing is named here does not mean that nothing is urgent.")
    found = [
        Section("What is urgent", (Entry("", asked), *(() if urgent.entries else (none,))), "main"),
        urgent,
    ]
    if log is not None:
        found.append(log_section(log))
    listed = tuple(Entry(lead, text, short=short) for lead, text, short in sources.listed())
    found += [Section("Sources", listed, "aside"), Section("Notice", (Entry("", notice),), "aside")]
    return [section for section in found if section.entries]


def _alert(alert: Alert, sources: Sources) -> Entry:
    note = _DEFAULT if alert.default_urgency else ""
    cited = sources.cite(alert.citations, alert.rule)
    likely = (Detail("likely", _sites(alert.sites)),) if alert.sites else ()
    return Entry(_urgency(alert.urgency), f"{visible(alert.finding)} {alert.action}{note}{cited}", likely)


def _logged(entry: LoggedSymptom) -> Entry:
    details = []
    if entry.course is not None:
        understood = f" (understood as {_plain(entry.course_as)})" if entry.course_as else ""
        details.append(Detail("course", f"{visible(entry.course)}{understood}"))
    known = ", ".join(map(_plain, entry.understood_as)) or "not understood"
    details.append(Detail("taken as", known))
    if entry.urgency is not None:
        default = _DEFAULT if entry.default_urgency else ""
        details.append(Detail("alert", f"{_urgency(entry.urgency)}: {', '.join(entry.alerts)}{default}"))
    if entry.sites:
        details.append(Detail("likely", _sites(entry.sites)))
    details += [Detail("note", f"{remark.text} ({remark.rule})") for remark in entry.remarks]
    return Entry(str(entry.since) if entry.since else "no day", visible(entry.what), tuple(details))


def _sites(sites: Iterable[LikelySite]) -> str:
    return " or ".join(site.value for site in sites)


def _urgency(urgency: Urgency) -> str:
    return _plain(urgency.value)


def _plain(word: str) -> str:
    return word.replace("_", " ")
