"""The knowledge that ships: what its records owe each other beyond what loading checks.

Every checker is a function from content to complaints, and stands beside planted defects that it
must notice. What is reported and not yet mended is named in a table: it may only get shorter.
"""

import re
from datetime import date

import pytest

from lungmets.knowledge.base import shipped
from lungmets.knowledge.content import Content, citations, conditional_records
from lungmets.knowledge.schema import Begin, NamedCondition
from lungmets.vocabulary import Basis, Jurisdiction

AGENCIES = {"us": {"fda"}, "eu": {"ema", "ec"}, "ca": {"health-canada", "hc"}}
"""Whose approvals and labels document a use in a place."""

ONE_OF = {
    "platinum": "platinum",
    "carboplatin or cisplatin": "platinum",
    "cisplatin or carboplatin": "platinum",
    "platinum-based chemotherapy": "platinum_doublet_chemotherapy",
    "platinum-doublet chemotherapy": "platinum_doublet_chemotherapy",
    "platinum doublet (2 cycles)": "platinum_doublet_chemotherapy",
    "platinum_doublet": "platinum_doublet_chemotherapy",
}
"""Where a label leaves the drug open: its words, and the name that stands for them in a regimen."""

KINDS = {Basis.GUIDELINE: {"guideline"}, Basis.TRIAL: {"trial", "review", "registry"}}
"""What kind of source carries an entry; a meta-analysis of trials is kept as a review."""


@pytest.fixture(scope="module")
def content():
    return shipped().content


def changed(content: Content, part: str, name: str, **values):
    """A copy of the content in which one record has other values."""
    if part in {"tables", "sources"}:
        files = getattr(content, part)
        if part == "sources":
            new = {file: _with(records, name, values) for file, records in files.items()}
        else:
            new = {
                file: table.model_copy(update={"rows": _with(table.rows, name, values)})
                for file, table in files.items()
            }
    else:
        new = _with(getattr(content, part), name, values)
    assert new != getattr(content, part), f"nothing changed: is there no {name} any more?"
    return content.model_copy(update={part: new})


def _with(records, name, values):
    return tuple(record.model_copy(update=values) if record.id == name else record for record in records)


# ---- ids and reviews -------------------------------------------------------------------------------

# fmt: off
PATTERNS = {
    # what has an id:     its form
    "row":                r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*",  # table.row, as in egfr-common.osimertinib
    "source":             r"[a-z0-9]+(-[a-z0-9]+)*",
    "regimen":            r"[a-z0-9]+(-[a-z0-9]+)*",
    "drug":               r"[a-z0-9]+(_[a-z0-9]+)*",
    "named condition":    r"[a-z0-9]+(_[a-z0-9]+)*",
    "symptom":            r"[a-z0-9]+(_[a-z0-9]+)*",
    "rule":               r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?",
}
# fmt: on


def ids(content):
    yield from (("row", row.id) for _, row in content.rows())
    yield from (("source", name) for name in content.all_sources())
    yield from (("regimen", one.id) for one in content.regimens.regimens)
    yield from (("drug", one.name) for one in content.regimens.drugs)
    yield from (("named condition", one.id) for one in content.conditions.conditions)
    yield from (("symptom", one.id) for one in content.alerts.symptoms)
    for records in (
        content.guardrails, content.cautions, content.notes, content.supersessions, content.conflicts, content.scope,
                content.alerts.alerts, content.workup, content.questions, content.search_words, content.explanations,
        content.populations, content.timelines,
    ):  # fmt: skip
        yield from (("rule", one.id) for one in records)


def malformed(content):
    return [name for kind, name in ids(content) if not re.fullmatch(PATTERNS[kind], name)]


def test_every_id_has_the_form_of_its_kind(content):
    assert malformed(content) == []


@pytest.mark.parametrize("name", ["egfr_common.osimertinib", "osimertinib", "a.b.c"])
def test_a_malformed_id_is_noticed(content, name):
    row = next(row.id for _, row in content.rows())
    assert malformed(changed(content, "tables", row, id=name)) == [name]


def without_review(content, day):
    """Records whose review is not planned, or was due by a day."""
    return [
        record
        for record in conditional_records(content)
        if not isinstance(record, NamedCondition) and record.review_by.day <= day
    ]


def test_every_record_has_a_review_that_lies_ahead(content):
    assert without_review(content, content.release.as_of) == []


def test_an_overdue_review_is_noticed(content):
    overdue = changed(content, "guardrails", content.guardrails[0].id, review_by=Begin("2020"))
    assert len(without_review(overdue, content.release.as_of)) == 1


# ---- citations -------------------------------------------------------------------------------------


def test_every_rule_is_cited_or_marked_as_the_projects_own():
    """On every day that a place has dates for, whatever was published by then."""
    base = shipped()
    release = base.content.release
    for place, begins in release.begins.items():
        for day in (begins, date(2018, 6, 1), release.as_of):
            view = base.view(place, day)
            for rule in (*base.content.guardrails, *base.content.cautions):
                remark = view.remark(rule, getattr(rule, "reason", None) or rule.says)
                assert bool(remark.citations) is (remark.rule is None)
                assert remark.rule in {None, release.safety_rule}
                if not rule.by:
                    assert remark.rule == release.safety_rule


