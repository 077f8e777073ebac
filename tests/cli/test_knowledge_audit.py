"""``lungmets knowledge audit``: what a curator finds on the page, and how a build server is told."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from lungmets.knowledge.audit import Audit
from lungmets.knowledge.base import shipped_folder
from tests.cli import running

OVERLAY = Path(__file__).resolve().parents[2] / "docs" / "overlays" / "example-hospital"


def run(*arguments):
    return running.run("knowledge", "audit", *arguments)


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped knowledge in which one caution was due before the release."""
    path = tmp_path / "knowledge"
    shutil.copytree(shipped_folder(), path, ignore=shutil.ignore_patterns("__pycache__"))
    text = (path / "cautions.yaml").read_text(encoding="utf-8")
    late = text.replace("review_by: 2027-05-01", "review_by: 2026-10-05", 1)
    assert late != text
    (path / "cautions.yaml").write_text(late, encoding="utf-8")
    return path


def test_the_page_begins_with_the_counts_and_what_is_most_urgent(folder):
    ran = run(folder)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "AUDIT OF THE KNOWLEDGE"
    assert lines[1].startswith("  as of 2026-10-07 · every place · knowledge ")
    assert "  1 overdue reviews" in lines
    urgent = " ".join(ran.out.partition("MOST URGENT\n")[2].split())
    told = "checkpoint-inhibitor.autoimmune (cautions.yaml:3) its review was due on 2026-10-05, 2 days ago do read"
    assert urgent.startswith(told)
    assert "OVERDUE REVIEWS: 1" in lines
    assert not [line for line in lines if line != line.rstrip()]


def test_strict_ends_with_3_where_something_is_overdue_and_with_0_where_nothing_is(folder):
    assert run(folder, "--strict").code == 3
    assert run(folder, "--strict", "--as-of", "2026-10-05").code == 0  # its last day
    assert run(folder, "--strict", "--only", "conflict").code == 3, "what is not listed still counts"


def test_only_some_kinds_are_listed_and_all_are_counted(folder):
    page = run(folder, "--only", "conflict").out
    assert "CONFLICTS THAT ANSWERS SHOW: " in page
    assert "OVERDUE REVIEWS: " not in page
    assert "\n  1 overdue reviews\n" in page


def test_json_is_the_model_and_fits_its_schema(folder):
    ran = run(folder, "--format", "json", "--jurisdiction", "eu", "--within", "0", "--older-than", "30")
    found = Audit.model_validate_json(ran.out)
    assert (found.jurisdiction, found.within_days, found.older_than_years) == ("eu", 0, 30)
    assert found.most_urgent[0].record == "checkpoint-inhibitor.autoimmune"
    schema = json.loads(running.run("schema", "audit").out)
    jsonschema.validate(json.loads(ran.out), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(ran.out), "counts": None}, schema)


def test_markdown_has_a_heading_for_each_kind(folder):
    page = run(folder, "--format", "markdown").out
    assert page.startswith("# Audit of the knowledge\n")
    assert (
        "\n## Overdue reviews: 1\n\n- **checkpoint-inhibitor.autoimmune** (cautions.yaml:3) its review"
        in page
    )


# fmt: off
MISTAKES = [
    (["--as-of", "2026-13-01"],         ["--as-of: '2026-13-01' is not a day", "a date such as 2014-06-01"]),
    (["--jurisdiction", "uk"],          ["--jurisdiction: 'uk' is not known", "us, eu, ca"]),
    (["--only", "conflicts"],           ["--only: 'conflicts' is not known", "did you mean conflict?"]),
    (["--within", "-1"],                ["--within", "-1 is not in the range"]),
    (["no-such-folder"],                ["no-such-folder: this is not a folder"]),
]
# fmt: on


@pytest.mark.parametrize(("arguments", "words"), MISTAKES)
def test_a_wrong_word_is_told_with_its_place(arguments, words):
    ran = run(*arguments)
    assert ran.code == 2
    assert [word for word in words if word not in ran.err] == []


def test_an_overlay_is_audited_with_the_knowledge():
    page = run("--overlay", OVERLAY, "--as-of", "2040-01-01", "--only", "overdue").out
    assert "example-hospital" in page.splitlines()[1]
    assert "/overlays/example-hospital/guardrails.yaml:" in page.replace("\n    ", "")
