"""``prognosis``: published figures of populations, shown only where somebody asks for them.

No answer, no question and no explanation carries them. They never describe one patient, and nothing is
computed from them.
"""

from __future__ import annotations

from datetime import date

from lungmets.assessment import Alert, Citation, Evidence
from lungmets.engine.alerting import raise_alerts
from lungmets.engine.encoding import encode
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.profile import PatientProfile
from lungmets.question import day_of, words_of
from lungmets.results import Closed
from lungmets.vocabulary import Engine, Jurisdiction, Panel


class PopulationFigures(Closed):
    """Figures of one population, in the years that are named. ``evidence`` are those of the source."""

    id: str
    population: str
    years: str
    text: str
    evidence: tuple[Evidence, ...]
    citations: tuple[Citation, ...]


class Prognosis(Closed):
    """Figures of populations that share something with the profile, and the warning that belongs to them."""

    alerts: tuple[Alert, ...]
    as_of: date
    jurisdiction: Jurisdiction
    warning: str
    figures: tuple[PopulationFigures, ...]
    notice: str

    def _repr_markdown_(self) -> str:
        from lungmets.display.guidance import of_prognosis
        from lungmets.display.markdown import sections_as_markdown

        return sections_as_markdown(of_prognosis(self))


def prognosis(
    profile: PatientProfile,
    *,
    as_of: date | None = None,
    jurisdiction: Jurisdiction | str = Jurisdiction.US,
    knowledge: KnowledgeBase | None = None,
) -> Prognosis:
    """Published figures of populations, each with its years, its denominator and its source.

    Args:
        profile: what is known of the patient; it decides only which populations are named.
        as_of: the day of which the question is asked; ``None`` is the day of the release.
        jurisdiction: ``us``, ``eu`` or ``ca``; the figures are those of the populations named, wherever.
        knowledge: another knowledge base; ``None`` is the one that comes with the library.

    Raises:
        QuestionError: a jurisdiction or a date that does not exist.

    >>> found = prognosis(PatientProfile(histology="small_cell"))
    >>> found.figures[0].years, found.warning[:44]
    ('diagnosed 2014-2020, and 1998-2011', 'These figures describe groups of people, in ')
    """
    base = knowledge or shipped()
    place, _, _ = words_of(jurisdiction, Panel.CORE, Engine.BITMAP)
    day = day_of(as_of, base)
    view = base.view(place, day)
    certain = view.table.certain(encode(base, profile))
    covered = base.uncovered(place, day) is None
    found = []
    for record in base.content.populations:
        if not (covered and base.bits[record.id] & view.populations & certain):
            continue
        source = base.sources[record.by[0]]
        found.append(
            PopulationFigures(
                id=record.id,
                population=record.population,
                years=record.years,
                text=record.says,
                evidence=tuple(
                    Evidence(source=source.id, **figure.model_dump())
                    for figure in source.figures
                    if figure.population in record.groups
                ),
                citations=view.cite(record.by),
            )
        )
    told = base.content.prognosis
    return Prognosis(
        alerts=raise_alerts(view, profile, certain),
        as_of=day,
        jurisdiction=place,
        warning=told.warning if told is not None else "",
        figures=tuple(found),
        notice=base.content.release.notice,
    )
