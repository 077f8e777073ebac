"""The closed words of the profile and of the answer.

The words of the *profile* (histologies, genes, variants, specimens, sites) are Python because
they are types: a misspelt word must fail to type-check, not fail to match. What each word *means
for treatment* is not here; it lives in ``knowledge/``.

Sources of the conventions
--------------------------
* Genes are named by their HGNC symbols in lower case; ``erbb2`` is the gene that reports also
  call HER2.
* Variant classes are the ones that the cited labels, guidelines and trials tell apart.
* ECOG performance status runs from 0 to 4; grade 5 is death and no value of a profile.

>>> EgfrVariant("exon19del")
<EgfrVariant.EXON19DEL: 'exon19del'>
>>> [word.value for word in GENE_VARIANTS[Gene.KRAS]]
['g12c', 'other']
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias


class Histology(StrEnum):
    """What the pathologist calls the tumour."""

    ADENOCARCINOMA = "adenocarcinoma"
    SQUAMOUS = "squamous"
    ADENOSQUAMOUS = "adenosquamous"
    LARGE_CELL = "large_cell"
    NSCLC_NOS = "nsclc_nos"
    LARGE_CELL_NEUROENDOCRINE = "large_cell_neuroendocrine"
    SARCOMATOID = "sarcomatoid"
    SMALL_CELL = "small_cell"


class Gene(StrEnum):
    """A gene whose result a profile can carry."""

    EGFR = "egfr"
    ALK = "alk"
    ROS1 = "ros1"
    KRAS = "kras"
    MET = "met"
    RET = "ret"
    BRAF = "braf"
    NTRK = "ntrk"
    ERBB2 = "erbb2"
    NRG1 = "nrg1"


class ResultStatus(StrEnum):
    """What a laboratory result says.

    Only ``positive`` and ``negative`` can be answers. ``not_tested``, ``pending``, ``inadequate``
    (the sample failed) and ``indeterminate`` (no call was made) are not, and none of them is ever
    read as negative.
    """

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NOT_TESTED = "not_tested"
    PENDING = "pending"
    INADEQUATE = "inadequate"
    INDETERMINATE = "indeterminate"


class EgfrVariant(StrEnum):
    """Classes of EGFR alteration. ``other_activating`` belongs to no documented class."""

    EXON19DEL = "exon19del"
    L858R = "l858r"
    EXON20INS = "exon20ins"
    G719X = "g719x"
    S768I = "s768i"
    L861Q = "l861q"
    T790M = "t790m"
    OTHER_ACTIVATING = "other_activating"


class FusionVariant(StrEnum):
    """The one class of ALK, ROS1, RET, NTRK and NRG1 alteration: a rearrangement."""

    FUSION = "fusion"


class KrasVariant(StrEnum):
    """Classes of KRAS mutation."""

    G12C = "g12c"
    OTHER = "other"


class MetVariant(StrEnum):
    """Classes of MET alteration; they are different biomarkers, not grades of one."""

    EXON14_SKIPPING = "exon14_skipping"
    AMPLIFICATION = "amplification"
    OVEREXPRESSION = "overexpression"


class BrafVariant(StrEnum):
    """Classes of BRAF mutation."""

    V600E = "v600e"
    OTHER = "other"


class Erbb2Variant(StrEnum):
    """Classes of ERBB2 (HER2) alteration; ``mutation`` means activating, in the kinase domain."""

    MUTATION = "mutation"
    AMPLIFICATION = "amplification"
    OVEREXPRESSION = "overexpression"


Variant: TypeAlias = EgfrVariant | FusionVariant | KrasVariant | MetVariant | BrafVariant | Erbb2Variant
"""Any class of alteration."""

GENE_VARIANTS: Mapping[Gene, type[Variant]] = MappingProxyType(
    {
        Gene.EGFR: EgfrVariant,
        Gene.ALK: FusionVariant,
        Gene.ROS1: FusionVariant,
        Gene.KRAS: KrasVariant,
        Gene.MET: MetVariant,
        Gene.RET: FusionVariant,
        Gene.BRAF: BrafVariant,
        Gene.NTRK: FusionVariant,
        Gene.ERBB2: Erbb2Variant,
        Gene.NRG1: FusionVariant,
    }
)
"""The variant classes that each gene's result may name."""


class Specimen(StrEnum):
    """Where the tested material came from. A negative from plasma alone is not an answer."""

    TISSUE = "tissue"
    CYTOLOGY = "cytology"
    PLASMA = "plasma"


class Assay(StrEnum):
    """How a gene was tested."""

    NGS = "ngs"
    PCR = "pcr"
    FISH = "fish"
    IHC = "ihc"


class PdL1Assay(StrEnum):
    """The antibody with which PD-L1 was stained; their scores are not interchangeable."""

    CLONE_22C3 = "22c3"
    CLONE_28_8 = "28-8"
    SP142 = "sp142"
    SP263 = "sp263"


class BrainLesions(StrEnum):
    """What can stand in place of a count of brain lesions."""

    NOT_IMAGED = "not_imaged"
    PRESENT_COUNT_UNKNOWN = "present_count_unknown"
    INNUMERABLE = "innumerable"


class BrainImaging(StrEnum):
    """How the brain was imaged; ``none`` contradicts any count of lesions."""

    MRI = "mri"
    CT = "ct"
    NONE = "none"


class Leptomeningeal(StrEnum):
    """Whether the disease has reached the leptomeninges."""

    NO = "no"
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"


