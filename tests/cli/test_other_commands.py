"""``lungmets panel``, ``knowledge check``, ``--version``, ``--help``."""

import re
import shutil
from importlib.metadata import PackageNotFoundError, version

import pytest

from lungmets.knowledge.base import shipped, shipped_folder
from lungmets.vocabulary import Gene
from tests.cli.running import refused_input, run

CORE = ["histology", "egfr", "alk", "ros1", "kras", "met", "ret", "pd_l1_tps", "ecog_ps", "brain_lesions"]
"""The core panel of the design."""

COMPREHENSIVE = ["braf", "ntrk", "erbb2", "nrg1"]
"""What the comprehensive panel adds."""


def items(page):
    """The items of a page, each with its block: the heading and all that is indented below it."""
    heading = re.compile(rf"^ *({'|'.join([*CORE, *COMPREHENSIVE])})\b.*$", re.MULTILINE)
    found = list(heading.finditer(page))
    ends = [*(each.start() for each in found[1:]), len(page)]
    return {each[1]: page[each.start() : end] for each, end in zip(found, ends, strict=True)}


def test_the_panel_is_that_of_the_design_today():
    ran = run("panel")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.casefold().startswith("asked as of 2026-10-07 (us)\n"), "the day of the release"
    found = items(ran.out)
    assert set(found) == {*CORE, *COMPREHENSIVE}
    only = {item for item, block in found.items() if "comprehensive panel only" in block}
    assert only == set(COMPREHENSIVE)


def test_the_panel_is_plain_where_it_is_piped():
    page = run("panel").out
    assert not [sign for sign in page if sign < " " and sign != "\n"]
    assert [line for line in page.split("\n") if line != line.rstrip()] == []


def test_nobody_could_be_asked_for_ret_in_2014():
    found = items(run("panel", "--as-of", "2014-06-01").out)
    assert {"egfr", "alk"} <= set(found)
    assert "ret" not in found


def test_the_panel_tells_why_each_item_is_asked_and_by_which_test():
    blocks = items(run("panel").out).values()
    assert [
        block
        for block in blocks
        if not re.search(r"^ +why +\S.*^ +test +\S", block, re.MULTILINE | re.DOTALL)
    ] == []


# fmt: off
WRONG_PANELS = [
    (["--as-of", "yesterday"],       "--as-of: 'yesterday' is not a day; expected a date such as 2014-06-01"),
    (["--jurisdiction", "uss"],      "--jurisdiction: 'uss' is not known; expected one of us, eu, ca; did you mean us?"),
    (["--knowledge", "no-such-folder"],  "no-such-folder: this is not a folder; expected a knowledge folder"),
    # An empty page would look as though nothing had to be answered.
    (["--as-of", "1999-01-01"],      "--as-of: The day 1999-01-01 is before this knowledge begins (2004-01-01)."),
    (["--as-of", "2026-10-08"],      "--as-of: The day 2026-10-08 is later than this release of the knowledge (2026-10-07)."),
    (["--jurisdiction", "eu", "--as-of", "2009-06-23"], "--as-of: The day 2009-06-23 is before this knowledge begins (2009-06-24)."),
    (["--jurisdiction", "ca", "--as-of", "2020-01-01"], '--as-of: The days on which most uses were authorised in "ca" were not seen'),
]
# fmt: on


@pytest.mark.parametrize(("options", "message"), WRONG_PANELS)
def test_a_panel_that_cannot_be_shown_is_one_message(options, message):
    (line,) = refused_input(run("panel", *options)).splitlines()
    assert line.startswith(message)


# ---- knowledge check ------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped knowledge that may be broken."""
    return shutil.copytree(
        shipped_folder(), tmp_path / "knowledge", ignore=shutil.ignore_patterns("__*", ".*")
    )


