"""Two releases compared: each kind of change is told as what it is, and the classes are counted exactly."""

import json
import shutil
import time
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from lungmets import PatientProfile, QuestionError, assess, load, read_profile
from lungmets.engine.space import Space
from lungmets.gate import examine
from lungmets.knowledge.base import shipped as shipped_base
from lungmets.knowledge.base import shipped_folder
from lungmets.knowledge.comparison import changed_scenarios, compare
from lungmets.knowledge.comparison.days import History
from lungmets.knowledge.comparison.effects import space_of, visit
from lungmets.knowledge.comparison.models import Aspect, ChangeKind, Comparison, Concern, RecordKind
from lungmets.knowledge.comparison.reach import reaches
from lungmets.knowledge.comparison.records import record_changes, reuse_warnings
from lungmets.knowledge.comparison.verdicts import verdict, verdict_of
from lungmets.vocabulary import Jurisdiction, Panel
from tests.bench.random_profiles import every_field, panel_only, with_gaps
from tests.knowledge.conftest import ARTICLE, CLAIMS, Folder, copied, parse_once, plant
from tests.knowledge.laying import without

US, CORE = Jurisdiction.US, Panel.CORE


@cache
def unchanged():
    """The planted release as it is. Nothing is written in it, so the tests of a process share it."""
    with TemporaryDirectory() as place:
        return plant(copied(Path(place))).load()


@pytest.fixture
def change(planted):
    """Change the planted folder at some places, and compare it with what it was."""

    def compared(*edits, **options):
        old = unchanged()
        for file, before, after in edits:
            planted.replace(file, before, after)
        return compare(old, planted.load(), **options)

    return compared


@pytest.fixture
def edited(planted):
    """Change the planted folder at some places, and hand out the release before and the one after."""

    def both(*edits):
        old = unchanged()
        for file, before, after in edits:
            planted.replace(file, before, after)
        return old, planted.load()

    return both


def told(records):
    """Each changed record, with what became of it and the fields that changed."""
    return [
        (
            record.kind.value,
            record.id,
            record.change.value,
            [(f.field, f.aspect.value) for f in record.fields],
        )
        for record in records
    ]


# ---- records -------------------------------------------------------------------------------------

ROWS, SOURCES = "systemic/planted.yaml", "sources/planted.yaml"

