"""Promises of single records: what each says must stand in the sources that it cites.

Each is a function that tells how a knowledge base breaks it, one sentence a record. They need no answer and
so take milliseconds; the mutants of the knowledge are put before them.
"""

import re
from functools import cache
from itertools import combinations

from lungmets.knowledge.comparison.meaning import meaning
from tests.knowledge.test_sources_in_reserve import RESERVE, uncited
from tests.proof import rules
from tests.proof.beside import BESIDE
from tests.proof.patients import HISTOLOGIES, PATIENTS

REGULATOR = {"fda": "us", "ema": "eu", "hc": "ca"}
KINDS = {"label": {"approval", "label"}, "guideline": {"guideline"}, "trial": {"trial", "review"}}
"""The kinds of sources that carry each basis."""


def places_of(period):
    return {place.value for place in period.places}


def periods(content):
    """Every dated thing: its record, the period, and all sources of the record."""
    for _, row in content.rows():
        cited = [name for entry in (*row.documented, *row.preferred) for name in entry.by]
        yield from ((row.id, entry, cited) for entry in row.documented)
        yield from ((f"{row.id} (preferred)", entry, cited) for entry in row.preferred)
    for record in (*content.supersessions, *content.notes, *content.populations):
        yield record.id, record, record.by
    for item in content.panel.items:
        yield from ((f"panel:{item.item}", period, period.by) for period in item.asked)
    for advice in (*content.conflicts, *content.workup, *content.questions):
        if advice.period is not None:
            yield advice.id, advice.period, advice.by


# ---- dates ----------------------------------------------------------------------------------------

KNOWN_BY_THE_YEAR = {
    # ASCO's versions of 2026 were out by June, but their first recommendation was not seen: so the preference ends
    # with the first day that this can mean.
    ("egfr-common.osimertinib (preferred)", "2026-01-01"),
    # The source: "withdrawn in 2024, on a day that was not seen".
    ("ret.pralsetinib", "2024-01-01"),
}
"""Ends without a source of that day."""
OTHER_BEGINS = {
    ("panel:brain_lesions", "2009-12-31"),  # the trial of November 2009, by its year
    ("ret.pralsetinib-withdrawn", "2024-01-01"),  # the day on which the entry ends, see above
    ("erbb2-mutation.sevabertinib-trial", "2026-10-07"),  # "when last seen, in 2026": so from the release on
}
"""Beginnings without a source of that day."""


def dates_without_a_source(base):
    """Whatever begins, begins when a source that it cites came out; what ends, ends when some source did.

    What holds only in a place that begins with the release begins with it; and before a label whose first day
    was not seen, what stands in for it ends on the day of the release.
    """
    content = base.content
    sources = content.all_sources()
    dated = [source for source in sources.values() if source.published is not None]
    turns = {source.published.day for source in dated} | {one.ended.day for one in dated if one.ended}
    young = {place for place, day in content.release.begins.items() if day == content.release.as_of}
    labels = {(row.id, place) for _, row in content.rows() for entry in row.documented for place in entry.places
              if entry.basis == "label" and entry.begins.day == content.release.as_of}  # fmt: skip
    for name, period, _ in periods(content):
        begins = period.begins.day
        cited = {content.published(sources[one]) for one in period.by}
        if set(period.places) <= young:
            cited.add(content.release.as_of)
        if begins not in cited and (name, str(begins)) not in OTHER_BEGINS:
            yield f"{name} begins on {begins}, when no source that it cites was published"
        ends = period.ends.day if period.ends else None
        known = turns | (
            {content.release.as_of} if {(name, place) for place in period.places} <= labels else set()
        )
        if ends and ends not in known and (name, str(ends)) not in KNOWN_BY_THE_YEAR:
            yield f"{name} ends on {ends}, when nothing was published and nothing ended"
    for rule in content.scope:
        if rule.before and rule.before.day not in turns:
            yield f"{rule.id} ends on {rule.before.day}, when nothing was published"


def what_has_ended_and_stays(base):
    """What a source calls ended is documented by it no longer."""
    sources = base.content.all_sources()
    for name, period, _ in periods(base.content):
        ended = [sources[one].ended.day for one in period.by if sources[one].ended]
        others = [one for one in period.by if not sources[one].ended and sources[one].kind in KINDS["label"]]
        if not ended or others or getattr(period, "basis", "") != "label":
            continue
        if period.ends is None or period.ends.day > max(ended):
            yield f"{name} goes on after {max(ended)}, when its label ended"


