"""What reports write, as texts that the library must understand: findings, negatives, no answers.

The texts are put together from what is written in a table and what laboratories add to it: the name of
the gene before, the specimen or the assay behind. They hold every class of every gene, every status,
specimen and assay; a test reads each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType

from lungmets.errors import Problem, QuestionError, shown
from lungmets.intake import histology
from lungmets.laboratory import gene_result, pd_l1
from lungmets.nomenclature import nearest_words
from lungmets.vocabulary import Gene

_NO_ANSWER = (
    "not_tested", "not tested", "not done", "pending", "results pending", "awaiting results", "in progress",
    "inadequate", "insufficient tissue", "sample failed", "quantity not sufficient", "indeterminate",
    "equivocal", "no call", "inconclusive",
)  # fmt: skip

_NO_MUTATION = ("negative", "not detected", "wild type", "no mutation detected")
_NO_FUSION = ("negative", "not detected", "no fusion detected", "no rearrangement")
_FUSION = ("fusion", "rearrangement", "positive", "translocation", "fusion detected")

_FOUND: Mapping[Gene, tuple[str, ...]] = MappingProxyType(
    {
        Gene.EGFR: (
            "L858R", "p.L858R", "p.Leu858Arg", "c.2573T>G", "exon 21 L858R", "exon 19 deletion", "del19",
            "E746_A750del", "p.Glu746_Ala750del", "L747_P753delinsS", "exon 20 insertion",
            "A767_V769dup", "D770_N771insSVD", "G719X", "G719A", "p.Gly719Ser", "S768I", "L861Q", "T790M",
            "exon 18 deletion", "other activating mutation", "L858R and T790M",
            "exon 19 deletion (E746_A750del) and T790M", "G719A + S768I", "positive",
        ),
        Gene.KRAS: ("G12C", "p.G12C", "p.Gly12Cys", "c.34G>T", "G12D", "p.Gly12Val", "G13D", "Q61H", "other",
                    "codon 13 mutation", "mutated"),
        Gene.MET: ("exon 14 skipping", "METex14", "exon 14 splice site mutation", "p.D1010H", "c.3028G>A",
                   "amplification", "amplified", "overexpression", "3+", "exon 14 skipping and amplification",
                   "positive", "positive (IHC)", "positive by FISH"),
        Gene.BRAF: ("V600E", "p.V600E", "p.Val600Glu", "c.1799T>A", "V600K", "G469A", "class II mutation",
                    "other", "mutation detected"),
        Gene.ERBB2: ("exon 20 insertion", "Y772_A775dup", "p.Tyr772_Ala775dup", "mutation",
                     "activating mutation", "L755S", "amplification", "amplified", "overexpression", "3+",
                     "mutation and amplification", "positive", "positive (IHC)", "positive by FISH"),
        Gene.ALK: (*_FUSION, "EML4-ALK", "EML4::ALK", "EML4-ALK fusion", "EML4::ALK fusion, variant 3a/b"),
        Gene.ROS1: (*_FUSION, "CD74-ROS1", "EZR::ROS1", "SLC34A2::ROS1 fusion"),
        Gene.RET: (*_FUSION, "KIF5B-RET", "CCDC6::RET", "NCOA4-RET fusion"),
        Gene.NTRK: (*_FUSION, "ETV6-NTRK3", "TPM3::NTRK1", "NTRK1/2/3 fusion"),
        Gene.NRG1: (*_FUSION, "CD74-NRG1", "SLC3A2::NRG1", "CD74::NRG1 fusion"),
    }
)  # fmt: skip

_NAMES: Mapping[Gene, str] = MappingProxyType(
    {**{gene: gene.value.upper() for gene in Gene}, Gene.ERBB2: "HER2"}
)
_SEQUENCED = ("", " (tissue)", " (cytology)", " in plasma", " (NGS)", " by PCR")
_REARRANGED = (*_SEQUENCED, " (IHC)", " by FISH")

_STAINED = re.compile(r"expression|3\+|IHC|FISH")
"""Texts that imply their assay, or name it: nothing is put behind them."""

_SCORES = ("0", "0.5", "1", "10", "49", "50", "62.5", "90", "100")
_INNER = _SCORES[1:-1]
"""Scores that leave room on both sides, for a bound."""

_VALUE = (
    "{}",
    "{} %",
    "TPS {}%",
    "PD-L1 TPS: {} %",
    "22C3: {}",
    "28-8: TPS {} %",
    "SP142: {}%",
    "TPS {}% (SP263)",
)
_BOUND = (
    "<{}", "<{}%", "TPS < {} %", "<= {}", ">={}", "\u2265{}%", "> {} %", "at least {}", "less than {} %",
    "22C3: <{}%",
)  # fmt: skip
_RANGE = ("{}-{}", "TPS {}-{}%", "between {} and {} %")

_HISTOLOGIES = (
    "adenocarcinoma", "poorly differentiated adenocarcinoma of the lung", "squamous",
    "squamous cell carcinoma", "NSCLC, squamous", "adenosquamous carcinoma",
    "mixed squamous and adenocarcinoma", "large cell carcinoma", "NSCLC NOS",
    "non-small cell lung cancer, not otherwise specified", "LCNEC", "large cell neuroendocrine carcinoma",
    "sarcomatoid carcinoma", "pleomorphic carcinoma", "small cell carcinoma", "SCLC",
    "extensive-stage small cell lung cancer",
)  # fmt: skip

REPORTED: tuple[str, ...] = ("histology", *(gene.value for gene in Gene), "pd_l1_tps")
"""The fields that read what a report says."""


def reports(field: str, says: str | None = None) -> tuple[str, ...]:
    """The texts for a field, those of which a result says what is asked for; the plainest first.

    Raises:
        QuestionError: a field that reads no report, or a result that none of its texts has.

    >>> reports("alk", says="fusion")[:2]
    ('fusion', 'rearrangement')
    """
    if field not in REPORTED:
        nearest = nearest_words(str(field), REPORTED)
        what = f"{shown(field)} is not a field that reads what a report says"
        raise QuestionError([Problem("field", what, f"one of {', '.join(REPORTED)}", nearest=nearest)])
    found = _by_result(field)
    if says is None:
        return tuple(text for texts in found.values() for text in texts)
    if says not in found:
        what = f"no text of {field} says {shown(says)}"
        expected = f"one of {', '.join(found)}"
        raise QuestionError([Problem("says", what, expected, nearest=nearest_words(str(says), found))])
    return found[says]


@lru_cache(maxsize=len(REPORTED))
def _by_result(field: str) -> dict[str, tuple[str, ...]]:
    """The texts of a field by what they say, as a trace shows it."""
    found: dict[str, list[str]] = {}
    reader = _reader(field)
    for text in _texts(field):
        found.setdefault(reader(text), []).append(text)
    return {result: tuple(texts) for result, texts in found.items()}


def _reader(field: str) -> Callable[[str], str]:
    if field == "histology":
        return lambda text: str(histology(text))
    read = pd_l1 if field == "pd_l1_tps" else gene_result(Gene(field))
    return lambda text: read(text).text


def _texts(field: str) -> Iterator[str]:
    if field == "histology":
        yield from _HISTOLOGIES
    elif field == "pd_l1_tps":
        yield from (form.format(score) for form in _VALUE for score in _SCORES)
        yield from (form.format(score) for form in _BOUND for score in _INNER)
        yield from (form.format(*pair) for form in _RANGE for pair in combinations(_INNER, 2))
        yield from _NO_ANSWER
    else:
        yield from _of_gene(Gene(field))


def _of_gene(gene: Gene) -> Iterator[str]:
    fuses = "fusion" in _FOUND[gene]
    behind = _REARRANGED if fuses else _SEQUENCED
    answers = (*(_NO_FUSION if fuses else _NO_MUTATION), *_FOUND[gene])
    for end in behind:
        yield from (f"{text}{end}" for text in answers if not (end and _STAINED.search(text)))
    named = (text for text in answers if _NAMES[gene] not in text)
    yield from (f"{_NAMES[gene]} {text}" for text in named)
    yield from _NO_ANSWER
