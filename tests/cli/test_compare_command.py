"""``lungmets compare``: two answers beside each other."""

import json

import pytest

from tests.cli.running import refused_input, run

ALK = (
    b"{histology: adenocarcinoma, egfr: negative, alk: fusion, ros1: negative, kras: negative, met: negative,"
    b" ret: negative, pd_l1_tps: 0, ecog_ps: 1, brain_lesions: 0}"
)


def test_two_days_are_told_with_what_differs_and_why():
    ran = run("compare", "-", "--days", "2017-11-05", "2017-11-06", stdin=ALK)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "US, 2017-11-05 AND US, 2017-11-06"
    assert "  Alectinib" in lines
    assert "    2017-11-05 withheld (label)" in lines, "it was documented for a later line"
    assert "    2017-11-06 documented (label): fda-alectinib-2017-11-06" in ran.out
    assert "systemic.crizotinib" in ran.out.partition("ALIKE")[2]


def test_no_difference_says_so():
    ran = run("compare", "-", "--days", "2020-01-01", "2020-01-02", stdin=ALK)
    assert "NO DIFFERENCE" in ran.out
    assert "No option stands differently" in ran.out


def test_a_refusal_is_told_with_its_reason():
    ran = run(
        "compare",
        "-",
        "--days",
        "2008-01-01",
        "2020-01-02",
        stdin=b"{histology: squamous, symptoms: [seizures]}",
    )
    assert ran.out.startswith("URGENT")
    assert "refused: incomplete" in ran.out
    assert "missing   egfr" in ran.out


def test_json_is_the_models_own():
    ran = run("compare", "-", "--days", "2017-11-05", "2017-11-06", "--format", "json", stdin=ALK)
    found = json.loads(ran.out)
    assert [one["option"] for one in found["differences"]] == ["systemic.alectinib"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "nothing to compare; expected --jurisdictions us eu, or --days with two days"),
        (("--days", "2020-01-01", "tomorrow"), "--days: 'tomorrow' is not a day; expected a date such as"),
        (("--days", "2020-02-30", "2020-02-30"), "--days: '2020-02-30' is not a day"),
        (("--jurisdictions", "us", "eur"), "--jurisdictions: 'eur' is not known; expected one of us, eu, ca"),
        (("--jurisdictions", "us", "eu", "--panel", "cor"), "--panel: 'cor' is not known"),
        (
            ("--days", "2020-01-01", "2021-01-01", "--as-of", "2020-01-01"),
            "--as-of: it stands beside --days; expected one of the two",
        ),
    ],
)
def test_a_question_in_error(arguments, words):
    ran = run("compare", "-", *arguments, stdin=b"{histology: squamous, symptoms: [seizures]}")
    refused_input(ran)
    assert words in ran.err
    assert ran.err.startswith("URGENT (emergency_now)"), "an emergency is told beside it"
