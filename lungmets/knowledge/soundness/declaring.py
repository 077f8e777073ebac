"""Reading ``declared.yaml``: the findings that are right, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from lungmets.documents import read_file
from lungmets.errors import KnowledgeError, Problem
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.content import conditional_records, record_id
from lungmets.knowledge.loading import DECLARED as FILE
from lungmets.knowledge.schema.declared import Declared
from lungmets.knowledge.shape import explain
from lungmets.knowledge.soundness.company import families
from lungmets.nomenclature import nearest_words


def read_declared(folder: Path, base: KnowledgeBase) -> Declared:
    """What a knowledge folder declares; nothing where it has no such file.

    Raises:
        KnowledgeError: the file cannot be read, or names what the knowledge does not have.
    """
    path = folder / FILE
    if not path.exists():
        return Declared()
    _, document = read_file(path)
    if document.problems:
        raise KnowledgeError(
            Problem(problem.place.replace("line ", f"{FILE}:") or FILE, problem.what, problem.expected)
            for problem in document.problems
        )
    try:
        declared = TypeAdapter(Declared).validate_python(document.data)
    except ValidationError as error:
        raise KnowledgeError(explain(error, FILE, document)) from None
    problems = list(_strangers(declared, base, document.line))
    if problems:
        raise KnowledgeError(problems)
    return declared


def _strangers(declared: Declared, base: KnowledgeBase, line: Callable[..., int]) -> Iterator[Problem]:
    """Names that lead nowhere."""
    known = families(base.content)
    told = {record.id for record in base.content.conflicts}
    records = {record_id(record) for record in conditional_records(base.content)}
    for number, relation in enumerate(declared.relations):
        place = f"{FILE}:{line('relations', number)} ({relation.id})"
        for name in (*relation.families, *relation.beside):
            if name not in known:
                expected = "the first word of some row's id"
                yield Problem(
                    place, f"there is no family {name!r}", expected, nearest=nearest_words(name, known)
                )
        if relation.told_by is not None and relation.told_by not in told:
            nearest = nearest_words(relation.told_by, told)
            yield Problem(
                place,
                f"there is no conflict {relation.told_by!r}",
                "an id of conflicts.yaml",
                nearest=nearest,
            )
    for number, accepted in enumerate(declared.accepted):
        place = f"{FILE}:{line('accepted', number)} ({accepted.id})"
        for name in accepted.records:
            if name not in records and name not in {record.partition(".")[0] for record in records}:
                nearest = nearest_words(name, records)
                expected = "the id of a row or rule, or the first word of some"
                yield Problem(place, f"there is no record {name!r}", expected, nearest=nearest)
