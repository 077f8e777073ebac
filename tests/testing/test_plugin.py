"""The pytest plugin, run by pytest: what must pass, must fail, and must not collect."""

import re
import shutil
from pathlib import Path

import pytest

import lungmets
from lungmets.knowledge.base import shipped, shipped_folder
from lungmets.testing import read_scenarios
from lungmets.testing.coverage import coverage, reached
from lungmets.testing.judging import judge
from lungmets.vocabulary import Engine
from tests.testing.suites import DEFAULTS, of_complete

PASSES = of_complete(
    "{status: documented, options: {include: [osimertinib]}}", profile="{egfr: l858r}", name="passes"
)
FAILS = of_complete(
    "{status: documented, options: {include: [pembrolizumab]}}", profile="{pd_l1_tps: 0.9}", name="fails"
).replace("written for a test", "keynote-042")

# Both sides of the label's threshold of 1, and of the day of its approval.
TABLE = f"""\
{DEFAULTS}scenarios:
  - id: tps-1
    text: The label begins with a score of 1.
    citation: fda-pembrolizumab-2019-04-11
    cases:
      - id: below
        profile: {{pd_l1_tps: 0.9}}
        expect: {{status: documented, options: {{exclude: [pembrolizumab]}}}}
      - id: at
        profile: {{pd_l1_tps: 1}}
        expect: {{status: documented, options: {{include: [pembrolizumab]}}}}
      - id: before
        as_of: 2019-04-10
        profile: {{pd_l1_tps: 20}}
        expect: {{status: documented, options: {{exclude: [pembrolizumab]}}}}
"""


@pytest.fixture(autouse=True, scope="module")
def _loaded_once():
    """What the inner runs import is imported before: each would load it anew, and forget it again."""
    assert of_table().scenarios == 3


@pytest.fixture
def suite(pytester):
    """Writes scenario files; the settings of pytest are those of a new project."""

    def write(**files):
        for name, text in files.items():
            path = pytester.path / f"{name.replace('__', '/')}.scenario.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return pytester

    return write


def text_of(result):
    return result.stdout.str() + result.stderr.str()


def node_ids(result):
    return [line for line in result.stdout.lines if "::" in line]


# ---- collection -----------------------------------------------------------------------------------


def test_a_scenario_that_holds_passes(suite):
    result = suite(a=PASSES).runpytest("-q")
    result.assert_outcomes(passed=1)
    assert result.ret == 0


def test_node_ids_are_the_file_the_scenario_and_the_case(suite):
    result = suite(a=PASSES, b__table=TABLE).runpytest("--collect-only", "-q")
    assert node_ids(result) == [
        "a.scenario.yaml::passes",
        "b/table.scenario.yaml::tps-1[below]",
        "b/table.scenario.yaml::tps-1[at]",
        "b/table.scenario.yaml::tps-1[before]",
    ]
    assert result.ret == 0


@pytest.mark.parametrize("path", [".", "b", "b/table.scenario.yaml", "b/table.scenario.yaml::tps-1[at]"])
def test_a_file_is_found_by_its_name_through_its_folder_and_by_node_id(suite, path):
    result = suite(b__table=TABLE).runpytest(path)
    result.assert_outcomes(passed=1 if "::" in path else 3)


def test_other_yaml_files_are_left_alone(suite):
    pytester = suite(a=PASSES)
    for name in ("scenario.yaml", "b.scenario.yml", "c.yaml", "a.scenario.yaml.bak"):
        (pytester.path / name).write_text("not: [a scenario", encoding="utf-8")
    pytester.runpytest().assert_outcomes(passed=1)


def test_scenarios_and_python_tests_run_side_by_side(suite):
    pytester = suite(a=PASSES)
    pytester.makepyfile(test_it="def test_it(): pass")
    pytester.runpytest().assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("tps-1", 3),
        ("below or at", 2),
        ("passes", 1),
        ("flaura", 0),
        ("fda-pembrolizumab-2019-04-11", 3),
        ("scenario", 4),
    ],
)
def test_words_choose_by_name_id_and_citation(suite, words, chosen):
    result = suite(a=PASSES, b=TABLE).runpytest("-k", words, "--collect-only", "-q")
    assert len(node_ids(result)) == chosen


def test_the_last_failures_run_again_alone(suite):
    pytester = suite(a=PASSES, b=FAILS, c=TABLE)
    pytester.runpytest().assert_outcomes(passed=4, failed=1)
    again = pytester.runpytest("--lf", "-v")
    again.assert_outcomes(failed=1)
    assert "b.scenario.yaml::fails" in text_of(again)


