"""A broken claims file does not load, and the message says what to mend and where.

The planted article of conftest.py is broken in one place; each line of a table is one mistake: what is
written instead of what, the text on whose line the message must point, and its words.
"""

import pytest

from tests.knowledge.conftest import ARTICLE, CLAIMS
from tests.knowledge.test_defects import only, told

FIRST, SECOND, THIRD = "- id: claim.999.first", "- id: claim.999.second", "- id: claim.999.third"
OUTSIDE, SENTENCES = "out_of_scope:", "sentences:"
VERDICT = "    verdict: qualified\n"

# fmt: off
SHAPE = [
    # what is wrong,              instead of,                       stands,                             told at,       words
    ("an unknown field",          "    kind: treatment",            "    colour: red\n    kind: treatment", "colour",  ["(claim.999.first)", "'colour' is not a field"]),
    ("a misspelt field",          "carried_by: [planted.question",  "caried_by: [planted.question",     "caried_by",   ["(claim.999.first)", "did you mean carried_by"]),
    ("an unknown kind",           "kind: treatment",                "kind: treatmnet",                  "treatmnet",   ["(claim.999.first)", "kind is 'treatmnet'", "did you mean treatment?"]),
    ("an unknown verdict",        "verdict: qualified",             "verdict: qualifed",                "qualifed",    ["(claim.999.first)", "verdict is 'qualifed'", "did you mean qualified?"]),
    ("an unknown reason",         "why: navigation",                "why: navigtion",                   "navigtion",   ["why is 'navigtion'", "did you mean navigation?"]),
    ("no paraphrase",             "    says: A planted statement.\n", "",                               FIRST,         ["(claim.999.first)", "'says' is missing"]),
    ("no place",                  'at: ["2:1", "2:3"]',             "at: []",                           "at: []",      ["(claim.999.first)", "at is []", "a list of at least 1"]),
    ("a place without quotes",    'at: ["2:1", "2:3"]',             "at: [2.1]",                        "at: [2.1]",   ["(claim.999.first)", "at is 2.1", "expected text"]),
    ("a place counted from 0",    'at: ["2:1", "2:3"]',             'at: ["2:0"]',                      '"2:0"',       ["(claim.999.first)", "at is '2:0'", "text of the form"]),
    ("a hash as a number",        '"4:1": "0000000000000041"',      '"4:1": 1234567890123456',          '"4:1":',      ["sentences.4:1 is 1234567890123456", "expected text"]),
    ("a short hash",              '"4:1": "0000000000000041"',      '"4:1": "0041"',                    '"4:1":',      ["sentences.4:1 is '0041'", "text of the form"]),
    ("an id of another kind",     "claim.999.third",                "planted.claim",                    "- id: planted.claim", ["(planted.claim)", "id is 'planted.claim'", "text of the form ^claim"]),
    ("a name of an article",      "id: 999_00000000000000aa",       "id: planted article",              "planted article", ["article.id is 'planted article'", "text of the form"]),
    ("a day of no calendar",      "dated: 2019-05",                 "dated: 2019-13",                   "2019-13",     ["article.dated is '2019-13'", "a date such as"]),
    ("a month for a day",         "on: 2026-10-07",                 "on: 2026-10",                      "on: 2026-10", ["(claim.999.first)", "verified.on is '2026-10'", "a day such as"]),
    ("verified and not possible", "found: Planted as found.",       "found: Planted., not_possible: Planted.", "found: Planted., ", ["(claim.999.first)", "verified says both or nothing", "either `found` or `not_possible`"]),
    ("verified without a word",   ", found: Planted as found.",     "",                                 "on: 2026-10-07", ["(claim.999.first)", "verified says both or nothing"]),
    ("a verdict without reason",  "    reason: Planted as a reason.\n", "",                             FIRST,         ["(claim.999.first)", "a claim without a reason", "`verdict` and `reason` together, or neither"]),
    ("a reason without verdict",  VERDICT,                          "",                                 FIRST,         ["(claim.999.first)", "a claim without a verdict"]),
    ("carried, and not carried",  "    carried_by: [planted.step]\n", "    carried_by: [planted.step]\n    not_carried: Planted.\n", THIRD, ["(claim.999.third)", "both of carried_by and not_carried"]),
    ("neither of the two",        "    carried_by: [planted.step]\n", "",                               THIRD,         ["(claim.999.third)", "neither of carried_by and not_carried", "why nothing does under `not_carried`"]),
    ("decided by nothing",        "    decided_by: [flaura, alex]\n", "",                               FIRST,         ["(claim.999.first)", "a claim is qualified by no source", "a source under `decided_by`"]),
]

