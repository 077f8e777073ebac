"""Sources: what was published, by whom and when, and how each identifier was checked."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field

from lungmets.knowledge.schema.dates import Begin, End
from lungmets.knowledge.schema.record import Id, Number, Record, Text, Whole
from lungmets.vocabulary import Approval


class Figure(Record):
    """A published figure; see :class:`lungmets.assessment.Evidence` for the meaning of each part."""

    endpoint: str
    measure: str | None = None
    population: str | None = None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    level: Number | None = None
    n: Whole | None = None
    experimental: Number | None = None
    control: Number | None = None
    unit: str | None = None
    against: str | None = None
    note: str | None = None


class Seen(Record):
    """Where fields of a source were seen; ``level`` says how good the sighting is."""

    fields: tuple[str, ...]
    at: str
    level: Literal["primary", "secondary", "tertiary"]


class Source(Record):
    """One trial, label, guideline or article, with how each identifier was checked.

    ``unverified`` names fields that nobody has seen in a source, or not surely. Such a field is best left
    out; a value that stands in the file all the same is a curator's working note, and is shown to nobody.
    """

    id: Id
    kind: Literal["trial", "approval", "label", "guideline", "review", "registry", "statement"]
    name: Text
    statement: str | None = None
    authors: str | None = None
    title: str | None = None
    journal: str | None = None
    year: Whole | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    agency: str | None = None
    drugs: tuple[str, ...] = ()
    line: str | None = None
    approval: Approval | None = None
    published: Begin | None = None
    ended: End | None = None
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    pmid: Annotated[str, Field(pattern=r"^\d{6,8}$")] | None = None
    nct: tuple[Annotated[str, Field(pattern=r"^NCT\d{8}$")], ...] = ()
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    figures: tuple[Figure, ...] = ()
    seen: tuple[Seen, ...] = ()
    unverified: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    def as_verified(self) -> Self:
        """The source without the values of its unverified fields, as everything but the audit reads it.

        >>> remembered = {"id": "a", "kind": "trial", "name": "A trial", "pmid": "12345678"}
        >>> Source.model_validate(remembered | {"unverified": ["pmid"]}).as_verified().pmid is None
        True
        """
        fields = type(self).model_fields
        doubted = [name for name in self.unverified if name in self.may_be_unverified]
        emptied = {name: fields[name].get_default(call_default_factory=True) for name in doubted}
        return self.model_copy(update=emptied) if emptied else self

    @property
    def may_be_unverified(self) -> tuple[str, ...]:
        """The fields that ``unverified`` may name: what the source says, when, and where it is found."""
        certain = {"id", "kind", "name", "seen", "unverified", "evidence"}
        if self.kind in {"approval", "label"}:
            certain.add("agency")  # without it a label would speak for every place
        return tuple(name for name in type(self).model_fields if name not in certain)
