"""Three engines, one answer: the bitmaps, the plain-loop reference and durable-rules.

An engine has one part in an answer: for the states of all facts it tells which conditions are certain and
which are possible. So the engines are compared there, on every class of everything that a condition reads,
and on the states of whole profiles; and then the answers themselves, byte for byte, on every kind of
question. No mask depends on the day, the place or the panel.

By default a sample is compared. ``LUNGMETS_PROOF=whole`` compares all profiles that the promises are checked
on, and the answer to every scenario by every engine; that takes about half an hour.
"""

import importlib.util
import os
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from lungmets import assess
from lungmets.engine import durable, reference
from lungmets.engine.durable import DurableRules, tables_of
from lungmets.engine.durable_child import LAST, FaultError, Tables
from lungmets.engine.matched import Matched, matched_by
from lungmets.engine.reference import Reference
from lungmets.engine.scheme import States
from lungmets.engine.table import Table, bits
from lungmets.errors import EngineError
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.testing import read_scenarios
from lungmets.vocabulary import Engine, Jurisdiction, Panel
from tests.proof.asking import (
    Question,
    any_states,
    classes_of_each_condition,
    local_states,
    questions,
    together,
)
from tests.proof.space import EVERY_CONTRAINDICATION, Space

WHOLE = os.environ.get("LUNGMETS_PROOF") == "whole"
SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.scenario.yaml"))

installed = pytest.mark.skipif(
    importlib.util.find_spec("durable_rules_engine") is None,
    reason="durable-rules is not installed: pip install 'lungmets[durable]'",
)
OTHERS = [
    pytest.param(Engine.REFERENCE, id="reference"),
    pytest.param(Engine.DURABLE, id="durable", marks=installed),
]


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return shipped()


@pytest.fixture(scope="module")
def every_class(with_grounds) -> list[States]:
    """Every combination of the classes of the facts that one condition reads, unknowns and bounds among them."""
    table, _ = with_grounds
    parts = classes_of_each_condition(table)
    assert len(parts) > 5000
    return together(table, parts)


@pytest.fixture(scope="module")
def with_grounds(base) -> tuple[Table, list]:
    """What every engine is compiled from: the conditions, and each of their facts by itself."""
    parts = dict.fromkeys(part for conjunction in base.table.conjunctions for part in conjunction.items())
    conjunctions = [*base.table.conjunctions, *({fact: allowed} for fact, allowed in parts)]
    return Table(conjunctions, base.content.grammar().choices), conjunctions


# ---- the comparison --------------------------------------------------------------------------------


def disagreements(matcher, table: Table, asked) -> Iterator[str]:
    """Where an engine and the bitmaps differ, or the engine says that it failed."""
    for states in asked:
        try:
            found = matcher.match(states)
        except (EngineError, FaultError) as error:
            yield f"failed: {error}"
            continue
        for name, here, there in zip(("certain", "possible"), found, table.match(states), strict=True):
            for bit in bits(here ^ there):
                facts = {fact: states[table.position[fact]] for fact in table.conjunctions[bit]}
                yield f"condition {bit} is {'not ' * (not here >> bit & 1)}{name} with {facts}"


def different_answers(engine: Engine, base: KnowledgeBase, asked) -> Iterator[Question]:
    """The questions to which an engine and the bitmaps give answers that differ in any byte."""
    for question in asked:
        profile, told = question.profile, {**question._asdict(), "knowledge": base}
        del told["profile"]
        expected = assess(profile, **told).model_dump_json()
        if assess(profile, **told, engine=engine).model_dump_json() != expected:
            yield question


def engine_for(engine: Engine, table: Table, conjunctions):
    return {Engine.REFERENCE: Reference, Engine.DURABLE: DurableRules}[engine](table, conjunctions)


@pytest.mark.parametrize("engine", OTHERS)
def test_the_engines_agree_on_every_class_of_every_condition(engine, base, with_grounds, every_class):
    table, conjunctions = with_grounds
    # Every second question, and the others after the next change of the knowledge; the long run asks all.
    asked = every_class if WHOLE else every_class[int(base.digest[:8], 16) % 2 :: 2]
    assert list(disagreements(engine_for(engine, table, conjunctions), table, asked)) == []


@pytest.mark.parametrize("engine", OTHERS)
def test_the_engines_agree_on_states_of_whole_profiles(engine, with_grounds):
    table, conjunctions = with_grounds
    asked = islice(any_states(table, seed=2), 20_000 if WHOLE else 250)
    assert list(disagreements(engine_for(engine, table, conjunctions), table, asked)) == []