# fmt: off
CHANGES = [
    # file, what stands there, what stands there now, kind, id, field, aspect
    (ROWS, "in: us, from: 2016-02, basis: label", "in: us, from: 2016-03, basis: label", "row", "planted.later", "documented[0].from", "dates"),
    (ROWS, "until: 2020, basis", "until: 2019, basis", "row", "planted.first", "documented[0].until", "dates"),
    (ROWS, "by: [planted-approval, planted-trial]", "by: [planted-approval]", "row", "planted.first", "documented[0].by", "citations"),
    (ROWS, "until: 2020, basis: label", "until: 2020, basis: guideline", "row", "planted.first", "documented[0].basis", "standing"),
    (ROWS, "      - {in: us, from: 2017, until: 2019, by", "      - {in: us, from: 2017, until: 2018, by", "row", "planted.first", "preferred[0].until", "dates"),
    (ROWS, "note: A planted row.", "note: A planted line.", "row", "planted.first", "note", "words"),
    (ROWS, 'egfr: [exon19del, l858r], pd_l1_tps: ">=1, <50"', 'egfr: [exon19del, l858r], pd_l1_tps: ">=1, <60"', "row", "planted.first", "when", "condition"),
    (ROWS, 'egfr: [exon19del, l858r], pd_l1_tps: ">=1, <50"', 'egfr: [l858r, exon19del], pd_l1_tps: "<50, >=1"', "row", "planted.first", "when", "rewritten"),
    (ROWS, "{histology: nsclc, egfr: [exon19del, l858r]", "{egfr: [exon19del, l858r], histology: nsclc", "row", "planted.first", "when", "rewritten"),
    (ROWS, "{is: planted_condition, pd", "{histology: nsclc, kras: g12c, pd", "row", "planted.open", "when", "rewritten"),
    (ROWS, "unknown: [pd_l1_immune_cells], reason", "unknown: [pd_l1_immune_cells], stays: true, reason", "row", "planted.open", "unresolved.stays", "standing"),
    (ROWS, "reason: Planted., by", "reason: Planted again., by", "row", "planted.open", "unresolved.reason", "words"),
    ("guardrails.yaml", '  unless: {creatinine_clearance_ml_min: ">=30"}\n  withholds: {domain: systemic, contains: planted_class', '  unless: {creatinine_clearance_ml_min: ">=40"}\n  withholds: {domain: systemic, contains: planted_class', "guardrail", "planted.guardrail", "unless", "condition"),
    ("guardrails.yaml", "while_documented: {regimens: planted-single}", "while_documented: {regimens: planted-pair}", "guardrail", "planted.guardrail", "while_documented", "option"),
    ("guardrails.yaml", "certain: Planted as certain.", "certain: Planted for certain.", "guardrail", "planted.guardrail", "certain", "words"),
    ("cautions.yaml", "says: A planted caution.", "says: Another planted caution.", "caution", "planted.caution", "says", "words"),
    ("cautions.yaml", "on: {contains: [planted_drug]}\n  kind: caution", "on: {contains: [planted_drug]}\n  kind: prerequisite", "caution", "planted.caution", "kind", "standing"),
    ("supersessions.yaml", "  from: 2017\n  by: [planted-trial]", "  from: 2018\n  by: [planted-trial]", "supersession", "planted.supersession", "from", "dates"),
    ("conflicts.yaml", "questions: [Is it planted?]", "questions: [Was it planted?]", "conflict", "planted.conflict", "questions", "words"),
    ("conflicts.yaml", "two_of: [planted_condition, planted_other]", "two_of: [planted_condition, planted_other, egfr_driver]", "conflict", "planted.conflict", "two_of", "condition"),
    ("scope.yaml", 'reason: out_of_scope\n  when: {age: "<5"}', 'reason: inconsistent\n  when: {age: "<5"}', "scope_rule", "planted.scope", "reason", "standing"),
    ("alerts.yaml", "    urgency: same_day\n    finding: A planted finding.", "    urgency: next_visit\n    finding: A planted finding.", "alert", "planted.alert", "urgency", "standing"),
    ("alerts.yaml", "phrases: [a planted complaint]", "phrases: [a planted complaint, a planted ache]", "symptom", "planted_symptom", "phrases", "condition"),
    ("notes.yaml", "says: A planted note.", "says: Another planted note.", "note", "planted.note", "says", "words"),
    ("notes.yaml", "  until: 2019\n  by: [planted-trial]\n  says: A planted note.", "  until: 2018\n  by: [planted-trial]\n  says: A planted note.", "note", "planted.note", "until", "dates"),
    (ARTICLE, "verdict: qualified", "verdict: adopted", "claim", "claim.999.first", "verdict", "standing"),
    (ARTICLE, "says: A planted statement.", "says: A planted opinion.", "claim", "claim.999.first", "says", "words"),
    (ARTICLE, "decided_by: [flaura, alex]", "decided_by: [flaura]", "claim", "claim.999.first", "decided_by", "citations"),
    (ARTICLE, "not_possible: Planted as impossible.", "not_possible: Planted otherwise.", "claim", "claim.999.second", "verified.not_possible", "words"),
    (ARTICLE, "on: 2026-10-06", "on: 2026-10-05", "claim", "claim.999.second", "verified.on", "dates"),
    (ARTICLE, "dated: 2019-05", "dated: 2019-06", "article", "999_00000000000000aa", "article.dated", "dates"),
    (ARTICLE, "{why: heading,", "{why: editorial,", "article", "999_00000000000000aa", "out_of_scope.1:1", "other"),
    (ARTICLE, '"4:1": "0000000000000041"', '"4:1": "0000000000000042"', "article", "999_00000000000000aa", "sentences.4:1", "other"),
    ("workup.yaml", "says: A planted step.", "says: A planted stride.", "next_step", "planted.step", "says", "words"),
    ("questions.yaml", "when: {brain_lesions: 4}", "when: {brain_lesions: 5}", "question", "planted.question", "when", "condition"),
    ("conditions.yaml", "says: A planted condition", "says: One planted condition", "named_condition", "planted_condition", "says", "words"),
    ("conditions.yaml", "planted_group: [squamous, adenosquamous]", "planted_group: [squamous]", "word_group", "histology.planted_group", "words", "condition"),
    ("regimens.yaml", "name: Planted pair}", "name: Planted couple}", "regimen", "planted-pair", "name", "words"),
    ("regimens.yaml", "regimen: [planted_drug, planted_other_drug]", "regimen: [planted_other_drug, planted_drug]", "regimen", "planted-pair", "regimen", "option"),
    ("regimens.yaml", "{name: planted_other_drug, classes: [planted_class]}", "{name: planted_other_drug, classes: [planted_class, targeted]}", "drug", "planted_other_drug", "classes", "option"),
    ("timelines.yaml", "in: us, from: 2016, by", "in: us, from: 2017, by", "timeline", "planted.timeline", "entries[0].from", "dates"),
    ("timelines.yaml", "says: A planted answer.", "says: One planted answer.", "timeline", "planted.timeline", "entries[0].says", "words"),
    ("fracture_risk.yaml", "says: Clinical judgement decides.", "says: Judgement decides.", "fracture_risk", "fracture-risk.mirels", "bands[1].says", "words"),
    ("fracture_risk.yaml", 'risk: "Fracture risk, as a summary of the score gives it: 15 percent."', "risk: Not stated.", "fracture_risk", "fracture-risk.mirels", "bands[1].risk", "words"),
    (SOURCES, "published: 2015-06-30", "published: 2015-07-30", "source", "planted-trial", "published", "dates"),
    (SOURCES, "doi: 10.1000/planted", "doi: 10.1000/replanted", "source", "planted-trial", "doi", "citations"),
    (SOURCES, "name: A planted trial", "name: A planted study", "source", "planted-trial", "name", "words"),
    (SOURCES, "value: 0.5, low", "value: 0.55, low", "source", "planted-trial", "figures[0].value", "other"),
    ("panel.yaml", "why: The histology decides which drugs are documented at all.", "why: The histology decides.", "panel_item", "histology", "why", "words"),
    ("release.yaml", "safety_rule: project safety rule", "safety_rule: a safety rule", "sentence", "safety_rule", "text", "words"),
    ("release.yaml", "version: 2026.11.0", "version: 2026.12.0", "release", "release", "version", "other"),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "before", "after", "kind", "name", "field", "aspect"),
    CHANGES,
    ids=[f"{row[3]} {row[5]} {row[6]}" for row in CHANGES],
)
def test_a_change_is_told_as_what_it_is_and_as_nothing_else(
    planted, file, before, after, kind, name, field, aspect
):
    old = planted.load()
    planted.replace(file, before, after)
    (record,) = record_changes(old, planted.load())
    assert (record.kind.value, record.id, record.change) == (kind, name, ChangeKind.CHANGED)
    assert [(found.field, found.aspect.value) for found in record.fields] == [(field, aspect)]
    assert record.aspects == (Aspect(aspect),)
    assert record.fields[0].old != record.fields[0].new or aspect == "rewritten"


