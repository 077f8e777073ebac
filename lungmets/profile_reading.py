"""A profile from a YAML or JSON text or file.

>>> read_profile("{histology: squamous, ecog_ps: 1}").ecog_ps
1
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lungmets.documents import LARGEST_DOCUMENT, Document, read_bytes, read_file, read_text
from lungmets.errors import DocumentError, Problem, ProfileError, shown
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
    text, document = _read(source)
    problems = list(document.problems)
    if not problems and not isinstance(document.data, Mapping):
        problems.append(_no_mapping(document.data))
    if problems and isinstance(source, Path):
        problems = [problem if problem.place else replace(problem, place=str(source)) for problem in problems]
    data = document.data if isinstance(document.data, Mapping) else {}
    try:
        profile = PatientProfile.model_validate(data)
    except ProfileError as error:
        found = [_placed(problem, document) for problem in error.problems]
        if not problems:
            raise ProfileError(found, error.alerts) from None
        if document.whole:
            # What stands on a line that could not be read may be wrong for that reason only.
            broken = {problem.place for problem in problems}
            problems += [problem for problem in found if _line(problem, document) not in broken]
    else:
        if not problems:
            return profile
    raise DocumentError(problems, _alerts(text, document))


def _read(source: Any) -> tuple[str, Document]:
    if isinstance(source, Path):
        return read_file(source)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return read_bytes(bytes(source))
    if isinstance(source, str):
        return source[:LARGEST_DOCUMENT], read_text(source)
    what = f"{shown(source)} is neither a text nor the path of a file"
    raise DocumentError([Problem("", what, "a YAML or JSON text, bytes, or a pathlib.Path")])


_KINDS = {list: "a list", str: "a text", int: "a number", float: "a number", bool: "a yes or a no"}


def _no_mapping(data: Any) -> Problem:
    if data is None:
        return Problem("", "nothing is stated here", "fields with values, such as 'histology: squamous'")
    found, do = _KINDS.get(type(data), "a single value"), ""
    if isinstance(data, str) and re.search(r"\.(ya?ml|json|txt)$|^[~./\\]", data, re.IGNORECASE):
        do = f"to read a file, give its path: read_profile(Path({data[:80]!r}))"
    return Problem("", f"{found} stands here", "fields with values, such as 'histology: squamous'", do=do)


def _line(problem: Problem, document: Document) -> str:
    return f"line {document.line(*problem.path)}"


def _placed(problem: Problem, document: Document) -> Problem:
    """The problem, with the line of its value."""
    return (
        replace(problem, place=f"{problem.place} ({_line(problem, document)})") if problem.path else problem
    )


def _alerts(text: str, document: Document) -> tuple[Alert, ...]:
    """The alerts of what was read, and of symptoms and fields that the bare text names."""
    from lungmets.salvage import alerts_in_document, merged, salvaged_alerts

    return merged(salvaged_alerts(document.data), alerts_in_document(text))
