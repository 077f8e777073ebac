"""Two releases of the knowledge, compared: what changed, and which profiles change their answer.

Records are compared field by field, and conditions by what they mean. Then every class of profiles
that a change can reach is visited, and the two answers are compared: which options are documented,
preferred, withheld, superseded or unresolved; what is refused and what is missing; which conflicts and
alerts are told. Sentences, citations, cautions and prerequisites are compared as records only.

>>> from lungmets.knowledge.base import shipped
>>> comparison = compare(shipped(), shipped())
>>> comparison.identical, comparison.records, comparison.effects, comparison.days
(True, (), (), ())
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

from lungmets.errors import Problem, QuestionError
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.comparison.days import History
from lungmets.knowledge.comparison.effects import Change, Cut, Found, space_of, visit
from lungmets.knowledge.comparison.models import (
    Comparison,
    Effect,
    EnumeratedSpace,
    Example,
    Move,
    ReleaseName,
    ScenarioChange,
    VariedField,
)
from lungmets.knowledge.comparison.reach import Reach, reaches
from lungmets.knowledge.comparison.records import may_change_answers, record_changes, reuse_warnings
from lungmets.knowledge.comparison.verdicts import verdict_of
from lungmets.vocabulary import Jurisdiction, Panel

__all__ = ["Comparison", "Judged", "compare"]

BUDGET = 250_000
"""How many classes of one part of the answer are visited at most; larger spaces are cut, as is said."""

PAST_BUDGET = 15_000
"""The same for days other than the one that was asked about: there are many of them."""

EXAMPLES = 3
"""How many examples are shown of one part of the answer."""

Judged: TypeAlias = Mapping[str, tuple[str, ...]]
"""Scenarios by id, each with the messages of its failures; none means that it passes."""


def compare(
    old: KnowledgeBase,
    new: KnowledgeBase,
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction = Jurisdiction.US,
    panel: Panel = Panel.CORE,
    judge: Callable[[KnowledgeBase], Judged] | None = None,
    budget: int = BUDGET,
) -> Comparison:
    """What changed from one release to another.

    Args:
        old: the earlier release.
        new: the later one.
        as_of: the day whose answers are compared; ``None`` is the day of ``new``. A release that ends
            before that day is asked as of its last day.
        jurisdiction: whose authorisations are asked about.
        panel: what has to be answered.
        judge: judges scenarios by a release; what it says of both is compared.
        budget: how many classes are visited at most for one part of the answer.

    Returns:
        The changed records, the classes that change their answer, and the days on which they do.

    Raises:
        QuestionError: neither release can answer for this day and place.
    """
    release = new.content.release
    day = as_of or release.as_of
    history = History(old, new, jurisdiction, panel, min(budget, PAST_BUDGET))
    _refuse_undated(old, new, jurisdiction, day)
    records = record_changes(old, new) if old.digest != new.digest else ()
    changed = may_change_answers(records)
    both = history.answers(0, day) and history.answers(1, day)
    effects: list[Effect] = []
    if changed and both:
        rules = history.rules(day)
        for reach in reaches(rules, panel):
            cut = space_of(rules, reach, panel, budget, whole=True)
            effect = _effect(cut, reach, _Asked(old, new, day, jurisdiction, panel))
            if effect.changed != 0:
                effects.append(effect)
    return Comparison(
        old=_named(old, day),
        new=_named(new, day),
        jurisdiction=jurisdiction,
        panel=panel,
        records=records,
        warnings=reuse_warnings(old, new) if records else (),
        effects=tuple(effects),
        days=history.ranges() if changed else (),
        scenarios=None if judge is None else changed_scenarios(judge(old), judge(new)),
    )


def changed_scenarios(before: Judged, after: Judged) -> tuple[ScenarioChange, ...]:
    """The scenarios whose failures are not the same by both releases.

    >>> [each.id for each in changed_scenarios({"a": (), "b": ()}, {"a": (), "b": ("no option",)})]
    ['b']
    """
    return tuple(
        ScenarioChange(id=name, before=before.get(name, ()), after=after.get(name, ()))
        for name in sorted({*before, *after})
        if before.get(name, ()) != after.get(name, ())
    )


def _refuse_undated(old: KnowledgeBase, new: KnowledgeBase, place: Jurisdiction, day: date) -> None:
    release = new.content.release
    said = {"day": day, "release": release.as_of, "place": place.value}
    begins = [base.content.release.begins.get(place) for base in (old, new)]
    known = [one for one in begins if one is not None]
    if not known:
        what = release.sentences["place_without_dates"].format(**said, begins=None)
        raise QuestionError([Problem("jurisdiction", what)])
    if day > max(base.content.release.as_of for base in (old, new)):
        what = release.sentences["after_the_release"].format(**said, begins=min(known))
        raise QuestionError([Problem("as_of", what)])
    if day < min(known):
        what = release.sentences["before_the_knowledge"].format(**said, begins=min(known))
        raise QuestionError([Problem("as_of", what)])


def _named(base: KnowledgeBase, day: date) -> ReleaseName:
    release = base.content.release
    return ReleaseName(
        version=release.version, digest=base.digest, as_of=release.as_of, asked=min(day, release.as_of)
    )


class _Asked:
    """The question that is put to both releases."""

    def __init__(
        self, old: KnowledgeBase, new: KnowledgeBase, day: date, place: Jurisdiction, panel: Panel
    ) -> None:
        self.bases = (old, new)
        self.day = day
        self.place = place
        self.panel = panel


def _effect(cut: Cut, reach: Reach, asked: _Asked) -> Effect:
    space = cut.space
    told = EnumeratedSpace(
        varied=tuple(
            VariedField(
                fields=dimension.fields, classes=tuple(setting.members for setting in dimension.settings)
            )
            for dimension in space.dimensions
        ),
        quiet={
            name: value
            for name, value in space.quiet.items()
            if not any(name in dimension.fields for dimension in space.dimensions)
        },
        most_genes=space.most_genes,
        most_details=space.most_details,
        size=space.size,
        cut=cut.said,
    )
    if not cut.fits:
        return Effect(concern=reach.concern, space=told, changed=None)
    found = visit(space, reach)
    moves = tuple(
        Move(what=what, before=before, after=after, classes=number)
        for (what, before, after), number in sorted(found.moves.items(), key=lambda item: (-item[1], item[0]))
    )
    examples = _examples(cut, found, asked)
    return Effect(concern=reach.concern, space=told, changed=found.changed, moves=moves, examples=examples)


def _examples(cut: Cut, found: Found, asked: _Asked) -> tuple[Example, ...]:
    """The smallest profiles, one for each way of changing, the commonest way first."""
    ways = sorted(found.alike.items(), key=lambda item: (item[1].distance, -item[1].classes, sorted(item[0])))
    return tuple(
        _example(cut.space.values(alike.nearest), change, alike.classes, asked)
        for change, alike in ways[:EXAMPLES]
    )


def _example(values: dict[str, Any], change: Change, classes: int, asked: _Asked) -> Example:
    from yaml import safe_dump

    from lungmets.pipeline import assess
    from lungmets.profile import PatientProfile

    profile = PatientProfile(**values)
    before, after = (
        verdict_of(
            assess(
                profile,
                as_of=min(asked.day, base.content.release.as_of),
                jurisdiction=asked.place,
                panel=asked.panel,
                knowledge=base,
            ),
            base,
        ).outcome()
        for base in asked.bases
    )
    return Example(
        profile=values,
        yaml=safe_dump(values, sort_keys=False, allow_unicode=True, default_flow_style=None),
        before=before,
        after=after,
        moves=tuple(
            Move(what=what, before=one, after=other, classes=classes) for what, one, other in sorted(change)
        ),
        alike=classes,
    )
