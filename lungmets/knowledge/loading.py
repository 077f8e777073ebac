"""From a folder of YAML files to checked content.

Every defect is found in one pass and told with its file, its line and its record: what stands
there, what was expected, and what to do. A folder with any defect does not load.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from lungmets.documents import Document, read_file
from lungmets.errors import KnowledgeError, Problem, shown
from lungmets.knowledge import schema
from lungmets.knowledge.content import Content
from lungmets.nomenclature import nearest_words

_FILES: dict[str, Any] = {
    "release": schema.Release,
    "regimens": schema.Regimens,
    "conditions": schema.Conditions,
    "panel": schema.PanelFile,
    "guardrails": tuple[schema.Guardrail, ...],
    "cautions": tuple[schema.Caution, ...],
    "supersessions": tuple[schema.Supersession, ...],
    "conflicts": tuple[schema.ConflictRecord, ...],
    "scope": tuple[schema.ScopeRule, ...],
    "alerts": schema.AlertFile,
    "workup": tuple[schema.Advice, ...],
    "questions": tuple[schema.Advice, ...],
}
"""The files that a folder must have, and what each holds."""

_TABLES = ("systemic", "sites")
"""The folders of decision tables; ``supportive.yaml`` is one more table."""


class Loaded(NamedTuple):
    """Content, with the place (``file:line``) of each record for later messages."""

    content: Content
    places: dict[str, str]


def load_folder(folder: Path) -> Loaded:
    """Reads and checks the shape of every file of a folder.

    Raises:
        KnowledgeError: with every defect of shape that was found.
    """
    if not folder.is_dir():
        raise KnowledgeError([Problem(str(folder), "this is not a folder", "a knowledge folder")])
    reader = _Reader(folder)
    parts: dict[str, Any] = {name: reader.read(f"{name}.yaml", kind) for name, kind in _FILES.items()}
    parts["sources"] = reader.read_each("sources", tuple[schema.Source, ...])
    parts["tables"] = {"supportive": reader.read("supportive.yaml", schema.Table)}
    for name in _TABLES:
        parts["tables"] |= reader.read_each(name, schema.Table)
    reader.refuse_strangers()
    if reader.problems:
        raise KnowledgeError(reader.problems)
    return Loaded(Content(**parts), reader.places)


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.places: dict[str, str] = {}
        self._read: set[str] = set()

    def read_each(self, name: str, kind: Any) -> dict[str, Any]:
        """Every YAML file of a sub-folder, by its name."""
        found = sorted((self.folder / name).glob("*.yaml"))
        if not found:
            self.problems.append(Problem(f"{name}/", "no file stands here", "at least one .yaml file"))
        return {f"{name}/{path.stem}": self.read(f"{name}/{path.name}", kind) for path in found}

    def read(self, file: str, kind: Any) -> Any:
        """One file, checked; what is wrong is noted and ``None`` returned."""
        path = self.folder / file
        self._read.add(file)
        if not path.is_file():
            self.problems.append(Problem(file, "the file is missing", "this file in every knowledge folder"))
            return None
        _, document = read_file(path)
        for problem in document.problems:
            place = problem.place.replace("line ", f"{file}:") if problem.place else file
            self.problems.append(Problem(place, problem.what, problem.expected, problem.why, problem.do))
        self._note_places(file, document)
        try:
            return TypeAdapter(kind).validate_python(document.data)
        except ValidationError as error:
            # A list whose members were refused is "too short" as well: that is no second defect.
            found = [item for item in error.errors() if item["type"] != "too_short" or not item["input"]]
            self.problems.extend(_explain(item, file, document) for item in found)
            return None

    def refuse_strangers(self) -> None:
        """A file that nothing reads would be knowledge that silently does not count."""
        for path in sorted(self.folder.rglob("*")):
            file = path.relative_to(self.folder).as_posix()
            hidden = any(part.startswith(("__", ".")) for part in file.split("/"))
            if path.is_file() and not hidden and file not in self._read and file != "CHANGELOG.md":
                self.problems.append(
                    Problem(
                        file,
                        "nothing reads this file",
                        f"one of {', '.join(sorted(self._read))}",
                        nearest=nearest_words(file, self._read),
                    )
                )

    def _note_places(self, file: str, document: Document) -> None:
        """Where each record stands, and that no two records share an id."""
        for place, line in document.lines.items():
            if place and place[-1] in {"id", "item"}:
                record = _at(document.data, place)
                # Symptoms and regimens have their own name spaces; ids of records are one.
                space = "regimen:" if file == "regimens.yaml" else "symptom:" if "symptoms" in place else ""
                key = f"{space}{record}"
                if key in self.places:
                    self.problems.append(
                        Problem(
                            f"{file}:{line}",
                            f"the id {record!r} stands twice",
                            "an id that no other record has",
                            f"it is also at {self.places[key]}",
                        )
                    )
                self.places.setdefault(key, f"{file}:{line}")


def _at(data: Any, place: tuple[str | int, ...]) -> Any:
    for step in place:
        data = data[step]
    return data


def _explain(error: Any, file: str, document: Document) -> Problem:
    """One finding of the schema, as a curator needs it."""
    location = tuple(step for step in error["loc"] if _reachable(document.data, error["loc"], step))
    record = _record_of(document.data, location)
    place = f"{file}:{document.line(*location)}" + (f" ({record})" if record else "")
    path = ".".join(str(step) for step in location[-2:])
    if error["type"] == "missing":
        return Problem(place, f"{error['loc'][-1]!r} is missing", "this field in every such record")
    if error["type"] == "extra_forbidden":
        name = str(error["loc"][-1])
        return Problem(
            place,
            f"{name!r} is not a field of this record",
            "a field of the schema",
            nearest=nearest_words(name, _fields()),
        )
    return Problem(place, f"{path} is {shown(error['input'])}", str(error["msg"]))


def _reachable(data: Any, location: tuple[Any, ...], step: Any) -> bool:
    """Whether a step is a real place; pydantic adds steps such as the names of validators."""
    for part in location:
        if (isinstance(data, dict) and part in data) or (
            isinstance(data, (list, tuple)) and isinstance(part, int) and part < len(data)
        ):
            data = data[part]
        elif part is step:
            return False
        if part is step:
            return True
    return False


def _record_of(data: Any, location: tuple[Any, ...]) -> str:
    """The id of the record that a place belongs to."""
    found = ""
    for step in (None, *location):
        if step is not None:
            data = data[step]
        if isinstance(data, dict):
            found = str(data.get("id") or data.get("item") or found)
    return found


def _fields() -> list[str]:
    """Names that a misspelt field may have meant: those of all schemas."""
    names: set[str] = set()
    for model in vars(schema).values():
        if isinstance(model, type) and issubclass(model, schema.Record):
            names.update(field.alias or name for name, field in model.model_fields.items())
    return sorted(names)
