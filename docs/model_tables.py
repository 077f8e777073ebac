"""A directive that shows a Pydantic model, or an enumeration, as a table.

``{model} lungmets.assessment.Option`` shows the docstring and one line for each field: its name, its
type in words, and whether it may be left out. Sphinx's own autodoc prints validators as well, which is
nothing for a reader.
"""

import inspect
import re
from enum import Enum
from importlib import import_module
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from pydantic import BaseModel
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class ModelTable(SphinxDirective):
    """Draws one class, or every model of a module, as tables."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Nodes for the tables."""
        name = self.arguments[0]
        home, _, last = name.rpartition(".")
        if last[0].isupper():
            classes = [getattr(import_module(home), last)]
        else:
            classes = list(_classes(import_module(name)))
        lines = [line for each in classes for line in _page(each)]
        container = nodes.container()
        self.state.nested_parse(StringList(lines, name), self.content_offset, container)
        return container.children


def _classes(module: Any) -> list[type]:
    """The models of a module, or of a package's own modules; a page without any is a mistake."""
    home = module.__name__
    own = [
        each
        for each in vars(module).values()
        if inspect.isclass(each) and (each.__module__ == home or each.__module__.startswith(f"{home}."))
    ]
    found = [
        each for each in own if issubclass(each, (BaseModel, Enum)) and not each.__name__.startswith("_")
    ]
    if not found:
        raise ValueError(f"{home} has no model to show")
    return found


def _page(shown: type) -> list[str]:
    text = inspect.cleandoc(shown.__doc__ or "").split("\n\n.. ")[0]
    plain = re.sub(r":class:`~?(?:[\w.]+\.)?(\w+)`", r"`\1`", text).replace("``", "`")
    plain = "\n".join(line for line in plain.splitlines() if not line.startswith((">>>", "...")))
    lines = ["", f"**{shown.__name__}**", "", *plain.splitlines(), ""]
    if issubclass(shown, Enum):
        return [*lines, ", ".join(f"`{word.value}`" for word in shown), ""]
    lines += ["| field | type | |", "| --- | --- | --- |"]
    for name, field in getattr(shown, "model_fields", {}).items():
        needed = "needed" if field.is_required() else ""
        lines.append(f"| `{field.alias or name}` | {_words(field.annotation)} | {needed} |")
    return [*lines, ""]


def _words(annotation: Any) -> str:
    """A type in words: ``tuple[Citation, ...]`` becomes *several Citation*."""
    text = (
        annotation.__name__
        if inspect.isclass(annotation) and not hasattr(annotation, "__args__")
        else str(annotation)
    )
    text = re.sub(
        r"typing\.|lungmets\.[\w.]+\.|datetime\.|<enum '(\w+)'>|<class '[\w.]*?(\w+)'>", r"\1\2", text
    )
    text = re.sub(r"Annotated\[([\w| ]+), .*?\)\]", r"\1", text)
    text = re.sub(r"tuple\[([\w| ]+), \.\.\.\]", r"several \1", text)
    return text.replace(" | None", ", or nothing").replace("|", "or").replace("NoneType", "nothing")


def setup(app: Sphinx) -> dict[str, Any]:
    """Registers the directive."""
    app.add_directive("model", ModelTable)
    return {"parallel_read_safe": True}
