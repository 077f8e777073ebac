"""The laws that hold of every answer, whatever is asked; and for each a defect that breaks it.

Other laws stand beside what they are about: see "Laws and fuzzing" in docs/explanation/how-we-know.md.
"""

import json
import os
import subprocess
import sys
from bisect import bisect_right
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lungmets import PatientProfile, assess
from lungmets.cohort import assess_frame
from lungmets.documents import read_file
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.knowledge.schema import Begin
from lungmets.testing import complete_profile, read_scenarios
from lungmets.testing.scenario import Scenario
from lungmets.testing.strategies import complete_profiles, days, jurisdictions, profile_inputs, profiles
from lungmets.vocabulary import Panel
from tests.cohort.comparing import frame_of
from tests.knowledge.test_release import changed
from tests.laws.laws import (
    bare,
    changed_by_storing,
    order_matters,
    same_on,
    stated,
    unknown_adds_an_option,
)
from tests.testing.suites import COMPLETE

brisk = settings(deadline=None, max_examples=50)
SUITE = sorted((Path(__file__).parent.parent / "scenarios").glob("*.scenario.yaml"))


@st.composite
def questions(draw):
    """A day that the knowledge covers, a place and a panel."""
    place = draw(jurisdictions())
    return {
        "as_of": draw(days(jurisdiction=place)),
        "jurisdiction": place,
        "panel": draw(st.sampled_from(Panel)),
    }


@st.composite
def asked_and_complete(draw):
    question = draw(questions())
    return draw(complete_profiles(**question)), question


# ---- an unknown never adds an option --------------------------------------------------------------


@brisk
@given(asked_and_complete(), st.data())
def test_an_unknown_never_adds_an_option_that_does_not_ask_for_it(asked, data):
    profile, question = asked
    field = data.draw(st.sampled_from(stated(profile)))
    assert not list(unknown_adds_an_option(profile, field, question))


def test_an_option_that_an_unknown_adds_is_noticed():
    # Haemoptysis withholds bevacizumab; where no rule asks for it, an unknown brings bevacizumab back, and nobody asks.
    content = shipped().content
    content = content.model_copy(update={
        "guardrails": tuple(rule.model_copy(update={"asks": ""}) for rule in content.guardrails),
        "cautions": tuple(rule.model_copy(update={"asks": None}) for rule in content.cautions),
    })  # fmt: skip
    silent = partial(assess, knowledge=KnowledgeBase(content, "planted"))
    profile = complete_profile(contraindications=["haemoptysis"])
    question = {"as_of": date(2010, 1, 1)}
    assert not list(unknown_adds_an_option(profile, "contraindications", question))
    (broken,) = unknown_adds_an_option(profile, "contraindications", question, silent)
    assert "systemic.bevacizumab-carboplatin-paclitaxel is listed, and does not ask for it" in broken


def test_a_refusal_that_an_unknown_lifts_is_noticed():
    # The assumption that an unstated age is an adult's has to be printed.
    content = changed(shipped().content, "scope", "age.child", assumed=None)
    profile = complete_profile(age=17)
    assert not list(unknown_adds_an_option(profile, "age", {}))

    def silent(profile, **question):
        answer = assess(profile, **question, knowledge=KnowledgeBase(content, "planted"))
        return answer.model_copy(update={"assumptions": ()})

    (broken,) = unknown_adds_an_option(profile, "age", {}, silent)
    assert "no longer refused as out_of_scope" in broken


# ---- writing and reading back ---------------------------------------------------------------------


@brisk
@given(profiles(), questions())
def test_any_answer_that_is_stored_is_read_back_as_the_same(profile, question):
    assert not list(changed_by_storing(assess(profile, **question)))


def test_an_answer_that_storing_changes_is_noticed():
    # 0.1 + 0.2 is written as itself; a text where a number should stand is not.
    answer = assess(complete_profile())
    defect = answer.model_copy(update={"as_of": "2026-10-07"})
    with pytest.warns(UserWarning, match="as_of"):
        assert list(changed_by_storing(defect)) == ["the answer that is read back is another one"]


@pytest.mark.parametrize("file", SUITE, ids=lambda file: file.name)
def test_a_scenario_file_says_the_same_as_json(file):
    told = json.dumps(read_file(file)[1].data)
    assert [bare(one) for one in read_scenarios(told)] == [bare(one) for one in read_scenarios(file)]


