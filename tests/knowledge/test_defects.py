"""A broken knowledge folder does not load, and the message says what to mend and where.

One planted record (see conftest.py) is broken in one place; each line of a table is one mistake:
what is written instead of what, the text on whose line the message must point, and its words.
"""

import pytest

from lungmets.documents import LARGEST_DOCUMENT
from lungmets.errors import KnowledgeError

ROWS = "systemic/planted.yaml"
SOURCES = "sources/planted.yaml"
FIRST, LATER, OPEN = "- id: planted.first", "- id: planted.later", "- id: planted.open"
WHEN = 'when: {histology: nsclc, egfr: [exon19del, l858r], pd_l1_tps: ">=1, <50"}'
LABEL = "{in: us, from: 2016-01-31, until: 2020, basis: label, by: [planted-approval, planted-trial]}"


def only(problems):
    """The one problem that there is: a single mistake is told once."""
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def told(folder, problem, file, where, words):
    """Whether a message points to the line of a text and has all of the words."""
    assert problem.place.split(" ")[0] == f"{file}:{folder.line(file, where)}", str(problem)
    missing = [word for word in words if word not in str(problem)]
    assert missing == [], str(problem)


def test_the_planted_folder_is_sound(planted):
    """Without this, any of the tests below could pass for a reason of its own."""
    content = planted.load().content
    assert "planted-trial" in content.all_sources()
    assert {"planted.first", "planted.later", "planted.open"} <= {row.id for _, row in content.rows()}


# ---- the shape of a record: told on the line of the field ------------------------------------------

# fmt: off
SHAPE = [
    # what is wrong,            file,   instead of,                  stands,                        told at,         words
    ("a misspelt field",        ROWS,   "option: planted-pair",      "optoin: planted-pair",        "optoin",        ["(planted.first)", "'optoin' is not a field", "did you mean option?"]),
    ("an unknown field",        ROWS,   "    note: A planted row.",  "    colour: red",             "colour",        ["(planted.first)", "'colour' is not a field of this record"]),
    ("a missing field",         ROWS,   "    option: planted-pair\n", "",                           FIRST,           ["(planted.first)", "'option' is missing"]),
    ("a missing field inside",  ROWS,   "until: 2020, basis: label, ", "until: 2020, ",             "- {in: us",     ["(planted.first)", "'basis' is missing"]),
    ("a list for a text",       ROWS,   "option: planted-pair",      "option: [planted-pair]",      "option: [",     ["(planted.first)", "option is ['planted-pair']", "expected text"]),
    ("a number for a text",     ROWS,   "note: A planted row.",      "note: 5",                     "note: 5",       ["(planted.first)", "note is 5", "expected text"]),
    ("a text for a table",      ROWS,   WHEN,                        "when: always",                "when: always",  ["(planted.first)", "when is 'always'", "expected a table of fields"]),
    ("a text for a list",       SOURCES, "nct: [NCT00000001]",       "nct: NCT00000001",            "nct:",          ["(planted-trial)", "nct is 'NCT00000001'", "expected a list"]),
    ("a text for a number",     SOURCES, "value: 0.5",               "value: half",                 "value: half",      ["(planted-trial)", "figures.value is 'half'", "expected a number"]),
    ("a word for yes or no",    ROWS,   "basis: trial, by: [planted-trial]}\n    preferred", "basis: trial, off_label: perhaps, by: [planted-trial]}\n    preferred", "off_label", ["(planted.first)", "documented.off_label is 'perhaps'", "expected true or false"]),
    ("an unknown place",        ROWS,   "in: us, from: 2016-01-31",  "in: usa, from: 2016-01-31",   "in: usa",       ["(planted.first)", "documented.in is 'usa'", "'us', 'eu' or 'ca'", "did you mean us?"]),
    ("an unknown basis",        ROWS,   "until: 2020, basis: label", "until: 2020, basis: lable",   "basis: lable",  ["(planted.first)", "documented.basis is 'lable'", "did you mean label?"]),
    ("an unknown kind",         SOURCES, "kind: approval",           "kind: aproval",               "kind: aproval", ["(planted-approval)", "kind is 'aproval'", "did you mean approval?"]),
    ("an unknown domain",       ROWS,   "domain: systemic",          "domain: systemc",             "domain",        ["domain is 'systemc'", "did you mean systemic?"]),
    ("a bad id",                ROWS,   "id: planted.first",         "id: Planted First",           "Planted First", ["(Planted First)", "id is 'Planted First'", "text of the form"]),
    ("no place",                ROWS,   "in: [us, eu]",              "in: []",                      "in: []",        ["(planted.first)", "documented.in is []", "a list of at least 1"]),
    ("no citation",             ROWS,   LABEL,                       LABEL.replace("[planted-approval, planted-trial]", "[]"), "by: []", ["(planted.first)", "documented.by is []", "a list of at least 1"]),
    ("nothing documented",      ROWS,   f"    documented:\n      - {LABEL}\n      - {{in: [us, eu], from: 2020, basis: trial, by: [planted-trial]}}\n", "    documented: []\n", "documented: []", ["(planted.first)", "documented is []", "a list of at least 1"]),
    ("a list left empty",       ROWS,   f"    documented:\n      - {LABEL}\n      - {{in: [us, eu], from: 2020, basis: trial, by: [planted-trial]}}\n", "    documented:\n", "documented:\n    preferred", ["(planted.first)", "documented is nothing", "expected a list"]),
    ("a DOI with a typing slip", SOURCES, "doi: 10.1000/planted",    "doi: doi:10.1000/planted",    "doi: doi",      ["(planted-trial)", "doi is 'doi:10.1000/planted'", "text of the form ^10"]),
    ("a PMID with a letter",    SOURCES, 'pmid: "12345678"',         'pmid: "PMC12345"',            "pmid",          ["(planted-trial)", "pmid is 'PMC12345'", "text of the form"]),
    ("a PMID as a number",      SOURCES, 'pmid: "12345678"',         "pmid: 12345678",              "pmid",          ["(planted-trial)", "pmid is 12345678", "expected text"]),
    ("a short NCT number",      SOURCES, "[NCT00000001]",            "[NCT0000001]",                "nct",           ["(planted-trial)", "nct is 'NCT0000001'", "text of the form ^NCT"]),
    ("an address without http", SOURCES, "https://example.org",      "www.example.org",             "url",           ["(planted-trial)", "url is 'www.example.org/planted'", "text of the form ^https?"]),
    ("a thirteenth month",      ROWS,   "from: 2016-01-31",          "from: 2018-13-01",            "2018-13-01",    ["(planted.first)", "documented.from is '2018-13-01'", "a date such as"]),
    ("the 30th of February",    ROWS,   "from: 2016-01-31",          "from: 2018-02-30",            "2018-02-30",    ["(planted.first)", "documented.from is '2018-02-30'", "a date such as"]),
    ("a month of one digit",    ROWS,   "from: 2016-01-31",          "from: 2018-4-18",             "2018-4-18",     ["(planted.first)", "documented.from is '2018-4-18'", "a date such as"]),
    ("a word for a date",       ROWS,   "until: 2020, basis",        "until: soon, basis",          "until: soon",   ["(planted.first)", "documented.until is 'soon'", "a date such as"]),
    ("a date of a source",      SOURCES, "published: 2015-06-30",    "published: 30/06/2015",       "published: 30", ["(planted-trial)", "published is '30/06/2015'", "a date such as"]),
    ("a date of a review",      "guardrails.yaml", "  by: [planted-trial]\n  review_by: 2027-05-01", "  by: [planted-trial]\n  review_by: 2027-02-29", "2027-02-29", ["(planted.guardrail)", "review_by is '2027-02-29'", "a date such as"]),
    ("a reason left out",       "guardrails.yaml", "  reason: Planted as a reason.\n", "",        "- id: planted.guardrail", ["(planted.guardrail)", "'reason' is missing"]),
    ("a sentence too short",    "cautions.yaml", "says: A planted caution.", "says: No",          "says: No\n",      ["(planted.caution)", "says is 'No'", "at least 3 characters"]),
    ("a symptom without words", "alerts.yaml", "phrases: [a planted complaint]", "phrases: []",   "planted_symptom", ["(planted_symptom)", "phrases is []", "a list of at least 1"]),
    ("a drug without a class",  "regimens.yaml", "{name: planted_drug, classes: [planted_class]}", "{name: planted_drug, classes: []}", "{name: planted_drug,", ["classes is []", "a list of at least 1"]),
    ("yes for a number",        SOURCES, "value: 0.5",               "value: true",                 "value: true",   ["(planted-trial)", "figures.value is true", "expected a number"]),
    ("a number beyond all",     SOURCES, "value: 0.5",               "value: 1e999",                "value: 1e999",  ["(planted-trial)", "figures.value is"]),
    ("a year as text",          SOURCES, "published: 2015-06-30",    'published: 2015-06-30\n  year: "2015"', "year:", ["(planted-trial)", "year is '2015'", "expected a whole number"]),
    ("no panel",                "panel.yaml", "  - item: histology\n    panels: [core, comprehensive]", "  - item: histology\n    panels: []", "panels: []", ["panels is []", "a list of at least 1"]),
    ("a gate for a scope",      "scope.yaml", "- id: planted.scope\n  reason: out_of_scope", "- id: planted.scope\n  reason: incomplete", "reason: incomplete", ["(planted.scope)", "reason is 'incomplete'", "'out_of_scope'"]),
    ("a conflict of nothing",   "conflicts.yaml", "  two_of: [planted_condition, planted_other]\n", "", "- id: planted.conflict", ["(planted.conflict)", "a `when`, or at least two conditions"]),
    ("a conflict of one",       "conflicts.yaml", "two_of: [planted_condition, planted_other]", "two_of: [planted_condition]", "- id: planted.conflict", ["(planted.conflict)", "a `when`, or at least two conditions"]),
    ("seconds for a day",       "release.yaml", "as_of: 2026-10-07",     "as_of: 1791331200",           "as_of:",        ["as_of is 1791331200", "a day such as"]),
    ("a record that is a word", "workup.yaml", "- id: planted.step\n", "- nothing\n- id: planted.step\n", "- nothing", ["this record is 'nothing'", "a table of fields"]),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "words"), [row[1:] for row in SHAPE], ids=[row[0] for row in SHAPE]
)
def test_a_record_of_a_wrong_shape(planted, broken, file, old, new, where, words):
    told(planted, only(broken((file, old, new))), file, where, words)


