"""The rows of one frame: their answers by ids, found together, and the whole answer of any one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from lungmets.assessment import Alert, DocumentedOptions, Refusal
from lungmets.cohort.blocks import Block
from lungmets.cohort.matching import Alarms, Ids, Matcher, Summary
from lungmets.cohort.questions import Questions
from lungmets.engine.view import View
from lungmets.errors import InputError, Problem, ProfileError, QuestionError
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.pipeline import assess
from lungmets.profile import FIELDS, PatientProfile
from lungmets.salvage import alerts_of_profile, merged, salvaged_alerts
from lungmets.vocabulary import Engine, Panel

_LISTS = tuple(field for field in Summary._fields if field not in {"status", "reason"})


class Rows:
    """What every row states and asks."""

    def __init__(
        self,
        size: int,
        blocks: Sequence[Block],
        questions: Questions,
        panel: Panel,
        base: KnowledgeBase,
        engine: Engine,
    ) -> None:
        import pandas as pd

        self._blocks = blocks
        self._questions = questions.all
        self._panel = panel
        self._base = base
        self._engine = engine
        self._all: Any = pd.RangeIndex(size).to_numpy()
        self._asked: Any = self._all * 0 + questions.codes

    # ---- one row ----------------------------------------------------------------------------

    def answer(self, row: int) -> Refusal | DocumentedOptions:
        """The answer of one row.

        Raises:
            InputError: the row cannot be read.
        """
        question = self._questions[self._asked[row]]
        try:
            profile = PatientProfile.model_validate(self._stated(row))
        except ProfileError as error:
            raise ProfileError([*error.problems, *question.problems], error.alerts) from None
        if question.place is None or question.problems:
            raise QuestionError(question.problems, alerts_of_profile(profile))
        return assess(
            profile,
            as_of=question.day,
            jurisdiction=question.place,
            panel=self._panel,
            knowledge=self._base,
            engine=self._engine,
        )

    def _stated(self, row: int) -> dict[str, Any]:
        """The fields of a row, as they stand there."""
        found: dict[str, Any] = {}
        for block in self._blocks:
            found |= block.readings[block.codes[row]].stated
        return {field: found[field] for field in FIELDS if field in found}

    def _problems(self, row: int) -> list[Problem]:
        """What is wrong in a row, in the order in which a profile tells it."""
        found = [problem for block in self._blocks for problem in block.readings[block.codes[row]].problems]
        found.sort(key=lambda problem: FIELDS.index(str(problem.path[0])))
        return [*found, *self._questions[self._asked[row]].problems]

    # ---- all rows ---------------------------------------------------------------------------

    @cached_property
    def _wrong(self) -> Any:
        """Which rows cannot be read, an array."""
        found = _is_any([question.problems for question in self._questions])[self._asked]
        for block in self._blocks:
            found = found | _is_any([reading.problems for reading in block.readings])[block.codes]
        return found

    def columns(self) -> dict[str, Any]:
        """The answers by their ids, a list or an array for each column."""
        summaries: dict[Summary, int] = {Summary("error"): 0}
        numbers: Any = self._all * 0
        for rows, found in self._matched():
            numbers[rows] = [summaries.setdefault(one, len(summaries)) for one in found]
        told: dict[str, Any] = {
            field: _objects([getattr(one, field) for one in summaries])[numbers] for field in Summary._fields
        }
        told["error"] = _objects([None])[self._all * 0]
        codes, lists = self._alarms.of_rows(self._all)
        told["alerts"] = _objects(lists)[codes]
        for row in self._all[self._wrong].tolist():
            told["error"][row] = "\n".join(map(str, self._problems(row)))
            told["alerts"][row] = self._alerts_of_wrong(row, told["alerts"][row])
        asked = self._asked
        told["as_of"] = _objects([question.day for question in self._questions])[asked]
        places = [question.place.value if question.place else None for question in self._questions]
        told["jurisdiction"] = _objects(places)[asked]
        return told

    def _matched(self) -> Iterator[tuple[Any, list[Summary]]]:
        """Rows that can be read, by their view of the knowledge, each with its summary."""
        right = self._all[~self._wrong]
        groups: dict[tuple[View, str | None], list[int]] = {}
        for number, question in enumerate(self._questions):
            if question.place is None or question.day is None:
                continue
            view = self._base.view(question.place, question.day)
            group = (view, self._base.uncovered(question.place, question.day))
            groups.setdefault(group, []).append(number)
        for (view, uncovered), asking in groups.items():
            asks = _flags(len(self._questions), asking)
            rows = right[asks[self._asked[right]]]
            if len(rows):
                yield rows, self._summaries(view, uncovered, rows)

    def _summaries(self, view: View, uncovered: str | None, rows: Any) -> list[Summary]:
        matcher = Matcher(view, self._panel, self._blocks, uncovered, self._engine)
        return matcher.summaries(rows, self.answer)

    # ---- alerts -----------------------------------------------------------------------------

    @cached_property
    def _alarms(self) -> Alarms:
        release = self._base.content.release
        return Alarms(self._base.view(next(iter(release.begins)), release.as_of), self._blocks)

    def _alerts_of_wrong(self, row: int, readable: Ids) -> Ids:
        """The alerts of a row that cannot be read: those of the rest, and what the faults still say."""
        if self._base is not shipped():  # what cannot be read is searched with the shipped words
            try:
                self.answer(row)
            except InputError as error:
                return tuple(dict.fromkeys(alert.id for alert in error.alerts))
        found = set(readable)
        for block in self._blocks:
            reading = block.readings[block.codes[row]]
            if reading.problems:
                found.update(alert.id for alert in self._salvaged(block, block.codes[row]))
        return self._alarms.in_order(found)

    def _salvaged(self, block: Block, number: int) -> tuple[Alert, ...]:
        key = (block.fields[0], int(number))
        found = self._kept.get(key)
        if found is None:
            reading = block.readings[number]
            found = self._kept[key] = salvaged_alerts(reading.stated, reading.problems)
        return found

    @cached_property
    def _kept(self) -> dict[tuple[str, int], tuple[Alert, ...]]:
        return {}

    def all_alerts(self) -> tuple[Alert, ...]:
        """Every alert of any row, once."""
        groups = [
            self._salvaged(block, number)
            for block in self._blocks
            for number, reading in enumerate(block.readings)
            if reading.problems
        ]
        import pandas as pd

        codes, _ = self._alarms.of_rows(self._all)
        for row in pd.Series(codes).drop_duplicates().index.tolist():
            readable: dict[str, Any] = {}
            for block in self._blocks:
                profile = block.readings[block.codes[row]].profile
                readable |= {field: getattr(profile, field) for field in block.fields}
            groups.append(alerts_of_profile(PatientProfile.model_validate(readable)))
        return merged(*groups)


def _is_any(problems: Sequence[Sequence[Problem]]) -> Any:
    import pandas as pd

    return pd.Series([bool(found) for found in problems], dtype="bool").to_numpy()


def _flags(size: int, true: Sequence[int]) -> Any:
    import pandas as pd

    return pd.RangeIndex(size).isin(true)


def _objects(values: Sequence[object]) -> Any:
    """An array of objects, tuples among them."""
    import pandas as pd

    return pd.Series([*values, None], dtype="object").to_numpy()[:-1]
