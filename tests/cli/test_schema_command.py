"""``lungmets schema``: what an editor or another program may rely on."""

import json
from functools import cache

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from lungmets import PatientProfile, assess, read_profile
from lungmets.documents import read_file, read_text
from lungmets.knowledge.base import shipped_folder
from lungmets.profile import FIELDS
from tests.cli.running import run
from tests.input.mistakes import MISSPELT
from tests.input.profiles import unhurried, written


@cache
def validator(what):
    ran = run("schema", what)
    assert (ran.code, ran.err) == (0, "")
    return Draft202012Validator(json.loads(ran.out))


def faults(what, data):
    return [
        f"{list(error.absolute_path)}: {error.message[:100]}" for error in validator(what).iter_errors(data)
    ]


@pytest.mark.parametrize("what", ["profile", "answer", "claims"])
def test_the_schema_is_valid_and_names_its_draft(what):
    schema = validator(what).schema
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_the_schema_has_every_field_and_no_other():
    schema = validator("profile").schema
    assert list(schema["properties"]) == list(FIELDS)
    assert schema["additionalProperties"] is False
    assert "required" not in schema, "not knowing is an ordinary state"


@pytest.mark.parametrize(
    "file", sorted((shipped_folder() / "claims").glob("*.yaml")), ids=lambda file: file.stem
)
def test_the_claims_of_an_article_are_valid(file):
    assert faults("claims", read_file(file)[1].data) == []


# fmt: off
CLAIMS = [
    # what is wrong,          where,                          what stands there
    ("an unknown verdict",    ("claims", 0, "verdict"),       "right"),
    ("an unknown field",      ("claims", 0, "colour"),        "red"),
    ("nothing for a reason",  ("claims", 0, "reason"),        None),
    ("a place from 0",        ("claims", 0, "at"),            ["0:1"]),
    ("a short hash",          ("sentences", "1:1"),           "00"),
    ("a thirteenth month",    ("article", "dated"),           "2019-13"),
    ("an unknown reason",     ("out_of_scope", 0, "why"),     "boredom"),
]
# fmt: on


@pytest.mark.parametrize(("place", "value"), [row[1:] for row in CLAIMS], ids=[row[0] for row in CLAIMS])
def test_the_schema_of_claims_refuses(place, value):
    data = {
        "article": {"id": "999_00000000000000aa", "about": "A planted page.", "dated": "2019-05"},
        "claims": [{"id": "claim.999.a", "kind": "symptom", "says": "It hurts.", "at": ["1:1"]}],
        "out_of_scope": [{"why": "heading", "at": ["1:2"]}],
        "sentences": {"1:1": "0" * 16, "1:2": "1" * 16},
    }
    assert faults("claims", data) == []
    *above, last = place
    holder = data
    for step in above:
        holder = holder[step]
    holder[last] = value
    assert faults("claims", data) != []


def test_a_case_of_the_documentation_is_valid_as_it_is_written(case):
    document = read_file(case)[1]
    assert document.problems == ()
    assert faults("profile", document.data) == []


def test_a_case_of_the_documentation_is_valid_as_it_is_stored(case):
    assert faults("profile", json.loads(read_profile(case).model_dump_json())) == []


@pytest.mark.parametrize("panel", ["core", "comprehensive"])
@pytest.mark.parametrize("day", ["2009-01-01", "2014-06-01", "2026-10-07"])
def test_an_answer_is_valid(case, day, panel):
    ran = run("assess", case, "--format", "json", "--as-of", day, "--panel", panel)
    assert faults("answer", json.loads(ran.out)) == []


@unhurried
@given(written())
def test_whatever_can_be_stored_is_valid(fields):
    assert faults("profile", json.loads(PatientProfile(**fields).model_dump_json())) == []


@unhurried
@given(written())
def test_whatever_may_be_written_is_valid(fields):
    # Sets become lists and dates text: JSON has neither.
    plain = json.loads(
        json.dumps(fields, default=lambda value: list(value) if isinstance(value, set) else str(value))
    )
    assert read_profile(json.dumps(plain)) == PatientProfile(**fields)
    assert faults("profile", plain) == []


