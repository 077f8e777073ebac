"""``--overlay``: local knowledge on the command line."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import refused_input, run

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "overlays" / "example-hospital"
WITHOUT_BRAF = (
    b"{histology: adenocarcinoma, egfr: negative, alk: negative, ros1: negative, kras: negative, met: negative,"
    b" ret: negative, pd_l1_tps: 60, ecog_ps: 1, brain_lesions: 0}"
)


@pytest.fixture
def other(tmp_path):
    """A second overlay: the example under another name, with a step and nothing else."""
    path = tmp_path / "other"
    path.mkdir()
    header = (EXAMPLE / "overlay.yaml").read_text(encoding="utf-8")
    header = header.replace("id: example-hospital", "id: other").replace(
        "name: Example", "name: Other Example"
    )
    (path / "overlay.yaml").write_text(header, encoding="utf-8")
    step = "- {id: other.step, when: {}, on: every, says: Call the pharmacy., review_by: 2027-09-01}\n"
    (path / "workup.yaml").write_text(step, encoding="utf-8")
    return path


def test_an_answer_is_given_with_the_overlay_and_names_it():
    """Without it the panel is complete; with it BRAF is asked in the core panel."""
    plain = json.loads(run("assess", "-", "--format", "json", stdin=WITHOUT_BRAF).out)
    assert (plain["status"], plain["knowledge"]["overlays"]) == ("documented", [])
    ran = run("assess", "-", "--format", "json", "--overlay", EXAMPLE, stdin=WITHOUT_BRAF)
    answer = json.loads(ran.out)
    assert (answer["status"], [item["item"] for item in answer["missing"]]) == ("refused", ["braf"])
    assert [overlay["id"] for overlay in answer["knowledge"]["overlays"]] == ["example-hospital"]
    assert run("assess", "-", "--strict", "--overlay", EXAMPLE, stdin=WITHOUT_BRAF).code == 3


def test_the_option_may_be_given_several_times_in_any_order(other):
    one = run("assess", "-", "--overlay", EXAMPLE, "--overlay", other, stdin=WITHOUT_BRAF)
    two = run("assess", "-", "--overlay", other, "--overlay", EXAMPLE, stdin=WITHOUT_BRAF)
    assert one == two
    assert one.out.count("Local knowledge ") == 2
    assert "Call the pharmacy. (local: Other Example Hospital formulary)" in " ".join(one.out.split())


def test_the_panel_shows_who_asks_for_more():
    plain, laid = (run("panel", *more).out for more in ([], ["--overlay", EXAMPLE]))
    assert "  braf (histology nsclc; comprehensive panel only)\n" in plain
    assert "  braf (histology nsclc)\n" in laid
    assert "Local knowledge Example Hospital formulary 2026.9.0 (example-hospital, " in " ".join(laid.split())
    assert "before every first line. (local: Example Hospital formulary)" in " ".join(laid.split())


def test_the_check_counts_and_names_the_overlay():
    plain, laid = (run("knowledge", "check", *more) for more in ([], ["--overlay", EXAMPLE]))
    first, digest, named, counted = laid.out.splitlines()
    assert first == plain.out.splitlines()[0]
    assert digest != plain.out.splitlines()[1]
    assert named.startswith("with Example Hospital formulary 2026.9.0 (example-hospital), digest ")
    before = [int(part.split()[0]) for part in plain.out.splitlines()[2].split(", ")]
    after = [int(part.split()[0]) for part in counted.split(", ")]
    # Two rows, a source and a guardrail more; the panel asks for the same items, and nobody stages otherwise.
    assert [one - two for one, two in zip(after, before, strict=True)] == [2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]


def test_another_knowledge_folder_and_an_overlay_go_together(tmp_path):
    from lungmets.knowledge.base import shipped_folder

    folder = shutil.copytree(shipped_folder(), tmp_path / "own", ignore=shutil.ignore_patterns("__*"))
    ran = run("knowledge", "check", folder, "--overlay", EXAMPLE)
    assert ran == run("knowledge", "check", "--overlay", EXAMPLE)
    ran = run("assess", "-", "--knowledge", folder, "--overlay", EXAMPLE, stdin=WITHOUT_BRAF)
    assert ran == run("assess", "-", "--overlay", EXAMPLE, stdin=WITHOUT_BRAF)


@pytest.mark.parametrize("command", [["assess", "-"], ["panel"], ["knowledge", "check"]])
def test_a_broken_overlay_gives_no_answer(other, command):
    (other / "workup.yaml").write_text("- {id: other.step}\n", encoding="utf-8")
    told = refused_input(run(*command, "--overlay", other, stdin=b"age: 70\n"))
    assert f"{other.as_posix()}/workup.yaml:1 (other.step): 'when' is missing" in told


@pytest.mark.parametrize("command", [["assess", "-"], ["panel"], ["knowledge", "check"]])
def test_an_overlay_that_does_not_exist_is_one_message(command):
    (line,) = refused_input(run(*command, "--overlay", "no-such-folder", stdin=b"age: 70\n")).splitlines()
    assert line == "no-such-folder: this is not a folder; expected an overlay folder"


def test_an_emergency_is_told_although_the_overlay_is_broken():
    told = refused_input(run("assess", "-", "--overlay", "no-such-folder", stdin=b"symptoms: [seizure]\n"))
    assert told.startswith("URGENT (emergency_now)")
