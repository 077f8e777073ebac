"""The words and the table of the score of fracture risk.

The words are types, as those of a profile are; the points of each word, and what their sum means,
stand in ``fracture_risk.yaml``. Their source is the score itself (see that file).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from pydantic import Field

from lungmets.knowledge.schema.dates import Begin
from lungmets.knowledge.schema.record import Id, Record, Text, Whole


class BoneSite(StrEnum):
    """Where in the long bones the lesion is; the hip region (``peritrochanteric``) is a class of its own."""

    UPPER_LIMB = "upper_limb"
    LOWER_LIMB = "lower_limb"
    PERITROCHANTERIC = "peritrochanteric"


class BonePain(StrEnum):
    """How much it hurts; ``functional`` is pain on use of the limb."""

    MILD = "mild"
    MODERATE = "moderate"
    FUNCTIONAL = "functional"


class BoneLesion(StrEnum):
    """What the lesion looks like on the image."""

    BLASTIC = "blastic"
    MIXED = "mixed"
    LYTIC = "lytic"


class LesionSize(StrEnum):
    """The part of the bone that the lesion takes."""

    BELOW_ONE_THIRD = "below_one_third"
    ONE_TO_TWO_THIRDS = "one_to_two_thirds"
    ABOVE_TWO_THIRDS = "above_two_thirds"


FEATURES: Mapping[str, type[StrEnum]] = MappingProxyType(
    {"site": BoneSite, "pain": BonePain, "lesion": BoneLesion, "size": LesionSize}
)
"""The features that are scored, each with its words."""


class FractureBand(Record):
    """The sums from ``least`` to ``most``, and what the source says of them."""

    id: Id
    least: Whole
    most: Whole
    says: Text
    risk: Text
    by: tuple[Id, ...] = Field(min_length=1)


class FractureLimit(Record):
    """What has to be known of the score itself; without a source it is a project safety rule."""

    id: Id
    says: Text
    by: tuple[Id, ...] = ()


class FractureTable(Record):
    """Points for each word of each feature, the bands of their sum, and for what it is not made."""

    id: Id
    name: Text
    not_for: Text
    points: dict[str, dict[str, Whole]]
    bands: tuple[FractureBand, ...] = Field(min_length=1)
    limits: tuple[FractureLimit, ...] = ()
    by: tuple[Id, ...] = Field(min_length=1)
    review_by: Begin
