"""Mistakes that people make in a profile: what they write, and what the message must say of it.

A row is a field, its value in Python, the same in YAML (``None`` where YAML cannot say it), what the
message says stands there, and what it says was expected. The words are those of the field's
definition: its range, its unit, its vocabulary.
"""

from datetime import datetime
from typing import Any, NamedTuple

NAN, INF = float("nan"), float("inf")
TPS = 'a percentage from 0 to 100, a bound such as "<1", ">=50" or "1-49", or not_tested'
TEXT_TPS = "a tumour proportion score in percent from 0 to 100"
ECOG = "a whole number from 0 to 4"
LESIONS = "a whole number from 0, or one of not_imaged, present_count_unknown, innumerable"
CLEARANCE = "a number from 0 to 300 mL/min"
FLAG = "yes, no, or unstated"
COUNT = "a whole number from 1 to 1000"
SITES = "one of brain, bone, liver, adrenal, contralateral_lung, pleura, pericardium, distant_nodes"
CALCIUM = 'a value with its unit (mmol/L, mg/dL), such as "2.9 mmol/L"'
EGFR = "negative, not_tested, pending, inadequate, indeterminate, or what was found: L858R, exon 19 deletion"
RESULT = "a word such as negative or not_tested, or what the report says"
STATUS = "one of positive, negative, not_tested, pending, inadequate, indeterminate"
HISTOLOGY = "one of adenocarcinoma, squamous, adenosquamous, large_cell, nsclc_nos"
ENTRY = 'short texts, or entries such as {what: "new headache", since: 2026-05-01}'
DAY = "a day such as 2014-06-01"
TEXT = "a text of at most 200 characters"


class Mistake(NamedTuple):
    place: str
    value: Any
    yaml: str | None
    stands: str
    expected: str

    @property
    def field(self):
        return self.place.split(".")[0].split("[")[0]


def table(*rows):
    return [Mistake(*row) for row in rows]


