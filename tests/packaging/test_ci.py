"""``.ci/run`` runs the README's test command: that one, and nothing instead of it."""

import re
import shutil
import subprocess

import pytest

MARK = "<!-- tests-command -->"


@pytest.fixture
def ci(checkout, tmp_path):
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    (tmp_path / ".ci").mkdir()
    script = shutil.copy(checkout / ".ci" / "run", tmp_path / ".ci" / "run")

    def run(readme: str | None) -> subprocess.CompletedProcess[str]:
        if readme is not None:
            (tmp_path / "README.md").write_text(readme, encoding="utf-8")
        return subprocess.run([bash, script], capture_output=True, text=True, cwd="/")

    return run


def test_it_runs_the_marked_command_in_the_checkout_and_passes_its_exit_code_on(ci, tmp_path):
    done = ci(f"```sh\nexit 1\n```\n\n{MARK}\n\n```sh\npwd\nexit 7\n```\n\n```sh\nexit 2\n```\n")
    assert (done.stdout, done.returncode) == (f"+ pwd\n+ exit 7\n{tmp_path}\n", 7)


def test_it_stops_at_the_first_line_that_fails(ci):
    done = ci(f"{MARK}\n```sh\nfalse\necho not reached\n```\n")
    assert (done.stdout, done.returncode) == ("+ false\n+ echo not reached\n", 1)


# fmt: off
BROKEN = [
    (None,                                     "there is no README.md"),
    ("```sh\ntrue\n```\n",                     "it has it 0 times"),
    (f"{MARK}\n```sh\ntrue\n```\n{MARK}\n",    "it has it 2 times"),
    (f"{MARK}\nText.\n```sh\ntrue\n```\n",     "no fenced block"),
    (f"{MARK}\n```sh\n\n```\n",                "no fenced block"),
    (f"{MARK}\n```sh\ntrue\n",                 "no fenced block"),
]
# fmt: on


@pytest.mark.parametrize(("readme", "message"), BROKEN)
def test_it_fails_and_says_why_when_there_is_no_one_command(ci, readme, message):
    done = ci(readme)
    assert done.returncode == 1
    assert message in done.stderr


def test_the_readme_has_the_command(checkout):
    """So that a change of the README is found out before CI cannot start."""
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^{MARK}\n+```sh\npython3 tests/run\.py\n```$", readme, re.MULTILINE)
