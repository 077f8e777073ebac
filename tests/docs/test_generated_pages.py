"""The pages that the documentation makes from the knowledge: complete, linked, harmless, the same every time."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from generated_pages import pages, write
from generated_pages.pages import index, labelled, record, said, to_address

from lungmets import load
from lungmets.knowledge.base import shipped, shipped_folder
from lungmets.knowledge.content import conditional_records, record_id, staging_records

ROOT = Path(__file__).resolve().parents[2]
ANCHOR = re.compile(r'<span id="([^"]+)"></span>')
LINK = re.compile(r"\]\(#([^)]+)\)")


@pytest.fixture(scope="module")
def made():
    return pages(shipped())


@pytest.fixture(scope="module")
def anchors(made):
    return Counter(name for text in made.values() for name in ANCHOR.findall(text))


def test_every_record_stands_on_exactly_one_page(anchors):
    """Counted from the content itself; a record that is new to the format is missing here until it has a page."""
    content = shipped().content
    records = [record_id(each) for each in conditional_records(content)]
    records = [name for name in records if not name.endswith(".unless")]  # a part of its guardrail
    records += content.all_sources()
    records.append(content.fracture_risk.id)
    records += [each.id for each in (*content.editions(), *staging_records(content), *content.explanations)]
    records += content.claims.by_id
    records += [f"symptom:{one.id}" for one in content.alerts.symptoms]
    records += [f"regimen:{one.id}" for one in content.regimens.regimens]
    records += [f"drug:{one.name}" for one in content.regimens.drugs]
    records += [f"procedure:{name}" for name in content.regimens.procedures]
    records += [f"group:{fact}.{name}" for fact, named in content.conditions.groups.items() for name in named]
    records += [f"sentence:{name}" for name in ("notice", "safety_rule", "project_default")]
    records += [f"sentence:{name}" for name in content.release.sentences]
    records += [f"sentence:panel.{name}" for name in content.panel.reasons]
    assert anchors == Counter(records)


def test_every_link_within_leads_to_a_record(made, anchors):
    targets = {name for text in made.values() for name in LINK.findall(text)}
    assert targets
    assert targets <= set(anchors)


def test_what_stands_beside_the_options_is_shown_whole(made):
    """The sentences of staging, each audience's words, the figures with their warning, the words of a search."""
    staging = made["rules/staging.md"].partition('<span id="tnm-9.m1c1"></span>')[2].partition("\n## ")[0]
    for words in ("**M1c1:** stage IVB", "extrathoracic metastases: \\>=2", "the skeleton counts as one"):
        assert words in staging
    explained = made["rules/explanations.md"]
    for words in (
        "**About:** fact:ecog\\_ps",
        "**To a clinician:**",
        "**To a trainee:**",
        "**To a caregiver:**",
    ):
        assert words in explained
    figures = made["rules/prognosis.md"]
    assert "do not describe one patient" in figures.partition('<span id="population.')[0], (
        "the warning comes first"
    )
    assert "**Years:** diagnosed 2014-2020, and 1998-2011" in figures
    assert "**Disease:** small cell lung cancer" in made["rules/trial-search.md"]
    assert "**Term:** HER2" in made["rules/trial-search.md"]


def test_an_alert_and_a_step_show_where_and_why(made):
    assert "**Likely site:** metabolic, brain" in made["rules/alerts.md"]
    step = made["rules/workup.md"].partition('<span id="workup.tissue"></span>')[2].partition("\n## ")[0]
    assert "**While one has no answer:** histology" in step
    assert "**Why:** The histology decides" in step
    assert "**To a caregiver:** Is there a study that we could join?" in made["rules/questions.md"]


def test_every_row_in_a_timeline_leads_to_its_row(made):
    for name, text in made.items():
        for page, row in re.findall(r'<a href="\.\./tables/([\w-]+)\.html#([^"]+)">', text):
            assert f'<span id="{row}"></span>' in made[f"tables/{page}.md"], name


def test_a_row_shows_what_a_reader_asks_for(made):
    """Osimertinib: its label of 18 April 2018 with the trial behind it, and the guideline's preference."""
    text = (
        made["tables/egfr.md"]
        .partition('<span id="egfr-common.osimertinib"></span>')[2]
        .partition("\n## ")[0]
    )
    for words in (
        "**Osimertinib**",
        "**When:** histology: nsclc; EGFR: exon19del or l858r",
        "**US** from 2018-04-18 (label, regular)",
        "[FLAURA](#flaura) · [DOI](<https://doi.org/10.1056/NEJMoa1713137>) · [PMID 29151359](<https://pubmed",
        "[NCT02296125](<https://clinicaltrials.gov/study/NCT02296125>)",
        "★ preferred: **US** from 2021 until 2026",
        "**Review by:** 2027-05-01",
    ):
        assert words in text


