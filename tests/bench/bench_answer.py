"""A full cited answer: the same question again, thousands of different ones, and refusals.

Each question of the second kind is asked once: whatever the library remembers comes from other
profiles. The answers are thrown away. Making the profiles is no part of an answer, and has a line of
its own. A median of batches hides the full garbage collections, which are rare and long; the mean
over all batches does not.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from measuring import Line, Machine, finish, options, summary, timed
from random_profiles import every_field, panel_only

from lungmets import DocumentedOptions, PatientProfile, Refusal, assess

BUDGET = 200  # microseconds
DISTINCT = 2_000
BATCH = 20
"""Few at once, so that on a busy machine most batches are not interrupted."""
_NEGATIVE = dict.fromkeys(("egfr", "alk", "ros1", "kras", "met", "ret"), "negative")

AGAIN = {
    "no driver, TPS 75": {"pd_l1_tps": 75, "brain_lesions": 0},
    "no driver, TPS 75, autoimmune, bone": {
        "pd_l1_tps": 75,
        "brain_lesions": 0,
        "metastatic_sites": ["liver", "bone"],
        "contraindications": ["autoimmune_disease"],
    },
    "EGFR L858R, three brain lesions": {"egfr": "L858R", "pd_l1_tps": "<1", "brain_lesions": 3},
    "ALK, a seizure": {"alk": "fusion", "pd_l1_tps": 5, "brain_lesions": 1, "symptoms": ["first seizure"]},
}


def stated(**more: object) -> PatientProfile:
    return PatientProfile(**{"histology": "adenocarcinoma", **_NEGATIVE, "ecog_ps": 1, **more})


def again(batches: int) -> list[Line]:
    lines = []
    for name, more in AGAIN.items():
        profile = stated(**more)
        answer = assess(profile)
        assert isinstance(answer, DocumentedOptions), answer
        timed(assess, [profile] * BATCH)
        times = [timed(assess, [profile] * BATCH) for _ in range(batches)]
        lines.append(Line(f"again: {name}", summary(times), "µs", BUDGET))
    return lines


def distinct(name: str, profiles: Iterator[PatientProfile], rounds: int) -> list[Line]:
    """The first 2,000 only warm what answers share; every profile is made just before its batch."""
    making, answering = [], []
    for number in range((rounds + 1) * DISTINCT // BATCH):
        batch: list[PatientProfile] = []
        making.append(timed(lambda _, keep=batch.append: keep(next(profiles)), range(BATCH)))
        time = timed(assess, batch)
        if number >= DISTINCT // BATCH:
            answering.append(time)
    assert all(isinstance(assess(profile), DocumentedOptions) for profile in batch)
    return [
        Line(f"distinct, {name}: {rounds} x {DISTINCT}", summary(answering), "µs", BUDGET),
        Line("  the mean", sum(answering) / len(answering), "µs"),
        Line("  (making one of these profiles)", summary(making), "µs"),
    ]


def only_the_score_is_new(batches: int) -> Line:
    """Profiles that were asked before, but for another number in the same bin of the TPS."""
    known = list(islice(every_field(seed=4), BATCH))
    for profile in known:
        assess(profile)
    times = []
    for step in range(1, batches + 1):
        batch = [with_other_score(profile, step / (batches + 1)) for profile in known]
        times.append(timed(assess, batch))
    return Line("distinct, only the number of the TPS is new", summary(times), "µs", BUDGET)


def with_other_score(profile: PatientProfile, more: float) -> PatientProfile:
    score = (
        profile.pd_l1_tps.low or 0
    ) + more  # the TPS of these profiles is whole, the bins begin at 0, 1, 50
    other = profile.pd_l1_tps.model_copy(update={"low": min(score, 100.0), "high": min(score, 100.0)})
    return profile.model_copy(update={"pd_l1_tps": other})


def refusals(batches: int) -> list[Line]:
    whole = {"histology": "adenocarcinoma", **_NEGATIVE, "pd_l1_tps": 75, "ecog_ps": 1, "brain_lesions": 0}
    one_missing = [
        PatientProfile(**{name: value for name, value in whole.items() if name != left_out})
        for left_out in whole
    ]
    groups = {
        f"refusal: one item of {len(whole)} is missing": one_missing,
        "refusal: histology and ECOG alone are known": [
            PatientProfile(histology="adenocarcinoma", ecog_ps=1)
        ],
        "refusal: nothing is known": [PatientProfile()],
    }
    lines = []
    for name, profiles in groups.items():
        assert all(isinstance(assess(profile), Refusal) for profile in profiles)
        times = [timed(assess, profiles) for _ in range(batches)]
        lines.append(Line(name, summary(times), "µs"))
    return lines


def main() -> None:
    asked = options(__doc__, batches=100, rounds=3)
    machine = Machine()
    populations: dict[str, Callable[[int], Iterator[PatientProfile]]] = {
        "panel alone": panel_only,
        "nearly every field": every_field,
    }
    lines = again(asked.batches)
    for number, (name, population) in enumerate(populations.items(), start=1):
        lines += distinct(name, population(number), asked.rounds)
    lines += [only_the_score_is_new(asked.batches), *refusals(asked.batches)]
    print("A full cited answer, microseconds each (aim for the same question again: 50)")
    finish(lines, machine, report_only=asked.report_only)


if __name__ == "__main__":
    main()
