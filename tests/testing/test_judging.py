"""Each kind of expectation: one scenario that passes, and one that fails on it alone, with its words.

Whatever is expected of an answer stands in ``tests/scenarios`` with its source; here it is what makes a
scenario pass or fail.
"""

from datetime import date
from typing import NamedTuple

import pytest

from lungmets import DocumentedOptions, PatientProfile
from lungmets.errors import DocumentError
from lungmets.knowledge.base import shipped
from lungmets.nearness import Rows
from lungmets.testing import judge, read_scenarios
from lungmets.testing.reporting import as_json, as_junit, summary, told
from lungmets.vocabulary import Jurisdiction, Panel
from tests.testing.suites import COMPLETE, of_complete, parsed

DAY = "2026-10-07"
"""The day of the release."""


class Kind(NamedTuple):
    """A profile and a question, an expectation that holds, one that does not, and what is told of that."""

    about: str
    profile: str
    question: str
    holds: str
    fails: str
    expected: str
    got: str
    why: tuple[str, ...]

    @property
    def key(self):
        return self.about.partition(" ")[0]


def table(*rows):
    return [Kind(*row[:7], row[7:]) for row in rows]


ONE = "{metastasis_counts: {bone: 1}}"
EGFR = "{egfr: l858r, pd_l1_tps: 90}"
NO_EGFR = "{egfr: not_tested}"
KRAS = "{kras: g12c}"

# fmt: off
REFUSALS = table(
    # kind                  profile   question  what holds                              what fails                          expected                            got                                 why
    ("status: refused",     NO_EGFR,  "",       "{status: refused}",                    "{status: documented}",             "status documented",                "a refusal: incomplete",            "egfr is missing: It was not tested", "state what is missing in the profile"),
    ("reason",              NO_EGFR,  "",       "{reason: incomplete}",                 "{reason: inconsistent}",           "a refusal: inconsistent",          "a refusal: incomplete",            "Nothing is listed until every item is answered"),
    ("reason: undated",     "{}",     "as_of: 2030-01-01", "{reason: undated}",          "{reason: out_of_scope}",           "a refusal: out_of_scope",          "a refusal: undated",               DAY),
    ("missing include",     NO_EGFR,  "",       "{missing: {include: [egfr]}}",         "{missing: {include: [alk]}}",      "alk among the missing items",      f"alk is answered, or is not asked on {DAY}"),
    ("missing exclude",     NO_EGFR,  "",       "{missing: {exclude: [alk]}}",          "{missing: {exclude: [egfr]}}",     "egfr not among the missing items", "egfr is missing (decisive)",       "It was not tested"),
    ("missing exactly",     "{egfr: pending, ret: not_tested}", "", "{missing: {exactly: [egfr, ret]}}", "{missing: {exactly: [egfr]}}", "ret not among the missing items", "ret is missing (decisive)",   "It was not tested"),
    ("missing exactly: too few", NO_EGFR, "",   "{missing: {exactly: [egfr]}}",         "{missing: {exactly: [egfr, alk]}}", "alk among the missing items",     f"alk is answered, or is not asked on {DAY}"),
    # G12C drugs are documented for later lines only, so KRAS changes no option.
    ("decisive include",    "{egfr: not_tested, kras: not_tested}", "", "{decisive: {include: [egfr]}}", "{decisive: {include: [kras]}}", "kras among the decisive items", "kras is missing (not decisive)", "It was not tested"),
    ("decisive exclude",    "{egfr: not_tested, kras: not_tested}", "", "{decisive: {exclude: [kras]}}", "{decisive: {exclude: [egfr]}}", "egfr not among the decisive items", "egfr is missing (decisive)"),
    ("decisive exactly",    "{egfr: not_tested, kras: not_tested}", "", "{decisive: {exactly: [egfr]}}", "{decisive: {exactly: []}}", "egfr not among the decisive items", "egfr is missing (decisive)"),
    ("explanation exactly", "{egfr: not_tested}", "", "{explanation: {exactly: [incomplete]}}", "{explanation: {exactly: []}}", "incomplete not among the explanations", "explanations: incomplete"),
    # C2: with EGFR positive no checkpoint inhibitor will be listed, whatever the others are.
    ("certain include",     "{egfr: l858r, alk: not_tested}", "", "{certain: {include: [no-checkpoint-inhibitor.egfr]}}", "{certain: {include: [no-checkpoint-inhibitor.alk]}}", "no-checkpoint-inhibitor.alk among the certain statements", "certain statements: no-checkpoint-inhibitor.egfr"),
    ("said of a refusal",   NO_EGFR,  "",       "{said: {include: [emergency-first, all-results], exclude: [not-assessed]}}", "{said: {include: [not-assessed]}}", "not-assessed among the remarks", "remarks: emergency-first"),
    ("alerts of a refusal", "{egfr: not_tested, symptoms: [first seizure]}", "", "{alerts: {exactly: [seizure]}}", "{alerts: {exactly: []}}", "seizure not among the alerts", "alerts: seizure"),
)

