"""From a ``*.scenario.yaml`` file to its scenarios, or to every defect with its line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from lungmets.documents import Document, read_file, read_text
from lungmets.errors import DocumentError, Problem, ProfileError
from lungmets.knowledge.shape import explain
from lungmets.profile import PatientProfile
from lungmets.testing.expectation import Expectation, Names, Taken
from lungmets.testing.scenario import Case, File, Given, Scenario, Written
from lungmets.vocabulary import Jurisdiction, Panel

SUFFIX = ".scenario.yaml"

Place = tuple[str | int, ...]


def read_scenarios(source: str | Path, *, shown_as: str = "") -> tuple[Scenario, ...]:
    """The scenarios of a file, or of a text, in their order; a case of a table is a scenario of its own.

    Args:
        source: the path of a file, or YAML text.
        shown_as: what messages call the file; nothing is the path itself.

    Raises:
        DocumentError: with every defect, each with its file and line.

    >>> read_scenarios("scenarios: []")
    Traceback (most recent call last):
    ...
    lungmets.errors.DocumentError: text:1: scenarios is []; expected a list of at least 1
    """
    file = shown_as or (str(source) if isinstance(source, Path) else "text")
    document = read_file(source)[1] if isinstance(source, Path) else read_text(source)
    return _Reader(file, document).read()


class _Reader:
    def __init__(self, file: str, document: Document) -> None:
        self.file = file
        self.document = document
        self.problems: dict[Problem, None] = {}

    def read(self) -> tuple[Scenario, ...]:
        for problem in self.document.problems:
            place = problem.place.replace("line ", f"{self.file}:") if problem.place else self.file
            self._blame(Problem(place, problem.what, problem.expected, problem.why, problem.do))
        if not self.document.whole:
            self._end()
        try:
            written = File.model_validate(self.document.data)
        except ValidationError as error:
            for problem in explain(error, self.file, self.document, fields=_fields()):
                self._blame(problem)
            self._end()
            raise
        found = list(self._scenarios(written))
        if self.problems:
            self._end()
        return tuple(found)

    def _end(self) -> None:
        raise DocumentError(self.problems)

    def _blame(self, problem: Problem) -> None:
        self.problems.setdefault(problem)

    def _scenarios(self, file: File) -> Iterator[Scenario]:
        seen: dict[str, Place] = {}
        for index, written in enumerate(file.scenarios):
            place: Place = ("scenarios", index)
            self._once(written.id, seen, place)
            layers: list[tuple[Place, Given]] = [(("defaults",), file.defaults), (place, written)]
            if written.cases is None:
                yield from self._scenario(written, None, layers)
                continue
            cases: dict[str, Place] = {}
            for number, case in enumerate(written.cases):
                below = (*place, "cases", number)
                self._once(case.id, cases, below)
                yield from self._scenario(written, case, [*layers, (below, case)])

    def _once(self, name: str, seen: dict[str, Place], place: Place) -> None:
        if name in seen:
            first = self.document.line(*seen[name], "id")
            self._blame(
                Problem(
                    f"{self.file}:{self.document.line(*place, 'id')} ({name})",
                    f"the id {name!r} stands twice",
                    "an id that no other one has",
                    f"it is also on line {first}",
                )
            )
        seen.setdefault(name, place)

    def _scenario(
        self, written: Written, case: Case | None, layers: list[tuple[Place, Given]]
    ) -> Iterator[Scenario]:
        """The scenario, unless a part of it is wrong."""
        name = f"{written.id}[{case.id}]" if case else written.id
        here = layers[-1][0]
        profile = self._profile(name, layers)
        expect, origins = self._expectation(layers)
        stated = {
            key: value
            for _, layer in layers
            for key in ("citation", "as_of", "jurisdiction", "panel", "knowledge")
            if (value := getattr(layer, key))
        }
        if "citation" not in stated:
            self._blame(
                Problem(
                    f"{self.file}:{self.document.line(*here)} ({name})",
                    "'citation' is missing",
                    "what this scenario encodes",
                    do="name a source of the knowledge by its id, or write a reference",
                )
            )
        if profile is None or expect is None or "citation" not in stated:
            return
        yield Scenario(
            id=written.id,
            case=case.id if case else None,
            text=(case.text if case and case.text else written.text),
            citation=stated["citation"],
            as_of=stated.get("as_of"),
            jurisdiction=stated.get("jurisdiction", Jurisdiction.US),
            panel=stated.get("panel", Panel.CORE),
            knowledge=stated.get("knowledge"),
            marks=tuple(dict.fromkeys(mark for _, layer in layers for mark in layer.marks)),
            profile=profile,
            expect=expect,
            file=self.file,
            place=f"{self.file}:{self.document.line(*here)}",
            lines=self._lines(origins),
        )

    def _profile(self, name: str, layers: list[tuple[Place, Given]]) -> PatientProfile | None:
        """The fields of all layers; a later layer states a field anew."""
        fields: dict[str, Any] = {}
        origins: dict[str, Place] = {}
        for place, layer in layers:
            fields |= layer.profile
            origins |= {field: (*place, "profile", field) for field in layer.profile}
        try:
            return PatientProfile.model_validate(fields)
        except ProfileError as error:
            for problem in error.problems:
                field, *rest = problem.path or ("",)
                origin = origins.get(str(field), layers[-1][0])
                line = self.document.line(*origin, *rest)
                where = f"{self.file}:{line} ({name})"
                what = f"profile.{problem.place}: {problem.what}" if problem.path else problem.what
                self._blame(Problem(where, what, problem.expected, problem.why, problem.do, problem.nearest))
            return None

    def _expectation(self, layers: list[tuple[Place, Given]]) -> tuple[Expectation | None, dict[str, Place]]:
        """The parts of the scenario and of the case; a case states a part anew."""
        parts: dict[str, Any] = {}
        origins: dict[str, Place] = {}
        whole = layers[-1][0]
        for place, layer in layers:
            expect = getattr(layer, "expect", {})
            parts |= expect
            origins |= {key: (*place, "expect", key) for key in expect}
            if expect:
                whole = (*place, "expect")

        def below(location: tuple[Any, ...]) -> Place:
            if not location:
                return whole
            return (*origins.get(location[0], (*whole, location[0])), *location[1:])

        try:
            return Expectation.model_validate(parts), origins
        except ValidationError as error:
            for problem in explain(error, self.file, self.document, below=below, fields=_fields()):
                self._blame(problem)
            return None, origins

    def _lines(self, origins: dict[str, Place]) -> dict[str, int]:
        """The line of each part of an expectation, and of what stands inside it."""
        found: dict[str, int] = {}
        for key, origin in origins.items():
            for place, line in self.document.lines.items():
                if place[: len(origin)] == origin:
                    inside = [str(step) for step in place[len(origin) :]]
                    found[".".join([key, *inside])] = line
        return found


@cache
def _fields() -> tuple[str, ...]:
    """The names that a misspelt key may have meant."""
    models = (File, Given, Case, Written, Expectation, Names, Taken)
    return tuple(sorted({name for model in models for name in model.model_fields}))