# fmt: off
NUMBERS = table(
    # place                        Python       YAML            what stands there                 expected
    ("pd_l1_tps",                  101,         "101",          "101 is out of range",            TPS),
    ("pd_l1_tps",                  100.5,       "100.5",        "100.5 is out of range",          TPS),
    ("pd_l1_tps",                  -1,          "-1",           "-1 is out of range",             TPS),
    ("pd_l1_tps",                  NAN,         None,           "nan is not a score",             TPS),
    ("pd_l1_tps",                  INF,         "1e999",        "inf is out of range",            TPS),
    ("pd_l1_tps",                  -INF,        "-1e999",       "-inf is out of range",           TPS),
    ("pd_l1_tps",                  10**299,     "1" + "0"*299,  "…",                              TPS),
    ("pd_l1_tps",                  True,        "true",         "true is not a score",            TPS),
    ("pd_l1_tps",                  [60],        "[60]",         "[60] is not a score",            TPS),
    ("pd_l1_tps",                  b"60",       None,           "b'60' is not a score",           TPS),
    ("pd_l1_tps",                  "high",      "high",         "'high' is not understood",       TEXT_TPS),
    ("pd_l1_tps",                  "nan",       ".nan",         "nan' is not understood",         TEXT_TPS),
    ("pd_l1_tps",                  ".inf",      ".inf",         "'.inf' is not understood",       TEXT_TPS),
    ("pd_l1_tps",                  "6O",        "6O",           "'6O' is not understood",         TEXT_TPS),
    ("pd_l1_tps",                  "60 percentt", "60 percentt", "'60 percentt' is not understood", TEXT_TPS),
    ("pd_l1_tps",                  "",          '""',           "'' is not understood",           TEXT_TPS),
    ("ecog_ps",                    5,           "5",            "5 is out of range",              ECOG),
    ("ecog_ps",                    -1,          "-1",           "-1 is out of range",             ECOG),
    ("ecog_ps",                    "1",         '"1"',          "'1' is text",                    ECOG),
    ("ecog_ps",                    "one",       "one",          "'one' is not a whole number",    ECOG),
    ("ecog_ps",                    "1-2",       "1-2",          "'1-2' is not a whole number",    ECOG),
    ("ecog_ps",                    1.0,         "1.0",          "1.0 is not a whole number",      ECOG),
    ("ecog_ps",                    True,        "true",         "true is not a whole number",     ECOG),
    ("ecog_ps",                    NAN,         None,           "nan is not a whole number",      ECOG),
    ("ecog_ps",                    [1],         "[1]",          "[1] is not a whole number",      ECOG),
    ("ecog_ps",                    10**299,     "1" + "0"*299,  "…",                              ECOG),
    ("brain_lesions",              1.5,         "1.5",          "1.5 is not a count",             LESIONS),
    ("brain_lesions",              3.0,         "3.0",          "3.0 is not a count",             LESIONS),
    ("brain_lesions",              -1,          "-1",           "-1 is out of range",             LESIONS),
    ("brain_lesions",              True,        "true",         "true is not a count",            LESIONS),
    ("brain_lesions",              "3",         '"3"',          "'3' is text",                    LESIONS),
    ("brain_lesions",              "three",     "three",        "'three' is not a count",         LESIONS),
    ("brain_lesions",              "1O",        "1O",           "'1O' is not a count",            LESIONS),
    ("brain_lesions",              "1.5",       '"1.5"',        "'1.5' is not a count",           LESIONS),
    ("brain_lesions",              "unknown",   "unknown",      "'unknown' does not say whether", LESIONS),
    ("brain_lesions",              NAN,         None,           "nan is not a count",             LESIONS),
    ("brain_lesions",              10**5000,    None,           "<int> is out of range",          LESIONS),
    ("brain_largest_mm",           0,           "0",            "0 is out of range",              "a number from 0.1 to 200 mm"),
    ("brain_largest_mm",           "4 cm",      "4 cm",         "'4 cm' is not a number",         "a number from 0.1 to 200 mm"),
    ("creatinine_clearance_ml_min", -1,         "-1",           "-1 is out of range",             CLEARANCE),
    ("creatinine_clearance_ml_min", 301,        "301",          "301 is out of range",            CLEARANCE),
    ("creatinine_clearance_ml_min", True,       "true",         "true is not a number",           CLEARANCE),
    ("creatinine_clearance_ml_min", NAN,        None,           "nan is not a number",            CLEARANCE),
    ("creatinine_clearance_ml_min", 10**299,    "1" + "0"*299,  "…",                              CLEARANCE),
    ("creatinine_clearance_ml_min", "45 ml/min", "45 ml/min",   "'45 ml/min' is not a number",    CLEARANCE),
    ("creatinine_clearance_ml_min", "4O",       "4O",           "'4O' is not a number",           CLEARANCE),
    ("albumin_g_l",                4,           "4",            "4 is out of range",              "a number from 5 to 80 g/L"),
    ("age",                        "70",        '"70"',         "'70' is text",                   "a whole number from 0 to 120 years"),
    ("age",                        200,         "200",          "200 is out of range",            "a whole number from 0 to 120 years"),
    ("calcium",                    2.9,         "2.9",          "2.9 is not a calcium with its unit", CALCIUM),
    ("calcium",                    "2.9",       '"2.9"',        "'2.9' is not a calcium with its unit", CALCIUM),
    ("calcium",                    "2.9 mmol",  "2.9 mmol",     "'2.9 mmol' is not a calcium with its unit", CALCIUM),
    ("calcium",                    "high",      "high",         "'high' is not a calcium with its unit", CALCIUM),
    ("calcium",                    "2.9 mg/L",  "2.9 mg/L",     "'mg/L' is not a unit of calcium", "one of mmol/L, mg/dL"),
    ("calcium",                    "45 mg/dL",  "45 mg/dL",     "45.0 is out of range",           "a number from 0 to 40"),
    ("calcium",                    "0 mmol/L",  "0 mmol/L",     "0 is out of range",              "a number above 0"),
    ("calcium",                    {"value": 2.9}, "{value: 2.9}", "the unit is missing",         CALCIUM),
    ("calcium",                    {},          "{}",           "the value and the unit is missing", CALCIUM),
    ("calcium.unit",               {"value": 2.9, "unit": "g/L"}, "{value: 2.9, unit: g/L}", "'g/L' is not a unit of calcium", "one of mmol/L, mg/dL"),
    ("calcium.value",              {"value": "2.9", "unit": "mmol/L"}, '{value: "2.9", unit: mmol/L}', "'2.9' is text", "a number from 0 to 40"),
    ("calcium.value",              {"value": True, "unit": "mmol/L"}, "{value: true, unit: mmol/L}", "true is not a number", "a number from 0 to 40"),
    ("metastasis_counts.liver",    {"liver": 0}, "{liver: 0}",  "0 is not a count",               COUNT),
    ("metastasis_counts.liver",    {"liver": -1}, "{liver: -1}", "-1 is out of range",            COUNT),
    ("metastasis_counts.liver",    {"liver": 1.5}, "{liver: 1.5}", "1.5 is not a whole number",   COUNT),
    ("metastasis_counts.liver",    {"liver": True}, "{liver: true}", "true is not a whole number", COUNT),
    ("metastasis_counts.liver",    {"liver": False}, "{liver: false}", "false is not a whole number", COUNT),
    ("metastasis_counts.liver",    {"liver": "2"}, '{liver: "2"}', "'2' is text",                 COUNT),
    ("metastasis_counts.liver",    {"liver": None}, "{liver: }", "nothing is not a count",        COUNT),
    ("metastasis_counts.Liver",    {"liver": 1, "Liver": 2}, "{liver: 1, Liver: 2}", "liver is counted twice", "each site once"),
    ("metastasis_counts",          ["liver"],   "[liver]",      "['liver'] is not a table",       "a count for each site"),
    ("metastasis_counts",          3,           "3",            "3 is not a table",               "a count for each site"),
)

