"""What an answer says: of one option, and beside all of them."""

from __future__ import annotations

from collections.abc import Iterator

from lungmets.assessment import (
    Alert,
    Citation,
    Conflict,
    DocumentedOptions,
    Missing,
    Option,
    Prerequisite,
    Refusal,
    Remark,
    TimelineEntry,
)
from lungmets.knowledge.base import KnowledgeBase


def said_of(option: Option, key: str, base: KnowledgeBase) -> list[str]:
    """The citations, rows (``because``), notes, cautions or prerequisites of an option, each once."""
    if key == "because":
        return [held.row for held in option.because]
    if key == "prerequisites":
        # A prerequisite says what is asked, once, whichever rules ask it: so it is found by its words.
        said = {task.text for task in option.prerequisites}
        return list(dict.fromkeys(rule for rule, text in asking(base) if text in said))
    return list(dict.fromkeys(one.id for one in getattr(option, key)))


def asking(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The rules that may make a prerequisite, each with what it would say."""
    for guardrail in base.content.guardrails:
        yield guardrail.id, guardrail.asks
    for caution in base.content.cautions:
        if caution.kind == "prerequisite":
            yield caution.id, caution.says
        if caution.asks:
            yield caution.id, caution.asks


def options_of(answer: Refusal | DocumentedOptions) -> tuple[Option, ...]:
    """Every option of an answer, wherever it stands."""
    if isinstance(answer, Refusal):
        return ()
    return (*answer.options, *answer.withheld, *answer.superseded, *answer.unresolved)


def told(answer: Refusal | DocumentedOptions) -> list[str]:
    """The ids of what is told anywhere beside the options, but for what rows say themselves."""
    found = [remark.id for remark in (*answer.next_steps, *answer.questions)]
    if isinstance(answer, DocumentedOptions):
        found += [timeline.id for timeline in answer.timelines]
    for option in options_of(answer):
        found += [remark.id for remark in (*option.notes, *option.cautions)]
    return list(dict.fromkeys(found))


def citations_beside(answer: Refusal | DocumentedOptions) -> Iterator[tuple[Citation, ...]]:
    """The citations of everything that is said beside the options."""
    said: list[Alert | Remark | Missing | Conflict | Prerequisite | TimelineEntry] = []
    said += [*answer.alerts, *answer.assumptions, *answer.next_steps, *answer.questions]
    if isinstance(answer, Refusal):
        said += [*answer.explanation, *answer.missing, *answer.certain]
    else:
        said += answer.conflicts
        said += [entry for timeline in answer.timelines for entry in timeline.entries]
        for option in options_of(answer):
            said += [*option.notes, *option.cautions, *option.prerequisites, *option.reason]
    said += [*answer.staging.to_settle, *answer.staging.remarks]
    for one in said:
        yield one.citations
    yield answer.staging.citations
