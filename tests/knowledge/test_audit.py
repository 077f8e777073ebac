"""The audit finds every planted defect, says where it stands and what to do, and finds it only where it is.

The planted records (see conftest.py) are sound but for what each test plants. All are due on 2027-05-01.
"""

from datetime import date

import pytest

from lungmets.knowledge.audit import Audit, FindingKind, Pressing, Weakness, audit, auditing, weaknesses
from lungmets.knowledge.overlays.merging import load_placed
from lungmets.knowledge.schema import Source
from lungmets.vocabulary import Jurisdiction

SOURCES, ROWS = "sources/planted.yaml", "systemic/planted.yaml"
SEEN = "    - {fields: [doi], at: nowhere, level: primary}\n"
FIRST = "  - id: planted.first"
COMPARED = "figures:\n    - {endpoint: os, value: 0.5, against: nothing, low"
FIGURE = "figures:\n    - {endpoint: os, value: 0.5, low"
DUE = date(2027, 5, 1)


_states = {}


@pytest.fixture(autouse=True)
def read_once(monkeypatch):
    """Load one state of a folder only once, whatever is asked of it: places are relative to the folder."""

    def load(folder, overlays):
        state = tuple((path.name, path.read_bytes()) for path in sorted(folder.rglob("*.yaml")))
        if (key := hash(state)) not in _states:
            _states[key] = load_placed(folder, overlays)
        return _states[key]

    monkeypatch.setattr(auditing, "load_placed", load)


def found(folder, kind, **asked):
    """The findings of a kind, by record."""
    return {one.record: one for one in audit(folder.path, **asked).findings if one.kind == kind}


def at(folder, file, text):
    return f"{file}:{folder.line(file, text)}"


# ---- reviews --------------------------------------------------------------------------------------------


def test_a_review_is_overdue_on_the_day_after_and_not_on_the_day_itself(planted):
    """As in the answers: `review_by` is the last day on which the record is in order."""
    on, after = (audit(planted.path, as_of=day) for day in (DUE, date(2027, 5, 2)))
    kinds = [{one.kind for one in each.findings if one.record == "planted.first"} for each in (on, after)]
    assert kinds[0] & {"overdue", "due_soon"} == {"due_soon"}
    assert kinds[1] & {"overdue", "due_soon"} == {"overdue"}
    assert after.blocked
    (late,) = [one for one in after.findings if (one.record, one.kind) == ("planted.first", "overdue")]
    assert (late.place, late.pressing, late.day) == (at(planted, ROWS, FIRST), Pressing.NOW, DUE)
    assert late.what == "its review was due on 2027-05-01, 1 day ago"
    assert late.do.startswith("read its sources again, look for newer ones, then set `review_by` anew")


REVIEWED = {
    "planted.open": ROWS, "planted.guardrail": "guardrails.yaml", "planted.caution": "cautions.yaml",
    "planted.note": "notes.yaml", "planted.supersession": "supersessions.yaml", "planted.conflict": "conflicts.yaml",
    "planted.scope": "scope.yaml", "planted.alert": "alerts.yaml", "planted.step": "workup.yaml",
    "planted.question": "questions.yaml", "panel:stage": "panel.yaml",
}  # fmt: skip
"""A record of every kind that is reviewed: the last of its file."""


def test_the_review_of_every_kind_of_record_is_watched(planted):
    assert not found(planted, "overdue")
    for file in REVIEWED.values():
        before, there, after = planted.text(file).rpartition("review_by: 2027-05-01")
        assert there
        planted.write(file, f"{before}review_by: 2026-09-30{after}")
    late = found(planted, "overdue")
    assert late.keys() == REVIEWED.keys()
    for name, finding in late.items():
        assert finding.place.startswith(f"{REVIEWED[name]}:")
        assert finding.what == "its review was due on 2026-09-30, 7 days ago"


def test_what_is_due_soon_depends_on_how_far_ahead_is_looked(planted):
    eve = {"as_of": date(2027, 4, 1)}  # 30 days before
    assert found(planted, "due_soon", within_days=29, **eve).keys().isdisjoint({"planted.first"})
    soon = found(planted, "due_soon", within_days=30, **eve)["planted.first"]
    assert soon.what == "its review is due on 2027-05-01, in 30 days"


