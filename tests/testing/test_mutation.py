"""Mutants of the knowledge: what they change, what is alike, which scenarios could notice, and the score."""

from dataclasses import replace
from functools import cache

import pytest

import lungmets
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.knowledge.schema import Begin, Selector
from lungmets.testing import read_scenarios
from lungmets.testing.mutation import Fate, Kind, Scoring, alike, mutants, mutants_of, part_of
from lungmets.testing.mutation.conditions import Conditions, thresholds
from lungmets.testing.mutation.dates import moved
from lungmets.testing.mutation.relevance import Relevance
from lungmets.testing.mutation.scoring import Score, Verdict, failure
from lungmets.testing.mutation.sites import sites
from lungmets.testing.mutation.targets import targets
from lungmets.testing.suite import read_suite
from tests.knowledge.test_release import changed
from tests.testing.suites import of_complete


@cache
def every():
    return {mutant.name: mutant for mutant in mutants(shipped().content)}


def named(part):
    return {name for name in every() if name.startswith(part)}


# ---- what is changed ------------------------------------------------------------------------------


def test_every_mutant_has_a_name_of_its_own_and_every_kind_occurs():
    assert len(every()) == len(mutants(shipped().content))
    assert {mutant.kind for mutant in every().values()} == set(Kind)


def test_a_mutant_differs_in_one_record_and_leaves_the_knowledge_as_it_was():
    before = shipped().content.digest()
    records = {site.key: site.record for site in sites(shipped().content)}
    for mutant in list(every().values())[::400]:
        content = mutant.content()
        assert content != shipped().content, mutant.name
        other = {site.key: site.record for site in sites(content)}
        differing = {key for key in {**records, **other} if records.get(key) != other.get(key)}
        assert differing <= {mutant.record}, mutant.name
    assert shipped().content.digest() == before


# fmt: off
WHENS = [
    # condition                              a change of it
    ({"histology": "nsclc", "alk": "positive"}, {"alk": "positive"}),
    ({"histology": "nsclc", "alk": "positive"}, {"histology": "nsclc"}),
    ({"histology": "squamous"},              {"histology": ["squamous", "adenocarcinoma"]}),
    ({"histology": "nsclc"},                 {"histology": ["nsclc", "small_cell"]}),
    ({"egfr": ["exon19del", "l858r"]},       {"egfr": ["l858r"]}),
    ({"egfr": ["exon19del", "l858r"]},       {"egfr": ["exon19del", "l858r", "t790m"]}),
    ({"egfr": "positive"},                   {"egfr": ["positive", "negative"]}),
    ({"ecog_ps": 2},                         {"ecog_ps": [2, "3"]}),
    ({"brain_symptomatic": "yes"},           {"brain_symptomatic": "no"}),
    ({"contraindications": "haemoptysis"},   {}),
    ({"egfr": {"all": ["t790m"], "any": ["exon19del", "l858r"]}}, {"egfr": {"all": ["t790m"]}}),
    ({"egfr": {"any": ["exon19del", "l858r"]}}, {"egfr": {"all": ["exon19del", "l858r"]}}),
    ({"is": ["egfr_driver", "alk_driver"]},  {"is": ["alk_driver"]}),
    ({"pd_l1_tps": ">=1, <50"},              {"pd_l1_tps": ">=1, <51"}),
    ({"pd_l1_tps": ">=1, <50"},              {"pd_l1_tps": "<50"}),
    ({"brain_lesions": 4},                   {"brain_lesions": 5}),
]
# fmt: on


@pytest.mark.parametrize(("when", "expected"), WHENS)
def test_a_condition_is_changed_by_a_little(when, expected):
    assert expected in [value for _, _, value in Conditions(shipped().content).changes(when)]


def test_both_answers_to_yes_or_no_are_never_allowed_together():
    found = [value for _, _, value in Conditions(shipped().content).changes({"brain_disease": "yes"})]
    assert found == [{}, {"brain_disease": "no"}]


def test_a_threshold_is_moved_both_ways_and_with_its_number():
    assert [value for _, _, value in thresholds(">=1, <50")] == [
        ">=0, <50", ">=2, <50", ">1, <50", "<50", ">=1, <49", ">=1, <51", ">=1, <=50", ">=1",
    ]  # fmt: skip
    assert [value for _, _, value in thresholds("<0")] == ["<1", "<=0"]  # nothing is below nought


def test_a_date_is_moved_by_a_day_an_end_is_lost_or_set_and_a_place_is_lost():
    row = next(row for _, row in shipped().content.rows() if row.id == "pd-l1.pembrolizumab-tps50")
    last = shipped().content.release.as_of
    ended = {what: value for _, what, value in moved(row.documented[0], last)}
    assert set(ended) == {"begins a day earlier", "begins a day later", "ends a day earlier", "ends a day later",
                          "never ends"}  # fmt: skip
    # FDA: 2016-10-24 to 2019-04-11.
    assert (ended["begins a day later"].begins, ended["ends a day earlier"].ends) == (
        "2016-10-25",
        "2019-04-10",
    )
    everywhere = next(row for _, row in shipped().content.rows() if row.id == "elderly.vinorelbine")
    changes = {what: value for _, what, value in moved(everywhere.documented[0], last)}
    assert changes["without eu"].places == ("us", "ca")
    assert changes["ends on the last day"].ends.day == last