DOCUMENTED = table(
    ("status: documented",  "{}",     "",       "{status: documented}",                 "{status: refused}",                "status refused",                   "documented options: systemic.atezolizumab-bevacizumab-chemotherapy, systemic.atezolizumab-carboplatin-nab"),
    # FDA: osimertinib first-line on 2018-04-18.
    ("options include",     EGFR,     "",       "{options: {include: [osimertinib]}}",  "{options: {include: [pembrolizumab]}}", "systemic.pembrolizumab among the documented options", "systemic.pembrolizumab is withheld by no-checkpoint-inhibitor.egfr", "EGFR is altered.", "row pd-l1.pembrolizumab-tps50: histology: adenocarcinoma; pd_l1_tps: 90", "cites fda-pembrolizumab-2019-04-11"),
    ("options exclude",     EGFR,     "",       "{options: {exclude: [pembrolizumab]}}", "{options: {exclude: [osimertinib]}}", "systemic.osimertinib not among the documented options", "systemic.osimertinib is a documented option", "row egfr-common.osimertinib: histology: adenocarcinoma; egfr: l858r", "cites fda-osimertinib-2018-04-18, flaura"),
    # C12: ECOG 4 without a driver is supportive care, and nothing else.
    ("options exactly",     "{ecog_ps: 4}", "", "{options: {exactly: [supportive.best-supportive-care]}}", "{options: {exactly: []}}", "supportive.best-supportive-care not among the documented options", "supportive.best-supportive-care is a documented option", "row supportive.ecog-4"),
    ("options exactly: too few", "{ecog_ps: 4}", "", "{options: {include: [supportive.best-supportive-care]}}", "{options: {exactly: [supportive.best-supportive-care, cemiplimab-chemotherapy]}}", "systemic.cemiplimab-chemotherapy among the documented options", "systemic.cemiplimab-chemotherapy is withheld by poor-performance-status"),
    # The guideline's preference is shown from 2021 until the 2026 versions.
    ("standing",            EGFR,     "as_of: 2022-01-01", "{standing: {osimertinib: preferred}}", "{standing: {osimertinib: documented}}", "systemic.osimertinib has standing documented", "systemic.osimertinib has standing preferred", "row egfr-common.osimertinib: histology"),
    ("standing: no more",   EGFR,     "",       "{standing: {osimertinib: documented}}", "{standing: {osimertinib: preferred}}", "systemic.osimertinib has standing preferred", "systemic.osimertinib has standing documented", "row egfr-common.osimertinib is preferred in us from 2021 until 2026"),
    ("standing of nothing", "{}",     "",       "{options: {exclude: [osimertinib]}}",  "{standing: {osimertinib: preferred}}", "systemic.osimertinib has standing preferred", "no row documents systemic.osimertinib here", "nearest row egfr-common.osimertinib"),
    # G719X: afatinib has the label of 2018-01-12, osimertinib is guideline-listed.
    ("basis",               "{egfr: g719x}", "", "{basis: {afatinib: label, osimertinib: guideline}}", "{basis: {afatinib: label, osimertinib: label}}", "systemic.osimertinib has basis label", "systemic.osimertinib has basis guideline", "row egfr-uncommon.osimertinib"),
    ("withheld include",    EGFR,     "",       "{withheld: {include: [pembrolizumab]}}", "{withheld: {include: [osimertinib]}}", "systemic.osimertinib among the withheld options", "systemic.osimertinib is a documented option", "row egfr-common.osimertinib"),
    ("withheld exclude",    EGFR,     "",       "{withheld: {exclude: [osimertinib]}}", "{withheld: {exclude: [pembrolizumab]}}", "systemic.pembrolizumab not among the withheld options", "systemic.pembrolizumab is withheld by no-checkpoint-inhibitor.egfr", "EGFR is altered."),
    # Nivolumab and pemetrexed alone are documented for later lines only; below a TPS of 1 pembrolizumab alone has no row.
    ("withheld exactly",    "{}",     "",       "{withheld: {exactly: [nivolumab, pemetrexed]}}", "{withheld: {exactly: [nivolumab, pemetrexed, pembrolizumab]}}", "systemic.pembrolizumab among the withheld options", "no row documents systemic.pembrolizumab here", "nearest row pd-l1.pembrolizumab-tps1"),
    ("withheld.by",         EGFR,     "",       "{withheld: {by: {pembrolizumab: [no-checkpoint-inhibitor.egfr]}}}", "{withheld: {by: {pembrolizumab: [no-checkpoint-inhibitor.alk]}}}", "systemic.pembrolizumab is withheld by no-checkpoint-inhibitor.alk", "systemic.pembrolizumab is withheld by no-checkpoint-inhibitor.egfr", "EGFR is altered."),
    ("withheld.by: a later line", KRAS, "",     "{withheld: {by: {sotorasib: [kras-g12c.sotorasib]}}}", "{withheld: {by: {sotorasib: [kras-g12c.adagrasib]}}}", "systemic.sotorasib is withheld by kras-g12c.adagrasib", "systemic.sotorasib is withheld by kras-g12c.sotorasib", "after at least one systemic therapy"),
    ("withheld.by: not withheld", EGFR, "",     "{withheld: {exclude: [osimertinib]}}", "{withheld: {by: {osimertinib: [no-checkpoint-inhibitor.egfr]}}}", "systemic.osimertinib is withheld by no-checkpoint-inhibitor.egfr", "systemic.osimertinib is a documented option"),
    # ASCO 2022: crizotinib only where the newer ones are not available.
    ("superseded include",  "{alk: fusion}", "", "{superseded: {include: [crizotinib]}}", "{superseded: {include: [alectinib]}}", "systemic.alectinib among the superseded options", "systemic.alectinib is a documented option", "row alk.alectinib"),
    ("superseded exclude",  "{alk: fusion}", "", "{superseded: {exclude: [alectinib]}}", "{superseded: {exclude: [crizotinib]}}", "systemic.crizotinib not among the superseded options", "systemic.crizotinib is superseded by systemic.alectinib", "row alk.crizotinib"),
    ("superseded.by",       "{alk: fusion}", "", "{superseded: {by: {crizotinib: [alectinib, systemic.lorlatinib]}}}", "{superseded: {by: {crizotinib: [alectinib, ensartinib]}}}", "systemic.crizotinib is superseded by systemic.ensartinib", "systemic.crizotinib is superseded by systemic.alectinib"),
    ("superseded.by: not superseded", "{alk: fusion}", "", "{superseded: {exclude: [alectinib]}}", "{superseded: {by: {alectinib: [lorlatinib]}}}", "systemic.alectinib is superseded by systemic.lorlatinib", "systemic.alectinib is a documented option"),
    # C15: an activating variant of no documented class is unresolved, and not negative.
    ("unresolved include",  "{egfr: exon 18 deletion}", "", "{unresolved: {include: [afatinib]}}", "{unresolved: {include: [osimertinib]}}", "systemic.osimertinib among the unresolved options", "no row documents systemic.osimertinib here", "nearest row egfr-common.osimertinib: it needs egfr: exon19del or l858r, and the profile has egfr: other_activating"),
    ("unresolved exactly",  EGFR,     "",       "{unresolved: {exactly: []}}",          "{unresolved: {exactly: [afatinib]}}", "systemic.afatinib among the unresolved options", "systemic.afatinib is a documented option"),
    # C14: two drivers, both lists, the conflict says so.
    ("conflicts include",   "{egfr: exon19del, alk: fusion}", "", "{conflicts: {include: [two-drivers]}}", "{conflicts: {include: [egfr-common-with-t790m]}}", "egfr-common-with-t790m among the conflicts", "conflicts: two-drivers"),
    ("conflicts exactly",   "{egfr: exon19del, alk: fusion}", "", "{conflicts: {exactly: [two-drivers]}}", "{conflicts: {exactly: []}}", "two-drivers not among the conflicts", "conflicts: two-drivers"),
    ("alerts include",      "{symptoms: [first seizure]}", "", "{alerts: {include: [seizure]}}", "{alerts: {include: [acute-confusion]}}", "acute-confusion among the alerts", "alerts: seizure"),
    ("alerts exactly",      "{}",     "",       "{alerts: {exactly: []}}",              "{alerts: {exactly: [seizure, acute-confusion]}}", "seizure, acute-confusion among the alerts", "alerts: none"),
    ("citations include",   EGFR,     "",       "{citations: {osimertinib: {include: [flaura]}}}", "{citations: {osimertinib: {include: [keynote-024]}}}", "keynote-024 among the citations of systemic.osimertinib", "citations of systemic.osimertinib: fda-osimertinib-2018-04-18, flaura, flaura-os"),
    # A citation that is younger than the question never appears: the overall survival came in 2020.
    ("citations exclude",   EGFR,     "as_of: 2018-04-18", "{citations: {osimertinib: {exclude: [flaura-os]}}}", "{citations: {osimertinib: {exclude: [flaura]}}}", "flaura not among the citations of systemic.osimertinib", "citations of systemic.osimertinib: fda-osimertinib-2018-04-18, flaura"),
    ("citations of nothing", "{}",    "",       "{options: {exclude: [osimertinib]}}",  "{citations: {osimertinib: {include: [flaura]}}}", "systemic.osimertinib is listed, with its citations", "no row documents systemic.osimertinib here"),
    ("cited include",       EGFR,     "",       "{cited: {include: [flaura]}}",         "{cited: {include: [keynote-407]}}", "keynote-407 among the citations", "citations: fda-afatinib-2013-07-12,"),
    # A note, a caution, a next step, a question and a timeline, each by its id; brain lesions bring the timeline.
    ("said include",        "{brain_lesions: 2, brainstem: yes}", "", "{said: {include: [radiosurgery.how-many-lesions, radiosurgery.brainstem, radiosurgery.irradiated-volume, palliative-care-early, goals]}}", "{said: {include: [brain.leptomeningeal]}}", "brain.leptomeningeal among the remarks", "remarks: palliative-care-early"),
    ("said exclude",        "{brain_lesions: 2}", "", "{said: {exclude: [radiosurgery.brainstem]}}", "{said: {exclude: [radiosurgery.how-many-lesions]}}", "radiosurgery.how-many-lesions not among the remarks", "remarks: palliative-care-early"),
    ("cited exclude",       EGFR,     "",       "{cited: {exclude: [keynote-407]}}",    "{cited: {exclude: [flaura, flaura2]}}", "flaura, flaura2 not among the citations", " more"),
    ("because include",     EGFR,     "",       "{because: {osimertinib: {exactly: [egfr-common.osimertinib]}}}", "{because: {osimertinib: {include: [egfr-uncommon.osimertinib]}}}", "egfr-uncommon.osimertinib among the rows of systemic.osimertinib", "rows of systemic.osimertinib: egfr-common.osimertinib"),
    # The label has had pemetrexed as maintenance after pemetrexed with platinum since 2012.
    ("notes include",       "{}",     "",       "{notes: {cisplatin-pemetrexed: {include: [maintenance.pemetrexed-continued]}}}", "{notes: {cisplatin-pemetrexed: {include: [maintenance.erlotinib]}}}", "maintenance.erlotinib among the notes of systemic.cisplatin-pemetrexed", "maintenance.pemetrexed-continued"),
    # C11: an autoimmune disease is a caution on every checkpoint inhibitor; C9: unstated it is a prerequisite.
    ("cautions include",    "{pd_l1_tps: 60, contraindications: [autoimmune_disease]}", "", "{cautions: {pembrolizumab: {include: [checkpoint-inhibitor.autoimmune]}}}", "{cautions: {pembrolizumab: {include: [checkpoint-inhibitor.transplant]}}}", "checkpoint-inhibitor.transplant among the cautions of systemic.pembrolizumab", "checkpoint-inhibitor.autoimmune"),
    ("prerequisites include", "{pd_l1_tps: 60}", "", "{prerequisites: {pembrolizumab: {include: [checkpoint-inhibitor.autoimmune]}}}", "{prerequisites: {pembrolizumab: {exclude: [checkpoint-inhibitor.autoimmune]}}}", "checkpoint-inhibitor.autoimmune not among the prerequisites of systemic.pembrolizumab", "prerequisites of systemic.pembrolizumab: "),
    ("urgency",             "{symptoms: [first seizure]}", "", "{urgency: {seizure: emergency_now}}", "{urgency: {seizure: same_day}}", "seizure is same_day", "seizure is emergency_now"),
    ("urgency of nothing",  "{}",     "",       "{alerts: {exactly: []}}",              "{urgency: {seizure: emergency_now}}", "seizure is emergency_now", "seizure is not among the alerts"),
    ("sites",               "{symptoms: [first seizure]}", "", "{sites: {seizure: [brain]}}", "{sites: {seizure: [spine]}}", "seizure is likely in spine", "seizure is likely in brain"),
    ("sites of nothing",    "{}",     "",       "{alerts: {exactly: []}}",              "{sites: {seizure: [brain]}}", "seizure is likely in brain", "seizure is not among the alerts"),
    ("symptom_log",         "{symptoms: [cough, {what: seizure, since: 2026-01-01}]}", "", "{symptom_log: [{what: seizure}, {what: cough}]}", "{symptom_log: [{what: cough}, {what: seizure}]}", "the log is cough, seizure", "the log is seizure, cough"),
    ("symptom_log.0",       "{symptoms: [{what: seizure, course: gone}]}", "", "{symptom_log: [{what: seizure, course_as: resolved, alerts: [seizure]}]}", "{symptom_log: [{what: seizure, course_as: worsening}]}", "'seizure' has course_as worsening", "'seizure' has course_as resolved"),
    # One metastasis in the bone is M1b and IVA; two are M1c1 and IVB.
    ("staging.category",    ONE,      "",       "{staging: {category: M1b}}",           "{staging: {category: M1c1}}", "category M1c1", "category M1b", "metastases outside the chest: 1; organs: 1"),
    ("staging.stage",       ONE,      "",       "{staging: {stage: IVA}}",              "{staging: {stage: IVB}}", "stage IVB", "stage IVA"),
    ("staging.edition",     ONE,      "as_of: 2024-12-31", "{staging: {edition: 8}}",   "{staging: {edition: 9}}", "edition 9", "edition 8"),
    ("staging.possible_categories", ONE, "",    "{staging: {possible_categories: [M1b]}}", "{staging: {possible_categories: [M1b, M1c1]}}", "possible_categories: M1b, M1c1", "possible_categories: M1b"),
    ("staging.possible_stages", "{metastatic_sites: [bone]}", "", "{staging: {possible_stages: [IVB, IVA]}}", "{staging: {possible_stages: [IVB]}}", "possible_stages: IVB", "possible_stages: IVA, IVB", "How many metastases"),
    ("staging.missing",     "{metastatic_sites: [bone]}", "", "{staging: {missing: {exactly: [metastasis_counts]}}}", "{staging: {missing: {exactly: []}}}", "metastasis_counts not among the gaps of the staging", "gaps of the staging: metastasis_counts"),
    ("staging.to_settle",   "{metastatic_sites: [pleura]}", "", "{staging: {to_settle: {include: [staging.effusion]}}}", "{staging: {to_settle: {exclude: [staging.effusion]}}}", "staging.effusion not among the open points of the staging", "open points of the staging: staging.effusion"),
    ("staging.remarks",     ONE,      "",       "{staging: {remarks: {include: [tnm-9.m1b]}}}", "{staging: {remarks: {include: [tnm-9.m1a]}}}", "tnm-9.m1a among the remarks of the staging", "remarks of the staging: tnm-9.m1b"),
    # C7: no earlier therapy is assumed where nothing is stated. C20: palliative care is in every answer.
    ("assumptions include", "{}",     "",       "{assumptions: {include: [prior-therapy, specimen_not_stated]}}", "{assumptions: {exclude: [prior-therapy]}}", "prior-therapy not among the assumptions", "assumptions: "),
    ("next_steps include",  "{}",     "",       "{next_steps: {include: [palliative-care-early]}}", "{next_steps: {include: [emergency-first]}}", "emergency-first among the next steps", "palliative-care-early"),
    ("questions include",   "{}",     "",       "{questions: {exclude: [age.child]}}",  "{questions: {include: [age.child]}}", "age.child among the questions", "questions: "),
    # C3: the core panel leaves these out where nothing is said of them.
    ("not_considered exactly", "{}",  "",       "{not_considered: {include: [braf, ntrk, erbb2, nrg1]}}", "{not_considered: {exclude: [braf]}}", "braf not among the left-out genes", "braf"),
)
# fmt: on


