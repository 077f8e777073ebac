"""One record of the knowledge, with its sources and with the claims of the articles that lead to it.

>>> from lungmets.knowledge.base import shipped
>>> found = look_up(shipped(), "brain.srs-1-3")
>>> found.kind.value, sorted({citation.kind for citation in found.citations})
('row', ['guideline', 'trial'])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import JsonValue

from lungmets.assessment import Citation
from lungmets.engine.sayings import citation_of
from lungmets.errors import Problem, QuestionError, shown
from lungmets.knowledge.comparison.models import RecordKind
from lungmets.knowledge.comparison.records import NAMED_APART, records_of
from lungmets.knowledge.content import citations
from lungmets.knowledge.schema.claims import Claim
from lungmets.nomenclature import nearest_words
from lungmets.results import Closed

if TYPE_CHECKING:
    from lungmets.knowledge.base import KnowledgeBase

_PREFIX = {RecordKind.PANEL_ITEM: "panel", RecordKind.WORD_GROUP: "group"}
_WITHOUT = {RecordKind.RELEASE, RecordKind.ARTICLE}
"""Kinds with names of their own that cannot be taken for another's."""


class ShownRecord(Closed):
    """A record, with what stands behind it and in front of it.

    ``carries`` are the claims that it carries; ``decides`` and ``cited_by`` are about sources only: the
    claims whose verdict follows from it, and the records that cite it. ``local`` names an overlay.
    """

    schema_version: Literal["1"] = "1"
    kind: RecordKind
    id: str
    record: dict[str, JsonValue]
    citations: tuple[Citation, ...] = ()
    carries: tuple[Claim, ...] = ()
    decides: tuple[Claim, ...] = ()
    cited_by: tuple[str, ...] = ()
    local: str | None = None


def look_up(base: KnowledgeBase, name: str) -> ShownRecord:
    """One record by its id.

    Args:
        base: the knowledge, with or without overlays.
        name: the id of a row, a rule, a source, a claim or any other record. What has a name instead of
            an id goes by its kind as well: ``panel:egfr``, ``symptom:seizure``, ``regimen:osimertinib``,
            ``drug:osimertinib``, ``procedure:…``, ``group:histology.nsclc``, ``sentence:notice``.

    Raises:
        QuestionError: nothing has that name; the message tells the nearest ones.
    """
    known = {_name(kind, own): (kind, plain) for (kind, own), plain in records_of(base.content).items()}
    if name not in known:
        expected = "the id of a record, or a name behind its kind, such as panel:egfr"
        nearest = nearest_words(name, known) or nearest_words(name, {one.partition(":")[2] for one in known})
        raise QuestionError([Problem("ID", f"no record is called {shown(name)}", expected, nearest=nearest)])
    kind, plain = known[name]
    if kind is RecordKind.SOURCE:  # as everybody is shown it
        plain = base.sources[name].model_dump(mode="json", by_alias=True, exclude_defaults=True)
    claims = base.content.claims
    cited = [source for key, source in citations(base.content) if key == name]
    if kind is RecordKind.CLAIM:
        cited += claims.by_id[name].decided_by
    return ShownRecord(
        kind=kind,
        id=name,
        record=plain,
        citations=tuple(citation_of(base.sources[source]) for source in dict.fromkeys(cited)),
        carries=claims.of_record(name),
        decides=claims.decided_by(name),
        cited_by=tuple(dict.fromkeys(key for key, source in citations(base.content) if source == name)),
        local=base.local.marks.get(name),
    )


def _name(kind: RecordKind, own: str) -> str:
    if kind not in NAMED_APART or kind in _WITHOUT:
        return own
    return f"{_PREFIX.get(kind, kind.value)}:{own}"