# ---- claims ---------------------------------------------------------------------------------------------

CLAIMS = """\
article:
  id: 900_0000000000000000
  about: A planted article.
claims:
  - id: claim.900.undecided
    kind: treatment
    says: Something planted is said.
    at: ["1:1"]
    carried_by: [planted.first]
  - id: claim.900.unsupported
    kind: treatment
    says: Something else is said.
    at: ["1:2"]
    verdict: unsupported
    reason: No source was found.
    not_carried: Nothing can carry it.
  - id: claim.900.not-verified
    kind: symptom
    says: A third thing is said.
    at: ["1:3"]
    verdict: adopted
    reason: The trial says so.
    carried_by: [planted.note]
    decided_by: [planted-trial]
    verified: {on: 2026-10-01, not_possible: The page is gone.}
  - id: claim.900.in-order
    kind: symptom
    says: A fourth thing is said.
    at: ["1:4"]
    verdict: adopted
    reason: The trial says so.
    carried_by: [planted.note]
    decided_by: [planted-trial]
    verified: {on: 2026-10-01, found: The page says so.}
sentences: {"1:1": "0000000000000001", "1:2": "0000000000000002", "1:3": "0000000000000003", "1:4": "0000000000000004"}
"""


@pytest.fixture
def claimed(planted):
    (planted.path / "claims").mkdir(exist_ok=True)
    planted.write("claims/900_0000000000000000.yaml", CLAIMS)
    return planted


def test_claims_without_a_verdict_without_a_source_and_without_a_check_are_listed(claimed):
    file = "claims/900_0000000000000000.yaml"
    undecided = found(claimed, "undecided_claim")["claim.900.undecided"]
    assert (undecided.place, undecided.pressing) == (at(claimed, file, "claim.900.undecided"), Pressing.NOW)
    assert undecided.what == "not decided yet: Something planted is said."
    assert undecided.concerns == ("planted.first",)
    sourceless = found(claimed, "claim_without_source")["claim.900.unsupported"]
    assert sourceless.what == "unsupported, by no source: Something else is said."
    unchecked = found(claimed, "claim_not_verified")["claim.900.not-verified"]
    assert unchecked.what.endswith("that was not possible: The page is gone.")
    assert unchecked.day == date(2026, 10, 1)
    about = [one.record for one in audit(claimed.path).findings if one.record == "claim.900.in-order"]
    assert about == []


def test_an_undecided_claim_blocks_and_a_decided_one_does_not(claimed):
    assert audit(claimed.path).blocked
    verdict = "carried_by: [planted.first]\n    verdict: unsupported\n    reason: No source was found.\n"
    claimed.replace("claims/900_0000000000000000.yaml", "carried_by: [planted.first]\n", verdict)
    assert "claim.900.undecided" not in found(claimed, "undecided_claim")


# ---- unverified -----------------------------------------------------------------------------------------


def test_an_unverified_field_is_listed_with_what_rests_on_it(planted):
    assert "planted-trial" not in found(planted, "unverified")
    planted.replace(SOURCES, SEEN, f"{SEEN}  unverified: [figures, volume]\n")
    doubt = found(planted, "unverified")["planted-trial"]
    assert doubt.place == at(planted, SOURCES, "- id: planted-trial")
    assert doubt.fields == ("figures", "volume")
    assert {"planted.first", "planted.guardrail", "planted.note"} <= set(doubt.concerns)
    assert "not verified: figures, volume; " in doubt.what
    # The figures still stand in the file, the volume does not.
    assert doubt.what.endswith("a value stands in the file for figures and is shown to nobody")
    assert doubt.pressing is Pressing.SOON, "rows rest on what the trial says"


def test_a_doubt_of_where_a_source_is_found_can_wait(planted):
    planted.replace(SOURCES, SEEN, f"{SEEN}  unverified: [volume]\n")
    assert found(planted, "unverified")["planted-trial"].pressing is Pressing.LATER


