"""The classes of profiles that a knowledge base tells apart, part by part, as plain data.

>>> from lungmets.knowledge.base import shipped
>>> base = shipped()
>>> found = classes_of(base.view(Jurisdiction.US, base.content.release.as_of))
>>> [(one.field, len(one.classes)) for one in found.parts[0].fields][:2]
[('histology', 3), ('egfr', 3)]
"""

from __future__ import annotations

from datetime import date

from lungmets.engine.space import MOST_GENES
from lungmets.engine.view import View
from lungmets.knowledge.soundness.spaces import MOST_DETAILS, parts_of
from lungmets.results import Closed
from lungmets.vocabulary import Jurisdiction, Panel


class FieldClasses(Closed):
    """A field, or fields that state one thing together, and the values of each class."""

    field: str
    classes: tuple[tuple[str, ...], ...]


class PartClasses(Closed):
    """One part of an answer: what it depends on, and how many profiles that makes.

    ``profiles`` is the product, with at most ``genes_at_once`` genes other than negative and
    ``details_at_once`` details stated; ``singly`` is the product with one of either at most.
    """

    name: str
    fields: tuple[FieldClasses, ...]
    genes_at_once: int
    details_at_once: int
    profiles: int
    singly: int


class Classes(Closed):
    """The parts of the answers in one place on one day."""

    version: str
    digest: str
    as_of: date
    jurisdiction: Jurisdiction
    panel: Panel
    parts: tuple[PartClasses, ...]


def classes_of(view: View, panel: Panel = Panel.CORE) -> Classes:
    """The classes in one view of the knowledge."""
    parts = []
    for part in parts_of(view, panel):
        fields = tuple(
            FieldClasses(
                field=dimension.name, classes=tuple(setting.members for setting in dimension.settings)
            )
            for dimension in part.space.dimensions
        )
        parts.append(
            PartClasses(
                name=part.name,
                fields=fields,
                genes_at_once=MOST_GENES,
                details_at_once=MOST_DETAILS,
                profiles=part.space.size,
                singly=part.space.limited(most_other=1).size,
            )
        )
    return Classes(
        version=view.base.version,
        digest=view.base.digest,
        as_of=view.day,
        jurisdiction=view.place,
        panel=panel,
        parts=tuple(parts),
    )
