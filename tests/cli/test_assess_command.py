"""``lungmets assess``: the three formats, the question, the exit codes, standard input."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from lungmets import assess, read_assessment, read_profile
from lungmets.display.markdown import as_markdown
from tests.cli.running import refused_input, run

ROOT = Path(__file__).resolve().parents[2]


# ---- formats --------------------------------------------------------------------------------------------------------


def test_json_is_the_model_s_own_json_and_is_read_back(case):
    ran = run("assess", case, "--format", "json")
    answer = assess(read_profile(case))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == answer.model_dump_json(indent=2) + "\n"
    assert read_assessment(ran.out) == answer


def test_markdown_is_that_of_the_library(case):
    ran = run("assess", case, "--format", "markdown")
    assert ran == (0, as_markdown(assess(read_profile(case))), "")
    assert ran.out.startswith("# ")


def test_piped_text_has_no_escape_codes_and_no_trailing_blanks(case):
    ran = run("assess", case)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("\n")
    assert not ran.out.endswith("\n\n")
    lines = ran.out.split("\n")
    assert [line for line in lines if line != line.rstrip()] == []
    assert not [sign for sign in ran.out if sign < " " and sign != "\n"]
    assert "\x7f" not in ran.out


def test_text_is_the_default_format(complete):
    assert run("assess", complete) == run("assess", complete, "--format", "text")


def test_text_is_as_wide_as_it_is_told(complete, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    widths = [len(line) for line in run("assess", complete).out.splitlines() if "http" not in line]
    assert 50 < max(widths) <= 60


# ---- the question ---------------------------------------------------------------------------------------------------


def test_the_question_of_the_command_line_is_that_of_the_library(complete):
    options = ["--as-of", "2020-01-01", "--jurisdiction", "us", "--panel", "comprehensive"]
    answer = assess(read_profile(complete), as_of=date(2020, 1, 1), jurisdiction="us", panel="comprehensive")
    assert read_assessment(run("assess", complete, "--format", "json", *options).out) == answer
    # Without the options it is another question: today, and the core panel.
    assert read_assessment(run("assess", complete, "--format", "json").out) != answer


@pytest.mark.parametrize("place", ["eu", "ca"])
def test_another_place_is_answered_and_named(complete, place):
    ran = run("assess", complete, "--jurisdiction", place)
    assert ran.code == 0
    assert f"as of 2026-10-07 · {place} · " in ran.out


def test_a_day_without_dates_is_an_answer(complete):
    ran = run("assess", complete, "--jurisdiction", "ca", "--as-of", "2020-01-01")
    assert ran.code == 0
    assert ran.out.startswith("NOTHING IS LISTED: UNDATED")


# fmt: off
WRONG_QUESTIONS = [
    (["--as-of", "2014-13-01"],       "--as-of: '2014-13-01' is not a day; expected a date such as 2014-06-01"),
    (["--as-of", "2023-02-29"],       "--as-of: '2023-02-29' is not a day; expected a date such as 2014-06-01"),
    (["--as-of", "tomorrow"],         "--as-of: 'tomorrow' is not a day"),
    (["--as-of", "01.06.2014"],       "--as-of: '01.06.2014' is not a day"),
    (["--as-of", "20140601"],         "--as-of: '20140601' is not a day"),
    (["--as-of", "2014-W23-7"],       "--as-of: '2014-W23-7' is not a day"),
    (["--as-of", "2014-06-01T00:00"], "--as-of: '2014-06-01T00:00' is not a day"),
    (["--as-of", ""],                 "--as-of: '' is not a day"),
    (["--jurisdiction", "uss"],       "--jurisdiction: 'uss' is not known; expected one of us, eu, ca; did you mean us?"),
    (["--jurisdiction", "US"],        "--jurisdiction: 'US' is not known; expected one of us, eu, ca; did you mean us?"),
    (["--jurisdiction", "japan"],     "--jurisdiction: 'japan' is not known; expected one of us, eu, ca"),
    (["--panel", "comprehensiv"],     "--panel: 'comprehensiv' is not known; expected one of core, comprehensive; did you mean comprehensive?"),
    (["--panel", "full"],             "--panel: 'full' is not known; expected one of core, comprehensive"),
]
# fmt: on


@pytest.mark.parametrize(("options", "message"), WRONG_QUESTIONS)
def test_a_wrong_question_is_one_message(complete, options, message):
    (line,) = refused_input(run("assess", complete, *options)).splitlines()
    assert line.startswith(message)


def test_all_that_is_wrong_is_told_at_once():
    ran = run(
        "assess", "-", "--as-of", "x", "--jurisdiction", "y", "--panel", "z", stdin=b"ecog_ps: 5\nage: x\n"
    )
    assert [line.split(":")[0] for line in refused_input(ran).splitlines()] == [
        "ecog_ps (line 1)",
        "age (line 2)",
        "--as-of",
        "--jurisdiction",
        "--panel",
    ]


# fmt: off
WRONG_USE = [
    (["assess"],                               "Missing argument 'FILE|-'"),
    (["assess", "-", "--format", "txt"],       "'txt' is not one of 'text', 'json', 'markdown'"),
    (["assess", "-", "--asof", "2014-01-01"],  "--asof"),
    (["asses", "-"],                           "asses"),
    (["schema", "profil"],                     "'profil' is not one of 'profile', 'answer'"),
    (["schema"],                               "Missing argument"),
]
# fmt: on


@pytest.mark.parametrize(("arguments", "message"), WRONG_USE)
def test_wrong_use_is_told_with_how_to_find_help(arguments, message):
    told = refused_input(run(*arguments))
    assert message in told
    assert "--help" in told


# ---- exit codes -----------------------------------------------------------------------------------------------------

# fmt: off
EXIT_CODES = [
    # case           options          exit code: 0 for any answer, 3 for a refusal under --strict
    ("complete",     [],              0),
    ("complete",     ["--strict"],    0),
    ("incomplete",   [],              0),
    ("incomplete",   ["--strict"],    3),
    ("complete",     ["--strict", "--as-of", "2003-01-01"], 3),
    ("complete",     ["--strict", "--jurisdiction", "eu"],  0),
    ("complete",     ["--strict", "--jurisdiction", "ca", "--as-of", "2020-01-01"], 3),
]
# fmt: on


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize(("case_name", "options", "code"), EXIT_CODES)
def test_the_exit_code_tells_an_answer_from_a_refusal_only_when_asked(
    request, case_name, options, code, form
):
    ran = run("assess", request.getfixturevalue(case_name), *options, "--format", form)
    assert ran.code == code
    assert ran.out
    assert ran.err == ""


# ---- files ----------------------------------------------------------------------------------------------------------


def test_a_dash_reads_standard_input(case):
    from_input = run("assess", "-", "--format", "json", stdin=case.read_bytes())
    assert from_input == run("assess", case, "--format", "json")


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(complete, tmp_path):
    file = tmp_path / "profile.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + complete.read_bytes().replace(b"\n", b"\r\n"))
    assert run("assess", file) == run("assess", complete)


def test_a_missing_file_is_named(tmp_path):
    (line,) = refused_input(run("assess", tmp_path / "nowhere.yaml")).splitlines()
    assert (
        line
        == f"{tmp_path / 'nowhere.yaml'}: the file cannot be read: No such file or directory; check the path"
    )


def test_a_folder_is_named(tmp_path):
    assert refused_input(run("assess", tmp_path)).startswith(f"{tmp_path}: the file cannot be read: ")


@pytest.mark.parametrize("stdin", [b"", b"\n\n", b"# nothing\n", b"null"])
def test_nothing_is_no_profile(stdin):
    message = refused_input(run("assess", "-", stdin=stdin))
    assert message == "nothing is stated here; expected fields with values, such as 'histology: squamous'\n"


def test_too_much_on_standard_input_is_refused():
    message = refused_input(run("assess", "-", stdin=b"#" * 3_000_000))
    assert message.startswith("the input is larger than 1,000,000 bytes")


def test_a_message_cannot_write_on_the_terminal():
    stdin = rb'{"histology": "\u001b[2J\u009b31m\u202e", "\u001b]0;title\u0007": 1}'
    message = refused_input(run("assess", "-", stdin=stdin))
    assert not [sign for sign in message if not sign.isprintable() and sign != "\n"]
    assert len(message.splitlines()) == 2


# ---- as a process ---------------------------------------------------------------------------------------------------


def process(*arguments, **options):
    command = [sys.executable, "-m", "lungmets", *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}
    environment |= options.pop("environment", {})
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, **options)


def test_python_m_lungmets_is_the_command(complete):
    done = process("assess", complete, "--format", "json", environment={"PYTHONIOENCODING": "utf-8"})
    assert done.returncode == 0
    assert read_assessment(done.stdout) == assess(read_profile(complete))


def test_a_terminal_that_lacks_a_sign_is_no_reason_to_lose_the_answer(complete):
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    done = process("assess", complete, environment=ascii_only)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"DOCUMENTED FIRST-LINE OPTIONS")


def test_json_is_utf_8_whatever_the_terminal_is():
    # So says RFC 8259; the symptom is not understood, and is repeated in an alert.
    profile = "symptoms: [Schwäche ≥ 3 Tage]\n"
    done = process(
        "assess", "-", "--format", "json", input=profile.encode(), environment={"PYTHONIOENCODING": "latin-1"}
    )
    assert read_assessment(done.stdout) == assess(read_profile(profile))


def test_a_message_reaches_a_terminal_that_lacks_its_signs():
    latin_1 = {"PYTHONIOENCODING": "latin-1"}
    done = process("assess", "-", input="histology: Größe 肺\n".encode(), environment=latin_1)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith("histology (line 1): 'Größe ?' is not understood".encode("latin-1"))


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another error there")
def test_a_reader_that_goes_away_is_no_traceback(complete):
    command = [sys.executable, "-m", "lungmets", "assess", str(complete)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


# ---- the engine ------------------------------------------------------------------------------------


def test_another_engine_prints_the_same_bytes(complete):
    for form in ("json", "text"):
        expected = run("assess", complete, "--format", form)
        assert run("assess", complete, "--format", form, "--engine", "reference") == expected
        assert expected.code == 0


def test_an_engine_that_does_not_exist_is_told_with_the_nearest(complete):
    told = refused_input(run("assess", complete, "--engine", "durabel"))
    assert told == (
        "--engine: 'durabel' is not known; expected one of bitmap, reference, durable; did you mean durable?\n"
    )


def test_an_engine_that_is_not_installed_ends_with_two_and_the_alerts(incomplete, monkeypatch):
    from lungmets.engine import durable
    from lungmets.knowledge.base import KnowledgeBase, shipped

    fresh = KnowledgeBase(shipped().content, "fresh")
    monkeypatch.setattr("lungmets.cli.knowledge_base", lambda *_: fresh)
    monkeypatch.setattr(durable.importlib.util, "find_spec", lambda _: None)
    told = refused_input(run("assess", incomplete, "--engine", "durable"))
    assert told.startswith("URGENT (emergency_now): A seizure is reported.")
    assert "engine: the engine 'durable' cannot be used here: durable-rules is not installed" in told
