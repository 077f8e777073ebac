"""For any condition and anything that may be known, the table says what the documents say.

A second reading of conditions stands here, written from docs/reference/knowledge-format.md and not
from the code: :func:`holds` judges one profile in which each fact is a plain value or unknown.

* *certain*: the condition holds in whatever way the bounds turn out, unknown facts staying unknown;
* *possible*: it holds in some way of filling in the unknowns and of turning out the bounds.
"""

import operator
import re
from itertools import chain, product

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from lungmets.engine import scheme
from lungmets.engine import table as module
from lungmets.engine.table import UNKNOWN, Table, _Column
from lungmets.knowledge.conditions import ConditionError, Grammar

HISTOLOGIES = ("adenocarcinoma", "squamous", "adenosquamous", "large_cell", "nsclc_nos",
               "large_cell_neuroendocrine", "sarcomatoid", "small_cell")  # fmt: skip
GROUPS = {
    "nsclc": HISTOLOGIES[:-1],
    "non_squamous": tuple(word for word in HISTOLOGIES[:-1] if word != "squamous"),
    "rare": ("sarcomatoid", "large_cell_neuroendocrine"),
}
STATUSES = ("negative", "positive", "not_considered")
WORDS = {
    "histology": HISTOLOGIES,
    "ecog_ps": ("0", "1", "2", "3", "4"),
    "brain_disease": ("yes", "no"),
    "smoking": ("never", "former", "current"),
}
MEMBERS = {
    "egfr": ("exon19del", "l858r", "t790m"),  # some of them: more would only make it slow
    "kras": ("g12c", "other"),
    "contraindications": ("platinum", "haemoptysis", "organ_transplant"),
    "symptoms": ("seizure", "jaundice"),
}
GENES = ("egfr", "kras")
NUMBERS = ("pd_l1_tps", "brain_lesions")
FAR = {"pd_l1_tps": 100, "brain_lesions": float("inf")}
SIGNS = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}
STEP = 0.25
"""Thresholds and ends of bounds are multiples of two steps, so that a point lies between any two."""


# ---- the second reading ----------------------------------------------------------------------------


def holds(when, named, value):
    """Whether a condition holds, given what is known; ``value(fact)`` is nothing for an unknown."""
    return all(_entry_holds(key, entry, named, value) for key, entry in when.items())


def _entry_holds(key, entry, named, value):
    if key == "is":
        return all(holds(named[name], named, value) for name in listed(entry))
    if key in NUMBERS:
        return value(key) is not None and in_range(entry, value(key))
    if key in WORDS:
        return value(key) in words_of(key, entry)
    yes = [f"{key}.{name}" for name in MEMBERS[key] if value(f"{key}.{name}") == "yes"]
    no = [f"{key}.{name}" for name in MEMBERS[key] if value(f"{key}.{name}") == "no"]
    if not isinstance(entry, dict):
        return value(key) in listed(entry) or any(f"{key}.{name}" in yes for name in listed(entry))
    return (
        ("any" not in entry or any(f"{key}.{name}" in yes for name in listed(entry["any"])))
        and all(f"{key}.{name}" in yes for name in listed(entry.get("all", [])))
        and all(f"{key}.{name}" in no for name in listed(entry.get("not", [])))
    )


def listed(entry):
    return entry if isinstance(entry, list) else [entry]


def words_of(key, entry):
    if isinstance(entry, dict):
        return set(WORDS[key]) - words_of(key, entry["not"])
    return set(chain.from_iterable(GROUPS.get(str(word), (str(word),)) for word in listed(entry)))


def in_range(entry, number):
    if not isinstance(entry, str):
        return number == entry
    parts = re.findall(r"([<>]=?)([\d.]+)", entry)
    return all(SIGNS[sign](number, float(limit)) for sign, limit in parts)


def facts_of(when, named):
    """The facts that a condition reads."""
    for key, entry in when.items():
        if key == "is":
            yield from chain.from_iterable(facts_of(named[name], named) for name in listed(entry))
        elif key in MEMBERS:
            yield from (f"{key}.{name}" for name in MEMBERS[key])
            yield from [key] if key in GENES else []
        else:
            yield key


def points(fact, known, limits):
    """The values that a fact may turn out to have; a number stands for all between two limits."""
    if fact in NUMBERS:
        low, high, low_open, high_open = known or (0, FAR[fact], False, False)
        near = {limit + step for limit in (*limits, low, high) for step in (-STEP, 0, STEP)} | {FAR[fact]}
        return [
            number
            for number in sorted(near)
            if (number > low or (number == low and not low_open))
            and (number < high or (number == high and not high_open))
        ]
    if fact in GENES:
        # A gene that was never asked is known as such, and what a test would show is still open.
        return STATUSES if known in {None, ("not_considered",)} else known
    return known or (("yes", "no") if "." in fact else WORDS[fact])


