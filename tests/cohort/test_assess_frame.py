"""A cohort: each row's answer is the one that it has alone, and a bad cell costs its own row only."""

import json
import subprocess
import sys
from datetime import date, datetime

import pandas as pd
import pytest

from lungmets import PatientProfile, ProfileError, QuestionError, assess, load
from lungmets.assessment import DocumentedOptions
from lungmets.cohort import COLUMNS, assess_frame
from lungmets.engine.sides import Matters, Side
from tests.cohort.comparing import differences, frame_of, some_questions, some_rows

NEGATIVE = dict.fromkeys(("egfr", "alk", "ros1", "kras", "met", "ret"), "negative")
WHOLE = {"histology": "adenocarcinoma", **NEGATIVE, "pd_l1_tps": 60, "ecog_ps": 1, "brain_lesions": 0}


def one(**cells):
    """The answer of a frame of one row: a complete panel, with some cells changed."""
    return assess_frame(frame_of([WHOLE | cells]))


def told(result):
    return result.frame.iloc[0]


# ---- a row's answer is the one that it has alone -------------------------------------------------


@pytest.mark.parametrize("panel", ["core", "comprehensive"])
def test_every_row_has_the_answer_that_it_has_alone(panel):
    assert differences(some_rows(1, 150, strange=0), panel=panel) == []


def test_rows_with_their_own_day_and_place_have_the_answer_that_they_have_alone():
    days, places = some_questions(2, 200)
    assert differences(some_rows(2, 200, strange=0), days=days, places=places) == []


def test_a_row_that_cannot_be_read_has_the_message_and_the_alerts_that_it_has_alone():
    rows = some_rows(3, 150, strange=0.1)
    assert differences(rows) == []
    statuses = set(assess_frame(frame_of(rows)).frame["status"])
    assert statuses == {"documented", "refused", "error"}  # or there would be nothing to compare


def test_a_matcher_that_looks_at_the_scope_alone_is_caught(monkeypatch):
    monkeypatch.setattr(Matters, "of_lists", lambda view: Matters(view.scope, 0))
    # Rows and rules tell a score of 60 from one of 0. Without them both get the answer of the first.
    found = differences([WHOLE, WHOLE | {"pd_l1_tps": 0}])
    assert found
    assert all(line.startswith("row 1: ") for line in found)


def test_a_matcher_that_loses_a_column_is_caught(monkeypatch):
    monkeypatch.setattr(Side, "join", lambda self, partial, stand: partial)  # noqa: ARG005  -- as it is called
    assert differences([WHOLE, WHOLE | {"egfr": "L858R"}])


def test_the_order_of_rows_and_columns_changes_nothing():
    rows = some_rows(4, 40, strange=0.05)
    frame = frame_of(rows)
    plain = assess_frame(frame).frame
    turned = assess_frame(frame.iloc[::-1, ::-1]).frame
    pd.testing.assert_frame_equal(turned.iloc[::-1], plain)


def test_one_more_row_changes_no_other():
    rows = some_rows(5, 30, strange=0.05)
    alone = [assess_frame(frame_of([row])).frame.iloc[0].to_dict() for row in rows]
    together = assess_frame(frame_of(rows)).frame
    assert [row.to_dict() for _, row in together.iterrows()] == alone


# ---- the result ----------------------------------------------------------------------------------


def test_one_row_out_for_each_row_in_with_the_index_of_the_input():
    frame = pd.DataFrame([WHOLE, WHOLE, WHOLE | {"egfr": None}], index=["b", "a", "a"])
    result = assess_frame(frame)
    assert len(result) == 3
    assert list(result.frame.columns) == list(COLUMNS)
    assert list(result.frame.index) == ["b", "a", "a"]
    assert list(result.frame["status"]) == ["documented", "documented", "refused"]
    assert repr(result) == "<CohortAssessment of 3 rows: 2 documented, 1 refused>"


def test_lists_are_tuples_of_ids_and_nothing_is_none():
    found = told(one(egfr="p.Leu858Arg", symptoms=["seizure"]))
    alone = assess(PatientProfile(**WHOLE | {"egfr": "p.Leu858Arg", "symptoms": ["seizure"]}))
    assert found.options == tuple(option.id for option in alone.options)
    assert found.withheld == tuple(option.id for option in alone.withheld)
    assert found.alerts == tuple(alert.id for alert in alone.alerts)
    assert (found.reason, found.error, found.missing) == (None, None, ())
    assert (found.as_of, found.jurisdiction) == (alone.as_of, "us")