# ---- conditions: told on the line of the record ----------------------------------------------------

# fmt: off
CONDITIONS = [
    # what is wrong,              the condition,                                               words
    ("an unknown word",           "{histology: adenocarcinom}",                                ["'adenocarcinom' is not a word of histology", "did you mean adenocarcinoma"]),
    ("an unknown group",          "{histology: nslc}",                                         ["'nslc' is not a word of histology", "did you mean nsclc"]),
    ("an unknown fact",           "{histolgy: nsclc}",                                         ["'histolgy' is not a fact", "did you mean histology?"]),
    ("an unknown variant",        "{egfr: [exon19dell, l858r]}",                               ["'exon19dell' is not a word of egfr", "did you mean exon19del?"]),
    ("a variant of another gene", "{alk: g12c}",                                               ["'g12c' is not a word of alk", "one of negative, positive, not_considered, fusion"]),
    ("an unknown site",           "{metastatic_sites: bones}",                                 ["'bones' is not a word of metastatic_sites", "did you mean bone?"]),
    ("an unknown symptom",        "{symptoms: planted_symptoms}",                              ["'planted_symptoms' is not a word of symptoms", "did you mean planted_symptom?"]),
    ("an unknown member",         "{contraindications: {all: [platinum, haemoptisis]}}",       ["'haemoptisis' is not a word of contraindications", "did you mean haemoptysis?"]),
    ("an unknown part",           "{contraindications: {some: [platinum]}}",                   ["at contraindications", "any, all, not"]),
    ("a status in any of",        "{egfr: {any: [positive]}}",                                 ["'positive' is not a word of egfr"]),
    ("a word for a number",       "{pd_l1_tps: high}",                                         ["'high' is not a comparison", '">=1, <50"']),
    ("a list for a number",       "{pd_l1_tps: [1, 2]}",                                       ["[1, 2] is not a comparison"]),
    ("yes for a number",          "{pd_l1_tps: true}",                                         ["true is not a comparison"]),
    ("a comparison turned round", '{pd_l1_tps: "=>1"}',                                        ["'=>1' is not a comparison"]),
    ("a number without end",      "{pd_l1_tps: 1e999}",                                        ["inf is not a comparison"]),
    ("nothing after a fact",      "{histology: }",                                             ["nothing is not a word of histology"]),
    ("an empty list",             "{histology: []}",                                           ["a list that names nothing", "at least one word"]),
    ("an empty list of variants", "{egfr: []}",                                                ["a list that names nothing"]),
    ("an empty part",             "{contraindications: {not: []}}",                            ["a list that names nothing"]),
    ("no condition after is",     "{is: []}",                                                  ["a list that names nothing"]),
    ("a word twice",              "{ecog_ps: [0, 1, 0]}",                                      ["[0, 1, 0] names something twice", "each word once"]),
    ("an unknown condition",      "{is: planted_conditoin}",                                   ["'planted_conditoin' is not a named condition", "did you mean planted_condition"]),
    ("a list within is",          "{is: [[planted_condition]]}",                               ["is not a named condition"]),
    ("every word",                "{brain_disease: [yes, no]}",                                ["brain_disease names every word", "leave the fact out"]),
    ("every word, by not",        "{alk: [negative, positive, not_considered]}",               ["alk names every word"]),
    ("every word, by groups",     "{histology: [nsclc, small_cell]}",                          ["histology names every word"]),
    ("every number",              '{age: ">=0"}',                                              ["age names every number", "leave the fact out"]),
    ("every percentage",          '{pd_l1_tps: "<=100"}',                                      ["pd_l1_tps names every number"]),
    ("no number between",         '{pd_l1_tps: ">=50, <50"}',                                  ["'>=50, <50' holds for no number"]),
    ("a number below zero",       '{age: "<0"}',                                               ["'<0' holds for no age", "a number from 0"]),
    ("more than all",             '{pd_l1_tps: ">100"}',                                       ["'>100' holds for no pd_l1_tps", "a number from 0 to 100"]),
    ("all words but all",         "{histology: {not: [nsclc, small_cell]}}",                   ["no profile can meet this condition"]),
    ("with and without",          "{contraindications: {all: [platinum], not: [platinum]}}",   ["no profile can meet this condition"]),
    ("any and none",              "{contraindications: {any: [platinum], not: [platinum]}}",   ["no profile can meet this condition"]),
    ("against a condition",       "{histology: small_cell, is: planted_condition}",            ["no profile can meet this condition"]),
    ("two conditions apart",      "{is: [planted_condition, planted_small]}",                  ["no profile can meet this condition"]),
    ("a variant of a negative",   "{kras: negative, is: planted_condition}",                   ["no profile can meet this condition", "a gene that is not positive has no variant"]),
]
# fmt: on

