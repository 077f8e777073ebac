"""The common words of molecular reports, gene by gene the same.

Order matters: the first pattern that fits is taken, so that "no mutation detected" is read as one
phrase before "mutation" and "detected" are read as two words.

A "no" or "not" is read only within the phrases spelled here. Everywhere else it is kept as a
:class:`~lungmets.nomenclature.lexemes.Negation`, and the text is refused: half-understood negation
is how a negative would be guessed.
"""

from __future__ import annotations

from lungmets.nomenclature.lexemes import (
    Alteration,
    Answer,
    Detected,
    Filler,
    Heading,
    Join,
    Lexeme,
    Negation,
    Noun,
    Positive,
    Qualifier,
    Refused,
    Source,
    Uncertain,
)
from lungmets.nomenclature.status import AMBIGUOUS, NO_ANSWER
from lungmets.vocabulary import Assay, ResultStatus, Specimen

_MUTATION = "mutations?"
_REARRANGEMENT = "(?:gene )?(?:fusions?|re~arrangements?|translocations?)"
_ALTERATION = "(?:alterations?|aberrations?|variants?|abnormality|abnormalities)"
_NOUN = f"(?:{_MUTATION}|{_REARRANGEMENT}|{_ALTERATION})"
_NOUNS = f"{_NOUN}(?: or {_NOUN})*"
_SEEN = "(?:detected|identified|found|seen|observed|present)"
_IS = "(?: (?:was|were|is|are|has been|have been))?"
_DRIVING = "(?: (?:pathogenic|activating|driver|oncogenic))?"
# "@own" stands for the names of the gene that is read.
_OF_GENE = f"{_DRIVING}(?: @own)?{_DRIVING}"

_NEGATIVE = Answer(ResultStatus.NEGATIVE)
_MUTATIONS = frozenset({Alteration.MUTATION})
_REARRANGEMENTS = frozenset({Alteration.REARRANGEMENT})

NEGATIVES: tuple[tuple[str, Answer], ...] = (
    # Which kinds of alteration such a phrase speaks of is looked up in its own words.
    (
        f"(?:no|without)(?: evidence of)?(?: an?| any)?{_OF_GENE} {_NOUNS}{_IS}(?: {_SEEN})?",
        _NEGATIVE,
    ),
    (f"{_NOUN}{_IS} not {_SEEN}", _NEGATIVE),
    (f"negative for(?: any)?(?: @own)? {_NOUNS}", _NEGATIVE),
    ("(?:was |were |is )?not detected|none detected|undetected|not detectable", _NEGATIVE),
    ("negative|neg|wild~type|wt", _NEGATIVE),
    ("(?:not |non~|un)mutated", Answer(ResultStatus.NEGATIVE, _MUTATIONS)),
    ("(?:not |non~)re~arranged", Answer(ResultStatus.NEGATIVE, _REARRANGEMENTS)),
)

KINDS: tuple[tuple[str, Alteration], ...] = (
    (_MUTATION, Alteration.MUTATION),
    (_REARRANGEMENT, Alteration.REARRANGEMENT),
    (_ALTERATION, Alteration.ANY),
)

_BY = "(?:(?:by|via|on|in|from|using) )?(?:the )?"
# "Tissue not found" says nothing of the gene: a specimen is read only where no verb follows it.
_STANDS = "(?: sample| specimen)?(?! (?:was|were|is|are|not|no|in|un|fail|absent))"

SPECIMENS: tuple[tuple[str, Specimen], ...] = (
    ("(?:tumou?r )?tissue(?: biopsy)?|ffpe(?: tissue)?", Specimen.TISSUE),
    ("(?:blood )?plasma(?: ct~dna| cf~dna)?|liquid biopsy", Specimen.PLASMA),
    ("ct~dna|cf~dna|cell free dna|circulating tumou?r dna", Specimen.PLASMA),
    ("cytology|cytological|fna|cell block", Specimen.CYTOLOGY),
)

ASSAYS: tuple[tuple[str, Assay], ...] = (
    ("(?:(?:rna|dna)(?: based)? )?(?:ngs|next generation sequencing)(?: panel)?", Assay.NGS),
    ("(?:rna|dna)~seq(?:uencing)?", Assay.NGS),
    ("(?:(?:rt|q|real time|dd|digital)~)?pcr", Assay.PCR),
    ("(?:break~apart )?(?:fish|fluorescence in situ hybridi[sz]ation)", Assay.FISH),
    ("ihc|immunohistochemistry|immunohistochemical(?:ly)?", Assay.IHC),
)

_FRACTION = "(?:(?:variant )?allele (?:fraction|frequency)|vaf|maf)(?: of)?"
_SIGNIFICANCE = "(?:unknown|uncertain|undetermined) (?:clinical )?significance"

_HEADING = "(?:status|results?|test|analysis)"

WORDS: tuple[tuple[str, Lexeme], ...] = (
    *NEGATIVES,
    *((words, Answer(status)) for status, words in NO_ANSWER),
    (f"vus|(?:{_MUTATION}|{_ALTERATION}) of {_SIGNIFICANCE}", Uncertain()),
    (AMBIGUOUS, Refused("", "this word is used in more than one sense; say which is meant.")),
    ("mutated|mutant", Positive(Alteration.MUTATION)),
    ("re~arranged|translocated", Positive(Alteration.REARRANGEMENT)),
    ("positive(?: for)?|pos", Positive()),
    (_SEEN, Detected()),
    (_MUTATION, Noun(Alteration.MUTATION)),
    (_REARRANGEMENT, Noun(Alteration.REARRANGEMENT)),
    (_ALTERATION, Noun(Alteration.ANY)),
    *((f"{_BY}(?:{words}){_STANDS}", Source(specimen=specimen)) for words, specimen in SPECIMENS),
    *((f"{_BY}(?:{words})", Source(assay=assay)) for words, assay in ASSAYS),
    ("and|with|plus", Join("and")),
    ("not|no|non|without|absent|absence|never|neither|nor", Negation()),
    ("activating|sensiti[sz]ing|driver|oncogenic|(?:likely )?pathogenic|somatic", Qualifier()),
    ("point|missense|in~frame|hot~spot|classical|common|uncommon", Qualifier()),
    ("compound|complex|double|dual", Qualifier()),
    # An allele fraction affirms a finding, unless it is nought.
    (rf"{_FRACTION}[\s:=]*(?!0+(?:\.0+)?~%)\d{{1,3}}(?:\.\d+)?~%", Detected()),
    # "Mutation status: L858R" has a result, "L858R status" has none.
    (rf"{_HEADING}(?=\s?[:=]\s?\S)|gene|for|the|an?|of|is|was|were", Filler()),
    (_HEADING, Heading()),
)

OTHER_GENES = (
    "tp53|p53|stk11|lkb1|keap1|pik3ca|nras|hras|erbb3|her3|erbb4|fgfr[1-4]?|pten|cdkn2a|rb1|map2k1"
    "|akt1|ctnnb1|smad4|ddr2|nf1|brca[12]|atm|mdm2|kit|pdgfra|pd~l1|pdl1|tmb|msi"
)
"""Other genes and markers of the same reports: they are named in the refusal."""