def test_explain_gives_the_bytes_of_assess_and_counts_from_the_end_too():
    result = assess_frame(frame_of([WHOLE, WHOLE | {"pd_l1_tps": ">=1"}]), panel="comprehensive")
    alone = assess(PatientProfile(**WHOLE | {"pd_l1_tps": ">=1"}), panel="comprehensive")
    assert result.explain(1).model_dump_json() == alone.model_dump_json()
    assert result.explain(-1) == result.explain(1)
    for position in (2, -3):
        with pytest.raises(IndexError, match=f"row {position} of 2"):
            result.explain(position)


def test_explaining_a_row_that_cannot_be_read_raises_what_the_profile_raises():
    result = assess_frame(frame_of([WHOLE | {"egfr": "L85R", "symptoms": ["seizure"]}]))
    with pytest.raises(ProfileError, match="'L85R' is not understood") as caught:
        result.explain(0)
    assert [alert.id for alert in caught.value.alerts] == list(told(result).alerts) == ["seizure"]


def test_iterating_gives_whole_answers_and_the_errors_of_the_others():
    first, second = assess_frame(frame_of([WHOLE, WHOLE | {"ecog_ps": 7}]))
    assert isinstance(first, DocumentedOptions)
    assert isinstance(second, ProfileError)


def test_what_is_done_to_a_frame_afterwards_changes_no_answer():
    sites = ["bone"]
    frame = frame_of([WHOLE | {"metastatic_sites": sites}])
    result = assess_frame(frame)
    before = result.explain(0)
    sites.append("liver")
    frame.loc[0, "egfr"] = "L858R"
    table = result.frame
    table.loc[0, "status"] = "changed"
    assert result.explain(0) == before
    assert told(result).status == "documented"


def test_a_frame_without_rows_and_one_without_columns():
    empty = assess_frame(pd.DataFrame({"histology": []}))
    assert len(empty) == 0
    assert list(empty) == []
    nothing_stated = assess_frame(pd.DataFrame(index=["one"]))
    assert told(nothing_stated).missing == tuple(item.item for item in assess(PatientProfile()).missing)


def test_another_knowledge_base_answers():
    again = load()
    result = assess_frame(frame_of([WHOLE, WHOLE | {"ecog_ps": 7, "symptoms": "seizure"}]), knowledge=again)
    assert told(result).options == told(one()).options
    assert result.frame.iloc[1].alerts == ("seizure",)


def test_pandas_is_loaded_by_the_call_only():
    code = "import sys, lungmets.cohort; lungmets.cohort.assess_frame; print(sorted({'pandas', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---- cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT, "", "  "])
def test_an_empty_cell_is_not_stated(nothing):
    assert told(one(egfr=nothing)).missing == ("egfr",)


def test_whole_numbers_beside_an_empty_cell_are_floats_to_pandas_and_whole_numbers_to_a_profile():
    frame = pd.DataFrame([WHOLE | {"ecog_ps": ecog, "age": 60} for ecog in (2, None)])
    frame["brain_lesions"] = [3, None]
    assert frame["ecog_ps"].dtype == frame["brain_lesions"].dtype == "float64"
    first, second = assess_frame(frame)
    assert first == assess(PatientProfile(**WHOLE | {"ecog_ps": 2, "age": 60, "brain_lesions": 3}))
    assert [item.item for item in second.missing] == ["ecog_ps", "brain_lesions"]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"ecog_ps": 2.5}, "ecog_ps: 2.5 is not a whole number"),
        ({"age": 60.5}, "age: 60.5 is not a whole number"),
        ({"brain_lesions": 0.5}, "brain_lesions: 0.5 is not a count"),
        ({"ecog_ps": float("inf")}, "ecog_ps: inf is not a whole number"),
        ({"ecog_ps": "2"}, "ecog_ps: '2' is text; expected a whole number from 0 to 4; remove the quotation marks"),
        ({"bone_pain": 1}, "bone_pain: 1 is neither yes nor no"),
        ({"bone_pain": 1.0}, "bone_pain: 1.0 is neither yes nor no"),
        ({"ecog_ps": True}, "ecog_ps: true is not a whole number"),
        ({"metastatic_sites": "bone"}, "metastatic_sites: 'bone' is not a list"),
        ({"metastatic_sites": "[bone, livr]"}, "metastatic_sites[1]: 'livr' is not a known word"),
        ({"metastatic_sites": "[bone"}, "metastatic_sites: '[bone' is not a list"),
        ({"egfr": "L85R"}, "egfr: 'L85R' is not understood"),
        ({"contraindications": ["platinum"], "contraindications_excluded": ["platinum"]},
         "contraindications_excluded: platinum stands in contraindications as well"),
    ],
)  # fmt: skip
def test_a_cell_that_a_profile_refuses_refuses_its_row(cells, message):
    result = assess_frame(frame_of([WHOLE | cells, WHOLE]))
    assert list(result.frame["status"]) == ["error", "documented"]
    assert told(result).error.startswith(message)
    assert (told(result).options, told(result).missing) == ((), ())


