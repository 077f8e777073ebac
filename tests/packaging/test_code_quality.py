"""The linter, the formatter and the type checker are part of the suite; so is every exception."""

import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

SUPPRESSION = re.compile(
    r"#\s*(?P<kind>noqa|ruff:\s*noqa|type:\s*ignore|mypy:|pyright:|pragma:\s*no\s|nosec)",
    re.IGNORECASE,
)
JUSTIFIED = re.compile(
    r"""
    \#\s*
    (   (ruff:\s*)?noqa:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*
    |   type:\s*ignore\[[a-z-]+(,\s*[a-z-]+)*\]
    |   mypy:\s*\S+
    |   pragma:\s*no\ (cover|branch)
    )
    \s+(--|\#)\s*(--\s*)?
    (?P<reason>\w.*\s.*\w.*)
    """,
    re.VERBOSE,
)


def unjustified(source: str) -> list[tuple[int, str]]:
    """The comments of a source that silence a tool without naming the finding and the reason."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = [(t.start[0], t.string) for t in tokens if t.type == tokenize.COMMENT]
    return [
        (line, comment)
        for line, comment in comments
        if (found := SUPPRESSION.search(comment)) and not JUSTIFIED.fullmatch(comment[found.start() :])
    ]


# fmt: off
COMMENTS = [
    ("# noqa: E741  -- the letter of the formula",              True),
    ("# noqa: E741, N806  # the letters of the formula",        True),
    ("# type: ignore[arg-type]  # the stub is wrong here",      True),
    ("# type: ignore[arg-type]  # -- the stub is wrong here",   True),
    ("# pragma: no cover  -- only on Windows",                  True),
    ("# a comment about noqa and type: ignore",                 True),
    ("# noqa",                                                  False),
    ("# NOQA: E741",                                            False),
    ("# noqa: E741",                                            False),
    ("# noqa: E741 --",                                         False),
    ("# noqa: E741  -- because",                                False),
    ("# noqa  -- it is a bother",                               False),
    ("# type: ignore",                                          False),
    ("# type: ignore  # the stub is wrong here",                False),
    ("# type: ignore[arg-type]",                                False),
    ("# ruff: noqa",                                            False),
    ("# ruff: noqa: E741",                                      False),
    ("# pragma: no cover",                                      False),
]
# fmt: on


@pytest.mark.parametrize(("comment", "accepted"), COMMENTS)
def test_a_suppression_names_its_finding_and_its_reason(comment, accepted):
    assert (unjustified(f"x = 1  {comment}\n") == []) is accepted


def test_a_suppression_in_a_string_is_no_suppression():
    assert unjustified('x = "# noqa"\n') == []


def test_every_suppression_carries_its_reason(checkout):
    folders = [checkout / "lungmets", checkout / "tests"]
    sources = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    told = [
        f"{path.relative_to(checkout)}:{line}: {comment}"
        for path in [*sources, checkout / "noxfile.py"]
        for line, comment in unjustified(path.read_text(encoding="utf-8"))
    ]
    assert told == [], "write `# noqa: CODE  -- reason` or `# type: ignore[code]  # reason`"


def test_every_exception_of_the_linter_carries_its_reason(checkout):
    lines = (checkout / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("[tool.ruff.lint]")
    exceptions = [line for line in lines[start:] if re.search(r'"[A-Z]+[0-9]*"[],]', line)]
    exceptions = [line for line in exceptions if not line.startswith("select")]
    assert exceptions, "no exception found: has the layout of pyproject.toml changed?"
    assert [line for line in exceptions if not re.search(r"# \w+\W+\w+", line)] == []


def ran(checkout: Path, *command: str) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=checkout, capture_output=True)
    return "" if done.returncode == 0 else (done.stdout + done.stderr).decode()


def test_the_linter_finds_nothing(checkout):
    assert ran(checkout, "ruff", "check", "--output-format=concise", ".") == ""


def test_the_formatter_changes_nothing(checkout):
    assert ran(checkout, "ruff", "format", "--check", "--output-format=concise", ".") == ""


def test_the_type_checker_finds_nothing(checkout):
    assert ran(checkout, "mypy", "--strict", "--no-pretty") == ""
