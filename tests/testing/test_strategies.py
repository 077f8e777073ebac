"""Strategies: they reach every field, word and fact, shrink to the quiet profile, and obey the laws."""

import json
import random
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import find, given, settings
from hypothesis import strategies as st

from lungmets import PatientProfile, ProfileError, QuestionError, assess, read_profile
from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.knowledge.base import shipped
from lungmets.nomenclature import read_gene, read_histology, read_pd_l1
from lungmets.profile import FIELDS
from lungmets.testing import complete_profile, panel_items
from lungmets.testing.reports import REPORTED, reports
from lungmets.testing.strategies import (
    complete_profiles,
    days,
    incomplete_profiles,
    jurisdictions,
    profile_inputs,
    profiles,
    report_strings,
)
from lungmets.vocabulary import (
    GENE_VARIANTS,
    Assay,
    BrainLesions,
    Gene,
    Histology,
    Jurisdiction,
    KrasVariant,
    MetastaticSite,
    Panel,
    PdL1Assay,
    ResultStatus,
    Specimen,
    Stage,
)
from tests.testing.planted import without_canada
from tests.testing.reaching import (
    every_fact,
    every_token,
    facts,
    facts_after_the_gate,
    sample,
    tokens,
    unreached,
    unreached_by_profiles,
)

unhurried = settings(deadline=None)
RELEASE = shipped().content.release
BRAIN_DATED = date(2006, 12, 31)
"""Before it no brain disease is answered (scope.yaml, brain.before-2007)."""


# ---- the laws -------------------------------------------------------------------------------------------------------


@unhurried
@given(profiles(), st.dates(), st.sampled_from(Jurisdiction), st.sampled_from(Panel))
def test_any_profile_is_answered_or_refused_whatever_is_asked(profile, day, place, panel):
    answer = assess(profile, as_of=day, jurisdiction=place, panel=panel)
    assert isinstance(answer, Refusal | DocumentedOptions)


@unhurried
@given(st.data(), jurisdictions(), st.sampled_from(Panel))
def test_a_complete_profile_is_never_refused_as_incomplete(data, place, panel):
    # The knowledge begins on another day in each place.
    question = {"as_of": data.draw(days(jurisdiction=place)), "jurisdiction": place, "panel": panel}
    answer = assess(data.draw(complete_profiles(**question)), **question)
    assert getattr(answer, "reason", None) != "incomplete"


@unhurried
@given(st.data(), jurisdictions(), st.sampled_from(Panel))
def test_an_item_that_is_left_out_is_listed_and_no_other(data, place, panel):
    day = data.draw(days(jurisdiction=place))
    question = {"as_of": day, "jurisdiction": place, "panel": panel}
    asked = panel_items(**question)
    # Nothing that could take it out of scope, or contradict it.
    calm = dict.fromkeys(set(FIELDS) - {*asked, "stage"}) | {"stage": st.sampled_from(["IV", "IVA", "IVB"])}
    item = data.draw(st.sampled_from(asked))
    calm |= {} if item == "histology" else {"histology": "adenocarcinoma"}
    if day < BRAIN_DATED and item != "brain_lesions":
        calm["brain_lesions"] = 0
    profile = data.draw(incomplete_profiles(item, **question, **calm))
    answer = assess(profile, **question)
    if day < BRAIN_DATED and profile.brain_lesions is BrainLesions.PRESENT_COUNT_UNKNOWN:
        # Lesions are there, whatever their number, and that alone is not dated yet.
        assert answer.reason == "undated"
        return
    assert answer.reason == "incomplete"
    assert [missing.item for missing in answer.missing] == [item]


@unhurried
@given(incomplete_profiles())
def test_an_incomplete_profile_is_refused(profile):
    answer = assess(profile)
    assert answer.status == "refused"
    assert answer.missing or answer.reason in {"out_of_scope", "inconsistent"}


@unhurried
@given(profiles())
def test_a_profile_written_as_json_is_read_back(profile):
    assert read_profile(profile.model_dump_json()) == profile


@unhurried
@given(profile_inputs())
def test_a_table_can_be_written_to_a_file_and_read_back(fields):
    profile = PatientProfile(**fields)
    assert read_profile(json.dumps(fields)) == profile
    assert read_profile(yaml.safe_dump(fields, allow_unicode=True)) == profile


# ---- they reach everything ------------------------------------------------------------------------------------------


def test_every_field_word_and_variant_is_reached():
    assert unreached_by_profiles(every_token(), tokens) == set()


