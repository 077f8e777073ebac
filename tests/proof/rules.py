"""For whom each rule speaks, and of what, a second time: see :mod:`tests.proof.patients`.

Where a rule is clinical, the decision of the design (C1 to C23) or the source is named beside it. What a rule
speaks of is written by the drugs' own classes (:func:`tests.proof.bookkeeping.classes_of`), not by those that
the knowledge files them under:

* ``with A B``      regimens that hold one of these drugs or classes;
* ``only A``        regimens of nothing else;
* ``A, B``          these regimens;
* ``... but C D``   without those that hold one of these;
* ``brain/...``     in another domain than the systemic one, ``*/...`` in any.
"""

from tests.proof.patients import (
    EGFR_COMMON,
    EGFR_UNCOMMON,
    FAIRLY_FIT,
    FEW,
    FIT,
    NO_PLATINUM,
    NON_SQUAMOUS,
    NSCLC,
    SMALL_CELL,
    SQUAMOUS,
)

EVERYONE = {}
FRAIL = {"ecog_ps": [3, 4]}
BRAIN = {"brain_disease": "yes"}
BONE = {"bone_metastases": "yes"}
HIGH = {"pd_l1_tps": ">=50"}
BRAIN_SITE = {"metastatic_sites": "brain"}


def present(word):
    return {"contraindications": word}


def told(*words):
    return {"symptoms": list(words)}


def together(one, *others):
    """A cluster: one symptom with at least one of several others."""
    return {"symptoms": {"all": [one], "any": list(others)}}


CHECKPOINT = "with checkpoint_inhibitor"
ALONE = "only checkpoint_inhibitor"
DOUBLETS = (
    "platinum-doublet, cisplatin-pemetrexed, carboplatin-paclitaxel, cisplatin-paclitaxel, cisplatin-docetaxel,"
    " cisplatin-gemcitabine, carboplatin-nab-paclitaxel, bevacizumab-carboplatin-paclitaxel"
)
"""The chemotherapy that a guideline puts behind: every doublet with platinum, with bevacizumab or without."""
PLAIN_PLATINUM = "with platinum_agent but checkpoint_inhibitor targeted"

# fmt: off
GUARDRAILS = [
    # C10. EGFR and ALK by the labels, ROS1, RET and NTRK by the library's own rule: no checkpoint inhibitor at all.
    ("no-checkpoint-inhibitor.egfr",        NSCLC | {"egfr": "positive"},        CHECKPOINT),
    ("no-checkpoint-inhibitor.alk",         NSCLC | {"alk": "positive"},         CHECKPOINT),
    ("no-checkpoint-inhibitor.ros1",        NSCLC | {"ros1": "positive"},        CHECKPOINT),
    ("no-checkpoint-inhibitor.ret",         NSCLC | {"ret": "positive"},         CHECKPOINT),
    ("no-checkpoint-inhibitor.ntrk",        NSCLC | {"ntrk": "positive"},        CHECKPOINT),
    # C10. None alone while a targeted option is documented in that place.
    ("no-checkpoint-inhibitor-alone.met",   NSCLC | {"met": "exon14_skipping"},  ALONE,  "with met_inhibitor"),
    ("no-checkpoint-inhibitor-alone.braf",  NSCLC | {"braf": "v600e"},           ALONE,  "with braf_inhibitor"),
    ("no-checkpoint-inhibitor-alone.erbb2", NSCLC | {"erbb2": "mutation"},       ALONE,  "with erbb2_inhibitor"),
    # C15. Resistance variants: not the inhibitors of the first two generations.
    ("egfr-resistance-variant",             NSCLC | {"egfr": ["t790m", "exon20ins"]}, "with erlotinib gefitinib afatinib dacomitinib"),
    # C13.
    ("squamous.no-pemetrexed",              SQUAMOUS,                            "with pemetrexed"),
    ("squamous.no-bevacizumab",             {"histology": ["squamous", "adenosquamous", "nsclc_nos", "sarcomatoid"]}, "with bevacizumab"),
    ("haemoptysis.no-bevacizumab",          present("haemoptysis"),              "with bevacizumab"),
    ("platinum.contraindicated",            NSCLC | NO_PLATINUM,                 "with platinum_agent"),
    # C12. Only oral targeted regimens.
    ("poor-performance-status",             NSCLC | FRAIL,                       "but only oral_targeted"),
    # C12 names the drivers whose oral drugs stay at 3 and 4: ERBB2 is not among them.
    ("poor-performance-status.erbb2",       NSCLC | FRAIL,                       "with erbb2_inhibitor"),
    # C9, C19: for bone disease, until the clearance is known to be 30 or more.
    ("zoledronic-acid.renal",               BONE,                                "bone/with zoledronic_acid", None, {"creatinine_clearance_ml_min": ">=30"}),
    ("denosumab.hypocalcaemia",             present("hypocalcaemia"),            "*/with denosumab"),
]

