"""Rows as people have them, and a row's answer in a cohort beside its answer alone."""

import random
from datetime import date

import pandas as pd

from lungmets import PatientProfile, assess
from lungmets.cohort import assess_frame
from lungmets.cohort.matching import summary_of
from lungmets.errors import InputError
from lungmets.knowledge.facts import GENES, variants
from lungmets.vocabulary import Contraindication, Histology, MetastaticSite

_OPEN = ["pending", "not_tested", "inadequate", "indeterminate", None]
_STRANGE = {
    "histology": ["squamos", "no tumour, seizure", 3],
    "egfr": ["p.Leu858Argg", 7],
    "pd_l1_tps": ["high", 101],
    "ecog_ps": [1.5, "1", 5],
    "brain_lesions": ["three", -1],
    "symptoms": [7, [["seizure"]], {"waht": "seizure"}],
    "age": ["60", 200],
    "bone_pain": ["yes, seizure", 1],
}


def some_row(rng: random.Random, *, strange: float) -> dict[str, object]:
    """A row, with something that cannot be read now and then."""
    row: dict[str, object] = {
        "histology": rng.choice(["adenocarcinoma", *(word.value for word in Histology)]),
        "pd_l1_tps": rng.choice([0, 1, 20, 50, 99.5, "<1", ">=50", "1-49", ">=1", "0-100", "pending",
                                 {"tps": 20, "immune_cells": 12}]),
        "ecog_ps": rng.choice([0, 1, 1, 2, 3, 4]),
        "brain_lesions": rng.choice([0, 0, 1, 3, 7, 12, "innumerable", "not_imaged", "present_count_unknown"]),
    }  # fmt: skip
    for gene in GENES:
        found = variants(gene)
        row[gene] = rng.choice(
            ["negative"] * 12
            + [rng.choice(found)]
            + [rng.choice(_OPEN)]
            + ([[*rng.sample(found, 2)]] if len(found) > 1 else [])
            + [{"status": "negative", "specimen": "plasma"}]
        )
    more = {
        "brain_largest_mm": [5, 41.0, 70],
        "brain_symptomatic": [True, False, "no"],
        "brain_cavity": [True, False],
        "leptomeningeal": ["no", "confirmed"],
        "metastatic_sites": [["bone", "liver"], ["brain"], "[bone, adrenal]", [site.value for site in MetastaticSite][:3]],
        "bone_metastases": [True, False],
        "creatinine_clearance_ml_min": [25, 35, 61.5],
        "calcium": ["{value: 3.1, unit: mmol/l}", {"value": 9.5, "unit": "mg/dl"}],
        "albumin_g_l": [30, 40],
        "contraindications": [[word.value] for word in Contraindication],
        "contraindications_excluded": [["platinum"], ["autoimmune_disease", "platinum"]],
        "symptoms": [["first seizure"], "leg weakness", ["something else"], [{"what": "jaundice"}], ["a", "b"]],
        "stage": ["IV", "III", "limited", "extensive"],
        "prior_systemic_therapy": [False, False, True],
        "age": [17, 40, 72, 91],
        "smoking": ["never", "current"],
        "pregnant": [False, True],
    }  # fmt: skip
    for name, values in more.items():
        if rng.random() < 1 / 3:
            row[name] = rng.choice(values)
    for name, values in _STRANGE.items():
        if rng.random() < strange:
            row[name] = rng.choice(values)
    return {name: value for name, value in row.items() if rng.random() < 19 / 20}


def some_rows(seed: int, count: int, *, strange: float) -> list[dict[str, object]]:
    rng = random.Random(seed)  # noqa: S311  -- the same rows in every run, and no secret
    return [some_row(rng, strange=strange) for _ in range(count)]


def some_questions(seed: int, count: int) -> tuple[list[date], list[str]]:
    """Days on which something changed, and one after the release; all places."""
    rng = random.Random(seed)  # noqa: S311  -- see above
    days = [
        date(2003, 6, 1),
        date(2009, 6, 24),
        date(2016, 10, 24),
        date(2020, 1, 1),
        date(2026, 10, 7),
        date(2026, 10, 8),
    ]
    return rng.choices(days, k=count), rng.choices(["us", "us", "eu", "ca"], k=count)


def frame_of(rows: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows, dtype="object")


def as_a_profile_takes_it(value: object) -> object:
    """The only text that a cell may hold and a keyword argument may not: a list or an object as text."""
    written = {
        "[bone, adrenal]": ["bone", "adrenal"],
        "{value: 3.1, unit: mmol/l}": {"value": 3.1, "unit": "mmol/l"},
    }
    return written.get(value, value) if isinstance(value, str) else value


def differences(rows, *, days=None, places=None, panel="core", whole_each=10) -> list[str]:
    """What differs between the rows in a cohort and each by itself."""
    frame = frame_of(rows)
    if days:
        frame["asked on"], frame["asked in"] = days, places
    columns = {"as_of": "asked on", "jurisdiction": "asked in"} if days else {}
    cohort = assess_frame(frame, panel=panel, **columns)
    found = []
    for number, row in enumerate(rows):
        question = {"as_of": days[number], "jurisdiction": places[number]} if days else {}
        told = cohort.frame.iloc[number]
        stated = {name: as_a_profile_takes_it(value) for name, value in row.items()}
        try:
            answer = assess(PatientProfile(**stated), panel=panel, **question)
        except InputError as error:
            expected = {"status": "error", "error": "\n".join(map(str, error.problems))}
            alerts = error.alerts
        else:
            expected = summary_of(answer)._asdict() | {"error": None}
            alerts = answer.alerts
            same = number % whole_each or cohort.explain(number).model_dump_json() == answer.model_dump_json()
            if not same:
                found.append(f"row {number}: other bytes")
        expected["alerts"] = tuple(dict.fromkeys(alert.id for alert in alerts))
        found += [
            f"row {number}: {name}: {told[name]!r}, alone {value!r}"
            for name, value in expected.items()
            if told[name] != value
        ]
    return found
