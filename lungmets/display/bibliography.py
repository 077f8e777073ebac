"""The sources of a page, numbered in the order in which they are cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lungmets.assessment import Citation
from lungmets.display.doubts import in_doubt, in_words, rests_on
from lungmets.display.local import LocalParts


@dataclass(slots=True)
class Sources:
    """Numbers sources as they are cited, and knows what of the answer is local."""

    local: LocalParts
    numbers: dict[str, int] = field(default_factory=dict)
    order: list[Citation] = field(default_factory=list)

    def cite(self, citations: Iterable[Citation], rule: str | None = None) -> str:
        """The numbers of sources, and a rule of the project's own; what is not verified has a star."""
        marks = []
        for citation in citations:
            if citation.id not in self.numbers:
                self.numbers[citation.id] = len(self.order) + 1
                self.order.append(citation)
            # The star is said in words where the source is listed.
            marks.append(f"[{self.numbers[citation.id]}]" + ("*" if citation.unverified else ""))
        if rule:
            marks.append(f"({rule})")
        return (" " + " ".join(marks)) if marks else ""

    def doubts(self, citations: Iterable[Citation]) -> list[str]:
        """What an option rests on and nobody verified: of its sources, more than their references."""
        told = [
            f"{self.cite([citation]).strip(' *')} {', '.join(map(in_words, rests_on(citation)))}"
            for citation in citations
            if rests_on(citation)
        ]
        return [f"not verified: {'; '.join(told)}"] if told else []

    def listed(self) -> Iterator[tuple[str, str, str]]:
        """Each source: its number, the reference with all identifiers, and a short one for a terminal."""
        for citation in self.order:
            identifiers = [
                f"doi:{citation.doi}" if citation.doi else "",
                f"PMID {citation.pmid}" if citation.pmid else "",
                *citation.nct,
                citation.url or "",
            ]
            given = [part for part in identifiers if part]
            behind = in_doubt(citation) + self.local.behind(citation.id)
            text = ". ".join([citation.text.rstrip("."), *given])
            short = ". ".join([citation.text.split(". ")[0].rstrip("."), *given[:1]])
            yield f"[{self.numbers[citation.id]}]", text + behind, short + behind
        if any(citation.unverified for citation in self.order):
            yield "*", "What is named as not verified was not seen; nothing is said of it.", ""
