"""A cohort: rows a second of ``assess_frame``, beside a plain loop over ``assess``, and the memory it takes.

Three cohorts: the panel alone, the panel with each row's own day, and nearly every field, of which hardly
two rows are alike. The loop is timed on the first rows only, and makes its profiles too, as a loop must.
"""

import random
import time
import tracemalloc
from datetime import date, timedelta
from typing import Any

import pandas as pd
from measuring import Line, Machine, finish, options
from random_profiles import of_panel, of_rest

from lungmets import PatientProfile, assess
from lungmets.cohort import assess_frame

BUDGET = 10  # percent of what a plain loop takes, for the panel alone
LOOP = 1_000
FIRST = date(2004, 1, 1)


def rows(count: int, *, rest: bool) -> list[dict[str, Any]]:
    rng = random.Random(7)  # noqa: S311  -- the same cohort in every run, and no secret
    return [of_panel(rng) | (of_rest(rng) if rest else {}) for _ in range(count)]


def panel_frame(count: int) -> pd.DataFrame:
    """Random panels, put together from a few thousand, so that a million are made in reasonable time."""
    some = rows(min(count, 20_000), rest=False)
    rng = random.Random(8)  # noqa: S311  -- see above
    names = sorted({name for row in some for name in row})
    columns = {name: [row.get(name) for row in some] for name in names}
    return pd.DataFrame(
        {name: pd.Series(rng.choices(cells, k=count), dtype="object") for name, cells in columns.items()}
    )


def measured(
    name: str, frame: pd.DataFrame, as_of: str | None = None, budget: float | None = None
) -> list[Line]:
    begun = time.perf_counter()
    found = assess_frame(frame, as_of=as_of)
    micro = (time.perf_counter() - begun) / len(frame) * 1e6
    fields = frame.drop(columns=[as_of] if as_of else [])
    begun = time.perf_counter()
    for position, row in enumerate(fields.head(LOOP).to_dict("records")):
        day = frame[as_of].iloc[position] if as_of else None
        stated = {
            key: cell for key, cell in row.items() if isinstance(cell, (list, dict)) or not pd.isna(cell)
        }
        answer = assess(PatientProfile(**stated), as_of=day)
        assert answer.status == found.frame["status"].iloc[position] if position < 10 else True
    loop = (time.perf_counter() - begun) / min(LOOP, len(frame)) * 1e6
    return [
        Line(f"{name}: {len(frame):,} rows", micro, "µs a row"),
        Line("  a loop over assess", loop, "µs a row"),
        Line("  of the loop's time", micro / loop * 100, "percent", budget),
    ]


def memory(count: int) -> list[Line]:
    frame = panel_frame(count)
    tracemalloc.start()
    found = assess_frame(frame)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == count
    return [
        Line(f"memory: {count:,} rows, at most", peak / count, "bytes a row"),
        Line("  kept", kept / count, "bytes a row"),
    ]


def main() -> None:
    asked = options(__doc__, answers=1_000_000)
    machine = Machine()
    lines = measured("the panel alone", panel_frame(asked.answers), budget=BUDGET)
    few = panel_frame(max(asked.answers // 10, 1))
    few["day"] = [FIRST + timedelta(days=97 * number % 8_300) for number in range(len(few))]
    lines += measured("the panel, each row of its own day", few, as_of="day")
    every = pd.DataFrame(rows(max(asked.answers // 50, 1), rest=True), dtype="object")
    lines += measured("nearly every field", every)
    lines += memory(max(asked.answers // 5, 1))
    finish(lines, machine, report_only=asked.report_only)


if __name__ == "__main__":
    main()