def test_everything_wrong_in_a_row_is_told_in_the_order_of_the_fields():
    lines = told(one(age=300, histology="squamos", symptoms=["seizure"])).error.split("\n")
    assert [line.partition(":")[0] for line in lines] == ["histology", "age"]


@pytest.mark.parametrize("dtype", ["Int64", "int8", "Float64", "category", "object"])
def test_numbers_of_any_column_type_are_read(dtype):
    frame = pd.DataFrame([WHOLE, WHOLE])
    frame["ecog_ps"] = pd.Series([2, 3]).astype(dtype)
    expected = [assess(PatientProfile(**WHOLE | {"ecog_ps": ecog})) for ecog in (2, 3)]
    assert list(assess_frame(frame)) == expected


@pytest.mark.parametrize("dtype", ["bool", "boolean", "category", "object"])
def test_a_yes_and_a_no_of_any_column_type_are_read(dtype):
    frame = pd.DataFrame([WHOLE, WHOLE])
    frame["prior_systemic_therapy"] = pd.Series([True, False]).astype(dtype)
    assert list(assess_frame(frame).frame["reason"]) == ["out_of_scope", None]


def test_values_that_are_equal_to_python_are_not_one_cell():
    # 1, 1.0 and True are equal and hash alike; only the yes answers the question.
    frame = frame_of([WHOLE | {"bone_pain": cell} for cell in (1, True, 1.0)])
    assert list(assess_frame(frame).frame["status"]) == ["error", "documented", "error"]


def test_lists_and_objects_stand_in_cells_or_as_text():
    cells = {"metastatic_sites": ["bone", "liver"], "metastasis_counts": {"liver": 2},
             "calcium": {"value": 3.1, "unit": "mmol/L"}, "egfr": ["L858R", "T790M"], "symptoms": ["seizure"]}  # fmt: skip
    written = {name: json.dumps(value) for name, value in cells.items()}
    in_numpy = cells | {"metastatic_sites": pd.Series(["bone", "liver"]).to_numpy()}
    expected = assess(PatientProfile(**WHOLE | cells))
    assert [answer == expected for answer in assess_frame(frame_of([WHOLE | c for c in (cells, written, in_numpy)]))] == [
        True, True, True,
    ]  # fmt: skip


def test_an_object_that_cannot_be_printed_refuses_its_row_only():
    class Broken:
        def __repr__(self):
            raise RuntimeError

    assert list(assess_frame(frame_of([WHOLE | {"age": Broken()}, WHOLE])).frame["status"]) == [
        "error",
        "documented",
    ]


# ---- the question --------------------------------------------------------------------------------


def test_a_day_for_all_rows_is_that_of_assess():
    day = date(2017, 1, 1)
    assert assess_frame(frame_of([WHOLE]), as_of=day, jurisdiction="eu").explain(0) == assess(
        PatientProfile(**WHOLE), as_of=day, jurisdiction="eu"
    )


def test_days_are_dates_iso_texts_or_time_stamps_at_midnight():
    frame = frame_of([WHOLE] * 3)
    frame["seen"] = [date(2017, 1, 1), "2017-01-01", pd.Timestamp("2017-01-01")]
    assert set(assess_frame(frame, as_of="seen").frame["as_of"]) == {date(2017, 1, 1)}
    frame["seen"] = pd.to_datetime(["2017-01-01"] * 3)
    assert set(assess_frame(frame, as_of="seen").frame["as_of"]) == {date(2017, 1, 1)}


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (
            None,
            "as_of: no day is stated; expected a day such as 2014-06-01; every row asks about its own day",
        ),
        (pd.NaT, "as_of: no day is stated"),
        ("2017", "as_of: '2017' is not a day"),
        (datetime(2017, 1, 1, 12), "as_of: datetime.datetime(2017, 1, 1, 12, 0) is not a day"),  # noqa: DTZ001  -- that is the point
        (
            pd.Timestamp("2017-01-01", tz="UTC"),
            "as_of: Timestamp('2017-01-01 00:00:00+0000', tz='UTC') is not a day",
        ),
        (1483228800, "as_of: 1483228800 is not a day"),
    ],
)
def test_a_row_without_a_day_is_refused_by_itself_and_keeps_its_alerts(cell, message):
    frame = frame_of([WHOLE | {"symptoms": "seizure"}, WHOLE])
    frame["seen"] = pd.Series([cell, date(2017, 1, 1)], dtype="object")
    result = assess_frame(frame, as_of="seen")
    assert list(result.frame["status"]) == ["error", "documented"]
    assert told(result).error.startswith(message)
    assert told(result).alerts == ("seizure",)
    with pytest.raises(QuestionError) as caught:
        result.explain(0)
    assert [alert.id for alert in caught.value.alerts] == ["seizure"]