@pytest.mark.parametrize("engine", OTHERS)
def test_the_engines_agree_on_what_else_an_answer_reads(engine, base):
    """The classes of a fact, the facts that are not known yet, and some conditions by themselves."""
    other = matched_by(engine, base.table)
    assert {fact: other.classes(fact) for fact in other.facts} == {
        fact: base.table.classes(fact) for fact in base.table.facts
    }
    rng = random.Random(3)  # noqa: S311  -- the same states in every run
    for states in islice(any_states(base.table, seed=4), 60):
        for bit in range(base.table.size):
            assert other.unknown_facts(bit, states) == base.table.unknown_facts(bit, states)
        mask = rng.getrandbits(base.table.size)
        ours, theirs = other.part(mask), base.table.part(mask)
        assert (ours.certain(states), ours.possible(states)) == (
            theirs.certain(states),
            theirs.possible(states),
        )


@pytest.mark.parametrize("engine", OTHERS)
def test_the_answers_are_the_same_bytes_on_any_day_anywhere(engine, base):
    # The reference takes a second for a refusal in which much is missing.
    asked = of_each_kind(questions(base, seed=5), 400 if WHOLE else 10 if engine is Engine.REFERENCE else 25)
    assert {question.jurisdiction for question in asked} == set(Jurisdiction)
    assert {question.panel for question in asked} == set(Panel)
    assert list(different_answers(engine, base, asked)) == []


def of_each_kind(asked: Iterator[Question], number: int) -> list[Question]:
    """As many that are answered as are refused for each of the reasons; one in 25 of that for days too early.

    Of those there are few: brain disease before its first row.
    """
    wanted = dict.fromkeys(("documented", "incomplete", "inconsistent", "out_of_scope"), number)
    wanted["undated"] = number // 25
    kinds: dict[str, list[Question]] = {kind: [] for kind in wanted}
    for question in asked:
        profile, *others = question
        answer = assess(profile, **dict(zip(Question._fields[1:], others, strict=True)))
        kind = getattr(answer, "reason", answer.status)
        if len(kinds[kind]) < wanted[kind]:
            kinds[kind].append(question)
        if all(len(found) == wanted[kind] for kind, found in kinds.items()):
            break
    return [question for found in kinds.values() for question in found]


@pytest.mark.parametrize("engine", OTHERS)
def test_the_answers_to_the_scenarios_are_the_same_bytes(engine, base):
    asked = [
        Question(one.profile, one.as_of or base.content.release.as_of, one.jurisdiction, one.panel)
        for path in SCENARIOS
        for one in read_scenarios(path)
    ]
    assert len(asked) > 900
    if not WHOLE:
        asked = asked[::12]
    assert list(different_answers(engine, base, asked)) == []


@pytest.mark.skipif(not WHOLE, reason="the whole product takes long: LUNGMETS_PROOF=whole")
@pytest.mark.parametrize("engine", OTHERS)
def test_the_engines_agree_on_every_profile_that_the_promises_are_checked_on(engine, base):
    space, other = Space(base), matched_by(engine, base.table)
    systemic = 0
    for _, _, states in space.systemic(contraindications=EVERY_CONTRAINDICATION):
        assert other.match(states) == base.table.match(states), states
        systemic += 1
    assert systemic > 300_000
    local = 0
    for states in local_states(space):
        assert other.match(states) == base.table.match(states), states
        local += 1
    assert local > 10_000


# ---- the check can fail ----------------------------------------------------------------------------


class _UnknownIsNegative(Reference):
    """An unknown counts as the last word of its fact: no, or the highest number."""

    def match(self, states: States) -> tuple[int, int]:
        last = [1 << len(self._values[fact]) - 1 for fact in self._facts]
        return super().match(tuple(state or end for state, end in zip(states, last, strict=True)))


class _UnknownIsImpossible(Reference):
    def match(self, states: States) -> tuple[int, int]:
        certain, _ = super().match(states)
        return certain, certain


class _SwappedRows(Reference):
    """Two conditions have changed places, in both masks."""

    def match(self, states: States) -> tuple[int, int]:
        return tuple(self._swapped(mask) for mask in super().match(states))

    def _swapped(self, mask: int) -> int:
        one = 20
        # Two conditions may be the same.
        other = next(bit for bit, each in enumerate(self._conjunctions) if each != self._conjunctions[one])
        differs = (mask >> one ^ mask >> other) & 1
        return mask ^ (differs << one | differs << other)


class _LosesARow(Reference):
    def match(self, states: States) -> tuple[int, int]:
        certain, possible = super().match(states)
        return certain & ~(certain & -certain), possible


def _some_is_enough(values, allowed):
    return values != [] and any(reference._allows(allowed, value) for value in values)


def _never_asked_is_negative(values, allowed):
    return values == [] or any(reference._allows(allowed, value) for value in values)


# fmt: off
WRONG = [
    # what is planted                                                             what it is
    (_UnknownIsNegative,                                                          "an unknown is negative"),
    (_UnknownIsImpossible,                                                        "an unknown is impossible"),
    (_SwappedRows,                                                                "two rows are swapped"),
    (_LosesARow,                                                                  "a row is lost"),
    (("_surely", _some_is_enough),                                                "some values are enough"),
    (("_perhaps", _never_asked_is_negative),                                      "never asked is negative"),
    (("_beyond", lambda number, cut: number >= cut[0]),                           "a cut after a number is one before it"),
    (("_numbers", lambda cuts: [float(limit) for limit, _ in cuts] + [1000.0]),   "a bin ends with its limit"),
]
# fmt: on


