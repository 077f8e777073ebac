"""How the strategies draw a profile: a quiet start, a few fields that say something else, an open item.

A table starts from the quiet panel or from nothing, and only the fields that are drawn to be changed are
drawn at all. So a failing example shrinks to the quiet panel and to what the failure needs, most profiles
stay in scope, and drawing is fast; nothing is drawn and thrown away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from hypothesis import strategies as st

from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.knowledge.facts import GENES, variants
from lungmets.profile import PatientProfile
from lungmets.testing.builders import completed, lacking, refuse_strangers
from lungmets.testing.completing import QUIET, Question
from lungmets.testing.fields import NO_ANSWER, of_fields
from lungmets.vocabulary import BrainLesions, Histology, Jurisdiction, Panel, ResultStatus

_SIDES = ("contraindications", "contraindications_excluded")

Asking: TypeAlias = tuple[date | None, Jurisdiction | str, Panel | str, KnowledgeBase | None]
"""The words of a question, which are only looked at when something is drawn."""

_NOT_COUNTED = (BrainLesions.NOT_IMAGED, BrainLesions.PRESENT_COUNT_UNKNOWN)


def check(fields: Mapping[str, Any]) -> None:
    """Tells a wrong name, or a value that no profile takes, where it is written and not when it is drawn."""
    fixed = {name: value for name, value in fields.items() if not isinstance(value, st.SearchStrategy)}
    PatientProfile(**{**dict.fromkeys(fields), **fixed})


_once = lru_cache(maxsize=32)
"""For strategies that take longer to make than to draw from."""


@st.composite
def written(draw: st.DrawFn, base: KnowledgeBase | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A table for a profile: the quiet panel of the release, or nothing, with a few fields changed."""
    base = base or shipped()
    return draw(_changed(base, draw(_starts(base)), fields))


@_once
def _starts(base: KnowledgeBase) -> st.SearchStrategy[dict[str, Any]]:
    question = Question.of(None, next(iter(base.content.release.begins)), Panel.CORE, base)
    return st.sampled_from([_quiet(question), {}])


def _quiet(question: Question) -> dict[str, Any]:
    """The quiet panel of a question, as a table."""
    return {item: QUIET[item] for item in question.asked(PatientProfile(histology=QUIET["histology"]))}


@st.composite
def _changed(
    draw: st.DrawFn, base: KnowledgeBase, start: Mapping[str, Any], fields: Mapping[str, Any]
) -> dict[str, Any]:
    """A table in which some fields say something else, and the given fields what is given for them."""
    stated = {**start, **dict(draw(_changes(base, frozenset(fields))))}
    for name, value in fields.items():
        stated[name] = draw(value) if isinstance(value, st.SearchStrategy) else value
    return _parted(stated, fields)


@_once
def _changes(base: KnowledgeBase, given: frozenset[str]) -> st.SearchStrategy[list[tuple[str, Any]]]:
    """Fields with their values, but for the given ones.

    A change is one thing: its field and its value are drawn together, so that shrinking takes out both.
    """
    free = [st.tuples(st.just(name), value) for name, value in of_fields(base).items() if name not in given]
    return st.lists(st.one_of(free))


def _parted(stated: dict[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """No contraindication is both present and excluded; what is given stays."""
    one, other = _SIDES if _SIDES[0] in fields else _SIDES[::-1]
    if other not in fields and stated.get(one) and stated.get(other):
        kept = getattr(profile_of({one: stated[one]}), one) or ()
        stated[other] = [word for word in stated[other] if word not in kept]
    return stated


@st.composite
def complete(draw: st.DrawFn, question: Asking, fields: Mapping[str, Any]) -> PatientProfile:
    """A profile that is complete for a question; what its fields leave open is answered quietly."""
    asked = Question.of(*question)
    stated = draw(_changed(asked.view.base, _quiet(asked), fields))
    return completed(asked, profile_of(stated), fields, ())


@st.composite
def incomplete(
    draw: st.DrawFn, question: Asking, missing: tuple[str, ...], fields: Mapping[str, Any]
) -> PatientProfile:
    """A profile that lacks some items, and no other."""
    asked = Question.of(*question)
    if missing and "histology" not in fields and (asking := _histologies(asked, missing)):
        fields = {**fields, "histology": st.sampled_from(asking)}
    whole = draw(complete(question, fields))
    if missing:
        refuse_strangers(asked, whole, missing)
    free = [item for item in asked.asked(whole) if item not in fields]
    items = missing or tuple(draw(st.lists(st.sampled_from(free), min_size=1, unique=True)))
    how = {item: draw(st.sampled_from(_ways(asked, item))) for item in items}
    # What would contradict the rest of the profile is left out instead.
    calm = {item: way if asked.allows(whole, item, way) else None for item, way in how.items()}
    return lacking(asked, whole, calm)


def _histologies(question: Question, items: tuple[str, ...]) -> list[Histology]:
    """Those of which all the items are asked: small-cell disease has no molecular panel."""
    return [
        histology
        for histology in Histology
        if set(items) <= {*question.asked(PatientProfile(histology=histology))}
    ]


def _ways(question: Question, item: str) -> list[Any]:
    """How an item can be open."""
    if item in GENES:
        return [None, *NO_ANSWER, {"status": "positive"}, *_no_answers(question, item)]
    if item == "pd_l1_tps":
        return [None, *NO_ANSWER]
    return [None, *_NOT_COUNTED] if item == "brain_lesions" else [None]


def _no_answers(question: Question, gene: str) -> list[dict[str, Any]]:
    """Results that the knowledge does not take for an answer: a negative from plasma, say."""
    found = [rule for item, rules in question.view.no_answers if item == gene for rule in rules]
    classes = list(variants(gene)[:1])
    return [
        {
            "status": rule.status,
            "variants": classes if rule.status == ResultStatus.POSITIVE else [],
            "specimen": rule.specimen,
            "assay": rule.assay,
        }
        for rule in found
    ]


def profile_of(written: Mapping[str, Any]) -> PatientProfile:
    """The profile of a table."""
    return PatientProfile(**written)


def days_of(question: Question) -> st.SearchStrategy[date]:
    """The days that the knowledge covers; those on which an answer may change, and their eves, first."""
    release = question.view.base.content.release
    first, last = release.begins[question.view.place], release.as_of
    eves = {change - timedelta(days=1) for change in question.view.base.days_of_change}
    found = sorted(day for day in eves.union(question.view.base.days_of_change) if first <= day <= last)
    return st.just(last) | st.sampled_from(found[::-1]) | st.dates(first, last)