def outcome(kind, expect, status):
    """The outcome of a scenario that expects the status and one thing more."""
    whole = expect if "status" in expect else expect.replace("{", f"{{status: {status}, ", 1)
    (scenario,) = read_scenarios(
        of_complete(whole, profile=kind.profile, question=kind.question), shown_as="a.scenario.yaml"
    )
    return judge(scenario)


ALL = [("refused", kind) for kind in REFUSALS] + [("documented", kind) for kind in DOCUMENTED]


@pytest.mark.parametrize(("status", "kind"), ALL, ids=[kind.about for _, kind in ALL])
def test_an_expectation_passes_where_it_holds(status, kind):
    found = outcome(kind, kind.holds, status)
    assert found.findings == ()
    assert found.passed


@pytest.mark.parametrize(("status", "kind"), ALL, ids=[kind.about for _, kind in ALL])
def test_an_expectation_fails_alone_and_says_what_came_instead_and_why(status, kind):
    found = outcome(kind, kind.fails, status)
    assert not found.passed
    (finding,) = found.findings
    assert finding.key.startswith(kind.key.rstrip(":"))
    assert finding.place == "a.scenario.yaml:9"
    assert finding.expected == kind.expected
    assert kind.got in finding.got
    for words in kind.why:
        assert words in " ".join(finding.why)


