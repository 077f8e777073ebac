"""Scenario files as text, for tests: the smallest that are whole, and what stands in them.

The facts of the profile are those of ``tests/scenarios``: the core panel answered, with
nothing found. Whatever is expected of it there, with its source, may be expected of it here.
"""

from xml.etree import ElementTree as ET

COMPLETE = {
    "histology": "adenocarcinoma", "egfr": "negative", "alk": "negative", "ros1": "negative", "kras": "negative",
    "met": "negative", "ret": "negative", "pd_l1_tps": 0, "ecog_ps": 1, "brain_lesions": 0,
}  # fmt: skip

DEFAULTS = (
    "defaults:\n"
    "  citation: written for a test\n"
    f"  profile: {{{', '.join(f'{field}: {value}' for field, value in COMPLETE.items())}}}\n"
)
"""Three lines."""

ONE = """\
scenarios:
  - id: one
    text: A text.
    citation: flaura
    profile: {histology: squamous}
    expect: {status: refused}
"""
"""The smallest file, to be changed in one place: it passes, since nothing molecular is known."""


def one(old="", new="", *, after=""):
    """The smallest file with one thing changed, or something put after it."""
    assert ONE.count(old) == 1 or not old, f"the file has {ONE.count(old)} times {old!r}"
    return (ONE.replace(old, new) if old else ONE) + after


def expecting(expect):
    """The smallest file with another expectation; it stands on line 6."""
    return one("{status: refused}", expect)


def of_complete(expect, *, profile="{}", name="a", question=""):
    """A file with one scenario of a complete profile; what is expected stands on line 9."""
    asked = f"    {question}\n" if question else "    jurisdiction: us\n"
    return (
        f"{DEFAULTS}scenarios:\n  - id: {name}\n    text: Planted.\n"
        f"{asked}    profile: {profile}\n    expect: {expect}\n"
    )


def parsed(xml):
    """A JUnit report, read by a parser that is not ours."""
    return ET.fromstring(xml)  # noqa: S314  -- our own output is read
