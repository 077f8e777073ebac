"""The promises of the design, on every distinct profile, today and on past dates.

The drug names below are written out from the labels, not read from the knowledge: a regimen that the
knowledge files under a wrong class must not slip through.
"""

from collections.abc import Iterator
from datetime import date
from itertools import combinations, product

import pytest

from lungmets import PatientProfile, assess
from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.vocabulary import Jurisdiction
from tests.proof.space import FIRST_OF_JANUARY, Space, decided, gene, listed

CHECKPOINT = {
    "pembrolizumab",
    "atezolizumab",
    "cemiplimab",
    "nivolumab",
    "ipilimumab",
    "durvalumab",
    "tremelimumab",
    "retifanlimab",
    "tislelizumab",
    "sugemalimab",
    "serplulimab",
}
ORAL_TARGETED = {
    "osimertinib", "erlotinib", "gefitinib", "afatinib", "dacomitinib", "lazertinib", "alectinib", "brigatinib",
    "lorlatinib", "ensartinib", "ceritinib", "crizotinib", "repotrectinib", "taletrectinib", "entrectinib",
    "larotrectinib", "selpercatinib", "pralsetinib", "capmatinib", "tepotinib", "dabrafenib", "trametinib",
    "encorafenib", "binimetinib", "zongertinib",
}  # fmt: skip
BONE_AGENTS = {"denosumab", "zoledronic_acid"}
NO_CHECKPOINT = ("egfr.", "alk.", "ros1.", "ret.", "ntrk.")
"""Alterations with which no checkpoint inhibitor may be first-line (promise 3)."""
TARGETED_OF = {
    "met.exon14_skipping": {"capmatinib", "tepotinib"},
    "braf.v600e": {"dabrafenib", "encorafenib"},
    "erbb2.mutation": {"zongertinib"},
}
"""Alterations with which no checkpoint inhibitor stands alone beside a targeted option (promise 3)."""
WIDENED = {Jurisdiction.US: date(2019, 4, 11), Jurisdiction.CA: date(2026, 10, 7)}
"""When the label of pembrolizumab alone was widened from TPS >=50 to TPS >=1. The Canadian day was not seen, so
that of the release stands; the European label still asks for 50."""


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return shipped()


@pytest.fixture(scope="module")
def space(base: KnowledgeBase) -> Space:
    return Space(base)


def broken_systemic_promises(
    view: View, altered: frozenset[str], words: dict[str, str], regimens: list[tuple[str, tuple[str, ...]]]
) -> Iterator[str]:
    """The promises 2, 3, 4, 5 and 7 that one answer breaks."""
    systemic = [regimen for domain, regimen in regimens if domain == "systemic"]
    supportive = ("supportive", ("best_supportive_care",)) in regimens
    checkpoint = [regimen for regimen in systemic if CHECKPOINT & set(regimen)]
    alone = [regimen for regimen in checkpoint if set(regimen) <= CHECKPOINT]
    squamous = words["histology"] == "squamous"
    small_cell = words["histology"] == "small_cell"
    poor = words["ecog_ps"] in {"3", "4"}

    if not systemic and not supportive:
        yield "2: nothing systemic and no supportive care"
    if not small_cell and checkpoint and any(name.startswith(NO_CHECKPOINT) for name in altered):
        yield f"3: {checkpoint} beside {sorted(altered)}"
    for name, drugs in TARGETED_OF.items():
        targeted = any(drugs & set(regimen) for regimen in systemic)
        if name in altered and targeted and any(len(regimen) == 1 for regimen in alone):
            yield f"3: {alone} beside {name}"
    if squamous and any({"pemetrexed", "bevacizumab"} & set(regimen) for regimen in systemic):
        yield "4: pemetrexed or bevacizumab for squamous disease"
    doublets = any(
        {"platinum", "cisplatin", "carboplatin", "platinum_doublet_chemotherapy"} & set(r) for r in systemic
    )
    fit = not small_cell and words["ecog_ps"] in {"0", "1", "2"}
    # A platinum doublet remains, unless a checkpoint inhibitor alone or a targeted drug has taken its place
    # by a guideline, or platinum is contraindicated.
    replaced = any(CHECKPOINT & set(r) or ORAL_TARGETED & set(r) for r in systemic)
    if (
        squamous
        and fit
        and not doublets
        and not replaced
        and words.get("contraindications.platinum") != "yes"
    ):
        yield "4: no platinum doublet remains"
    if alone and words["pd_l1_tps"] == "<1":
        yield f"5: {alone} below a TPS of 1"
    widened = WIDENED.get(view.place)
    if (
        ("pembrolizumab",) in alone
        and words["pd_l1_tps"] == ">=1 <50"
        and (widened is None or view.day < widened)
    ):
        yield "5: pembrolizumab alone below its documented range"
    if view.place is Jurisdiction.EU:
        yield from _broken_in_the_european_union(words, systemic)
    if poor and not small_cell:
        if not supportive:
            yield "7: no supportive care at performance status 3 or 4"
        if any(not set(regimen) <= ORAL_TARGETED for regimen in systemic):
            yield f"7: {systemic} at performance status {words['ecog_ps']}"


