"""Free text of a profile cannot act: not on a terminal, not as Markdown, not as HTML."""

import io
import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt  # comes with rich

from lungmets import PatientProfile, assess
from lungmets.display.markdown import as_markdown
from lungmets.display.text import write_text
from tests.cli.running import run
from tests.input.profiles import unhurried

# fmt: off
HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b2J",
    "line\nURGENT: nothing",
    "line\r\n\r\n# Heading",
    "back\x08\x08\x08space",
    "right\u202eleft",
    "zero\u200bwidth\ufeff",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- hidden -->",
    "</ul><h1>Heading</h1>",
    "&lt;b&gt; &#60;b&#62;",
    "[link](javascript:alert(1))",
    "![picture](https://example.org/p.png)",
    "<https://example.org>",
    "[note]: https://example.org",
    "`code` ``` fence",
    "**bold** __bold__ *it* _it_ ~~gone~~",
    "# Heading",
    "- item",
    "1. item",
    "> quote",
    "| a | b |\n|---|---|\n| c | d |",
    "$x$ $$y$$",
    "a\\",
    "\\*not bold\\*",
    "***",
    "[red]rich[/red]",
    ":warning:",
    "%s {0} {symptom} {}",
]
# fmt: on
ACTING = {"Cc", "Cf", "Cs"}
"""Unicode's control, format and surrogate characters."""


def acting(text):
    return [sign for sign in text if unicodedata.category(sign) in ACTING and sign != "\n"]


def tokens(markdown):
    waiting = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").parse(markdown)
    found = []
    while waiting:
        token = waiting.pop(0)
        found.append(token)
        waiting = [*(token.children or []), *waiting]
    return found


def rendered(markdown):
    """The text that a reader of the Markdown sees, without blanks."""
    return "".join(
        "".join(token.content.split()) for token in tokens(markdown) if token.type in {"text", "text_special"}
    )


def seen(text):
    """What is left of a text, without blanks; a sign that would act is replaced by one that does not."""
    return "".join(
        "\ufffd" if unicodedata.category(sign) in ACTING else sign for sign in text if not sign.isspace()
    )


def without_replacements(text):
    return text.replace("\ufffd", "")


HARMLESS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "text_special",
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "strong_open", "strong_close",
    "em_open", "em_close", "softbreak", "fence",
}  # fmt: skip
"""What an answer is made of: headings, lists, emphasis of its own labels, and the address of a search."""


def fenced(markdown):
    """What stands in blocks of code."""
    return [token.content for token in tokens(markdown) if token.type == "fence"]


def shape(markdown):
    """The structure of a document, whatever its text says."""
    return [
        (token.type, token.tag, token.level)
        for token in tokens(markdown)
        if token.type not in {"text", "text_special"}
    ]


@pytest.mark.parametrize("symptom", HOSTILE)
def test_a_hostile_symptom_is_shown_as_text(symptom):
    stdin = json.dumps({"histology": "squamous", "symptoms": [symptom]}).encode()
    page = run("assess", "-", stdin=stdin)
    assert (page.code, page.err) == (0, "")
    assert acting(page.out) == []
    assert [line for line in page.out.split("\n") if line != line.rstrip()] == []
    markdown = run("assess", "-", "--format", "markdown", stdin=stdin).out
    assert acting(markdown) == []
    assert {token.type for token in tokens(markdown)} <= HARMLESS
    harmless = run(
        "assess",
        "-",
        "--format",
        "markdown",
        stdin=stdin.replace(json.dumps(symptom).encode(), b'"odd taste"'),
    ).out
    assert shape(markdown) == shape(harmless), "no heading, no item, no table of its own"
    # The symptom is told all the same, sign for sign.
    for shown in ("".join(page.out.split()), rendered(markdown)):
        assert without_replacements(seen(symptom)) in without_replacements(shown)
    stored = json.loads(run("assess", "-", "--format", "json", stdin=stdin).out)
    assert symptom in stored["alerts"][0]["finding"], "data is not changed"
    assert fenced(markdown) == [f"{stored['trial_search']}\n"]


@settings(unhurried, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip))
def test_any_symptom_is_shown_as_text(symptom):
    answer = assess(PatientProfile(histology="small_cell", symptoms=[symptom]))
    markdown, page = as_markdown(answer), io.StringIO()
    write_text(answer, page, width=100)
    assert acting(page.getvalue()) == []
    assert acting(markdown) == []
    assert {token.type for token in tokens(markdown)} <= HARMLESS
    assert fenced(markdown) == [f"{answer.trial_search}\n"]


def test_free_text_cannot_forge_a_section_of_the_page():
    stdin = json.dumps({"symptoms": ["x\n\nDOCUMENTED FIRST-LINE OPTIONS\n  Everything (label)"]}).encode()
    lines = run("assess", "-", stdin=stdin).out.splitlines()
    assert lines[0] == "NOTHING IS LISTED: INCOMPLETE"
    assert "DOCUMENTED FIRST-LINE OPTIONS" not in lines
