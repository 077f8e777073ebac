"""Verification of whole tables: every kind of finding on a planted defect, and none on the shipped ones."""

import pytest
from click.testing import CliRunner

from lungmets import KnowledgeError, load
from lungmets.cli import main
from lungmets.knowledge.base import shipped as shipped_base
from lungmets.knowledge.base import shipped_folder
from lungmets.knowledge.schema import ConflictRecord, Declared, Supersession
from lungmets.knowledge.schema.declared import Seen
from lungmets.knowledge.soundness import FindingKind, Report, _needless, verify
from lungmets.knowledge.soundness.declaring import read_declared
from lungmets.knowledge.soundness.grounds import Grounds
from lungmets.knowledge.soundness.unanswered import yearly
from lungmets.testing import judge, read_scenarios
from lungmets.vocabulary import Jurisdiction
from tests.proof.planting import planted, with_row

ROWS = {FindingKind.NEVER_HOLDS, FindingKind.ALWAYS_SUPERSEDED}


@pytest.fixture(scope="module")
def base():
    return shipped_base()


@pytest.fixture(scope="module")
def declared(base):
    return read_declared(shipped_folder(), base)


@pytest.fixture
def today_in_the_us(monkeypatch):
    """One day is visited instead of forty-four."""
    spot = (Jurisdiction.US, shipped_base().content.release.as_of)
    monkeypatch.setattr("lungmets.knowledge.soundness.unanswered.yearly", lambda _: [spot])


def failures(finding, base, folder):
    """What fails of the finding's scenario, pasted into a file and judged by some knowledge."""
    file = folder / "pasted.scenario.yaml"
    file.write_text(finding.scenario, encoding="utf-8")
    (scenario,) = read_scenarios(file)
    return judge(scenario, base).findings


# ---- the shipped knowledge -----------------------------------------------------------------------


def test_nothing_is_found_in_the_shipped_knowledge_that_is_not_declared(base, declared):
    # Unanswered profiles are looked for by tests/proof, among more classes; nox -s proof verifies all.
    report = verify(
        base, declared, kinds={*ROWS, FindingKind.UNDECLARED_PAIR, FindingKind.TELLS_NOTHING_APART}
    )
    assert report.findings == ()
    assert report.clean
    assert report.rows == len(list(base.content.rows()))
    assert report.accepted > 0


@pytest.mark.usefixtures("today_in_the_us")
def test_every_profile_of_today_is_answered(base):
    report = verify(base, kinds={FindingKind.UNANSWERED})
    assert report.findings == ()
    (visit,) = report.visited
    assert visit.profiles > visit.classes > 10_000


def test_every_place_is_visited_on_its_first_day_on_each_first_of_january_and_on_that_of_the_release(base):
    days = {place: [day for where, day in yearly(base) if where is place] for place in Jurisdiction}
    # 2004-01-01 to 2026-01-01 are 23 days, and the release; from 2009-06-24 on they are 17, and two more.
    assert len(days[Jurisdiction.US]) == 23 + 1
    assert len(days[Jurisdiction.EU]) == 17 + 2
    assert days[Jurisdiction.CA] == [base.content.release.as_of]


# ---- planted defects -----------------------------------------------------------------------------


@pytest.mark.usefixtures("today_in_the_us")
def test_profiles_that_no_row_answers_are_found(base, tmp_path):
    broken = with_row(base, "supportive.ecog-4")
    (finding,) = verify(broken, kinds={FindingKind.UNANSWERED}).findings
    assert finding.record == "systemic and supportive"
    assert "no row answers" in finding.what
    assert finding.profile["ecog_ps"] == 4
    assert failures(finding, broken, tmp_path) == ()
    assert failures(finding, base, tmp_path)  # with the row there is an answer


@pytest.mark.usefixtures("today_in_the_us")
def test_brain_disease_without_an_option_is_found(base):
    broken = planted(
        base, tables={name: table for name, table in base.content.tables.items() if name != "sites/brain"}
    )
    (finding,) = verify(broken, kinds={FindingKind.UNANSWERED}).findings
    assert finding.record == "brain"


