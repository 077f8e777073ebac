"""JSON Schemas: of the answer as it is, and of what a profile may say.

A profile is read more generously than it is kept (a report's words, a bound, a list of variants), so
its schema describes what may be *written*.

>>> sorted(profile_schema()["properties"])[:3]
['age', 'albumin_g_l', 'alk']
"""

from __future__ import annotations

from typing import Any

from lungmets.vocabulary import GENE_VARIANTS, Assay, Gene, PdL1Assay, ResultStatus, Specimen

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def answer_schema() -> dict[str, Any]:
    """The schema of an answer, either kind, as ``model_dump_json`` writes it."""
    from pydantic import TypeAdapter

    from lungmets.assessment import Assessment

    schema = TypeAdapter[Any](Assessment).json_schema(mode="serialization")
    return {"$schema": _DRAFT, "title": "lungmets answer", **schema}


def profile_schema() -> dict[str, Any]:
    """The schema of a profile as a person or a program writes it."""
    from lungmets.profile import PatientProfile

    schema = PatientProfile.model_json_schema(mode="validation")
    properties = schema["properties"]
    for gene in Gene:
        properties[gene.value] = _gene(gene)
    properties["pd_l1_tps"] = _pd_l1()
    for name, described in properties.items():
        options = [option.get("type") for option in described.get("anyOf", [])]
        if "boolean" in options:
            described["anyOf"].append({"enum": ["yes", "no", "unstated"]})
        described.pop("title", None)
        if name == "symptoms":
            described["items"] = {"anyOf": [{"type": "string"}, described["items"]]}
            described.pop("default", None)
        if name == "metastasis_counts":
            properties[name] = {
                "type": "object",
                "additionalProperties": {"type": "integer", "minimum": 1},
            }
    calcium = {"type": "string", "description": "a value with its unit, such as 2.9 mmol/L"}
    properties["calcium"] = {"anyOf": [calcium, {"$ref": "#/$defs/Calcium"}, {"type": "null"}]}
    used = str(schema["properties"])
    schema["$defs"] = {name: part for name, part in schema["$defs"].items() if f"#/$defs/{name}'" in used}
    return {"$schema": _DRAFT, **schema, "title": "lungmets profile"}


def _gene(gene: Gene) -> dict[str, Any]:
    known = [
        *(status.value for status in ResultStatus),
        *(word.value for word in GENE_VARIANTS[gene]),
    ]
    text = {
        "type": "string",
        "maxLength": 300,
        "description": f"one of {', '.join(known)}, or what the report says",
    }
    full = {
        "type": "object",
        "additionalProperties": False,
        "required": ["status"],
        "properties": {
            "status": {"enum": [status.value for status in ResultStatus]},
            "variants": {"type": "array", "items": {"type": "string"}},
            "specimen": {"enum": [*(word.value for word in Specimen), None]},
            "assay": {"enum": [*(word.value for word in Assay), None]},
        },
    }
    return {"anyOf": [text, {"type": "array", "items": text, "minItems": 1}, full, {"type": "null"}]}


def _pd_l1() -> dict[str, Any]:
    percent = {"type": "number", "minimum": 0, "maximum": 100}
    bound = {
        "type": "string",
        "description": "a bound such as <1, >=50 or 1-49, or not_tested, pending, …",
    }
    full = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "tps": percent,
            "status": {"enum": [*(status.value for status in ResultStatus), None]},
            "low": {"anyOf": [percent, {"type": "null"}]},
            "high": {"anyOf": [percent, {"type": "null"}]},
            "low_open": {"type": "boolean"},
            "high_open": {"type": "boolean"},
            "assay": {"enum": [*(word.value for word in PdL1Assay), None]},
            "immune_cells": {"anyOf": [percent, {"type": "null"}]},
        },
    }
    return {"anyOf": [percent, bound, full, {"type": "null"}]}
