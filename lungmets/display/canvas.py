"""The paper of a timeline: an axis of years, bars and words, in the light, in the dark and in print."""

from __future__ import annotations

import textwrap
from datetime import date
from html import escape
from typing import TypeAlias

WIDTH = 730
"""As wide as a column of text, so that the words are not made smaller."""

LEFT = 300
"""Where the years begin; the names of the options stand before."""

_RIGHT = WIDTH - 18
_HEAD = 24
_STEPS = (1, 2, 3, 5)
"""Years between two that are written."""
_NAME, _SMALL = 40, 44
"""Letters that fit before the years, in the letters of a name and in smaller ones."""

# Furo sets the two colours of a page by these names; alone, the picture follows the screen.
STYLE = """
.lm-timeline { --lm-paper: var(--color-background-primary, #ffffff);
  --lm-ink: var(--color-foreground-primary, #1b1f24); --lm-grey: #8a9099; --lm-bar: #3f74b5;
  --lm-gold: #b7791f; --lm-asked: #6b7280; font-family: system-ui, -apple-system, "Segoe UI", sans-serif; }
@media (prefers-color-scheme: dark) { .lm-timeline { --lm-paper: var(--color-background-primary, #131416);
  --lm-ink: var(--color-foreground-primary, #e6e8eb); } }
@media print { .lm-timeline { --lm-paper: #ffffff; --lm-ink: #000000; --lm-bar: #2c5282; --lm-grey: #555555;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
.lm-timeline .paper { fill: var(--lm-paper); }
.lm-timeline text { fill: var(--lm-ink); font-size: 12px; }
.lm-timeline .row, .lm-timeline .said, .lm-timeline .year, .lm-timeline .place { font-size: 10.5px; }
.lm-timeline .row { opacity: 0.85; font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 10px; }
.lm-timeline a text { text-decoration: underline; text-decoration-thickness: 0.5px; }
.lm-timeline .end { text-anchor: end; }
.lm-timeline .middle { text-anchor: middle; }
.lm-timeline .grid, .lm-timeline .rule { stroke: var(--lm-grey); stroke-width: 1; opacity: 0.3; }
.lm-timeline .today { stroke: var(--lm-ink); stroke-width: 1; stroke-dasharray: 2 2; opacity: 0.7; }
.lm-timeline .label { fill: var(--lm-bar); stroke: var(--lm-bar); }
.lm-timeline .guideline { fill: var(--lm-bar); fill-opacity: 0.45; stroke: var(--lm-bar); }
.lm-timeline .trial { fill: var(--lm-bar); fill-opacity: 0.12; stroke: var(--lm-bar); }
.lm-timeline .later { fill: none; stroke: var(--lm-ink); stroke-dasharray: 3 2; opacity: 0.75; }
.lm-timeline .asked { fill: var(--lm-asked); stroke: var(--lm-asked); fill-opacity: 0.55; }
.lm-timeline .superseded { stroke: var(--lm-ink); stroke-width: 0.75; }
.lm-timeline .gold { fill: var(--lm-gold); }
.lm-timeline .star { fill: var(--lm-gold); font-size: 13px; stroke: var(--lm-paper);
  stroke-width: 3px; paint-order: stroke; }
.lm-timeline .hatch { stroke: var(--lm-ink); stroke-width: 1.5; }
.lm-timeline .behind { fill: var(--lm-paper); }
"""

_LEGEND = (
    ("label", "label or approval"),
    ("guideline", "guideline"),
    ("trial", "trial"),
    ("later", "later line only"),
    ("superseded", "superseded where the newer option is listed"),
    ("asked", "asked by the panel"),
)

Days: TypeAlias = tuple[date, date | None]
"""The first day, and the first on which it no longer holds, or nothing."""


