"""What the parts of an answer mean, at a reading level: for a clinician, a trainee, or a caregiver.

The words are those of ``explanations.yaml``. What no source says, but the library itself (what *withheld*
means, say), is marked as the project's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from lungmets.assessment import DocumentedOptions, Option, Refusal, Remark
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.knowledge.facts import GENES
from lungmets.profile import PatientProfile
from lungmets.question import audience_of
from lungmets.told import Told
from lungmets.vocabulary import Approval, Audience, ResultStatus, Standing

_NO_FINDING = {"negative", "not considered"}


def explain(
    answer: Refusal | DocumentedOptions,
    *,
    audience: Audience | str = Audience.TRAINEE,
    profile: PatientProfile | None = None,
    knowledge: KnowledgeBase | None = None,
) -> Told:
    """What each part of an answer means, in the order in which a reader meets them.

    Palliative care, offered early and alongside treatment, is among them for every answer and audience.

    Args:
        answer: the answer.
        audience: ``clinician``, ``trainee`` or ``caregiver``.
        profile: the profile that was asked about. With it, every driver that it states is explained;
            without it, those on which an option rests.
        knowledge: the knowledge that gave the answer; ``None`` is the one that comes with the library.

    Returns:
        The explanations: a tuple of remarks, each cited or marked, that a notebook shows as a page.

    Raises:
        QuestionError: an audience that does not exist.

    >>> from lungmets import PatientProfile, assess
    >>> refusal = assess(PatientProfile(histology="squamous", symptoms=[]))
    >>> told = explain(refusal, audience="caregiver")
    >>> [remark.id for remark in told][:2]
    ['explain.refusal-incomplete', 'explain.missing-egfr']
    >>> told[1].text.split(". ")[0]
    'EGFR is a gene in the tumour'
    """
    heard = audience_of(audience, answer.alerts)
    base = knowledge or shipped()
    view = base.view(answer.jurisdiction, answer.as_of)
    records = {record.about: record for record in base.content.explanations}
    found = []
    for about in dict.fromkeys(_parts(answer, profile)):
        record = records.get(about)
        if record is not None:
            citations = view.cite(record.by)
            rule = None if citations else view.project_default
            found.append(Remark(id=record.id, text=record.says[heard], citations=citations, rule=rule))
    return Told(
        found,
        title="What this means",
        audience=heard,
        alerts=answer.alerts,
        notice=answer.notice,
        knowledge=answer.knowledge,
    )


def _parts(answer: Refusal | DocumentedOptions, profile: PatientProfile | None) -> Iterator[str]:
    """The parts that an answer has, each by the name that an explanation is about."""
    if answer.alerts:
        yield "answer:alerts"
    if isinstance(answer, Refusal):
        yield f"refusal:{answer.reason.value}"
        yield from (f"missing:{item.item}" for item in answer.missing)
        yield from _drivers((), profile)
    else:
        yield from _of_the_lists(answer, profile)
    if answer.not_considered:
        yield "mark:not_considered"
    yield "answer:palliative_care"
    yield "answer:notice"


def _of_the_lists(answer: DocumentedOptions, profile: PatientProfile | None) -> Iterator[str]:
    if answer.conflicts:
        yield "mark:conflict"
    lists = {
        "documented": answer.options,
        "withheld": answer.withheld,
        "superseded": answer.superseded,
        "unresolved": answer.unresolved,
    }
    yield from (f"list:{name}" for name, options in lists.items() if options)
    yield from _marks(answer.options)
    every = [option for options in lists.values() for option in options]
    yield from _drivers(every, profile)
    read = {field for field, _ in _values(every)}
    yield from (f"fact:{field}" for field in ("pd_l1_tps", "ecog_ps") if field in read)
    yield from (f"procedure:{part}" for option in answer.options for part in option.regimen)


def _marks(options: tuple[Option, ...]) -> Iterator[str]:
    marks = {
        "preferred": any(option.standing is Standing.PREFERRED for option in options),
        "off_label": any(option.off_label for option in options),
        "accelerated": any(
            record.approval is Approval.ACCELERATED for option in options for record in option.approvals
        ),
        "caution": any(option.cautions for option in options),
        "prerequisite": any(option.prerequisites for option in options),
    }
    yield from (f"mark:{name}" for name, there in marks.items() if there)


def _drivers(options: tuple[Option, ...] | list[Option], profile: PatientProfile | None) -> Iterator[str]:
    if profile is not None:
        positive = {gene for gene in GENES if getattr(profile, gene).status is ResultStatus.POSITIVE}
    else:
        positive = {field for field, value in _values(options) if value not in _NO_FINDING}
    yield from (f"driver:{gene}" for gene in GENES if gene in positive)


def _values(options: tuple[Option, ...] | list[Option]) -> Iterator[tuple[str, str]]:
    """The values on which options rest, as ``field: value`` is written for the trace."""
    for option in options:
        for held in option.because:
            for value in held.values:
                field, _, said = value.partition(": ")
                yield field, said
