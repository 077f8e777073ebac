"""Where the disease is, held against an expectation: likely sites, the symptom log, the staging."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from lungmets.assessment import DocumentedOptions, LoggedSymptom, Refusal, Staging
from lungmets.testing.expectation import Expectation, Logged, Names, Staged

Different: TypeAlias = tuple[str, str, str, tuple[str, ...]]
"""The part of the expectation, what was expected, what came, and why."""


def differences(expect: Expectation, answer: Refusal | DocumentedOptions) -> Iterator[Different]:
    """Everything in which an answer says otherwise where the disease is."""
    sites = {alert.id: alert.sites for alert in answer.alerts}
    for name, wanted in expect.sites.items():
        got = sites.get(name)
        if got is None or set(got) != set(wanted):
            said = "not among the alerts" if got is None else f"likely in {_words(got)}"
            yield f"sites.{name}", f"{name} is likely in {_words(wanted)}", f"{name} is {said}", ()
    if expect.symptom_log is not None:
        yield from _logged(expect.symptom_log, answer.symptom_log)
    if expect.staging is not None:
        yield from _staged(expect.staging, answer.staging)


def lists(
    expect: Expectation, answer: Refusal | DocumentedOptions
) -> Iterator[tuple[str, Names | None, list[str], str]]:
    """The lists of names in the staging: which part, what is expected, what came, what one is called."""
    wanted, found = expect.staging, answer.staging
    if wanted is None:
        return
    missing = [item.item for item in found.missing if item.item is not None]
    yield "staging.missing", wanted.missing, missing, "gap of the staging"
    yield (
        "staging.to_settle",
        wanted.to_settle,
        [one.id for one in found.to_settle],
        "open point of the staging",
    )
    yield "staging.remarks", wanted.remarks, [one.id for one in found.remarks], "remark of the staging"


def _logged(log: Sequence[Logged], found: Sequence[LoggedSymptom]) -> Iterator[Different]:
    wanted, told = (tuple(entry.what for entry in part) for part in (log, found))
    if told != wanted:
        yield "symptom_log", f"the log is {_words(wanted)}", f"the log is {_words(told)}", ()
        return
    for index, (wants, has) in enumerate(zip(log, found, strict=True)):
        for key in ("understood_as", "course_as", "alerts"):
            expected, got = getattr(wants, key), getattr(has, key)
            if key in wants.model_fields_set and expected != got:
                begin = f"{wants.what!r} has {key}"
                yield (
                    f"symptom_log.{index}.{key}",
                    f"{begin} {_words(expected)}",
                    f"{begin} {_words(got)}",
                    (),
                )


def _staged(wanted: Staged, found: Staging) -> Iterator[Different]:
    why = tuple(value for held in found.because for value in held.values)
    why += tuple(item.text for item in found.missing)
    for key in ("edition", "category", "stage"):
        expected, got = getattr(wanted, key), getattr(found, key)
        if key in wanted.model_fields_set and expected != got:
            yield f"staging.{key}", f"{key} {_words(expected)}", f"{key} {_words(got)}", why
    for key in ("possible_categories", "possible_stages"):
        expected, got = getattr(wanted, key), getattr(found, key)
        if expected is not None and set(expected) != set(got):
            yield f"staging.{key}", f"{key}: {_words(expected)}", f"{key}: {_words(got)}", why


def _words(value: object) -> str:
    return (", ".join(value) if isinstance(value, tuple) else str(value or "")) or "none"
