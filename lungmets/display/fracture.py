"""A score of fracture risk as an outline. Text and Markdown are drawn from it.

>>> from lungmets.fractures import fracture_risk
>>> found = fracture_risk(site="upper_limb", pain="mild", lesion="blastic", size="below_one_third")
>>> [section.title for section in fracture_outline(found)][:2]
['Mirels score: 4 of 12', 'What the source says']
"""

from __future__ import annotations

from lungmets.assessment import Remark
from lungmets.display.bibliography import Sources
from lungmets.display.entries import Entry, Section
from lungmets.display.local import LocalParts
from lungmets.display.outline import bibliography
from lungmets.fractures import FractureRisk


def fracture_outline(found: FractureRisk) -> list[Section]:
    """The score with its points, what the source says of it, and its limits."""
    sources = Sources(LocalParts(found.knowledge))

    def said(remark: Remark) -> Entry:
        return Entry("", remark.text + sources.cite(remark.citations, remark.rule))

    points = tuple(
        Entry(each.feature, f"{each.word.replace('_', ' ')}: {each.points}") for each in found.points
    )
    stamp = Entry("", f"knowledge {found.knowledge.version} ({found.knowledge.digest[:12]})")
    return [
        Section(f"{found.name}: {found.score} of {found.highest}", (stamp, *points), "main"),
        Section("What the source says", (said(found.says), said(found.risk)), "main"),
        Section("Limits", tuple(map(said, found.limits)), "main"),
        bibliography(sources),
        Section("Notice", (Entry("", found.notice),), "aside"),
    ]
