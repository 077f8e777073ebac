"""What an overlay may hold that the knowledge itself does not have, or has in another shape.

The other files of an overlay hold the same records as those of a knowledge folder.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lungmets.knowledge.schema.dates import Begin, Day
from lungmets.knowledge.schema.panel import NoAnswer
from lungmets.knowledge.schema.record import Id, Record, Text, When
from lungmets.knowledge.schema.rows import Drug, Period, Regimen
from lungmets.knowledge.schema.rules import NamedCondition
from lungmets.vocabulary import Jurisdiction, Panel

OverlayName = Annotated[str, Field(pattern=r"^\w[\w ,'()&/-]*$", min_length=3, max_length=80)]
"""It stands in answers behind what is local, so it is one line of plain words."""


class OverlayHeader(Record):
    """``overlay.yaml``: what the overlay is, by whom, on what authority, and for which places it speaks.

    ``begins`` dates a place of which the release itself says nothing.
    """

    id: Id
    name: OverlayName
    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d+$")]
    issued_by: Text
    authority: Text
    begins: dict[Jurisdiction, Day] = Field(default_factory=dict)


class LocalRegimens(Record):
    """Drugs, procedures and regimens that an overlay adds."""

    drugs: tuple[Drug, ...] = ()
    procedures: tuple[Id, ...] = ()
    regimens: tuple[Regimen, ...] = ()


class LocalConditions(Record):
    """Groups of words and named conditions that an overlay adds."""

    groups: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    conditions: tuple[NamedCondition, ...] = ()


class LocalPanelItem(Record):
    """An item that is asked more widely, or one that was not asked before.

    An item that the knowledge already asks is given in more ``panels``, or as ``asked`` from an
    earlier day; ``when``, ``test`` and ``no_answer`` are for an item that it does not ask.
    """

    item: str
    panels: tuple[Panel, ...] = ()
    when: When | None = None
    asked: tuple[Period, ...] = ()
    why: Text
    test: Text | None = None
    no_answer: tuple[NoAnswer, ...] = ()
    by: tuple[Id, ...] = ()
    review_by: Begin


class LocalPanel(Record):
    """How an overlay tightens the panel."""

    items: tuple[LocalPanelItem, ...]
