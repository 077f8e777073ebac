"""The claims of the five articles: complete, in our own words, and joined with what carries and decides them.

The articles, and the evidence with the conflicts that were known beforehand, lie beside the repository, in
``../shared``: where that folder is absent, the tests that need it are skipped and the others still run. Each
check is a function that says what is wrong; planted defects show that it notices what it should.
"""

import copy
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

from lungmets.knowledge.base import shipped
from lungmets.knowledge.claims import Claims
from lungmets.knowledge.schema.claims import ArticleClaims, Claim, OutOfScope, Verdict
from lungmets.knowledge.sentences import sentences, split

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT.parent / "shared" / "seeds"
CONFLICTS = ROOT.parent / "shared" / "evidence" / "sites_and_staging.json"

needs_articles = pytest.mark.skipif(
    not any(ARTICLES.glob("*.txt")), reason="the folder ../shared/seeds is not beside this repository"
)
needs_conflicts = pytest.mark.skipif(
    not CONFLICTS.is_file(), reason="the evidence folder ../shared/evidence is not beside this repository"
)

MOST_WORDS = 7
"""So many words in a row may be the article's own: names of drugs and of stages leave no other way."""


@cache
def claims() -> Claims:
    return shipped().content.claims


def text_of(name: str) -> str:
    return (ARTICLES / f"{name}.txt").read_text(encoding="utf-8")


# ---- the articles ------------------------------------------------------------------------------------


def unlike(article: ArticleClaims, text: str) -> list[str]:
    """Where the sentences of a claims file are not those of the article."""
    ours, theirs = article.sentences, sentences(text)
    found = [f"{place} is not in the article" for place in ours if place not in theirs]
    found += [f"{place} is not in the file" for place in theirs if place not in ours]
    return found + [f"{place} differs" for place in ours if theirs.get(place, ours[place]) != ours[place]]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def borrowed(ours: Iterable[str], text: str) -> list[str]:
    """Every run of more than :data:`MOST_WORDS` words that stands in the article as well."""
    run = MOST_WORDS + 1
    theirs = words(text)
    known = {tuple(theirs[begin : begin + run]) for begin in range(len(theirs))}
    found = []
    for one in ours:
        mine = words(one)
        runs = (tuple(mine[begin : begin + run]) for begin in range(len(mine) - run + 1))
        found += [" ".join(each) for each in runs if each in known]
    return found


def texts(article: ArticleClaims) -> list[str]:
    """Everything that the claims of an article say in words."""
    said = [article.article.about]
    for claim in article.claims:
        said += filter(None, [claim.says, claim.reason, claim.not_carried])
        if claim.verified is not None:
            said += filter(None, [claim.verified.found, claim.verified.not_possible])
    return said


TO_VERIFY = re.compile(r"\bat publish\b|\bverif(y|ied)\b.*\bcurrent\b", re.IGNORECASE)
"""The words in which an article asks for a look at the newest state of something."""


def unverified(article: ArticleClaims, text: str) -> list[str]:
    """Sentences that ask to be verified, and of which no claim says what was found."""
    answered = {place for claim in article.claims if claim.verified is not None for place in claim.at}
    outside = {place for entry in article.out_of_scope if entry.why == "disclaimer" for place in entry.at}
    asked = (place for place, sentence in split(text).items() if TO_VERIFY.search(sentence))
    return [place for place in asked if place not in answered and place not in outside]


@needs_articles
def test_every_article_has_its_claims_and_every_claim_its_article():
    assert sorted(claims().articles) == sorted(path.stem for path in ARTICLES.glob("*.txt"))


@needs_articles
@pytest.mark.parametrize("name", sorted(claims().articles))
def test_the_sentences_are_those_of_the_article(name):
    assert unlike(claims().articles[name], text_of(name)) == []


@needs_articles
@pytest.mark.parametrize("name", sorted(claims().articles))
def test_nothing_is_copied_from_the_article(name):
    assert borrowed(texts(claims().articles[name]), text_of(name)) == []


@needs_articles
@pytest.mark.parametrize("name", sorted(claims().articles))
def test_what_an_article_asks_to_verify_was_verified_or_could_not_be(name):
    assert unverified(claims().articles[name], text_of(name)) == []


PLANTED = "A heading\n\nIt grows slowly. Verify the rate at publish time.\n"