SMALL = "  - id: planted_small\n    when: {histology: small_cell}\n    says: A third planted condition\n"


@pytest.mark.parametrize(
    ("when", "words"), [row[1:] for row in CONDITIONS], ids=[row[0] for row in CONDITIONS]
)
def test_a_condition_that_cannot_be_meant(planted, broken, when, words):
    planted.write("conditions.yaml", planted.text("conditions.yaml") + SMALL)
    problem = only(broken((ROWS, WHEN, f"when: {when}")))
    told(planted, problem, ROWS, FIRST, ["(planted.first)", "when: ", *words])


# fmt: off
ELSEWHERE = [
    # the condition of,       file,                 instead of,                                  told at
    ("a guardrail",           "guardrails.yaml",    'when: {histology: nsclc}\n  unless: {creatinine_clearance_ml_min: ">=30"}\n  withholds: {domain: systemic, contains: planted', "planted.guardrail"),
    ("its exception",         "guardrails.yaml",    'unless: {creatinine_clearance_ml_min: ">=30"}\n  withholds: {domain: systemic, contains: planted', "planted.guardrail"),
    ("a caution",             "cautions.yaml",      "when: {symptoms: planted_symptom}",         "planted.caution"),
    ("a note",                "notes.yaml",         "when: {kras: other}",                       "planted.note"),
    ("a supersession",        "supersessions.yaml", "when: {is: [planted_condition]}",           "planted.supersession"),
    ("a conflict",            "conflicts.yaml",     "  two_of: [planted_condition, planted_other]\n", "planted.conflict"),
    ("a limit",               "scope.yaml",         'when: {age: "<5"}',                         "planted.scope"),
    ("a timeline",            "timelines.yaml",     "when: {kras: other}",                       "planted.timeline"),
    ("a next step",           "workup.yaml",        "- id: planted.step\n  when: {}",            "planted.step"),
    ("a question",            "questions.yaml",     "when: {brain_lesions: 4}",                  "planted.question"),
    ("a named condition",     "conditions.yaml",    "when: {histology: nsclc, kras: g12c}",      "planted_condition"),
    ("a panel item",          "panel.yaml",         "  - item: histology\n    panels: [core, comprehensive]\n    when: {}", "item: histology"),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "where"), [row[1:] for row in ELSEWHERE], ids=[row[0] for row in ELSEWHERE]
)
def test_every_kind_of_record_has_its_condition_checked(planted, broken, file, old, where):
    before, after = ("when: ", "unless: ") if old.startswith("unless") else ("when: ", "when: ")
    if after in old:
        start = old.index(after) + len(after)
        new = old[:start] + "{histolgy: nsclc}" + old[old.index("}", start) + 1 :]
    else:
        new = f"  {before}{{histolgy: nsclc}}\n{old}"
    told(planted, only(broken((file, old, new))), file, where, ["when: 'histolgy' is not a fact"])


def test_an_alert_that_cannot_be_read(planted, broken):
    """It tells its own defect only: not also that its symptom now has no alert."""
    when = "  - id: planted.alert\n    when: {symptoms: planted_symptom}"
    problem = only(broken(("alerts.yaml", when, when.replace("symptoms:", "symptms:"))))
    told(planted, problem, "alerts.yaml", "- id: planted.alert", ["'symptms' is not a fact"])


def test_a_condition_that_refers_to_itself(planted, broken):
    """Over another one, too: each condition of the circle says so where it stands."""
    first, second = broken(
        ("conditions.yaml", "when: {histology: nsclc, kras: g12c}", "when: {is: planted_other}"),
        (
            "conditions.yaml",
            "when: {histology: nsclc, alk: positive}\n    says: Another",
            "when: {is: planted_condition}\n    says: Another",
        ),
    )[-2:]
    file = "conditions.yaml"
    told(planted, first, file, "- id: planted_condition", ["'planted_other' refers to itself"])
    told(planted, second, file, "- id: planted_other", ["'planted_condition' refers to itself"])


def test_a_named_condition_that_is_wrong_is_told_once(planted, broken):
    """Not again by every record that uses it."""
    edit = ("conditions.yaml", "when: {histology: nsclc, kras: g12c}", "when: {histology: nsclc, kras: g12d}")
    told(
        planted,
        only(broken(edit)),
        "conditions.yaml",
        "- id: planted_condition",
        ["'g12d' is not a word of kras"],
    )


# fmt: off
GROUPS = [
    ("a word that is none",   "planted_group: [squamous, adenosquamous]", "planted_group: [squamos, adenosquamous]", ["'squamos' is not a word of histology", "did you mean squamous"]),
    ("the name of a word",    "planted_group: [squamous, adenosquamous]", "small_cell: [squamous, adenosquamous]",   ["'small_cell' is itself a word of histology"]),
]
# fmt: on


@pytest.mark.parametrize(("old", "new", "words"), [row[1:] for row in GROUPS], ids=[row[0] for row in GROUPS])
def test_a_group_that_does_not_stand_for_words(planted, broken, old, new, words):
    told(planted, only(broken(("conditions.yaml", old, new))), "conditions.yaml", new, words)


def test_a_group_of_a_fact_that_does_not_exist(planted, broken):
    """Rows that use its groups make no second defect."""
    problem = only(broken(("conditions.yaml", "groups:\n  histology:\n", "groups:\n  histolgy:\n")))
    told(
        planted,
        problem,
        "conditions.yaml",
        "histolgy",
        ["'histolgy' has no groups", "did you mean histology?"],
    )


# ---- names that lead nowhere -----------------------------------------------------------------------

BY = "by: [planted-trial]"
# fmt: off
CITED = [
    # who cites,               file,                 instead of,                                  told at
    ("an entry of a row",      ROWS,                 "by: [planted-approval, planted-trial]",     FIRST),
    ("a preference",           ROWS,                 f"until: 2019, {BY}",                        FIRST),
    ("an unresolved row",      ROWS,                 f"reason: Planted., {BY}",                   OPEN),
    ("a guardrail",            "guardrails.yaml",    BY,                                          "- id: planted.guardrail"),
    ("a caution",              "cautions.yaml",      BY,                                          "- id: planted.caution"),
    ("a note",                 "notes.yaml",         "by: [planted-trial]\n  says: A planted note.", "- id: planted.note"),
    ("a supersession",         "supersessions.yaml", BY,                                          "- id: planted.supersession"),
    ("a conflict",             "conflicts.yaml",     BY,                                          "- id: planted.conflict"),
    ("a limit",                "scope.yaml",         BY,                                          "- id: planted.scope"),
    ("an alert",               "alerts.yaml",        BY,                                          "- id: planted.alert"),
    ("a next step",            "workup.yaml",        BY,                                          "- id: planted.step"),
    ("a question",             "questions.yaml",     BY,                                          "- id: planted.question"),
    ("an entry of a timeline", "timelines.yaml",     "from: 2016, by: [planted-trial]",           "- id: planted.timeline"),
]
# fmt: on


@pytest.mark.parametrize(("file", "old", "where"), [row[1:] for row in CITED], ids=[row[0] for row in CITED])
def test_a_source_that_does_not_exist(planted, broken, file, old, where):
    new = old.replace("planted-trial", "planted-trail")
    words = [
        "the source 'planted-trail' does not exist",
        "did you mean planted-trial",
        "a record in sources/",
    ]
    told(planted, only(broken((file, old, new))), file, where, words)


