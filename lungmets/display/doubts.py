"""What is not verified of a source, in words: the same wherever the source is shown.

>>> in_words("published")
'day of publication'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lungmets.assessment import Citation

_WORDS: Mapping[str, str] = {
    "published": "day of publication",
    "ended": "day of its end",
    "approval": "kind of approval",
    "doi": "DOI",
    "pmid": "PMID",
    "nct": "trial number",
    "url": "address",
    "line": "line of treatment",
}

REFERENCE = frozenset(
    ["authors", "title", "journal", "year", "volume", "issue", "pages", "doi", "pmid", "nct", "url"]
)
"""The fields that only say where a source is found. What it says, and when, are all the others."""


def rests_on(citation: Citation) -> tuple[str, ...]:
    """The unverified fields that matter to what rests on the source: what it says, and when."""
    return tuple(name for name in citation.unverified if name not in REFERENCE)


def in_words(field: str) -> str:
    """The field of a source as people call it; most are called by their own name."""
    return _WORDS.get(field, field)


def in_doubt(citation: Citation) -> str:
    """What stands behind a source that is not verified in all of its fields, or nothing.

    >>> in_doubt(Citation(id="a", kind="trial", text="A trial", published="", unverified=("pmid", "doi")))
    ' (not verified: PMID, DOI)'
    """
    return doubt(citation.unverified)


def doubt(fields: Iterable[str]) -> str:
    """The same for the bare names of fields."""
    named = ", ".join(map(in_words, fields))
    return f" (not verified: {named})" if named else ""