def test_every_aspect_but_the_review_date_is_in_the_table():
    assert {row[6] for row in CHANGES} == {aspect.value for aspect in Aspect} - {"review"}


def test_a_review_date_is_an_aspect_of_its_own(change):
    comparison = change(
        (
            ROWS,
            "note: A planted row.\n    review_by: 2027-05-01",
            "note: A planted row.\n    review_by: 2028-05-01",
        )
    )
    assert told(comparison.records) == [("row", "planted.first", "changed", [("review_by", "review")])]
    assert (comparison.effects, comparison.days) == ((), ())


def test_a_record_that_comes_and_one_that_goes(planted):
    # The same step backwards: what one direction adds, the other retires.
    old = planted.load()
    planted.write("workup.yaml", planted.text("workup.yaml") + """
- id: planted.second-step
  when: {}
  on: every
  says: A second planted step.
  review_by: 2027-05-01
""")  # fmt: skip
    new = planted.load()
    assert told(record_changes(old, new)) == [("next_step", "planted.second-step", "added", [])]
    assert told(record_changes(new, old)) == [("next_step", "planted.second-step", "retired", [])]


def test_a_period_that_is_added_is_a_date(edited):
    old, new = edited(
        (ROWS, "      - {in: us, from: 2016-02, basis: label, by: [planted-approval]}",
         ("      - {in: us, from: 2016-02, until: 2018, basis: label, by: [planted-approval]}\n"
          "      - {in: us, from: 2018, basis: label, by: [planted-approval]}")),
    )  # fmt: skip
    ((kind, name, what, fields),) = told(record_changes(old, new))
    assert (kind, name, what) == ("row", "planted.later", "changed")
    assert fields == [("documented[0].until", "dates"), ("documented[1]", "dates")]