CAUTIONS = [
    # C11: closed words, each on every checkpoint inhibitor.
    ("checkpoint-inhibitor.autoimmune",     present("autoimmune_disease"),       "*/with checkpoint_inhibitor"),
    ("checkpoint-inhibitor.transplant",     present("organ_transplant"),         "*/with checkpoint_inhibitor"),
    ("checkpoint-inhibitor.lung-disease",   present("interstitial_lung_disease"), "*/with checkpoint_inhibitor"),
    ("checkpoint-inhibitor.steroids",       present("high_dose_steroids"),       "*/with checkpoint_inhibitor"),
    # Atezolizumab alone was compared at performance status 2 (IPSOS), and says so by itself.
    ("checkpoint-inhibitor.ecog-2",         NSCLC | {"ecog_ps": 2},              "*/with checkpoint_inhibitor but these atezolizumab"),
    ("atezolizumab.ecog-2",                 NSCLC | {"ecog_ps": 2},              "*/atezolizumab"),
    ("small-cell.ecog-2",                   SMALL_CELL | {"ecog_ps": 2},         CHECKPOINT),
    ("ramucirumab.brain",                   BRAIN,                               "with ramucirumab"),  # RELAY: without CNS metastases
    # C10: beside a driver for which a targeted drug may follow, chemo-immunotherapy stays, with a caution.
    ("checkpoint-inhibitor.met",            NSCLC | {"met": "exon14_skipping"},  CHECKPOINT),
    ("checkpoint-inhibitor.braf",           NSCLC | {"braf": "v600e"},           CHECKPOINT),
    ("checkpoint-inhibitor.erbb2",          NSCLC | {"erbb2": "mutation"},       CHECKPOINT),
    ("checkpoint-inhibitor.nrg1",           NSCLC | {"nrg1": "positive"},        CHECKPOINT),
    ("checkpoint-inhibitor.met-unsettled",  NSCLC | {"met": ["amplification", "overexpression"]}, "with met_inhibitor"),
    # C7: a targeted drug soon after a PD-(L)1 inhibitor.
    ("targeted.after-checkpoint-inhibitor", present("recent_pd_l1_therapy"),     "with oral_targeted"),
    ("targeted.poor-performance-status",    NSCLC | FRAIL,                       "only oral_targeted"),  # C12
    ("atezolizumab.assay",                  EVERYONE,                            "*/atezolizumab"),  # C16
    ("bevacizumab.brain",                   BRAIN,                               "with bevacizumab"),
    ("bevacizumab.ecog-2",                  {"ecog_ps": 2},                      "with bevacizumab"),
    ("platinum.small-cell",                 SMALL_CELL | NO_PLATINUM,            "with platinum_agent"),
    ("small-cell.performance-status",       SMALL_CELL | FRAIL,                  ""),  # C12: a shared decision, whatever the regimen
    ("radiosurgery.brainstem",              {"brainstem": "yes"},                "brain/with stereotactic_radiosurgery"),
    ("brain.leptomeningeal",                {"leptomeningeal": ["suspected", "confirmed"]}, "brain/but best_supportive_care"),
    # C18: over 4 cm surgery first, over 6 cm radiosurgery is discouraged; mass effect is for neurosurgery.
    ("radiosurgery.above-4-cm",             {"brain_largest_mm": ">40"},         "brain/with stereotactic_radiosurgery"),
    ("radiosurgery.above-6-cm",             {"brain_largest_mm": ">60"},         "brain/with stereotactic_radiosurgery"),
    ("radiosurgery.mass-effect",            {"brain_mass_effect": "yes"},        "brain/with stereotactic_radiosurgery"),
    ("brain.count-from-ct",                 {"brain_imaging": "ct"},             "brain/"),  # C17
    # C19 and the label: the doses by creatinine clearance above 60, 50-60, 40-49, 30-39.
    ("denosumab.renal",                     {"creatinine_clearance_ml_min": "<30"}, "*/with denosumab"),
    ("zoledronic-acid.dose-60",             {"creatinine_clearance_ml_min": ">=50, <=60"}, "bone/with zoledronic_acid"),
    ("zoledronic-acid.dose-50",             {"creatinine_clearance_ml_min": ">=40, <50"}, "bone/with zoledronic_acid"),
    ("zoledronic-acid.dose-40",             {"creatinine_clearance_ml_min": ">=30, <40"}, "bone/with zoledronic_acid"),
]

PREREQUISITES = [
    # "no satisfactory alternative": on the drugs that are for NTRK alone; where one is for ROS1 as well, with the NTRK fusion.
    ("ntrk.label-limit",                    EVERYONE,                            "only trk_inhibitor but ros1_inhibitor"),
    ("ntrk.label-limit-shared",             NSCLC | {"ntrk": "positive"},        "entrectinib, repotrectinib"),
    ("radiosurgery.total-volume",           {"brain_lesions": ">=5"},            "brain/with stereotactic_radiosurgery"),
    ("observation.discussion",              EVERYONE,                            "brain/with observation"),
    # EORTC 2019: what has to be done before few metastases may be called that.
    ("few-metastases.every-site",           EVERYONE,                            "other_site/"),
    ("few-metastases.imaging",              EVERYONE,                            "other_site/"),
    ("few-metastases.tissue",               {"metastases": 1},                   "other_site/"),
    ("few-metastases.liver",                FEW | {"metastatic_sites": "liver"}, "other_site/"),
    ("few-metastases.pleura",               FEW | {"metastatic_sites": "pleura"}, "other_site/"),
    ("whole-brain.protection",              EVERYONE,                            "brain/with whole_brain_radiotherapy"),
    ("ros1.second-choice",                  NSCLC | {"ros1": "positive"},        "ceritinib, lorlatinib"),
    ("lazertinib.second-choice",            EVERYONE,                            "lazertinib"),
    # For bone disease; in hypercalcaemia there is no time for a dentist.
    ("bone-agent.dental",                   EVERYONE,                            "bone/with bone_modifying"),
    ("bone-agent.one-of-them",              EVERYONE,                            "*/with bone_modifying"),
    ("zoledronic-acid.creatinine",          EVERYONE,                            "bone/with zoledronic_acid"),
    ("bone-agent.calcium-vitamin-d",        EVERYONE,                            "bone/with bone_modifying"),
    ("bone-agent.life-expectancy",          EVERYONE,                            "bone/with bone_modifying"),
]

# C9: a field that is not stated becomes a prerequisite of what the caution speaks of. Not where the panel asks for it
# (performance status, histology), where the rule is of a result and not of a question, or is told anyhow.
ASKS = {
    "checkpoint-inhibitor.autoimmune", "checkpoint-inhibitor.transplant", "checkpoint-inhibitor.lung-disease",
    "checkpoint-inhibitor.steroids", "checkpoint-inhibitor.met", "checkpoint-inhibitor.braf", "checkpoint-inhibitor.erbb2",
    "checkpoint-inhibitor.nrg1", "targeted.after-checkpoint-inhibitor", "radiosurgery.above-4-cm",
    "radiosurgery.mass-effect", "brain.count-from-ct", "denosumab.renal",
}

EXCLUDES = {
    # label-excludes.*: each speaks of the regimen of its label.
    "pembrolizumab-pemetrexed-platinum": "pembrolizumab-pemetrexed-platinum",
    "pembrolizumab-squamous": "pembrolizumab-carboplatin-paclitaxel, pembrolizumab-carboplatin-nab-paclitaxel",
    "atezolizumab-bevacizumab": "atezolizumab-bevacizumab-chemotherapy",
    "pembrolizumab": "pembrolizumab",
    "atezolizumab-nab-paclitaxel": "atezolizumab-carboplatin-nab-paclitaxel",
    "nivolumab-ipilimumab": "nivolumab-ipilimumab",
    "atezolizumab": "atezolizumab",
    "nivolumab-ipilimumab-chemotherapy": "nivolumab-ipilimumab-chemotherapy",
    "cemiplimab": "cemiplimab",
    "cemiplimab-chemotherapy": "cemiplimab-chemotherapy",
    "tremelimumab-durvalumab": "tremelimumab-durvalumab-chemotherapy",
}

