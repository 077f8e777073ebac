"""What a fresh process pays: the import, the names, the knowledge, and the first answer.

Every line is the median over fresh processes. In each round all of them run, one after the other;
differences are taken within a round. Byte code and the compiled copy of the knowledge stand in a
folder of this run, so nothing that lies in the checkout helps or hinders.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import Line, Machine, finish, options, summary

import lungmets

IMPORT_BUDGET = 40  # milliseconds, as the others
LOAD_BUDGET = 150
ANSWER_BUDGET = 300

NAMES = "from lungmets import PatientProfile, assess"
PROFILE = (
    'PatientProfile(histology="adenocarcinoma", egfr="p.Leu858Arg", alk="negative", ros1="negative", '
    'kras="negative", met="negative", ret="negative", pd_l1_tps=">=50", ecog_ps=1, brain_lesions=0)'
)
LOADING = f"""
import time
{NAMES}
from lungmets.knowledge.base import shipped
begun = time.perf_counter()
shipped()
print((time.perf_counter() - begun) * 1e3)
"""
WHOLE = {
    "nothing": "pass",
    "pydantic": "import pydantic",
    "BaseModel": "from pydantic import BaseModel",
    "lungmets": "import lungmets",
    "names": NAMES,
    "answer": f"{NAMES}\nassert assess({PROFILE}).status == 'documented'",
}


def environment(folder: Path) -> dict[str, str]:
    """The caller's, but with byte code written to the folder, and with the package that is imported here."""
    here = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    package = Path(lungmets.__file__).parents[1]
    return here | {"PYTHONPYCACHEPREFIX": str(folder), "PYTHONPATH": str(package)}


def wall(code: str, env: dict[str, str]) -> float:
    """Milliseconds of a whole process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-P", "-c", code], env=env, check=True)
    return (time.perf_counter() - begun) * 1e3


def loading(env: dict[str, str]) -> float:
    """Milliseconds of loading the knowledge, as the process itself measures them."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOADING], env=env, check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def one_round(folder: Path, env: dict[str, str]) -> dict[str, float]:
    found = {name: wall(code, env) for name, code in WHOLE.items()}
    found["load"] = loading(env)
    for copy in folder.rglob("lungmets-*.json"):
        copy.unlink()
    found["load anew"] = loading(env)  # and this leaves the copy for the next round
    return found


def main() -> None:
    asked = options(__doc__, rounds=15)
    machine = Machine()
    with tempfile.TemporaryDirectory() as name:
        env = environment(Path(name))
        one_round(Path(name), env)
        assert list(Path(name).rglob("lungmets-*.json")), "no compiled copy of the knowledge was written"
        rounds = [one_round(Path(name), env) for _ in range(asked.rounds)]

    def line(what: str, part: str, without: str = "", budget: float | None = None) -> Line:
        times = [each[part] - (each[without] if without else 0) for each in rounds]
        return Line(what, summary(times), "ms", budget)

    print(f"Starting, milliseconds, {asked.rounds} fresh processes of each kind")
    lines = [
        line("import lungmets, over import pydantic", "lungmets", "pydantic", IMPORT_BUDGET),
        line("  its two main names, over pydantic's BaseModel", "names", "BaseModel"),
        line("loading the knowledge, compiled copy present", "load", budget=LOAD_BUDGET),
        line("  without the copy: reading and checking YAML", "load anew"),
        line("the first answer, over import pydantic", "answer", "pydantic", ANSWER_BUDGET),
        line("  (the whole process of the first answer)", "answer"),
        line("  (import pydantic, the whole process)", "pydantic"),
        line("  (an empty process)", "nothing"),
    ]
    finish(lines, machine, report_only=asked.report_only)


if __name__ == "__main__":
    main()
