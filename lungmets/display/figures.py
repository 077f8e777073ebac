"""Published figures in words."""

from __future__ import annotations

from lungmets.assessment import Evidence

_MEASURES = {
    "hazard_ratio": ("hazard ratio ", ""),
    "percent": ("", "%"),
    "months": ("median ", " months"),
    "weeks": ("median ", " weeks"),
    "ratio": ("ratio ", ""),
}
"""What stands before and after the value of a figure."""

_ENDPOINTS = {
    "pfs": "progression-free survival",
    "os": "survival",
    "orr": "response",
    "dor": "duration of response",
    "intracranial_orr": "response in the brain",
    "intracranial_pfs": "progression-free survival in the brain",
    "qol": "quality of life",
    "sre": "first skeletal event",
}


def leading(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    """One figure for each endpoint, three at most: the rest stands in the answer's data."""
    found: dict[str, Evidence] = {}
    for item in evidence:
        if item.endpoint != "other":
            found.setdefault(item.endpoint, item)
    return list(found.values())[:3]


def figure(item: Evidence) -> str:
    """One figure in words."""
    parts = []
    if item.value is not None:
        before, after = _MEASURES.get(item.measure or "", ("", f" {item.measure}" if item.measure else ""))
        value = f"{before}{item.value:g}{after}"
        if item.low is not None and item.high is not None:
            value += f" ({item.level or 95:g}% CI {item.low:g} to {item.high:g})"
        parts.append(value)
    if item.experimental is not None:
        share = item.unit == "percent"
        unit = "%" if share else ""
        against = f" and {item.control:g}{unit}" if item.control is not None else ""
        parts.append(f"{'' if share else 'median '}{item.experimental:g}{unit}{against}"
                     f"{'' if share or not item.unit else ' ' + item.unit}")  # fmt: skip
    if item.against:
        parts.append(f"against {item.against}")
    if item.population:
        parts.append(f"in {item.population}")
    endpoint = _ENDPOINTS.get(item.endpoint, item.endpoint.replace("_", " "))
    return f"{endpoint}: {', '.join(parts)}"
