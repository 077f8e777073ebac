"""A finding as a scenario file: the profile that shows it, and what the knowledge answers today.

The scenario passes while the finding stands and fails once it is mended; then its expectation is turned
into what the answer has to be, and it stays as a test.
"""

from __future__ import annotations

import re

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.soundness.found import Found
from lungmets.pipeline import assess
from lungmets.profile import PatientProfile
from lungmets.testing.skeleton import written


def scenario_of(base: KnowledgeBase, found: Found, number: int) -> str | None:
    """The text of a scenario file, or nothing where no profile shows the finding."""
    if found.met is None:
        return None
    place, day = found.spot
    values = found.met.values
    answer = assess(PatientProfile.model_validate(values), as_of=day, jurisdiction=place, knowledge=base)
    about = re.sub("[^a-z0-9]+", "-", f"{found.kind.value} {found.record}".lower()).strip("-")
    lines = [
        "scenarios:",
        f"  - id: verify.{about[:60].rstrip('-')}-{number}",
        f"    text: {written(f'Found by verification: {found.record}: {found.what}.')}",
        "    citation: lungmets knowledge verify",
        f"    as_of: {day}",
        f"    jurisdiction: {place.value}",
        "    profile:",
        *(f"      {field}: {written(value)}" for field, value in values.items()),
        "    expect:  # what is answered today; it fails once the finding is mended",
        *(f"      {line}" for line in _expected(answer)),
    ]
    return "\n".join(lines) + "\n"


def _expected(answer: Refusal | DocumentedOptions) -> list[str]:
    if isinstance(answer, Refusal):
        found = ["status: refused", f"reason: {answer.reason.value}"]
        if answer.missing:
            found.append(f"missing: {_exactly([item.item for item in answer.missing])}")
        return found
    lists = {
        "options": answer.options,
        "withheld": answer.withheld,
        "superseded": answer.superseded,
        "unresolved": answer.unresolved,
    }
    told = [f"{name}: {_exactly([option.id for option in group])}" for name, group in lists.items()]
    return ["status: documented", *told, f"conflicts: {_exactly([one.id for one in answer.conflicts])}"]


def _exactly(names: list[str]) -> str:
    return f"{{exactly: [{', '.join(names)}]}}"