def test_a_row_that_can_never_hold_is_found(base, tmp_path):
    # A small-cell tumour with a driver is refused as inconsistent.
    broken = with_row(base, "alk.lorlatinib", when={"histology": "small_cell", "alk": "positive"})
    (finding,) = verify(broken, kinds=ROWS, records={"alk.lorlatinib"}).findings
    assert finding.kind is FindingKind.NEVER_HOLDS
    assert finding.what == "no profile that is in scope and complete can meet this condition"
    assert finding.profile["histology"] == "small_cell"
    assert failures(finding, broken, tmp_path) == ()


def test_a_row_that_is_always_superseded_is_found(base, tmp_path):
    record = Supersession.model_validate(
        {"id": "planted", "when": {}, "replaces": {"regimens": ["entrectinib"]}, "with": {"regimens": ["crizotinib"]},
         "in": ["us", "eu", "ca"], "from": "2004-01-01", "by": ["planted"], "reason": "planted", "review_by": "2030-01-01"}
    )  # fmt: skip
    source = {**base.content.sources, "planted": base.content.sources["sources/trials"][:1]}
    source["planted"] = (source["planted"][0].model_copy(update={"id": "planted"}),)
    # A caution keeps an option from replacing another, and entrectinib is not documented before crizotinib is.
    broken = planted(base, supersessions=(record,), cautions=(), sources=source)
    (finding,) = verify(broken, kinds=ROWS, records={"ros1.entrectinib"}).findings
    assert finding.kind is FindingKind.ALWAYS_SUPERSEDED
    assert "systemic.entrectinib" in finding.scenario.partition("superseded:")[2]
    assert failures(finding, broken, tmp_path) == ()
    assert failures(finding, base, tmp_path)
    # A row of the same option for others is not superseded: the one that replaces is not documented there.
    assert verify(broken, kinds=ROWS, records={"ntrk.entrectinib"}).clean


def test_two_rows_of_different_families_that_hold_together_are_found(base, declared, tmp_path):
    broken = with_row(
        base, "small-cell.tarlatamab", when={"histology": ["small_cell", "adenocarcinoma"]}, line="first"
    )
    found = verify(broken, declared, kinds={FindingKind.UNDECLARED_PAIR}).findings
    assert found
    for finding in found:
        assert "small-cell.tarlatamab" in {finding.record, finding.beside}
        assert "no relation declares that" in finding.what
    assert failures(found[0], broken, tmp_path) == ()
    assert failures(found[0], base, tmp_path)


def test_two_rows_whose_conflict_is_not_told_are_found(base, declared):
    conflicts = [
        record.model_copy(update={"two_of": record.two_of[:-1]}) if record.two_of else record
        for record in base.content.conflicts
    ]
    assert base.content.conflicts[0].two_of[-1] == "erbb2_driver"
    broken = planted(base, conflicts=tuple(conflicts))
    found = verify(broken, declared, kinds={FindingKind.UNDECLARED_PAIR}).findings
    assert found
    assert all(finding.what.endswith("and two-drivers is not told") for finding in found)
    assert all("erbb2-mutation." in finding.record + finding.beside for finding in found)


def test_a_condition_that_only_repeats_a_refusal_is_found(base):
    (finding,) = verify(base, kinds={FindingKind.TELLS_NOTHING_APART}, records={"ros1.crizotinib"}).findings
    # A small-cell tumour with ROS1 is refused, so of the row's two facts one shows in no answer.
    assert (finding.fact, finding.seen) == ("histology", Seen.REFUSED)


