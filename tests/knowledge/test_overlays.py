"""Local knowledge: what an overlay may do, what it may not, and that no answer hides it."""

import json
import re
import shutil
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

import lungmets
from lungmets import PatientProfile, Refusal, assess
from lungmets.display.markdown import as_markdown
from lungmets.engine import decision
from lungmets.engine.sayings import Sayings
from lungmets.knowledge.base import shipped, shipped_folder
from lungmets.knowledge.overlays.limits import _Limits
from tests.bench import random_profiles
from tests.knowledge.laying import FILES, HEADER, MARK, documented, lay, silent, without
from tests.knowledge.test_loading import COMPLETE, DAYS, PROFILES, answers

EGFR = COMPLETE | {"egfr": "l858r", "pd_l1_tps": 20, "braf": "negative"}
"""The planted pair is documented for it by the knowledge and by the overlay."""

ALK = COMPLETE | {"alk": "fusion", "braf": "negative"}
IN_2018 = date(2018, 6, 1)


@pytest.fixture
def overlay(tmp_path):
    """The sound overlay."""
    return lay(tmp_path / "overlay", FILES)


@pytest.fixture
def laid(planted, overlay):
    """The planted knowledge with the sound overlay."""
    return lungmets.load(planted.path, [overlay])


@pytest.fixture
def small(tmp_path):
    """Makes an overlay with a header, a question that makes it sound, and what a test adds."""

    def make(name="small", **files):
        given = {file.replace("__", "/") + ".yaml": text for file, text in files.items()}
        header = HEADER.replace("local-planted", name).replace("Planted Hospital", f"Hospital {name}")
        question = FILES["questions.yaml"].replace("local.question", f"{name}.question")
        return lay(tmp_path / name, {"overlay.yaml": header, "questions.yaml": question, **given})

    return make


def ask(base, values, day=IN_2018, **more):
    return assess(PatientProfile(**values), as_of=day, knowledge=base, **more)


def by_id(options):
    return {option.id: option for option in options}


def problems(base, *overlays):
    with pytest.raises(lungmets.KnowledgeError) as caught:
        lungmets.load(base, overlays)
    return [str(problem) for problem in caught.value.problems]


# ---- what an overlay does -----------------------------------------------------------------------------


def test_a_row_of_its_own_is_an_option_that_is_marked(laid):
    option = by_id(documented(ask(laid, ALK)).options)["systemic.local-single"]
    assert [because.row for because in option.because] == ["local.own"]
    assert [(note.text, note.rule) for note in option.notes] == [("A row of the hospital's own.", MARK)]
    assert [(caution.id, caution.rule) for caution in option.cautions] == [("local.caution", MARK)]


def test_a_row_beside_a_cited_one_adds_its_note_and_changes_nothing(laid, planted):
    """The local row calls the use off-label guideline use and hides the figure; the cited row is a label."""
    plain = documented(ask(planted.load(), EGFR | {"histology": "squamous"}))
    answer = documented(ask(laid, EGFR | {"histology": "squamous"}))
    before, now = (by_id(each.options)["systemic.planted-pair"] for each in (plain, answer))
    for name in ("basis", "off_label", "approvals", "standing", "evidence"):
        assert getattr(now, name) == getattr(before, name), name
    assert [because.row for because in now.because] == ["local.beside", "planted.first"]
    assert [(note.id, note.rule) for note in now.notes] == [("planted.first", None), ("local.beside", MARK)]
    assert [one.id for one in now.citations] == [*(one.id for one in before.citations), "local.formulary"]


def test_what_is_withheld_locally_stays_in_sight_with_the_overlay_named(laid, planted):
    assert "systemic.planted-pair" in by_id(documented(ask(planted.load(), EGFR)).options)
    answer = documented(ask(laid, EGFR))
    assert "systemic.planted-pair" not in by_id(answer.options)
    option = by_id(answer.withheld)["systemic.planted-pair"]
    assert option.by == ("local.withhold",)
    assert [(reason.text, reason.rule) for reason in option.reason] == [("It is not on the formulary.", MARK)]


def test_a_local_guardrail_without_a_source_is_no_rule_of_the_project(planted, overlay):
    text = FILES["guardrails.yaml"].replace("  by: [local.formulary]\n", "")
    lay(overlay, {"guardrails.yaml": text})
    answer = documented(ask(lungmets.load(planted.path, overlay), EGFR))
    assert [reason.rule for reason in by_id(answer.withheld)["systemic.planted-pair"].reason] == [MARK]


def test_an_item_is_asked_in_more_panels_and_the_refusal_says_who_asks(laid, planted):
    profile = {name: value for name, value in EGFR.items() if name != "braf"}
    documented(ask(planted.load(), profile))
    refusal = ask(laid, profile)
    assert isinstance(refusal, Refusal)
    assert [item.item for item in refusal.missing] == ["braf"]
    assert [(remark.id, remark.text, remark.rule) for remark in refusal.explanation[1:]] == [
        ("panel:braf", "The hospital asks for it.", MARK)
    ]


def test_in_the_panel_that_asks_anyway_the_overlay_takes_no_credit(laid):
    refusal = ask(laid, {"histology": "adenocarcinoma"}, panel="comprehensive")
    assert "braf" in [item.item for item in refusal.missing]
    assert "panel:braf" not in refusal.knowledge.overlays[0].records
    assert [remark.id for remark in refusal.explanation] == ["incomplete"]


