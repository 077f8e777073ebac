"""How a metastasis of a long bone is scored for the risk of a fracture. The points stand in ``knowledge/``.

It is a score with known limits, and no advice: what it says, and what it misses, comes with its sources.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic_core import PydanticCustomError

from lungmets.assessment import KnowledgeStamp, Remark
from lungmets.errors import Problem, QuestionError
from lungmets.intake import as_word
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.knowledge.schema.fractures import (
    FEATURES,
    BoneLesion,
    BonePain,
    BoneSite,
    FractureTable,
    LesionSize,
)
from lungmets.results import Closed
from lungmets.vocabulary import Jurisdiction


class FeaturePoints(Closed):
    """One feature of the lesion, the word that was given for it, and its points."""

    feature: str
    word: str
    points: int


class FractureRisk(Closed):
    """A score, what its source says of it, and its limits.

    ``score`` lies from ``lowest`` to ``highest``; ``band`` is the id of the band of the score, ``says``
    what the source concludes for it and ``risk`` how often such bones broke there. ``limits`` belong to
    every score.
    """

    name: str
    score: int
    lowest: int
    highest: int
    points: tuple[FeaturePoints, ...]
    band: str
    says: Remark
    risk: Remark
    limits: tuple[Remark, ...]
    knowledge: KnowledgeStamp
    notice: str


def fracture_risk(
    *,
    site: BoneSite | str,
    pain: BonePain | str,
    lesion: BoneLesion | str,
    size: LesionSize | str,
    knowledge: KnowledgeBase | None = None,
) -> FractureRisk:
    """The score of fracture risk of one metastasis in a long bone.

    Args:
        site: ``upper_limb``, ``lower_limb`` or ``peritrochanteric``.
        pain: ``mild``, ``moderate`` or ``functional`` (pain on use).
        lesion: ``blastic``, ``mixed`` or ``lytic``.
        size: the part of the bone that it takes: ``below_one_third``, ``one_to_two_thirds`` or
            ``above_two_thirds``.
        knowledge: another knowledge base; ``None`` is the one that comes with the library.

    Returns:
        The score with its band, what the source says of it, its limits, and the citations of each.

    Raises:
        QuestionError: a word that does not exist, each with the nearest one; or a knowledge base
            without such a table.

    >>> found = fracture_risk(site="lower_limb", pain="functional", lesion="lytic", size="one_to_two_thirds")
    >>> found.score, found.highest, found.band
    (10, 12, 'fixation')
    """
    base = knowledge or shipped()
    table = base.content.fracture_risk
    if table is None:
        what = f"this knowledge ({base.version}) holds no table of fracture risk"
        raise QuestionError([Problem("knowledge", what, "a folder with fracture_risk.yaml")])
    words = _words(table, {"site": site, "pain": pain, "lesion": lesion, "size": size})
    points = tuple(
        FeaturePoints(feature=feature, word=word.value, points=table.points[feature][word.value])
        for feature, word in words.items()
    )
    score = sum(each.points for each in points)
    band = next(each for each in table.bands if each.least <= score <= each.most)
    release = base.content.release
    view = base.view(Jurisdiction.US, release.as_of)

    def remark(name: str, text: str, by: tuple[str, ...]) -> Remark:
        cited = view.cite(by)
        return Remark(id=name, text=text, citations=cited, rule=None if cited else release.safety_rule)

    return FractureRisk(
        name=table.name,
        score=score,
        lowest=table.bands[0].least,
        highest=table.bands[-1].most,
        points=points,
        band=band.id,
        says=remark(f"{table.id}/{band.id}", band.says, band.by),
        risk=remark(f"{table.id}/{band.id}", band.risk, band.by),
        limits=(
            remark(table.id, table.not_for, table.by),
            *(remark(f"{table.id}/{limit.id}", limit.says, limit.by) for limit in table.limits),
        ),
        knowledge=view.stamp,
        notice=release.notice,
    )


def _words(table: FractureTable, given: dict[str, object]) -> dict[str, StrEnum]:
    """The words of the features, or every one that does not exist."""
    found: dict[str, StrEnum] = {}
    problems = []
    for feature, vocabulary in FEATURES.items():
        try:
            found[feature] = as_word(vocabulary, given[feature])
        except PydanticCustomError as error:
            told = error.context or {}
            why = table.not_for if feature == "site" else ""
            problems.append(
                Problem(feature, told["what"], told["expected"], why, told["do"], tuple(told["nearest"]))
            )
    if problems:
        raise QuestionError(problems)
    return found