def labels_twice_or_gaps(base):
    """A use has one label at a time in one place: a conversion ends the entry before it, on its own day."""
    for _, row in base.content.rows():
        labels = [entry for entry in row.documented if entry.basis == "label"]
        for one, other in combinations(labels, 2):
            if one.overlaps(other):
                yield f"{row.id} has two labels at once"
        for entry in row.documented:
            after = [other.begins.day for other in row.documented if set(entry.places) & set(other.places)
                     and entry.ends and other.begins.day > entry.begins.day]  # fmt: skip
            if after and entry.ends.day not in after and not covered_on(row, entry):
                yield f"{row.id} ends on {entry.ends.day}, and goes on from {min(after)}"


def stand_ins_that_stay(base):
    """What stands in for a label before the day of the release, because its day was not seen, ends on that day."""
    last = base.content.release.as_of
    for _, row in base.content.rows():
        for entry in row.documented:
            told = "before the day of the release it rests on" in (entry.note or "")
            if told and (entry.ends is None or entry.ends.day != last):
                yield f"{row.id} goes on beside the label for which it stands in"


def replaced_twice(base):
    """The same patients' options give way to one guideline at a time: the next one ends the one before."""
    grammar = base.content.grammar()
    for one, other in combinations(base.content.supersessions, 2):
        same = meaning(grammar.read(one.when)) == meaning(grammar.read(other.when))
        both = told_by(base, one.replaces) & told_by(base, other.replaces)
        if same and both and one.overlaps(other):
            yield f"{one.id} and {other.id} both replace {sorted(both)}"


def covered_on(row, entry):
    """Whether something else of the row documents on the day on which an entry ends."""
    return all(any(other.covers(place, entry.ends.day) for other in row.documented) for place in entry.places)


# ---- places, drugs, lines -------------------------------------------------------------------------


def cited_labels(entry, sources):
    return [sources[one] for one in entry.by if sources[one].kind in KINDS["label"] and sources[one].agency]


def wrong_places(base):
    """A label documents in the place of its agency and nowhere else; a trial documents in all of them."""
    sources = base.content.all_sources()
    everywhere = {place.value for place in base.content.release.begins}
    for _, row in base.content.rows():
        for entry in row.documented:
            told = {REGULATOR[one.agency] for one in cited_labels(entry, sources) if one.agency in REGULATOR}
            if entry.basis == "label" and told != places_of(entry):
                yield f"{row.id} is a label in {sorted(places_of(entry))}, and its agencies speak for {sorted(told)}"
        trials = {one for entry in row.documented if entry.basis == "trial" for one in entry.by
                  if sources[one].kind in KINDS["trial"]}  # fmt: skip
        for trial in sorted(trials):
            told = {place for entry in row.documented for place in places_of(entry) if trial in entry.by}
            if told != everywhere and (row.id, *sorted(told)) not in ELSEWHERE_CARRIED:
                yield f"{row.id} rests on the trial {trial}, in {sorted(told)} only"


ELSEWHERE_CARRIED = {
    # In the United States a guideline gives two drugs without platinum, so the trials of one add nothing; and the
    # label of zoledronic acid is older than the trial that carries it elsewhere.
    ("chemotherapy.single-agent-platinum-contraindicated", "ca", "eu"),
    ("bone.zoledronic-acid", "ca", "eu"),
}
"""Rows whose trials document in some places only, with these."""


def wrong_bases(base):
    """An entry is what the source of its first day is: a label, a guideline or a trial."""
    sources = base.content.all_sources()
    for _, row in base.content.rows():
        for entry in row.documented:
            kinds = {sources[one].kind for one in entry.by
                     if base.published(sources[one]) == entry.begins.day}  # fmt: skip
            if not kinds:  # in a place that begins with the release
                kinds = {sources[one].kind for one in entry.by}
            if not kinds & KINDS[entry.basis] and (row.id, entry.basis) not in OTHER_BASES:
                yield f"{row.id} is documented by a {entry.basis}, and on its first day there is {sorted(kinds)}"


OTHER_BASES = {
    # The consensus of 2019 says what oligometastatic is; the trials before it carry the local treatment.
    ("oligometastatic.local-before-2024", "trial"),
}


