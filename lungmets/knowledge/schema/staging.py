"""Staging: the editions of the classification, their M categories, and what is said beside them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from lungmets.knowledge.schema.dates import Begin
from lungmets.knowledge.schema.record import Id, Record, Text, When, Whole
from lungmets.knowledge.schema.rows import Period
from lungmets.vocabulary import Jurisdiction, MCategory, MetastaticSite, StageGroup


class Category(Record):
    """One M category of an edition: when it holds, and the stage group that it makes."""

    id: Id
    when: When
    category: MCategory
    stage: StageGroup
    says: Text
    by: tuple[Id, ...] = Field(min_length=1)


class Edition(Record):
    """One edition, where and when it was in force, and its categories in their order."""

    id: Id
    edition: Whole
    in_force: tuple[Period, ...] = Field(min_length=1)
    categories: tuple[Category, ...] = Field(min_length=1)
    review_by: Begin

    def covers(self, place: Jurisdiction, day: date) -> bool:
        """Whether it was in force at a place on a day."""
        return any(period.covers(place, day) for period in self.in_force)


class StagingRemarkKind(StrEnum):
    """Whether a remark only informs, or has to be settled by a person."""

    REMARK = "remark"
    SETTLE = "settle"


class StagingRemark(Record):
    """What is said beside a category, or has to be settled before it could stand."""

    id: Id
    when: When
    kind: StagingRemarkKind
    says: Text
    by: tuple[Id, ...] = ()
    review_by: Begin


class StagingAsks(Record):
    """What is asked for where the category cannot be decided, by the field of the profile."""

    metastatic_sites: Text
    metastasis_counts: Text
    brain_lesions: Text
    leptomeningeal: Text


class StagingFile(Record):
    """The file ``staging.yaml``."""

    within_the_chest: tuple[MetastaticSite, ...] = Field(min_length=1)
    editions: tuple[Edition, ...] = Field(min_length=1)
    remarks: tuple[StagingRemark, ...]
    asks: StagingAsks
    assumed: Text
    no_edition: Text