# ---- a failure ------------------------------------------------------------------------------------


def test_a_failure_shows_place_citation_expectation_answer_and_nearest_row_and_no_python(suite):
    result = suite(a=FAILS).runpytest()
    result.assert_outcomes(failed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            "a.scenario.yaml:5 fails",
            "*encodes     keynote-042",
            "*asked       us as of 2026-10-07, core panel, knowledge *",
            "*options     a.scenario.yaml:9",
            "*expected    systemic.pembrolizumab among the documented options",
            "*got         no row documents systemic.pembrolizumab here",
            "*nearest row pd-l1.pembrolizumab-tps1: it needs pd_l1_tps >=1 and",
            "*<50, and the profile has pd_l1_tps: 0.9",
            "*what to do  *",
        ]
    )
    for words in ("Traceback", "plugin.py", "judging.py", "ScenarioFailed(", "def runtest"):
        assert words not in text_of(result)


def test_the_short_summary_names_the_scenario_and_what_was_expected(suite):
    result = suite(a=FAILS).runpytest("-rf")
    (line,) = [line for line in result.stdout.lines if line.startswith("FAILED")]
    assert line.startswith("FAILED a.scenario.yaml::fails")


def test_a_fault_of_the_library_is_not_hidden_behind_a_report(suite):
    pytester = suite(a=PASSES)
    pytester.makeconftest(
        """
        import lungmets.testing.judging

        def pytest_runtest_setup(item):
            def broken(*_, **_named):
                raise ZeroDivisionError("planted")
            item.kept = lungmets.testing.judging.judge
            lungmets.testing.judging.judge = broken

        def pytest_runtest_teardown(item):
            lungmets.testing.judging.judge = item.kept
        """
    )
    result = pytester.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*ZeroDivisionError: planted"])
    assert "plugin.py" in text_of(result)


def test_a_pinned_version_that_does_not_fit_fails_and_says_what_to_do(suite):
    pinned = of_complete("{status: documented}", question='knowledge: "2020.1.0"', name="pinned")
    result = suite(a=pinned).runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*expected    knowledge 2020.1.0",
            f"*got         knowledge {shipped().version} (*",
            "*--lungmets-knowledge*",
        ]
    )


# ---- a defect -------------------------------------------------------------------------------------

# fmt: off
DEFECTS = [
    (PASSES.replace("status:", "staus:"),             "a.scenario.yaml:9 (passes): 'staus' is not a field of this record*did you mean status?"),
    (PASSES.replace("osimertinib", "osimertinb"),     "a.scenario.yaml:9 (passes): options: 'osimertinb' is not known*did you mean osimertinib*"),
    (PASSES.replace("l858r", "l859r"),                "a.scenario.yaml:8 (passes): profile.egfr: 'l859r' is not understood*"),
    ("",                                              "a.scenario.yaml:1: the file is empty*"),
    ("a: [",                                          "a.scenario.yaml:*this is not valid YAML*"),
    (PASSES.replace("{status", '{status: "???", was'),  "a.scenario.yaml:9 (passes): 'was' is not a field*"),
]
# fmt: on


@pytest.mark.parametrize(("text", "line"), DEFECTS, ids=[line[17:60] for _, line in DEFECTS])
def test_a_defect_is_an_error_of_the_collection_with_its_line(suite, text, line):
    result = suite(a=text, b=TABLE).runpytest()
    result.assert_outcomes(errors=1)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*ERROR collecting a.scenario.yaml*", f"*{line}"])
    assert "Traceback" not in text_of(result)
    assert "reading.py" not in text_of(result)


def test_every_defect_of_a_file_is_told(suite):
    text = PASSES.replace("osimertinib", "osimertinb") + PASSES.partition("scenarios:\n")[2].replace(
        "passes", "other"
    ).replace("include", "exclude").replace("osimertinib", "osimertnib")
    result = suite(a=text).runpytest()
    result.stdout.fnmatch_lines(["*a.scenario.yaml:9 (passes):*", "*a.scenario.yaml:14 (other):*"])


def test_files_without_a_defect_run_when_the_others_may_be_passed_over(suite):
    result = suite(a="", b=TABLE).runpytest("--continue-on-collection-errors")
    result.assert_outcomes(passed=3, errors=1)


# ---- marks ----------------------------------------------------------------------------------------


