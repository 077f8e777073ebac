"""EGFR: what reports write, and the class that it belongs to."""

import pytest

from lungmets.nomenclature import NotUnderstood, read_gene
from lungmets.vocabulary import Gene, ResultStatus


def classes(text):
    return {variant.value for variant in read_gene(Gene.EGFR, text).variants}


# fmt: off
ONE_CLASS = [
    # the substitution, in every style
    ("L858R",                                       "l858r"),
    ("l858r",                                       "l858r"),
    ("p.L858R",                                     "l858r"),
    ("p.(L858R)",                                   "l858r"),
    ("Leu858Arg",                                   "l858r"),
    ("p.Leu858Arg",                                 "l858r"),
    ("p.(Leu858Arg)",                               "l858r"),
    ("NP_005219.2:p.Leu858Arg",                     "l858r"),
    ("c.2573T>G",                                   "l858r"),
    ("c.2573_2574delinsGT",                         "l858r"),
    ("c.2573_2574del2insGT",                        "l858r"),
    ("NM_005228.5:c.2573T>G (p.Leu858Arg)",         "l858r"),
    ("EGFR L858R",                                  "l858r"),
    ("EGFR: p.Leu858Arg",                           "l858r"),
    ("EGFR exon 21 L858R mutation detected",        "l858r"),
    ("exon 21 (L858R)",                             "l858r"),
    ("positive for L858R",                          "l858r"),
    ("L858R (VAF 23%)",                             "l858r"),
    ("L858R (c.2573T>G)",                           "l858r"),
    ("mutation in exon 21, L858R",                  "l858r"),
    ("Mutation status: L858R",                      "l858r"),
    ("T790M",                                       "t790m"),
    ("p.Thr790Met",                                 "t790m"),
    ("c.2369C>T",                                   "t790m"),
    ("S768I",                                       "s768i"),
    ("c.2303G>T",                                   "s768i"),
    ("L861Q",                                       "l861q"),
    ("c.2582T>A",                                   "l861q"),
    ("G719X",                                       "g719x"),
    ("exon 18 G719X",                               "g719x"),
    ("G719A",                                       "g719x"),
    ("G719S",                                       "g719x"),
    ("G719C",                                       "g719x"),
    ("G719D",                                       "g719x"),
    ("p.Gly719Ala",                                 "g719x"),
    ("c.2155G>A",                                   "g719x"),
    # exon 19 deletions, by name
    ("exon 19 deletion",                            "exon19del"),
    ("Exon-19 deletion",                            "exon19del"),
    ("exon 19 in-frame deletion",                   "exon19del"),
    ("exon 19 del",                                 "exon19del"),
    ("exon19del",                                   "exon19del"),
    ("ex19del",                                     "exon19del"),
    ("Ex19 Del",                                    "exon19del"),
    ("E19del",                                      "exon19del"),
    ("del19",                                       "exon19del"),
    ("19del",                                       "exon19del"),
    ("19-del",                                      "exon19del"),
    ("deletion in exon 19",                         "exon19del"),
    # exon 19 deletions, by residue
    ("E746_A750del",                                "exon19del"),
    ("p.E746_A750del",                              "exon19del"),
    ("p.Glu746_Ala750del",                          "exon19del"),
    ("E746_A750delELREA",                           "exon19del"),
    ("delE746-A750",                                "exon19del"),
    ("del E746_A750",                               "exon19del"),
    ("E746–A750del",                                "exon19del"),
    ("E746_S752delinsV",                            "exon19del"),
    ("p.Glu746_Ser752delinsVal",                    "exon19del"),
    ("L747_T751del",                                "exon19del"),
    ("L747_P753delinsS",                            "exon19del"),
    ("exon 19 E746_A750del",                        "exon19del"),
    ("exon 19 mutation, E746_A750del",              "exon19del"),
    ("exon 19 mutation, exon 19 deletion",          "exon19del"),
    ("exon 19 deletion (E746_P753delinsVS)",        "exon19del"),
    ("exon 19 deletion (p.Glu746_Ala750del, c.2235_2249del)", "exon19del"),
    ("delELREA",                                    "exon19del"),
    ("LREA deletion",                               "exon19del"),
    ("c.2235_2249del",                              "exon19del"),
    ("c.2236_2250del15",                            "exon19del"),
    # exon 20 insertions
    ("exon 20 insertion",                           "exon20ins"),
    ("ex20ins",                                     "exon20ins"),
    ("exon20ins",                                   "exon20ins"),
    ("A767_V769dup",                                "exon20ins"),
    ("p.Ala767_Val769dup",                          "exon20ins"),
    ("A767_V769dupASV",                             "exon20ins"),
    ("S768_D770dup",                                "exon20ins"),
    ("V769_D770insASV",                             "exon20ins"),
    ("D770_N771insSVD",                             "exon20ins"),
    ("N771_P772insN",                               "exon20ins"),
    ("N771delinsGY",                                "exon20ins"),
    ("H773_V774insH",                               "exon20ins"),
    ("A763_Y764insFQEA",                            "exon20ins"),
    ("D761_E762insEAFQ",                            "exon20ins"),
    ("exon 20 D761_E762insEAFQ",                    "exon20ins"),
    ("c.2310_2311insGGT",                           "exon20ins"),
    # drivers without a class of their own
    ("other_activating",                            "other_activating"),
    ("other activating mutation",                   "other_activating"),
    ("exon 18 deletion",                            "other_activating"),
    ("E709_T710delinsD",                            "other_activating"),
    ("delE709_T710insD",                            "other_activating"),
    ("exon 19 insertion",                           "other_activating"),
    ("K745_E746insIPVAIK",                          "other_activating"),
]