def test_every_kind_of_expectation_is_among_them():
    from lungmets.testing import Expectation

    tried = {kind.key.partition(".")[0].rstrip(":") for _, kind in ALL}
    assert tried == set(Expectation.model_fields)


def test_everything_that_does_not_fit_is_told_not_only_the_first():
    expect = (
        "{status: documented, options: {include: [pembrolizumab, capmatinib], exclude: [osimertinib]},"
        " alerts: {include: [seizure]}, standing: {osimertinib: preferred}}"
    )
    (scenario,) = read_scenarios(of_complete(expect, profile=EGFR))
    assert [finding.key for finding in judge(scenario).findings] == [
        "options.include", "options.include", "options.exclude", "standing.osimertinib", "alerts.include",
    ]  # fmt: skip


def test_what_is_left_out_is_not_looked_at():
    (scenario,) = read_scenarios(of_complete("{status: documented}", profile="{symptoms: [first seizure]}"))
    assert judge(scenario).passed


def test_an_option_may_be_called_by_its_id_or_by_its_regimen():
    for name in ("osimertinib", "systemic.osimertinib"):
        (scenario,) = read_scenarios(
            of_complete(f"{{status: documented, options: {{include: [{name}]}}}}", profile=EGFR)
        )
        assert judge(scenario).passed


