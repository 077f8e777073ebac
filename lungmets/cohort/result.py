"""What became of a cohort: a table of ids, and the whole answer of any row on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "status",
    "reason",
    "error",
    "missing",
    "options",
    "preferred",
    "withheld",
    "superseded",
    "unresolved",
    "conflicts",
    "not_considered",
    "alerts",
    "as_of",
    "jurisdiction",
)
"""The columns of :attr:`CohortAssessment.frame`, in their order."""


class CohortAssessment:
    """One answer for each row of a frame, in its order.

    Iterating gives the whole answers, one after the other; for a row that cannot be read it gives the
    error instead of raising it. No answer is kept: each is made when it is asked for.
    """

    def __init__(self, frame: pd.DataFrame, answer: Callable[[int], Refusal | DocumentedOptions]) -> None:
        self._frame = frame
        self._answer = answer

    @property
    def frame(self) -> pd.DataFrame:
        """The answers by their ids: the index of the input, and the columns :data:`COLUMNS`.

        ``status`` is ``documented``, ``refused`` or ``error``; ``reason`` that of a refusal, and ``error``
        the message of an error, else nothing. ``missing`` to ``alerts`` are tuples of ids, empty where
        there are none, each in the order of the answer; ``preferred`` are those of the ``options`` that
        a cited source prefers. ``as_of`` is a date and ``jurisdiction`` a word; nothing where the row's
        own could not be read.
        """
        return self._frame.copy()

    def explain(self, position: int) -> Refusal | DocumentedOptions:
        """The whole answer of a row, trace included: what ``assess`` gives for this row alone.

        Args:
            position: the number of the row, from 0; from the end where it is negative.

        Raises:
            IndexError: there is no such row.
            InputError: the row cannot be read; the error carries the alerts of what could be read.
        """
        if not -len(self) <= position < len(self):
            raise IndexError(f"row {position} of {len(self)}")
        return self._answer(position % len(self))

    def __len__(self) -> int:
        return len(self._frame)

    def __iter__(self) -> Iterator[Refusal | DocumentedOptions | InputError]:
        for position in range(len(self)):
            try:
                yield self._answer(position)
            except InputError as error:
                yield error

    def __repr__(self) -> str:
        counts = self._frame["status"].value_counts()
        told = ", ".join(f"{counts[status]} {status}" for status in sorted(counts.index))
        return f"<CohortAssessment of {len(self)} rows{': ' if told else ''}{told}>"
