"""Values that stand for the classes of a field: what a profile may say, each kind of it once.

Every value that some condition could tell from another is here: all words of a vocabulary, both sides
of every threshold, each member of a set. Which of them are one class is found later, by what the
conditions make of them; here nothing is left out that could matter.

>>> numbers_around([1.0, 50.0], whole=False)
[0.5, 1, 25.5, 50, 51]
>>> numbers_around([1.0, 3.0], whole=True)
[0, 1, 2, 3, 4]
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations, pairwise, product
from typing import Any, TypeAlias

from lungmets.engine.view import View
from lungmets.knowledge.facts import CHOICES, GENES, YES_NO, variants
from lungmets.vocabulary import BrainLesions, CalciumUnit, MetastaticSite, PdL1Assay, ResultStatus

Values: TypeAlias = Mapping[str, Any]
"""Fields of a profile, as they can be written; a field that is left out is not stated."""

BODY = (
    "brain_lesions", "brain_cavity", "leptomeningeal", "metastatic_sites", "bone_metastases",
    "metastasis_counts",
)  # fmt: skip
"""Fields that state together where the disease is, and how much of it: they are varied as one."""

COUNTED = ("metastases", "metastatic_organs", "counts_agree")
"""What the counts by organ come to."""

OWNED: Mapping[str, tuple[str, ...]] = {
    "pd_l1_tps": ("pd_l1_tps", "pd_l1_immune_cells", "pd_l1_assay"),
    "calcium": ("corrected_calcium_mg_dl", "total_calcium_mg_dl"),
    "body": (*BODY, "brain_disease", "brain_counted", *COUNTED),
}
"""The facts (without their members) that a field states, where they are not its name."""

MEMBERS_AT_ONCE = 2
"""How many members of a set are stated at once, unless some condition reads more."""

_GRAMS_OF_A_LITRE = 10
"""A gram per decilitre, in grams per litre."""


def dimension_of(fact: str) -> str:
    """The field, or the fields that are varied as one, by which a fact is varied.

    >>> dimension_of("egfr.l858r"), dimension_of("brain_disease"), dimension_of("total_calcium_mg_dl")
    ('egfr', 'body', 'calcium')
    """
    name = fact.split(".", 1)[0]
    return next((owner for owner, facts in OWNED.items() if name in facts), name)


def candidates(
    dimension: str, facts: Collection[str], views: Sequence[View], unclear: Collection[str] = ()
) -> Iterator[Values]:
    """Every value that could matter, the quietest first.

    ``facts`` are those of the dimension that are to be varied. Genes named under ``unclear`` are also
    given the results that the panel does not take for an answer.
    """
    if dimension in GENES:
        yield from _gene(dimension, views if dimension in unclear else ())
    elif dimension == "pd_l1_tps":
        yield from _pd_l1(facts, views)
    elif dimension == "calcium":
        yield from _calcium(views)
    elif dimension == "body":
        parts = [list(body_values(field, facts, views)) for field in BODY]
        for chosen in product(*parts):
            yield {name: value for part in chosen for name, value in part.items()}
    elif dimension in {"contraindications", "symptoms"}:
        yield from _members(dimension, facts, views)
    else:
        yield from _single(dimension, views)


def numbers_around(thresholds: Iterable[float], *, whole: bool) -> list[float]:
    """Numbers in every bin that some thresholds make, the thresholds themselves included."""
    values = sorted(set(thresholds))
    if not values:
        return []
    if whole:
        return sorted({number for value in values for number in _beside(int(value))})
    between = [(one + other) / 2 for one, other in pairwise(values)]
    found = sorted({*values, *between, values[0] / 2, values[-1] + 1})
    return [int(number) if float(number).is_integer() else number for number in found]


def _beside(number: int) -> Iterator[int]:
    yield from (other for other in (number - 1, number, number + 1) if other >= 0)


def _single(field: str, views: Sequence[View]) -> Iterator[Values]:
    """One fact with one word, or a number."""
    yield {}
    words = CHOICES.get(field)
    if words == YES_NO:
        yield from ({field: value} for value in (False, True))
    elif words is not None:
        yield from ({field: int(word) if word.isdigit() else word} for word in words)
    else:
        whole = field == "age"
        yield from ({field: number} for number in numbers_around(_thresholds(field, views), whole=whole))


def _gene(gene: str, views: Sequence[View]) -> Iterator[Values]:
    """Negative, each class, each pair of classes, not stated; and what is stated but no answer."""
    yield {gene: ResultStatus.NEGATIVE.value}
    yield {}
    for variant in variants(gene):
        yield {gene: variant}
    for pair in combinations(variants(gene), 2):
        yield {gene: list(pair)}
    rules = [rule for view in views for name, found in view.no_answers if name == gene for rule in found]
    for rule in dict.fromkeys((rule.status, rule.specimen, rule.assay) for rule in rules):
        said = dict(zip(("status", "specimen", "assay"), rule, strict=True))
        said = {name: value for name, value in said.items() if value is not None}
        if said["status"] != ResultStatus.POSITIVE:
            yield {gene: said}
        else:
            yield from ({gene: said | {"variants": [variant]}} for variant in variants(gene))


def _pd_l1(facts: Collection[str], views: Sequence[View]) -> Iterator[Values]:
    scores: list[float] = [0, *numbers_around(_thresholds("pd_l1_tps", views), whole=False)]
    cells: list[Any] = [None]
    if "pd_l1_immune_cells" in facts:
        cells += numbers_around(_thresholds("pd_l1_immune_cells", views), whole=False)
    assays: list[Any] = [None, *(word.value for word in PdL1Assay if "pd_l1_assay" in facts)]
    for score, cell, assay in product(dict.fromkeys(scores), cells, assays):
        if cell is None and assay is None:
            yield {"pd_l1_tps": score}
        else:
            said = {"tps": score, "immune_cells": cell, "assay": assay}
            yield {"pd_l1_tps": {name: value for name, value in said.items() if value is not None}}
    yield {}


def _calcium(views: Sequence[View]) -> Iterator[Values]:
    """Total calcium; and calcium at an albumin to which no correction applies."""
    yield {}
    for number in numbers_around(_thresholds("total_calcium_mg_dl", views), whole=False):
        yield {"calcium": {"value": number, "unit": CalciumUnit.MG_DL.value}}
    normal = {view.base.content.release.calcium_correction.reference_albumin_g_dl for view in views}
    for number in numbers_around(_thresholds("corrected_calcium_mg_dl", views), whole=False):
        for albumin in sorted(normal):
            yield {
                "calcium": {"value": number, "unit": CalciumUnit.MG_DL.value},
                "albumin_g_l": albumin * _GRAMS_OF_A_LITRE,
            }


def body_values(field: str, facts: Collection[str], views: Sequence[View]) -> Iterator[Values]:
    """One of the fields that state brain and bone disease; quiet where its facts are not varied."""
    if field == "brain_lesions":
        yield {field: 0}
        if {"brain_lesions", "brain_disease", "brain_counted"} & set(facts):
            numbers = numbers_around([1, *_thresholds(field, views)], whole=True)
            yield from ({field: number} for number in numbers if number)
            yield from ({field: word.value} for word in BrainLesions)
            yield {}
    elif field == "metastatic_sites":
        yield from _members(field, facts, views)
    elif field == "metastasis_counts":
        yield {}
        yield from _counts(facts, views)
    elif field in facts:
        yield from _single(field, views)
    else:
        yield {}


def _counts(facts: Collection[str], views: Sequence[View]) -> Iterator[Values]:
    """Counts by organ on both sides of every threshold, each site that is varied as the first of them."""
    if not set(COUNTED) & set(facts):
        return
    sites = [fact.split(".", 1)[1] for fact in sorted(facts) if fact.startswith("metastatic_sites.")]
    plain_sites = [site.value for site in MetastaticSite if site not in _STATED_ELSEWHERE]
    if "counts_agree" in facts:
        yield {"metastasis_counts": {MetastaticSite.BRAIN.value: 2}}
    if not {"metastases", "metastatic_organs"} & set(facts):
        return
    totals = numbers_around([1, *_thresholds("metastases", views)], whole=True)
    organs = numbers_around([1, *_thresholds("metastatic_organs", views)], whole=True)
    for first, total, number in product(
        [site for site in plain_sites if site in sites] or [plain_sites[0]], totals, organs
    ):
        names = [first, *(site for site in plain_sites if site != first)][: int(number)]
        if names and len(names) == number and total >= number:
            yield {"metastasis_counts": dict.fromkeys(names, 1) | {first: int(total - number) + 1}}


_STATED_ELSEWHERE = {
    MetastaticSite.BRAIN, MetastaticSite.LEPTOMENINGES, MetastaticSite.BONE, MetastaticSite.OTHER
}  # fmt: skip
"""Sites that another field states as well, and the one that may be several organs."""


def _members(field: str, facts: Collection[str], views: Sequence[View]) -> Iterator[Values]:
    """The members that are varied: none, each, each pair, and more where a condition reads more."""
    yield {}
    wanted = sorted(fact.split(".", 1)[1] for fact in facts if fact.startswith(f"{field}."))
    if field == "symptoms":
        wanted += sorted(_phrases_of_one(views))
    read = [
        sum(fact.startswith(f"{field}.") and fact in facts for fact in conjunction)
        for view in views
        for conjunction in view.table.conjunctions
    ]
    denied = field == "contraindications"
    for number in range(1, min(len(wanted), max(MEMBERS_AT_ONCE, *read)) + 1):
        for names in combinations(wanted, number):
            for stated in product((True, False), repeat=number) if denied else [(True,) * number]:
                yield _set(field, dict(zip(names, stated, strict=True)))


def _set(field: str, stated: Mapping[str, bool]) -> Values:
    sides = {
        field: [name for name, here in stated.items() if here],
        f"{field}_excluded": [name for name, here in stated.items() if not here],
    }
    return {name: names for name, names in sides.items() if names}


def _phrases_of_one(views: Sequence[View]) -> set[str]:
    """The phrases of symptoms that not every release knows."""
    known = [
        {phrase for word in view.base.content.alerts.symptoms for phrase in (word.id, *word.phrases)}
        for view in views
    ]
    everywhere = set.intersection(*known)
    ids = {word.id for view in views for word in view.base.content.alerts.symptoms}
    return set.union(*known) - everywhere - ids


def _thresholds(fact: str, views: Sequence[View]) -> list[float]:
    return sorted({number for view in views for number, _ in view.table.cuts.get(fact, ())})


def plain(value: object) -> str:
    """A value as a label shows it.

    >>> plain(["l858r", "t790m"]), plain({"tps": 0, "immune_cells": 10.0}), plain(True)
    ('l858r + t790m', 'tps 0, immune_cells 10', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " + ".join(map(plain, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {plain(part)}" for name, part in value.items())
    if isinstance(value, float):
        return f"{value:g}"
    return value.value if isinstance(value, StrEnum) else str(value)