DOUBLETS = {
    "platinum-based chemotherapy", "platinum doublet (2 cycles)", "platinum_doublet", "platinum_doublet_chemotherapy",
}  # fmt: skip


def drugs_of(source):
    """The drugs of an approval, each as the set of names that it leaves open."""
    return [
        {"platinum_doublet_chemotherapy"} if drug in DOUBLETS
        else {"platinum", *drug.split(" or ")} if "platin" in drug
        else set(drug.split(" or "))
        for drug in source.drugs
    ]  # fmt: skip


def same_drugs(regimen, source):
    named = drugs_of(source)
    return len(named) == len(regimen) and all(
        any(part in names for names in named) for part in regimen
    ) and all(names & set(regimen) for names in named)  # fmt: skip


COMPANIONS = {
    # One label of each lists the other drug alone; the pair stands in the words of the notice.
    "label-bevacizumab", "label-crizotinib", "label-amivantamab-ex20-later-line",
}  # fmt: skip


def wrong_drugs(base):
    """A label documents the drugs that its approval names, and every row is called by what it documents."""
    content = base.content
    sources = content.all_sources()
    regimens = {one.id: one.regimen for one in content.regimens.regimens}
    for _, row in content.rows():
        parts = regimens[row.option]
        for entry in row.documented:
            every = cited_labels(entry, sources)
            labels = [one for one in every if one.id not in COMPANIONS] or every
            if entry.basis == "label" and not any(same_drugs(parts, one) for one in labels):
                yield f"{row.id} documents {row.option}, and its approval is of {[one.drugs for one in labels]}"
        if not called_by(row.id.partition(".")[2], row.option):
            yield f"{row.id} documents {row.option}"


SHORT = {
    # An option, and the short words by which rows are called.
    "stereotactic-radiosurgery": {"srs", "local", "radiotherapy"},
    "whole-brain-radiotherapy": {"wbrt"},
    "surgical-resection": {"surgery"},
    "palliative-radiotherapy": {"radiotherapy"},
    "best-supportive-care": {"supportive", "ecog"},
    "single-agent-chemotherapy": {"single-agent"},
}


def called_by(name, option):
    """Whether a row's name begins with its option, or with a short word for it."""
    words = {option, *SHORT.get(option, ())}
    bare = re.sub(r"^(hypercalcaemia|small-cell)-", "", name)
    if not any(bare == word or bare.startswith(f"{word}-") for word in words):
        return False
    # "pembrolizumab-later" is pembrolizumab; but a longer option begins with the same drug.
    return not any(
        bare.startswith(f"{option}-{drug}")
        for drug in ("chemotherapy", "ipilimumab", "lazertinib", "platinum-")
    )


def wrong_lines(base):
    """What every cited label limits to later lines is a later-line row, and nothing else is."""
    sources = base.content.all_sources()
    for _, row in base.content.rows():
        for entry in row.documented:
            every = cited_labels(entry, sources)
            labels = [one for one in every if one.id not in COMPANIONS] or every
            later = entry.basis == "label" and all(one.line == "subsequent" for one in labels)
            if (row.line == "later") is not later:
                yield f"{row.id} is a row of the {row.line} line, and its labels are {[one.line for one in labels]}"


# ---- patients -------------------------------------------------------------------------------------


def wrong_patients(base):
    """Every row is for the patients that its sources name: see :mod:`tests.proof.patients`."""
    grammar = base.content.grammar()
    wanted = {name: when for when, names in PATIENTS for name in names.split()}
    rows = {row.id: row for _, row in base.content.rows()}
    for name in sorted(set(wanted) ^ set(rows)):
        yield f"{name} stands in the knowledge or in the table of patients, and not in both"
    for name in sorted(set(wanted) & set(rows)):
        if meaning(grammar.read(rows[name].when)) != meaning(grammar.read(wanted[name])):
            yield f"{name} is for {rows[name].when}, and its sources speak of {wanted[name]}"
    for group, words in base.content.conditions.groups["histology"].items():
        if set(words) != set(HISTOLOGIES[group].split()):
            yield f"the group {group} holds {sorted(words)}"


# ---- regimens and classes -------------------------------------------------------------------------


def plain(name):
    return name.replace("_", " ").replace("nab paclitaxel", "nab-paclitaxel")


