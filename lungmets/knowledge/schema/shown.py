"""What is shown beside the options: alerts, advice, and the sentences of the release."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lungmets.knowledge.schema.dates import Begin, Day
from lungmets.knowledge.schema.record import Id, Number, Record, Text, When
from lungmets.knowledge.schema.told import Told
from lungmets.vocabulary import Jurisdiction, LikelySite, Urgency


class SymptomWord(Record):
    """A symptom, and the phrases in which people tell it."""

    id: Id
    phrases: tuple[str, ...] = Field(min_length=1)


class CourseWord(Record):
    """How a symptom goes, the phrases in which people tell it, and what the log says beside it."""

    id: Id
    phrases: tuple[str, ...] = Field(min_length=1)
    says: Text | None = None


class AlertRecord(Record):
    """An urgent finding, where its cause is likely to lie, and what to do about it."""

    id: Id
    when: When
    urgency: Urgency
    sites: tuple[LikelySite, ...] = ()
    default_urgency: bool = False
    finding: Text
    action: Text
    by: tuple[Id, ...] = ()
    review_by: Begin


class AlertFile(Record):
    """Symptoms, how they go, and alerts."""

    symptoms: tuple[SymptomWord, ...]
    courses: tuple[CourseWord, ...] = ()
    alerts: tuple[AlertRecord, ...]


class Advice(Told):
    """A next step or a question that is shown when its condition holds; ``on`` says with what.

    With ``lacks`` it is told only while one of these fields of the profile has no answer: an item of the
    panel that is missing or was not considered, or a field that was not stated.
    """

    when: When
    on: Literal["every", "refused", "incomplete", "documented"]
    lacks: tuple[Id, ...] = ()
    says: Text
    review_by: Begin


class CalciumCorrection(Record):
    """Total calcium corrected for albumin: calcium + coefficient * (reference - albumin)."""

    coefficient_mg_dl_per_g_dl: Number
    reference_albumin_g_dl: Number
    by: tuple[Id, ...]


class Release(Record):
    """One state of the knowledge, and the sentences that stand on every answer.

    ``regulators`` are the agencies whose approvals and labels speak for a place, and for no other.
    ``undated_from`` is the day from which a source without a day of its own may be cited: that of the
    release that first had it, which a later release keeps. It is ``as_of`` where it is left out.
    """

    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d+$")]
    as_of: Day
    undated_from: Day | None = None
    begins: dict[Jurisdiction, Day]
    regulators: dict[Jurisdiction, tuple[Id, ...]] = Field(default_factory=dict)
    notice: Text
    safety_rule: Text
    project_default: Text
    sentences: dict[str, Text]
    calcium_correction: CalciumCorrection
