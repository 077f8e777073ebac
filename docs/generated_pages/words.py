"""Conditions, selectors, periods and citations as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generated_pages.pages import said, to_address, to_record
from lungmets.display.doubts import doubt
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.schema import Documented, Period, Selector, Source

_GENES_IN_CAPITALS = {"egfr", "alk", "ros1", "kras", "met", "ret", "braf", "ntrk", "erbb2", "nrg1"}
_AGENCIES = {"fda": "FDA", "ema": "EMA", "hc": "Health Canada"}


def condition(when: Mapping[str, Any]) -> str:
    """A ``when`` in words; without any it holds for everybody."""
    parts = [_entry(key, value) for key, value in when.items()]
    return "; ".join(parts) or "everybody"


def _entry(key: str, value: Any) -> str:
    if key == "is":
        names = value if isinstance(value, list) else [value]
        return " and ".join(to_record(name) for name in names)
    label = key.upper() if key in _GENES_IN_CAPITALS else key.replace("_", " ")
    return f"{said(label)}: {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        words = {"any": "{}", "all": "all of {}", "not": "not {}"}
        return ", ".join(words.get(key, key + " {}").format(_value(part)) for key, part in value.items())
    if isinstance(value, (list, tuple)):
        return " or ".join(said(str(part)) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return said(str(value))


def options(selector: Selector, base: KnowledgeBase) -> str:
    """Which options a selector means."""
    names = {regimen.id: regimen.name for regimen in base.content.regimens.regimens}
    parts = []
    if selector.regimens is not None:
        parts.append(" or ".join(said(names[name]) for name in selector.regimens))
    if selector.contains is not None:
        parts.append(f"what contains {' or '.join(map(_plain, selector.contains))}")
    if selector.only is not None:
        parts.append(f"what is nothing but {_plain(selector.only)}")
    if selector.drugs_at_least is not None:
        parts.append(f"what has at least {selector.drugs_at_least} parts")
    lead = f"{selector.domain.value.replace('_', ' ')} options: " if selector.domain is not None else ""
    means = lead + (", ".join(parts) or "all")
    return f"{means}, except {options(selector.excluding, base)}" if selector.excluding is not None else means


def _plain(word: str) -> str:
    """The name of a drug or a class."""
    return said(word.replace("_", " "))


def period(entry: Period) -> str:
    """Where, from when, until when, and for a row on what basis."""
    places = ", ".join(place.value.upper() for place in entry.places)
    until = f" until {entry.ends}" if entry.ends is not None else ""
    text = f"**{places}** from {entry.begins}{until}"
    if isinstance(entry, Documented):
        basis = [entry.basis.value]
        basis += [entry.approval.value] if entry.approval is not None else []
        basis += ["off label"] if entry.off_label else []
        text += f" ({', '.join(basis)})"
    return text


def cited(names: Iterable[str], base: KnowledgeBase) -> str:
    """Sources in one line: each by its name, with its identifiers and what is not verified of it."""
    return "; ".join(citation(base.sources[name]) for name in dict.fromkeys(names))


def sources(names: Iterable[str], base: KnowledgeBase) -> str:
    """Sources as a list of their own, below a label; nothing where there is none."""
    listed = "\n".join(f"  - {citation(base.sources[name])}" for name in dict.fromkeys(names))
    return f"- **Sources:**\n{listed}" if listed else ""


def named(names: Iterable[str], base: KnowledgeBase) -> str:
    """Sources by their names alone, each a link to its record."""
    return ", ".join(to_record(name, base.sources[name].name) for name in dict.fromkeys(names))


def citation(source: Source) -> str:
    """One source: its name leads to its record, its identifiers to the world outside."""
    found = [to_record(source.id, source.name), *identifiers(source)]
    behind = f" {said(doubt(source.unverified))}" if source.unverified else ""
    return " · ".join(found) + behind


def identifiers(source: Source) -> Iterator[str]:
    """Links to where a source is found. They are those of its record; none is made up from another."""
    if source.doi:
        yield to_address(f"https://doi.org/{source.doi}", "DOI")
    if source.pmid:
        yield to_address(f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/", f"PMID {source.pmid}")
    for number in source.nct:
        yield to_address(f"https://clinicaltrials.gov/study/{number}", number)
    if source.url:
        yield to_address(source.url, "page")


def agency(source: Source) -> str:
    """Whose document it is."""
    return _AGENCIES.get(source.agency or "", source.agency or "")


def claims(name: str, base: KnowledgeBase) -> str:
    """The claims that a record carries, each with its verdict."""
    found = base.content.claims.of_record(name)
    return ", ".join(
        f"{to_record(claim.id)} ({claim.verdict.value if claim.verdict else 'not decided yet'})"
        for claim in found
    )