SQUAMOUS_TAXANE = "pembrolizumab-carboplatin-paclitaxel, pembrolizumab-carboplatin-nab-paclitaxel"
EXCLUDES_IN = {
    # label-excludes-eu.* and label-excludes-ca.*: those of the uses that have a label there, by the regimen.
    "eu": (
        "pembrolizumab pembrolizumab-pemetrexed-platinum atezolizumab-bevacizumab-chemotherapy"
        " atezolizumab-carboplatin-nab-paclitaxel nivolumab-ipilimumab-chemotherapy atezolizumab cemiplimab"
        " tremelimumab-durvalumab-chemotherapy tislelizumab-pemetrexed-platinum"
    ),
    "ca": (
        "pembrolizumab pembrolizumab-pemetrexed-platinum atezolizumab-bevacizumab-chemotherapy"
        " atezolizumab-carboplatin-nab-paclitaxel nivolumab-ipilimumab nivolumab-ipilimumab-chemotherapy atezolizumab"
        " cemiplimab cemiplimab-chemotherapy tremelimumab-durvalumab-chemotherapy"
    ),
}
REGISTRY = {  # immunotarget, by driver
    "alk": "positive", "ros1": "positive", "ret": "positive", "met": "exon14_skipping", "braf": "positive",
    "erbb2": "mutation", "kras": "positive",
}  # fmt: skip

