"""How Sphinx builds the documentation. Nothing here reaches for the network."""

import sys
from importlib.metadata import version as installed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generated_pages import write

from lungmets.knowledge.base import shipped

write(shipped(), Path(__file__).parent / "generated")

project = "lungmets"
author = "The lungmets maintainers"
copyright = "The lungmets maintainers"  # noqa: A001  -- Sphinx reads it under this name
version = release = installed("lungmets")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "model_tables"]
myst_enable_extensions = ["deflist", "fieldlist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "cases"]

autodoc_typehints = "none"  # the prose of each docstring gives types, units and ranges
autodoc_preserve_defaults = True
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = f"lungmets {release}"
