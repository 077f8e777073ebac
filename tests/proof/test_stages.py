"""The stage of every profile that differs in where the disease is, against the definitions in plain words.

The oracle knows no ranges and no conditions. It writes down every patient that a profile may stand for, with
a number for each site, and reads the M category of each of them from the definition of the edition. What may
still hold is what holds for one of these patients.
"""

import os
from collections.abc import Iterator
from datetime import date
from itertools import combinations, product

import pytest

from lungmets import PatientProfile, ProfileError, stage_group
from lungmets.vocabulary import BrainLesions, Leptomeningeal, MetastaticSite

SITES_AT_ONCE = 3 if os.environ.get("LUNGMETS_PROOF") == "whole" else 2
"""How many sites are named or counted at once. No category tells three organs from two."""

CHEST = {MetastaticSite.CONTRALATERAL_LUNG, MetastaticSite.PLEURA, MetastaticSite.PERICARDIUM}
"""Spread within the chest is M1a in both editions (iaslc-m-descriptors-8, iaslc-m-descriptors-9)."""

EDITIONS = {8: date(2020, 6, 1), 9: date(2026, 6, 1)}
"""A day on which each edition is in force in the United States."""

MANY = 3
"""Stands for any greater number: no definition tells three from more."""

SOME = {1, 2, MANY}
ANY = {0, *SOME}

STATED = ["named", 1, 2]
"""What a profile may say of a site beside nothing: that it is involved, or how many metastases it has."""

LESIONS = [None, 0, 1, 2, *BrainLesions]
LEPTOMENINGEAL = [None, Leptomeningeal.SUSPECTED, Leptomeningeal.CONFIRMED]


def category(edition: int, patient: tuple[bool, dict[str, int]], organs: int) -> str | None:
    within, numbers = patient
    outside = sum(numbers.values())
    if not outside:
        return "M1a" if within else None
    if outside == 1:
        return "M1b"
    if edition == 8:
        return "M1c"
    return "M1c1" if organs == 1 else "M1c2"


def organs(numbers: dict[str, int]) -> set[int]:
    """How many organs these metastases may lie in.

    The skeleton is one organ. Metastases that are "other" may lie in one or in several; so may those of the
    brain and the leptomeninges, of which no source that was seen says whether they are one organ or two.
    """
    involved = {site for site, number in numbers.items() if number}
    found = {len(involved)}
    if {"brain", "leptomeninges"} <= involved:
        found = {number - kept for number in found for kept in (0, 1)}
    for site in involved & {"other", "not named"}:
        found = {number + more for number in found for more in range(numbers[site])}
    return found


def patients(profile: PatientProfile) -> Iterator[tuple[bool, dict[str, int]]]:
    """Everybody for whom a profile may stand: spread within the chest, and a number for each site outside."""
    stated = profile.metastatic_sites is not None or bool(profile.metastasis_counts)
    may_be: dict[str, set[int]] = {site.value: SOME for site in profile.metastatic_sites or ()}
    may_be |= {site.value: {number} for site, number in profile.metastasis_counts}
    if profile.leptomeningeal is Leptomeningeal.CONFIRMED:
        may_be.setdefault("leptomeninges", SOME)
    elif profile.leptomeningeal is Leptomeningeal.SUSPECTED:
        may_be.setdefault("leptomeninges", ANY)
    may_be["brain"] = of_the_brain(profile.brain_lesions, may_be.get("brain"))
    if not stated:
        may_be["not named"] = ANY
    within = bool(CHEST & may_be.keys())
    outside = {site: numbers for site, numbers in may_be.items() if site not in CHEST}
    for numbers in product(*outside.values()):
        for chest in {True, within} if not stated else {within}:
            yield chest, dict(zip(outside, numbers, strict=True))


def of_the_brain(lesions: int | BrainLesions | None, elsewhere: set[int] | None) -> set[int]:
    """The field of the brain speaks for it; what another field says counts where it has no number."""
    if lesions is BrainLesions.INNUMERABLE:
        return {MANY}
    if lesions is BrainLesions.PRESENT_COUNT_UNKNOWN:
        return elsewhere or SOME
    if isinstance(lesions, int) and not isinstance(lesions, BrainLesions):
        return {min(lesions, MANY)}
    return elsewhere or ANY


def profiles(at_once: int) -> Iterator[PatientProfile]:
    """Every profile with so many sites named or counted at most, or with none stated."""
    for number in range(at_once + 1):
        for sites in combinations(MetastaticSite, number):
            for said in product(STATED, repeat=number):
                counts = {site: one for site, one in zip(sites, said, strict=True) if one != "named"}
                for lesions, leptomeningeal in product(LESIONS, LEPTOMENINGEAL):
                    for named in [list(sites)] if sites else [[], None]:
                        try:
                            yield PatientProfile(
                                metastatic_sites=named,
                                metastasis_counts=counts,
                                brain_lesions=lesions,
                                leptomeningeal=leptomeningeal,
                            )
                        except ProfileError:  # two counts of the brain
                            continue


def differing(at_once: int, edition: int) -> Iterator[str]:
    for profile in profiles(at_once):
        if contradicts_itself(profile):
            continue
        expected = {
            category(edition, patient, organ) for patient in patients(profile) for organ in organs(patient[1])
        }
        found = stage_group(profile, as_of=EDITIONS[edition])
        told = set(found.possible_categories) if found.possible_categories else {None}
        if told != expected - ({None} if expected != {None} else set()):
            yield f"{profile!r}: {sorted(map(str, told))} for {sorted(map(str, expected))}"
        if (found.category is not None) is not (len(expected) == 1 and expected != {None}):
            yield f"{profile!r}: {found.category} is decided, or is not, for {sorted(map(str, expected))}"


def contradicts_itself(profile: PatientProfile) -> bool:
    """Whether the brain has lesions by one field and none, or another number, by another: it is refused."""
    counted = dict(profile.metastasis_counts).get(MetastaticSite.BRAIN)
    named = MetastaticSite.BRAIN in (profile.metastatic_sites or ())
    lesions = profile.brain_lesions
    if not isinstance(lesions, int) or isinstance(lesions, BrainLesions):
        return counted is not None and lesions is BrainLesions.INNUMERABLE
    return (named and not lesions) or (counted is not None and counted != lesions)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_profile_has_the_category_of_the_patients_for_whom_it_may_stand(edition):
    assert list(differing(SITES_AT_ONCE, edition)) == []


def test_a_moved_threshold_would_be_seen(monkeypatch):
    """With another definition, of one metastasis more, the table is found to differ."""
    true = category

    def moved(edition, patient, organs):
        return "M1b" if sum(patient[1].values()) == 2 else true(edition, patient, organs)

    monkeypatch.setattr("tests.proof.test_stages.category", moved)
    assert list(differing(1, 9))