def test_a_condition_that_changes_no_answer_is_found(base, tmp_path):
    # What this release mended: each driver that the conflict counts names the histology already.
    conflicts = [
        ConflictRecord.model_validate(record.model_dump(by_alias=True) | {"when": {"histology": "nsclc"}})
        if record.two_of
        else record
        for record in base.content.conflicts
    ]
    broken = planted(base, conflicts=tuple(conflicts))
    kinds = {FindingKind.TELLS_NOTHING_APART}
    (finding,) = verify(broken, kinds=kinds, records={"two-drivers"}).findings
    assert (finding.fact, finding.seen) == ("histology", Seen.SAME)
    assert failures(finding, broken, tmp_path) == ()
    assert verify(base, kinds=kinds, records={"two-drivers"}).clean


def test_a_condition_that_nobody_else_meets_the_rest_of_is_found(base):
    # Every row of alectinib asks for ALK, and so does this note about it.
    (first, *_) = verify(base, kinds={FindingKind.TELLS_NOTHING_APART}, records={"alectinib.alesia"}).findings
    assert first.seen is Seen.UNMET
    assert first.scenario is None


@pytest.mark.parametrize(
    "record", ["brain.srs-4", "squamous.no-pemetrexed", "zoledronic-acid.renal.unless", "seizure"]
)
def test_a_condition_that_tells_profiles_apart_is_not_found(base, record):
    report = verify(base, kinds={FindingKind.TELLS_NOTHING_APART}, records={record})
    assert report.conditions > 0
    assert report.clean, report.findings


def test_a_declaration_that_nothing_needs_is_found(base):
    said = Declared.model_validate(
        {
            "relations": [{"id": "one", "families": ["alk", "small-cell"], "says": "planted"}],
            "accepted": [
                {
                    "id": "two",
                    "kind": "never_holds",
                    "records": ["alk", "ret.pralsetinib"],
                    "says": "planted",
                },
                {"id": "three", "kind": "unanswered", "says": "planted"},
            ],
        }
    )
    found = list(_needless(Grounds(base), said, needed=(), used={("two", "alk")}))
    assert [(one.record, one.what) for one in found] == [
        ("one", "no two rows need this relation"),
        ("two", "nothing is found about ret.pralsetinib that this accepts"),
        ("three", "nothing is found that this accepts"),
    ]
    assert not list(
        _needless(
            Grounds(base),
            said,
            needed={"one"},
            used={("two", "alk"), ("two", "ret.pralsetinib"), ("three", "")},
        )
    )


def test_what_is_accepted_is_counted_and_no_finding(base):
    accepted = {
        "id": "mine",
        "kind": "tells_nothing_apart",
        "records": ["ros1"],
        "facts": ["histology"],
        "says": "planted",
    }
    said = Declared.model_validate({"accepted": [accepted]})
    kinds = {FindingKind.TELLS_NOTHING_APART}
    report = verify(base, said, kinds=kinds, records={"ros1.crizotinib"})
    assert (report.clean, report.accepted) == (True, 1)
    for other in (
        {"facts": ["alk"]},
        {"records": ["ret"]},
        {"seen": ["same"]},
        {"of": ["note"]},
        {"kind": "never_holds"},
    ):
        narrower = Declared.model_validate({"accepted": [accepted | other]})
        assert not verify(base, narrower, kinds=kinds, records={"ros1.crizotinib"}).clean


# ---- declared.yaml -------------------------------------------------------------------------------