CONTENT = [
    # what is wrong,              instead of,                       stands,                             told at,       words
    ("an unknown source",         "decided_by: [flaura, alex]",     "decided_by: [flauro]",             FIRST,         ["(claim.999.first)", "decided_by: the source 'flauro' does not exist", "did you mean flaura"]),
    ("an unknown record",         "[planted.question, ",            "[planted.qestion, ",               FIRST,         ["(claim.999.first)", "carried_by: the record 'planted.qestion' does not exist", "did you mean planted.question"]),
    ("an unknown panel item",     '"panel:egfr"',                   '"panel:egrf"',                     FIRST,         ["'panel:egrf' does not exist", "panel:egfr"]),
    ("an unknown symptom",        '"symptom:seizure"',              '"symptom:seizur"',                 FIRST,         ["'symptom:seizur' does not exist", "did you mean symptom:seizure"]),
    ("a source that carries",     "[planted.question, ",            "[planted-trial, ",                 FIRST,         ["the record 'planted-trial' does not exist"]),
    ("an unknown module",         "lungmets.gate]",                 "lungmets.gait]",                   FIRST,         ["carried_by: there is no module 'lungmets.gait'", "a module of this library", "did you mean lungmets.gate"]),
    ("a function for a module",   "lungmets.gate]",                 "lungmets.gate.examine]",           FIRST,         ["there is no module 'lungmets.gate.examine'"]),
    ("an id of another article",  "claim.999.third",                "claim.998.third",                  "- id: claim.998.third", ["(claim.998.third)", "the id does not begin with 'claim.999.'"]),
    ("an id twice",               "claim.999.third",                "claim.999.second",                 "- id: claim.999.second\n    kind: prognosis", ["the id 'claim.999.second' stands twice", f"it is also at {ARTICLE}:"]),
    ("a file of another name",    "id: 999_00000000000000aa",       "id: 999_00000000000000ab",         "id: 999",     ["the article is called '999_00000000000000ab'", "'999_00000000000000aa', as its file"]),
    ("a sentence of nobody",      '"4:1"]}\n',                      "]}\n",                             '"4:1": ',     ["nothing is said of sentence 4:1", "a claim, or a line of `out_of_scope`"]),
    ("claimed, out of scope too", '["2:2", "4:1"]',                 '["2:2", "3:2", "4:1"]',            THIRD,         ["(claim.999.third)", "at: 3:2 is out of scope as well (navigation)", "a claim, or a reason to make none"]),
    ("a place that is none",      'at: ["3:2"]',                    'at: ["3:2", "3:3"]',               THIRD,         ["(claim.999.third)", "at: there is no sentence 3:3", "a place that stands in `sentences`"]),
    ("a made-up place outside",   '["2:2", "4:1"]',                 '["2:2", "4:1", "5:1"]',            OUTSIDE,       ["at: there is no sentence 5:1"]),
    ("a place twice in a claim",  'at: ["3:2"]',                    'at: ["3:2", "3:2"]',               THIRD,         ["(claim.999.third)", "at: 3:2 stands twice", "each sentence once"]),
    ("out of scope twice",        '["1:1"]',                        '["1:1", "4:1"]',                   OUTSIDE,       ["at: 4:1 stands twice"]),
    ("a day after the release",   "on: 2026-10-07",                 "on: 2026-10-08",                   FIRST,         ["(claim.999.first)", "verified on 2026-10-08, after the release", "a day up to 2026-10-07"]),
]
# fmt: on


@pytest.mark.parametrize(
    ("old", "new", "where", "words"), [row[1:] for row in SHAPE], ids=[r[0] for r in SHAPE]
)
def test_a_claim_of_a_wrong_shape(planted, broken, old, new, where, words):
    told(planted, only(broken((ARTICLE, old, new))), ARTICLE, where, words)


@pytest.mark.parametrize(
    ("old", "new", "where", "words"), [row[1:] for row in CONTENT], ids=[r[0] for r in CONTENT]
)
def test_a_claim_that_does_not_fit(planted, broken, old, new, where, words):
    told(planted, only(broken((ARTICLE, old, new))), ARTICLE, where, words)


def test_a_sentence_left_out_of_the_middle_shows(planted, broken):
    """Everything that speaks of 2:2 is gone; the gap before 2:3 tells it."""
    problem = only(
        broken((ARTICLE, '["2:2", "4:1"]', '["4:1"]'), (ARTICLE, '  "2:2": "0000000000000022"\n', ""))
    )
    told(planted, problem, ARTICLE, '"2:3": "', ["before 2:3, sentence 2:2 is missing", "every sentence"])


def test_a_paragraph_left_out_of_the_middle_shows(planted, broken):
    edits = [(ARTICLE, line, "") for line in CLAIMS.splitlines(keepends=True) if line.startswith('  "3:')]
    third = CLAIMS[CLAIMS.index("  - id: claim.999.third") : CLAIMS.index("out_of_scope")]
    problem = only(broken(*edits, (ARTICLE, third, ""), (ARTICLE, '["2:3", "3:1"]', '["2:3"]')))
    told(planted, problem, ARTICLE, '"4:1": "', ["before 4:1, sentence 3:1 is missing"])


def test_a_record_that_was_removed_is_missed_by_its_claim(planted, broken):
    step = planted.text("workup.yaml")[planted.text("workup.yaml").index("- id: planted.step") :]
    told(planted, only(broken(("workup.yaml", step, ""))), ARTICLE, THIRD, ["'planted.step' does not exist"])


def test_what_refers_to_a_refused_record_is_no_second_defect(planted, broken):
    problem = only(broken(("workup.yaml", "says: A planted step.", "says: No")))
    told(planted, problem, "workup.yaml", "says: No\n", ["(planted.step)"])


def test_a_claims_file_of_another_ending_is_read_by_nothing(planted):
    planted.write("claims/notes.txt", "A remark.")
    assert "claims/notes.txt: nothing reads this file" in str(only(planted.problems()))


def test_an_overlay_cannot_judge_articles(planted, tmp_path):
    from lungmets import KnowledgeError, load
    from tests.knowledge import laying

    folder = tmp_path / "overlay"
    (folder / "claims").mkdir(parents=True)
    (folder / "overlay.yaml").write_text(laying.HEADER, encoding="utf-8")
    (folder / ARTICLE).write_text(CLAIMS, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(planted.path, folder)
    assert any(f"{ARTICLE}: an overlay cannot carry this file" in str(one) for one in caught.value.problems)
