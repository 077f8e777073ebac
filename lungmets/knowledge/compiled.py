"""A compiled copy of a knowledge folder that was already checked.

Reading and checking YAML takes most of a second; the copy is the checked content as JSON, found by
the SHA-256 of the folder's bytes and of this library's own code, and sealed with the SHA-256 of its
own. A folder that changed in any byte, or a changed library, is read and checked anew; so is one
whose copy is damaged. The copy stands beside the folder in ``__pycache__``, follows Python's own
switches for such files, and is never needed: where it cannot be written, loading is only slower.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ValidationError

from lungmets.knowledge.content import Content
from lungmets.knowledge.folder import paths

_CODE = Path(__file__).resolve().parent.parent

_READERS = ("knowledge/**/*.py", "documents.py", "yaml_events.py", "vocabulary.py")
"""The modules that decide what a folder means."""


class _Copy(BaseModel):
    digest: str
    content: Content


def load(folder: Path) -> tuple[Content, str]:
    """The checked content of a folder, and its digest."""
    state = _fingerprint(folder)
    place = _cache_folder(folder) / f"lungmets-{state[:32]}.json"
    copy = _stored(place) if state else None
    if copy is None:
        content = load_folder(folder)
        copy = _Copy(digest=content.digest(), content=content)
        if state and state == _fingerprint(folder):  # nobody wrote in the folder meanwhile
            _write(place, copy)
    return copy.content, copy.digest


def load_folder(folder: Path) -> Content:
    """The content of a folder, read from YAML and checked. Most processes never need these modules."""
    from lungmets.knowledge.loading import load_folder as read
    from lungmets.knowledge.verification import verify

    loaded = read(folder)
    verify(loaded)
    return loaded.content


def _fingerprint(folder: Path) -> str:
    """SHA-256 over the folder and the code that reads it, names included; nothing if one is unreadable.

    Of files that are not YAML only the names count: that they are there can be a defect.
    """
    total = hashlib.sha256()
    found = [*paths(folder).items()]
    found += [
        (path.relative_to(_CODE).as_posix(), path)
        for pattern in _READERS
        for path in sorted(_CODE.glob(pattern))
    ]
    try:
        for name, path in found:
            total.update(name.encode() + b"\0")
            if path.suffix in {".yaml", ".py"}:
                total.update(hashlib.sha256(path.read_bytes()).digest())
    except OSError:
        return ""
    return total.hexdigest()


def _cache_folder(folder: Path) -> Path:
    if sys.pycache_prefix:
        return Path(sys.pycache_prefix) / folder.resolve().relative_to(folder.resolve().anchor)
    return folder / "__pycache__"


def _stored(place: Path) -> _Copy | None:
    """The copy, if it is there and not a byte of it has changed."""
    try:
        seal, _, text = place.read_bytes().partition(b"\n")
        return _Copy.model_validate_json(text) if seal == _seal(text) else None
    except (OSError, ValidationError):
        return None


def _seal(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode()


def _write(place: Path, copy: _Copy) -> None:
    """Writes the copy whole or not at all, and removes copies of earlier states."""
    if sys.dont_write_bytecode:
        return
    text = copy.model_dump_json(by_alias=True, exclude_defaults=True).encode()
    # A name that no other process and no other thread writes to, as Python's own compiler has.
    temporary = place.with_name(f"{place.name}.{os.getpid()}.{threading.get_ident()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as stream:
                stream.write(_seal(text) + b"\n" + text)
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
        for old in place.parent.glob("lungmets-*.json"):
            if old != place:
                old.unlink(missing_ok=True)
