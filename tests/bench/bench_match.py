"""The bare row match, beside two rule engines: datalogic-py (JSONLogic) and zen-engine.

All of them answer "which rows hold?" for the systemic rows that are documented in the United States
on the day of the release, with the same conditions, for the same profiles. Everything that can be
done before the question is done before it: our states are encoded, their rules are compiled and
their data are ready. Each peer is measured in every form that fits, and its fastest counts.

* ours: ``part.certain(states)``, a bit mask of these rows. Beside it ``table.certain(states)``, which answers
  for every condition of the knowledge at once, rules, cautions and alerts among them.
* datalogic-py: one compiled rule for all rows, or one for each, on a ``DataHandle`` in a ``Session``.
  Facts that few profiles meet are tested first, which is the faster order for it.
* zen-engine: a decision table that collects all hits, held by a static loader. The table has a line for
  each row, or one for each alternative of a row.

Before anything is timed, all three must name the same rows for every profile.
"""

import json
import statistics
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any, NamedTuple

import datalogic_py
import zen
from measuring import Line, Machine, finish, options, side_by_side, summary, timed
from random_profiles import with_gaps

from lungmets import PatientProfile
from lungmets.engine.encoding import encode
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.knowledge.conditions import Allowed, Conjunction, Cut, Span
from lungmets.knowledge.facts import CHOICES, GENES, SETS, variants
from lungmets.knowledge.schema import Row
from lungmets.vocabulary import Domain, Jurisdiction, ResultStatus

PROFILES = 500
OF_DATALOGIC = 1 / 2
OF_ZEN = 1 / 4

Facts = dict[str, Any]
"""A profile as the peers read it: words, numbers, and yes or no; what is not known is left out."""


class Rows(NamedTuple):
    """The rows, and each as alternatives of facts: one list for each entry of its condition."""

    names: list[str]
    masks: list[int]
    conditions: list[list[list[Conjunction]]]


class Form(NamedTuple):
    """One way of asking one engine: the question by the number of a profile, and how to read its answer."""

    name: str
    ask: Callable[[int], Any]
    read: Callable[[Any], set[str]]


def rows_of(base: KnowledgeBase) -> Rows:
    view = base.view(Jurisdiction.US, base.content.release.as_of)
    grammar = base.content.grammar()
    found: list[Row] = [
        row
        for table, row in base.content.rows()
        if table.domain is Domain.SYSTEMIC and row.id in view.entries
    ]
    return Rows(
        [row.id for row in found],
        [base.bits[row.id] for row in found],
        [[grammar.read({key: value}) for key, value in row.when.items()] for row in found],
    )


def facts_of(profile: PatientProfile, read: set[str]) -> Facts:
    """What is known of the facts that the rows read."""
    known: Facts = {}
    for name in CHOICES:
        value = getattr(profile, name, None)
        if value is not None:
            known[name] = value if isinstance(value, bool) else str(value)
    for gene in GENES:
        result = getattr(profile, gene)
        if result.status in {ResultStatus.POSITIVE, ResultStatus.NEGATIVE}:
            known[gene] = result.status.value
            if result.variants or result.status is ResultStatus.NEGATIVE:
                known |= {f"{gene}.{variant}": variant in result.variants for variant in variants(gene)}
    for name in SETS:
        known |= {f"{name}.{member}": True for member in getattr(profile, name) or ()}
    known |= {f"contraindications.{member}": False for member in profile.contraindications_excluded or ()}
    score = profile.pd_l1_tps
    for name, number in (("pd_l1_tps", score.low), ("pd_l1_immune_cells", score.immune_cells)):
        if number is not None:
            known[name] = number
    told = {*known, "pd_l1_tps", "pd_l1_immune_cells"}
    untold = {fact for fact in read - told if fact.split(".")[0] not in {*CHOICES, *GENES, *SETS}}
    assert not untold, f"the export does not know the facts {sorted(untold)}"
    return {plain(fact): value for fact, value in known.items() if fact in read}


def plain(fact: str) -> str:
    """A name without a dot, which would be a path to the peers."""
    return fact.replace(".", "_")


# ---- datalogic-py ------------------------------------------------------------------------------


def logic(conditions: Sequence[Sequence[Conjunction]]) -> Any:
    """One row as JSONLogic. The histology, which most profiles meet, is tested last."""
    rare_first = sorted(conditions, key=lambda alternatives: "histology" in alternatives[0])
    return _joined("and", [_joined("or", [_all(each) for each in some]) for some in rare_first])


def _all(conjunction: Conjunction) -> Any:
    return _joined("and", [part for fact, allowed in conjunction.items() for part in _test(fact, allowed)])


