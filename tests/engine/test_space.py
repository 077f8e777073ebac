"""The enumerated classes: each point is a profile, and stands for it exactly."""

from datetime import date
from itertools import islice

import pytest

from lungmets import PatientProfile
from lungmets.engine.decision import decide
from lungmets.engine.space import Space
from lungmets.gate import examine
from lungmets.knowledge.base import shipped
from lungmets.vocabulary import Jurisdiction, Panel

TODAY = date(2026, 10, 7)
SYSTEMIC = ["histology", "egfr", "alk", "braf", "nrg1", "pd_l1_tps", "pd_l1_immune_cells", "ecog_ps"]
LOCAL = [
    "histology",
    "ecog_ps",
    "brain_lesions",
    "brain_cavity",
    "bone_metastases",
    "brain_symptomatic",
    "metastatic_sites.bone",
]
DETAIL = [
    "contraindications.platinum",
    "contraindications.haemoptysis",
    "creatinine_clearance_ml_min",
    "corrected_calcium_mg_dl",
    "symptoms.seizure",
]


def view_of(day=TODAY):
    return shipped().view(Jurisdiction.US, day)


def settings(space, name):
    (found,) = [each.settings for each in space.dimensions if each.name == name]
    return found


@pytest.mark.parametrize("panel", list(Panel))
@pytest.mark.parametrize("day", [date(2012, 6, 1), date(2019, 6, 1), TODAY])
@pytest.mark.parametrize("facts", [SYSTEMIC, LOCAL, DETAIL], ids=["systemic", "local", "detail"])
def test_the_states_of_a_point_are_those_that_the_gate_finds_for_its_profile(facts, day, panel):
    view = view_of(day)
    space = Space([view], facts, panel=panel, most_genes=2)
    step = max(1, space.size // 150)
    for point in islice(space.points(), 0, None, step):
        gate = examine(view, PatientProfile(**space.values(point)), panel)
        assert space.missing(point, 0) == tuple(item.item for item in gate.missing), space.values(point)
        assert space.states(point, 0) == gate.states, space.values(point)


def test_points_with_the_same_key_have_the_same_decision():
    view = view_of()
    space = Space([view], ["egfr", "pd_l1_tps", "pd_l1_immune_cells", "ecog_ps"])
    seen = {}
    for point in space.points():
        found = decide(view, space.states(point, 0))
        assert seen.setdefault(point.keys, (found.outcome, found.withheld)) == (found.outcome, found.withheld)
    assert len(seen) > 100


def test_what_no_condition_tells_apart_is_one_class():
    space = Space([view_of()], ["ecog_ps", "smoking"])
    # Performance status 0 and 1 are treated alike; of the smoking history a note reads "never" alone.
    assert [each.members for each in settings(space, "ecog_ps")] == [
        ("0", "1"), ("not stated",), ("2",), ("3",), ("4",),
    ]  # fmt: skip
    assert [each.members for each in settings(space, "smoking")] == [
        ("not stated", "former", "current"), ("never",),
    ]  # fmt: skip


def test_a_gene_that_the_panel_does_not_ask_for_is_quiet_when_it_is_not_stated():
    core, comprehensive = (
        Space([view_of()], ["braf"], panel=panel) for panel in (Panel.CORE, Panel.COMPREHENSIVE)
    )
    assert settings(core, "braf")[0].values == {}
    assert settings(comprehensive, "braf")[0].values == {"braf": "negative"}


def test_a_small_cell_profile_is_given_the_stage_that_its_panel_asks_for():
    small_cell = [each.values for each in settings(Space([view_of()], ["histology"]), "histology")]
    (found,) = [values for values in small_cell if values.get("histology") == "small_cell"]
    # Limited disease is out of scope, and IV is no word of small-cell disease that the table refuses: the
    # first stage that is in scope is the quietest answer.
    assert found["stage"] == "IV"


def test_the_quiet_profile_is_complete_and_lists_options():
    view = view_of()
    gate = examine(view, PatientProfile(**Space([view], []).quiet), Panel.CORE)
    assert gate.missing == ()
    assert decide(view, gate.states).options


def test_two_views_tell_apart_what_either_does():
    before, after = view_of(date(2016, 1, 1)), view_of()
    both = Space([before, after], ["pd_l1_tps"])
    for point in both.points():
        profile = PatientProfile(**both.values(point))
        for side, view in enumerate((before, after)):
            assert both.states(point, side) == examine(view, profile, Panel.CORE).states


def test_the_limits_count_and_visit_the_same_points():
    space = Space([view_of()], [*DETAIL, "egfr", "alk", "ret"])
    for genes, details in ((1, 1), (2, 1), (1, 2)):
        limited = space.limited(most_genes=genes, most_details=details)
        points = list(limited.points())
        assert len(points) == len(set(points)) == limited.size
        assert max(sum(each.genes for each in limited.settings(point)) for point in points) == genes
        assert max(sum(each.details for each in limited.settings(point)) for point in points) == details


def test_a_calcium_with_its_albumin_is_one_detail():
    # The albumin corrects the calcium, and says nothing by itself: so a high calcium is met at one detail.
    found = [each for each in settings(Space([view_of()], DETAIL), "calcium") if "albumin_g_l" in each.values]
    assert found
    assert {each.details for each in found} == {1}
