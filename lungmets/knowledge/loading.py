"""From a folder of YAML files to checked content.

Every defect is found in one pass and told with its file, its line and its record: what stands
there, what was expected, and what to do. A folder with any defect does not load.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from lungmets.documents import Document, read_file
from lungmets.errors import KnowledgeError, Problem
from lungmets.knowledge import schema
from lungmets.knowledge.claims import Claims
from lungmets.knowledge.content import Content
from lungmets.knowledge.folder import CLAIMS, TABLES, paths
from lungmets.knowledge.schema.claims import ArticleClaims
from lungmets.knowledge.shape import at, explain
from lungmets.nomenclature import nearest_words

_FILES: dict[str, Any] = {
    "release": schema.Release,
    "regimens": schema.Regimens,
    "conditions": schema.Conditions,
    "panel": schema.PanelFile,
    "guardrails": tuple[schema.Guardrail, ...],
    "cautions": tuple[schema.Caution, ...],
    "notes": tuple[schema.Note, ...],
    "supersessions": tuple[schema.Supersession, ...],
    "conflicts": tuple[schema.ConflictRecord, ...],
    "scope": tuple[schema.ScopeRule, ...],
    "alerts": schema.AlertFile,
    "workup": tuple[schema.Step, ...],
    "questions": tuple[schema.Question, ...],
}
"""The files that a folder must have, and what each holds."""

DECLARED = "declared.yaml"
"""A file that a folder may have."""
_LATER_FILES: dict[str, tuple[Any, Any]] = {
    "timelines": (tuple[schema.TimelineRecord, ...], ()),
    "fracture_risk": (schema.FractureTable, None),
    "staging": (schema.StagingFile, None),
    "trial_search": (schema.TrialSearch, None),
    "explanations": (tuple[schema.Explanation, ...], ()),
    "prognosis": (schema.Prognosis, None),
}
"""The files that releases from before them do not have, and what stands for them: releases are compared."""
_WHOLE_FILE = "a YAML file in UTF-8, of at most 1 MB"


class Loaded(NamedTuple):
    """Content, with the place (``file:line``) of each record for later messages.

    Records go by their id; drugs, symptoms, regimens and panel items, whose names are their own,
    have their kind before it, and the fields of a file go by ``file#field``.
    """

    content: Content
    places: dict[str, str]


def load_folder(folder: Path) -> Loaded:
    """Reads and checks the shape of every file of a folder.

    Raises:
        KnowledgeError: with every defect that was found: those of shape, and those of the records
            that are sound against each other.
    """
    if not folder.is_dir():
        raise KnowledgeError([Problem(str(folder), "this is not a folder", "a knowledge folder")])
    reader = Reader(folder)
    parts: dict[str, Any] = {name: reader.read(f"{name}.yaml", kind) for name, kind in _FILES.items()}
    for name, (kind, nothing) in _LATER_FILES.items():
        parts[name] = reader.read(f"{name}.yaml", kind) if (folder / f"{name}.yaml").exists() else nothing
    parts["sources"] = reader.read_each("sources", tuple[schema.Source, ...])
    parts["tables"] = {"supportive": reader.read("supportive.yaml", schema.Table)}
    for name in TABLES:
        parts["tables"] |= reader.read_each(name, schema.Table)
    if (folder / CLAIMS).exists():  # releases from before the claims have none, and are still compared
        read = reader.read_each(CLAIMS, ArticleClaims)
        articles = {file: article for file, article in read.items() if article is not None}
        reader.problems += _misnamed(articles, reader.places)
        parts["claims"] = Claims.of(articles.values())
    if (folder / DECLARED).exists():  # no answer reads it; `lungmets knowledge verify` does
        reader.read(DECLARED, schema.Declared)
    reader.refuse_strangers()
    if not reader.problems:
        return Loaded(Content(**parts), reader.places)
    problems = reader.problems
    if not reader.incomplete:
        from lungmets.knowledge.verification import find_problems

        sound = Loaded(Content(**parts), reader.places)
        problems = [*problems, *find_problems(sound, refused=frozenset(reader.refused))]
    raise KnowledgeError(problems)


def _misnamed(articles: Mapping[str, ArticleClaims], places: Mapping[str, str]) -> Iterator[Problem]:
    """Files of claims that are called otherwise than their article: two could be about the same one."""
    for file, article in articles.items():
        name = file.removeprefix(f"{CLAIMS}/")
        if article.article.id != name:
            what = f"the article is called {article.article.id!r}"
            yield Problem(places[f"{file}.yaml#article.id"], what, f"{name!r}, as its file")


_NOTHING: Mapping[str, str] = MappingProxyType({})


class Reader:
    """Reads the files of one folder, and collects what is wrong with them.

    ``prefix`` stands before every file in the places, to tell folders apart; ``taken`` are the places
    of records of another folder, whose ids cannot be used again.
    """

    def __init__(
        self, folder: Path, *, kind: str = "knowledge", prefix: str = "", taken: Mapping[str, str] = _NOTHING
    ) -> None:
        self.folder = folder
        self.kind = kind
        self.prefix = prefix
        self.taken = taken
        self.problems: list[Problem] = []
        self.places: dict[str, str] = {}
        self.refused: set[str] = set()
        """The names of records that stand in the folder and are not in the content."""
        self.incomplete = False
        """Whether records may be missing whose names are not known."""
        self._read: set[str] = set()

    def read_each(self, name: str, kind: Any) -> dict[str, Any]:
        """Every YAML file of a sub-folder, by its name."""
        found = sorted((self.folder / name).glob("*.yaml"))
        if not found:
            self.incomplete = True
            self.problems.append(Problem(f"{name}/", "no file stands here", "at least one .yaml file"))
        return {f"{name}/{path.stem}": self.read(f"{name}/{path.name}", kind) for path in found}

    def read(self, file: str, kind: Any) -> Any:
        """One file, checked; what is wrong is noted, and what is sound is returned."""
        path = self.folder / file
        self._read.add(file)
        if not path.is_file():
            self.incomplete = True
            what = "this is not a file" if path.exists() or path.is_symlink() else "the file is missing"
            self.problems.append(Problem(self.prefix + file, what, f"this file in every {self.kind} folder"))
            return None
        _, document = read_file(path)
        for problem in document.problems:
            place = self.prefix + (problem.place.replace("line ", f"{file}:") if problem.place else file)
            expected = problem.expected if problem.place else _WHOLE_FILE
            self.problems.append(Problem(place, problem.what, expected, problem.why, problem.do))
        self._note_places(file, document)
        if not document.whole:  # what seems to be missing may stand where it was not read
            self.incomplete = True
            return None
        if isinstance(document.data, dict) and document.problems:  # of a list that stands twice one is lost
            lost = tuple(f"the key {name!r} stands twice" for name in document.data)
            self.incomplete |= any(problem.what.startswith(lost) for problem in document.problems)
        try:
            return TypeAdapter(kind).validate_python(document.data)
        except ValidationError as error:
            self.problems += explain(error, self.prefix + file, document)
            return self._sound_part(kind, document.data, error)

    def unread(self) -> list[str]:
        """Files that nothing reads: knowledge that would silently not count."""
        found = [
            file
            for file, path in paths(self.folder).items()
            if path.is_file() and file not in self._read and file != "CHANGELOG.md"
        ]
        self.incomplete |= bool(found)
        return found

    def refuse_strangers(self) -> None:
        """Every file of a folder is one that is read."""
        for file in self.unread():
            self.problems.append(
                Problem(
                    file,
                    "nothing reads this file",
                    f"one of {', '.join(sorted(self._read))}",
                    nearest=nearest_words(file, self._read),
                )
            )

    def _sound_part(self, kind: Any, data: Any, error: ValidationError) -> Any:
        """A file without the records that were refused, so that the others can still be checked."""
        wrong = {item["loc"][: 1 if isinstance(data, list) else 2] for item in error.errors()}
        if not all(place and isinstance(place[-1], int) and self._refuse(at(data, place)) for place in wrong):
            self.incomplete = True
            return None
        for above in {place[:-1] for place in wrong}:
            kept = [record for index, record in enumerate(at(data, above)) if (*above, index) not in wrong]
            data = {**data, above[0]: kept} if above else kept
        try:
            return TypeAdapter(kind).validate_python(data)
        except ValidationError:  # nothing is left of it
            self.incomplete = True
            return None

    def _refuse(self, record: Any) -> bool:
        """Remembers the name of a refused record; without one, nobody knows what is missing."""
        names = [record.get(key) for key in ("id", "item", "name")] if isinstance(record, dict) else []
        name = next(filter(None, names), None)
        if name is not None:
            self.refused.add(str(name))
        return name is not None

    def _note_places(self, file: str, document: Document) -> None:
        """Where each record and each field of a file stands, and that no two records share an id."""
        for place, line in document.lines.items():
            where = f"{self.prefix}{file}:{line}"
            if place and all(isinstance(step, str) for step in place):
                self.places[f"{file}#{'.'.join(map(str, place))}"] = where
            above, field = place[-2:] if len(place) > 1 else ("", "")
            named = field in {"id", "item"} or (place[:1] == ("drugs",) and field == "name")
            named = named and isinstance(above, int)  # not what is called so inside a record
            if place == ("id",) and self.kind == "knowledge":  # a file that is one record
                field, named = "id", True
            if named or (above == "procedures" and isinstance(field, int)):
                name = at(document.data, place)
                if name is None:  # it is lost with a list whose key stands twice
                    continue
                self._note(f"{_name_space(file, place)}{name}", name, where, field)

    def _note(self, key: str, name: Any, where: str, field: str | int) -> None:
        """Where one name stands, which no other record may have."""
        other = self.places.get(key) or self.taken.get(key)
        if other is not None:
            self.problems.append(
                Problem(
                    where,
                    f"the {'id' if field in {'id', 'item'} else 'name'} {name!r} stands twice",
                    "an id that no other record has",
                    f"it is also at {other}",
                    "an overlay only adds: give its record an id of its own" if key in self.taken else "",
                )
            )
        self.places.setdefault(key, where)


def _name_space(file: str, place: tuple[str | int, ...]) -> str:
    """Ids of records are one name space; some things have names of their own."""
    if place[-1] == "item":
        return "panel:"
    if file == "regimens.yaml":
        return "regimen:" if place[0] == "regimens" else "drug:"  # drugs and procedures are the parts
    return {"symptoms": "symptom:", "courses": "course:"}.get(str(place[0]), "")