WORDS = table(
    ("bone_metastases",            1,           "1",            "1 is neither yes nor no",        FLAG),
    ("cord_compression",           0,           "0",            "0 is neither yes nor no",        FLAG),
    ("pregnant",                   1.0,         "1.0",          "1.0 is neither yes nor no",      FLAG),
    ("bone_pain",                  "maybe",     "maybe",        "'maybe' is neither yes nor no",  FLAG),
    ("bone_pain",                  "",          '""',           "'' is neither yes nor no",       FLAG),
    ("bone_pain",                  [],          "[]",           "[] is neither yes nor no",       FLAG),
    ("leptomeningeal",             False,       "false",        "false is not a word",            "one of no, suspected, confirmed"),
    ("leptomeningeal",             "yes",       "yes",          "'yes' is not a known word",      "one of no, suspected, confirmed"),
    ("leptomeningeal",             0,           "0",            "0 is not a word",                "one of no, suspected, confirmed"),
    ("stage",                      4,           "4",            "4 is not a word",                "one of I, II, III, IV, IVA, IVB, limited, extensive"),
    ("smoking",                    ["never"],   "[never]",      "['never'] is not a word",        "one of never, former, current"),
    ("brain_imaging",              "petct",     "petct",        "'petct' is not a known word",    "one of mri, ct, none"),
    ("histology",                  5,           "5",            "5 is not a histology",           HISTOLOGY),
    ("histology",                  ["squamous"], "[squamous]",  "['squamous'] is not a histology", HISTOLOGY),
    ("histology",                  "unknown",   "unknown",      "'unknown' is not a histology",   HISTOLOGY),
    ("histology",                  "cancer",    "cancer",       "'cancer' is not understood",     HISTOLOGY),
    ("metastatic_sites",           "liver",     "liver",        "'liver' is not a list",          "a list of brain, bone, liver"),
    ("metastatic_sites",           {"liver": 2}, "{liver: 2}",  "{'liver': 2} is not a list",     "a list of brain, bone, liver"),
    ("metastatic_sites[1]",        ["liver", 5], "[liver, 5]",  "5 is not a word",                SITES),
    ("metastatic_sites[1]",        ["liver", None], "[liver, ~]", "nothing is not a word",        SITES),
    ("contraindications[0]",       [["platinum"]], "[[platinum]]", "['platinum'] is not a word",  "one of autoimmune_disease, organ_transplant"),
    ("metastasis_counts.lung",     {"lung": 2}, "{lung: 2}",    "'lung' is not a known word",     SITES),
)

