"""Verifying whole tables: what no record by itself can be wrong about.

``lungmets knowledge verify`` looks for profiles that no row answers, rows that can never hold, rows of
different families that hold together without a declared relation, conditions that tell nothing apart,
and rows whose option is always superseded. What is right as it is stands in ``declared.yaml``, with the
reason; a declaration that nothing needs is a finding too.

>>> from lungmets.knowledge.base import shipped
>>> report = verify(shipped(), kinds={FindingKind.ALWAYS_SUPERSEDED}, records={"brain.srs-4"})
>>> report.clean, report.rows
(True, 1)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.content import conditional_records, record_id
from lungmets.knowledge.schema.declared import Declared, FindingKind
from lungmets.knowledge.soundness.company import Company
from lungmets.knowledge.soundness.discrimination import Discrimination
from lungmets.knowledge.soundness.found import Found
from lungmets.knowledge.soundness.grounds import Grounds
from lungmets.knowledge.soundness.models import Finding, Report
from lungmets.knowledge.soundness.rows import rows_that_do_nothing
from lungmets.knowledge.soundness.scenarios import scenario_of
from lungmets.knowledge.soundness.unanswered import Unanswered

__all__ = ["Declared", "Finding", "FindingKind", "Report", "verify"]

EVERY_KIND = frozenset(FindingKind)


def verify(
    base: KnowledgeBase,
    declared: Declared | None = None,
    *,
    kinds: Collection[FindingKind] = EVERY_KIND,
    records: Collection[str] | None = None,
) -> Report:
    """Looks for what is wrong with the tables as a whole.

    Args:
        base: the knowledge; overlays that were laid over it are looked at with it.
        declared: what is right as it is; see
            :func:`~lungmets.knowledge.soundness.declaring.read_declared`.
        kinds: which findings are looked for.
        records: which rows and rules are looked at; ``None`` is all of them.

    Returns:
        The findings, each with a profile and a scenario that show it, and how much was looked at.
    """
    said = declared or Declared()
    grounds = Grounds(base)
    found: list[Found] = []
    unanswered, company, conditions = (
        Unanswered(grounds),
        Company(grounds, said.relations),
        Discrimination(grounds),
    )
    if FindingKind.UNANSWERED in kinds:
        found += unanswered.findings()
    rows = [row for _, row in base.content.rows() if records is None or row.id in records]
    if {FindingKind.NEVER_HOLDS, FindingKind.ALWAYS_SUPERSEDED} & set(kinds):
        for row in rows:
            found += (one for one in rows_that_do_nothing(grounds, row) if one.kind in kinds)
    if FindingKind.UNDECLARED_PAIR in kinds:
        found += company.findings()
    if FindingKind.TELLS_NOTHING_APART in kinds:
        wanted = (
            one for one in conditional_records(base.content) if records is None or record_id(one) in records
        )
        found += conditions.findings(wanted)
    left: list[Found] = []
    used: dict[tuple[str, str], int] = {}
    for one in found:
        names = [(each.id, one.accepted_by(each)) for each in said.accepted]
        known = [(accepted, name) for accepted, name in names if name is not None]
        if not known:
            left.append(one)
        for entry in known:
            used[entry] = used.get(entry, 0) + 1
    needless: list[Found] = []
    if FindingKind.NEEDLESS in kinds and records is None and set(kinds) == EVERY_KIND:
        needless = list(_needless(grounds, said, company.needed, used))
    return Report(
        version=base.version,
        digest=base.digest,
        visited=tuple(unanswered.visits),
        rows=len(rows),
        conditions=conditions.conditions,
        pairs=company.pairs,
        findings=tuple(_told(base, one, number) for number, one in enumerate([*left, *needless], start=1)),
        accepted=len(found) - len(left),
    )


def _needless(
    grounds: Grounds, said: Declared, needed: Collection[str], used: Collection[tuple[str, str]]
) -> Iterator[Found]:
    for relation in said.relations:
        if relation.id not in needed:
            yield _unused(grounds, relation.id, "no two rows need this relation")
    for accepted in said.accepted:
        for name in accepted.records or ("",):
            if (accepted.id, name) not in used:
                about = f" about {name}" if name else ""
                yield _unused(grounds, accepted.id, f"nothing is found{about} that this accepts")


def _unused(grounds: Grounds, name: str, what: str) -> Found:
    do = "take it out of declared.yaml"
    return Found(FindingKind.NEEDLESS, name, what=what, do=do, spot=grounds.today()[0])


def _told(base: KnowledgeBase, found: Found, number: int) -> Finding:
    return Finding(
        kind=found.kind,
        record=found.record,
        fact=found.fact,
        seen=found.seen,
        beside=found.beside,
        what=found.what,
        do=found.do,
        as_of=found.spot[1],
        jurisdiction=found.spot[0],
        profile=found.met.values if found.met is not None else None,
        scenario=scenario_of(base, found, number),
    )
