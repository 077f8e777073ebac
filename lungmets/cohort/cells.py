"""From the columns of a DataFrame to values as a profile takes them.

Cells are taken as they are: what a profile refuses is refused here, with the same words. Only what
pandas itself does to a column is undone:

* an empty cell (``None``, NaN, ``pd.NA``, ``pd.NaT``, a text of blanks) is not stated;
* a number or a yes / no of NumPy is one of Python, and an array is a list;
* in a column of whole numbers a float stands for a whole number where it is one: beside an empty cell
  pandas turns 2 into 2.0. A float that is not whole stays what it is, and its row is refused;
* a text that begins with ``[`` or ``{`` is a list or an object in YAML or JSON, as a CSV file holds it.

>>> import pandas as pd
>>> column = read_column(pd.Series([2, None, 2.5]), "ecog_ps")
>>> column.cells, column.codes.tolist()
((2, 2.5, None), [0, 2, 1])
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lungmets.documents import read_text

if TYPE_CHECKING:
    import pandas as pd

WHOLE = frozenset({"ecog_ps", "age", "brain_lesions"})
"""The fields with a whole number."""

_SIMPLE = frozenset({"string", "boolean", "integer", "floating"})
"""Columns in which equal cells are of one type: elsewhere 1, 1.0 and true would be taken for one."""


@dataclass(frozen=True, slots=True)
class Column:
    """The distinct values of a column, the last one for *not stated*, and which one each row has."""

    cells: tuple[Any, ...]
    codes: Any
    """An array of whole numbers."""


def read_column(series: pd.Series[Any], field: str) -> Column:
    """The distinct values of a column, read for a field of the profile."""
    import pandas as pd

    if isinstance(series.dtype, pd.CategoricalDtype):
        codes, cells = series.cat.codes.to_numpy(), series.cat.categories.tolist()
    elif pd.api.types.infer_dtype(series, skipna=True) in _SIMPLE:
        codes, uniques = pd.factorize(series)
        cells = uniques.tolist()
    else:
        numbers: dict[object, int] = {}
        cells, found = [], []
        for cell in series.tolist():
            key = _key(cell)
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(cells)
                cells.append(cell)
            found.append(number)
        codes = pd.Series(found, dtype="int64").to_numpy()
    values = [*(value_of(cell, field) for cell in cells), None]
    # A cell that was nothing to pandas has the number -1, which is the last one to an array.
    return Column(tuple(values), codes.astype("int64") % len(values))


def value_of(cell: Any, field: str) -> Any:
    """A cell as a profile takes it; ``None`` where nothing is stated.

    >>> value_of("[bone, liver]", "metastatic_sites"), value_of(float("nan"), "age"), value_of(" ", "egfr")
    (['bone', 'liver'], None, None)
    """
    cell = _of_python(cell)
    if is_empty(cell):
        return None
    if isinstance(cell, float) and field in WHOLE and cell.is_integer():
        return int(cell)
    if isinstance(cell, str):
        text = cell.strip()
        if text[:1] in {"[", "{"}:
            document = read_text(text)
            return cell if document.problems else document.data
        return cell if text else None
    # A list of the caller's may change after it was read.
    return deepcopy(cell) if isinstance(cell, (list, dict, set)) else cell


def is_empty(cell: Any) -> bool:
    """Whether a cell says nothing: pandas has several values for that."""
    import pandas as pd

    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and cell != cell)  # noqa: PLR0124  -- NaN is what differs from itself


def _of_python(cell: Any) -> Any:
    return cell.tolist() if hasattr(cell, "dtype") and hasattr(cell, "tolist") else cell


_PLAIN = (str, int, bool, type(None))
_WRITTEN = (float, list, tuple, dict, set, frozenset)
"""Told apart by how they are written: 1 and 1.0 are equal, and a NaN equals nothing."""


def _key(cell: Any) -> object:
    """What tells cells apart: the type counts, and lists and objects by their content."""
    plain = _of_python(cell)
    if isinstance(plain, _PLAIN):
        return type(cell), plain
    try:
        # Anything else is one of a kind: it is refused anyhow.
        return type(cell), repr(plain) if isinstance(plain, _WRITTEN) else id(cell)
    except Exception:  # noqa: BLE001  -- a caller's object may refuse to be printed; its row is refused, not the run
        return type(cell), id(cell)
