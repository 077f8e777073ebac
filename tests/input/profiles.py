"""Hypothesis strategies: what a caller may write for each field of a profile."""

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from lungmets.vocabulary import (
    GENE_VARIANTS,
    Assay,
    BrainImaging,
    BrainLesions,
    CalciumUnit,
    Contraindication,
    Gene,
    Histology,
    Leptomeningeal,
    MetastaticSite,
    PdL1Assay,
    ResultStatus,
    Smoking,
    Specimen,
    Stage,
)

unhurried = settings(deadline=None)
"""The first example may load the knowledge; a deadline would make it a matter of luck."""

NO_ANSWER = [status for status in ResultStatus if status not in {"positive", "negative"}]
FLAGS = st.sampled_from([True, False, "yes", "no", "unstated", None])
PERCENT = st.integers(0, 100) | st.floats(0, 100)
BOUNDS = st.sampled_from(["<1", ">=50", "1-49", "60 %", "at least 1", "TPS < 50%", "22C3: 75"])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(str.strip)


def words(enum):
    return st.sampled_from([*enum, *(word.value for word in enum)])


def one_gene(gene):
    """A status, a variant, several, or the full object."""
    variants = words(GENE_VARIANTS[gene])
    several = st.lists(variants, min_size=1, max_size=3)
    beside = {"specimen": st.none() | words(Specimen), "assay": st.none() | words(Assay)}
    found = st.fixed_dictionaries({"status": st.just("positive")}, optional={"variants": several, **beside})
    none = words([status for status in ResultStatus if status != "positive"])
    not_found = st.fixed_dictionaries({"status": none}, optional=beside)
    return st.none() | none | variants | several | found | not_found


@st.composite
def intervals(draw):
    """The full PD-L1 object, as an interval that holds at least one score."""
    low, high = sorted([draw(PERCENT), draw(PERCENT)])
    opened = st.booleans() if low < high else st.sampled_from([False])
    return {"low": low, "high": high, "low_open": draw(opened), "high_open": draw(opened)}


PD_L1 = (
    PERCENT
    | BOUNDS
    | words(NO_ANSWER)
    | intervals()
    | st.fixed_dictionaries(
        {"tps": PERCENT | BOUNDS.filter(lambda text: "22C3" not in text) | words(NO_ANSWER)},
        optional={"assay": words(PdL1Assay), "immune_cells": PERCENT},
    )
)
CALCIUM = st.fixed_dictionaries({"value": st.floats(0.01, 40), "unit": words(CalciumUnit)}) | st.sampled_from(
    ["2.9 mmol/L", "12.1 mg/dL"]
)
SYMPTOMS = st.lists(
    TEXT
    | st.fixed_dictionaries(
        {"what": TEXT}, optional={"since": st.dates(date(1900, 1, 1)) | st.just("2026-05-01"), "course": TEXT}
    ),
    max_size=4,
)

FIELDS = {
    "histology": words(Histology) | st.just("squamous cell carcinoma"),
    **{gene.value: one_gene(gene) for gene in Gene},
    "pd_l1_tps": PD_L1,
    "ecog_ps": st.integers(0, 4),
    "brain_lesions": st.integers(0, 10**30) | words(BrainLesions),
    "brain_largest_mm": st.floats(0.1, 200) | st.integers(1, 200),
    **dict.fromkeys(["brain_symptomatic", "brain_mass_effect", "brainstem", "brain_cavity"], FLAGS),
    "leptomeningeal": words(Leptomeningeal),
    "brain_imaging": words(BrainImaging),
    "metastatic_sites": st.lists(words(MetastaticSite), max_size=5)
    | st.sets(st.sampled_from(MetastaticSite)),
    "metastasis_counts": st.dictionaries(st.sampled_from(MetastaticSite), st.integers(1, 1000)),
    **dict.fromkeys(["bone_metastases", "bone_pain", "impending_fracture", "cord_compression"], FLAGS),
    "creatinine_clearance_ml_min": st.floats(0, 300) | st.integers(0, 300),
    "calcium": CALCIUM,
    "albumin_g_l": st.floats(5, 80) | st.integers(5, 80),
    "symptoms": SYMPTOMS,
    "stage": words(Stage),
    "prior_systemic_therapy": FLAGS,
    "age": st.integers(0, 120),
    "smoking": words(Smoking),
    "pregnant": FLAGS,
}


@st.composite
def written(draw, symptoms=SYMPTOMS):
    """A profile as it may be written: any of its fields, each in any of its forms."""
    fields = draw(st.fixed_dictionaries({}, optional=FIELDS | {"symptoms": symptoms}))
    sides = {word: draw(st.sampled_from(["present", "absent", "not stated"])) for word in Contraindication}
    for name, side in (("contraindications", "present"), ("contraindications_excluded", "absent")):
        listed = [word for word, where in sides.items() if where == side]
        if listed or draw(st.booleans()):
            fields[name] = draw(st.permutations(listed))
    return fields


# What a parser or a careless program may hand in instead.
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["positive", "l858r", "<1", "liver", "yes", "2.9 mmol/L", "status", "what"])
    | st.binary(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=8) | st.sampled_from(["status", "tps", "value", "what", "liver"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
