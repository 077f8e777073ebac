"""Histology: the names that pathologists use."""

import pytest

from lungmets.nomenclature import NotUnderstood, read_histology
from lungmets.vocabulary import Histology

# fmt: off
READ = [
    ("lung adenocarcinoma",                         "adenocarcinoma"),
    ("Adenocarcinoma.",                             "adenocarcinoma"),
    ("adenocarcinoma of the lung",                  "adenocarcinoma"),
    ("metastatic adenocarcinoma",                   "adenocarcinoma"),
    ("poorly differentiated adenocarcinoma",        "adenocarcinoma"),
    ("invasive mucinous adenocarcinoma",            "adenocarcinoma"),
    ("acinar predominant adenocarcinoma",           "adenocarcinoma"),
    ("NSCLC, adenocarcinoma",                       "adenocarcinoma"),
    ("non-small cell lung cancer (adenocarcinoma)", "adenocarcinoma"),
    ("squamous cell carcinoma",                     "squamous"),
    ("squamous-cell lung carcinoma",                "squamous"),
    ("Squamous",                                    "squamous"),
    ("NSCLC, squamous",                             "squamous"),
    ("adenosquamous carcinoma",                     "adenosquamous"),
    ("adeno-squamous",                              "adenosquamous"),
    ("mixed squamous and adenocarcinoma",           "adenosquamous"),
    ("large cell carcinoma",                        "large_cell"),
    ("NSCLC NOS",                                   "nsclc_nos"),
    ("NSCLC-NOS",                                   "nsclc_nos"),
    ("NSCLC, not otherwise specified",              "nsclc_nos"),
    ("Non-Small-Cell Lung Carcinoma, NOS",          "nsclc_nos"),
    ("LCNEC",                                       "large_cell_neuroendocrine"),
    ("large cell neuroendocrine carcinoma",         "large_cell_neuroendocrine"),
    ("large-cell neuroendocrine carcinoma of the lung", "large_cell_neuroendocrine"),
    ("sarcomatoid carcinoma",                       "sarcomatoid"),
    ("pulmonary sarcomatoid carcinoma",             "sarcomatoid"),
    ("pleomorphic carcinoma",                       "sarcomatoid"),
    ("small cell lung cancer",                      "small_cell"),
    ("small-cell carcinoma",                        "small_cell"),
    ("SCLC",                                        "small_cell"),
    ("ES-SCLC",                                     "small_cell"),
    ("extensive-stage small cell lung cancer",      "small_cell"),
]

REFUSED = [
    ("NSCLC",                                       "a family, not a histology"),
    ("non-small cell lung cancer",                  "a family, not a histology"),
    ("non small cell",                              "a family, not a histology"),
    ("nonsmall-cell lung carcinoma",                "a family, not a histology"),
    ("SCC",                                         "squamous cell and for small cell"),
    ("non-squamous",                                "what the tumour is not"),
    ("non-squamous NSCLC",                          "what the tumour is not"),
    ("LS-SCLC",                                     "limited stage would be lost"),
    ("limited-stage small cell lung cancer",        "limited stage would be lost"),
    ("combined small cell carcinoma",               "no histology of the profile"),
    ("mixed small cell and adenocarcinoma",         "no histology that the profile knows"),
    ("adenocarcinoma or squamous",                  "no histology that the profile knows"),
    ("not adenocarcinoma",                          "no histology that the profile knows"),
    ("adenocarcinoma?",                             "no histology that the profile knows"),
    ("adenocarcinoma in situ",                      "no histology that the profile knows"),
    ("NSCLC small cell",                            "no histology that the profile knows"),
    ("carcinoid",                                   "no histology that the profile knows"),
    ("carcinoma",                                   "no histology that the profile knows"),
    ("",                                            "empty"),
]

NEAREST = [
    ("adenocarcinom",       "adenocarcinoma"),
    ("squamos",             "squamous"),
    ("small_cel",           "small_cell"),
    ("NSCLC",               "nsclc_nos"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_usual_name_is_read(text, expected):
    assert read_histology(text) == expected


@pytest.mark.parametrize("histology", Histology)
def test_every_closed_word_reads_as_itself(histology):
    assert read_histology(histology.value) is histology
    assert read_histology(histology.value.upper()) is histology
    assert read_histology(histology.value.replace("_", "-")) is histology


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_nothing_is_guessed(text, reason):
    with pytest.raises(NotUnderstood) as refused:
        read_histology(text)
    assert reason in refused.value.why


@pytest.mark.parametrize(("text", "expected"), NEAREST)
def test_a_refusal_names_the_nearest_known_words(text, expected):
    with pytest.raises(NotUnderstood) as refused:
        read_histology(text)
    assert expected in refused.value.nearest
