"""The distinct profiles, as states of the compiled table.

Values that no conjunction tells apart are one class, and one value stands for each class. The product
of everything would be too large, so it is cut where domains share no fact, and at two genes other than
negative at once: no condition of the knowledge reads three.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import combinations, product

from lungmets.engine.decision import Decision, decide
from lungmets.engine.options import Options
from lungmets.engine.table import UNKNOWN, States, bits
from lungmets.engine.view import View
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.facts import GENES, variants
from lungmets.vocabulary import Contraindication

CORE_GENES = ("egfr", "alk", "ros1", "kras", "met", "ret")
EVERY_CONTRAINDICATION = tuple(f"contraindications.{word.value}" for word in Contraindication)
FIRST_OF_JANUARY = [date(year, 1, 1) for year in range(2004, 2027)]

GeneState = dict[str, str]
"""Facts of the genes, by name: ``{"egfr": "positive", "egfr.l858r": "yes", …}``."""


def gene(name: str, found: str | None = None) -> GeneState:
    """A gene that is negative, or positive for one variant."""
    state = {name: "positive" if found else "negative"}
    return state | {f"{name}.{variant}": "yes" if variant == found else "no" for variant in variants(name)}


def gene_states(outside: str) -> Iterator[tuple[frozenset[str], GeneState]]:
    """All genes negative, each single alteration, and each pair; with what is altered (``egfr.l858r``).

    ``outside`` says how the genes outside the core panel stand where they are not altered: ``negative``
    or ``not_considered``.
    """
    quiet: GeneState = {}
    for name in GENES:
        quiet |= (
            {name: "not_considered"} if name not in CORE_GENES and outside == "not_considered" else gene(name)
        )
    single = [(name, variant) for name in GENES for variant in variants(name)]
    yield frozenset(), quiet
    for name, variant in single:
        yield frozenset({f"{name}.{variant}"}), quiet | gene(name, variant)
    for (one, first), (other, second) in combinations(single, 2):
        if one != other:
            altered = quiet | gene(one, first) | gene(other, second)
        else:
            altered = quiet | gene(one, first) | {f"{one}.{second}": "yes"}
        yield frozenset({f"{one}.{first}", f"{other}.{second}"}), altered


class Space:
    """Builds states from names, for one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.table = base.table
        self._quiet: list[tuple[frozenset[str], dict[str, str], States]] | None = None

    def classes(self, fact: str) -> list[int]:
        """One state for each class of a fact; nothing tells anything apart where no row reads it."""
        return self.table.classes(fact) if fact in self.table.position else [UNKNOWN]

    def name(self, fact: str, state: int) -> str:
        """The first value of a state."""
        return self.table.values[fact][(state & -state).bit_length() - 1] if state else "unknown"

    def states(self, words: dict[str, str], masks: dict[str, int]) -> States:
        """The states for some facts by word and others by mask; the rest is unknown."""
        found = [UNKNOWN] * len(self.table.facts)
        for fact, word in words.items():
            if fact in self.table.position:
                found[self.table.position[fact]] = self.table.word_state(fact, (word,))
        for fact, mask in masks.items():
            if fact in self.table.position:
                found[self.table.position[fact]] = mask
        return tuple(found)

    def deciding_contraindications(self, view: View) -> list[str]:
        """Those that could change the options of a view.

        A caution can, too, where something supersedes: an option with a caution replaces none.
        """
        deciding = view.first_rows | view.unresolved_rows | view.guardrails
        if view.supersessions:
            deciding |= view.cautions
        read = {fact for bit in bits(deciding) for fact in self.table.conjunctions[bit]}
        return [name for name in EVERY_CONTRAINDICATION if name in read]

    def systemic(
        self, *, contraindications: Sequence[str]
    ) -> Iterator[tuple[frozenset[str], dict[str, str], States]]:
        """Complete panels without brain or bone disease: what is altered, the other words, the states.

        Contraindications are all unknown, all denied, and each of the named ones stated by itself. Without
        them the list is kept: the same forty thousand profiles are asked about in every place, on every day.
        """
        if contraindications:
            yield from self._systemic(contraindications)
            return
        if self._quiet is None:
            self._quiet = list(self._systemic(()))
        yield from self._quiet

    def _systemic(
        self, contraindications: Sequence[str]
    ) -> Iterator[tuple[frozenset[str], dict[str, str], States]]:
        stated: list[dict[str, str]] = [{}]
        if contraindications:
            every = dict.fromkeys(EVERY_CONTRAINDICATION, "no")
            stated += [every] + [every | {name: "yes"} for name in contraindications]
        quiet = {"brain_disease": "no", "bone_metastases": "no"}
        no_lesion = {"brain_lesions": self.table.number_state("brain_lesions", 0, 0)}
        for outside in ("negative", "not_considered"):
            for altered, genes in gene_states(outside):
                for histology, ecog, score, said in product(
                    self.classes("histology"), self.classes("ecog_ps"), self.classes("pd_l1_tps"), stated
                ):
                    words = {
                        "histology": self.name("histology", histology),
                        "ecog_ps": self.name("ecog_ps", ecog),
                        "pd_l1_tps": self.name("pd_l1_tps", score),
                    }
                    masks = {"histology": histology, "ecog_ps": ecog, "pd_l1_tps": score} | no_lesion
                    yield altered, words | said, self.states(genes | said | quiet, masks)


def listed(view: View, decision: Decision) -> list[tuple[str, tuple[str, ...]]]:
    """Domain and regimen of each option that remains."""
    return _listed(view.options, decision.options)


@cache
def _listed(options: Options, remaining: int) -> list[tuple[str, tuple[str, ...]]]:
    # A few thousand sets of options stand for all the profiles.
    return [(options.keys[index].domain.value, options.keys[index].regimen) for index in bits(remaining)]


def decided(view: View, states: States) -> Decision | None:
    """The decision, or nothing where the profile contradicts itself or is out of scope."""
    decision = decide(view, states)
    return None if decision.certain & view.scope else decision