def test_a_scenario_that_is_stored_is_read_back_unchanged():
    for file in SUITE:
        for scenario in read_scenarios(file):
            # What is not expected is left out, as in the file: to a refusal there are no options to be expected.
            stored = scenario.model_dump_json(exclude_unset=True)
            assert Scenario.model_validate_json(stored) == scenario


def test_two_scenarios_that_differ_are_not_the_same():
    one, other = (bare(scenario) for scenario in read_scenarios(SUITE[0])[:2])
    assert one != other


# ---- days -----------------------------------------------------------------------------------------


def stretch(base, day):
    """The first and the last day of the stretch without a change to which a day belongs."""
    turns = base.days_of_change
    index = bisect_right(turns, day)
    first = turns[index - 1] if index else turns[0] - timedelta(days=400)
    last = turns[index] - timedelta(days=1) if index < len(turns) else turns[-1] + timedelta(days=400)
    return first, max(first, last)


@brisk
@given(profiles(), questions(), st.data())
def test_between_two_days_of_change_every_answer_is_constant(profile, question, data):
    turn = data.draw(st.sampled_from([question.pop("as_of"), date(2003, 6, 1), date(2026, 12, 1)]))
    first, last = stretch(shipped(), turn)
    inside = data.draw(st.dates(first, last))
    assert not list(same_on([first, inside, last], profile, question))


REVIEWED = date(2016, 7, 1)


def reviewed_in_the_middle():
    """The knowledge with a row whose review was due on a day on which nothing else changes."""
    return changed(shipped().content, "tables", "egfr-common.afatinib", review_by=Begin(str(REVIEWED)))


def test_the_day_after_a_review_was_due_is_a_day_of_change():
    base = KnowledgeBase(reviewed_in_the_middle(), "planted")
    eve, day = REVIEWED, REVIEWED + timedelta(days=1)
    overdue = [
        assess(complete_profile(egfr="l858r"), as_of=one, knowledge=base).knowledge.overdue
        for one in (eve, day)
    ]
    assert (day in base.days_of_change, overdue) == (True, [0, 1])
    # The other way round: which day was asked about first must not matter.
    again = KnowledgeBase(reviewed_in_the_middle(), "planted")
    for one, expected in ((day, 1), (eve, 0)):
        answer = assess(complete_profile(egfr="l858r"), as_of=one, knowledge=again)
        assert answer.knowledge.overdue == expected


@pytest.mark.parametrize("place", ["us", "eu", "ca"])
def test_the_first_day_of_a_place_and_the_day_after_the_release_are_days_of_change(place):
    release = shipped().content.release
    assert release.begins[place] in shipped().days_of_change
    assert release.as_of + timedelta(days=1) in shipped().days_of_change


def test_a_day_of_change_that_is_forgotten_is_noticed():
    # Osimertinib is first-line from 2018-04-18; nothing says that an answer may change on that day.
    days_ = [date(2018, 4, 17), date(2018, 4, 18)]
    (broken,) = same_on(days_, complete_profile(egfr="l858r"), {})
    assert "on 2018-04-18 " in broken
    assert "options" in broken


# ---- a cohort -------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=15)
@given(st.lists(profile_inputs(), min_size=1, max_size=5), jurisdictions(), st.sampled_from(Panel))
def test_a_row_has_in_a_cohort_the_answer_that_it_has_alone(rows, place, panel):
    """Byte for byte; ``tests/cohort`` has the planted defects, and rows that cannot be read."""
    answers = assess_frame(frame_of(rows), jurisdiction=place, panel=panel)
    for number, row in enumerate(rows):
        alone = assess(PatientProfile(**row), jurisdiction=place, panel=panel)
        assert answers.explain(number).model_dump_json() == alone.model_dump_json()


def test_an_answer_of_another_row_is_noticed():
    rows = [
        complete_profile().model_dump(mode="json"),
        complete_profile(egfr="l858r").model_dump(mode="json"),
    ]
    answers = assess_frame(frame_of([{"egfr": row["egfr"], "ecog_ps": 1} for row in rows]))
    assert answers.explain(0).model_dump_json() != answers.explain(1).model_dump_json()


# ---- order ----------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=6)  # the digest and the tables are made anew in each
@given(asked_and_complete(), st.randoms(use_true_random=False))
def test_the_order_of_rows_records_and_files_does_not_matter(asked, random):
    profile, question = asked
    assert not list(order_matters(shipped().content, profile, question, random))


