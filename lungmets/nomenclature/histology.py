"""What the pathologist calls the tumour.

Conventions
-----------
* The names are those of the WHO classification of lung tumours and their usual abbreviations.
  Pleomorphic, spindle cell and giant cell carcinoma and carcinosarcoma are read as sarcomatoid,
  the group in which that classification puts them.
* Words that do not change the class are read over: the organ, "primary", "metastatic",
  "invasive", the grade of differentiation, the growth pattern of an adenocarcinoma.
* "NSCLC" is a family, not a histology: it is refused. "NSCLC NOS" is a diagnosis, and so is a
  histology named after the family ("NSCLC, squamous").
* "SCC" is refused: it is used for squamous cell and for small cell carcinoma.
* "LS-SCLC" is refused: it would lose that the stage is limited, and nothing here can carry it.
  "ES-SCLC" is read, because the extensive stage is the one that the library takes for granted.
* Combined small cell carcinoma, carcinoid and "neuroendocrine carcinoma" are no words of the
  profile; they are refused rather than rounded.

>>> understood("poorly differentiated adenocarcinoma of the lung")
<Histology.ADENOCARCINOMA: 'adenocarcinoma'>
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lungmets.nomenclature.not_understood import UnreadableError, nearest_words
from lungmets.vocabulary import Histology

EXPECTED = f"one of {', '.join(Histology)}, or their usual names in a report."

_NAMES: Mapping[Histology, tuple[str, ...]] = {
    Histology.ADENOCARCINOMA: ("adenocarcinoma", "adeno carcinoma", "adenoca"),
    Histology.SQUAMOUS: (
        "squamous", "squamous cell", "squamous carcinoma", "squamous cell carcinoma",
        "squamous cell cancer", "epidermoid carcinoma",
    ),
    Histology.ADENOSQUAMOUS: (
        "adenosquamous", "adeno squamous", "adenosquamous carcinoma", "adeno squamous carcinoma",
        "mixed squamous and adenocarcinoma", "mixed adenocarcinoma and squamous",
        "mixed squamous cell and adenocarcinoma",
        "mixed squamous cell carcinoma and adenocarcinoma",
        "mixed adenocarcinoma and squamous cell carcinoma", "mixed adeno and squamous carcinoma",
    ),
    Histology.LARGE_CELL: ("large cell", "large cell carcinoma", "large cell cancer"),
    Histology.NSCLC_NOS: (
        "nsclc nos", "nsclc not otherwise specified", "nsclc unspecified", "nscc nos",
    ),
    Histology.LARGE_CELL_NEUROENDOCRINE: (
        "large cell neuroendocrine", "large cell neuroendocrine carcinoma", "lcnec",
        "large cell neuroendocrine cancer", "large cell neuroendocrine tumour",
        "large cell neuroendocrine tumor",
    ),
    Histology.SARCOMATOID: (
        "sarcomatoid", "sarcomatoid carcinoma", "pleomorphic carcinoma", "spindle cell carcinoma",
        "giant cell carcinoma", "carcinosarcoma",
    ),
    Histology.SMALL_CELL: (
        "small cell", "small cell carcinoma", "small cell cancer", "oat cell carcinoma",
        "sclc", "es sclc",
        "extensive stage small cell carcinoma", "extensive stage small cell cancer",
        "extensive stage sclc",
    ),
}  # fmt: skip

_BY_NAME = {name: histology for histology, names in _NAMES.items() for name in names}

_FAMILY = "nsclc"
_IN_THE_FAMILY = frozenset(Histology) - {
    Histology.SMALL_CELL,
    Histology.LARGE_CELL_NEUROENDOCRINE,
    Histology.NSCLC_NOS,
}

_REFUSED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        r"scc",
        "SCC is used for squamous cell and for small cell carcinoma.",
        ("squamous", "small_cell"),
    ),
    (
        r"nsclc|nscc|non small cell",
        (
            "it names a family, not a histology; give the histology, or nsclc_nos where the"
            " pathologist could not tell."
        ),
        ("nsclc_nos", "adenocarcinoma", "squamous"),
    ),
    (
        r"non ?squamous.*",
        "it says what the tumour is not; give the histology.",
        ("adenocarcinoma", "large_cell", "nsclc_nos"),
    ),
    (
        r"(?:ls|limited stage) (?:sclc|small cell.*)",
        "the limited stage would be lost; give histology small_cell and stage limited.",
        ("small_cell",),
    ),
    (
        r"combined (?:sclc|small cell.*)",
        "combined small cell carcinoma is no histology of the profile.",
        ("small_cell",),
    ),
)


def understood(words: str) -> Histology:
    """Read the histology from a text in one spelling, or raise :class:`UnreadableError`."""
    name = _plain(words)
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name.startswith(f"{_FAMILY} "):
        histology = _BY_NAME.get(name.removeprefix(f"{_FAMILY} "))
        if histology in _IN_THE_FAMILY:
            return histology
    for pattern, why, nearest in _REFUSED:
        if re.fullmatch(pattern, name):
            raise UnreadableError(why, nearest)
    known = [*(histology.value for histology in Histology), *_BY_NAME]
    raise UnreadableError(
        "it is no histology that the profile knows.",
        nearest_words(words, known) or nearest_words(name, known),
    )


def _plain(words: str) -> str:
    """Return the name without punctuation and without the words that do not change the class."""
    name = " ".join(re.sub(r"[-_/,:;()]", " ", words).split())
    name = re.sub(r"\b(?:of|in) (?:the )?(?:lung|bronchus)$", "", name)
    name = " ".join(re.sub(r"\b(?:lung|pulmonary|bronchogenic|bronchial)\b", "", name).split())
    name = re.sub(r"\bnon ?small ?cell(?: (?:carcinoma|cancer))?\b", _FAMILY, name)
    name = re.sub(r"\b(?:primary|metastatic|invasive)\b", "", name)
    name = re.sub(r"\b(?:poorly|moderately|well) differentiated (?=[a-z])", "", name)
    name = re.sub(
        r"\b(?:mucinous|non mucinous|lepidic|acinar|papillary|micropapillary|solid)"
        r"(?: predominant)? (?=adenocarcinoma$)",
        "",
        name,
    )
    return " ".join(name.split())