@pytest.mark.parametrize("part", ["asked", "no_answer", "the item itself"])
def test_a_source_that_a_panel_item_cites(planted, part):
    """The item is made from the first shipped one, since only some fields of a profile can be asked."""
    file = "panel.yaml"
    entry = {
        "asked": "    asked: [{in: us, from: 2016, by: [planted-trail]}]\n",
        "no_answer": "    asked: []\n    no_answer: [{status: negative, why: Planted., by: [planted-trail]}]\n",
        "the item itself": "    asked: []\n    by: [planted-trail]\n",
    }[part]
    text = planted.text(file)
    start = text.index("  - item: egfr\n")
    end = text.find("  - item: ", start + 5)
    record = (
        "  - item: egfr\n    panels: [core, comprehensive]\n    when: {histology: nsclc}\n"
        f"{entry}    why: Planted.\n    test: Planted.\n    review_by: 2027-05-01\n"
    )
    planted.write(file, text[:start] + record + text[end:])
    words = ["(egfr)", "the source 'planted-trail' does not exist", "did you mean planted-trial"]
    told(planted, only(planted.problems()), file, "- item: egfr", words)


def test_a_source_that_the_calcium_formula_cites(planted):
    file = "release.yaml"
    head, formula = planted.text(file).split("calcium_correction:")
    start, end = formula.index("by: [") + 5, formula.index("]")
    planted.write(file, f"{head}calcium_correction:{formula[:start]}planted-trail{formula[end:]}")
    words = ["the source 'planted-trail' does not exist", "did you mean planted-trial"]
    told(planted, only(planted.problems()), file, "calcium_correction", words)


# fmt: off
NAMES = [
    # what is named,             file,                 instead of,                        stands,                           told at,                  words
    ("the option of a row",      ROWS,                 "option: planted-single\n    line", "option: planted-singel\n    line", LATER,                ["the option 'planted-singel' does not exist", "did you mean planted-single"]),
    ("a drug of a regimen",      "regimens.yaml",      "[planted_drug, planted_other_drug]", "[planted_drug, planted_other_drog]", "- {id: planted-pair", ["(planted-pair)", "'planted_other_drog' is not a drug or a procedure", "did you mean planted_other_drug"]),
    ("contains",                 "guardrails.yaml",    "contains: planted_class",         "contains: planted_clas",         "- id: planted.guardrail", ["'planted_clas' is no regimen, drug, procedure or class", "did you mean planted_class"]),
    ("only, within except",      "guardrails.yaml",    "only: planted_drug}",             "only: planted_durg}",            "- id: planted.guardrail", ["'planted_durg' is no regimen", "did you mean planted_drug"]),
    ("while_documented",         "guardrails.yaml",    "{regimens: planted-single}",      "{regimens: planted-singel}",     "- id: planted.guardrail", ["'planted-singel' is no regimen", "did you mean planted-single"]),
    ("a drug among regimens",    "guardrails.yaml",    "{regimens: planted-single}",      "{regimens: planted_drug}",       "- id: planted.guardrail", ["'planted_drug' is no regimen"]),
    ("on",                       "cautions.yaml",      "on: {contains: [planted_drug]}",  "on: {contains: [planted_drugs]}", "- id: planted.caution",  ["'planted_drugs' is no regimen", "did you mean planted_drug"]),
    ("on, of a note",            "notes.yaml",         "on: {regimens: [planted-single]}", "on: {regimens: [planted-sigle]}", "- id: planted.note", ["'planted-sigle' is no regimen", "did you mean planted-single"]),
    ("with",                     "supersessions.yaml", "with: {regimens: [planted-pair]}", "with: {regimens: [planted-pare]}", "- id: planted.supersession", ["'planted-pare' is no regimen", "did you mean planted-pair"]),
    ("replaces",                 "supersessions.yaml", "{regimens: [planted-single]}",    "{regimens: [planted-sigle]}",    "- id: planted.supersession", ["'planted-sigle' is no regimen", "did you mean planted-single"]),
    ("options",                  "conflicts.yaml",     "{only: planted_class}",           "{only: planted_klass}",          "- id: planted.conflict",  ["'planted_klass' is no regimen", "did you mean planted_class"]),
    ("two_of",                   "conflicts.yaml",     "two_of: [planted_condition,",     "two_of: [planted_conditon,",     "- id: planted.conflict",  ["'planted_conditon' is not a named condition", "did you mean planted_condition"]),
    ("unresolved.unknown",       ROWS,                 "unknown: [pd_l1_immune_cells]",   "unknown: [pd_l1_immune_cell]",   OPEN,                      ["its condition does not read 'pd_l1_immune_cell'", "did you mean pd_l1_immune_cells?"]),
    ("a fact it does not read",  ROWS,                 "unknown: [pd_l1_immune_cells]",   "unknown: [brain_lesions]",       OPEN,                      ["its condition does not read 'brain_lesions'", "a fact of its `when`"]),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "words"), [row[1:] for row in NAMES], ids=[row[0] for row in NAMES]
)
def test_a_name_that_leads_nowhere(planted, broken, file, old, new, where, words):
    told(planted, only(broken((file, old, new))), file, where, words)


# fmt: off
PANEL = [
    # what is wrong,            instead of,          stands,              told at,           words
    ("an item nobody can ask",  "- item: ros1\n",    "- item: ros\n",     "- item: ros\n",   ["(ros)", "'ros' cannot be asked", "did you mean ros1"]),
    ("an item twice",           "- item: ros1\n",    "- item: alk\n",     "",                ["the id 'alk' stands twice", "it is also at panel.yaml:"]),
    ("a status that is none",   "- status: negative\n", "- status: negativ\n", "- item: ",   ["no_answer: 'negativ' is not known", "did you mean negative?"]),
    ("a specimen that is none", "specimen: plasma\n", "specimen: plasam\n", "- item: ",      ["no_answer: 'plasam' is not known", "did you mean plasma?"]),
    ("an assay that is none",   "assay: ihc\n",      "assay: inc\n",      "- item: ",        ["no_answer: 'inc' is not known", "did you mean ihc?"]),
]
# fmt: on


@pytest.mark.parametrize(
    ("old", "new", "where", "words"), [row[1:] for row in PANEL], ids=[row[0] for row in PANEL]
)
def test_a_panel_item_that_asks_for_nothing(planted, old, new, where, words):
    """A misspelt word in `no_answer` would let a result count that is no answer."""
    file = "panel.yaml"
    text = planted.text(file)
    planted.write(file, text.replace(old, new, 1))
    problem = only(planted.problems())
    at = planted.text(file).index(new)
    if where == "- item: ":  # the item in which it stands
        at = planted.text(file).rindex(where, 0, at)
    if where == "":  # the second of two
        at = planted.text(file).rindex(new)
    assert problem.place.split(" ")[0] == f"{file}:{planted.text(file)[:at].count(chr(10)) + 1}"
    assert all(word in str(problem) for word in words), str(problem)


def test_a_no_answer_of_something_that_is_no_gene(planted):
    file = "panel.yaml"
    old = "  - item: ecog_ps\n"
    new = old + "    no_answer: [{status: pending, why: It is planted.}]\n"
    planted.replace(file, old, new)
    told(planted, only(planted.problems()), file, old, ["(ecog_ps)", "no_answer is read for genes only"])


# ---- records that nothing reaches ------------------------------------------------------------------


def test_a_regimen_that_nobody_documents(planted, broken):
    new = "  - {id: planted-idle, regimen: [planted_other_drug], name: Planted and idle}\n"
    file = "regimens.yaml"
    problem = only(broken((file, "  - {id: planted-pair,", f"{new}  - {{id: planted-pair,")))
    told(planted, problem, file, "planted-idle", ["(planted-idle)", "no row documents this regimen"])