def test_every_fact_of_the_compiled_table_is_reached():
    # A gene is never considered where the panel does not ask it: none is, of a small-cell tumour.
    never = {fact for fact in every_fact() if fact.endswith(" = not_considered")}
    small_cell = profiles(**dict.fromkeys(FIELDS) | {"histology": "small_cell"})
    assert unreached(small_cell, never, facts_after_the_gate, 10, 1) == set()
    assert unreached_by_profiles(every_fact() - never, facts) == set()


def test_a_complete_panel_reaches_every_answer_and_no_other():
    # Of the genes: each variant and the negative; a status that is no answer never, nor a class that is not stated.
    answers = {f"{gene}: {variant.value}" for gene in Gene for variant in GENE_VARIANTS[gene]}
    answers |= {f"{gene}: negative" for gene in Gene} | {f"ecog_ps: {grade}" for grade in range(5)}
    no_answers = {
        f"{gene}: {status}"
        for gene in Gene
        for status in ("pending", "inadequate", "indeterminate", "no class")
    }
    # Only what is counted here is drawn, so that a few profiles have all of it.
    beside = set(FIELDS) - {*Gene, "ecog_ps", "pd_l1_tps", "brain_lesions", "histology"}
    strategy = complete_profiles(panel="comprehensive", histology="squamous", **dict.fromkeys(beside))
    assert unreached(strategy, answers, tokens, 250) == set()
    assert unreached(strategy, no_answers, tokens, 250, 1) == no_answers


# fmt: off
PLANTED = [
    # a field that is narrower than it should be                                                what is not reached then
    ({"stage": st.sampled_from(sorted(set(Stage) - {"limited"}))},                              {"stage: limited", "stage: unstated"}),
    ({"kras": st.sampled_from(["other", "negative", None])},                                    {"kras: g12c"}),
    ({"pregnant": st.sampled_from([True, None])},                                               {"pregnant: False"}),
    ({"metastatic_sites": st.lists(st.sampled_from(sorted(set(MetastaticSite) - {"bone"})))},   {"metastatic_sites: bone"}),
    ({"smoking": None},                                                                         {"smoking: never", "smoking: former", "smoking: current"}),
]
# fmt: on


@pytest.mark.parametrize(("planted", "lost"), PLANTED, ids=[",".join(row[0]) for row in PLANTED])
def test_a_word_that_is_no_longer_reached_is_noticed(planted, lost):
    assert unreached(profiles(**planted), lost | {"egfr: negative"}, tokens, 50, 1) == lost


def test_a_fact_that_is_no_longer_reached_is_noticed():
    # Scope begins at 18, and rows of chemotherapy by trial begin at 70 and end at 90.
    wanted = {"age = <18", "age = >=18 <70", "age = >=70 <90", "age = >=90", "ecog_ps = 0"}
    assert wanted <= every_fact()
    assert unreached(profiles(age=st.integers(18, 120)), wanted, facts, 50, 1) == {"age = <18"}


def test_what_no_field_draws_is_noticed_though_its_field_is_drawn_alone():
    wanted = {"calcium: mg/dL", "calcium: mg/L", "metastasis_counts: brain", "counts_agree = none"}
    lost = {"calcium: mg/L", "counts_agree = none"}  # no unit, and no answer
    assert unreached_by_profiles(wanted, tokens, 100, 1) == lost


# ---- they shrink ----------------------------------------------------------------------------------------------------


def found(strategy, condition):
    numbers = random.Random(1)  # noqa: S311  -- the same search in every run, and no secret
    return find(strategy, condition, random=numbers, settings=settings(database=None, max_examples=10_000))


QUIET = complete_profile()
EMPTY = PatientProfile()


def changed(profile, start=QUIET):
    return {name for name in FIELDS if getattr(profile, name) != getattr(start, name)}


def test_the_simplest_profile_is_the_quiet_complete_one():
    assert found(profiles(), lambda _: True) == QUIET
    question = {"panel": "comprehensive", "as_of": date(2022, 6, 1)}
    assert found(complete_profiles(**question), lambda _: True) == complete_profile(**question)
    assert found(incomplete_profiles("alk"), lambda _: True) == QUIET.model_copy(update={"alk": None})


CORE_GENES = ("egfr", "alk", "ros1", "kras", "met", "ret")

# fmt: off
SHRUNK = [
    ("ecog_ps",          lambda profile: profile.ecog_ps),
    ("egfr",             lambda profile: profile.egfr.variants),
    ("brain_largest_mm", lambda profile: profile.brain_largest_mm),
    ("contraindications", lambda profile: profile.contraindications),
    ("calcium",          lambda profile: profile.calcium),
    ("symptoms",         lambda profile: profile.symptoms),
]
# fmt: on


