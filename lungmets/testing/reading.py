"""From a ``*.scenario.yaml`` file to its scenarios, or to every defect with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from lungmets.documents import Document, read_file, read_text
from lungmets.errors import DocumentError, Problem, ProfileError
from lungmets.knowledge.shape import at, explain
from lungmets.profile import PatientProfile
from lungmets.testing.expectation import Expectation, Logged, Names, Staged, Taken
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
        """The scenarios, or every defect."""
        for problem in self.document.problems:
            place = problem.place.replace("line ", f"{self.file}:") if problem.place else self.file
            self._blame(Problem(place, problem.what, problem.expected, problem.why, problem.do))
        if not self.document.whole:
            self._end()
        if not isinstance(self.document.data, dict):
            what = "the file is empty" if self.document.data is None else "this is no table of fields"
            self._blame(Problem(f"{self.file}:1", what, "`scenarios:`, and a list of scenarios below it"))
            self._end()
        try:
            written = File.model_validate(self.document.data)
        except ValidationError as error:
            self._blame_shape(error, _fields_of_file)
            self._end()
            raise
        self._blame_nothing()
        found = list(self._scenarios(written))
        if self.problems:
            self._end()
        return tuple(found)

    def _end(self) -> None:
        raise DocumentError(self.problems)

    def _blame(self, problem: Problem) -> None:
        self.problems.setdefault(problem)

    def _blame_shape(
        self,
        error: ValidationError,
        fields: Callable[[Place], Iterable[str]],
        below: Callable[[Place], Place] = tuple,
    ) -> None:
        for found in explain(error, self.file, self.document, below=below, fields=fields, record=self._owner):
            problem = found
            if found.what == "'status' is missing":
                problem = replace(found, expected="documented or refused", do="state it under `expect`")
            self._blame(problem)

    def _blame_nothing(self) -> None:
        """A key without a value expects nothing, and looks as if it did. In a profile it means unknown."""
        for place in self.document.lines:
            if "profile" not in place and at(self.document.data, place) is None:
                self._blame(
                    Problem(
                        self._where(place),
                        f"{place[-1]} has no value",
                        "a value",
                        do="leave the line out where nothing is meant",
                    )
                )
        if self.problems:
            self._end()

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
                    self._where((*place, "id")),
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
        here = layers[-1][0]
        profile = self._profile(layers)
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
                    self._where(here if any(one.citation for one in written.cases or ()) else here[:2]),
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
            lines=self._lines(origins) | {"citation": self._line_of("citation", layers)},
        )

    def _line_of(self, field: str, layers: list[tuple[Place, Given]]) -> int:
        """The line on which a field was stated last."""
        place = [place for place, layer in layers if getattr(layer, field)][-1]
        return self.document.line(*place, field)

    def _where(self, place: Place) -> str:
        """File, line, and the scenario or the case that a place belongs to."""
        owner = self._owner(place)
        return f"{self.file}:{self.document.line(*place)}" + (f" ({owner})" if owner else "")

    def _owner(self, place: Place) -> str:
        """The scenario or the case that a place belongs to: ``id[case]``."""
        match place:
            case "scenarios", int(), "cases", int(), *_:
                scenario, case = (at(self.document.data, (*place[:end], "id")) for end in (2, 4))
                return f"{scenario}[{case}]" if scenario and case else str(scenario or "")
            case "scenarios", int(), *_:
                return str(at(self.document.data, (*place[:2], "id")) or "")
            case "defaults", *_:
                return "defaults"
            case _:
                return ""

    def _profile(self, layers: list[tuple[Place, Given]]) -> PatientProfile | None:
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
                where = self._where((*origins.get(str(field), layers[-1][0]), *rest))
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
            self._blame_shape(error, _fields_of_expectation, below)
            return None, origins

    def _lines(self, origins: dict[str, Place]) -> dict[str, int]:
        """The line of each part of an expectation, and of what stands inside it."""
        found: dict[str, int] = {}
        for key, origin in origins.items():
            for place in self._inside.get(origin, ()):
                inside = [str(step) for step in place[len(origin) :]]
                found[".".join([key, *inside])] = self.document.lines[place]
        return found

    @cached_property
    def _inside(self) -> dict[Place, list[Place]]:
        """The places of the document, by the part of an expectation that they belong to."""
        found: dict[Place, list[Place]] = {}
        for place in self.document.lines:
            if "expect" in place:
                found.setdefault(place[: place.index("expect") + 2], []).append(place)
        return found


def _fields_of_file(place: Place) -> Iterable[str]:
    """What may stand at a place of a file: each level has fields of its own."""
    if "cases" in place:
        return Case.model_fields
    if "scenarios" in place:
        return Written.model_fields
    return Given.model_fields if place else File.model_fields


def _fields_of_expectation(place: Place) -> Iterable[str]:
    if not place:
        return Expectation.model_fields
    inside = str(place[0])
    if inside in {"staging", "symptom_log"} and not {"missing", "to_settle", "remarks"} & set(place):
        return Staged.model_fields if inside == "staging" else Logged.model_fields
    return Taken.model_fields if place[0] in {"withheld", "superseded"} else Names.model_fields