SEVERAL = [
    ("L858R and T790M",                             {"l858r", "t790m"}),
    ("L858R + T790M",                               {"l858r", "t790m"}),
    ("L858R+T790M",                                 {"l858r", "t790m"}),
    ("L858R; T790M",                                {"l858r", "t790m"}),
    ("L858R, T790M",                                {"l858r", "t790m"}),
    ("L858R & T790M",                               {"l858r", "t790m"}),
    ("L858R with T790M",                            {"l858r", "t790m"}),
    ("G719A + S768I",                               {"g719x", "s768i"}),
    ("compound mutation (G719A + S768I)",           {"g719x", "s768i"}),
    ("exon 19 deletion+T790M",                      {"exon19del", "t790m"}),
    ("exon 21: L858R; exon 20: T790M",              {"l858r", "t790m"}),
    ("exon 19 deletion, E746_A750del",              {"exon19del"}),
    ("VUS and L858R",                               {"l858r"}),
]

CLASS_MISSING = [
    "positive", "EGFR positive", "EGFR+", "EGFR (+)", "EGFR-mutant", "mutated", "mutation detected",
    "activating mutation", "sensitising mutation detected", "uncommon mutation", "exon 19 mutation",
    "EGFR exon 20 mutation detected", "positive (NGS)", "detected",
]