def test_a_name_that_the_knowledge_does_not_have_is_an_error_and_never_a_pass():
    (scenario,) = read_scenarios(of_complete("{status: documented, options: {exclude: [osimertinb]}}"))
    with pytest.raises(DocumentError, match="'osimertinb' is not known"):
        judge(scenario)


# ---- releases -------------------------------------------------------------------------------------

VERSION = shipped().version

# fmt: off
PINS = [
    (VERSION,                True),
    (f">={VERSION}",         True),
    (">=2020.1.0",           True),
    (">=2026.2.0",           True),  # 11 is more than 2: they are numbers, and no text
    ("2020.1.0",             False),
    (">=2099.1.0",           False),
]
# fmt: on


@pytest.mark.parametrize(("pin", "fits"), PINS)
def test_a_scenario_is_asked_only_of_the_release_that_it_is_pinned_to(pin, fits):
    (scenario,) = read_scenarios(of_complete("{status: documented}", question=f'knowledge: "{pin}"'))
    found = judge(scenario)
    assert found.passed is fits
    assert (found.answer is not None) is fits
    if not fits:
        (finding,) = found.findings
        assert finding.key == "knowledge"
        assert finding.expected == f"knowledge {pin}"
        assert finding.got == f"knowledge {VERSION} ({shipped().digest[:12]})"
        assert "--lungmets-knowledge" in " ".join(finding.why)
        assert "move the pin" in told(found)


