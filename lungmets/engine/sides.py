"""What one view of the knowledge makes of the classes of a space.

A setting leaves some conjunctions certain and some possible; the AND over the dimensions is what the
whole profile leaves. A gene of which nothing was said is unknown where the panel asks for it, and "not
considered" where it does not, and that depends on the other settings: so it is put in last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from lungmets.engine.encoding import encode
from lungmets.engine.symptoms import recognise
from lungmets.engine.table import UNKNOWN, States, bits
from lungmets.engine.view import View
from lungmets.gate import asked_items, no_answers, open_because
from lungmets.knowledge.facts import GENES, NOT_CONSIDERED
from lungmets.profile import PatientProfile
from lungmets.vocabulary import Panel, ResultStatus


class Matters(NamedTuple):
    """The conjunctions that have to be told apart: where they are certain, and where possible."""

    certain: int
    possible: int

    @classmethod
    def of_all(cls, view: View) -> Matters:
        """Everything that an answer of a view may depend on."""
        return cls(view.table.all, view.table.all)

    @classmethod
    def of_lists(cls, view: View) -> Matters:
        """What decides whether anything is listed, and where each option stands; no sentence beside it."""
        found = view.scope | view.first_rows | view.later_rows | view.unresolved_rows
        found |= view.guardrails | view.supersessions
        for mask in view.guardrail_exceptions.values():
            found |= mask
        replacing = 0
        for newer, _ in view.superseding.values():
            replacing |= newer
        for bit in bits(view.cautions):
            # A caution matters only where it keeps an option from replacing another.
            if view.caution_targets[view.base.owner_ids[bit]] & replacing:
                found |= 1 << bit
        for record in view.conflicts:
            for name in (record.id, *record.two_of):
                found |= view.base.bits[name]
        return cls(found, view.unresolved_rows)


@dataclass(frozen=True, slots=True)
class Stand:
    """What a setting does on one side; equal stands are one class."""

    left: int
    """The conjunctions that it leaves, ``certain | possible << size``; only those that matter."""
    watched: tuple[tuple[int, int], ...]
    """For facts that unresolved rows read: the rows that what is known of the fact would allow."""
    open: int
    """The items of the panel that it does not answer."""
    unsaid: int
    """The genes of which nothing is said, where the panel may ask for them."""
    not_understood: int
    states: States = ()
    """All states of the profile that the setting stands in; no part of what it does."""
    owned: frozenset[int] = frozenset()
    """The positions of the facts that it states."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stand) and self._doing == other._doing

    def __hash__(self) -> int:
        return hash(self._doing)

    @property
    def _doing(self) -> tuple[object, ...]:
        return self.left, self.watched, self.open, self.unsaid, self.not_understood


Partial: TypeAlias = tuple[int, tuple[tuple[int, int], ...], int, int]
"""What some settings leave together: conjunctions, watched states, open items, genes not spoken of."""


class SideKey(NamedTuple):
    """All that the decision for a point depends on."""

    left: int
    gate: int
    """The number of the gate's finding."""
    open: int
    watched: tuple[tuple[int, int], ...]


class _Gate(NamedTuple):
    asked: int
    left_out: tuple[str, ...]
    left: int
    """What the genes that are not spoken of leave, as the gate has them."""


