"""Notes: dated remarks beside options. They are told with an option and never change the list."""

from datetime import date

import pytest

from lungmets import DocumentedOptions, PatientProfile, Refusal, assess
from lungmets.knowledge.base import KnowledgeBase, shipped

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip


def answer(day: date | None = None, base: KnowledgeBase | None = None, **changed) -> DocumentedOptions:
    found = assess(PatientProfile(**COMPLETE | changed), as_of=day, knowledge=base)
    assert isinstance(found, DocumentedOptions)
    return found


def notes(found: DocumentedOptions, option: str) -> dict[str, list[str]]:
    """The notes of an option, wherever it stands: id and what each cites."""
    lists = (*found.options, *found.withheld, *found.superseded, *found.unresolved)
    (meant,) = [one for one in lists if one.id == option]
    return {note.id: [citation.id for citation in note.citations] for note in meant.notes}


def test_a_note_is_told_from_its_day_with_its_source():
    # The subcutaneous form was approved on 19 September 2025.
    name = "subcutaneous.pembrolizumab"
    assert name not in notes(answer(date(2025, 9, 18)), "systemic.pembrolizumab")
    told = notes(answer(date(2025, 9, 19)), "systemic.pembrolizumab")
    assert told[name] == ["fda-pembrolizumab-sc-2025-09-19"]


def test_a_note_is_told_until_its_end():
    # Erlotinib maintenance ended with the limitation of 18 October 2016.
    name, option = "maintenance.erlotinib", "systemic.carboplatin-paclitaxel"
    assert name in notes(answer(date(2016, 10, 17)), option)
    assert name not in notes(answer(date(2016, 10, 18)), option)


def test_a_note_is_told_with_an_option_that_is_withheld():
    found = answer(kras="g12c")
    assert "systemic.sotorasib" not in [option.id for option in found.options]
    assert "kras-g12c.sotorasib-trials" in notes(found, "systemic.sotorasib")


def test_a_note_stands_with_the_options_that_it_means_and_no_others():
    found = answer(histology="small_cell", stage="extensive")
    name = "maintenance.small-cell-lurbinectedin"
    assert name in notes(found, "systemic.atezolizumab-carboplatin-etoposide")
    assert name not in notes(found, "systemic.durvalumab-platinum-etoposide")


def test_a_note_needs_its_condition_to_be_known():
    name = "elderly.doublet-over-single"
    single = "systemic.single-agent-chemotherapy"
    assert name in notes(answer(ecog_ps=2, age=75), single)
    assert name not in notes(answer(ecog_ps=2), single)


@pytest.fixture(scope="module")
def without_notes() -> KnowledgeBase:
    base = shipped()
    return KnowledgeBase(base.content.model_copy(update={"notes": ()}), base.digest)


PROFILES = [{}, {"egfr": "l858r"}, {"kras": "g12c"}, {"histology": "squamous", "age": 75}, {"ecog_ps": 3},
            {"alk": "fusion", "brain_lesions": 2}]  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES, ids=str)
@pytest.mark.parametrize("day", [date(2010, 1, 1), date(2018, 6, 1), None])
def test_without_any_note_the_lists_are_the_same(without_notes, profile, day):
    def lists(found):
        groups = (found.options, found.withheld, found.superseded, found.unresolved)
        return [[option.model_copy(update={"notes": ()}) for option in group] for group in groups]

    assert lists(answer(day, **profile)) == lists(answer(day, without_notes, **profile))


# ---- dated steps -----------------------------------------------------------------------------------


def steps(day: date) -> list[str]:
    found = assess(PatientProfile(**COMPLETE | {"egfr": "not_tested"}), as_of=day)
    assert isinstance(found, Refusal)
    return [step.id for step in found.next_steps]


def test_a_dated_step_is_told_from_its_day_and_an_undated_one_always():
    # ASCO's opinion on testing panels appeared on 17 February 2022.
    assert "testing.panel" not in steps(date(2022, 2, 16))
    assert "testing.panel" in steps(date(2022, 2, 17))
    assert "expedite" in steps(date(2022, 2, 16))


# ---- what is asked first -----------------------------------------------------------------------------


def test_a_prerequisite_has_the_sources_of_the_rules_that_ask_for_it_whatever_was_asked_before():
    """Two guardrails ask for BRAF in the same words; which of them could act depends on the profile."""
    asked = [{"pd_l1_tps": 60}, {"pd_l1_tps": 0}, {"egfr": "l858r"}]

    def told(order):
        base = KnowledgeBase(shipped().content, "fresh")
        return {str(one): answer(None, base, **one).model_dump_json() for one in order}

    assert told(asked) == told(reversed(asked))
