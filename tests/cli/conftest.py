"""The cases of the documentation, and an environment in which the width and the colours are the same everywhere."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "docs" / "cases").glob("*.yaml"))


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def complete():
    """A case whose panel is complete: options are listed."""
    return ROOT / "docs" / "cases" / "no-driver-autoimmune.yaml"


@pytest.fixture
def incomplete():
    """A case without molecular results, and with a seizure: a refusal with an alert."""
    return ROOT / "docs" / "cases" / "first-seizure-ten-lesions.yaml"


def pytest_generate_tests(metafunc):
    if "case" in metafunc.fixturenames:
        assert CASES, "the documentation has no cases"
        metafunc.parametrize("case", CASES, ids=lambda path: path.stem)
