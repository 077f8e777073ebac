"""How many metastases there are, and in how many organs: as a range, and only from stated counts.

Nothing is said without a count by organ. A site that is named and not counted has at least one
metastasis, so the range stays open above; a range that touches both sides of a threshold is no
answer. A site that is not named is not counted: that no other is involved has to be settled by a
person.

>>> from lungmets.profile import PatientProfile
>>> count(PatientProfile(metastasis_counts={"adrenal": 1}, brain_lesions=2))
Burden(metastases=(3, 3), organs=(2, 2), agree=True)
>>> count(PatientProfile(metastasis_counts={"adrenal": 1}, metastatic_sites=["liver"])).metastases
(2, inf)
>>> count(PatientProfile(metastatic_sites=["liver"])) is None
True
"""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from lungmets.engine.spread import NumberRange, organs_of, stated_sites
from lungmets.profile import PatientProfile
from lungmets.vocabulary import BrainLesions, Leptomeningeal, MetastaticSite


class Burden(NamedTuple):
    """What the counts of a profile come to; ``agree`` is false where two fields count otherwise."""

    metastases: NumberRange
    organs: NumberRange
    agree: bool


def count(profile: PatientProfile) -> Burden | None:
    """The metastases and the organs of a profile, or nothing where no site is counted."""
    if not profile.metastasis_counts:
        return None
    named = stated_sites(profile) | ({MetastaticSite.BRAIN} if profile.brain_cavity else set())
    ranges: dict[MetastaticSite, NumberRange] = dict.fromkeys(named, (1, inf))
    if profile.leptomeningeal is Leptomeningeal.SUSPECTED:
        ranges.setdefault(MetastaticSite.LEPTOMENINGES, (0, inf))
    ranges |= {site: (number, number) for site, number in profile.metastasis_counts}
    agree = True
    if (lesions := _brain(profile)) is not None:
        stated = ranges.get(MetastaticSite.BRAIN, (1, inf))
        low, high = max(stated[0], lesions[0]), min(stated[1], lesions[1])
        agree = low <= high
        ranges[MetastaticSite.BRAIN] = (low, high) if agree else (1, inf)
    lowest = sum(low for low, _ in ranges.values())
    highest = sum(high for _, high in ranges.values())
    certain = {site: found for site, found in ranges.items() if found[0]}
    return Burden((lowest, highest), (organs_of(certain)[0], organs_of(ranges)[1]), agree)


def _brain(profile: PatientProfile) -> NumberRange | None:
    """The lesions of the brain that another field counts; with a cavity there were more."""
    lesions = profile.brain_lesions
    if lesions is BrainLesions.INNUMERABLE:
        return inf, inf
    if lesions is BrainLesions.PRESENT_COUNT_UNKNOWN:
        return 1, inf
    if isinstance(lesions, BrainLesions) or not lesions:
        return None
    return lesions, inf if profile.brain_cavity else lesions