def test_a_regimen_with_the_parts_of_another(planted, broken):
    """One option for a domain and regimen: under two names it would be listed twice."""
    old = "regimen: [planted_drug], name: Planted single"
    new = "regimen: [planted_other_drug, planted_drug], name: Planted single"
    words = ["(planted-single)", "it has the same parts as 'planted-pair'"]
    told(planted, only(broken(("regimens.yaml", old, new))), "regimens.yaml", new, words)


def test_a_symptom_without_an_alert(planted, broken):
    new = "symptoms:\n  - {id: planted_silence, phrases: [a planted silence]}\n"
    problem = only(broken(("alerts.yaml", "symptoms:\n", new)))
    words = ["(planted_silence)", "no alert reads this symptom", "an alert for every symptom"]
    told(planted, problem, "alerts.yaml", "planted_silence", words)


# fmt: off
IDLE = [
    # what is wrong,               file,                 instead of,                       stands,                                       told at
    ("a guardrail's options",      "guardrails.yaml",    "{domain: systemic, contains: planted_class", "{domain: bone, contains: planted_class", "planted.guardrail"),
    ("what it needs beside it",    "guardrails.yaml",    "{regimens: planted-single}",     "{regimens: planted-single, drugs_at_least: 2}", "planted.guardrail"),
    ("all excepted",               "cautions.yaml",      "{contains: [planted_drug]}",     "{contains: [planted_drug], except: {only: planted_class}}", "planted.caution"),
    ("what replaces",              "supersessions.yaml", "with: {regimens: [planted-pair]}", "with: {regimens: [planted-pair], domain: brain}", "planted.supersession"),
    ("what is replaced",           "supersessions.yaml", "replaces: {regimens: [planted-single]}", "replaces: {regimens: [planted-single], domain: brain}", "planted.supersession"),
    ("the sides of a conflict",    "conflicts.yaml",     "{only: planted_class}",          "{only: planted_class, domain: bone}",        "planted.conflict"),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "new", "where"), [row[1:] for row in IDLE], ids=[row[0] for row in IDLE]
)
def test_a_selector_that_means_no_option(planted, broken, file, old, new, where):
    words = [f"({where})", "it speaks of options of which no row documents one"]
    told(planted, only(broken((file, old, new))), file, f"- id: {where}", words)


# fmt: off
UNREACHED = [
    # what is wrong,                  the entry of the row
    ("after the release",             "{in: us, from: 2199, basis: trial, by: [planted-trial]}"),
    ("over before a place begins",    "{in: ca, from: 2016-02, until: 2020, basis: trial, by: [planted-trial]}"),
    ("over before the knowledge",     "{in: us, from: 2000, until: 2001, basis: trial, by: [planted-old]}"),
]
# fmt: on


@pytest.mark.parametrize("entry", [row[1] for row in UNREACHED], ids=[row[0] for row in UNREACHED])
def test_a_row_that_no_question_can_reach(planted, broken, entry):
    planted.write(
        SOURCES, planted.text(SOURCES) + "\n- {id: planted-old, kind: trial, name: Old, published: 1999}\n"
    )
    old = "{in: us, from: 2016-02, basis: trial, by: [planted-trial]}"
    told(
        planted,
        only(broken((ROWS, old, entry))),
        ROWS,
        OPEN,
        ["(planted.open)", "no question can reach this row"],
    )


# ---- dates and citations ---------------------------------------------------------------------------

# fmt: off
DATES = [
    # what is wrong,              file,    instead of,                  stands,                       told at, words
    ("it ends before it begins",  ROWS,    "until: 2020, basis",        "until: 2015-12-01, basis",   FIRST,   ["it ends (2015-12-01) before it begins (2016-01-31)", "from < until"]),
    ("it ends as it begins",      ROWS,    "until: 2020, basis",        "until: 2016-01-31, basis",   FIRST,   ["it ends (2016-01-31) before it begins (2016-01-31)"]),
    ("a year against a month",    ROWS,    "from: 2017, until: 2019",   "from: 2017, until: 2017-06", FIRST,   ["it ends (2017-06) before it begins (2017)"]),
    ("a preference too early",    ROWS,    "from: 2017, until: 2019",   "from: 2015-06-29, until: 2019", FIRST, ["on its first day (2015-06-29) no source is published yet", "the earliest is planted-trial, 2015-06-30", "cite an earlier source, or begin later"]),
    ("a label before approval",   ROWS,    "from: 2016-02, basis: label, by: [planted-approval]", "from: 2016-01-30, basis: label, by: [planted-approval]", LATER, ["on its first day (2016-01-30) no source is published yet", "planted-approval, 2016-01-31"]),
    ("a supersession too early",  "supersessions.yaml", "  from: 2017\n  by: [planted-trial]", "  from: 2014\n  by: [planted-trial]", "- id: planted.supersession", ["on its first day (2014) no source is published yet"]),
    ("a note too early",          "notes.yaml", "  from: 2017\n  until: 2019", "  from: 2014\n  until: 2019",  "- id: planted.note", ["on its first day (2014) no source is published yet"]),
    ("a note that ends too early", "notes.yaml", "  from: 2017\n  until: 2019", "  from: 2017\n  until: 2016", "- id: planted.note", ["it ends (2016) before it begins (2017)"]),
    ("a question too early",      "questions.yaml", "  from: 2018\n",        "  from: 2013\n",               "- id: planted.question", ["on its first day (2013) no source is published yet"]),
    ("a conflict too early",      "conflicts.yaml", "  by: [planted-trial]",                   "  in: us\n  from: 2014\n  by: [planted-trial]", "- id: planted.conflict", ["on its first day (2014) no source is published yet"]),
    ("a conflict that ends too early", "conflicts.yaml", "  by: [planted-trial]",              "  in: us\n  from: 2017\n  until: 2016\n  by: [planted-trial]", "- id: planted.conflict", ["it ends (2016) before it begins (2017)"]),
    ("an entry of a timeline too early", "timelines.yaml", "in: us, from: 2016",              "in: us, from: 2014",         "- id: planted.timeline", ["on its first day (2014) no source is published yet", "planted-trial"]),
    ("a source ended too early",  SOURCES, "ended: 2020",               "ended: 2015",                "- id: planted-approval", ["(planted-approval)", "it ended before it was published", "published <= ended"]),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "words"), [row[1:] for row in DATES], ids=[row[0] for row in DATES]
)
def test_dates_that_do_not_fit(planted, broken, file, old, new, where, words):
    told(planted, only(broken((file, old, new))), file, where, words)


def test_a_source_without_a_date_counts_from_the_release(planted, broken):
    """It may have been published on any day before, and is not cited for any of them."""
    problem = only(broken((SOURCES, "  published: 2016-01-31\n  ended: 2020\n", "")))
    told(planted, problem, ROWS, LATER, ["no source is published yet", "the earliest is planted-approval"])


def test_a_panel_item_that_is_asked_before_its_source(planted):
    file = "panel.yaml"
    item = planted.text(file).index("  - item: histology\n")
    start = planted.text(file).index("from: ", item)
    end = planted.text(file).index(",", start)
    planted.write(file, f"{planted.text(file)[:start]}from: 1900{planted.text(file)[end:]}")
    words = ["(histology)", "on its first day (1900) no source is published yet"]
    told(planted, only(planted.problems()), file, "- item: histology", words)


