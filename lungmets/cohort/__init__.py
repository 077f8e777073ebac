"""A cohort: one profile a row, one answer a row.

:func:`assess_frame` asks the question of :func:`~lungmets.pipeline.assess` about every row of a pandas
DataFrame. Each row's answer is the one that ``assess`` gives for it alone; rows that no condition tells
apart are matched once.
"""

from lungmets.cohort.frames import assess_frame
from lungmets.cohort.result import COLUMNS, CohortAssessment

__all__ = ["COLUMNS", "CohortAssessment", "assess_frame"]