def test_a_sentence_that_calls_itself_unverified_is_listed(planted):
    assert "planted.caution" not in found(planted, "unverified")
    planted.replace("cautions.yaml", "says: A planted caution.", "says: A planted caution (unverified).")
    assert found(planted, "unverified")["planted.caution"].what == "a sentence of it calls itself unverified"


# ---- weak and old sources -------------------------------------------------------------------------------

# fmt: off
WEAKNESSES = [
    # what the record has,                                                          what is weak in it
    ({"kind": "trial", "pmid": "1234567", "figures": [{"endpoint": "os", "against": "x"}]}, []),
    ({"kind": "trial", "pmid": "1234567", "figures": [{"endpoint": "os", "control": 5.0}]}, []),
    ({"kind": "trial", "pmid": "1234567", "figures": [{"endpoint": "orr", "value": 80.0}]}, ["no_comparison"]),
    ({"kind": "trial", "nct": ["NCT00000001"], "figures": [{"endpoint": "os", "control": 5.0}]}, ["no_identifier"]),
    ({"kind": "guideline", "doi": "10.1000/a"},                                     []),
    ({"kind": "guideline"},                                                         ["no_identifier"]),
    ({"kind": "guideline", "doi": "10.1000/a", "unverified": ["doi"]},              ["no_identifier"]),
    ({"kind": "guideline", "doi": "10.1000/a", "level": "secondary"},               ["second_hand"]),
    ({"kind": "guideline", "doi": "10.1000/a", "level": "tertiary"},                ["second_hand"]),
    ({"kind": "approval", "agency": "fda"},                                         []),
    ({"kind": "approval", "agency": "fda", "level": "secondary"},                   ["second_hand"]),
    ({"kind": "label", "agency": "ema"},                                            []),
    ({"kind": "review", "doi": "10.1000/a"},                                        ["no_trial"]),
    ({"kind": "registry", "doi": "10.1000/a"},                                      ["no_trial"]),
    ({"kind": "statement", "doi": "10.1000/a"},                                     ["no_trial"]),
]
# fmt: on


@pytest.mark.parametrize(("record", "weak"), WEAKNESSES)
def test_a_weakness_follows_from_the_fields_of_the_record(record, weak):
    level = record.pop("level", "primary")
    sighting = {"fields": ["statement"], "at": "somewhere", "level": level}
    source = Source.model_validate({"id": "a", "name": "A source", "seen": [sighting], **record})
    assert weaknesses(source) == tuple(map(Weakness, weak))


def test_a_row_on_one_weak_source_is_listed_until_the_source_or_the_row_is_stronger(planted):
    """From 2020 on planted.first rests on the trial alone, of which no figure compares."""
    weak = found(planted, "weak_source")["planted.first"]
    assert weak.place == at(planted, ROWS, FIRST)
    assert (
        weak.what
        == "in us, eu it rests on one weak source: planted-trial (no figure against a comparator was seen)"
    )
    assert weak.do == "look for a comparison, or a second source that carries the row"
    assert (weak.pressing, weak.sources) == (Pressing.SOON, ("planted-trial",))
    assert weak.concerns == ("planted.open",), "the other row on the same source"
    stronger = "from: 2020, basis: trial, by: [planted-trial, flaura]"
    planted.replace(ROWS, "from: 2020, basis: trial, by: [planted-trial]", stronger)
    assert "planted.first" not in found(planted, "weak_source")


def test_a_figure_that_compares_makes_the_trial_carry_its_rows(planted):
    planted.replace(SOURCES, FIGURE, COMPARED)
    assert {"planted.first", "planted.open"}.isdisjoint(found(planted, "weak_source"))


