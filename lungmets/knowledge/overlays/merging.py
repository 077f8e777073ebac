"""Laying overlays over the knowledge: one content, checked in one pass, with what is local in it.

Overlays are taken in the order of their ids, so that the order in which they are named changes
nothing. Nothing here is kept in a compiled copy: the folders are read each time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lungmets.assessment import OverlayStamp
from lungmets.errors import KnowledgeError, Problem
from lungmets.knowledge import schema
from lungmets.knowledge.content import Content
from lungmets.knowledge.loading import Loaded, load_folder
from lungmets.knowledge.overlays import limits
from lungmets.knowledge.overlays.local import Local
from lungmets.knowledge.overlays.overlay import Overlay
from lungmets.knowledge.overlays.reading import Read, read_overlay
from lungmets.knowledge.verification import find_problems, verify
from lungmets.vocabulary import Panel


class Merged(NamedTuple):
    """The knowledge with its overlays: its content, its digest, and what of it is local."""

    content: Content
    digest: str
    local: Local


class Placed(NamedTuple):
    """The same, with the place (``file:line``) of each record."""

    merged: Merged
    places: dict[str, str]


def load_with(folder: Path, overlays: Iterable[Path]) -> Merged:
    """Reads a knowledge folder and overlays, and checks them together.

    Raises:
        KnowledgeError: with every defect, each with its file, line and record. Where the knowledge
            itself has a defect, only that is told.
    """
    return load_placed(folder, overlays).merged


def load_placed(folder: Path, overlays: Iterable[Path]) -> Placed:
    """The same as :func:`load_with`, for those who tell where a record stands."""
    base = load_folder(folder)
    verify(base)
    read = _read_all(base, overlays)
    return Placed(_merged(base, read), _places(base, read))


def merge(base: Content, overlays: Sequence[Overlay]) -> Content:
    """One content of the knowledge and the overlays, which are in the order of their ids."""
    begins = {place: day for overlay in overlays for place, day in overlay.header.begins.items()}
    groups = {fact: dict(words) for fact, words in base.conditions.groups.items()}
    for overlay in overlays:
        for fact, words in overlay.conditions.groups.items():
            groups[fact] = {**words, **groups.get(fact, {})}
    regimens, conditions = base.regimens, base.conditions.conditions
    local = [overlay.regimens for overlay in overlays]
    changed: dict[str, Any] = {
        "release": base.release.model_copy(update={"begins": {**begins, **base.release.begins}}),
        "sources": base.sources
        | {f"{o.id}:{name}": file for o in overlays for name, file in o.sources.items()},
        "tables": base.tables
        | {f"{o.id}:{name}": table for o in overlays for name, table in o.tables.items()},
        "regimens": schema.Regimens(
            drugs=regimens.drugs + tuple(drug for each in local for drug in each.drugs),
            procedures=regimens.procedures + tuple(name for each in local for name in each.procedures),
            regimens=regimens.regimens + tuple(one for each in local for one in each.regimens),
        ),
        "conditions": schema.Conditions(
            groups=groups,
            conditions=conditions + tuple(one for o in overlays for one in o.conditions.conditions),
        ),
        "panel": base.panel.model_copy(update={"items": _panel(base, overlays)}),
    }
    for name in ("guardrails", "cautions", "supersessions", "conflicts", "workup", "questions"):
        changed[name] = tuple(record for part in (base, *overlays) for record in getattr(part, name))
    return base.model_copy(update=changed)


def _panel(base: Content, overlays: Sequence[Overlay]) -> tuple[schema.PanelItem, ...]:
    """The panel, tightened: an overlay can only add panels, days and items."""
    items = {item.item: item for item in base.panel.items}
    for overlay in overlays:
        for local in overlay.panel.items:
            there = items.get(local.item)
            # Not validated: what is wrong with it is told by the limits, with its file and line.
            items[local.item] = schema.PanelItem.model_construct(
                item=local.item,
                panels=tuple(
                    panel for panel in Panel if panel in (*local.panels, *(there.panels if there else ()))
                ),
                when=there.when if there else local.when or {},
                asked=(*(there.asked if there else ()), *local.asked),
                why=there.why if there else local.why,
                test=there.test if there else local.test or "",
                no_answer=there.no_answer if there else local.no_answer,
                by=(*(there.by if there else ()), *local.by),
                review_by=there.review_by if there else local.review_by,
            )
    return tuple(items.values())


def _read_all(base: Loaded, folders: Iterable[Path]) -> list[Read]:
    """Every overlay, in the order of the ids, whatever the order in which they were named."""
    found: dict[Path, Read] = {}
    taken = dict(base.places)
    problems: list[Problem] = []
    for folder in sorted(folders):
        if folder.resolve() in found:
            what, expected = "this overlay is given twice", "each overlay once"
            problems.append(Problem(folder.as_posix(), what, expected))
            continue
        try:
            read = read_overlay(folder, taken)
        except KnowledgeError as error:
            problems += error.problems
            continue
        found[folder.resolve()] = read
        taken |= read.places
        problems += read.problems
    every = sorted(found.values(), key=lambda read: read.overlay.id if read.overlay is not None else "")
    if not any(read.incomplete or read.overlay is None for read in every):
        refused = frozenset(name for read in every for name in read.refused)
        problems += _against_each_other(base, every, refused)
    if problems:
        raise KnowledgeError(problems)
    return every


def _against_each_other(base: Loaded, read: Sequence[Read], refused: frozenset[str]) -> list[Problem]:
    """What is wrong with sound records, beside the knowledge and beside each other."""
    overlays = [each.overlay for each in read if each.overlay is not None]
    merged = merge(base.content, overlays)
    found = limits.alike(
        base.content, [(each.overlay, each.places) for each in read if each.overlay is not None]
    )
    for each in read:
        if each.overlay is not None:
            found += limits.problems(base, merged, each.overlay, each.places)
    return [*found, *find_problems(Loaded(merged, _places(base, read)), refused)]


def _places(base: Loaded, read: Sequence[Read]) -> dict[str, str]:
    """Where every record stands. What the knowledge says of the panel was sound before it was tightened."""
    places: dict[str, str] = {}
    panel: dict[str, list[str]] = {}
    for each in read:
        for name, place in each.places.items():
            places.setdefault(name.replace("overlay.yaml#begins", "release.yaml#begins"), place)
            if name.startswith("panel:"):
                panel.setdefault(name, []).append(place)
    return places | base.places | {name: " or ".join(found) for name, found in panel.items()}


def _merged(base: Loaded, read: Sequence[Read]) -> Merged:
    overlays = [each.overlay for each in read if each.overlay is not None]
    digests = [overlay.digest() for overlay in overlays]
    digest = base.content.digest()
    if overlays:
        digest = hashlib.sha256(json.dumps([digest, *digests]).encode()).hexdigest()
    return Merged(merge(base.content, overlays), digest, _local(base.content, overlays, digests))


def _local(base: Content, overlays: Sequence[Overlay], digests: Sequence[str]) -> Local:
    """What of the merged content is local."""
    asked: dict[str, tuple[tuple[str, schema.LocalPanelItem], ...]] = {}
    asking: dict[str, tuple[str, ...]] = {}
    for overlay in overlays:
        for item in overlay.panel.items:
            asked[item.item] = (*asked.get(item.item, ()), (overlay.id, item))
        said = [(rule.id, {rule.asks}) for rule in overlay.guardrails]
        said += [(rule.id, {rule.asks or rule.says, rule.says}) for rule in overlay.cautions]
        for name, texts in said:
            for text in texts:
                asking[text] = (*asking.get(text, ()), name)
    return Local(
        overlays=tuple(
            OverlayStamp(
                id=overlay.id, name=overlay.header.name, version=overlay.header.version, digest=digest
            )
            for overlay, digest in zip(overlays, digests, strict=True)
        ),
        marks={record.id: overlay.mark for overlay in overlays for record in overlay.records()},
        owner={record.id: overlay.id for overlay in overlays for record in overlay.records()},
        asked=asked,
        panel={item.item: item for item in base.panel.items},
        asking=asking,
        begins={place: overlay.id for overlay in overlays for place in overlay.header.begins},
    )
