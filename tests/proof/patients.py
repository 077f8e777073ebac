"""For whom each row is, a second time: the patients as the sources name them, and the rows that rest on them.

It was written from the statements of the sources that the rows cite (``knowledge/sources``), as one keeps
books twice: whoever changes the condition of a row has to say here, too, which words of which source carry it.
"""

NSCLC = {"histology": "nsclc"}
NON_SQUAMOUS = {"histology": "non_squamous"}
SQUAMOUS = {"histology": "squamous"}
SMALL_CELL = {"histology": "small_cell"}
ADENOCARCINOMA = {"histology": "adenocarcinoma"}

EGFR_COMMON = {"egfr": ["exon19del", "l858r"]}
EGFR_UNCOMMON = {"egfr": ["g719x", "s768i", "l861q"]}
# A label of "activating" or "non-resistant" mutations that names none is read as the common ones, the three uncommon
# ones of the post-hoc analysis of afatinib, and what is left open: every other activating one.
EGFR_OTHER = {"egfr": "other_activating"}
FIT = {"ecog_ps": [0, 1]}
"""Performance status above 1 was excluded, or the guideline speaks of 0-1."""
FAIRLY_FIT = {"ecog_ps": [0, 1, 2]}
FEW = {"metastases": "<=5", "metastatic_organs": "<=3"}
NO_PLATINUM = {"contraindications": "platinum"}
CALM = {"brain_disease": "yes", "brain_symptomatic": "no", "brain_mass_effect": "no", "brainstem": "no"}
"""C18: deferral only where the absence of symptoms is stated, without mass effect or brainstem disease."""

