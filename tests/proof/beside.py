"""What stands beside the options, a second time: staging, timelines, the score, figures, words of a search.

As in :mod:`tests.proof.rules` the ground of each line is named. Each promise tells how a knowledge base
differs from that.
"""

from lungmets.knowledge.comparison.meaning import meaning
from tests.proof.patients import FEW, NSCLC, SMALL_CELL
from tests.proof.rules import BRAIN, EVERYONE, PANEL

ALL = {"us", "eu", "ca"}
ADENOCARCINOMA = {"histology": "adenocarcinoma"}


def differing(base, records, table):
    """The names that stand on one side only, and those whose condition is another one."""
    grammar = base.content.grammar()
    for name in sorted(records.keys() ^ table.keys()):
        yield f"{name} stands in the knowledge or in the books, and not in both"
    for name in sorted(records.keys() & table.keys()):
        if meaning(grammar.read(records[name].when)) != meaning(grammar.read(table[name][0])):
            yield f"{name} is for {records[name].when}, and its ground speaks of {table[name][0]}"


def by_id(records):
    return {record.id: record for record in records}


# ---- staging --------------------------------------------------------------------------------------


def outside(metastases, **organs):
    return {"extrathoracic_metastases": metastases} | organs


WITHIN = {"contralateral_lung", "pleura", "pericardium"}
"""M1a: a nodule in the other lung, pleural or pericardial nodules or effusion."""

# fmt: off
IN_FORCE = {
    # The IASLC worldwide from 2017; in the United States a year later. The ninth edition everywhere from 2025.
    ("tnm-8", 8): {("us", "2018-01-01", "2025-01-01"), ("eu", "2017-01-01", "2025-01-01"), ("ca", "2017-01-01", "2025-01-01")},
    ("tnm-9", 9): {(place, "2025-01-01", None) for place in ALL},
}
CATEGORIES = {
    # Both editions: IVA is M1a and M1b, IVB what is more. The skeleton is one organ.
    "tnm-8.m1a":  ({"intrathoracic_spread": "yes"} | outside(0),               "M1a",  "IVA"),
    "tnm-8.m1b":  (outside(1),                                                 "M1b",  "IVA"),
    "tnm-8.m1c":  (outside(">=2"),                                             "M1c",  "IVB"),
    "tnm-9.m1a":  ({"intrathoracic_spread": "yes"} | outside(0),               "M1a",  "IVA"),
    "tnm-9.m1b":  (outside(1),                                                 "M1b",  "IVA"),
    "tnm-9.m1c1": (outside(">=2", extrathoracic_organs=1),                     "M1c1", "IVB"),
    "tnm-9.m1c2": (outside(">=2", extrathoracic_organs=">=2"),                 "M1c2", "IVB"),
}
EARLIER = {"stage": ["I", "II", "III", "limited"]}  # every M1 category is stage IV
REMARKS = {
    # C22: a nodule in the other lung may be a second primary. An effusion counts where it is malignant.
    "staging.second-primary":           ({"metastatic_sites": "contralateral_lung"},          "settle"),
    "staging.effusion":                 ({"metastatic_sites": ["pleura", "pericardium"]},     "settle"),
    "staging.other-site":               ({"metastatic_sites": "other"},                       "settle"),
    "staging.brain-and-leptomeninges":  ({"metastatic_sites": {"all": ["brain", "leptomeninges"]}}, "remark"),  # nobody can settle it
    "staging.none-named":               ({"intrathoracic_spread": "no"} | outside(0),         "settle"),
    # A stage that is stated and that the sites contradict.
    "staging.stated-iva":               ({"stage": "IVA"} | outside(">=2"),                   "settle"),
    "staging.stated-ivb":               ({"stage": "IVB"} | outside("<2"),                    "settle"),
    "staging.earlier-outside-the-chest": (EARLIER | outside(">=1"),                           "settle"),
    "staging.earlier-within-the-chest": (EARLIER | {"intrathoracic_spread": "yes"},           "settle"),
}
# fmt: on


