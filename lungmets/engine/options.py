"""The options that the rows speak of, and which of them a selector means.

Options are numbered, and a set of options is a bit mask, as a set of conjunctions is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lungmets.knowledge.content import Content
from lungmets.knowledge.schema import Selector
from lungmets.vocabulary import Domain


@dataclass(frozen=True, slots=True)
class OptionKey:
    """A regimen or a procedure in one domain."""

    domain: Domain
    regimen_id: str
    regimen: tuple[str, ...]
    name: str

    @property
    def id(self) -> str:
        """``domain.regimen``, as answers show it."""
        return f"{self.domain}.{self.regimen_id}"


class Options:
    """All options that some row documents, on whatever day."""

    def __init__(self, content: Content) -> None:
        regimens = {regimen.id: regimen for regimen in content.regimens.regimens}
        self._classes = {drug.name: drug.classes for drug in content.regimens.drugs}
        pairs = sorted({(table.domain, row.option) for table, row in content.rows()})
        self.keys = tuple(
            OptionKey(domain, name, regimens[name].regimen, regimens[name].name) for domain, name in pairs
        )
        self.position = {(key.domain, key.regimen_id): index for index, key in enumerate(self.keys)}
        # Every view of the knowledge asks for the same selectors, which are kept so that no id is reused.
        self._masks: dict[int, tuple[Selector, int]] = {}

    def mask(self, selector: Selector) -> int:
        """The options that a selector means.

        ``contains`` names drugs, procedures or classes of which one must be in the regimen; ``only``
        names one that every part must be.
        """
        known = self._masks.get(id(selector))
        if known is None:
            found = sum(1 << index for index, key in enumerate(self.keys) if self._means(selector, key))
            known = self._masks[id(selector)] = (selector, found)
        return known[1]

    def _means(self, selector: Selector, key: OptionKey) -> bool:
        if selector.domain is not None and key.domain is not selector.domain:
            return False
        if selector.regimens is not None and key.regimen_id not in selector.regimens:
            return False
        if selector.contains is not None and not self._some(key.regimen, selector.contains):
            return False
        if selector.only is not None and not all(self._is(part, selector.only) for part in key.regimen):
            return False
        if selector.drugs_at_least is not None and len(key.regimen) < selector.drugs_at_least:
            return False
        return selector.excluding is None or not self._means(selector.excluding, key)

    def _some(self, regimen: Iterable[str], wanted: Iterable[str]) -> bool:
        return any(self._is(part, word) for part in regimen for word in wanted)

    def _is(self, part: str, word: str) -> bool:
        return part == word or word in self._classes.get(part, ())