# Other fields enough to be taken out again; the more are drawn, the longer it takes to meet a condition.
FEWER = dict.fromkeys(
    {*FIELDS}
    - {field for field, _ in SHRUNK}
    - {"histology", *CORE_GENES, "pd_l1_tps", "brain_lesions", "stage", "age"}
)


@pytest.mark.parametrize(("field", "condition"), SHRUNK, ids=[row[0] for row in SHRUNK])
def test_a_failure_shrinks_to_the_one_field_that_it_needs(field, condition):
    assert changed(found(complete_profiles(**FEWER), condition)) == {field}


def test_a_failure_of_two_fields_keeps_two():
    both = found(profiles(**FEWER), lambda profile: profile.egfr.variants and profile.ecog_ps)
    assert changed(both) == {"egfr", "ecog_ps"} or changed(both, EMPTY) == {"egfr", "ecog_ps"}


def test_most_complete_profiles_are_answered_with_options():
    # Otherwise a property of the options would hardly be tested.
    answers = Counter(assess(profile).status for profile in sample(complete_profiles(), 100))
    assert answers["documented"] > 50


# ---- fields ---------------------------------------------------------------------------------------------------------


@unhurried
@given(profiles(histology="squamous", egfr=st.sampled_from(["L858R", "T790M"]), smoking=None))
def test_a_field_is_fixed_or_drawn_from_another_strategy(profile):
    assert profile.histology is Histology.SQUAMOUS
    assert profile.egfr.text in {"l858r", "t790m"}
    assert profile.smoking is None


@unhurried
@given(complete_profiles(kras="G12C", contraindications=["platinum"]))
def test_what_is_fixed_stays_in_a_complete_profile(profile):
    assert profile.kras.variants == (KrasVariant.G12C,)
    assert profile.contraindications == ("platinum",)


@unhurried
@given(incomplete_profiles(kras="G12C", ecog_ps=st.integers(1, 2)))
def test_what_is_fixed_is_not_left_out(profile):
    assert profile.kras.variants == (KrasVariant.G12C,)
    assert profile.ecog_ps in {1, 2}


# fmt: off
MISTAKES = [
    (lambda: profiles(egrf="negative"),                        "egrf: this is not a field; expected a field of the profile; did you mean egfr?"),
    (lambda: profiles(egrf=st.just("negative")),               "egrf: this is not a field"),
    (lambda: profile_inputs(ecog_ps=5),                        "ecog_ps: 5 is out of range"),
    (lambda: complete_profiles(stage="V"),                     "stage: 'V' is not a known word"),
    (lambda: incomplete_profiles("egfr", egfr="negative"),     "egfr: the field is given, and named as missing as well; leave out one of the two"),
    (lambda: report_strings("egrf"),                           "field: 'egrf' is not a field that reads what a report says; expected one of histology, egfr"),
    (lambda: report_strings("kras", says="g12d"),              "says: no text of kras says 'g12d'; expected one of negative, g12c, other"),
]
WHEN_DRAWN = [
    (lambda: complete_profiles(egfr="pending"),                "egfr: 'pending' is no answer, and a complete profile answers every item that is asked"),
    (lambda: complete_profiles(jurisdiction="ca", as_of=date(2020, 1, 1)), "as_of: 2020-01-01 lies outside what this knowledge"),
    (lambda: complete_profiles(jurisdiction="ca", knowledge=without_canada()), "jurisdiction: this knowledge"),
    (lambda: complete_profiles(panel="cor"),                   "panel: 'cor' is not known"),
    (lambda: incomplete_profiles("egrf"),                      "missing[0]: 'egrf' is not an item of the panel"),
    (lambda: incomplete_profiles("ret", as_of=date(2014, 6, 1)), "missing[0]: 'ret' is not asked here"),
    (lambda: days(jurisdiction="ca", knowledge=without_canada()), "jurisdiction: this knowledge"),
]
# fmt: on


@pytest.mark.parametrize(("made", "message"), MISTAKES, ids=[row[1][:50] for row in MISTAKES])
def test_a_mistake_is_told_where_the_strategy_is_made(made, message):
    with pytest.raises((ProfileError, QuestionError)) as caught:
        made()
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(("made", "message"), WHEN_DRAWN, ids=[row[1][:50] for row in WHEN_DRAWN])
def test_a_mistake_of_the_question_is_told_when_something_is_drawn(made, message):
    with pytest.raises((ProfileError, QuestionError)) as caught:
        found(made(), lambda _: True)
    assert str(caught.value).startswith(message)