NOTES = [  # with the places: a regulator and a society speak for one, a trial for all
    ("maintenance.pemetrexed",              NON_SQUAMOUS,                        PLAIN_PLATINUM,                          "us"),
    ("maintenance.erlotinib",               NSCLC,                               PLAIN_PLATINUM,                          "us"),
    ("maintenance.pemetrexed-continued",    NON_SQUAMOUS,                        "cisplatin-pemetrexed, carboplatin-pemetrexed", "us"),
    ("maintenance.small-cell-checkpoint-inhibitor", SMALL_CELL,                  "atezolizumab-carboplatin-etoposide, durvalumab-platinum-etoposide", "us"),
    ("maintenance.small-cell-lurbinectedin", SMALL_CELL,                         "atezolizumab-carboplatin-etoposide",    "us"),
    ("maintenance.small-cell-lurbinectedin-trial", SMALL_CELL,                   "atezolizumab-carboplatin-etoposide",    "all"),
    # The guideline of 2009 speaks of two named drugs; which ones an open doublet has, it does not say.
    ("cycles.guideline",                    NSCLC,                               "with platinum_agent but checkpoint_inhibitor targeted open_doublet", "us"),
    # The control arms were doublets: without bevacizumab, and of non-small-cell disease.
    ("cycles.trials",                       NSCLC,                               "with platinum_agent but checkpoint_inhibitor targeted bevacizumab etoposide", "all"),
    ("cycles.pembrolizumab-pemetrexed",     NON_SQUAMOUS,                        "pembrolizumab-pemetrexed-platinum",     "all"),
    ("cycles.pembrolizumab-squamous",       SQUAMOUS,                            SQUAMOUS_TAXANE,                         "all"),
    ("cycles.cemiplimab-durvalumab",        NSCLC,                               "cemiplimab-chemotherapy, tremelimumab-durvalumab-chemotherapy", "all"),
    ("cycles.small-cell-atezolizumab",      SMALL_CELL,                          "atezolizumab-carboplatin-etoposide",    "all"),
    ("cycles.small-cell-durvalumab",        SMALL_CELL,                          "durvalumab-platinum-etoposide, platinum-etoposide", "all"),
    ("maintenance.erlotinib-egfr",          NSCLC | EGFR_COMMON,                 PLAIN_PLATINUM,                          "us"),
    ("maintenance.erlotinib-egfr-activating", NSCLC | {"egfr": ["exon19del", "l858r", "g719x", "s768i", "l861q"]}, PLAIN_PLATINUM, "eu"),
    ("chemotherapy.no-third-drug",          NSCLC,                               "platinum-doublet",                      "us"),
    ("bevacizumab.label-warnings",          EVERYONE,                            "with bevacizumab",                      "us"),
    ("label-excludes.pembrolizumab-2016",   NSCLC,                               "pembrolizumab",                         "us"),
    *((f"label-excludes-{place}.{name}", NSCLC, name, place) for place, names in EXCLUDES_IN.items() for name in names.split()),
    *((f"label-excludes-{place}.pembrolizumab-squamous", NSCLC, SQUAMOUS_TAXANE, place) for place in EXCLUDES_IN),
    ("performance-status.ipsos-2",          NSCLC | {"ecog_ps": 2},              "single-agent-chemotherapy, vinorelbine", "all"),
    ("elderly.ipsos",                       NSCLC | FIT | {"age": ">=70"},       "single-agent-chemotherapy, vinorelbine", "all"),
    ("esmo.pemetrexed",                     NSCLC,                               "with pemetrexed but targeted",          "all"),
    ("cemiplimab.never-smokers",            NSCLC | {"smoking": "never"},        "cemiplimab",                            "all"),
    ("neuroendocrine.checkpoint-inhibitor", {"histology": "large_cell_neuroendocrine"}, CHECKPOINT,                       "all"),
    *((f"checkpoint-inhibitor.driver-registry-{gene}", NSCLC | {gene: found}, ALONE, "all") for gene, found in REGISTRY.items()),
    ("poseidon.squamous",                   SQUAMOUS,                            "tremelimumab-durvalumab-chemotherapy",  "all"),
    ("asco-2017.low-pd-l1",                 NSCLC | {"pd_l1_tps": "<50"},        PLAIN_PLATINUM,                          "us"),
    ("asco-2020.squamous",                  SQUAMOUS | {"pd_l1_tps": "<50"},     "with platinum_agent but targeted",      "us"),
    ("asco-card.squamous-tps-50",           SQUAMOUS | FIT | HIGH,               f"pembrolizumab, cemiplimab, atezolizumab, {SQUAMOUS_TAXANE}", "us"),
    ("asco-card.squamous-below-50",         SQUAMOUS | FIT | {"pd_l1_tps": "<50"}, f"pembrolizumab, {SQUAMOUS_TAXANE}",   "us"),
    ("asco-card.squamous-nivolumab",        SQUAMOUS | FIT,                      "nivolumab-ipilimumab, nivolumab-ipilimumab-chemotherapy", "us"),
    ("erlotinib-ramucirumab.final-survival", NSCLC | {"egfr": "positive"},       "erlotinib-ramucirumab",                 "all"),
    ("ros1.entrectinib-pretreated",         NSCLC | {"ros1": "positive"},        "entrectinib",                           "all"),
    ("ros1.asco-2026",                      NSCLC | {"ros1": "positive"},        "with ros1_inhibitor ceritinib lorlatinib", "us"),
    ("met-exon14.asco-2026",                NSCLC | {"met": "exon14_skipping"},  "with met_inhibitor",                    "us"),
    ("erbb2-mutation.asco-2026",            NON_SQUAMOUS | {"erbb2": "mutation"}, "with erbb2_inhibitor",                 "us"),
    ("ret.pralsetinib-withdrawn",           NSCLC | {"ret": "positive"},         "selpercatinib",                         "eu"),
    # The doses by diameter: below 2 cm, 2 to under 3, 3 to 4.
    ("radiosurgery.below-2-cm",             {"brain_largest_mm": ">0, <20"},     "brain/with stereotactic_radiosurgery",  "us"),
    ("radiosurgery.below-3-cm",             {"brain_largest_mm": ">=20, <30"},   "brain/with stereotactic_radiosurgery",  "us"),
    ("radiosurgery.to-4-cm",                {"brain_largest_mm": ">=30, <=40"},  "brain/with stereotactic_radiosurgery",  "us"),
    ("brain.raised-pressure",               {"brain_mass_effect": "yes"},        "brain/with stereotactic_radiosurgery surgical_resection best_supportive_care", "all"),
    ("brain.small-cell",                    SMALL_CELL | BRAIN,                  "brain/with best_supportive_care whole_brain_radiotherapy", "all"),
    ("radiosurgery.irradiated-volume",      NSCLC | {"brain_lesions": ">=1"},    "brain/with stereotactic_radiosurgery",  "us"),
    ("leptomeningeal.no-local-treatment",   {"leptomeningeal": "confirmed"},     "brain/with best_supportive_care",       "all"),
    # The joint guideline of 2021 names these drugs, and no other, for lesions without symptoms.
    ("cns-active.egfr",                     NSCLC | EGFR_COMMON | BRAIN,         "osimertinib",                           "all"),
    ("cns-active.alk",                      NSCLC | BRAIN | {"alk": "positive"}, "alectinib, brigatinib, ceritinib",      "all"),
    ("bone.stereotactic",                   BONE | {"bone_pain": "yes"},         "bone/with palliative_radiotherapy",     "us"),
    ("bone.cord-fractions",                 {"cord_compression": "yes"},         "bone/with palliative_radiotherapy",     "us"),
    ("zoledronic-acid.dose-full",           {"creatinine_clearance_ml_min": ">60"}, "bone/with zoledronic_acid",          "all"),
    ("denosumab.no-renal-steps",            BONE,                                "bone/with denosumab",                   "all"),
    ("denosumab.non-inferior",              BONE,                                "bone/with denosumab",                   "all"),
    ("zoledronic-acid.jaw",                 BONE,                                "bone/with zoledronic_acid",             "all"),
    ("hypercalcaemia.calcitonin",           {"corrected_calcium_mg_dl": ">14"},  "supportive/with bone_modifying",        "us"),
    ("subcutaneous.atezolizumab",           EVERYONE,                            "with atezolizumab",                     "us"),
    ("subcutaneous.nivolumab",              EVERYONE,                            "with nivolumab",                        "us"),
    ("subcutaneous.pembrolizumab",          EVERYONE,                            "with pembrolizumab",                    "us"),
    ("subcutaneous.amivantamab",            EVERYONE,                            "with amivantamab",                      "us"),
    *((f"label-excludes.{name}", NSCLC, regimens, "us") for name, regimens in EXCLUDES.items()),
    ("elderly.doublet-over-single",         NSCLC | FAIRLY_FIT | {"age": ">=70, <90"}, "vinorelbine, single-agent-chemotherapy", "all"),
    ("elderly.guideline",                   NSCLC | FAIRLY_FIT | {"age": ">=70"}, PLAIN_PLATINUM,                         "us"),
    ("performance-status.guideline-2",      NSCLC | {"ecog_ps": 2},              CHECKPOINT,                              "us"),
    ("performance-status.pocket-card-2",    NSCLC | {"ecog_ps": 2},              "with chemotherapy checkpoint_inhibitor but targeted", "us"),
    ("performance-status.supportive-care",  NSCLC | FRAIL,                       "supportive/with best_supportive_care",  "all"),
    ("esmo.performance-status",             NSCLC | {"ecog_ps": 2},              "with chemotherapy checkpoint_inhibitor but targeted", "all"),
    ("checkpoint-inhibitor.smoking",        NSCLC | HIGH | {"smoking": "never"}, ALONE,                                   "all"),
    ("checkpoint-inhibitor.egfr-sequence",  NSCLC | {"egfr": "positive"},        CHECKPOINT,                              "all"),
    ("checkpoint-inhibitor.egfr-beside-or-after", NSCLC | {"egfr": "positive"},  CHECKPOINT,                              "all"),
    ("checkpoint-inhibitor.egfr-first",     NSCLC | {"egfr": "positive"},        ALONE,                                   "all"),
    ("checkpoint-inhibitor.driver-registry", NSCLC | {"egfr": "positive"},       ALONE,                                   "all"),
    ("pembrolizumab.ivonescimab",           NSCLC | {"pd_l1_tps": ">=1"},        "pembrolizumab",                         "all"),
    ("squamous.ivonescimab",                SQUAMOUS,                            "pembrolizumab-carboplatin-paclitaxel, pembrolizumab-carboplatin-nab-paclitaxel", "all"),
    ("pembrolizumab-pemetrexed.keynote-021g", NON_SQUAMOUS,                      "pembrolizumab-pemetrexed-platinum",     "all"),
    ("pembrolizumab-pemetrexed.pemetrexed-label", NON_SQUAMOUS,                  "pembrolizumab-pemetrexed-platinum",     "us"),
    ("asco-2024.tps-50",                    NSCLC | HIGH,                        "pembrolizumab, cemiplimab, atezolizumab", "us"),
    ("asco-2026.checkpoint-inhibitors",     NSCLC,                               CHECKPOINT,                              "us"),
    ("osimertinib.asco-2026",               NSCLC | EGFR_COMMON,                 "osimertinib",                           "us"),
    ("osimertinib.uncommon-trials",         NSCLC | EGFR_UNCOMMON,               "osimertinib",                           "all"),
    ("amivantamab-chemotherapy.exon20-guideline", NSCLC | {"egfr": "exon20ins"}, "amivantamab-chemotherapy",              "us"),
    ("amivantamab-chemotherapy.exon20-other-trials", NSCLC | {"egfr": "exon20ins"}, "amivantamab-chemotherapy",           "all"),
    ("mobocertinib.withdrawal",             NSCLC | {"egfr": "exon20ins"},       "mobocertinib",                          "us"),
    ("amivantamab-chemotherapy.mobocertinib-withdrawn", NSCLC | {"egfr": "exon20ins"}, "amivantamab-chemotherapy",        "us"),
    ("alectinib.alesia",                    NSCLC | {"alk": "positive"},         "alectinib",                             "all"),
    ("alk.neladalkib",                      NSCLC | {"alk": "positive"},         "lorlatinib",                            "us"),
    ("ros1.guideline-2024",                 NSCLC | {"ros1": "positive"},        "repotrectinib, entrectinib, crizotinib", "us"),
    ("ros1.zidesamtinib-trial",             NSCLC | {"ros1": "positive"},        "zidesamtinib",                          "all"),
    ("ret.guideline-2024",                  NSCLC | {"ret": "positive"},         "pralsetinib",                           "us"),
    ("ntrk.guideline-2024",                 NSCLC | {"ntrk": "positive"},        "larotrectinib, entrectinib",            "us"),
    ("kras-g12c.sotorasib-trials",          NSCLC | {"kras": "g12c"},            "sotorasib",                             "us"),
    ("kras-g12c.sotorasib-full-approval",   NSCLC | {"kras": "g12c"},            "sotorasib",                             "us"),
    ("kras-g12c.adagrasib-trials",          NSCLC | {"kras": "g12c"},            "adagrasib",                             "us"),
    ("erbb2-mutation.sevabertinib-trial",   NON_SQUAMOUS | {"erbb2": "mutation"}, "sevabertinib",                         "us"),
    ("erbb2-mutation.trastuzumab-deruxtecan-trials", NSCLC | {"erbb2": "mutation"}, "trastuzumab-deruxtecan",             "all"),
    ("erbb2-mutation.trastuzumab-deruxtecan-first-line", NSCLC | {"erbb2": "mutation"}, "trastuzumab-deruxtecan",         "all"),
    ("nrg1.zenocutuzumab-trial",            NSCLC | {"nrg1": "positive"},        "zenocutuzumab",                         "all"),
    ("small-cell.tarlatamab-trial",         SMALL_CELL,                          "tarlatamab",                            "us"),
    ("small-cell.trilaciclib",              SMALL_CELL,                          "with etoposide",                        "us"),
    ("whole-brain.after-local-treatment",   BRAIN,                               "brain/with stereotactic_radiosurgery surgical_resection", "all"),
    ("whole-brain.not-routinely-added",     BRAIN,                               "brain/with stereotactic_radiosurgery",  "us"),
    ("observation.egfr-radiosurgery-first", NSCLC | {"egfr": "positive"},        "brain/with observation",                "all"),
    ("denosumab.survival",                  BONE,                                "bone/with denosumab",                   "all"),
    ("zoledronic-acid.interval",            BONE,                                "bone/with zoledronic_acid",             "all"),
    ("bone-surgery.mirels",                 BONE | {"impending_fracture": "yes"}, "bone/with surgical_resection",         "all"),
    ("gefitinib.closed-to-new-patients",    NSCLC | {"egfr": "positive"},        "gefitinib",                             "us"),
    ("gefitinib.withdrawn",                 NSCLC | {"egfr": "positive"},        "gefitinib",                             "us"),
    ("small-cell.nivolumab-withdrawn",      SMALL_CELL,                          "lurbinectedin",                         "us"),
    ("small-cell.pembrolizumab-withdrawn",  SMALL_CELL,                          "lurbinectedin",                         "us"),
]

