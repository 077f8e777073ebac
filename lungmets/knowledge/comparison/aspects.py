"""In which respect a record changed when one of its fields did.

>>> aspect_of(RecordKind.ROW, "documented[0].from"), aspect_of(RecordKind.ROW, "option")
(<Aspect.DATES: 'dates'>, <Aspect.OPTION: 'option'>)
>>> aspect_of(RecordKind.GUARDRAIL, "reason"), aspect_of(RecordKind.SCOPE_RULE, "reason")
(<Aspect.WORDS: 'words'>, <Aspect.STANDING: 'standing'>)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lungmets.knowledge.comparison.models import Aspect, RecordKind

_BY_ASPECT: Mapping[Aspect, str] = {
    Aspect.DATES: "from until in published ended as_of before begins documented asked year dated",
    Aspect.CITATIONS: "by decided_by no_figures populations doi pmid nct url",
    Aspect.CONDITION: "when unless two_of words phrases no_answer status specimen assay unknown lacks",
    Aspect.OPTION: "option domain withholds while_documented on replaces with options regimen classes",
    Aspect.STANDING: (
        "preferred line basis approval off_label unresolved stays kind urgency default_urgency panels verdict"
    ),
    Aspect.WORDS: (
        "says asks note reason certain text finding action why test name questions assumed statement title "
        "authors journal about not_carried found not_possible risk not_for"
    ),
    Aspect.REVIEW: "review_by",
}
_ASPECTS = {field: aspect for aspect, fields in _BY_ASPECT.items() for field in fields.split()}

_OTHERWISE: Mapping[tuple[RecordKind, str], Aspect] = {
    (RecordKind.SCOPE_RULE, "reason"): Aspect.STANDING,
    (RecordKind.NEXT_STEP, "on"): Aspect.STANDING,
    (RecordKind.QUESTION, "on"): Aspect.STANDING,
    (RecordKind.QUESTION, "words"): Aspect.WORDS,
    (RecordKind.SEARCH_WORDS, "condition"): Aspect.WORDS,
    (RecordKind.SEARCH_WORDS, "term"): Aspect.WORDS,
    (RecordKind.SOURCE, "kind"): Aspect.OTHER,
    (RecordKind.SOURCE, "approval"): Aspect.OTHER,
    (RecordKind.CONFLICT, "questions"): Aspect.WORDS,
    (RecordKind.CLAIM, "kind"): Aspect.OTHER,
    (RecordKind.CLAIM, "on"): Aspect.DATES,
}
"""Fields that mean something else in one kind of record."""


def aspect_of(kind: RecordKind, path: str) -> Aspect:
    """The aspect of a field, by the last known word of its path: ``documented[0].from`` is a date.

    A selector of options is one thing, whatever changed inside it.
    """
    first, *rest = re.sub(r"\[\d+\]", "", path).split(".")
    if _ASPECTS.get(first) is Aspect.OPTION and (kind, first) not in _OTHERWISE:
        return Aspect.OPTION
    if first == "figures":
        return Aspect.OTHER
    for word in reversed([first, *rest]):
        found = _OTHERWISE.get((kind, word)) or _ASPECTS.get(word)
        if found is not None:
            return found
    return Aspect.OTHER
