"""The source records against the evidence that they were taken from.

``knowledge/sources`` holds identifiers, dates and figures. Each of them must stand in a record of
the evidence files that the source names in ``evidence``, and must not be among the fields that
this record calls unverified. The evidence lies beside the repository, in ``../shared/evidence``:
where that folder is absent, the tests that need it are skipped and the others still run.

One function decides (:func:`unsupported`); planted defects show that it notices what it should.
"""

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from lungmets.knowledge.base import shipped_folder

ROOT = Path(__file__).resolve().parents[2]
SOURCES = shipped_folder() / "sources"
EVIDENCE = ROOT.parent / "shared" / "evidence"
FILES = ("driver_positive", "driver_negative", "timeline", "sites_and_staging", "jurisdictions")

needs_evidence = pytest.mark.skipif(
    not all((EVIDENCE / f"{name}.json").is_file() for name in FILES),
    reason="the evidence folder ../shared/evidence is not beside this repository",
)

KEYS = (
    "id", "kind", "name", "statement", "authors", "title", "journal", "year", "volume", "pages",
    "agency", "drugs", "line", "approval", "published", "ended", "doi", "pmid", "nct", "url",
    "figures", "seen", "unverified", "evidence",
)  # fmt: skip
REQUIRED = {"id", "kind", "name", "statement", "seen", "evidence"}
CITED_BY = ("doi", "pmid", "nct", "url", "statement")
KINDS = {"trial", "approval", "label", "guideline", "review", "registry", "statement"}
FIGURE_KEYS = (
    "endpoint", "population", "measure", "value", "low", "high", "level", "experimental",
    "control", "unit", "n", "against", "note",
)  # fmt: skip
ENDPOINTS = {"pfs", "os", "orr", "dor", "intracranial_orr", "intracranial_pfs", "qol", "sre"}
MEASURES = {"hazard_ratio", "percent", "months", "weeks", "ratio"}
LEVELS = {"primary", "secondary", "tertiary"}
NUMBERS_OF_A_FIGURE = ("value", "low", "high", "experimental", "control", "n")
AS_PRINTED = ("authors", "title", "journal", "year", "volume", "pages")

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>;,]*[^\s\"'<>;,.)]|10\.\d{4,9}/\S+\)\S+")
PMID = re.compile(r"\d{6,8}")
NCT = re.compile(r"NCT\d{8}")
URL = re.compile(r"https?://[^\s()]+(\(\d+\)[^\s()]*)?")
PLACES_NOBODY_CAN_GO = re.compile(
    r"\b\d{1,3}(\.\d{1,3}){3}\b|file id|index id|stored|mirror|shared/|/work\b|seed \d",
    re.IGNORECASE,
)

# ------------------------------------------------------------------------------ reading


@cache
def sources() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Every source record, with the name of its file."""
    return tuple(
        (path.name, {key: _plain(value) for key, value in record.items()})
        for path in sorted(SOURCES.glob("*.yaml"))
        for record in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


@cache
def evidence() -> dict[str, dict[str, Any]]:
    """Every evidence record, under the name that the sources use: file/id."""
    out = {}
    for name in FILES:
        document = json.loads((EVIDENCE / f"{name}.json").read_text(encoding="utf-8"))
        for record in document["records"]:
            out[f"{name}/{record['id']}"] = record
    return out


def _plain(value: Any) -> Any:
    """A date as text: YAML 1.1 reads it as a date, the project's own reader as text."""
    return value.isoformat() if isinstance(value, dt.date) else value


# ------------------------------------------------------- what a record calls unverified