def test_an_item_is_asked_from_an_earlier_day(planted, small):
    """The knowledge asks for KRAS from 2023 on; the overlay from 2016 on."""
    panel = """\
items:
  - item: kras
    asked: [{in: us, from: 2016-01-31, by: [planted-trial]}]
    why: Asked here earlier.
    review_by: 2027-05-01
"""
    base = lungmets.load(planted.path, small(panel=panel))
    profile = {"histology": "adenocarcinoma"}
    before = ask(base, profile, date(2016, 1, 30))
    after = ask(base, profile, date(2016, 1, 31))
    assert "kras" not in [item.item for item in before.missing]
    assert "kras" in [item.item for item in after.missing]
    assert ("panel:kras", "Asked here earlier.") in [(one.id, one.text) for one in after.explanation]
    assert "panel:kras" in after.knowledge.overlays[0].records
    assert "panel:kras" not in before.knowledge.overlays[0].records


def test_steps_questions_conflicts_and_prerequisites_are_marked(laid):
    answer = documented(ask(laid, ALK | {"histology": "squamous"}))
    rules = {remark.id: remark.rule for remark in (*answer.next_steps, *answer.questions, *answer.conflicts)}
    assert {rules[name] for name in ("local.step", "local.question", "local.conflict")} == {MARK}
    assert MARK not in {rule for name, rule in rules.items() if not name.startswith("local.")}


def test_what_a_local_guardrail_could_still_do_is_a_prerequisite_that_names_it(planted, small):
    guardrail = FILES["guardrails.yaml"].replace("{is: local_condition}", '{age: ">=80"}')
    path = small(guardrails=guardrail, sources__local=FILES["sources/local.yaml"])
    answer = documented(ask(lungmets.load(planted.path, path), EGFR))
    option = by_id(answer.options)["systemic.planted-pair"]
    asked = [
        one for one in option.prerequisites if one.text == "The histology has to be known for the formulary."
    ]
    assert [(one.item, one.rule) for one in asked] == [("age", "local: Hospital small")]
    assert "local.withhold" in answer.knowledge.overlays[0].records


def test_a_local_option_may_give_way_to_another_where_the_overlay_says_so(laid):
    answer = documented(ask(laid, EGFR | {"histology": "squamous", "alk": "fusion"}))
    option = by_id(answer.superseded)["systemic.local-single"]
    assert (option.by, [one.rule for one in option.reason]) == (("systemic.planted-pair",), [MARK])


def test_an_overlay_speaks_for_a_place_that_the_release_does_not_date(planted, overlay):
    without("ca", planted.path)
    lay(overlay, {
        "overlay.yaml": HEADER + "begins: {ca: 2016-01-31}\n",
        "systemic/local.yaml": FILES["systemic/local.yaml"].replace("in: us, from: 2016-01-31, basis: guideline, by", "in: ca, from: 2016-01-31, basis: guideline, by"),
    })  # fmt: skip
    base = lungmets.load(planted.path, overlay)
    answer = documented(ask(base, ALK, jurisdiction="ca"))
    assert "systemic.local-single" in by_id(answer.options)
    assert "begins:ca" in answer.knowledge.overlays[0].records
    assert ask(base, ALK, date(2016, 1, 30), jurisdiction="ca").reason == "undated"
    assert ask(planted.load(), ALK, jurisdiction="ca").reason == "undated"


# ---- what it cannot do to the knowledge -----------------------------------------------------------------


@pytest.fixture
def for_kras(planted):
    """The planted knowledge, whose single is documented first-line for KRAS G12C; the pair would replace it."""
    row = """
  - id: planted.single
    when: {histology: nsclc, kras: g12c}
    option: planted-single
    documented:
      - {in: us, from: 2016-02, basis: label, by: [planted-approval]}
    review_by: 2027-05-01
"""
    planted.write("systemic/planted.yaml", planted.text("systemic/planted.yaml") + row)
    return planted


LOCAL_PAIR = """\
domain: systemic
rows:
  - id: local.pair
    when: {histology: nsclc, kras: g12c}
    option: planted-pair
    documented:
      - {in: us, from: 2016-02, basis: guideline, by: [planted-trial]}
    note: Kept in the pharmacy.
    review_by: 2027-05-01
"""


def test_a_local_row_does_not_win_over_a_cited_option(for_kras, small):
    base = lungmets.load(for_kras.path, small(systemic__local=LOCAL_PAIR))
    answer = documented(ask(base, COMPLETE | {"kras": "g12c", "creatinine_clearance_ml_min": 90}))
    assert {"systemic.planted-single", "systemic.planted-pair"} <= set(by_id(answer.options))
    cited = LOCAL_PAIR.replace("local.pair", "planted.pair")
    for_kras.write("systemic/more.yaml", cited)
    answer = documented(ask(for_kras.load(), COMPLETE | {"kras": "g12c", "creatinine_clearance_ml_min": 90}))
    assert "systemic.planted-single" in by_id(answer.superseded), "a cited row does win"


WITHOUT_MET = """\
- id: local.no-met-inhibitor
  when: {}
  withholds: {domain: systemic, contains: met_inhibitor}
  reason: It is not on the formulary.
  certain: It is not listed here.
  asks: Nothing.
  review_by: 2027-05-01
"""


def test_what_is_withheld_locally_brings_nothing_back_that_the_knowledge_withholds(small):
    """With MET exon 14 a checkpoint inhibitor alone is withheld while a MET inhibitor is documented: it still is."""
    profile = COMPLETE | {"met": "exon14_skipping"}
    day = date(2025, 1, 1)
    plain = documented(ask(shipped(), profile, day))
    alone = {
        name for name, one in by_id(plain.withheld).items() if "no-checkpoint-inhibitor-alone.met" in one.by
    }
    assert alone
    laid = documented(ask(lungmets.load(overlays=small(guardrails=WITHOUT_MET)), profile, day))
    assert alone <= set(by_id(laid.withheld))
    assert silent(plain, laid) == []


