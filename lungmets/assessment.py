"""The answers: documented options, or a refusal, and their parts.

Everything is frozen, closed and plain data: an answer can be stored as JSON, read back with
:func:`read_assessment` and compared. The two kinds are told apart by ``status``. All sentences come
from ``knowledge/``; nothing here is written by code but numbers and names.

>>> DocumentedOptions.model_fields["status"].default
'documented'
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from lungmets.results import Closed
from lungmets.vocabulary import (
    Approval,
    Basis,
    Domain,
    Effect,
    Jurisdiction,
    LikelySite,
    MCategory,
    Panel,
    RefusalReason,
    StageGroup,
    Standing,
    Urgency,
)

SCHEMA_VERSION: Literal["1"] = "1"
"""The version of the shape of an answer; it changes when a reader of answers would have to."""


class Citation(Closed):
    """One source, as it is shown. ``published`` is a day, a month or a year, as far as it is known.

    ``unverified`` names the fields of the source that were not seen; their values are left out.
    """

    id: str
    kind: str
    text: str
    published: str
    doi: str | None = None
    pmid: str | None = None
    nct: tuple[str, ...] = ()
    url: str | None = None
    unverified: tuple[str, ...] = ()


class Remark(Closed):
    """A sentence with what carries it.

    ``rule`` is set where no source of the as-of date says it: ``project safety rule`` or
    ``project default``. On what an overlay adds it is ``local:`` and the overlay's name, cited or not.
    """

    id: str
    text: str
    citations: tuple[Citation, ...] = ()
    rule: str | None = None


class Alert(Closed):
    """An urgent finding. ``default_urgency`` says that no source states how urgent it is.

    ``sites`` is where the cause is likely to lie; it is empty where that is not said.
    """

    id: str
    urgency: Urgency
    finding: str
    action: str
    citations: tuple[Citation, ...] = ()
    rule: str | None = None
    default_urgency: bool = False
    sites: tuple[LikelySite, ...] = ()


class LoggedSymptom(Closed):
    """One entry of the symptom log: what was told, what it was understood as, and what it raised.

    ``understood_as`` are symptoms by id, none where it was not understood; ``course_as`` is the course
    that its words name. ``alerts`` are ids of alerts of the same answer, ``urgency`` the most urgent of
    them, and ``default_urgency`` says that no source states that level.
    """

    what: str
    since: date | None = None
    course: str | None = None
    understood_as: tuple[str, ...] = ()
    course_as: str | None = None
    alerts: tuple[str, ...] = ()
    urgency: Urgency | None = None
    default_urgency: bool = False
    sites: tuple[LikelySite, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Because(Closed):
    """One row that holds, and the values of the profile that made it hold."""

    row: str
    values: tuple[str, ...]


class ApprovalRecord(Closed):
    """What an agency approved, and when. A row's note says how the use is worded.

    ``approved`` is empty where the day was not seen.
    """

    agency: str
    approved: str
    approval: Approval | None
    source: str


class Evidence(Closed):
    """One published figure.

    ``value`` with its interval (``level`` percent) is the effect: a hazard ratio below 1 favours
    the option; ``percent`` is a share of patients. ``experimental`` and ``control`` are medians in
    ``unit``.
    """

    source: str
    endpoint: str
    measure: str | None = None
    population: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    n: int | None = None
    experimental: float | None = None
    control: float | None = None
    unit: str | None = None
    against: str | None = None
    note: str | None = None


class Prerequisite(Closed):
    """What has to be settled before the option could be meant: an item of the profile, or a task."""

    item: str | None
    text: str
    citations: tuple[Citation, ...] = ()
    rule: str | None = None


class Option(Closed):
    """A regimen or a procedure that some row documents for this profile on this date.

    ``reason`` is empty for an option, and says why for one that is withheld, superseded or
    unresolved; ``by`` names the guardrail, or the options that replaced it.
    """

    id: str
    domain: Domain
    regimen: tuple[str, ...]
    name: str
    basis: Basis
    standing: Standing
    off_label: bool
    approvals: tuple[ApprovalRecord, ...]
    because: tuple[Because, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[Remark, ...]
    cautions: tuple[Remark, ...]
    prerequisites: tuple[Prerequisite, ...]
    citations: tuple[Citation, ...]
    review_due: bool = False
    reason: tuple[Remark, ...] = ()
    by: tuple[str, ...] = ()


class Conflict(Closed):
    """Sources, or findings, that point to different options on one date: both are shown."""

    id: str
    text: str
    questions: tuple[str, ...]
    options: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
    rule: str | None = None


class TimelineEntry(Closed):
    """What sources said on one question, and since when: a day, a month or a year."""

    since: str
    text: str
    citations: tuple[Citation, ...]


class Timeline(Closed):
    """A question on which sources differ over the years, up to the day of the answer, the oldest first."""

    id: str
    title: str
    entries: tuple[TimelineEntry, ...]


class Missing(Closed):
    """One item of the panel that is not answered, and what its answer could do."""

    item: str
    why: str
    test: str
    effect: Effect
    decisive: bool
    decides: tuple[str, ...]
    citations: tuple[Citation, ...] = ()


class Staging(Closed):
    """M category and stage group by the sites that are named, in the edition of the day.

    ``edition`` is empty where none is known for the day. ``category`` and ``stage`` are empty where the
    sites do not decide them: then several are possible, and ``missing`` says what would decide.
    ``to_settle`` is for a person to settle before the category could stand.
    """

    edition: int | None = None
    category: MCategory | None = None
    stage: StageGroup | None = None
    possible_categories: tuple[MCategory, ...] = ()
    possible_stages: tuple[StageGroup, ...] = ()
    because: tuple[Because, ...] = ()
    missing: tuple[Prerequisite, ...] = ()
    to_settle: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    citations: tuple[Citation, ...] = ()


class OverlayStamp(Closed):
    """Local knowledge that was laid over the release.

    ``records`` are the ids of its records that this answer shows or rests on; an item of the panel goes
    by ``panel:`` and its name, a place that only the overlay dates by ``begins:`` and the place.
    """

    id: str
    name: str
    version: str
    digest: str
    records: tuple[str, ...] = ()


class KnowledgeStamp(Closed):
    """Which state of the knowledge gave the answer; ``overdue`` counts records past their review.

    With overlays the digest covers them as well.
    """

    version: str
    digest: str
    overdue: int
    overlays: tuple[OverlayStamp, ...] = ()


class TraceStep(Closed):
    """One thing that a stage of the pipeline did: it matched, withheld, superseded and so on."""

    stage: str
    record: str
    outcome: str
    values: tuple[str, ...] = ()


class _Answer(Closed):
    """What both kinds of answer carry.

    ``trial_search`` is the address of a search for trials that recruit today, whatever day was asked about.
    It is text that nothing here opens, and is empty where the histology is not known.
    """

    schema_version: Literal["1"] = SCHEMA_VERSION
    alerts: tuple[Alert, ...]
    assumptions: tuple[Remark, ...]
    as_of: date
    jurisdiction: Jurisdiction
    panel: Panel
    knowledge: KnowledgeStamp
    not_considered: tuple[str, ...]
    next_steps: tuple[Remark, ...]
    questions: tuple[Remark, ...]
    staging: Staging
    symptom_log: tuple[LoggedSymptom, ...] = ()
    trial_search: str = ""
    notice: str
    trace: tuple[TraceStep, ...]


class Refusal(_Answer):
    """Why nothing is listed. It contains no option.

    ``missing`` is filled when the reason is ``incomplete``; ``explanation`` always says why, and
    ``certain`` what holds whatever comes back.
    """

    status: Literal["refused"] = "refused"
    reason: RefusalReason
    explanation: tuple[Remark, ...]
    missing: tuple[Missing, ...] = ()
    certain: tuple[Remark, ...] = ()


class DocumentedOptions(_Answer):
    """What is documented for the profile, and what was taken off the list, with the reasons."""

    status: Literal["documented"] = "documented"
    options: tuple[Option, ...]
    withheld: tuple[Option, ...]
    superseded: tuple[Option, ...]
    unresolved: tuple[Option, ...]
    conflicts: tuple[Conflict, ...]
    timelines: tuple[Timeline, ...] = ()


Assessment: TypeAlias = Annotated[Refusal | DocumentedOptions, Field(discriminator="status")]
"""Either kind of answer."""


def read_assessment(text: str | bytes) -> Refusal | DocumentedOptions:
    """Reads an answer that was stored as JSON (``answer.model_dump_json()``).

    Raises:
        pydantic.ValidationError: the text is not an answer of this schema version.
    """
    adapter: TypeAdapter[Refusal | DocumentedOptions] = TypeAdapter(Assessment)
    return adapter.validate_json(text)
