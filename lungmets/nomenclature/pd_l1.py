"""PD-L1: the tumour proportion score (TPS), as a value or as the bound that a report gives.

Conventions
-----------
* The TPS is a percentage from 0 to 100. "<1" is read as 0 up to, but not including, 1; "1-49" has
  both its ends; "≥50" and "at least 50 %" include 50, ">50" does not.
* CPS, IC and TC are other scores of other cells or other rules: they are not a TPS, even where the
  number would be the same, and they are refused by name.
* "High", "low", "positive" and "negative" have no number: each means something else in each trial.
* An approximate value ("about 60") is refused: whoever writes it down must choose the value.
* The antibody clone may be named. The clone 28-8 is not taken for a range that runs backwards.
* Decimals take a point. "62,5" could be two numbers.

>>> understood("28-8: tps 1-49 %")
PdL1Reading(status=None, low=1.0, high=49.0, low_open=False, high_open=False, \
assay=<PdL1Assay.CLONE_28_8: '28-8'>)
"""

from __future__ import annotations

import re
from functools import lru_cache

from lungmets.nomenclature.not_understood import UnreadableError, nearest_words, shown
from lungmets.nomenclature.readings import PdL1Reading
from lungmets.nomenclature.status import AMBIGUOUS, no_answer, phrase
from lungmets.vocabulary import PdL1Assay, ResultStatus

EXPECTED = (
    "a tumour proportion score in percent from 0 to 100, as a value (60), a bound (<1, >=50) or a"
    " range (1-49), or not_tested, pending, inadequate, indeterminate."
)

_HIGHEST = 100.0

_OTHER_SCORES = (
    ("cps|combined positive score", "CPS is not TPS: it counts immune cells in."),
    ("ic ?[0-3]?|tc ?[0-3]|immune cells?", "an IC or TC score is not a TPS; give the TPS."),
    ("tc|tumou?r cells?", "a TC score is not a TPS; give the TPS."),
)
_NO_NUMBER = (
    "(?:very )?(?:high|low|strong|weak|moderate)|positive|negative|pos|neg"
    "|(?:not )?express(?:ed|ion|ing)|over~express(?:ed|ion)"
    "|present|absent|detected|not detected|no expression"
)
_ROUGH = r"~|about|approx(?:imately|\.)?|circa|ca\.?|around|roughly|estimated"

_ASSAY = (
    r"(?:(?:dako|agilent|ventana|clone|assay|antibody) ?)*"
    r"(?<![0-9.<>=-])(?P<clone>22c3|28-8|sp ?142|sp ?263)(?![0-9.%]| ?%)"
    r"(?: ?(?:pharmdx|clone|assay|antibody))*"
)
_NAME = r"(?:pd-?l1|tps|tumou?r proportion score|ihc|score|immunohistochemistry)"


_AT_LEAST = frozenset({">=", "at least", "from", "no less than", "greater than or equal to"})
_AT_MOST = frozenset({"<=", "at most", "up to", "no more than", "less than or equal to"})
_ABOVE = frozenset({">", "more than", "greater than", "over", "above"})
_BELOW = frozenset({"<", "less than", "below", "under"})


@lru_cache(maxsize=1)
def _value() -> re.Pattern[str]:
    number = r"(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,6})?"
    percent = r"(?: ?(?:%|percent|per cent))?"
    low, high = (
        "|".join(sorted(_AT_LEAST | _ABOVE)[::-1]),
        "|".join(sorted(_AT_MOST | _BELOW)[::-1]),
    )
    or_more = r"or (?:more|greater|higher|above)|and (?:above|over|higher)"
    return re.compile(
        rf"(?:(?P<point>{number}){percent}"
        rf"|(?P<bound>{low}|{high}) ?(?P<edge>{number}){percent}"
        rf"|(?P<edge_up>{number}){percent} (?:{or_more})"
        rf"|(?:between )?(?P<low_sign>{low})? ?(?P<low>{number}){percent}"
        rf" ?(?:-|to|and) ?(?P<high_sign>{high})? ?(?P<high>{number}){percent})",
        re.ASCII,
    )