MISTAKES = {
    "relations: [{id: a, families: [alkk, ros1], says: why}]":
        "declared.yaml:1 (a): there is no family 'alkk'; expected the first word of some row's id; did you mean alk?",
    "relations: [{id: a, families: [alk, ros1], told_by: two-driver, says: why}]":
        "declared.yaml:1 (a): there is no conflict 'two-driver'; expected an id of conflicts.yaml; did you mean two-drivers?",
    "accepted: [{id: a, kind: never_holds, records: [alk.lorlatinibb], says: why}]":
        "declared.yaml:1 (a): there is no record 'alk.lorlatinibb'; expected the id of a row or rule, or the first word of some; did you mean alk.lorlatinib",
    "accepted: [{id: a, kind: never, says: why}]":
        "declared.yaml:1 (a): kind is 'never'; expected",
    "accepted: [{id: a, kind: never_holds}]":
        "declared.yaml:1 (a): 'says' is missing",
    "relation: []":
        "declared.yaml: 'relation' is not a field",
    "relations: [": "declared.yaml",
}  # fmt: skip


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_in_the_declarations_is_told_with_its_line(base, tmp_path, text):
    (tmp_path / "declared.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_declared(tmp_path, base)
    assert str(caught.value).startswith(MISTAKES[text].partition(":")[0])
    assert MISTAKES[text].removeprefix("declared.yaml:1 ").removeprefix("declared.yaml: ") in str(
        caught.value
    )


def test_a_folder_without_declarations_declares_nothing(base, tmp_path):
    assert read_declared(tmp_path, base) == Declared()


def test_no_answer_depends_on_the_declarations(shipped):
    folder = shipped
    before = folder.load()
    folder.write("declared.yaml", "relations: []\naccepted: []\n")
    assert folder.load().digest == before.digest
    (folder.path / "declared.yaml").unlink()
    assert folder.load().digest == before.digest


def test_declarations_of_a_wrong_shape_keep_a_folder_from_loading(shipped):
    folder = shipped
    folder.write("declared.yaml", "relations: [{id: a, families: [], says: why}]\n")
    with pytest.raises(
        KnowledgeError,
        match=r"declared.yaml:1 \(a\): families is a list of 0|declared.yaml:1 \(a\): families",
    ):
        load(folder.path)


# ---- the commands --------------------------------------------------------------------------------


def test_the_command_ends_with_1_where_something_is_found_and_prints_the_scenario(base, monkeypatch):
    found = verify(base, kinds={FindingKind.TELLS_NOTHING_APART}, records={"ros1.crizotinib"},
                   places={"ros1.crizotinib": "systemic/alk_ros1.yaml:7"})  # fmt: skip
    monkeypatch.setattr("lungmets.knowledge.soundness.verify", lambda *_, **__: found)
    done = CliRunner().invoke(main, ["knowledge", "verify"])
    assert done.exit_code == 1
    assert (
        "tells_nothing_apart: ros1.crizotinib (systemic/alk_ros1.yaml:7): histology tells nothing apart"
        in done.output
    )
    assert "    scenarios:\n" in done.output
    as_json = CliRunner().invoke(main, ["knowledge", "verify", "--format", "json"])
    assert Report.model_validate_json(as_json.output) == found


def test_the_command_ends_with_0_where_nothing_is_found(base, declared, monkeypatch):
    clean = verify(base, declared, kinds={FindingKind.NEVER_HOLDS}, records={"brain.srs-4"})
    monkeypatch.setattr("lungmets.knowledge.soundness.verify", lambda *_, **__: clean)
    done = CliRunner().invoke(main, ["knowledge", "verify"])
    assert done.exit_code == 0
    assert "nothing else was found" in done.output


def test_the_classes_are_printed_with_the_size_of_the_product():
    done = CliRunner().invoke(main, ["knowledge", "classes", "--as-of", "2016-01-01"])
    assert done.exit_code == 0
    assert done.output.startswith("CLASSES AS OF 2016-01-01 · us · core panel")
    assert "alk (3): negative | not stated | fusion" in done.output
    assert "at most 3 genes other than negative, 2 details stated" in done.output


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--as-of", "2003-01-01"], "--as-of: "),
        (["--as-of", "2016"], "--as-of: '2016' is not a day"),
        (["--jurisdiction", "uk"], "--jurisdiction: 'uk' is not known"),
        (["--panel", "cor"], "--panel: 'cor' is not known"),
    ],
)
def test_a_question_about_classes_that_cannot_be_asked_is_refused(options, message):
    done = CliRunner().invoke(main, ["knowledge", "classes", *options])
    assert done.exit_code == 2
    assert message in done.output