def marked(*marks):
    return PASSES.replace("    profile: {egfr", f"    marks: [{', '.join(marks)}]\n    profile: {{egfr")


def test_a_registered_mark_chooses_under_strict_markers(suite):
    pytester = suite(a=marked("slow"), b=TABLE)
    pytester.makeini("[pytest]\nmarkers = slow: takes long\naddopts = --strict-markers")
    pytester.runpytest("-m", "slow").assert_outcomes(passed=1, deselected=3)
    pytester.runpytest("-m", "not slow").assert_outcomes(passed=3, deselected=1)


def test_an_unregistered_mark_is_an_error_of_the_collection_under_strict_markers(suite):
    result = suite(a=marked("unheard")).runpytest("--strict-markers")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "a.scenario.yaml:5 (passes): marks: 'unheard' not found in `markers`*; register 'unheard' under `markers`*"
        ]
    )
    assert "Traceback" not in text_of(result)


def test_an_unregistered_mark_is_else_a_warning_with_the_line_of_the_scenario(suite):
    result = suite(a=marked("unheard")).runpytest("-W", "default")
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(
        ["*a.scenario.yaml:5: PytestUnknownMarkWarning: Unknown pytest.mark.unheard*"]
    )


def test_an_unregistered_mark_is_an_error_where_warnings_are(suite):
    result = suite(a=marked("unheard")).runpytest("-W", "error")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["a.scenario.yaml:5 (passes): marks: Unknown pytest.mark.unheard*"])


def test_skip_and_xfail_mean_what_they_mean_to_pytest(suite):
    failing = FAILS.replace("    profile: {pd", "    marks: xfail\n    profile: {pd")
    result = suite(a=marked("skip"), b=failing, c=marked("xfail")).runpytest()
    result.assert_outcomes(skipped=1, xfailed=1, xpassed=1)
    assert result.ret == 0
    strict = suite(c=marked("xfail")).runpytest("c.scenario.yaml", "-o", "xfail_strict=true")
    strict.assert_outcomes(failed=1)


# ---- knowledge ------------------------------------------------------------------------------------


@pytest.fixture
def another(tmp_path_factory):
    """A copy of the shipped knowledge under another version."""
    folder = tmp_path_factory.mktemp("knowledge") / "another"
    shutil.copytree(shipped_folder(), folder, ignore=shutil.ignore_patterns("__*", ".*"))
    release = folder / "release.yaml"
    text = release.read_text(encoding="utf-8")
    assert text.count(f"version: {shipped().version}") == 1
    release.write_text(text.replace(f"version: {shipped().version}", "version: 2020.1.7"), encoding="utf-8")
    return folder


PINNED = of_complete("{status: documented}", question='knowledge: "2020.1.7"')


def test_another_folder_is_asked(suite, another):
    pytester = suite(a=PINNED)
    pytester.runpytest().assert_outcomes(failed=1)
    pytester.runpytest("--lungmets-knowledge", str(another)).assert_outcomes(passed=1)


def test_a_folder_is_named_from_where_pytest_was_started_and_in_the_settings_from_their_folder(
    suite, another, monkeypatch
):
    pytester = suite(b__a=PINNED)
    shutil.copytree(another, pytester.path / "mine")
    pytester.runpytest("--lungmets-knowledge=mine").assert_outcomes(passed=1)
    pytester.makeini("[pytest]\nlungmets_knowledge = mine")
    pytester.runpytest().assert_outcomes(passed=1)
    monkeypatch.chdir(pytester.path / "b")
    pytester.runpytest().assert_outcomes(passed=1)
    pytester.runpytest("--lungmets-knowledge=../mine").assert_outcomes(passed=1)


def test_the_command_line_comes_before_the_settings(suite, another):
    pytester = suite(a=PINNED)
    pytester.makeini("[pytest]\nlungmets_knowledge = no-such-folder")
    pytester.runpytest("--lungmets-knowledge", str(another)).assert_outcomes(passed=1)


FORMULARY = of_complete(
    "{status: documented, withheld: {by: {ensartinib: [example-hospital.no-ensartinib]}}}",
    profile="{alk: fusion, braf: negative}",
)
EXAMPLE = Path(__file__).parents[2] / "docs" / "overlays" / "example-hospital"


