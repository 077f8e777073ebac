"""How far the disease has spread: how many metastases lie outside the chest, in how many organs.

Both are ranges, since a site may be named without a count. Where neither sites nor counts are stated,
nothing is known of the sites that no field names, and the ranges stay open. Where they are stated, a
site that is not named is taken as not found; only the brain and the leptomeninges, whose own fields say
whether they were looked at, may still be involved.

>>> from lungmets.profile import PatientProfile
>>> from lungmets.vocabulary import MetastaticSite
>>> chest = frozenset({MetastaticSite.PLEURA})
>>> one = PatientProfile(metastatic_sites=["bone", "pleura"], metastasis_counts={"bone": 3}, brain_lesions=0)
>>> spread_of(one, chest).extents
(Extent(metastases=(3, 3), organs=(1, 1)),)
>>> spread_of(PatientProfile(metastasis_counts={"bone": 3}), chest).extents[1]  # the brain was not imaged
Extent(metastases=(4, inf), organs=(2, 2))
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product
from math import inf
from typing import NamedTuple, TypeAlias

from lungmets.profile import PatientProfile
from lungmets.vocabulary import BrainLesions, Leptomeningeal, MetastaticSite

NumberRange: TypeAlias = tuple[float, float]
"""The least and the greatest that a number can be."""

_SOME: NumberRange = (1, inf)
_PERHAPS: NumberRange = (0, inf)
_NONE: NumberRange = (0, 0)


# Members of an enumeration are slow to look up, and this runs for every profile.
_SITES = tuple(MetastaticSite)
_BRAIN, _MENINGES = MetastaticSite.BRAIN, MetastaticSite.LEPTOMENINGES
_BONE, _OTHER = MetastaticSite.BONE, MetastaticSite.OTHER
_SUSPECTED, _CONFIRMED = Leptomeningeal.SUSPECTED, Leptomeningeal.CONFIRMED


class Extent(NamedTuple):
    """The metastases outside the chest, and the organs that hold them, as far as they are known."""

    metastases: NumberRange
    organs: NumberRange


class Spread(NamedTuple):
    """What the sites of a profile may come to, and the fields (with a site) that leave it open.

    One of the ``extents`` is the true one; there are several where it is not known whether a site is
    involved at all.
    """

    extents: tuple[Extent, ...]
    within_the_chest: bool | None
    open: tuple[tuple[str, MetastaticSite | None], ...]
    sites: tuple[MetastaticSite, ...]


def spread_of(profile: PatientProfile, chest: Collection[MetastaticSite]) -> Spread:
    """The metastases and organs outside the chest, and whether there is spread within it."""
    stated = profile.metastatic_sites is not None or bool(profile.metastasis_counts)
    counts = dict(profile.metastasis_counts)
    named = stated_sites(profile)
    ranges = {site: _counted(counts.get(site)) for site in named}
    gaps: list[tuple[str, MetastaticSite | None]] = [] if stated else [("metastatic_sites", None)]
    brain = _brain(profile, named=_BRAIN in named, count=counts.get(_BRAIN))
    if brain != _NONE:
        ranges[_BRAIN] = brain
    if profile.leptomeningeal is _SUSPECTED and _MENINGES not in ranges:
        ranges[_MENINGES] = _PERHAPS
        gaps.append(("leptomeningeal", None))
    outside = {site: ranges[site] for site in _SITES if site in ranges and site not in chest}
    for site, (low, high) in outside.items():
        if site is _BRAIN and low != high:
            gaps.append(("brain_lesions", site if low else None))
        elif low and low != high:
            gaps.append(("metastasis_counts", site))
    if sum([low for low, _ in outside.values()]) > 1:  # there are several, however many they are
        gaps = [gap for gap in gaps if gap[1] is None]
    return Spread(
        tuple(_extents(outside, stated=stated)),
        any(site in chest for site in ranges) or (None if not stated else False),
        tuple(gaps),
        tuple(site for site in _SITES if site in ranges and ranges[site][0]),
    )


def _extents(outside: dict[MetastaticSite, NumberRange], *, stated: bool) -> Iterator[Extent]:
    """The extent with and without each site of which it is not known whether it is involved.

    An organ and its metastases come together: one metastasis that is counted and a brain that was not
    imaged are never two metastases in one organ. Sites that nobody stated are one more thing to come.
    """
    certain = {site: found for site, found in outside.items() if found[0]}
    perhaps = [site for site in outside if site not in certain]
    for chosen in product((False, True), repeat=len(perhaps)):
        there = certain | {site: _SOME for site, here in zip(perhaps, chosen, strict=True) if here}
        low, high = organs_of(there)
        least, most = (sum([found[end] for found in there.values()]) for end in (0, 1))
        yield Extent((least, most), (low, high))
        if not stated:
            yield Extent((least + 1, inf), (low + 1, inf))


def stated_sites(profile: PatientProfile) -> set[MetastaticSite]:
    """Every site that some field says to be involved."""
    found = {*(profile.metastatic_sites or ()), *(site for site, _ in profile.metastasis_counts)}
    if profile.bone_metastases:
        found.add(_BONE)
    if profile.leptomeningeal is _CONFIRMED:
        found.add(_MENINGES)
    return found


def _counted(count: int | None) -> NumberRange:
    return _SOME if count is None else (count, count)


def _brain(profile: PatientProfile, *, named: bool, count: int | None) -> NumberRange:
    """Lesions of the brain, by its own field and by the counts; a resected one is in neither for sure."""
    lesions = profile.brain_lesions
    if lesions is BrainLesions.INNUMERABLE:
        return inf, inf
    if lesions is BrainLesions.PRESENT_COUNT_UNKNOWN:
        found = _counted(count)
    elif lesions is None or isinstance(lesions, BrainLesions):
        found = _counted(count) if named else _PERHAPS
    elif count is not None:  # two fields that count otherwise: nothing is chosen between them
        found = min(lesions, count), max(lesions, count)
    else:
        found = lesions, lesions
    if profile.brain_cavity or (named and not found[0]):
        return max(1, found[0]), inf
    return found


def organs_of(ranges: dict[MetastaticSite, NumberRange]) -> NumberRange:
    """One organ a site, the skeleton as well. ``other`` may be several, brain and leptomeninges one."""
    both = {_BRAIN, _MENINGES} <= ranges.keys()
    others = ranges.get(_OTHER)
    return len(ranges) - both, len(ranges) + (others[1] - 1 if others else 0)