def test_a_selector_loses_a_part_or_a_word():
    selector = Selector.model_validate(
        {"domain": "systemic", "contains": ["a", "b"], "drugs_at_least": 2, "except": {"only": "c"}}
    )  # fmt: skip
    assert [what for _, what, _ in targets(selector)] == [
        "without domain", "without contains", "contains without a", "contains without b",
        "without drugs_at_least", "drugs_at_least 1", "drugs_at_least 3",
        "without except", "except: without only",
    ]  # fmt: skip


def test_each_kind_of_record_has_the_changes_that_it_can_suffer():
    assert "egfr-common.osimertinib: dropped" in every()
    assert "egfr-common.osimertinib: preferred: [0] dropped" in every()
    assert "egfr-common.osimertinib: line: later" in every()
    assert "zoledronic-acid.renal: unless: dropped" in every()
    assert "no-checkpoint-inhibitor-alone.met: while_documented: dropped" in every()
    assert "two-drivers: two_of: without ret_driver" in every()
    assert "panel:ros1: no_answer: [1] of any assay" in every()
    assert "panel:egfr: panels: without core" in every()
    assert "release: eu begins a day earlier" in every()
    assert named("group:non_squamous: with squamous")
    assert named("drug:pembrolizumab: classes: without checkpoint_inhibitor")


# ---- what is alike --------------------------------------------------------------------------------

# fmt: off
ALIKE = [
    # kind           record                      is changed to                                              why no question can tell
    ("tables",       "brain.wbrt-5-or-more",     {"when": {"brain_lesions": ">4"}}),                      # lesions are counted
    ("tables",       "later.gefitinib",          {"when": {"histology": ["nsclc"]}}),                     # another way to write it
    ("cautions",     "bevacizumab.brain",        {"on": Selector(contains=("bevacizumab",))}),            # it is of one domain
    ("scope",        "age.child",                {"when": {"age": "<=17"}}),                              # whole years
    ("tables",       "egfr-other.erlotinib",     {"unresolved": {"stays": True}}),                        # nothing would settle it
]
NOT_ALIKE = [
    ("tables",       "brain.wbrt-5-or-more",     {"when": {"brain_lesions": ">5"}}),
    ("cautions",     "bevacizumab.brain",        {"on": Selector(contains=("ramucirumab",))}),
    ("scope",        "age.child",                {"when": {"age": "<=18"}}),
    ("scope",        "age.child",                {"says": "The age is below eighteen years."}),
    ("tables",       "egfr-common.osimertinib",  {"note": "Another note."}),
    ("tables",       "egfr-common.osimertinib",  {"line": "later"}),
    ("tables",       "pd-l1.pembrolizumab-tps50", {"when": {"histology": "nsclc", "pd_l1_tps": ">50"}}),  # percents are no whole numbers
]
# fmt: on


def with_values(kind, name, values):
    content = shipped().content
    if "unresolved" in values:
        row = next(row for _, row in content.rows() if row.id == name)
        values = {"unresolved": row.unresolved.model_copy(update=values["unresolved"])}
    return changed(content, kind, name, **values)


@pytest.mark.parametrize(("kind", "name", "values"), ALIKE)
def test_what_no_question_can_tell_is_alike(kind, name, values):
    other = with_values(kind, name, values)
    assert other != shipped().content
    assert alike(shipped().content, other)


@pytest.mark.parametrize(("kind", "name", "values"), NOT_ALIKE)
def test_what_some_question_can_tell_is_not_alike(kind, name, values):
    assert not alike(shipped().content, with_values(kind, name, values))


def entry_changed(name, number, **values):
    row = next(row for _, row in shipped().content.rows() if row.id == name)
    entries = list(row.documented)
    entries[number] = entries[number].model_copy(update=values)
    return changed(shipped().content, "tables", name, documented=tuple(entries))


def test_a_day_before_a_place_begins_is_alike_unless_it_is_shown_as_the_day_of_an_approval():
    # ELVIS of 1999 documents from the first day of each place on: a year more or less is not seen.
    assert alike(shipped().content, entry_changed("elderly.vinorelbine", 0, begins=Begin("1998-01-06")))
    assert not alike(shipped().content, entry_changed("elderly.vinorelbine", 0, begins=Begin("2005-01-06")))
    # Zoledronic acid is older than 2004, and its label entry shows when it was approved.
    assert not alike(shipped().content, entry_changed("bone.zoledronic-acid", 0, begins=Begin("2002-02-21")))


def test_a_later_line_that_goes_on_behind_a_first_line_is_alike():
    # FDA: alectinib after crizotinib from 2015-12-11, first-line from 2017-11-06. From then on it is listed.
    (goes_on,) = (
        one for name, one in every().items() if name == "alk.alectinib-later: documented: [0] never ends"
    )
    (earlier,) = (
        one
        for name, one in every().items()
        if name == "alk.alectinib-later: documented: [0] ends a day earlier"
    )
    assert alike(shipped().content, goes_on.content())
    assert not alike(shipped().content, earlier.content())


