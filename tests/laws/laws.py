"""Laws of every answer, as functions that tell how a profile and a question break them.

Each takes what answers (``ask``), so that the tests of the laws can hand in one that is broken.
"""

from itertools import pairwise

from lungmets import PatientProfile, Refusal, assess, read_assessment
from lungmets.knowledge.base import KnowledgeBase
from lungmets.profile import FIELDS
from lungmets.vocabulary import RefusalReason

ALWAYS = {"symptoms"}
"""Fields of which nothing that is listed depends."""


def unknown_adds_an_option(profile, field, question, ask=assess):
    """Options that stand only because a field is not stated, and that do not ask for it (promise 13)."""
    known = ask(profile, **question)
    unknown = ask(without(profile, field), **question)
    if isinstance(unknown, Refusal):
        return
    if isinstance(known, Refusal):
        # C7: what was not stated may be taken for granted, and then it is printed on top. A contradiction, and a day
        # of which nothing is known, go with the field that makes them.
        silent = known.reason is RefusalReason.OUT_OF_SCOPE and not unknown.assumptions
        if silent or known.reason is RefusalReason.INCOMPLETE:
            yield f"without {field} the answer is no longer refused as {known.reason}"
        return
    before = {option.id for option in known.options}
    for option in unknown.options:
        if option.id not in before and not names(option, field):
            yield f"without {field} {option.id} is listed, and does not ask for it"


def names(option, field):
    """Whether a prerequisite of an option names a field, or a member of it."""
    asked = {str(task.item).partition(".")[0] for task in option.prerequisites}
    return field.removesuffix("_excluded") in asked or bool(asked & BESIDE.get(field, set()))


BESIDE = {
    # The correction of calcium needs both; a site says what a flag and a count say as well.
    "albumin_g_l": {"calcium"},
    "metastatic_sites": {"brain_lesions", "bone_metastases"},
}


def without(profile, field):
    """The profile with one field not stated."""
    return PatientProfile(**{name: getattr(profile, name) for name in FIELDS if name != field})


def stated(profile):
    """The fields of which something is stated."""
    empty = PatientProfile()
    return [name for name in FIELDS if getattr(profile, name) != getattr(empty, name) and name not in ALWAYS]


def changed_by_storing(answer):
    """Whether an answer is another one after it was written and read back."""
    text = answer.model_dump_json()
    again = read_assessment(text)
    if again != answer:
        yield "the answer that is read back is another one"
    if again.model_dump_json() != text:
        yield "written again, it is another text"


def same_on(days, profile, question, ask=assess):
    """Days of one stretch without a change, on which an answer differs in more than the day."""
    told = []
    for day in days:
        answer = ask(profile, as_of=day, **question)
        # The sentence that nothing is known of a day names the day.
        plain = answer.model_dump(exclude={"as_of", "explanation"})
        plain["explanation"] = [one.id for one in getattr(answer, "explanation", ())]
        told.append((day, plain))
    for (one, first), (other, second) in pairwise(told):
        if first != second:
            parts = [name for name in first if first[name] != second.get(name)]
            yield f"on {other} {', '.join(parts)} differ from {one}, and no day of change lies between"


def shuffled(content, random):
    """The same records in another order, as another cut of the files would give them."""
    rows = [(table.domain, row) for table in content.tables.values() for row in table.rows]
    random.shuffle(rows)
    tables = {}
    for number, (domain, row) in enumerate(rows):
        table = next(iter(content.tables.values())).model_copy(update={"domain": domain, "rows": (row,)})
        tables[f"systemic/{number}"] = table
    sources = [source for file in content.sources.values() for source in file]
    random.shuffle(sources)

    def turned(records):
        return tuple(random.sample(records, len(records)))

    parts = {part: turned(getattr(content, part)) for part in
             ("guardrails", "cautions", "notes", "supersessions", "conflicts", "scope", "timelines")}  # fmt: skip
    named = content.conditions.model_copy(update={"conditions": turned(content.conditions.conditions)})
    alerts = content.alerts.model_copy(
        update={"alerts": turned(content.alerts.alerts), "symptoms": turned(content.alerts.symptoms)}
    )
    editions = tuple(
        edition.model_copy(update={"categories": turned(edition.categories)})
        for edition in content.staging.editions
    )
    staging = content.staging.model_copy(
        update={"editions": turned(editions), "remarks": turned(content.staging.remarks)}
    )
    regimens = content.regimens.model_copy(
        update={"drugs": turned(content.regimens.drugs), "regimens": turned(content.regimens.regimens)}
    )
    return content.model_copy(
        update={
            "tables": tables, "sources": {"sources/one": tuple(sources)}, "conditions": named, "alerts": alerts,
            "regimens": regimens, "staging": staging, **parts,
        }
    )  # fmt: skip


def order_matters(content, profile, question, random, ask=assess):
    """Whether another order of rows, records and files gives another digest or another answer."""
    other = shuffled(content, random)
    digest = content.digest()
    if other.digest() != digest:
        yield "another order has another digest"
        return
    bases = [KnowledgeBase(one, digest) for one in (content, other)]
    told = [ask(profile, knowledge=base, **question).model_dump_json() for base in bases]
    if told[0] != told[1]:
        yield "another order gives another answer"


def bare(scenario):
    """A scenario without the place where it stands."""
    return scenario.model_copy(update={"place": "", "lines": {}, "file": ""})
