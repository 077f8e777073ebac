"""Figures stand beside the patients of whom they speak.

A trial can report several groups of patients. An entry of a row says under ``populations`` which of them
are its patients; the figures of the others are left out of the answer.
"""

import pytest

from lungmets import PatientProfile, assess
from lungmets.knowledge.base import KnowledgeBase, shipped
from tests.knowledge.test_defects import LABEL, ROWS, only, told

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 0, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip


def populations(option, source, base=None, **changes):
    """The populations of the figures of a source beside an option."""
    answer = assess(PatientProfile(**COMPLETE | changes), knowledge=base)
    (found,) = [one for one in (*answer.options, *answer.superseded) if one.id == option]
    return {figure.population for figure in found.evidence if figure.source == source}


# fmt: off
SHOWN = [
    # option                                          source                 patients                                       whose figures
    ("systemic.pembrolizumab",                        "keynote-042",         {"pd_l1_tps": 20},                             {"TPS >=1%"}),
    ("systemic.pembrolizumab",                        "keynote-042",         {"pd_l1_tps": 60},                             {"TPS >=50%"}),
    ("systemic.nivolumab-ipilimumab",                 "checkmate-227-5y",    {"pd_l1_tps": 20},                             {"PD-L1 >=1%"}),
    ("systemic.atezolizumab",                         "impower110-update",   {"pd_l1_tps": 60},                             {"PD-L1 high, EGFR/ALK wild-type"}),
    ("systemic.tremelimumab-durvalumab-chemotherapy", "poseidon",            {},                                            {"tremelimumab, durvalumab and chemotherapy"}),
    ("systemic.cisplatin-pemetrexed",                 "scagliotti-2008",     {},                                            {"all randomised", "adenocarcinoma", "large-cell carcinoma"}),
    ("brain.stereotactic-radiosurgery",               "jlgk0901",            {"brain_lesions": 4},                          {"2-4 metastases"}),
    ("brain.stereotactic-radiosurgery",               "jlgk0901",            {"brain_lesions": 10},                         {"5-10 against 2-4 metastases", "5-10 metastases"}),
]
# fmt: on


@pytest.mark.parametrize(("option", "source", "patients", "whose"), SHOWN)
def test_only_the_figures_of_these_patients_are_shown(option, source, patients, whose):
    assert populations(option, source, **patients) == whose


def test_a_single_drug_where_platinum_is_contraindicated_shows_no_figure_of_the_elderly():
    # ELVIS enrolled age 70 and over, whatever platinum was; the row is about platinum, whatever the age.
    answer = assess(PatientProfile(**COMPLETE | {"contraindications": ["platinum"]}), jurisdiction="eu")
    (single,) = [one for one in answer.options if one.id == "systemic.single-agent-chemotherapy"]
    assert single.evidence == ()


def test_without_the_field_the_figures_of_all_groups_would_be_shown():
    content = shipped().content
    tables = {
        name: table.model_copy(
            update={
                "rows": tuple(
                    row.model_copy(
                        update={
                            "documented": tuple(
                                entry.model_copy(update={"populations": {}}) for entry in row.documented
                            )
                        }
                    )
                    for row in table.rows
                )
            }
        )
        for name, table in content.tables.items()
    }
    base = KnowledgeBase(content.model_copy(update={"tables": tables}), "planted")
    everybody = {"TPS >=50%", "TPS >=20%", "TPS >=1%"}
    assert populations("systemic.pembrolizumab", "keynote-042", base, pd_l1_tps=20) == everybody


# ---- what cannot be meant -----------------------------------------------------------------------------


def entry_with(groups):
    return LABEL.replace("}", f", populations: {groups}}}")


def test_a_source_that_the_entry_does_not_cite_has_no_populations(planted, broken):
    problem = only(broken((ROWS, LABEL, entry_with("{elvis: [age 70 and over]}"))))
    told(
        planted, problem, ROWS, "- {in: us", ["(planted.first)", "elvis under populations, but not under by"]
    )


def test_a_population_that_the_source_does_not_report(planted, broken):
    """The planted trial has one figure, of nobody in particular, until it is given a population."""
    trial = "{endpoint: os, value: 0.5"
    named = "{endpoint: os, population: planted patients, value: 0.5"
    sources = "sources/planted.yaml"
    problem = only(
        broken((sources, trial, named), (ROWS, LABEL, entry_with("{planted-trial: [planted patient]}")))
    )
    words = ["(planted.first)", "populations: planted-trial has no figure of 'planted patient'"]
    told(planted, problem, ROWS, "- id: planted.first", [*words, "did you mean planted patients"])