def test_a_phrase_that_another_stands_inside_is_alike():
    def without(phrase):
        (mutant,) = (one for name, one in every().items() if name.endswith(f"phrases: without {phrase}"))
        return mutant.content()

    assert alike(shipped().content, without("first seizure"))  # "seizure" finds it as well
    assert not alike(shipped().content, without("fits"))


def test_a_class_that_nothing_selects_is_alike_and_one_that_is_selected_is_not():
    assert alike(shipped().content, every()["drug:cemiplimab: classes: without antibody"].content())
    assert not alike(
        shipped().content, every()["drug:cemiplimab: classes: without checkpoint_inhibitor"].content()
    )


# ---- which scenarios could notice -----------------------------------------------------------------


@cache
def suite():
    from pathlib import Path

    folder = Path(__file__).parent.parent / "scenarios"
    scenarios = read_suite([folder], shipped())
    return scenarios[::12]


def test_a_scenario_that_is_left_out_does_not_notice():
    """A sample of mutants before a sample of scenarios: those that are not judged would have passed."""
    relevance = Relevance(shipped(), suite())
    left_out = 0
    for mutant in list(every().values())[::500]:
        content = mutant.content()
        try:
            base = KnowledgeBase(content, "mutant")
        except KeyError:  # what the loader refuses is never judged
            continue
        likely = {scenario.place for scenario in relevance.likely(mutant, base)}
        for scenario in suite():
            if scenario.place not in likely:
                left_out += 1
                assert failure(scenario, base) == "", (mutant.name, scenario.name)
    assert left_out > 300


# ---- the score ------------------------------------------------------------------------------------

EXACT = "{status: documented, options: {include: [osimertinib]}}"
EGFR = "{egfr: exon19del}"


def one_scenario():
    return Scoring(shipped(), read_scenarios(of_complete(EXACT, profile=EGFR)))


def test_a_mutant_is_refused_noticed_alike_or_survives():
    scoring = one_scenario()
    fates = {
        # On the day before the approval no source of the row is published.
        "alk.alectinib-later: documented: [0] begins a day earlier": Fate.LOADER,
        "egfr-common.osimertinib: egfr without exon19del": Fate.SCENARIO,
        "egfr-common.osimertinib: egfr without l858r": Fate.SURVIVES,
        "bevacizumab.brain: on: without domain": Fate.ALIKE,
    }
    told = {name: scoring.verdict(every()[name]) for name in fates}
    assert {name: verdict.fate for name, verdict in told.items()} == fates
    assert (
        "systemic.osimertinib among the documented options"
        in told["egfr-common.osimertinib: egfr without exon19del"].witness
    )


def test_a_promise_that_is_broken_notices():
    def promise(base):
        rows = {row.id: row for _, row in base.content.rows()}
        return [] if "l858r" in rows["egfr-common.osimertinib"].when["egfr"] else ["L858R is gone"]

    scoring = Scoring(shipped(), (), [promise])
    verdict = scoring.verdict(every()["egfr-common.osimertinib: egfr without l858r"])
    assert (verdict.fate, verdict.witness) == (Fate.PROMISE, "L858R is gone")


def test_a_name_that_is_gone_is_noticed_by_whoever_expects_it():
    text = of_complete("{status: documented, alerts: {exclude: [jaundice]}}")
    scoring = Scoring(shipped(), read_scenarios(text))
    # The loader refuses it first: then no alert reads the symptom.
    mutant = replace(every()["jaundice: dropped"], kind=Kind.RECORD)
    assert scoring.verdict(mutant).fate is Fate.LOADER
    gone = KnowledgeBase(mutant.content(), "planted")
    assert "'jaundice' is not known" in failure(read_scenarios(text)[0], gone)


def verdicts(*fates):
    return Score(
        knowledge="x",
        verdicts=[Verdict(mutant=f"m{n}", kind=Kind.DATE, fate=fate) for n, fate in enumerate(fates)],
    )


def test_what_is_alike_is_not_counted_and_a_survivor_is_never_rounded_away():
    assert verdicts(Fate.SCENARIO, Fate.ALIKE, Fate.SURVIVES).percent == 50
    assert verdicts(Fate.ALIKE).percent == 100
    nearly = verdicts(*[Fate.LOADER] * 2999, Fate.SURVIVES)
    assert nearly.shown == "99.9"
    assert "m2999 (date moved)" in str(nearly)


def test_the_parts_are_the_whole():
    names = list(every())
    parts = [[one.name for one in part_of(list(every().values()), part, 7)] for part in range(7)]
    assert sorted(name for part in parts for name in part) == sorted(names)


def test_with_an_overlay_only_what_is_local_is_changed():
    from tests.fuzz.reading import EXAMPLE

    base = lungmets.load(overlays=EXAMPLE)
    found = mutants_of(base)
    assert found
    assert all(one.record.startswith("example-hospital") or one.record == "panel:braf" for one in found)
    assert len(mutants_of(shipped())) == len(every())
