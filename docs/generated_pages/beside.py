"""The pages of what stands beside the options: staging, explanations, figures, words of a search."""

from __future__ import annotations

from collections.abc import Iterator

from generated_pages.pages import Page, said
from generated_pages.rules import Parts, page_of
from generated_pages.words import condition, named, period
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.schema import (
    Category,
    Edition,
    Explanation,
    PopulationRecord,
    SearchWords,
    StagingRemark,
)


def beside_pages(base: KnowledgeBase) -> Iterator[Page]:
    """The pages of the files that a release may lack; without the file there is no page."""
    content = base.content
    staging = content.staging
    if staging is not None:
        records = [part for edition in staging.editions for part in (edition, *edition.categories)]
        about = f"M categories and stage groups; no option depends on them. {said(staging.assumed)}"
        yield page_of(base, "staging", "Staging", about, [*records, *staging.remarks], _staging)
    if content.explanations:
        about = "What the parts of an answer mean, in words for each audience."
        yield page_of(base, "explanations", "Explanations", about, content.explanations, _explanation)
    if content.prognosis is not None:
        about = f"Shown only where they are asked for. {said(content.prognosis.warning)}"
        yield page_of(base, "prognosis", "Figures of populations", about, content.populations, _figures)
    if content.trial_search is not None:
        about = said(content.trial_search.says)
        yield page_of(
            base, "trial_search", "Words of a search for trials", about, content.search_words, _search
        )


def _staging(each: Edition | Category | StagingRemark, base: KnowledgeBase) -> Parts:
    match each:
        case Edition():
            yield "Edition", str(each.edition)
            for one in each.in_force:
                yield "In force", f"{period(one)} ({named(one.by, base)})"
        case Category():
            yield each.category.value, f"stage {each.stage.value}. {said(each.says)}"
            yield "When", condition(each.when)
        case StagingRemark():
            yield {"settle": "To settle"}.get(each.kind.value, "Remark"), said(each.says)
            yield "When", condition(each.when)


def _explanation(each: Explanation, _base: KnowledgeBase) -> Parts:
    yield "About", said(each.about)
    for audience, words in each.says.items():
        yield f"To a {audience.value}", said(words)


def _figures(each: PopulationRecord, base: KnowledgeBase) -> Parts:
    """The numbers stand with their source and nowhere else; here it is said which of them are meant."""
    yield "Population", said(each.population)
    yield "Years", said(each.years)
    yield "Says", said(each.says)
    yield "When", condition(each.when)
    yield "Figures", f"{'; '.join(map(said, each.groups))} ({named(each.by[:1], base)})"
    yield "In force", period(each)


def _search(each: SearchWords, _base: KnowledgeBase) -> Parts:
    yield "Disease", said(each.condition or "")
    yield "Term", said(each.term or "")
    yield "When", condition(each.when)