RESULTS = table(
    ("egfr",                       5,           "5",            "5 is not a result",              RESULT),
    ("egfr",                       True,        "true",         "true is not a result",           RESULT),
    ("egfr",                       "",          '""',           "'' is not understood",           EGFR),
    ("egfr",                       "unknown",   "unknown",      "'unknown' is not understood",    EGFR),
    ("egfr",                       "V600E",     "V600E",        "'V600E' is not understood",      EGFR),
    ("alk",                        "L858R",     "L858R",        "'L858R' is not understood",      "negative, not_tested"),
    ("egfr",                       [],          "[]",           "an empty list",                  "negative, not_tested, or the variants that were found"),
    ("egfr",                       ["L858R", "negative"], "[L858R, negative]", "l858r and negative at once", "one status for egfr, or several variants"),
    ("egfr",                       ["negative", "pending"], "[negative, pending]", "negative and pending at once", "one status for egfr, or several variants"),
    ("egfr[1]",                    ["L858R", 5], "[L858R, 5]",  "5 is not a result",              RESULT),
    ("egfr[1]",                    ["L858R", "bogus"], "[L858R, bogus]", "'bogus' is not understood", EGFR),
    ("egfr",                       {},          "{}",           "the status is missing",          STATUS),
    ("egfr",                       {"variants": ["l858r"]}, "{variants: [l858r]}", "the status is missing", STATUS),
    ("egfr",                       {"status": "negative", "variants": ["l858r"]}, "{status: negative, variants: [l858r]}", "status negative with variants l858r", "variants with status positive only"),
    ("egfr.status",                {"status": 1}, "{status: 1}", "1 is not a word",               STATUS),
    ("egfr.variants",              {"status": "positive", "variants": "l858r"}, "{status: positive, variants: l858r}", "'l858r' is not a list", "a list of the variants that were found"),
    ("egfr.variants[0]",           {"status": "positive", "variants": [858]}, "{status: positive, variants: [858]}", "858 is not a result", RESULT),
    ("egfr.variants[0]",           {"status": "positive", "variants": ["negative"]}, "{status: positive, variants: [negative]}", "'negative' is not a variant", "exon19del, l858r"),
    ("egfr.variants[1]",           {"status": "positive", "variants": ["l858r", "pending"]}, "{status: positive, variants: [l858r, pending]}", "'pending' is not a variant", "exon19del, l858r"),
    ("egfr.specimen",              {"status": "negative", "specimen": "blood"}, "{status: negative, specimen: blood}", "'blood' is not a known word", "one of tissue, cytology, plasma"),
    ("egfr",                       {"status": "positive", "variants": ["L858R in plasma"], "specimen": "tissue"}, "{status: positive, variants: [L858R in plasma], specimen: tissue}", "specimen tissue with plasma in the text", "one specimen"),
    ("pd_l1_tps",                  {"low": 1},  "{low: 1}",     "only one end of the interval",   "both low and high, or neither"),
    ("pd_l1_tps",                  {"low": 5, "high": 3}, "{low: 5, high: 3}", "an empty interval from 5.0 to 3.0", "low <= high"),
    ("pd_l1_tps",                  {"tps": 60, "low": 1}, "{tps: 60, low: 1}", "tps beside low", "one of tps, low with high, or a status"),
    ("pd_l1_tps",                  {"tps": 60, "status": "pending"}, "{tps: 60, status: pending}", "tps beside status", "one of tps, low with high, or a status"),
    ("pd_l1_tps",                  {"tps": "22C3: 60", "assay": "sp263"}, '{tps: "22C3: 60", assay: sp263}', "assay sp263 with 22c3 in the text", "one assay"),
    ("pd_l1_tps",                  {"status": "negative"}, "{status: negative}", "PD-L1 negative", "a percentage, or not_tested, pending"),
    ("pd_l1_tps.tps",              {"tps": 101}, "{tps: 101}",  "101 is out of range",            TPS),
    ("pd_l1_tps.tps",              {"tps": True}, "{tps: true}", "true is not a score",           TPS),
    ("pd_l1_tps.immune_cells",     {"tps": 5, "immune_cells": 101}, "{tps: 5, immune_cells: 101}", "101 is out of range", "a number from 0 to 100 percent"),
    ("pd_l1_tps.low_open",         {"low": 1, "high": 2, "low_open": 1}, "{low: 1, high: 2, low_open: 1}", "1 is neither yes nor no", FLAG),
)

