"""Blocks: the fields of a profile that have to be read together, and what their values mean.

Most fields are read by themselves. Brain and bone disease are stated by several fields at once, so are
a calcium and its albumin, and a contraindication is either present or excluded. All that a combination
of values in a block does to an answer's ids is its *meaning*; combinations with one meaning are
matched as one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lungmets.cohort.cells import Column
from lungmets.engine.encoding import encode
from lungmets.engine.genes import read_genes
from lungmets.engine.representatives import BODY, OWNED
from lungmets.engine.symptoms import recognise
from lungmets.engine.table import bits
from lungmets.errors import Problem, ProfileError
from lungmets.gate import open_because
from lungmets.knowledge.facts import GENES
from lungmets.profile import FIELDS, PatientProfile
from lungmets.vocabulary import ResultStatus

if TYPE_CHECKING:
    from lungmets.knowledge.base import KnowledgeBase

_TOGETHER = (BODY, ("calcium", "albumin_g_l"), ("contraindications", "contraindications_excluded"))
_FACTS = {BODY: "body", ("calcium", "albumin_g_l"): "calcium", ("pd_l1_tps",): "pd_l1_tps"}
"""The dimension that owns the facts of a block, where it is not a field of that name."""

SILENT = {gene: 1 << number for number, gene in enumerate(GENES)}
"""The mark of a gene of which nothing was said."""

NOT_CLEAR = 1 << len(GENES)
"""The mark of a symptom that is not understood."""

STRADDLES = NOT_CLEAR << 1
"""The mark of a PD-L1 bound that covers a threshold: what it decides has to be weighed. Its bins follow."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One combination of values: the fields as they stand there, and what of them can be read."""

    stated: Mapping[str, Any]
    profile: PatientProfile
    """Of the fields without a problem."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What readings do that no row can tell apart; ``profile`` is one of them."""

    profile: PatientProfile
    mark: int


@dataclass(frozen=True, slots=True)
class Block:
    """Some fields, the distinct combinations of their values, and which one each row has."""

    fields: tuple[str, ...]
    owned: frozenset[str]
    readings: tuple[Reading, ...]
    codes: Any
    """The number of each row's reading, an array."""
    meanings: tuple[Meaning, ...]
    meant: Any
    """The number of each row's meaning, an array; a row with a problem means what can be read of it."""


def blocks_of(columns: Mapping[str, Column], base: KnowledgeBase) -> list[Block]:
    """The blocks of some columns, by field."""
    found = []
    for fields in _groups(columns):
        present = {field: columns[field] for field in fields if field in columns}
        found.append(_block(fields, present, base))
    return found


def _groups(stated: Iterable[str]) -> list[tuple[str, ...]]:
    together = {field: group for group in _TOGETHER for field in group}
    groups = dict.fromkeys(together.get(field, (field,)) for field in stated)
    return sorted(groups, key=lambda group: FIELDS.index(group[0]))


def _block(fields: tuple[str, ...], columns: Mapping[str, Column], base: KnowledgeBase) -> Block:
    import pandas as pd

    pairs: Any = 0
    for column in columns.values():
        pairs = pairs * len(column.cells) + column.codes
    codes, combinations = pd.factorize(pairs)
    owned = frozenset({*OWNED.get(_FACTS.get(fields, ""), ()), *fields})
    readings = []
    meanings: dict[Hashable, int] = {}
    kept: list[Meaning] = []
    meant = []
    for combination in combinations.tolist():
        values = {}
        left = combination
        for field, column in reversed([*columns.items()]):
            left, number = divmod(left, len(column.cells))
            values[field] = column.cells[number]
        reading = _read({field: value for field, value in values.items() if value is not None})
        readings.append(reading)
        meaning, mark = _meaning(base, reading.profile, fields)
        number = meanings.setdefault(meaning, len(kept))
        if number == len(kept):
            kept.append(Meaning(reading.profile, mark))
        meant.append(number)
    of_rows = pd.Series(meant, dtype="int32").to_numpy()[codes]
    return Block(fields, owned, tuple(readings), codes.astype("int32"), tuple(kept), of_rows)


def _read(values: Mapping[str, Any]) -> Reading:
    try:
        return Reading(values, PatientProfile.model_validate(dict(values)), ())
    except ProfileError as error:
        wrong = {problem.path[0] for problem in error.problems if problem.path}
        readable = {field: value for field, value in values.items() if field not in wrong}
        rest = _read(readable) if len(readable) < len(values) else Reading({}, PatientProfile(), ())
        return Reading(values, rest.profile, error.problems)


def _meaning(base: KnowledgeBase, profile: PatientProfile, fields: tuple[str, ...]) -> tuple[Hashable, int]:
    """All that the answer's ids can depend on, and the marks that have to be told apart beside it."""
    genes = read_genes(base, profile)
    reasons = base.content.panel.reasons
    items = [item.item for item in base.content.panel.items if item.item in fields]
    mark = sum(
        SILENT[field]
        for field in fields
        if field in SILENT and getattr(profile, field).status is ResultStatus.NOT_TESTED
    )
    states = encode(base, profile)
    if fields == ("pd_l1_tps",) and "pd_l1_tps" in base.table.position and profile.pd_l1_tps.measured:
        state = states[base.table.position["pd_l1_tps"]]
        # A bound without any limit covers every bin, and so is as good as unknown.
        if state == 0 or len(list(bits(state))) > 1:
            mark |= STRADDLES | (state + 1) << STRADDLES.bit_length()
    if recognise(base, profile.symptoms).not_understood:
        mark |= NOT_CLEAR
    meaning = (
        states,
        tuple(genes.unclear),
        tuple(open_because(item, profile, reasons) for item in items),
        mark,
    )
    return meaning, mark