def test_a_named_condition_that_changes_its_meaning_re_conditions_every_record_that_uses_it(edited):
    old, new = edited(
        ("conditions.yaml", "when: {histology: nsclc, kras: g12c}\n    says: A planted",
         "when: {histology: nsclc, kras: other}\n    says: A planted"),
    )  # fmt: skip
    found = {record.id: record for record in record_changes(old, new)}
    # It is used by one row and one supersession; the conflict only counts it.
    assert set(found) == {"planted_condition", "planted.open", "planted.supersession"}
    row = found["planted.open"].fields[0]
    assert (row.field, row.aspect, row.old) == ("when", Aspect.CONDITION, row.new)
    assert row.note == "the words are the same; a named condition or a group that they use changed"


def test_an_option_of_a_row_that_changes_is_warned_of_because_an_id_is_never_used_again(edited):
    (warning,) = reuse_warnings(
        *edited((ROWS, "option: planted-single\n    line: later", "option: planted-pair\n    line: later"))
    )
    assert warning.id == "planted.later"
    assert warning.text == (
        "it documented systemic.planted-single, and documents systemic.planted-pair; a row's id is never used "
        "again: give the new row an id of its own"
    )


def test_an_id_that_names_another_kind_of_record_is_warned_of(edited):
    warning, _ = reuse_warnings(
        *edited(
            ("workup.yaml", "- id: planted.step", "- id: planted.question"),
            ("questions.yaml", "- id: planted.question", "- id: planted.step"),
        )
    )
    assert (warning.id, warning.text) == (
        "planted.question", "it was the id of a question, and is that of a next_step; an id is never used again",
    )  # fmt: skip


def test_a_row_that_had_ended_and_comes_back_for_others_is_warned_of(planted):
    rows = "in: us, from: 2016-02, basis: label, by: [planted-approval]"
    planted.replace(ROWS, rows, "in: us, from: 2016-02, until: 2019, basis: label, by: [planted-approval]")
    old = planted.load()
    planted.replace(ROWS, "from: 2016-02, until: 2019, basis", "from: 2016-02, basis")
    assert reuse_warnings(old, planted.load()) == ()  # for the same patients as before: no other meaning
    planted.replace(
        ROWS, "{histology: non_squamous, contraindications", "{histology: squamous, contraindications"
    )
    (warning,) = reuse_warnings(old, planted.load())
    assert warning.id == "planted.later"
    assert warning.text.startswith("it had ended in the older release, and is documented again for others")


# ---- which answers change ------------------------------------------------------------------------

NEW_ROW = """\
  - id: planted.added
    when: {histology: squamous, kras: g12c}
    option: planted-added
    documented:
      - {in: us, from: 2020-03-01, basis: trial, by: [planted-trial]}
    review_by: 2027-05-01
"""
NEW_REGIMEN = "regimens:\n  - {id: planted-added, regimen: [planted_new_drug], name: Planted new}\n"
ADD_A_ROW = [
    ("regimens.yaml", "drugs:\n", "drugs:\n  - {name: planted_new_drug, classes: [planted_new]}\n"),
    ("regimens.yaml", "regimens:\n", NEW_REGIMEN),
    (ROWS, "rows:\n", f"rows:\n{NEW_ROW}"),
]


@pytest.fixture(scope="module")
def with_a_row(tmp_path_factory):
    """The planted folder, the same with one row more, and what their comparison says; made once."""
    path = tmp_path_factory.mktemp("releases") / "knowledge"
    shutil.copytree(shipped_folder(), path, ignore=shutil.ignore_patterns("__pycache__", "claims"))
    folder = plant(Folder(path))
    old = folder.load()
    for file, before, after in ADD_A_ROW:
        folder.replace(file, before, after)
    new = folder.load()
    return old, new, compare(old, new)


def only(comparison, concern=Concern.SYSTEMIC):
    (effect,) = comparison.effects
    assert effect.concern is concern
    return effect


def test_identical_folders_differ_in_nothing(planted):
    comparison = compare(planted.load(), load(planted.path))
    assert comparison.identical
    assert (comparison.records, comparison.effects, comparison.days, comparison.warnings) == ((), (), (), ())


def test_claims_and_notes_change_no_answer(change):
    """What the articles say, judged, is no part of an answer; a note is told beside the options."""
    comparison = change(
        (ARTICLE, "verdict: qualified", "verdict: adopted"),
        ("notes.yaml", "says: A planted note.", "says: Another planted note."),
    )
    assert [record.kind for record in comparison.records] == [RecordKind.NOTE, RecordKind.CLAIM]
    assert (comparison.effects, comparison.days) == ((), ())
    assert not comparison.identical