def test_what_was_replaced_comes_back_where_its_replacement_is_withheld(small):
    """An option never gives way to one that is withheld, whoever withholds it."""
    withheld = WITHOUT_MET.replace("met_inhibitor", "osimertinib").replace("no-met-inhibitor", "none")
    profile, day = COMPLETE | {"egfr": "l858r"}, date(2023, 1, 1)
    plain = documented(ask(shipped(), profile, day))
    assert "systemic.erlotinib" in by_id(plain.superseded)
    laid = documented(ask(lungmets.load(overlays=small(guardrails=withheld)), profile, day))
    assert "systemic.erlotinib" in by_id(laid.options)
    assert "local.none" in by_id(laid.withheld)["systemic.osimertinib"].by


# ---- the laws -------------------------------------------------------------------------------------------


def pairs(base, laid):
    profiles = [*PROFILES, EGFR, ALK, *(one | {"braf": "negative"} for one in PROFILES)]
    for profile in profiles:
        for day in (*DAYS, IN_2018):
            for panel in ("core", "comprehensive"):
                yield tuple(
                    assess(PatientProfile(**profile), as_of=day, panel=panel, knowledge=each)
                    for each in (base, laid)
                )


def test_an_overlay_does_nothing_in_silence(planted, laid):
    compared = list(pairs(planted.load(), laid))
    assert any(one != two.model_copy(update={"knowledge": one.knowledge}) for one, two in compared)
    assert [found for one, two in compared if (found := silent(one, two))] == []


HARSH = [
    # when,                  withholds
    ("{}",                   "{domain: systemic, contains: met_inhibitor}"),
    ("{}",                   "{contains: [braf_inhibitor, erbb2_inhibitor]}"),
    ("{ecog_ps: [1, 2]}",    "{contains: osimertinib}"),
    ('{age: ">70"}',         "{contains: pembrolizumab}"),
    ("{histology: squamous}", "{drugs_at_least: 3}"),
]  # fmt: skip
"""Guardrails of an overlay that take away much of what the knowledge documents."""

CAREFUL = """\
- id: local.careful
  when: {histology: nsclc}
  on: {contains: [alectinib, pembrolizumab]}
  kind: caution
  says: Be careful.
  review_by: 2027-05-01
"""


def withholding():
    """The harsh guardrails."""
    rules = [WITHOUT_MET.replace("no-met-inhibitor", f"harsh{number}").replace("when: {}", f"when: {when}")
             .replace("{domain: systemic, contains: met_inhibitor}", withheld)
             for number, (when, withheld) in enumerate(HARSH)]  # fmt: skip
    return "".join(rules)


def for_everybody():
    """A local row for everybody with ECOG 0 or 1, for each systemic option that no row says otherwise of."""
    rows = [row for table, row in shipped().content.rows() if table.domain == "systemic"]
    open_ = {row.option for row in rows if row.line == "later" or row.unresolved is not None}
    return "domain: systemic\nrows:\n" + "".join(
        f"""\
  - id: local.{option}
    when: {{histology: nsclc, ecog_ps: [0, 1]}}
    option: {option}
    documented: [{{in: us, from: 2010-01-01, basis: label, by: [asco-stage-iv-2009]}}]
    note: Kept in the pharmacy.
    review_by: 2027-05-01
"""
        for option in sorted({row.option for row in rows} - open_)
    )


@pytest.mark.parametrize("kind", ["it withholds", "it adds", "both"])
def test_no_overlay_over_the_shipped_knowledge_does_anything_in_silence(small, kind):
    """Random profiles, whole ones and ones with gaps, on days of each epoch."""
    files = {}
    if kind != "it adds":
        files |= {"guardrails": withholding(), "cautions": CAREFUL}
    if kind != "it withholds":
        files |= {"systemic__all": for_everybody()}
    laid = lungmets.load(overlays=small(**files))
    days = [None, date(2012, 1, 1), date(2016, 6, 1), date(2019, 1, 1), date(2023, 6, 1)]
    found, changed = [], 0
    for profiles in (random_profiles.panel_only(1), random_profiles.with_gaps(2)):
        for number, profile in enumerate(islice(profiles, 120)):
            question = {"as_of": days[number % 5], "panel": ("core", "comprehensive")[number % 2]}
            plain = assess(profile, **question)
            answer = assess(profile, knowledge=laid, **question)
            found += silent(plain, answer)
            changed += bool(
                answer.knowledge.overlays[0].records[1:]
            )  # more than the question that all are asked
    assert found == []
    assert changed > 100


def test_a_local_row_that_makes_a_guardrail_act_is_given_as_a_reason(small):
    """In 2019 no MET inhibitor is documented, so a checkpoint inhibitor alone stands; a local row changes that."""
    profile, day = COMPLETE | {"met": "exon14_skipping"}, date(2019, 1, 1)
    plain = documented(ask(shipped(), profile, day))
    assert "systemic.pembrolizumab" in by_id(plain.options)
    row = """\
domain: systemic
rows:
  - id: local.met
    when: {histology: nsclc, met: exon14_skipping}
    option: capmatinib
    documented: [{in: us, from: 2018, basis: trial, by: [asco-stage-iv-2017]}]
    note: Only in a study.
    review_by: 2027-05-01
"""
    answer = documented(ask(lungmets.load(overlays=small(systemic__met=row)), profile, day))
    option = by_id(answer.withheld)["systemic.pembrolizumab"]
    assert option.by == ("no-checkpoint-inhibitor-alone.met",)
    assert [(one.id, one.rule) for one in option.reason] == [
        ("no-checkpoint-inhibitor-alone.met", "project safety rule"), ("local.met", "local: Hospital small"),
    ]  # fmt: skip


