"""Remarks for somebody: a tuple of them, which knows for whom it is and shows well in a notebook.

>>> from lungmets import PatientProfile, questions
>>> asked = questions(PatientProfile(histology="squamous"), audience="caregiver")
>>> asked[0].text, asked.audience.value
('Which tests are still open? When will the results be here?', 'caregiver')
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, Self

from lungmets.assessment import Alert, KnowledgeStamp, Remark
from lungmets.vocabulary import Audience


class Told(tuple[Remark, ...]):  # noqa: SLOT001  -- it carries what stands around the remarks
    """Remarks in their order. The alerts of the profile stand before them, and the notice behind."""

    title: str
    audience: Audience
    alerts: tuple[Alert, ...]
    notice: str
    knowledge: KnowledgeStamp

    def __new__(
        cls,
        remarks: Iterable[Remark],
        *,
        title: str,
        audience: Audience,
        alerts: tuple[Alert, ...],
        notice: str,
        knowledge: KnowledgeStamp,
    ) -> Self:
        """Remarks with what stands around them."""
        made = super().__new__(cls, remarks)
        made.title, made.audience, made.alerts, made.notice = title, audience, alerts, notice
        made.knowledge = knowledge
        return made

    def as_data(self) -> dict[str, Any]:
        """Plain data, as JSON can hold it."""
        return {
            "title": self.title,
            "audience": self.audience.value,
            "alerts": [alert.model_dump(mode="json") for alert in self.alerts],
            "remarks": [remark.model_dump(mode="json") for remark in self],
            "notice": self.notice,
            "knowledge": self.knowledge.model_dump(mode="json"),
        }

    def __str__(self) -> str:
        from lungmets.display.guidance import of_told
        from lungmets.display.text import write_sections

        page = io.StringIO()
        write_sections(of_told(self), page)
        return page.getvalue()

    def _repr_markdown_(self) -> str:
        from lungmets.display.guidance import of_told
        from lungmets.display.markdown import sections_as_markdown

        return sections_as_markdown(of_told(self))
