"""The profile as an object: frozen, equal to what was written, stored and read back unchanged."""

import copy
import json
import pickle
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lungmets import DocumentError, PatientProfile, ProfileError, read_profile
from lungmets.profile import FIELDS, SymptomEntry
from lungmets.results import Calcium, GeneResult, PdL1
from lungmets.vocabulary import (
    BrainLesions,
    CalciumUnit,
    Contraindication,
    EgfrVariant,
    FusionVariant,
    Gene,
    Histology,
    KrasVariant,
    Leptomeningeal,
    MetastaticSite,
    PdL1Assay,
    ResultStatus,
    Specimen,
)
from tests.input.profiles import JUNK, unhurried, written

PLAIN_TEXT = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=50).filter(
    str.strip
)
EVERY_FIELD = {
    "histology": "adenocarcinoma",
    **{gene.value: "negative" for gene in Gene},
    "egfr": {"status": "positive", "variants": ["l858r", "t790m"], "specimen": "tissue", "assay": "ngs"},
    "pd_l1_tps": "1-49",
    "ecog_ps": 1,
    "brain_lesions": 3,
    "brain_largest_mm": 12.5,
    "brain_symptomatic": True,
    "brain_mass_effect": False,
    "brainstem": False,
    "brain_cavity": False,
    "leptomeningeal": "no",
    "brain_imaging": "mri",
    "metastatic_sites": ["brain", "liver"],
    "metastasis_counts": {"brain": 3, "liver": 1},
    "bone_metastases": False,
    "bone_pain": False,
    "impending_fracture": False,
    "cord_compression": False,
    "creatinine_clearance_ml_min": 70.5,
    "calcium": "2.4 mmol/L",
    "albumin_g_l": 40,
    "contraindications": ["platinum"],
    "contraindications_excluded": ["organ_transplant"],
    "symptoms": ["cough", {"what": "pain", "since": "2026-05-01", "course": "worse"}],
    "stage": "IV",
    "prior_systemic_therapy": False,
    "age": 70,
    "smoking": "never",
    "pregnant": False,
}


def test_the_example_states_every_field():
    assert tuple(EVERY_FIELD) == FIELDS


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_cannot_be_changed_or_removed(field):
    profile = PatientProfile(**EVERY_FIELD)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(profile, field, None)
    with pytest.raises(ValidationError, match="frozen"):
        delattr(profile, field)


@pytest.mark.parametrize("field", FIELDS)
def test_two_profiles_are_equal_only_where_every_field_is(field):
    # The field left out has its default, and the example states something else for each.
    profile, same = PatientProfile(**EVERY_FIELD), PatientProfile(**EVERY_FIELD)
    assert (profile, hash(profile)) == (same, hash(same))
    assert profile != PatientProfile(**{name: value for name, value in EVERY_FIELD.items() if name != field})


def test_a_profile_can_be_a_key():
    assert {PatientProfile(**EVERY_FIELD): 1}[PatientProfile(**EVERY_FIELD)] == 1


def pickled(value):
    return pickle.loads(pickle.dumps(value))  # noqa: S301  -- this process wrote it


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, pickled])
def test_a_duplicate_is_equal(duplicate):
    profile = PatientProfile(**EVERY_FIELD)
    assert duplicate(profile) == profile


def test_nothing_is_stated_in_an_empty_profile():
    empty = PatientProfile()
    assert {getattr(empty, gene.value).status for gene in Gene} == {ResultStatus.NOT_TESTED}
    assert empty.pd_l1_tps == PdL1()
    stated = {
        name: getattr(empty, name)
        for name in FIELDS
        if name not in {*(gene.value for gene in Gene), "pd_l1_tps"}
    }
    assert {name for name, value in stated.items() if value not in {None, ()}} == set()


@unhurried
@given(written())
def test_a_stored_profile_is_read_back_unchanged(fields):
    profile = PatientProfile(**fields)
    stored = profile.model_dump_json()
    assert PatientProfile.model_validate_json(stored) == profile
    assert PatientProfile.model_validate_json(stored).model_dump_json() == stored
    assert PatientProfile.model_validate(profile.model_dump()) == profile
    assert PatientProfile(**profile.model_dump(mode="json")) == profile
    assert hash(PatientProfile.model_validate_json(stored)) == hash(profile)


