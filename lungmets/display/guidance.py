"""Work-up, questions, explanations and figures of populations as outlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lungmets.assessment import Alert, Evidence
from lungmets.display.bibliography import Sources
from lungmets.display.entries import Detail, Entry, Section
from lungmets.display.local import LocalParts
from lungmets.display.outline import bibliography
from lungmets.display.urgent import urgent_section
from lungmets.populations import Prognosis
from lungmets.told import Told
from lungmets.working_up import Workup


def of_workup(found: Workup) -> list[Section]:
    """The steps, what each is for, and the address of the search for trials."""
    sources = Sources(LocalParts(found.knowledge))
    steps = [
        Entry(
            step.kind.value,
            step.text + sources.cite(step.citations, step.rule),
            (
                Detail("why", step.why),
                *([Detail("answers", ", ".join(step.answers))] if step.answers else []),
            ),
        )
        for step in found.steps
    ]
    title = f"Work-up as of {found.as_of} ({found.jurisdiction.value}, {found.panel.value} panel)"
    main = [Section(title, tuple(steps), "main"), *searches(found.trial_search, found.trial_search_says)]
    return _page(found.alerts, main, sources, found.notice)


def of_told(told: Told) -> list[Section]:
    """Remarks for an audience. What each is about stands before it where its record says so."""
    sources = Sources(LocalParts(told.knowledge))
    entries = tuple(
        Entry(_lead(remark.id), remark.text + sources.cite(remark.citations, remark.rule)) for remark in told
    )
    title = f"{told.title} (for a {told.audience.value})"
    return _page(told.alerts, [Section(title, entries, "main")], sources, told.notice)


def of_prognosis(found: Prognosis) -> list[Section]:
    """Figures of populations below their warning."""
    sources = Sources(LocalParts(None))
    entries = tuple(
        Entry(
            each.population,
            f"({each.years}). {each.text}{sources.cite(each.citations)}",
            tuple(Detail("figure", said) for said in map(_figure, each.evidence)),
        )
        for each in found.figures
    )
    main = [
        Section("Read this first", (Entry("", found.warning),), "urgent"),
        Section(f"Figures of populations, as of {found.as_of}", entries, "main"),
    ]
    return _page(found.alerts, main, sources, found.notice)


def searches(address: str, says: str = "") -> Iterator[Section]:
    """The address of the search for trials, by itself so that it can be copied."""
    if address:
        yield Section("Trials", (Entry("", says or "A search for trials that recruit:", code=address),))


def _page(alerts: Iterable[Alert], main: Iterable[Section], sources: Sources, notice: str) -> list[Section]:
    found = [
        urgent_section(alerts, sources),
        *main,
        bibliography(sources),
        Section("Notice", (Entry("", notice),), "aside"),
    ]
    return [section for section in found if section.entries]


def _lead(name: str) -> str:
    about = name.removeprefix("explain.")
    return about.replace("-", " ") if about != name else ""


def _figure(item: Evidence) -> str:
    """A figure of a population: the number, what it counts, and in whom."""
    unit = {"percent": "%", "months": " months"}.get(item.measure or "", "")
    value = f"{item.value:g}{unit}" if item.value is not None else ""
    if item.measure == "hazard_ratio":
        value = f"hazard ratio {value}"
    if item.low is not None and item.high is not None:
        value += f" ({item.level or 95:g}% CI {item.low:g} to {item.high:g})"
    what = item.note or ("median survival" if item.endpoint == "os" else item.endpoint)
    return f"{value}: {what}, in {item.population}"
