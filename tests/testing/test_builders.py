"""Builders: a complete panel is complete, and an incomplete one lacks exactly what was named."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lungmets import PatientProfile, ProfileError, QuestionError, assess, load
from lungmets.gate import examine
from lungmets.knowledge.base import shipped
from lungmets.knowledge.references import ITEMS
from lungmets.profile import FIELDS, ProfileFields
from lungmets.testing import complete, complete_profile, each_item_missing, incomplete_profile, panel_items
from lungmets.testing.completing import QUIET, Question
from lungmets.testing.strategies import complete_profiles, days, profiles
from lungmets.vocabulary import Gene, Jurisdiction, Panel
from tests.testing.planted import without_canada

unhurried = settings(deadline=None)
RELEASE = shipped().content.release

# What the panel of the design names: "core, the default: histology, EGFR, ALK, ROS1, KRAS, MET, RET, PD-L1 TPS,
# ECOG PS, brain imaging with its lesion count. comprehensive adds BRAF, NTRK, ERBB2, NRG1."
CORE = {"histology", "egfr", "alk", "ros1", "kras", "met", "ret", "pd_l1_tps", "ecog_ps", "brain_lesions"}
COMPREHENSIVE = CORE | {"braf", "ntrk", "erbb2", "nrg1"}

# fmt: off
QUESTIONS = [
    # question                                                          histology       what is asked
    ({},                                                                "squamous",     CORE),
    ({"panel": "comprehensive"},                                        "squamous",     COMPREHENSIVE),
    # "Small-cell disease needs no molecular panel"; its extent and ECOG gate (C6).
    ({},                                                                "small_cell",   {"histology", "ecog_ps", "stage"}),
    ({"panel": "comprehensive"},                                        "small_cell",   {"histology", "ecog_ps", "stage"}),
    # "nobody could be asked for RET in 2014"; the college of pathologists' guideline of 2013 asks EGFR and ALK, ROS1 is
    # asked from 2018, KRAS from 2023, MET from 2021, PD-L1 from 2017.
    ({"as_of": date(2014, 6, 1)},                                       "squamous",     {"histology", "egfr", "alk", "ecog_ps", "brain_lesions"}),
    ({"as_of": date(2014, 6, 1), "panel": "comprehensive"},             "squamous",     {"histology", "egfr", "alk", "ecog_ps", "brain_lesions"}),
]
# fmt: on


@pytest.mark.parametrize(("question", "histology", "asked"), QUESTIONS)
def test_the_panel_is_that_of_the_day_the_place_and_the_histology(question, histology, asked):
    assert set(panel_items(PatientProfile(histology=histology), **question)) == asked


@pytest.mark.parametrize(("question", "histology", "asked"), QUESTIONS)
def test_a_complete_profile_states_the_panel_and_nothing_else(question, histology, asked):
    profile = complete_profile(histology=histology, **question)
    empty = PatientProfile()
    assert {field for field in FIELDS if getattr(profile, field) != getattr(empty, field)} == asked


@pytest.mark.parametrize(("question", "histology", "asked"), QUESTIONS[:3] + QUESTIONS[4:])
def test_a_complete_profile_is_answered_with_options(question, histology, asked):
    answer = assess(complete_profile(histology=histology, **question), **question)
    assert answer.status == "documented", answer
    assert set(answer.not_considered) <= {"braf", "ntrk", "erbb2", "nrg1"} - asked


@pytest.mark.parametrize(("question", "histology", "asked"), QUESTIONS)
def test_each_item_is_missing_once_and_alone(question, histology, asked):
    lacking = each_item_missing(PatientProfile(histology=histology), **question)
    assert set(lacking) == asked
    for item, profile in lacking.items():
        answer = assess(profile, **question)
        assert [missing.item for missing in answer.missing] == [item]


def test_without_a_profile_a_quiet_one_is_meant():
    assert set(panel_items()) == CORE
    assert set(each_item_missing()) == CORE
    assert each_item_missing()["ecog_ps"] == incomplete_profile("ecog_ps")
    assert complete(PatientProfile()) == complete_profile()


def test_changes_stay_and_the_rest_is_quiet():
    profile = complete_profile(egfr="p.Leu858Arg", pd_l1_tps=">=50", smoking="never")
    assert (profile.egfr.text, profile.pd_l1_tps.text, profile.smoking) == ("l858r", "50-100", "never")
    assert (profile.alk.text, profile.ecog_ps, profile.brain_lesions) == ("negative", 0, 0)


# What is stated of an item and is no answer to it is completed as far as it goes.
# fmt: off
COMPLETED = [
    # field            stated                                                   completed, as its text, and why
    ("egfr",           None,                                                    "negative"),
    ("egfr",           "pending",                                               "negative"),
    ("egfr",           "negative (plasma)",                                     "negative"),          # plasma cannot exclude
    ("egfr",           "positive",                                              "other_activating"),  # the least specific class
    ("kras",           "positive",                                              "other"),
    ("alk",            {"status": "positive"},                                  "fusion"),
    ("ros1",           {"status": "positive", "variants": ["fusion"], "assay": "ihc"}, "fusion"),     # asks for confirmation
    ("nrg1",           "pending",                                               "negative"),          # stated, so it gates (C3)
    ("pd_l1_tps",      "pending",                                               "0"),
    ("pd_l1_tps",      {"low": 0, "high": 60},                                  "0"),                 # on both sides of a threshold
    ("pd_l1_tps",      ">=10",                                                  "10"),
    ("pd_l1_tps",      ">10",                                                   "100"),
    ("pd_l1_tps",      {"low": 10, "high": 60, "low_open": True, "high_open": True}, "35"),
    ("pd_l1_tps",      "10-20",                                                 "10-20"),             # a bound that does not decide
    ("brain_lesions",  "not_imaged",                                            "0"),
    ("brain_lesions",  "present_count_unknown",                                 "1"),
]
# fmt: on


@pytest.mark.parametrize(("field", "stated", "completed"), COMPLETED)
def test_what_is_stated_is_kept_as_far_as_it_goes(field, stated, completed):
    profile = complete(PatientProfile(histology="adenocarcinoma", **{field: stated}))
    value = getattr(profile, field)
    assert str(getattr(value, "text", value)) == completed
    assert assess(profile).status == "documented"


def test_an_assay_and_immune_cells_stay_beside_a_score_that_is_filled_in():
    profile = complete(PatientProfile(pd_l1_tps={"tps": "pending", "assay": "sp142", "immune_cells": 12}))
    assert (profile.pd_l1_tps.text, profile.pd_l1_tps.assay, profile.pd_l1_tps.immune_cells) == (
        "0",
        "sp142",
        12,
    )


# fmt: off
NOT_AGAINST = [
    # what is stated                           the item             its answer
    ({"metastatic_sites": ["brain"]},          "brain_lesions",     1),
    ({"brain_largest_mm": 12},                 "brain_lesions",     1),
    ({"brain_symptomatic": "yes"},             "brain_lesions",     1),
    ({"brain_symptomatic": "no"},              "brain_lesions",     0),
    ({"stage": "extensive"},                   "histology",         "small_cell"),
    ({"histology": "small_cell"},              "stage",             "IV"),
]
# fmt: on


@pytest.mark.parametrize(("stated", "item", "answer"), NOT_AGAINST)
def test_a_quiet_answer_does_not_contradict_what_is_stated(stated, item, answer):
    profile = complete(PatientProfile(**stated))
    assert getattr(profile, item) == answer
    assert assess(profile).status == "documented"


def test_a_contradiction_that_is_stated_stays():
    # No count is consistent with a brain that was not imaged.
    profile = complete(PatientProfile(brain_imaging="none"))
    assert assess(profile).reason == "inconsistent"
    assert profile.brain_imaging == "none"


# ---- what is missing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "named", [("egfr",), ("histology",), ("histology", "pd_l1_tps", "brain_lesions"), tuple(CORE)]
)
def test_an_incomplete_profile_lacks_exactly_what_is_named(named):
    assert {item.item for item in assess(incomplete_profile(*named)).missing} == set(named)


# fmt: off
OTHER_WAYS = [
    ("egfr",          "pending"), ("alk",           "inadequate"), ("met",  "positive"), ("egfr", "negative (plasma)"),
    ("pd_l1_tps",     "indeterminate"), ("pd_l1_tps", "1-60"), ("brain_lesions", "not_imaged"), ("nrg1", "pending"),
]
# fmt: on


@pytest.mark.parametrize(("item", "stated"), OTHER_WAYS)
def test_an_item_may_be_missing_in_any_way(item, stated):
    profile = incomplete_profile(item, **{item: stated})
    assert getattr(profile, item) == getattr(PatientProfile(**{item: stated}), item)
    assert [missing.item for missing in assess(profile).missing] == [item]


def test_a_bound_that_starts_to_decide_once_an_item_is_missing_is_answered():
    # With an EGFR driver the score decides nothing (C2); without a result of EGFR it does.
    profile = complete_profile(egfr="l858r", pd_l1_tps="1-60")
    lacking = each_item_missing(profile)
    assert lacking["alk"].pd_l1_tps.text == "1-60"
    assert lacking["egfr"].pd_l1_tps.text == "1"
    assert [missing.item for missing in assess(lacking["egfr"]).missing] == ["egfr"]


def test_a_gene_that_is_asked_only_because_it_was_stated_is_missing_as_pending():
    lacking = each_item_missing(PatientProfile(nrg1="negative"))
    assert set(lacking) == CORE | {"nrg1"}
    assert lacking["nrg1"].nrg1.text == "pending"


# ---- mistakes -----------------------------------------------------------------------------------------------

# fmt: off
MISTAKES = [
    # what is called                                               what its message says
    (lambda: complete_profile(egrf="negative"),                    "egrf: this is not a field; expected a field of the profile; did you mean egfr?"),
    (lambda: complete_profile(ecog_ps=5),                          "ecog_ps: 5 is out of range; expected a whole number from 0 to 4"),
    (lambda: complete_profile(egfr="pending"),                     "egfr: 'pending' is no answer, and a complete profile answers every item that is asked; expected an answer; name 'egfr' in incomplete_profile() where it is meant to be missing"),
    (lambda: complete_profile(egfr=None),                          "egfr: 'not_tested' is no answer"),
    (lambda: complete_profile(ecog_ps=None),                       "ecog_ps: nothing is no answer"),
    (lambda: complete_profile(pd_l1_tps="1-60"),                   "pd_l1_tps: '1-60' is no answer"),
    (lambda: complete_profile(brain_lesions="not_imaged"),         "brain_lesions: 'not_imaged' is no answer"),
    (lambda: complete_profile(nrg1="pending"),                     "nrg1: 'pending' is no answer"),
    (lambda: incomplete_profile("egrf"),                           "missing[0]: 'egrf' is not an item of the panel; expected one of histology, egfr, alk, ros1, kras, met, ret, pd_l1_tps, ecog_ps, brain_lesions; did you mean egfr?"),
    (lambda: incomplete_profile("alk", "ret", as_of=date(2014, 6, 1)), "missing[1]: 'ret' is not asked here; expected one of histology, egfr, alk, ecog_ps, brain_lesions; the question is of 2014-06-01, us, core panel"),
    (lambda: incomplete_profile("nrg1"),                           "missing[0]: 'nrg1' is not asked here"),
    (lambda: incomplete_profile("egfr", histology="small_cell"),   "missing[0]: 'egfr' is not asked here; expected one of histology, ecog_ps, stage"),
    (lambda: incomplete_profile(["egfr"]),                         "missing[0]: ['egfr'] is not an item of the panel; expected one of histology, egfr, alk, ros1, kras, met, ret, pd_l1_tps, ecog_ps, brain_lesions; name each item as an argument of its own"),
    (incomplete_profile,                                           "missing: no item is named; expected at least one item of the panel; for a complete profile use complete_profile()"),
    (lambda: incomplete_profile("egfr", egfr="l858r"),             "egfr: 'l858r' is an answer, but egfr is named as missing; expected no answer, such as not_tested; leave out one of the two"),
    (lambda: incomplete_profile("egfr", alk="pending"),            "alk: 'pending' is no answer"),
    (lambda: panel_items(panel="cor"),                             "panel: 'cor' is not known; expected one of core, comprehensive; did you mean core?"),
    (lambda: panel_items(as_of="2014-06-01"),                      "as_of: '2014-06-01' is not a day; expected a datetime.date, or nothing"),
    (lambda: panel_items(as_of=date(1990, 1, 1)),                  f"as_of: 1990-01-01 lies outside what this knowledge ({RELEASE.version}) covers; expected a day from {RELEASE.begins[Jurisdiction.US]} to {RELEASE.as_of}"),
    (lambda: complete_profile(as_of=date(2030, 1, 1)),             "as_of: 2030-01-01 lies outside what this knowledge"),
    # The knowledge begins in the European Union with the first authorisation that is dated, and in Canada with the release.
    (lambda: panel_items(as_of=date(2009, 6, 23), jurisdiction="eu"), f"as_of: 2009-06-23 lies outside what this knowledge ({RELEASE.version}) covers; expected a day from 2009-06-24 to {RELEASE.as_of}"),
    (lambda: panel_items(as_of=date(2020, 1, 1), jurisdiction="ca"), f"as_of: 2020-01-01 lies outside what this knowledge ({RELEASE.version}) covers; expected a day from {RELEASE.as_of} to {RELEASE.as_of}"),
    (lambda: complete(PatientProfile(), jurisdiction="ca", knowledge=without_canada()), f"jurisdiction: this knowledge ({RELEASE.version}) holds no dated uses for 'ca'; expected one of us, eu"),
    (lambda: each_item_missing(jurisdiction="usa"),                "jurisdiction: 'usa' is not known"),
]
# fmt: on


@pytest.mark.parametrize(("called", "message"), MISTAKES, ids=[row[1][:60] for row in MISTAKES])
def test_a_mistake_is_told_with_what_to_do(called, message):
    with pytest.raises((ProfileError, QuestionError)) as caught:
        called()
    assert str(caught.value).startswith(message)


def test_a_message_names_the_day_that_was_asked_for():
    # Nothing changes between the two days, so they share one view of the knowledge.
    one, other = date(2018, 4, 18), date(2018, 4, 19)
    for day in (one, other):
        with pytest.raises(QuestionError, match=f"the question is of {day}, us, core panel"):
            incomplete_profile("nrg1", as_of=day)


# ---- other knowledge ----------------------------------------------------------------------------------------


@pytest.fixture
def changed(tmp_path):
    """A copy of the knowledge with one text of its panel replaced."""

    def change(old, new):
        from shutil import copytree, ignore_patterns

        from lungmets.knowledge.base import shipped_folder

        folder = copytree(shipped_folder(), tmp_path / "knowledge", ignore=ignore_patterns("__pycache__"))
        file = folder / "panel.yaml"
        text = file.read_text(encoding="utf-8")
        assert text.count(old), old
        file.write_text(text.replace(old, new), encoding="utf-8")
        return load(folder)

    return change


def test_the_panel_is_read_from_the_knowledge_that_is_given(changed):
    # The core panel of this knowledge asks for BRAF as well.
    base = changed(
        "- item: braf\n    panels: [comprehensive]", "- item: braf\n    panels: [core, comprehensive]"
    )
    assert set(panel_items(knowledge=base)) == CORE | {"braf"}
    assert complete_profile(knowledge=base).braf.text == "negative"
    assert set(each_item_missing(knowledge=base)) == CORE | {"braf"}
    lacking = incomplete_profile("braf", knowledge=base)
    assert [item.item for item in assess(lacking, knowledge=base).missing] == ["braf"]


def test_a_panel_that_takes_no_quiet_answer_says_so(changed):
    # In this knowledge no negative is an answer, from whatever specimen.
    base = changed("      - status: negative\n        specimen: plasma\n", "      - status: negative\n")
    with pytest.raises(QuestionError, match="egfr is missing still, although it was answered"):
        complete_profile(knowledge=base)


# ---- every profile ------------------------------------------------------------------------------------------


@unhurried
@given(profiles(), days(), st.sampled_from(Panel))
def test_any_profile_can_be_completed(profile, day, panel):
    question = {"as_of": day, "panel": panel}
    done = complete(profile, **question)
    assert getattr(assess(done, **question), "reason", None) != "incomplete"
    assert complete(done, **question) == done
    view = shipped().view("us", day)
    asked = {item.item for item in examine(view, profile, panel).missing}
    changed = {field for field in FIELDS if getattr(done, field) != getattr(profile, field)}
    # Nothing is changed but what was missing, and what came to be asked once the histology was known.
    assert changed <= asked | (set(ITEMS) if "histology" in asked else set())


@unhurried
@given(complete_profiles(), st.data())
def test_any_asked_item_that_is_left_out_is_missing_alone(profile, data):
    lacking = each_item_missing(profile)
    item = data.draw(st.sampled_from(sorted(lacking)))
    answer = assess(lacking[item])
    if answer.reason == "incomplete":
        assert [missing.item for missing in answer.missing] == [item]
    else:
        assert answer.reason in {"out_of_scope", "inconsistent"}


# ---- the tables ---------------------------------------------------------------------------------------------


def test_every_item_that_a_panel_can_ask_for_has_a_quiet_answer_that_is_one():
    assert set(QUIET) == set(ITEMS)
    profile = PatientProfile(**QUIET)
    assert {profile.gene(gene).text for gene in Gene} == {"negative"}
    for panel in Panel:
        assert Question.of(None, "us", panel, None).missing(profile) == ()


def test_the_type_of_the_fields_names_every_field():
    assert tuple(ProfileFields.__annotations__) == FIELDS
