"""Small changes of a condition: an entry or a word less, a word more, a threshold moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from lungmets.knowledge.content import Content
from lungmets.knowledge.facts import CHOICES, GENE_STATES, GENES, NUMBERS, SETS, YES_NO, variants
from lungmets.testing.mutation.kinds import Kind
from lungmets.testing.mutation.sites import other

Change: TypeAlias = tuple[Kind, str, Any]
"""What kind of change it is, what is done, and what stands there then."""

_PART = re.compile(r"(>=|<=|>|<)\s*([0-9.]+)")
_FLIPPED = {">=": ">", ">": ">=", "<=": "<", "<": "<="}
_OPPOSITE = {"any": "all", "all": "any"}


class Conditions:
    """The changes of conditions in the words of one content."""

    def __init__(self, content: Content) -> None:
        self._groups = content.conditions.groups
        self._sets = {**SETS, "symptoms": tuple(symptom.id for symptom in content.alerts.symptoms)}

    def changes(self, when: Mapping[str, Any]) -> Iterator[Change]:
        """Every changed condition."""
        for key, value in when.items():
            rest = {name: entry for name, entry in when.items() if name != key}
            yield Kind.CONDITION, f"without {key}", rest
            for kind, what, entry in self._entry(key, value):
                yield kind, f"{key} {what}", {**when, key: entry}

    def _entry(self, key: str, value: Any) -> Iterator[Change]:
        if key in NUMBERS:
            yield from thresholds(str(value) if isinstance(value, str) else f"={value}")
        elif isinstance(value, Mapping):
            yield from self._parts(key, value)
        elif key == "is":
            yield from _dropped(value)
        else:
            yield from self._words(key, value)

    def _parts(self, key: str, parts: Mapping[str, Any]) -> Iterator[Change]:
        """The parts ``any``, ``all`` and ``not``: dropped, exchanged, and with other words."""
        for part, words in parts.items():
            rest = {name: held for name, held in parts.items() if name != part}
            if rest:
                yield Kind.CONDITION, f"without {part}", rest
            if part in _OPPOSITE and isinstance(words, list | tuple) and len(words) > 1 and not rest:
                yield Kind.CONDITION, f"{part} is {_OPPOSITE[part]}", {_OPPOSITE[part]: words}
            for kind, what, held in self._words(key, words):
                yield kind, f"{part} {what}", {**parts, part: held}

    def _words(self, key: str, value: Any) -> Iterator[Change]:
        yield from _dropped(value)
        for word in self._addable(key, _listed(value)):
            yield Kind.WORD, f"with {word}", [*_listed(value), word]
        if str(value).lower() in {*YES_NO, "true", "false"}:
            turned = "no" if str(value).lower() in {"yes", "true"} else "yes"
            yield Kind.WORD, f"is {turned}", turned

    def _addable(self, key: str, words: Sequence[Any]) -> Sequence[str]:
        """The words that could stand there as well; of a long set the next one stands for all."""
        if key in self._sets:
            known = self._sets[key]
            last = max((known.index(word) for word in words if word in known), default=-1)
            found = [word for word in (*known[last + 1 :], *known) if word not in words]
            return found[:1]
        if key in GENES:
            states = [word for word in words if word in GENE_STATES]
            return [word for word in (GENE_STATES if states else variants(key)) if word not in words]
        held = {each for word in words for each in self._groups.get(key, {}).get(str(word), (str(word),))}
        if held & {*YES_NO, "True", "False"}:
            return []  # both words together say nothing
        return [word for word in CHOICES[key] if word not in held]


def thresholds(value: str) -> Iterator[Change]:
    """Each number moved by one in either direction, and each limit with and without its number.

    >>> [changed for _, _, changed in thresholds(">=50")]
    ['>=49', '>=51', '>50']
    """
    if value.startswith("="):
        number = float(value[1:])
        near = (moved for moved in (number - 1, number + 1) if moved >= 0)
        yield from ((Kind.THRESHOLD, f"is {moved:g}", moved) for moved in near)
        return
    parts = [part.strip() for part in value.split(",")]
    for index, part in enumerate(parts):
        found = _PART.fullmatch(part)
        if found is None:
            continue
        sign, number = found[1], float(found[2])
        moved = [f"{sign}{number + step:g}" for step in (-1, 1) if number + step >= 0]
        for changed in (*moved, f"{_FLIPPED[sign]}{number:g}"):
            yield Kind.THRESHOLD, f"{changed} instead of {part}", ", ".join(other(parts, index, changed))
        if len(parts) > 1:
            yield Kind.THRESHOLD, f"without {part}", ", ".join(other(parts, index))


def _dropped(value: Any) -> Iterator[Change]:
    words = _listed(value)
    for index, word in enumerate(words) if len(words) > 1 else ():
        yield Kind.WORD, f"without {word}", list(other(words, index))


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
