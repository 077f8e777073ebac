"""A sound overlay over the planted knowledge, to be broken, and what must hold of every overlay."""

import json

from lungmets.assessment import DocumentedOptions, Refusal
from lungmets.documents import read_file

HEADER = """\
id: local-planted
name: Planted Hospital
version: 2026.9.0
issued_by: A planted committee
authority: A planted decision
"""

SOURCES = """\
- id: local.formulary
  kind: statement
  name: A planted formulary
  published: 2016-01-31
"""

ROWS = """\
domain: systemic
rows:
  - id: local.own
    when: {histology: nsclc, alk: positive}
    option: local-single
    documented:
      - {in: us, from: 2016-01-31, basis: guideline, by: [local.formulary]}
    note: A row of the hospital's own.
    review_by: 2027-05-01

  - id: local.beside
    when: {histology: nsclc, egfr: [exon19del, l858r], pd_l1_tps: ">=1, <50"}
    option: planted-pair
    documented:
      - {in: us, from: 2016-01-31, basis: guideline, off_label: true, by: [local.formulary, planted-trial], no_figures: [planted-trial]}
    note: Kept in the pharmacy.
    review_by: 2027-05-01
"""

REGIMENS = """\
drugs:
  - {name: local_drug, classes: [planted_class, local_class]}
procedures: [local_procedure]
regimens:
  - {id: local-single, regimen: [local_drug], name: Local single}
"""

CONDITIONS = """\
groups:
  histology:
    local_group: [adenocarcinoma, large_cell]
conditions:
  - {id: local_condition, when: {histology: local_group}, says: A local condition}
"""

PANEL = """\
items:
  - item: braf
    panels: [core, comprehensive]
    why: The hospital asks for it.
    by: [local.formulary]
    review_by: 2027-05-01
"""

GUARDRAILS = """\
- id: local.withhold
  when: {is: local_condition}
  withholds: {domain: systemic, contains: [pembrolizumab, planted_other_drug]}
  reason: It is not on the formulary.
  certain: It is not listed here.
  asks: The histology has to be known for the formulary.
  by: [local.formulary]
  review_by: 2027-05-01
"""

CAUTIONS = """\
- id: local.caution
  when: {histology: nsclc}
  on: {contains: local_drug}
  kind: caution
  says: The pharmacy has little of it.
  review_by: 2027-05-01
"""

SUPERSESSIONS = """\
- id: local.supersession
  when: {histology: nsclc}
  with: {regimens: [planted-pair]}
  replaces: {regimens: [local-single]}
  in: us
  from: 2016-01-31
  by: [local.formulary]
  reason: The hospital keeps the other one.
  review_by: 2027-05-01
"""

CONFLICTS = """\
- id: local.conflict
  when: {alk: positive}
  options: {contains: local_class}
  text: The committee was not of one mind.
  questions: [Who decides?]
  review_by: 2027-05-01
"""

WORKUP = """\
- id: local.step
  when: {}
  on: every
  says: Call the pharmacy.
  review_by: 2027-05-01
"""

QUESTIONS = """\
- id: local.question
  when: {}
  on: every
  says: Has the hospital's board seen it?
  review_by: 2027-05-01
"""

FILES = {
    "overlay.yaml": HEADER, "sources/local.yaml": SOURCES, "systemic/local.yaml": ROWS, "regimens.yaml": REGIMENS,
    "conditions.yaml": CONDITIONS, "panel.yaml": PANEL, "guardrails.yaml": GUARDRAILS, "cautions.yaml": CAUTIONS,
    "supersessions.yaml": SUPERSESSIONS, "conflicts.yaml": CONFLICTS, "workup.yaml": WORKUP,
    "questions.yaml": QUESTIONS,
}  # fmt: skip

MARK = "local: Planted Hospital"


def lay(folder, files):
    """Writes the files of an overlay."""
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def silent(plain, laid):
    """What an overlay did to an answer without saying so: nothing of this may ever be found.

    An overlay may refuse where more is asked, may add options, and may take one off the list where it
    says so itself. What the knowledge withholds stays withheld, and what it says of an option stays.
    """
    local = {name for overlay in laid.knowledge.overlays for name in overlay.records}
    if isinstance(plain, Refusal):
        return [] if isinstance(laid, Refusal) and laid.reason is plain.reason else ["a refusal is gone"]
    if isinstance(laid, Refusal):
        missing = {f"panel:{item.item}" for item in laid.missing}
        said = {remark.id for remark in laid.explanation if (remark.rule or "").startswith("local: ")}
        return [f"{item} is not said to be local" for item in sorted(missing - said - {"panel:pd_l1_tps"})]
    found = []
    lists = ("options", "withheld", "superseded", "unresolved")
    now = {option.id: (name, option) for name in lists for option in getattr(laid, name)}
    before = {option.id: (name, option) for name in lists for option in getattr(plain, name)}
    for key, (was, old) in before.items():
        if key not in now:
            found.append(f"{key} is gone")
            continue
        stands, new = now[key]
        if was == "withheld" and stands != "withheld":
            found.append(f"{key} is no longer withheld")
        if stands == "withheld" != was and not any(
            (r.rule or "").startswith("local: ") and r.id in local for r in new.reason
        ):
            found.append(f"{key} is withheld, and nobody says that it is local")
        if stands == "superseded" != was:
            found.append(f"{key} is superseded by an overlay")
        told = ("basis", "off_label", "approvals", "standing", "name", "regimen")
        found += [f"{key}: another {name}" for name in told if getattr(old, name) != getattr(new, name)]
        gone = {c.id for c in old.citations} - {c.id for c in new.citations}
        found += [f"{key}: no longer cites {name}" for name in sorted(gone)]
        found += [f"{key}: a figure is gone" for figure in old.evidence if figure not in new.evidence]
    for key in now.keys() - before.keys():
        rows = {because.row for because in now[key][1].because}
        if not rows <= local:
            found.append(f"{key} was added without a mark")
    return found


def documented(answer):
    """The answer, which must list something."""
    assert isinstance(answer, DocumentedOptions), answer
    return answer


def without(place, folder):
    """A knowledge folder in which nothing is documented in one place: it is no longer dated there."""
    for file in sorted(folder.rglob("*.yaml")):
        data = _elsewhere(read_file(file)[1].data, place)
        if file.name == "release.yaml":
            del data["begins"][place]
        file.write_text(json.dumps(data, indent=1), encoding="utf-8")  # YAML as well


_NOTHING = object()


def _elsewhere(data, place):
    """The data without what is dated in that place, and without records of which nothing remains."""
    if isinstance(data, list):
        kept = [_elsewhere(part, place) for part in data]
        return [part for part in kept if part is not _NOTHING]
    if not isinstance(data, dict):
        return data
    if "in" in data:
        places = [
            one for one in ([data["in"]] if isinstance(data["in"], str) else data["in"]) if one != place
        ]
        if not places:
            return _NOTHING
        data = {**data, "in": places}
    kept = {key: _elsewhere(part, place) for key, part in data.items()}
    if kept.get("documented") == []:
        return _NOTHING
    return {key: part for key, part in kept.items() if not (key == "preferred" and part == [])}