def test_a_release_without_a_day(planted):
    """The day of the release is the day of every question that names none; it must be exact."""
    file = "release.yaml"
    line = next(one for one in planted.text(file).splitlines() if one.startswith("as_of:"))
    planted.replace(file, line, "as_of: 2026-10")
    told(
        planted, only(planted.problems()), file, "as_of:", ["as_of is '2026-10'", "a day such as 2018-04-18"]
    )


def test_a_later_line_row_without_a_note(planted, broken):
    problem = only(broken((ROWS, "    note: Documented only after something else.\n", "")))
    told(planted, problem, ROWS, LATER, ["a later-line row without a note", "after what it is documented"])


def test_a_place_that_begins_after_the_release(planted):
    file = "release.yaml"
    planted.replace(file, "  ca: 2026-10-07\n", "  ca: 2199-01-01\n")
    told(planted, only(planted.problems()), file, "ca: 2199", ["ca begins after the release (2199-01-01)"])


def test_a_regulator_that_is_no_agency(planted):
    file = "release.yaml"
    planted.replace(file, "eu: [ema]", "eu: [emaa]")
    words = ["no source is of the agency 'emaa'", "the agency of some source", "did you mean ema?"]
    told(planted, only(planted.problems()), file, "regulators:", words)


# ---- sentences -------------------------------------------------------------------------------------


def without(text, key):
    """A YAML text without one of its indented fields."""
    lines = text.splitlines(keepends=True)
    start = next(index for index, line in enumerate(lines) if line.startswith(f"  {key}:"))
    end = next(index for index in range(start + 1, len(lines)) if not lines[index].startswith("    "))
    return "".join(lines[:start] + lines[end:])


@pytest.mark.parametrize(
    "name",
    ["incomplete", "place_without_dates", "after_the_release", "before_the_knowledge", "only_the_release_day",
     "two_preferences", "specimen_not_stated", "symptom_not_understood", "symptom_action", "later_line"],
)  # fmt: skip
def test_a_sentence_that_is_missing(planted, name):
    file = "release.yaml"
    planted.write(file, without(planted.text(file), name))
    told(planted, only(planted.problems()), file, "sentences:", [f"the sentence {name!r} is missing"])


@pytest.mark.parametrize(
    "name",
    ["not_stated", "not_tested", "pending", "inadequate", "indeterminate", "class_not_stated",
     "bound_straddles", "not_imaged", "present_count_unknown"],
)  # fmt: skip
def test_a_reason_that_is_missing(planted, name):
    file = "panel.yaml"
    planted.write(file, without(planted.text(file), name))
    told(planted, only(planted.problems()), file, "reasons:", [f"the reason {name!r} is missing"])


def test_a_misspelt_sentence_is_missing_under_its_own_name(planted):
    planted.replace("release.yaml", "  later_line:", "  latter_line:")
    words = ["the sentence 'later_line' is missing", "did you mean latter_line?"]
    told(planted, only(planted.problems()), "release.yaml", "sentences:", words)


# fmt: off
BLANKS = [
    # the sentence,            words that must be told; every one of these would fail in the middle of an answer
    ("after_the_release",      "On {dya}.",          ["nothing is called 'dya'", "did you mean day?"]),
    ("after_the_release",      "On {}.",             ["nothing is called ''", "{day}"]),
    ("after_the_release",      "On {day.month}.",    ["nothing is called 'day.month'"]),
    ("after_the_release",      "On {day:%Y}.",       ["{day} has a format of its own"]),
    ("after_the_release",      "On {day!r}.",        ["{day} has a format of its own"]),
    ("after_the_release",      "On {day.",           ["cannot be filled in"]),
    ("symptom_not_understood", "{day} {symptom}",    ["nothing is called 'day'", "{symptom}"]),
    ("symptom_action",         "See {symptom}.",     ["nothing is called 'symptom'", "a sentence without braces"]),
]
# fmt: on


@pytest.mark.parametrize(("name", "text", "words"), BLANKS)
def test_a_sentence_that_cannot_be_filled_in(planted, name, text, words):
    file = "release.yaml"
    cut = without(planted.text(file), name)
    planted.write(file, cut.replace("sentences:\n", f'sentences:\n  {name}: "{text}"\n'))
    told(planted, only(planted.problems()), file, f"  {name}:", words)


# ---- ids -------------------------------------------------------------------------------------------

# fmt: off
TWICE = [
    # whose id,                 file,             the second of two,                        stands,                         also at
    ("in one file",             ROWS,             "id: planted.later",                      "id: planted.first",            (ROWS, FIRST)),
    ("in two files",            SOURCES,          "id: planted-approval",                   "id: planted.scope",            ("scope.yaml", "- id: planted.scope")),
    ("of two regimens",         "regimens.yaml",  "- {id: planted-single, regimen: [planted_drug]", "- {id: planted-pair, regimen: [planted_drug]", ("regimens.yaml", "- {id: planted-pair, regimen: [planted_drug, ")),
    ("of two symptoms",         "alerts.yaml",    "  - {id: planted_symptom,",              "  - {id: planted_symptom, phrases: [x]}\n  - {id: planted_symptom,", ("alerts.yaml", "planted_symptom, phrases: [x]")),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "new", "other"), [row[1:] for row in TWICE], ids=[row[0] for row in TWICE]
)
def test_an_id_that_stands_twice(planted, broken, file, old, new, other):
    """What the lost id leaves dangling is told as well; the cause stands first."""
    name = new.split("id: ")[1].split(",")[0].strip("}")
    problem = broken((file, old, new))[0]
    places = {
        f"{file}:{1 + planted.text(file)[:at].count(chr(10))}" for at in occurrences(planted.text(file), name)
    }
    places |= {f"{other[0]}:{planted.line(*other)}"}
    assert problem.what == f"the id {name!r} stands twice"
    assert problem.place in places
    assert problem.why.removeprefix("it is also at ") in places - {problem.place}


def occurrences(text, name):
    return [index for index in range(len(text)) if text.startswith(f"id: {name}", index)]


def test_a_drug_that_stands_twice(planted, broken):
    """The second entry would quietly replace the classes of the first, and with them its guardrails."""
    first = "  - {name: planted_drug, classes: [planted_class]}\n"
    problem = only(
        broken(
            (
                "regimens.yaml",
                first,
                f"{first}  - {{name: planted_drug, classes: [planted_class, targeted]}}\n",
            )
        )
    )
    told(
        planted,
        problem,
        "regimens.yaml",
        "classes: [planted_class, targeted]",
        ["the name 'planted_drug' stands twice"],
    )


def test_an_id_may_be_the_name_of_a_panel_item_a_regimen_and_a_symptom(planted):
    """They are name spaces of their own."""
    planted.replace(ROWS, "id: planted.later", "id: egfr")
    planted.replace(
        SOURCES,
        "- id: planted-approval",
        "- id: planted-old\n  kind: trial\n  name: Old\n\n- id: planted-approval",
    )
    planted.replace("alerts.yaml", "- id: planted.alert", "- id: planted_symptom")
    planted.replace("scope.yaml", "- id: planted.scope", "- id: planted-pair")
    planted.load()


def test_an_id_that_stands_for_the_exception_of_a_guardrail(planted, broken):
    problem = only(broken(("scope.yaml", "id: planted.scope", "id: planted.guardrail.unless")))
    told(
        planted, problem, "scope.yaml", "planted.guardrail.unless", ["stands for the `unless` of a guardrail"]
    )


def test_the_exception_of_a_guardrail_with_a_long_id_is_read(planted):
    """With its ending, the name of the exception is longer than an id may be."""
    planted.replace("guardrails.yaml", "id: planted.guardrail", f"id: {'p' * 80}")
    assert "p" * 80 + ".unless" in planted.load().bits