class Backwards:
    """Stands for a shuffle: everything the other way round."""

    def shuffle(self, items):
        items.reverse()

    def sample(self, items, number):
        assert number == len(items)
        return items[::-1]


def test_one_entry_with_several_symptoms_reads_the_same_in_any_order_of_the_phrases():
    profile = complete_profile(symptoms=["fits, double vision and thirst"], metastasis_counts={"bone": 2})
    assert not list(order_matters(shipped().content, profile, {}, Backwards()))


def test_the_order_of_the_courses_decides_so_the_digest_knows_it():
    """A course of "not better" is named by two records, and the first of them counts."""
    content = shipped().content
    alerts = content.alerts.model_copy(update={"courses": content.alerts.courses[::-1]})
    assert content.model_copy(update={"alerts": alerts}).digest() != content.digest()


def test_an_order_that_matters_is_noticed():
    def first_row(profile, *, knowledge, **question):
        answer = assess(profile, knowledge=knowledge, **question)
        first = next(iter(knowledge.content.tables.values())).rows[0]
        return answer.model_copy(update={"notice": first.id})

    profile = complete_profile()
    assert not list(order_matters(shipped().content, profile, {}, Backwards()))
    broken = list(order_matters(shipped().content, profile, {}, Backwards(), first_row))
    assert broken == ["another order gives another answer"]


# ---- a fresh process ------------------------------------------------------------------------------

CASES = [
    ({"egfr": "l858r", "pd_l1_tps": 90}, {}),
    ({"alk": "fusion", "egfr": "exon19del", "brain_lesions": 3}, {"as_of": "2019-05-01"}),
    ({"egfr": "pending", "symptoms": ["first seizure", "something odd"]}, {"jurisdiction": "eu"}),
    ({"histology": "squamous", "pd_l1_tps": ">=1", "contraindications": ["haemoptysis"]}, {"panel": "comprehensive"}),
    ({"bone_metastases": True, "calcium": {"value": 3.2, "unit": "mmol/l"}, "albumin_g_l": 30}, {"as_of": "2023-12-31"}),
    ({"stage": "III"}, {}),
    ({"metastatic_sites": ["bone", "brain", "liver"]}, {"jurisdiction": "ca"}),
    ({}, {"as_of": "1999-01-01"}),
]  # fmt: skip
ASKING = """
import json, sys
from datetime import date
from lungmets import PatientProfile, assess
from lungmets.cohort import assess_frame
for fields, question in json.loads(sys.stdin.read()):
    if "as_of" in question:
        question["as_of"] = date.fromisoformat(question["as_of"])
    answer = assess(PatientProfile(**fields), **question)
    sys.stdout.buffer.write(answer.model_dump_json().encode() + b"\\n")
"""


def answers_elsewhere(tmp_path, code=ASKING, **environment):
    """The answers to the cases by another process, in another folder and with other surroundings."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment,
        input=json.dumps([(COMPLETE | fields, question) for fields, question in CASES]).encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().splitlines()


def answers_here():
    found = []
    for fields, question in CASES:
        days_ = {"as_of": date.fromisoformat(question["as_of"])} if "as_of" in question else {}
        found.append(assess(PatientProfile(**COMPLETE | fields), **question | days_).model_dump_json())
    return found


SURROUNDINGS = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "4294967295", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0", "TZ": "America/Adak"},
    {"PYTHONHASHSEED": "random", "PYTHONOPTIMIZE": "2"},
]


@pytest.mark.parametrize("surroundings", SURROUNDINGS, ids=lambda each: each["PYTHONHASHSEED"])
def test_a_fresh_process_gives_the_same_bytes_whatever_surrounds_it(surroundings, tmp_path):
    assert answers_elsewhere(tmp_path, **surroundings) == answers_here()


def test_an_answer_that_hangs_on_the_hash_seed_is_noticed(tmp_path):
    # The order of a set of words changes from seed to seed.
    defect = ASKING.replace(
        "answer.model_dump_json()", "str({'alk', 'egfr', 'kras', 'met', 'ret', 'ros1', 'braf'})"
    )
    one, other = (answers_elsewhere(tmp_path, defect, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert one != other


def test_the_cases_are_of_all_kinds():
    kinds = {(json.loads(text)["status"], json.loads(text).get("reason")) for text in answers_here()}
    assert kinds == {
        ("documented", None), ("refused", "incomplete"), ("refused", "out_of_scope"), ("refused", "undated"),
        ("refused", "inconsistent"),
    }  # fmt: skip
