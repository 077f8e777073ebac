"""What a pathology or molecular report says, in the closed words.

>>> from lungmets.vocabulary import Gene
>>> sorted(read_gene(Gene.EGFR, "p.Leu858Arg and T790M").variants)
[<EgfrVariant.L858R: 'l858r'>, <EgfrVariant.T790M: 't790m'>]
>>> read_gene(Gene.ALK, "not detected in ctDNA").specimen
<Specimen.PLASMA: 'plasma'>
>>> reading = read_pd_l1("TPS ≥50 %")
>>> reading.low, reading.high, reading.low_open
(50.0, 100.0, False)
>>> read_histology("mixed squamous and adenocarcinoma")
<Histology.ADENOSQUAMOUS: 'adenosquamous'>

Nothing is guessed. A text is either understood whole, or refused with :class:`NotUnderstood`, which
says what was read, why it was refused, what is accepted and which known words look alike. Case,
surrounding white space and the kind of dash do not matter.

Each module states its conventions and their sources: :mod:`.gene` how a conclusion is drawn,
:mod:`.egfr`, :mod:`.kras`, :mod:`.braf`, :mod:`.met`, :mod:`.erbb2` and :mod:`.fusion` which change
belongs to which class, :mod:`.protein` and :mod:`.coding` how changes are written,
:mod:`.residues` the reference, :mod:`.phrases` and :mod:`.status` the common words,
:mod:`.scanner` how a text is cut, :mod:`.pd_l1` and :mod:`.histology` the rest. They are imported
when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from lungmets.nomenclature.not_understood import NotUnderstood, UnreadableError, nearest_words
from lungmets.nomenclature.readings import GeneReading, PdL1Reading
from lungmets.nomenclature.wording import LONGEST, as_read
from lungmets.vocabulary import Gene, Histology

Reading = TypeVar("Reading")

__all__ = [
    "GeneReading",
    "NotUnderstood",
    "PdL1Reading",
    "nearest_words",
    "read_gene",
    "read_histology",
    "read_pd_l1",
]


def read_gene(gene: Gene, text: str) -> GeneReading:
    """Read what a report says of one gene.

    >>> read_gene(Gene.KRAS, "KRAS G12C").variants
    frozenset({<KrasVariant.G12C: 'g12c'>})
    >>> read_gene(Gene.EGFR, "positive").variants  # the class is missing
    frozenset()
    >>> read_gene(Gene.EGFR, "T790M negative")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    lungmets.nomenclature.not_understood.NotUnderstood: EGFR result 'T790M negative' is ...
    """
    from lungmets.nomenclature.gene import understood
    from lungmets.nomenclature.scanner import dialect_of

    gene = Gene(gene)
    expected = dialect_of(gene).expected
    return _read(partial(understood, gene), text, f"{gene.value.upper()} result", expected)


def read_pd_l1(text: str) -> PdL1Reading:
    """Read a PD-L1 tumour proportion score: a value, a bound, or why there is none.

    >>> reading = read_pd_l1("22C3: <1%")
    >>> reading.low, reading.high, reading.high_open, reading.assay
    (0.0, 1.0, True, <PdL1Assay.CLONE_22C3: '22c3'>)
    """
    from lungmets.nomenclature.pd_l1 import EXPECTED, understood

    return _read(understood, text, "PD-L1 result", EXPECTED)


def read_histology(text: str) -> Histology:
    """Read what the pathologist calls the tumour.

    >>> read_histology("LCNEC")
    <Histology.LARGE_CELL_NEUROENDOCRINE: 'large_cell_neuroendocrine'>
    """
    from lungmets.nomenclature.histology import EXPECTED, understood

    return _read(understood, text, "histology", EXPECTED)


def _read(understood: Callable[[str], Reading], text: object, what: str, expected: str) -> Reading:
    """Bring the text into one spelling and read it; name the text in whatever is refused."""
    try:
        return understood(_words(text))
    except UnreadableError as error:
        raise NotUnderstood(
            str(text), what=what, why=str(error), expected=expected, nearest=error.nearest
        ) from None


def _words(text: object) -> str:
    """Return the text in one spelling, or refuse what is no single result."""
    if not isinstance(text, str):
        raise UnreadableError(f"it is no text but of the type {type(text).__name__}.")
    if len(text) > LONGEST:
        why = f"it has {len(text)} characters, and one result has at most {LONGEST}."
        raise UnreadableError(why)
    words = as_read(text)
    if not words:
        raise UnreadableError("it is empty; say 'not_tested' where nothing is known.")
    return words
