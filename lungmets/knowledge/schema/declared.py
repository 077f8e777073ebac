"""What `lungmets knowledge verify` would find, declared as right, with the reason. No answer reads it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from lungmets.knowledge.schema.record import Id, Record, Text


class FindingKind(StrEnum):
    """What may be wrong with tables of which every record is sound by itself."""

    UNANSWERED = "unanswered"
    NEVER_HOLDS = "never_holds"
    UNDECLARED_PAIR = "undeclared_pair"
    TELLS_NOTHING_APART = "tells_nothing_apart"
    ALWAYS_SUPERSEDED = "always_superseded"
    NEEDLESS = "needless"
    """A declaration that nothing needs."""


class Relation(Record):
    """Families of rows that may hold for the same profile, any of them with any other.

    A family is the first word of an id: ``alk`` of ``alk.lorlatinib``. With ``beside`` each of the
    ``families`` may hold with each of those. ``told_by`` is a conflict that the answer then tells.
    """

    id: Id
    families: tuple[Id, ...] = Field(min_length=1)
    beside: tuple[Id, ...] = ()
    told_by: Id | None = None
    says: Text

    def covers(self, one: str, other: str) -> bool:
        """Whether two families are declared here."""
        if not self.beside:
            return {one, other} <= set(self.families)
        return any(a in self.families and b in self.beside for a, b in ((one, other), (other, one)))


class Accepted(Record):
    """A finding that is right as it is."""

    kind: FindingKind
    record: str
    fact: str | None = None
    says: Text


class Declared(Record):
    """The file ``declared.yaml``."""

    relations: tuple[Relation, ...] = ()
    accepted: tuple[Accepted, ...] = ()