# ---- files -----------------------------------------------------------------------------------------

# fmt: off
HALF_DATED = [
    # of what,       file,             instead of,              stands
    ("a conflict",   "conflicts.yaml", "  by: [planted-trial]", "  from: 2017\n  by: [planted-trial]"),
    ("a conflict without a source", "conflicts.yaml", "  by: [planted-trial]", "  in: us\n  from: 2017"),
    ("a question",   "questions.yaml", "  in: us\n  from: 2018\n  until: 2020", "  in: us\n  until: 2020"),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "new"), [row[1:] for row in HALF_DATED], ids=[row[0] for row in HALF_DATED]
)
def test_a_record_that_is_dated_by_half(broken, file, old, new):
    assert "`in`, `from` and `by` together, or no date at all" in str(only(broken((file, old, new))))


def test_a_timeline_of_one_entry_is_none(planted, broken):
    second = "    - {in: [us, eu], from: 2018, by: [planted-trial], says: Another planted answer.}\n"
    problem = only(broken(("timelines.yaml", second, "")))
    told(
        planted,
        problem,
        "timelines.yaml",
        "- id: planted.timeline",
        ["(planted.timeline)", "expected at least two `entries`"],
    )


# ---- the score of fracture risk ----------------------------------------------------------------------

SCORE = "fracture_risk.yaml"
# fmt: off
SCORES = [
    # what is wrong,             instead of,                         stands,                              told at,   words
    ("a feature misspelt",       "  pain: {mild",                    "  pian: {mild",                     "points:", ["'pian' is no feature", "one of site, pain, lesion, size", "did you mean pain?"]),
    ("a word misspelt",          "{blastic: 1, mixed: 2, lytic: 3}", "{blastic: 1, mixed: 2, lytc: 3}",   "lesion:", ["'lytc' is not a word of lesion", "did you mean lytic?"]),
    ("a word without points",    "{blastic: 1, mixed: 2, lytic: 3}", "{blastic: 1, mixed: 2}",            "lesion:", ["'lytic' has no points", "points for every word"]),
    ("no points",                "{mild: 1, moderate",               "{mild: 0, moderate",                "pain:",   ["'mild' has 0 points", "a whole number from 1 on"]),
    ("half a point",             "{mild: 1, moderate",               "{mild: 1.5, moderate",              "pain:",   ["points.pain.mild is 1.5", "whole number"]),
    ("a gap between bands",      "    least: 9",                     "    least: 10",                     "bands:",  ["the band fixation goes from 10 to 12", "bands that follow each other from 4 to 12"]),
    ("bands that overlap",       "    least: 9",                     "    least: 8",                      "bands:",  ["the band fixation goes from 8 to 12"]),
    ("a band that ends early",   "    most: 12",                     "    most: 11",                      "bands:",  ["the last band ends at 11", "from 4 to 12"]),
    ("a band that begins late",  "    least: 4\n    most: 7",        "    least: 5\n    most: 7",         "bands:",  ["the band observation goes from 5 to 7"]),
    ("points beyond the bands",  "peritrochanteric: 3",              "peritrochanteric: 4",               "bands:",  ["the last band ends at 12", "from 4 to 13"]),
    ("an unknown source",        "by: [mirels-humerus]",             "by: [mirels-humeri]",               "id: fracture-risk.mirels", ["(fracture-risk.mirels)", "the source 'mirels-humeri' does not exist", "did you mean mirels-humerus?"]),
]
# fmt: on


@pytest.mark.parametrize(
    ("old", "new", "where", "words"), [row[1:] for row in SCORES], ids=[row[0] for row in SCORES]
)
def test_a_score_that_could_not_be_added_up(planted, broken, old, new, where, words):
    problems = broken((SCORE, old, new))
    meant = [problem for problem in problems if words[0] in str(problem)]
    told(planted, only(meant), SCORE, where, words)


def test_a_release_from_before_the_timelines_and_the_score_is_still_read(planted):
    """Releases are compared with older ones."""
    for name in ("timelines", "fracture_risk"):
        (planted.path / f"{name}.yaml").unlink()
    content = planted.load().content
    assert (content.timelines, content.fracture_risk) == ((), None)


FILES = ["release", "regimens", "conditions", "panel", "guardrails", "cautions", "notes", "supersessions", "conflicts",
         "scope", "alerts", "workup", "questions", "supportive"]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing(planted, name):
    (planted.path / f"{name}.yaml").unlink()
    problem = only(planted.problems())
    assert (problem.place, problem.what) == (f"{name}.yaml", "the file is missing")


@pytest.mark.parametrize("name", ["sources", "systemic", "sites"])
def test_a_folder_that_is_missing(planted, name):
    for file in (planted.path / name).iterdir():
        file.unlink()
    problem = only(planted.problems())
    assert (problem.place, problem.what) == (f"{name}/", "no file stands here")


@pytest.mark.parametrize(
    ("file", "nearest"),
    [
        ("systemic/planted2.yml", ()),  # its ending is another
        ("systemic/more/planted.yaml", ()),
        ("guardrail.yaml", ("guardrails.yaml",)),
        ("notes.txt", ()),
        ("sites/CHANGELOG.md", ()),
    ],
)
def test_a_file_that_nothing_reads(planted, file, nearest):
    """It would be knowledge that silently does not count."""
    (planted.path / file).parent.mkdir(exist_ok=True)
    planted.write(file, "[]\n")
    problem = only(planted.problems())
    assert (problem.place, problem.what) == (file, "nothing reads this file")
    assert "guardrails.yaml" in problem.expected
    assert set(nearest) <= set(problem.nearest)


def test_hidden_files_and_the_changelog_are_no_knowledge(planted):
    for file in (".DS_Store", "__pycache__/x.pyc", "sites/.swp"):
        (planted.path / file).parent.mkdir(exist_ok=True)
        planted.write(file, "x")
    (planted.path / "CHANGELOG.md").unlink(missing_ok=True)
    planted.load()


def test_a_folder_that_is_no_folder(tmp_path):
    from lungmets import load

    with pytest.raises(KnowledgeError, match="this is not a folder; expected a knowledge folder"):
        load(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(KnowledgeError, match="this is not a folder"):
        load(tmp_path / "file")


@pytest.mark.parametrize("kind", ["folder", "dangling link"])
def test_a_name_that_is_no_file(planted, kind):
    place = planted.path / "systemic" / "planted2.yaml"
    if kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(planted.path / "nowhere")
    problem = only(planted.problems())
    assert (problem.place, problem.what) == ("systemic/planted2.yaml", "this is not a file")


# fmt: off
READING = [
    # what is wrong,        file,            instead of,                      stands,                                    told at,       words
    ("a key twice",         ROWS,            "    note: A planted row.",      "    note: A planted row.\n    note: Two", "note: Two",   ["the key 'note' stands twice", "each key once"]),
    ("an anchor",           ROWS,            "note: A planted row.",          "note: &here A planted row.",              "&here",       ["an anchor (&here) stands here"]),
    ("an alias",            ROWS,            "option: planted-pair",          "option: *here",                           "*here",       ["an alias (*here) stands here", "the value itself"]),
    ("a tag",               ROWS,            "note: A planted row.",          "note: !!str A planted row.",              "!!str",       ["a tag (", "tags are not read"]),
    ("a second document",   "workup.yaml",   "- id: planted.step",            "--- # two\n- id: planted.step",           "--- # two",   ["a second document begins", "one document"]),
    ("an open bracket",     ROWS,            "egfr: [exon19del, l858r]",      "egfr: [exon19del, l858r",                 "egfr: [exon19del, l858r,", ["this is not valid YAML"]),
    ("a tab",               ROWS,            "    note: A planted row.",      "\tnote: A planted row.",                  "\tnote",      ["this is not valid YAML"]),
    ("a colon too many",    "workup.yaml",   "says: A planted step.",         "says: A planted: step.",                  "says: A planted:", ["this is not valid YAML"]),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "words"), [row[1:] for row in READING], ids=[row[0] for row in READING]
)
def test_yaml_that_is_not_read(planted, broken, file, old, new, where, words):
    """And what only follows from it (a field that seems to be missing, say) is not told."""
    told(planted, only(broken((file, old, new))), file, where, words)