# fmt: off
PATIENTS = [
    # ALK-positive NSCLC: every label, with or without a limit of line.
    (NSCLC | {"alk": "positive"},
     ("alk.alectinib alk.brigatinib alk.ceritinib alk.crizotinib alk.ensartinib alk.lorlatinib"
     " alk.alectinib-later alk.brigatinib-later alk.ceritinib-later alk.crizotinib-later alk.lorlatinib-later"
     "")),
    (NSCLC | {"ros1": "positive"},
     "ros1.crizotinib ros1.entrectinib ros1.repotrectinib ros1.taletrectinib ros1.zidesamtinib ros1.ceritinib ros1.lorlatinib"),
    (NSCLC | {"ret": "positive"}, "ret.selpercatinib ret.pralsetinib"),
    # Solid tumours with an NTRK fusion.
    (NSCLC | {"ntrk": "positive"},
     "ntrk.entrectinib ntrk.larotrectinib ntrk.repotrectinib ntrk.larotrectinib-wording"),
    (NSCLC | {"nrg1": "positive"}, "nrg1.zenocutuzumab"),
    # V600E; the label of dabrafenib in Europe and Canada says V600, of which the profile knows V600E alone.
    (NSCLC | {"braf": "v600e"}, "braf-v600e.dabrafenib-trametinib braf-v600e.encorafenib-binimetinib"),
    (NSCLC | {"kras": "g12c"}, "kras-g12c.adagrasib kras-g12c.sotorasib"),
    (NSCLC | {"met": "exon14_skipping"},
     "met-exon14.capmatinib met-exon14.capmatinib-later met-exon14.tepotinib met-exon14.tepotinib-later"),
    (NON_SQUAMOUS | {"met": "overexpression"}, "met-overexpression.telisotuzumab-vedotin"),
    # "Non-squamous NSCLC with an ERBB2 (HER2) tyrosine kinase domain mutation"; trastuzumab deruxtecan: NSCLC.
    (NON_SQUAMOUS | {"erbb2": "mutation"},
     "erbb2-mutation.sevabertinib erbb2-mutation.zongertinib erbb2-mutation.zongertinib-later"),
    (NSCLC | {"erbb2": "mutation"}, "erbb2-mutation.trastuzumab-deruxtecan"),

    # EGFR, by variant.
    (NSCLC | {"egfr": "positive"}, "egfr-any.datopotamab-deruxtecan"),  # "EGFR-mutated NSCLC"
    # "when an EGFR mutation is known", before the labels told the sensitising ones apart.
    (NSCLC | {"egfr": ["exon19del", "l858r", "g719x", "s768i", "l861q"]}, "egfr-any.gefitinib-2009"),
    (NSCLC | EGFR_COMMON,
     ("egfr-common.afatinib egfr-common.amivantamab-lazertinib egfr-common.dacomitinib egfr-common.erlotinib"
     " egfr-common.erlotinib-ramucirumab egfr-common.gefitinib egfr-common.osimertinib egfr-common.lazertinib"
     " egfr-common.osimertinib-chemotherapy egfr-common.amivantamab-chemotherapy-later")),
    (NON_SQUAMOUS | EGFR_COMMON, "egfr-common.erlotinib-bevacizumab"),
    (ADENOCARCINOMA | EGFR_COMMON, "egfr-common.afatinib-adenocarcinoma"),
    (NSCLC | EGFR_UNCOMMON,
     ("egfr-uncommon.afatinib egfr-uncommon.amivantamab-lazertinib egfr-uncommon.dacomitinib egfr-uncommon.erlotinib"
     " egfr-uncommon.erlotinib-ramucirumab egfr-uncommon.gefitinib egfr-uncommon.osimertinib"
     " egfr-uncommon.osimertinib-activating")),
    (NON_SQUAMOUS | EGFR_UNCOMMON, "egfr-uncommon.erlotinib-bevacizumab"),
    (ADENOCARCINOMA | EGFR_UNCOMMON, "egfr-uncommon.afatinib-adenocarcinoma"),
    (NSCLC | EGFR_OTHER,
     ("egfr-other.afatinib egfr-other.dacomitinib egfr-other.erlotinib egfr-other.erlotinib-ramucirumab"
     " egfr-other.gefitinib egfr-other.gefitinib-2009 egfr-other.osimertinib")),
    (NON_SQUAMOUS | EGFR_OTHER, "egfr-other.erlotinib-bevacizumab"),
    (ADENOCARCINOMA | EGFR_OTHER, "egfr-other.afatinib-adenocarcinoma"),
    (NSCLC | {"egfr": "exon20ins"},
     "egfr-exon20.amivantamab egfr-exon20.amivantamab-chemotherapy egfr-exon20.mobocertinib egfr-exon20.sunvozertinib"),
    (NSCLC | {"egfr": "t790m"}, "egfr-t790m.osimertinib egfr-t790m.osimertinib-any-line"),

    # Checkpoint inhibitors. What the labels exclude by driver is withheld by guardrails and told by notes.
    (NSCLC,  # "any PD-L1", or after platinum without a word on PD-L1
     ("any-pd-l1.cemiplimab-chemotherapy any-pd-l1.nivolumab-ipilimumab-chemotherapy any-pd-l1.sugemalimab-chemotherapy"
     " any-pd-l1.tremelimumab-durvalumab-chemotherapy"
     " later.atezolizumab later.erlotinib later.gefitinib later.nivolumab")),
    (NSCLC | {"pd_l1_tps": ">=50"}, "pd-l1.atezolizumab-tps50 pd-l1.cemiplimab pd-l1.pembrolizumab-tps50"),
    # "TPS >=1%"; what the row for 50 and more documents is not documented twice.
    (NSCLC | {"pd_l1_tps": ">=1, <50"}, "pd-l1.pembrolizumab-tps1"),
    (NSCLC | {"pd_l1_tps": ">=1"},
     "pd-l1.cemiplimab-chemotherapy pd-l1.nivolumab-ipilimumab later.pembrolizumab"),
    (NSCLC | {"pd_l1_tps": ">=1, <50", "pd_l1_immune_cells": ">=10"}, "pd-l1.atezolizumab-immune-cells"),
    (NSCLC | {"pd_l1_tps": "<1", "pd_l1_immune_cells": ">=10"}, "pd-l1.atezolizumab-immune-cells-tps0"),
    (NON_SQUAMOUS | {"pd_l1_tps": ">=50"}, "pd-l1.tislelizumab-pemetrexed-platinum"),
    (NON_SQUAMOUS,
     ("non-squamous.atezolizumab-bevacizumab-chemotherapy non-squamous.atezolizumab-carboplatin-nab-paclitaxel"
     " non-squamous.pembrolizumab-pemetrexed-carboplatin non-squamous.pembrolizumab-pemetrexed-platinum"
     " later.pemetrexed")),  # pemetrexed: of any histology in 2004, of non-squamous since 2008; squamous has a row
    (NON_SQUAMOUS | FIT, "non-squamous.retifanlimab-chemotherapy"),
    (SQUAMOUS,
     ("squamous.pembrolizumab-carboplatin-nab-paclitaxel squamous.pembrolizumab-carboplatin-paclitaxel"
     " squamous.tislelizumab-carboplatin-nab-paclitaxel squamous.tislelizumab-carboplatin-paclitaxel"
     " later.nivolumab-squamous later.pemetrexed-squamous")),

    # Chemotherapy.
    (NON_SQUAMOUS | FIT,  # ECOG 4599 excluded performance status above 1; the doublets of pemetrexed likewise
     ("chemotherapy.bevacizumab-carboplatin-paclitaxel chemotherapy.bevacizumab-platinum-chemotherapy"
     " chemotherapy.cisplatin-pemetrexed")),
    (NSCLC | FIT, "chemotherapy.carboplatin-nab-paclitaxel chemotherapy.platinum-doublet"),
    (SQUAMOUS | FIT, "chemotherapy.necitumumab-cisplatin-gemcitabine"),
    (NSCLC | FAIRLY_FIT,  # ECOG 1594: performance status 2 was enrolled, and did worse
     ("chemotherapy.carboplatin-paclitaxel chemotherapy.cisplatin-docetaxel chemotherapy.cisplatin-gemcitabine"
     " chemotherapy.cisplatin-paclitaxel")),
    (NON_SQUAMOUS | {"ecog_ps": 2}, "chemotherapy.carboplatin-pemetrexed-ecog2"),
    (NSCLC | {"ecog_ps": 2}, "chemotherapy.platinum-doublet-ecog2 chemotherapy.single-agent-ecog2"),
    (NSCLC | FIT | NO_PLATINUM, "chemotherapy.non-platinum-doublet"),
    (NSCLC | FAIRLY_FIT | NO_PLATINUM, "chemotherapy.single-agent-platinum-contraindicated"),
    (NSCLC | FAIRLY_FIT | {"age": ">=70, <90"}, "elderly.carboplatin-paclitaxel"),  # "age 70-89"
    (NSCLC | FAIRLY_FIT | {"age": ">=70"}, "elderly.vinorelbine"),  # "age 70 and over"
    ({"histology": "large_cell_neuroendocrine"} | FAIRLY_FIT, "neuroendocrine.platinum-etoposide"),
    (SMALL_CELL,
     ("small-cell.atezolizumab-carboplatin-etoposide small-cell.durvalumab-platinum-etoposide small-cell.platinum-etoposide"
     " small-cell.serplulimab-carboplatin-etoposide small-cell.tarlatamab later.small-cell-lurbinectedin"
     " later.small-cell-nivolumab later.small-cell-pembrolizumab")),

    # Brain. "ECOG 0-2"; the radiosurgery of small-cell disease is outside the evidence (C17).
    (NSCLC | {"alk": "positive"} | CALM, "brain.observation-alk"),
    (NSCLC | EGFR_COMMON | CALM, "brain.observation-egfr"),
    (NSCLC | FAIRLY_FIT | {"brain_lesions": ">=1, <=3"}, "brain.srs-1-3"),
    (NSCLC | FAIRLY_FIT | {"brain_lesions": 4}, "brain.srs-4"),
    (NSCLC | FAIRLY_FIT | {"brain_lesions": ">=5, <=10"}, "brain.srs-5-10"),
    (NSCLC | FAIRLY_FIT | {"brain_lesions": ">10"}, "brain.srs-above-10"),
    (NSCLC | FAIRLY_FIT | {"brain_cavity": "yes"}, "brain.srs-cavity"),
    (NSCLC | FAIRLY_FIT | {"brain_lesions": 1}, "brain.surgery-single"),  # "single brain metastasis"
    (NSCLC | {"brain_lesions": ">=1", "brain_largest_mm": ">40"}, "brain.surgery-large"),  # "over 4 cm surgery first"
    ({"brain_disease": "yes", "brain_mass_effect": "yes"}, "brain.surgery-mass-effect"),
    ({"brain_disease": "yes"}, "brain.supportive-care"),
    ({"brain_lesions": ">=5"}, "brain.wbrt-5-or-more"),  # C18: a few is 1 to 4

    # Other sites. EORTC 2019: at most five metastases in at most three organs (C22); the consensus and the series are
    # of patients in good condition, which the library takes as performance status 0 to 2.
    (NSCLC | FAIRLY_FIT | FEW, "oligometastatic.local oligometastatic.local-before-2024"),
    (NSCLC | FAIRLY_FIT | FEW | {"egfr": "positive", "brain_disease": "no"}, "oligometastatic.radiotherapy-egfr"),  # SINDAS
    (NSCLC | FAIRLY_FIT | {"metastatic_sites": "adrenal", "metastases": 1}, "adrenal.surgery-isolated"),

    # Bone, calcium, supportive care.
    ({"bone_metastases": "yes"}, "bone.denosumab bone.zoledronic-acid"),
    ({"bone_metastases": "yes", "bone_pain": "yes"}, "bone.radiotherapy-pain"),
    ({"bone_metastases": "yes", "impending_fracture": "yes"}, "bone.surgery-impending-fracture"),
    ({"cord_compression": "yes"}, "bone.radiotherapy-cord bone.surgery-cord"),
    # "Albumin-corrected calcium of 12 mg/dL or more".
    ({"corrected_calcium_mg_dl": ">=12"}, "supportive.hypercalcaemia-denosumab supportive.hypercalcaemia-zoledronic-acid"),
    (NSCLC | {"ecog_ps": 3}, "supportive.ecog-3"),
    (NSCLC | {"ecog_ps": 4}, "supportive.ecog-4"),
]
# fmt: on

HISTOLOGIES = {
    "nsclc": "adenocarcinoma squamous adenosquamous large_cell nsclc_nos large_cell_neuroendocrine sarcomatoid",
    # Everything but squamous: an adenosquamous or undifferentiated tumour is treated as non-squamous (C13).
    "non_squamous": "adenocarcinoma adenosquamous large_cell nsclc_nos large_cell_neuroendocrine sarcomatoid",
    # C13: adenosquamous, mixed or uncertain: a squamous part is neither shown nor excluded.
    "squamous_uncertain": "adenosquamous nsclc_nos sarcomatoid",
}
"""What the groups of the knowledge stand for."""
