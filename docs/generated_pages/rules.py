"""One page for each file of rules and remarks: the panel, guardrails, cautions, notes, alerts and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeAlias

from generated_pages.pages import Page, labelled, page, record, said
from generated_pages.words import claims, condition, named, options, period, sources
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.content import record_id
from lungmets.knowledge.schema import (
    Advice,
    AlertRecord,
    Caution,
    ConflictRecord,
    Edition,
    FractureBand,
    FractureLimit,
    FractureTable,
    Guardrail,
    Note,
    PanelItem,
    Question,
    ScopeRule,
    Step,
    Supersession,
    TimelineRecord,
)

Parts: TypeAlias = Iterable[tuple[str, str]]


def rule_pages(base: KnowledgeBase) -> Iterator[Page]:
    """The pages of ``panel.yaml``, ``guardrails.yaml`` and the other files of records with a condition."""
    content = base.content
    drawn = partial(page_of, base)
    yield drawn("panel", "The panel", "What must be known before anything is documented.",
                content.panel.items, _item)  # fmt: skip
    yield drawn(
        "guardrails", "Guardrails", "What is withheld from whom, and why.", content.guardrails, _guardrail
    )
    yield drawn("cautions", "Cautions and prerequisites", "What is remarked on options, or settled first.",
                content.cautions, _caution)  # fmt: skip
    yield drawn("notes", "Notes", "What dated sources say beside options, without changing the list.",
                content.notes, _note)  # fmt: skip
    yield drawn("supersessions", "Supersessions", "Which options replaced which, as a guideline states it.",
                content.supersessions, _supersession)  # fmt: skip
    yield drawn("conflicts", "Conflicts", "Findings or sources that point to different options at once.",
                content.conflicts, _conflict)  # fmt: skip
    yield drawn("alerts", "Alerts", "Urgent findings; they travel with every answer.",
                content.alerts.alerts, _alert)  # fmt: skip
    yield drawn("scope", "Scope", "What takes a question out of scope, or makes a profile contradict itself.",
                content.scope, _scope)  # fmt: skip
    yield drawn("workup", "Next steps", "What an answer names as a next step.", content.workup, _advice)
    yield drawn(
        "questions", "Questions", "What an answer names as a question to ask.", content.questions, _advice
    )
    yield drawn("timelines", "Timelines", "Who said what on one question, since when. They decide nothing.",
                content.timelines, _timeline)  # fmt: skip
    scores = (content.fracture_risk,) if content.fracture_risk is not None else ()
    yield drawn("fracture_risk", "Fracture risk", "The points and the bands of one score.", scores, _score)


def page_of(
    base: KnowledgeBase,
    name: str,
    title: str,
    about: str,
    records: Iterable[Any],
    parts: Callable[[Any, KnowledgeBase], Parts],
) -> Page:
    """The page of one file: its records in their order, each with what is particular to its kind."""
    blocks = [block for each in records for block in _blocks(each, parts(each, base), base)]
    about = f"`knowledge/{name}.yaml`. {about}"
    return page("rules", name.replace("_", "-"), title, [about, *blocks])


def _blocks(each: Any, parts: Parts, base: KnowledgeBase) -> Iterator[str]:
    """A record: its heading, what is particular to its kind, and what all records have."""
    name = record_id(each) if isinstance(each, PanelItem) else each.id
    yield record(name)
    yield labelled(parts)
    yield sources(_every_source(each), base)
    # A category of staging is reviewed with its edition.
    yield labelled([("Carries", claims(name, base)), ("Review by", str(getattr(each, "review_by", "")))])


def _every_source(each: Any) -> Iterator[str]:
    """What a record rests on; an item of the panel also cites beside each of its parts."""
    if isinstance(each, TimelineRecord):
        yield from dict.fromkeys(name for entry in each.entries for name in entry.by)
        return
    if isinstance(each, Edition):
        yield from dict.fromkeys(name for one in each.in_force for name in one.by)
        return
    yield from getattr(each, "by", ())  # the words of a search rest on nothing
    if isinstance(each, FractureTable):
        parts: tuple[FractureBand | FractureLimit, ...] = (*each.bands, *each.limits)
        yield from dict.fromkeys(name for part in parts for name in part.by if name not in each.by)
    if isinstance(each, PanelItem):
        yield from (name for one in each.asked for name in one.by)
        yield from (name for rule in each.no_answer for name in rule.by)


def _item(each: PanelItem, base: KnowledgeBase) -> Parts:
    yield "Why", said(each.why)
    yield "Asked", "; ".join(f"{period(one)} ({named(one.by, base)})" for one in each.asked)
    yield "Of", condition(each.when)
    yield "Panels", ", ".join(panel.value for panel in each.panels)
    yield "Test", said(each.test)
    for rule in each.no_answer:
        of = " ".join(filter(None, (rule.status, rule.specimen, rule.assay)))
        yield "Not an answer", f"{said(of)}: {said(rule.why)} {named(rule.by, base)}".rstrip()


def _guardrail(each: Guardrail, base: KnowledgeBase) -> Parts:
    yield "Withholds", options(each.withholds, base)
    yield "When", condition(each.when)
    yield "Unless", condition(each.unless) if each.unless is not None else ""
    beside = each.while_documented
    yield "While there is", options(beside, base) if beside is not None else ""
    yield "Because", said(each.reason)


def _caution(each: Caution, base: KnowledgeBase) -> Parts:
    yield each.kind.capitalize(), said(each.says)
    yield "When", condition(each.when)
    yield "On", options(each.on, base)
    yield "Asks", said(each.asks or "")


def _note(each: Note, base: KnowledgeBase) -> Parts:
    yield "Says", said(each.says)
    yield "When", condition(each.when)
    yield "On", options(each.on, base)
    yield "In force", period(each)


def _supersession(each: Supersession, base: KnowledgeBase) -> Parts:
    yield "Puts first", options(each.with_, base)
    yield "In the place of", options(each.replaces, base)
    yield "When", condition(each.when)
    yield "In force", period(each)
    yield "Because", said(each.reason)


def _conflict(each: ConflictRecord, base: KnowledgeBase) -> Parts:
    yield "Says", said(each.text)
    two = " and ".join(condition({"is": name}) for name in each.two_of)
    yield "When", f"two of {two}" if two else condition(each.when)
    yield "About", options(each.options, base)
    yield "In force", period(each.period) if each.period is not None else "always"
    yield "Ask", " ".join(map(said, each.questions))


def _timeline(each: TimelineRecord, base: KnowledgeBase) -> Parts:
    yield "Question", said(each.title)
    yield "When", condition(each.when)
    for entry in each.entries:
        yield str(entry.begins), f"{said(entry.says)} {named(entry.by, base)}"


def _score(each: FractureTable, base: KnowledgeBase) -> Parts:
    yield "Name", said(each.name)
    for feature, points in each.points.items():
        yield feature.capitalize(), "; ".join(f"{said(word)} {number}" for word, number in points.items())
    for band in each.bands:
        yield f"{band.least} to {band.most}", f"{said(band.says)} {said(band.risk)} {named(band.by, base)}"
    yield "Not for", said(each.not_for)
    for limit in each.limits:
        yield "Limit", f"{said(limit.says)} {named(limit.by, base)}".rstrip()


def _alert(each: AlertRecord, _base: KnowledgeBase) -> Parts:
    default = " (how urgent: project default)" if each.default_urgency else ""
    yield each.urgency.value.replace("_", " ").capitalize(), f"{said(each.finding)}{default}"
    yield "Action", said(each.action)
    yield "When", condition(each.when)
    yield "Likely site", ", ".join(said(site.value) for site in each.sites)


def _scope(each: ScopeRule, _base: KnowledgeBase) -> Parts:
    yield each.reason.value.replace("_", " ").capitalize(), said(each.says)
    yield "When", condition(each.when)
    yield "Before", str(each.before or "")
    yield "Assumed where it is not stated", said(each.assumed or "")
    yield "Ask", " ".join(map(said, each.questions))


def _advice(each: Advice, _base: KnowledgeBase) -> Parts:
    yield "Says", said(each.says)
    yield "When", condition(each.when)
    yield "With", {"every": "every answer"}.get(each.on, f"{each.on} answers")
    yield "While one has no answer", ", ".join(map(said, each.lacks))
    if isinstance(each, Step) and each.why is not None:
        yield "Why", said(each.why)
    if isinstance(each, Question):
        yield from ((f"To a {audience.value}", said(words)) for audience, words in each.words.items())
    yield "In force", period(each.period) if each.period is not None else "always"