def wrong_staging(base):
    """Each edition has its days, each category its sites and its stage, as the classification says."""
    staging = base.content.staging
    if staging is None:
        yield "nothing is staged"
        return
    if set(staging.within_the_chest) != WITHIN:
        yield f"within the chest lie {sorted(staging.within_the_chest)}"
    found = {
        (edition.id, edition.edition): {
            (place.value, str(period.begins), period.ends and str(period.ends))
            for period in edition.in_force
            for place in period.places
        }
        for edition in staging.editions
    }
    if found != IN_FORCE:
        yield f"the editions are in force in {found}"
    for edition in staging.editions:
        for category in edition.categories:
            if not category.id.startswith(f"{edition.id}."):
                yield f"{category.id} stands in {edition.id}"
    categories = by_id(category for edition in staging.editions for category in edition.categories)
    yield from differing(base, categories, CATEGORIES)
    for name in sorted(categories.keys() & CATEGORIES.keys()):
        if (categories[name].category, categories[name].stage) != CATEGORIES[name][1:]:
            yield f"{name} is {categories[name].category}, stage {categories[name].stage}"
    remarks = by_id(staging.remarks)
    yield from differing(base, remarks, REMARKS)
    for name in sorted(remarks.keys() & REMARKS.keys()):
        if remarks[name].kind != REMARKS[name][1]:
            yield f"{name} is told as {remarks[name].kind}"


# ---- timelines ------------------------------------------------------------------------------------

TIMELINES = {
    # C18: the trials of one to three, the guidelines of up to four, and those who went further, in their order.
    "radiosurgery.how-many-lesions": (
        NSCLC | {"brain_lesions": ">=1"},
        (
            "rtog-9508 chang-2009 kocher-2010 jlgk0901 nccn-cns-2-2014 n0574 dutch-srs-2021 eano-esmo-brain-2021"
            " asco-sno-astro-2021 astro-brain-2022 aizer-2026"
        ),
    ),
    # C22: the definition among the trials, and the negative one last.
    "oligometastatic.trials": (
        NSCLC | FEW,
        "gomez-2016 iyengar-2018 gomez-2019 eortc-oligometastatic-2019 sabr-comet sindas nrg-lu002",
    ),
}


def wrong_timelines(base):
    """A timeline leaves nobody out, tells everybody everywhere, and each on the day of its publication."""
    timelines = by_id(base.content.timelines)
    yield from differing(base, timelines, TIMELINES)
    sources = base.content.all_sources()
    for name in sorted(timelines.keys() & TIMELINES.keys()):
        entries = timelines[name].entries
        if [source for entry in entries for source in entry.by] != TIMELINES[name][1].split():
            yield f"{name} tells of {[source for entry in entries for source in entry.by]}"
        for entry in entries:
            if {place.value for place in entry.places} != ALL:
                yield f"{name} tells of {entry.by} in {sorted(entry.places)} only"
            if entry.begins.day not in {base.content.published(sources[one]) for one in entry.by}:
                yield f"{name} tells of {entry.by} from {entry.begins} on, when it was not published"


# ---- the score ------------------------------------------------------------------------------------

MIRELS = {
    # Four features, one to three points each, in the order of the risk.
    "site": "upper_limb lower_limb peritrochanteric",
    "pain": "mild moderate functional",
    "lesion": "blastic mixed lytic",
    "size": "below_one_third one_to_two_thirds above_two_thirds",
}
BANDS = {
    "observation": (4, 7),
    "judgement": (8, 8),
    "fixation": (9, 12),
}  # seven and less, eight, nine and more


def wrong_score(base):
    """Each word of the score has its points, and each sum its band."""
    table = base.content.fracture_risk
    if table is None:
        yield "nothing is scored"
        return
    wanted = {
        feature: {word: at for at, word in enumerate(words.split(), 1)} for feature, words in MIRELS.items()
    }
    if table.points != wanted:
        yield f"the points are {table.points}"
    if {band.id: (band.least, band.most) for band in table.bands} != BANDS:
        yield f"the bands are {[(band.id, band.least, band.most) for band in table.bands]}"


# ---- figures of populations -----------------------------------------------------------------------

