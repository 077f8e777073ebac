"""What a source calls unverified is shown to nobody as fact, and whatever rests on it says so.

The planted trial and the planted approval (see conftest.py) carry planted.first for this profile: both until
2020, the trial alone from then on. Each test plants one doubt in one of them.
"""

import io
import json
import shutil
from datetime import date

import pytest

from lungmets import DocumentedOptions, PatientProfile, assess, load
from lungmets.assessment import Citation
from lungmets.contrast import contrast
from lungmets.display.comparison import write_comparison
from lungmets.display.contrast import write_contrast
from lungmets.display.doubts import in_doubt, rests_on
from lungmets.display.markdown import as_markdown
from lungmets.display.outline import outline
from lungmets.display.panel import write_panel
from lungmets.display.text import write_text
from lungmets.knowledge.comparison import compare
from lungmets.knowledge.comparison.records import record_changes
from lungmets.testing import judge, read_scenarios
from lungmets.testing.reporting import told
from lungmets.testing.skeleton import skeleton
from lungmets.vocabulary import Jurisdiction

SOURCES = "sources/planted.yaml"
TRIAL_SEEN = "  seen:\n    - {fields: [doi], at: nowhere, level: primary}\n"
PROFILE = {
    "histology": "adenocarcinoma", "egfr": "l858r", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 20, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip
IN_2018, NOW = date(2018, 6, 1), date(2026, 10, 7)


def doubt(folder, *fields):
    """The trial of the planted folder, in doubt."""
    folder.replace(SOURCES, TRIAL_SEEN, f"{TRIAL_SEEN}  unverified: [{', '.join(fields)}]\n")


def doubt_approval(folder, *fields):
    old = "  published: 2016-01-31\n  ended: 2020\n"
    folder.replace(SOURCES, old, f"{old}  unverified: [{', '.join(fields)}]\n")


def asked(folder, day=NOW):
    answer = assess(PatientProfile(**PROFILE), as_of=day, knowledge=folder.load())
    assert isinstance(answer, DocumentedOptions)
    return answer


def pair(answer):
    return next(option for option in answer.options if option.id == "systemic.planted-pair")


def page(write, *arguments, **named):
    stream = io.StringIO()
    write(*arguments, stream, width=400, **named)
    return stream.getvalue()


# ---- values -------------------------------------------------------------------------------------------

# fmt: off
VALUES = [
    # field,    what a reader would see of it
    ("doi",     "10.1000/planted"),
    ("pmid",    "12345678"),
    ("nct",     "NCT00000001"),
    ("url",     "https://example.org/planted"),
    ("figures", "hazard ratio"),
    ("figures", '"value":0.5'),
]
# fmt: on


@pytest.mark.parametrize(("field", "value"), VALUES)
def test_the_value_of_an_unverified_field_is_in_no_form_of_an_answer(planted, field, value):
    # The measure is what words the figure; without it "hazard ratio" would never be shown.
    planted.replace(SOURCES, "value: 0.5", "measure: hazard_ratio, value: 0.5")
    before = asked(planted)
    shown = page(write_text, before) + as_markdown(before) + before.model_dump_json()
    only_ours = pair(before).model_dump_json() + next(
        " ".join(detail.text for detail in entry.details)
        for section in outline(before)
        for entry in section.entries
        if entry.lead == "Planted pair"
    )
    assert value in shown
    assert value in only_ours
    doubt(planted, field)
    after = asked(planted)
    option = next(
        entry for section in outline(after) for entry in section.entries if entry.lead == "Planted pair"
    )
    assert value not in pair(after).model_dump_json() + " ".join(detail.text for detail in option.details)
    if field != "figures":  # other sources have figures too
        assert value not in page(write_text, after) + as_markdown(after) + after.model_dump_json()


def test_without_its_mark_the_same_value_is_shown(planted):
    """The tests above could otherwise pass because nothing of a source is ever shown."""
    doubt(planted, "volume")  # a field that has no value here
    assert pair(asked(planted)).citations[0].doi == "10.1000/planted"
    assert [item.value for item in pair(asked(planted)).evidence] == [0.5]


# ---- the day and the kind of an approval ----------------------------------------------------------------


def test_the_day_of_an_approval_that_is_not_verified_is_not_seen(planted):
    assert [record.approved for record in pair(asked(planted, IN_2018)).approvals] == ["2016-01-31"]
    doubt_approval(planted, "published")
    # Another row rests on the approval alone, and would not load any more.
    later = "from: 2016-02, basis: label, by: [planted-approval"
    planted.replace("systemic/planted.yaml", later, f"{later}, planted-trial")
    # The trial of 2015 still carries the row on its first day; the approval counts from the release on.
    answer = asked(planted, IN_2018)
    assert pair(answer).approvals == ()
    assert "A planted approval" not in page(write_text, answer)


def test_the_kind_of_an_approval_that_is_not_verified_is_left_out(planted):
    planted.replace(
        "systemic/planted.yaml",
        "until: 2020, basis: label, by",
        "until: 2020, basis: label, approval: regular, by",
    )
    assert pair(asked(planted, IN_2018)).approvals[0].approval == "regular"
    doubt_approval(planted, "approval")
    answer = asked(planted, IN_2018)
    assert pair(answer).approvals[0].approval is None
    assert "(not verified: kind of approval)" in page(write_text, answer)


def test_a_day_that_is_not_verified_carries_no_row(planted):
    """Until now the planted trial of 2015 carried rows of 2016; a day that nobody saw cannot."""
    doubt(planted, "published")
    problems = [str(problem) for problem in planted.problems() if "planted.later" not in str(problem)]
    (early,) = [text for text in problems if "(planted.note)" in text]
    assert "on its first day (2017) no source is published yet" in early
    assert "a source without a verified day counts from 2026-10-07: planted-trial" in early


# ---- what rests on it says so ---------------------------------------------------------------------------


def test_an_option_says_in_every_form_what_it_rests_on(planted):
    doubt(planted, "figures", "doi")
    answer = asked(planted)
    entry = next(e for s in outline(answer) for e in s.entries if e.lead == "Planted pair")
    # What the source says is in doubt beside the option; where it is found, where the source is listed.
    (said,) = [detail.text for detail in entry.details if detail.label == "doubt"]
    assert said.startswith("not verified: [")
    assert said.endswith("] figures")
    for form in (page(write_text, answer), as_markdown(answer).replace("\\", "")):
        assert "not verified: figures, DOI)" in form
        assert "What is named as not verified was not seen" in form
    stored = json.loads(answer.model_dump_json())
    (option,) = [one for one in stored["options"] if one["id"] == "systemic.planted-pair"]
    assert [one["unverified"] for one in option["citations"]] == [["figures", "doi"]]


def test_a_sentence_that_rests_on_it_has_a_star(planted):
    planted.replace(
        "notes.yaml",
        "when: {kras: other}\n  on: {regimens: [planted-single]}\n  in: us\n  from: 2017\n  until: 2019",
        "when: {}\n  on: {regimens: [planted-pair]}\n  in: us\n  from: 2017",
    )

    def told():
        entries = [entry for section in outline(asked(planted)) for entry in section.entries]
        details = next(entry.details for entry in entries if entry.lead == "Planted pair")
        return [detail.text for detail in details if detail.label in {"note", "sources"}]

    before = told()
    doubt(planted, "pmid")
    # The note's own source stands below the option, so the star stands there.
    assert before[1] == "A planted note."
    assert [*before[:2], f"{before[2]}*"] == told()


def test_what_is_removed_says_so_as_well(planted):
    planted.replace(
        "guardrails.yaml",
        '  unless: {creatinine_clearance_ml_min: ">=30"}\n  withholds: {domain: systemic, contains: planted_class, except: {only: planted_drug}}\n  while_documented: {regimens: planted-single}\n',
        "  withholds: {domain: systemic, contains: planted_class}\n",
    )
    doubt(planted, "figures")
    answer = asked(planted)
    (removed,) = [
        e for s in outline(answer) if s.title == "Withheld" for e in s.entries if e.lead == "Planted pair"
    ]
    assert [d.label for d in removed.details if d.text.endswith("] figures")] == ["doubt"]
    assert "]*" in removed.text, "the reason rests on the same trial"


def test_a_comparison_of_two_places_says_so(planted):
    def both():
        found = contrast(PatientProfile(**PROFILE), days=(date(2015, 1, 1), NOW), knowledge=planted.load())
        return next(one for one in found.differences if one.option == "systemic.planted-pair"), page(
            write_contrast, found
        )

    doubt(planted, "figures", "nct")
    difference, shown = both()
    assert difference.second.unverified == {"planted-trial": ("figures", "nct")}
    assert "planted-trial (not verified: figures, trial number)" in shown
    assert difference.first.unverified == {}


def test_a_comparison_of_two_releases_says_so(planted, tmp_path):
    older = tmp_path / "older"
    shutil.copytree(planted.path, older)
    planted.replace("systemic/planted.yaml", "note: A planted row.", "note: Another note.")
    doubt(planted, "figures", "doi")
    base = planted.load()
    changed = {one.id: one for one in record_changes(load(older), base)}
    assert changed["planted.first"].unverified == {"planted-trial": ("figures", "doi")}
    assert changed["planted-trial"].unverified == {"planted-trial": ("figures", "doi")}
    shown = page(write_comparison, compare(load(older), base))
    assert "it rests on planted-trial (not verified: figures, DOI)" in shown
    back = {one.id: one for one in record_changes(base, load(older))}
    assert back["planted.first"].unverified == {}, "the newer of the two has no doubt"


def test_the_panel_says_so(planted):
    planted.replace(
        "panel.yaml", "by: [fda-pemetrexed-2008-09-26]", "by: [fda-pemetrexed-2008-09-26, planted-trial]"
    )
    doubt(planted, "pmid")
    view = planted.load().view(Jurisdiction.US, NOW)
    assert "A planted trial (not verified: PMID)" in page(write_panel, view)


def test_a_scenario_that_fails_says_so_and_its_skeleton_names_no_row(planted, tmp_path):
    doubt(planted, "figures")
    base = planted.load()
    fields = "".join(f"      {name}: {value}\n" for name, value in PROFILE.items())
    (tmp_path / "a.scenario.yaml").write_text(
        "scenarios:\n  - id: planted\n    text: Planted.\n    citation: planted-trial\n    profile:\n" + fields
        + "    expect: {status: documented, options: {exclude: [planted-pair]}}\n", encoding="utf-8"
    )  # fmt: skip
    (scenario,) = read_scenarios(tmp_path / "a.scenario.yaml")
    shown = " ".join(told(judge(scenario, base)).split())
    assert "cites planted-trial (not verified: figures)" in shown
    assert not [word for word in skeleton(PROFILE, base).split() if "planted" in word]


# ---- the words of the field itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plant", "field", "words"),
    [
        (doubt, "figure", ["'figure' is not a field that can be doubted", "did you mean figures?"]),
        (doubt, "name", ["'name' is not a field that can be doubted"]),
        (doubt_approval, "agency", ["'agency' is not a field that can be doubted"]),
    ],
)
def test_a_field_that_cannot_be_in_doubt_is_told(planted, plant, field, words):
    """A misspelt one would leave its value shown as fact; without its agency a label would bind everybody."""
    plant(planted, field)
    (problem,) = planted.problems()
    assert [word for word in words if word not in str(problem)] == []


def test_a_reference_in_doubt_is_no_doubt_of_what_is_said():
    citation = Citation(id="a", kind="trial", text="A", published="", unverified=("pmid", "published"))
    assert rests_on(citation) == ("published",)
    assert in_doubt(citation) == " (not verified: PMID, day of publication)"
