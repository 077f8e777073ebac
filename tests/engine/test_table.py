"""Numbers against thresholds, bounds against bins, and what the table says of its facts."""

import operator
from itertools import product

import pytest

from lungmets.engine.table import UNKNOWN, Table, bits
from lungmets.knowledge.conditions import Grammar
from lungmets.knowledge.facts import NUMBERS

COMPARISONS = {
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "": operator.eq,
}  # fmt: skip


def table_of(*conditions):
    """A table with one conjunction for each condition."""
    grammar = Grammar({}, ["seizure"])
    conjunctions = [grammar.read(when) for when in conditions]
    assert {len(found) for found in conjunctions} <= {1}
    return Table([found[0] for found in conjunctions], grammar.choices)


def states(table, **known):
    """The states of all facts; those that are not named are unknown."""
    return tuple(known.get(fact.replace(".", "_"), UNKNOWN) for fact in table.facts)


# ---- thresholds ------------------------------------------------------------------------------------


@pytest.mark.parametrize("fact", sorted(NUMBERS))
@pytest.mark.parametrize("sign", sorted(COMPARISONS))
@pytest.mark.parametrize("number", [0, 1, 49, 49.99, 50, 50.01, 51, 100])
def test_a_threshold_from_both_sides(fact, sign, number):
    table = table_of({fact: f"{sign}50" if sign else 50})
    state = table.number_state(fact, number, number)
    assert state != UNKNOWN
    holds = COMPARISONS[sign](number, 50)
    assert table.match((state,)) == (int(holds), int(holds))


@pytest.mark.parametrize(("low", "high"), list(product([">=", ">"], ["<=", "<"])))
@pytest.mark.parametrize("number", [0, 0.99, 1, 1.01, 30, 49.99, 50, 50.01, 100])
def test_two_thresholds_at_once(low, high, number):
    table = table_of({"pd_l1_tps": f"{low}1, {high}50"})
    holds = COMPARISONS[low](number, 1) and COMPARISONS[high](number, 50)
    assert bool(table.match((table.number_state("pd_l1_tps", number, number),))[0]) is holds


def test_neighbouring_ranges_leave_no_gap_and_no_overlap():
    """As for the doses by creatinine clearance: every number is in exactly one of the ranges."""
    ranges = ["<30", ">=30, <40", ">=40, <50", ">=50, <=60", ">60"]
    table = table_of(*({"creatinine_clearance_ml_min": one} for one in ranges))
    for number in (0, 29.999, 30, 39.999, 40, 49.5, 50, 60, 60.001, 300):
        state = table.number_state("creatinine_clearance_ml_min", number, number)
        assert table.match((state,))[0].bit_count() == 1, number


def test_innumerable_is_more_than_any_number():
    table = table_of({"brain_lesions": ">10"}, {"brain_lesions": "<=10"}, {"brain_lesions": 10})
    infinite = float("inf")
    assert table.match((table.number_state("brain_lesions", infinite, infinite),)) == (0b001, 0b001)


# fmt: off
BOUNDS = [
    # the bound                     certain  possible of: TPS <1, TPS >=1 <50, TPS >=50, TPS >=1
    #  low high low_open high_open   <1  mid >=50 >=1     <1  mid >=50 >=1
    (( 0,   0,  False,   False),   ["<1"],               ["<1"]),
    (( 0,   1,  False,   True),    ["<1"],               ["<1"]),
    (( 0,   1,  False,   False),   [],                   ["<1", "mid", ">=1"]),
    (( 1,   1,  False,   False),   ["mid", ">=1"],       ["mid", ">=1"]),
    (( 1,   49, False,   False),   ["mid", ">=1"],       ["mid", ">=1"]),
    (( 1,   50, False,   True),    ["mid", ">=1"],       ["mid", ">=1"]),
    (( 1,   50, False,   False),   [">=1"],              ["mid", ">=50", ">=1"]),
    (( 1,   100, False,  False),   [">=1"],              ["mid", ">=50", ">=1"]),
    (( 49,  100, True,   False),   [">=1"],              ["mid", ">=50", ">=1"]),
    (( 50,  100, False,  False),   [">=50", ">=1"],      [">=50", ">=1"]),
    (( 50,  100, True,   False),   [">=50", ">=1"],      [">=50", ">=1"]),
    (( 0,   50, False,   True),    [],                   ["<1", "mid", ">=1"]),
    (( 0,   100, False,  False),   [],                   ["<1", "mid", ">=50", ">=1"]),
    (( 0,   100, True,   True),    [],                   ["<1", "mid", ">=50", ">=1"]),
]
# fmt: on


