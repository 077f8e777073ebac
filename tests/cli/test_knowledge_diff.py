"""``lungmets knowledge diff``: what changed between two folders, in three formats."""

import json
import re
import shutil

import pytest

from lungmets import assess, read_profile
from lungmets.knowledge.base import shipped, shipped_folder
from lungmets.knowledge.comparison.models import Comparison
from tests.cli.running import refused_input, run

OLD = shipped_folder()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of the shipped knowledge in which one row has another condition."""
    path = tmp_path_factory.mktemp("newer") / "knowledge"
    shutil.copytree(OLD, path, ignore=shutil.ignore_patterns("__*", ".*"))
    file = path / "sites" / "brain.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count('brain_lesions: ">=5, <=10"') == 1
    file.write_text(
        text.replace('brain_lesions: ">=5, <=10"', 'brain_lesions: ">=5, <=12"'), encoding="utf-8"
    )
    return path


@pytest.fixture(scope="module")
def page(folder):
    return run("knowledge", "diff", OLD, folder)


def test_a_changed_row_is_told_with_its_field_and_the_classes_that_change(page):
    assert (page.code, page.err) == (0, "")
    assert "CHANGED: 1\n  brain.srs-5-10 (row) re-conditioned\n" in page.out
    assert re.search(r'">=5, <=10".* → .*">=5, <=12"', " ".join(page.out.split()))
    # Eleven and twelve lesions are one class; with a resection cavity another row documents it anyhow.
    assert "ANSWERS THAT CHANGE: BRAIN\n  1 of " in page.out
    assert "unresolved → documented" in page.out


def test_the_page_is_plain_where_it_is_piped(page):
    assert not [sign for sign in page.out if sign < " " and sign != "\n"]
    assert [line for line in page.out.split("\n") if line != line.rstrip()] == []


def test_the_example_of_the_page_can_be_pasted(page, folder):
    """What stands on the page, wrapped lines and all, is read as a profile of which the answers differ."""
    profile = read_profile(re.search(r"\{histology: [^}]*\}", page.out)[0])
    assert profile.brain_lesions == 11
    from lungmets import load

    names = [
        {option.id for option in assess(profile, knowledge=base).options}
        for base in (shipped(), load(folder))
    ]
    assert names[1] - names[0] == {"brain.stereotactic-radiosurgery"}


def test_json_is_the_model_s_own(folder):
    ran = run("knowledge", "diff", OLD, folder, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    comparison = Comparison.model_validate_json(ran.out)
    assert [record.id for record in comparison.records] == ["brain.srs-5-10"]
    assert json.loads(ran.out)["effects"][0]["changed"] == 1


def test_markdown_shows_the_example_as_a_block_of_yaml(folder):
    ran = run("knowledge", "diff", OLD, folder, "--format", "markdown")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("# Two releases of the knowledge\n")
    assert "- **brain.srs-5-10** (row) re-conditioned\n" in ran.out
    block = re.search(r"  ```yaml\n(.*?)  ```\n", ran.out, re.DOTALL)[1]
    assert read_profile(block).brain_lesions == 11


def test_a_past_day_before_the_row_sees_no_changed_answer(folder):
    # The row of 5 to 10 lesions is documented from the end of 2014.
    ran = run("knowledge", "diff", OLD, folder, "--as-of", "2014-06-01")
    assert ran.code == 0
    assert "On this day no class of profiles changes its answer." in ran.out
    assert "ANSWERS THAT CHANGE" not in ran.out


def test_the_same_folder_twice_is_no_difference_and_no_error():
    ran = run("knowledge", "diff", OLD, OLD)
    assert (ran.code, ran.err) == (0, "")
    assert "The two releases hold the same knowledge" in ran.out


# fmt: off
WRONG = [
    (["nowhere", OLD],                          "nowhere: this is not a folder; expected a knowledge folder"),
    ([OLD, "nowhere"],                          "nowhere: this is not a folder; expected a knowledge folder"),
    ([OLD, OLD, "--as-of", "soon"],             "--as-of: 'soon' is not a day; expected a date such as 2014-06-01"),
    ([OLD, OLD, "--as-of", "1999-01-01"],       "--as-of: The day 1999-01-01 is before this knowledge begins (2004-01-01)."),
    ([OLD, OLD, "--jurisdiction", "uss"],       "--jurisdiction: 'uss' is not known; expected one of us, eu, ca; did you mean us?"),
    ([OLD, OLD, "--jurisdiction", "ca", "--as-of", "2020-01-01"], "--as-of: The day 2020-01-01 is before this knowledge begins (2026-10-07)."),
]
# fmt: on


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_what_cannot_be_compared_is_one_message(arguments, message):
    (line,) = refused_input(run("knowledge", "diff", *arguments)).splitlines()
    assert line.startswith(message)


def test_a_broken_folder_is_named_with_its_file_and_line(folder, tmp_path):
    broken = shutil.copytree(folder, tmp_path / "broken")
    file = broken / "alerts.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("when: {symptoms: seizure}", "when: {symptoms: seizur}"),
        encoding="utf-8",
    )
    told = refused_input(run("knowledge", "diff", OLD, broken))
    assert re.search(rf"^{re.escape(str(broken))}/alerts\.yaml:\d+", told, re.MULTILINE)
    assert "seizur" in told


SUITE = """\
defaults:
  citation: jlgk0901
  profile: {histology: adenocarcinoma, egfr: negative, alk: negative, ros1: negative, kras: negative, met: negative,
            ret: negative, pd_l1_tps: 0, ecog_ps: 1}
