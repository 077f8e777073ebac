"""What is checked before a release: ``nox`` for all of it, ``nox -s NAME`` for one session.

``python3 tests/run.py`` runs the suite, the linter and the type checker on one Python without nox.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
TESTED_WITH_THE_WHEEL = ["README.md", "docs", "pyproject.toml", "tests"]
"""Everything but the package and its knowledge, which must come from the wheel."""

nox.needs_version = ">=2026.10.20"
nox.options.sessions = ["tests", "types", "lint", "docs", "build"]
nox.options.default_venv_backend = "venv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False  # nox names each one that it skips

if pyenv := shutil.which("pyenv"):
    # pyenv shows only the active Pythons; name all that it has.
    listed = subprocess.run([pyenv, "versions", "--bare"], capture_output=True, text=True)
    held = [name for name in listed.stdout.split() if name.rpartition(".")[0] in PYTHONS]
    os.environ.setdefault("PYENV_VERSION", ":".join(held))

if f"{sys.version_info.major}.{sys.version_info.minor}" not in PYTHONS:
    # With every Python skipped nox would pass. Its own is never missing, so it must be one of them.
    sys.exit(f"noxfile.py: run nox itself on one of Python {', '.join(PYTHONS)}")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the suite on every installed Python; a missing one is skipped by name."""
    session.install("--editable", ".[durable,tests]")
    session.run("python", "-m", "pytest", "--numprocesses", "auto", "--dist", "worksteal", *session.posargs)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """Run the suite with the oldest dependencies that pyproject.toml allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    bounds = [*project["dependencies"], *extras["fhir"], *extras["plots"], *extras["testing"]]
    constraints = Path(session.create_tmp(), "lowest.txt")
    constraints.write_text("\n".join(bounds).replace(">=", "=="), encoding="utf-8")
    session.install("--editable", ".[durable,tests]", "--constraint", str(constraints))
    # What an old release warns about, on a Python that is younger than it, is not ours to mend.
    options = ["--override-ini=filterwarnings=default", "--ignore=tests/packaging"]
    session.run("python", "-m", "pytest", "--numprocesses", "auto", *options, *session.posargs)


@nox.session(python="3.11")
def proof(session: nox.Session) -> None:
    """Check the whole product and not a sample: every profile and scenario, by every engine."""
    session.install("--editable", ".[durable,tests]")
    whole = {"LUNGMETS_PROOF": "whole"}
    command = [
        "pytest",
        "--numprocesses",
        "auto",
        "tests/proof/test_engines.py",
        "tests/proof/test_stages.py",
    ]
    session.run("python", "-m", *command, *session.posargs, env=whole)
    session.run("lungmets", "knowledge", "verify")
    session.run("python", "-m", "tests.proof.whole")


@nox.session(python="3.11")
def mutation(session: nox.Session) -> None:
    """Change the knowledge by a little in every way, and require that each change is noticed."""
    session.install("--editable", ".[tests]")
    command = ["pytest", "--numprocesses", "auto", "tests/proof/test_mutation.py"]
    session.run("python", "-m", *command, *session.posargs, env={"LUNGMETS_MUTANTS": "all"})


@nox.session(python="3.11")
def fuzz(session: nox.Session) -> None:
    """Read many more documents with mistakes in them than every run does; LUNGMETS_FUZZ says how many."""
    session.install("--editable", ".[tests]")
    many = {"LUNGMETS_FUZZ": os.environ.get("LUNGMETS_FUZZ", "5000")}
    command = ["pytest", "--numprocesses", "auto", "tests/fuzz"]
    session.run("python", "-m", *command, *session.posargs, env=many)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the package, and of the program that uses its public names."""
    session.install("--editable", ".[tests]")
    session.run("mypy", "--strict", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Lint, and check the format."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["optional-dependencies"]["tests"]
    session.install(next(each for each in wanted if each.startswith("ruff")))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation into site/, and run every example in it and in the README."""
    session.install("--editable", ".[docs,tests]")
    session.run("sphinx-build", "--fail-on-warning", "--keep-going", "docs", "site")
    session.run("python", "-m", "pytest", "tests/packaging/test_documentation.py")


@nox.session
def build(session: nox.Session) -> None:
    """Build both distributions, compare them with the sources, and run the suite on the wheel."""
    session.install("build")
    with tempfile.TemporaryDirectory() as folder:
        outside = Path(folder)
        session.run("python", "-m", "build", "--outdir", str(outside / "dist"))
        (wheel,) = outside.glob("dist/*.whl")
        (sdist,) = outside.glob("dist/*.tar.gz")

        session.run("python", "-m", "venv", str(outside / "venv"))
        python = str(outside / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
        wanted = f"{wheel}[durable,tests]"
        session.run(python, "-m", "pip", "install", "--quiet", wanted, external=True)

        built = {"LUNGMETS_WHEEL": str(wheel), "LUNGMETS_SDIST": str(sdist)}
        compare = ["pytest", "tests/packaging/test_distributions.py"]
        session.run(python, "-m", *compare, env=built, external=True)

        for name in TESTED_WITH_THE_WHEEL:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, outside / name)
        session.chdir(outside)
        where = "import lungmets; print(*lungmets.__path__)"
        package = session.run(python, "-c", where, silent=True, external=True).strip()
        if not Path(package).is_relative_to(outside / "venv"):
            session.error(f"the tests would import lungmets from {package}")
        suite = ["pytest", "--numprocesses", "auto", "tests", package]
        session.run(python, "-m", *suite, external=True)
        session.chdir(ROOT)


@nox.session
def bench(session: nox.Session) -> None:
    """Run the benchmarks, tests/bench/bench_*.py, beside other rule engines."""
    scripts = sorted(ROOT.glob("tests/bench/bench_*.py"))
    if not scripts:
        session.error("there is no tests/bench/bench_*.py to run")
    session.install("--editable", ".[durable]", "zen-engine", "datalogic-py")
    for script in scripts:
        session.run("python", str(script), *session.posargs)