STRATA = tuple(
    f"adenocarcinoma, {which} of four strata" for which in ("lowest", "second", "third", "highest")
)
SCORES = tuple(f"adenocarcinoma, score {score}" for score in ("0-1.0", "1.5-2.0", "2.5-3.0", "3.5-4.0"))
# fmt: off
POPULATIONS = {
    # Whose figures they are, by the source: no group of another disease stands beside a profile. Every group of a
    # source is shown somewhere, but the survival with liver metastases in Sweden, which is of every histology.
    "population.distant-stage":         (EVERYONE,                  "seer-distant-survival", ("distant stage, 2014-2020", "distant stage, 1998-2011")),
    "population.single-sites-nsclc":    (NSCLC,                     "met-sites-seer-2019",   ("NSCLC",)),
    "population.single-sites-small-cell": (SMALL_CELL,              "met-sites-seer-2019",   ("small cell",)),
    "population.sites-sweden-small-cell": (SMALL_CELL,              "met-sites-sweden",      ("small cell with metastases",)),
    "population.sites-sweden-adenocarcinoma": (ADENOCARCINOMA,      "met-sites-sweden",      ("adenocarcinoma with metastases",)),
    "population.liver":                 (EVERYONE,                  "liver-metastases-seer-2020", ("all lung cancers",)),
    "population.brain-by-driver":       (NSCLC,                     "brain-metastases-by-driver", ("advanced NSCLC", "ALK", "RET")),
    "population.brain-egfr":            (NSCLC | {"egfr": "positive"}, "hsu-2016",           ("EGFR-mutant against wild type", "EGFR-mutant", "EGFR wild type")),
    "population.brain-survival":        (NSCLC | BRAIN,             "lung-molgpa-2017",      ("all patients",)),
    # The index was validated in adenocarcinoma.
    "population.brain-survival-germany-norway": (ADENOCARCINOMA | BRAIN, "lung-molgpa-validation-2017", STRATA),
    "population.brain-survival-korea":  (ADENOCARCINOMA | BRAIN,    "lung-molgpa-validation-korea", SCORES),
}
# fmt: on


def wrong_figures(base):
    """Figures stand beside those of whom they speak, with all of their groups, everywhere, from their day on."""
    figures = by_id(base.content.populations)
    yield from differing(base, figures, POPULATIONS)
    for name in sorted(figures.keys() & POPULATIONS.keys()):
        record, (_, source, groups) = figures[name], POPULATIONS[name]
        if (record.by, set(record.groups)) != ((source,), set(groups)):
            yield f"{name} shows {record.groups} of {record.by}"
        if {place.value for place in record.places} != ALL or record.ends is not None:
            yield f"{name} is shown in {sorted(record.places)} until {record.ends}"


# ---- words of a search, and explanations ----------------------------------------------------------


def of_gene(term, **found):
    return NSCLC | found, None, term


# fmt: off
SEARCHES = {
    # The disease, and each gene by its name; a class of variants only where trials are for it alone.
    "search.non-small-cell": (NSCLC, "non-small cell lung cancer stage IV", None),
    "search.small-cell":     (SMALL_CELL, "small cell lung cancer", None),
    "search.egfr":           of_gene("EGFR", egfr="positive"),
    "search.egfr-exon20":    of_gene("EGFR exon 20", egfr="exon20ins"),
    "search.kras":           of_gene("KRAS", kras="other"),
    "search.kras-g12c":      of_gene("KRAS G12C", kras="g12c"),
    "search.erbb2":          of_gene("HER2", erbb2="positive"),  # as trials call it
    **{f"search.{gene}": of_gene(gene.upper(), **{gene: "positive"})
       for gene in ("alk", "ros1", "met", "ret", "braf", "ntrk", "nrg1")},
}
EXPLAINED = {
    # Every outcome, every list and mark of an answer, every item that can be missing, every gene that can be positive,
    # the two facts that bound the list, and every procedure. Drugs are not explained: their labels do that.
    "answer": "alerts palliative_care notice",
    "refusal": "incomplete inconsistent out_of_scope undated",
    "list": "documented withheld superseded unresolved",
    "mark": "preferred off_label accelerated caution prerequisite conflict not_considered",
    "missing": " ".join(line[0] for line in PANEL),
    "driver": "egfr alk ros1 ret ntrk kras met braf erbb2 nrg1",
    "fact": "pd_l1_tps ecog_ps",
    "procedure": "stereotactic_radiosurgery surgical_resection whole_brain_radiotherapy palliative_radiotherapy"
                 " best_supportive_care observation",
}
# fmt: on


def wrong_words(base):
    """A search speaks of the disease and the genes found, and every part of an answer is explained, once."""
    searches = by_id(base.content.search_words)
    yield from differing(base, searches, SEARCHES)
    for name in sorted(searches.keys() & SEARCHES.keys()):
        if (searches[name].condition, searches[name].term) != SEARCHES[name][1:]:
            yield f"{name} looks for {searches[name].condition or searches[name].term}"
    explained = sorted(explanation.about for explanation in base.content.explanations)
    wanted = sorted(f"{kind}:{name}" for kind, names in EXPLAINED.items() for name in names.split())
    if explained != wanted:
        yield f"explained is {sorted({*explained} ^ {*wanted})}, or should be"


BESIDE = (wrong_staging, wrong_timelines, wrong_score, wrong_figures, wrong_words)
