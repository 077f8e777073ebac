"""What leads on from an answer: which advice is told, and where trials can be looked for.

Advice with ``lacks`` is told while one of these fields has no answer. An item of the panel has none where
it is missing or was not considered; any other field where it was not stated. Counts by site state the sites.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.knowledge.schema import SearchWords
from lungmets.profile import PatientProfile

if TYPE_CHECKING:
    from lungmets.gate import Gate

_REGISTRY = "https://clinicaltrials.gov/search"
_RECRUITING = "status:rec"


def told(view: View, profile: PatientProfile, gate: Gate, certain: int) -> int:
    """The advice that holds, without what is told for a lack that this profile does not have."""
    # Every answer comes through here, so what repeats is looked up.
    unstated = tuple([name for name in view.unasked if not stated(said(profile, name))])
    key = (view.number, tuple([item.item for item in gate.missing]), gate.not_considered, unstated)
    found = view.memory.lacking.get(key)
    if found is None:
        found = view.always_told
        for name in (*key[1], *gate.not_considered, *unstated):
            found |= view.lacking.get(name, 0)
        view.memory.lacking.keep(key, found)
    return certain & found


def said(profile: PatientProfile, name: str) -> Any:
    """What a profile says of a field; which sites are involved, its counts say as well.

    >>> said(PatientProfile(metastasis_counts={"liver": 1}), "metastatic_sites") is None
    False
    """
    found = getattr(profile, name)
    return profile.metastasis_counts if found is None and name == "metastatic_sites" else found


def stated(value: Any) -> bool:
    """Whether a field of a profile says anything; an empty set says nothing.

    >>> stated(None), stated(()), stated(0)
    (False, False, True)
    """
    return value is not None and not (isinstance(value, tuple) and not value)


def trial_search(view: View, certain: int) -> str:
    """The address of a search of the registry for trials that recruit; it is text, and is never opened.

    All its words come from the knowledge: nothing that a caller wrote can be in it. It is empty where no
    disease is known.
    """
    held = certain & view.searching
    key = (view.number, held)
    found = view.memory.searches.get(key)
    if found is None:
        records = {id(record): record for record in map(view.base.owner.__getitem__, bits(held))}
        found = address([record for record in records.values() if isinstance(record, SearchWords)])
        view.memory.searches.keep(key, found)
    return found


def address(words: list[SearchWords]) -> str:
    """The address for some words: the first disease, and any of the terms.

    >>> from lungmets.knowledge.base import shipped
    >>> address([word for word in shipped().content.search_words if word.id == "search.small-cell"])
    'https://clinicaltrials.gov/search?cond=small%20cell%20lung%20cancer&aggFilters=status:rec'
    """
    diseases = [word.condition for word in words if word.condition]
    if not diseases:
        return ""
    terms = dict.fromkeys(word.term for word in words if word.term)
    asked = {"cond": diseases[0], "term": " OR ".join(terms)}
    parts = [f"{name}={quote(value, safe='')}" for name, value in asked.items() if value]
    return f"{_REGISTRY}?{'&'.join([*parts, f'aggFilters={_RECRUITING}'])}"
