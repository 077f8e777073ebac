"""The panel: what must be known before anything is documented."""

from __future__ import annotations

from pydantic import Field

from lungmets.knowledge.schema.dates import Begin
from lungmets.knowledge.schema.record import Id, Record, Text, When
from lungmets.knowledge.schema.rows import Period
from lungmets.vocabulary import Panel


class NoAnswer(Record):
    """A stated result that is not an answer to its item, with the reason."""

    status: str
    specimen: str | None = None
    assay: str | None = None
    why: Text
    by: tuple[Id, ...] = ()


class PanelItem(Record):
    """Something that must be known before anything is documented."""

    item: str
    panels: tuple[Panel, ...] = Field(min_length=1)
    when: When
    asked: tuple[Period, ...]
    why: Text
    test: Text
    no_answer: tuple[NoAnswer, ...] = ()
    by: tuple[Id, ...] = ()
    review_by: Begin


class PanelFile(Record):
    """The panel, and the sentences for each way of not having an answer."""

    reasons: dict[str, Text]
    items: tuple[PanelItem, ...]
