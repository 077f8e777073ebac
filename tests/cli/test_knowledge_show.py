"""``lungmets knowledge show`` and ``sentences``: a record with all that belongs to it, and a curator's hashes."""

import json
from pathlib import Path

import pytest

from lungmets.documents import read_text
from lungmets.knowledge.base import shipped
from lungmets.knowledge.sentences import sentences
from tests.cli.running import refused_input, run

EXAMPLE = "docs/overlays/example-hospital"


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch, request):
    monkeypatch.chdir(request.config.rootpath)


def shown(name, *more):
    ran = run("knowledge", "show", name, "--format", "json", *more)
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


# ---- one record ---------------------------------------------------------------------------------------


def test_a_row_is_shown_with_its_sources_and_the_claims_that_it_carries():
    found = shown("brain.srs-1-3")
    assert (found["kind"], found["id"]) == ("row", "brain.srs-1-3")
    assert found["record"]["option"] == "stereotactic-radiosurgery"
    cited = {name for entry in found["record"]["documented"] for name in entry["by"]}
    assert {citation["id"] for citation in found["citations"]} == cited
    assert [claim["id"] for claim in found["carries"]] == [
        claim.id for claim in shipped().claims_of("brain.srs-1-3")
    ]
    assert found["carries"]
    assert (found["decides"], found["cited_by"], found["local"]) == ([], [], None)


def test_a_claim_is_shown_with_what_decides_it():
    found = shown("claim.002.wbrt-after-surgery-survival")
    assert found["kind"] == "claim"
    assert found["record"]["verdict"] == "contradicted"
    assert [citation["id"] for citation in found["citations"]] == found["record"]["decided_by"]


def test_a_source_is_shown_with_what_cites_it_and_what_it_decides():
    found = shown("kocher-2010")
    assert found["kind"] == "source"
    assert "whole-brain.after-local-treatment" in found["cited_by"]
    assert "claim.002.wbrt-after-surgery-survival" in [claim["id"] for claim in found["decides"]]


def test_an_article_is_shown_without_a_sentence_of_it():
    found = shown("004_b5383694304e9d50")
    assert found["kind"] == "article"
    assert set(found["record"]) == {"article", "out_of_scope", "sentences"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("panel:egfr", "panel_item"),
        ("symptom:seizure", "symptom"),
        ("regimen:osimertinib", "regimen"),
        ("drug:osimertinib", "drug"),
        ("procedure:stereotactic_radiosurgery", "procedure"),
        ("group:histology.nsclc", "word_group"),
        ("sentence:notice", "sentence"),
        ("cycles.guideline", "note"),
        ("release", "release"),
    ],
)
def test_what_has_a_name_goes_by_its_kind(name, kind):
    assert shown(name)["kind"] == kind


def test_an_item_of_the_panel_cites_and_carries():
    found = shown("panel:alk")
    assert "cap-iaslc-amp-2018" in [citation["id"] for citation in found["citations"]]
    assert "claim.002.alk-testing" in [claim["id"] for claim in found["carries"]]


def test_a_page_of_text_has_a_section_for_each_part():
    ran = run("knowledge", "show", "brain.srs-1-3")
    assert (ran.code, ran.err) == (0, "")
    titles = [line for line in ran.out.splitlines() if line and line == line.upper() and line[0] != " "]
    assert titles == ["ROW", "SOURCES", "WHAT THE ARTICLES SAY, CARRIED HERE"]
    lines = " ".join(ran.out.split())
    claim = shipped().content.claims.by_id["claim.002.single-brain-metastasis"]
    for said in (
        "brain.srs-1-3",
        "option stereotactic-radiosurgery",
        "(superseded)",
        claim.says,
        claim.reason,
    ):
        assert " ".join(said.split()) in lines


def test_a_source_without_claims_has_no_empty_section():
    ran = run("knowledge", "show", "esmo-metastatic-2014")
    assert [line for line in ran.out.splitlines() if line.isupper() and line[0] != " "] == ["SOURCE"]


def test_a_local_record_is_marked():
    table = read_text((Path(EXAMPLE) / "systemic" / "protocols.yaml").read_text(encoding="utf-8"))
    name = table.data["rows"][0]["id"]
    found = shown(name, "--overlay", EXAMPLE)
    assert found["local"].startswith("local: ")
    ran = run("knowledge", "show", name, "--overlay", EXAMPLE)
    assert f"({found['local']})" in ran.out


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("brain.srs-1-4", "brain.srs-1-3"),
        ("panel:egrf", "panel:egfr"),
        ("claim.002.bevacizumb", "claim.002.bevacizumab"),
        ("seizures", "seizure"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(name, nearest):
    told = refused_input(run("knowledge", "show", name))
    assert told.startswith(
        f"ID: no record is called '{name}'; expected the id of a record, or a name behind its kind"
    )
    assert nearest in told.partition("did you mean ")[2]


# ---- the sentences of an article ------------------------------------------------------------------------

TEXT = "A title\n\nOne sentence. Another one.\n"


def test_the_sentences_are_printed_as_a_claims_file_has_them(tmp_path):
    article = tmp_path / "article.txt"
    article.write_text(TEXT, encoding="utf-8")
    ran = run("knowledge", "sentences", article)
    assert (ran.code, ran.err) == (0, "")
    assert read_text(ran.out).data == {"sentences": sentences(TEXT)}
    assert list(sentences(TEXT)) == ["1:1", "2:1", "2:2"]
    assert "sentence." not in ran.out, "no word of the article is printed"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file or directory; expected a text file in UTF-8"),
        (b"\xff\xfe", "this is not text in UTF-8; expected a text file in UTF-8"),
        (b" \n\n", "there is no sentence in it; expected the text of an article"),
    ],
)
def test_what_is_no_article_is_told(tmp_path, content, told):
    article = tmp_path / "article.txt"
    if content is not None:
        article.write_bytes(content)
    assert refused_input(run("knowledge", "sentences", article)) == f"{article}: {told}\n"
