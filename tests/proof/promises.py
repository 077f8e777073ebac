"""What the promises of the design say of a list of options.

The drug names below are written out from the labels, not read from the knowledge: a regimen that the
knowledge files under a wrong class must not slip through.
"""

from collections.abc import Iterator
from datetime import date

from lungmets.engine.view import View
from lungmets.vocabulary import Jurisdiction

CHECKPOINT = {
    "pembrolizumab",
    "atezolizumab",
    "cemiplimab",
    "nivolumab",
    "ipilimumab",
    "durvalumab",
    "tremelimumab",
    "retifanlimab",
    "tislelizumab",
    "sugemalimab",
    "serplulimab",
}
ORAL_TARGETED = {
    "osimertinib", "erlotinib", "gefitinib", "afatinib", "dacomitinib", "lazertinib", "alectinib", "brigatinib",
    "lorlatinib", "ensartinib", "ceritinib", "crizotinib", "repotrectinib", "taletrectinib", "entrectinib",
    "larotrectinib", "selpercatinib", "pralsetinib", "capmatinib", "tepotinib", "dabrafenib", "trametinib",
    "encorafenib", "binimetinib", "zongertinib",
}  # fmt: skip
BONE_AGENTS = {"denosumab", "zoledronic_acid"}
NO_CHECKPOINT = ("egfr.", "alk.", "ros1.", "ret.", "ntrk.")
"""Alterations with which no checkpoint inhibitor may be first-line (promise 3)."""
TARGETED_OF = {
    "met.exon14_skipping": {"capmatinib", "tepotinib"},
    "braf.v600e": {"dabrafenib", "encorafenib"},
    "erbb2.mutation": {"zongertinib"},
}
"""Alterations with which no checkpoint inhibitor stands alone beside a targeted option (promise 3)."""
WIDENED = {Jurisdiction.US: date(2019, 4, 11), Jurisdiction.CA: date(2026, 10, 7)}
"""When the label of pembrolizumab alone was widened from TPS >=50 to TPS >=1. The Canadian day was not seen, so
that of the release stands; the European label still asks for 50."""


def broken_systemic_promises(
    view: View, altered: frozenset[str], words: dict[str, str], regimens: list[tuple[str, tuple[str, ...]]]
) -> Iterator[str]:
    """The promises 2, 3, 4, 5 and 7 that one answer breaks."""
    systemic = [regimen for domain, regimen in regimens if domain == "systemic"]
    supportive = ("supportive", ("best_supportive_care",)) in regimens
    checkpoint = [regimen for regimen in systemic if CHECKPOINT & set(regimen)]
    alone = [regimen for regimen in checkpoint if set(regimen) <= CHECKPOINT]
    squamous = words["histology"] == "squamous"
    small_cell = words["histology"] == "small_cell"
    poor = words["ecog_ps"] in {"3", "4"}

    if not systemic and not supportive:
        yield "2: nothing systemic and no supportive care"
    if not small_cell and checkpoint and any(name.startswith(NO_CHECKPOINT) for name in altered):
        yield f"3: {checkpoint} beside {sorted(altered)}"
    for name, drugs in TARGETED_OF.items():
        targeted = any(drugs & set(regimen) for regimen in systemic)
        if name in altered and targeted and any(len(regimen) == 1 for regimen in alone):
            yield f"3: {alone} beside {name}"
    if squamous and any({"pemetrexed", "bevacizumab"} & set(regimen) for regimen in systemic):
        yield "4: pemetrexed or bevacizumab for squamous disease"
    doublets = any(
        {"platinum", "cisplatin", "carboplatin", "platinum_doublet_chemotherapy"} & set(r) for r in systemic
    )
    fit = not small_cell and words["ecog_ps"] in {"0", "1", "2"}
    # A platinum doublet remains, unless a checkpoint inhibitor alone or a targeted drug has taken its place
    # by a guideline, or platinum is contraindicated.
    replaced = any(CHECKPOINT & set(r) or ORAL_TARGETED & set(r) for r in systemic)
    if (
        squamous
        and fit
        and not doublets
        and not replaced
        and words.get("contraindications.platinum") != "yes"
    ):
        yield "4: no platinum doublet remains"
    if alone and words["pd_l1_tps"] == "<1":
        yield f"5: {alone} below a TPS of 1"
    widened = WIDENED.get(view.place)
    if (
        ("pembrolizumab",) in alone
        and words["pd_l1_tps"] == ">=1 <50"
        and (widened is None or view.day < widened)
    ):
        yield "5: pembrolizumab alone below its documented range"
    if view.place is Jurisdiction.EU:
        yield from _broken_in_the_european_union(words, systemic)
    if poor and not small_cell:
        if not supportive:
            yield "7: no supportive care at performance status 3 or 4"
        if any(not set(regimen) <= ORAL_TARGETED for regimen in systemic):
            yield f"7: {systemic} at performance status {words['ecog_ps']}"


def _broken_in_the_european_union(words: dict[str, str], systemic: list[tuple[str, ...]]) -> Iterator[str]:
    """What the European labels narrow: see the scenarios in ``europe.scenario.yaml``."""
    if ("cemiplimab", "platinum_doublet_chemotherapy") in systemic and words["pd_l1_tps"] == "<1":
        yield "5: cemiplimab with chemotherapy below 1 percent"
    if ("nivolumab", "ipilimumab") in systemic:
        yield "6: nivolumab with ipilimumab without chemotherapy, which was never authorised"
    if any({"capmatinib", "tepotinib"} & set(regimen) for regimen in systemic):
        yield "6: a MET inhibitor, which is documented later only"


REGULATORS = {"us": "fda", "eu": "ema", "ca": "hc"}
"""Whose approvals and labels bind in a place."""
