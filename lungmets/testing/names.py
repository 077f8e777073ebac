"""The names that scenarios use, and whether the knowledge has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from lungmets.errors import Problem
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.content import staging_records
from lungmets.knowledge.facts import GENES
from lungmets.knowledge.schema import StagingAsks
from lungmets.knowledge.schema.record import ID
from lungmets.nomenclature import nearest_words
from lungmets.testing.expectation import OF_ONE_OPTION, Logged, Names, Staged
from lungmets.testing.saying import asking
from lungmets.testing.scenario import Scenario
from lungmets.vocabulary import Domain


class OptionNames:
    """Options by their id (``systemic.osimertinib``), or by the regimen's name where that is enough."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._ids = {key.id for key in base.options.keys}
        self._short: dict[str, list[str]] = {}
        for key in base.options.keys:
            self._short.setdefault(key.regimen_id, []).append(key.id)

    def ids(self, name: str) -> list[str]:
        """What a name can mean: one id if it is clear, none if it is unknown."""
        return [name] if name in self._ids else self._short.get(name, [])

    def id(self, name: str) -> str:
        """The id of a name that was found to be clear."""
        return self.ids(name)[0]

    def nearest(self, name: str) -> tuple[str, ...]:
        """Names that look like one that is not known; a name of several options as each of them."""
        if "." in name:
            return nearest_words(name, self._ids)
        found = [self._short[one] for one in nearest_words(name, self._short)]
        return tuple(one for ids in found for one in (ids if len(ids) > 1 else [ids[0].partition(".")[2]]))


def misnamed(scenario: Scenario, base: KnowledgeBase) -> list[Problem]:
    """Every name of a scenario that the knowledge does not have: nothing is ever expected of those."""
    return list(_misnamed(scenario, base))


def _misnamed(scenario: Scenario, base: KnowledgeBase) -> Iterator[Problem]:
    yield from _options(scenario, base)
    for key, names, known, kind in _named(scenario, base):
        for name in names:
            if name not in known:
                yield _unknown(scenario, key, name, kind, nearest_words(name, known))


def _named(
    scenario: Scenario, base: KnowledgeBase
) -> Iterator[tuple[str, Iterable[str], Collection[str], str]]:
    """The names that are no options: where each stands, and of what kind it must be."""
    expect, content = scenario.expect, base.content
    items = [item.item for item in content.panel.items]
    alerts = [*(alert.id for alert in content.alerts.alerts), "symptom_not_understood"]
    parts: list[tuple[str, Names | None, Collection[str], str]] = [
        ("missing", expect.missing, items, "panel item"),
        ("decisive", expect.decisive, items, "panel item"),
        ("alerts", expect.alerts, alerts, "alert"),
        ("conflicts", expect.conflicts, _conflicts(base), "conflict"),
        ("cited", expect.cited, base.sources, "source"),
        ("said", expect.said, _remarks(base), "remark"),
    ]
    parts += [
        (f"{key}.{option}", names, known, kind)
        for key, known, kind in _of_options(base)
        for option, names in getattr(expect, key).items()
    ]
    parts += [(key, getattr(expect, key), known, kind) for key, known, kind in _told(base)]
    yield "urgency", expect.urgency, alerts, "alert"
    yield "sites", expect.sites, alerts, "alert"
    yield from _of_the_log(expect.symptom_log or (), base, alerts)
    yield from _of_the_staging(expect.staging, base)
    yield from ((key, names.named, known, kind) for key, names, known, kind in parts if names is not None)
    withholding = [rule.id for rule in content.guardrails]
    withholding += [row.id for _, row in content.rows() if row.line == "later"]
    for option, by in (expect.withheld.by if expect.withheld else {}).items():
        yield f"withheld.by.{option}", by, withholding, "guardrail or later-line row"
    references = [name for name in scenario.citation if ID.fullmatch(name)]
    yield "citation", references, base.sources, "source"


def _of_the_log(
    log: Iterable[Logged], base: KnowledgeBase, alerts: Collection[str]
) -> Iterator[tuple[str, Iterable[str], Collection[str], str]]:
    """What may be said of an entry of the symptom log."""
    known = [word.id for word in base.content.alerts.symptoms]
    courses = [word.id for word in base.content.alerts.courses]
    for index, entry in enumerate(log):
        yield f"symptom_log.{index}", entry.understood_as or (), known, "symptom"
        yield f"symptom_log.{index}", entry.alerts or (), alerts, "alert"
        yield f"symptom_log.{index}", [entry.course_as] if entry.course_as else (), courses, "course"


def _of_the_staging(
    expect: Staged | None, base: KnowledgeBase
) -> Iterator[tuple[str, Iterable[str], Collection[str], str]]:
    """What may be said of the staging."""
    staging = base.content.staging
    if expect is None or staging is None:
        return
    remarks = [record.id for record in staging_records(base.content)]
    remarks += ["staging.assumed", "staging.no_edition"]
    for key, names, known, kind in (
        ("missing", expect.missing, list(StagingAsks.model_fields), "field that staging asks for"),
        ("to_settle", expect.to_settle, remarks, "record of staging"),
        ("remarks", expect.remarks, remarks, "record of staging"),
    ):
        yield f"staging.{key}", names.named if names is not None else (), known, kind