@unhurried
@given(written(symptoms=st.lists(PLAIN_TEXT, max_size=3)))
def test_stored_json_is_a_profile_for_the_yaml_reader_as_well(fields):
    profile = PatientProfile(**fields)
    assert read_profile(profile.model_dump_json()) == profile
    assert read_profile(json.dumps(profile.model_dump(mode="json"))) == profile


@unhurried
@given(written())
def test_what_a_profile_keeps_can_be_handed_in_again(fields):
    profile = PatientProfile(**fields)
    assert PatientProfile(**{name: getattr(profile, name) for name in FIELDS}) == profile


@unhurried
@given(written(), st.randoms())
def test_the_order_of_the_fields_does_not_matter(fields, random):
    names = list(fields)
    random.shuffle(names)
    assert PatientProfile(**{name: fields[name] for name in names}) == PatientProfile(**fields)


@unhurried
@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=10), JUNK, max_size=3))
def test_anything_else_is_a_profile_or_a_profile_error(fields):
    try:
        profile = PatientProfile.model_validate(fields)
    except ProfileError as error:
        problems = error.problems
    else:
        problems = ()
        assert PatientProfile.model_validate_json(profile.model_dump_json()) == profile
    assert all(problem.place and problem.what and problem.expected for problem in problems), problems


# fmt: off
FORMS = [
    # field            as it is written                             as it is kept
    ("histology",      "Squamous cell carcinoma",                   Histology.SQUAMOUS),
    ("egfr",           "p.Leu858Arg",                               GeneResult[EgfrVariant](status="positive", variants=("l858r",))),
    ("egfr",           ["T790M", "L858R", "l858r"],                 GeneResult[EgfrVariant](status="positive", variants=("l858r", "t790m"))),
    ("egfr",           ["negative"],                                GeneResult[EgfrVariant](status="negative")),
    ("egfr",           EgfrVariant.L858R,                           GeneResult[EgfrVariant](status="positive", variants=("l858r",))),
    ("egfr",           ResultStatus.PENDING,                        GeneResult[EgfrVariant](status="pending")),
    ("egfr",           {"status": "positive"},                      GeneResult[EgfrVariant](status="positive")),
    ("egfr",           {"status": "positive", "variants": None},    GeneResult[EgfrVariant](status="positive")),
    ("egfr",           {"status": "NEGATIVE", "specimen": "Plasma"}, GeneResult[EgfrVariant](status="negative", specimen="plasma")),
    ("egfr",           {"status": "positive", "variants": ["L858R in plasma"]}, GeneResult[EgfrVariant](status="positive", variants=("l858r",), specimen="plasma")),
    ("alk",            "EML4-ALK fusion",                           GeneResult[FusionVariant](status="positive", variants=("fusion",))),
    ("kras",           "G12D",                                      GeneResult[KrasVariant](status="positive", variants=("other",))),
    ("alk",            None,                                        GeneResult[FusionVariant](status="not_tested")),
    ("pd_l1_tps",      60,                                          PdL1(low=60, high=60)),
    ("pd_l1_tps",      0.5,                                         PdL1(low=0.5, high=0.5)),
    ("pd_l1_tps",      -0.0,                                        PdL1(low=0, high=0)),
    ("pd_l1_tps",      Fraction(1, 2),                              PdL1(low=0.5, high=0.5)),
    ("pd_l1_tps",      "<1",                                        PdL1(low=0, high=1, high_open=True)),
    ("pd_l1_tps",      ">=50",                                      PdL1(low=50, high=100)),
    ("pd_l1_tps",      "1-49",                                      PdL1(low=1, high=49)),
    ("pd_l1_tps",      "not_tested",                                PdL1(status="not_tested")),
    ("pd_l1_tps",      {"tps": 60, "assay": "SP263"},               PdL1(low=60, high=60, assay="sp263")),
    ("pd_l1_tps",      {"tps": "<1", "immune_cells": 10},           PdL1(low=0, high=1, high_open=True, immune_cells=10)),
    ("pd_l1_tps",      {"tps": "pending", "assay": "22c3"},         PdL1(status="pending", assay="22c3")),
    ("pd_l1_tps",      {"tps": "22C3: 60", "assay": "22c3"},        PdL1(low=60, high=60, assay=PdL1Assay.CLONE_22C3)),
    ("pd_l1_tps",      {"low": 1, "high": 49},                      PdL1(low=1, high=49)),
    ("pd_l1_tps",      {"tps": None, "immune_cells": 5},            PdL1(immune_cells=5)),
    ("brain_lesions",  "not imaged",                                BrainLesions.NOT_IMAGED),
    ("brain_lesions",  0,                                           0),
    ("ecog_ps",        "unknown",                                   None),
    ("leptomeningeal", "No",                                        Leptomeningeal.NO),
    ("bone_metastases", "YES ",                                     True),
    ("bone_metastases", "no",                                       False),
    ("bone_metastases", True,                                       True),
    ("bone_metastases", "unstated",                                 None),
    ("metastatic_sites", ["Liver", "brain", "liver"],               (MetastaticSite.BRAIN, MetastaticSite.LIVER)),
    ("metastatic_sites", [],                                        ()),
    ("metastatic_sites", "unstated",                                None),
    ("metastasis_counts", {"Liver": 2, "distant nodes": 1},         ((MetastaticSite.DISTANT_NODES, 1), (MetastaticSite.LIVER, 2))),
    ("contraindications", {"interstitial lung disease"},            (Contraindication.INTERSTITIAL_LUNG_DISEASE,)),
    ("calcium",        "2.9 mmol/l",                                Calcium(value=2.9, unit=CalciumUnit.MMOL_L)),
    ("calcium",        "11.6mg/dl",                                 Calcium(value=11.6, unit=CalciumUnit.MG_DL)),
    ("calcium",        {"value": 3, "unit": "MG/DL"},               Calcium(value=3, unit=CalciumUnit.MG_DL)),
    ("calcium",        "unknown",                                   None),
    ("symptoms",       "cough",                                     (SymptomEntry(what="cough"),)),
    ("symptoms",       {"what": "cough"},                           (SymptomEntry(what="cough"),)),
    ("symptoms",       SymptomEntry(what="cough"),                       (SymptomEntry(what="cough"),)),
    ("symptoms",       [{"what": "cough", "since": "2026-05-01"}],  (SymptomEntry(what="cough", since=date(2026, 5, 1)),)),
    ("symptoms",       [{"what": "cough", "since": None}],          (SymptomEntry(what="cough"),)),
    ("symptoms",       {"pain", "cough", "ache"},                   (SymptomEntry(what="ache"), SymptomEntry(what="cough"), SymptomEntry(what="pain"))),
    ("symptoms",       None,                                        ()),
    ("stage",          "iv",                                        "IV"),
    ("age",            70,                                          70),
]
# fmt: on


