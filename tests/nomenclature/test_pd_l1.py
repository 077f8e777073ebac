"""PD-L1: the tumour proportion score, as a value or as a bound."""

import pytest

from lungmets.nomenclature import NotUnderstood, read_pd_l1
from lungmets.vocabulary import PdL1Assay, ResultStatus

# fmt: off
MEASURED = [
    # text                              low    high   low_open  high_open
    ("60",                              60,    60,    False,    False),
    ("60%",                             60,    60,    False,    False),
    ("60 %",                            60,    60,    False,    False),
    ("60 percent",                      60,    60,    False,    False),
    ("60%.",                            60,    60,    False,    False),
    ("0",                               0,     0,     False,    False),
    ("100",                             100,   100,   False,    False),
    ("62.5%",                           62.5,  62.5,  False,    False),
    ("TPS 60 %",                        60,    60,    False,    False),
    ("TPS of 60%",                      60,    60,    False,    False),
    ("TPS=60",                          60,    60,    False,    False),
    ("60% TPS",                         60,    60,    False,    False),
    ("60 (TPS)",                        60,    60,    False,    False),
    ("PD-L1 TPS 75%",                   75,    75,    False,    False),
    ("PD-L1 tumour proportion score: 75%", 75, 75,    False,    False),
    ("<1",                              0,     1,     False,    True),
    ("TPS: <1%",                        0,     1,     False,    True),
    ("less than 1%",                    0,     1,     False,    True),
    ("<=49",                            0,     49,    False,    False),
    ("≤49%",                            0,     49,    False,    False),
    (">=50",                            50,    100,   False,    False),
    ("≥50 %",                           50,    100,   False,    False),
    ("≥ 50",                            50,    100,   False,    False),
    ("at least 50%",                    50,    100,   False,    False),
    ("50% or more",                     50,    100,   False,    False),
    ("greater than or equal to 50%",    50,    100,   False,    False),
    (">50",                             50,    100,   True,     False),
    ("more than 50%",                   50,    100,   True,     False),
    ("1-49",                            1,     49,    False,    False),
    ("1–49%",                           1,     49,    False,    False),
    ("1%-49%",                          1,     49,    False,    False),
    ("1 - 49 %",                        1,     49,    False,    False),
    ("1 to 49 %",                       1,     49,    False,    False),
    ("between 1 and 49%",               1,     49,    False,    False),
    ("≥1-49%",                          1,     49,    False,    False),
    (">=1 and <50%",                    1,     50,    False,    True),
    ("1-<50%",                          1,     50,    False,    True),
]

ASSAYS = [
    ("22C3: 60%",                           PdL1Assay.CLONE_22C3),
    ("PD-L1 IHC 22C3 pharmDx: TPS = 60%",   PdL1Assay.CLONE_22C3),
    ("Dako 22C3 pharmDx TPS 60%",           PdL1Assay.CLONE_22C3),
    ("60% (28-8)",                          PdL1Assay.CLONE_28_8),
    ("28-8: 60%",                           PdL1Assay.CLONE_28_8),
    ("28-8 60%",                            PdL1Assay.CLONE_28_8),
    ("TPS 60% (SP263)",                     PdL1Assay.SP263),
    ("clone SP142: 60 %",                   PdL1Assay.SP142),
    ("60",                                  None),
]

NOT_MEASURED = [
    ("not tested",                          ResultStatus.NOT_TESTED),
    ("not_tested",                          ResultStatus.NOT_TESTED),
    ("PD-L1 pending",                       ResultStatus.PENDING),
    ("pending (22C3)",                      ResultStatus.PENDING),
    ("insufficient tumour cells",           None),   # "tumour cells" names another score
    ("QNS",                                 ResultStatus.INADEQUATE),
    ("insufficient tissue",                 ResultStatus.INADEQUATE),
    ("indeterminate",                       ResultStatus.INDETERMINATE),
]

REFUSED = [
    ("CPS 10",                  "CPS is not TPS"),
    ("TPS 60%, CPS 70",         "CPS is not TPS"),
    ("combined positive score 5", "CPS is not TPS"),
    ("IC2",                     "not a TPS"),
    ("IC 10%",                  "not a TPS"),
    ("TC3",                     "not a TPS"),
    ("TC 60%",                  "not a TPS"),
    ("high",                    "no number"),
    ("low",                     "no number"),
    ("positive",                "no number"),
    ("negative",                "no number"),
    ("expressed",               "no number"),
    ("no expression",           "no number"),
    ("101",                     "between 0 and 100"),
    ("100.5",                   "between 0 and 100"),
    ("-1",                      "between 0 and 100"),
    ("\u22121",                      "between 0 and 100"),
    ("1-200",                   "between 0 and 100"),
    ("<101",                    "between 0 and 100"),
    ("50-1",                    "runs backwards"),
    ("28-8%",                   "runs backwards"),
    ("<0",                      "no score fits"),
    (">100",                    "no score fits"),
    ("1 and 49",                "joined by 'and'"),
    ("62,5%",                   "takes a point"),
    ("~60%",                    "approximate"),
    ("approximately 60",        "approximate"),
    ("6O",                      "'6o' is no number"),
    ("60 percentt",             "is no number"),
    ("060",                     "is no number"),
    ("5²",                      "is no number"),
    ("٦٠",                      "is no number"),
    ("1e2",                     "is no number"),
    ("60-",                     "is no number"),
    ("60 70",                   "is no number"),
    ("60 %%",                   "is no number"),
    ("\x0150",                  "is no number"),
    ("60 (E1L3N)",              "is no number"),
    ("nan",                     "more than one sense"),
    ("none",                    "more than one sense"),
    ("28-8",                    "no score in it"),
    ("22C3",                    "no score in it"),
    ("PD-L1",                   "no score in it"),
    ("",                        "empty"),
    ("22C3 28-8 60%",           "two clones"),
]
# fmt: on


@pytest.mark.parametrize(("text", "low", "high", "low_open", "high_open"), MEASURED)
def test_a_score_is_an_interval(text, low, high, low_open, high_open):
    reading = read_pd_l1(text)
    assert reading.status is None
    assert (reading.low, reading.high) == (low, high)
    assert (reading.low_open, reading.high_open) == (low_open, high_open)


@pytest.mark.parametrize(("text", "assay"), ASSAYS)
def test_the_clone_is_kept_and_is_no_range(text, assay):
    reading = read_pd_l1(text)
    assert reading.assay is assay
    assert (reading.low, reading.high) == (60, 60)


@pytest.mark.parametrize(("text", "status"), NOT_MEASURED)
def test_what_was_not_measured_excludes_nothing(text, status):
    if status is None:
        with pytest.raises(NotUnderstood):
            read_pd_l1(text)
        return
    reading = read_pd_l1(text)
    assert reading.status is status
    assert (reading.low, reading.high) == (0, 100)
    assert not reading.low_open
    assert not reading.high_open


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_nothing_is_guessed(text, reason):
    with pytest.raises(NotUnderstood) as refused:
        read_pd_l1(text)
    assert reason in refused.value.why
