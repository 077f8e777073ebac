"""What is local in a knowledge base: which overlay each record came from.

An engine and a display need no more than this; the overlays themselves are read elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lungmets.assessment import OverlayStamp
from lungmets.knowledge.schema import LocalPanelItem, PanelItem
from lungmets.vocabulary import Jurisdiction


@dataclass(frozen=True, slots=True)
class Local:
    """The overlays, in the order of their ids, and where each local record belongs.

    ``marks`` are the words behind what is local, by the id of the record; ``owner`` is its overlay's id;
    ``asked`` are the overlays' own entries of the panel, with the ids of the overlays; ``panel`` is the
    panel as it was before them; ``asking`` names the records behind a sentence that asks for something;
    ``begins`` are the places that only an overlay dates.
    """

    overlays: tuple[OverlayStamp, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    owner: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, tuple[tuple[str, LocalPanelItem], ...]] = field(default_factory=dict)
    panel: Mapping[str, PanelItem] = field(default_factory=dict)
    asking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    begins: Mapping[Jurisdiction, str] = field(default_factory=dict)

    def mark(self, overlay: str) -> str:
        """The words behind what an overlay adds."""
        return next(f"local: {stamp.name}" for stamp in self.overlays if stamp.id == overlay)