SUPERSESSIONS = [  # what the guideline gives first, and what it then gives no longer
    ("egfr.inhibitor-over-chemotherapy",    NSCLC | EGFR_COMMON,                 "osimertinib, erlotinib, gefitinib, afatinib, dacomitinib", f"{DOUBLETS}, carboplatin-pemetrexed, non-platinum-doublet"),
    ("egfr.osimertinib-over-first-generation", NSCLC | EGFR_COMMON,              "osimertinib",                           "erlotinib, gefitinib"),
    ("alk.newer-over-crizotinib",           NSCLC | {"alk": "positive"},         "alectinib, brigatinib",                 "crizotinib"),  # ASCO 2021
    ("alk.newer-over-crizotinib-ceritinib", NSCLC | {"alk": "positive"},         "alectinib, brigatinib, lorlatinib",     "crizotinib, ceritinib"),
    ("pd-l1-high.pembrolizumab-over-chemotherapy", NSCLC | HIGH,                 "pembrolizumab",                         DOUBLETS),
    ("non-squamous.chemo-immunotherapy-over-chemotherapy", NON_SQUAMOUS | {"pd_l1_tps": "<50"}, "pembrolizumab-pemetrexed-platinum", DOUBLETS),
    ("small-cell.immunotherapy-over-chemotherapy", SMALL_CELL,                   "atezolizumab-carboplatin-etoposide, durvalumab-platinum-etoposide", "platinum-etoposide"),
]

LOCAL_BRAIN = "brain/with stereotactic_radiosurgery whole_brain_radiotherapy"

