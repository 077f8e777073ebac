"""The readers against documents with mistakes in them.

Whatever stands in a document, a reader ends in a valid object or in an error that names a place and says
what is wrong; soon; and never in another meaning. ``nox -s fuzz`` runs the same for as long as it is told:
``LUNGMETS_FUZZ`` is how many examples each reader is given, beside the few of every run.
"""

import json
import os
import string
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lungmets.documents import read_file
from lungmets.errors import Problem
from lungmets.knowledge.base import shipped, shipped_folder
from lungmets.nomenclature import NotUnderstood, read_gene, read_histology, read_pd_l1
from lungmets.testing import complete_profile
from lungmets.testing.reports import reports
from lungmets.vocabulary import Gene, ResultStatus
from tests.fuzz import reading
from tests.fuzz.mutations import BROKEN, INVISIBLE, Fate, documents, written

MANY = int(os.environ.get("LUNGMETS_FUZZ", "0"))
SLOWEST = 5.0
"""Seconds of the processor's time, many times what the slowest document needs."""


def fuzz(few):
    """As many examples as the run is told to make; a long run begins anew each time."""
    return settings(deadline=None, max_examples=MANY or few, derandomize=not MANY, database=None)


PROFILE = {
    "histology": "adenocarcinoma",
    "egfr": {"status": "positive", "variants": ["l858r"], "specimen": "tissue", "assay": "ngs"},
    "alk": "negative", "ros1": "no fusion detected", "kras": "G12C", "pd_l1_tps": ">=50", "ecog_ps": 1,
    "brain_lesions": 2, "metastatic_sites": ["brain", "bone"], "metastasis_counts": {"bone": 3},
    "calcium": {"value": 2.9, "unit": "mmol/l"}, "albumin_g_l": 31.5, "prior_systemic_therapy": False,
    "symptoms": ["first seizure", {"what": "new back pain", "since": "2026-09-01", "course": "worse"}],
    "contraindications": ["autoimmune_disease"], "age": 67,
}  # fmt: skip

SCENARIOS = {
    "defaults": {"citation": "written for a test", "profile": {"histology": "adenocarcinoma", "egfr": "l858r"}},
    "scenarios": [
        {
            "id": "one", "text": "A text: with a colon.", "citation": ["flaura"], "as_of": "2018-04-18",
            "jurisdiction": "us", "panel": "core", "knowledge": ">=2026.1.0", "marks": ["slow"],
            "profile": {"pd_l1_tps": 0, "brain_lesions": None},
            "expect": {"status": "refused", "reason": "incomplete", "missing": {"include": ["alk"]}},
            "cases": [
                {"id": "a", "profile": {"ecog_ps": 1}, "expect": {"alerts": {"exactly": []}}},
                {"id": "b", "as_of": "2020-01-01", "expect": {"status": "documented", "reason": None,
                                                             "options": {"exclude": ["osimertinib"]}}},
            ],
        },
        {"id": "two", "text": "Another text.", "expect": {"status": "refused"}},
    ],
}  # fmt: skip
SCENARIOS["scenarios"][0]["cases"].pop()  # a case cannot take back what the scenario expects


def check(read, text, fate, same):
    """The property; it returns what was told, for the tests of the test."""
    before = time.process_time()
    found, problems = read(text)
    assert time.process_time() - before < SLOWEST, "too slow"
    assert (found is None) is bool(problems), "neither read nor refused"
    for problem in problems:
        assert problem.what.strip(), "an error that says nothing"
        assert str(problem).isprintable(), "an error that acts on a terminal"
    if problems:
        told = [problem for problem in problems if problem.place or problem.expected or problem.do]
        assert told, "an error that says neither where nor what to do"
    if fate is Fate.SAME:
        assert found == same, f"another meaning, or refused: {problems}"
    if fate is Fate.REFUSED:
        assert problems, "read, though it has no meaning"
    return found, problems


# ---- profiles and scenarios -----------------------------------------------------------------------


@fuzz(150)
@given(documents(PROFILE))
def test_a_profile_is_read_or_refused(document):
    same, _ = reading.profile(json.dumps(PROFILE))
    assert same is not None
    check(reading.profile, *document, same)


@fuzz(100)
@given(documents(SCENARIOS))
def test_a_scenario_file_is_read_or_refused(document):
    same, problems = reading.scenarios(json.dumps(SCENARIOS))
    assert not problems
    check(reading.scenarios, *document, same)


# ---- the knowledge and overlays -------------------------------------------------------------------


@fuzz(40)
@given(st.data())
def test_a_knowledge_file_is_read_or_refused_and_what_is_read_answers(data):
    file = data.draw(st.sampled_from(reading.knowledge_files()))
    whole = read_file(shipped_folder() / file)[1].data
    check(reading.knowledge(file), *data.draw(documents(whole)), shipped().digest)


@fuzz(40)
@given(st.data())
def test_an_overlay_is_read_or_refused_and_what_is_read_answers(data):
    file = data.draw(st.sampled_from(reading.overlay_files()))
    whole = read_file(reading.EXAMPLE / file)[1].data
    check(reading.overlay(file), *data.draw(documents(whole)), reading.untouched())


# ---- what reports say -----------------------------------------------------------------------------

READERS = {gene.value: partial(read_gene, gene) for gene in Gene} | {
    "histology": read_histology,
    "pd_l1_tps": read_pd_l1,
}
NEGATIVE_WORDS = ("neg", "wild", "no", "without", "un", "wt", "none", "vus")