def test_the_version_of_these_pins_is_younger_than_2026_2():
    assert tuple(map(int, VERSION.split("."))) > (2026, 2, 0)


# ---- the nearest rows -----------------------------------------------------------------------------


def nearest(option, day=DAY, place=Jurisdiction.US, **changes):
    view = shipped().view(place, date.fromisoformat(day))
    return [
        str(one)
        for one in Rows(view, PatientProfile(**COMPLETE | changes), Panel.CORE, view.day).nearest(option)
    ]


# fmt: off
NEAREST = [
    # option                        day           profile                        the nearest row, and what it lacks (labels and their dates: tests/clinic)
    ("systemic.osimertinib",        "2018-04-17", {"egfr": "l858r"},             "egfr-common.osimertinib: documented in us from 2018-04-18 and in eu from 2018-06-07 and in ca from 2026-10-07, and us is asked as of 2018-04-17"),
    ("systemic.cemiplimab",         "2021-02-21", {"pd_l1_tps": 60},             "pd-l1.cemiplimab: documented in us from 2021-02-22 and in eu from 2021-06-21 and in ca from 2026-10-07, and us is asked as of 2021-02-21"),
    # The label of 2015 covers this score after chemotherapy: only the line is against it.
    ("systemic.pembrolizumab",      "2019-04-10", {"pd_l1_tps": 20},             "later.pembrolizumab: documented only for a later line"),
    ("systemic.pembrolizumab",      DAY,          {"pd_l1_tps": 0.9},            "pd-l1.pembrolizumab-tps1: it needs pd_l1_tps >=1 and <50, and the profile has pd_l1_tps: 0.9"),
    ("systemic.cemiplimab",         DAY,          {"pd_l1_tps": 49},             "pd-l1.cemiplimab: it needs pd_l1_tps >=50, and the profile has pd_l1_tps: 49"),
    ("systemic.sotorasib",          DAY,          {"kras": "other"},             "kras-g12c.sotorasib: documented only for a later line; it needs kras: g12c, and the profile has kras: other"),
    ("systemic.osimertinib",        DAY,          {"egfr": "exon20ins"},         "egfr-common.osimertinib: it needs egfr: exon19del or l858r, and the profile has egfr: exon20ins"),
    ("systemic.capmatinib",         DAY,          {"met": "amplification"},      "met-exon14.capmatinib: it needs met: exon14_skipping, and the profile has met: amplification"),
    ("systemic.zongertinib",        DAY,          {},                            "erbb2-mutation.zongertinib: it needs erbb2: mutation, and the profile has erbb2: not considered"),
    ("systemic.alectinib",          DAY,          {},                            "alk.alectinib: it needs alk: positive, and the profile has alk: negative"),
    # What a set does not name is neither stated nor denied.
    ("systemic.non-platinum-doublet", DAY,        {},                            "chemotherapy.non-platinum-doublet: it needs contraindications: platinum, and the profile has contraindications: platinum not stated"),
    ("systemic.non-platinum-doublet", DAY,        {"contraindications_excluded": ["platinum"]}, "chemotherapy.non-platinum-doublet: it needs contraindications: platinum, and the profile has contraindications: platinum excluded"),
    ("bone.denosumab",              DAY,          {},                            "bone.denosumab: it needs bone_metastases: yes, and the profile has bone_metastases: not stated"),
    ("bone.denosumab",              DAY,          {"bone_metastases": False},    "bone.denosumab: it needs bone_metastases: yes, and the profile has bone_metastases: no"),
    ("bone.denosumab",              DAY,          {"metastatic_sites": ["bone"]}, "bone.denosumab: it holds"),
]
# fmt: on