DRIVERS = {  # C14: drivers with first-line options of their own; KRAS, other BRAF, MET or ERBB2 copies make no conflict
    "egfr_driver": NSCLC | {"egfr": ["exon19del", "l858r", "exon20ins", "g719x", "s768i", "l861q"]},
    "alk_driver": NSCLC | {"alk": "positive"},
    "ros1_driver": NSCLC | {"ros1": "positive"},
    "ret_driver": NSCLC | {"ret": "positive"},
    "met_driver": NSCLC | {"met": "exon14_skipping"},
    "braf_driver": NSCLC | {"braf": "v600e"},
    "ntrk_driver": NSCLC | {"ntrk": "positive"},
    "erbb2_driver": NSCLC | {"erbb2": "mutation"},
}
CONFLICTS = [  # with the places, where they are dated
    ("two-drivers",                         EVERYONE,                            "with targeted"),  # each driver is of NSCLC
    # Four: trials of one to three against guidelines of one to four; five and more: conditional, or not named (C18).
    ("radiosurgery.four-lesions",           NSCLC | FAIRLY_FIT | {"brain_lesions": 4}, "brain/with stereotactic_radiosurgery", "us eu"),
    ("radiosurgery.five-to-ten-lesions",    NSCLC | FAIRLY_FIT | {"brain_lesions": ">=5, <=10"}, LOCAL_BRAIN, "us"),
    ("radiosurgery.five-to-ten-lesions-since-2026", NSCLC | FAIRLY_FIT | {"brain_lesions": ">=5, <=10"}, LOCAL_BRAIN, "all"),
    ("radiosurgery.eleven-to-twenty-lesions", NSCLC | FAIRLY_FIT | {"brain_lesions": ">10, <=20"}, LOCAL_BRAIN, "all"),
    ("adrenal.surgery-or-not",              NSCLC | FAIRLY_FIT | {"metastatic_sites": "adrenal", "metastases": 1}, "other_site/with surgical_resection", "all"),
    ("oligometastatic.local-treatment",     NSCLC | FAIRLY_FIT | FEW,            "other_site/", "all"),  # C22
    ("egfr-common-with-t790m",              NSCLC | {"egfr": {"all": ["t790m"], "any": ["exon19del", "l858r"]}}, "with egfr_inhibitor"),  # C15
    ("large-cell-neuroendocrine",           {"histology": "large_cell_neuroendocrine"}, "with chemotherapy"),  # C22
]

SCOPE = [
    ("stage.earlier",                  "out_of_scope", {"stage": ["I", "II", "III"]}),
    ("stage.limited",                  "out_of_scope", {"stage": "limited"}),  # C6
    ("prior-therapy",                  "out_of_scope", {"prior_systemic_therapy": "yes"}),  # C7
    ("age.child",                      "out_of_scope", {"age": "<18"}),
    ("pregnancy",                      "out_of_scope", {"pregnant": "yes"}),
    ("small-cell.before-2018",         "undated",      SMALL_CELL),
    ("brain.before-2007",              "undated",      BRAIN),
    ("platinum.before-2009",           "undated",      NSCLC | NO_PLATINUM),
    # C6: small cell with a driver. A driver is what has first-line or later options: not every copy number.
    *((f"small-cell.{gene}", "inconsistent", SMALL_CELL | {gene: "positive"})
      for gene in ("egfr", "alk", "ros1", "ret", "ntrk", "nrg1", "kras", "braf")),
    ("small-cell.met",                 "inconsistent", SMALL_CELL | {"met": "exon14_skipping"}),
    ("small-cell.erbb2",               "inconsistent", SMALL_CELL | {"erbb2": "mutation"}),
    # What is counted, named or measured was imaged; what is not there has no site, size, symptom or place.
    ("brain.counted-without-imaging",  "inconsistent", {"brain_imaging": "none", "brain_counted": "yes"}),
    ("brain.site-without-imaging",     "inconsistent", {"brain_counted": "no"} | BRAIN_SITE),
    ("brain.measured-without-imaging", "inconsistent", {"brain_counted": "no", "brain_largest_mm": ">0"}),
    ("brain.none-but-site",            "inconsistent", {"brain_lesions": 0} | BRAIN_SITE),
    ("brain.none-but-measured",        "inconsistent", {"brain_lesions": 0, "brain_largest_mm": ">0"}),
    ("brain.none-but-symptomatic",     "inconsistent", {"brain_disease": "no", "brain_symptomatic": "yes"}),
    ("brain.none-but-mass-effect",     "inconsistent", {"brain_disease": "no", "brain_mass_effect": "yes"}),
    ("brain.none-but-brainstem",       "inconsistent", {"brain_disease": "no", "brainstem": "yes"}),
    ("leptomeningeal.no-but-site",     "inconsistent", {"leptomeningeal": "no", "metastatic_sites": "leptomeninges"}),
    ("bone.no-but-site",               "inconsistent", {"bone_metastases": "no", "metastatic_sites": "bone"}),
    ("counts.disagree",                "inconsistent", {"counts_agree": "no"}),
    ("stage.word-of-small-cell",       "inconsistent", NSCLC | {"stage": "extensive"}),
]
ASSUMED = {"stage.earlier", "prior-therapy", "age.child", "pregnancy"}
"""C7: what is assumed where it is not stated, and printed on top."""

