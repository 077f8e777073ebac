"""Reading scenario files: what is accepted, and of every mistake the words and the line of its message."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lungmets.documents import LARGEST_DOCUMENT, read_text
from lungmets.errors import DocumentError
from lungmets.knowledge.base import shipped
from lungmets.schemas import scenario_schema
from lungmets.testing import read_scenarios
from lungmets.testing.judging import defects
from lungmets.vocabulary import Jurisdiction, Panel
from tests.input.profiles import unhurried
from tests.testing.suites import DEFAULTS, ONE, expecting, of_complete, one


class Mistake(NamedTuple):
    about: str
    text: str
    line: int
    words: tuple[str, ...]


def table(*rows):
    return [Mistake(about, text, line, words) for about, text, line, *words in rows]


CASES = "    cases: [{id: a}, {id: b}]\n"

# fmt: off
KEYS = table(
    # what is wrong             the text                                                        line  words of the message
    ("key of the file",         "senarios: []\n" + ONE,                                            1, "'senarios' is not a field", "one of defaults, scenarios", "did you mean scenarios?"),
    ("key of the defaults",     "defaults: {citaton: x}\n" + ONE,                                  1, "(defaults)", "'citaton'", "did you mean citation?"),
    ("expect in the defaults",  "defaults:\n  expect: {}\n" + ONE,                                 2, "'expect' is not a field", "one of citation, as_of, jurisdiction, panel, knowledge, marks, profile"),
    ("id in the defaults",      "defaults:\n  id: x\n" + ONE,                                      2, "'id' is not a field"),
    ("key of a scenario",       one("text:", "txt:"),                                              3, "(one)", "'txt' is not a field", "did you mean text?"),
    ("key of a case",           one(after="    cases:\n      - {id: a, profil: {}}\n"),            8, "(one[a])", "'profil'", "did you mean profile?"),
    ("cases in a case",         one(after="    cases:\n      - {id: a, cases: []}\n"),             8, "'cases' is not a field"),
    ("key of an expectation",   expecting("{status: refused, optons: {}}"),                        6, "'optons'", "one of status, reason,", "did you mean options?"),
    ("key of names",            expecting("{status: documented, options: {includ: [x]}}"),         6, "'includ'", "one of include, exclude, exactly", "did you mean include"),
    ("by, of what is taken",    expecting("{status: documented, options: {by: {x: [y]}}}"),        6, "'by' is not a field", "one of include, exclude, exactly"),
    ("key of what is taken",    expecting("{status: documented, withheld: {bye: {x: [y]}}}"),      6, "'bye'", "one of include, exclude, exactly, by", "did you mean by?"),
    ("a key twice",             one("    text:", "    text: Other.\n    text:"),                   4, "the key 'text' stands twice (first on line 3)"),
    ("a key that is no text",   expecting("{status: refused, 1: x}"),                              6, "a key that is not text"),
)

IDS = table(
    ("an id twice",             ONE + ONE.partition("\n")[2],                                      7, "(one)", "the id 'one' stands twice", "also on line 2"),
    ("an id of a case twice",   one(after="    cases:\n      - id: a\n      - id: a\n"),           9, "(one[a])", "the id 'a' stands twice", "also on line 8"),
    ("an id with a blank",      one("id: one", "id: One two"),                                     2, "'One two' is not an id", "lower-case words and digits"),
    ("an id that is a number",  one("id: one", "id: 5"),                                           2, "5 is not an id"),
    ("no id",                   one("id: one\n    text", "text"),                                  2, "'id' is missing"),
    ("a case without id",       one(after="    cases: [{text: A text.}]\n"),                       7, "(one)", "'id' is missing"),
)

SHAPES = table(
    ("an empty file",           "",                                                                1, "the file is empty", "`scenarios:`"),
    ("only a comment",          "# nothing yet\n",                                                 1, "the file is empty"),
    ("a list",                  "- a\n- b\n",                                                      1, "this is no table of fields", "`scenarios:`"),
    ("a word",                  "hello",                                                           1, "this is no table of fields"),
    ("no scenarios",            "defaults: {}\n",                                                  1, "'scenarios' is missing"),
    ("scenarios is empty",      "scenarios: []\n",                                                 1, "scenarios is []", "a list of at least 1"),
    ("scenarios is a table",    "scenarios: {id: x}\n",                                            1, "expected a list"),
    ("a scenario is a word",    "scenarios:\n  - one\n",                                           2, "expected a table of fields"),
    ("cases is empty",          one(after="    cases: []\n"),                                      7, "cases is []", "a list of at least 1"),
    ("cases without a value",   one(after="    cases:\n"),                                         7, "cases has no value", "leave the line out"),
    ("expect is a list",        expecting("[refused]"),                                            6, "expect is ['refused']", "a table of fields"),
    ("profile is a list",       one("{histology: squamous}", "[squamous]"),                        5, "profile is ['squamous']", "a table of fields"),
    ("profile without a value", one(" {histology: squamous}", ""),                                 5, "profile is nothing", "a table of fields"),
    ("names as a list",         expecting("{status: documented, options: [osimertinib]}"),         6, "['osimertinib']", "include (these, and perhaps others)", "write {include: [...]}"),
    ("names as a word",         expecting("{status: documented, options: osimertinib}"),           6, "'osimertinib'", "include", "exclude", "exactly"),
    ("one name, no list",       expecting("{status: documented, options: {include: osimertinib}}"), 6, "options.include is 'osimertinib'", "a list"),
    ("by without a list",       expecting("{status: documented, withheld: {by: {x: y}}}"),         6, "withheld.by.x is 'y'", "a list"),
    ("standing as a list",      expecting("{status: documented, standing: [osimertinib]}"),        6, "standing is ['osimertinib']", "a table of fields"),
    ("a part without a value",  expecting("{status: refused, reason: }"),                          6, "reason has no value"),
    ("a list without a value",  expecting("{status: refused, missing: {exactly: }}"),              6, "exactly has no value"),
    ("a date without a value",  one("    profile", "    as_of:\n    profile"),                     5, "as_of has no value", "leave the line out"),
    ("a text of one letter",    one("A text.", "A"),                                               3, "text is 'A'", "at least 3"),
    ("a syntax error",          one("profile: {", "profile: ["),                                   5, "this is not valid YAML"),
    ("a control sign",          one("A text", "A \x07text"),                                       3, "a control character (U+0007)"),
    ("a second document",       one(after="---\nscenarios: []\n"),                                 7, "a second document begins"),
    ("a tag",                   one("A text.", "!!str A text."),                                   3, "a tag (!!str)"),
    ("an anchor",               one("A text.", "&a A text."),                                      3, "an anchor (&a)"),
)

QUESTIONS = table(
    ("a month of 13",           one("    profile", "    as_of: 2014-13-01\n    profile"),          5, "as_of is '2014-13-01'", "a day"),
    ("a year",                  one("    profile", "    as_of: 2014\n    profile"),                5, "as_of is 2014", "a day such as"),
    ("a date in words",         one("    profile", "    as_of: May 2014\n    profile"),            5, "as_of is 'May 2014'", "a day such as"),
    ("a version of two parts",  one("    profile", "    knowledge: 2026.11\n    profile"),         5, "2026.11 is not a release", 'a version such as "2026.11.0" or ">=2026.11.0"'),
    ("a version with >",        one("    profile", '    knowledge: ">2026.11.0"\n    profile'),    5, "'>2026.11.0' is not a release"),
    ("a version with v",        one("    profile", "    knowledge: v2026.11.0\n    profile"),      5, "'v2026.11.0' is not a release"),
    ("a jurisdiction",          one("    profile", "    jurisdiction: uss\n    profile"),          5, "jurisdiction is 'uss'", "did you mean us?"),
    ("a panel",                 one("    profile", "    panel: comprehensiv\n    profile"),        5, "panel is 'comprehensiv'", "did you mean comprehensive?"),
    ("a mark of two words",     one("    profile", "    marks: [slow, a b]\n    profile"),         5, "'a b' is not the name of a mark", "letters, digits and _"),
    ("a mark that pytest bars", one("    profile", "    marks: _slow\n    profile"),               5, "'_slow' is not the name of a mark"),
    ("marks as a number",       one("    profile", "    marks: 5\n    profile"),                   5, "marks is 5", "text, or a list of texts"),
)

PROFILES = table(
    ("a field",                 one("{histology:", "{histolgy:"),                                  5, "(one)", "profile.histolgy: this is not a field", "did you mean histology?"),
    ("a value",                 one("squamous}", "squamous, ecog_ps: 9}"),                         5, "profile.ecog_ps: 9 is out of range", "a whole number from 0 to 4"),
    ("a value on its own line", one(" {histology: squamous}", "\n      histology: squamous\n      ecog_ps: 9"), 7, "profile.ecog_ps: 9 is out of range"),
    ("a member of a list",      one(" {histology: squamous}", "\n      metastatic_sites:\n        - bone\n        - livr"), 8, "metastatic_sites[1]: 'livr'", "did you mean liver?"),
    ("a value in the defaults", "defaults:\n  profile:\n    ecog_ps: 9\n" + ONE,                   3, "(defaults)", "profile.ecog_ps: 9 is out of range"),
    ("a value in a case",       one(after="    cases:\n      - id: a\n        profile:\n          egfr: L859\n"), 10, "(one[a])", "profile.egfr: 'L859' is not understood", "did you mean L858R?"),
    ("a value for all cases",   one("squamous", "squamos", after=CASES),                           5, "(one)", "'squamos' is not understood", "did you mean squamous"),
)

EXPECTATIONS = table(
    ("no status",               expecting("{reason: incomplete}"),                                 6, "'status' is missing", "documented or refused", "state it under `expect`"),
    ("no expectation",          one("    expect: {status: refused}\n", ""),                        2, "'status' is missing"),
    ("no status in a case",     one("    expect: {status: refused}\n", "", after="    cases:\n      - {id: a}\n      - {id: b, expect: {status: refused}}\n"), 7, "(one[a])", "'status' is missing"),
    ("status",                  expecting("{status: refusd}"),                                     6, "status is 'refusd'", "did you mean refused?"),
    ("status in a case",        one(after="    cases:\n      - {id: a, expect: {status: refusd}}\n"), 8, "(one[a])", "'refusd'", "did you mean refused?"),
    ("reason",                  expecting("{status: refused, reason: incomplet}"),                 6, "reason is 'incomplet'", "did you mean incomplete?"),
    ("standing",                expecting("{status: documented, standing: {osimertinib: prefered}}"), 6, "standing.osimertinib is 'prefered'", "did you mean preferred?"),
    ("basis",                   expecting("{status: documented, basis: {osimertinib: lable}}"),    6, "basis.osimertinib is 'lable'", "did you mean label?"),
    ("options of a refusal",    expecting("{status: refused, options: {include: [osimertinib]}}"), 6, "options with status refused", "only reason, missing, decisive, alerts, urgency, cited, explanation, certain, assumptions, next_steps, questions, not_considered", "status documented"),
    ("missing of no refusal",   expecting("{status: documented, missing: {include: [egfr]}}"),     6, "missing with status documented", "status refused"),
    ("exactly and include",     expecting("{status: refused, missing: {include: [egfr], exactly: [alk]}}"), 6, "exactly beside include or exclude", "exactly alone"),
    ("names without a name",    expecting("{status: refused, missing: {}}"),                       6, "an expectation without a name", "include, exclude or exactly"),
    ("include without a name",  expecting("{status: refused, missing: {include: []}}"),            6, "an expectation without a name"),
    ("in both lists",           expecting("{status: refused, missing: {include: [egfr], exclude: [egfr]}}"), 6, "egfr under include and under exclude", "one of the two"),
)

UNFILLED = table(
    ("the status",              expecting('{status: "???"}'),                                      6, "not filled in", "documented or refused", "a person has to say"),
    ("the text",                one("A text.", '"???"'),                                           3, "not filled in", "only a person can say"),
    ("the citation",            one("flaura", '"???"'),                                            4, "not filled in", "only a person can say"),
    ("one of the citations",    one("flaura", '[flaura, "???"]'),                                  4, "not filled in"),
    ("an empty citation",       one("flaura", '""'),                                               4, "not filled in"),
    ("no citation",             one("    citation: flaura\n", ""),                                 2, "(one)", "'citation' is missing", "what this scenario encodes", "name a source of the knowledge by its id, or write a reference"),
    ("citations: none",         one("flaura", "[]"),                                               2, "'citation' is missing"),
    ("citation for all cases",  one("    citation: flaura\n", "", after=CASES),                    2, "(one)", "'citation' is missing"),
    ("citation in one case",    one("    citation: flaura\n", "", after="    cases:\n      - {id: a, citation: flaura}\n      - {id: b}\n"), 8, "(one[b])", "'citation' is missing"),
    ("a citation: a number",    one("flaura", "5"),                                                4, "citation is 5", "text, or a list of texts"),
)

NAMES = table(
    ("an option",               expecting("{status: documented, options: {include: [osimertinb]}}"), 6, "options: 'osimertinb' is not known", "an option of this knowledge", "did you mean osimertinib"),
    ("an option with domain",   expecting("{status: documented, options: {include: [systemic.osimertinb]}}"), 6, "'systemic.osimertinb'", "did you mean systemic.osimertinib"),
    ("an option like no other", expecting("{status: documented, options: {include: [zzzz]}}"),     6, "'zzzz' is not known", "regimens.yaml"),
    ("an excluded option",      expecting("{status: documented, options: {exclude: [osimertinb]}}"), 6, "options: 'osimertinb'"),
    ("options exactly",         expecting("{status: documented, options: {exactly: [osimertinb]}}"), 6, "options: 'osimertinb'"),
    ("a withheld option",       expecting("{status: documented, withheld: {include: [osimertinb]}}"), 6, "withheld: 'osimertinb'"),
    ("a superseded option",     expecting("{status: documented, superseded: {include: [osimertinb]}}"), 6, "superseded: 'osimertinb'"),
    ("an unresolved option",    expecting("{status: documented, unresolved: {include: [osimertinb]}}"), 6, "unresolved: 'osimertinb'"),
    ("an option with standing", expecting("{status: documented, standing: {osimertinb: preferred}}"), 6, "standing: 'osimertinb'"),
    ("an option with basis",    expecting("{status: documented, basis: {osimertinb: label}}"),     6, "basis: 'osimertinb'"),
    ("an option with sources",  expecting("{status: documented, citations: {osimertinb: {include: [flaura]}}}"), 6, "citations: 'osimertinb'"),
    ("what withholds",          expecting("{status: documented, withheld: {by: {pembrolizumab: [no-checkpoint-inhibitor.egrf]}}}"), 6, "withheld.by.pembrolizumab: 'no-checkpoint-inhibitor.egrf'", "a guardrail or later-line row", "did you mean no-checkpoint-inhibitor.egfr"),
    ("what is withheld",        expecting("{status: documented, withheld: {by: {pembrolizumb: [no-checkpoint-inhibitor.egfr]}}}"), 6, "withheld.by: 'pembrolizumb'", "did you mean pembrolizumab"),
    ("what supersedes",         expecting("{status: documented, superseded: {by: {erlotinib: [osimertinb]}}}"), 6, "superseded.by.erlotinib: 'osimertinb'", "did you mean osimertinib"),
    ("an item",                 expecting("{status: refused, missing: {include: [egrf]}}"),        6, "missing: 'egrf'", "a panel item", "did you mean egfr?"),
    ("an item like no other",   expecting("{status: refused, missing: {include: [zzzz]}}"),        6, "missing: 'zzzz'", "`lungmets panel`"),
    ("a decisive item",         expecting("{status: refused, decisive: {exclude: [egrf]}}"),       6, "decisive: 'egrf'"),
    ("an alert",                expecting("{status: refused, alerts: {include: [sezure]}}"),       6, "alerts: 'sezure'", "an alert", "did you mean seizure?"),
    ("a conflict",              expecting("{status: documented, conflicts: {include: [two-driver]}}"), 6, "conflicts: 'two-driver'", "did you mean two-drivers?"),
    ("a source",                expecting("{status: refused, cited: {include: [flaur]}}"),         6, "cited: 'flaur'", "a source of this knowledge", "did you mean flaura"),
    ("a remark",                expecting("{status: documented, said: {include: [radiosurgery.brainstm]}}"), 6, "said: 'radiosurgery.brainstm'", "a remark of this knowledge", "did you mean radiosurgery.brainstem"),
    ("a prerequisite has no id in an answer", expecting("{status: documented, said: {exclude: [observation.discussion]}}"), 6, "said: 'observation.discussion'", "a remark of this knowledge"),
    ("a remark like no other",  expecting("{status: documented, said: {exclude: [zzzz]}}"),        6, "said: 'zzzz'", "notes, cautions, steps, questions and timelines stand in files of these names"),
    ("a symptom like no other", expecting("{status: documented, symptom_log: [{what: x, understood_as: [zzzz]}]}"), 6, "symptom_log.0: 'zzzz'", "a symptom of this knowledge", "the symptoms stand in alerts.yaml"),
    ("a course like no other",  expecting("{status: documented, symptom_log: [{what: x, course_as: zzzz}]}"), 6, "symptom_log.0: 'zzzz'", "a course of this knowledge", "under courses in alerts.yaml"),
    ("a gap like no other",     expecting("{status: documented, staging: {missing: {include: [zzzz]}}}"), 6, "staging.missing: 'zzzz'", "a field that staging asks for", "under asks in staging.yaml"),
    ("a point like no other",   expecting("{status: documented, staging: {to_settle: {include: [zzzz]}}}"), 6, "staging.to_settle: 'zzzz'", "a record of staging", "the categories and remarks stand in staging.yaml"),
    ("a source of an option",   expecting("{status: documented, citations: {osimertinib: {include: [flaur]}}}"), 6, "citations.osimertinib: 'flaur'", "did you mean flaura"),
    ("what is encoded",         one("flaura", "flaurra"),                                          4, "citation: 'flaurra'", "did you mean flaura", "write a reference in words"),
    ("encoded by all",          "defaults:\n  citation: flaurra\n" + one("    citation: flaura\n", ""), 2, "citation: 'flaurra'"),
    ("a row",                   expecting("{status: documented, because: {osimertinib: {include: [egfr-common.osimertinb]}}}"), 6, "because.osimertinib: 'egfr-common.osimertinb'", "a row of this knowledge", "did you mean egfr-common.osimertinib"),
    ("a row of an option",      expecting("{status: documented, because: {osimertinb: {include: [egfr-common.osimertinib]}}}"), 6, "because: 'osimertinb'", "did you mean osimertinib"),
    ("a note",                  expecting("{status: documented, notes: {osimertinib: {include: [maintenance.pemetrexd]}}}"), 6, "notes.osimertinib: 'maintenance.pemetrexd'", "a note or row", "did you mean maintenance.pemetrexed"),
    ("a caution",               expecting("{status: documented, cautions: {osimertinib: {include: [zzz]}}}"), 6, "cautions.osimertinib: 'zzz'", "a caution of this knowledge", "cautions.yaml"),
    ("a prerequisite",          expecting("{status: documented, prerequisites: {osimertinib: {include: [zzz]}}}"), 6, "prerequisites.osimertinib: 'zzz'", "a caution or guardrail that asks"),
    ("an urgent alert",         expecting("{status: refused, urgency: {sezure: same_day}}"),       6, "urgency: 'sezure'", "did you mean seizure?"),
    ("an urgency",              expecting("{status: refused, urgency: {seizure: samday}}"),        6, "urgency.seizure is 'samday'", "did you mean same_day?"),
    ("an explanation",          expecting("{status: refused, explanation: {include: [incomplet]}}"), 6, "explanation: 'incomplet'", "did you mean incomplete?"),
    ("what is certain",         expecting("{status: refused, certain: {include: [zzz]}}"),         6, "certain: 'zzz'", "a guardrail", "guardrails.yaml"),
    ("an assumption",           expecting("{status: refused, assumptions: {include: [age.chld]}}"), 6, "assumptions: 'age.chld'", "did you mean age.child?"),
    ("a next step",             expecting("{status: refused, next_steps: {include: [zzz]}}"),      6, "next_steps: 'zzz'", "workup.yaml"),
    ("a question",              expecting("{status: refused, questions: {include: [zzz]}}"),       6, "questions: 'zzz'", "questions.yaml"),
    ("a gene",                  expecting("{status: refused, not_considered: {include: [ntrkk]}}"), 6, "not_considered: 'ntrkk'", "did you mean ntrk?"),
    ("a name of two options",   expecting("{status: documented, options: {include: [denosumab]}}"), 6, "'denosumab' is an option of several domains", "one of bone.denosumab, supportive.denosumab"),
    ("like a name of two",      expecting("{status: documented, options: {include: [denosumb]}}"), 6, "did you mean bone.denosumab or supportive.denosumab"),
)
# fmt: on


def problems_of(text):
    """Every problem of a text: those of reading, or of its names."""
    try:
        scenarios = read_scenarios(text, shown_as="a.scenario.yaml")
    except DocumentError as error:
        return error.problems
    return [problem for scenario in scenarios for problem in defects(scenario, shipped())]


ALL = [*KEYS, *IDS, *SHAPES, *QUESTIONS, *PROFILES, *EXPECTATIONS, *UNFILLED, *NAMES]


@pytest.mark.parametrize("mistake", ALL, ids=lambda mistake: mistake.about)
def test_a_mistake_is_told_once_with_its_line_and_what_to_write_instead(mistake):
    (problem,) = problems_of(mistake.text)
    told = str(problem)
    place = f"a.scenario.yaml:{mistake.line}"
    assert told.startswith((f"{place}:", f"{place} (")), told
    for words in mistake.words:
        assert words in told


def test_the_file_that_is_changed_in_each_mistake_is_in_order():
    assert problems_of(ONE) == []


def test_every_defect_is_told_at_once():
    text = ONE + ONE.partition("\n")[2].replace("id: one", "id: two").replace("squamous", "squamos")
    text = text.replace("{status: refused}", "{status: refusd}", 1)
    assert [str(problem).partition(" ")[0] for problem in problems_of(text)] == [
        "a.scenario.yaml:6", "a.scenario.yaml:10",
    ]  # fmt: skip


def test_an_alias_bomb_is_refused_and_never_expanded():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    told = "\n".join(map(str, problems_of(bomb + ONE)))
    assert "an anchor (&a) stands here" in told
    assert "an alias (*a) stands here" in told


# ---- files ----------------------------------------------------------------------------------------


def test_bytes_that_are_no_text_are_told(tmp_path):
    file = tmp_path / "a.scenario.yaml"
    file.write_bytes(b"scenarios:\n  - \xff\xfe")
    with pytest.raises(DocumentError) as caught:
        read_scenarios(file)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"{file}: byte 15 (on line 2) is not UTF-8 text")


def test_a_file_that_does_not_exist_is_told(tmp_path):
    file = tmp_path / "a.scenario.yaml"
    with pytest.raises(DocumentError, match="the file cannot be read: No such file") as caught:
        read_scenarios(file, shown_as="a.scenario.yaml")
    assert str(caught.value).startswith("a.scenario.yaml: ")


def test_a_file_that_is_too_large_is_told():
    with pytest.raises(DocumentError, match="larger than"):
        read_scenarios("#" * (LARGEST_DOCUMENT + 1))


def test_a_file_is_called_by_its_path_unless_another_name_is_given(tmp_path):
    file = tmp_path / "a.scenario.yaml"
    file.write_text(ONE, encoding="utf-8")
    assert read_scenarios(file)[0].place == f"{file}:2"
    assert read_scenarios(file, shown_as="mine")[0].place == "mine:2"
    assert read_scenarios(ONE)[0].place == "text:2"


# ---- what is put together -------------------------------------------------------------------------

LAYERS = """\
defaults:
  citation: of all
  as_of: 2020-01-01
  panel: comprehensive
  marks: quick
  profile: {histology: squamous, ecog_ps: 1}