def test_two_weak_sources_are_less_pressing_than_one(planted):
    approval = "  - {in: [us, eu], from: 2020, basis: trial, by: [planted-trial, planted-approval]}"
    planted.replace(ROWS, "  - {in: [us, eu], from: 2020, basis: trial, by: [planted-trial]}", approval)
    places = {
        one.what[:5]: one
        for one in audit(planted.path).findings
        if (one.record, one.kind) == ("planted.first", "weak_source")
    }
    # The approval was seen nowhere, so it is weak too; it speaks for the United States alone.
    assert places["in us"].pressing is Pressing.LATER
    assert "2 weak sources only: planted-trial (" in places["in us"].what
    assert "planted-approval (nothing of it was seen at a primary place)" in places["in us"].what
    assert places["in eu"].sources == ("planted-trial",)


def test_a_row_that_has_ended_is_not_weak(planted):
    planted.replace(ROWS, "{in: [us, eu], from: 2020, basis", "{in: [us, eu], from: 2020, until: 2021, basis")
    assert "planted.first" not in found(planted, "weak_source")
    assert "planted.first" in found(planted, "weak_source", as_of=date(2020, 12, 31))


def test_a_row_is_old_when_its_newest_source_is(planted):
    """The planted trial is of 2015-06-30: eleven years and three months before the release."""
    old = found(planted, "old_sources", older_than_years=11)["planted.first"]
    assert old.what == "its newest source, planted-trial, is of 2015-06-30: more than 11 years old"
    assert (old.day, old.sources) == (date(2015, 6, 30), ("planted-trial",))
    assert "planted.first" not in found(planted, "old_sources", older_than_years=12)
    newer = "from: 2020, basis: trial, by: [planted-trial, flaura]"
    planted.replace(ROWS, "from: 2020, basis: trial, by: [planted-trial]", newer)
    assert "planted.first" not in found(planted, "old_sources", older_than_years=11)


def test_a_source_that_nothing_cites_is_listed_and_a_claim_is_a_citation(claimed):
    more = "\n- id: planted-idle\n  kind: trial\n  name: An idle trial\n  doi: 10.1000/idle\n"
    claimed.write(SOURCES, claimed.text(SOURCES) + more)
    assert found(claimed, "uncited_source")["planted-idle"].do.startswith(
        "cite it where it decides something"
    )
    last = "decided_by: [planted-trial]\n    verified: {on: 2026-10-01, found"
    claimed.replace("claims/900_0000000000000000.yaml", last, last.replace("planted-trial", "planted-idle"))
    assert "planted-idle" not in found(claimed, "uncited_source")


# ---- disputes -------------------------------------------------------------------------------------------


def test_a_conflict_names_both_of_its_sources(planted):
    planted.replace("conflicts.yaml", "by: [planted-trial]", "by: [planted-trial, flaura]")
    conflict = found(planted, "conflict")["planted.conflict"]
    assert conflict.what == "A planted conflict. Sources: planted-trial (A planted trial); flaura (FLAURA)."
    assert conflict.sources == ("planted-trial", "flaura")


PREFERRED = "    preferred:\n      - {in: us, from: 2017, until: 2019, by: [planted-trial]}\n"


def test_two_options_that_are_preferred_at_once_are_listed(planted):
    """Both rows can hold for one profile: planted.open needs KRAS G12C, planted.first an EGFR alteration."""
    planted.replace(ROWS, PREFERRED, PREFERRED.replace(", until: 2019", ""))
    assert not found(planted, "two_preferences")
    needed = "    unresolved: {unknown"
    planted.replace(
        ROWS, needed, "    preferred:\n      - {in: [us, eu], from: 2018, by: [flaura]}\n" + needed
    )
    (both,) = found(planted, "two_preferences").values()
    assert both.record == "planted.first"
    assert both.concerns == ("planted.open",)
    assert both.what == "in us it is preferred by planted-trial, while planted.open is preferred by flaura"
    assert both.day == date(2018, 12, 31), "the later of the two beginnings"
    assert not found(planted, "two_preferences", jurisdiction="eu"), "there only one is preferred"
    assert not found(planted, "two_preferences", as_of=date(2018, 6, 1)), "before the second began"


# fmt: off
APART = [
    # planted.first becomes,        planted.open (KRAS G12C) becomes
    ('pd_l1_tps: ">=1, <50"',       'pd_l1_tps: ">=50"'),
    ("kras: negative",              'pd_l1_immune_cells: ">=10"'),  # not negative where G12C was found
]
# fmt: on


