"""What the readers return: frozen, in the closed words, and with nothing that was not said."""

from __future__ import annotations

from dataclasses import dataclass

from lungmets.vocabulary import Assay, Gene, PdL1Assay, ResultStatus, Specimen, Variant


@dataclass(frozen=True, slots=True)
class GeneReading:
    """One gene's result.

    ``variants`` is empty unless the status is positive; positive without variants means that the
    class is missing. ``specimen`` and ``assay`` are None unless the text states them. A negative
    from plasma is returned as it was reported: whether it is an answer is decided elsewhere.
    """

    gene: Gene
    status: ResultStatus
    variants: frozenset[Variant]
    specimen: Specimen | None
    assay: Assay | None


@dataclass(frozen=True, slots=True)
class PdL1Reading:
    """A PD-L1 tumour proportion score, as a value or as a bound, in percent.

    When it was measured, ``status`` is None and the score lies between ``low`` and ``high``; an
    open end does not belong to it. When it was not, ``status`` says why, and the interval is
    everything from 0 to 100: nothing is excluded. POSITIVE and NEGATIVE are never used.
    """

    status: ResultStatus | None
    low: float
    high: float
    low_open: bool
    high_open: bool
    assay: PdL1Assay | None
