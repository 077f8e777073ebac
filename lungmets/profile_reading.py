"""A profile from a YAML or JSON text or file.

>>> read_profile("{histology: squamous, ecog_ps: 1}").ecog_ps
1
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lungmets.documents import Document, read_bytes, read_file, read_text
from lungmets.errors import DocumentError, Problem, ProfileError
from lungmets.profile import PatientProfile

if TYPE_CHECKING:
    from lungmets.assessment import Alert


def read_profile(source: str | bytes | Path) -> PatientProfile:
    """Reads a profile from a text, from bytes, or from the file at a path.

    Raises:
        DocumentError: the text is not a YAML or JSON mapping, a key stands twice, it is too large.
        ProfileError: a field of the profile is wrong.

    Either error carries the alerts of whatever could be read.
    """
    if isinstance(source, Path):
        text, document = read_file(source)
    elif isinstance(source, bytes):
        text, document = read_bytes(source)
    else:
        text, document = source, read_text(source)
    problems = list(document.problems)
    if not problems and not isinstance(document.data, Mapping):
        found = "nothing" if document.data is None else f"a {_KINDS.get(type(document.data), 'single value')}"
        problems.append(Problem("", f"{found} stands here", "a mapping, such as 'histology: squamous'"))
    if problems:
        raise DocumentError(problems, _alerts(text, document))
    try:
        return PatientProfile(**document.data)
    except ProfileError as error:
        raise ProfileError([_placed(problem, document) for problem in error.problems], error.alerts) from None


_KINDS = {list: "list", str: "text", int: "number", float: "number", bool: "yes or no"}


def _placed(problem: Problem, document: Document) -> Problem:
    """The problem, with the line of its field."""
    line = document.line(problem.place.split(".")[0].split("[")[0])
    return Problem(
        f"{problem.place} (line {line})",
        problem.what,
        problem.expected,
        problem.why,
        problem.do,
        problem.nearest,
    )


def _alerts(text: str, document: Document) -> tuple[Alert, ...]:
    """The alerts of what was read before the fault, and of symptoms that the bare text names."""
    from lungmets.engine.alerting import alerts_in_text
    from lungmets.knowledge.base import shipped
    from lungmets.salvage import salvaged_alerts
    from lungmets.vocabulary import Jurisdiction

    base = shipped()
    found = {alert.id: alert for alert in salvaged_alerts(document.data)}
    for alert in alerts_in_text(base.view(Jurisdiction.US, base.content.release.as_of), text):
        found.setdefault(alert.id, alert)
    return tuple(found.values())
