"""``import lungmets`` does no work: it loads Pydantic, and nothing that an answer may not need."""

import json
import subprocess
import sys

PYDANTIC = {
    "annotated_types",
    "pydantic",
    "pydantic_core",
    "typing_extensions",
    "typing_inspection",
}
NEEDED_LATER = {
    "click",
    "durable",
    "durable_rules_engine",
    "fhir",
    "matplotlib",
    "numpy",
    "pandas",
    "pytest",
    "rich",
    "yaml",
}

LOADED = """
import json, sys
before = set(sys.modules)
import lungmets
after = {name.partition(".")[0] for name in set(sys.modules) - before}
print(json.dumps(sorted(after - set(sys.stdlib_module_names))))
"""


def test_importing_lungmets_loads_pydantic_and_nothing_else_that_is_installed(tmp_path):
    command = [sys.executable, "-P", "-c", LOADED]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert "lungmets" in loaded
    assert loaded & NEEDED_LATER == set()
    assert loaded - PYDANTIC == {"lungmets"}
