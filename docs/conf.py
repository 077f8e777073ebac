"""How Sphinx builds the documentation. Nothing here reaches for the network."""

import sys
from importlib.metadata import version as installed

project = "lungmets"
author = "The lungmets maintainers"
copyright = "The lungmets maintainers"  # noqa: A001  -- Sphinx reads it under this name
version = release = installed("lungmets")

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_enable_extensions = ["deflist", "fieldlist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

nitpicky = True  # a reference to nothing is an error ...
ELSEWHERE = "|".join(sorted([*sys.stdlib_module_names, "pandas", "pydantic", "pydantic_core"]))
nitpick_ignore_regex = [  # ... but other projects' names could be looked up only on the network
    ("py:.*", rf"({ELSEWHERE})\..*"),
]

autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_typehints = "description"
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = f"lungmets {release}"
