"""The parts of an answer that an explanation can be about.

A part goes by its kind and its name, as in ``missing:egfr``. The kinds and most of the names are those of
the answer's own types; the procedures come from ``regimens.yaml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lungmets.knowledge.facts import GENES
from lungmets.vocabulary import RefusalReason

if TYPE_CHECKING:
    from lungmets.knowledge.content import Content

ITEMS = (*GENES, "histology", "pd_l1_tps", "ecog_ps", "brain_lesions", "stage")
"""The fields of a profile that a panel can ask for."""

LISTS = ("documented", "withheld", "superseded", "unresolved")
"""The lists of an answer, of which the last three are explained where they are not empty."""

MARKS = ("preferred", "off_label", "accelerated", "caution", "prerequisite", "conflict", "not_considered")
"""Marks that an option, or an answer, may bear."""

ALWAYS = ("answer:alerts", "answer:palliative_care", "answer:notice")
"""Parts of every answer; the alerts are explained where there is one."""


def subjects(content: Content) -> frozenset[str]:
    """Everything that an explanation may be about.

    >>> from lungmets.knowledge.base import shipped
    >>> "procedure:observation" in subjects(shipped().content)
    True
    """
    return frozenset(
        {
            *ALWAYS,
            *(f"refusal:{reason.value}" for reason in RefusalReason),
            *(f"list:{name}" for name in LISTS),
            *(f"mark:{name}" for name in MARKS),
            *(f"missing:{item}" for item in ITEMS),
            *(f"driver:{gene}" for gene in GENES),
            *("fact:pd_l1_tps", "fact:ecog_ps"),
            *(f"procedure:{name}" for name in content.regimens.procedures),
        }
    )
