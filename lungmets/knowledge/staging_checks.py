"""Checks of ``staging.yaml``: one edition a day, one category a patient, and facts that are its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from string import Formatter

from lungmets.errors import Problem
from lungmets.knowledge.conditions import Conjunction, compatible
from lungmets.knowledge.content import staging_records
from lungmets.knowledge.facts import STAGING
from lungmets.knowledge.references import References
from lungmets.knowledge.schema import Edition, StagingFile

_ALSO_READ = ("metastatic_sites", "stage")
"""Facts of the profile that staging is told as well."""


def staging_problems(
    names: References, conjunctions: Mapping[str, Sequence[Conjunction]]
) -> Iterator[Problem]:
    """What is wrong with staging beside the other records; nothing where a folder has none."""
    staging = names.content.staging
    own = {record.id for record in staging_records(names.content)}
    for name, found in conjunctions.items():
        facts = {fact for one in found for fact in one}
        if name in own:
            yield from _strangers(names, name, facts)
        elif read := sorted(facts & STAGING):
            yield Problem(
                names.place(name),
                f"when: {', '.join(read)} can be read by staging.yaml only",
                "facts of the profile",
                "no other record is told what staging makes of the sites",
            )
    if staging is None:
        return
    for edition in staging.editions:
        yield from _told_apart(names, edition, conjunctions)
    yield from _one_at_a_time(names, staging)
    yield from _blanks(names, staging)


def _strangers(names: References, name: str, facts: set[str]) -> Iterator[Problem]:
    known = (*sorted(STAGING), *_ALSO_READ)
    for fact in sorted(facts):
        field = fact.partition(".")[0]
        if field not in known:
            what = f"when: staging is not told {field}"
            yield Problem(names.place(name), what, f"one of {', '.join(known)}")


def _told_apart(
    names: References, edition: Edition, conjunctions: Mapping[str, Sequence[Conjunction]]
) -> Iterator[Problem]:
    for one, other in combinations(edition.categories, 2):
        if one.category is other.category:
            what = f"{other.category} stands twice in {edition.id}"
            yield Problem(names.place(other.id), what, "each category once")
        pairs = [(a, b) for a in conjunctions.get(one.id, ()) for b in conjunctions.get(other.id, ())]
        if any(compatible(a, b) for a, b in pairs):
            yield Problem(
                names.place(other.id),
                f"it may hold together with {one.id}",
                "conditions that exclude each other",
                "a patient has one M category",
            )


def _one_at_a_time(names: References, staging: StagingFile) -> Iterator[Problem]:
    dated = [(edition, period) for edition in staging.editions for period in edition.in_force]
    for (one, first), (other, second) in combinations(dated, 2):
        if first.overlaps(second):
            yield Problem(
                names.place(other.id),
                f"it is in force together with {one.id}",
                "one edition on each day and in each place",
                do="end the older one when the newer one begins",
            )


def _blanks(names: References, staging: StagingFile) -> Iterator[Problem]:
    for item, text in staging.asks:
        blanks = {"site"} if item == "metastasis_counts" else set()
        try:
            found = {blank for _, blank, _, _ in Formatter().parse(text) if blank is not None}
        except ValueError as error:
            found, blanks = {str(error)}, set()
        if found - blanks:
            expected = "{site}, or a sentence without braces" if blanks else "a sentence without braces"
            what = f"the sentence for {item} cannot be filled in"
            yield Problem(names.place(f"staging.yaml#asks.{item}"), what, expected)
