"""The score of fracture risk: every cell, every band, every wrong word, and what it says of itself.

The points and the bands below are written out from the evidence (``mirels_score``), not read from the
knowledge; a test compares the knowledge with the evidence file where that is at hand.
"""

import json
from itertools import product
from pathlib import Path

import pytest

from lungmets import FractureRisk, KnowledgeBase, QuestionError, fracture_risk
from lungmets.knowledge.base import shipped
from lungmets.knowledge.schema import BoneLesion, BonePain, BoneSite, LesionSize
from tests.cli.running import refused_input, run

EVIDENCE = Path(__file__).resolve().parents[2] / "shared" / "evidence" / "sites_and_staging.json"

POINTS = {
    "site": {"upper_limb": 1, "lower_limb": 2, "peritrochanteric": 3},
    "pain": {"mild": 1, "moderate": 2, "functional": 3},
    "lesion": {"blastic": 1, "mixed": 2, "lytic": 3},
    "size": {"below_one_third": 1, "one_to_two_thirds": 2, "above_two_thirds": 3},
}
CELLS = list(product(*(words.items() for words in POINTS.values())))
LEAST = {"site": "upper_limb", "pain": "mild", "lesion": "blastic", "size": "below_one_third"}
MOST = {"site": "peritrochanteric", "pain": "functional", "lesion": "lytic", "size": "above_two_thirds"}


def band_of(score):
    """At least 9 is fixed, 8 is judged, and 7 or less is observed or irradiated."""
    return "fixation" if score >= 9 else "judgement" if score == 8 else "observation"


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: "-".join(word for word, _ in cell))
def test_every_cell_of_the_table(cell):
    found = fracture_risk(**{feature: word for feature, (word, _) in zip(POINTS, cell, strict=True)})
    points = [number for _, number in cell]
    assert [(each.feature, each.points) for each in found.points] == list(zip(POINTS, points, strict=True))
    assert (found.score, found.band) == (sum(points), band_of(sum(points)))


def test_there_are_as_many_cells_as_words_allow():
    assert len(CELLS) == 3**4
    assert {sum(number for _, number in cell) for cell in CELLS} == set(range(4, 13))


# fmt: off
BANDS = [
    # size                pain         score, both sides of 7, 8 and 9
    ("below_one_third",   "mild",       7, "observation"),  # peritrochanteric 3 + mild 1 + mixed 2 + 1
    ("one_to_two_thirds", "mild",       8, "judgement"),
    ("one_to_two_thirds", "moderate",   9, "fixation"),
]
# fmt: on


@pytest.mark.parametrize(("size", "pain", "score", "band"), BANDS)
def test_the_bands_meet_between_7_and_8_and_between_8_and_9(size, pain, score, band):
    found = fracture_risk(site="peritrochanteric", pain=pain, lesion="mixed", size=size)
    assert (found.score, found.band) == (score, band)


def test_the_score_runs_from_4_to_12():
    least, most = fracture_risk(**LEAST), fracture_risk(**MOST)
    assert (least.score, least.lowest, least.highest) == (4, 4, 12)
    assert (most.score, most.lowest, most.highest) == (12, 4, 12)


def test_the_words_may_be_enumerations_and_case_and_hyphens_do_not_matter():
    typed = fracture_risk(
        site=BoneSite.LOWER_LIMB,
        pain=BonePain.FUNCTIONAL,
        lesion=BoneLesion.LYTIC,
        size=LesionSize.ABOVE_TWO_THIRDS,
    )
    written = fracture_risk(site="Lower-limb", pain="FUNCTIONAL", lesion=" lytic ", size="above two thirds")
    assert typed == written


def test_what_it_says_is_cited_or_marked_and_its_limits_stand_with_every_score():
    for found in (fracture_risk(**LEAST), fracture_risk(**MOST)):
        for remark in (found.says, found.risk, *found.limits):
            assert remark.citations or remark.rule == "project safety rule", remark
        said = " ".join(remark.text for remark in found.limits)
        assert "long bones" in said
        assert "35 percent" in said  # specificity: many bones with a high score do not break
        assert found.notice == shipped().content.release.notice
        assert found.knowledge.digest == shipped().digest
    assert "33 to 100 percent" in fracture_risk(**MOST).risk.text
    assert "below 4 percent" in fracture_risk(**LEAST).risk.text


def test_a_score_is_frozen_plain_data_and_can_be_read_back():
    found = fracture_risk(**MOST)
    assert FractureRisk.model_validate_json(found.model_dump_json()) == found
    with pytest.raises(ValueError, match="frozen"):
        found.score = 4


