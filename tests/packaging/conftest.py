"""Where the project's files are, and the distributions built from them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds ``tests/``: the checkout, or the copy that the wheel is tested with."""
    return ROOT


@pytest.fixture(scope="session")
def checkout(root: Path) -> Path:
    """The checkout itself. Without the sources there is nothing to build, lint or type-check."""
    if not (root / "lungmets").is_dir():
        pytest.skip("needs the checkout; only the tests and the documentation are here")
    return root


@pytest.fixture(scope="session")
def tracked(checkout: Path):
    """List the files of a folder that git tracks, or would: those that it does not ignore."""

    def files(folder: str) -> dict[str, Path]:
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder]
        names: list[str] = []
        if (checkout / ".git").exists():
            try:
                listed = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
                names = [name for name in listed.stdout.split("\0") if name]
            except FileNotFoundError:
                pass  # no git here: walk, as in an unpacked source distribution
        if not names:
            walked = sorted((checkout / folder).rglob("*"))
            names = [
                path.relative_to(checkout).as_posix() for path in walked if "__pycache__" not in path.parts
            ]
        return {name: checkout / name for name in names if (checkout / name).is_file()}

    return files


@pytest.fixture(scope="session")
def build(checkout: Path, tmp_path_factory: pytest.TempPathFactory):
    """Build a distribution, or take the one that the environment names."""

    def built(kind: str) -> Path:
        given = os.environ.get(f"LUNGMETS_{kind.upper()}")
        if given:
            return Path(given)
        folder = tmp_path_factory.mktemp(kind)
        code = f"import sys; from hatchling.build import build_{kind} as b; b(sys.argv[1])"
        command = [sys.executable, "-P", "-c", code, str(folder)]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        (distribution,) = folder.iterdir()
        return distribution

    return built