class Canvas:
    """One picture from a first to a last day. What is drawn is kept in order; nothing depends on a clock."""

    def __init__(self, name: str, first: date, last: date) -> None:
        self._name = name  # keeps the ids apart from those of another picture on the same page
        self._first = first
        self._last = last
        self._end = date(last.year + 1, 1, 1)
        self._parts: list[str] = []
        self._grid: list[str] = []
        self.below = _HEAD
        """The height at which the next thing stands."""

    def skip(self, height: int) -> None:
        """Goes down."""
        self.below += height

    def x(self, day: date) -> float:
        """Where a day stands; a day before the first stands at the edge."""
        share = (max(day, self._first) - self._first).days / (self._end - self._first).days
        return round(LEFT + share * (_RIGHT - LEFT), 1)

    def text(self, x: float, y: float, words: str, kind: str, *, address: str | None = None) -> None:
        """Words; with an address they are a link."""
        drawn = f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
        if address is not None:
            drawn = f'<a href="{escape(address)}">{drawn}</a>'
        self._parts.append(drawn)

    def bar(
        self, days: Days, y: float, kind: str, told: str, *, said: str = "", room_from: float = LEFT
    ) -> float:
        """A bar, with what it means for a pointer; gives back where it ends.

        ``said`` is its beginning, which is written before it where there is room behind ``room_from``.
        """
        left, right = self._ends(days)
        width = max(right - left, 3)
        self._parts.append(
            f'<rect {self._look(kind)} x="{left:g}" y="{y + 2:g}" width="{width:g}" height="10" rx="1.5">'
            f"<title>{escape(told)}</title></rect>"
        )
        needed = 6 * len(said) + 6
        if said and left - room_from > needed:
            box = f'x="{left - needed + 2:g}" y="{y + 1:g}" width="{needed - 3}" height="12"'
            self._parts.append(f'<rect class="behind" {box}/>')
            self.text(left - 4, y + 11, said, "said end")
        return left + width

    def _ends(self, days: Days) -> tuple[float, float]:
        begins, ends = days
        return self.x(begins), self.x(self._last if ends is None else min(ends, self._last))

    def _look(self, kind: str) -> str:
        hatched = f' fill="url(#lm-{self._name}-hatch)"' if kind == "superseded" else ""
        return f'class="{kind}"{hatched}'

    def preferred(self, days: Days, y: float, told: str) -> None:
        """A line below a bar, and a star behind it."""
        left, right = self._ends(days)
        self._parts.append(
            f'<rect class="gold" x="{left:g}" y="{y + 11:g}" width="{max(right - left, 3):g}" height="3">'
            f"<title>{escape(told)}</title></rect>"
        )
        self.text(right + 2, y + 12, "★", "star")

    def rule(self) -> None:
        """A thin line between two lanes."""
        y = self.below - 4
        self._grid.append(f'<line class="rule" x1="4" x2="{_RIGHT}" y1="{y}" y2="{y}"/>')

    def begin_axis(self) -> None:
        """The years above the lanes."""
        self._years(self.below - 8)

    def end_axis(self) -> None:
        """The years below the lanes, the lines between, and the day of the release."""
        bottom = self.below
        for year in range(self._first.year, self._end.year + 1):
            x = self.x(date(year, 1, 1))
            self._grid.append(f'<line class="grid" x1="{x:g}" x2="{x:g}" y1="{_HEAD - 4}" y2="{bottom}"/>')
        x = self.x(self._last)
        self._grid.append(f'<line class="today" x1="{x:g}" x2="{x:g}" y1="{_HEAD - 4}" y2="{bottom}"/>')
        self._years(bottom + 12)
        self.skip(20)

    def _years(self, y: float) -> None:
        span = self._end.year - self._first.year
        step = next(step for step in _STEPS if span / step <= (_RIGHT - LEFT) / 36 or step == _STEPS[-1])
        for year in range(self._first.year, self._end.year + 1):
            if year % step == 0:
                self.text(self.x(date(year, 1, 1)), y, str(year), "year middle")

    def legend(self) -> None:
        """What each kind of bar means."""
        self.skip(14)
        x, y = 4.0, self.below
        for kind, words in (*_LEGEND, ("gold", "★ preferred by a cited guideline")):
            needed = 34 + 6.3 * len(words)
            if x + needed > _RIGHT:
                x, y = 4.0, y + 18
            high, down = (3, 8) if kind == "gold" else (10, 2)
            self._parts.append(
                f'<rect {self._look(kind)} x="{x:g}" y="{y + down:g}" width="22" height="{high}" rx="1.5"/>'
            )
            self.text(x + 27, y + 11, words, "said")
            x += needed
        self.text(4, y + 29, f"The dotted line is the day of the release, {self._last}.", "said")
        self.below = int(y + 36)

    def drawn(self, title: str, described: str) -> str:
        """The whole picture."""
        name = self._name
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="lm-timeline" role="img" width="{WIDTH}" '
            f'height="{self.below}" viewBox="0 0 {WIDTH} {self.below}" '
            f'aria-labelledby="lm-{name}-title lm-{name}-desc">'
        )
        hatch = (
            f'<defs><pattern id="lm-{name}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect class="paper" width="5" height="5" opacity="0.75"/>'
            '<line class="hatch" x1="0" x2="0" y1="0" y2="5"/></pattern></defs>'
        )
        parts = [
            head,
            f'<title id="lm-{name}-title">{escape(title)}</title>',
            f'<desc id="lm-{name}-desc">{escape(described)}</desc>',
            f"<style>{STYLE}</style>",
            hatch,
            f'<rect class="paper" width="{WIDTH}" height="{self.below}"/>',
            *self._grid,
            *self._parts,
            "</svg>",
        ]
        return "\n".join(parts) + "\n"


def wrapped(words: str, *, small: bool = False) -> list[str]:
    """Words in lines that fit before the years.

    >>> wrapped("Carboplatin with paclitaxel, and bevacizumab beside")
    ['Carboplatin with paclitaxel, and', 'bevacizumab beside']
    """
    return textwrap.wrap(words, _SMALL if small else _NAME) or [words]