# ---- reports --------------------------------------------------------------------------------------------------------

READERS = {
    "histology": read_histology,
    "pd_l1_tps": read_pd_l1,
    **{gene.value: lambda text, gene=gene: read_gene(gene, text) for gene in Gene},
}


@pytest.mark.parametrize("field", REPORTED)
def test_every_text_of_a_report_is_understood_and_stands_once(field):
    texts = reports(field)
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert READERS[field](text) == READERS[field](text.upper()) == READERS[field](text.lower())


@pytest.mark.parametrize("gene", Gene)
def test_the_texts_of_a_gene_say_every_status_class_specimen_and_assay(gene):
    readings = [read_gene(gene, text) for text in reports(gene.value)]
    assert {reading.status for reading in readings} == set(ResultStatus)
    assert {variant for reading in readings for variant in reading.variants} == set(GENE_VARIANTS[gene])
    assert {reading.specimen for reading in readings} == {None, *Specimen}
    # A mutation is never found by a stain or a probe, so only fusions, copies and expression have those.
    sequenced = {Gene.EGFR, Gene.KRAS, Gene.BRAF}
    assert {reading.assay for reading in readings} == {None, *Assay} - (
        {"ihc", "fish"} if gene in sequenced else set()
    )


def test_the_texts_of_a_score_and_of_a_histology_say_everything_that_there_is():
    readings = [read_pd_l1(text) for text in reports("pd_l1_tps")]
    assert {reading.assay for reading in readings} == {None, *PdL1Assay}
    assert {reading.status for reading in readings} == {None, *ResultStatus} - {"positive", "negative"}
    assert {(reading.low_open, reading.high_open) for reading in readings} >= {
        (False, False),
        (True, False),
        (False, True),
    }
    assert {read_histology(text) for text in reports("histology")} == set(Histology)


@unhurried
@given(report_strings("egfr", says="exon19del"))
def test_a_result_that_is_asked_for_is_what_the_text_says(text):
    assert PatientProfile(egfr=text).egfr.text == "exon19del"


# ---- days -----------------------------------------------------------------------------------------------------------


def test_days_are_those_of_the_knowledge_and_many_are_days_of_change_or_their_eves():
    drawn = sample(days(), 400)
    assert min(drawn) >= RELEASE.begins[Jurisdiction.US]
    assert max(drawn) <= RELEASE.as_of
    changes = set(shipped().days_of_change)
    eves = {day - timedelta(days=1) for day in changes}
    assert sum(day in changes for day in drawn) > 50
    assert sum(day in eves - changes for day in drawn) > 50
    assert sum(day not in changes | eves for day in drawn) > 50


def test_a_place_that_answers_for_the_release_only_has_that_day():
    assert set(sample(days(jurisdiction="ca"), 25)) == {RELEASE.as_of}


def test_days_of_another_place_begin_where_its_knowledge_begins():
    # release.yaml: the European Union from its first dated authorisation on, which is later than the United States.
    drawn = sample(days(jurisdiction="eu"), 200)
    assert date(2009, 6, 24) == RELEASE.begins[Jurisdiction.EU] <= min(drawn)


def test_jurisdictions_are_those_that_the_knowledge_dates():
    assert set(sample(jurisdictions(), 20)) == set(RELEASE.begins)


# ---- optional -------------------------------------------------------------------------------------------------------

WITHOUT = """
import sys
sys.modules["hypothesis"] = None
from lungmets.testing import complete_profile, each_item_missing
assert len(each_item_missing(complete_profile())) == 10
assert not [name for name in sys.modules if name.split(".")[0] in {"pytest", "hypothesis"} and sys.modules[name]]
try:
    import lungmets.testing.strategies
except ImportError as error:
    print(error)
"""


def test_without_hypothesis_the_builders_work_and_the_strategies_say_what_to_install():
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "lungmets.testing.strategies needs Hypothesis, which is not installed; "
        "install it with: pip install 'lungmets[testing]'\n"
    )


def test_making_a_strategy_loads_no_knowledge():
    code = (
        "from lungmets.testing import strategies as s; from lungmets.knowledge.base import shipped\n"
        "s.profiles(); s.complete_profiles(); s.incomplete_profiles(); s.days(); s.jurisdictions()\n"
        "print(shipped.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "0\n", done.stderr
