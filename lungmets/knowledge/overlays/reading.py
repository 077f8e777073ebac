"""From an overlay folder to its records, each with its place.

The same reader reads it that reads a knowledge folder; only ``overlay.yaml`` has to be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from lungmets.errors import KnowledgeError, Problem
from lungmets.knowledge import schema
from lungmets.knowledge.folder import TABLES
from lungmets.knowledge.loading import Reader
from lungmets.knowledge.overlays.overlay import Overlay
from lungmets.nomenclature import nearest_words

_HEADER = "overlay.yaml"

_FILES: Mapping[str, Any] = MappingProxyType(
    {
        "regimens": schema.LocalRegimens,
        "conditions": schema.LocalConditions,
        "panel": schema.LocalPanel,
        "guardrails": tuple[schema.Guardrail, ...],
        "cautions": tuple[schema.Caution, ...],
        "supersessions": tuple[schema.Supersession, ...],
        "conflicts": tuple[schema.ConflictRecord, ...],
        "workup": tuple[schema.Step, ...],
        "questions": tuple[schema.Question, ...],
    }
)
"""The files that an overlay may have, and what each holds."""

_FOLDERS: Mapping[str, Any] = MappingProxyType(
    {"sources": tuple[schema.Source, ...], **dict.fromkeys(TABLES, schema.Table)}
)

_REFUSED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "release.yaml": (
            "an overlay is laid over a release and is none",
            f"put its version and its places into {_HEADER}",
        ),
        "scope.yaml": ("the limits of the library are not local", "withhold options by guardrails.yaml"),
        "alerts.yaml": ("urgent findings are not local", "say what is local by workup.yaml"),
        "trial_search.yaml": ("how trials are looked for is not local", "say what is local by workup.yaml"),
        "explanations.yaml": ("what an answer means is not local", "say what is local by questions.yaml"),
        "prognosis.yaml": ("figures of populations are not local", "propose a figure to the curators"),
        "claims": ("what the articles say is judged in the knowledge", "propose a claim to its curators"),
        "timelines.yaml": (
            "what sources said over the years is not local",
            "say what is local by conflicts.yaml",
        ),
        "fracture_risk.yaml": ("a published score is not local", "say what is local by questions.yaml"),
        "supportive.yaml": ("tables of an overlay stand in its folders", "put the rows into sites/"),
    }
)
"""Files and folders of a knowledge folder that an overlay cannot carry: why, and what to do instead."""

_KNOWN = (_HEADER, *(f"{name}.yaml" for name in _FILES), *(f"{name}/*.yaml" for name in _FOLDERS))


class Read(NamedTuple):
    """An overlay as far as it is sound, and what is wrong with it; without a header there is none."""

    overlay: Overlay | None
    places: dict[str, str]
    problems: list[Problem]
    refused: frozenset[str]
    incomplete: bool


def read_overlay(folder: Path, taken: Mapping[str, str]) -> Read:
    """Reads one overlay; ``taken`` are the places of the records that it is laid over.

    Raises:
        KnowledgeError: it is no folder, or has no ``overlay.yaml``: then it is no overlay at all.
    """
    if not folder.is_dir():
        raise KnowledgeError([Problem(str(folder), "this is not a folder", "an overlay folder")])
    # The panel is the one thing that an overlay may speak of once more: to tighten it.
    taken = {name: place for name, place in taken.items() if not name.startswith("panel:")}
    reader = Reader(folder, kind="overlay", prefix=f"{folder.as_posix()}/", taken=taken)
    header = reader.read(_HEADER, schema.OverlayHeader)
    if not (folder / _HEADER).is_file():
        raise KnowledgeError(reader.problems)
    parts = {
        name: part
        for name, kind in _FILES.items()
        if (folder / f"{name}.yaml").exists() and (part := reader.read(f"{name}.yaml", kind)) is not None
    }
    parts["sources"] = _each(reader, "sources")
    parts["tables"] = {name: table for each in TABLES for name, table in _each(reader, each).items()}
    reader.problems += _strangers(reader)
    overlay = Overlay.model_construct(header=header, **parts) if header is not None else None
    if overlay is not None and overlay.empty and not reader.problems:
        what = "the overlay adds nothing"
        do = "write a record into one of them, or leave the overlay out"
        expected = f"a record in one of {', '.join(_KNOWN[1:])}"
        reader.problems.append(Problem(f"{reader.prefix}{_HEADER}", what, expected, do=do))
    refused = frozenset(reader.refused)
    return Read(overlay, reader.places, reader.problems, refused, incomplete=reader.incomplete)


def _each(reader: Reader, name: str) -> dict[str, Any]:
    """Every YAML file of a sub-folder, where there is one."""
    there = any((reader.folder / name).glob("*.yaml"))
    found = reader.read_each(name, _FOLDERS[name]) if there else {}
    return {file: part for file, part in found.items() if part is not None}


def _strangers(reader: Reader) -> list[Problem]:
    """Files that nothing reads, and files that an overlay cannot carry."""
    found = []
    for file in reader.unread():
        place = reader.prefix + file
        refused = _REFUSED.get(file) or _REFUSED.get(file.partition("/")[0])
        if refused is not None:
            why, do = refused
            found.append(Problem(place, "an overlay cannot carry this file", why=why, do=do))
        else:
            expected = f"one of {', '.join(_KNOWN)}"
            found.append(
                Problem(place, "nothing reads this file", expected, nearest=nearest_words(file, _KNOWN))
            )
    return found
