"""A copy of the shipped knowledge with one sound record of every kind planted in it, to be broken.

The planted records speak of planted drugs, sources and conditions, so that what the shipped records
say today does not matter to the tests.
"""

import shutil
from functools import cache
from pathlib import Path

import pytest

import lungmets
from lungmets.documents import read_bytes
from lungmets.knowledge import loading
from lungmets.knowledge.base import shipped_folder

SOURCES = """\
- id: planted-trial
  kind: trial
  name: A planted trial
  published: 2015-06-30
  doi: 10.1000/planted
  pmid: "12345678"
  nct: [NCT00000001]
  url: https://example.org/planted
  figures:
    - {endpoint: os, value: 0.5, low: 0.4, high: 0.6}
  seen:
    - {fields: [doi], at: nowhere, level: primary}

- id: planted-approval
  kind: approval
  name: A planted approval
  agency: fda
  published: 2016-01-31
  ended: 2020
"""

ROWS = """\
domain: systemic
rows:
  - id: planted.first
    when: {histology: nsclc, egfr: [exon19del, l858r], pd_l1_tps: ">=1, <50"}
    option: planted-pair
    documented:
      - {in: us, from: 2016-01-31, until: 2020, basis: label, by: [planted-approval, planted-trial]}
      - {in: [us, eu], from: 2020, basis: trial, by: [planted-trial]}
    preferred:
      - {in: us, from: 2017, until: 2019, by: [planted-trial]}
    note: A planted row.
    review_by: 2027-05-01

  - id: planted.later
    when: {histology: non_squamous, contraindications: {not: [platinum]}, brain_symptomatic: yes}
    option: planted-single
    line: later
    documented:
      - {in: us, from: 2016-02, basis: label, by: [planted-approval]}
    note: Documented only after something else.
    review_by: 2027-05-01

  - id: planted.open
    when: {is: planted_condition, pd_l1_immune_cells: ">=10"}
    option: planted-single
    documented:
      - {in: us, from: 2016-02, basis: trial, by: [planted-trial]}
    unresolved: {unknown: [pd_l1_immune_cells], reason: Planted., by: [planted-trial]}
    review_by: 2027-05-01
"""

GUARDRAIL = """
- id: planted.guardrail
  when: {histology: nsclc}
  unless: {creatinine_clearance_ml_min: ">=30"}
  withholds: {domain: systemic, contains: planted_class, except: {only: planted_drug}}
  while_documented: {regimens: planted-single}
  reason: Planted as a reason.
  certain: Planted as certain.
  asks: Planted as a question.
  by: [planted-trial]
  review_by: 2027-05-01
"""

CAUTION = """
- id: planted.caution
  when: {symptoms: planted_symptom}
  on: {contains: [planted_drug]}
  kind: caution
  says: A planted caution.
  by: [planted-trial]
  review_by: 2027-05-01
"""

SUPERSESSION = """
- id: planted.supersession
  when: {is: [planted_condition]}
  with: {regimens: [planted-pair]}
  replaces: {regimens: [planted-single]}
  in: us
  from: 2017
  by: [planted-trial]
  reason: Planted as a reason.
  review_by: 2027-05-01
"""

NOTE = """
- id: planted.note
  when: {kras: other}
  on: {regimens: [planted-single]}
  in: us
  from: 2017
  until: 2019
  by: [planted-trial]
  says: A planted note.
  review_by: 2027-05-01
"""

CONFLICT = """
- id: planted.conflict
  two_of: [planted_condition, planted_other]
  options: {only: planted_class}
  text: A planted conflict.
  questions: [Is it planted?]
  by: [planted-trial]
  review_by: 2027-05-01
"""

TIMELINE = """
- id: planted.timeline
  when: {kras: other}
  title: A planted question
  entries:
    - {in: us, from: 2016, by: [planted-trial], says: A planted answer.}
    - {in: [us, eu], from: 2018, by: [planted-trial], says: Another planted answer.}
  review_by: 2027-05-01
"""

SCOPE = """
- id: planted.scope
  reason: out_of_scope
  when: {age: "<5"}
  says: A planted limit.
  by: [planted-trial]
  review_by: 2027-05-01
"""

ALERT = """
  - id: planted.alert
    when: {symptoms: planted_symptom}
    urgency: same_day
    finding: A planted finding.
    action: A planted action.
    by: [planted-trial]
    review_by: 2027-05-01
"""

WORKUP = """
- id: planted.step
  when: {}
  on: every
  says: A planted step.
  by: [planted-trial]
  review_by: 2027-05-01
"""

QUESTION = """
- id: planted.question
  when: {brain_lesions: 4}
  on: documented
  in: us
  from: 2018
  until: 2020
  says: A planted question?
  by: [planted-trial]
  review_by: 2027-05-01
"""

CONDITIONS = """
  - id: planted_condition
    when: {histology: nsclc, kras: g12c}
    says: A planted condition
  - id: planted_other
    when: {histology: nsclc, alk: positive}
    says: Another planted condition
"""

REGIMENS = """
  - {id: planted-pair, regimen: [planted_drug, planted_other_drug], name: Planted pair}
  - {id: planted-single, regimen: [planted_drug], name: Planted single}
"""

