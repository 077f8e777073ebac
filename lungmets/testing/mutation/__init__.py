"""Mutation of the knowledge: whether the suite would notice, if a record were wrong.

The knowledge is data, so a mistake in it is a small change of a record: a row that is gone, a threshold
that moved, a date that is a day off, an exception that was forgotten. Each such *mutant* is made in
memory and put before the suite. What nothing notices is work: a scenario that is missing.

>>> from lungmets.knowledge.base import shipped
>>> from lungmets.testing import read_scenarios
>>> suite = read_scenarios('''
... scenarios:
...   - id: osimertinib
...     text: Osimertinib is an option for an EGFR exon 19 deletion.
...     citation: fda-osimertinib-2018-04-18
...     profile: {histology: adenocarcinoma, egfr: exon19del, alk: negative, ros1: negative, kras: negative,
...               met: negative, ret: negative, pd_l1_tps: 0, ecog_ps: 1, brain_lesions: 0}
...     expect: {status: documented, options: {include: [osimertinib]}}
... ''')
>>> base = shipped()
>>> several = [each for each in mutants(base.content) if each.record == "egfr-common.osimertinib"]
>>> score = Scoring(base, suite).score(several)
>>> [verdict.fate.value for verdict in score.verdicts if "without exon19del" in verdict.mutant]
['noticed by a scenario']
>>> any("ends on the last day" in verdict.mutant for verdict in score.survivors)
True
"""

from lungmets.testing.mutation.alike import alike
from lungmets.testing.mutation.kinds import Kind, Mutant
from lungmets.testing.mutation.records import mutants, mutants_of
from lungmets.testing.mutation.scoring import Fate, Promise, Score, Scoring, Verdict, part_of

__all__ = [
    "Fate",
    "Kind",
    "Mutant",
    "Promise",
    "Score",
    "Scoring",
    "Verdict",
    "alike",
    "mutants",
    "mutants_of",
    "part_of",
]
