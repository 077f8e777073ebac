"""A misspelt gene must not hide a seizure: the alerts that travel with every error."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lungmets import DocumentError, InputError, PatientProfile, ProfileError, assess, read_profile
from tests.cli.running import refused_input, run
from tests.input.mistakes import MISSPELT, MISTAKES
from tests.input.profiles import JUNK, unhurried

SEIZURE = "symptoms: [first seizure]\n"
ELSEWHERE = [mistake for mistake in MISTAKES if mistake.field != "symptoms"]


def alerts(read, source):
    with pytest.raises(InputError) as caught:
        read(source)
    ids = [alert.id for alert in caught.value.alerts]
    for alert in caught.value.alerts:
        assert f"URGENT ({alert.urgency}): {alert.finding}" in str(caught.value)
    return ids


def alerts_either_way(read, source):
    """The alerts of the answer, or of the error."""
    try:
        found = assess(read(source)).alerts
    except InputError as error:
        found = error.alerts
    return [alert.id for alert in found]


def built(fields):
    return PatientProfile(**fields)


def name(mistake):
    return f"{mistake.place}: {mistake.stands}"


@pytest.mark.parametrize("mistake", ELSEWHERE, ids=name)
def test_a_seizure_is_seen_beside_a_mistake_in_another_field(mistake):
    assert "seizure" in alerts(built, {mistake.field: mistake.value, "symptoms": ["first seizure"]})
    if mistake.yaml is not None:
        line = f"{mistake.field}: {mistake.yaml}\n"
        assert "seizure" in alerts(read_profile, line + SEIZURE)
        assert "seizure" in alerts(read_profile, SEIZURE + line)


@pytest.mark.parametrize("text", [row[0] for row in MISSPELT if not row[0].startswith("symptom")])
def test_a_seizure_is_seen_beside_a_misspelt_word(text):
    assert "seizure" in alerts(read_profile, f"{text}\n{SEIZURE}")


# fmt: off
IN_THE_SYMPTOMS = [
    # the field of the symptoms is itself in error
    ["first seizure", 5],
    [5, "first seizure"],
    [["first seizure"]],
    [[["first seizure"]]],
    [{"what": "first seizure", "since": "yesterday"}],
    [{"what": "first seizure", "since": 20260501}],
    [{"wht": "first seizure"}],
    [{"seizure": True}],
    [{"what": ["first seizure"]}],
    {"first seizure": "today"},
    ["first seizure"] * 101,
    ["cough"] * 150 + ["first seizure"],
    ["first seizure " + "x" * 200],
    ["x" * 200 + " first seizure"],
    [b"first seizure"],
    b"first seizure",
]
# fmt: on


@pytest.mark.parametrize("symptoms", IN_THE_SYMPTOMS, ids=lambda symptoms: repr(symptoms)[:40])
def test_a_seizure_is_seen_in_symptoms_that_are_written_wrongly(symptoms):
    assert "seizure" in alerts(built, {"symptoms": symptoms})


# fmt: off
UNDER_ANOTHER_NAME = [
    {"symptom": ["first seizure"]},
    {"symptons": "first seizure"},
    {"Symptoms": ["first seizure"]},
    {"complaints": ["cough", "first seizure"]},
    {"history": {"neurology": [{"event": "first seizure"}]}},
    {"notes": "62 years; first seizure this morning; never smoker"},
    {"seizure": True},
    {"egfr": "first seizure"},
    {"histology": ["first seizure"]},
    {"contraindications": ["first seizure"]},
    {5: "first seizure"},
]
# fmt: on


@pytest.mark.parametrize("fields", UNDER_ANOTHER_NAME, ids=str)
def test_a_seizure_is_seen_in_a_field_that_does_not_exist_or_does_not_fit(fields):
    assert "seizure" in alerts(PatientProfile.model_validate, fields)


@pytest.mark.parametrize(
    "handed_in", ["first seizure", ["first seizure"], [{"what": "first seizure"}], b"first seizure"]
)
def test_a_seizure_is_seen_in_what_is_no_profile_at_all(handed_in):
    assert "seizure" in alerts(PatientProfile.model_validate, handed_in)


def test_symptoms_that_can_be_read_once_only_are_not_used_up_by_the_error():
    assert alerts(built, {"ecog_ps": 5, "symptoms": (each for each in ["first seizure"])}) == ["seizure"]


# fmt: off
OTHER_EMERGENCIES = [
    # fields that are urgent by themselves, beside a field that is wrong
    ({"cord_compression": True, "ecog_ps": 5},                     "cord-compression"),
    ({"brain_mass_effect": "yes", "egfr": "l858rr"},               "mass-effect"),
    ({"leptomeningeal": "suspected", "histolgy": "squamous"},      "leptomeningeal"),
    ({"impending_fracture": True, "age": "70"},                    "impending-fracture"),
    # the urgent field itself is nearly right
    ({"cord_compresion": True},                                    "cord-compression"),
    ({"cord_compression": "yess"},                                 "cord-compression"),
    ({"leptomeningeal": "suspectd"},                               "leptomeningeal"),
    ({"Brain_Mass_Effect": True},                                  "mass-effect"),
]
# fmt: on


@pytest.mark.parametrize(("fields", "alert"), OTHER_EMERGENCIES)
def test_urgent_fields_are_seen_beside_a_mistake_and_where_they_are_nearly_right(fields, alert):
    assert alert in alerts(built, fields)


# 3.6 mmol/L is 14.4 mg/dL (4.0078 mg in a mmol), and an albumin of 40 g/L needs no correction: above 14 mg/dL is
# the highest of the three steps of the knowledge.
def test_a_high_calcium_is_seen_beside_a_mistake():
    fields = {"calcium": "3.6 mmol/L", "albumin_g_l": 40, "ecog_ps": 5}
    assert alerts(built, fields) == ["hypercalcaemia-severe"]
    broken = "histology: [\n" + "".join(f"{name}: {value}\n" for name, value in fields.items())
    # A broken text is read line by line as well, where the calcium stands without its albumin.
    assert "hypercalcaemia-severe" in alerts(read_profile, broken)


@pytest.mark.parametrize(
    "fields", [{"cord_compression": "noo"}, {"cord_compresion": False}, {"bone_pain": "maybe"}]
)
def test_no_alert_is_made_up(fields):
    assert alerts(built, fields) == []


def test_several_alerts_are_told_once_each_and_the_most_urgent_first():
    text = "ecog_ps: 5\necog_ps: 1\nsymptoms: [odd taste, odd smell, new back pain, first seizure, fits]\ncord_compression: yes\n"
    with pytest.raises(DocumentError) as caught:
        read_profile(text)
    found = [(alert.id, alert.urgency.value) for alert in caught.value.alerts]
    assert sorted(found) == sorted(
        [
            ("cord-compression", "emergency_now"),
            ("seizure", "emergency_now"),
            ("new-back-pain", "same_day"),
            ("symptom_not_understood", "same_day"),
            ("symptom_not_understood", "same_day"),
        ]
    )
    assert [urgency for _, urgency in found] == ["emergency_now"] * 2 + ["same_day"] * 3


def test_a_symptom_that_is_not_understood_is_told_even_where_its_neighbour_is_wrong():
    with pytest.raises(
        ProfileError, match=r'The symptom "odd taste" was not understood\. Have new or severe symptoms'
    ):
        PatientProfile(symptoms=["odd taste", 5])


# fmt: off
BROKEN_DOCUMENTS = {
    "a bracket that is not closed, before":   "histology: [squamous\n" + SEIZURE,
    "a bracket that is not closed, after":    SEIZURE + "histology: [squamous\n",
    "a quotation mark that is not closed":    "histology: 'squamous\n" + SEIZURE,
    "a tab":                                  "histology:\n\tsquamous: x\n" + SEIZURE,
    "a line without a colon":                 "histology squamous\n" + SEIZURE,
    "a bound without quotation marks":        "pd_l1_tps: >=50\n" + SEIZURE,
    "a key twice":                            "ecog_ps: 1\necog_ps: 1\n" + SEIZURE,
    "a nested key twice":                     "egfr: {status: negative, status: negative}\n" + SEIZURE,
    "the symptoms twice, the first":          SEIZURE + "symptoms: [cough]\n",
    "the symptoms twice, the second":         "symptoms: [cough]\n" + SEIZURE,
    "an alias bomb, before":                  'a: &a ["ha", "ha"]\n' + "b: [" + "*a, " * 1000 + "]\n" + SEIZURE,
    "an alias bomb, after":                   SEIZURE + 'a: &a ["ha", "ha"]\n' + "b: [" + "*a, " * 1000 + "]\n",
    "an anchor on the symptoms":              "symptoms: &a [first seizure]\n",
    "an alias for the symptoms":              "histology: &a first seizure\nsymptoms: [*a]\n",
    "a tag on the symptoms":                  "symptoms: !!set {first seizure}\n",
    "a tag of Python":                        "egfr: !!python/object/apply:os.system [ls]\n" + SEIZURE,
    "a second document":                      "ecog_ps: 1\n---\n" + SEIZURE,
    "deep nesting, before":                   "egfr: " + "[" * 100 + "]" * 100 + "\n" + SEIZURE,
    "deep nesting around":                    "symptoms: " + "[" * 100 + "first seizure" + "]" * 100 + "\n",
    "hopeless nesting":                       "egfr: " + "[" * 100_000 + "\n" + SEIZURE,
    "a control character":                    "histology: squa\x01mous\n" + SEIZURE,
    "a zero byte at the end":                 SEIZURE + "\x00",
    "half a character":                       "histology: \ud800\n" + SEIZURE,
    "a list":                                 "- cough\n- first seizure\n",
    "a text":                                 "first seizure",
    "a comment":                              "# first seizure\n",
    "a key that is no text":                  "1: 2\n" + SEIZURE,
    "JSON that is cut off":                   '{"symptoms": ["first seizure"], "age"',
    "JSON with a key twice":                  '{"symptoms": ["first seizure"], "symptoms": []}',
    "more than a million bytes":              SEIZURE + "#" * 1_000_000,
    "symptoms over two lines":                "symptoms:\n  - first\n    seizure\nhistology: [\n",
    "capital letters":                        "SYMPTOMS: FIRST SEIZURE\nhistology: [\n",
    "an entry":                               "symptoms:\n  - what: first seizure\n    since: 2026-05-01\nhistology: [\n",
}
# fmt: on


@pytest.mark.parametrize("text", BROKEN_DOCUMENTS.values(), ids=BROKEN_DOCUMENTS)
def test_a_seizure_is_seen_in_a_document_that_cannot_be_read(text):
    assert "seizure" in alerts(read_profile, text)
    if "\ud800" not in text:
        raw = text.encode()
        assert "seizure" in alerts(read_profile, raw)
        assert "URGENT (emergency_now): A seizure is reported." in refused_input(
            run("assess", "-", stdin=raw)
        )


# fmt: off
BINARY = {
    "an image with a text in it": b"\x89PNG\r\n\x1a\n\x00\x00" + SEIZURE.encode() + b"\xff\xfe\x00",
    "Latin-1":                    ("histology: K\xf6ln\n" + SEIZURE).encode("latin-1"),
    "UTF-16 with its mark":       SEIZURE.encode("utf-16"),
    "UTF-16, big end first":      b"\xfe\xff" + SEIZURE.encode("utf-16-be"),
    "UTF-16 without its mark":    SEIZURE.encode("utf-16-le"),
    "UTF-32":                     SEIZURE.encode("utf-32-le"),
    "UTF-16, much too large":     (SEIZURE + "#" * 1_000_000).encode("utf-16-le"),
}
# fmt: on


@pytest.mark.parametrize("raw", BINARY.values(), ids=BINARY)
def test_a_seizure_is_seen_in_a_file_that_is_not_utf_8(raw, tmp_path):
    file = tmp_path / "profile.yaml"
    file.write_bytes(raw)
    assert "seizure" in alerts(read_profile, file)
    assert "A seizure is reported." in refused_input(run("assess", file))


def test_a_seizure_is_seen_at_the_beginning_of_a_huge_file(tmp_path):
    file = tmp_path / "profile.yaml"
    with file.open("wb") as stream:
        stream.write(b"# patient\n" + SEIZURE.encode())
        stream.truncate(100_000_000)
    assert alerts(read_profile, file) == ["seizure"]
    assert "seizure is reported" in refused_input(run("assess", file))


# fmt: off
URGENT_FIELDS_IN_BROKEN_DOCUMENTS = {
    "after the fault":           "histology: [squamous\ncord_compression: yes\n",
    "before the fault":          "cord_compression: yes\nhistology: [squamous\n",
    "the second of two":         "cord_compression: no\ncord_compression: yes\n",
    "in the second document":    "age: 70\n---\ncord_compression: true\n",
    "in quotation marks":        "'cord_compression': 'yes'\nhistology: [\n",
    "in JSON that is cut off":   '{"cord_compression": true, "age": ',
    "with a comment":            "cord_compression: yes # since today\nhistology: [\n",
    "in Latin-1":                "cord_compression: yes\nhistology: K\xf6ln\n".encode("latin-1"),
    "in UTF-16":                 "cord_compression: yes\n".encode("utf-16"),
    "behind deep nesting":       "egfr: " + "[" * 100_000 + "\ncord_compression: yes\n",
    "under another field":       "notes: {cord_compression: yes}\nhistology: [\n",
}
# fmt: on


@pytest.mark.parametrize(
    "source", URGENT_FIELDS_IN_BROKEN_DOCUMENTS.values(), ids=URGENT_FIELDS_IN_BROKEN_DOCUMENTS
)
def test_an_urgent_field_is_seen_in_a_document_that_cannot_be_read(source):
    assert "cord-compression" in alerts(read_profile, source)


@pytest.mark.parametrize(
    "text", ["cord_compression: no\nage: [\n", "bone_pain: no\nage: [\n", "age: [\ncord_compression:\n"]
)
def test_no_alert_is_made_up_from_the_names_of_fields(text):
    assert alerts(read_profile, text) == []


def test_stored_json_that_is_broken_carries_the_alerts_too():
    stored = PatientProfile(symptoms=["first seizure"], cord_compression=True).model_dump_json()
    assert set(alerts(PatientProfile.model_validate_json, stored[:-1])) == {"seizure", "cord-compression"}
    assert "seizure" in alerts(
        PatientProfile.model_validate_json, stored.replace('"ecog_ps":null', '"ecog_ps":5')
    )


# fmt: off
QUESTIONS = [
    ["--as-of", "2014-13-01"],
    ["--jurisdiction", "uss"],
    ["--panel", "cor"],
    ["--knowledge", "no-such-folder"],
]
# fmt: on


ABOUT_A_PROFILE = ["assess", "alerts", "stage", "workup", "questions", "explain", "prognosis"]
WITHOUT_A_PANEL = {"alerts", "stage", "prognosis"}


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("command", ABOUT_A_PROFILE)
def test_a_seizure_is_seen_where_the_question_is_wrong(command, question):
    if command in WITHOUT_A_PANEL and question[0] == "--panel":
        question = ["--as-of", "tomorrow"]
    message = refused_input(run(command, "-", *question, stdin=SEIZURE.encode()))
    assert message.startswith("URGENT (emergency_now): A seizure is reported.")
    assert len(message.splitlines()) == 2


OTHER_FIELDS = st.dictionaries(
    st.sampled_from([field for field in PatientProfile.model_fields if field != "symptoms"])
    | st.text(max_size=12),
    JUNK,
    max_size=4,
)


@unhurried
@given(OTHER_FIELDS)
def test_whatever_stands_beside_it_a_seizure_is_seen(fields):
    assume("symptoms" not in fields)
    fields = {**fields, "symptoms": ["first seizure"]}
    assert "seizure" in alerts_either_way(PatientProfile.model_validate, fields)


# fmt: off
PIECES = ["histology: squamous", "age: [", "{", "}", "'", '"', "- a", "a: &x", "b: *x", "---", "...", "# no", "x: >",
          "  y", "\t", ": ", "? ", "%YAML 1.2", "!!str", "\x00", "\x85", "\u2028", "cord_compression: no", "egfr: {a:"]
# fmt: on
LINES = st.lists(st.sampled_from(PIECES) | st.text(max_size=10), max_size=5).map("\n".join)


@unhurried
@given(LINES, LINES)
def test_whatever_stands_before_and_after_it_a_seizure_is_seen(before, after):
    assert "seizure" in alerts_either_way(read_profile, f"{before}\n{SEIZURE}{after}")


SIGN = st.sampled_from(["[", "{", '"', "'", "\\", ",", ":", "\n", " "])
PARTS = st.lists(SIGN | st.sampled_from(["first seizure", "symptoms", "null"]), max_size=6)


@unhurried
@given(PARTS, SIGN, SIGN, PARTS)
def test_a_text_that_names_a_seizure_never_ends_in_an_error_without_it(before, left, right, after):
    text = "".join([*before, left, "first seizure", right, *after])
    assert "seizure" in alerts_either_way(read_profile, text)


def test_json_of_another_program_is_searched_as_well():
    bundle = json.dumps({"resourceType": "Bundle", "entry": [{"note": "admitted with a first seizure"}]})
    assert "seizure" in alerts(read_profile, bundle)
    assert "seizure" in alerts(PatientProfile.model_validate_json, bundle)