def planted(**changes: object) -> ArticleClaims:
    article = {
        "article": {"id": "999_00000000000000aa", "about": "A planted page."},
        "claims": [
            {
                "id": "claim.999.first", "kind": "prognosis", "says": "It is slow.", "at": ["2:1", "2:2"],
                "not_carried": "Planted.", "verified": {"on": "2026-10-07", "not_possible": "Planted."},
            }
        ],
        "out_of_scope": [{"why": "heading", "at": ["1:1"]}],
        "sentences": sentences(PLANTED),
    }  # fmt: skip
    return ArticleClaims.model_validate(article | changes)


def test_a_sound_planted_article_has_nothing_wrong():
    assert unlike(planted(), PLANTED) == borrowed(texts(planted()), PLANTED) == unverified(planted(), PLANTED)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (PLANTED.replace("slowly", "quickly"), ["2:1 differs"]),
        (PLANTED + "\nA new paragraph.\n", ["3:1 is not in the file"]),
        (PLANTED.replace(" Verify the rate at publish time.", ""), ["2:2 is not in the article"]),
        (PLANTED.replace("\n\n", "\n"), ["2:1 is not in the article", "2:2 is not in the article"]),
    ],
)
def test_an_article_that_changed_is_noticed(text, told):
    assert set(told) <= set(unlike(planted(), text))


def test_words_of_the_article_are_noticed_from_the_eighth_on():
    article = "Seven words in a row are fine, but eight in a row are not."
    assert borrowed(["We say: seven words in a row are fine."], article) == []
    assert borrowed(["He says: Seven words in a row, are fine; but no."], article) == [
        "seven words in a row are fine but"
    ]


def test_a_sentence_that_asks_and_is_not_answered_is_noticed():
    bare = planted().claims[0].model_copy(update={"verified": None})
    assert unverified(planted().model_copy(update={"claims": (bare,)}), PLANTED) == ["2:2"]
    elsewhere = bare.model_copy(update={"at": ("2:1",)})
    for why, left in (("editorial", ["2:2"]), ("disclaimer", [])):
        outside = OutOfScope.model_validate({"why": why, "at": ["2:2"]})
        article = planted().model_copy(update={"claims": (elsewhere,), "out_of_scope": (outside,)})
        assert unverified(article, PLANTED) == left


# ---- verdicts -----------------------------------------------------------------------------------------


def test_every_claim_is_decided():
    """The format allows a claim without a verdict; what ships has none."""
    assert [claim.id for claim in claims().by_id.values() if claim.verdict is None] == []


def test_every_verdict_and_every_reason_to_make_no_claim_is_used_as_it_is_meant():
    """A verdict that nobody needs would be a word too many; each stands in some article."""
    assert {claim.verdict for claim in claims().by_id.values()} == set(Verdict)


def test_what_is_right_as_said_or_within_a_limit_is_carried_or_says_why_not():
    for claim in claims().by_id.values():
        assert bool(claim.carried_by) is not bool(claim.not_carried), claim.id


# fmt: off
KNOWN = {
    # (article, what it says, shortened): the claims that say it, and the verdict they must not have. Of each the
    # evidence says otherwise, or says where the limit is, so no claim of these may be adopted as it stands.
    ("000", "Stage 4A = single distant organ"):   ["iva-one-organ", "ivb-two-organs"],        # one organ, several metastases: IVB
    ("000", "Stage 4 means beyond the chest"):    ["stage-iv-is-beyond-the-chest", "stage-iv-is-a-distant-organ"],  # M1a lies inside
    ("000", "SRS for 1-3 lesions"):               ["radiosurgery-one-to-three"],               # up to four, conditionally ten
    ("000", "SRS for isolated bone lesions"):     ["radiosurgery-of-bone"],                    # 8 Gy once, conventionally
    ("000", "Liquid biopsy identifies"):          ["ctdna-finds-the-drivers", "blood-test-confirms-spread"],  # a negative needs tissue
    ("000", "KRAS tumours more often seed"):      ["kras-liver-adrenal"],                      # not verified
    ("002", "Erlotinib or gefitinib first"):      ["erlotinib-or-gefitinib-first"],            # osimertinib is offered
    ("002", "WBRT after surgery prolongs"):       ["wbrt-after-surgery-survival", "srs-with-wbrt"],  # no survival; one lesion only
    ("002", "Oligometastatic disease can be"):    ["oligometastatic-curative"],                # NRG-LU002 was negative
    ("001", "Contralateral lung lesion"):         ["other-lung-is-metastasis"],                # only once a second primary is excluded
    ("002", "Contralateral lung lesion"):         ["other-lung-is-second-primary"],            # the same, from the other side
    ("003", "Liver metastases in 17.5-20.5%"):    ["liver-share-small-cell", "liver-share-other-types"],  # no denominator
}
# fmt: on


