"""Mistakes in ``staging.yaml``: each is refused when the folder is loaded, on its line, and told once."""

import pytest

from tests.knowledge.test_defects import only, told

STAGING = "staging.yaml"

# fmt: off
DEFECTS = [
    # what is wrong,                file,    instead of,                                       stands,                                             told at,                words
    ("a misspelt category",         STAGING, "category: M1c1",                                 "category: M1cc",                                   "category: M1cc",       ["(tnm-9.m1c1)", "category is 'M1cc'", "did you mean"]),
    ("a stage that is no group",    STAGING, "category: M1c1\n        stage: IVB",            "category: M1c1\n        stage: IV",                 "stage: IV\n",          ["stage is 'IV'", "'IVA' or 'IVB'"]),
    ("an unknown site",             STAGING, "pleura, pericardium]\n\neditions",               "pleura, pericardum]\n\neditions",                  "within_the_chest",     ["'pericardum'", "did you mean pericardium?"]),
    ("an unknown fact",             STAGING, "id: tnm-9.m1b\n        when: {extrathoracic_metastases: 1}", "id: tnm-9.m1b\n        when: {extrathoracic_metastasis: 1}", "- id: tnm-9.m1b",      ["(tnm-9.m1b)", "'extrathoracic_metastasis' is not a fact", "did you mean extrathoracic_metastases"]),
    ("a fact staging is not told",  STAGING, "when: {metastatic_sites: other}",                "when: {bone_pain: yes}",                           "- id: staging.other-site", ["(staging.other-site)", "staging is not told bone_pain", "extrathoracic_organs"]),
    ("two categories at once",      STAGING, "id: tnm-9.m1b\n        when: {extrathoracic_metastases: 1}", 'id: tnm-9.m1b\n        when: {extrathoracic_metastases: "<2"}', "- id: tnm-9.m1b",      ["(tnm-9.m1b)", "it may hold together with tnm-9.m1a", "one M category"]),
    ("a category twice",            STAGING, "category: M1c2",                                 "category: M1c1",                                   "- id: tnm-9.m1c2",     ["(tnm-9.m1c2)", "M1c1 stands twice in tnm-9"]),
    ("two editions at once",        STAGING, "in: us, from: 2018-01-01, until: 2025-01-01",    "in: us, from: 2018-01-01, until: 2025-01-02",      "- id: tnm-8",          ["(tnm-8)", "it is in force together with tnm-9", "end the older one"]),
    ("an end before its beginning", STAGING, "in: us, from: 2018-01-01, until: 2025-01-01",    "in: us, from: 2018-01-01, until: 2017-01-01",      "- id: tnm-8",          ["(tnm-8)", "it ends (2017-01-01) before it begins"]),
    ("a day before its source",     STAGING, "in: us, from: 2018-01-01, until: 2025-01-01, by: [tnm-8-in-force-us, iaslc-m-descriptors-8]", "in: us, from: 2018-01-01, until: 2025-01-01, by: [iaslc-m-descriptors-9]", "- id: tnm-8", ["(tnm-8)", "no source is published yet", "iaslc-m-descriptors-9"]),
    ("an unknown source",           STAGING, "by: [iaslc-separate-nodules-2016]",              "by: [iaslc-separate-nodules-2017]",                "- id: staging.second-primary", ["the source 'iaslc-separate-nodules-2017' does not exist", "did you mean iaslc-separate-nodules-2016"]),
    ("a sentence with a blank",     STAGING, "The sites with metastases are not stated.",      "The sites of {patient} are not stated.",           "metastatic_sites: The", ["the sentence for metastatic_sites cannot be filled in"]),
    ("a sentence left out",         STAGING, "  leptomeningeal: Leptomeningeal disease is suspected, and neither confirmed nor excluded.\n", "", "asks:", ["'leptomeningeal' is missing"]),
    ("a remark of no kind",         STAGING, "kind: remark",                                   "kind: remarks",                                    "kind: remarks",        ["kind is 'remarks'", "did you mean remark?"]),
    ("another record reads it",     "workup.yaml", "- id: palliative-care-early\n  when: {}",  "- id: palliative-care-early\n  when: {extrathoracic_organs: 1}", "- id: palliative-care-early", ["extrathoracic_organs can be read by staging.yaml only"]),
    ("an unknown likely site",      "alerts.yaml", "sites: [brain, metabolic]\n    default_urgency: true\n    finding: Acute", "sites: [brian]\n    default_urgency: true\n    finding: Acute", "sites: [brian]", ["(acute-confusion)", "'brian'", "did you mean brain?"]),
    ("a course without words",      "alerts.yaml", "phrases: [comes and goes, on and off, intermittent]", "phrases: []",   "id: fluctuating",      ["(fluctuating)", "phrases is []", "a list of at least 1"]),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "words"), [row[1:] for row in DEFECTS], ids=[row[0] for row in DEFECTS]
)
def test_a_mistake_in_staging_is_told_once_with_its_line(planted, broken, file, old, new, where, words):
    told(planted, only(broken((file, old, new))), file, where, words)


def test_a_release_from_before_staging_still_loads_and_gives_no_stage(planted):
    """Older releases are compared with newer ones, so the file may be missing; claims on it go with it."""
    import shutil

    from lungmets import PatientProfile, assess

    (planted.path / STAGING).unlink()
    shutil.rmtree(planted.path / "claims")
    staging = assess(PatientProfile(metastatic_sites=["bone"]), knowledge=planted.load()).staging
    assert (staging.edition, staging.stage, staging.possible_stages, staging.remarks) == (None, None, (), ())