@pytest.mark.parametrize(("first", "second"), APART)
def test_preferences_for_different_patients_are_no_dispute(planted, first, second):
    planted.replace(ROWS, PREFERRED, PREFERRED.replace(", until: 2019", ""))
    open_row = 'pd_l1_immune_cells: ">=10"}\n    option: planted-single\n'
    preferred = "    preferred:\n      - {in: us, from: 2018, by: [flaura]}\n"
    settled = open_row.replace('pd_l1_immune_cells: ">=10"', second) + preferred
    text = planted.text(ROWS).replace('pd_l1_tps: ">=1, <50"', first).replace(open_row, settled)
    planted.write(ROWS, text.partition("    unresolved:")[0] + "    review_by: 2027-05-01\n")
    assert not found(planted, "two_preferences")
    planted.write(ROWS, planted.text(ROWS).replace(first, "alk: negative"))
    assert found(planted, "two_preferences"), "without the difference they would be"


# ---- the audit as a whole -------------------------------------------------------------------------------


def test_one_place_hears_only_what_speaks_there(planted):
    planted.replace(
        SOURCES, "  published: 2016-01-31\n", "  published: 2016-01-31\n  unverified: [approval]\n"
    )
    late = {"as_of": date(2027, 6, 1)}
    here, there = (found(planted, "overdue", jurisdiction=place, **late) for place in ("us", "eu"))
    # planted.later is documented in the United States only, and so is the note; the first row in both.
    assert here.keys() - there.keys() >= {"planted.later", "planted.note", "planted.question"}
    assert {"planted.first", "planted.guardrail"} <= here.keys() & there.keys()
    assert "planted-approval" in found(planted, "unverified", jurisdiction="us")
    assert "planted-approval" not in found(planted, "unverified", jurisdiction=Jurisdiction.EU)


def test_the_most_urgent_come_first_and_the_same_source_only_once(claimed):
    claimed.replace(
        "conflicts.yaml",
        "by: [planted-trial]\n  review_by: 2027-05-01",
        "by: [planted-trial]\n  review_by: 2026-09-01",
    )
    whole = audit(claimed.path)
    order = [
        (list(Pressing).index(one.pressing), list(FindingKind).index(one.kind)) for one in whole.findings
    ]
    assert order == sorted(order)
    assert [one.record for one in whole.most_urgent[:2]] == ["planted.conflict", "claim.900.undecided"]
    weak = [one.sources for one in whole.most_urgent if one.kind == "weak_source"]
    assert len(weak) == len(set(weak))
    assert len(whole.most_urgent) == 5


def test_every_finding_says_where_it_stands_and_what_to_do_and_is_counted(claimed):
    whole = audit(claimed.path, as_of=date(2027, 6, 1))
    kinds = {one.kind for one in whole.findings}
    assert set(FindingKind) - kinds <= {FindingKind.TWO_PREFERENCES, FindingKind.DUE_SOON}
    for one in whole.findings:
        file, _, line = one.place.partition(":")
        assert (claimed.path / file).is_file(), one
        assert line.isdigit(), one
        assert one.do, one
        assert one.what, one
    counted = {kind: sum(one.kind is kind for one in whole.findings) for kind in FindingKind}
    assert whole.counts == counted


def test_an_audit_is_plain_data_and_the_same_every_time(planted):
    whole = audit(planted.path)
    assert whole == audit(planted.path)
    assert Audit.model_validate_json(whole.model_dump_json()) == whole


def test_the_shipped_knowledge_can_be_audited_and_nothing_of_it_is_overdue_on_its_day():
    whole = audit()
    assert whole.as_of == whole.knowledge.as_of
    assert whole.counts[FindingKind.OVERDUE] == 0


def test_a_part_of_an_audit_still_counts_everything(planted):
    whole = audit(planted.path)
    part = whole.only([FindingKind.CONFLICT])
    assert {one.kind for one in (*part.findings, *part.most_urgent)} == {FindingKind.CONFLICT}
    assert part.counts == whole.counts