def unjudged(conflicts: Iterable[Mapping[str, str]], known: Mapping[tuple[str, str], object]) -> list[str]:
    """Known conflicts without a line of the table, for each article that they name."""
    return [
        f"{article}: {conflict['claim']}"
        for conflict in conflicts
        for article in re.findall(r"(\d{3})_\w+\.txt", conflict["seed"])
        if not any(number == article and conflict["claim"].startswith(said) for number, said in known)
    ]


@needs_conflicts
def test_every_known_conflict_is_judged():
    conflicts = json.loads(CONFLICTS.read_text(encoding="utf-8"))["seed_conflicts"]
    assert conflicts
    assert unjudged(conflicts, KNOWN) == []


def test_a_known_conflict_that_nobody_judged_is_noticed():
    conflict = {"seed": "001_aa.txt vs 002_bb.txt", "claim": "Contralateral lung lesion: one or the other"}
    assert unjudged([conflict], KNOWN) == []
    assert unjudged([conflict], {("001", "Contralateral"): []}) == ["002: " + conflict["claim"]]
    assert unjudged([conflict | {"claim": "Another lesion"}], KNOWN) == [
        "001: Another lesion",
        "002: Another lesion",
    ]


@pytest.mark.parametrize(
    "name", [f"claim.{article}.{name}" for (article, _), names in KNOWN.items() for name in names]
)
def test_what_is_known_to_conflict_is_not_adopted(name):
    assert claims().by_id[name].verdict is not Verdict.ADOPTED


# ---- both ways ----------------------------------------------------------------------------------------


def test_a_record_names_the_claims_that_it_carries():
    base = shipped()
    for claim in claims().by_id.values():
        for name in claim.carried_by:
            assert claim in base.claims_of(name)
        for name in claim.decided_by:
            assert claim in claims().decided_by(name)
    carried = {claim.id for claim in base.claims_of("brain.srs-1-3")}
    assert "claim.002.single-brain-metastasis" in carried
    assert base.claims_of("no-such-record") == ()
    assert claims().decided_by("no-such-source") == ()


def test_nothing_is_carried_or_decided_that_no_claim_says():
    """The way back leads to no other claims than the way there."""
    for name in {name for claim in claims().by_id.values() for name in claim.carried_by}:
        assert all(name in claim.carried_by for claim in shipped().claims_of(name))


# ---- in the content -----------------------------------------------------------------------------------


def test_claims_are_read_only_when_they_are_asked_for(tmp_path, monkeypatch):
    """An answer from a compiled copy neither reads the claims nor imports what they are made of."""
    code = """
import sys
from lungmets import PatientProfile, assess
from lungmets.knowledge.base import shipped
assess(PatientProfile(histology="squamous"))
claims = shipped().content.claims
print("articles" in vars(claims), "lungmets.knowledge.schema.claims" in sys.modules, len(claims.articles) > 0)
"""
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    found = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    ]
    # The first reads YAML and checks it; the second has the copy.
    assert found == ["True True True", "False False True"]


def test_claims_are_the_same_from_a_copy_and_from_their_text():
    text = claims().text
    for same in (Claims(text), copy.deepcopy(claims()), pickle.loads(pickle.dumps(claims()))):  # noqa: S301  -- our own
        assert same == claims()
        assert hash(same) == hash(claims())
        assert same.articles == claims().articles
    assert Claims() != claims()
    assert claims() != text


def test_the_order_of_claims_and_of_reasons_means_nothing():
    one = planted()
    more = Claim.model_validate({"id": "claim.999.a", "kind": "symptom", "says": "More.", "at": ["2:1"],
                                 "not_carried": "Planted."})  # fmt: skip
    outside = OutOfScope.model_validate({"why": "biology", "at": ["2:1"]})
    parts = ((*one.claims, more), (*one.out_of_scope, outside))
    turned = [
        Claims.of([one.model_copy(update={"claims": said[::step], "out_of_scope": why[::step]})])
        for said, why in [parts]
        for step in (1, -1)
    ]
    assert turned[0] == turned[1]


def test_a_word_of_a_claim_is_part_of_the_digest():
    content = shipped().content
    changed = content.model_copy(update={"claims": Claims(claims().text.replace("qualified", "adopted", 1))})
    assert changed.digest() != content.digest()
    assert content.model_copy(update={"claims": Claims()}).digest() != content.digest()