FIELD = r"(?:doi|pmid|nct|authors(?:_short)?|author_order|title(?:_exact)?|journal|year|volume|pages)"
FIELDS_CALLED = re.compile(
    r"(?:(citations?(?:\[\d+\])?|additional_citations\S*)[. ]+)?"
    rf"({FIELD}(?:(?:/|, | and |,){FIELD})*)\b",
    re.IGNORECASE,
)
WARNING = re.compile(r"\b(wrong|unrelated|trap)\b", re.IGNORECASE)
PATH_CALLED = re.compile(r"[A-Za-z_]\w*(?:\.\w+|\[\d+\])*")
SAME_FIELD = {"author_order": "authors", "authors_short": "authors", "title_exact": "title"}


def called_unverified(record: dict[str, Any], path: str) -> bool:
    """Whether the free words of ``unverified`` name the field at this path.

    They are of three forms: a list of fields (``citations[1] volume/pages``, ``DOI and PMID``), a
    path (``results.os.ci``), ``everything``. Words such as "DOI of version 2026.3.1" name no field
    of the record.
    """
    scope, _, last = path.lower().rpartition(".")
    last = SAME_FIELD.get(last, last)
    for entry in record.get("unverified") or ():
        if re.match(r"everything|whole record", entry, re.IGNORECASE):
            return True
        if fields := FIELDS_CALLED.match(entry):
            if entry[fields.end() :].startswith((" of ", " issue number")):
                continue
            names = {SAME_FIELD.get(n, n) for n in re.findall(FIELD, fields[2].lower())}
            if last in names and (fields[1] or scope).lower() == scope:
                return True
        elif (called := PATH_CALLED.match(entry)) and re.match(re.escape(called[0]) + r"(?:[.\[]|$)", path):
            return True
    return False