def test_an_article_that_is_added_is_told_with_its_claims(planted):
    (planted.path / ARTICLE).unlink()
    (planted.path / ARTICLE).parent.rmdir()
    old = planted.load()  # a release from before the claims
    (planted.path / ARTICLE).parent.mkdir()
    planted.write(ARTICLE, CLAIMS)
    changes = record_changes(old, planted.load())
    assert [(one.kind, one.id, one.change) for one in changes] == [
        (RecordKind.ARTICLE, "999_00000000000000aa", ChangeKind.ADDED),
        (RecordKind.CLAIM, "claim.999.first", ChangeKind.ADDED),
        (RecordKind.CLAIM, "claim.999.second", ChangeKind.ADDED),
        (RecordKind.CLAIM, "claim.999.third", ChangeKind.ADDED),
    ]


def test_a_row_that_is_added_changes_exactly_its_own_classes(with_a_row):
    comparison = with_a_row[2]
    assert [(r.kind, r.id, r.change) for r in comparison.records] == [
        (RecordKind.DRUG, "planted_new_drug", ChangeKind.ADDED),
        (RecordKind.REGIMEN, "planted-added", ChangeKind.ADDED),
        (RecordKind.ROW, "planted.added", ChangeKind.ADDED),
    ]
    effect = only(comparison)
    # The row reads the histology and KRAS. No guardrail names the drug or its class; the one for poor
    # performance status withholds every systemic regimen that is not an oral targeted one (and reads ECOG).
    assert {field for each in effect.space.varied for field in each.fields} == {
        "histology", "stage", "kras", "ecog_ps",
    }  # fmt: skip
    # Squamous is one class. KRAS G12C is one: alone, or with another KRAS change, it is treated alike. ECOG
    # has three classes that are answered: 0 to 2, and 3 with 4 (withheld). So 1 x 1 x 2 classes change.
    assert effect.changed == 2
    assert sorted((move.what, move.before, move.after, move.classes) for move in effect.moves) == [
        ("systemic.planted-added", "absent", "documented", 1),
        ("systemic.planted-added", "absent", "withheld", 1),
    ]
    assert not effect.space.cut
    # It began on 2020-03-01, and the end of the comparison is the day of the release.
    (days,) = comparison.days
    assert (days.first, days.last) == (date(2020, 3, 1), shipped_base().content.release.as_of)


def test_the_size_is_that_of_the_product_of_the_classes(with_a_row):
    space = only(with_a_row[2]).space
    sizes = {each.fields[0]: len(each.classes) for each in space.varied}
    # Histology: squamous; the other non-small-cell ones; small-cell (with its stage); not stated. KRAS:
    # negative, G12C, any other, not stated. ECOG: 0 to 2, 3 and 4, not stated.
    assert sizes == {"histology": 4, "kras": 4, "ecog_ps": 3}
    assert space.size == 4 * 4 * 3


def test_an_example_is_a_profile_that_can_be_pasted_and_whose_answer_changes(with_a_row):
    old, new, comparison = with_a_row
    first = only(comparison).examples[0]
    profile = read_profile(first.yaml)
    assert (profile.histology, profile.kras.text) == ("squamous", "g12c")
    for base, outcome in ((old, first.before), (new, first.after)):
        assert verdict_of(assess(profile, knowledge=base), base).outcome() == outcome
    assert "systemic.planted-added" not in first.before.options
    assert first.after.options["systemic.planted-added"] == "documented"


def test_a_threshold_that_moves_changes_exactly_the_classes_between(planted):
    # A row of its own, so that nothing else cuts at its thresholds.
    for file, before, after in ADD_A_ROW:
        planted.replace(file, before, after)
    planted.replace(ROWS, "{histology: squamous, kras: g12c}", '{histology: squamous, pd_l1_tps: ">=50"}')
    old = planted.load()
    planted.replace(
        ROWS, '{histology: squamous, pd_l1_tps: ">=50"}', '{histology: squamous, pd_l1_tps: ">=60"}'
    )
    effect = only(compare(old, planted.load()))
    # Of the bins below 50, 50 to 60, and from 60, the middle one changes: squamous, with ECOG 0 to 2 or 3 to 4.
    (scores,) = [each.classes for each in effect.space.varied if each.fields == ("pd_l1_tps",)]
    assert len(scores) == 4  # three bins, and not stated
    assert effect.changed == 2
    assert {(move.before, move.after) for move in effect.moves} == {
        ("documented", "absent"),
        ("withheld", "absent"),
    }
    assert all(50 <= example.profile["pd_l1_tps"] < 60 for example in effect.examples)


