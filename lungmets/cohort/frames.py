"""From a DataFrame to the answers of its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from lungmets.assessment import Alert
from lungmets.cohort.blocks import blocks_of
from lungmets.cohort.cells import read_column
from lungmets.cohort.questions import NO_QUESTIONS, questions_of
from lungmets.cohort.result import COLUMNS, CohortAssessment
from lungmets.cohort.rows import Rows
from lungmets.engine.alerting import alerts_in_text
from lungmets.errors import Problem, ProfileError, QuestionError, shown
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.profile import FIELDS
from lungmets.question import words_of
from lungmets.salvage import merged, stranger
from lungmets.vocabulary import Engine, Jurisdiction, Panel

if TYPE_CHECKING:
    import pandas as pd


def assess_frame(
    df: pd.DataFrame,
    *,
    as_of: date | str | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
    engine: Engine | str = Engine.BITMAP,
) -> CohortAssessment:
    """What is documented for every row of a frame, or why nothing is listed for it.

    Args:
        df: a row for each patient; the columns are fields of a profile. An empty cell is not stated. Sets
            and objects are lists and dictionaries, or texts such as ``[bone, liver]``. What identifies a
            row belongs into the index.
        as_of: the day of the question, or the name of the column that holds each row's own day; ``None``
            is the day of the knowledge release.
        jurisdiction: ``us``, ``eu`` or ``ca``, or the name of the column that holds each row's own place.
        panel: what must be answered first: ``core`` or ``comprehensive``.
        knowledge: another knowledge base; ``None`` is the one that comes with the library.
        engine: which matcher is used; every one gives the same answer.

    Returns:
        One answer a row, in the order of the frame. A row with a cell that cannot be read has the status
        ``error``, with its message and the alerts of the rest; the other rows are answered.

    Raises:
        ProfileError: a column is no field of a profile, or stands twice. The error carries the alerts of
            all rows.
        QuestionError: a day, a place, a panel or an engine that does not exist; with the same alerts.

    >>> import pandas as pd
    >>> found = assess_frame(pd.DataFrame({"histology": ["squamous", "squamos"], "ecog_ps": [1, None]}))
    >>> found.frame["status"].tolist(), found.explain(0).missing[0].item
    (['refused', 'error'], 'egfr')
    """
    import pandas as pd

    given: object = df
    if not isinstance(given, pd.DataFrame):
        what = f"{shown(type(given).__name__)} is no DataFrame"
        raise ProfileError([Problem("df", what, "a pandas DataFrame, one row for each patient")])
    base = knowledge or shipped()
    problems: list[Problem] = []
    questions = NO_QUESTIONS
    asked = Panel.CORE
    try:
        _, asked, engine = words_of(Jurisdiction.US, panel, engine)
    except QuestionError as error:
        problems += error.problems
    try:
        questions = questions_of(df, as_of, jurisdiction, base)
    except QuestionError as error:
        problems += error.problems
    beside = {name for name in (as_of, jurisdiction) if isinstance(name, str)} | questions.columns
    strange = list(_strangers(df, beside))
    if problems or strange:
        kind = QuestionError if problems else ProfileError
        raise kind([*strange, *problems], _alerts_of_all(df, strange))
    columns = {str(name): read_column(df[name], str(name)) for name in df.columns if name not in beside}
    rows = Rows(len(df), blocks_of(columns, base), questions, asked, base, Engine(engine))
    # An object column keeps None and tuples as they are, whatever pandas makes of texts.
    found = {name: pd.Series(cells, dtype="object", index=df.index) for name, cells in rows.columns().items()}
    return CohortAssessment(pd.DataFrame(found, index=df.index, columns=list(COLUMNS)), rows.answer)


def _strangers(df: pd.DataFrame, beside: Collection[str]) -> Iterator[Problem]:
    """Columns that are no field, or stand twice; and fields that were to hold the question."""
    once = "each column once"
    for name, twice in zip(df.columns, df.columns.duplicated(), strict=True):
        if twice:
            yield Problem(shown(name), "this column stands twice", once, path=(str(name),))
        elif name in FIELDS and name in beside:
            what = "this is a field of the profile, and cannot hold the question"
            yield Problem(name, what, "a column of its own for the day or the place", path=(name,))
        elif name not in FIELDS and name not in beside:
            found = stranger(str(name), (str(name),))
            do = found.do or "what identifies a row belongs into the index"
            yield replace(found, place=f"column {shown(name)}", do=do)


def _alerts_of_all(df: pd.DataFrame, strange: list[Problem]) -> tuple[Alert, ...]:
    """The alerts of all rows of a frame that is refused; a misspelt column counts as the nearest field."""
    base = shipped()
    view = base.view(Jurisdiction.US, base.content.release.as_of)
    first = df.loc[:, ~df.columns.duplicated()]
    columns = {name: read_column(first[name], name) for name in first.columns if name in FIELDS}
    texts: list[str] = []
    for problem in strange:
        if not problem.nearest or not problem.path or problem.nearest[0] in columns:
            continue
        for name in first.columns:
            if str(name) == problem.path[0]:
                columns[problem.nearest[0]] = read_column(first[name], problem.nearest[0])
    for name in first.columns:
        if name not in FIELDS:
            texts += {cell for cell in first[name].tolist() if isinstance(cell, str)}
    rows = Rows(len(df), blocks_of(columns, base), NO_QUESTIONS, Panel.CORE, base, Engine.BITMAP)
    return merged(alerts_in_text(view, " / ".join(sorted(texts))), rows.all_alerts())