@pytest.mark.parametrize(
    ("option", "day", "changes", "words"), NEAREST, ids=[f"{row[0]} {row[2]}" for row in NEAREST]
)
def test_the_nearest_row_says_which_condition_fails(option, day, changes, words):
    assert nearest(option, day, **changes)[0] == words


def test_a_place_that_a_row_does_not_speak_of_is_a_reason():
    # Ensartinib has an approval of the FDA (2024-12-18), and no other regulator's is among the sources.
    (first, *_) = nearest("systemic.ensartinib", place=Jurisdiction.EU, alk="fusion")
    assert first == "alk.ensartinib: documented in us from 2024-12-18, and eu is asked as of 2026-10-07"


def test_at_most_three_rows_are_told_the_nearest_first():
    rows = nearest("systemic.osimertinib", "2018-04-17")
    assert len(rows) == 3
    assert rows[0].startswith("egfr-common.osimertinib: documented in us from 2018-04-18")
    several = [row for _, row in shipped().content.rows() if row.option == "osimertinib"]
    assert len(several) >= 3


# ---- reports --------------------------------------------------------------------------------------


def failing():
    (scenario,) = read_scenarios(
        of_complete(
            "{status: documented, options: {include: [pembrolizumab]}}", profile=EGFR, name="planted"
        ),
        shown_as="a.scenario.yaml",
    )
    return judge(scenario)