@pytest.mark.parametrize(("bound", "certain", "possible"), BOUNDS)
def test_a_bound_is_certain_only_where_all_of_it_is_allowed(bound, certain, possible):
    written = {"<1": "<1", "mid": ">=1, <50", ">=50": ">=50", ">=1": ">=1"}
    table = table_of(*({"pd_l1_tps": one} for one in written.values()))
    low, high, low_open, high_open = bound
    state = table.number_state("pd_l1_tps", low, high, low_open=low_open, high_open=high_open)
    names = list(written)
    found = [[names[bit] for bit in bits(mask)] for mask in table.match((state,))]
    assert found == [certain, possible]


def test_a_bound_that_says_nothing_is_unknown():
    table = table_of({"pd_l1_tps": ">=50"})
    assert table.number_state("pd_l1_tps", 0, 100) == UNKNOWN
    assert table.number_state("pd_l1_tps", 50, 100) != UNKNOWN


# ---- states ----------------------------------------------------------------------------------------

# fmt: off
READ = [
    # the histology may be             certain: squamous, not squamous; possible
    (["squamous"],                     0b01, 0b01),
    (["adenocarcinoma"],               0b10, 0b10),
    (["adenocarcinoma", "large_cell"], 0b10, 0b10),
    (["adenocarcinoma", "squamous"],   0b00, 0b11),
    ([],                               0b00, 0b11),   # unknown: neither, and no complement least of all
]
# fmt: on


@pytest.mark.parametrize(("words", "certain", "possible"), READ)
def test_a_word_and_its_complement(words, certain, possible):
    table = table_of({"histology": "squamous"}, {"histology": {"not": "squamous"}})
    assert table.match((table.word_state("histology", words),)) == (certain, possible)


def test_an_unknown_never_counts_as_no():
    """Neither "no driver" nor "without this contraindication" holds where nothing was said."""
    table = table_of(
        {"met": "negative"}, {"met": {"not": ["exon14_skipping"]}}, {"contraindications": {"not": "platinum"}}
    )
    assert table.match(states(table)) == (0, 0b111)
    assert table.certain(states(table)) == 0


def test_never_asked_is_an_answer_of_its_own():
    """It meets only a condition that names it; what a test would have shown stays possible."""
    table = table_of({"ntrk": "positive"}, {"ntrk": "negative"}, {"ntrk": ["negative", "not_considered"]})
    state = table.word_state("ntrk", ["not_considered"])
    assert table.match((state,)) == (0b100, 0b111)


def test_a_condition_without_facts_always_holds():
    table = table_of({}, {"histology": "squamous"})
    assert table.match(states(table)) == (0b01, 0b11)


def test_a_table_without_conditions_says_nothing():
    table = Table([], {})
    assert (table.facts, table.match(())) == ((), (0, 0))


def test_facts_that_nothing_reads_have_no_column():
    table = table_of({"histology": "squamous"})
    assert table.facts == ("histology",)
    assert table.word_state("ecog_ps", ["1"]) == UNKNOWN
    assert table.number_state("age", 50, 50) == UNKNOWN


def test_a_word_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="not in"):
        table_of({"histology": "squamous"}).word_state("histology", ["squamos"])
    with pytest.raises(ValueError, match="not in"):
        table_of({"histology": "squamous"}).word_state("histology", ["squamous", "squamos"])


