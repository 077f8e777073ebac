"""One mistake each in the files of the work-up, the questions, the explanations and the figures."""

import pytest

from lungmets.errors import KnowledgeError

# fmt: off
MISTAKES = [
    # file, instead of, stands, told
    ("workup.yaml",       "lacks: [pd_l1_tps]\n  kind", "lacks: [pd_l1]\n  kind",          ("lacks: 'pd_l1' is not a field of a profile", "did you mean pd_l1_tps")),
    ("workup.yaml",       "  kind: referral\n",         "",                                ("`kind` and `why` together",)),
    ("workup.yaml",       "  kind: referral\n",         "  kind: referal\n",               ("referal", "referral")),
    ("questions.yaml",    "    caregiver: Is there a study", "    carer: Is there a study", ("carer", "caregiver")),
    ("explanations.yaml", "about: missing:egfr",        "about: missing:egfrr",            ("about: an answer has no part 'missing:egfrr'", "did you mean missing:egfr")),
    ("explanations.yaml", "about: missing:alk",         "about: missing:egfr",             ("missing:egfr is explained by explain.missing-egfr as well",)),
    ("prognosis.yaml",    "groups: [NSCLC]",            "groups: [NSCLCC]",                ("groups: met-sites-seer-2019 has no verified figure of 'NSCLCC'", "did you mean NSCLC")),
    ("prognosis.yaml",    "from: 2017-06-01",           "from: 2017-05-31",                ("no source is published yet", "lung-molgpa-2017")),
    ("trial_search.yaml", "term: ALK,",                 "term: ALK, condition: ALK,",      ("either `condition` or `term`",)),
    ("trial_search.yaml", "alk: positive",              "alk: posititve",                  ("posititve", "positive")),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "new", "told"), MISTAKES, ids=[f"{row[0]}: {row[2][:24].strip()}" for row in MISTAKES]
)
def test_a_mistake_is_told_where_it_stands(planted, file, old, new, told):
    planted.replace(file, old, new)
    with pytest.raises(KnowledgeError) as caught:
        planted.load()
    message = str(caught.value)
    assert file in message
    for words in told:
        assert words in message


def test_an_explanation_speaks_to_everybody(planted):
    text = planted.text("explanations.yaml")
    start = text.index("    caregiver: >-")
    end = text.index("  review_by", start)
    planted.write("explanations.yaml", text[:start] + text[end:])
    with pytest.raises(KnowledgeError, match="no words for caregiver"):
        planted.load()
