"""The assertions for tests in Python: they pass, fail with the runner's words, and refuse a misspelt name."""

import inspect
from datetime import date, datetime

import pytest

from lungmets import DocumentedOptions, PatientProfile, Refusal, load
from lungmets.errors import DocumentError, QuestionError
from lungmets.knowledge.base import shipped, shipped_folder
from lungmets.testing import Expectation, Names, assert_answer, assert_documented, assert_refused
from tests.testing.suites import COMPLETE

EGFR = PatientProfile(**COMPLETE | {"egfr": "l858r"})
UNTESTED = PatientProfile(**COMPLETE | {"egfr": "not_tested"})


def failure(assertion, *arguments, **question):
    with pytest.raises(AssertionError) as caught:
        assertion(*arguments, **question)
    return str(caught.value)


# ---- passing --------------------------------------------------------------------------------------


def test_an_answer_that_is_as_expected_is_returned():
    answer = assert_answer(UNTESTED, {"status": "refused", "missing": {"exactly": ["egfr"]}})
    assert isinstance(answer, Refusal)
    assert [item.item for item in answer.missing] == ["egfr"]


def test_an_expectation_may_be_the_model():
    assert_answer(EGFR, Expectation(status="documented", options=Names(include=("osimertinib",))))


def test_documented_options_are_returned_as_such():
    answer = assert_documented(EGFR, "osimertinib", "systemic.afatinib", without=["pembrolizumab"])
    assert isinstance(answer, DocumentedOptions)


def test_documented_without_a_name_asks_only_for_the_kind_of_answer():
    assert assert_documented(EGFR).status == "documented"


def test_a_refusal_is_returned_as_such():
    assert isinstance(assert_refused(UNTESTED), Refusal)
    assert assert_refused(UNTESTED, "incomplete", missing=["egfr"]).reason == "incomplete"


def test_the_question_is_that_of_assess():
    # FDA: osimertinib first-line on 2018-04-18.
    assert_documented(EGFR, without=["osimertinib"], as_of=date(2018, 4, 17))
    assert_documented(EGFR, "osimertinib", as_of=date(2018, 4, 18), jurisdiction="us", panel="core")
    # The uses of Canada are not dated (release.yaml), so it answers for the day of the release only.
    assert assert_refused(EGFR, "undated", as_of=date(2018, 4, 18), jurisdiction="ca").jurisdiction == "ca"
    assert_documented(EGFR, "osimertinib", jurisdiction="ca")
    answer = assert_refused(EGFR, "incomplete", panel="comprehensive")
    assert "braf" in {item.item for item in answer.missing}


def test_another_knowledge_may_be_asked():
    base = load(shipped_folder())
    assert assert_documented(EGFR, "osimertinib", knowledge=base).knowledge.version == shipped().version


def test_one_name_may_stand_for_a_list_of_one():
    assert_documented(EGFR, "osimertinib", without="pembrolizumab")
    assert_refused(UNTESTED, missing="egfr")


# ---- failing --------------------------------------------------------------------------------------


def test_a_failure_has_the_words_of_the_runner():
    told = failure(assert_documented, EGFR, "osimertinib", without=["systemic.afatinib"])
    for words in (
        "asked       us as of 2026-10-07, core panel, knowledge",
        "expected    systemic.afatinib not among the documented options",
        "got         systemic.afatinib is a documented option",
        "row egfr-common.afatinib: histology: adenocarcinoma; egfr: l858r",
    ):
        assert words in told


def test_a_refusal_where_options_are_expected_says_what_is_missing():
    told = failure(assert_documented, UNTESTED, "osimertinib")
    assert "expected    status documented" in told
    assert "got         a refusal: incomplete" in told
    assert "egfr is missing" in told


def test_options_where_a_refusal_is_expected_are_named():
    told = failure(assert_refused, PatientProfile(**COMPLETE | {"ecog_ps": 4}))
    assert "expected    status refused" in told
    assert "got         documented options: supportive.best-supportive-care" in told


def test_another_reason_and_other_items_are_told_together():
    told = failure(assert_refused, UNTESTED, "inconsistent", missing=["alk"])
    assert "expected    a refusal: inconsistent" in told
    assert "expected    alk among the missing items" in told
    assert "expected    egfr not among the missing items" in told


