"""The product of classes that is visited, part by part.

Parts of an answer that share no fact are visited apart. What a part depends on is found in the compiled
table: the rows of its options, the rules that act on these, and the rows of what a rule needs beside
them. So no row can join two parts without joining their products.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from lungmets.engine.sides import Matters
from lungmets.engine.space import Space
from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.knowledge.comparison.rules import Rules, union
from lungmets.knowledge.facts import GENES
from lungmets.knowledge.schema import ScopeRule
from lungmets.vocabulary import Domain, Panel

MOST_DETAILS = 2
"""Details (contraindications, flags, measures) are stated singly and in pairs."""

PARTS: tuple[tuple[str, tuple[Domain, ...], frozenset[str]], ...] = (
    ("systemic and supportive", (Domain.SYSTEMIC, Domain.SUPPORTIVE), frozenset({"histology", "ecog_ps"})),
    ("brain", (Domain.BRAIN,), frozenset({"brain_disease"})),
    ("bone", (Domain.BONE,), frozenset()),
    ("other sites", (Domain.OTHER_SITE,), frozenset()),
)
"""Options of these domains are visited together: supportive care answers where no drug does.

A part with facts is visited even where no row is in force that reads them: it owes an answer.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an answer: its space, and the facts by which its conditions read the profile."""

    name: str
    space: Space
    facts: frozenset[str]


def parts_of(view: View, panel: Panel = Panel.CORE, only: Collection[str] | None = None) -> Iterator[Part]:
    """The parts of the answers in one view: refusals, alerts, and each group of domains.

    ``only`` names those that are made (default: all); finding the classes of the others takes time.
    """
    rules = Rules(view, {})
    if only is None or "refusals" in only:
        yield _part(view, panel, "refusals", view.scope, asked_facts(view))
    for name, domains, owed in PARTS:
        if only is not None and name not in only:
            continue
        names = {each for each in rules.names if each.startswith(tuple(f"{one}." for one in domains))}
        if names or owed:
            yield _part(view, panel, name, union(map(rules.deciding_bits, closed(rules, names))), owed)
    if only is None or "alerts" in only:
        yield _part(view, panel, "alerts", view.alerts, ())


def closed(rules: Rules, names: Iterable[str]) -> set[str]:
    """The options, and those of other parts by which a rule lets one of them be withheld or replaced."""
    view, found = rules.view, set(names)
    ids = [key.id for key in view.options.keys]
    while True:
        mask = sum(1 << ids.index(name) for name in found)
        needed = 0
        for rule, needs in view.guardrail_needs.items():
            needed |= needs if view.guardrail_targets[rule] & mask else 0
        for newer, older in view.superseding.values():
            needed |= newer if older & mask else 0
        more = {ids[option] for option in bits(needed)} & rules.names
        if more <= found:
            return found
        found |= more


def asked_facts(view: View) -> set[str]:
    """The items of the panel that may be asked, and the facts that say whether they are."""
    items = {item.item for item in view.panel_items}
    read = {
        fact
        for item in view.panel_items
        for bit in bits(view.base.bits[f"panel:{item.item}"])
        for fact in view.table.conjunctions[bit]
    }
    return items | read


def _part(view: View, panel: Panel, name: str, mask: int, more: Iterable[str]) -> Part:
    facts = {fact for bit in bits(mask) for fact in view.table.conjunctions[bit]}
    matters = Matters(mask | (0 if name == "alerts" else view.scope), mask & view.unresolved_rows)
    space = Space([view], facts | set(more), panel=panel, matters=[matters], most_details=MOST_DETAILS)
    return Part(name, space, frozenset(facts | set(more)))


def genes_needed(view: View, bit: int) -> set[str]:
    """The genes of which a conjunction needs a finding; "negative" and "no" need none."""
    found = set()
    for fact, allowed in view.table.conjunctions[bit].items():
        gene = fact.split(".")[0]
        if gene in GENES and isinstance(allowed, frozenset) and allowed & {"positive", "yes"}:
            found.add(gene)
    return found


def scope_rules(view: View, certain: int) -> list[ScopeRule]:
    """The scope rules that hold."""
    owners = (view.base.owner[bit] for bit in bits(certain & view.scope))
    return [owner for owner in owners if isinstance(owner, ScopeRule)]