def test_fields_that_begin_alike_are_kept_apart():
    """Facts are looked up by field: `met` and its variants are not `metastatic_sites`."""
    table = table_of(
        {"met": "positive"}, {"met": "amplification"}, {"metastatic_sites": "bone"}, {"brain_lesions": 1},
        {"brain_disease": "yes"},
    )  # fmt: skip
    assert table.facts == (
        "brain_disease",
        "brain_lesions",
        "met",
        "met.amplification",
        "metastatic_sites.bone",
    )
    for bit in range(table.size):
        (fact,) = table.conjunctions[bit]
        known = {
            fact.replace(".", "_"): table.number_state(fact, 1, 1)
            if fact == "brain_lesions"
            else table.word_state(fact, ["positive" if fact == "met" else "yes"])
        }
        assert table.match(states(table, **known)) == (1 << bit, table.all)


def test_a_part_of_a_table_agrees_with_the_whole():
    table = table_of({"histology": "squamous"}, {"ecog_ps": 1}, {"histology": "small_cell", "ecog_ps": 2}, {})
    known = states(table, histology=table.word_state("histology", ["squamous"]))
    for mask in range(16):
        part = table.part(mask)
        assert part.possible(known) == mask & table.match(known)[1]
        assert part.certain(known) == mask & table.match(known)[0]


def test_unknown_facts_are_those_that_are_not_yet_allowed():
    when = {"histology": "squamous", "ecog_ps": [0, 1], "pd_l1_tps": ">=50", "alk": "negative"}
    table = table_of(when)
    known = states(
        table,
        histology=table.word_state("histology", ["squamous"]),
        ecog_ps=table.word_state("ecog_ps", ["1", "2"]),
        pd_l1_tps=table.number_state("pd_l1_tps", 60, 60),
    )
    assert table.unknown_facts(0, known) == ["alk", "ecog_ps"]


# fmt: off
CLASSES = [
    # what is read of the performance status         values that are told apart
    ([{"ecog_ps": [0, 1]}],                          ["0", "2"]),
    ([{"ecog_ps": [0, 1]}, {"ecog_ps": [1, 2]}],     ["0", "1", "2", "3"]),
    ([{"ecog_ps": 4}, {"ecog_ps": [3, 4]}],          ["0", "3", "4"]),
]
# fmt: on


@pytest.mark.parametrize(("conditions", "expected"), CLASSES)
def test_values_that_nothing_tells_apart_are_one_class(conditions, expected):
    table = table_of(*conditions)
    assert table.classes("ecog_ps") == [table.word_state("ecog_ps", [word]) for word in expected]


def test_bins_are_named_by_their_limits():
    table = table_of(
        {"pd_l1_tps": ">=1, <50"}, {"pd_l1_tps": ">=50"}, {"brain_lesions": 4}, {"brain_lesions": ">10"}
    )
    assert table.values["pd_l1_tps"] == ("<1", ">=1 <50", ">=50")
    assert table.values["brain_lesions"] == ("<4", "4", ">4 <=10", ">10")


@pytest.mark.parametrize("mask", [0, 1, 0b1011, 1 << 200, (1 << 300) - 1])
def test_the_bits_of_a_mask(mask):
    assert list(bits(mask)) == [place for place in range(mask.bit_length()) if mask >> place & 1]


def test_memory_is_bounded():
    """A set with many members has many states; the look-ups of a group are emptied when they are many."""
    from lungmets.engine import table as module

    members = ["platinum", "haemoptysis", "organ_transplant", "autoimmune_disease", "high_dose_steroids",
               "hypocalcaemia", "interstitial_lung_disease", "recent_pd_l1_therapy"]  # fmt: skip
    table = table_of(*({"contraindications": member} for member in members))
    for values in product((0, 1, 2), repeat=len(members)):
        assert table.match(values)[0].bit_count() == values.count(1)
        assert all(len(group) <= module._MOST_REMEMBERED for _, group in table._groups)
