"""The generator of the documentation's pages stands beside the documentation, as Sphinx finds it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs"))
