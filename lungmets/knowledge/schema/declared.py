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


class Seen(StrEnum):
    """Why a fact of a condition tells nothing apart."""

    UNMET = "unmet"
    """Nobody meets the rest without it: the rows of the options ask for the same."""
    REFUSED = "refused"
    """Whoever meets the rest without it is refused by a rule of scope.yaml."""
    SAME = "same"
    """Others meet the rest, and their answers are the same with and without it."""


class RecordWord(StrEnum):
    """What kind of record a condition stands in."""

    ROW = "row"
    GUARDRAIL = "guardrail"
    CAUTION = "caution"
    NOTE = "note"
    SUPERSESSION = "supersession"
    CONFLICT = "conflict"
    CONDITION = "condition"
    SCOPE = "scope"
    PANEL = "panel"
    ALERT = "alert"
    ADVICE = "advice"
    TIMELINE = "timeline"
    SEARCH = "search"
    FIGURES = "figures"


class Accepted(Record):
    """Findings of one kind that are right as they are.

    ``records`` are ids, or families (first words of ids); of conditions, ``of``, ``facts`` and ``seen``
    narrow it further. What is left out may be anything.
    """

    id: Id
    kind: FindingKind
    records: tuple[str, ...] = ()
    of: tuple[RecordWord, ...] = ()
    facts: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()
    says: Text


class Declared(Record):
    """The file ``declared.yaml``."""

    relations: tuple[Relation, ...] = ()
    accepted: tuple[Accepted, ...] = ()
