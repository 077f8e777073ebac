"""What a result is made of once it is cut into meaningful pieces, and what a gene must define.

Reading has two steps. The scanner cuts a text into the pieces below and refuses what is none of
them; the conclusion is then drawn from the pieces alone. A gene brings its own words and its own
way to class a change, in a :class:`Dialect`; all the rest is common.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple, TypeAlias

from lungmets.nomenclature.coding import CodingChange
from lungmets.nomenclature.protein import ProteinChange
from lungmets.vocabulary import Assay, Gene, ResultStatus, Specimen, Variant


class Alteration(Enum):
    """The kinds of alteration that a noun can name; a result for one is none for the other."""

    MUTATION = "mutation"
    REARRANGEMENT = "rearrangement"
    ANY = "alteration"


class Answer(NamedTuple):
    """A status such as "not detected" or "pending", and what it speaks of.

    ``of`` are the kinds of alteration, and ``members`` the NTRK genes, that its words name.
    """

    status: ResultStatus
    of: frozenset[Alteration] = frozenset()
    members: frozenset[int] = frozenset()


class Positive(NamedTuple):
    """A finding without its class: "positive", "mutated", "rearranged"."""

    of: Alteration = Alteration.ANY


class Detected(NamedTuple):
    """A word that affirms what stands beside it, as "present" does; alone it is "positive"."""


class Noun(NamedTuple):
    """What could be found: "mutation", "fusion", "alteration"."""

    of: Alteration


class Finding(NamedTuple):
    """A named change. ``variant`` is None where its class cannot be told (a bare ``V600``)."""

    named: str
    variant: Variant | None
    first: int = 0
    last: int = 0
    exon: int = 0


class Unlisted(NamedTuple):
    """A change that is named and has no class here.

    It is refused, unless it is ``well_formed`` and called a variant of unknown significance.
    """

    named: str
    why: str
    nearest: tuple[str, ...] = ()
    well_formed: bool = False


class Refused(NamedTuple):
    """A phrase that is understood and is no result of this gene."""

    named: str
    why: str


class Uncertain(NamedTuple):
    """A variant of unknown significance."""


class Source(NamedTuple):
    """Where the material came from, or how it was tested."""

    specimen: Specimen | None = None
    assay: Assay | None = None


class Locus(NamedTuple):
    """A part of the gene: "exon 19", "codon 12"."""

    unit: str
    number: int


class Own(NamedTuple):
    """The gene's own name; ``members`` are the NTRK genes that it names."""

    members: frozenset[int] = frozenset()


class Partner(NamedTuple):
    """A fusion partner named apart from the gene; it means nothing without the word "fusion"."""

    named: str


class Qualifier(NamedTuple):
    """A word such as "activating": it narrows a finding, and would narrow a negative too."""


class Negation(NamedTuple):
    """A "no" or "not" that belongs to none of the phrases in which it is safe to read."""


class Join(NamedTuple):
    """What stands between two findings; ``word`` tells "and" from a comma."""

    word: str


class Bracket(NamedTuple):
    """An opening or closing bracket."""

    opens: bool


class Heading(NamedTuple):
    """The name of a test rather than of its result: "L858R test", "mutation status"."""


class Filler(NamedTuple):
    """A word that adds nothing: "gene", a colon, "result" before a colon."""


Lexeme: TypeAlias = (
    Answer | Positive | Detected | Noun | Finding | Unlisted | Refused | Uncertain | Source | Locus
    | Own | Partner | Qualifier | Negation | Join | Bracket | Heading | Filler
)  # fmt: skip


class UnclassedError(Exception):
    """A well-formed change for which the gene has no class; the message says why."""


class Dialect(NamedTuple):
    """What one gene adds to the common words.

    * ``names`` is a pattern of the gene's own names; ``phrases`` come before every common word.
    * ``classify`` gives the class of a protein change, None where the class cannot be told, and
      raises :class:`UnclassedError`; ``classify_coding`` takes the coding changes, where given.
    * ``locus`` says what "codon 61 mutation" amounts to; without it, the class is missing.
    * ``bare`` says what a bare "positive" amounts to under each assay, and ``negative_by`` under
      which assays a negative speaks of this gene's classes at all.
    * ``meant`` are the classes that the noun of ``alteration`` can mean, and ``noun`` the class
      that it names, where it names one by itself.
    """

    gene: Gene
    names: str
    alteration: Alteration
    phrases: tuple[tuple[str, Lexeme], ...]
    classify: Callable[[ProteinChange], Variant | None]
    bare: Mapping[Assay | None, Variant | None]
    negative_by: frozenset[Assay | None]
    meant: frozenset[Variant]
    known: tuple[str, ...]
    expected: str
    noun: Variant | None = None
    locus: Callable[[str, int], Variant | None] | None = None
    classify_coding: Callable[[CodingChange], Variant | None] | None = None


SEQUENCED: frozenset[Assay | None] = frozenset({None, Assay.NGS, Assay.PCR})
"""Assays that can see a mutation; an antibody or a probe cannot, so it cannot rule one out."""

NOT_SEQUENCED = frozenset({Assay.IHC, Assay.FISH})

NOT_BY_EXPRESSION = (
    "immunohistochemistry and FISH show expression and copy number, and neither is a mutation."
)
