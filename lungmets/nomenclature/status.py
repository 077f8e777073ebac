"""The words for "there is no answer": they mean the same for every gene and for PD-L1.

In the patterns of this package a space stands for a space, a hyphen or an underscore, and ``~`` for
the same or nothing, so that ``not_tested``, ``not-tested`` and ``not tested`` are one word.

Some words are left out on purpose, because they are used in two senses: "ND" (not done, not
detected), "n/a" (not available, not applicable), "none" (none found, and what Python prints for a
value that is missing), "unknown".

>>> no_answer("awaiting results")
<ResultStatus.PENDING: 'pending'>
>>> no_answer("none") is None
True
"""

from __future__ import annotations

import re
from functools import lru_cache

from lungmets.vocabulary import ResultStatus

_MATERIAL = "(?:sample|specimen|tissue|material|biopsy|dna|rna|quantity|tumou?r cells)"

NO_ANSWER: tuple[tuple[ResultStatus, str], ...] = (
    (ResultStatus.NOT_TESTED, "(?:was |were )?not (?:yet )?(?:tested|done|performed)|untested"),
    (ResultStatus.PENDING, "(?:results? )?(?:is |are )?(?:still )?(?:pending|awaited)"),
    (ResultStatus.PENDING, "awaiting(?: results?)?|in progress"),
    (
        ResultStatus.INADEQUATE,
        f"(?:{_MATERIAL} )?(?:is |was )?(?:inadequate|insufficient)(?: {_MATERIAL})?",
    ),
    (
        ResultStatus.INADEQUATE,
        "(?:sample |specimen |test |assay )?failed|quantity not sufficient|qns",
    ),
    (ResultStatus.INDETERMINATE, "indeterminate|equivocal|no call|inconclusive"),
    (ResultStatus.INDETERMINATE, "uninterpretable|not interpretable"),
)

AMBIGUOUS = "nd|n/?a|none|null|nan|unknown|not available|not applicable"
"""Words in common use that have two senses; they are refused, with that reason."""


def phrase(words: str) -> re.Pattern[str]:
    """Compile a pattern in which a space is any gap and ``~`` an optional one."""
    gaps = words.replace(" ", "[ _-]+").replace("~", "[ _-]?")
    return re.compile(f"(?:{gaps})(?![a-z0-9_])", re.ASCII)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[ResultStatus, re.Pattern[str]], ...]:
    return tuple((status, phrase(words)) for status, words in NO_ANSWER)


def no_answer(text: str) -> ResultStatus | None:
    """Return the status that the whole of a text in lower case names, if it names one."""
    for status, pattern in _patterns():
        if pattern.fullmatch(text):
            return status
    return None
