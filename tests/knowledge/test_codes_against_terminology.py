"""The codes of drugs against the terminology file that they were taken from.

The file lies beside the repository, in ``../shared/codes``; without it the comparison is skipped.
"""

import json
from pathlib import Path

import pytest

from lungmets.knowledge.base import shipped

TERMINOLOGY = Path(__file__).resolve().parents[3] / "shared" / "codes" / "terminology.json"
SYSTEMS = {
    "ncit": "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
}

needs_terminology = pytest.mark.skipif(
    not TERMINOLOGY.is_file(),
    reason="the file ../shared/codes/terminology.json is not beside this repository",
)


def coded() -> set[tuple[str, str, str]]:
    """Drug, system and code of everything that the knowledge gives a code."""
    return {
        (drug.name, system, code)
        for drug in shipped().content.regimens.drugs
        for system, code in drug.codes.model_dump(exclude_none=True).items()
    }


def verified(entries) -> set[tuple[str, str, str]]:
    """The same of a terminology file, where it says that the code was verified."""
    names = {address: system for system, address in SYSTEMS.items()}
    return {
        (entry["concept"].removeprefix("drug_"), names[entry["system"]], entry["code"])
        for entry in entries
        if entry["concept"].startswith("drug_") and entry["system"] in names and entry["status"] == "verified"
    }


@needs_terminology
def test_every_code_of_a_drug_stands_in_the_terminology():
    assert coded() <= verified(json.loads(TERMINOLOGY.read_text(encoding="utf-8")))


def test_some_drugs_have_codes_and_no_two_share_one():
    codes = [(system, code) for _, system, code in coded()]
    assert len(codes) == len(set(codes))
    # Three drugs of the file, written out from it.
    assert {
        ("osimertinib", "ncit", "C116377"),
        ("osimertinib", "rxnorm", "1721560"),
        ("crizotinib", "rxnorm", "1148495"),
    } <= coded()


def test_a_code_that_is_not_verified_is_no_code():
    entry = {"concept": "drug_osimertinib", "system": SYSTEMS["ncit"], "code": "C1", "status": "guessed"}
    assert verified([entry]) == set()
    assert verified([entry | {"status": "verified"}]) == {("osimertinib", "ncit", "C1")}