def test_local_knowledge_is_laid_over_it(suite):
    """The formulary of docs/overlays withholds ensartinib; without it that guardrail has no name."""
    pytester = suite(a=FORMULARY)
    pytester.runpytest().assert_outcomes(errors=1)
    pytester.runpytest("--lungmets-overlay", str(EXAMPLE)).assert_outcomes(passed=1)
    shutil.copytree(EXAMPLE, pytester.path / "formulary")
    pytester.makeini("[pytest]\nlungmets_overlays =\n    formulary")
    pytester.runpytest().assert_outcomes(passed=1)


def test_a_folder_that_does_not_exist_is_an_error_of_the_collection(suite):
    result = suite(a=PASSES).runpytest("--lungmets-knowledge=no-such-folder", "--lungmets-coverage")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*no-such-folder: this is not a folder; expected a knowledge folder"])
    assert "INTERNALERROR" not in text_of(result)
    assert "the knowledge could not be read" in text_of(result)


def test_a_broken_folder_is_an_error_of_every_file_with_the_line_of_the_defect(suite, another):
    panel = another / "panel.yaml"
    panel.write_text(panel.read_text(encoding="utf-8").replace("why:", "wyh:", 1), encoding="utf-8")
    result = suite(a=PASSES, b=TABLE).runpytest("--lungmets-knowledge", str(another))
    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines(["*panel.yaml:*'wyh' is not a field*did you mean why?*"])
    assert "Traceback" not in text_of(result)


def test_a_share_of_a_broken_folder_is_not_reached(suite):
    result = suite(a=PASSES).runpytest(
        "--lungmets-knowledge=no-such-folder", "--lungmets-coverage-min=0", "--continue-on-collection-errors"
    )
    assert result.ret != 0
    assert "INTERNALERROR" not in text_of(result)
    assert "nothing is reached, and 0 % was asked for" in text_of(result)


# ---- coverage -------------------------------------------------------------------------------------


def of_table():
    """What the table reaches, by the functions that the plugin uses."""
    base = shipped()
    scenarios = read_scenarios(TABLE)
    return coverage(base, [reached(one, judge(one).answer, base) for one in scenarios])


def test_coverage_is_told_on_request_and_only_then(suite):
    pytester = suite(a=TABLE)
    assert "what the scenarios reach" not in text_of(pytester.runpytest())
    result = pytester.runpytest("--lungmets-coverage")
    result.assert_outcomes(passed=3)
    assert result.ret == 0
    told = text_of(result)
    assert str(of_table()) in told
    assert "not reached: alk.alectinib" in told
    assert "not reached: pd_l1_tps >=50" in told
    assert "not reached: pd_l1_tps >=1\n" not in told


def test_coverage_counts_what_ran_and_not_what_was_passed_over(suite):
    result = suite(a=TABLE).runpytest("--lungmets-coverage", "-k", "below")
    assert "reached by 1 scenario\n" in text_of(result)
    nothing = suite(a=TABLE).runpytest("--lungmets-coverage", "-k", "nothing")
    assert "0.0 % reached by 0 scenarios" in text_of(nothing)


def test_the_share_that_is_asked_for_passes_at_the_exact_percentage_and_fails_above_it(suite):
    pytester = suite(a=TABLE)
    exact = of_table().percent
    assert 0 < exact < 99
    at = pytester.runpytest(f"--lungmets-coverage-min={exact!r}")
    assert (at.ret, "was asked for" in text_of(at)) == (0, False)
    above = pytester.runpytest(f"--lungmets-coverage-min={exact + 1e-9!r}")
    above.assert_outcomes(passed=3)
    assert above.ret == pytest.ExitCode.TESTS_FAILED
    assert re.search(rf"lungmets: {of_table().shown} % is reached, and \S+ % was asked for", text_of(above))


