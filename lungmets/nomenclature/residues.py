"""What stands where in the reference proteins, so that a misread report is caught.

``A858R`` cannot be: residue 858 of EGFR is leucine. Checking the amino acid that a change says it
replaces catches most slips of the pen, and keeps a staging word such as ``T4N`` from being read as
a mutation.

Conventions and their sources
-----------------------------
* Numbering is that of the canonical UniProt proteins, which are also the ones that the usual
  reference transcripts encode: EGFR P00533 (NM_005228), ERBB2 P04626 (NM_004448), KRAS P01116
  (the residues that both splice forms share), BRAF P15056 (NM_004333). What stands below was cut
  from full-length copies of those sequences and checked against the hot spots that the field knows
  by number. BRAF is whole, because any well-formed change of it has a class.
* Exon 19 of EGFR is residues 729-761 and exon 20 is 762-823; exon 20 of ERBB2 is 770-831: these
  are the ranges by which OncoKB writes "exon 19 deletion" (``729_761``) and "exon 20 insertion"
  (``762_823ins``, ``770_831ins``). Exons 18 and 21 of EGFR adjoin them.
* Where a range stands as ``None`` the exon is known to carry mutations, but its borders were not
  checked, so that no change is refused for them.
* Codons are spelled only where a laboratory often reports the coding change alone.

>>> residue(Gene.EGFR, 858), residue(Gene.KRAS, 12), residue(Gene.EGFR, 7)
('L', 'G', None)
"""

from __future__ import annotations

from collections.abc import Mapping

from lungmets.vocabulary import Gene

_STRETCHES: Mapping[Gene, tuple[int, str]] = {
    Gene.EGFR: (
        688,
        (
            "LVEPLTPSGEAPNQALLRILKETEFKKIKVLGSGAFGTVYKGLWIPEGEKVKIPVAIKEL"
            "REATSPKANKEILDEAYVMASVDNPHVCRLLGICLTSTVQLITQLMPFGCLLDYVREHKD"
            "NIGSQYLLNWCVQIAKGMNYLEDRRLVHRDLAARNVLVKTPQHVKITDFGLAKLLGAEEK"
            "EYHAEGGK"
        ),
    ),
    Gene.ERBB2: (
        720,
        (
            "LRKVKVLGSGAFGTVYKGIWIPDGENVKIPVAIKVLRENTSPKANKEILDEAYVMAGVGS"
            "PYVSRLLGICLTSTVQLVTQLMPYGCLLDHVRENRGRLGSQDLLNWCMQIAKGMSYLEDV"
            "RLVHRDLAARNVLVKSPNHVKITDFGLARLLDIDETEYHADGGK"
        ),
    ),
    Gene.KRAS: (
        1,
        (
            "MTEYKLVVVGAGGVGKSALTIQLIQNHFVDEYDPTIEDSYRKQVVIDGETCLLDILDTAG"
            "QEEYSAMRDQYMRTGEGFLCVFAINNTKSFEDIHHYREQIKRVKDSEDVPMVLVGNKCDL"
            "PSRTVDTKQAQDLARSYGIPFIETSAKTRQ"
        ),
    ),
    Gene.BRAF: (
        1,
        (
            "MAALSGGGGGGAEPGQALFNGDMEPEAGAGAGAAASSAADPAIPEEVWNIKQMIKLTQEH"
            "IEALLDKFGGEHNPPSIYLEAYEEYTSKLDALQQREQQLLESLGNGTDFSVSSSASMDTV"
            "TSSSSSSLSVLPSSLSVFQNPTDVARSNPKSPQKPIVRVFLPNKQRTVVPARCGVTVRDS"
            "LKKALMMRGLIPECCAVYRIQDGEKKPIGWDTDISWLTGEELHVEVLENVPLTTHNFVRK"
            "TFFTLAFCDFCRKLLFQGFRCQTCGYKFHQRCSTEVPLMCVNYDQLDLLFVSKFFEHHPI"
            "PQEEASLAETALTSGSSPSAPASDSIGPQILTSPSPSKSIPIPQPFRPADEDHRNQFGQR"
            "DRSSSAPNVHINTIEPVNIDDLIRDQGFRGDGGSTTGLSATPPASLPGSLTNVKALQKSP"
            "GPQRERKSSSSSEDRNRMKTLGRRDSSDDWEIPDGQITVGQRIGSGSFGTVYKGKWHGDV"
            "AVKMLNVTAPTPQQLQAFKNEVGVLRKTRHVNILLFMGYSTKPQLAIVTQWCEGSSLYHH"
            "LHIIETKFEMIKLIDIARQTAQGMDYLHAKSIIHRDLKSNNIFLHEDLTVKIGDFGLATV"
            "KSRWSGSHQFEQLSGSILWMAPEVIRMQDKNPYSFQSDVYAFGIVLYELMTGQLPYSNIN"
            "NRDQIIFMVGRGYLSPDLSKVRSNCPKAMKRLMAECLKKKRDERPLFPQILASIELLARS"
            "LPKIHRSASEPSLNRAGFQTEDFSLYACASPKTPIQAGGYGAFPVH"
        ),
    ),
}

