"""What does not matter to the knowledge, and what does: order, places, words, the digest."""

import json
import re
from datetime import date

import pytest

import lungmets
from lungmets import PatientProfile, assess
from lungmets.documents import read_file
from lungmets.knowledge.base import shipped, shipped_folder
from lungmets.knowledge.content import Content
from lungmets.knowledge.schema import StagingRemarkKind
from lungmets.vocabulary import (
    Approval,
    Basis,
    Domain,
    Jurisdiction,
    MCategory,
    Panel,
    RefusalReason,
    StageGroup,
    Urgency,
)

NO_DRIVER = dict.fromkeys(("egfr", "alk", "ros1", "kras", "met", "ret"), "negative")
COMPLETE = {"histology": "adenocarcinoma", **NO_DRIVER, "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 0}

PROFILES = [
    COMPLETE,
    COMPLETE | {"egfr": "l858r and exon19del", "brain_lesions": 3, "brain_symptomatic": False},
    COMPLETE | {"egfr": "l858r", "alk": "fusion", "metastatic_sites": ["bone", "liver"], "bone_pain": True},
    COMPLETE | {"histology": "squamous", "pd_l1_tps": ">=1", "contraindications": ["autoimmune_disease"]},
    COMPLETE
    | {"kras": "g12c", "pd_l1_tps": 20, "symptoms": ["a seizure", "jaundice", "a planted complaint"]},
    COMPLETE | {"ecog_ps": 3, "ret": "fusion", "calcium": "3.4 mmol/L", "albumin_g_l": 30},
    COMPLETE | {"met": "pending", "brain_lesions": "not_imaged"},
    {"histology": "small_cell", "ecog_ps": 2, "stage": "extensive"},
    {"histology": "small_cell", "egfr": "l858r", "age": 4},
    {},
]
DAYS = [None, date(2014, 6, 1), date(2018, 5, 1), date(2022, 12, 24)]


def answers(base):
    """What a knowledge base says to some profiles on some days, word for word."""
    profiles = [PatientProfile(**values) for values in PROFILES]
    asked = [
        (profile, day, panel) for profile in profiles for day in DAYS for panel in ("core", "comprehensive")
    ]
    return [
        assess(profile, as_of=day, panel=panel, knowledge=base).model_dump_json()
        for profile, day, panel in asked
    ]


def rewrite(folder, change):
    """Writes every file anew, as JSON (which is YAML), after a change of its data."""
    for path in sorted(folder.path.rglob("*.yaml")):
        _, document = read_file(path)
        assert document.problems == ()
        file = path.relative_to(folder.path).as_posix()
        folder.write(file, json.dumps(change(file, document.data), indent=1))


def everywhere(change):
    """A change of every table (dict) and list, from the inside to the outside."""

    def changed(file, node):
        if isinstance(node, dict):
            node = {key: changed(file, value) for key, value in node.items()}
        elif isinstance(node, list):
            node = [changed(file, value) for value in node]
        return change(file, node)

    return changed


def records_turned(file, node):
    """Records in the other order; those that are shown or looked for in theirs are left."""
    shown_in_order = {"panel.yaml", "workup.yaml", "questions.yaml"}
    shown_in_order |= {"trial_search.yaml", "explanations.yaml", "prognosis.yaml", "fracture_risk.yaml"}
    is_records = isinstance(node, list) and all(
        isinstance(one, dict) and {"id", "name"} & set(one) for one in node
    )
    if is_records and "worsening" in [
        one.get("id") for one in node
    ]:  # of a symptom's courses the first counts
        return node
    return node[::-1] if is_records and file not in shown_in_order else node


def keys_turned(_, node):
    return dict(reversed(node.items())) if isinstance(node, dict) else node


def untouched(_, node):
    return node


# ---- any folder ------------------------------------------------------------------------------------


def test_any_folder_loads_and_answers(planted):
    base = lungmets.load(planted.path)
    assert lungmets.load(str(planted.path)).digest == base.digest
    profile = PatientProfile(**COMPLETE | {"egfr": "l858r", "pd_l1_tps": 20})
    found = assess(profile, as_of=date(2018, 6, 1), knowledge=base)
    assert "systemic.planted-pair" in [option.id for option in found.options]
    assert found.knowledge.digest == base.digest


def test_two_copies_are_one_knowledge(planted, tmp_path):
    """The place of a folder is no part of it."""
    import shutil

    other = shutil.copytree(planted.path, tmp_path / "elsewhere" / "deeper")
    first, second = planted.load(), lungmets.load(other)
    assert (first.digest, first.content) == (second.digest, second.content)
    assert answers(first) == answers(second)


def test_two_knowledge_bases_share_nothing(planted):
    """The planted copy has all records of the shipped one and more; asked in turn, each answers for itself."""
    ours, own = shipped(), planted.load()
    alone = answers(ours)
    assert own.digest != ours.digest
    assert answers(own) != alone
    assert answers(ours) == alone
    assert answers(planted.load()) == answers(own)


def test_the_knowledge_that_ships_is_loaded_once():
    assert shipped() is shipped()
    assert shipped().digest == lungmets.load(shipped_folder()).digest


# ---- order -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [untouched, records_turned, keys_turned])
def test_neither_form_nor_order_matters(planted, change):
    """Comments, quotes and indents (untouched), the order of records, and the order of fields."""
    before = planted.load()
    expected = answers(before)
    rewrite(planted, everywhere(change))
    after = planted.load()
    assert after.digest == before.digest
    assert answers(after) == expected


def test_the_files_of_a_folder_may_be_cut_otherwise(planted):
    before = planted.load()
    expected = answers(before)
    names = {
        "systemic/planted.yaml": "systemic/aaa.yaml",
        "systemic/alk_ros1.yaml": "systemic/zzz.yaml",
        "sources/planted.yaml": "sources/aaa.yaml",
        "sources/approvals.yaml": "sources/zzz.yaml",
        "sites/bone.yaml": "systemic/bone.yaml",  # the domain stands in the file, not in its name
    }
    for old, new in names.items():
        (planted.path / old).rename(planted.path / new)
    sources = planted.text("sources/trials.yaml")
    cut = sources.index("\n- id: ", len(sources) // 2) + 1
    planted.write("sources/trials.yaml", sources[:cut])
    planted.write("sources/more_trials.yaml", sources[cut:])
    after = planted.load()
    assert after.digest == before.digest
    assert answers(after) == expected


@pytest.mark.parametrize("file", ["workup.yaml", "questions.yaml"])
def test_the_order_in_which_records_are_shown_is_part_of_the_knowledge(planted, file):
    """Two answers that differ must name two digests."""
    before = planted.load()
    expected = answers(before)
    _, document = read_file(planted.path / file)
    planted.write(file, json.dumps(document.data[::-1]))
    after = planted.load()
    assert answers(after) != expected
    assert after.digest != before.digest


def test_the_order_of_the_panel_is_part_of_the_knowledge(planted):
    before = planted.load()
    _, document = read_file(planted.path / "panel.yaml")
    planted.write("panel.yaml", json.dumps(document.data | {"items": document.data["items"][::-1]}))
    after = planted.load()
    missing = [
        [item.item for item in assess(PatientProfile(), knowledge=base).missing] for base in (before, after)
    ]
    assert missing[0] == missing[1][::-1]
    assert after.digest != before.digest


# ---- the digest ------------------------------------------------------------------------------------

# fmt: off
WORDS = [
    # file,                  instead of,                       stands
    ("systemic/planted.yaml", "A planted row.",                "A planted line."),
    ("systemic/planted.yaml", "exon19del, l858r",              "l858r, exon20ins"),
    ("systemic/planted.yaml", ">=1, <50",                      ">=1, <=50"),
    ("systemic/planted.yaml", "until: 2019",                   "until: 2019-01"),
    ("systemic/planted.yaml", "basis: trial, by: [planted-trial]}\n    preferred", "basis: guideline, by: [planted-trial]}\n    preferred"),
    ("systemic/planted.yaml", "id: planted.open",              "id: planted.opened"),
    ("sources/planted.yaml",  "value: 0.5",                    "value: 0.51"),
    ("sources/planted.yaml",  "level: primary",                "level: secondary"),
    ("guardrails.yaml",       "Planted as certain.",           "Planted as sure."),
    ("cautions.yaml",         "contains: [planted_drug]",      "contains: [planted_class]"),
    ("notes.yaml",            "A planted note.",               "A planted remark."),
    ("notes.yaml",            "from: 2017\n  until: 2019",     "from: 2017\n  until: 2018-12"),
    ("questions.yaml",        "until: 2020",                   "until: 2021"),
    ("supersessions.yaml",    "  from: 2017\n  by: [planted-trial]", "  from: 2018\n  by: [planted-trial]"),
    ("conflicts.yaml",        "Is it planted?",                "Was it planted?"),
    ("scope.yaml",            'age: "<5"',                     'age: "<6"'),
    ("alerts.yaml",           "a planted complaint",           "some planted complaint"),
    ("alerts.yaml",           "action: A planted action.",     "action: A planted act."),
    ("workup.yaml",           "A planted step.",               "A planted stride."),
    ("questions.yaml",        "brain_lesions: 4",              "brain_lesions: 5"),
    ("conditions.yaml",       "kras: g12c",                    "kras: other"),
    ("conditions.yaml",       "[squamous, adenosquamous]",     "[squamous, large_cell]"),
    ("regimens.yaml",         "{name: planted_other_drug, classes: [planted_class]}", "{name: planted_other_drug, classes: [planted_class, targeted]}"),
    ("regimens.yaml",         "name: Planted pair",            "name: Planted two"),
    ("release.yaml",          "safety_rule: project",          "safety_rule: projects"),
    ("panel.yaml",            "  pending: The",                "  pending: This"),
]
# fmt: on


@pytest.mark.parametrize(("file", "old", "new"), WORDS, ids=[f"{row[0]}: {row[2][:20]}" for row in WORDS])
def test_one_changed_word_changes_the_digest(planted, file, old, new):
    before = planted.load().digest
    planted.replace(file, old, new)
    assert planted.load().digest != before


CLOSED = (
    *(Approval, Basis, Domain, Jurisdiction, Panel, RefusalReason, Urgency),
    *(MCategory, StageGroup, StagingRemarkKind),
)
OTHER_WORDS = [
    *(word.value for kind in CLOSED for word in kind),
    *("trial", "guideline", "caution", "prerequisite", "primary", "secondary", "first", "later"),
    *("C999999", "999999", "Z99ZZ99"),  # codes of drugs
    *("every", "refused", "2001-07-07", "12345679", "NCT00000002", "2026.12.0", True, False),
]
"""Something else to write where the schema does not take any text."""


def leaves(node, place=()):
    """Every value of plain data, with its place."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in children:
        yield from leaves(value, (*place, key))
    if not isinstance(node, (dict, list)):
        yield place, node


def test_every_word_of_every_record_counts(planted):
    """Each value of the planted records is changed in turn, wherever the schema allows another."""
    content = planted.load().content
    names = re.compile(r"planted|^release$")
    dumped = content.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    dumped["sources"] = {"planted": dumped["sources"]["sources/planted"]}
    dumped["tables"] = {"planted": dumped["tables"]["systemic/planted"]}
    for part, records in dumped.items():
        if isinstance(records, list):
            dumped[part] = [record for record in records if names.search(record["id"])]
    # Of what has no planted record, or shipped ones beside it, a few are enough: they have the same fields.
    several = {
        "panel": ["items"],
        "staging": ["editions", "remarks"],
        "alerts": ["alerts", "symptoms", "courses"],
    }
    several |= {"regimens": ["drugs", "regimens"], "prognosis": ["figures"]}
    for part, lists in several.items():
        for name in lists:
            records = dumped[part][name]
            planted_ones = [record for record in records if "planted" in json.dumps(record)]
            dumped[part][name] = [*planted_ones[:2], *(record for record in records[:1] if not planted_ones)]
    digest = Content.model_validate(dumped).digest()
    untried = []
    for place, value in list(leaves(dumped)):
        *above, last = place
        node = dumped
        for step in above:
            node = node[step]
        words = (f"{value}x", value + 1 if isinstance(value, (int, float)) else "", *OTHER_WORDS)
        for other in (word for word in words if word != value):
            node[last] = other
            try:
                found = Content.model_validate(dumped).digest()
            except ValueError:
                continue
            assert found != digest, f"{place}: {other!r} for {value!r}"
            break
        else:
            untried.append(place)
        node[last] = value
    assert Content.model_validate(dumped).digest() == digest
    assert untried == []


def test_changelogs_and_comments_do_not_change_the_digest(planted):
    before = planted.load().digest
    planted.write("CHANGELOG.md", "# Changes\n\nAll of them.\n")
    assert planted.load().digest == before
    planted.write("scope.yaml", "# A remark.\n\n" + planted.text("scope.yaml"))
    assert planted.load().digest == before


def test_saying_what_holds_anyway_does_not_change_the_digest(planted):
    before = planted.load().digest
    entry = "{in: us, from: 2016-02, basis: label, by: [planted-approval]}"
    planted.replace("systemic/planted.yaml", entry, entry.replace("label,", "label, off_label: false,"))
    planted.replace("systemic/planted.yaml", "- id: planted.open", "- line: first\n    id: planted.open")
    assert planted.load().digest == before


def test_the_digest_is_the_sha256_of_the_records():
    """So that anybody can compute it: 64 hexadecimal digits over JSON with sorted keys."""
    import hashlib

    content = shipped().content
    digest = content.digest()
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert digest == content.model_copy(deep=True).digest()
    assert digest != hashlib.sha256(b"").hexdigest()