@pytest.mark.parametrize(("field", "value", "kept"), FORMS, ids=[f"{row[0]} {row[2]}" for row in FORMS])
def test_a_field_is_kept_in_one_form_however_it_is_written(field, value, kept):
    assert getattr(PatientProfile(**{field: value}), field) == kept


def test_a_zero_has_no_sign():
    profile = PatientProfile(pd_l1_tps=-0.0, creatinine_clearance_ml_min=-0.0)
    assert profile.pd_l1_tps.text == "0"
    assert "-0" not in profile.model_dump_json()


def test_numbers_of_numpy_are_numbers():
    numpy = pytest.importorskip("numpy")
    profile = PatientProfile(
        ecog_ps=numpy.int64(1),
        brain_lesions=numpy.int32(3),
        pd_l1_tps=numpy.float32(62.5),
        age=numpy.uint8(70),
    )
    assert profile == PatientProfile(ecog_ps=1, brain_lesions=3, pd_l1_tps=62.5, age=70)
    with pytest.raises(ProfileError, match="is neither yes nor no"):
        PatientProfile(bone_pain=numpy.int64(1))


YAML_FLAGS = "bone_metastases: yes\nbone_pain: no\nbrainstem: unstated\ncord_compression: true\npregnant: false\nbrain_cavity:\n"


def test_yes_and_no_in_yaml_are_flags_where_flags_belong_and_words_elsewhere():
    profile = read_profile(YAML_FLAGS + "leptomeningeal: no\n")
    flags = [
        profile.bone_metastases,
        profile.bone_pain,
        profile.brainstem,
        profile.cord_compression,
        profile.pregnant,
    ]
    assert flags == [True, False, None, True, False]
    assert profile.brain_cavity is None
    assert profile.leptomeningeal is Leptomeningeal.NO