class MetastaticSite(StrEnum):
    """Where metastases are known. A site that is not named is unknown, not free of disease."""

    BRAIN = "brain"
    BONE = "bone"
    LIVER = "liver"
    ADRENAL = "adrenal"
    CONTRALATERAL_LUNG = "contralateral_lung"
    PLEURA = "pleura"
    PERICARDIUM = "pericardium"
    DISTANT_NODES = "distant_nodes"
    LEPTOMENINGES = "leptomeninges"
    OTHER = "other"


class Contraindication(StrEnum):
    """Conditions that a guardrail or a caution reads; one that is not named is unknown."""

    AUTOIMMUNE_DISEASE = "autoimmune_disease"
    ORGAN_TRANSPLANT = "organ_transplant"
    INTERSTITIAL_LUNG_DISEASE = "interstitial_lung_disease"
    HIGH_DOSE_STEROIDS = "high_dose_steroids"
    HAEMOPTYSIS = "haemoptysis"
    PLATINUM = "platinum"
    RECENT_PD_L1_THERAPY = "recent_pd_l1_therapy"
    HYPOCALCAEMIA = "hypocalcaemia"


class Stage(StrEnum):
    """Stage as stated; ``limited`` and ``extensive`` are the words of small-cell disease."""

    I = "I"  # noqa: E741  -- the Roman numeral is the name that the field uses
    II = "II"
    III = "III"
    IV = "IV"
    IVA = "IVA"
    IVB = "IVB"
    LIMITED = "limited"
    EXTENSIVE = "extensive"


class StageGroup(StrEnum):
    """The stage groups of metastatic disease, as a classification makes them from findings."""

    IVA = "IVA"
    IVB = "IVB"


class MCategory(StrEnum):
    """The M categories of the eighth and ninth editions."""

    M1A = "M1a"
    M1B = "M1b"
    M1C = "M1c"
    M1C1 = "M1c1"
    M1C2 = "M1c2"


class Smoking(StrEnum):
    """Smoking history."""

    NEVER = "never"
    FORMER = "former"
    CURRENT = "current"


class CalciumUnit(StrEnum):
    """Units in which a total calcium may be given; there is no default."""

    MMOL_L = "mmol/L"
    MG_DL = "mg/dL"


class Jurisdiction(StrEnum):
    """Whose authorisations are asked about: United States, European Union, Canada."""

    US = "us"
    EU = "eu"
    CA = "ca"


class Panel(StrEnum):
    """What must be answered before anything is documented."""

    CORE = "core"
    COMPREHENSIVE = "comprehensive"


class Domain(StrEnum):
    """What an option treats. The order is the order of an answer."""

    SYSTEMIC = "systemic"
    BRAIN = "brain"
    BONE = "bone"
    OTHER_SITE = "other_site"
    SUPPORTIVE = "supportive"


class Basis(StrEnum):
    """What kind of document carries a row, the strongest first."""

    LABEL = "label"
    GUIDELINE = "guideline"
    TRIAL = "trial"


class Standing(StrEnum):
    """``preferred`` only where a cited source prefers; it is never a score of our own."""

    PREFERRED = "preferred"
    DOCUMENTED = "documented"


class Approval(StrEnum):
    """What kind of approval a label has; agencies mean different things by such words.

    ``conditional`` is the European Union's own instrument, not a United States accelerated approval.
    """

    ACCELERATED = "accelerated"
    CONDITIONAL = "conditional"
    REGULAR = "regular"


class Urgency(StrEnum):
    """How soon an alert must be acted on, the most urgent first."""

    EMERGENCY_NOW = "emergency_now"
    SAME_DAY = "same_day"
    NEXT_VISIT = "next_visit"


class LikelySite(StrEnum):
    """Where the cause of an alert is likely to lie: an organ, or a short word for what is none."""

    BRAIN = "brain"
    LEPTOMENINGES = "leptomeninges"
    SPINE = "spine"
    BONE = "bone"
    LIVER = "liver"
    PERICARDIUM = "pericardium"
    MEDIASTINUM = "mediastinum"
    AIRWAY = "airway"
    METABOLIC = "metabolic"


class Audience(StrEnum):
    """For whom words are chosen. A caregiver's are a patient's own as well."""

    CLINICIAN = "clinician"
    TRAINEE = "trainee"
    CAREGIVER = "caregiver"


class StepKind(StrEnum):
    """What kind of work-up a step is."""

    IMAGING = "imaging"
    TISSUE = "tissue"
    PLASMA = "plasma"
    LABORATORY = "laboratory"
    EXAMINATION = "examination"
    REFERRAL = "referral"


class RefusalReason(StrEnum):
    """Why nothing is listed. These are different answers and never look alike."""

    INCOMPLETE = "incomplete"
    INCONSISTENT = "inconsistent"
    OUT_OF_SCOPE = "out_of_scope"
    UNDATED = "undated"


class Effect(StrEnum):
    """What the answer to a missing item could do to the list of options."""

    REPLACES = "replaces"
    ADDS = "adds"
    NOTHING = "nothing"


class Engine(StrEnum):
    """Which matcher is used. Every one gives the same answer.

    ``bitmap`` is the one for every use. ``reference`` (plain loops) and ``durable`` (durable-rules, in
    a process of its own; ``lungmets[durable]``) are there to check it.
    """

    BITMAP = "bitmap"
    REFERENCE = "reference"
    DURABLE = "durable"
