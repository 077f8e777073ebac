"""What a comparison of two knowledge releases says, as plain data.

>>> RecordChange(kind=RecordKind.ROW, id="a.row", change=ChangeKind.ADDED).aspects
()
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, JsonValue

from lungmets.results import Closed
from lungmets.vocabulary import Jurisdiction, Panel


class RecordKind(StrEnum):
    """What kind of record a change is about."""

    RELEASE = "release"
    SENTENCE = "sentence"
    SOURCE = "source"
    DRUG = "drug"
    PROCEDURE = "procedure"
    REGIMEN = "regimen"
    WORD_GROUP = "word_group"
    NAMED_CONDITION = "named_condition"
    PANEL_ITEM = "panel_item"
    ROW = "row"
    GUARDRAIL = "guardrail"
    CAUTION = "caution"
    NOTE = "note"
    SUPERSESSION = "supersession"
    CONFLICT = "conflict"
    SCOPE_RULE = "scope_rule"
    SYMPTOM = "symptom"
    ALERT = "alert"
    NEXT_STEP = "next_step"
    QUESTION = "question"
    SEARCH_WORDS = "search_words"
    EXPLANATION = "explanation"
    POPULATION_FIGURES = "population_figures"
    ARTICLE = "article"
    CLAIM = "claim"
    TIMELINE = "timeline"
    FRACTURE_RISK = "fracture_risk"
    COURSE = "course"
    STAGING = "staging"


class ChangeKind(StrEnum):
    """What became of a record."""

    ADDED = "added"
    RETIRED = "retired"
    CHANGED = "changed"


class Aspect(StrEnum):
    """In which respect a record changed. ``rewritten`` is another wording of the same condition."""

    DATES = "dates"
    CITATIONS = "citations"
    CONDITION = "condition"
    REWRITTEN = "rewritten"
    OPTION = "option"
    STANDING = "standing"
    WORDS = "words"
    REVIEW = "review"
    OTHER = "other"


class FieldChange(Closed):
    """One field of a record: what stood there, and what stands there now."""

    field: str
    aspect: Aspect
    old: JsonValue = None
    new: JsonValue = None
    note: str = ""


class RecordChange(Closed):
    """One record that was added, retired or changed; ``fields`` is filled for changed ones.

    ``unverified`` are the sources on which it rests (a source rests on itself) with fields that are not
    verified, in the newer release that has it.
    """

    kind: RecordKind
    id: str
    change: ChangeKind
    aspects: tuple[Aspect, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    unverified: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class ReuseWarning(Closed):
    """An id that seems to have been used again for something else: an id is never reused."""

    id: str
    text: str


class Concern(StrEnum):
    """Which part of an answer is compared."""

    REFUSALS = "refusals"
    SYSTEMIC = "systemic"
    BRAIN = "brain"
    BONE = "bone"
    OTHER_SITE = "other_site"
    SUPPORTIVE = "supportive"
    CONFLICTS = "conflicts"
    ALERTS = "alerts"


class VariedField(Closed):
    """Fields that were varied together, and their classes; each class names all that belongs to it."""

    fields: tuple[str, ...]
    classes: tuple[tuple[str, ...], ...]


class EnumeratedSpace(Closed):
    """Exactly which profiles were visited: the product of the classes of the varied fields.

    All other fields are as in ``quiet``; what stands in neither is not stated. At most ``most_genes``
    genes and (if given) ``most_details`` detail fields are other than quiet at once. ``cut`` says what
    was left out to stay within the budget; nothing is ever sampled.
    """

    varied: tuple[VariedField, ...]
    quiet: dict[str, JsonValue]
    most_genes: int
    most_details: int | None = None
    size: int
    cut: tuple[str, ...] = ()


class Move(Closed):
    """Something that stands elsewhere in the newer answer, and for how many classes it does."""

    what: str
    before: str
    after: str
    classes: int


class Outcome(Closed):
    """The part of an answer that is compared: ids only, no sentences."""

    status: Literal["refused", "documented"]
    reason: str | None = None
    missing: tuple[str, ...] = ()
    options: dict[str, str] = Field(default_factory=dict)
    """Each option with where it stands: preferred, documented, unresolved, superseded or withheld."""
    conflicts: tuple[str, ...] = ()
    alerts: dict[str, str] = Field(default_factory=dict)


class Example(Closed):
    """A profile whose answer changes; ``yaml`` can be pasted to ``lungmets assess -``."""

    profile: dict[str, Any]
    yaml: str
    before: Outcome
    after: Outcome
    moves: tuple[Move, ...]
    alike: int
    """How many classes of the space change in the same way."""


class Effect(Closed):
    """How many classes of profiles change one part of their answer, exactly, and which way."""

    concern: Concern
    space: EnumeratedSpace
    changed: int | None
    """``None`` where even the smallest space was over the budget, so that nothing was counted."""
    moves: tuple[Move, ...] = ()
    examples: tuple[Example, ...] = ()


class DayCount(Closed):
    """On a day within a range: how many classes change, of how many that were visited."""

    concern: Concern
    changed: int | None
    size: int


class DayRange(Closed):
    """Days on which the two releases answer differently; both ends belong to it.

    ``only`` names the release that answers at all, where the other holds nothing for these days.
    """

    first: date
    last: date
    counts: tuple[DayCount, ...] = ()
    only: Literal["old", "new"] | None = None


class ReleaseName(Closed):
    """Which release was compared, and the day as of which it was asked."""

    version: str
    digest: str
    as_of: date
    asked: date


class ScenarioChange(Closed):
    """A scenario whose verdict changes: its failures by each release; none means that it passes."""

    id: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Comparison(Closed):
    """What changed between two releases, and which profile classes change their answer."""

    schema_version: Literal["1"] = "1"
    old: ReleaseName
    new: ReleaseName
    jurisdiction: Jurisdiction
    panel: Panel
    records: tuple[RecordChange, ...]
    warnings: tuple[ReuseWarning, ...]
    effects: tuple[Effect, ...]
    days: tuple[DayRange, ...]
    scenarios: tuple[ScenarioChange, ...] | None = None
    """``None`` where no scenarios were judged."""

    @property
    def identical(self) -> bool:
        """Whether the two releases hold the same knowledge."""
        return self.old.digest == self.new.digest
