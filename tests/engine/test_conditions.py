"""The grammar of `when`, entry by entry: what each way of writing comes down to.

The expected conjunctions follow from docs/reference/knowledge-format.md: entries all hold at once,
of a list any member does, a status of a gene is one fact and each variant another, and alternatives
over several facts are multiplied out.
"""

import pytest

from lungmets.knowledge.conditions import ConditionError, Grammar, Span
from lungmets.knowledge.facts import CHOICES, GENES, NUMBERS, SETS, choice_facts, in_order, limits

GROUPS = {"histology": {"lung": ("squamous", "large_cell"), "other": ("sarcomatoid",)}}
NAMED = {
    "driver": {"egfr": ["l858r", "t790m"]},
    "no_driver": {"egfr": "negative", "alk": "negative"},
    "young": {"age": "<40", "is": "driver"},
    "high": {"pd_l1_tps": ">=50"},
    "low": {"pd_l1_tps": "<50"},
    "mid": {"pd_l1_tps": ">=1, <80"},
}
YES, NO = {"yes"}, {"no"}


@pytest.fixture(scope="module")
def grammar():
    return Grammar(GROUPS, ["seizure", "jaundice"], NAMED)


def between(low=None, high=None):
    """The numbers from a cut to a cut; a cut is (number, 0) just before it or (number, 1) just after it."""
    return Span(low, high)


# fmt: off
WORDS = [
    # the entry                                                     the conjunctions
    ({},                                                            [{}]),
    ({"histology": "squamous"},                                     [{"histology": {"squamous"}}]),
    ({"histology": ["squamous", "sarcomatoid"]},                    [{"histology": {"squamous", "sarcomatoid"}}]),
    ({"histology": "lung"},                                         [{"histology": {"squamous", "large_cell"}}]),
    ({"histology": ["lung", "other"]},                              [{"histology": {"squamous", "large_cell", "sarcomatoid"}}]),
    ({"histology": ["lung", "squamous"]},                           [{"histology": {"squamous", "large_cell"}}]),
    ({"histology": {"not": ["lung", "small_cell"]}},                [{"histology": {"adenocarcinoma", "adenosquamous", "nsclc_nos", "large_cell_neuroendocrine", "sarcomatoid"}}]),
    ({"histology": {"not": {"not": "squamous"}}},                   [{"histology": {"squamous"}}]),
    ({"ecog_ps": 1},                                                [{"ecog_ps": {"1"}}]),
    ({"ecog_ps": [0, 1]},                                           [{"ecog_ps": {"0", "1"}}]),
    ({"ecog_ps": {"not": [3, 4]}},                                  [{"ecog_ps": {"0", "1", "2"}}]),
    ({"brain_symptomatic": "yes"},                                  [{"brain_symptomatic": YES}]),
    ({"brain_symptomatic": True},                                   [{"brain_symptomatic": YES}]),
    ({"brain_symptomatic": False},                                  [{"brain_symptomatic": NO}]),
    ({"pd_l1_assay": "22c3"},                                       [{"pd_l1_assay": {"22c3"}}]),
    ({"stage": ["IVA", "IVB"], "ecog_ps": 0},                       [{"stage": {"IVA", "IVB"}, "ecog_ps": {"0"}}]),
]
GENES_AND_SETS = [
    ({"alk": "positive"},                                           [{"alk": {"positive"}}]),
    ({"alk": ["negative", "not_considered"]},                       [{"alk": {"negative", "not_considered"}}]),
    ({"egfr": "l858r"},                                             [{"egfr.l858r": YES}]),
    ({"egfr": ["l858r", "t790m"]},                                  [{"egfr.l858r": YES}, {"egfr.t790m": YES}]),
    ({"egfr": ["negative", "l858r", "t790m"]},                      [{"egfr": {"negative"}}, {"egfr.l858r": YES}, {"egfr.t790m": YES}]),
    ({"egfr": {"not": ["t790m"]}},                                  [{"egfr.t790m": NO}]),
    ({"egfr": {"all": ["t790m"], "any": ["l858r", "exon19del"]}},   [{"egfr.t790m": YES, "egfr.l858r": YES}, {"egfr.t790m": YES, "egfr.exon19del": YES}]),
    ({"egfr": {"any": ["l858r"], "not": ["t790m", "s768i"]}},       [{"egfr.l858r": YES, "egfr.t790m": NO, "egfr.s768i": NO}]),
    ({"egfr": {"any": ["l858r", "t790m"], "not": ["t790m"]}},       [{"egfr.l858r": YES, "egfr.t790m": NO}]),
    ({"contraindications": "platinum"},                             [{"contraindications.platinum": YES}]),
    ({"contraindications": ["platinum", "haemoptysis"]},            [{"contraindications.platinum": YES}, {"contraindications.haemoptysis": YES}]),
    ({"contraindications": {"all": ["platinum", "haemoptysis"]}},   [{"contraindications.platinum": YES, "contraindications.haemoptysis": YES}]),
    ({"metastatic_sites": {"not": "bone"}},                         [{"metastatic_sites.bone": NO}]),
    ({"symptoms": ["seizure", "jaundice"]},                         [{"symptoms.seizure": YES}, {"symptoms.jaundice": YES}]),
    ({"egfr": ["l858r", "t790m"], "kras": ["g12c", "other"]},       [{"egfr.l858r": YES, "kras.g12c": YES}, {"egfr.l858r": YES, "kras.other": YES}, {"egfr.t790m": YES, "kras.g12c": YES}, {"egfr.t790m": YES, "kras.other": YES}]),
]
NUMBERS_WRITTEN = [
    ({"pd_l1_tps": ">=50"},                                         [{"pd_l1_tps": between(low=(50, 0))}]),
    ({"pd_l1_tps": ">50"},                                          [{"pd_l1_tps": between(low=(50, 1))}]),
    ({"pd_l1_tps": "<50"},                                          [{"pd_l1_tps": between(high=(50, 0))}]),
    ({"pd_l1_tps": "<=50"},                                         [{"pd_l1_tps": between(high=(50, 1))}]),
    ({"pd_l1_tps": ">=1, <50"},                                     [{"pd_l1_tps": between((1, 0), (50, 0))}]),
    ({"pd_l1_tps": ">= 1,<50"},                                     [{"pd_l1_tps": between((1, 0), (50, 0))}]),
    ({"pd_l1_tps": ">=1, >=10, <50, <=49.5"},                       [{"pd_l1_tps": between((10, 0), (49.5, 1))}]),
    ({"brain_lesions": 4},                                          [{"brain_lesions": between((4, 0), (4, 1))}]),
    ({"brain_lesions": ">=4, <=4"},                                 [{"brain_lesions": between((4, 0), (4, 1))}]),
    ({"corrected_calcium_mg_dl": 10.5},                             [{"corrected_calcium_mg_dl": between((10.5, 0), (10.5, 1))}]),
]
CONDITIONS = [
    ({"is": "driver"},                                              [{"egfr.l858r": YES}, {"egfr.t790m": YES}]),
    ({"is": "young"},                                               [{"egfr.l858r": YES, "age": between(high=(40, 0))}, {"egfr.t790m": YES, "age": between(high=(40, 0))}]),
    ({"is": ["driver", "high"]},                                    [{"egfr.l858r": YES, "pd_l1_tps": between(low=(50, 0))}, {"egfr.t790m": YES, "pd_l1_tps": between(low=(50, 0))}]),
    ({"is": ["low", "mid"]},                                        [{"pd_l1_tps": between((1, 0), (50, 0))}]),
    ({"is": "mid", "pd_l1_tps": ">=20"},                            [{"pd_l1_tps": between((20, 0), (80, 0))}]),
    ({"is": "no_driver", "egfr": ["negative", "not_considered"]},   [{"egfr": {"negative"}, "alk": {"negative"}}]),
    ({"is": "driver", "egfr": {"not": "t790m"}},                    [{"egfr.l858r": YES, "egfr.t790m": NO}]),
]
# fmt: on


