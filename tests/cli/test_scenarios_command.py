"""``lungmets scenarios``: run, new and lint, without pytest."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from lungmets import PatientProfile, read_profile
from lungmets.documents import read_text
from lungmets.errors import DocumentError
from lungmets.knowledge.base import shipped
from lungmets.testing import read_scenarios
from lungmets.testing.skeleton import skeleton
from tests.cli.running import refused_input, run
from tests.input.profiles import written
from tests.testing.suites import COMPLETE, DEFAULTS, of_complete, parsed

PASSES = of_complete(
    "{status: documented, options: {include: [osimertinib]}}", profile="{egfr: l858r}", name="passes"
)
FAILS = of_complete(
    "{status: documented, options: {include: [pembrolizumab]}}", profile="{pd_l1_tps: 0.9}", name="fails"
)
DEFECT = PASSES.replace("osimertinib", "osimertinb")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Writes scenario files below the working folder."""
    monkeypatch.chdir(tmp_path)

    def write(**files):
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.scenario.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


# ---- run ------------------------------------------------------------------------------------------


def test_scenarios_that_hold_pass(folder):
    folder(a=PASSES, b__c=PASSES.replace("passes", "other"))
    ran = run("scenarios", "run", ".")
    assert (ran.code, ran.out, ran.err) == (0, "2 passed\n", "")


def test_a_failure_is_told_and_ends_with_one(folder):
    folder(a=PASSES, b=FAILS)
    ran = run("scenarios", "run", "a.scenario.yaml", "b.scenario.yaml")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("b.scenario.yaml:5 fails\n")
    assert "expected    systemic.pembrolizumab among the documented options" in ran.out
    assert "nearest row pd-l1.pembrolizumab-tps1: it needs pd_l1_tps >=1 and" in ran.out
    assert ran.out.endswith("1 passed, 1 failed\n")
    assert "passes" not in ran.out


def test_a_defect_ends_with_two_and_nothing_is_run(folder):
    folder(a=FAILS, b=DEFECT, c="")
    told = refused_input(run("scenarios", "run", "."))
    assert "b.scenario.yaml:9 (passes): options: 'osimertinb' is not known" in told
    assert "did you mean osimertinib" in told
    assert "c.scenario.yaml:1: the file is empty" in told


def test_a_file_that_is_named_twice_is_run_once(folder):
    folder(a=PASSES)
    assert run("scenarios", "run", ".", "a.scenario.yaml").out == "1 passed\n"


def test_a_file_of_any_name_may_be_given(folder):
    path = folder(a=PASSES) / "a.scenario.yaml"
    path.rename(path.with_name("mine.yaml"))
    assert run("scenarios", "run", "mine.yaml").out == "1 passed\n"


@pytest.mark.parametrize("command", ["run", "lint"])
def test_a_folder_without_scenario_files_is_told(folder, command):
    folder(a=PASSES)
    (folder() / "empty").mkdir()
    told = refused_input(run("scenarios", command, "empty", "."))
    assert told == "empty: no scenario file is here; expected files named *.scenario.yaml\n"


@pytest.mark.parametrize("command", ["run", "lint"])
def test_a_path_that_does_not_exist_is_told(folder, command):
    folder()
    told = refused_input(run("scenarios", command, "no-such.scenario.yaml"))
    assert (
        told == "no-such.scenario.yaml: the file cannot be read: No such file or directory; check the path\n"
    )


def test_without_a_path_it_says_what_is_missing():
    ran = run("scenarios", "run")
    assert ran.code == 2
    assert "Missing argument 'PATH...'" in ran.err


def test_json_has_every_outcome_and_the_same_exit_codes(folder):
    folder(a=PASSES, b=FAILS)
    ran = run("scenarios", "run", "--format", "json", ".")
    assert ran.code == 1
    good, bad = json.loads(ran.out)["scenarios"]
    assert (good["name"], good["passed"], good["findings"]) == ("passes", True, [])
    assert (bad["name"], bad["passed"], bad["place"]) == ("fails", False, "b.scenario.yaml:5")
    (finding,) = bad["findings"]
    assert finding["key"] == "options.include"
    assert finding["place"] == "b.scenario.yaml:9"
    assert finding["expected"] == "systemic.pembrolizumab among the documented options"
    assert good["knowledge"] == f"{shipped().version} ({shipped().digest[:12]})"
    assert "coverage" not in json.loads(ran.out)
    assert run("scenarios", "run", "--format", "json", "a.scenario.yaml").code == 0


