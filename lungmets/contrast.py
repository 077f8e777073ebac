"""The same patient under two questions: where the documented options differ, and why.

Two places, or two days: both are the same mechanism, since a row is documented by somebody, somewhere,
from a day until a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from pydantic import Field

from lungmets.assessment import Alert, DocumentedOptions, Option, Refusal
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.nearness import Rows
from lungmets.pipeline import assess
from lungmets.profile import PatientProfile
from lungmets.results import Closed
from lungmets.vocabulary import Basis, Jurisdiction, Panel, Standing


class Whereabouts(StrEnum):
    """Where an option stands in an answer."""

    DOCUMENTED = "documented"
    WITHHELD = "withheld"
    SUPERSEDED = "superseded"
    UNRESOLVED = "unresolved"
    ABSENT = "absent"


class Side(Closed):
    """One of the two questions, and what kind of answer it has; ``why`` explains a refusal."""

    jurisdiction: Jurisdiction
    as_of: date
    status: str
    reason: str | None = None
    why: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.jurisdiction}, {self.as_of}"


class Found(Closed):
    """What one answer says of an option: where it stands, on what, and why.

    ``unverified`` are the sources of it with fields that are not verified, and the names of these.
    """

    whereabouts: Whereabouts
    basis: Basis | None = None
    standing: Standing | None = None
    why: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    unverified: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Difference(Closed):
    """An option of which the two answers say different things."""

    option: str
    name: str
    first: Found
    second: Found


class Contrast(Closed):
    """Two answers beside each other. ``same`` lists the options that stand alike in both."""

    alerts: tuple[Alert, ...]
    first: Side
    second: Side
    differences: tuple[Difference, ...]
    same: tuple[str, ...]
    knowledge: str

    @property
    def differs(self) -> bool:
        """Whether the two answers differ: in kind, in what is missing, or in an option."""
        kinds = (self.first.status, self.first.reason, self.first.missing)
        return bool(self.differences) or kinds != (
            self.second.status,
            self.second.reason,
            self.second.missing,
        )


def contrast(
    profile: PatientProfile,
    *,
    jurisdictions: tuple[Jurisdiction | str, Jurisdiction | str] = (Jurisdiction.US, Jurisdiction.US),
    days: tuple[date | None, date | None] = (None, None),
    panel: Panel | str = Panel.CORE,
    knowledge: KnowledgeBase | None = None,
) -> Contrast:
    """Asks the same of two places, or of two days, and says where the options differ.

    Args:
        profile: the patient.
        jurisdictions: the place of either question.
        days: the day of either question; ``None`` is the day of the release.
        panel: ``core`` or ``comprehensive``.
        knowledge: another knowledge base; ``None`` is the one that comes with the library.

    Raises:
        QuestionError: a place, a panel or a day that does not exist.

    >>> from lungmets import PatientProfile
    >>> profile = PatientProfile(
    ...     histology="adenocarcinoma",
    ...     egfr="exon19del",
    ...     alk="negative",
    ...     ros1="negative",
    ...     kras="negative",
    ...     met="negative",
    ...     ret="negative",
    ...     pd_l1_tps=0,
    ...     ecog_ps=1,
    ...     brain_lesions=0,
    ... )
    >>> found = contrast(profile, days=(date(2018, 4, 17), date(2018, 4, 18)))
    >>> [(one.option, one.first.whereabouts.value) for one in found.differences]
    [('systemic.osimertinib', 'absent')]
    """
    base = knowledge or shipped()
    first, second = (
        assess(profile, as_of=day, jurisdiction=place, panel=panel, knowledge=base)
        for place, day in zip(jurisdictions, days, strict=True)
    )
    differences, same = [], []
    both = _listed(first) | _listed(second)
    for name in sorted(both) if first.status == second.status == "documented" else ():
        left, right = (_found(answer, name, profile, Panel(panel), base) for answer in (first, second))
        if _alike(left, right):
            same.append(name)
        else:
            differences.append(Difference(option=name, name=both[name].name, first=left, second=right))
    return Contrast(
        alerts=first.alerts or second.alerts,
        first=_side(first),
        second=_side(second),
        differences=tuple(differences),
        same=tuple(same),
        knowledge=f"{base.version} ({base.digest[:12]})",
    )


def _alike(first: Found, second: Found) -> bool:
    """The citations may differ: each place has its own."""
    return (first.whereabouts, first.basis, first.standing) == (
        second.whereabouts,
        second.basis,
        second.standing,
    )


def _side(answer: Refusal | DocumentedOptions) -> Side:
    if isinstance(answer, Refusal):
        return Side(
            jurisdiction=answer.jurisdiction,
            as_of=answer.as_of,
            status=answer.status,
            reason=answer.reason.value,
            why=tuple(remark.text for remark in answer.explanation),
            missing=tuple(item.item for item in answer.missing),
        )
    return Side(jurisdiction=answer.jurisdiction, as_of=answer.as_of, status=answer.status)


def _listed(answer: Refusal | DocumentedOptions) -> dict[str, Option]:
    return {option.id: option for _, option in _placed(answer)}


def _placed(answer: Refusal | DocumentedOptions) -> Iterator[tuple[Whereabouts, Option]]:
    if isinstance(answer, Refusal):
        return
    for where, options in (
        (Whereabouts.UNRESOLVED, answer.unresolved),
        (Whereabouts.SUPERSEDED, answer.superseded),
        (Whereabouts.WITHHELD, answer.withheld),
        (Whereabouts.DOCUMENTED, answer.options),
    ):
        yield from ((where, option) for option in options)


def _found(
    answer: Refusal | DocumentedOptions,
    name: str,
    profile: PatientProfile,
    panel: Panel,
    base: KnowledgeBase,
) -> Found:
    for where, option in _placed(answer):
        if option.id == name:
            return Found(
                whereabouts=where,
                basis=option.basis,
                standing=option.standing,
                why=tuple(remark.text for remark in option.reason),
                citations=tuple(citation.id for citation in option.citations),
                unverified={one.id: one.unverified for one in option.citations if one.unverified},
            )
    rows = Rows(base.view(answer.jurisdiction, answer.as_of), profile, panel, answer.as_of)
    return Found(whereabouts=Whereabouts.ABSENT, why=tuple(map(str, rows.nearest(name)[:1])))
