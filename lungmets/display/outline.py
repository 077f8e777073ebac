"""An answer as an outline: headings, entries, details. Text and Markdown are drawn from it.

Sources are numbered in the order in which they are first cited. Free text is cleaned here, once, so
that no renderer shows a control character that came from outside.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from lungmets.assessment import (
    Conflict,
    DocumentedOptions,
    Missing,
    Option,
    Prerequisite,
    Refusal,
    Remark,
    TimelineEntry,
)
from lungmets.display.bibliography import Sources
from lungmets.display.entries import Detail, Entry, Section
from lungmets.display.figures import figure, leading
from lungmets.display.local import LocalParts
from lungmets.display.staging import stage_section
from lungmets.display.urgent import log_section, urgent_section
from lungmets.errors import visible
from lungmets.vocabulary import Domain, Standing

_Sentence = tuple[str, str]
"""A record and what it says."""

_DOMAINS = {
    Domain.SYSTEMIC: "Systemic treatment",
    Domain.BRAIN: "Brain",
    Domain.BONE: "Bone",
    Domain.OTHER_SITE: "Other sites",
    Domain.SUPPORTIVE: "Supportive care",
}


def outline(answer: Refusal | DocumentedOptions, today: date | None = None) -> list[Section]:
    """The sections of an answer, the most urgent first.

    ``today`` lets a display add how old the knowledge is; the answer itself reads no clock.
    """
    sources = Sources(LocalParts(answer.knowledge))
    found = [_heading(answer, today, sources.local), *_urgent(answer, sources)]
    if isinstance(answer, Refusal):
        found += _refusal(answer, sources)
    else:
        found += _documented(answer, sources)
    found += [
        _remarks("Assumed", answer.assumptions, sources),
        stage_section(answer.staging, sources),
        _remarks("Next steps", answer.next_steps, sources),
        _remarks("Questions to ask", answer.questions, sources),
        _trials(answer.trial_search),
        bibliography(sources),
        Section("Notice", (Entry("", answer.notice),), "aside"),
    ]
    return [section for section in found if section.entries]


def _heading(answer: Refusal | DocumentedOptions, today: date | None, local: LocalParts) -> Section:
    asked = f"as of {answer.as_of} · {answer.jurisdiction.value} · {answer.panel.value} panel"
    stamp = f"knowledge {answer.knowledge.version} ({answer.knowledge.digest[:12]})"
    if answer.knowledge.overdue:
        stamp += f", {answer.knowledge.overdue} rows past their review"
    entries = [Entry("", f"{asked} · {stamp}")]
    entries += [Entry("Local knowledge", said) for said in local.stamps()]
    if isinstance(answer, DocumentedOptions):
        entries.append(Entry("", _counted(answer)))
    if today is not None and today > answer.as_of:
        entries.append(Entry("", f"Today is {today}; what came after {answer.as_of} is not in this answer."))
    if answer.not_considered:
        entries.append(
            Entry(
                "Not considered",
                f"{', '.join(answer.not_considered)} (never asked, never negative)",
            )
        )
    if isinstance(answer, DocumentedOptions):
        return Section("Documented first-line options", tuple(entries), "main")
    return Section(f"Nothing is listed: {answer.reason.value.replace('_', ' ')}", tuple(entries), "main")


def _counted(answer: DocumentedOptions) -> str:
    lists = {
        "documented": answer.options,
        "unresolved": answer.unresolved,
        "withheld": answer.withheld,
        "superseded": answer.superseded,
    }
    return (
        ", ".join(f"{len(options)} {name}" for name, options in lists.items()) + " (order is not preference)"
    )


def _urgent(answer: Refusal | DocumentedOptions, sources: Sources) -> list[Section]:
    return [urgent_section(answer.alerts, sources), log_section(answer.symptom_log)]


def _refusal(answer: Refusal, sources: Sources) -> list[Section]:
    return [
        _remarks("Why", answer.explanation, sources),
        Section("Missing", tuple(_missing(item, sources) for item in answer.missing), "main"),
        _remarks("Certain already", answer.certain, sources),
    ]


def _missing(item: Missing, sources: Sources) -> Entry:
    effect = {"replaces": "could replace what is listed", "adds": "could add to the list",
              "nothing": "would change nothing on the list"}[item.effect]  # fmt: skip
    details = [Detail("test", item.test + sources.cite(item.citations)), Detail("effect", effect)]
    if item.decides:
        details.append(Detail("decides", ", ".join(name.split(".", 1)[1] for name in item.decides)))
    marks = ["decisive" if item.decisive else "not decisive", sources.local.mark(f"panel:{item.item}")]
    return Entry(item.item, item.why, tuple(details), ", ".join(filter(None, marks)))


def _documented(answer: DocumentedOptions, sources: Sources) -> list[Section]:
    cautions = _shared(answer, lambda option: option.cautions)
    notes = _shared(answer, lambda option: option.notes)
    shared = cautions.keys() | notes.keys()
    found = [Section("Conflicts", tuple(_conflict(item, sources) for item in answer.conflicts), "urgent")]
    for domain, title in _DOMAINS.items():
        mine = [option for option in answer.options if option.domain is domain]
        found.append(Section(title, tuple(_option(option, sources, shared) for option in mine), "main"))
    found += [Section(item.title, tuple(_since(entry, sources) for entry in item.entries))
              for item in answer.timelines]  # fmt: skip
    found += [_said_once("Cautions", cautions, sources), _prerequisites(answer, sources)]
    found.append(_said_once("Notes", notes, sources))
    for title, group in (
        ("Unresolved", answer.unresolved),
        ("Withheld", answer.withheld),
        ("Superseded", answer.superseded),
    ):
        removed = tuple(_removed(option, _notes_of_its_own(option, answer), sources) for option in group)
        found.append(Section(title, removed, "aside"))
    return found


def _option(option: Option, sources: Sources, shared: set[_Sentence]) -> Entry:
    details = [Detail("because", "; ".join(dict.fromkeys(v for b in option.because for v in b.values)))]
    if option.approvals:
        said = [
            " ".join(
                [a.agency.upper(), a.approved or "day not seen"]
                + ([f"({a.approval.value})"] if a.approval else [])
            )
            + sources.local.behind(a.source)
            for a in option.approvals
        ]
        details.append(Detail("approved", ", ".join(said)))
    for item in leading(option.evidence):
        cited = [citation for citation in option.citations if citation.id == item.source]
        details.append(Detail("evidence", figure(item) + sources.cite(cited)))
    details += [_note(remark, option, sources) for remark in option.notes if _sentence(remark) not in shared]
    details += [
        Detail("caution", remark.text + sources.cite(remark.citations, remark.rule))
        for remark in option.cautions
        if _sentence(remark) not in shared
    ]
    details.append(Detail("sources", sources.cite(option.citations).strip()))
    details += [Detail("doubt", said) for said in sources.doubts(option.citations)]
    marks = [option.basis.value]
    if option.standing is Standing.PREFERRED:
        marks.append("preferred by a cited guideline")
    if option.off_label:
        marks.append("off label")
    if option.review_due:
        marks.append("review overdue")
    marks += filter(None, [sources.local.of_option(option)])
    return Entry(option.name, "", tuple(details), ", ".join(marks))


def _note(remark: Remark, option: Option, sources: Sources) -> Detail:
    """A note of a row rests on the sources of its option, which stand below it; any other is cited."""
    stand_below = set(remark.citations) <= set(option.citations)
    own = f" ({remark.rule})" if remark.rule else ""
    return Detail("note", remark.text + (own if stand_below else sources.cite(remark.citations, remark.rule)))


def _shared(
    answer: DocumentedOptions, said: Callable[[Option], tuple[Remark, ...]]
) -> dict[_Sentence, tuple[Remark, list[str]]]:
    """Remarks that stand on several options: they are said once.

    A row can say several sentences, one for each entry that holds: each of them is one remark.
    """
    found: dict[_Sentence, tuple[Remark, list[str]]] = {}
    for option in answer.options:
        for remark in said(option):
            found.setdefault(_sentence(remark), (remark, []))[1].append(option.name)
    return {name: entry for name, entry in found.items() if len(entry[1]) > 1}


def _sentence(remark: Remark) -> _Sentence:
    return remark.id, remark.text


def _said_once(title: str, shared: dict[_Sentence, tuple[Remark, list[str]]], sources: Sources) -> Section:
    entries = tuple(
        Entry(
            "",
            remark.text + sources.cite(remark.citations, remark.rule),
            (Detail("for", "; ".join(names)),),
        )
        for remark, names in shared.values()
    )
    return Section(title, entries, "main" if title == "Cautions" else "plain")


def _prerequisites(answer: DocumentedOptions, sources: Sources) -> Section:
    """What has to be settled first, each once, with its sources and the options that it concerns."""
    concerned: dict[tuple[str, bool], list[tuple[Prerequisite, str]]] = {}
    for option in answer.options:
        for item in option.prerequisites:
            local = (item.rule or "").startswith("local: ")
            concerned.setdefault((item.text, local), []).append((item, option.name))
    entries = []
    for (text, local), asked in concerned.items():
        # Of one option other rules may ask for the same than of another, and have other sources.
        citations = tuple(dict.fromkeys(one for item, _ in asked for one in item.citations))
        rule = asked[0][0].rule if local or not citations else None
        whom = "; ".join(dict.fromkeys(name for _, name in asked))
        entries.append(Entry("", text + sources.cite(citations, rule), (Detail("for", whom),)))
    return Section("To settle first", tuple(entries), "plain")


def _notes_of_its_own(option: Option, answer: DocumentedOptions) -> list[Remark]:
    """What is said beside this option and no other; what the reason says already is not said again.

    The rows of an option that a guardrail took off are silent; a later line is itself the reason, and what
    else it says of this place belongs to it.
    """
    others = (answer.options, answer.withheld, answer.superseded, answer.unresolved)
    said = [_sentence(remark) for group in others for other in group for remark in other.notes]
    reasons = {_sentence(remark) for remark in option.reason}
    silent = {held.row for held in option.because} - {remark.id for remark in option.reason}
    return [
        remark
        for remark in option.notes
        if remark.id not in silent and _sentence(remark) not in reasons and said.count(_sentence(remark)) == 1
    ]


def _removed(option: Option, notes: list[Remark], sources: Sources) -> Entry:
    reasons = [remark.text + sources.cite(remark.citations, remark.rule) for remark in option.reason]
    details = [_note(remark, option, sources) for remark in notes]
    details += [Detail("caution", remark.text) for remark in option.cautions if not option.reason]
    details += [Detail("doubt", said) for said in sources.doubts(option.citations)]
    return Entry(
        option.name,
        " ".join(reasons),
        tuple(details),
        option.domain.value if option.domain is not Domain.SYSTEMIC else "",
    )


def _conflict(item: Conflict, sources: Sources) -> Entry:
    details = [Detail("ask", question) for question in item.questions]
    return Entry("", item.text + sources.cite(item.citations, item.rule), tuple(details))


def _since(entry: TimelineEntry, sources: Sources) -> Entry:
    return Entry(entry.since, entry.text + sources.cite(entry.citations))


def _remarks(title: str, remarks: tuple[Remark, ...], sources: Sources) -> Section:
    entries = tuple(
        Entry("", visible(item.text) + sources.cite(item.citations, item.rule)) for item in remarks
    )
    return Section(title, entries)


def _trials(address: str) -> Section:
    return Section("Search for trials (not opened)", (Entry("", "", code=address),) if address else ())


def bibliography(sources: Sources) -> Section:
    """The sources, in the order in which they were cited."""
    entries = [Entry(lead, text, short=short) for lead, text, short in sources.listed()]
    return Section("Sources", tuple(entries), "aside")