@unhurried
@given(st.permutations(list("abcdefgh")))
def test_a_set_of_symptoms_is_kept_in_an_order_that_does_not_change(letters):
    assert PatientProfile(symptoms=set(letters)) == PatientProfile(symptoms=sorted(letters))


def test_a_generator_is_as_good_as_a_list():
    profile = PatientProfile(metastatic_sites=(site for site in ["liver"]), symptoms=iter(["cough"]))
    assert profile == PatientProfile(metastatic_sites=["liver"], symptoms=["cough"])


# ---- copies ---------------------------------------------------------------------------------------------------------


def test_a_copy_with_an_update_is_read_like_a_new_profile():
    profile = PatientProfile(**EVERY_FIELD)
    changed = profile.model_copy(update={"egfr": "wild type", "ecog_ps": 2})
    assert changed == PatientProfile(**{**EVERY_FIELD, "egfr": "negative", "ecog_ps": 2})
    assert profile == PatientProfile(**EVERY_FIELD)
    assert profile.model_copy() == profile
    assert profile.model_copy(deep=True) == profile


def test_a_copy_cannot_be_made_wrong():
    profile = PatientProfile(symptoms=["first seizure"])
    with pytest.raises(ProfileError, match="ecog_ps: 7 is out of range") as caught:
        profile.model_copy(update={"ecog_ps": 7})
    assert [alert.id for alert in caught.value.alerts] == ["seizure"]
    with pytest.raises(ProfileError, match="ecog: this is not a field"):
        profile.model_copy(update={"ecog": 1})


@unhurried
@given(written(), written())
def test_a_copy_is_what_a_new_profile_would_be(fields, update):
    for listed in ("contraindications", "contraindications_excluded"):  # the two depend on each other
        update.pop(listed, None)
    assert PatientProfile(**fields).model_copy(update=update) == PatientProfile(**{**fields, **update})


# ---- the ways in ----------------------------------------------------------------------------------------------------

# fmt: off
WAYS_IN = {
    "keyword arguments":   lambda fields: PatientProfile(**fields),
    "model_validate":      PatientProfile.model_validate,
    "model_validate_json": lambda fields: PatientProfile.model_validate_json(json.dumps(fields)),
    "JSON as bytes":       lambda fields: PatientProfile.model_validate_json(json.dumps(fields).encode()),
    "read_profile":        lambda fields: read_profile(json.dumps(fields)),
}
# fmt: on


@pytest.mark.parametrize("read", WAYS_IN.values(), ids=WAYS_IN)
def test_every_way_in_reads_the_same_and_raises_the_same(read):
    assert read(EVERY_FIELD) == PatientProfile(**EVERY_FIELD)
    with pytest.raises(ProfileError) as caught:
        read({**EVERY_FIELD, "ecog_ps": 5, "symptoms": ["first seizure"]})
    assert [problem.what for problem in caught.value.problems] == ["5 is out of range"]
    assert [alert.id for alert in caught.value.alerts] == ["seizure"]


# fmt: off
NO_JSON = [
    ("{",                                "this is not valid JSON"),
    ("",                                 "this is not valid JSON"),
    ("histology: squamous",              "this is not valid JSON"),
    ('{"age": 70} {"age": 71}',          "this is not valid JSON"),
    ('{"age": 70, "age": 71}',           "the key 'age' stands twice; expected each key once"),
    ('{"egfr": {"status": "negative", "status": "positive"}}', "the key 'status' stands twice"),
    ("[" * 100_000,                      "this is nested too deep"),
    (" " * 1_000_001,                    "the input is larger than 1,000,000 bytes"),
    (b"\xff\xfe",                        "this is not valid JSON"),
]
# fmt: on


@pytest.mark.parametrize(("text", "message"), NO_JSON, ids=[str(row[0])[:30] for row in NO_JSON])
def test_stored_json_that_is_broken_is_a_document_error(text, message):
    with pytest.raises(DocumentError) as caught:
        PatientProfile.model_validate_json(text)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("text", ["[]", "null", "5", '"squamous"'])
def test_json_that_is_no_object_is_a_profile_error(text):
    with pytest.raises(ProfileError, match=r"^profile: .* is not a profile; expected fields with values"):
        PatientProfile.model_validate_json(text)


def test_a_specimen_is_one_of_the_words():
    assert PatientProfile(alk="negative (plasma)").alk.specimen is Specimen.PLASMA