URGENCY = [
    # C21. What threatens life or the cord within hours.
    ("emergency_now", {
        "seizure": told("seizure"), "acute-confusion": told("acute_confusion"),
        "sudden-severe-headache": told("sudden_severe_headache"), "one-sided-weakness": told("one_sided_weakness"),
        "reduced-consciousness": told("drowsiness"), "mass-effect": {"brain_mass_effect": "yes"},
        "cord-compression": {"cord_compression": "yes"}, "leg-weakness": told("leg_weakness", "sensory_level"),
        "bladder-bowel": told("bladder_or_bowel_dysfunction"), "cord-compression-told": told("cord_or_cauda_compression"),
        # Above 14 mg/dL calcitonin is added: the severe form.
        "hypercalcaemia-severe": {"corrected_calcium_mg_dl": ">14"},
        "hypercalcaemia-total-severe": {"total_calcium_mg_dl": ">14"},
        "massive-haemoptysis": told("massive_haemoptysis"), "stridor": told("stridor"),
        "severe-breathlessness": told("severe_breathlessness"), "syncope": told("syncope"), "tamponade": told("tamponade"),
        "hyponatraemia": told("symptomatic_hyponatraemia"),
        # EANO-ESMO: signs of raised pressure and confusion are imaged; the articles send both to the emergency
        # department. The headache alone is seen on the same day, with a sign that the brain suffers it is now.
        "raised-pressure": together(
            "morning_headache", "visual_disturbance", "drowsiness", "acute_confusion", "personality_change", "memory_lapses"),
        # The map of symptoms grades deficits of cranial nerves, double vision, loss of hearing and signs of the cauda
        # equina as an emergency: here, where two of them meet. Of the deficits alone see below.
        "leptomeningeal-cluster": together(
            "visual_disturbance", "hearing_loss", "cranial_nerve_deficit", "bladder_or_bowel_dysfunction",
            "cord_or_cauda_compression"),
        "leptomeningeal-nerves": together(
            "hearing_loss", "cranial_nerve_deficit", "bladder_or_bowel_dysfunction", "cord_or_cauda_compression"),
        # The map: calcium on the same day, an emergency "if confused". Thirst, constipation, fatigue, confusion are its signs.
        "hypercalcaemia-confusion": together("acute_confusion", "thirst", "constipation", "fatigue"),
        # Rice 2006 and the map: with stridor, confusion, coma or syncope the brain or the larynx swells.
        "superior-vena-cava-emergency": together(
            "face_or_neck_swelling", "stridor", "acute_confusion", "drowsiness", "syncope"),
        # The map grades dyspnoea and pressure in the chest by the pericardium as an emergency. Pressure is that from any
        # cause; breathlessness where the pericardium is known to be involved, with the disturbed rhythm and the fainting.
        "chest-pressure": told("chest_pressure"),
        "pericardial-effusion-symptoms": {"metastatic_sites": "pericardium"} | told(
            "breathlessness", "severe_breathlessness", "chest_pressure", "palpitations", "syncope"),
    }),
    ("same_day", {
        "morning-headache": told("morning_headache"), "visual-disturbance": told("visual_disturbance"),
        "personality-change": told("personality_change"), "leptomeningeal": {"leptomeningeal": ["suspected", "confirmed"]},
        "new-back-pain": told("new_back_pain"), "impending-fracture": {"impending_fracture": "yes"},
        "sudden-bone-pain": told("sudden_bone_pain"), "hypercalcaemia": {"corrected_calcium_mg_dl": ">=12, <=14"},
        "hypercalcaemia-total": {"total_calcium_mg_dl": ">=12, <=14"}, "haemoptysis": told("coughing_blood"),
        # The map: swelling of face, neck or arms and dilated veins of the chest on the same day.
        "superior-vena-cava": told("face_or_neck_swelling", "dilated_chest_veins"), "jaundice": told("jaundice"),
        # The articles list lapses of memory with confusion and headache; by themselves, as a change of personality is.
        "memory-lapses": told("memory_lapses"),
        # One deficit alone has other causes as well; it is not left until the next visit.
        "leptomeningeal-signs": told("hearing_loss", "cranial_nerve_deficit"),
        "hypercalcaemia-symptoms": together("thirst", "constipation", "fatigue"),  # the map: calcium on the same day
        # Of unknown cause: the severe form and fainting are emergencies of their own.
        "breathlessness": told("breathlessness", "palpitations"),
    }),
    ("next_visit", {
        "bone-pain": told("bone_pain"), "hypercalcaemia-mild": {"corrected_calcium_mg_dl": ">=10.5, <12"},
        # The map says "soon" of the liver without jaundice; each of these alone has many causes.
        "right-upper-abdominal-pain": told("right_upper_abdominal_pain"),
        "general-symptoms": told("thirst", "constipation", "fatigue", "nausea", "weight_loss", "appetite_loss"),
    }),
]

LIKELY = {
    # Where the cause is likely to lie, by the map of symptoms, and for single signs by the source of the alert.
    "brain": {
        "seizure", "acute-confusion", "sudden-severe-headache", "one-sided-weakness", "reduced-consciousness",
        "morning-headache", "visual-disturbance", "personality-change", "mass-effect", "raised-pressure", "memory-lapses",
        # Deficits of cranial nerves and hearing: the meninges, or the brain itself; confusion with thirst is imaged too.
        "leptomeningeal-signs", "hypercalcaemia-confusion",
    },
    "leptomeninges": {"leptomeningeal", "leptomeningeal-signs", "leptomeningeal-cluster", "leptomeningeal-nerves",
                     "visual-disturbance"},  # diplopia
    "spine": {"cord-compression", "cord-compression-told", "leg-weakness", "bladder-bowel", "new-back-pain"},
    "bone": {"impending-fracture", "sudden-bone-pain", "bone-pain"},
    "metabolic": {
        "hypercalcaemia", "hypercalcaemia-mild", "hypercalcaemia-severe", "hypercalcaemia-total",
        "hypercalcaemia-total-severe", "hypercalcaemia-symptoms", "hypercalcaemia-confusion", "hyponatraemia",
        "acute-confusion", "reduced-consciousness", "general-symptoms",  # calcium and sodium confuse and make drowsy
    },
    "liver": {"jaundice", "right-upper-abdominal-pain", "general-symptoms"},  # weight, nausea, fatigue
    "mediastinum": {"superior-vena-cava", "superior-vena-cava-emergency", "stridor", "syncope"},
    "airway": {"haemoptysis", "massive-haemoptysis", "stridor", "severe-breathlessness"},
    "pericardium": {
        "tamponade", "chest-pressure", "breathlessness", "severe-breathlessness", "pericardial-effusion-symptoms", "syncope",
    },
}

GRADED = {
    # What a source grades itself; every other level is the project's own, and says so.
    "cord-compression", "cord-compression-told", "leg-weakness", "bladder-bowel",  # NICE NG234: immediately
    "hypercalcaemia-severe",  # the Endocrine Society on the severe form
    "massive-haemoptysis",  # called life-threatening
    "tamponade",  # drained urgently
}

