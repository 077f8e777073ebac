"""Knowledge with something changed, for tests that need what the shipped knowledge no longer has."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from lungmets import load
from lungmets.knowledge.base import shipped_folder
from tests.knowledge.laying import without


@cache
def without_canada():
    """The shipped knowledge without any use in Canada: a place of which it has no dates."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "knowledge"
        shutil.copytree(shipped_folder(), folder, ignore=shutil.ignore_patterns("__*", ".*"))
        without("ca", folder)
        return load(folder)
