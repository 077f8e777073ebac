"""A comparison of two releases for people: as text for a terminal, and as Markdown.

>>> from lungmets.knowledge.base import shipped
>>> from lungmets.knowledge.comparison import compare
>>> print(comparison_as_markdown(compare(shipped(), shipped())).splitlines()[-1])
- The two releases hold the same knowledge, so every answer is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from lungmets.display.doubts import doubt
from lungmets.display.entries import Detail, Entry, Section
from lungmets.display.markdown import sections_as_markdown
from lungmets.display.text import write_sections
from lungmets.errors import visible
from lungmets.knowledge.comparison.models import (
    Aspect,
    ChangeKind,
    Comparison,
    DayRange,
    Effect,
    EnumeratedSpace,
    Example,
    FieldChange,
    Move,
    RecordChange,
)

_ASPECTS: Mapping[Aspect, str] = {
    Aspect.DATES: "re-dated",
    Aspect.CITATIONS: "re-cited",
    Aspect.CONDITION: "re-conditioned",
    Aspect.REWRITTEN: "rewritten, same meaning",
    Aspect.OPTION: "other options",
    Aspect.STANDING: "other standing",
    Aspect.WORDS: "reworded",
    Aspect.REVIEW: "other review date",
    Aspect.OTHER: "other fields",
}
_LONGEST = 160
_MOST_MOVES = 12


def write_comparison(comparison: Comparison, stream: TextIO, *, width: int | None = None) -> None:
    """Writes a comparison; plain where the stream is piped."""
    write_sections(comparison_outline(comparison), stream, width=width)


def comparison_as_markdown(comparison: Comparison) -> str:
    """The whole comparison as one Markdown document."""
    return sections_as_markdown(comparison_outline(comparison))


def comparison_outline(comparison: Comparison) -> list[Section]:
    """The sections of a comparison: records first, then answers, days and scenarios."""
    found = [_heading(comparison)]
    if comparison.identical:
        return found
    if comparison.warnings:
        warned = tuple(Entry(warning.id, visible(warning.text)) for warning in comparison.warnings)
        found.append(Section("Ids used again", warned, "urgent"))
    for kind in ChangeKind:
        entries = tuple(_record(record) for record in comparison.records if record.change is kind)
        if entries:
            found.append(Section(f"{kind.value.capitalize()}: {len(entries)}", entries, "main"))
    found += [_effect(effect) for effect in comparison.effects]
    found.append(_days(comparison))
    if comparison.scenarios is not None:
        found.append(_scenarios(comparison))
    return found


def _heading(comparison: Comparison) -> Section:
    old, new = comparison.old, comparison.new
    asked = f"Answers as of {new.asked} · {comparison.jurisdiction.value} · {comparison.panel.value} panel"
    if old.asked != new.asked:
        asked += f"; the older release ends before, and is asked as of {old.asked}"
    entries = [
        Entry("Old", f"{old.version} ({old.digest[:12]}), as of {old.as_of}"),
        Entry("New", f"{new.version} ({new.digest[:12]}), as of {new.as_of}"),
        Entry("", asked),
    ]
    if comparison.identical:
        entries.append(Entry("", "The two releases hold the same knowledge, so every answer is the same."))
    elif not comparison.effects:
        entries.append(Entry("", "On this day no class of profiles changes its answer."))
    return Section("Two releases of the knowledge", tuple(entries), "main")


# ---- records -------------------------------------------------------------------------------------


def _record(record: RecordChange) -> Entry:
    said = ", ".join(_ASPECTS[aspect] for aspect in record.aspects)
    details = [*map(_field, record.fields)]
    if record.unverified:
        rests = ", ".join(f"{name}{doubt(fields)}" for name, fields in record.unverified.items())
        details.append(Detail("doubt", f"it rests on {rests}"))
    return Entry(record.id, said, tuple(details), record.kind.value.replace("_", " "))


def _field(change: FieldChange) -> Detail:
    note = f" ({change.note})" if change.note else ""
    return Detail(change.field, f"{_value(change.old)} → {_value(change.new)}{note}")


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    text = visible(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


# ---- answers -------------------------------------------------------------------------------------


def _effect(effect: Effect) -> Section:
    title = f"Answers that change: {effect.concern.value.replace('_', ' ')}"
    if effect.changed is None:
        counted = f"not counted: the smallest space has {effect.space.size:,} classes, over the budget"
    else:
        counted = f"{effect.changed:,} of {effect.space.size:,} classes of profiles"
    entries = [Entry(counted)]
    entries += [_move(move) for move in effect.moves[:_MOST_MOVES]]
    if len(effect.moves) > _MOST_MOVES:
        entries.append(Entry("", f"and {len(effect.moves) - _MOST_MOVES} more (see the JSON)"))
    entries.append(Entry("Visited", "every combination of these classes", tuple(_space(effect.space))))
    entries += [_example(number, example) for number, example in enumerate(effect.examples, 1)]
    return Section(title, tuple(entries), "main")


def _move(move: Move) -> Entry:
    return Entry(move.what, f"{move.before} → {move.after}, in {_classes(move.classes)}")


def _classes(number: int) -> str:
    return "1 class" if number == 1 else f"{number:,} classes"


def _space(space: EnumeratedSpace) -> Iterator[Detail]:
    for field in space.varied:
        named = [
            members[0] + (f" (+{len(members) - 1} alike)" if len(members) > 1 else "")
            for members in field.classes
        ]
        yield Detail(", ".join(field.fields), _value(f"{len(named)} classes: {'; '.join(named)}"))
    quiet = ", ".join(f"{name} {_value(value)}" for name, value in space.quiet.items())
    yield Detail("quiet", f"{quiet}; everything else not stated")
    yield Detail("limits", f"at most {space.most_genes} genes other than quiet at once")
    for said in space.cut:
        yield Detail("cut", said)


def _example(number: int, example: Example) -> Entry:
    others = example.alike - 1
    alike = f"and {others:,} more like it" if others else "the only one of its kind"
    details = tuple(Detail(move.what, f"{move.before} → {move.after}") for move in example.moves)
    return Entry(f"Example {number}", alike, details, code=example.yaml)


# ---- days and scenarios --------------------------------------------------------------------------


def _days(comparison: Comparison) -> Section:
    entries = tuple(_range(days) for days in comparison.days)
    none = (Entry("", "On no day does any class of profiles change its answer."),)
    return Section("Days on which answers differ", entries or none, "main")


def _range(days: DayRange) -> Entry:
    lead = f"{days.first} to {days.last}" if days.first != days.last else f"{days.first}"
    if days.only:
        return Entry(lead, f"only the {days.only} release answers for these days")
    counts = [
        f"{count.concern.value.replace('_', ' ')}: "
        + ("not counted" if count.changed is None else f"{count.changed:,}")
        + f" of {count.size:,} classes"
        for count in days.counts
    ]
    return Entry(lead, "; ".join(counts))


def _scenarios(comparison: Comparison) -> Section:
    changed = comparison.scenarios or ()
    entries = tuple(
        Entry(
            scenario.id,
            f"{'passes' if not scenario.before else 'fails'} → {'passes' if not scenario.after else 'fails'}",
            tuple(Detail("now", visible(text)) for text in scenario.after),
        )
        for scenario in changed
    )
    none = (Entry("", "No scenario changes its verdict."),)
    return Section("Scenarios that change", entries or none, "main")