def by_trying(when, named, known):
    """Whether a condition is certain and whether it is possible, by trying every way."""
    facts = sorted(set(facts_of(when, named)))
    limits = {float(limit) for limit in re.findall(r"[\d.]+", str([when, named]))}
    given_facts = [fact for fact in facts if known.get(fact) is not None]

    def ways(which, of):
        for values in product(*(of(fact) for fact in which)):
            yield dict(zip(which, values, strict=True)).get

    def as_known(fact):
        return points(fact, known[fact], limits) if fact in NUMBERS else known[fact]

    certain = all(holds(when, named, value) for value in ways(given_facts, as_known))
    possible = any(
        holds(when, named, value) for value in ways(facts, lambda fact: points(fact, known.get(fact), limits))
    )
    return certain, possible


# ---- the table -------------------------------------------------------------------------------------


def by_table(conditions, named, known):
    """The same of several conditions at once, by the compiled table; nothing for one that is refused."""
    grammar = Grammar({"histology": GROUPS}, MEMBERS["symptoms"], named)
    conjunctions, masks = [], []
    for when in conditions:
        try:
            found = grammar.read(when)
        except ConditionError as error:
            if not re.search("no profile can meet|holds for no", str(error)):
                raise
            masks.append(None)
            continue
        masks.append(((1 << len(found)) - 1) << len(conjunctions))
        conjunctions += found
    table = Table(conjunctions, grammar.choices)
    states = []
    for fact in table.facts:
        value = known.get(fact)
        if value is None:
            states.append(UNKNOWN)
        elif fact in NUMBERS:
            low, high, low_open, high_open = value
            states.append(table.number_state(fact, low, high, low_open=low_open, high_open=high_open))
        else:
            states.append(table.word_state(fact, value))
    states = tuple(states)
    certain, possible = table.match(states)
    assert certain & ~possible == 0
    assert table.certain(states) == certain
    for mask in (mask for mask in masks if mask is not None):
        part = table.part(mask)
        assert part.possible(states) == possible & mask
        assert part.certain(states) == certain & mask
    return [None if mask is None else (bool(mask & certain), bool(mask & possible)) for mask in masks]


def disagreements(conditions, named, known):
    """Where the two readings differ; a condition that is refused must be one that nothing can meet."""
    for when, found in zip(conditions, by_table(conditions, named, known), strict=True):
        if found is None:
            if by_trying(when, named, {})[1]:
                yield when, "refused, and can be met"
        elif found != by_trying(when, named, known):
            yield when, found


# ---- any condition, anything known -----------------------------------------------------------------

HALVES = st.integers(0, 12).map(lambda number: number / 2)


def some(words, most=3):
    return st.lists(st.sampled_from(words), min_size=1, max_size=most, unique=True)


def one_or_more(words):
    return st.sampled_from(words) | some(words)


def word_entries(fact):
    words = one_or_more([*WORDS[fact], *(GROUPS if fact == "histology" else ())])
    return words | words.map(lambda entry: {"not": entry})


def number_entries():
    comparison = st.tuples(st.sampled_from(sorted(SIGNS)), HALVES).map(lambda pair: f"{pair[0]}{pair[1]:g}")
    return HALVES | st.lists(comparison, min_size=1, max_size=2).map(", ".join)


def member_entries(name):
    members = one_or_more(MEMBERS[name])
    parts = st.dictionaries(st.sampled_from(["any", "all", "not"]), members, min_size=1)
    with_status = one_or_more([*MEMBERS[name], *STATUSES]) if name in GENES else members
    return with_status | parts


ENTRIES = {
    **{fact: word_entries(fact) for fact in WORDS},
    **{fact: number_entries() for fact in NUMBERS},
    **{name: member_entries(name) for name in MEMBERS},
}


def conditions(**more):
    entries = ENTRIES | more
    keys = st.lists(st.sampled_from(sorted(entries)), max_size=3, unique=True)
    return keys.flatmap(lambda chosen: st.fixed_dictionaries({key: entries[key] for key in chosen}))


NAMED = st.fixed_dictionaries({"a": conditions(), "b": conditions()})
CONDITIONS = st.lists(conditions(**{"is": one_or_more(["a", "b"])}), min_size=1, max_size=3)
BOUNDS = st.tuples(HALVES, HALVES, st.booleans(), st.booleans()).filter(
    lambda bound: bound[0] < bound[1] or (bound[0] == bound[1] and not bound[2] and not bound[3])
)
KNOWN = st.fixed_dictionaries(
    {},
    optional={
        **{fact: some(words).map(tuple) for fact, words in WORDS.items()},
        **{gene: st.sampled_from([(word,) for word in STATUSES]) for gene in GENES},
        **dict.fromkeys(NUMBERS, BOUNDS),
        **{
            f"{name}.{member}": st.sampled_from([("yes",), ("no",)])
            for name, members in MEMBERS.items()
            for member in members
        },
    },
)
NOTHING_NAMED = {"a": {}, "b": {}}


def readable(named):
    """Whether the named conditions can be met by themselves."""
    try:
        for when in named.values():
            Grammar({"histology": GROUPS}, MEMBERS["symptoms"]).read(when)
    except ConditionError:
        return False
    return True