def test_junit_has_a_test_case_for_each_scenario(folder):
    folder(a=PASSES, b=FAILS)
    ran = run("scenarios", "run", "--format", "junit", ".")
    assert ran.code == 1
    suite = parsed(ran.out.encode())
    assert suite.tag == "testsuite"
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("lungmets scenarios", "2", "1")
    good, bad = suite.findall("testcase")
    assert (good.get("classname"), good.get("name"), good.get("line")) == ("a.scenario.yaml", "passes", "5")
    assert list(good) == []
    (failure,) = bad
    assert failure.tag == "failure"
    assert failure.get("type") == "options.include"
    assert failure.get("message") == (
        "expected systemic.pembrolizumab among the documented options; "
        "got no row documents systemic.pembrolizumab here"
    )
    text = run("scenarios", "run", "b.scenario.yaml").out
    assert text.startswith(failure.text)


def test_junit_stays_xml_whatever_a_scenario_is_called(folder):
    odd = FAILS.replace("Planted.", '"<&> \\e[2J \\x85 ]]> text"')
    folder(a=odd)
    assert parsed(run("scenarios", "run", "--format", "junit", ".").out.encode()).get("failures") == "1"


def test_coverage_is_told_in_words_and_as_data(folder):
    folder(a=PASSES)
    ran = run("scenarios", "run", "--coverage", ".")
    assert ran.code == 0
    share = re.search(r"^knowledge \S+ \(\w{12}\): (\d+\.\d) % reached by 1 scenario$", ran.out, re.MULTILINE)
    assert share
    assert "not reached: alk.alectinib" in ran.out
    assert "not reached: egfr-common.osimertinib\n" not in ran.out
    data = json.loads(run("scenarios", "run", "--coverage", "--format", "json", ".").out)["coverage"]
    assert data["percent"] == float(share[1])
    rows = next(part for part in data["parts"] if part["kind"] == "rows")
    assert "alk.alectinib" in rows["unreached"]
    assert rows["total"] > len(rows["unreached"])


def test_coverage_beside_junit_goes_to_the_other_stream(folder):
    folder(a=PASSES)
    ran = run("scenarios", "run", "--coverage", "--format", "junit", ".")
    assert parsed(ran.out.encode()).get("tests") == "1"
    assert "% reached by 1 scenario" in ran.err


def test_another_knowledge_is_asked_and_a_broken_one_is_told(folder, tmp_path):
    folder(a=of_complete("{status: documented}", question='knowledge: "2020.1.0"'))
    ran = run("scenarios", "run", ".")
    assert ran.code == 1
    assert "expected    knowledge 2020.1.0" in ran.out
    assert "--knowledge" in ran.out
    told = refused_input(run("scenarios", "run", ".", "--knowledge", tmp_path / "none"))
    assert "this is not a folder; expected a knowledge folder" in told


# ---- new ------------------------------------------------------------------------------------------


@pytest.fixture
def profile(tmp_path):
    path = tmp_path / "profile.yaml"
    path.write_text("".join(f"{field}: {value}\n" for field, value in (COMPLETE | {"egfr": "L858R"}).items()))
    return path


def filled_in(text):
    for mark, words in (
        ('text: "???"', "text: Osimertinib is documented for L858R."),
        ('citation: "???"', "citation: fda-osimertinib-2018-04-18"),
        ('status: "???"', "status: documented"),
        ("# options: {include: [], exclude: []}", "options: {include: [osimertinib]}"),
    ):
        assert text.count(mark) == 1, mark
        text = text.replace(mark, words)
    return text


def test_a_new_scenario_does_not_pass_before_a_person_has_filled_it_in(folder, profile):
    ran = run("scenarios", "new", profile)
    assert (ran.code, ran.err) == (0, "")
    folder(new=ran.out)
    told = refused_input(run("scenarios", "run", "new.scenario.yaml"))
    assert "this is not filled in" in told
    # What the scenario is for is asked first; the expectation is looked at once that is known.
    lines = ran.out.splitlines()
    assert sorted({int(line) for line in re.findall(r"new\.scenario\.yaml:(\d+)", told)}) == [
        lines.index('    text: "???"') + 1,
        next(number for number, line in enumerate(lines, 1) if 'citation: "???"' in line),
    ]


