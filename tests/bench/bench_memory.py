"""Whether memory grows with the number of answers already given.

Every answer is to a profile of its own, made for it and thrown away with the answer: the complete
ones of bench_answer.py, and some with gaps, which are refused. What the library remembers has a bound.
The memories that fill quickly are full long before the first third of the answers; what rare profiles
fill slowly is small. So from then on the resident set must stay nearly flat.
"""

import os
import sys
import time
from pathlib import Path

from measuring import Line, Machine, finish, options
from random_profiles import every_field, panel_only, with_gaps

from lungmets import assess

BUDGET = 5  # megabytes, between 30 % and all of the answers
ENOUGH = 300_000
"""With fewer answers the memories are still being filled, and nothing can be held against a budget."""
STEPS = 10
REFUSED_EVERY = 50
"""A profile with gaps costs many times a complete one."""


def resident() -> float:
    """Megabytes of the resident set; where the system does not tell, the most that there ever was."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource  # which Windows does not have

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most / 1e3


def main() -> None:
    asked = options(__doc__, answers=1_000_000)
    machine = Machine()
    populations = [every_field(seed=21), panel_only(seed=22)]
    gaps = with_gaps(seed=23)
    before = resident()
    print(f"Memory over {asked.answers} answers, megabytes resident ({before:.1f} before the first)")
    found = []
    begun = time.perf_counter()
    given = 0
    for step in range(1, STEPS + 1):
        until = asked.answers * step // STEPS
        for number in range(given, until):
            profiles = gaps if number % REFUSED_EVERY == 0 else populations[number % 2]
            assess(next(profiles))
        given = until
        found.append(resident())
        seconds = time.perf_counter() - begun
        print(f"{given:>10} answers  {found[-1]:8.1f} MB  {seconds:7.0f} s", flush=True)

    budget = BUDGET if asked.answers >= ENOUGH else None
    third, last = found[STEPS * 3 // 10 - 1], found[-1]
    lines = [
        Line("growth from 30 % of the answers to all", last - third, "MB", budget, digits=2),
        Line("  highest of these steps, over the lowest", max(found[2:]) - min(found[2:]), "MB", digits=2),
    ]
    finish(lines, machine, report_only=asked.report_only)


if __name__ == "__main__":
    main()
