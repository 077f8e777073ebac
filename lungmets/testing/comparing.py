"""An answer held against an expectation, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from lungmets.assessment import DocumentedOptions, Option, Refusal, Remark
from lungmets.display.doubts import in_doubt
from lungmets.knowledge.base import KnowledgeBase
from lungmets.nearness import Rows, period_in_words
from lungmets.results import Closed
from lungmets.testing import where
from lungmets.testing.expectation import OF_ONE_OPTION, TOLD, Names
from lungmets.testing.names import OptionNames
from lungmets.testing.saying import citations_beside, options_of, said_of, told
from lungmets.testing.scenario import Scenario

_ONE_OF = {
    "citations": "citation",
    "because": "row",
    "notes": "note",
    "cautions": "caution",
    "prerequisites": "prerequisite",
    "explanation": "explanation",
    "certain": "certain statement",
    "assumptions": "assumption",
    "next_steps": "next step",
    "questions": "question",
}
"""What one name of each list is called."""

_MOST_NAMES = 12
"""Names that a finding lists; an answer may cite a hundred sources."""


class Finding(Closed):
    """One thing that is not as expected; ``why`` holds the rows and conditions behind it."""

    key: str
    place: str
    expected: str
    got: str
    why: tuple[str, ...] = ()


def compare(
    scenario: Scenario, answer: Refusal | DocumentedOptions, base: KnowledgeBase
) -> Iterator[Finding]:
    """Everything in which an answer differs from what the scenario expects."""
    return _Comparison(scenario, answer, base).findings()


class _Comparison:
    def __init__(self, scenario: Scenario, answer: Refusal | DocumentedOptions, base: KnowledgeBase) -> None:
        self.scenario = scenario
        self.expect = scenario.expect
        self.answer = answer
        self.base = base
        self.names = OptionNames(base)

    def findings(self) -> Iterator[Finding]:
        expect, answer = self.expect, self.answer
        if answer.status != expect.status:
            yield self._finding("status", f"status {expect.status}", *self._status())
        elif isinstance(answer, Refusal):
            yield from self._refused(answer)
        else:
            yield from self._documented(answer)
        alerts = [alert.id for alert in answer.alerts]
        yield from self._names("alerts", expect.alerts, alerts, "alert")
        cited = [citation.id for option in options_of(answer) for citation in option.citations]
        cited += [citation.id for citations in citations_beside(answer) for citation in citations]
        yield from self._names("cited", expect.cited, list(dict.fromkeys(cited)), "citation")
        yield from self._names("said", expect.said, told(answer), "remark")
        yield from self._told(answer)

    def _told(self, answer: Refusal | DocumentedOptions) -> Iterator[Finding]:
        """What is told beside the options, by the records that say it."""
        expect = self.expect
        urgencies = {alert.id: alert.urgency for alert in answer.alerts}
        for name, wanted in expect.urgency.items():
            if urgencies.get(name) != wanted:
                got = urgencies.get(name, "not among the alerts")
                yield self._finding(f"urgency.{name}", f"{name} is {wanted}", f"{name} is {got}")
        for different in where.differences(expect, answer):
            yield self._finding(*different)
        for key, names, ids, kind in where.lists(expect, answer):
            yield from self._names(key, names, ids, kind)
        for key in TOLD:
            remarks: tuple[Remark, ...] = getattr(answer, key)
            ids = [remark.id for remark in remarks]
            yield from self._names(key, getattr(expect, key), ids, _ONE_OF[key])
        left_out = list(answer.not_considered)
        yield from self._names("not_considered", expect.not_considered, left_out, "left-out gene")

    # ---- refusals -----------------------------------------------------------------------------

    def _status(self) -> tuple[str, tuple[str, ...]]:
        answer = self.answer
        if isinstance(answer, Refusal):
            said = [remark.text for remark in answer.explanation]
            said += [f"{item.item} is missing: {item.why}" for item in answer.missing]
            if answer.missing:
                said.append("state what is missing in the profile, or expect the refusal")
            return f"a refusal: {answer.reason}", tuple(said)
        names = _some([option.id for option in answer.options])
        wanted = self.expect.missing or self.expect.decisive
        awaited = (*wanted.include, *(wanted.exactly or ())) if wanted else ()
        why = [f"{name} is answered, or is not asked on {answer.as_of}" for name in awaited]
        return f"documented options: {names}", tuple(why)

    def _refused(self, answer: Refusal) -> Iterator[Finding]:
        expect = self.expect
        if expect.reason is not None and expect.reason != answer.reason:
            said = tuple(remark.text for remark in answer.explanation)
            yield self._finding("reason", f"a refusal: {expect.reason}", f"a refusal: {answer.reason}", said)
        whys = {item.item: item.why for item in answer.missing}
        yield from self._names("missing", expect.missing, list(whys), "missing item", self._item)
        decisive = [item.item for item in answer.missing if item.decisive]
        yield from self._names("decisive", expect.decisive, decisive, "decisive item", self._item)
        for key, remarks in (("explanation", answer.explanation), ("certain", answer.certain)):
            ids = [remark.id for remark in remarks]
            yield from self._names(key, getattr(expect, key), ids, _ONE_OF[key])

    def _item(self, name: str) -> tuple[str, tuple[str, ...]]:
        found = [item for item in self.answer.missing if item.item == name] if isinstance(
            self.answer, Refusal) else []  # fmt: skip
        if not found:
            return f"{name} is answered, or is not asked on {self.answer.as_of}", ()
        kind = "decisive" if found[0].decisive else "not decisive"
        return f"{name} is missing ({kind})", (found[0].why,)

    # ---- options ------------------------------------------------------------------------------

    def _documented(self, answer: DocumentedOptions) -> Iterator[Finding]:
        expect = self.expect
        yield from self._options("options", expect.options, answer.options)
        yield from self._options("withheld", expect.withheld, answer.withheld)
        yield from self._options("superseded", expect.superseded, answer.superseded)
        yield from self._options("unresolved", expect.unresolved, answer.unresolved)
        for key, taken, options in (
            ("withheld.by", expect.withheld, answer.withheld),
            ("superseded.by", expect.superseded, answer.superseded),
        ):
            for name, by in (taken.by if taken else {}).items():
                yield from self._taken_by(key, name, by, options)
        conflicts = [conflict.id for conflict in answer.conflicts]
        yield from self._names("conflicts", expect.conflicts, conflicts, "conflict")
        for key in ("standing", "basis"):
            for name, wanted in getattr(expect, key).items():
                yield from self._has(key, name, wanted)
        for key in OF_ONE_OPTION:
            for name, wanted in getattr(expect, key).items():
                found = self._listed(self.names.id(name))
                if found is None:
                    yield self._absent(key, name, f"is listed, with its {key}")
                    continue
                ids = said_of(found, key, self.base)
                yield from self._names(key, wanted, ids, f"{_ONE_OF[key]} of {found.id}")

    def _options(self, key: str, names: Names | None, options: Iterable[Option]) -> Iterator[Finding]:
        listed = {option.id: option for option in options}
        if names is None:
            return
        wanted = names.model_copy(
            update={
                "include": tuple(map(self.names.id, names.include)),
                "exclude": tuple(map(self.names.id, names.exclude)),
                "exactly": None if names.exactly is None else tuple(map(self.names.id, names.exactly)),
            }
        )
        word = {"options": "documented option"}.get(key, f"{key} option")
        yield from self._names(key, wanted, list(listed), word, self._whereabouts)

    def _taken_by(
        self, key: str, name: str, by: tuple[str, ...], options: Iterable[Option]
    ) -> Iterator[Finding]:
        option = {one.id: one for one in options}.get(self.names.id(name))
        wanted = tuple(map(self.names.id, by)) if key.startswith("superseded") else by
        taken = key.replace(".", " ")
        if option is None:
            yield self._absent(key, name, f"is {taken} {', '.join(wanted)}")
        elif absent := sorted(set(wanted) - set(option.by)):
            reasons = tuple(remark.text for remark in option.reason)
            yield self._finding(
                f"{key}.{name}",
                f"{option.id} is {taken} {', '.join(absent)}",
                f"{option.id} is {taken} {', '.join(option.by)}",
                reasons,
            )

    def _has(self, key: str, name: str, wanted: object) -> Iterator[Finding]:
        option = self._listed(self.names.id(name))
        if option is None:
            yield self._absent(key, name, f"has {key} {wanted}")
        elif getattr(option, key) != wanted:
            why = [f"row {held.row}: {'; '.join(held.values)}" for held in option.because]
            why += self._preferences(option) if key == "standing" else []
            got = f"{option.id} has {key} {getattr(option, key)}"
            yield self._finding(f"{key}.{name}", f"{option.id} has {key} {wanted}", got, tuple(why))

    def _preferences(self, option: Option) -> list[str]:
        """When a source prefers an option, as far as any does."""
        rows = {held.row for held in option.because}
        return [
            f"row {row.id} is preferred {period_in_words(period)}"
            for _, row in self.base.content.rows()
            for period in row.preferred
            if row.id in rows
        ]

    def _listed(self, name: str) -> Option | None:
        return next((option for option in options_of(self.answer) if option.id == name), None)

    def _absent(self, key: str, name: str, wanted: str) -> Finding:
        option = self.names.id(name)
        got, why = self._whereabouts(option)
        return self._finding(f"{key}.{name}", f"{option} {wanted}", got, why)

    def _whereabouts(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Where an option stands in the answer, and the rows that say so."""
        option = self._listed(name)
        if option is not None:
            by = f" by {', '.join(option.by)}" if option.by else ""
            why = [remark.text for remark in option.reason]
            why += [f"row {held.row}: {'; '.join(held.values)}" for held in option.because]
            why.append(f"cites {_some([citation.id + in_doubt(citation) for citation in option.citations])}")
            return f"{name} is {self._list_of(option)}{by}", tuple(why)
        nearest = tuple(f"nearest row {one}" for one in self._rows.nearest(name))
        return f"no row documents {name} here", nearest

    def _list_of(self, option: Option) -> str:
        """The list of the answer in which an option stands, in words."""
        for key in ("withheld", "superseded", "unresolved"):
            if option in getattr(self.answer, key):
                return key
        return "a documented option"

    @cached_property
    def _rows(self) -> Rows:
        view = self.base.view(self.scenario.jurisdiction, self.answer.as_of)
        return Rows(view, self.scenario.profile, self.scenario.panel, self.answer.as_of)

    # ---- names --------------------------------------------------------------------------------

    def _names(
        self,
        key: str,
        names: Names | None,
        found: list[str],
        word: str,
        explain: Callable[[str], tuple[str, tuple[str, ...]]] | None = None,
    ) -> Iterator[Finding]:
        """What is not in the list, and what is in it and should not be.

        Each name is a finding of its own where there is something to say of it; else they are told
        together, beside the list.
        """
        if names is None:
            return
        exactly = found if names.exactly is None else names.exactly
        here = f"the {_plural(word)}"
        for part, among, several in (
            ("include", f"among {here}", [name for name in names.include if name not in found]),
            ("exclude", f"not among {here}", [name for name in names.exclude if name in found]),
            ("exactly", f"among {here}", [name for name in exactly if name not in found]),
            ("exactly", f"not among {here}", [name for name in found if name not in exactly]),
        ):
            if explain is not None:
                for name in dict.fromkeys(several):
                    yield self._finding(f"{key}.{part}", f"{name} {among}", *explain(name))
            elif several:
                got = f"{_plural(word)}: {_some(found)}"
                yield self._finding(f"{key}.{part}", f"{_some(several)} {among}", got)

    def _finding(self, key: str, expected: str, got: str, why: tuple[str, ...] = ()) -> Finding:
        return Finding(key=key, place=self.scenario.line_of(key), expected=expected, got=got, why=why)


def _plural(word: str) -> str:
    first, of, rest = word.partition(" of ")
    return f"{first}s{of}{rest}"


def _some(names: Sequence[str]) -> str:
    """Names in words: all of them, or the first and how many more."""
    several = list(dict.fromkeys(names))
    more = len(several) - _MOST_NAMES
    listed = ", ".join(several[:_MOST_NAMES]) or "none"
    return f"{listed} and {more} more" if more > 0 else listed
