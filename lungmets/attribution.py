"""Which local records an answer rests on, so that no answer hides that an overlay touched it.

An answer is looked through as a reader would: whatever it names by an id, and every item that is asked
only because of an overlay. Where there is no overlay, nothing is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from lungmets.assessment import DocumentedOptions, Missing, Option, Prerequisite, Refusal, Remark, TraceStep
from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.gate import Gate
from lungmets.knowledge.facts import field_of
from lungmets.knowledge.schema import PanelItem
from lungmets.results import Closed
from lungmets.vocabulary import Panel

AnswerT = TypeVar("AnswerT", Refusal, DocumentedOptions)

_NAMES = {"id", "row", "source", "record"}
"""The fields in which a part of an answer names a record."""


def attributed(answer: AnswerT, view: View, gate: Gate) -> AnswerT:
    """The answer, with the local records that it rests on named in its stamp."""
    local = view.base.local
    if not local.overlays:
        return answer
    owners = [(name, local.owner[name]) for name in _shown(view, answer) if name in local.owner]
    for item in view.panel_items:
        if item.item in gate.asked:
            owners += _askers(view, item, answer.panel)
    if view.place in local.begins:
        owners.append((f"begins:{view.place.value}", local.begins[view.place]))
    overlays = tuple(
        stamp.model_copy(
            update={"records": tuple(sorted({name for name, owner in owners if owner == stamp.id}))}
        )
        for stamp in local.overlays
    )
    knowledge = answer.knowledge.model_copy(update={"overlays": overlays})
    return answer.model_copy(update={"knowledge": knowledge})


def asked_locally(view: View, panel: Panel) -> list[tuple[str, Remark]]:
    """The overlays' own reasons for the items that they ask here, and nobody else."""
    local = view.base.local
    return [
        (
            item.item,
            Remark(
                id=f"panel:{item.item}",
                text=entry.why,
                citations=view.cite((*entry.by, *(name for period in entry.asked for name in period.by))),
                rule=local.mark(overlay),
            ),
        )
        for item in (view.panel_items if local.asked else ())
        if panel in item.panels and not _asked_anyway(view, item, panel)
        for overlay, entry in local.asked.get(item.item, ())
    ]


def _asked_anyway(view: View, item: PanelItem, panel: Panel) -> bool:
    """Whether an item is asked in this panel, here and now, without any overlay."""
    there = view.base.local.panel.get(item.item)
    return there is not None and panel in there.panels and view.asked(there, view.base.local.marks)


def _askers(view: View, item: PanelItem, panel: Panel) -> Iterator[tuple[str, str]]:
    """What makes an item asked that would not be asked without overlays, each with its overlay."""
    local = view.base.local
    if panel not in item.panels or _asked_anyway(view, item, panel):
        return
    for overlay, _ in local.asked.get(item.item, ()):
        yield f"panel:{item.item}", overlay
    for _, row in view.base.content.rows():
        if row.id in local.owner and row.line == "first" and view.depends(row, item.item):
            yield row.id, local.owner[row.id]


def _shown(view: View, part: Any) -> Iterator[str]:
    """Every record that a part of an answer names."""
    if isinstance(part, tuple):
        for each in part:
            yield from _shown(view, each)
    elif isinstance(part, Closed):
        for name, value in part:
            if name == "by":
                yield from value
            elif name not in _NAMES:
                yield from _shown(view, value)
            elif not isinstance(part, Option) and not (isinstance(part, TraceStep) and part.stage == "gate"):
                yield value
        if isinstance(part, Prerequisite) and part.rule in view.base.local.marks.values():
            yield from view.base.local.asking[part.text]
        if isinstance(part, Missing):
            yield from _deciding(view, part)


def _deciding(view: View, missing: Missing) -> Iterator[str]:
    """The local rows and guardrails through which an open item decides on the options that it names."""
    base = view.base
    decided = sum(1 << index for index, key in enumerate(base.options.keys) if key.id in missing.decides)
    acting = view.guardrails | view.local_rows
    for exception in view.guardrail_exceptions.values():
        acting |= exception
    for bit in bits(acting if decided else 0):
        name = base.owner_ids[bit].removesuffix(".unless")
        if name in base.local.owner and missing.item in map(field_of, base.table.conjunctions[bit]):
            is_row = view.local_rows >> bit & 1
            if decided & (1 << view.option_of[bit] if is_row else view.guardrail_targets[name]):
                yield name