def test_a_row_that_is_re_dated_changes_nothing_today_and_something_between(planted):
    for file, before, after in ADD_A_ROW:
        planted.replace(file, before, after)
    old = planted.load()
    planted.replace(ROWS, "from: 2020-03-01", "from: 2020-05-01")
    comparison = compare(old, planted.load())
    assert comparison.effects == ()
    (days,) = comparison.days
    assert (days.first, days.last) == (date(2020, 3, 1), date(2020, 4, 30))
    past = compare(old, planted.load(), as_of=date(2020, 4, 1))
    assert only(past).changed == 2
    assert (past.old.asked, past.new.asked) == (date(2020, 4, 1), date(2020, 4, 1))


# fmt: off
WITHOUT_EFFECT = [
    ("words",            (ROWS, "note: A planted row.", "note: A planted line.")),
    ("a citation",       (ROWS, "by: [planted-approval, planted-trial]", "by: [planted-approval]")),
    ("a rewritten when", (ROWS, "{is: planted_condition, pd", "{histology: nsclc, kras: g12c, pd")),
    ("a remark",         ("cautions.yaml", "says: A planted caution.", "says: Another planted caution.")),
    ("a step",           ("workup.yaml", "says: A planted step.", "says: A planted stride.")),
]
# fmt: on


@pytest.mark.parametrize(("what", "edit"), WITHOUT_EFFECT, ids=[row[0] for row in WITHOUT_EFFECT])
def test_what_decides_nothing_changes_no_class(edited, what, edit):
    old, new = edited(edit)
    assert old.digest != new.digest, what
    comparison = compare(old, new)
    assert comparison.records
    assert (comparison.effects, comparison.days) == ((), ())
    # Nor does the search for what could change find anything, on the day of the release or before.
    for day in (date(2018, 6, 1), new.content.release.as_of):
        assert reaches(History(old, new, US, CORE, 1).rules(day), CORE) == []


def test_an_alert_that_changes_its_urgency_changes_the_classes_with_its_symptom(change):
    effect = only(
        change(("alerts.yaml", "    urgency: same_day\n    finding: A planted finding.",
                "    urgency: next_visit\n    finding: A planted finding.")),
        Concern.ALERTS,
    )  # fmt: skip
    # One symptom is read: it is there, or it is not stated.
    assert (effect.changed, effect.space.size) == (1, 2)
    assert [(move.what, move.before, move.after) for move in effect.moves] == [
        ("planted.alert", "same_day", "next_visit")
    ]


def test_a_phrase_that_is_no_longer_understood_is_seen(change):
    effect = only(
        change(("alerts.yaml", "phrases: [a planted complaint]", "phrases: [a planted ache]")), Concern.ALERTS
    )
    # Each of the two phrases is understood by one release only; together, both understand one of them.
    moves = {(move.what, move.before, move.after) for move in effect.moves}
    assert ("planted.alert", "no alert", "same_day") in moves
    assert ("planted.alert", "same_day", "no alert") in moves
    assert ("symptom_not_understood", "same_day", "no alert") in moves


def test_a_gene_that_joins_the_panel_refuses_the_classes_in_which_it_is_not_stated(change):
    effect = only(
        change(("panel.yaml", "  - item: braf\n    panels: [comprehensive]",
                "  - item: braf\n    panels: [core, comprehensive]")),
        Concern.REFUSALS,
    )  # fmt: skip
    documented = [move for move in effect.moves if move.before == "documented"]
    # Of the non-small-cell profiles that were complete: the one in which BRAF is not stated.
    assert [(move.after, move.classes) for move in documented] == [("refused: incomplete, braf", 1)]
    assert effect.examples[0].before.status == "documented"
    assert effect.examples[0].after.missing == ("braf",)


def test_a_conflict_that_counts_another_condition_is_seen(change):
    effect = only(
        change(("conflicts.yaml", "two_of: [planted_condition, planted_other]",
                "two_of: [planted_condition, ros1_driver]")),
        Concern.CONFLICTS,
    )  # fmt: skip
    # KRAS G12C counts for both; ALK counted before, ROS1 counts now. With all three, it is told by both.
    assert {(move.before, move.after) for move in effect.moves} == {("absent", "told"), ("told", "absent")}