@pytest.mark.parametrize(("when", "expected"), WORDS + GENES_AND_SETS + NUMBERS_WRITTEN + CONDITIONS)
def test_what_an_entry_comes_down_to(grammar, when, expected):
    assert [dict(conjunction) for conjunction in grammar.read(when)] == expected


def test_facts_stand_in_the_same_order_however_the_condition_is_written(grammar):
    """Answers list the values that matched in this order."""
    first = {
        "ecog_ps": 1,
        "pd_l1_tps": ">=50",
        "egfr": "l858r",
        "histology": "squamous",
        "symptoms": "seizure",
    }
    turned = dict(reversed(first.items()))
    order = ["histology", "egfr.l858r", "pd_l1_tps", "ecog_ps", "symptoms.seizure"]
    assert [list(one) for one in grammar.read(first)] == [order]
    assert [list(one) for one in grammar.read(turned)] == [order]


def test_every_fact_has_its_place_in_that_order():
    facts = [*choice_facts(["seizure"]), *NUMBERS]
    assert len({in_order(fact) for fact in facts}) == len(facts)


def test_every_fact_can_be_written(grammar):
    """With a word of its own; none is left out of the grammar."""
    for fact, words in CHOICES.items():
        assert grammar.read({fact: words[0]}) == [{fact: {words[0]}}]
    for fact in NUMBERS:
        assert grammar.read({fact: 1}) == [{fact: between((1, 0), (1, 1))}]
    for gene in GENES:
        assert grammar.read({gene: "positive"}) == [{gene: {"positive"}}]
    for name, members in SETS.items():
        assert grammar.read({name: members[0]}) == [{f"{name}.{members[0]}": YES}]


