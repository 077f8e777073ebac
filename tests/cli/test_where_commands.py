"""``lungmets stage`` and ``lungmets alerts``: where the disease is, and what is urgent."""

import json

import pytest

from tests.cli.running import refused_input, run

PROFILE = b"""
histology: adenocarcinoma
metastatic_sites: [bone, contralateral_lung]
brain_lesions: 0
symptoms:
  - cough
  - {what: thirst, since: 2026-10-01, course: getting worse}
  - {what: constipation, since: 2026-09-20, course: gone}
"""


def test_a_stage_that_is_not_decided_says_what_is_possible_and_what_is_missing():
    ran = run("stage", "-", stdin=PROFILE)
    assert (ran.code, ran.err) == (0, "")
    shown = " ".join(ran.out.split())
    assert "IVA or IVB (M1b or M1c1, 9th edition) [1]" in shown
    assert "missing How many metastases are there in this site: bone? (project default)" in shown
    assert "settle A nodule in the other lung is a metastasis (M1a) only once a second primary" in shown
    assert "For education and software testing only" in shown
    assert "[1] TNM 9th edition in force, 1 January 2025" in shown


def test_a_stage_of_an_earlier_day_is_that_of_its_edition():
    counted = PROFILE + b"metastasis_counts: {bone: 3}\n"
    assert "IVB (M1c, 8th edition)" in run("stage", "-", "--as-of", "2024-12-31", stdin=counted).out
    assert "IVB (M1c1, 9th edition)" in run("stage", "-", "--as-of", "2025-01-01", stdin=counted).out
    before = run("stage", "-", "--as-of", "2012-01-01", stdin=counted)
    assert "No stage is given for this day and place" in before.out


def test_the_stage_as_json_is_the_models_own_and_as_markdown_is_escaped():
    found = json.loads(run("stage", "-", "--format", "json", stdin=PROFILE).out)
    assert (found["stage"], found["possible_stages"]) == (None, ["IVA", "IVB"])
    assert [item["item"] for item in found["missing"]] == ["metastasis_counts"]
    markdown = run("stage", "-", "--format", "markdown", stdin=PROFILE).out
    assert markdown.startswith("# Stage group\n")
    assert "- **IVA or IVB (M1b or M1c1, 9th edition)** \\[1\\]" in markdown


def test_alerts_are_shown_whatever_is_missing():
    ran = run("alerts", "-", stdin=PROFILE)
    assert (ran.code, ran.err) == (0, "")
    shown = " ".join(ran.out.split())
    assert "same day Thirst is reported together with constipation or tiredness" in shown
    assert "(how urgent: project default) [1]* likely metabolic" in shown
    assert "IN ORDER OF TIME" not in ran.out


def test_the_log_is_a_timeline_for_a_visit():
    shown = run("alerts", "-", "--log", stdin=PROFILE).out
    log = shown.partition("SYMPTOMS AS TOLD, IN ORDER OF TIME")[2].partition("SOURCES")[0]
    # An entry is indented by two blanks, and its details by four.
    entries = [line.strip() for line in log.splitlines() if line.strip() and not line.startswith("    ")]
    assert entries == ["2026-09-20 constipation", "2026-10-01 thirst", "no day cough"]
    said = " ".join(log.split())
    assert "course gone (understood as resolved)" in said
    assert "It is said to be gone. The alert stands all the same" in said
    assert "alert same day: hypercalcaemia-symptoms, general-symptoms (how urgent: project default)" in said
    assert "taken as not understood" in said


def test_the_log_in_the_other_forms():
    found = json.loads(run("alerts", "-", "--log", "--format", "json", stdin=PROFILE).out)
    assert [entry["what"] for entry in found["symptom_log"]] == ["constipation", "thirst", "cough"]
    assert found["alerts"][0]["sites"] == ["metabolic"]
    assert "symptom_log" not in json.loads(run("alerts", "-", "--format", "json", stdin=PROFILE).out)
    markdown = run("alerts", "-", "--log", "--format", "markdown", stdin=PROFILE).out
    assert "## Symptoms as told, in order of time\n\n- **2026-09-20** constipation" in markdown


def test_no_alert_does_not_say_that_all_is_well():
    shown = " ".join(run("alerts", "-", stdin=b"{histology: squamous}").out.split())
    assert "No alert. That nothing is named here does not mean that nothing is urgent." in shown


@pytest.mark.parametrize("command", ["stage", "alerts"])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--as-of", "soon"), "--as-of: 'soon' is not a day"),
        (("--jurisdiction", "eur"), "--jurisdiction: 'eur' is not known"),
    ],
)
def test_a_question_in_error(command, arguments, words):
    told = refused_input(run(command, "-", *arguments, stdin=b"{histology: squamous, symptoms: [seizure]}"))
    assert words in told
    assert told.startswith("URGENT (emergency_now)"), "an emergency is told beside it"


@pytest.mark.parametrize("command", ["stage", "alerts"])
def test_a_profile_in_error_still_tells_the_emergency(command):
    told = refused_input(run(command, "-", stdin=b"{histology: squamos, symptoms: [seizure]}"))
    assert told.startswith("URGENT (emergency_now)")
    assert "did you mean squamous" in told


def test_what_came_from_outside_cannot_act_on_a_terminal():
    told = run(
        "alerts", "-", "--log", stdin=b'{symptoms: [{what: "cough\\e[2J", course: "worse\\e[2J"}]}'
    ).out
    assert "\x1b" not in told