# ---- the day and the place -----------------------------------------------------------------------


def test_an_older_release_that_ends_before_is_asked_as_of_its_end(planted):
    old = planted.load()
    planted.replace("release.yaml", "as_of: 2026-10-07", "as_of: 2026-12-01")
    comparison = compare(old, planted.load())
    assert comparison.new.asked == date(2026, 12, 1)
    assert comparison.old.asked == date(2026, 10, 7)
    assert comparison.effects == ()


# fmt: off
UNANSWERED = [
    ({"jurisdiction": Jurisdiction.CA, "as_of": date(2020, 1, 1)}, "as_of: The day 2020-01-01 is before this knowledge begins"),
    ({"as_of": date(1999, 1, 1)},              "as_of: The day 1999-01-01 is before this knowledge begins"),
    ({"as_of": date(2031, 1, 1)},              "as_of: The day 2031-01-01 is later than this release"),
]
# fmt: on


@pytest.mark.parametrize(("options", "message"), UNANSWERED)
def test_what_neither_release_answers_is_a_question_in_error(options, message):
    with pytest.raises(QuestionError) as caught:
        compare(shipped_base(), shipped_base(), **options)
    assert str(caught.value).startswith(message)


def test_a_place_that_neither_release_dates_is_a_question_in_error(planted):
    without("ca", planted.path)
    base = planted.load()
    with pytest.raises(QuestionError) as caught:
        compare(base, base, jurisdiction=Jurisdiction.CA)
    assert str(caught.value).startswith('jurisdiction: This release holds no dated uses for "ca"')


def test_days_that_only_one_release_covers_are_told(change):
    (first, *_) = change(("release.yaml", "  us: 2004-01-01", "  us: 2005-01-01")).days
    assert (first.first, first.last, first.only) == (date(2004, 1, 1), date(2004, 12, 31), "old")


# ---- the count is exact --------------------------------------------------------------------------

EDITS = {
    "row": ADD_A_ROW,
    "condition": [(ROWS, 'pd_l1_tps: ">=1, <50"}\n    option', 'pd_l1_tps: ">=1"}\n    option')],
    "guardrail": [("guardrails.yaml", '  unless: {creatinine_clearance_ml_min: ">=30"}\n  withholds: {domain: systemic', "  withholds: {domain: systemic")],
    "resistance": [("guardrails.yaml", "when: {histology: nsclc, egfr: [t790m, exon20ins]}", "when: {histology: nsclc, egfr: [t790m]}")],
    "brain": [("sites/brain.yaml", 'brain_lesions: ">=5, <=10"', 'brain_lesions: ">=5, <=12"')],
    "bone": [("guardrails.yaml", 'when: {bone_metastases: yes}\n  unless: {creatinine_clearance_ml_min: ">=30"}', 'when: {bone_metastases: yes}\n  unless: {creatinine_clearance_ml_min: ">=35"}')],
    "small cell": [("supersessions.yaml", "  when: {histology: small_cell}\n", "  when: {histology: small_cell, ecog_ps: [0, 1]}\n")],
    "scope": [("scope.yaml", 'age: "<18"', 'age: "<21"')],
}  # fmt: skip


@pytest.fixture(scope="module", params=EDITS)
def pair(request, tmp_path_factory):
    folder = plant(copied(tmp_path_factory.mktemp("pair")))
    for file, before, after in EDITS[request.param]:
        folder.replace(file, before, after)
    with pytest.MonkeyPatch.context() as monkeypatch:
        parse_once(monkeypatch)
        return unchanged(), folder.load()


def test_every_changed_class_changes_its_whole_answer_and_no_other_class_does(pair):
    """The fast count against the slow truth: both whole answers, for every class of a small space."""
    history = History(*pair, US, CORE, 3000)
    rules = history.rules(pair[1].content.release.as_of)
    found = reaches(rules, CORE)
    assert found
    for reach in found:
        cut = space_of(rules, reach, CORE, 3000, whole=True)
        assert cut.fits
        counted = visit(cut.space, reach).changed
        slow = 0
        for point in cut.space.points():
            profile = PatientProfile(**cut.space.values(point))
            one, other = (verdict_of(assess(profile, knowledge=base), base) for base in pair)
            if reach.concern is Concern.REFUSALS:
                slow += one[:2] != other[:2]
            elif not (one.refused or other.refused):
                places = [
                    {
                        name: place
                        for name, place in each.options
                        if name.startswith(f"{reach.concern.value}.")
                    }
                    for each in (one, other)
                ]
                slow += places[0] != places[1]
        assert counted == slow, reach.concern