WORDS_OF = {
    "platinum_doublet_chemotherapy": "(platinum-based (two-drug )?chemotherapy|platinum-doublet chemotherapy|platinum doublet)",
    "non_platinum_doublet_chemotherapy": "two-drug chemotherapy without platinum",
    "single_agent_chemotherapy": "single-agent chemotherapy",
    "whole_brain_radiotherapy": "whole-brain radiotherapy",
}


def wrong_regimens(base):
    """A regimen has the drugs that its name says, and no other."""
    names = (*(one.name for one in base.content.regimens.drugs), *base.content.regimens.procedures)
    for regimen in base.content.regimens.regimens:
        parts = named_in(regimen.name, names)
        if parts != set(regimen.regimen):
            yield f"{regimen.id} holds {regimen.regimen}, and its name says {sorted(parts)}"


@cache
def named_in(told, names):
    """The drugs that a name in words speaks of; the longest first, so that none is read inside another."""
    told = told.lower()
    parts = set()
    for name in sorted(names, key=len, reverse=True):
        found = re.search(rf"\b{WORDS_OF.get(name, re.escape(plain(name)))}\b", told)
        if found:
            parts.add(name)
            told = told[: found.start()] + "-" * (found.end() - found.start()) + told[found.end() :]
    return parts


INHIBITS = {
    # By what its label is for. Crizotinib, entrectinib and repotrectinib have labels for two genes.
    "egfr": "osimertinib erlotinib gefitinib afatinib dacomitinib lazertinib sunvozertinib mobocertinib",
    "alk": "alectinib brigatinib lorlatinib ensartinib ceritinib crizotinib",
    "ros1": "crizotinib repotrectinib taletrectinib entrectinib zidesamtinib",
    "trk": "entrectinib larotrectinib repotrectinib",
    "ret": "selpercatinib pralsetinib",
    "met": "capmatinib tepotinib",
    "braf": "dabrafenib encorafenib",
    "mek": "trametinib binimetinib",
    "erbb2": "zongertinib sevabertinib",
    "kras": "sotorasib adagrasib",
}
CLASSES = {
    # What an approval gives for an altered gene, but not by mouth.
    "targeted": "amivantamab telisotuzumab_vedotin trastuzumab_deruxtecan zenocutuzumab",
    "checkpoint_inhibitor": "pembrolizumab atezolizumab cemiplimab nivolumab ipilimumab retifanlimab durvalumab"
                            " tremelimumab tislelizumab sugemalimab serplulimab",
    "antiangiogenic": "bevacizumab ramucirumab",
    "bone_modifying": "denosumab zoledronic_acid",
    # Which drugs these are is left open, or part of it is: one class each.
    "open_doublet": "platinum_doublet_chemotherapy non_platinum_doublet_chemotherapy",
}  # fmt: skip
CYTOTOXIC = (
    "pemetrexed paclitaxel nab_paclitaxel docetaxel gemcitabine vinorelbine etoposide lurbinectedin"
    " platinum_doublet_chemotherapy non_platinum_doublet_chemotherapy single_agent_chemotherapy"
)


def classes_of(drug):
    """The classes that a drug has by its international name: its stem says what it is."""
    found = {name for name, drugs in CLASSES.items() if drug in drugs.split()}
    found |= {f"{gene}_inhibitor" for gene, drugs in INHIBITS.items() if drug in drugs.split()}
    if drug.endswith(("nib", "rasib")):  # -tinib, -rafenib, -metinib, -rasib: taken by mouth
        found |= {"targeted", "oral_targeted"}
    if drug.endswith(("mab", "vedotin", "deruxtecan")):  # antibodies, and those that carry a drug
        found |= {"antibody"}
    if "platin" in drug and not drug.startswith("non_"):
        found |= {"platinum_agent", "chemotherapy"}
    if "dron" in drug:
        found |= {"bisphosphonate"}
    if drug in CYTOTOXIC.split():
        found |= {"chemotherapy"}
    return found


def wrong_classes(base):
    """A drug has the classes that its name and its label give it."""
    for drug in base.content.regimens.drugs:
        if set(drug.classes) != classes_of(drug.name):
            yield f"{drug.name} is filed under {sorted(drug.classes)}, and belongs under {sorted(classes_of(drug.name))}"


# ---- rules ----------------------------------------------------------------------------------------


def regimens_of(told, base):
    """The options that a rule speaks of, by the words of :mod:`tests.proof.rules`."""
    return found_by(told, base.options.keys)


