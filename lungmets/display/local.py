"""What is local in an answer, in words: who added what, and the mark behind each part of it."""

from __future__ import annotations

from collections.abc import Iterator

from lungmets.assessment import KnowledgeStamp, Option, OverlayStamp


class LocalParts:
    """The local records of one answer, by its stamp; without one, nothing is local."""

    def __init__(self, stamp: KnowledgeStamp | None) -> None:
        self._overlays = stamp.overlays if stamp is not None else ()
        self._marks = {
            record: f"local: {overlay.name}" for overlay in self._overlays for record in overlay.records
        }

    def mark(self, record: str) -> str:
        """The mark of a record, or nothing where it is not local."""
        return self._marks.get(record, "")

    def behind(self, record: str) -> str:
        """The mark as it stands behind a sentence."""
        return f" ({mark})" if (mark := self.mark(record)) else ""

    def of_option(self, option: Option) -> str:
        """The mark of an option: all of its rows are local, or only some."""
        rows = [because.row for because in option.because]
        marks = dict.fromkeys(mark for row in rows if (mark := self.mark(row)))
        if not marks:
            return ""
        whole = all(map(self.mark, rows))
        return ("" if whole else "partly ") + ", ".join(marks)

    def stamps(self) -> Iterator[str]:
        """A line for each overlay that the answer was given with."""
        for overlay in self._overlays:
            yield f"{named(overlay)}; {_counted(overlay)}"


def named(overlay: OverlayStamp) -> str:
    """An overlay, as a heading names it."""
    return f"{overlay.name} {overlay.version} ({overlay.id}, {overlay.digest[:12]})"


def _counted(overlay: OverlayStamp) -> str:
    if not overlay.records:
        return "nothing in this answer is from it"
    return f"from it in this answer: {', '.join(overlay.records)}"