def test_a_place_of_its_own_is_read_as_assess_reads_it():
    frame = frame_of([WHOLE] * 4)
    frame["where"] = ["us", "eu", "uk", None]
    result = assess_frame(frame, jurisdiction="where")
    assert list(result.frame["status"]) == ["documented", "documented", "error", "error"]
    assert (
        result.frame["error"]
        .iloc[2]
        .startswith("jurisdiction: 'uk' is not known; expected one of us, eu, ca")
    )
    assert result.frame["error"].iloc[3] == "jurisdiction: no place is stated; expected one of us, eu, ca"


def test_a_row_with_a_bad_cell_and_a_bad_day_tells_both():
    frame = frame_of([WHOLE | {"ecog_ps": 9}])
    frame["seen"] = ["yesterday"]
    assert told(assess_frame(frame, as_of="seen")).error.split("\n") == [
        "ecog_ps: 9 is out of range; expected a whole number from 0 to 4",
        "as_of: 'yesterday' is not a day; expected a day such as 2014-06-01; every row asks about its own day",
    ]


# ---- what refuses the run ------------------------------------------------------------------------

REFUSED = [
    ({"hystology": "squamous"}, {}, "column 'hystology': this is not a field; expected a field of the profile; did you mean histology?"),
    ({"TPS": 5}, {}, "column 'TPS': this is not a field; expected a field of the profile; did you mean pd_l1_tps?"),
    ({"patient": 5}, {}, "column 'patient': this is not a field; expected a field of the profile"),
    ({0: 5}, {}, "column 0: this is not a field"),
    ({}, {"as_of": "seen"}, "as_of: 'seen' is not a column of the frame; expected a datetime.date, nothing, or the name of a column"),
    ({}, {"as_of": "age"}, "as_of: 'age' is not a column of the frame"),
    ({"age": 60}, {"as_of": "age"}, "age: this is a field of the profile, and cannot hold the question"),
    ({}, {"as_of": datetime(2017, 1, 1)}, "as_of: datetime.datetime(2017, 1, 1, 0, 0) is not a day"),  # noqa: DTZ001  -- that is the point
    ({}, {"jurisdiction": "uk"}, "jurisdiction: 'uk' is not known; expected one of us, eu, ca, or the name of a column"),
    ({}, {"panel": "cor"}, "panel: 'cor' is not known; expected one of core, comprehensive; did you mean core?"),
    ({}, {"engine": "magic"}, "engine: 'magic' is not known"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "question", "message"), REFUSED)
def test_a_mistake_that_concerns_every_row_refuses_the_run_and_keeps_the_alerts(cells, question, message):
    frame = frame_of([WHOLE | cells, WHOLE | cells | {"symptoms": ["seizure"]}])
    with pytest.raises((ProfileError, QuestionError)) as caught:
        assess_frame(frame, **question)
    assert str(caught.value.problems[0]).startswith(message)
    assert [alert.id for alert in caught.value.alerts] == ["seizure"]


def test_all_mistakes_of_a_run_are_told():
    frame = frame_of([WHOLE | {"hystology": 1, "TPS": 1}])
    with pytest.raises(QuestionError) as caught:
        assess_frame(frame, panel="cor", jurisdiction="uk")
    assert [problem.place for problem in caught.value.problems] == [
        "column 'hystology'",
        "column 'TPS'",
        "panel",
        "jurisdiction",
    ]


def test_a_misspelt_column_and_a_bad_cell_hide_no_emergency():
    frame = frame_of(
        [
            WHOLE | {"symptom": "leg weakness"},
            WHOLE | {"remarks": "had a seizure"},
            WHOLE | {"symptoms": [["jaundice"]]},
        ]
    )
    with pytest.raises(ProfileError) as caught:
        assess_frame(frame)
    alone = {
        alert.id
        for text in ("leg weakness", "seizure", "jaundice")
        for alert in assess(PatientProfile(symptoms=[text])).alerts
    }
    assert {alert.id for alert in caught.value.alerts} == alone


def test_a_column_that_stands_twice_refuses_the_run():
    frame = frame_of([WHOLE])
    frame = pd.concat([frame, frame[["egfr"]]], axis=1)
    with pytest.raises(ProfileError, match="'egfr': this column stands twice; expected each column once"):
        assess_frame(frame)


def test_what_is_no_frame_is_refused():
    with pytest.raises(ProfileError, match="df: 'list' is no DataFrame; expected a pandas DataFrame"):
        assess_frame([WHOLE])