@cache
def found_by(told, keys):
    domain, slash, words = told.rpartition("/")
    wanted, _, barred = words.partition("but ") if "but " in words else (words, "", "")
    wanted = wanted.strip()
    found = set()
    for key in keys:
        if domain != "*" and key.domain.value != (domain if slash else "systemic"):
            continue
        if meant(wanted, key) and not (barred and meant(without(barred), key)):
            found.add(key.id)
    return found


def without(barred):
    """What stands behind "but": drugs and classes, unless it says ``only`` or names regimens (``these``)."""
    if barred.startswith("these "):
        return barred.removeprefix("these ")
    return barred if barred.startswith("only ") else f"with {barred}"


def meant(words, key):
    if not words:
        return True
    kinds = [{part} | classes_of(part) for part in key.regimen]
    if words.startswith("with "):
        return any(kind & set(words.split()[1:]) for kind in kinds)
    if words.startswith("only "):
        return all(words.split()[1] in kind for kind in kinds)
    return key.regimen_id in words.split(", ")


def told_by(base, selector):
    mask = base.options.mask(selector)
    return {key.id for index, key in enumerate(base.options.keys) if mask >> index & 1}


class Books:
    """The records of one kind beside what the table says of each."""

    def __init__(self, base, records, table):
        self.base = base
        self.grammar = base.content.grammar()
        self.records = {getattr(one, "id", None) or one.item: one for one in records}
        self.table = {line[0]: line[1:] for line in table}

    def unlike(self):
        """The lines of the table beside their records, and what stands on one side only."""
        for name in sorted(set(self.records) ^ set(self.table)):
            yield name, None, None
        for name in sorted(set(self.records) & set(self.table)):
            yield name, self.records[name], self.table[name]

    def same(self, when, wanted):
        return meaning(self.grammar.read(when)) == meaning(self.grammar.read(wanted))


TARGETS = {
    # The fields that say of what a rule speaks, each with its place in the table.
    "guardrail": (("withholds", 1), ("while_documented", 2)),
    "caution": (("on", 1),),
    "prerequisite": (("on", 1),),
    "note": (("on", 1),),
    "supersession": (("with_", 1), ("replaces", 2)),
    "conflict": (("options", 1),),
}


def wrong_rules(base):
    """Every guardrail, caution, note, supersession and conflict speaks of whom and of what its ground says."""
    content = base.content
    cautions = {
        kind: [one for one in content.cautions if one.kind == kind] for kind in ("caution", "prerequisite")
    }
    for kind, records, table in (
        ("guardrail", content.guardrails, rules.GUARDRAILS),
        ("caution", cautions["caution"], rules.CAUTIONS),
        ("prerequisite", cautions["prerequisite"], rules.PREREQUISITES),
        ("note", content.notes, rules.NOTES),
        ("supersession", content.supersessions, rules.SUPERSESSIONS),
        ("conflict", content.conflicts, rules.CONFLICTS),
    ):
        books = Books(base, records, table)
        for name, record, line in books.unlike():
            if record is None:
                yield f"{name} stands among the {kind}s or in the table of them, and not in both"
                continue
            if not books.same(record.when, line[0]):
                yield f"{name} is for {record.when}, and its ground speaks of {line[0]}"
            for field, place in TARGETS[kind]:
                words = line[place] if place < len(line) else None
                yield from wrong_target(name, field, getattr(record, field), words, base)
            yield from wrong_beside(name, kind, record, line)


def wrong_target(name, field, selector, words, base):
    if (selector is None) is not (words is None):
        yield f"{name} has {field}, or should have it"
    elif selector is not None and (differ := told_by(base, selector) ^ regimens_of(words, base)):
        yield f"{name} speaks of {sorted(differ)}, or should ({field})"


def wrong_beside(name, kind, record, line):
    """What single kinds of rules say besides."""
    if kind == "guardrail" and record.unless != (line[3] if len(line) > 3 else None):
        yield f"{name} is lifted by {record.unless}"
    if kind == "note" and places_of(record) != PLACES[line[2]]:
        yield f"{name} is told in {sorted(places_of(record))}"
    if kind in {"caution", "prerequisite"} and bool(record.asks) is not (name in rules.ASKS):
        yield f"{name} asks, or does not"
    if kind == "conflict" and set(map(str, record.places)) != PLACES[line[2] if len(line) > 2 else None]:
        yield f"{name} is told in {sorted(places_of(record))}"
    if kind == "conflict" and set(record.two_of) != (set(rules.DRIVERS) if name == "two-drivers" else set()):
        yield f"{name} counts {sorted(record.two_of)}"