def _test(fact: str, allowed: Allowed) -> list[Any]:
    value = {"var": plain(fact)}
    if isinstance(allowed, Span):
        # Null would count as 0, so an unknown number needs a test of its own where 0 would pass.
        tests: list[Any] = [] if allowed.low and allowed.low > (0, 0) else [{"!==": [value, None]}]
        if allowed.low:
            tests.append({">" if allowed.low[1] else ">=": [value, allowed.low[0]]})
        if allowed.high:
            tests.append({"<=" if allowed.high[1] else "<": [value, allowed.high[0]]})
        return tests
    words = _words(allowed)
    if words == [True]:
        return [value]
    return [{"===": [value, words[0]]} if len(words) == 1 else {"in": [value, words]}]


def _words(allowed: frozenset[str]) -> list[Any]:
    return sorted({"yes": True, "no": False}.get(word, word) for word in allowed)


def _joined(operator: str, parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else {operator: parts}


def datalogic(rows: Rows, data: Sequence[Facts]) -> list[Form]:
    engine = datalogic_py.Engine()
    session = engine.session()
    ready = [datalogic_py.DataHandle(facts) for facts in data]
    conditions = [logic(each) for each in rows.conditions]
    held = engine.compile([{"!!": [condition]} for condition in conditions])
    named = engine.compile(
        {"merge": [{"if": [test, [name], []]} for test, name in zip(conditions, rows.names, strict=True)]}
    )
    single = [engine.compile(condition) for condition in conditions]

    def where(held: Sequence[Any], yes: object = True) -> set[str]:  # noqa: FBT002  -- the value to look for
        return {name for name, found in zip(rows.names, held, strict=True) if found == yes}

    return [
        Form(
            "one rule, true or false for each row",
            lambda number: session.evaluate_data(held, ready[number]),
            where,
        ),
        Form(
            "the same, as JSON text",
            lambda number: session.evaluate_data_str(held, ready[number]),
            lambda text: where(json.loads(text)),
        ),
        Form("one rule, the names", lambda number: session.evaluate_data(named, ready[number]), set),
        Form(
            "one rule for each row",
            lambda number: session.evaluate_many(single, ready[number]),
            lambda found: where(found, "true"),
        ),
    ]


# ---- zen-engine --------------------------------------------------------------------------------


def cell(allowed: Allowed) -> str:
    """What one column of a decision table must be."""
    if not isinstance(allowed, Span):
        return ", ".join(json.dumps(word) for word in _words(allowed))
    low, high = allowed.low, allowed.high
    if low and high:
        return f"{'(' if low[1] else '['}{low[0]:g}..{high[0]:g}{']' if high[1] else ')'}"
    if low:
        return f"{'>' if low[1] else '>='} {low[0]:g}"
    return f"$ != null and $ {_below(high)}"


def _below(high: Cut | None) -> str:
    assert high is not None
    return f"{'<=' if high[1] else '<'} {high[0]:g}"


def decision_table(rows: Rows, columns: Sequence[str], *, each_alternative: bool) -> dict[str, Any]:
    """The rows as a graph of one table; alternatives are lines of their own, or one expression."""
    lines = []
    for name, entries in zip(rows.names, rows.conditions, strict=True):
        lists = _multiplied(entries) if each_alternative else [_only(entries)]
        for facts, expression in lists:
            lines.append(
                {"_id": f"line{len(lines)}", "row": json.dumps(name), "free": expression}
                | {plain(fact): cell(facts[fact]) if fact in facts else "" for fact in columns}
            )
    inputs = [{"id": plain(fact), "name": fact, "field": plain(fact)} for fact in columns]
    content = {
        "hitPolicy": "collect",
        "inputs": inputs if each_alternative else [*inputs, {"id": "free", "name": "free"}],
        "outputs": [{"id": "row", "name": "row", "field": "row"}],
        "rules": lines,
        "passThrough": False,
        "executionMode": "single",
    }
    nodes: list[tuple[str, dict[str, Any]]] = [
        ("inputNode", {"schema": ""}),
        ("decisionTableNode", content),
        ("outputNode", {"schema": ""}),
    ]
    return {
        "nodes": [
            {"id": kind, "type": kind, "name": kind, "position": {"x": 0, "y": 0}, "content": held}
            for kind, held in nodes
        ],
        "edges": [
            {"id": f"to {after}", "type": "edge", "sourceId": before, "targetId": after}
            for (before, _), (after, _) in pairwise(nodes)
        ],
    }


def _multiplied(entries: Sequence[Sequence[Conjunction]]) -> list[tuple[Conjunction, str]]:
    found: list[Conjunction] = [{}]
    for alternatives in entries:
        found = [{**before, **one} for before in found for one in alternatives]
    return [(facts, "") for facts in found]


def _only(entries: Sequence[Sequence[Conjunction]]) -> tuple[Conjunction, str]:
    facts: dict[str, Allowed] = {}
    free = []
    for alternatives in entries:
        if len(alternatives) == 1:
            facts.update(alternatives[0])
        else:
            texts = [
                " and ".join(f"{plain(fact)} == {cell(allowed)}" for fact, allowed in one.items())
                for one in alternatives
            ]
            free.append(f"({' or '.join(texts)})")
    return facts, " and ".join(free)


def zen_engine(rows: Rows, data: Sequence[Facts], columns: Sequence[str]) -> list[Form]:
    tables = {
        "a line for each row": decision_table(rows, columns, each_alternative=False),
        "a line for each alternative": decision_table(rows, columns, each_alternative=True),
    }
    engine = zen.ZenEngine({"loader": {"type": "static", "content": tables}})
    texts = [json.dumps(facts) for facts in data]

    def asking(key: str, contexts: Sequence[Any]) -> Callable[[int], Any]:
        return lambda number: engine.evaluate(key, contexts[number])

    def named(response: Mapping[str, Any]) -> set[str]:
        return {hit["row"] for hit in response["result"]}

    return [
        Form(f"{key}, {kind}", asking(key, contexts), named)
        for key in tables
        for kind, contexts in (("a dict", data), ("JSON text", texts))
    ]


# ---- the comparison ----------------------------------------------------------------------------


def ours(base: KnowledgeBase, rows: Rows, profiles: Sequence[PatientProfile]) -> list[Form]:
    states = [encode(base, profile) for profile in profiles]
    among = 0
    for bits in rows.masks:
        among |= bits
    part = base.table.part(among)
    everything = base.table.certain

    def named(mask: int) -> set[str]:
        return {name for name, bits in zip(rows.names, rows.masks, strict=True) if mask & bits}

    return [
        Form("a bit mask of the rows", lambda number: part.certain(states[number]), named),
        Form("  of all conditions of the knowledge", lambda number: everything(states[number]), named),
        Form("  the names of the rows", lambda number: named(part.certain(states[number])), set),
    ]


def agreed(engines: Mapping[str, Sequence[Form]]) -> float:
    """How many rows hold for a profile on average, if all forms of all engines name the same."""
    hits = []
    for number in range(PROFILES):
        named = {
            (engine, form.name): form.read(form.ask(number))
            for engine, forms in engines.items()
            for form in forms
        }
        first = next(iter(named.values()))
        differing = {key: found ^ first for key, found in named.items() if found != first}
        assert not differing, f"profile {number}: {differing}"
        hits.append(len(first))
    assert min(hits) < max(hits), "every profile has the same number of rows"
    return statistics.mean(hits)


def fastest(forms: Sequence[Form]) -> Form:
    def best_of_three(form: Form) -> float:
        return min(timed(form.ask, range(PROFILES)) for _ in range(3))

    return min(forms, key=best_of_three)


def main() -> None:
    asked = options(__doc__, rounds=31)
    machine = Machine()
    base = shipped()
    rows = rows_of(base)
    columns = sorted({fact for row in rows.conditions for some in row for one in some for fact in one})
    profiles = list(islice(with_gaps(seed=7), PROFILES))
    data = [facts_of(profile, set(columns)) for profile in profiles]
    engines = {
        "lungmets": ours(base, rows, profiles),
        "datalogic-py": datalogic(rows, data),
        "zen-engine": zen_engine(rows, data, columns),
    }
    hits = agreed(engines)
    logic_form, zen_form = fastest(engines["datalogic-py"]), fastest(engines["zen-engine"])
    forms = (*engines["lungmets"], logic_form, zen_form)
    times = side_by_side(asked.rounds, PROFILES, *(form.ask for form in forms))
    own, *_, of_logic, of_zen = times
    names = [f"lungmets, {engines['lungmets'][0].name}", *(form.name for form in engines["lungmets"][1:])]
    names += [f"datalogic-py, {logic_form.name}", f"zen-engine, {zen_form.name}"]

    print(
        f"The bare match: {len(rows.names)} systemic rows, {PROFILES} profiles, {hits:.1f} rows hold on average"
    )
    lines = [Line(name, summary(found), "µs", digits=2) for name, found in zip(names, times, strict=True)]
    lines += [
        Line("lungmets / datalogic-py", ratio(own, of_logic), "", OF_DATALOGIC, digits=3),
        Line("lungmets / zen-engine", ratio(own, of_zen), "", OF_ZEN, digits=3),
    ]
    finish(lines, machine, report_only=asked.report_only)


def ratio(some: Sequence[float], others: Sequence[float]) -> float:
    """The median of the ratios of batches of the same profiles at the same moment."""
    return statistics.median(one / other for one, other in zip(some, others, strict=True))


if __name__ == "__main__":
    main()
