"""Small changes of a selector: a part or a word less, a count moved."""

from __future__ import annotations

from collections.abc import Iterator

from lungmets.knowledge.schema import Selector
from lungmets.testing.mutation.conditions import Change
from lungmets.testing.mutation.kinds import Kind
from lungmets.testing.mutation.sites import other

_PARTS = {"domain": "domain", "regimens": "regimens", "contains": "contains", "only": "only",
          "drugs_at_least": "drugs_at_least", "excluding": "except"}  # fmt: skip


def targets(selector: Selector) -> Iterator[Change]:
    """Every changed selector."""
    for part, written in _PARTS.items():
        value = getattr(selector, part)
        if value is None:
            continue
        yield Kind.TARGET, f"without {written}", selector.model_copy(update={part: None})
        if isinstance(value, tuple) and len(value) > 1:
            for index, word in enumerate(value):
                fewer = selector.model_copy(update={part: other(value, index)})
                yield Kind.TARGET, f"{written} without {word}", fewer
        elif isinstance(value, Selector):
            for kind, what, changed in targets(value):
                yield kind, f"{written}: {what}", selector.model_copy(update={part: changed})
        elif isinstance(value, int):
            for number in (value - 1, value + 1):
                yield Kind.TARGET, f"{written} {number}", selector.model_copy(update={part: number})
