"""What a change can reach: which parts of an answer may differ, and which facts decide that.

Sound by construction: an option is touched when its rows or a rule that acts on it differ, or when
what it replaces or lets be withheld is touched. Where only rows changed, the answer changes exactly
where a row holds in one release and not in the other, because an option that is matched always stands
somewhere in an answer: the facts of those rows *decide whether* it changes. Where guardrails changed as
well, the facts of the guardrails decide with them. All other rules only *shape how* it changes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from lungmets.engine.sides import Matters
from lungmets.knowledge.comparison.models import Concern
from lungmets.knowledge.comparison.rules import NOTHING, Rules, facts_that_differ, union
from lungmets.vocabulary import Domain, Panel

Pair = tuple[Rules, Rules]


@dataclass(frozen=True, slots=True)
class Reach:
    """One part of the answer that may differ, and what has to be varied to see it."""

    concern: Concern
    touched: frozenset[str]
    """The options, alerts or conflicts that are compared; for refusals nothing but the refusal."""
    deciding: frozenset[str]
    """Facts that decide whether the answer changes."""
    shaping: frozenset[str]
    """Facts that decide only how."""
    own: frozenset[str]
    """Facts that the changed records themselves read."""
    matters: tuple[Matters, Matters]
    near: frozenset[str] = frozenset()
    """Of the shaping facts, those of the rules that act on the changed options themselves."""
    suspects: tuple[int, int] | None = None
    """In each release, what the other has not: where none of it holds or may hold, nothing changes."""
    unclear: frozenset[str] = frozenset()
    """Genes whose results that are no answer are visited as well."""
    fingerprint: Hashable = field(default=None, compare=False)
    """Two pairs of days with the same fingerprint change the same classes."""


def reaches(rules: Pair, panel: Panel) -> list[Reach]:
    """Every part of the answer that may differ between two views."""
    found = [*_refusals(rules, panel), *_options(rules, panel), *_conflicts(rules, panel), *_alerts(rules)]
    return sorted(found, key=lambda each: list(Concern).index(each.concern))


def _gate(rules: Pair, panel: Panel) -> Hashable:
    """What decides in either release whether anything is listed."""
    return tuple((side.scope, tuple(sorted(side.panel(panel).items(), key=repr))) for side in rules)


def _scope_matters(rules: Pair, masks: tuple[int, int]) -> tuple[Matters, Matters]:
    one, other = (
        Matters(mask | side.view.scope, mask & side.view.unresolved_rows)
        for side, mask in zip(rules, masks, strict=True)
    )
    return one, other


def _refusals(rules: Pair, panel: Panel) -> Iterator[Reach]:
    old, new = rules
    facts: set[str] = set()
    for side, other in ((old, new), (new, old)):
        differing = side.scope - other.scope
        for rule in side.view.base.content.scope:
            mask = side.view.base.bits[rule.id] & side.view.scope
            if mask and (side.meaning(mask), rule.reason.value) in differing:
                facts |= side.facts(mask)
    asked = old.panel(panel), new.panel(panel)
    items = [name for name in {**asked[0], **asked[1]} if asked[0].get(name) != asked[1].get(name)]
    for name in items:
        facts.add(name)
        for side, known in zip(rules, asked, strict=True):
            if name in known:
                facts |= side.facts(side.view.base.bits[f"panel:{name}"])
    if facts:
        yield Reach(
            Concern.REFUSALS,
            frozenset(),
            deciding=frozenset(facts),
            shaping=frozenset(),
            own=frozenset(facts),
            matters=_scope_matters(rules, (0, 0)),
            unclear=frozenset(items),
            fingerprint=(Concern.REFUSALS, _gate(rules, panel)),
        )


def _options(rules: Pair, panel: Panel) -> Iterator[Reach]:
    old, new = rules
    names = old.names | new.names
    roots = {name for name in names if old.bundles.get(name) != new.bundles.get(name)}
    touched = set(roots)
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        for other in (old.knock_on(name) | new.knock_on(name)) - touched:
            touched.add(other)
            waiting.append(other)
    for domain in Domain:
        inside = frozenset(name for name in touched if name.startswith(f"{domain.value}."))
        if inside:
            yield _domain(rules, panel, Concern(domain.value), inside, frozenset(roots))


def _domain(
    rules: Pair, panel: Panel, concern: Concern, inside: frozenset[str], roots: frozenset[str]
) -> Reach:
    masks = tuple(union(side.deciding_bits(name) for name in inside) for side in rules)
    every = {fact for side, mask in zip(rules, masks, strict=True) for fact in side.facts(mask)}
    # What follows from a root that shows by itself changes no class beside those of the root.
    depths = [_depth(rules, name) for name in roots]
    if not roots <= inside or _Depth.ALL in depths:
        deciding = every
    else:
        deciding = set()
        for side in rules:
            for name, depth in zip(roots, depths, strict=True):
                rows = depth is _Depth.ROWS
                deciding |= side.facts(side.row_bits(name) if rows else side.standing_bits(name))
    near = {
        fact for side in rules for name in roots & inside for fact in side.facts(side.standing_bits(name))
    }
    own = {fact for name in roots for fact in _differing(rules, name)}
    reached = tuple(
        frozenset((name, side.bundles[name]) for name in side.names if side.row_bits(name) & mask)
        for side, mask in zip(rules, masks, strict=True)
    )
    return Reach(
        concern,
        inside,
        deciding=frozenset(deciding),
        shaping=frozenset(every - deciding),
        own=frozenset(own & every or deciding),
        near=frozenset(near - deciding),
        suspects=_suspects(rules, roots),
        matters=_scope_matters(rules, (masks[0], masks[1])),
        fingerprint=(concern, inside, reached, _gate(rules, panel)),
    )


class _Depth(Enum):
    """How much has to be known to see whether a changed option stands elsewhere."""

    ROWS = auto()
    STANDING = auto()
    ALL = auto()


def _depth(rules: Pair, name: str) -> _Depth:
    old, new = rules
    one, other = (side.bundles.get(name, NOTHING) for side in rules)
    gone = NOTHING in (one, other)
    if not gone and (one.replaced, one.cautions) != (other.replaced, other.cautions):
        return _Depth.ALL
    # A preference shows only on an option that stands; one that is new or gone shows anyhow.
    appears = old.first_line(name) is not new.first_line(name)
    if old.preferred(name) != new.preferred(name) and not appears:
        return _Depth.ALL
    settled = not (old.unsettled(name) or new.unsettled(name))
    return _Depth.ROWS if settled and (gone or one.guards == other.guards) else _Depth.STANDING


def _suspects(rules: Pair, roots: frozenset[str]) -> tuple[int, int]:
    found = []
    for side, other in (rules, rules[::-1]):
        mask = union(side.differing_bits(name, other.bundles.get(name, NOTHING)) for name in roots)
        found.append(mask | (mask & side.view.unresolved_rows) << side.view.table.size)
    return found[0], found[1]


def _differing(rules: Pair, name: str) -> set[str]:
    one, other = (side.bundles.get(name, NOTHING) for side in rules)
    return facts_that_differ(one, other)


def _conflicts(rules: Pair, panel: Panel) -> Iterator[Reach]:
    old, new = rules
    differing = {
        name
        for name in {**old.conflicts, **new.conflicts}
        if old.conflicts.get(name) != new.conflicts.get(name)
    }
    if not differing:
        return
    masks = []
    facts: set[str] = set()
    for side in rules:
        mask = 0
        for record in side.view.conflicts:
            if record.id in differing:
                mask |= union(side.view.base.bits[name] for name in (record.id, *record.two_of))
        facts |= side.facts(mask)
        masks.append(mask)
    yield Reach(
        Concern.CONFLICTS,
        frozenset(differing),
        deciding=frozenset(facts),
        shaping=frozenset(),
        own=frozenset(facts),
        matters=_scope_matters(rules, (masks[0], masks[1])),
        fingerprint=(
            Concern.CONFLICTS,
            tuple(tuple(sorted(side.conflicts.items(), key=repr)) for side in rules),
            _gate(rules, panel),
        ),
    )


def _alerts(rules: Pair) -> Iterator[Reach]:
    old, new = rules
    changed = {f"symptoms.{name}" for name in _symptoms_told_otherwise(rules)}
    differing: set[str] = set()
    masks = []
    facts = set(changed)
    for side, other in ((old, new), (new, old)):
        for name, alert in side.alerts.items():
            if other.alerts.get(name) != alert or side.facts(side.view.base.bits[name]) & changed:
                differing.add(name)
    for side in rules:
        mask = union(side.view.base.bits[name] for name in differing if name in side.alerts)
        facts |= side.facts(mask)
        masks.append(mask)
    if facts:
        yield Reach(
            Concern.ALERTS,
            frozenset(differing),
            deciding=frozenset(facts),
            shaping=frozenset(),
            own=frozenset(facts),
            matters=(Matters(masks[0], 0), Matters(masks[1], 0)),
            fingerprint=(Concern.ALERTS, "on every day"),
        )


def _symptoms_told_otherwise(rules: Pair) -> set[str]:
    """The symptoms whose phrases are not the same in both releases."""
    one, other = (
        {word.id: frozenset(word.phrases) for word in side.view.base.content.alerts.symptoms}
        for side in rules
    )
    return {name for name in {**one, **other} if one.get(name) != other.get(name)}