def test_a_guardrail_without_a_source_exists_and_is_marked():
    """The test above must not pass because every guardrail is cited."""
    base = shipped()
    bare = [rule for rule in base.content.guardrails if not rule.by]
    view = base.view(Jurisdiction.US, base.content.release.as_of)
    assert {view.remark(rule, rule.reason).rule for rule in bare} == {"project safety rule"}


def uncited_items(content):
    return [
        item.item
        for item in content.panel.items
        if not (item.by or item.asked) or not all(period.by for period in item.asked)
    ]


def test_every_item_of_the_panel_cites(content):
    assert uncited_items(content) == []


def test_a_panel_item_without_a_source_is_noticed(content):
    first, *rest = content.panel.items
    bare = first.model_copy(update={"asked": (), "by": ()})
    panel = content.panel.model_copy(update={"items": (bare, *rest)})
    assert uncited_items(content.model_copy(update={"panel": panel})) == [first.item]


def test_every_source_is_cited_or_in_reserve(content, record_property):
    """Sources in reserve are no defect: they wait for a row, or decide a claim. Their number is written down."""
    cited = {name for _, name in citations(content)}
    reserve = set(content.all_sources()) - cited
    record_property("sources in reserve", len(reserve))
    assert cited <= set(content.all_sources())
    assert cited


def without_a_guideline(content):
    """Preferences and supersessions that no guideline states by the day on which they begin."""
    sources = content.all_sources()

    def guideline(period):
        return any(
            sources[name].kind == "guideline"
            and sources[name].published is not None
            and sources[name].published.day <= period.begins.day
            for name in period.by
        )

    found = [row.id for _, row in content.rows() for period in row.preferred if not guideline(period)]
    return found + [record.id for record in content.supersessions if not guideline(record)]


def test_what_is_preferred_or_superseded_rests_on_a_guideline(content):
    assert without_a_guideline(content) == []


def test_a_preference_or_a_supersession_without_a_guideline_is_noticed(content):
    trial = next(name for name, one in content.all_sources().items() if one.kind == "trial" and one.published)
    record = content.supersessions[0]
    assert without_a_guideline(changed(content, "supersessions", record.id, by=(trial,))) == [record.id]
    too_early = changed(content, "supersessions", record.id, begins=Begin("2001"))
    assert without_a_guideline(too_early) == [record.id]
    row = next(row for _, row in content.rows() if row.preferred)
    bare = row.preferred[0].model_copy(update={"by": (trial,)})
    assert without_a_guideline(changed(content, "tables", row.id, preferred=(bare,))) == [row.id]


# ---- labels ----------------------------------------------------------------------------------------


def mislabelled(content):
    """Label entries whose own approval is not among their sources, with what does not fit.

    For every place an entry must cite an approval or a label of that place's agency, published on
    the entry's first day, for the drugs of the regimen and no others, for the same line, and (where
    the entry says which) with the same kind of approval.
    """
    sources = content.all_sources()
    regimens = {one.id: set(one.regimen) for one in content.regimens.regimens}
    for _, row in content.rows():
        for entry in row.documented:
            if entry.basis is not Basis.LABEL:
                continue
            cited = [sources[name] for name in entry.by if sources[name].kind in {"approval", "label"}]
            for place in entry.places:
                day = content.release.as_of
                wrong = [_unfit(one, row, entry, place, regimens[row.option], day) for one in cited]
                if not wrong:
                    yield row.id, "no approval and no label is cited"
                elif all(wrong):
                    yield row.id, min(wrong, key=lambda reasons: reasons.count(";"))


def _unfit(source, row, entry, place, regimen, release_day):
    """Why a source is not the approval of an entry; nothing where it is.

    A use whose first day was not seen is listed from the day of the release on.
    """
    published = source.published.day if source.published is not None else release_day
    later = (source.line or "").startswith("subsequent")
    reasons = [
        f"agency {source.agency}" if source.agency not in AGENCIES[place] else "",
        f"published {source.published}, not {entry.begins}" if published != entry.begins.day else "",
        f"drugs {source.drugs}" if not same_drugs(source.drugs, regimen) else "",
        f"line {source.line}" if later != (row.line == "later") else "",
        f"approval {source.approval}" if entry.approval not in {None, source.approval} else "",
    ]
    return "; ".join(f"{source.id}: {reason}" for reason in reasons if reason)


def same_drugs(named, regimen):
    """Whether the drugs of a source are those of a regimen; `a or b` is either of them."""
    if len(named) != len(regimen):
        return False
    meant = [{ONE_OF[one]} if one in ONE_OF else set(one.split(" or ")) for one in named]
    return all(any(drug in one for one in meant) for drug in regimen) and all(one & regimen for one in meant)