@pytest.mark.parametrize(
    ("assertion", "arguments"),
    [
        (assert_answer, (EGFR, {"status": "refused"})),
        (assert_documented, (UNTESTED,)),
        (assert_refused, (EGFR,)),
    ],
)
def test_the_place_is_the_line_of_the_caller(assertion, arguments):
    told = failure(assertion, *arguments)
    file, line = told.splitlines()[0].removesuffix(" assertion").rsplit(":", 1)
    assert file == __file__
    source, first = inspect.getsourcelines(failure)
    assert source[int(line) - first].strip() == "assertion(*arguments, **question)"


def test_pytest_shows_the_callers_line_and_not_ours(pytester):
    pytester.makepyfile(
        test_it="""
        from lungmets import PatientProfile
        from lungmets.testing import assert_documented

        def test_it():
            profile = PatientProfile(histology="squamous")
            assert_documented(profile, "osimertinib")
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            '>*assert_documented(profile, "osimertinib")',
            "*test_it.py:6 assertion",
            "*test_it.py:6: AssertionError",
        ]
    )
    assert "assertions.py" not in result.stdout.str()


# ---- what is written wrong ------------------------------------------------------------------------

# fmt: off
MISSPELT = [
    # the call                                                                          words of the message
    (lambda: assert_documented(EGFR, "osimertinb"),                                     ["options: 'osimertinb' is not known", "did you mean osimertinib"]),
    (lambda: assert_documented(EGFR, without=["osimertinb"]),                           ["options: 'osimertinb' is not known"]),
    (lambda: assert_refused(UNTESTED, missing=["egrf"]),                                ["missing: 'egrf' is not known", "did you mean egfr?"]),
    (lambda: assert_refused(UNTESTED, "incomplet"),                                     ["reason is 'incomplet'", "did you mean incomplete?"]),
    (lambda: assert_answer(EGFR, {"status": "documentd"}),                              ["status is 'documentd'", "did you mean documented?"]),
    (lambda: assert_answer(EGFR, {"status": "documented", "optons": {}}),               ["'optons' is not a field", "did you mean options?"]),
    (lambda: assert_answer(EGFR, {"status": "documented", "options": ["osimertinib"]}), ["include", "exclude", "exactly"]),
    (lambda: assert_answer(EGFR, {}),                                                   ["expect: 'status' is missing"]),
    (lambda: assert_answer(EGFR, {"status": "refused", "alerts": {"exclude": ["sezure"]}}), ["alerts: 'sezure' is not known", "did you mean seizure?"]),
]
# fmt: on


@pytest.mark.parametrize(("call", "words"), MISSPELT, ids=[words[0] for _, words in MISSPELT])
def test_a_name_that_is_not_known_is_an_error_with_the_nearest_and_never_a_pass(call, words):
    with pytest.raises(DocumentError) as caught:
        call()
    for each in words:
        assert each in str(caught.value)


# fmt: off
WRONG = [
    (lambda: assert_refused(UNTESTED, as_off=date(2020, 1, 1)),         TypeError,     "unexpected keyword argument 'as_off'"),
    (lambda: assert_documented(EGFR, witout=["x"]),                     TypeError,     "unexpected keyword argument 'witout'"),
    (lambda: assert_answer({"egfr": "l858r"}, {"status": "refused"}),   TypeError,     "expected a PatientProfile"),
    (lambda: assert_answer(EGFR, ["refused"]),                          TypeError,     "expected an Expectation, or a mapping"),
    (lambda: assert_refused(EGFR, jurisdiction="uk"),                   QuestionError, "jurisdiction: 'uk' is not known"),
    (lambda: assert_refused(EGFR, panel="comprehensiv"),                QuestionError, "did you mean comprehensive?"),
    (lambda: assert_refused(EGFR, as_of="2020-01-01"),                  QuestionError, "expected a datetime.date"),
    (lambda: assert_refused(EGFR, as_of=datetime(2020, 1, 1)),          QuestionError, "expected a datetime.date"),  # noqa: DTZ001  -- a day is asked, and no clock time
]
# fmt: on


@pytest.mark.parametrize(("call", "error", "words"), WRONG, ids=[words for *_, words in WRONG])
def test_a_call_that_is_wrong_says_so(call, error, words):
    with pytest.raises(error, match=words):
        call()