PLACES = {
    None: set(),
    "us": {"us"},
    "eu": {"eu"},
    "ca": {"ca"},
    "us eu": {"us", "eu"},
    "all": {"us", "eu", "ca"},
}


def wrong_drivers(base):
    """A named condition is a driver of the design (C14)."""
    grammar = base.content.grammar()
    for condition in base.content.conditions.conditions:
        wanted = rules.DRIVERS.get(condition.id)
        if wanted is None or meaning(grammar.read(condition.when)) != meaning(grammar.read(wanted)):
            yield f"{condition.id} is {condition.when}, and no driver is"


def wrong_scope(base):
    """What is out of scope, contradicts itself or is not dated, and what is assumed."""
    books = Books(base, base.content.scope, rules.SCOPE)
    for name, record, line in books.unlike():
        if record is None:
            yield f"{name} is a scope rule, or should be one"
        elif (record.reason, bool(record.assumed)) != (line[0], name in rules.ASSUMED):
            yield f"{name} refuses as {record.reason}, and assumes {record.assumed}"
        elif not books.same(record.when, line[1]):
            yield f"{name} is for {record.when}, and not for {line[1]}"
        elif (record.before is None) is (record.reason == "undated"):
            yield f"{name} ends on {record.before}"


def wrong_alerts(base):
    """Every alert has its finding, its urgency, whose level that is, and where the cause is likely to lie."""
    alerts = [(name, urgency, when) for urgency, those in rules.URGENCY for name, when in those.items()]
    books = Books(base, base.content.alerts.alerts, alerts)
    for name, record, line in books.unlike():
        if record is None or record.urgency != line[0] or not books.same(record.when, line[1]):
            yield f"{name} is an alert of another urgency or for others, or is none"
            continue
        if record.default_urgency is (name in rules.GRADED):
            yield f"{name} is graded by a source, or by the project, and says otherwise"
        if set(record.sites) != {site for site, those in rules.LIKELY.items() if name in those}:
            yield f"{name} is likely to come from elsewhere than {sorted(record.sites)}"


def wrong_advice(base):
    """Every next step and question has its occasion."""
    books = Books(base, (*base.content.workup, *base.content.questions), rules.ADVICE)
    for name, record, line in books.unlike():
        if record is None or record.on != line[0] or not books.same(record.when, line[1]):
            yield f"{name} is shown to others, or on another occasion, or is none"
        elif places_of(record) != PLACES[line[2]]:
            yield f"{name} is shown in {sorted(places_of(record))}"
        elif set(record.lacks) != rules.LACKS.get(name, set()):
            yield f"{name} is told for want of {sorted(record.lacks)}"


def wrong_panel(base):
    """The panel is that of the design, in every place, and no answer is taken for one."""
    books = Books(base, base.content.panel.items, rules.PANEL)
    for name, record, line in books.unlike():
        if record is None or tuple(record.panels) != line[0] or not books.same(record.when, line[1]):
            yield f"{name} is asked in another panel or of others, or is not asked"
            continue
        unclear = {(one.status, one.specimen, one.assay) for one in record.no_answer}
        if unclear != {rules.NO_ANSWERS[word] for word in line[2].split()}:
            yield f"{name} takes another result for an answer"
        if {place for period in record.asked for place in places_of(period)} != PLACES["all"]:
            yield f"{name} has no day in some place"
        if any(period.ends for period in record.asked):
            yield f"{name} is no longer asked"


def without_use(base):
    """A source that nothing cites, and that decides no claim, is named with its reason in the table of the reserve."""
    for name in sorted(uncited(base.content) - {*RESERVE}):
        yield f"nothing cites {name}"


BOOKKEEPING = (
    dates_without_a_source, what_has_ended_and_stays, labels_twice_or_gaps, stand_ins_that_stay, replaced_twice, wrong_places, wrong_bases, wrong_drugs,
    wrong_lines, wrong_patients, wrong_regimens, wrong_classes, wrong_rules, wrong_drivers, wrong_scope, wrong_alerts, wrong_advice, wrong_panel, without_use,
    *BESIDE,
)  # fmt: skip
