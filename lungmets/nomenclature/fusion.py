"""ALK, ROS1, RET, NTRK, NRG1: rearrangements, by word or by the names of the two partners.

Conventions
-----------
* HGNC separates the partners of a fusion by a double colon (``EML4::ALK``); reports also use a
  hyphen, a slash or a dash, and name the partners in either order. All are read.
* One partner must be the gene that is asked about; for NTRK, any of NTRK1, NTRK2 and NTRK3.
* The other must look like a gene symbol. A symbol with a digit in it does (``KIF5B``); one of
  letters only (``EZR``) cannot be told from a word ("ALK - unclear"), so that it is read when it is
  a known partner, or when a double colon stands before it and the word "fusion" follows.
* A fusion with another gene that a profile carries (``ROS1-ALK``) is refused: it could belong to
  either.
* A bare "positive" is a fusion: there is no other class. Amplification, expression and point
  mutations (``ALK F1174L``) are not rearrangements, and are refused; so is "mutated".
* The exons of the breakpoint (``E13;A20``) and the number of the variant (``variant 3a/b``) are
  read over; no class depends on them. A negative for one of them is no negative of the gene.
* A negative for NTRK1 alone leaves NTRK2 and NTRK3 unknown: it is no negative.

>>> match, end = read_fusion("slc34a2::ros1", 0, DIALECTS[Gene.ROS1])
>>> match.named
'SLC34A2::ROS1'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lungmets.nomenclature.lexemes import (
    Alteration,
    Dialect,
    Filler,
    Finding,
    Lexeme,
    Qualifier,
    Refused,
    Source,
    UnclassedError,
)
from lungmets.nomenclature.protein import ProteinChange
from lungmets.nomenclature.status import phrase
from lungmets.vocabulary import Assay, FusionVariant, Gene

# Reported in lung cancer with at least one of the five genes. The list matters for symbols without
# a digit; it need not be complete, and it carries no clinical meaning.
KNOWN_PARTNERS = frozenset({
    "afap1", "akap13", "atp1b1", "bcan", "birc6", "ccdc6", "cd74", "clip1", "clip4", "cltc", "clu",
    "cux1", "dctn1", "eml4", "erc1", "etv6", "ezr", "fig", "fyco1", "gcc2", "gopc", "hip1",
    "irf2bp2", "itgb1", "kdelr2", "kiaa1217", "kiaa1468", "kif13b", "kif5b", "klc1", "limd1",
    "lmna", "lmo7", "lrig3", "mdk", "mprip", "msn", "myo5c", "ncoa4", "phactr1", "plekha6",
    "prkar1a", "ptpn3", "qki", "rbpms", "rock1", "rufy2", "rufy3", "sdc4", "slc34a2", "slc3a2",
    "socs5", "sqstm1", "strn", "tfg", "tmem106b", "tpd52l1", "tpm3", "tpr", "trim24", "trim33",
    "vamp2", "wrn", "zcchc8",
})  # fmt: skip

# Words that a careless pattern would take for a gene symbol with a digit.
_NO_SYMBOL = re.compile(
    r"(?:exon|ex|intron|codon|variant|var|v|tier|grade|stage|level|class|group|score|type|case|block"
    r"|sample|panel|cep|chr|cycle|day|week|note|page|line|part|lot|no|[a-z])[0-9]+[a-z]?"
    r"|d5f3|5a4|d4d6|sp384|sp142|sp263|her2|p53|pd|pdl1|[acdefghiklmnpqrstvwy][0-9]{2,}[a-z]"
)
_OTHER_DRIVERS = frozenset({*Gene, "ntrk1", "ntrk2", "ntrk3"})

_EXON = r"[a-z]{1,2}\d{1,2}(?:ins\d{1,3})?"
_BREAKPOINT = rf"{_EXON}~[;:,/]~{_EXON}"

_PHRASES: tuple[tuple[str, Lexeme], ...] = (
    # They narrow a negative to one kind of fusion, so they are no mere filler.
    (rf"\({_BREAKPOINT}\)|{_BREAKPOINT}", Qualifier()),
    (r"(?:variant |v\.?~)\d[ab]?(?:/[ab])?", Qualifier()),
    ("(?:d5f3|5a4|d4d6|sp384|pan~trk)(?: antibody| clone)?", Source(assay=Assay.IHC)),
    ("break~apart|split signals?", Filler()),
    ("(?:over~)?express(?:ion|ed|ing)|3~\\+", Refused(
        "", "expression is not a rearrangement; say 'positive (IHC)' if the stain was called so."
    )),
    ("amplifi(?:ed|cation)|copy number gain|polysomy", Refused(
        "", "a gain of copies is not a rearrangement."
    )),
)  # fmt: skip


@lru_cache(maxsize=1)
def _pair() -> re.Pattern[str]:
    symbol = "[a-z][a-z0-9]{1,11}"
    return re.compile(
        rf"(?P<a>{symbol})(?P<by> ?:: ?| ?--? ?|/)(?P<b>{symbol})(?![a-z0-9_])"
        r"(?P<said>(?= \(?(?:gene )?(?:fusion|re-?arrangement|translocation)))?",
        re.ASCII,
    )


def read_fusion(text: str, position: int, dialect: Dialect) -> tuple[Finding | Refused, int] | None:
    """Read the pair of partners that begins at ``position``, if two partners stand there."""
    match = _pair().match(text, position)
    if match is None:
        return None
    pair = (match["a"], match["b"])
    own = [symbol for symbol in pair if phrase(dialect.names).fullmatch(symbol)]
    others = [symbol for symbol in pair if symbol not in own]
    named = "::".join(pair).upper()
    asked = dialect.gene.value.upper()
    if not own and _OTHER_DRIVERS.intersection(pair) and KNOWN_PARTNERS.intersection(pair):
        return Refused(named, f"it is a fusion of another gene, not of {asked}."), match.end()
    if len(own) != 1 or len(others) != 1:
        return None
    if others[0] not in _OTHER_DRIVERS:
        fuses = _is_partner(others[0], match["by"], fusion_follows=match["said"] is not None)
        return (Finding(named, FusionVariant.FUSION), match.end()) if fuses else None
    if match["by"].strip() != "::":
        return None  # "ALK/ROS1 negative" is no fusion of the two
    return Refused(named, "both are genes of the profile; say which of them drives."), match.end()


def _is_partner(symbol: str, separator: str, *, fusion_follows: bool) -> bool:
    if symbol in KNOWN_PARTNERS:
        return True
    double_colon = separator.strip() == "::"
    if re.search("[0-9]", symbol) and not _NO_SYMBOL.fullmatch(symbol):
        return double_colon or separator == separator.strip()
    return double_colon and fusion_follows


def _classify(change: ProteinChange) -> FusionVariant:
    raise UnclassedError(f"{change.named} is a mutation, not a rearrangement.")


def _at_locus(unit: str, number: int) -> FusionVariant:
    raise UnclassedError(f"a finding in {unit} {number} is not called a rearrangement.")


_ANY_ASSAY: frozenset[Assay | None] = frozenset({None, *Assay})


def _dialect(gene: Gene, names: str, *examples: str) -> Dialect:
    return Dialect(
        gene=gene,
        names=names,
        alteration=Alteration.REARRANGEMENT,
        phrases=_PHRASES,
        classify=_classify,
        locus=_at_locus,
        bare=dict.fromkeys(_ANY_ASSAY, FusionVariant.FUSION),
        negative_by=_ANY_ASSAY,
        meant=frozenset(FusionVariant),
        known=("fusion", "rearrangement", "positive", *examples),
        expected=(
            "negative, not_tested, pending, inadequate, indeterminate, or what was found: fusion,"
            f" rearrangement, {', '.join(examples)}."
        ),
    )


DIALECTS: Mapping[Gene, Dialect] = {
    Gene.ALK: _dialect(Gene.ALK, "alk", "EML4-ALK", "EML4::ALK"),
    Gene.ROS1: _dialect(Gene.ROS1, "ros~1", "CD74-ROS1", "EZR::ROS1"),
    Gene.RET: _dialect(Gene.RET, "ret", "KIF5B-RET", "CCDC6::RET"),
    Gene.NTRK: _dialect(
        Gene.NTRK,
        "n?trk~1~[/,]~2~[/,]~3|n?trk~1~(?:-|to )~3|n?trk~[123]?",
        "ETV6-NTRK3",
        "TPM3::NTRK1",
    ),
    Gene.NRG1: _dialect(Gene.NRG1, "nrg~1", "CD74-NRG1", "SLC3A2::NRG1"),
}
