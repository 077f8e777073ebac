"""What a changed record rests on that nobody verified: it is said with the change, as in an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.comparison.models import RecordKind

_CITING = ("by", "decided_by")


def doubts(
    kind: RecordKind, name: str, record: dict[str, Any], base: KnowledgeBase
) -> dict[str, tuple[str, ...]]:
    """The sources of a record that have unverified fields, and the names of these."""
    names = [name] if kind is RecordKind.SOURCE else dict.fromkeys(_cited(record))
    found = {one: base.sources[one].unverified for one in names if one in base.sources}
    return {one: fields for one, fields in found.items() if fields}


def _cited(node: Any) -> Iterator[str]:
    """The sources that a record names, in whatever part of it."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from value if key in _CITING and isinstance(value, list) else _cited(value)
    elif isinstance(node, list):
        for part in node:
            yield from _cited(part)