# fmt: off
WRITTEN = [
    "histology: mixed squamous and adenocarcinoma", "egfr: L858R", "egfr: [L858R, T790M]", "egfr: {status: negative, specimen: plasma}",
    "egfr:", "pd_l1_tps: 60", "pd_l1_tps: 0.5", 'pd_l1_tps: ">=50"', "pd_l1_tps: pending", "pd_l1_tps: {tps: 60, assay: 22c3}",
    "ecog_ps: unknown", "brain_lesions: not_imaged", "bone_metastases: yes", "bone_metastases: no", "bone_metastases: true",
    "bone_metastases: unstated", "leptomeningeal: no", "metastatic_sites: []", "metastasis_counts: {liver: 2}",
    "calcium: 2.9 mmol/L", "calcium: {value: 2.9, unit: mmol/L}", "symptoms: cough", "symptoms: [cough, {what: pain, since: 2026-05-01}]",
    "symptoms:", "stage: IV", "age: 70",
]
# fmt: on


@pytest.mark.parametrize("text", WRITTEN)
def test_what_the_reader_takes_is_valid(text):
    read_profile(text)
    assert faults("profile", read_text(text).data) == []


NESTED = (".stat", ".varaints", ".tsp", ".units", ".wht")
MISSPELT_FIELDS = [
    text for text, place, _ in MISSPELT if place.endswith(NESTED) or text.split(":")[0] not in FIELDS
]

# fmt: off
REFUSED = [
    "pd_l1_tps: 101", "pd_l1_tps: -1", "pd_l1_tps: true", "pd_l1_tps: {tps: 101}",
    "ecog_ps: 5", "ecog_ps: '1'", "ecog_ps: true", "ecog_ps: 1.5",
    "brain_lesions: 1.5", "brain_lesions: -1", "brain_lesions: '3'", "brain_lesions: true",
    "bone_metastases: 1", "bone_metastases: maybe", "leptomeningeal: yes", "leptomeningeal: false",
    "metastatic_sites: [livr]", "metastatic_sites: liver", "metastasis_counts: {liver: 0}", "metastasis_counts: {lung: 1}",
    "metastasis_counts: {liver: '2'}", "contraindications: [autoimune_disease]",
    "calcium: 2.9", "calcium: {value: 2.9}", "calcium: {value: 2.9, unit: g/L}", "albumin_g_l: 4", "age: 121",
    "egfr: []", "egfr: {}", "egfr: {status: postive}", "egfr: 5", "histology: 5",
    "symptoms: 5", "symptoms: [5]", "symptoms: [[cough]]", "symptoms: [{since: 2026-05-01}]", "smoking: nevr", "stage: 4",
]
# fmt: on


@pytest.mark.parametrize("text", [*MISSPELT_FIELDS, *REFUSED])
def test_what_the_reader_refuses_is_not_valid(text):
    data = read_text(text).data
    assert data
    assert faults("profile", data) != []


def test_the_misspelt_fields_are_among_those_that_are_tried():
    assert {"histolgy: squamous", "egrf: negative", "her2: negative", "egfr: {stat: positive}"} <= set(
        MISSPELT_FIELDS
    )
    assert len(MISSPELT_FIELDS) > 15


# fmt: off
BROKEN_ANSWERS = [
    lambda answer: answer.update(optoins=[]),
    lambda answer: answer.pop("notice"),
    lambda answer: answer.update(status="refusd"),
    lambda answer: answer.update(as_of=5),
    lambda answer: answer["options"][0].update(regime=[]),
    lambda answer: answer["options"][0].pop("citations"),
]
# fmt: on


@pytest.mark.parametrize("broken", BROKEN_ANSWERS)
def test_an_answer_with_a_misspelt_or_missing_field_is_not_valid(complete, broken):
    answer = json.loads(assess(read_profile(complete)).model_dump_json())
    assert faults("answer", answer) == []
    broken(answer)
    assert faults("answer", answer) != []
