"""The outline behind the text and the Markdown of an answer."""

import io
import re
from datetime import date

import pytest

from lungmets import PatientProfile, assess
from lungmets.display.markdown import as_markdown
from lungmets.display.outline import outline
from lungmets.display.text import write_text

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip


def sections(today: date | None = None, **changes):
    return {
        section.title: section for section in outline(assess(PatientProfile(**COMPLETE | changes)), today)
    }


def text(width: int = 90, **changes) -> str:
    page = io.StringIO()
    write_text(assess(PatientProfile(**COMPLETE | changes)), page, width=width)
    return page.getvalue()


def test_sources_are_numbered_in_the_order_in_which_they_are_cited_and_each_number_has_a_source():
    shown = text(contraindications=["autoimmune_disease"], symptoms=["seizure"])
    body, bibliography = shown.split("\nSOURCES\n")
    cited = [int(number) for number in re.findall(r"\[(\d+)\]", body)]
    assert list(dict.fromkeys(cited)) == list(range(1, max(cited) + 1))
    listed = [int(number) for number in re.findall(r"^  \[(\d+)\]", bibliography, flags=re.MULTILINE)]
    assert listed == list(range(1, max(cited) + 1))


def test_a_caution_that_many_options_share_is_said_once_with_their_names():
    shown = sections(contraindications=["autoimmune_disease"])
    (caution,) = [entry for entry in shown["Cautions"].entries if "Autoimmune" in entry.text]
    assert "Pembrolizumab alone" in caution.details[0].text
    inside = [d for e in shown["Systemic treatment"].entries for d in e.details if "Autoimmune" in d.text]
    assert not inside


EVERYTHING = [
    {},
    {"brain_lesions": 4, "brain_largest_mm": 35},
    {"brain_lesions": 6, "ecog_ps": 2},
    {"ecog_ps": 3},
    {"histology": "squamous", "pd_l1_tps": 20},
    {"egfr": "exon19del"},
    {"bone_metastases": True, "cord_compression": True, "creatinine_clearance_ml_min": 45},
    {"histology": "small_cell", "stage": "extensive"},
    {"contraindications": ["platinum"]},
]


@pytest.mark.parametrize("place", ["us", "eu", "ca"])
@pytest.mark.parametrize("changes", EVERYTHING, ids=str)
def test_every_sentence_beside_an_option_is_shown(changes, place):
    """A row can have several notes at once, under one id: each of them is a sentence of its own."""
    answer = assess(PatientProfile(**COMPLETE | changes), jurisdiction=place)
    said = {one.text for option in answer.options for one in (*option.notes, *option.cautions)}
    page = io.StringIO()
    write_text(answer, page, width=90)
    shown = " ".join(page.getvalue().split())
    assert {sentence for sentence in said if " ".join(sentence.split()) not in shown} == set()


def test_an_option_with_two_notes_of_one_row_is_named_once():
    # Platinum with etoposide was the comparator of two trials, and says so in two sentences.
    notes = (
        sections(histology="small_cell", stage="extensive", ecog_ps=2)["Systemic treatment"]
        .entries[-1]
        .details
    )
    told = [detail.text for detail in notes if detail.label == "note" and "The comparator" in detail.text]
    assert told == [
        "The comparator of IMpower133, with carboplatin.",
        "The comparator of CASPIAN, with cisplatin or carboplatin.",
    ]


def test_a_later_line_tells_what_it_says_of_this_place_beside_its_reason():
    answer = assess(PatientProfile(**COMPLETE | {"pd_l1_tps": 20}), jurisdiction="eu")
    (withheld,) = [section for section in outline(answer) if section.title == "Withheld"]
    (pembrolizumab,) = withheld.entries
    assert "only after chemotherapy" in pembrolizumab.text
    assert [detail.text for detail in pembrolizumab.details if "targeted therapy too" in detail.text] == [
        "With an EGFR or ALK alteration after targeted therapy too."
    ]
    assert not [detail for detail in pembrolizumab.details if "only after chemotherapy" in detail.text]


def test_every_prerequisite_is_said_once_with_the_options_that_it_concerns():
    entries = sections()["To settle first"].entries
    assert len({entry.text for entry in entries}) == len(entries)
    ntrk = next(entry for entry in entries if "NTRK was not considered" in entry.text)
    assert "Cemiplimab alone" in ntrk.details[0].text


def test_what_was_not_verified_is_shown_in_every_form():
    # CheckMate 9LA's two-year report is known by its trial number only.
    assert "CheckMate 9LA (2 years). NCT03215706 (not verified: authors" in re.sub(r"\s+", " ", text())
    assert "not verified: authors" in as_markdown(assess(PatientProfile(**COMPLETE)))


def test_the_age_of_an_answer_is_said_only_where_a_day_is_given():
    heading = sections(today=date(2027, 1, 1))["Documented first-line options"]
    assert any("Today is 2027-01-01; what came after 2026-10-07" in entry.text for entry in heading.entries)
    assert not any("Today is" in entry.text for entry in sections()["Documented first-line options"].entries)


def test_urgent_findings_stand_before_everything_but_the_heading():
    titles = [section.title for section in outline(assess(PatientProfile(**COMPLETE, symptoms=["seizure"])))]
    assert titles[:2] == ["Documented first-line options", "Urgent"]


@pytest.mark.parametrize("width", [40, 60, 100])
def test_text_keeps_to_its_width_and_has_no_trailing_blanks(width):
    for line in text(width).splitlines():
        assert line == line.rstrip()
        # Only an address or an identifier that cannot be broken may stand over the edge.
        assert len(line) <= width or max(map(len, line.split())) > width - 16, line


def test_markup_in_a_symptom_is_shown_and_does_nothing():
    hostile = "[bold]<script>*now*</script>\x1b[2J"
    answer = assess(PatientProfile(**COMPLETE, symptoms=[hostile]))
    page = io.StringIO()
    write_text(answer, page, width=100)
    assert "\x1b" not in page.getvalue()
    assert "[bold]<script>*now*" in page.getvalue()
    markdown = as_markdown(answer)
    assert "\x1b" not in markdown
    assert "\\<script\\>\\*now\\*" in markdown


def test_a_note_on_several_options_is_said_once_with_its_source():
    said = sections()
    (once,) = [entry for entry in said["Notes"].entries if "subcutaneous form of pembrolizumab" in entry.text]
    assert re.search(r"\[\d+\]\*?$", once.text)  # its source is cited in place; a star is a doubt
    assert "Pembrolizumab alone" in once.details[0].text
    assert "Pembrolizumab with pemetrexed and platinum" in once.details[0].text
    lines = [line.text for entry in said["Systemic treatment"].entries for line in entry.details]
    assert not [line for line in lines if "subcutaneous form of pembrolizumab" in line]


def test_a_note_on_one_option_cites_what_the_option_does_not():
    lines = [
        line.text
        for entry in sections()["Systemic treatment"].entries
        if entry.lead == "Pembrolizumab alone"
        for line in entry.details
        if line.label == "note" and "ivonescimab" in line.text
    ]
    assert len(lines) == 1
    assert re.search(r"\[\d+\]$", lines[0])


def test_a_withheld_option_shows_the_note_that_is_its_own():
    withheld = {entry.lead: entry for entry in sections(kras="g12c")["Withheld"].entries}
    notes = [line.text for line in withheld["Sotorasib"].details if line.label == "note"]
    assert any("CodeBreaK 100" in note for note in notes)
    # What its row says is the reason already, and is not said again.
    assert not [note for note in notes if "at least one systemic therapy" in note]
