"""Every mistake ends in one clear message: as keyword arguments, as YAML, on the command line."""

import pytest

from lungmets import PatientProfile, ProfileError, read_profile
from tests.cli.running import refused_input, run
from tests.input.mistakes import MISSPELT, MISTAKES

IN_YAML = [mistake for mistake in MISTAKES if mistake.yaml is not None]


def name(mistake):
    return f"{mistake.place}: {mistake.stands}"


def check(line, place, mistake):
    assert line.startswith(f"{place}: "), line
    assert mistake.stands in line.split("; expected")[0], line
    assert f"; expected {mistake.expected}" in line, line


@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_a_keyword_argument_is_refused_with_its_place_and_what_was_expected(mistake):
    with pytest.raises(ProfileError) as caught:
        PatientProfile(**{mistake.field: mistake.value})
    assert len(caught.value.problems) == 1
    check(str(caught.value.problems[0]), mistake.place, mistake)


@pytest.mark.parametrize("mistake", IN_YAML, ids=name)
def test_a_yaml_field_is_refused_with_its_line_as_well(mistake):
    with pytest.raises(ProfileError) as caught:
        read_profile(f"# a comment\n{mistake.field}: {mistake.yaml}\n")
    assert len(caught.value.problems) == 1
    check(str(caught.value.problems[0]), f"{mistake.place} (line 2)", mistake)


@pytest.mark.parametrize("mistake", IN_YAML, ids=name)
def test_the_command_line_ends_with_the_same_message(mistake, tmp_path):
    file = tmp_path / "profile.yaml"
    file.write_text(f"{mistake.field}: {mistake.yaml}\n", encoding="utf-8")
    lines = refused_input(run("assess", file)).splitlines()
    (line,) = [line for line in lines if not line.startswith("URGENT")]
    check(line, f"{mistake.place} (line 1)", mistake)


@pytest.mark.parametrize(("text", "place", "nearest"), MISSPELT, ids=[row[0] for row in MISSPELT])
def test_a_misspelt_word_is_answered_with_the_nearest_known_one(text, place, nearest):
    with pytest.raises(ProfileError) as caught:
        read_profile(text)
    (problem,) = [each for each in caught.value.problems if each.nearest]
    assert problem.place == f"{place} (line 1)"
    assert problem.nearest[0] == nearest
    assert f"did you mean {nearest}" in str(problem)
    assert f"{problem}\n" in refused_input(run("assess", "-", stdin=text.encode()))


def test_a_field_that_resembles_none_is_refused_with_where_the_fields_are_listed():
    # A name is what must not be entered, and its value must not be repeated in a message.
    with pytest.raises(
        ProfileError, match=r"^surname: this is not a field; expected a field of the profile"
    ) as error:
        PatientProfile(surname="Miller")
    assert "lungmets schema profile" in str(error.value)
    assert "Miller" not in str(error.value)


def test_a_word_that_stands_in_both_lists_of_contraindications_is_refused():
    text = "contraindications: [haemoptysis, platinum]\ncontraindications_excluded: [platinum]\n"
    with pytest.raises(ProfileError) as caught:
        read_profile(text)
    (line,) = str(caught.value).splitlines()
    assert line.startswith(
        "contraindications_excluded (line 2): platinum stands in contraindications as well"
    )
    assert "expected each word in one of the two lists" in line


# fmt: off
WHAT_TO_DO = [
    ("ecog_ps: '1'",                      "remove the quotation marks"),
    ("brain_lesions: '3'",                "remove the quotation marks"),
    ("creatinine_clearance_ml_min: '60'", "remove the quotation marks"),
    ("creatinine_clearance_ml_min: 45 ml/min", "give the number alone; its unit is mL/min"),
    ("brain_largest_mm: 4 cm",            "give the number alone; its unit is mm"),
    ("calcium: 2,9 mmol/L",               "a decimal takes a point, not a comma"),
    ("calcium: 2.9",                      "the two units in use differ fourfold"),
    ("metastatic_sites: liver",           "put it into a list: [...]"),
    ("metastasis_counts: {liver: 0}",     "leave the site out: a site without a count is unknown"),
    ("histology: unknown",                "leave the field out where nothing is known"),
    ("brain_lesions: unknown",            "leave the field out where nothing is known"),
    ("pd_l1_tps: {status: positive}",     "every label has its own threshold"),
    ("egfr: {status: pending, variants: [l858r]}", "a variant that was found makes the result positive"),
]
# fmt: on


