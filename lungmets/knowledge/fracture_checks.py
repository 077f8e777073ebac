"""Checks of the score of fracture risk: every word has its points, and every sum one band."""

from __future__ import annotations

from collections.abc import Iterator

from lungmets.errors import Problem
from lungmets.knowledge.references import References
from lungmets.knowledge.schema.fractures import FEATURES, FractureTable
from lungmets.nomenclature import nearest_words

_FILE = "fracture_risk.yaml"


def fracture_problems(names: References) -> Iterator[Problem]:
    """Every defect of the table; a release without one has none."""
    table = names.content.fracture_risk
    if table is None:
        return
    problems = [*_points(names, table)]
    yield from problems
    if not problems:
        yield from _bands(names, table)


def _points(names: References, table: FractureTable) -> Iterator[Problem]:
    """A word without points, or points for a word that nobody can say."""
    for feature in sorted({*FEATURES, *table.points}):
        place = names.place(f"{_FILE}#points")
        if feature not in FEATURES:
            nearest = nearest_words(feature, FEATURES)
            expected = f"one of {', '.join(FEATURES)}"
            yield Problem(place, f"points: {feature!r} is no feature", expected, nearest=nearest)
            continue
        if feature not in table.points:
            yield Problem(place, f"points: {feature!r} is missing", "points for every feature")
            continue
        words = [word.value for word in FEATURES[feature]]
        given = table.points[feature]
        place = names.place(f"{_FILE}#points.{feature}")
        for word in given.keys() - set(words):
            nearest = nearest_words(word, words)
            what = f"{word!r} is not a word of {feature}"
            yield Problem(place, what, f"one of {', '.join(words)}", nearest=nearest)
        for word in words:
            if word not in given:
                yield Problem(place, f"{word!r} has no points", "points for every word")
            elif given[word] < 1:
                yield Problem(place, f"{word!r} has {given[word]} points", "a whole number from 1 on")


def _bands(names: References, table: FractureTable) -> Iterator[Problem]:
    """Bands that leave a sum out, or give it two meanings."""
    given = [words.values() for words in table.points.values()]
    lowest, highest = sum(map(min, given)), sum(map(max, given))
    expected = f"bands that follow each other from {lowest} to {highest}"
    place = names.place(f"{_FILE}#bands")
    after = lowest
    for band in table.bands:
        if band.least != after or band.most < band.least:
            yield Problem(place, f"the band {band.id} goes from {band.least} to {band.most}", expected)
            return
        after = band.most + 1
    if after != highest + 1:
        yield Problem(place, f"the last band ends at {after - 1}", expected)
