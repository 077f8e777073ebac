"""What stands in a knowledge folder, by name. Nothing is read here."""

from __future__ import annotations

from pathlib import Path

TABLES = ("systemic", "sites")
"""The folders of decision tables; ``supportive.yaml`` is one more table."""

CLAIMS = "claims"
"""The folder of the claims, a file for each article; a release may have none."""

_FOLDERS = ("sources", CLAIMS, *TABLES)


def paths(folder: Path) -> dict[str, Path]:
    """Everything in a folder that is not hidden, by its path in it."""
    found = [*folder.rglob("*")]
    for name in _FOLDERS:  # a linked folder is read, and rglob does not go into it
        found += (folder / name).glob("*")
    named = {path.relative_to(folder).as_posix(): path for path in found}
    return {
        name: named[name]
        for name in sorted(named)
        if not any(part.startswith(("__", ".")) for part in name.split("/"))
    }