# fmt: off
WRONG = [
    # feature, word,                 words of the message
    ("site",   "spine",              ["site: 'spine' is not a known word", "upper_limb, lower_limb, peritrochanteric", "long bones"]),
    ("site",   "lower limbs",        ["site: 'lower limbs' is not a known word", "did you mean lower_limb?"]),
    ("pain",   "functionl",          ["pain: 'functionl' is not a known word", "mild, moderate, functional", "did you mean functional?"]),
    ("lesion", "lytc",               ["lesion: 'lytc' is not a known word", "did you mean lytic?"]),
    ("size",   0.5,                  ["size: 0.5 is not a word", "below_one_third, one_to_two_thirds, above_two_thirds"]),
    ("size",   None,                 ["size: nothing is not a word"]),
]
# fmt: on


@pytest.mark.parametrize(("feature", "word", "words"), WRONG)
def test_a_wrong_word_is_told_with_the_nearest(feature, word, words):
    with pytest.raises(QuestionError) as caught:
        fracture_risk(**LEAST | {feature: word})
    (problem,) = caught.value.problems
    assert [one for one in words if one not in str(problem)] == [], str(problem)


def test_every_wrong_word_is_told_at_once():
    with pytest.raises(QuestionError) as caught:
        fracture_risk(site="rib", pain="none", lesion="lytic", size="all")
    assert [problem.place for problem in caught.value.problems] == ["site", "pain", "size"]


def test_a_knowledge_without_the_table_says_so():
    bare = shipped().content.model_copy(update={"fracture_risk": None})
    with pytest.raises(QuestionError, match=r"holds no table of fracture risk.*fracture_risk\.yaml"):
        fracture_risk(**LEAST, knowledge=KnowledgeBase(bare, "0" * 64))


@pytest.mark.skipif(
    not EVIDENCE.is_file(), reason="the evidence folder ../shared/evidence is not beside this repository"
)
def test_the_table_is_that_of_the_evidence():
    records = json.loads(EVIDENCE.read_text(encoding="utf-8"))["records"]
    values = next(one for one in records if one["id"] == "mirels_score")["values"]
    table = shipped().content.fracture_risk
    sizes = {"lt_1_3": "below_one_third", "1_3_to_2_3": "one_to_two_thirds", "gt_2_3": "above_two_thirds"}
    assert table.points["size"] == {sizes[word]: n for word, n in values["size_fraction_of_bone"].items()}
    assert [table.points[name] for name in ("site", "pain", "lesion")] == [
        values[name] for name in ("site", "pain", "lesion")
    ]
    low, middle, high = values["actions"]
    assert [(band.least, band.most) for band in table.bands] == [
        (values["min_total"], low["max"]), (middle["equals"], middle["equals"]), (high["min"], values["max_total"])
    ]  # fmt: skip
    limits = " ".join(limit.says for limit in table.limits)
    assert f"{values['sensitivity_pct']} percent" in limits
    assert f"{values['specificity_pct']} percent" in limits


# ---- the command -----------------------------------------------------------------------------------

ARGUMENTS = [
    "--site",
    "lower_limb",
    "--pain",
    "functional",
    "--lesion",
    "lytic",
    "--size",
    "one_to_two_thirds",
]


def test_the_command_shows_the_score_what_is_said_of_it_and_its_limits():
    ran = run("fracture-risk", *ARGUMENTS)
    assert (ran.code, ran.err) == (0, "")
    page = " ".join(ran.out.split())
    # lower limb 2 + functional 3 + lytic 3 + one to two thirds 2
    assert page.startswith("MIRELS SCORE: 10 OF 12")
    for words in ("Prophylactic fixation", "LIMITS", "SOURCES", "not verified: DOI, PMID", "NOTICE"):
        assert words in page


def test_the_command_writes_the_same_as_json_and_as_markdown():
    read = FractureRisk.model_validate_json(run("fracture-risk", *ARGUMENTS, "--format", "json").out)
    assert read == fracture_risk(
        site="lower_limb", pain="functional", lesion="lytic", size="one_to_two_thirds"
    )
    markdown = run("fracture-risk", *ARGUMENTS, "--format", "markdown").out
    assert markdown.startswith("# Mirels score: 10 of 12\n")
    assert "## Limits" in markdown


def test_a_wrong_word_of_the_command_is_bad_input():
    message = refused_input(run("fracture-risk", *ARGUMENTS[:-1], "half"))
    assert "size: 'half' is not a known word; expected one of below_one_third" in message