SYMPTOMS = table(
    ("symptoms",                   5,           "5",            "5 is not a list",                f"a list of {ENTRY}"),
    ("symptoms",                   True,        "true",         "true is not a list",             f"a list of {ENTRY}"),
    ("symptoms[0]",                [5],         "[5]",          "5 is not a symptom",             ENTRY),
    ("symptoms[1]",                ["cough", None], "[cough, ~]", "nothing is not a symptom",     ENTRY),
    ("symptoms[1]",                ["cough", ["pain"]], "[cough, [pain]]", "['pain'] is not a symptom", ENTRY),
    ("symptoms[0].what",           [""],        '[""]',         "the text is empty",              TEXT),
    ("symptoms[0].what",           ["  "],      '["  "]',       "the text is empty",              TEXT),
    ("symptoms[0].what",           ["x" * 201], f"[{'x' * 201}]", "has 201 characters",           TEXT),
    ("symptoms[0].what",           [{"since": "2026-05-01"}], "[{since: 2026-05-01}]", "this is missing", "a value"),
    ("symptoms[0].what",           [{"what": 5}], "[{what: 5}]", "5 is not a text",               TEXT),
    ("symptoms[0].course",         [{"what": "cough", "course": 5}], "[{what: cough, course: 5}]", "5 is not a text", TEXT),
    ("symptoms[0].since",          [{"what": "cough", "since": "yesterday"}], "[{what: cough, since: yesterday}]", "'yesterday' is not a day", DAY),
    ("symptoms[0].since",          [{"what": "cough", "since": "2026-02-30"}], "[{what: cough, since: 2026-02-30}]", "'2026-02-30' is not in the calendar", DAY),
    ("symptoms[0].since",          [{"what": "cough", "since": "01.05.2026"}], "[{what: cough, since: 01.05.2026}]", "'01.05.2026' is not a day", DAY),
    ("symptoms[0].since",          [{"what": "cough", "since": 20260501}], "[{what: cough, since: 20260501}]", "20260501 is not a day", DAY),
    ("symptoms[0].since",          [{"what": "cough", "since": 0}], "[{what: cough, since: 0}]", "0 is not a day", DAY),
    ("symptoms[0].since",          [{"what": "cough", "since": True}], "[{what: cough, since: true}]", "true is not a day", DAY),
    ("symptoms[0].since",          [{"what": "cough", "since": datetime(2026, 5, 1, 8)}], None, "is not a day", DAY),  # noqa: DTZ001  -- a clock time without a zone is the mistake
    ("symptoms",                   ["cough"] * 101, "[" + "cough, " * 101 + "]", "a list of 101", "at most 100 members"),
)
# fmt: on