scenarios:
  - id: plain
    text: Nothing is stated anew.
    expect: {status: refused}
  - id: table
    text: Of the table.
    citation: [of the table, and another]
    jurisdiction: eu
    knowledge: ">=2026.11.0"
    marks: [slow, quick]
    profile: {ecog_ps: 2, age: 60}
    expect:
      status: refused
      reason: incomplete
      missing: {include: [egfr]}
    cases:
      - id: as-it-is
      - id: other
        text: Of the case.
        citation: of the case
        as_of: 2021-02-03
        jurisdiction: us
        panel: core
        marks: own
        profile: {age: 70}
        expect:
          missing:
            exactly: [alk]
"""


def test_defaults_scenario_and_case_are_put_together_and_the_later_states_anew():
    plain, as_it_is, other = read_scenarios(LAYERS)
    assert [one.name for one in (plain, as_it_is, other)] == ["plain", "table[as-it-is]", "table[other]"]
    assert (plain.citation, plain.jurisdiction, plain.panel) == (
        ("of all",),
        Jurisdiction.US,
        Panel.COMPREHENSIVE,
    )
    assert plain.knowledge is None
    assert as_it_is.citation == ("of the table", "and another")
    assert (as_it_is.jurisdiction, as_it_is.knowledge) == (Jurisdiction.EU, ">=2026.11.0")
    assert (as_it_is.text, other.text) == ("Of the table.", "Of the case.")
    assert other.citation == ("of the case",)
    assert [str(one.as_of) for one in (as_it_is, other)] == ["2020-01-01", "2021-02-03"]
    assert (other.jurisdiction, other.panel) == (Jurisdiction.US, Panel.CORE)


def test_a_profile_is_stated_anew_field_by_field():
    plain, as_it_is, other = (one.profile for one in read_scenarios(LAYERS))
    assert {one.histology for one in (plain, as_it_is, other)} == {"squamous"}
    assert [(one.ecog_ps, one.age) for one in (plain, as_it_is, other)] == [(1, None), (2, 60), (2, 70)]


def test_an_expectation_is_stated_anew_part_by_part():
    _, as_it_is, other = (one.expect for one in read_scenarios(LAYERS))
    assert as_it_is.missing.include == ("egfr",)
    assert (other.missing.include, other.missing.exactly) == ((), ("alk",))
    assert other.reason == as_it_is.reason == "incomplete"


def test_marks_add_up():
    assert [one.marks for one in read_scenarios(LAYERS)] == [
        ("quick",),
        ("quick", "slow"),
        ("quick", "slow", "own"),
    ]


def test_each_part_of_an_expectation_knows_its_line():
    plain, as_it_is, other = read_scenarios(LAYERS, shown_as="x")
    assert (plain.place, as_it_is.place, other.place) == ("x:8", "x:23", "x:24")
    assert as_it_is.line_of("missing.include") == "x:21"
    # The case states the part anew, on its own lines.
    assert other.line_of("missing") == "x:33"
    assert other.line_of("missing.exactly") == "x:34"
    assert other.line_of("reason") == "x:20"
    # What is not written has the line of the nearest part above it, or of the scenario.
    assert other.line_of("missing.exclude") == "x:33"
    assert other.line_of("alerts") == "x:24"
    assert [one.line_of("citation") for one in (plain, as_it_is, other)] == ["x:2", "x:13", "x:26"]


@pytest.mark.parametrize(
    ("written", "citation"),
    [("flaura", ("flaura",)), ("[flaura, A guideline of 2020]", ("flaura", "A guideline of 2020"))],
)
def test_one_citation_or_several(written, citation):
    assert read_scenarios(one("flaura", written))[0].citation == citation


def test_a_citation_that_is_a_number_is_no_text():
    (problem,) = problems_of(one("flaura", "[A guideline, 2020]"))
    assert "citation is 2020; expected text" in str(problem)


def test_nothing_known_is_an_ordinary_profile_and_a_field_may_be_unstated_in_a_case():
    assert read_scenarios(one("{histology: squamous}", "{}"))[0].profile.histology is None
    (case,) = read_scenarios(one(after="    cases:\n      - {id: a, profile: {histology: }}\n"))
    assert case.profile.histology is None


def test_a_scenario_of_another_release_may_have_names_of_that_release():
    text = expecting("{status: refused, alerts: {include: [of-another-release]}}")
    assert problems_of(text) != []
    assert problems_of(text.replace("    profile", "    knowledge: 2020.1.0\n    profile")) == []


def test_many_scenarios_are_read_in_the_order_of_the_file():
    rows = "".join(ONE.partition("\n")[2].replace("one", f"n{number}") for number in range(300))
    assert [scenario.id for scenario in read_scenarios("scenarios:\n" + rows)] == [
        f"n{n}" for n in range(300)
    ]


# ---- whatever is written --------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "scenarios",
        "defaults",
        "id",
        "text",
        "citation",
        "as_of",
        "jurisdiction",
        "panel",
        "knowledge",
        "marks",
        "profile",
        "expect",
        "cases",
        "status",
        "refused",
        "documented",
        "reason",
        "missing",
        "options",
        "include",
        "exclude",
        "exactly",
        "withheld",
        "by",
        "standing",
        "citations",
        "osimertinib",
        "egfr",
        "histology",
        "squamous",
        "2014-06-01",
        "us",
        "one",
        "???",
        "flaura",
    ]
)
YAMLISH = st.recursive(
    WORDS | st.integers(-5, 3000) | st.booleans() | st.none() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def read_or_told(text):
    """What was read, or what was told; anything but a DocumentError fails the test."""
    try:
        return read_scenarios(text), ()
    except DocumentError as error:
        return (), error.problems


@unhurried
@given(st.text(max_size=80) | YAMLISH.map(json.dumps))
@example('{"scenarios": [{"id": "one", "cases": [[]]}]}')
@example('{"scenarios": [[1]], "defaults": {"profile": 1}}')
def test_whatever_is_read_ends_in_scenarios_or_in_an_error_with_a_place(text):
    found, problems = read_or_told(text)
    assert bool(found) is not bool(problems)
    assert all(problem.place.startswith("text") for problem in problems if problem.place)


@unhurried
@given(YAMLISH, st.sampled_from(["scenario", "case", "expect", "profile", "options", "defaults"]))
def test_whatever_stands_at_a_level_ends_in_scenarios_or_in_an_error(value, level):
    whole = read_text(one(after="    cases: [{id: a}]\n")).data
    scenario = whole["scenarios"][0]
    match level:
        case "scenario":
            whole["scenarios"].append(value)
        case "case":
            scenario["cases"].append(value)
        case "options":
            scenario["expect"]["options"] = value
        case "defaults":
            whole["defaults"] = value
        case _:
            scenario[level] = value
    found, problems = read_or_told(json.dumps(whole))
    assert bool(found) is not bool(problems)
    assert all(isinstance(defects(each, shipped()), list) for each in found)


# ---- the schema for editors -----------------------------------------------------------------------


def faults(text):
    validator = Draft202012Validator(scenario_schema())
    return [error.message for error in validator.iter_errors(read_text(text).data)]


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(scenario_schema())


@pytest.mark.parametrize(
    "text",
    [
        ONE,
        LAYERS,
        of_complete("{status: documented, options: {exactly: []}, standing: {osimertinib: preferred}}"),
        of_complete("{status: documented, withheld: {by: {pembrolizumab: [no-checkpoint-inhibitor.egfr]}}}"),
        of_complete(
            "{status: documented, citations: {osimertinib: {include: [flaura]}}, cited: {exclude: [flaura]}}"
        ),
        one(after="    cases: [{id: a, profile: {egfr: [L858R, T790M], pd_l1_tps: '>=50'}, marks: slow}]\n"),
    ],
)
def test_what_is_read_fits_the_schema(text):
    assert read_scenarios(text)
    assert faults(text) == []


@pytest.mark.parametrize(
    "mistake", [*KEYS[:11], *(row for row in SHAPES if "list" in row.about)], ids=lambda one: one.about
)
def test_the_schema_refuses_unknown_keys_and_lists_for_tables(mistake):
    assert faults(mistake.text) != []


@pytest.mark.parametrize("mistake", QUESTIONS, ids=lambda mistake: mistake.about)
def test_the_schema_refuses_a_question_that_is_written_wrong(mistake):
    assert faults(mistake.text) != []


def test_a_misspelt_field_of_a_profile_does_not_fit_the_schema():
    assert faults(one("histology:", "histolgy:")) != []


def test_every_file_that_the_documentation_has_is_read():
    root = Path(__file__).resolve().parents[2]
    for file in sorted(root.rglob("docs/**/*.scenario.yaml")):
        assert read_scenarios(file)


def test_the_defaults_of_the_tests_are_three_lines():
    assert DEFAULTS.count("\n") == 3