def no_mark(self, _, citations):
    return None if citations else self.safety_rule


# fmt: off
BUGS = [
    # a planted bug,                what,                    stands instead,                            what is noticed
    ("a reason without its mark",   (Sayings, "_rule"),      no_mark,                                   "nobody says that it is local"),
    ("nothing is withheld",         (decision, "_withhold"), lambda *_: None,                           "no longer withheld"),
]
# fmt: on


@pytest.mark.parametrize(("where", "bug", "noticed"), [row[1:] for row in BUGS], ids=[row[0] for row in BUGS])
def test_a_planted_bug_is_noticed(planted, overlay, monkeypatch, where, bug, noticed):
    base = planted.load()
    plain = [ask(base, profile) for profile in (EGFR, ALK)]
    monkeypatch.setattr(*where, bug)
    laid = lungmets.load(planted.path, overlay)
    found = [
        said
        for one, profile in zip(plain, (EGFR, ALK), strict=True)
        for said in silent(one, ask(laid, profile))
    ]
    assert any(noticed in said for said in found), found


def test_guardrails_that_act_in_another_turn_are_noticed(small, monkeypatch):
    """Local guardrails first: then a checkpoint inhibitor alone would come back."""
    profile, day = COMPLETE | {"met": "exon14_skipping"}, date(2025, 1, 1)
    plain = ask(shipped(), profile, day)
    base = lungmets.load(overlays=small(guardrails=WITHOUT_MET))
    view = base.view(plain.jurisdiction, day)
    monkeypatch.setattr(view, "guardrail_turns", {
        name: 0 if name in base.local.marks else 1 for name in view.guardrail_turns
    })  # fmt: skip
    assert any("no longer withheld" in said for said in silent(plain, ask(base, profile, day)))


def test_the_order_of_overlays_changes_nothing(planted, overlay, small):
    panel = FILES["panel.yaml"].replace("braf", "ntrk").replace("local.formulary", "planted-trial")
    other = small("another", panel=panel, workup=FILES["workup.yaml"].replace("local.step", "another.step"))
    one, two = (lungmets.load(planted.path, order) for order in ([overlay, other], [other, overlay]))
    assert one.digest == two.digest
    assert answers(one) == answers(two)
    assert [stamp.id for stamp in one.local.overlays] == ["another", "local-planted"]


def test_without_overlays_nothing_changes(planted):
    plain = planted.load()
    assert lungmets.load(planted.path, []).digest == plain.digest
    assert answers(lungmets.load(planted.path, [])) == answers(plain)
    assert ask(plain, EGFR).knowledge.overlays == ()
    assert lungmets.load().digest == shipped().digest


def test_an_overlay_touches_no_other_knowledge_base(planted, overlay):
    plain = planted.load()
    before = answers(plain)
    laid = lungmets.load(planted.path, overlay)
    assert answers(laid) != before
    assert answers(plain) == before
    assert answers(planted.load()) == before


# ---- who is named ---------------------------------------------------------------------------------------


def test_every_answer_names_the_overlays_that_it_was_given_with(laid):
    profiles = [PatientProfile(**values) for values in PROFILES]
    for answer in (assess(profile, as_of=day, knowledge=laid) for profile in profiles for day in DAYS):
        (stamp,) = answer.knowledge.overlays
        assert (stamp.id, stamp.name, stamp.version) == ("local-planted", "Planted Hospital", "2026.9.0")
        assert re.fullmatch("[0-9a-f]{64}", stamp.digest)
        assert lungmets.read_assessment(answer.model_dump_json()) == answer


def test_the_records_of_an_answer_are_those_that_it_shows(laid):
    stamp = ask(laid, EGFR).knowledge.overlays[0]
    assert stamp.records == (
        "local.beside",  # the row, beside the cited one
        "local.formulary",  # its source
        "local.question",
        "local.step",
        "local.withhold",  # withholds the pair
        "panel:braf",  # asked in the core panel by the overlay only
    )
    # Small-cell disease: no molecular panel, and no local row; what is said to everybody remains.
    stamp = ask(
        laid, {"histology": "small_cell", "ecog_ps": 1, "stage": "extensive"}, None
    ).knowledge.overlays[0]
    assert stamp.records == ("local.question", "local.step")


def test_an_item_that_decides_through_a_local_guardrail_names_it(small):
    """KRAS decides nothing first-line in the knowledge; here it does."""
    guardrail = WITHOUT_MET.replace("when: {}", "when: {histology: nsclc, kras: g12c}").replace(
        "met_inhibitor", "pembrolizumab"
    )
    profile = {name: value for name, value in COMPLETE.items() if name != "kras"}
    (plain,) = ask(shipped(), profile, None).missing
    answer = ask(lungmets.load(overlays=small(guardrails=guardrail)), profile, None)
    (missing,) = answer.missing
    assert (plain.decisive, missing.decisive) == (False, True)
    assert "systemic.pembrolizumab" in missing.decides
    assert "local.no-met-inhibitor" in answer.knowledge.overlays[0].records


