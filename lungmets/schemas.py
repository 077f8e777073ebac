"""JSON Schemas: of the answer as it is, and of what a profile may say.

A profile is read more generously than it is kept (a report's words, a bound, a list of variants), so
its schema describes what may be *written*. Of the closed words it knows the usual spelling; the
reader does not mind case, blanks and hyphens.

>>> sorted(profile_schema()["properties"])[:3]
['age', 'albumin_g_l', 'alk']
>>> profile_schema()["properties"]["ecog_ps"]["anyOf"][0]
{'type': 'integer', 'minimum': 0, 'maximum': 4}
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any

from lungmets.vocabulary import (
    GENE_VARIANTS,
    Assay,
    BrainLesions,
    CalciumUnit,
    Gene,
    Histology,
    MetastaticSite,
    PdL1Assay,
    ResultStatus,
    Specimen,
)

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
_DATED = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
_UNSTATED = ["unstated", "unknown"]
_NULL = {"type": "null"}
_PERCENT = {"type": "number", "minimum": 0, "maximum": 100}


def answer_schema() -> dict[str, Any]:
    """The schema of an answer, either kind, as ``model_dump_json`` writes it."""
    from pydantic import TypeAdapter

    from lungmets.assessment import Assessment

    schema = TypeAdapter[Any](Assessment).json_schema(mode="serialization")
    return {"$schema": _DRAFT, "title": "lungmets answer", **schema}


def claims_schema() -> dict[str, Any]:
    """The schema of a file of ``knowledge/claims/``, for editors.

    >>> sorted(claims_schema()["properties"])
    ['article', 'claims', 'out_of_scope', 'sentences']
    """
    from lungmets.knowledge.schema.claims import ArticleClaims

    schema = _without_null(ArticleClaims.model_json_schema(mode="validation"))
    schema["$defs"]["ArticleAbout"]["properties"]["dated"]["pattern"] = _DATED
    return {"$schema": _DRAFT, **schema, "title": "lungmets claims of an article"}


def audit_schema() -> dict[str, Any]:
    """The schema of an audit of the knowledge, as ``lungmets knowledge audit --format json`` writes it.

    >>> audit_schema()["title"]
    'lungmets audit'
    """
    from lungmets.knowledge.audit import Audit

    return {"$schema": _DRAFT, **Audit.model_json_schema(mode="serialization"), "title": "lungmets audit"}


def scenario_schema() -> dict[str, Any]:
    """The schema of a ``*.scenario.yaml`` file, for editors.

    An editor cannot see that a case and its scenario are put together, so it does not mind a part
    that is missing; :func:`lungmets.testing.read_scenarios` does.

    >>> sorted(scenario_schema()["$defs"]["Written"]["properties"])[:4]
    ['as_of', 'cases', 'citation', 'expect']
    """
    from lungmets.testing.expectation import Expectation
    from lungmets.testing.scenario import File

    schema = File.model_json_schema(mode="validation")
    schema["properties"] = _without_null(schema["properties"])
    profile, expect = profile_schema(), Expectation.model_json_schema(mode="validation")
    of_profile = profile.pop("$defs")
    definitions = _without_null(schema.pop("$defs")) | _without_null(expect.pop("$defs")) | of_profile
    for written in ("Given", "Case", "Written"):
        fields = definitions[written]["properties"]
        fields["profile"] = {"$ref": "#/$defs/Profile"}
        if "expect" in fields:
            fields["expect"] = {"$ref": "#/$defs/Expectation"}
        for several in ("citation", "marks"):
            fields[several] = {"anyOf": [fields[several]["items"], fields[several]]}
        fields["as_of"] = {"type": "string", "format": "date", "pattern": _DAY}
    definitions["Profile"] = {key: part for key, part in profile.items() if not key.startswith("$")}
    definitions["Expectation"] = {
        key: _without_null(part) for key, part in expect.items() if key != "required"
    }
    return {"$schema": _DRAFT, **schema, "title": "lungmets scenarios", "$defs": definitions}


def _without_null(part: Any) -> Any:
    """A part of a schema in which nothing may be null: a scenario that says nothing leaves the key out."""
    if isinstance(part, list):
        return [_without_null(one) for one in part if one != _NULL]
    if not isinstance(part, dict):
        return part
    kept = {key: _without_null(one) for key, one in part.items() if key != "default"}
    if len(kept.get("anyOf", [])) == 1:
        return {key: one for key, one in kept.items() if key != "anyOf"} | kept["anyOf"][0]
    return kept


def profile_schema() -> dict[str, Any]:
    """The schema of a profile as a person or a program writes it."""
    from lungmets.profile import PatientProfile

    model = PatientProfile.model_json_schema(mode="validation")
    properties: dict[str, Any] = {}
    for name, kept in model["properties"].items():
        properties[name] = _WRITTEN[name]() if name in _WRITTEN else _written(name, kept)
    used = str(properties)
    definitions = {name: part for name, part in model["$defs"].items() if f"#/$defs/{name}'" in used}
    return {
        "$schema": _DRAFT,
        "title": "lungmets profile",
        "description": model["description"],
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": definitions,
    }


def _written(name: str, kept: dict[str, Any]) -> dict[str, Any]:
    """A field that is written much as it is kept: its words or numbers, or that nothing is known."""
    from lungmets.intake import Range
    from lungmets.profile import PatientProfile

    options = [option for option in kept["anyOf"] if option != _NULL]
    for reader in (getattr(item, "func", None) for item in PatientProfile.model_fields[name].metadata):
        if isinstance(reader, Range):
            options = [{**option, "minimum": reader.low, "maximum": reader.high} for option in options]
    unstated = ["yes", "no", *_UNSTATED] if options == [{"type": "boolean"}] else _UNSTATED
    return {"anyOf": [*options, {"enum": unstated}, _NULL]}


def _values(enum: type[StrEnum]) -> list[str]:
    return [word.value for word in enum]


def _text(known: list[str]) -> dict[str, Any]:
    return {
        "type": "string",
        "maxLength": 300,
        "description": f"one of {', '.join(known)}, or what the report says",
    }


def _histology() -> dict[str, Any]:
    known = _values(Histology)
    return {"anyOf": [{"enum": known}, _text(known), _NULL]}


def _gene(gene: Gene) -> dict[str, Any]:
    text = _text([*_values(ResultStatus), *_values(GENE_VARIANTS[gene])])
    full = {
        "type": "object",
        "additionalProperties": False,
        "required": ["status"],
        "properties": {
            "status": {"enum": _values(ResultStatus)},
            "variants": {"anyOf": [{"type": "array", "items": {"type": "string"}}, _NULL]},
            "specimen": {"enum": [*_values(Specimen), *_UNSTATED, None]},
            "assay": {"enum": [*_values(Assay), *_UNSTATED, None]},
        },
    }
    return {"anyOf": [text, {"type": "array", "items": text, "minItems": 1}, full, _NULL]}


def _pd_l1() -> dict[str, Any]:
    bound = {
        "type": "string",
        "maxLength": 300,
        "description": "a bound such as <1, >=50 or 1-49, or not_tested, pending, …",
    }
    end = {"anyOf": [_PERCENT, {"enum": _UNSTATED}, _NULL]}
    open_end = {"type": ["boolean", "null"]}
    full = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "tps": {"anyOf": [_PERCENT, bound, _NULL]},
            "status": {"enum": [*_values(ResultStatus), *_UNSTATED, None]},
            "low": end,
            "high": end,
            "low_open": open_end,
            "high_open": open_end,
            "assay": {"enum": [*_values(PdL1Assay), *_UNSTATED, None]},
            "immune_cells": end,
        },
    }
    return {"anyOf": [_PERCENT, bound, full, _NULL]}


def _brain_lesions() -> dict[str, Any]:
    return {"anyOf": [{"type": "integer", "minimum": 0}, {"enum": _values(BrainLesions)}, _NULL]}


def _metastasis_counts() -> dict[str, Any]:
    count = {"type": "integer", "minimum": 1, "maximum": 1000}
    table = {
        "type": "object",
        "additionalProperties": False,
        "properties": dict.fromkeys(_values(MetastaticSite), count),
    }
    return {"anyOf": [table, {"enum": _UNSTATED}, _NULL]}


def _calcium() -> dict[str, Any]:
    text = {"type": "string", "description": "a value with its unit, such as 2.9 mmol/L"}
    full = {
        "type": "object",
        "additionalProperties": False,
        "required": ["value", "unit"],
        "properties": {
            "value": {"type": "number", "exclusiveMinimum": 0, "maximum": 40},
            "unit": {"enum": _values(CalciumUnit)},
        },
    }
    return {"anyOf": [text, full, _NULL]}


def _symptoms() -> dict[str, Any]:
    text = {"type": "string", "minLength": 1, "maxLength": 200}
    entry = {"anyOf": [text, {"$ref": "#/$defs/SymptomEntry"}]}
    return {"anyOf": [{"type": "array", "maxItems": 100, "items": entry}, *entry["anyOf"], _NULL]}


_WRITTEN: dict[str, Callable[[], dict[str, Any]]] = {
    "histology": _histology,
    **{gene.value: partial(_gene, gene) for gene in Gene},
    "pd_l1_tps": _pd_l1,
    "brain_lesions": _brain_lesions,
    "metastasis_counts": _metastasis_counts,
    "calcium": _calcium,
    "symptoms": _symptoms,
}
"""Fields of which more may be written than is kept."""