@pytest.mark.parametrize("profiles", [panel_only, every_field, with_gaps])
def test_what_changes_for_a_random_profile_is_within_what_the_change_can_reach(pair, profiles):
    rules = History(*pair, US, CORE, 1).rules(pair[1].content.release.as_of)
    touched = {name for reach in reaches(rules, CORE) for name in reach.touched}
    concerns = {reach.concern for reach in reaches(rules, CORE)}
    for profile in islice(profiles(7), 150):
        one, other = (verdict_of(assess(profile, knowledge=base), base) for base in pair)
        if one[:2] != other[:2]:
            assert Concern.REFUSALS in concerns
        elif not one.refused:
            assert {name for name, _ in one.options ^ other.options} <= touched


@pytest.mark.parametrize("profiles", [panel_only, every_field, with_gaps])
@pytest.mark.parametrize("day", [date(2014, 6, 1), date(2019, 6, 1), date(2026, 10, 7)])
def test_the_fast_verdict_is_that_of_the_whole_answer(profiles, day):
    base = shipped_base()
    view = base.view(US, day)
    for profile in islice(profiles(11), 150):
        answer = assess(profile, as_of=day)
        gate = examine(view, profile, CORE)
        unclear = sum(alert.id == "symptom_not_understood" for alert in answer.alerts)
        fast = verdict(view, gate.states, tuple(item.item for item in gate.missing), unclear)
        assert fast == verdict_of(answer, base), profile


def test_a_space_over_the_budget_is_cut_by_a_stated_rule(with_a_row):
    old, new, _ = with_a_row
    rules = History(old, new, US, CORE, 1).rules(new.content.release.as_of)
    (reach,) = reaches(rules, CORE)
    cut = space_of(rules, reach, CORE, 20, whole=True)
    # 48 classes are too many; without ECOG, which only decides how, there are 16.
    assert (cut.space.size, cut.fits) == (16, True)
    assert cut.said == ("facts that decide only how an answer changes are quiet: ecog_ps",)
    assert visit(cut.space, reach).changed == 1
    nothing = space_of(rules, reach, CORE, 5, whole=True)
    assert not nothing.fits
    assert nothing.said[-1] == "only facts that the changed records themselves read are varied"


def test_what_does_not_fit_is_said_to_be_not_counted(with_a_row):
    old, new, _ = with_a_row
    assert only(compare(old, new, budget=5)).changed is None


def test_the_enumerated_points_are_as_many_as_the_size_says():
    view = shipped_base().view(US, date(2026, 10, 7))
    space = Space([view], ["egfr", "alk", "ecog_ps"], most_genes=1)
    points = list(space.points())
    assert len(points) == len(set(points)) == space.size
    classes = {each.name: len(each.settings) for each in space.dimensions}
    # One gene at most is other than negative.
    assert space.size == classes["ecog_ps"] * (1 + (classes["egfr"] - 1) + (classes["alk"] - 1))


# ---- scenarios, and the data ---------------------------------------------------------------------


def test_scenarios_that_change_are_told_and_absent_ones_are_not_none(planted):
    base = planted.load()
    judged = iter([{"a": (), "b": ("old",)}, {"a": ("now",), "b": ("old",)}])
    (found,) = compare(base, base, judge=lambda _: next(judged)).scenarios
    assert (found.id, found.before, found.after) == ("a", (), ("now",))
    assert compare(base, base).scenarios is None
    assert changed_scenarios({"a": ()}, {"a": ()}) == ()


def test_a_comparison_is_data_that_can_be_stored_and_read_back(with_a_row):
    comparison = with_a_row[2]
    text = comparison.model_dump_json()
    assert Comparison.model_validate_json(text) == comparison
    assert json.loads(text)["effects"][0]["changed"] == 2
    assert Comparison.model_json_schema()["title"] == "Comparison"


def test_a_one_row_change_is_compared_within_twenty_seconds(with_a_row):
    old, new, _ = with_a_row
    start = time.process_time()
    compare(old, new)
    assert time.process_time() - start < 20