def understood(read, text):
    """What a report is read as, or nothing where it is refused with a reason."""
    before = time.process_time()
    found, refused = None, None
    try:
        found = read(text)
    except NotUnderstood as error:
        refused = error
    assert time.process_time() - before < SLOWEST, "too slow"
    assert refused is None or (refused.why.strip() and refused.expected), "a refusal that says nothing"
    return found


@st.composite
def reported(draw):
    """A field, a text that it understands, and the text with a few signs changed."""
    field = draw(st.sampled_from(sorted(READERS)))
    text = told = draw(st.sampled_from(reports(field)))
    for _ in range(draw(st.integers(1, 3))):
        index = draw(st.integers(0, len(told)))
        sign = draw(
            st.sampled_from(
                [*string.printable, *INVISIBLE, *BROKEN, "\u00e9", "\u0661", "\u2163", "\u00df", "\u2212"]
            )
        )
        told = draw(
            st.sampled_from([
                told[:index] + told[index + 1 :],
                told[:index] + sign + told[index:],
                told[:index] + sign + told[index + 1 :],
                told[:index] + told[max(0, index - 5) : index] * 60 + told[index:],
                told[index:] + told[:index],
                f"{told} {text}",
                f"{told}, {draw(st.sampled_from(reports(field)))}",
            ])
        )  # fmt: skip
    return field, text, told


@fuzz(400)
@given(reported())
def test_a_report_is_read_or_refused_and_a_finding_never_becomes_a_negative(case):
    field, text, told = case
    before, after = (understood(READERS[field], one) for one in (text, told))
    assert before is not None
    if getattr(after, "status", None) is ResultStatus.NEGATIVE and before.status is not ResultStatus.NEGATIVE:
        # Only a text with a negative word in it says that there is nothing.
        assert any(word in told.casefold() for word in NEGATIVE_WORDS), (text, told)


@fuzz(150)
@given(st.sampled_from(sorted(READERS)), st.data())
def test_a_sign_that_nobody_sees_changes_no_reading(field, data):
    text = data.draw(st.sampled_from(reports(field)))
    index = data.draw(st.integers(0, len(text)))
    told = text[:index] + data.draw(st.sampled_from(INVISIBLE)) + text[index:]
    assert understood(READERS[field], told) in {None, understood(READERS[field], text)}


ENDLESS = ["(" * 300, "p." * 150, "E746_" * 60, "1-" * 150, "exon " * 60, ">=" * 150, "A" * 300, "-" * 300,
           "not " * 75, "and " * 75, "NTRK1/2/3 " * 30, "L858R " * 50, "1" * 300, "c.2573T>G+" * 30]  # fmt: skip


@pytest.mark.parametrize("field", sorted(READERS))
@pytest.mark.parametrize("text", ENDLESS, ids=lambda text: text[:5])
def test_no_report_takes_long(field, text):
    for length in (len(text) - 7, len(text)):
        understood(READERS[field], text[:length])


# ---- tests of the test ----------------------------------------------------------------------------


def test_a_reader_that_crashes_is_noticed():
    def crashes(text):
        return len(text) // text.count("{"), ()

    with pytest.raises(ZeroDivisionError):
        check(crashes, "", Fate.ANY, None)


@pytest.mark.parametrize(
    ("found", "problems", "fate", "words"),
    [
        (None, (), Fate.ANY, "neither read nor refused"),
        (1, (Problem("line 1", "wrong"),), Fate.ANY, "neither read nor refused"),
        (None, (Problem("line 1", " "),), Fate.ANY, "says nothing"),
        (None, (Problem("", "wrong"),), Fate.ANY, "neither where nor what to do"),
        (2, (), Fate.SAME, "another meaning"),
        (None, (Problem("line 1", "wrong"),), Fate.SAME, "another meaning, or refused"),
        (2, (), Fate.REFUSED, "though it has no meaning"),
    ],
)
def test_a_reader_that_is_wrong_in_any_other_way_is_noticed(found, problems, fate, words):
    with pytest.raises(AssertionError, match=words):
        check(lambda _: (found, problems), "", fate, 1)


def test_a_reader_that_is_slow_is_noticed(monkeypatch):
    clock = iter([0.0, SLOWEST + 1])
    monkeypatch.setattr(time, "process_time", lambda: next(clock))
    with pytest.raises(AssertionError, match="too slow"):
        check(lambda _: (1, ()), "", Fate.ANY, 1)


def test_a_reader_that_takes_the_second_of_two_keys_is_noticed():
    # As json.loads does: the key that stands twice is silently the last one.
    def lenient(text):
        return json.dumps(json.loads(text)["ecog_ps"]), ()

    with pytest.raises(AssertionError, match="though it has no meaning"):
        check(lenient, '{"ecog_ps": 1, "ecog_ps": 2}', Fate.REFUSED, "1")


@pytest.mark.parametrize("form", ["json", "json indented", "yaml", "yaml ascii"])
def test_every_form_of_the_untouched_documents_means_the_same(form):
    assert reading.profile(written(PROFILE, form)) == reading.profile(json.dumps(PROFILE))
    assert reading.scenarios(written(SCENARIOS, form)) == reading.scenarios(json.dumps(SCENARIOS))


def test_the_documents_that_are_changed_are_valid():
    assert reading.profile(json.dumps(PROFILE))[1] == ()
    for field in PROFILE:
        assert getattr(complete_profile(), field, None) is not None or field not in {"histology", "egfr"}
    # What is untouched has the digest of what ships: so a change of it is seen.
    file = Path("guardrails.yaml").name
    text = (shipped_folder() / file).read_text(encoding="utf-8")
    assert reading.knowledge(file)(text) == (shipped().digest, ())
    assert reading.knowledge(file)(text.replace("haemoptysis", "platinum"))[0] != shipped().digest