REFUSED = [
    # text                              the words of the reason
    ("L861R",                           "no EGFR substitution with a class of its own"),
    ("L747P",                           "no EGFR substitution with a class of its own"),
    ("C797S",                           "no EGFR substitution with a class of its own"),
    ("V834L",                           "no EGFR substitution with a class of its own"),
    ("G719R",                           "no EGFR substitution with a class of its own"),
    ("S768I and V769L",                 "V769L is no EGFR substitution"),
    ("A858R",                           "residue 858 of EGFR is L, not A"),
    ("L746_A750del",                    "residue 746 of EGFR is E, not L"),
    ("A767_V769dupAVS",                 "residue 768 of EGFR is S, not V"),
    ("A750_E746del",                    "not a range"),
    ("E746_A750delELR",                 "not the 5 residues"),
    ("E746_Ala750del",                  "mixes one-letter and three-letter"),
    ("D770_P772insSVD",                 "between two neighbouring residues"),
    ("D770_N771ins",                    "does not say what is inserted"),
    ("E746_S752delins",                 "does not say what is inserted"),
    ("D770_N771insJ",                   "not a sequence of amino acids"),
    ("L747_A750delinsPQQQ",             "neither a net loss"),
    ("E758_Y764del",                    "neither a net loss"),
    ("D770_N771del",                    "neither a net loss"),
    ("L858=",                           "leaves the protein as it is"),
    ("L858*",                           "stop codon or a frameshift"),
    ("E746fs",                          "stop codon or a frameshift"),
    ("exon 20 deletion",                "belongs to no class of EGFR"),
    ("EGFRvIII",                        "belongs to no class"),
    ("c.2573T>C",                       "L858P is no EGFR substitution"),
    ("c.2573G>T",                       "reads CTG in the reference"),
    ("c.2573T>T",                       "replaces bases by themselves"),
    ("c.2240_2241del",                  "shifts the reading frame"),
    ("c.2497T>G",                       "not known here"),
    ("c.2249_2235del",                  "not a range"),
    ("NM_001346941.2:c.2573T>G",        "numbering of NM_001346941"),
    ("c.2310_2312insGGT",               "between two neighbouring bases"),
    ("c.2573_2574TG>G",                 "differ in number"),
    ("c.2283+1G>A",                     "lies in an intron"),
    ("exon 19 L858R",                   "does not lie in exon 19"),
    ("other activating (exon 2)",       "does not lie in exon 2"),
    ("codon 790 L858R",                 "does not lie in codon 790"),
    ("exon 20 insertion (E746_A750del)", "are not the same"),
    ("L858R (c.2582T>A)",               "are not the same"),
    ("L858R T790M",                     "stand side by side"),
    ("exon 20 mutation and L858R",      "names exon 20 as well"),
    ("exon 5 mutation",                 "carries no class"),
    ("exon 19",                         "no result there"),
    ("L858R (VUS)",                     "not of unknown significance"),
    ("KRAS G12C",                       "another gene or marker, KRAS"),
    ("ALK fusion",                      "another gene or marker, ALK"),
    ("L858R and TP53",                  "another gene or marker, TP53"),
    ("EGFR fusion",                     "rearrangement"),
    ("L858R and fusion",                "rearrangement as well"),
    ("positive (IHC)",                  "neither is a mutation"),
    ("FISH positive",                   "neither is a mutation"),
    ("negative (IHC)",                  "neither is a mutation"),
    ("EGFR expression",                 "not a mutation"),
    ("overexpression",                  "not a mutation"),
    ("EGFR 3+",                         "not a mutation"),
    ("amplification",                   "not a mutation"),
    ("L858R?",                          "fits '?'"),
    ("possible L858R",                  "fits 'possible'"),
    ("L858R or L861Q",                  "fits 'or'"),
    ("L858R/T790M",                     "fits '/t790m'"),
    ("xL858R",                          "fits 'xl858r'"),
    ("L858RR",                          "fits 'l858rr'"),
    ("L858R (VAF 0%)",                  "fits 'vaf'"),
    ("L858R (tissue",                   "brackets"),
    ("L858R and",                       "ends in the middle"),
    ("negative for",                    "ends in the middle"),
    ("EGFR",                            "no result in it"),
    ("EGFR mutation status",            "names a test"),
    ("L858R test",                      "names a test"),
    ("EGFR mutation:",                  "ends in the middle"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), ONE_CLASS)
def test_one_finding_has_one_class(text, expected):
    assert classes(text) == {expected}


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_joined_findings_have_a_class_each(text, expected):
    assert classes(text) == expected


@pytest.mark.parametrize("text", CLASS_MISSING)
def test_a_bare_positive_lacks_its_class(text):
    reading = read_gene(Gene.EGFR, text)
    assert reading.status is ResultStatus.POSITIVE
    assert reading.variants == frozenset()


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_nothing_is_guessed(text, reason):
    with pytest.raises(NotUnderstood) as refused:
        read_gene(Gene.EGFR, text)
    assert reason in refused.value.why


# fmt: off
NEAREST = [
    ("A858R",       "L858R"),
    ("L861R",       "L861Q"),
    ("L585R",       "L858R"),
    ("C797S",       "T790M"),
    ("exon19dell",  "exon19del"),
    ("L746_A750del", "E746_A750del"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), NEAREST)
def test_a_refusal_names_the_nearest_known_words(text, expected):
    with pytest.raises(NotUnderstood) as refused:
        read_gene(Gene.EGFR, text)
    assert expected in refused.value.nearest
    assert len(refused.value.nearest) <= 3