@pytest.mark.parametrize(
    "at", ["  - {id: planted-pair,", "procedures:\n"], ids=["near the end", "at the beginning"]
)
def test_a_list_of_records_that_stands_twice(planted, broken, at):
    """Only the first is kept; what the second may have held is not told as missing."""
    one_more = "regimens:\n  - {id: planted-more, regimen: [planted_other_drug], name: One more}\n"
    new = f"regimens:\n{at}" if at.startswith(" ") else f"{one_more}{at}"
    problem = only(broken(("regimens.yaml", at, new)))
    assert problem.what.startswith("the key 'regimens' stands twice")
    second = planted.text("regimens.yaml").rindex("\nregimens:\n") + 1
    assert problem.place == f"regimens.yaml:{planted.text('regimens.yaml')[:second].count(chr(10)) + 1}"


def test_a_file_of_which_nothing_is_left(planted):
    """Its only record is refused: what the others miss of it is no second defect."""
    file = "systemic/planted2.yaml"
    planted.replace(
        "regimens.yaml",
        "  - {id: planted-pair,",
        "  - {id: planted-idle, regimen: [planted_other_drug], name: Idle}\n  - {id: planted-pair,",
    )
    planted.write(file, "domain: systemic\nrows:\n  - id: planted.lonely\n    optoin: planted-idle\n")
    planted.write(
        file,
        planted.text(file)
        + "    when: {}\n    documented: [{in: us, from: 2017, basis: trial, by: [planted-trial]}]\n    review_by: 2027\n",
    )
    told(planted, only(planted.problems()), file, "optoin", ["(planted.lonely)", "did you mean option?"])


# fmt: off
BYTES = [
    # what is wrong,  the bytes,                                        words
    ("not UTF-8",     b"- id: planted\n  says: caf\xe9\n",              "is not UTF-8 text; expected a YAML file in UTF-8"),
    ("too large",     b"#" * (LARGEST_DOCUMENT + 1),                    "larger than 1,000,000 bytes; expected a YAML file in UTF-8, of at most 1 MB"),
    ("empty",         b"",                                              "this file is nothing; expected a list"),
    ("another shape", b"id: planted.step\n",                            "this file is {'id': 'planted.step'}; expected a list"),
]
# fmt: on


@pytest.mark.parametrize(("raw", "words"), [row[1:] for row in BYTES], ids=[row[0] for row in BYTES])
def test_a_file_that_holds_no_records(planted, raw, words):
    (planted.path / "workup.yaml").write_bytes(raw)
    problem = only(planted.problems())
    assert problem.place.split(":")[0] == "workup.yaml"
    assert words in str(problem)


# ---- all of them -----------------------------------------------------------------------------------


def test_three_defects_are_told_at_once(planted, broken):
    """One of shape, one of reference and one of reading, in three files."""
    problems = broken(
        (ROWS, "option: planted-pair", "optoin: planted-pair"),
        ("scope.yaml", "by: [planted-trial]", "by: [planted-trail]"),
        ("workup.yaml", "says: A planted step.", "says: &here A planted step."),
    )
    assert sorted(problem.place.split(" ")[0] for problem in problems) == sorted(
        f"{file}:{planted.line(file, text)}"
        for file, text in ((ROWS, "optoin"), ("scope.yaml", "- id: planted.scope"), ("workup.yaml", "&here"))
    )


def test_what_speaks_of_a_refused_record_is_no_second_defect(broken):
    """A source, a condition, a drug, a regimen and a symptom are refused for their shape; all are used."""
    problems = broken(
        (SOURCES, "kind: trial", "kind: tiral"),
        ("conditions.yaml", "    says: A planted condition\n", ""),
        (
            "regimens.yaml",
            "{name: planted_drug, classes: [planted_class]}",
            "{name: planted_drug, classes: []}",
        ),
        ("regimens.yaml", "name: Planted single", "name: 7"),
        ("alerts.yaml", "phrases: [a planted complaint]", "phrases: []"),
    )
    assert sorted(problem.what for problem in problems) == [
        "'says' is missing", "classes is []", "kind is 'tiral'", "name is 7", "phrases is []",
    ]  # fmt: skip


def test_the_message_has_a_line_for_every_defect(planted):
    planted.replace(ROWS, "option: planted-pair", "optoin: planted-pair")
    planted.replace("scope.yaml", "by: [planted-trial]", "by: [planted-trail]")
    with pytest.raises(KnowledgeError) as caught:
        planted.load()
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]


# ---- circles -----------------------------------------------------------------------------------------


def turned(record):
    """The planted supersession the other way round, under another id."""
    record = record.replace("with:", "xxx:").replace("replaces:", "with:").replace("xxx:", "replaces:")
    return record.replace("planted.supersession", "planted.turned")


@pytest.mark.parametrize(
    ("since", "until", "circle"),
    [
        ("2017", None, True),
        ("2019", None, True),
        ("2019", "2019", False),  # the first ends on the day on which the second begins
        ("2019", "2018", False),
    ],
)
def test_supersessions_that_replace_each_other(planted, since, until, circle):
    file = "supersessions.yaml"
    text = planted.text(file)
    record = text[text.index("- id: planted.supersession") :]
    other = turned(record).replace("from: 2017", f"from: {since}-12-31")
    first = record.replace("from: 2017", f"from: 2017\n  until: {until}-12-31") if until else record
    planted.write(file, text.replace(record, first) + "\n" + other)
    if not circle:
        assert planted.load()
        return
    with pytest.raises(KnowledgeError) as caught:
        planted.load()
    words = ["(planted.turned)", "planted.supersession puts in its place", "end one of the two"]
    told(planted, only(caught.value.problems), file, "- id: planted.turned", words)


def test_a_name_that_only_the_code_uses_is_not_a_second_spelling(planted, broken):
    problems = broken((ROWS, "in: us, from: 2016-01-31", "places: us, from: 2016-01-31"))
    assert len(problems) == 2, "the field that is missing, and the one that is not known"
    told(planted, problems[0], ROWS, "places: us", ["(planted.first)", "'in' is missing"])
    told(
        planted,
        problems[1],
        ROWS,
        "places: us",
        ["(planted.first)", "'places' is not a field of this record"],
    )


# fmt: off
HALF_DATED = [
    # the question has no longer,     instead of
    ("a beginning",                   "  from: 2018\n"),
    ("a place",                       "  in: us\n"),
]
# fmt: on


@pytest.mark.parametrize("gone", [row[1] for row in HALF_DATED], ids=[row[0] for row in HALF_DATED])
def test_a_question_that_is_dated_by_half(planted, broken, gone):
    """An end without a beginning, or a beginning nowhere, would quietly be told always or never."""
    on = "  on: documented\n  in: us\n  from: 2018\n"
    problem = only(broken(("questions.yaml", on, on.replace(gone, ""))))
    told(planted, problem, "questions.yaml", "- id: planted.question", ["`in`, `from` and `by` together"])
