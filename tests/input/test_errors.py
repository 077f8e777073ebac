"""The errors themselves: what they say, what they carry, and that they survive being sent on."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lungmets import (
    DocumentError,
    InputError,
    KnowledgeError,
    LungmetsError,
    PatientProfile,
    ProfileError,
    QuestionError,
    errors,
)
from lungmets.errors import Problem, shown, visible
from tests.input.profiles import unhurried

PROBLEM = Problem("ecog_ps", "5 is out of range", "a whole number from 0 to 4")


def test_the_tree_is_the_one_that_its_docstring_draws():
    assert InputError.__bases__ == KnowledgeError.__bases__ == (LungmetsError,)
    assert ProfileError.__bases__ == DocumentError.__bases__ == QuestionError.__bases__ == (InputError,)
    for error in (InputError, ProfileError, DocumentError, QuestionError, KnowledgeError):
        assert f"─ {error.__name__}" in errors.__doc__


# fmt: off
PARTS = [
    (Problem("a", "b"),                                       "a: b"),
    (Problem("", "b"),                                        "b"),
    (Problem("a", "b", "c"),                                  "a: b; expected c"),
    (Problem("a", "b", "c", "d", "e", ("f",)),                "a: b; expected c; d; did you mean f?; e"),
    (Problem("a", "b", nearest=("f", "g")),                   "a: b; did you mean f or g?"),
    (Problem("a", "b", path=("x", 1)),                        "a: b"),
    (Problem("a\x1b[2J", "b\r\nc\u202ed", "\u2028\ud800\x7f"), "a\ufffd[2J: b  c\ufffdd; expected  \ufffd\ufffd"),
]
# fmt: on


@pytest.mark.parametrize(("problem", "message"), PARTS)
def test_a_problem_is_one_line(problem, message):
    assert str(problem) == message


def profile_error():
    with pytest.raises(ProfileError) as caught:
        PatientProfile(ecog_ps=5, age="x", symptoms=["first seizure"])
    return caught.value


def test_the_message_has_the_alerts_first_and_then_each_problem_on_its_line():
    lines = str(profile_error()).splitlines()
    assert [line.split(":")[0] for line in lines] == ["URGENT (emergency_now)", "ecog_ps", "age"]


def pickled(value):
    return pickle.loads(pickle.dumps(value))  # noqa: S301  -- this process wrote it


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, pickled])
@pytest.mark.parametrize(
    "error",
    [profile_error(), KnowledgeError([PROBLEM]), DocumentError([PROBLEM]), QuestionError([PROBLEM, PROBLEM])],
)
def test_an_error_survives_a_worker_process(duplicate, error):
    again = duplicate(error)
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.problems == error.problems
    assert getattr(again, "alerts", ()) == getattr(error, "alerts", ())


def test_a_symptom_cannot_write_on_the_terminal_through_an_alert():
    with pytest.raises(ProfileError) as caught:
        PatientProfile(symptoms=["odd\x1b[2J\r\ntaste"], ecog_ps=5)
    assert 'The symptom "odd\ufffd[2J  taste" was not understood.' in str(caught.value)


@unhurried
@given(st.text())
def test_visible_text_is_one_line_that_does_nothing(text):
    seen = visible(text)
    assert len(seen) == len(text)
    assert len(seen.splitlines()) <= 1
    seen.encode()  # no half characters
    assert all(sign.isprintable() or not sign.isascii() for sign in seen)


def test_printable_text_is_left_as_it_is():
    assert visible("µg ≥ 50 % – Größe 肺癌 😀") == "µg ≥ 50 % – Größe 肺癌 😀"


# fmt: off
VALUES = [
    ("high",            "'high'"),
    (True,              "true"),
    (False,             "false"),
    (None,              "nothing"),
    (5,                 "5"),
    ([1, "a"],          "[1, 'a']"),
    ("a\nb",            r"'a\nb'"),
    ("\x1b[31m",        r"'\x1b[31m'"),
    ("x" * 80,          "'" + "x" * 78 + "…"),
    (10**5000,          "<int>"),
]
# fmt: on


@pytest.mark.parametrize(("value", "text"), VALUES, ids=[text for _, text in VALUES])
def test_a_value_is_shown_short_and_harmless(value, text):
    assert shown(value) == text
