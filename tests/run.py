"""Set everything up and run the whole test suite: ``python3 tests/run.py``.

It needs Python 3.11 or newer and nothing else: it makes ``.venv`` in the checkout, installs
lungmets there with what the tests need, and runs pytest. What is given after it goes to pytest.

The second engine, durable-rules, is a source distribution: where it cannot be built (no C
compiler) or does not import (Python 3.13), its tests are skipped and say so.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def usable() -> bool:
    """Tell whether ``.venv`` has a pip and the Python that runs this script."""
    question = "import sys, pip; print(sys.version_info[:3])"
    try:
        answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True)
    except OSError:
        return False
    return answer.stdout.strip() == str(sys.version_info[:3])


def install(*wanted: str, capture: bool = False) -> subprocess.CompletedProcess:
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
    return subprocess.run(command, cwd=ROOT, capture_output=capture)


def main() -> int:
    if sys.version_info < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        print(f"lungmets needs Python {oldest} or newer; this is {sys.version.split()[0]}.")
        return 2
    if not usable():
        print("Making .venv ...", flush=True)
        if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode:
            return 2
    print("Installing lungmets and what its tests need into .venv ...", flush=True)
    if install("--editable", ".[tests]").returncode:
        return 2
    if install("--editable", ".[durable]", capture=True).returncode:
        print("durable-rules could not be built here: the second engine is not tested.", flush=True)
    pytest = [PYTHON, "-m", "pytest", "--numprocesses", "auto", "--dist", "worksteal", *sys.argv[1:]]
    return subprocess.run(pytest, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