# fmt: off
DRUGS = [
    # the source names                                the regimen has                          the same
    (("osimertinib",),                                {"osimertinib"},                         True),
    (("osimertinib",),                                {"erlotinib"},                           False),
    (("erlotinib", "ramucirumab"),                    {"erlotinib"},                           False),
    (("erlotinib",),                                  {"erlotinib", "ramucirumab"},            False),
    (("cemiplimab", "platinum-based chemotherapy"),   {"cemiplimab", "platinum_doublet_chemotherapy"}, True),
    (("cemiplimab", "platinum-based chemotherapy"),   {"cemiplimab", "platinum"},              False),
    (("durvalumab", "carboplatin or cisplatin"),      {"durvalumab", "platinum"},              True),
    (("a", "paclitaxel or nab_paclitaxel"),           {"a", "nab_paclitaxel"},                 True),
    (("a", "paclitaxel or nab_paclitaxel"),           {"a", "docetaxel"},                      False),
]
# fmt: on


@pytest.mark.parametrize(("named", "regimen", "same"), DRUGS)
def test_the_drugs_of_a_source_and_of_a_regimen(named, regimen, same):
    assert same_drugs(named, regimen) is same


def test_every_label_entry_begins_with_the_approval_that_it_cites(content):
    assert list(mislabelled(content)) == []


def labelled(content):
    """A row with one label entry, the entry, and its own approval."""
    for _, row in content.rows():
        entry = row.documented[0]
        if (
            len(row.documented) == 1
            and entry.basis is Basis.LABEL
            and entry.approval
            and len(entry.places) == 1
        ):
            cited = [content.all_sources()[name] for name in entry.by]
            own = [one for one in cited if one.published is not None and one.published == entry.begins]
            if len([one for one in cited if one.kind in {"approval", "label"}]) == 1 and own:
                return row, entry, own[0]
    raise AssertionError("no plain label row is left to plant a defect in")


# fmt: off
PLANTED = [
    # the approval's        stands
    ("agency",              {"agency": "ema"}),
    ("day",                 {"published": Begin("2001-01-01")}),
    ("day, left out",       {"published": None}),
    ("drugs",               {"drugs": ("aspirin",)}),
    ("drugs, one more",     {"drugs": ("aspirin", "osimertinib", "etoposide")}),
    ("line",                {"line": "subsequent"}),
    ("kind of approval",    {"approval": None}),
    ("kind of source",      {"kind": "guideline"}),
]
# fmt: on


@pytest.mark.parametrize("values", [row[1] for row in PLANTED], ids=[row[0] for row in PLANTED])
def test_a_label_entry_that_does_not_fit_its_approval_is_noticed(content, values):
    row, _, approval = labelled(content)
    assert [name for name, _ in mislabelled(changed(content, "sources", approval.id, **values))] == [row.id]


def test_a_label_entry_that_begins_on_another_day_is_noticed(content):
    row, entry, _ = labelled(content)
    moved = entry.model_copy(update={"begins": Begin("2001-01-01")})
    planted = changed(content, "tables", row.id, documented=(moved,))
    assert [name for name, _ in mislabelled(planted)] == [row.id]


# ---- guidelines and trials -------------------------------------------------------------------------


def unfounded(content):
    """Entries without a source of their own kind that was published by their first day."""
    sources = content.all_sources()
    for _, row in content.rows():
        for entry in row.documented:
            cited = [sources[name] for name in entry.by if sources[name].kind in KINDS.get(entry.basis, ())]
            early = [one for one in cited if one.published and one.published.day <= entry.begins.day]
            if entry.basis in KINDS and not early:
                yield row.id


def test_an_entry_rests_on_a_source_of_its_own_kind_from_its_first_day(content):
    assert list(unfounded(content)) == []


def test_an_entry_without_a_source_of_its_own_kind_is_noticed(content):
    row, entry = next(
        (row, entry)
        for _, row in content.rows()
        for entry in row.documented
        if entry.basis is Basis.GUIDELINE and len(row.documented) == 1
    )
    as_trial = entry.model_copy(update={"basis": Basis.TRIAL})
    too_early = entry.model_copy(update={"begins": Begin("1990")})
    for planted in (as_trial, too_early):
        found = set(unfounded(changed(content, "tables", row.id, documented=(planted,))))
        assert found == {row.id}


# ---- relations between options ---------------------------------------------------------------------


def idle_preferences(content):
    """Preferences for times and places in which their row documents nothing."""
    for _, row in content.rows():
        for wish in row.preferred:
            met = [
                entry
                for entry in row.documented
                if set(entry.places) & set(wish.places)
                and (entry.ends is None or wish.begins.day < entry.ends.day)
                and (wish.ends is None or entry.begins.day < wish.ends.day)
            ]
            if not met:
                yield row.id


def test_what_is_preferred_is_documented_then_and_there(content):
    assert list(idle_preferences(content)) == []


@pytest.mark.parametrize(
    "values", [{"ends": Begin("2017-02-01"), "begins": Begin("2017-01-01")}, {"places": (Jurisdiction.CA,)}]
)
def test_a_preference_that_nothing_documents_is_noticed(content, values):
    row = next(
        row for _, row in content.rows() if row.preferred and row.documented[0].begins.day > date(2017, 2, 1)
    )
    wish = row.preferred[0].model_copy(update=values)
    assert list(idle_preferences(changed(content, "tables", row.id, preferred=(wish,)))) == [row.id]
