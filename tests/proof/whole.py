"""The whole enumeration, printed: ``python -m tests.proof.whole`` or ``nox -s proof``.

Three genes and details other than quiet at once on the day of each release, in both panels, and two on
past days. Each line is a place, a day and a panel; the last one is the sum.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date

from lungmets.knowledge.base import shipped
from lungmets.vocabulary import Jurisdiction, Panel
from tests.proof.enumeration import QUESTIONS, Visited, view_of, visit

Asked = tuple[Jurisdiction, date | None, Panel, int]


def asked(today: int, past: int) -> list[Asked]:
    """What is visited, the largest first."""
    found = [(place, day, Panel.CORE, past if day else today) for place, day in QUESTIONS]
    found += [(place, day, Panel.COMPREHENSIVE, today) for place, day in QUESTIONS if day is None]
    return sorted(found, key=lambda one: one[1] is not None)


def visited(one: Asked) -> Visited:
    place, day, panel, most = one
    found = visit(view_of(shipped(), place, day), panel=panel, most=most)
    found.shown.clear()  # a process need not hand it over
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--today", type=int, default=3, help="how much is other than quiet at once (3)")
    parser.add_argument("--past", type=int, default=2, help="the same on past days (2)")
    parser.add_argument("--processes", type=int, default=None)
    given = parser.parse_args()
    questions = asked(given.today, given.past)
    total = Visited()
    print(f"{'':28}{'profiles':>14}{'classes':>12}{'answered':>14}")
    with ProcessPoolExecutor(given.processes) as pool:
        for (place, day, panel, most), found in zip(questions, pool.map(visited, questions), strict=True):
            name = f"{place} {day or 'release'} {panel.value[:4]} {most}"
            print(f"{name:28}{found.points:14,}{found.classes:12,}{found.answered:14,}", flush=True)
            total += found
    print(f"{'all':28}{total.points:14,}{total.classes:12,}{total.answered:14,}")
    for line, count in total.broken.most_common():
        print(f"BROKEN {line}: {count:,} profiles, such as {total.examples[line]}")
    sys.exit(bool(total.broken))


if __name__ == "__main__":
    main()