@pytest.mark.parametrize(("text", "advice"), WHAT_TO_DO)
def test_the_message_says_what_to_do_about_it(text, advice):
    with pytest.raises(ProfileError) as caught:
        read_profile(text)
    assert f"; {advice}" in str(caught.value)


def test_quotation_marks_are_not_blamed_where_the_number_would_be_refused_as_well():
    with pytest.raises(ProfileError) as caught:
        read_profile("ecog_ps: '1.5'\nbrain_lesions: '-3'\nage: '6O'\n")
    assert len(caught.value.problems) == 3
    assert "quotation marks" not in str(caught.value)


EVERYTHING_WRONG = """\
histolgy: squamous
ecog_ps: 5
egfr: l858rr
metastatic_sites:
  - liver
  - livr
  - boan
pd_l1_tps: 101
bone_pain: 1
alk: {status: negative, specimen: blood,
      assay: magic}
age: "70"
"""


def test_all_problems_are_told_at_once_in_the_order_of_the_fields_with_their_lines():
    # The order is that in which the fields are documented; a field that does not exist comes last.
    with pytest.raises(ProfileError) as caught:
        read_profile(EVERYTHING_WRONG)
    assert [problem.place for problem in caught.value.problems] == [
        "egfr (line 3)",
        "alk.specimen (line 10)",
        "alk.assay (line 11)",
        "pd_l1_tps (line 8)",
        "ecog_ps (line 2)",
        "metastatic_sites[1] (line 6)",
        "metastatic_sites[2] (line 7)",
        "bone_pain (line 9)",
        "age (line 12)",
        "histolgy (line 1)",
    ]


def test_a_program_finds_the_place_of_a_problem_without_reading_the_message():
    with pytest.raises(ProfileError) as caught:
        PatientProfile(symptoms=["cough", {"what": "pain", "since": "soon"}], ecog_ps=5)
    assert [problem.path for problem in caught.value.problems] == [("ecog_ps",), ("symptoms", 1, "since")]


def test_a_field_with_a_point_in_its_name_still_has_its_line():
    with pytest.raises(ProfileError, match=r"^a\.b\[0\] \(line 2\): this is not a field"):
        read_profile("age: 70\na.b[0]: 1\n")


def test_a_file_of_other_things_is_one_message_of_bearable_length():
    with pytest.raises(ProfileError) as caught:
        read_profile("".join(f"k{number}: 1\n" for number in range(5000)))
    assert len(caught.value.problems) == 51
    assert str(caught.value.problems[-1]) == "and 4,950 more problems"


def test_a_very_long_name_of_a_field_is_cut_in_the_message():
    with pytest.raises(ProfileError) as caught:
        PatientProfile(**{"x" * 10_000: 1})
    assert len(str(caught.value)) < 300


class Unprintable:
    def __repr__(self):
        raise RuntimeError("no")


@pytest.mark.parametrize("field", PatientProfile.model_fields)
def test_an_object_that_cannot_be_printed_is_refused_by_its_type(field):
    with pytest.raises(ProfileError, match="<Unprintable>"):
        PatientProfile(**{field: Unprintable()})


@pytest.mark.parametrize("handed_in", [None, 5, "histology: squamous", ["histology"], {5: 1}])
def test_what_is_no_mapping_of_fields_is_no_profile(handed_in):
    with pytest.raises(ProfileError, match=r"expected (fields with values|a field of the profile)"):
        PatientProfile.model_validate(handed_in)