def test_a_claim_and_what_carries_it_name_each_other(made):
    """Both ways, for every claim that a row carries."""
    base = shipped()
    rows = {
        row.id: file.rpartition("/")[2].replace("_", "-")
        for file, table in base.content.tables.items()
        for row in table.rows
    }
    carried = [
        (claim, name)
        for claim in base.content.claims.by_id.values()
        for name in claim.carried_by
        if name in rows
    ]
    assert carried
    for claim, name in carried:
        table = made[f"tables/{rows[name]}.md"]
        row = table.partition(f'<span id="{name}"></span>')[2].partition("\n## ")[0]
        assert f"(#{claim.id})" in row


@pytest.fixture
def planted(tmp_path):
    """A copy of the knowledge with a script in a note, a name, a claim and the words of a page."""
    folder = tmp_path / "knowledge"
    shutil.copytree(shipped_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    markup = "<script>alert(1)</script> [x](javascript:y) ```{raw} html"
    for file, old in (
        (
            "systemic/egfr.yaml",
            "note: An added option beside osimertinib alone, not its replacement; the trial enrolled non-squamous disease.",
        ),
        ("regimens.yaml", "name: Osimertinib}"),
        (
            "guardrails.yaml",
            "certain: With an EGFR alteration no checkpoint inhibitor is listed, whatever PD-L1 is.",
        ),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, file
        key, _, _ = old.partition(":")
        new = f"{key}: '{markup}'" + ("}" if old.endswith("}") else "")
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_free_text_cannot_become_markup(planted):
    made = pages(load(planted))
    whole = "\n".join(made.values())
    assert "<script" not in whole.replace("\\<script", "")
    assert "\\<script\\>alert(1)" in made["tables/egfr.md"]
    assert "&lt;script&gt;" in made["timelines/egfr.html"]
    written = "\n".join(text for name, text in made.items() if name.endswith(".md"))
    assert "](javascript:" in written
    assert "](javascript:" not in written.replace("\\](javascript:", "")
    assert "```{raw} html\n:file:" in whole, "the pages' own block is the only one of its kind"
    assert [line for line in whole.splitlines() if line.startswith("```{raw}")] == ["```{raw} html"] * len(
        [name for name in made if name.startswith("timelines/") and name.endswith(".html")]
    )


def test_the_same_knowledge_gives_the_same_bytes():
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'docs')!r}); import hashlib; from generated_pages import pages;"
        "from lungmets.knowledge.base import shipped;"
        "print(hashlib.sha256(repr(list(pages(shipped()).items())).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


def test_writing_replaces_what_changed_and_takes_away_what_is_gone(tmp_path, made):
    write(shipped(), tmp_path)
    stale = tmp_path / "tables" / "stale.md"
    stale.write_text("old", encoding="utf-8")
    kept = tmp_path / "tables" / "egfr.md"
    before = kept.stat().st_mtime_ns
    (tmp_path / "tables" / "brain.md").write_text("changed", encoding="utf-8")
    write(shipped(), tmp_path)
    assert not stale.exists()
    assert kept.stat().st_mtime_ns == before, "what is the same is not written again"
    written = {
        path.relative_to(tmp_path).as_posix(): path.read_text(encoding="utf-8")
        for path in tmp_path.rglob("*.*")
    }
    assert written == dict(made)


def test_every_page_is_in_the_table_of_its_chapter(made):
    for name in made:
        chapter, _, file = name.partition("/")
        if file.endswith(".md") and file != "index.md":
            assert f"\n{file.removesuffix('.md')}\n" in made[f"{chapter}/index.md"]
    assert all(
        f"generated/{chapter}/index" in (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
        for chapter in {name.partition("/")[0] for name in made}
    )


# ---- the parts of a page ----------------------------------------------------------------------------------


def test_an_id_that_could_be_markup_is_no_anchor():
    assert '<span id="a.b-c"></span>' in record("a.b-c")
    with pytest.raises(ValueError, match="cannot be an anchor"):
        record('a"><script>')


def test_words_are_one_line_and_say_themselves():
    assert said("a *b*\n- c | d") == "a \\*b\\* - c \\| d"
    assert labelled([("Kept", "x"), ("Empty", "")]) == "- **Kept:** x"
    assert to_address("https://example.org/a(b)<c>", "p") == "[p](<https://example.org/a%28b%29%3Cc%3E>)"
    assert "b\na\n" in index("T", "about", ["b", "a"]), "in the order in which they are made"
