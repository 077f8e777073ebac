"""The profile that a command is given: a file, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lungmets.errors import InputError, Problem

if TYPE_CHECKING:
    from lungmets.profile import PatientProfile


def profile_in(file: str, problems: list[Problem]) -> PatientProfile:
    """The profile in a file (``-`` is standard input).

    Raises:
        InputError: the profile is in error; the problems of the question are told with it.
    """
    from lungmets.documents import LARGEST_DOCUMENT
    from lungmets.profile_reading import read_profile

    # One byte more than a document may have, so that too much is noticed and never read whole.
    source = sys.stdin.buffer.read(LARGEST_DOCUMENT + 1) if file == "-" else Path(file)
    try:
        return read_profile(source)
    except InputError as error:
        raise type(error)([*error.problems, *problems], error.alerts) from None