@pytest.mark.parametrize("left", ["text", "citation", "status"])
def test_each_place_that_is_left_open_is_enough_to_stop_it(folder, profile, left):
    text = run("scenarios", "new", profile).out
    whole = filled_in(text)
    line = next(line for line in text.splitlines() if f'{left}: "???"' in line)
    number = text.splitlines().index(line)
    lines = whole.splitlines()
    lines[number] = line
    folder(new="\n".join(lines) + "\n")
    told = refused_input(run("scenarios", "run", "."))
    assert f"new.scenario.yaml:{number + 1} (new-scenario)" in told
    assert "not filled in" in told


def test_a_new_scenario_passes_once_it_is_filled_in(folder, profile):
    folder(new=filled_in(run("scenarios", "new", profile).out))
    assert run("scenarios", "lint", ".").code == 0
    assert run("scenarios", "run", ".").out == "1 passed\n"


def test_a_new_scenario_has_the_question_and_nothing_of_the_answer(profile):
    text = run("scenarios", "new", profile).out
    assert f'knowledge: "{shipped().version}"' in text
    assert f"as_of: {shipped().content.release.as_of}" in text
    for option in ("osimertinib", "pembrolizumab", "afatinib"):
        assert option not in text
    assert "documented" not in text.partition("expect:")[0]


def test_the_profile_is_the_one_that_was_given(profile):
    (scenario,) = read_scenarios(filled_in(run("scenarios", "new", profile).out))
    assert scenario.profile == read_profile(profile)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written())
def test_whatever_a_profile_holds_it_is_the_same_in_the_new_scenario(fields):
    plain = json.loads(
        json.dumps(fields, default=lambda value: list(value) if isinstance(value, set) else str(value))
    )
    (scenario,) = read_scenarios(filled_in(skeleton(plain, shipped())))
    assert scenario.profile == PatientProfile(**plain)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "null",
        "~",
        "1e5",
        "012",
        "0x1f",
        "1_000",
        "2014-06-01",
        "yes",
        "a: b",
        "# c",
        "- d",
        " e ",
        "f\ng",
        "",
        "'",
        '"',
        "*h",
        "&i",
        "!j",
        "%k",
        "@l",
        "`m",
        "é",
        "\u2028n",
        "1:30",
        "=",
        "<<",
        ".inf",
        "+1",
    ],
)
def test_every_text_stays_the_text_that_it_is(text):
    whole = skeleton({"symptoms": [{"what": text}], "smoking": text}, shipped())
    assert read_text(whole).data["scenarios"][0]["profile"] == {"symptoms": [{"what": text}], "smoking": text}


def test_a_profile_that_cannot_be_read_makes_no_scenario(tmp_path):
    path = tmp_path / "profile.yaml"
    path.write_text("egfr: l859r\n", encoding="utf-8")
    assert "'l859r' is not understood" in refused_input(run("scenarios", "new", path))
    assert "cannot be read" in refused_input(run("scenarios", "new", tmp_path / "none.yaml"))


def test_an_empty_profile_makes_a_scenario_too(tmp_path):
    path = tmp_path / "profile.yaml"
    path.write_text("{}\n", encoding="utf-8")
    (scenario,) = read_scenarios(filled_in(run("scenarios", "new", path).out))
    assert scenario.profile == PatientProfile()


# ---- lint -----------------------------------------------------------------------------------------


def test_files_without_a_defect_are_counted(folder):
    folder(a=PASSES, b=FAILS.replace("fails", "other"))
    ran = run("scenarios", "lint", ".")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "2 scenarios in 2 files: no defect found\n"


def test_one_is_counted_as_one(folder):
    folder(a=PASSES)
    assert run("scenarios", "lint", ".").out == "1 scenario in 1 file: no defect found\n"


def test_every_defect_of_every_file_is_told(folder):
    folder(a=DEFECT, b=DEFECT.replace("passes", "other"), c=PASSES)
    told = refused_input(run("scenarios", "lint", "."))
    assert [line.partition(" ")[0] for line in told.splitlines()] == [
        "a.scenario.yaml:9",
        "b.scenario.yaml:9",
    ]


def test_nothing_is_run(folder):
    folder(a=FAILS)
    assert run("scenarios", "lint", ".").code == 0