MISTAKES = [*NUMBERS, *WORDS, *RESULTS, *SYMPTOMS]

# fmt: off
MISSPELT = [
    # what is written, in YAML                      the place in the message       the nearest known word
    ("histolgy: squamous",                          "histolgy",                    "histology"),
    ("Histology: squamous",                         "Histology",                   "histology"),
    ("egrf: negative",                              "egrf",                        "egfr"),
    ("EGFR: negative",                              "EGFR",                        "egfr"),
    ("her2: negative",                              "her2",                        "erbb2"),
    ("pd-l1: 60",                                   "pd-l1",                       "pd_l1_tps"),
    ("PDL1: 60",                                    "PDL1",                        "pd_l1_tps"),
    ("tps: 60",                                     "tps",                         "pd_l1_tps"),
    ("ecog: 1",                                     "ecog",                        "ecog_ps"),
    ("performance status: 1",                       "performance status",          "ecog_ps"),
    ("symptom: [cough]",                            "symptom",                     "symptoms"),
    ("contraindication: [platinum]",                "contraindication",            "contraindications"),
    ("histology: squamos",                          "histology",                   "squamous"),
    ("histology: adenocarcinom",                    "histology",                   "adenocarcinoma"),
    ("egfr: l858rr",                                "egfr",                        "L858R"),
    ("egfr: L585R",                                 "egfr",                        "L858R"),
    ("egfr: negativ",                               "egfr",                        "negative"),
    ("egfr: {status: postive}",                     "egfr.status",                 "positive"),
    ("egfr: {stat: positive}",                      "egfr.stat",                   "status"),
    ("egfr: {status: positive, varaints: [l858r]}", "egfr.varaints",               "variants"),
    ("egfr: {status: positive, variants: [l858rr]}", "egfr.variants[0]",           "L858R"),
    ("egfr: {status: negative, specimen: plasm}",   "egfr.specimen",               "plasma"),
    ("egfr: {status: negative, assay: ngss}",       "egfr.assay",                  "ngs"),
    ("kras: g12cc",                                 "kras",                        "G12C"),
    ("met: exon14_skiping",                         "met",                         "exon14_skipping"),
    ("pd_l1_tps: pendin",                           "pd_l1_tps",                   "pending"),
    ("pd_l1_tps: 60 percentt",                      "pd_l1_tps",                   "percent"),
    ("pd_l1_tps: {tsp: 60}",                        "pd_l1_tps.tsp",               "tps"),
    ("pd_l1_tps: {tps: 60, assay: 22c4}",           "pd_l1_tps.assay",             "22c3"),
    ("ecog_ps: 1.0",                                "ecog_ps",                     "1"),
    ("brain_lesions: not_imagd",                    "brain_lesions",               "not_imaged"),
    ("brain_imaging: mr",                           "brain_imaging",               "mri"),
    ("leptomeningeal: suspectd",                    "leptomeningeal",              "suspected"),
    ("leptomeningeal: false",                       "leptomeningeal",              "no"),
    ("bone_metastases: yess",                       "bone_metastases",             "yes"),
    ("metastatic_sites: [livr]",                    "metastatic_sites[0]",         "liver"),
    ("metastatic_sites: [brain, adrenals]",         "metastatic_sites[1]",         "adrenal"),
    ("metastasis_counts: {livr: 2}",                "metastasis_counts.livr",      "liver"),
    ("contraindications: [autoimune_disease]",      "contraindications[0]",        "autoimmune_disease"),
    ("contraindications_excluded: [organ_transplnt]", "contraindications_excluded[0]", "organ_transplant"),
    ("calcium: {value: 2.9, units: mmol/L}",        "calcium.units",               "unit"),
    ("symptoms: [{wht: cough}]",                    "symptoms[0].wht",             "what"),
    ("stage: IVC",                                  "stage",                       "IV"),
    ("smoking: nevr",                               "smoking",                     "never"),
]
# fmt: on