scenarios:
  - id: radiosurgery
    text: To ten lesions by the older release, and to twelve by the other.
    expect: {status: documented, options: {include: [brain.stereotactic-radiosurgery]}}
    cases:
      - {id: ten, profile: {brain_lesions: 10}}
      - {id: eleven, profile: {brain_lesions: 11}}
"""


def test_the_scenarios_that_change_are_told(folder, tmp_path):
    (tmp_path / "brain.scenario.yaml").write_text(SUITE, encoding="utf-8")
    ran = run("knowledge", "diff", OLD, folder, "--scenarios", tmp_path, "--format", "json")
    (change,) = json.loads(ran.out)["scenarios"]
    assert change["id"].endswith("brain.scenario.yaml::radiosurgery[eleven]")
    assert change["after"] == []
    assert "brain.stereotactic-radiosurgery is unresolved" in change["before"][0]


def test_a_name_that_one_release_does_not_have_fails_there(folder, tmp_path):
    # The claims that it carries name it too.
    files = [folder / "guardrails.yaml", *sorted((folder / "claims").glob("*.yaml"))]
    texts = [file.read_text(encoding="utf-8") for file in files]
    (tmp_path / "one.scenario.yaml").write_text(
        SUITE.replace(
            "options: {include: [brain.stereotactic-radiosurgery]}",
            "withheld: {by: {pembrolizumab: [renamed.egfr]}}",
        )
        .replace("to twelve", "twelve")
        .replace("{brain_lesions: 10}", "{brain_lesions: 0, egfr: l858r, pd_l1_tps: 90}")
        .replace("{brain_lesions: 11}", "{brain_lesions: 0, egfr: l858r, pd_l1_tps: 80}"),
        encoding="utf-8",
    )
    try:
        for file, text in zip(files, texts, strict=True):
            file.write_text(text.replace("no-checkpoint-inhibitor.egfr", "renamed.egfr"), encoding="utf-8")
        ran = run("knowledge", "diff", OLD, folder, "--scenarios", tmp_path, "--format", "json")
    finally:
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, encoding="utf-8")
    changes = json.loads(ran.out)["scenarios"]
    assert [change["after"] for change in changes] == [[], []]
    assert all("'renamed.egfr' is not known" in change["before"][0] for change in changes)


def test_a_defect_of_a_scenario_file_is_told(folder, tmp_path):
    (tmp_path / "brain.scenario.yaml").write_text(SUITE.replace("expect:", "expects:"), encoding="utf-8")
    ran = run("knowledge", "diff", OLD, folder, "--scenarios", tmp_path)
    refused_input(ran)
    assert "'expects' is not a field" in ran.err
