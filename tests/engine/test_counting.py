"""Metastases and organs, as the counts of a profile give them: ranges, and nothing without a count."""

from math import inf

import pytest

from lungmets import PatientProfile
from lungmets.engine.counting import count
from lungmets.engine.encoding import encode
from lungmets.knowledge.base import shipped

# fmt: off
COUNTED = [
    # what is stated                                                                     metastases  organs    why
    ({"metastasis_counts": {"adrenal": 1}},                                              (1, 1),     (1, 1)),   # one counted site
    ({"metastasis_counts": {"adrenal": 2, "bone": 3}},                                   (5, 5),     (2, 2)),   # the skeleton is one organ
    ({"metastasis_counts": {"adrenal": 1}, "brain_lesions": 3},                          (4, 4),     (2, 2)),   # the brain is counted by its lesions
    ({"metastasis_counts": {"adrenal": 1}, "brain_lesions": 0},                          (1, 1),     (1, 1)),   # no lesion, no organ
    ({"metastasis_counts": {"adrenal": 1}, "brain_lesions": "not_imaged"},               (1, 1),     (1, 1)),   # nothing is known of the brain
    ({"metastasis_counts": {"adrenal": 1}, "brain_lesions": "present_count_unknown"},    (2, inf),   (2, 2)),   # at least one more
    ({"metastasis_counts": {"adrenal": 1}, "brain_lesions": "innumerable"},              (inf, inf), (2, 2)),   # more than anybody counts
    ({"metastasis_counts": {"brain": 2}, "brain_lesions": "present_count_unknown"},      (2, 2),     (1, 1)),   # the count says how many
    ({"metastasis_counts": {"brain": 3}, "brain_lesions": 2, "brain_cavity": True},      (3, 3),     (1, 1)),   # one was removed
    ({"metastasis_counts": {"adrenal": 1}, "brain_lesions": 2, "brain_cavity": True},    (3, inf),   (2, 2)),   # how many were removed is open
    ({"metastasis_counts": {"adrenal": 1}, "brain_cavity": True},                        (2, inf),   (2, 2)),
    ({"metastasis_counts": {"adrenal": 1}, "metastatic_sites": ["liver"]},               (2, inf),   (2, 2)),   # the liver is not counted
    ({"metastasis_counts": {"adrenal": 1}, "metastatic_sites": ["adrenal"]},             (1, 1),     (1, 1)),
    ({"metastasis_counts": {"adrenal": 1}, "bone_metastases": True},                     (2, inf),   (2, 2)),
    ({"metastasis_counts": {"adrenal": 1}, "bone_metastases": False},                    (1, 1),     (1, 1)),
    ({"metastasis_counts": {"adrenal": 1}, "leptomeningeal": "suspected"},               (1, inf),   (1, 2)),  # or none
    ({"metastasis_counts": {"brain": 1}, "leptomeningeal": "confirmed"},                 (2, inf),   (1, 2)),   # brain and meninges may count as one
    ({"metastasis_counts": {"other": 3}},                                                (3, 3),     (1, 3)),   # in one organ, or in three
    ({"metastasis_counts": {"adrenal": 1}, "metastatic_sites": ["other"]},               (2, inf),   (2, inf)),
]
# fmt: on


@pytest.mark.parametrize(("stated", "metastases", "organs"), COUNTED)
def test_the_ranges(stated, metastases, organs):
    found = count(PatientProfile(**stated))
    assert (found.metastases, found.organs, found.agree) == (metastases, organs, True)


@pytest.mark.parametrize(
    "stated", [{}, {"metastatic_sites": ["adrenal", "liver", "bone", "pleura"]}, {"brain_lesions": 9}]
)
def test_without_a_count_by_organ_nothing_is_said(stated):
    assert count(PatientProfile(**stated)) is None


@pytest.mark.parametrize(("brain", "lesions", "agree"), [(2, 2, True), (2, 3, False), (3, 2, False)])
def test_two_numbers_for_the_brain_agree_or_not(brain, lesions, agree):
    assert count(PatientProfile(metastasis_counts={"brain": brain}, brain_lesions=lesions)).agree is agree


def state(fact, **stated):
    base = shipped()
    states = encode(base, PatientProfile(**stated))
    return states[base.table.position[fact]]


def test_a_range_on_both_sides_of_a_threshold_is_unknown():
    """Five is the limit: two and perhaps more says nothing, six and perhaps more says that it is passed."""
    open_above = {"metastatic_sites": ["liver"]}
    assert state("metastases", metastasis_counts={"adrenal": 1}, **open_above) != state(
        "metastases", metastasis_counts={"adrenal": 1}
    )
    base = shipped()
    bits_of = [
        state("metastases", metastasis_counts={"adrenal": n}, **open_above).bit_count() for n in (1, 5)
    ]
    # From two on, all bins but those of one are open; from six on, one bin is left.
    assert bits_of[0] > 1
    assert bits_of[1] == 1
    assert base.table.values["metastases"][-1] == ">5"


def test_a_counted_site_is_a_named_site():
    """So that nothing that reads a site depends on which of the two fields names it."""
    counted = state("metastatic_sites.adrenal", metastasis_counts={"adrenal": 1})
    assert counted == state("metastatic_sites.adrenal", metastatic_sites=["adrenal"])
    assert state("bone_metastases", metastasis_counts={"bone": 2}) == state(
        "bone_metastases", bone_metastases=True
    )
