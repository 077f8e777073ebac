"""Clinical facts live in ``knowledge/``, where a clinician can review them; none lives in Python.

Every module of the package is parsed. Its strings (docstrings apart, whose examples need a drug now
and then) and its names are searched for drugs, classes of drugs, regimens, approval dates,
identifiers of publications, sentences with a threshold, and sentences that ``knowledge/`` holds.
The words of the profile (genes, variants, histologies, contraindications) are Python on purpose:
they are types. What looks like a fact and is none stands in :data:`NO_FACTS`.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import lungmets
from lungmets.documents import read_file
from lungmets.knowledge.base import shipped, shipped_folder

PACKAGE = Path(lungmets.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_knowledge" not in path.parts)

NO_FACTS = {
    "vocabulary.py": {"platinum"},  # a contraindication that a profile may name
    "nomenclature/fusion.py": {"antibody"},  # of a stain
    "nomenclature/pd_l1.py": {"antibody"},  # of a stain
    "knowledge/schema/dates.py": {"2018-04-18"},  # an example of how a date is written
}
"""What a module says of something else, by its file."""


# ---- what a module says ----------------------------------------------------------------------------


def texts(source):
    """Every string of a module that is no docstring, and every name, with its line."""
    tree = ast.parse(source)
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value
        for field in ("id", "attr", "arg", "name", "asname"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                yield getattr(node, "lineno", 0), value


def dates(source):
    """Every day that a module writes, in text or as a call of ``date``."""
    for line, text in texts(source):
        yield from ((line, found) for found in re.findall(r"\b(?:19|20)\d\d-[01]\d-[0-3]\d\b", text))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "date":
            numbers = [part.value for part in node.args if isinstance(part, ast.Constant)]
            if len(numbers) == 3:
                yield node.lineno, "{:04}-{:02}-{:02}".format(*numbers)


def plain(text):
    """One spelling: ``CheckpointInhibitor``, ``checkpoint-inhibitor`` and ``checkpoint inhibitor``."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return f" {re.sub(r'[^a-z0-9]+', ' ', parted.lower()).strip()} "


# ---- what no module may say ------------------------------------------------------------------------


@cache
def names():
    """Drugs, classes of drugs and regimens, in one spelling."""
    regimens = shipped().content.regimens
    found = {drug.name for drug in regimens.drugs}
    found |= {name for drug in regimens.drugs for name in drug.classes}
    found |= {one.id for one in regimens.regimens} | {one.name for one in regimens.regimens}
    return {plain(name) for name in found - set(regimens.procedures)}


@cache
def days():
    """Every day on which something was approved, published, preferred or ended."""
    return {day.isoformat() for day in shipped().days_of_change}


@cache
def identifiers():
    """The DOIs, PMIDs and NCT numbers of the sources."""
    sources = shipped().sources.values()
    found = {one.doi for one in sources} | {one.pmid for one in sources}
    return (found | {number for one in sources for number in one.nct}) - {None}


IDENTIFIER = re.compile(r"\b10\.\d{4,9}/\S|(?i:\bpmid\W{0,3}\d{6,8}\b)|\bNCT\d{8}\b|\bPMC\d{6,}\b")
THRESHOLD = re.compile(
    r"(?ix) ([<>]=?|\bat\ least|\babove|\bbelow|\bunder|\bover|\bup\ to|\bfrom) \s* \d+ (\.\d+)?"
    r" \s* (%|percent|mg|ml|mmol|mm\b|cm\b|gy\b|lesions?|metasta|weeks?|months?|years?)"
    r"| \b(tps|pd-?l1|ecog|clearance|calcium)\b [^.;]{0,20} ([<>]=?|\bat\ least|\babove|\bbelow) \s* \d"
)
"""A sentence such as ``Above 40 mm surgery comes first`` or ``TPS >= 50``."""


@cache
def sentences():
    """Every sentence that stands in the knowledge, in one spelling."""
    found = set()

    def walk(node):
        if isinstance(node, dict):
            node = list(node.values())
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, str):
            found.update(plain(part) for part in re.split(r"(?<=[.:;?]) ", node) if len(part.split()) >= 5)

    for path in shipped_folder().rglob("*.yaml"):
        walk(read_file(path)[1].data)
    return found