def texts(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts of a record that may support something, each with the path of its field.

    Left out: what the record calls unverified, and the sentences that warn of a wrong identifier.
    A verification entry is a field of its own: the place and the excerpt that were seen there.
    """
    for path, text in _walk(record):
        if path.startswith(("unverified", "identifier_audit")) or called_unverified(record, path):
            continue
        if path == "date":
            yield path, _as_dated(record, text)
        else:
            sentences = re.split(r"(?<=[.;:)]) ", text)
            yield path, " ".join(s for s in sentences if not WARNING.search(s))


def _walk(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            dotted = f"verification:{key}" if path == "verification" else f"{path}.{key}"
            yield from _walk(value, dotted if path else key)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _walk(value, f"{path}[{index}]")
    elif node is not None and not isinstance(node, bool):
        yield path, str(node)


def _as_dated(record: dict[str, Any], date: str) -> str:
    """The date of a record of the timeline, without the part that it calls unverified."""
    for entry in record.get("unverified") or ():
        if re.match(r"date\b|.* as the year is inferred", entry):
            return ""
        if re.match(r"month\b", entry):
            date = date[:4]
        elif re.match(r"(exact )?day\b", entry):
            date = date[:7]
    return date


# ------------------------------------------------------------------ dates and numbers

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?P<month>(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*)\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = r"(?P<day>\d{1,2})"
NUMBER = r"(?P<number>\d{1,2})"
WRITTEN_DATES = [
    re.compile(rf"\b{form}\b", re.IGNORECASE)
    for form in (
        rf"{YEAR}-{NUMBER}-{DAY}", rf"{YEAR}-{NUMBER}", rf"{YEAR} {NUMBER} {DAY}",
        rf"{NUMBER}/{DAY}/{YEAR}", rf"{YEAR}/{NUMBER}/{DAY}",
        rf"{YEAR} {MONTH} {DAY}", rf"{YEAR} {MONTH}", rf"{DAY} {MONTH} {YEAR}",
        rf"{MONTH} {DAY},? {YEAR}", rf"{MONTH}[ -]{YEAR}", YEAR,
    )
]  # fmt: skip


def dates_in(text: str) -> set[str]:
    """Every date written in a text, also as its month and its year."""
    out = set()
    for form in WRITTEN_DATES:
        for match in form.finditer(text):
            found = match.groupdict()
            year, number = found["year"], int(found.get("number") or 0)
            if found.get("month"):
                number = MONTHS.index(found["month"][:3].lower()) + 1
            out.add(year)
            if 1 <= number <= 12:
                out.add(f"{year}-{number:02d}")
                if found.get("day"):
                    out.add(f"{year}-{number:02d}-{int(found['day']):02d}")
    return out


def numbers_in(*parts: Any) -> set[float]:
    """Every number written in some texts, without sign, decimal comma or thousands mark."""
    text = " ".join(str(part) for part in parts if part is not None).replace("·", ".")
    out = {round(float(number), 6) for number in re.findall(r"\d+(?:\.\d+)?", text)}
    return out | {float(n.replace(",", "")) for n in re.findall(r"\d{1,3}(?:,\d{3})+", text)}


# ------------------------------------------------------------------------- the decision


def unsupported(record: dict[str, Any], known: dict[str, dict[str, Any]]) -> list[str]:
    """What a source record says and the evidence records that it names do not."""
    missing = [name for name in record["evidence"] if name not in known]
    if missing:
        return [f"no such evidence record: {name}" for name in missing]
    named = [known[name] for name in record["evidence"]]
    everything = [pair for source in named for pair in texts(source)]
    whole = "\n".join(text for _, text in everything)
    return [
        *_identifiers(record, whole),
        *_doubted(record, named),
        *_dates(record, named, whole),
        *_figures(record, named, whole),
        *_words(record, named, whole),
        *_authorisation(record, named),
    ]


def _identifiers(record: dict[str, Any], whole: str) -> Iterator[str]:
    for key in ("doi", "pmid"):
        if key in record and not re.search(
            rf"(?<![0-9A-Za-z]){re.escape(record[key])}(?![0-9A-Za-z])", whole
        ):
            yield f"{key} {record[key]}"
    for number in record.get("nct", ()):
        if not re.search(rf"\b{number}\b", whole):
            yield f"nct {number}"
    if "url" in record and record["url"].split("://", 1)[1] not in whole:
        yield f"url {record['url']}"


def _doubted(record: dict[str, Any], named: list[dict[str, Any]]) -> Iterator[str]:
    """An identifier that is called unverified where it stands, or printed as unverified."""
    for key in {"doi", "pmid"} & set(record):
        value = record[key]
        judged = {
            called_unverified(source, path)
            for source in named
            for path, text in _walk({k: v for k, v in source.items() if k != "identifier_audit"})
            if text == value and path.rpartition(".")[2] == key
        }
        printed = any(value in " ".join(source.get("unverified") or ()) for source in named)
        if False not in judged and (printed or judged):
            yield f"{key} {value} is called unverified"


def _dates(record: dict[str, Any], named: list[dict[str, Any]], whole: str) -> Iterator[str]:
    if "published" in record and record["published"] not in dates_in(whole):
        yield f"published {record['published']}"
    if "ended" in record and record["ended"] not in {source.get("until") for source in named}:
        yield f"ended {record['ended']}"


def _figures(record: dict[str, Any], named: list[dict[str, Any]], whole: str) -> Iterator[str]:
    """All numbers of a figure stand in one field of one record; a confidence level somewhere."""
    pools: dict[tuple[int, str], list[str]] = {}
    for index, source in enumerate(named):
        for path, text in texts(source):
            # The key belongs to the text: median_os_months.5-10, hr_95ci.
            top = path if path.startswith("verification:") else re.split(r"[.\[]", path)[0]
            pools.setdefault((index, top), []).append(text)
            if top == "citations":  # a result told in the role of a citation
                pools.setdefault((index, path), []).append(text)
    fields = [numbers_in(*pool) for pool in pools.values()]
    anywhere = numbers_in(whole)
    for figure in record.get("figures", ()):
        wanted = {abs(float(figure[key])) for key in NUMBERS_OF_A_FIGURE if key in figure}
        if not any(wanted <= field for field in fields):
            yield f"figure {figure}"
        if figure.get("level", 95) not in anywhere | {95}:
            yield f"confidence level {figure['level']}"
        words = (figure.get(key) for key in ("population", "against", "note"))
        for number in sorted(numbers_in(*words) - anywhere - _keys_of(named)):
            yield f"the number {number:g} in the words of the figure {figure}"


LINES = {
    "first-line-approved": "first-line",
    "line-agnostic-approved": "line-agnostic",
    "line-agnostic-approved-restricted": "line-agnostic",
    "later-line-only": "subsequent",
    "first-line-maintenance": "maintenance",
}
"""The line of a source, by the class of use; a withdrawn use has none."""


def _authorisation(record: dict[str, Any], named: list[dict[str, Any]]) -> Iterator[str]:
    """A use of the jurisdictions file, field by field: nothing may differ, and nothing be added.

    Its day is the day of the use and no other that the record prints: days of documents and of
    procedures stand there too. What an agency pays for is no authorisation.
    """
    uses = [one for one in named if "first_authorised" in one]
    if not uses:
        return
    (use,) = uses
    wanted = {
        "agency": use["agency"],
        "kind": "approval" if use["first_authorised"] else "label",
        "published": use["first_authorised"],
        "url": use["document_url"],
        "drugs": [_drug(part, use) for part in use["regimen"]],
        "line": LINES.get(use["use_class"]),
        "approval": "conditional" if use["conditional"] else None,
    }
    for key, value in wanted.items():
        if record.get(key) != value:
            yield f"{key} {record.get(key)}, not {value}"
    if use["kind"] != "authorisation" or use["status"] not in {"authorised", "withdrawn"}:
        yield f"{use['kind']}, {use['status']}: no authorisation"
    thresholds = {float(limit) for limit in (use["pd_l1"] or {}).values() if limit is not None}
    said = {float(number) for number in re.findall(r"([\d.]+) percent", record["statement"])}
    if said != thresholds:
        yield f"PD-L1 at {sorted(said)} percent, not {sorted(thresholds)}"
    excluded = {gene["gene"].upper() for gene in use["driver_exclusions"]}
    told = re.search(r"without ([^.;]+) alterations", record["statement"])
    if excluded != set(re.findall(r"EGFR|ALK|ROS1|RET", told[1] if told else "")):
        yield f"drivers excluded: {sorted(excluded)}"
    unverified = set(record.get("unverified", ()))
    if "conditional" in use["unverified"] and "approval" not in unverified:
        yield "what kind of approval it is was not seen, and is not said to be unverified"
    if not use["first_authorised"] and "published" not in unverified:
        yield "its day was not seen, and is not said to be unverified"


def _drug(part: str, use: dict[str, Any]) -> str:
    """A drug as sources write it; a choice that the label names is written out."""
    choices = (use.get("regimen_choices") or {}).get(part, [part]) if part == "taxane" else [part]
    return " or ".join(choice.replace("-", "_").replace(" ", "_") for choice in choices)


def _keys_of(named: list[dict[str, Any]]) -> set[float]:
    return numbers_in(*(path for source in named for path, _ in _walk(source)))


def _words(record: dict[str, Any], named: list[dict[str, Any]], whole: str) -> Iterator[str]:
    spelt = re.sub(r"[\s_-]+", " ", whole).lower()
    known = numbers_in(whole) | _keys_of(named)
    for key in ("name", "statement"):
        words = re.sub(r"(?<=[A-Za-z])\d+", "", record[key])  # ROS1, PD-L1, IMpower150
        for number in sorted(numbers_in(words) - known):
            yield f"the number {number:g} in the {key}"
    for key in AS_PRINTED:
        if key in record and re.sub(r"[\s_-]+", " ", str(record[key])).lower() not in spelt:
            yield f"{key} {record[key]}"
    for key in ("line", "approval"):
        if key in record and re.sub(r"[\s_-]+", " ", record[key]).lower() not in spelt:
            yield f"{key} {record[key]}"
    for drug in record.get("drugs", ()):
        if re.sub(r"[\s_-]+", " ", drug).lower() not in spelt:
            yield f"drug {drug}"


# ------------------------------------------------------------- tests without the evidence


def misshapen(record: dict[str, Any]) -> list[str]:
    """What is wrong with the shape of a source record."""
    return [what for what, wrong in _shape(record) if wrong]


def _shape(record: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    yield "keys unknown or out of order", [k for k in KEYS if k in record] != list(record)
    yield "a required key is missing", not set(record) >= REQUIRED
    yield "id", not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", record["id"])
    yield "kind", record["kind"] not in KINDS
    yield "nothing to cite", not any(record.get(key) for key in CITED_BY)
    yield "published", not DATE.fullmatch(record.get("published", "2000"))
    yield "ended", not DATE.fullmatch(record.get("ended", "2000"))
    yield "ended before it began", record.get("ended", "9999") <= record.get("published", "0000")
    yield "doi", not DOI.fullmatch(record.get("doi", "10.1000/x"))
    yield "pmid", not PMID.fullmatch(record.get("pmid", "1234567"))
    yield "nct", not all(NCT.fullmatch(number) for number in record.get("nct", ()))
    yield "url", not URL.fullmatch(record.get("url", "https://example.org"))
    yield "an approval without an agency", record["kind"] == "approval" and "agency" not in record
    unverified = record.get("unverified", [])
    yield "unverified names no field", not set(unverified) <= set(KEYS)
    yield "unverified and present", any(field in record for field in unverified)
    seen = [field for sight in record["seen"] for field in sight["fields"]]
    yield "seen, yet absent", not set(seen) <= set(record)
    checked = {"doi", "pmid", "nct", "url", "published", "figures"} & set(record)
    yield f"not said where seen: {sorted(checked - set(seen))}", not checked <= set(seen)
    for sight in record["seen"]:
        yield "seen: keys", set(sight) != {"fields", "at", "level"}
        yield "seen: level", sight["level"] not in LEVELS
        yield "seen: too long", not 0 < len(sight["at"]) <= 160
        yield f"seen: {sight['at']}", bool(PLACES_NOBODY_CAN_GO.search(sight["at"]))
    for figure in record.get("figures", ()):
        yield f"keys of {figure}", [k for k in FIGURE_KEYS if k in figure] != list(figure)
        yield f"endpoint of {figure}", figure["endpoint"] not in ENDPOINTS | {"other"}
        yield f"measure of {figure}", figure["measure"] not in MEASURES
        yield f"numbers of {figure}", not {"value", "experimental", "control"} & set(figure)
        yield f"interval of {figure}", ("low" in figure) != ("high" in figure)
        bounds = (figure.get("low", 0), figure.get("value", 0), figure.get("high", 1e9))
        yield f"order of {figure}", "low" in figure and list(bounds) != sorted(bounds)


def test_there_are_sources():
    assert {"approvals.yaml", "guidelines.yaml", "trials.yaml"} <= {name for name, _ in sources()}


def test_an_id_stands_once_in_all_files():
    counted = Counter(record["id"] for _, record in sources())
    assert [name for name, times in counted.items() if times > 1] == []


def test_an_identifier_belongs_to_one_record():
    """Two records with one DOI or PMID would be the same paper twice."""
    papers = chain.from_iterable(
        {record[key] for key in ("doi", "pmid") if key in record} for _, record in sources()
    )
    assert [paper for paper, times in Counter(papers).items() if times > 1] == []


@pytest.mark.parametrize("file", sorted({name for name, _ in sources()}))
def test_every_record_has_the_shape_of_a_source(file):
    wrong = {r["id"]: misshapen(r) for name, r in sources() if name == file and misshapen(r)}
    assert wrong == {}


def test_a_date_is_written_to_the_day_the_month_or_the_year():
    record = {"published": "2018-4-18"}
    assert not DATE.fullmatch(record["published"])
    assert not DATE.fullmatch("2018-13")
    assert DATE.fullmatch("2018-04")


# ---------------------------------------------------------------- tests with the evidence


@needs_evidence
@pytest.mark.parametrize("file", sorted({name for name, _ in sources()}))
def test_every_value_stands_in_the_evidence_that_the_source_names(file):
    wrong = {}
    for name, record in sources():
        if name == file and (found := unsupported(record, evidence())):
            wrong[record["id"]] = found
    assert wrong == {}


def source(name: str) -> dict[str, Any]:
    """A copy of a source record, to plant a defect in."""
    return deepcopy(next(record for _, record in sources() if record["id"] == name))


@needs_evidence
@pytest.mark.parametrize(
    ("name", "key", "planted"),
    [
        ("flaura", "doi", "10.1056/NEJMoa1713138"),
        ("flaura", "doi", "10.1056/NEJMoa171313"),
        ("flaura", "pmid", "29151350"),
        ("flaura", "nct", ["NCT02296126"]),
        ("flaura", "published", "2017-11-19"),
        ("flaura", "volume", "379"),
        ("flaura", "statement", "Osimertinib lengthened survival by 17.3 months."),
        ("chang-2009", "published", "2009-12"),
        ("fda-osimertinib-2018-04-18", "published", "2018-04-17"),
        ("fda-osimertinib-2018-04-18", "drugs", ["erlotinib ethanolate"]),
        ("fda-gefitinib-2003-05-05", "ended", "2005-06-18"),
        ("fda-osimertinib-2018-04-18", "url", "https://www.accessdata.fda.gov/other.pdf"),
        ("impower110", "volume", "383"),  # unverified there
        ("rtog-9508", "published", "2004-05-22"),  # the day is from memory there
        ("ema-osimertinib-egfr-activating", "published", "2018-06-08"),
        ("ema-osimertinib-egfr-activating", "published", "2025-09-05"),  # the day of the document
        ("ema-osimertinib-egfr-activating", "published", None),
        (
            "ema-osimertinib-egfr-activating",
            "url",
            "https://www.ema.europa.eu/en/medicines/human/EPAR/cejemly",
        ),
        ("ema-osimertinib-egfr-activating", "agency", "hc"),
        ("ema-osimertinib-egfr-activating", "drugs", ["osimertinib", "pemetrexed"]),
        ("ema-osimertinib-egfr-activating", "line", "subsequent"),
        ("ema-osimertinib-egfr-activating", "approval", "conditional"),
        ("ema-osimertinib-egfr-activating", "evidence", ["jurisdictions/mhra-aumolertinib-egfr"]),
        ("ema-capmatinib-met-exon14-later", "line", "first-line"),
        ("ema-repotrectinib-ros1", "approval", None),
        ("ema-durvalumab-tremelimumab-chemo", "published", "2023-01-30"),  # one of the two products
        ("ema-amivantamab-carboplatin-pemetrexed-exon20ins", "published", "2025-04-04"),  # a new form
        ("ema-amivantamab-carboplatin-pemetrexed-exon20ins", "unverified", []),
        ("ema-entrectinib-ntrk", "published", "2024-06-27"),  # the extension to children
        ("ema-pembrolizumab-tps50", "statement", "First-line: NSCLC, PD-L1 TPS of at least 5 percent."),
        (
            "ema-pembrolizumab-tps50",
            "statement",
            "First-line: NSCLC, PD-L1 TPS of at least 50 percent.",
        ),  # the drivers
        ("hc-pembrolizumab-tps1", "published", "2017-07-12"),  # the narrower use
        ("hc-dacomitinib-egfr", "published", "2019-02-25"),
    ],
)
def test_a_planted_defect_is_noticed(name, key, planted):
    record = source(name)
    assert unsupported(record, evidence()) == []
    record[key] = planted
    if planted is None:
        del record[key]
    assert unsupported(record, evidence()) != []


@needs_evidence
def test_every_authorisation_of_the_two_places_is_a_source_or_left_out_for_a_reason():
    """So that a use cannot be forgotten; the others of the file are money, or another country's."""
    taken = {name.partition("/")[2] for _, record in sources() for name in record["evidence"]}
    left_out = {
        use["id"]
        for name, use in evidence().items()
        if name.startswith("jurisdictions/") and use["agency"] in {"ema", "hc"} and use["id"] not in taken
    }
    assert left_out == {
        "ema-aumolertinib-egfr-common",  # an opinion, no decision was seen
        "ema-lurbinectedin-atezolizumab-maintenance-es-sclc",  # maintenance, its status unverified
    }
    others = {use["id"] for use in evidence().values() if use.get("agency") in {"hse", "nice", "mhra"}}
    assert others
    assert not others & taken


@needs_evidence
@pytest.mark.parametrize("key", ["doi", "pmid", "nct"])
def test_one_changed_digit_is_noticed_in_every_record(key):
    for _, good in sources():
        if key in good:
            record = deepcopy(good)
            text = record[key][0] if key == "nct" else record[key]
            place = max(index for index, sign in enumerate(text) if sign.isdigit())
            changed = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
            record[key] = [changed] if key == "nct" else changed
            assert unsupported(record, evidence()) != [], f"{record['id']}: {changed}"


@needs_evidence
@pytest.mark.parametrize("key", ["value", "low", "high", "experimental", "control"])
def test_a_planted_figure_is_noticed(key):
    record = source("flaura")
    record["figures"][0][key] += 0.01
    assert unsupported(record, evidence()) != []


@needs_evidence
@pytest.mark.parametrize(
    ("name", "of", "form"),
    [
        ("aoyama-2006", "timeline/aoyama-2006", DOI),
        ("aoyama-2006", "timeline/aoyama-2006", re.compile(r"(?<=PMID )\d+")),
        ("relay", "driver_positive/egfr-erlotinib-ramucirumab-relay", re.compile(r"\b\d{8}\b")),
        ("asco-sno-astro-2021", "timeline/asco-sno-astro-2021", DOI),
    ],
)
def test_an_identifier_from_memory_is_noticed(name, of, form):
    """What the evidence prints only in its list of unverified fields supports nothing."""
    remembered = form.search(" ".join(evidence()[of]["unverified"]))[0]
    record = source(name)
    record["doi" if "/" in remembered else "pmid"] = remembered
    assert unsupported(record, evidence()) != []


@needs_evidence
@pytest.mark.parametrize(
    ("name", "of", "path"),
    [
        ("impower110", "driver_negative/impower110", "citation.volume"),
        ("crest", "driver_negative/crest", "citation.pmid"),
        ("scagliotti-2008", "driver_negative/scagliotti-2008", "nct"),
        ("immunotarget", "driver_negative/immunotarget-2019", "citation.doi"),
        ("zukin-2013", "driver_negative/zukin-2013", "nct"),
    ],
)
def test_a_field_that_its_record_calls_unverified_is_noticed(name, of, path):
    node = evidence()[of]
    for step in path.split("."):
        node = node[step]
    key = path.rpartition(".")[2]
    record = source(name)
    assert key not in record
    record[key] = [node] if key == "nct" else node
    assert unsupported(record, evidence()) != []


@needs_evidence
def test_a_warning_of_a_wrong_identifier_supports_nothing():
    """The notes quote wrong identifiers of public files, to warn of them."""
    record = source("keynote-024")
    notes = evidence()["driver_negative/keynote-024"]["notes"]
    record["pmid"] = re.search(r"PMID (\d+)", notes)[1]
    assert unsupported(record, evidence()) != []