def _broken_in_the_european_union(words: dict[str, str], systemic: list[tuple[str, ...]]) -> Iterator[str]:
    """What the European labels narrow: see the scenarios in ``europe.scenario.yaml``."""
    if ("cemiplimab", "platinum_doublet_chemotherapy") in systemic and words["pd_l1_tps"] == "<1":
        yield "5: cemiplimab with chemotherapy below 1 percent"
    if ("nivolumab", "ipilimumab") in systemic:
        yield "6: nivolumab with ipilimumab without chemotherapy, which was never authorised"
    if any({"capmatinib", "tepotinib"} & set(regimen) for regimen in systemic):
        yield "6: a MET inhibitor, which is documented later only"


QUESTIONS = [
    *((Jurisdiction.US, day) for day in (*FIRST_OF_JANUARY, None)),
    # The European Union from its first day on. Canada has no past days that could be asked about.
    *((Jurisdiction.EU, day) for day in (date(2009, 6, 24), *FIRST_OF_JANUARY, None)),
    (Jurisdiction.CA, None),
]
"""The places and days for which the promises are checked; ``None`` is the day of the release."""

everywhere_on_every_day = pytest.mark.parametrize(
    ("place", "day"), QUESTIONS, ids=lambda part: getattr(part, "value", str(part or "release"))
)


def view_of(base: KnowledgeBase, place: Jurisdiction, day: date | None) -> View:
    return base.view(place, day or base.content.release.as_of)


def test_the_first_day_of_the_european_union_is_among_the_questions(base):
    assert (Jurisdiction.EU, base.content.release.begins[Jurisdiction.EU]) in QUESTIONS
    assert base.content.release.begins[Jurisdiction.CA] == base.content.release.as_of


@pytest.mark.parametrize("place", [Jurisdiction.EU, Jurisdiction.CA])
def test_only_a_guideline_of_the_place_supersedes_there(base, place):
    # The evidence holds supersessions by ASCO only, which speaks for the United States.
    assert not any(place in record.places for record in base.content.supersessions)


@everywhere_on_every_day
def test_promises_2_to_7_hold_for_every_systemic_profile(base, space, place, day):
    view = view_of(base, place, day)
    contraindications = space.deciding_contraindications(view) if day is None else ()
    visited = 0
    for altered, words, states in space.systemic(contraindications=contraindications):
        decision = decided(view, states)
        if decision is None:
            continue
        visited += 1
        broken = list(broken_systemic_promises(view, altered, words, listed(view, decision)))
        assert not broken, (sorted(altered), words, broken)
    # At least four histologies, four groups of performance status and three bins of PD-L1, with more
    # than 250 states of the genes, twice: fewer would mean that the enumeration has lost a dimension.
    assert visited > 2 * 250 * 4 * 4 * 3


@everywhere_on_every_day
def test_promise_6_what_is_documented_only_later_is_never_listed(base, space, place, day):
    view = view_of(base, place, day)
    rows = view.first_rows | view.unresolved_rows
    for _, words, states in space.systemic(contraindications=()):
        decision = decided(view, states)
        if decision is None:
            continue
        first = {view.option_of[bit] for bit in bits(decision.certain & rows)}
        options = set(bits(decision.options))
        assert options <= first, words
        assert not options & set(bits(decision.later)), words


LESIONS = (0, 1, 2, 3, 4, 5, 7, 10, 11, 20, float("inf"))
"""Both sides of every count that the rows use, and innumerable lesions."""


@everywhere_on_every_day
def test_promise_8_brain_disease_has_a_brain_option_and_no_brain_disease_has_none(base, space, place, day):
    view = view_of(base, place, day)
    details = (
        "brain_largest_mm", "brain_symptomatic", "brain_mass_effect", "brainstem", "brain_cavity", "leptomeningeal"
    )  # fmt: skip
    drivers = [gene("egfr"), gene("egfr", "exon19del"), gene("egfr", "g719x")]
    for count, histology, ecog, genes in product(
        LESIONS, space.classes("histology"), space.classes("ecog_ps"), drivers
    ):
        lesions = space.table.number_state("brain_lesions", count, count)
        words = genes | gene("alk") | {"brain_disease": "yes" if count else "no"}
        masks = {"brain_lesions": lesions, "histology": histology, "ecog_ps": ecog}
        stated = [{}] + (
            [{fact: state} for fact in details for state in space.classes(fact)] if count else []
        )
        for detail in stated:
            decision = decided(view, space.states(words, masks | detail))
            if decision is None:
                continue
            brain = [regimen for domain, regimen in listed(view, decision) if domain == "brain"]
            assert bool(brain) is bool(count), (count, detail, brain)
            local = {part for regimen in brain for part in regimen} - {"best_supportive_care", "observation"}
            if 1 <= count <= 4 and space.name("ecog_ps", ecog) in {"0", "1", "2"}:
                assert local != {"whole_brain_radiotherapy"}, (count, brain)