def test_a_scenario_that_expects_only_the_status_is_remarked(folder):
    folder(a=of_complete("{status: documented}", name="bare"))
    ran = run("scenarios", "lint", ".")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "a.scenario.yaml:5 (bare): only the status is expected; name options, missing items or alerts",
        "1 scenario in 1 file: no defect found",
    ]


def test_one_id_in_two_files_is_remarked_once_for_a_table(folder):
    table = f"{DEFAULTS}scenarios:\n  - id: passes\n    text: Planted.\n    expect: {{status: documented, alerts: {{exactly: []}}}}\n    cases: [{{id: a}}, {{id: b}}]\n"
    folder(a=PASSES, b=table)
    ran = run("scenarios", "lint", ".")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "b.scenario.yaml:8 (passes[a]): the id 'passes' stands in a.scenario.yaml as well",
        "3 scenarios in 2 files: no defect found",
    ]


# ---- both -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], ["run"], ["new"], ["lint"]])
def test_every_command_has_help(command):
    ran = run("scenarios", *command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(" ".join(["Usage: lungmets scenarios", *command]))


def test_the_same_file_is_refused_in_python_with_the_same_words(folder):
    folder(a=DEFECT.replace("status", "staus"))
    with pytest.raises(DocumentError) as caught:
        read_scenarios(DEFECT.replace("status", "staus"), shown_as="a.scenario.yaml")
    assert refused_input(run("scenarios", "lint", ".")) == f"{caught.value}\n"


def test_scenarios_are_asked_with_local_knowledge(tmp_path):
    """The formulary of docs/overlays withholds ensartinib; without it that guardrail has no name."""
    file = tmp_path / "formulary.scenario.yaml"
    expect = "{status: documented, withheld: {by: {ensartinib: [example-hospital.no-ensartinib]}}}"
    file.write_text(of_complete(expect, profile="{alk: fusion, braf: negative}"), encoding="utf-8")
    overlay = Path(__file__).parents[2] / "docs" / "overlays" / "example-hospital"
    assert run("scenarios", "run", file, "--overlay", overlay).out == "1 passed\n"
    assert run("scenarios", "lint", file, "--overlay", overlay).code == 0
    refused_input(run("scenarios", "run", file))


# ---- mutate -----------------------------------------------------------------------------------------


def test_mutate_counts_what_the_scenarios_notice_and_lists_what_survives(folder):
    folder(a=PASSES)
    ran = run("scenarios", "mutate", ".", "--part", "1/1500")
    assert ran.code == 1
    assert "% of" in ran.out
    assert "refused by the loader" in ran.out
    assert "survives" in ran.out


def test_mutate_writes_json(folder):
    folder(a=PASSES)
    ran = run("scenarios", "mutate", ".", "--part", "1/1500", "--format", "json")
    found = json.loads(ran.out)
    assert {"knowledge", "verdicts", "percent"} <= set(found)
    assert {verdict["fate"] for verdict in found["verdicts"]} & {"survives"}


@pytest.mark.parametrize("part", ["0/3", "4/3", "half", "1/0", "1"])
def test_a_part_that_is_none_is_told(folder, part):
    folder(a=PASSES)
    ran = run("scenarios", "mutate", ".", "--part", part)
    assert ran.code == 2
    assert f"--part: '{part}' is no part" in ran.err
    assert "K/N, such as 1/20" in ran.err


# ---- the engine ------------------------------------------------------------------------------------


def test_scenarios_are_run_by_the_engine_that_is_asked_for(folder, monkeypatch):
    from lungmets.engine.reference import Reference

    folder(a=PASSES)
    asked = []
    match = Reference.match
    monkeypatch.setattr(Reference, "match", lambda self, states: asked.append(states) or match(self, states))
    assert run("scenarios", "run", "--engine", "bitmap", ".").out == "1 passed\n"
    assert asked == []
    # The memory of another test must not hold the answer.
    shipped()._others.clear()
    shipped()._views.clear()
    assert run("scenarios", "run", "--engine", "reference", ".").out == "1 passed\n"
    assert asked


def test_an_engine_that_does_not_exist_is_told(folder):
    folder(a=PASSES)
    told = refused_input(run("scenarios", "run", "--engine", "bitmaps", "."))
    assert told.startswith("--engine: 'bitmaps' is not known; expected one of bitmap, reference, durable")