# fmt: off
TELLING = [
    # the condition                                           what is known                                  what a mistake would do
    ({"kras": "negative"},                                    {},                                            "an unknown is negative"),
    ({"contraindications": {"not": "platinum"}},              {},                                            "an unknown is absent"),
    ({"histology": {"not": "squamous"}},                      {},                                            "a complement holds for an unknown"),
    ({"pd_l1_tps": ">=1"},                                    {"pd_l1_tps": (1, 1, False, False)},           "the threshold itself is left out"),
    ({"pd_l1_tps": ">1"},                                     {"pd_l1_tps": (1, 1, False, False)},           "the threshold itself is taken in"),
    ({"pd_l1_tps": ">=1"},                                    {"pd_l1_tps": (0, 1, False, True)},            "an open end counts"),
    ({"pd_l1_tps": ">=1, <5"},                                {"pd_l1_tps": (1, 6, False, False)},           "a bound is certain where some of it is allowed"),
    ({"egfr": {"any": ["l858r", "t790m"], "not": "t790m"}},   {"egfr.t790m": ("yes",), "egfr.l858r": ("yes",)}, "one part overwrites another"),
    ({"egfr": ["negative", "l858r"]},                         {"egfr": ("positive",), "egfr.l858r": ("yes",)}, "a list is one fact only"),
    ({"kras": "positive"},                                    {"kras": ("not_considered",)},                 "never asked is negative"),
    ({"histology": "squamous"},                               {"histology": ("squamous", "large_cell")},     "two words are one"),
    ({"is": ["a", "b"]},                                      {"ecog_ps": ("1",)},                           "conditions are not joined"),
]
# fmt: on
TELLING_NAMED = {"a": {"ecog_ps": [0, 1]}, "b": {"ecog_ps": [1, 2]}}


@settings(max_examples=400, deadline=None)
@given(CONDITIONS, NAMED, KNOWN)
@example([when for when, _, _ in TELLING], TELLING_NAMED, {})
def test_the_table_says_what_the_condition_says(conditions, named, known):
    assume(readable(named))
    assert list(disagreements(conditions, named, known)) == []


@pytest.mark.parametrize(("when", "known"), [row[:2] for row in TELLING], ids=[row[2] for row in TELLING])
def test_it_does_so_in_the_telling_cases(when, known):
    assert list(disagreements([when], TELLING_NAMED, known)) == []


# ---- the check can fail ----------------------------------------------------------------------------


class _UnknownIsNo(_Column):
    def __missing__(self, state):
        return super().__missing__(state or 1 << len(self.allows) - 1)


class _SomeIsEnough(_Column):
    def __missing__(self, state):
        certain, possible = super().__missing__(state)
        return (possible if state else certain), possible


class _ClosedWhenUnknown(_Column):
    def __missing__(self, state):
        certain, possible = super().__missing__(state)
        return certain, (possible if state else certain)


class _NeverAskedIsNegative(_Column):
    def __missing__(self, state):
        self.unasked = UNKNOWN
        return super().__missing__(state)


# fmt: off
MISTAKES = [
    # what is replaced   by what                                                       what it gets wrong
    ("_Column",          _UnknownIsNo,                                                 "an unknown counts as the last word"),
    ("_Column",          _SomeIsEnough,                                                "a bound is certain where some of it is allowed"),
    ("_Column",          _ClosedWhenUnknown,                                           "an unknown is impossible"),
    ("_Column",          _NeverAskedIsNegative,                                        "what was never asked cannot be positive"),
    ("bisect_right",     lambda cuts, place: sum(cut <= (place[0], 1) for cut in cuts), "an end of a bound lies beyond its own limit"),
    ("_holds",           lambda span, _, value: span.low is None or value > 0,      "the upper limit is forgotten"),
]
# fmt: on


@pytest.mark.parametrize(("name", "mistake"), [row[:2] for row in MISTAKES], ids=[row[2] for row in MISTAKES])
def test_a_planted_mistake_is_noticed(monkeypatch, name, mistake):
    monkeypatch.setattr(scheme if name == "bisect_right" else module, name, mistake)
    found = [when for when, known, _ in TELLING if list(disagreements([when], TELLING_NAMED, known))]
    assert found


def test_a_condition_that_is_refused_although_it_can_be_met_is_noticed(monkeypatch):
    from lungmets.knowledge import conditions as grammar

    monkeypatch.setattr(grammar, "_join", lambda _: None)
    assert list(disagreements([{"histology": "squamous"}], NOTHING_NAMED, {})) != []


# ---- the conditions that ship ----------------------------------------------------------------------


def test_nothing_that_ships_is_certain_of_an_empty_profile_unless_it_always_holds():
    """A profile of which nothing is known meets no condition but the empty one."""
    from lungmets.knowledge.base import shipped

    base = shipped()
    certain, possible = base.table.match((UNKNOWN,) * len(base.table.facts))
    assert possible == base.table.all
    assert [base.owner[bit].when for bit in module.bits(certain)] == [{}] * certain.bit_count()