# fmt: off
REFUSED = [
    # the condition                                             what it says
    ({"pd_l1_tps": ">=50, <50"},                                "holds for no number"),
    ({"pd_l1_tps": ">50, <=50"},                                "holds for no number"),
    ({"pd_l1_tps": ">100"},                                     "holds for no pd_l1_tps"),
    ({"pd_l1_tps": 101},                                        "holds for no pd_l1_tps"),
    ({"age": "<0"},                                             "holds for no age"),
    ({"age": -1},                                               "holds for no age"),
    ({"age": float("inf")},                                     "is not a comparison"),
    ({"age": float("nan")},                                     "is not a comparison"),
    ({"age": ""},                                               "is not a comparison"),
    ({"age": ">=1,"},                                           "is not a comparison"),
    ({"age": ">=1 <5"},                                         "is not a comparison"),
    ({"age": ">=-1"},                                           "is not a comparison"),
    ({"age": None},                                             "is not a comparison"),
    ({"age": {"not": 5}},                                       "is not a comparison"),
    ({"is": ["high", "low"]},                                   "no profile can meet this condition"),
    ({"is": "no_driver", "egfr": "positive"},                   "no profile can meet this condition"),
    ({"egfr": {"all": ["t790m"], "not": ["t790m"]}},            "no profile can meet this condition"),
    ({"egfr": {"any": ["t790m"], "not": ["t790m"]}},            "no profile can meet this condition"),
    ({"histology": []},                                         "names nothing"),
    ({"histology": {"not": []}},                                "names nothing"),
    ({"egfr": {"any": []}},                                     "names nothing"),
    ({"is": []},                                                "names nothing"),
    ({"histology": {"any": "squamous"}},                        "at histology"),
    ({"histology": {"not": "squamous", "any": "large_cell"}},   "at histology"),
    ({"histology": {}},                                         "at histology"),
    ({"egfr": {}},                                              "at egfr"),
    ({"egfr": {"none": ["t790m"]}},                             "at egfr"),
    ({"egfr": [["l858r"]]},                                     "is not a word of egfr"),
    ({"egfr": [{"l858r": 1}]},                                  "is not a word of egfr"),
    ({"egfr": None},                                            "nothing is not a word of egfr"),
    ({"egfr": "L858R"},                                         "'L858R' is not a word of egfr"),
    ({"ecog_ps": 5},                                            "5 is not a word of ecog_ps"),
    ({"ecog_ps": 1.5},                                          "1.5 is not a word of ecog_ps"),
    ({"histology": ["lung", "lung"]},                           "names something twice"),
    ({"ecog_ps": [1, "1"]},                                     "names something twice"),
    ({"is": "nowhere"},                                         "is not a named condition"),
    ({"is": {"a": 1}},                                          "is not a named condition"),
    ({"": "yes"},                                               "'' is not a fact"),
    ({"egfr.l858r": "yes"},                                     "'egfr.l858r' is not a fact"),
]
# fmt: on


@pytest.mark.parametrize(("when", "words"), REFUSED)
def test_what_is_refused(grammar, when, words):
    with pytest.raises(ConditionError) as caught:
        grammar.read(when)
    assert words in str(caught.value)


def test_a_refusal_offers_what_could_stand_there(grammar):
    with pytest.raises(ConditionError) as caught:
        grammar.read({"histology": "squamos"})
    assert caught.value.word == "squamos"
    assert {"squamous", "lung"} <= set(caught.value.known)
    assert caught.value.inside == ""


def test_a_refusal_says_in_which_named_condition_it_arose():
    grammar = Grammar({}, (), {"outer": {"is": "inner"}, "inner": {"histology": "squamos"}})
    with pytest.raises(ConditionError) as caught:
        grammar.read({"is": "outer"})
    assert caught.value.inside == "inner"


def test_a_circle_is_refused_and_leaves_no_trace():
    grammar = Grammar({}, (), {"a": {"is": "b"}, "b": {"is": "a"}, "c": {"age": ">5"}})
    for _ in range(2):
        with pytest.raises(ConditionError, match="'a' refers to itself"):
            grammar.read({"is": "a"})
    assert grammar.read({"is": "c"}) == [{"age": between(low=(5, 1))}]


def test_a_percentage_ends_at_a_hundred_and_nothing_begins_below_zero():
    assert {limits(fact)[0] for fact in NUMBERS} == {0}
    assert {fact for fact in NUMBERS if limits(fact)[1] == 100} == {"pd_l1_tps", "pd_l1_immune_cells"}