def test_what_is_local_is_marked_where_it_is_shown(laid):
    answer = documented(ask(laid, EGFR))
    shown = as_markdown(answer)
    for line in (
        "Kept in the pharmacy",
        "It is not on the formulary",
        "Call the pharmacy",
        "A planted formulary",
    ):
        found = [each for each in shown.splitlines() if line in each]
        assert found or line == "Kept in the pharmacy", line
        assert all(f"({MARK})" in each for each in found), found
    assert "**Local knowledge** Planted Hospital 2026.9.0 (local-planted, " in shown
    own = as_markdown(documented(ask(laid, ALK)))
    assert f"**Local single** (guideline, {MARK})" in own
    beside = as_markdown(documented(ask(laid, EGFR | {"histology": "squamous"})))
    assert f"**Planted pair** (label, preferred by a cited guideline, partly {MARK})" in beside
    refused = as_markdown(ask(laid, {"histology": "adenocarcinoma"}))
    assert f"**braf** (decisive, {MARK})" in refused


def test_the_same_sentence_of_two_overlays_is_told_twice(planted, small):
    paths = [small(name, cautions=f"""\
- id: {name}.task
  when: {{histology: nsclc}}
  on: {{domain: systemic}}
  kind: prerequisite
  says: Call the pharmacy.
  review_by: 2027-05-01
""") for name in ("one", "two")]  # fmt: skip
    answer = documented(ask(lungmets.load(planted.path, paths), EGFR))
    asked = {
        one.rule
        for option in answer.options
        for one in option.prerequisites
        if one.text == "Call the pharmacy."
    }
    assert asked == {"local: Hospital one", "local: Hospital two"}
    assert [stamp.records[-1] for stamp in answer.knowledge.overlays] == ["one.task", "two.task"]


# ---- the digest -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(FILES))
def test_the_digest_changes_with_any_word(planted, overlay, laid, file):
    """One word of each file: of a sentence, a name, or a place."""
    words = {
        "overlay.yaml": ("A planted decision", "Another decision"), "sources/local.yaml": ("A planted", "One planted"),
        "systemic/local.yaml": ("Kept in", "Stands in"), "regimens.yaml": ("Local single", "Local one"),
        "conditions.yaml": ("A local", "One local"), "panel.yaml": ("asks for it", "wants it"),
        "guardrails.yaml": ("on the formulary", "in the formulary"), "cautions.yaml": ("little", "none"),
        "supersessions.yaml": ("the other one", "another"), "conflicts.yaml": ("Who decides", "Who says"),
        "workup.yaml": ("Call", "Ask"), "questions.yaml": ("seen it", "read it"),
    }  # fmt: skip
    old, new = words[file]
    assert FILES[file].count(old) == 1
    lay(overlay, {file: FILES[file].replace(old, new)})
    changed = lungmets.load(planted.path, overlay)
    assert changed.digest != laid.digest
    assert changed.local.overlays[0].digest != laid.local.overlays[0].digest


def test_the_digest_changes_with_the_knowledge_below_and_not_with_comments_or_files(planted, overlay, laid):
    lay(overlay, {"workup.yaml": "# a remark\n" + FILES["workup.yaml"], "CHANGELOG.md": "Words.\n"})
    (overlay / "systemic" / "local.yaml").rename(overlay / "systemic" / "other.yaml")
    assert lungmets.load(planted.path, overlay).digest == laid.digest
    planted.replace("systemic/planted.yaml", "A planted row.", "A planted line.")
    below = lungmets.load(planted.path, overlay)
    assert below.digest != laid.digest
    assert below.local.overlays[0].digest == laid.local.overlays[0].digest


def test_no_copy_of_an_overlay_is_kept(planted, overlay, laid):
    planted.load()
    copies = sorted(planted.path.rglob("__pycache__/*"))
    lay(overlay, {"workup.yaml": FILES["workup.yaml"].replace("Call", "Ask")})
    assert lungmets.load(planted.path, overlay).digest != laid.digest
    assert sorted(planted.path.rglob("__pycache__/*")) == copies
    assert not list(overlay.rglob("__pycache__"))


# ---- mistakes -------------------------------------------------------------------------------------------