@everywhere_on_every_day
def test_promise_9_bone_agents_need_bone_metastases_or_hypercalcaemia_and_known_kidneys(
    base, space, place, day
):
    view = view_of(base, place, day)
    table = space.table
    clearances = (None, 0, 29.9, 30, 39.9, 40, 49.9, 50, 60, 60.1, 120)  # both sides of every dose step
    calcium = (None, 9.0, 11.9, 12.0, 14.0, 15.0)
    for bone, clearance, corrected in product(("yes", "no", None), clearances, calcium):
        words = {"histology": "adenocarcinoma", **gene("egfr"), **({"bone_metastases": bone} if bone else {})}
        masks = {}
        if clearance is not None:
            name = "creatinine_clearance_ml_min"
            masks[name] = table.number_state(name, clearance, clearance)
        if corrected is not None:
            name = "corrected_calcium_mg_dl"
            masks[name] = table.number_state(name, corrected, corrected)
        decision = decided(view, space.states(words, masks))
        assert decision is not None
        agents = {(domain, r[0]) for domain, r in listed(view, decision) if BONE_AGENTS & set(r)}
        # The label of zoledronic acid speaks of hypercalcaemia from 12 mg/dL, corrected for albumin.
        hypercalcaemia = corrected is not None and corrected >= 12
        if bone != "yes":
            assert not any(domain == "bone" for domain, _ in agents), agents
        if not hypercalcaemia:
            assert all(domain == "bone" for domain, _ in agents), agents
        if ("bone", "zoledronic_acid") in agents:
            assert clearance is not None
            assert clearance >= 30  # the renal limit of the label


METASTASES = (None, 1, 2, 5, 6)
ORGANS = (None, 1, 3, 4)
"""Both sides of every count by organ that a condition reads, and not counted."""


@everywhere_on_every_day
def test_other_sites_have_an_option_only_where_few_metastases_are_counted(base, space, place, day):
    """C22: nothing of few metastases without counts by organ, and nothing for small-cell disease."""
    view = view_of(base, place, day)
    table = space.table
    # The adrenal glands are the one site that a condition on counts reads; the liver stands for the others.
    sites = [{}, {"metastatic_sites.adrenal": "yes"}, {"metastatic_sites.liver": "yes"}]
    drivers = [gene("egfr"), gene("egfr", "g719x")]
    seen = 0
    for metastases, organs, histology, ecog, site, genes, brain in product(
        METASTASES,
        ORGANS,
        space.classes("histology"),
        space.classes("ecog_ps"),
        sites,
        drivers,
        ("yes", "no"),
    ):
        masks = {"histology": histology, "ecog_ps": ecog}
        for name, number in (("metastases", metastases), ("metastatic_organs", organs)):
            if number is not None:
                masks[name] = table.number_state(name, number, number)
        lesions = 1 if brain == "yes" else 0
        masks["brain_lesions"] = table.number_state("brain_lesions", lesions, lesions)
        words = genes | gene("alk") | site | {"brain_disease": brain}
        decision = decided(view, space.states(words, masks))
        if decision is None:
            continue
        here = [regimen for domain, regimen in listed(view, decision) if domain == "other_site"]
        open_ = [
            view.options.keys[option].regimen
            for option in bits(decision.unresolved & ~decision.withheld)
            if view.options.keys[option].domain == "other_site"
        ]
        counted = metastases is not None and metastases <= 5
        eligible = counted and space.name("histology", histology) != "small_cell"
        eligible = eligible and space.name("ecog_ps", ecog) in {"0", "2"}  # 0 stands for 1 as well
        if here:
            # The one documented option: surgery of an adrenal metastasis that is the only one.
            assert here == [("surgical_resection",)]
            assert eligible
            assert (metastases, "metastatic_sites.adrenal" in site) == (1, True)
        if open_:
            assert open_ == [("stereotactic_radiosurgery",)]
            assert eligible
            assert organs is not None
            assert organs <= 3
        seen += bool(here) + bool(open_)
    asked = day or base.content.release.as_of
    assert bool(seen) is (asked >= date(2019, 12, 31)), "the definition of few metastases is of December 2019"


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
REGULATORS = {"us": "fda", "eu": "ema", "ca": "hc"}


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