def test_the_shipped_knowledge_has_no_defect():
    ran = run("knowledge", "check")
    assert (ran.code, ran.err) == (0, "")
    first, second, third = ran.out.splitlines()
    assert first == f"knowledge {shipped().version}, as of 2026-10-07: no defect found"
    assert second == f"digest {shipped().digest}"
    counted = {name: int(number) for number, name in re.findall(r"(\d+) ([a-z ]+)", third)}
    assert {"rows", "sources", "guardrails", "panel items", "alerts"} <= set(counted)
    assert min(counted.values()) > 0


def test_a_copy_of_the_knowledge_is_the_same_knowledge(folder):
    assert run("knowledge", "check", folder) == run("knowledge", "check")


def rewritten(folder, name, old, new):
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_broken_copy_is_told_with_file_and_line(folder):
    line = rewritten(folder, "alerts.yaml", "when: {symptoms: seizure}", "when: {symptoms: seizur}")
    told = refused_input(run("knowledge", "check", folder))
    assert "seizur" in told
    assert re.search(r"alerts\.yaml:\d+", told)
    assert abs(int(re.search(r"alerts\.yaml:(\d+)", told)[1]) - line) <= 1, "the record, or the line in it"


def test_every_defect_is_told_at_once(folder):
    rewritten(folder, "alerts.yaml", "urgency: emergency_now", "urgency: emergency_later")
    rewritten(folder, "panel.yaml", "why:", "wyh:")
    (folder / "questions.yaml").unlink()
    told = refused_input(run("knowledge", "check", folder))
    for name in ("alerts.yaml", "panel.yaml", "questions.yaml"):
        assert re.search(rf"^{name}", told, re.MULTILINE), told


def test_yaml_that_cannot_be_read_is_told_with_file_and_line(folder):
    (folder / "release.yaml").write_text("version: [\n", encoding="utf-8")
    told = refused_input(run("knowledge", "check", folder))
    assert re.search(r"^release\.yaml:[12]: this is not valid YAML", told, re.MULTILINE)


@pytest.mark.parametrize("command", [["assess", "-"], ["panel"]])
def test_a_broken_folder_gives_no_answer(folder, command):
    rewritten(folder, "alerts.yaml", "when: {symptoms: seizure}", "when: {symptoms: seizur}")
    assert "alerts.yaml" in refused_input(run(*command, "--knowledge", folder, stdin=b"age: 70\n"))


def test_another_folder_gives_its_own_answer(folder):
    rewritten(folder, "release.yaml", f"version: {shipped().version}", "version: 2020.1.7")
    ran = run("assess", "-", "--knowledge", folder, stdin=b"histology: squamous\n")
    assert ran.code == 0
    assert "knowledge 2020.1.7" in ran.out


def test_a_folder_that_does_not_exist_is_named():
    (line,) = refused_input(run("knowledge", "check", "no-such-folder")).splitlines()
    assert line == "no-such-folder: this is not a folder; expected a knowledge folder"


def test_a_folder_of_other_things_is_told_what_is_missing(tmp_path):
    told = refused_input(run("knowledge", "check", tmp_path)).splitlines()
    assert "release.yaml: the file is missing; expected this file in every knowledge folder" in told


# ---- help -----------------------------------------------------------------------------------------------------------


def test_the_version_is_that_of_the_package():
    ran = run("--version")
    assert (ran.code, ran.err) == (0, "")
    try:
        assert ran.out == f"lungmets {version('lungmets')}\n"
    except PackageNotFoundError:
        assert ran.out == "lungmets (not installed)\n"


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["assess"],
        ["panel"],
        ["knowledge"],
        ["knowledge", "check"],
        ["knowledge", "diff"],
        ["knowledge", "show"],
        ["knowledge", "sentences"],
        ["schema"],
    ],
)
def test_every_command_has_help(command):
    ran = run(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(" ".join(["Usage: lungmets", *command]))


def test_the_help_says_what_it_is_not_for():
    assert "not for the care of a patient" in " ".join(run("--help").out.split())


def test_the_genes_of_the_panel_are_all_the_genes():
    assert {gene.value for gene in Gene} <= {*CORE, *COMPREHENSIVE}