def _of_options(base: KnowledgeBase) -> Iterator[tuple[str, Collection[str], str]]:
    """What may be said of one option: the names that each part can hold."""
    content = base.content
    rows = [row.id for _, row in content.rows()]
    cautions = [caution.id for caution in content.cautions]
    yield "citations", base.sources, "source"
    yield "because", rows, "row"
    yield "notes", [*(note.id for note in content.notes), *rows], "note or row"
    yield "cautions", cautions, "caution"
    yield "prerequisites", [name for name, _ in asking(base)], "caution or guardrail that asks"


def _told(base: KnowledgeBase) -> Iterator[tuple[str, Collection[str], str]]:
    """What may be told beside the options: the names that each part can hold."""
    content = base.content
    scope = [rule.id for rule in content.scope]
    overlays = [f"panel:{item.item}" for item in content.panel.items]
    yield "explanation", [*scope, *content.release.sentences, *overlays], "scope rule or sentence"
    yield "certain", [rule.id for rule in content.guardrails], "guardrail"
    yield "assumptions", [*scope, "specimen_not_stated"], "scope rule"
    yield "next_steps", [advice.id for advice in content.workup], "next step"
    yield "questions", [*(advice.id for advice in content.questions), *scope], "question or scope rule"
    yield "not_considered", GENES, "gene"


def _conflicts(base: KnowledgeBase) -> list[str]:
    own = [record.id for record in base.content.conflicts]
    return own + [f"two-preferences.{domain.value}" for domain in Domain]


def _remarks(base: KnowledgeBase) -> list[str]:
    """What an answer tells by an id of its own; a prerequisite goes by its text alone."""
    content = base.content
    names = [record.id for record in content.cautions if record.kind == "caution"]
    names += [record.id for record in (*content.workup, *content.questions)]
    names += [record.id for record in content.notes]
    return names + [record.id for record in content.timelines]


def _options(scenario: Scenario, base: KnowledgeBase) -> Iterator[Problem]:
    options = OptionNames(base)
    for key, name in named_options(scenario):
        meant = options.ids(name)
        if not meant:
            yield _unknown(scenario, key, name, "option", options.nearest(name))
        elif len(meant) > 1:
            yield Problem(
                f"{scenario.line_of(key)} ({scenario.name})",
                f"{key}: {name!r} is an option of several domains",
                f"one of {', '.join(meant)}",
            )


def expected_names(scenario: Scenario) -> Iterator[str]:
    """Every name that a scenario expects, of whatever kind."""
    expect = scenario.expect
    yield from (name for _, name in named_options(scenario))
    for key in type(expect).model_fields:
        part = getattr(expect, key)
        if isinstance(part, Names):
            yield from part.named
        elif isinstance(part, dict):
            yield from part
            yield from (name for names in part.values() if isinstance(names, Names) for name in names.named)
    if expect.withheld is not None:
        yield from (name for by in expect.withheld.by.values() for name in by)


def named_options(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Every option that a scenario names, with the part of the expectation that names it."""
    expect = scenario.expect
    for key in ("options", "withheld", "superseded", "unresolved"):
        names = getattr(expect, key)
        if names is not None:
            yield from ((key, name) for name in names.named)
            yield from ((f"{key}.by", name) for name in getattr(names, "by", ()))
    if expect.superseded is not None:
        for name, winners in expect.superseded.by.items():
            yield from ((f"superseded.by.{name}", winner) for winner in winners)
    for key in ("standing", "basis", *OF_ONE_OPTION):
        yield from ((key, name) for name in getattr(expect, key))


def _unknown(scenario: Scenario, key: str, name: str, kind: str, nearest: tuple[str, ...]) -> Problem:
    do = "" if nearest else _WHERE_NAMES_STAND[kind]
    if key == "citation":
        do = "for a source that the knowledge does not have, write a reference in words"
    return Problem(
        f"{scenario.line_of(key)} ({scenario.name})",
        f"{key}: {name!r} is not known",
        f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} of this knowledge",
        do=do,
        nearest=nearest,
    )


_WHERE_NAMES_STAND = {
    "caution": "the cautions stand in cautions.yaml of the knowledge folder",
    "caution or guardrail that asks": "the cautions stand in cautions.yaml of the knowledge folder",
    "gene": "the genes are the fields of a profile",
    "next step": "the next steps stand in workup.yaml of the knowledge folder",
    "note or row": "the notes stand in notes.yaml of the knowledge folder",
    "question or scope rule": "the questions stand in questions.yaml of the knowledge folder",
    "row": "the rows stand in the tables of the knowledge folder",
    "scope rule": "the scope rules stand in scope.yaml of the knowledge folder",
    "scope rule or sentence": "the scope rules stand in scope.yaml of the knowledge folder",
    "guardrail": "the guardrails stand in guardrails.yaml of the knowledge folder",
    "alert": "the alerts stand in alerts.yaml of the knowledge folder",
    "conflict": "the conflicts stand in conflicts.yaml of the knowledge folder",
    "guardrail or later-line row": "the guardrails stand in guardrails.yaml of the knowledge folder",
    "option": "the regimens stand in regimens.yaml of the knowledge folder",
    "remark": "notes, cautions, steps, questions and timelines stand in files of these names",
    "panel item": "`lungmets panel` shows the items",
    "symptom": "the symptoms stand in alerts.yaml of the knowledge folder",
    "course": "how a symptom goes stands under courses in alerts.yaml of the knowledge folder",
    "field that staging asks for": "the fields stand under asks in staging.yaml of the knowledge folder",
    "record of staging": "the categories and remarks stand in staging.yaml of the knowledge folder",
    "source": "the sources stand in the folder sources of the knowledge",
}
