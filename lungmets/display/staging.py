"""The stage of an answer as a section of its outline, and as an outline of its own."""

from __future__ import annotations

from lungmets.assessment import Staging
from lungmets.display.bibliography import Sources
from lungmets.display.entries import Detail, Entry, Section
from lungmets.display.local import LocalParts

_ORDINALS = {7: "7th", 8: "8th", 9: "9th"}


def stage_section(staging: Staging, sources: Sources) -> Section:
    """The category with its edition, what made it hold, and what would decide or has to be settled."""
    cited = sources.cite(staging.citations)
    details = [
        Detail("because", remark.text + sources.cite(remark.citations, remark.rule))
        for remark in staging.remarks
        if any(held.row == remark.id for held in staging.because)
    ]
    details += [Detail("found", "; ".join(held.values)) for held in staging.because]
    details += [Detail("missing", item.text + sources.cite((), item.rule)) for item in staging.missing]
    details += [
        Detail("settle", remark.text + sources.cite(remark.citations, remark.rule))
        for remark in staging.to_settle
    ]
    rows = {held.row for held in staging.because}
    details += [
        Detail("note", remark.text + sources.cite(remark.citations, remark.rule))
        for remark in staging.remarks
        if remark.id not in rows and staging.edition is not None
    ]
    if staging.edition is None:
        said = " ".join(remark.text + sources.cite((), remark.rule) for remark in staging.remarks)
        return Section("Stage", (Entry("", said),) if said else ())
    return Section("Stage", (Entry(stage_in_words(staging), cited.strip(), tuple(details)),))


def stage_in_words(staging: Staging) -> str:
    """The stage, or those that are still possible, with the edition.

    >>> stage_in_words(
    ...     Staging(edition=9, possible_categories=("M1b", "M1c1"), possible_stages=("IVA", "IVB"))
    ... )
    'IVA or IVB (M1b or M1c1, 9th edition)'
    """
    edition = f"{_ORDINALS.get(staging.edition or 0, staging.edition)} edition"
    if not staging.possible_stages:
        return f"no M1 category ({edition})"
    stages, categories = (
        " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
        for words in (staging.possible_stages, staging.possible_categories)
    )
    return f"{stages} ({categories}, {edition})"


def stage_outline(staging: Staging, asked: str, notice: str) -> list[Section]:
    """The stage alone, with its sources and the notice that stands on every answer."""
    sources = Sources(LocalParts(None))
    found = [Section("Stage group", (Entry("", asked),), "main"), stage_section(staging, sources)]
    listed = tuple(Entry(lead, text, short=short) for lead, text, short in sources.listed())
    found += [Section("Sources", listed, "aside"), Section("Notice", (Entry("", notice),), "aside")]
    return [section for section in found if section.entries]
