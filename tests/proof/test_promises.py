"""The promises of the design that are told from whole answers; the others stand in test_enumeration.py."""

from datetime import date
from itertools import combinations, product

import pytest

from lungmets import PatientProfile, assess
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.vocabulary import Jurisdiction
from tests.proof.promises import REGULATORS


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return shipped()


@pytest.mark.parametrize("place", [Jurisdiction.EU, Jurisdiction.CA])
def test_only_a_guideline_of_the_place_supersedes_there(base, place):
    # The evidence holds supersessions by ASCO only, which speaks for the United States.
    assert not any(place in record.places for record in base.content.supersessions)


COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip


INCOMPLETE = [
    *(("us", left_out) for left_out in range(1, len(COMPLETE) + 1)),
    # What is asked does not depend on how much is missing, so elsewhere one, two and all of them will do.
    *((place, left_out) for place in ("eu", "ca") for left_out in (1, 2, len(COMPLETE))),
]


@pytest.mark.parametrize(("place", "left_out"), INCOMPLETE)
def test_promise_1_an_incomplete_panel_is_refused_and_lists_exactly_what_is_missing(place, left_out):
    for items in combinations(COMPLETE, left_out):
        known = {name: value for name, value in COMPLETE.items() if name not in items}
        answer = assess(PatientProfile(**known), jurisdiction=place)
        assert answer.status == "refused"
        assert answer.reason == "incomplete"
        # With the histology unknown the stage is asked as well: the tumour may be a small-cell one.
        expected = set(items) | ({"stage"} if "histology" in items else set())
        assert {missing.item for missing in answer.missing} == expected
        assert not hasattr(answer, "options")


CITED = [
    *(("us", day) for day in (date(2012, 6, 1), date(2016, 1, 1), date(2019, 6, 1), date(2026, 10, 7))),
    *(("eu", day) for day in (date(2009, 6, 24), date(2016, 1, 1), date(2022, 6, 1), date(2026, 10, 7))),
    ("ca", date(2026, 10, 7)),
]


@pytest.mark.parametrize(("place", "day"), CITED, ids=str)
def test_promise_11_everything_is_cited_or_marked_and_nothing_is_younger_than_the_date(place, day):
    for egfr, score, lesions in product(("negative", "exon19del", "l858r"), (0, 20, 60), (0, 3, 12)):
        profile = PatientProfile(
            **COMPLETE | {"egfr": egfr, "pd_l1_tps": score, "brain_lesions": lesions},
            bone_metastases=True, creatinine_clearance_ml_min=45, symptoms=["seizure"],
            metastasis_counts={"bone": 1, "adrenal": 1},
        )  # fmt: skip
        answer = assess(profile, as_of=day, jurisdiction=place)
        assert answer.status == "documented"
        groups = (answer.options, answer.withheld, answer.superseded, answer.unresolved)
        for option in (option for group in groups for option in group):
            assert option.citations, option.id
            for remark in (*option.cautions, *option.reason, *option.prerequisites):
                assert remark.citations or remark.rule, remark
        for remark in (*answer.alerts, *answer.next_steps, *answer.questions, *answer.assumptions):
            assert remark.citations or remark.rule, remark
        for conflict in answer.conflicts:
            assert conflict.citations or conflict.rule, conflict
        for entry in (entry for timeline in answer.timelines for entry in timeline.entries):
            assert entry.citations, entry
        text = answer.model_dump_json()
        for source in shipped().sources.values():
            if f'"id":"{source.id}"' in text:
                assert shipped().published(source) <= day, (source.id, day)
                if source.kind in {"approval", "label"} and source.agency in REGULATORS.values():
                    # What another regulator says is no law here, not even beneath a guardrail.
                    assert source.agency == REGULATORS[place], (source.id, place)


@pytest.mark.parametrize(
    "field",
    [
        "contraindications_excluded",
        "creatinine_clearance_ml_min",
        "brain_imaging",
        "bone_metastases",
        "age",
        "metastasis_counts",
        "metastatic_sites",
    ],
)
def test_promise_13_an_unknown_outside_the_panel_adds_no_option_that_does_not_name_it(field):
    everything = COMPLETE | {
        "brain_lesions": 2, "brain_imaging": "mri", "brain_largest_mm": 12, "brain_symptomatic": "no",
        "brain_mass_effect": "no", "brainstem": "no", "brain_cavity": "no", "leptomeningeal": "no",
        "bone_metastases": "yes", "bone_pain": "no", "creatinine_clearance_ml_min": 70, "age": 60,
        "metastatic_sites": ["adrenal", "bone"], "metastasis_counts": {"adrenal": 1, "bone": 1},
        "contraindications_excluded": [
            "autoimmune_disease", "organ_transplant", "interstitial_lung_disease", "high_dose_steroids",
            "haemoptysis", "platinum", "recent_pd_l1_therapy", "hypocalcaemia",
        ],
    }  # fmt: skip
    known = assess(PatientProfile(**everything))
    unknown = assess(PatientProfile(**{name: value for name, value in everything.items() if name != field}))
    assert known.status == unknown.status == "documented"
    before = {option.id for option in known.options}
    for option in unknown.options:
        named = {str(item.item).split(".")[0] for item in option.prerequisites}
        assert option.id in before or field.removesuffix("_excluded") in named, option.id


@pytest.mark.parametrize("place", ["us", "eu", "ca"])
@pytest.mark.parametrize("item", ["egfr", "alk", "ros1", "kras", "met", "ret", "pd_l1_tps"])
@pytest.mark.parametrize("status", ["not_tested", "pending", "inadequate", "indeterminate"])
def test_promise_13_an_unanswered_panel_item_refuses(item, status, place):
    answer = assess(PatientProfile(**COMPLETE | {item: status}), jurisdiction=place)
    assert answer.status == "refused"
    assert [missing.item for missing in answer.missing] == [item]


@pytest.mark.parametrize("gene_name", ["braf", "ntrk", "erbb2", "nrg1"])
@pytest.mark.parametrize("status", ["pending", "inadequate", "indeterminate"])
def test_a_gene_outside_the_panel_gates_once_something_was_said_of_it(gene_name, status):
    answer = assess(PatientProfile(**COMPLETE, **{gene_name: status}))
    assert answer.status == "refused"
    assert [missing.item for missing in answer.missing] == [gene_name]


def test_between_two_days_of_change_the_view_is_one(base):
    # 2018-04-18 (osimertinib first-line) and 2018-08-16 (nivolumab for small cell) are neighbours: no
    # other source, row or supersession of the evidence begins or ends between them.
    one = base.view(Jurisdiction.US, date(2018, 4, 18))
    assert base.view(Jurisdiction.US, date(2018, 4, 19)) is one
    assert base.view(Jurisdiction.US, date(2018, 4, 17)) is not one
