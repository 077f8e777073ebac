"""What the rows are written with: conditions, regimens and drugs, symptoms, the sentences of the release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generated_pages.pages import Page, labelled, page, record, said
from generated_pages.words import condition
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.schema import Drug


def remaining_pages(base: KnowledgeBase) -> Iterator[Page]:
    """The pages of the files that no answer shows as such."""
    yield _conditions(base)
    yield _regimens(base)
    yield _symptoms(base)
    yield _release(base)


def _conditions(base: KnowledgeBase) -> Page:
    blocks = ["`knowledge/conditions.yaml`. Named once, and expanded where they are used."]
    for one in base.content.conditions.conditions:
        blocks += [record(one.id), labelled([("Says", said(one.says)), ("When", condition(one.when))])]
    blocks.append("## Groups of words")
    groups = [
        (_anchor(f"group:{fact}.{name}") + said(name), said(fact), ", ".join(map(said, words)))
        for fact, named in base.content.conditions.groups.items()
        for name, words in named.items()
    ]
    return page(
        "rules", "conditions", "Named conditions", [*blocks, _table(("group", "of", "words"), groups)]
    )


def _regimens(base: KnowledgeBase) -> Page:
    regimens = base.content.regimens
    options = [
        (_anchor(f"regimen:{one.id}") + said(one.name), said(one.id), ", ".join(map(said, one.regimen)))
        for one in regimens.regimens
    ]
    drugs = [
        (_anchor(f"drug:{one.name}") + said(one.name), ", ".join(map(said, one.classes)), _codes(one))
        for one in regimens.drugs
    ]
    procedures = [
        (_anchor(f"procedure:{name}") + said(name.replace("_", " ")),) for name in regimens.procedures
    ]
    return page("rules", "regimens", "Regimens and drugs", [
        "`knowledge/regimens.yaml`. What an option consists of, and the classes that rules speak of.",
        "## Options", _table(("option", "id", "parts"), options),
        "## Drugs", _table(("drug", "classes", "codes"), drugs),
        "## Procedures", _table(("procedure",), procedures),
    ])  # fmt: skip


def _symptoms(base: KnowledgeBase) -> Page:
    rows = [
        (_anchor(f"symptom:{one.id}") + said(one.id), ", ".join(map(said, one.phrases)))
        for one in base.content.alerts.symptoms
    ]
    courses = [
        (said(one.id), ", ".join(map(said, one.phrases)), said(one.says or ""))
        for one in base.content.alerts.courses
    ]
    about = "`knowledge/alerts.yaml`. Symptoms, and the phrases in which people tell them."
    return page("rules", "symptoms", "Symptoms", [
        about, _table(("symptom", "phrases"), rows),
        "## How a symptom goes", _table(("course", "phrases", "what is said of it"), courses),
    ])  # fmt: skip


def _release(base: KnowledgeBase) -> Page:
    release = base.content.release
    begins = [(f"{place.value.upper()} from", str(day)) for place, day in release.begins.items()]
    sentences = {"notice": release.notice, "safety_rule": release.safety_rule}
    sentences |= {"project_default": release.project_default, **release.sentences}
    sentences |= {f"panel.{name}": text for name, text in base.content.panel.reasons.items()}
    rows = [(_anchor(f"sentence:{name}") + said(name), said(text)) for name, text in sentences.items()]
    return page("rules", "release", "The release and its sentences", [
        labelled([("Version", said(release.version)), ("As of", str(release.as_of)), *begins]),
        _table(("sentence", "text"), rows),
    ])  # fmt: skip


def _codes(drug: Drug) -> str:
    named = {"NCIt": drug.codes.ncit, "RxNorm": drug.codes.rxnorm, "ATC": drug.codes.atc}
    return ", ".join(f"{system} {said(code)}" for system, code in named.items() if code)


def _anchor(name: str) -> str:
    """An anchor inside a table; such records go by their kind, as in ``lungmets knowledge show``."""
    return f'<span id="{said(name)}"></span>'.replace("\\_", "_")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
