"""Checks that every name in the records leads somewhere.

A source that is cited, an option that is documented, a drug in a regimen, a word in a group: each
must exist, and a misspelt one is told with the nearest name. What exists must also be used: an
option that nobody documents, or a symptom without an alert, would be knowledge that says nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lungmets.engine.options import Options
from lungmets.errors import Problem
from lungmets.knowledge.conditions import Conjunction
from lungmets.knowledge.content import Content, citations, selectors
from lungmets.knowledge.explaining import ITEMS, subjects
from lungmets.knowledge.facts import CHOICES, GENES, NUMBERS, SETS, field_of
from lungmets.knowledge.loading import Loaded
from lungmets.knowledge.schema import Advice, PanelItem, PopulationRecord, Row, Selector
from lungmets.nomenclature import nearest_words
from lungmets.vocabulary import Assay, ResultStatus, Specimen

FIELDS = frozenset({*ITEMS, *map(field_of, (*CHOICES, *NUMBERS, *SETS)), "calcium", "albumin_g_l"})
"""The fields of a profile whose lack can be told."""


class References:
    """The names of the records, where they stand, and which of them lead nowhere.

    ``refused`` names the records that stand in the folder, but were refused for their own shape: what
    refers to one of them is no second defect.
    """

    def __init__(self, loaded: Loaded, refused: Collection[str]) -> None:
        self.content: Content = loaded.content
        self.places = loaded.places
        self.refused = set(refused)
        self.whole = not refused
        regimens = self.content.regimens
        self.sources = self.content.all_sources()
        self.options = {regimen.id for regimen in regimens.regimens}
        self.parts = {drug.name for drug in regimens.drugs} | set(regimens.procedures)
        self.classes = {name for drug in regimens.drugs for name in drug.classes}

    def place(self, key: str) -> str:
        """Where a record, or a field of a file, stands."""
        if "#" in key:
            return self.places.get(key, key.partition("#")[0])
        where = self.places.get(key) or self.places[key.removesuffix(".unless")]
        return f"{where} ({key.rpartition(':')[2]})"

    def unknown(
        self, key: str, name: str, known: Collection[str], what: str, expected: str
    ) -> Iterator[Problem]:
        """A name that leads nowhere; ``what`` says so, with the name put in."""
        if name not in known and name not in self.refused:
            yield Problem(
                self.place(key), what.format(repr(name)), expected, nearest=nearest_words(name, known)
            )

    def groups(self) -> Iterator[Problem]:
        """A word of a group that is no word of its fact would quietly match nobody."""
        for fact, groups in self.content.conditions.groups.items():
            key = f"conditions.yaml#groups.{fact}"
            if fact not in CHOICES:
                self.refused |= set(groups)  # whoever uses such a group makes no second defect
                yield from self.unknown(key, fact, CHOICES, "{} has no groups", "a fact with words")
                continue
            for name, words in groups.items():
                if name in CHOICES[fact]:
                    yield Problem(
                        self.place(f"{key}.{name}"), f"{name!r} is itself a word of {fact}", "another name"
                    )
                for word in words:
                    what, expected = f"{{}} is not a word of {fact}", f"one of {', '.join(CHOICES[fact])}"
                    yield from self.unknown(f"{key}.{name}", word, CHOICES[fact], what, expected)

    def regimens(self) -> Iterator[Problem]:
        """Each regimen is made of known parts, has them for itself, and is documented by some row."""
        alike: dict[frozenset[str], str] = {}
        for regimen in self.content.regimens.regimens:
            key = f"regimen:{regimen.id}"
            for part in regimen.regimen:
                what = "{} is not a drug or a procedure"
                yield from self.unknown(key, part, self.parts, what, "a name from the same file")
            first = alike.setdefault(frozenset(regimen.regimen), regimen.id)
            if first != regimen.id:
                what = f"it has the same parts as {first!r}"
                yield Problem(self.place(key), what, "one regimen for the same parts")
        used = {row.option for _, row in self.content.rows()}
        for name in sorted(self.options - used) if self.whole else ():
            what = "no row documents this regimen"
            yield Problem(self.place(f"regimen:{name}"), what, "a row for every regimen")

    def cited(self) -> Iterator[Problem]:
        """Every source, option and condition that a record names."""
        for key, name in citations(self.content):
            what, expected = "the source {} does not exist", "the id of a record in sources/"
            yield from self.unknown(key, name, self.sources, what, expected)
        for _, row in self.content.rows():
            what, expected = "the option {} does not exist", "a regimen of regimens.yaml"
            yield from self.unknown(row.id, row.option, self.options, what, expected)
        named = {condition.id for condition in self.content.conditions.conditions}
        for conflict in self.content.conflicts:
            for name in conflict.two_of:
                what, expected = "{} is not a named condition", "a condition of conditions.yaml"
                yield from self.unknown(conflict.id, name, named, what, expected)

    def panel(self, item: PanelItem) -> Iterator[Problem]:
        """What can be asked; a misspelt no-answer would let a result count that is none."""
        key = f"panel:{item.item}"
        yield from self.unknown(key, item.item, ITEMS, "{} cannot be asked", f"one of {', '.join(ITEMS)}")
        if item.no_answer and item.item in ITEMS and item.item not in GENES:
            yield Problem(self.place(key), "no_answer is read for genes only", f"one of {', '.join(GENES)}")
        for rule in item.no_answer:
            for word, kind in ((rule.status, ResultStatus), (rule.specimen, Specimen), (rule.assay, Assay)):
                known = [one.value for one in kind]
                what, expected = "no_answer: {} is not known", f"one of {', '.join(known)}"
                if word is not None:
                    yield from self.unknown(key, word, known, what, expected)

    def unresolved(self, row: Row, conjunctions: list[Conjunction]) -> Iterator[Problem]:
        """The facts whose lack leaves a row unresolved are facts that it reads."""
        facts = {fact for one in conjunctions for fact in one}
        for name in row.unresolved.unknown if row.unresolved else ():
            what, expected = "unresolved: its condition does not read {}", "a fact of its `when`"
            yield from self.unknown(row.id, name, facts | set(map(field_of, facts)), what, expected)

    def populations(self, row: Row) -> Iterator[Problem]:
        """The groups of patients whose figures are shown are groups of which the source has figures."""
        for entry in row.documented:
            for name, groups in entry.populations.items():
                source = self.sources.get(name)
                if source is None:  # told already: it is cited, and does not exist
                    continue
                known = {figure.population for figure in source.figures if figure.population}
                for group in groups:
                    what = f"populations: {name} has no figure of {{}}"
                    yield from self.unknown(row.id, group, known, what, "a population of its figures")

    def lacking(self, advice: Advice) -> Iterator[Problem]:
        """What is told while a field has no answer names a field; a misspelt one would never be told."""
        for name in advice.lacks:
            what, expected = "lacks: {} is not a field of a profile", "a field of a profile"
            yield from self.unknown(advice.id, name, FIELDS, what, expected)

    def figures(self, record: PopulationRecord) -> Iterator[Problem]:
        """The groups of a population are groups of which its first source has figures that may be shown."""
        source = self.sources.get(record.by[0])
        if source is None:  # told already: it is cited, and does not exist
            return
        known = {figure.population for figure in source.as_verified().figures if figure.population}
        for group in record.groups:
            what = f"groups: {source.id} has no verified figure of {{}}"
            yield from self.unknown(record.id, group, known, what, "a population of its figures")

    def explained(self) -> Iterator[Problem]:
        """An explanation is about a part that an answer can have, and no part has two."""
        known = subjects(self.content)
        first: dict[str, str] = {}
        for record in self.content.explanations:
            what, expected = "about: an answer has no part {}", "a part of an answer"
            yield from self.unknown(record.id, record.about, known, what, expected)
            other = first.setdefault(record.about, record.id)
            if other != record.id:
                what = f"{record.about} is explained by {other} as well"
                yield Problem(self.place(record.id), what, "one explanation of each part")

    def symptoms(self, conjunctions: dict[str, list[Conjunction]]) -> Iterator[Problem]:
        """A symptom that no alert reads would be understood, and then nothing would be said of it."""
        alerts = [conjunctions.get(alert.id) for alert in self.content.alerts.alerts]
        if None in alerts or not self.whole:
            return
        read = {fact for found in alerts for one in found or () for fact in one}
        for symptom in self.content.alerts.symptoms:
            if f"symptoms.{symptom.id}" not in read:
                what = "no alert reads this symptom"
                yield Problem(self.place(f"symptom:{symptom.id}"), what, "an alert for every symptom")

    def selectors(self) -> Iterator[Problem]:
        """Every selector names what exists, and means at least one option."""
        found = list(selectors(self.content))
        problems = [problem for key, selector in found for problem in self._named_by(key, selector)]
        yield from problems
        if (
            problems
            or not self.whole
            or any(row.option not in self.options for _, row in self.content.rows())
        ):
            return
        options = Options(self.content)
        for key, selector in found:
            if not options.mask(selector):
                what = "it speaks of options of which no row documents one"
                yield Problem(self.place(key), what, "a selector that means some option")

    def _named_by(self, key: str, selector: Selector) -> Iterator[Problem]:
        wanted = [(name, self.options) for name in selector.regimens or ()]
        names = (*(selector.contains or ()), selector.only)
        wanted += [(name, self.parts | self.classes) for name in names if name]
        for name, known in wanted:
            what, expected = "{} is no regimen, drug, procedure or class", "a name of regimens.yaml"
            yield from self.unknown(key, name, known, what, expected)
        if selector.excluding is not None:
            yield from self._named_by(key, selector.excluding)
