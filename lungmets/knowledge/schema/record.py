"""What all records share: frozen, closed, exact about types; ids, sentences and conditions."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

ID = re.compile(r"^[a-z0-9]+([-._][a-z0-9]+)*$")

Id: TypeAlias = Annotated[str, Field(pattern=ID.pattern, max_length=80)]
"""The id of a record: lower-case words, digits, dots, hyphens. It is never used again."""

Text: TypeAlias = Annotated[str, Field(min_length=3, max_length=2000)]
"""A sentence that a person may be shown."""

Number: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A finite number; neither a number written as text nor yes or no is one."""

Whole: TypeAlias = Annotated[int, Field(strict=True)]
"""A whole number."""

When: TypeAlias = dict[str, Any]
"""A condition as written; :mod:`lungmets.knowledge.conditions` reads it."""


class Record(BaseModel):
    """The base of every record: frozen, closed, exact about types."""

    model_config = ConfigDict(frozen=True, extra="forbid")
