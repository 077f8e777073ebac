"""What the engines are asked: classes of conditions, states of profiles, and whole questions."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import NamedTuple

from lungmets import PatientProfile, ProfileError
from lungmets.engine.representatives import BODY, body_values, dimension_of
from lungmets.engine.scheme import UNKNOWN, States
from lungmets.engine.space import Space as Classes
from lungmets.engine.table import Table
from lungmets.knowledge.base import KnowledgeBase
from lungmets.vocabulary import Jurisdiction, Panel
from tests.proof.space import Space


def ways(table: Table, fact: str) -> list[int]:
    """An unknown, a state for each class of a fact, and for numbers "at least" and "at most" as well."""
    classes = table.classes(fact)
    if fact not in table.cuts:
        return [UNKNOWN, *classes]
    ends = range(1, len(classes) + 1)
    bounds = [bound for end in ends for bound in (sum(classes[:end]), sum(classes[end - 1 :]))]
    return list(dict.fromkeys([UNKNOWN, *classes, *bounds]))


def classes_of_each_condition(table: Table) -> list[dict[str, int]]:
    """Every combination of the ways of the facts that one condition reads; each once."""
    found = {}
    for conjunction in table.conjunctions:
        for chosen in product(*(ways(table, fact) for fact in conjunction)):
            known = dict(zip(conjunction, chosen, strict=True))
            found.setdefault(frozenset(known.items()), known)
    return list(found.values())


def together(table: Table, parts: list[dict[str, int]]) -> list[States]:
    """The same combinations, as many in one question as do not speak against each other.

    So thousands of them take fewer questions, and no condition is asked in an empty profile only. Those of
    the facts with the most combinations come first, and the others are put in anywhere beside them: put in
    side by side, two facts could go together in every question, and nobody would see them swapped.
    """
    rng = random.Random(1)  # noqa: S311  -- the same questions in every run
    groups: dict[tuple[str, ...], list[dict[str, int]]] = {}
    for part in parts:
        groups.setdefault(tuple(sorted(part)), []).append(part)
    wholes: list[dict[str, int]] = []
    for facts, group in sorted(groups.items(), key=lambda entry: -len(entry[1])):
        free = defaultdict(list)
        for whole in wholes:
            free[tuple(map(whole.get, facts))].append(whole)
        for wholes_alike in free.values():
            rng.shuffle(wholes_alike)
        for part in group:
            room = product(*((part[fact], None) for fact in facts))
            whole = next((free[key].pop() for key in room if free.get(key)), None)
            if whole is None:
                wholes.append(whole := {})
            whole.update(part)
    return [tuple(whole.get(fact, UNKNOWN) for fact in table.facts) for whole in wholes]


def any_states(table: Table, seed: int) -> Iterator[States]:
    """States with more and fewer unknowns, bounds among them, without end."""
    rng = random.Random(seed)  # noqa: S311  -- the same states in every run
    choices = [ways(table, fact)[1:] for fact in table.facts]
    while True:
        known = rng.choice([0.3, 0.7, 0.95, 1])
        yield tuple(rng.choice(states) if rng.random() < known else UNKNOWN for states in choices)


def local_states(space: Space) -> Iterator[States]:
    """The profiles with brain or bone disease, as the promises 8 and 9 are checked on them, and more."""
    brain = ("brain_symptomatic", "brain_mass_effect", "brainstem", "leptomeningeal", "brain_disease")
    facts = ("brain_lesions", "brain_largest_mm", "histology", "ecog_ps", "egfr.exon19del")
    for chosen in product(*(space.classes(fact) for fact in facts)):
        masks = dict(zip(facts, chosen, strict=True))
        for flags in product(("yes", "no", None), repeat=len(brain) - 1):
            words = {fact: word for fact, word in zip(brain, flags, strict=False) if word}
            if words.pop("leptomeningeal", None) == "yes":
                words["leptomeningeal"] = "confirmed"
            yield space.states({"brain_disease": "yes", **words}, masks)
    facts = (
        "creatinine_clearance_ml_min",
        "corrected_calcium_mg_dl",
        "total_calcium_mg_dl",
        "bone_metastases",
    )
    for chosen in product(*([UNKNOWN, *space.classes(fact)] for fact in facts)):
        for flags in product(("yes", "no", None), repeat=4):
            names = ("bone_pain", "impending_fracture", "cord_compression", "contraindications.hypocalcaemia")
            words = {fact: word for fact, word in zip(names, flags, strict=True) if word}
            yield space.states(words, dict(zip(facts, chosen, strict=True)))


ENDING = {"age", "pregnant", "prior_systemic_therapy", "stage"}
"""Fields of which most classes put the question out of scope, whatever else is known."""


class Question(NamedTuple):
    profile: PatientProfile
    as_of: date
    jurisdiction: Jurisdiction
    panel: Panel


def questions(base: KnowledgeBase, seed: int) -> Iterator[Question]:
    """Profiles with a class of every field, or of a few, on any day of change, everywhere; without end."""
    rng = random.Random(seed)  # noqa: S311  -- the same questions in every run
    table, release = base.table, base.content.release
    views = [base.view(Jurisdiction.US, release.as_of)]
    # Sites and counts are one dimension, with millions of classes: its fields are drawn each by itself.
    facts = [fact for fact in table.facts if dimension_of(fact) != "body"]
    space = Classes(views, facts, unclear=("egfr", "alk", "met"))
    body = [list(body_values(field, table.facts, views)) for field in BODY]
    bounds = ["<1", ">=1", "1-49", ">=50", "20-80", "0-100", "pending"]
    while True:
        place = rng.choice(list(Jurisdiction))
        days = [day for day in base.days_of_change if not base.uncovered(place, day)]
        values = dict(space.quiet) if rng.random() < 19 / 20 else {}
        for dimension in rng.sample(space.dimensions, rng.choice([2, 4, 8, len(space.dimensions)])):
            if dimension.name in ENDING and rng.random() < 3 / 4:
                continue
            values |= rng.choice(dimension.settings).values
        for field_values in rng.sample(body, rng.choice([0, 1, 2, len(body)])):
            values |= rng.choice(field_values)
        if rng.random() < 1 / 5:
            values["pd_l1_tps"] = rng.choice(bounds)
        for field in rng.sample(sorted(values), min(len(values), rng.choice([0, 0, 1, 3]))):
            del values[field]
        try:
            profile = PatientProfile(**values)
        except ProfileError:  # two fields that contradict each other in form
            continue
        yield Question(profile, rng.choice([release.as_of, *days]), place, rng.choice(list(Panel)))