def understood(words: str) -> PdL1Reading:
    """Read a score from a text in one spelling, or raise :class:`UnreadableError`."""
    rest, assay = _without_assay(words)
    _refuse_other_scores(rest)
    if re.search(r"[0-9],[0-9]", rest):
        raise UnreadableError("a decimal takes a point, not a comma.")
    rest = re.sub(rf"(?<![a-z0-9])(?:{_NAME})(?![a-z0-9])", " ", rest)
    rest = re.sub(r"[()\[\]:,;]|(?<![<>])=|(?<![a-z])(?:of|is|was)(?![a-z])", " ", rest)
    rest = " ".join(rest.split())
    if not rest:
        raise UnreadableError("there is no score in it.")
    status = no_answer(rest)
    if status is not None:
        return PdL1Reading(status, 0.0, _HIGHEST, low_open=False, high_open=False, assay=assay)
    match = _value().fullmatch(rest)
    if match is None:
        raise _refusal(rest)
    low, high, low_open, high_open = _interval(match)
    return PdL1Reading(None, low, high, low_open=low_open, high_open=high_open, assay=assay)


def _without_assay(words: str) -> tuple[str, PdL1Assay | None]:
    clones: set[PdL1Assay] = set()

    def take(match: re.Match[str]) -> str:
        clones.add(PdL1Assay(match["clone"].replace(" ", "")))
        return " "

    rest = re.sub(_ASSAY, take, words)
    if len(clones) > 1:
        raise UnreadableError("it names two clones, whose scores are not interchangeable.")
    return rest, next(iter(clones), None)


def _refuse_other_scores(words: str) -> None:
    for name, why in _OTHER_SCORES:
        if re.search(rf"(?<![a-z])(?:{name})(?![a-z])", words):
            raise UnreadableError(why)


def _interval(match: re.Match[str]) -> tuple[float, float, bool, bool]:
    low, high, low_open, high_open = 0.0, _HIGHEST, False, False
    if match["point"]:
        low = high = float(match["point"])
    elif match["edge_up"]:
        low = float(match["edge_up"])
    elif match["edge"]:
        edge, sign = float(match["edge"]), match["bound"]
        if sign in _AT_LEAST | _ABOVE:
            low, low_open = edge, sign in _ABOVE
        else:
            high, high_open = edge, sign in _BELOW
    else:
        low, high = float(match["low"]), float(match["high"])
        low_open, high_open = match["low_sign"] in _ABOVE, match["high_sign"] in _BELOW
        if " and " in match.group() and not (match["low_sign"] or "between" in match.group()):
            raise UnreadableError("two numbers are joined by 'and'; write a range as 1-49.")
    if not (0 <= low <= _HIGHEST and 0 <= high <= _HIGHEST):
        raise UnreadableError("a tumour proportion score lies between 0 and 100 percent.")
    if low > high:
        raise UnreadableError(f"the range runs backwards, from {low:g} to {high:g}.")
    if low == high and (low_open or high_open):
        raise UnreadableError("no score fits this bound.")
    return low, high, low_open, high_open


def _refusal(rest: str) -> UnreadableError:
    if phrase(_NO_NUMBER).fullmatch(rest):
        return UnreadableError(f"'{rest}' has no number; what it means differs between trials.")
    if phrase(AMBIGUOUS).fullmatch(rest):
        return UnreadableError(f"'{rest}' is used in more than one sense; say which is meant.")
    if re.match(_ROUGH, rest):
        return UnreadableError("it is approximate; give the value, a bound or a range.")
    if re.match(r"- ?[0-9]", rest):
        return UnreadableError("a tumour proportion score lies between 0 and 100 percent.")
    statuses = [each.value for each in ResultStatus if each.value not in {"positive", "negative"}]
    nearest = nearest_words(rest, [*statuses, "percent", "at least", "TPS"])
    return UnreadableError(f"'{shown(rest)}' is no number of percent, bound or range.", nearest)