REPORT = f"""\
a.scenario.yaml:5 planted
              Planted.
  encodes     written for a test
  asked       us as of {DAY}, core panel, knowledge {VERSION}
              ({shipped().digest[:12]})

  options     a.scenario.yaml:9
  expected    systemic.pembrolizumab among the documented options
  got         systemic.pembrolizumab is withheld by no-checkpoint-inhibitor.egfr
"""


def test_the_report_has_place_citation_question_expectation_answer_and_what_to_do():
    report = told(failing())
    assert report.startswith(REPORT)
    assert "row pd-l1.pembrolizumab-tps50: histology: adenocarcinoma;" in report
    assert "what to do  read what the scenario cites" in report


def test_no_line_of_a_report_is_wider_than_80_columns_unless_a_word_is():
    for status, kind in ALL:
        for line in told(outcome(kind, kind.fails, status)).splitlines():
            assert len(line) <= 80 or len(line.split()) == 1, line


def test_labels_and_texts_of_a_report_never_run_into_each_other():
    for status, kind in ALL:
        for line in told(outcome(kind, kind.fails, status)).splitlines()[1:]:
            alone = len(line.split()) == 1  # a long label has a line of its own
            assert not line or line[12:14] == "  " or alone, line


def test_text_of_others_cannot_act_on_a_terminal():
    (scenario,) = read_scenarios(of_complete("{status: refused}").replace("Planted.", '"A \\e[2J text."'))
    assert "\x1b" not in told(judge(scenario))


def test_a_long_list_of_names_is_cut_and_counted():
    (scenario,) = read_scenarios(of_complete("{status: documented, cited: {exactly: []}}", profile=EGFR))
    (finding,) = judge(scenario).findings
    names, _, more = finding.got.removeprefix("citations: ").rpartition(" and ")
    answer = judge(scenario).answer
    assert isinstance(answer, DocumentedOptions)
    assert len(names.split(", ")) == 12
    assert int(more.split()[0]) > 0


def test_a_summary_counts():
    good = judge(read_scenarios(of_complete("{status: documented}"))[0])
    assert summary([good, good]) == "2 passed"
    assert summary([good, failing()]) == "1 passed, 1 failed"


def test_json_has_everything_but_the_answer():
    (found,) = as_json([failing()])
    assert found["passed"] is False
    assert found["name"] == "planted"
    assert found["findings"][0]["key"] == "options.include"
    assert "answer" not in found


def test_junit_counts_and_tells_the_same():
    suite = parsed(as_junit([failing()]))
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert suite.find("testcase/failure").text == told(failing())


def test_a_nearest_row_names_the_day_that_was_asked():
    """Days between two changes share one view, and that has a day of its own."""
    # Both lie before any approval of alectinib (2015-12-11, for a later line), and nothing changes between them.
    one, other = date(2015, 12, 5), date(2015, 12, 6)
    assert shipped().view(Jurisdiction.US, one) is shipped().view(Jurisdiction.US, other)
    expect = "{status: documented, options: {include: [alectinib]}}"
    for day in (one, other):
        text = of_complete(expect, profile="{alk: fusion}", question=f"as_of: {day}")
        (finding,) = judge(read_scenarios(text)[0]).findings
        assert any(f"us is asked as of {day}" in why for why in finding.why)