def clinical_facts(source, file=""):
    """What a module says that belongs into ``knowledge/``."""
    no_facts = NO_FACTS.get(file, set())
    forbidden = names() - set(map(plain, no_facts))
    for line, text in texts(source):
        spelt = plain(text)
        yield from ((line, name.strip()) for name in forbidden if name in spelt)
        yield from ((line, "sentence") for one in sentences() if one in spelt)
        if IDENTIFIER.search(text) or any(one in text for one in identifiers()):
            yield line, "identifier"
        if THRESHOLD.search(text):
            yield line, "threshold"
    yield from ((line, day) for line, day in dates(source) if day in days() - no_facts)


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(PACKAGE).as_posix() for path in MODULES])
def test_a_module_holds_no_clinical_fact(path):
    file = path.relative_to(PACKAGE).as_posix()
    assert list(clinical_facts(path.read_text(encoding="utf-8"), file)) == []


def test_the_search_covers_the_package_and_the_knowledge():
    """None of the tests above passes because nothing was searched or nothing searched for."""
    files = {path.relative_to(PACKAGE).as_posix() for path in MODULES}
    assert {"pipeline.py", "engine/decision.py", "knowledge/verification.py", "nomenclature/egfr.py"} <= files
    assert {" osimertinib ", " checkpoint inhibitor ", " zoledronic acid ", " oral targeted "} <= names()
    assert len(names()) > 100
    assert len(sentences()) > 300
    assert len(days()) > 100
    assert len(identifiers()) > 100


# fmt: off
PLANTED = [
    # a line of Python                                              what is found
    ('drug = "osimertinib"',                                        "osimertinib"),
    ('DRUGS = {"x": ["alectinib", 1]}',                             "alectinib"),
    ('if "checkpoint_inhibitor" in classes: pass',                  "checkpoint inhibitor"),
    ('text = f"{x} with Zoledronic acid"',                          "zoledronic acid"),
    ("pemetrexed = 1",                                              "pemetrexed"),
    ("def withhold_bevacizumab(): pass",                            "bevacizumab"),
    ("class CheckpointInhibitor: pass",                             "checkpoint inhibitor"),
    ("f(platinum=True)",                                            "platinum"),
    ("from drugs import erlotinib as e",                            "erlotinib"),
    ("x.only_oral_targeted",                                        "oral targeted"),
    ('name = "Dabrafenib with trametinib"',                         "dabrafenib with trametinib"),
    ('begins = "2018-04-18"',                                       "2018-04-18"),
    ("begins = date(2018, 4, 18)",                                  "2018-04-18"),
    ("begins = datetime.date(2018, 4, 18)",                         "2018-04-18"),
    ('doi = "10.1000/planted"',                                     "identifier"),
    ('pmid = "29151359"',                                            "identifier"),  # of a source; the next two of none
    ('pmid = "PMID: 1234567"',                                      "identifier"),
    ('trial = "NCT00000001"',                                       "identifier"),
    ('text = "Above 40 mm surgery comes first."',                   "threshold"),
    ('text = "With a TPS >= 50 it is listed alone."',               "threshold"),
    ('text = "not below 30 mL/min"',                                "threshold"),
    ('text = "over 3 months"',                                      "threshold"),
    ('text = "Calcium is at least 12"',                             "threshold"),
    ('text = "Above four centimetres surgery comes first; then"',   "sentence"),
]
# fmt: on


@pytest.mark.parametrize(("line", "found"), PLANTED)
def test_a_planted_fact_is_noticed(line, found):
    assert found in [what for _, what in clinical_facts(line)]


# fmt: off
ALLOWED = [
    '"""Osimertinib, from 2018-04-18, at a TPS >= 50."""',          # a docstring, whose examples are tested
    'x = 1\n"""The day of osimertinib."""',                         # the documentation of a value
    "date(year, month or 1, day or 1)",
    'expected = "a number from 0 to 100 percent"',
    'version = "2026.11.0"',
    'example = "2014-06-01"',
    'code = "12345678"',
    'text = "expected a date such as 2018"',
    'histology = "adenocarcinoma"',
    'metastases = "brain_lesions"',
]
# fmt: on


@pytest.mark.parametrize("source", ALLOWED)
def test_what_is_no_clinical_fact_is_left_alone(source):
    assert list(clinical_facts(source)) == []


def test_the_word_of_the_profile_is_allowed_in_its_module_only():
    assert list(clinical_facts('PLATINUM = "platinum"', "vocabulary.py")) == []
    assert list(clinical_facts('PLATINUM = "platinum"', "pipeline.py")) != []
