"""One text for the same records, whatever the order of files, records and fields.

>>> canonical(in_order([{"id": "b", "x": 1}, {"id": "a"}]))
'[{"id":"a"},{"id":"b","x":1}]'
"""

from __future__ import annotations

import json
from typing import Any


def canonical(node: Any) -> str:
    """Plain data as JSON, the keys sorted, without a blank."""
    return json.dumps(node, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def in_order(node: Any) -> Any:
    """Lists of records in the order of their ids or names; other lists keep the order that they mean."""
    if isinstance(node, dict):
        return {key: in_order(value) for key, value in node.items()}
    if isinstance(node, list):
        items = [in_order(item) for item in node]
        for key in ("id", "name"):
            if items and all(isinstance(item, dict) and key in item for item in items):
                return sorted(items, key=lambda item: str(item[key]))
        return items
    return node
