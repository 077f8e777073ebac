"""The three engines beside each other: what one match costs, and one whole answer.

The bitmaps are the engine for every use; the others are there to check them. durable-rules runs in a
process of its own, so its first match counts the start of that process, and each further one the way there
and back. What an engine remembers is part of it: "new" states were never asked before, "again" were.
"""

import importlib.util
import random
from collections.abc import Iterator
from itertools import islice

from measuring import Line, Machine, finish, options, summary, timed
from random_profiles import every_field, panel_only, with_gaps

from lungmets import PatientProfile, assess
from lungmets.engine.encoding import encode
from lungmets.engine.matched import Matched
from lungmets.engine.scheme import States
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.vocabulary import Engine

PROFILES = 100
BATCH = 10


def engines() -> list[Engine]:
    without = {Engine.DURABLE} if importlib.util.find_spec("durable_rules_engine") is None else set()
    if without:
        print("(durable-rules is not installed, and left out)")
    return [engine for engine in Engine if engine not in without]


def states_of(base: KnowledgeBase, seed: int) -> list[States]:
    """Of profiles in which nearly everything is stated, or little."""
    profiles = [*islice(every_field(seed), PROFILES // 2), *islice(with_gaps(seed), PROFILES // 2)]
    random.Random(seed).shuffle(profiles)  # noqa: S311  -- the same order in every run
    return [encode(base, profile) for profile in profiles]


def batches(items: list) -> Iterator[list]:
    return (items[first : first + BATCH] for first in range(0, len(items), BATCH))


def of_one_match(engine: Engine, base: KnowledgeBase) -> list[Line]:
    scheme, _ = base.engine(engine)
    asked = states_of(base, seed=1)
    first = timed(scheme.match, asked[:1])
    if isinstance(scheme, Matched):
        again = [timed(scheme.matcher.match, asked[:BATCH]) for _ in range(10)]
    else:
        again = [timed(scheme.match, asked[:BATCH]) for _ in range(10)]
    new = [timed(scheme.match, batch) for batch in batches(states_of(base, seed=2))]
    return [
        Line(f"{engine.value}: the first match of a knowledge base", first, "µs"),
        Line("  one match, states that are new", summary(new), "µs"),
        Line("  one match, states that were asked before", summary(again), "µs"),
    ]


def of_one_answer(engine: Engine, base: KnowledgeBase) -> list[Line]:
    complete = list(islice(panel_only(seed=3), PROFILES))
    lacking = [PatientProfile(histology="adenocarcinoma", ecog_ps=grade, age=age)
               for grade in (0, 2) for age in (40, 80)]  # fmt: skip

    def ask(profile: PatientProfile) -> object:
        return assess(profile, knowledge=base, engine=engine)

    answered = [timed(ask, batch) for batch in batches(complete)]
    refused = [timed(ask, [profile]) for profile in lacking]
    return [
        Line("  one answer, the panel alone, new profiles", summary(answered), "µs"),
        Line("  one refusal, nearly nothing is known", summary(refused), "µs"),
    ]


def main() -> None:
    asked = options(__doc__)
    machine = Machine()
    content = shipped().content
    lines: list[Line] = []
    for engine in engines():
        base = KnowledgeBase(content, "of this benchmark")  # nothing is remembered yet
        lines += of_one_match(engine, base)
        lines += of_one_answer(engine, base)
    print("The engines, microseconds each")
    finish(lines, machine, report_only=asked.report_only)


if __name__ == "__main__":
    main()