LENGTHS: Mapping[Gene, int] = {Gene.EGFR: 1210, Gene.ERBB2: 1255, Gene.KRAS: 189, Gene.BRAF: 766}
"""How many residues the protein has; of the two forms of KRAS the longer counts."""

TRANSCRIPTS: Mapping[Gene, frozenset[str]] = {
    Gene.EGFR: frozenset({"nm_005228"}),
    Gene.ERBB2: frozenset({"nm_004448"}),
    Gene.KRAS: frozenset({"nm_004985", "nm_033360"}),
    Gene.BRAF: frozenset({"nm_004333"}),
}
"""The transcripts whose coding bases are numbered as here; another may number them otherwise."""

EXONS: Mapping[Gene, Mapping[int, tuple[int, int] | None]] = {
    Gene.EGFR: {18: (688, 728), 19: (729, 761), 20: (762, 823), 21: (824, 875)},
    Gene.KRAS: {2: (1, 37), 3: (38, 97), 4: (97, 150)},
    Gene.BRAF: {11: None, 15: None},
    Gene.MET: {14: None},
    Gene.ERBB2: {18: None, 19: None, 20: (770, 831), 21: None},
}

CODONS: Mapping[Gene, Mapping[int, str]] = {
    Gene.EGFR: {719: "GGC", 768: "AGC", 790: "ACG", 858: "CTG", 861: "CTG"},
    Gene.KRAS: {12: "GGT", 13: "GGC", 59: "GCA", 61: "CAA", 117: "AAA", 146: "GCA"},
    Gene.BRAF: {469: "GGA", 594: "GAT", 600: "GTG", 601: "AAA"},
}

_BASES = "TCAG"
_CODE = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"


def residue(gene: Gene, number: int) -> str | None:
    """Return the amino acid at ``number`` in one letter, or None where none is stored."""
    if gene not in _STRETCHES:
        return None
    first, stretch = _STRETCHES[gene]
    return stretch[number - first] if 0 <= number - first < len(stretch) else None


def amino_acid(codon: str) -> str:
    """Translate one codon by the standard genetic code; ``*`` is a stop.

    >>> amino_acid("CTG"), amino_acid("CGG")
    ('L', 'R')
    """
    one, two, three = (_BASES.index(base) for base in codon)
    return _CODE[16 * one + 4 * two + three]


def in_exon(gene: Gene, exon: int, first: int, last: int) -> bool:
    """Return whether residues ``first`` to ``last`` can lie in that exon of that gene."""
    exons = EXONS.get(gene, {})
    if exon not in exons:
        return False
    borders = exons[exon]
    return borders is None or (borders[0] <= first and last <= borders[1])