class Side:
    """One view, with what matters of it."""

    def __init__(self, view: View, panel: Panel, matters: Matters) -> None:
        self.view = view
        self.panel = panel
        self.table = view.base.table
        self.items = view.base.content.panel.items
        self._panel_mask = 0
        for item in view.panel_items:
            self._panel_mask |= view.base.bits[f"panel:{item.item}"]
        watching = view.unresolved_rows & (matters.certain | matters.possible)
        possible = matters.possible & view.unresolved_rows | self._panel_mask
        self._mask = matters.certain | possible << self.table.size
        self._fields = tuple(fact.split(".")[0] for fact in self.table.facts)
        read = {
            fact
            for bit in bits(watching)
            if (unresolved := view.row_of[bit].unresolved) is not None and unresolved.unknown
            for fact in self.table.conjunctions[bit]
        }
        self._watching = watching
        self._watched = tuple(sorted(self.table.position[fact] for fact in read))
        # A gene outside the panel of which nothing is said is left out, whatever else is said.
        self._asked_for = {item.item for item in view.panel_items if panel in item.panels}
        self._gates: dict[tuple[int, int], int] = {}
        self._found: list[_Gate] = []
        self._unknown_left: dict[int, int] = {}

    # ---- one setting ------------------------------------------------------------------------

    def stand(self, profile: PatientProfile, fields: Collection[str], *, inside: bool) -> Stand:
        """What the facts of some fields do; with ``inside`` false, all the other facts."""
        unclear = no_answers(self.view, profile)
        states = encode(self.view.base, profile, unanswered=unclear)
        names = set(self._fields) & set(fields) if inside else set(self._fields) - set(fields)
        silent = [gene for gene in GENES if gene in names and not _spoken_of(profile, gene)]
        unsaid = [gene for gene in silent if gene in self._asked_for]
        states = self._with_left_out(states, [gene for gene in silent if gene not in unsaid])
        owned = frozenset(index for index, field in enumerate(self._fields) if field in names)
        answering = [
            (number, item) for number, item in enumerate(self.items) if (item.item in fields) is inside
        ]
        reasons = self.view.base.content.panel.reasons
        return Stand(
            left=self.table.left_by(names - set(unsaid), states) & self._mask,
            watched=tuple(
                (index, self.table.columns[index][states[index]][0] & self._watching)
                for index in self._watched
                if index in owned
            ),
            open=sum(
                1 << number
                for number, item in answering
                if (item.item in unsaid or item.item not in silent)
                and (item.item in unclear or open_because(item.item, profile, reasons))
            ),
            unsaid=sum(1 << GENES.index(gene) for gene in unsaid),
            not_understood=len(recognise(self.view.base, profile.symptoms).not_understood)
            if ("symptoms" in fields) is inside
            else 0,
            states=states,
            owned=owned,
        )

    def open_items(self, profile: PatientProfile) -> list[str]:
        """The items that are asked of a profile and not answered."""
        unclear = no_answers(self.view, profile)
        states = encode(self.view.base, profile, unanswered=unclear)
        stated = frozenset(gene for gene in GENES if _spoken_of(profile, gene))
        _, asked, _ = asked_items(self.view, self.panel, self.view.panel_part.possible(states), stated)
        reasons = self.view.base.content.panel.reasons
        return [
            item.item for item in asked if item.item in unclear or open_because(item.item, profile, reasons)
        ]

    def outside_scope(self, profile: PatientProfile) -> bool:
        """Whether a scope rule holds for a profile."""
        return bool(self.table.certain(encode(self.view.base, profile)) & self.view.scope)

    # ---- settings together ------------------------------------------------------------------

    def begin(self, rest: Stand) -> Partial:
        """What the fields that are not varied leave."""
        return rest.left, rest.watched, rest.open, rest.unsaid

    def join(self, partial: Partial, stand: Stand) -> Partial:
        """What is left with one more setting."""
        left, watched, open_, unsaid = partial
        return left & stand.left, watched + stand.watched, open_ | stand.open, unsaid | stand.unsaid

    def left(self, partial: Partial) -> int:
        """What is left before the gate: a gene without a word is unknown."""
        return partial[0] & self._unknown(partial[3])

    def possible_items(self, partial: Partial) -> int:
        """The conjunctions of panel items that may concern the profile."""
        return self.left(partial) >> self.table.size & self._panel_mask

    def key(self, partial: Partial) -> SideKey:
        """All that the decision depends on, with what the gate makes of genes not spoken of."""
        left, watched, open_, unsaid = partial
        possible = self.possible_items(partial)
        number = self._gates.get((possible, unsaid))
        if number is None:
            number = self._gates[possible, unsaid] = self._gate(possible, unsaid)
        gate = self._found[number]
        return SideKey(left & gate.left, number, open_ & gate.asked, watched)

    def missing(self, key: SideKey) -> tuple[str, ...]:
        """The items that are asked and not answered."""
        return tuple(self.items[number].item for number in bits(key.open))

    def states(self, rest: Stand, stands: Sequence[Stand], key: SideKey) -> States:
        """The states of all facts, as the gate leaves them."""
        found = list(rest.states)
        for stand in stands:
            for index in stand.owned:
                found[index] = stand.states[index]
        return self._with_left_out(tuple(found), self._found[key.gate].left_out)

    # ---- the gate ---------------------------------------------------------------------------

    def _gate(self, possible: int, unsaid: int) -> int:
        silent = [GENES[number] for number in bits(unsaid)]
        stated = frozenset(GENES) - frozenset(silent)
        _, asked, left_out = asked_items(self.view, self.panel, possible, stated)
        # Genes outside the panel were put in as left out when their setting was made.
        out = tuple(gene for gene in left_out if gene in silent)
        names = {item.item for item in asked}
        left = self.table.left_by(silent, self._with_left_out((UNKNOWN,) * len(self.table.facts), out))
        asked_mask = sum(1 << number for number, item in enumerate(self.items) if item.item in names)
        self._found.append(_Gate(asked_mask, out, left))
        return len(self._found) - 1

    def _unknown(self, unsaid: int) -> int:
        left = self._unknown_left.get(unsaid)
        if left is None:
            silent = [GENES[number] for number in bits(unsaid)]
            left = self.table.left_by(silent, (UNKNOWN,) * len(self.table.facts))
            self._unknown_left[unsaid] = left
        return left

    def _with_left_out(self, states: States, genes: Iterable[str]) -> States:
        found = list(states)
        for gene in genes:
            if gene in self.table.position:
                found[self.table.position[gene]] = self.table.word_state(gene, (NOT_CONSIDERED,))
        return tuple(found)


def _spoken_of(profile: PatientProfile, gene: str) -> bool:
    return bool(getattr(profile, gene).status is not ResultStatus.NOT_TESTED)