def test_a_share_that_is_reached_does_not_make_a_failure_pass(suite):
    result = suite(a=FAILS).runpytest("--lungmets-coverage-min=0")
    result.assert_outcomes(failed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


@pytest.mark.parametrize("share", ["101", "-1", "nan", "half"])
def test_a_share_that_is_none_is_a_wrong_use(suite, share):
    result = suite(a=TABLE).runpytest(f"--lungmets-coverage-min={share}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"'{share}' is not a percentage from 0 to 100" in text_of(result)


def test_collecting_alone_tells_no_coverage_and_fails_for_none(suite):
    result = suite(a=TABLE).runpytest("--collect-only", "--lungmets-coverage-min=100")
    assert result.ret == 0
    assert "what the scenarios reach" not in text_of(result)


def test_workers_give_the_same_results_and_the_same_coverage(suite):
    pytest.importorskip("xdist")
    pytester = suite(a=TABLE, b=FAILS, c=PASSES)
    options = ("-p", "no:cacheprovider", "--lungmets-coverage", "--lungmets-coverage-min=50", "-rA")
    alone = pytester.runpytest_subprocess(*options, "-p", "no:xdist")
    shared = pytester.runpytest_subprocess(*options, "-n", "2")
    for result in (alone, shared):
        result.assert_outcomes(passed=4, failed=1)
        assert result.ret == pytest.ExitCode.TESTS_FAILED

    def section(result):
        lines = result.stdout.lines
        start = next(number for number, line in enumerate(lines) if "what the scenarios reach" in line)
        end = next(number for number, line in enumerate(lines) if "was asked for" in line)
        return lines[start : end + 1]

    assert section(alone) == section(shared)
    assert len(section(alone)) > 100

    def report(result):
        text = text_of(result)
        return text[text.index("b.scenario.yaml:5 fails") : text.index("what to do")]

    assert report(alone) == report(shared)


# ---- inert ----------------------------------------------------------------------------------------

LOADED = """
import sys

def pytest_sessionfinish():
    print("LOADED", sorted(name for name in sys.modules if name.startswith("lungmets")))
"""


def loaded(pytester, *options):
    pytester.makeconftest(LOADED)
    pytester.makepyfile(test_it="def test_it(): pass")
    result = pytester.runpytest_subprocess("-s", *options)
    result.assert_outcomes(passed=result.parseoutcomes()["passed"])
    (line,) = [line for line in result.stdout.lines if "LOADED" in line]
    return re.findall(r"'([\w.]+)'", line)


def test_without_a_scenario_file_nothing_but_the_plugin_is_imported(pytester):
    assert loaded(pytester) == ["lungmets", "lungmets.testing", "lungmets.testing.plugin"]


def test_with_a_scenario_file_more_is_imported(suite):
    assert "lungmets.pipeline" in loaded(suite(a=PASSES))


def test_pytest_runs_without_the_plugin_when_it_is_switched_off(suite):
    pytester = suite(a=FAILS)
    assert loaded(pytester, "-p", "no:lungmets") == []


def test_the_help_explains_the_options(pytester):
    told = text_of(pytester.runpytest("--help"))
    for option in (
        "--lungmets-knowledge=FOLDER",
        "--lungmets-coverage",
        "--lungmets-coverage-min=PERCENT",
        "lungmets_knowledge",
    ):
        assert option in told


def test_it_runs_where_every_warning_is_an_error(suite):
    pytester = suite(a=TABLE, b=PASSES)
    result = pytester.runpytest_subprocess("-W", "error", "--strict-markers", "--strict-config")
    result.assert_outcomes(passed=4)


def test_the_plugin_that_is_found_is_the_one_of_this_package(pytester):
    pytester.makeconftest(
        """
        def pytest_configure(config):
            print("FOUND", config.pluginmanager.get_plugin("lungmets").__file__)
        """
    )
    result = pytester.runpytest_subprocess("-s")
    (line,) = [line for line in result.stdout.lines if line.startswith("FOUND")]
    assert line == f"FOUND {Path(lungmets.__path__[0]) / 'testing' / 'plugin.py'}"


# ---- the engine ------------------------------------------------------------------------------------


def test_the_engines_of_the_option_are_those_of_the_library(suite):
    found = suite(a=PASSES).runpytest("--lungmets-engine=durabel")
    for engine in Engine:
        assert repr(engine.value) in text_of(found)
    assert found.ret == pytest.ExitCode.USAGE_ERROR


def test_scenarios_pass_and_fail_alike_by_another_engine(suite):
    pytester = suite(a=PASSES, b=FAILS)
    pytester.runpytest("--lungmets-engine=reference").assert_outcomes(passed=1, failed=1)


def test_an_engine_that_fails_is_told_without_python(suite, monkeypatch):
    from lungmets.engine import durable

    monkeypatch.setattr(durable.importlib.util, "find_spec", lambda _: None)
    # Whatever was asked of this engine before is forgotten for this test.
    for kept in ("_others", "_views", "staging_tables"):
        monkeypatch.setattr(shipped(), kept, {})
    found = suite(a=PASSES).runpytest("--lungmets-engine=durable", "-p", "no:cacheprovider")
    found.assert_outcomes(failed=1)
    assert "engine: the engine 'durable' cannot be used here: durable-rules is not installed" in text_of(
        found
    )
    assert "Traceback" not in text_of(found)