DRUGS = """\
drugs:
  - {name: planted_drug, classes: [planted_class]}
  - {name: planted_other_drug, classes: [planted_class]}
"""

SYMPTOM = """\
symptoms:
  - {id: planted_symptom, phrases: [a planted complaint]}
"""

GROUP = """\
groups:
  histology:
    planted_group: [squamous, adenosquamous]
"""

ADDED = {
    "guardrails.yaml": GUARDRAIL, "cautions.yaml": CAUTION, "notes.yaml": NOTE, "supersessions.yaml": SUPERSESSION,
    "conflicts.yaml": CONFLICT, "scope.yaml": SCOPE, "alerts.yaml": ALERT, "workup.yaml": WORKUP,
    "questions.yaml": QUESTION, "conditions.yaml": CONDITIONS, "regimens.yaml": REGIMENS,
    "timelines.yaml": TIMELINE,
}  # fmt: skip
CLAIMS = """\
article:
  id: 999_00000000000000aa
  about: A planted article.
  dated: 2019-05
claims:
  - id: claim.999.first
    kind: treatment
    says: A planted statement.
    at: ["2:1", "2:3"]
    verdict: qualified
    reason: Planted as a reason.
    carried_by: [planted.question, "panel:egfr", "symptom:seizure", lungmets.gate]
    decided_by: [flaura, alex]
    verified: {on: 2026-10-07, found: Planted as found.}
  - id: claim.999.second
    kind: symptom
    says: Another planted statement.
    at: ["2:3", "3:1"]
    verdict: unsupported
    reason: Planted as another reason.
    not_carried: Planted as the reason of nothing.
    verified: {on: 2026-10-06, not_possible: Planted as impossible.}
  - id: claim.999.third
    kind: prognosis
    says: A third planted statement.
    at: ["3:2"]
    carried_by: [planted.step]
out_of_scope:
  - {why: heading, at: ["1:1"]}
  - {why: navigation, at: ["2:2", "4:1"]}
sentences:
  "1:1": "0000000000000011"
  "2:1": "0000000000000021"
  "2:2": "0000000000000022"
  "2:3": "0000000000000023"
  "3:1": "0000000000000031"
  "3:2": "0000000000000032"
  "4:1": "0000000000000041"
"""
ARTICLE = "claims/999_00000000000000aa.yaml"

NEW = {"sources/planted.yaml": SOURCES, "systemic/planted.yaml": ROWS, ARTICLE: CLAIMS}
PUT_FIRST = [
    ("regimens.yaml", "drugs:\n", DRUGS),
    ("alerts.yaml", "symptoms:\n", SYMPTOM),
    ("conditions.yaml", "groups:\n  histology:\n", GROUP),
]


class Folder:
    """A knowledge folder that may be written in."""

    def __init__(self, path: Path):
        self.path = path

    def text(self, file):
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file, text):
        (self.path / file).write_text(text, encoding="utf-8")

    def replace(self, file, old, new):
        """Replace what stands once in a file. A test that no longer finds its place must say so."""
        text = self.text(file)
        assert text.count(old) == 1, f"{file} has {text.count(old)} times {old!r}"
        self.write(file, text.replace(old, new))

    def line(self, file, text):
        """The line on which a text first stands."""
        before, found, _ = self.text(file).partition(text)
        assert found, f"{file} has no {text!r}"
        return before.count("\n") + 1

    def load(self):
        return lungmets.load(self.path)

    def problems(self):
        with pytest.raises(lungmets.KnowledgeError) as caught:
            self.load()
        return caught.value.problems


def plant(folder):
    """Write the planted records into a copy of the shipped knowledge."""
    for file, text in NEW.items():
        (folder.path / file).parent.mkdir(exist_ok=True)
        folder.write(file, text)
    for file, text in ADDED.items():
        folder.write(file, folder.text(file).rstrip("\n") + "\n" + text)
    for file, old, new in PUT_FIRST:
        folder.replace(file, old, new)
    return folder


_read_once = cache(read_bytes)


@pytest.fixture(autouse=True)
def parsed_once(monkeypatch):
    """Parse the same bytes only once: hundreds of folders here differ from each other in one line."""
    parse_once(monkeypatch)


def parse_once(monkeypatch):
    """The same for fixtures that live longer than a test."""
    monkeypatch.setattr(loading, "read_file", lambda path: _read_once(path.read_bytes()))


@pytest.fixture
def shipped(tmp_path):
    """A copy of the shipped knowledge."""
    return copied(tmp_path)


def copied(place):
    """A copy of the shipped knowledge in a folder of a place."""
    path = place / "knowledge"
    # Without the claims: they name shipped records, which the tests break. One is planted instead.
    shutil.copytree(shipped_folder(), path, ignore=shutil.ignore_patterns("__pycache__", "claims"))
    return Folder(path)


@pytest.fixture
def planted(shipped):
    """A copy of the shipped knowledge with the planted records."""
    return plant(shipped)


@pytest.fixture
def broken(planted):
    """Break the planted folder at some places, and hand out what loading says of it."""

    def problems(*edits):
        for file, old, new in edits:
            planted.replace(file, old, new)
        return planted.problems()

    return problems