ADVICE = [  # when it is shown; C20 for every refusal
    ("emergency-first",                "refused",    EVERYONE,                          None),
    ("palliative-care-early",          "every",      EVERYONE,                          None),
    ("local-assessment",               "refused",    EVERYONE,                          None),
    ("symptomatic-brain",              "every",      {"brain_symptomatic": "yes"},      None),
    ("urgent-start",                   "incomplete", NSCLC,                             None),
    ("expedite",                       "incomplete", NSCLC,                             None),
    ("no-tissue",                      "incomplete", EVERYONE,                          None),
    ("brain-imaging.small-cell",       "every",      SMALL_CELL,                        None),
    ("testing.panel",                  "incomplete", NSCLC,                             "us"),
    ("testing.squamous",               "incomplete", SQUAMOUS,                          "us"),
    ("kras.no-first-line-drug",        "documented", NSCLC | {"kras": "positive"},      None),
    ("met.no-first-line-drug",         "documented", NSCLC | {"met": ["amplification", "overexpression"]}, None),
    # The United States labels say V600E; the others say V600, which is told apart here no further.
    ("braf.no-first-line-drug",        "documented", NSCLC | {"braf": "other"},         "us"),
    ("braf.other-v600",                "documented", NSCLC | {"braf": "other"},         "eu"),
    ("braf.other-v600-canada",         "documented", NSCLC | {"braf": "other"},         "ca"),
    ("asymptomatic-brain",             "every",      BRAIN | {"brain_symptomatic": "no"}, "all"),
    ("testing.immunohistochemistry",   "every",      NSCLC,                             "us"),
    ("erbb2.no-first-line-drug",       "documented", NSCLC | {"erbb2": ["amplification", "overexpression"]}, None),
    ("nrg1.no-first-line-drug",        "documented", NSCLC | {"nrg1": "positive"},      None),
    ("small-cell.brain-prophylaxis",   "documented", SMALL_CELL,                        "all"),
    ("small-cell.thoracic-radiotherapy", "documented", SMALL_CELL,                      "all"),
    ("not-assessed",                   "documented", EVERYONE,                          None),
    ("sites.systemic",                 "documented", {"metastatic_sites": [
        "liver", "adrenal", "distant_nodes", "contralateral_lung", "pleura", "pericardium"]}, None),
    ("liver.function",                 "every",      {"metastatic_sites": "liver"},     None),
    ("contralateral-lung.second-primary", "every",   {"metastatic_sites": "contralateral_lung"}, "all"),
    ("pericardium.effusion",           "every",      {"metastatic_sites": "pericardium"}, None),
    ("oligometastatic.counted-2019",   "every",      NSCLC | FEW,                       "all"),
    ("oligometastatic.counted",        "every",      NSCLC | FEW,                       "all"),
    ("bone.fracture-score",            "every",      BONE | {"bone_pain": "yes"},       None),
    ("other-lung",                     "every",      {"metastatic_sites": "contralateral_lung"}, None),
    ("all-results",                    "incomplete", EVERYONE,                          None),
    ("trials",                         "documented", EVERYONE,                          None),
    ("goals",                          "every",      EVERYONE,                          None),
    # The work-up and the questions: what is told only while a field has no answer stands in LACKS.
    ("workup.tissue",                  "every",      EVERYONE,                          None),
    ("workup.ct",                      "every",      EVERYONE,                          None),
    ("workup.pet-ct",                  "every",      NSCLC,                             "all"),
    ("workup.brain-mri",               "every",      NSCLC,                             None),
    ("workup.small-cell-extent",       "every",      SMALL_CELL,                        None),
    ("workup.gene-panel",              "every",      NSCLC,                             None),
    ("workup.plasma",                  "every",      NSCLC,                             None),
    ("workup.tissue-after-plasma",     "every",      NSCLC,                             None),
    ("workup.pd-l1",                   "every",      NSCLC,                             None),
    ("workup.performance-status",      "every",      EVERYONE,                          None),
    ("workup.creatinine-clearance",    "every",      {"bone_metastases": "yes"},        None),
    ("workup.calcium",                 "every",      {"bone_metastases": "yes"},        None),
    ("workup.dental",                  "every",      {"bone_metastases": "yes"},        None),
    ("questions.palliative-care",      "every",      EVERYONE,                          None),
    ("questions.deciding-result",      "every",      EVERYONE,                          None),
    ("questions.tissue",               "every",      EVERYONE,                          None),
    ("questions.gene-panel",           "every",      NSCLC,                             None),
    ("questions.other-genes",          "documented", NSCLC,                             None),
    ("questions.pd-l1",                "every",      NSCLC,                             None),
    ("questions.brain-imaging",        "every",      EVERYONE,                          None),
    ("questions.brain-local",          "every",      BRAIN,                             None),
    ("questions.bone-agent",           "every",      {"bone_metastases": "yes"},        None),
    ("questions.bone-pain",            "every",      {"bone_metastases": "yes", "bone_pain": "yes"}, None),
    ("questions.which-organs",         "every",      EVERYONE,                          None),
    ("questions.imaging-again",        "documented", EVERYONE,                          None),
    ("questions.whom-to-call",         "every",      EVERYONE,                          None),
]

_CORE_GENES = {"egfr", "alk", "ros1", "kras", "met", "ret"}
_OTHER_GENES = {"braf", "ntrk", "erbb2", "nrg1"}
LACKS = {  # the fields for want of which it is told; everything else is told whatever is known
    "workup.tissue": {"histology"}, "questions.tissue": {"histology"},
    "workup.ct": {"metastatic_sites"}, "workup.pet-ct": {"metastatic_sites"},
    "questions.which-organs": {"metastatic_sites"},
    "workup.brain-mri": {"brain_lesions"}, "questions.brain-imaging": {"brain_lesions"},
    "workup.small-cell-extent": {"stage"}, "workup.performance-status": {"ecog_ps"},
    "workup.gene-panel": _CORE_GENES | _OTHER_GENES, "questions.other-genes": _OTHER_GENES,
    "workup.plasma": _CORE_GENES, "workup.tissue-after-plasma": _CORE_GENES, "questions.gene-panel": _CORE_GENES,
    "workup.pd-l1": {"pd_l1_tps"}, "questions.pd-l1": {"pd_l1_tps"},
    "workup.creatinine-clearance": {"creatinine_clearance_ml_min"}, "workup.calcium": {"calcium"},
}

BOTH, WIDE = ("core", "comprehensive"), ("comprehensive",)
PANEL = [  # the panel of the design; C5: a negative from plasma is no answer; C4: ROS1 and pan-TRK by IHC are confirmed
    ("histology", BOTH, EVERYONE, ""), ("egfr", BOTH, NSCLC, "plasma"), ("alk", BOTH, NSCLC, "plasma"),
    ("ros1", BOTH, NSCLC, "plasma ihc"), ("kras", BOTH, NSCLC, "plasma"), ("met", BOTH, NSCLC, "plasma"),
    ("ret", BOTH, NSCLC, "plasma"), ("braf", WIDE, NSCLC, "plasma"), ("ntrk", WIDE, NSCLC, "plasma ihc"),
    ("erbb2", WIDE, NSCLC, "plasma"), ("nrg1", WIDE, NSCLC, "plasma"), ("pd_l1_tps", BOTH, NSCLC, ""),
    ("ecog_ps", BOTH, EVERYONE, ""), ("brain_lesions", BOTH, NSCLC, ""), ("stage", BOTH, SMALL_CELL, ""),  # C6
]
NO_ANSWERS = {"plasma": ("negative", "plasma", None), "ihc": ("positive", None, "ihc")}
# fmt: on
