"""What each reader makes of a text: what was read, or the error that it told."""

from functools import cache
from pathlib import Path
from unittest.mock import patch

from lungmets import LungmetsError, PatientProfile, assess, read_profile
from lungmets.documents import read_bytes, read_file
from lungmets.knowledge import loading
from lungmets.knowledge.base import KnowledgeBase, shipped, shipped_folder
from lungmets.knowledge.folder import paths
from lungmets.knowledge.loading import load_folder
from lungmets.knowledge.overlays import merging
from lungmets.knowledge.verification import verify
from lungmets.testing import complete_profile, read_scenarios

EXAMPLE = Path(__file__).parents[2] / "docs" / "overlays" / "example-hospital"
ROOT = Path("/nowhere")


def profile(text):
    """A profile; what was read is its JSON."""
    return told(lambda: read_profile(text).model_dump_json())


def scenarios(text):
    """A scenario file; what was read is its scenarios, without the lines on which they stand."""
    return told(
        lambda: tuple(
            one.model_copy(update={"lines": {}, "place": ""}).model_dump_json(exclude_unset=True)
            for one in read_scenarios(text)
        )
    )


def knowledge(file):
    """A knowledge folder in which one file has this text; what was read is the digest."""

    def read(text):
        def load():
            loaded = load_folder(shipped_folder())
            verify(loaded)
            digest = loaded.content.digest()
            if digest != shipped().digest:
                answers(KnowledgeBase(loaded.content, digest))
            return digest

        with patch.object(loading, "read_file", reader(shipped_folder() / file, text)):
            return told(load)

    return read


def overlay(file):
    """An overlay in which one file has this text, laid over the shipped knowledge."""

    def read(text):
        def load():
            merged = merging._merged(base(), merging._read_all(base(), [EXAMPLE]))
            if merged.digest != untouched():
                answers(KnowledgeBase(*merged))
            return merged.digest

        with patch.object(loading, "read_file", reader(EXAMPLE / file, text)):
            return told(load)

    return read


@cache
def untouched():
    """The digest of the shipped knowledge with the example over it."""
    return merging._merged(base(), merging._read_all(base(), [EXAMPLE])).digest


@cache
def base():
    return load_folder(shipped_folder())


@cache
def document(path):
    """A file as it is; each is parsed once."""
    return read_file(path)


def reader(changed, text):
    """Reads the text in place of one file."""

    def read(path):
        return read_bytes(text.encode("utf-8", "surrogatepass")) if path == changed else document(path)

    return read


def answers(changed):
    """What loads has to answer: a few profiles, whose answers are thrown away."""
    for one in (
        complete_profile(egfr="l858r", brain_lesions=2),
        complete_profile(pd_l1_tps=60),
        PatientProfile(),
    ):
        for place in ("us", "eu"):
            assess(one, jurisdiction=place, knowledge=changed).model_dump_json()


def told(read):
    """What was read, and what is wrong: exactly one of them."""
    try:
        return read(), ()
    except LungmetsError as error:
        return None, error.problems


def knowledge_files():
    """The files of the shipped knowledge that are small enough to be written anew many times."""
    return [
        name
        for name, path in paths(shipped_folder()).items()
        if path.suffix == ".yaml" and path.stat().st_size < 50_000
    ]


def overlay_files():
    return sorted(path.relative_to(EXAMPLE).as_posix() for path in EXAMPLE.rglob("*.yaml"))
