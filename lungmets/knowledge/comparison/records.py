"""The records of two releases, beside each other: added, retired, or changed field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.comparison.aspects import aspect_of
from lungmets.knowledge.comparison.doubts import doubts
from lungmets.knowledge.comparison.meaning import Meaning, meaning
from lungmets.knowledge.comparison.models import (
    Aspect,
    ChangeKind,
    FieldChange,
    RecordChange,
    RecordKind,
    ReuseWarning,
)
from lungmets.knowledge.content import Content, staging_records
from lungmets.knowledge.schema import Record

Plain: TypeAlias = dict[str, Any]
Records: TypeAlias = dict[tuple[RecordKind, str], Plain]

_CONDITIONS = ("when", "unless")
_SAME_WORDS = "the words are the same; a named condition or a group that they use changed"
_SAME_MEANING = "written differently, with the same meaning"


def record_changes(old: KnowledgeBase, new: KnowledgeBase) -> tuple[RecordChange, ...]:
    """Every record that is not the same in both releases, by kind and id."""
    before, after = records_of(old.content), records_of(new.content)
    found = []
    for kind, name in sorted({*before, *after}, key=lambda key: (_KINDS.index(key[0]), key[1])):
        one, other = before.get((kind, name)), after.get((kind, name))
        if one is None or other is None:
            change = ChangeKind.ADDED if one is None else ChangeKind.RETIRED
            unseen = doubts(kind, name, other or one or {}, old if other is None else new)
            found.append(RecordChange(kind=kind, id=name, change=change, unverified=unseen))
            continue
        fields = tuple(_fields(kind, one, other, (old.content, new.content)))
        if fields:
            aspects = tuple(aspect for aspect in Aspect if any(each.aspect is aspect for each in fields))
            found.append(
                RecordChange(
                    kind=kind,
                    id=name,
                    change=ChangeKind.CHANGED,
                    aspects=aspects,
                    fields=fields,
                    unverified=doubts(kind, name, other, new),
                )
            )
    return tuple(found)


def may_change_answers(changes: Iterable[RecordChange]) -> bool:
    """Whether any change could decide something: not words, citations, review dates and advice."""
    return any(
        change.kind not in _TOLD_BESIDE
        and (change.change is not ChangeKind.CHANGED or not set(change.aspects) <= _DECIDE_NOTHING)
        for change in changes
    )


_DECIDE_NOTHING = {Aspect.WORDS, Aspect.CITATIONS, Aspect.REVIEW, Aspect.REWRITTEN}
_TOLD_BESIDE = {
    *(RecordKind.SENTENCE, RecordKind.SOURCE, RecordKind.NEXT_STEP, RecordKind.QUESTION),
    *(RecordKind.NOTE, RecordKind.ARTICLE, RecordKind.CLAIM),
    *(RecordKind.TIMELINE, RecordKind.FRACTURE_RISK),
    *(RecordKind.COURSE, RecordKind.STAGING),
    *(RecordKind.SEARCH_WORDS, RecordKind.EXPLANATION, RecordKind.POPULATION_FIGURES),
}
"""Kinds of records that an answer shows beside what it decides, or that it does not show."""


def reuse_warnings(old: KnowledgeBase, new: KnowledgeBase) -> tuple[ReuseWarning, ...]:
    """Ids that mean something else now. Only what the two releases themselves show can be told."""
    found: list[ReuseWarning] = []
    kinds = [_kinds_of(base.content) for base in (old, new)]
    for name in sorted(set(kinds[0]) & set(kinds[1])):
        one, other = kinds[0][name], kinds[1][name]
        if one is not other:
            text = (
                f"it was the id of a {one.value}, and is that of a {other.value}; an id is never used again"
            )
            found.append(ReuseWarning(id=name, text=text))
    before = {row.id: (table.domain, row) for table, row in old.content.rows()}
    for table, row in new.content.rows():
        if row.id not in before:
            continue
        domain, earlier = before[row.id]
        if (domain, earlier.option) != (table.domain, row.option):
            text = (
                f"it documented {domain.value}.{earlier.option}, and documents {table.domain.value}."
                f"{row.option}; a row's id is never used again: give the new row an id of its own"
            )
            found.append(ReuseWarning(id=row.id, text=text))
            continue
        day = old.content.release.as_of
        ended = all(entry.ends is not None and entry.ends.day <= day for entry in earlier.documented)
        runs = any(
            entry.ends is None or entry.ends.day > new.content.release.as_of for entry in row.documented
        )
        if ended and runs and _read(old.content, earlier.when) != _read(new.content, row.when):
            text = (
                "it had ended in the older release, and is documented again for others; a row's id is never "
                "used again: give the new row an id of its own"
            )
            found.append(ReuseWarning(id=row.id, text=text))
    return tuple(found)


# ---- the records of one release ------------------------------------------------------------------

_KINDS = list(RecordKind)


def records_of(content: Content) -> Records:
    """Every record of a release as plain data, by its kind and its name."""
    return {(kind, name): plain for kind, name, plain in _each(content)}


def _each(content: Content) -> Iterator[tuple[RecordKind, str, Plain]]:
    yield from _of_the_release(content)
    for source in content.all_sources().values():
        yield RecordKind.SOURCE, source.id, _plain(source)
    yield from _of_the_regimens(content)
    for fact, groups in content.conditions.groups.items():
        for name, words in groups.items():
            yield RecordKind.WORD_GROUP, f"{fact}.{name}", {"words": sorted(words)}
    for item in content.panel.items:
        yield RecordKind.PANEL_ITEM, item.item, _plain(item)
    for table, row in content.rows():
        yield RecordKind.ROW, row.id, {**_plain(row), "domain": table.domain.value}
    yield from _of_the_symptoms(content)
    for kind, records in (
        (RecordKind.NAMED_CONDITION, content.conditions.conditions),
        (RecordKind.GUARDRAIL, content.guardrails),
        (RecordKind.CAUTION, content.cautions),
        (RecordKind.NOTE, content.notes),
        (RecordKind.SUPERSESSION, content.supersessions),
        (RecordKind.CONFLICT, content.conflicts),
        (RecordKind.SCOPE_RULE, content.scope),
        (RecordKind.ALERT, content.alerts.alerts),
        (RecordKind.NEXT_STEP, content.workup),
        (RecordKind.QUESTION, content.questions),
        (RecordKind.TIMELINE, content.timelines),
        (RecordKind.SEARCH_WORDS, content.search_words),
        (RecordKind.EXPLANATION, content.explanations),
        (RecordKind.POPULATION_FIGURES, content.populations),
    ):
        for record in records:
            yield kind, record.id, _plain(record)
    if content.fracture_risk is not None:
        yield RecordKind.FRACTURE_RISK, content.fracture_risk.id, _plain(content.fracture_risk)
    yield from _of_the_staging(content)
    yield from _of_the_articles(content)


def _of_the_symptoms(content: Content) -> Iterator[tuple[RecordKind, str, Plain]]:
    """The words for symptoms and for how they go; the order of phrases says nothing."""
    for symptom in content.alerts.symptoms:
        yield RecordKind.SYMPTOM, symptom.id, {"phrases": sorted(symptom.phrases)}
    for course in content.alerts.courses:
        yield RecordKind.COURSE, course.id, {**_plain(course), "phrases": sorted(course.phrases)}


def _of_the_staging(content: Content) -> Iterator[tuple[RecordKind, str, Plain]]:
    """Each edition without its categories, each category and remark, and the sentences of the file."""
    if content.staging is None:
        return
    about = _plain(content.staging)
    for edition in about.pop("editions"):
        yield RecordKind.STAGING, edition["id"], {k: v for k, v in edition.items() if k != "categories"}
    del about["remarks"]
    for record in staging_records(content):
        yield RecordKind.STAGING, record.id, _plain(record)
    yield RecordKind.STAGING, "staging", about


def _of_the_articles(content: Content) -> Iterator[tuple[RecordKind, str, Plain]]:
    """Each article without its claims, and each claim; what they say changes no answer."""
    for name, article in content.claims.articles.items():
        about = _plain(article)
        del about["claims"]
        outside = [(entry.why.value, place) for entry in article.out_of_scope for place in entry.at]
        about["out_of_scope"] = {place: why for why, place in outside}
        yield RecordKind.ARTICLE, name, about
        for claim in article.claims:
            yield RecordKind.CLAIM, claim.id, _plain(claim)


def _of_the_release(content: Content) -> Iterator[tuple[RecordKind, str, Plain]]:
    release = content.release
    about = {
        "version": release.version,
        "as_of": release.as_of.isoformat(),
        "begins": {place.value: day.isoformat() for place, day in release.begins.items()},
        "calcium_correction": _plain(release.calcium_correction),
    }
    yield RecordKind.RELEASE, "release", about
    said = {"notice": release.notice, "safety_rule": release.safety_rule}
    said |= {"project_default": release.project_default, **release.sentences}
    if content.trial_search is not None:
        said["trial_search"] = content.trial_search.says
    if content.prognosis is not None:
        said["prognosis_warning"] = content.prognosis.warning
    said |= {f"panel.{name}": text for name, text in content.panel.reasons.items()}
    for name, text in said.items():
        yield RecordKind.SENTENCE, name, {"text": text}


def _of_the_regimens(content: Content) -> Iterator[tuple[RecordKind, str, Plain]]:
    for drug in content.regimens.drugs:
        yield RecordKind.DRUG, drug.name, {"classes": sorted(drug.classes)}
    for name in content.regimens.procedures:
        yield RecordKind.PROCEDURE, name, {}
    for regimen in content.regimens.regimens:
        yield RecordKind.REGIMEN, regimen.id, _plain(regimen)


def _plain(record: Record) -> Plain:
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)


NAMED_APART = {
    RecordKind.RELEASE,
    RecordKind.SENTENCE,
    RecordKind.DRUG,
    RecordKind.PROCEDURE,
    RecordKind.REGIMEN,
    RecordKind.WORD_GROUP,
    RecordKind.PANEL_ITEM,
    RecordKind.SYMPTOM,
    RecordKind.ARTICLE,
}
"""Kinds whose names are their own; the ids of all others are one name space."""


def _kinds_of(content: Content) -> dict[str, RecordKind]:
    return {name: kind for kind, name in records_of(content) if kind not in NAMED_APART}


def _read(content: Content, when: Plain) -> Meaning:
    return meaning(content.grammar().read(when))


# ---- one record ----------------------------------------------------------------------------------


def _fields(
    kind: RecordKind, old: Plain, new: Plain, contents: tuple[Content, Content]
) -> Iterator[FieldChange]:
    for name in dict.fromkeys([*old, *new]):
        one, other = old.get(name), new.get(name)
        if name in _CONDITIONS:
            yield from _condition(name, one, other, contents)
        elif one != other:
            yield from _differences(kind, name, one, other)


def _condition(
    name: str, old: Plain | None, new: Plain | None, contents: tuple[Content, Content]
) -> Iterator[FieldChange]:
    known = old is not None and new is not None
    same = known and _read(contents[0], old or {}) == _read(contents[1], new or {})
    written = old == new and list(old or ()) == list(new or ())
    if same and not written:
        yield FieldChange(field=name, aspect=Aspect.REWRITTEN, old=old, new=new, note=_SAME_MEANING)
    elif not same:
        note = _SAME_WORDS if old == new else ""
        yield FieldChange(field=name, aspect=Aspect.CONDITION, old=old, new=new, note=note)


def _differences(kind: RecordKind, path: str, old: Any, new: Any) -> Iterator[FieldChange]:
    """The smallest parts that differ: inside tables, and inside lists of tables entry by entry."""
    if isinstance(old, dict) and isinstance(new, dict) and aspect_of(kind, path) is not Aspect.OPTION:
        for name in dict.fromkeys([*old, *new]):
            if old.get(name) != new.get(name):
                yield from _differences(kind, f"{path}.{name}", old.get(name), new.get(name))
    elif _entries(old) and _entries(new):
        yield from _of_lists(kind, path, old or [], new or [])
    else:
        yield FieldChange(field=path, aspect=aspect_of(kind, path), old=old, new=new)


def _entries(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(item, dict) for item in value))


def _of_lists(kind: RecordKind, path: str, old: list[Any], new: list[Any]) -> Iterator[FieldChange]:
    """Entries that are the same are passed over; the others are paired in their order."""
    gone = [(place, entry) for place, entry in enumerate(old) if entry not in new]
    come = [(place, entry) for place, entry in enumerate(new) if entry not in old]
    for (_, one), (place, other) in zip(gone, come, strict=False):
        yield from _differences(kind, f"{path}[{place}]", one, other)
    for place, entry in gone[len(come) :]:
        yield FieldChange(field=f"{path}[{place}]", aspect=aspect_of(kind, path), old=entry)
    for place, entry in come[len(gone) :]:
        yield FieldChange(field=f"{path}[{place}]", aspect=aspect_of(kind, path), new=entry)
    if not gone and not come:  # the same entries in another order, or more often
        yield FieldChange(field=path, aspect=Aspect.OTHER, old=old, new=new)