# fmt: off
BROKEN = [
    # a mistake,                        file,                   instead of,                      stands,                          where,                       what is told
    ("no name",                         "overlay.yaml",         "name: Planted Hospital\n",      "",                              "overlay.yaml:1",            ["'name' is missing"]),
    ("a version that is a number",      "overlay.yaml",         "2026.9.0",                      "2026.9",                        "overlay.yaml:3",            ["version is 2026.9"]),
    ("a misspelt field",                "overlay.yaml",         "issued_by",                     "isued_by",                      "overlay.yaml:4",            ["'isued_by' is not a field", "did you mean issued_by?"]),
    ("a name of two lines",             "overlay.yaml",         "Planted Hospital",              '"Planted\\nHospital"',          "overlay.yaml:2",            ["name is 'Planted\\nHospital'"]),
    ("a place that is dated",           "overlay.yaml",         "issued_by",                     "begins: {us: 2016-01-31}\nissued_by", "overlay.yaml:4",      ["the place us stands twice", "release.yaml:", "an overlay only adds"]),
    ("an unknown source",               "guardrails.yaml",      "local.formulary",               "local.formulry",                "guardrails.yaml:1",         ["the source 'local.formulry' does not exist", "did you mean local.formulary?"]),
    ("an unknown source of the panel",  "panel.yaml",           "local.formulary",               "local.formulry",                "panel.yaml:2",              ["(braf)", "the source 'local.formulry' does not exist"]),
    ("an unknown option",               "systemic/local.yaml",  "option: local-single",          "option: local-singel",          "systemic/local.yaml:3",     ["the option 'local-singel' does not exist", "did you mean local-single or planted-single?"]),
    ("an unknown word",                 "guardrails.yaml",      "{is: local_condition}",         "{histology: adenocarcinom}",    "guardrails.yaml:1",         ["'adenocarcinom' is not a word of histology"]),
    ("an unknown drug",                 "cautions.yaml",        "local_drug",                    "locl_drug",                     "cautions.yaml:1",           ["'locl_drug' is no regimen, drug, procedure or class"]),
    ("an id of the knowledge",          "guardrails.yaml",      "id: local.withhold",            "id: planted.guardrail",         "guardrails.yaml:1",         ["the id 'planted.guardrail' stands twice", "it is also at guardrails.yaml:", "an overlay only adds"]),
    ("a row of the knowledge",          "systemic/local.yaml",  "id: local.own",                 "id: planted.first",             "systemic/local.yaml:3",     ["the id 'planted.first' stands twice", "it is also at systemic/planted.yaml:3"]),
    ("an id of its own, twice",         "workup.yaml",          "id: local.step",                "id: local.question",            "questions.yaml:1",          ["the id 'local.question' stands twice", "workup.yaml:1"]),
    ("a source of the knowledge",       "sources/local.yaml",   "id: local.formulary",           "id: planted-trial",             "sources/local.yaml:1",      ["the id 'planted-trial' stands twice", "sources/planted.yaml:1"]),
    ("a drug of the knowledge",         "regimens.yaml",        "name: local_drug",              "name: planted_drug",            "regimens.yaml:2",           ["the name 'planted_drug' stands twice", "it is also at regimens.yaml:"]),
    ("a procedure of the knowledge",    "regimens.yaml",        "local_procedure",               "surgical_resection",            "regimens.yaml:3",           ["the name 'surgical_resection' stands twice"]),
    ("a regimen of the knowledge",      "regimens.yaml",        "id: local-single",              "id: planted-single",            "regimens.yaml:5",           ["the id 'planted-single' stands twice"]),
    ("the parts of another regimen",    "regimens.yaml",        "[local_drug], name: Local",     "[planted_drug], name: Local",   "regimens.yaml:5",           ["it has the same parts as 'planted-single'"]),
    ("a condition of the knowledge",    "conditions.yaml",      "id: local_condition",           "id: planted_condition",         "conditions.yaml:5",         ["the id 'planted_condition' stands twice"]),
    ("a group of the knowledge",        "conditions.yaml",      "local_group: [",                "planted_group: [",              "conditions.yaml:3",         ["the group 'planted_group' stands twice", "it is also at conditions.yaml:"]),
    ("a word of no fact",               "conditions.yaml",      "large_cell]",                   "large_cel]",                    "conditions.yaml:3",         ["'large_cel' is not a word of histology", "did you mean large_cell"]),
    ("a row without a note",            "systemic/local.yaml",  "    note: Kept in the pharmacy.\n", "",                          "systemic/local.yaml:11",    ["a local row without a note"]),
    ("a preference",                    "systemic/local.yaml",  "    note: Kept",                "    preferred: [{in: us, from: 2016-01-31, by: [local.formulary]}]\n    note: Kept", "systemic/local.yaml:11", ["a local row cannot prefer", "no `preferred`"]),
    ("a row before the knowledge",      "systemic/local.yaml",  "from: 2016-01-31, basis: guideline, by", "from: 2001, until: 2003, basis: guideline, by", "systemic/local.yaml:3", ["no question can reach this row", "a place with dates (us, eu, ca)"]),
    ("a row before its source",         "systemic/local.yaml",  "from: 2016-01-31, basis: guideline, by", "from: 2014-01-31, basis: guideline, by", "systemic/local.yaml:3", ["on its first day (2014-01-31) no source is published yet"]),
    ("a later line brought forward",    "systemic/local.yaml",  "alk: positive}\n    option: local-single", "brain_symptomatic: yes}\n    option: planted-single", "systemic/local.yaml:3", ["planted.later documents planted-single for later lines only", "it stands at systemic/planted.yaml:"]),
    ("an open question settled",        "systemic/local.yaml",  "alk: positive}\n    option: local-single", "kras: g12c}\n    option: planted-single", "systemic/local.yaml:3", ["planted.open documents planted-single as unresolved"]),
    ("a cited option replaced",         "supersessions.yaml",   "replaces: {regimens: [local-single]}", "replaces: {regimens: [pembrolizumab]}", "supersessions.yaml:1", ["it replaces what is documented without this overlay: systemic.pembrolizumab", "withhold it by a guardrail"]),
    ("an option that is also cited",    "supersessions.yaml",   "with: {regimens: [planted-pair]}\n  replaces: {regimens: [local-single]}", "with: {regimens: [local-single]}\n  replaces: {regimens: [planted-pair]}", "supersessions.yaml:1", ["systemic.planted-pair", "a cited option is never replaced"]),
    ("a loosened panel",                "panel.yaml",           "[core, comprehensive]",         "[core]",                        "panel.yaml:2",              ["the panel would be loosened: braf is no longer asked in comprehensive", "the knowledge asks it at panel.yaml:", "name comprehensive as well"]),
    ("a panel that tightens nothing",   "panel.yaml",           "[core, comprehensive]",         "[comprehensive]",               "panel.yaml:2",              ["this tightens nothing", "another panel, or an earlier day"]),
    ("a later day",                     "panel.yaml",           "panels: [core, comprehensive]", "asked: [{in: us, from: 2020, by: [local.formulary]}]", "panel.yaml:2", ["this tightens nothing"]),
    ("another condition of an item",    "panel.yaml",           "    why:",                      "    when: {histology: squamous}\n    why:", "panel.yaml:2",     ["'when' would change an item that is already asked", "leave 'when' out"]),
    ("another test of an item",         "panel.yaml",           "    why:",                      "    test: Another.\n    why:",  "panel.yaml:2",              ["'test' would change an item"]),
    ("reasons in the panel",            "panel.yaml",           "items:",                        "reasons: {pending: Wait.}\nitems:", "panel.yaml:1",          ["'reasons' is not a field"]),
    ("an item that cannot be asked",    "panel.yaml",           "item: braf",                    "item: brff",                    "panel.yaml:2",              ["'brff' cannot be asked", "did you mean braf?"]),
    ("asked before its source",         "panel.yaml",           "panels: [core, comprehensive]", "asked: [{in: us, from: 2015, by: [local.formulary]}]", "panel.yaml:2", ["on its first day (2015) no source is published yet"]),
    ("YAML that cannot be read",        "workup.yaml",          "- id: local.step",              "- id: [local.step",             "workup.yaml:",              ["this is not valid YAML"]),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "told"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_mistake_is_told_with_file_and_line(planted, overlay, file, old, new, where, told):
    assert FILES[file].count(old) == 1, FILES[file].count(old)
    lay(overlay, {file: FILES[file].replace(old, new)})
    found = problems(planted.path, overlay)
    assert [each for each in found if each.startswith(f"{overlay.as_posix()}/{where}") and all(word in each for word in told)], found  # fmt: skip


# fmt: off
OF_A_PLACE = [
    ("overlay.yaml",        "issued_by", "begins: {ca: 2030-01-31}\nissued_by",            "overlay.yaml:4",       "ca begins after the release"),
    ("systemic/local.yaml", "in: us, from: 2016-01-31, basis: guideline, by", "in: ca, from: 2016-01-31, basis: guideline, by", "systemic/local.yaml:3", "no question can reach this row"),
]
# fmt: on


@pytest.mark.parametrize(("file", "old", "new", "where", "told"), OF_A_PLACE)
def test_a_mistake_about_a_place_without_dates(planted, overlay, file, old, new, where, told):
    without("ca", planted.path)
    lay(overlay, {file: FILES[file].replace(old, new)})
    found = problems(planted.path, overlay)
    assert [each for each in found if each.startswith(f"{overlay.as_posix()}/{where}") and told in each], (
        found
    )


def test_every_mistake_is_told_at_once(planted, overlay):
    lay(overlay, {
        "panel.yaml": FILES["panel.yaml"].replace("[core, comprehensive]", "[core]"),
        "systemic/local.yaml": FILES["systemic/local.yaml"].replace("    note: Kept in the pharmacy.\n", ""),
        "workup.yaml": FILES["workup.yaml"].replace("when: {}", "when: {histology: nsclcc}"),
        "cautions.yaml": FILES["cautions.yaml"].replace("kind: caution", "kind: cation"),
    })  # fmt: skip
    found = problems(planted.path, overlay)
    assert len(found) == 4, found
    for file in ("panel.yaml", "systemic/local.yaml", "workup.yaml", "cautions.yaml"):
        assert any(f"/{file}:" in each for each in found), file


# fmt: off
FOREIGN = [
    ("release.yaml",     ["an overlay cannot carry this file", "an overlay is laid over a release and is none", "overlay.yaml"]),
    ("scope.yaml",       ["an overlay cannot carry this file", "withhold options by guardrails.yaml"]),
    ("alerts.yaml",      ["an overlay cannot carry this file", "urgent findings are not local"]),
    ("supportive.yaml",  ["an overlay cannot carry this file", "put the rows into sites/"]),
    ("timelines.yaml",   ["an overlay cannot carry this file", "say what is local by conflicts.yaml"]),
    ("fracture_risk.yaml", ["an overlay cannot carry this file", "say what is local by questions.yaml"]),
    ("guardrail.yaml",   ["nothing reads this file", "did you mean guardrails.yaml?"]),
    ("sources/local.yml", ["nothing reads this file", "sources/*.yaml"]),
]
# fmt: on


@pytest.mark.parametrize(("file", "told"), FOREIGN, ids=[row[0] for row in FOREIGN])
def test_a_file_that_has_no_place_in_an_overlay_is_refused(planted, overlay, file, told):
    lay(overlay, {file: "- {}\n"})
    (found,) = problems(planted.path, overlay)
    assert found.startswith(f"{overlay.as_posix()}/{file}: ")
    assert all(word in found for word in told), found


def test_a_folder_without_its_header_is_no_overlay(planted, overlay):
    """A whole knowledge folder is told so in one line, and not by a thousand ids that stand twice."""
    (overlay / "overlay.yaml").unlink()
    for folder in (overlay, shipped_folder()):
        (found,) = problems(planted.path, folder)
        assert (
            found
            == f"{folder.as_posix()}/overlay.yaml: the file is missing; expected this file in every overlay folder"
        )


def test_something_that_is_not_a_folder_is_told(planted, tmp_path):
    (found,) = problems(planted.path, tmp_path / "nowhere")
    assert found == f"{tmp_path / 'nowhere'}: this is not a folder; expected an overlay folder"


@pytest.mark.parametrize("files", [{}, {"guardrails.yaml": "[]\n"}, {"panel.yaml": "items: []\n"}])
def test_an_overlay_that_adds_nothing_is_told(planted, tmp_path, files):
    path = lay(tmp_path / "empty", {"overlay.yaml": HEADER, **files})
    (found,) = problems(planted.path, path)
    assert found.startswith(
        f"{path.as_posix()}/overlay.yaml: the overlay adds nothing; expected a record in one of"
    )


def test_the_same_overlay_twice_is_told(planted, overlay):
    (found,) = problems(planted.path, overlay, overlay.parent / "." / "overlay")
    assert found == f"{overlay.as_posix()}: this overlay is given twice; expected each overlay once"


def test_two_overlays_of_one_id_or_name_are_told(planted, small, tmp_path):
    one = small("one")
    other = shutil.copytree(one, tmp_path / "other")
    lay(other, {"questions.yaml": FILES["questions.yaml"]})
    found = problems(planted.path, one, other)
    assert [each.split(": ")[1].split(";")[0] for each in found] == [
        "the id 'one' is that of another overlay",
        "the name 'Hospital one' is that of another overlay",
    ]
    assert all(f"{one.as_posix()}/overlay.yaml" in each for each in found)


def test_two_overlays_that_define_one_thing_are_told_with_both_places(planted, small):
    conditions = FILES["conditions.yaml"]
    one = small("one", conditions=conditions)
    two = small("two", conditions=conditions.replace("local_condition", "other_condition"))
    (found,) = problems(planted.path, one, two)
    assert found.startswith(f"{two.as_posix()}/conditions.yaml:3: the group 'local_group' stands twice")
    assert f"it is also at {one.as_posix()}/conditions.yaml:3" in found
    without("ca", planted.path)
    dated = [lay(path, {"overlay.yaml": (path / "overlay.yaml").read_text() + "begins: {ca: 2016-01-31}\n",
                        "conditions.yaml": conditions.replace("local", path.name)}) for path in (one, two)]  # fmt: skip
    (found,) = problems(planted.path, *dated)
    assert "the place ca stands twice" in found


def test_two_overlays_may_tighten_the_same_item_and_a_mistake_names_both(planted, small):
    panel = FILES["panel.yaml"].replace("local.formulary", "planted-trial")
    one, two = small("one", panel=panel), small("two", panel=panel)
    refusal = ask(lungmets.load(planted.path, [one, two]), {"histology": "adenocarcinoma"})
    assert [remark.rule for remark in refusal.explanation[1:]] == [
        "local: Hospital one",
        "local: Hospital two",
    ]
    lay(two, {"panel.yaml": panel.replace("planted-trial", "planted-trail")})
    (found,) = problems(planted.path, one, two)
    assert f"{one.as_posix()}/panel.yaml:2 or {two.as_posix()}/panel.yaml:2" in found


def test_an_item_that_nothing_asks_needs_all_of_its_fields(planted, overlay):
    """The shipped panel asks for everything that can be asked; another knowledge may not."""
    text = planted.text("panel.yaml")
    start, end = text.index("  - item: nrg1"), text.index("  - item: pd_l1_tps")
    planted.write("panel.yaml", text[:start] + text[end:])
    panel = FILES["panel.yaml"].replace("braf", "nrg1")
    lay(overlay, {"panel.yaml": panel})
    found = problems(planted.path, overlay)
    assert [re.search(r"'\w+' is missing", each)[0] for each in found] == [
        "'when' is missing",
        "'test' is missing",
    ]
    whole = (
        panel
        + "    when: {histology: nsclc}\n    test: RNA.\n    asked: [{in: us, from: 2016-01-31, by: [local.formulary]}]\n"
    )
    lay(overlay, {"panel.yaml": whole})
    refusal = ask(lungmets.load(planted.path, overlay), {"histology": "adenocarcinoma"})
    assert [item.test for item in refusal.missing if item.item == "nrg1"] == ["RNA."]


def test_a_defect_of_the_knowledge_is_told_by_itself(planted, overlay):
    planted.replace("systemic/planted.yaml", "note: Documented only after something else.", "note: ''")
    lay(overlay, {"panel.yaml": "items: 5\n"})
    (found,) = problems(planted.path, overlay)
    assert found.startswith("systemic/planted.yaml:14 (planted.later): a later-line row without a note")


def test_a_limit_that_is_not_kept_is_noticed(planted, overlay, monkeypatch):
    """The test of the loosened panel fails where the limit is left out."""
    lay(overlay, {"panel.yaml": FILES["panel.yaml"].replace("[core, comprehensive]", "[core]")})
    assert problems(planted.path, overlay)
    monkeypatch.setattr(_Limits, "panel", lambda *_: iter(()))
    lungmets.load(planted.path, overlay)


def test_one_folder_may_be_given_as_text_as_a_path_or_in_a_list(planted, overlay, laid):
    for given in (str(overlay), overlay, [str(overlay)], iter([overlay])):
        assert lungmets.load(planted.path, given).digest == laid.digest


def test_the_schema_of_an_answer_knows_the_overlays(laid):
    from jsonschema import validate

    from lungmets.schemas import answer_schema

    validate(json.loads(ask(laid, EGFR).model_dump_json()), answer_schema())


# ---- the example ----------------------------------------------------------------------------------------

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "add-local-knowledge.md"


def written(text):
    """The lines of some YAML that say something, without their remarks."""
    lines = (line.partition(" #")[0].rstrip() for line in text.splitlines() if not line.startswith("#"))
    return [line for line in lines if line]


def test_what_the_page_shows_of_the_example_is_what_stands_there():
    files = [
        written(path.read_text(encoding="utf-8")) for path in (PAGE.parents[1] / "overlays").rglob("*.yaml")
    ]
    shown = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(shown) == 3
    assert [text for text in shown if written(text) not in files] == []


def test_the_example_says_that_it_is_invented():
    for path in (PAGE, *(PAGE.parents[1] / "overlays" / "example-hospital").glob("overlay.yaml")):
        assert "nvented" in path.read_text(encoding="utf-8")
