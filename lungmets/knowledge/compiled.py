"""A compiled copy of a knowledge folder that was already checked.

Reading and checking YAML takes most of a second; the copy is the checked content as JSON, found by
the SHA-256 of the folder's bytes and of this library's own code. A folder that changed in any byte,
or a changed library, is read and checked anew. The copy stands beside the folder in ``__pycache__``,
follows Python's own switches for such files, and is never needed: where it cannot be written, loading
is only slower.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path

from pydantic import BaseModel, ValidationError

from lungmets.knowledge.content import Content


class _Copy(BaseModel):
    digest: str
    content: Content


def load(folder: Path) -> tuple[Content, str]:
    """The checked content of a folder, and its digest."""
    name = f"lungmets-{_fingerprint(folder)[:32]}.json"
    place = _cache_folder(folder) / name
    try:
        copy = _Copy.model_validate_json(place.read_bytes())
    except (OSError, ValidationError):
        content = _read(folder)
        digest = content.digest()
        _write(place, _Copy(digest=digest, content=content))
        return content, digest
    return copy.content, copy.digest


def _read(folder: Path) -> Content:
    from lungmets.knowledge.loading import load_folder
    from lungmets.knowledge.verification import verify

    loaded = load_folder(folder)
    verify(loaded)
    return loaded.content


def _fingerprint(folder: Path) -> str:
    """SHA-256 over the YAML files of the folder and the code that reads them, names included."""
    total = hashlib.sha256()
    code = Path(__file__).resolve().parent.parent
    for root, pattern in (
        (folder, "*.yaml"),
        (code / "knowledge", "*.py"),
        (code, "vocabulary.py"),
    ):
        for path in sorted(root.rglob(pattern)):
            total.update(path.relative_to(root).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _cache_folder(folder: Path) -> Path:
    if sys.pycache_prefix:
        return Path(sys.pycache_prefix) / folder.resolve().relative_to(folder.resolve().anchor)
    return folder / "__pycache__"


def _write(place: Path, copy: _Copy) -> None:
    """Writes the copy whole or not at all, and removes copies of earlier states."""
    if sys.dont_write_bytecode:
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(copy.model_dump_json(by_alias=True, exclude_defaults=True))
        Path(temporary).replace(place)
        for old in place.parent.glob("lungmets-*.json"):
            if old != place:
                old.unlink(missing_ok=True)
    except OSError:
        return