@pytest.mark.parametrize("planted", [row[0] for row in WRONG], ids=[row[1] for row in WRONG])
def test_a_wrong_engine_is_noticed(monkeypatch, planted, with_grounds, every_class):
    table, conjunctions = with_grounds
    make = Reference
    if isinstance(planted, tuple):
        monkeypatch.setattr(reference, *planted)
    else:
        make = planted
    assert next(disagreements(make(table, conjunctions), table, every_class), None)


class _Faulty:
    """durable-rules, with one function replaced."""

    def __init__(self, **replaced) -> None:
        import durable_rules_engine

        self._engine = durable_rules_engine
        self._replaced = replaced

    def __getattr__(self, name: str):
        real = getattr(self._engine, name)
        planted = self._replaced.get(name)
        return real if planted is None else lambda *arguments: planted(self._engine, *arguments)


def _posts(engine, handle, fact):
    return engine.assert_event(handle, fact)


def _keeps(_engine, _handle, _fact):
    return 0, 0


def _drops(engine, handle, state):
    """Every second rule that fires is not told."""
    dropped = engine.complete_and_start_action(handle, state)
    return engine.complete_and_start_action(handle, state) if dropped else None


def _stops(_engine, _handle, _state):
    """Only the first rule that fires is told."""


def _records(engine, handle, state):
    _, message = engine.start_action_for_state(handle, state)
    return '{"sid": "0", "exception": "planted"}', message


def _as_text(engine, handle, fact):
    """Codes are sent as text: '9' is above 50."""
    return engine.assert_fact(handle, fact.replace(": 1,", ': "1",').replace(": 2,", ': "2",'))


# fmt: off
BREACHES = [
    # what is replaced               by what    what it is
    ("assert_fact",                  _posts,    "an event is posted"),
    ("retract_fact",                 _keeps,    "no fact is retracted"),
    ("complete_and_start_action",    _drops,    "rows that fire are dropped"),
    ("complete_and_start_action",    _stops,    "only the first row is told"),
    ("start_action_for_state",       _records,  "an exception is recorded in the state"),
    ("assert_fact",                  _as_text,  "codes are text"),
]
# fmt: on


@installed
@pytest.mark.parametrize(("name", "planted"), [row[:2] for row in BREACHES], ids=[row[2] for row in BREACHES])
def test_a_breach_of_the_discipline_is_noticed(name, planted, with_grounds, every_class):
    table, conjunctions = with_grounds
    matcher = Tables(_Faulty(**{name: planted}), list(tables_of(table, conjunctions)))
    assert next(disagreements(matcher, table, every_class), None)


@installed
def test_without_a_breach_nothing_is_noticed(with_grounds):
    """The same construction, with nothing planted."""
    table, conjunctions = with_grounds
    matcher = Tables(_Faulty(), list(tables_of(table, conjunctions)))
    assert list(disagreements(matcher, table, islice(any_states(table, seed=6), 20))) == []


@installed
@pytest.mark.parametrize("kind", ["certain", "possible"])
def test_rules_that_are_swapped_are_noticed(kind, with_grounds, every_class):
    table, conjunctions = with_grounds
    tables = list(tables_of(table, conjunctions))
    rules = tables[-1][kind]
    one = next(iter(rules))
    # Two conditions may be the same.
    other = next(name for name in rules if name != LAST and rules[name] != rules[one])
    rules[one], rules[other] = rules[other], rules[one]
    assert next(disagreements(Tables(_Faulty(), tables), table, every_class), None)


def test_an_answer_that_differs_is_noticed(base):
    """A whole knowledge base, with a reference that takes an unknown for negative."""
    planted = KnowledgeBase(base.content, "planted")
    _, memory = planted.engine(Engine.REFERENCE)
    planted._others[Engine.REFERENCE] = (Matched(planted.table, Engine.REFERENCE, _UnknownIsNegative), memory)
    asked = islice(questions(base, seed=7), 20)
    assert next(different_answers(Engine.REFERENCE, planted, asked), None)


def test_a_row_that_is_lost_ends_in_an_error_and_not_in_an_answer(base):
    """Without any comparison: the engine contradicts what it says of the parts."""
    matched = Matched(base.table, Engine.REFERENCE, _LosesARow)
    lost = 0
    for states in islice(any_states(base.table, seed=8), 20):
        with pytest.raises(EngineError, match="'reference' contradicts itself; what it found for whole cond"):
            matched.match(states)
        lost += 1
    assert lost == 20


def test_the_time_limit_of_the_second_engine_is_longer_than_any_answer():
    assert durable.SECONDS >= 30
