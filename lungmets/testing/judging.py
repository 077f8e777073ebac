"""A scenario against an answer: what was expected, what came, and why.

Everything that does not fit is told, not only the first; each finding has the line of the
expectation that it breaks.
"""

from __future__ import annotations

from lungmets.assessment import Assessment
from lungmets.errors import DocumentError, Problem
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.pipeline import assess
from lungmets.results import Closed
from lungmets.testing.comparing import Finding, compare
from lungmets.testing.names import misnamed
from lungmets.testing.scenario import Scenario
from lungmets.vocabulary import Engine

__all__ = ["Finding", "Outcome", "judge"]


class Outcome(Closed):
    """What became of a scenario; without findings it passed."""

    name: str
    text: str
    place: str
    citation: tuple[str, ...]
    knowledge: str
    findings: tuple[Finding, ...]
    answer: Assessment | None = None

    @property
    def passed(self) -> bool:
        """Whether the answer is what was expected."""
        return not self.findings


def judge(
    scenario: Scenario, knowledge: KnowledgeBase | None = None, *, engine: Engine | str = Engine.BITMAP
) -> Outcome:
    """Asks what the scenario asks, and compares.

    Args:
        scenario: as :func:`lungmets.testing.read_scenarios` gives it.
        knowledge: what is asked; ``None`` is the knowledge that comes with the library.
        engine: which matcher is used.

    Raises:
        DocumentError: the scenario expects something that this knowledge does not have a name for.
        EngineError: the engine is not installed, or failed.
    """
    base = knowledge or shipped()
    if not fits(scenario.knowledge, base.version):
        return _outcome(scenario, base, (_other_release(scenario, base),), None)
    if problems := misnamed(scenario, base):
        raise DocumentError(problems)
    answer = assess(
        scenario.profile,
        as_of=scenario.as_of,
        jurisdiction=scenario.jurisdiction,
        panel=scenario.panel,
        knowledge=base,
        engine=engine,
    )
    return _outcome(scenario, base, tuple(compare(scenario, answer, base)), answer)


def defects(scenario: Scenario, knowledge: KnowledgeBase) -> list[Problem]:
    """What is wrong with a scenario itself, for this knowledge; one of another release has none."""
    return misnamed(scenario, knowledge) if fits(scenario.knowledge, knowledge.version) else []


def fits(wanted: str | None, version: str) -> bool:
    """Whether a release is the one that is wanted: exactly, or that one and younger with ``>=``.

    >>> fits("2026.11.0", "2026.11.0"), fits(">=2026.11.0", "2027.2.0"), fits("2026.11.0", "2026.12.0")
    (True, True, False)
    """
    if wanted is None:
        return True
    if wanted.startswith(">="):
        return _number(version) >= _number(wanted[2:])
    return wanted == version


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _other_release(scenario: Scenario, base: KnowledgeBase) -> Finding:
    return Finding(
        key="knowledge",
        place=scenario.place,
        expected=f"knowledge {scenario.knowledge}",
        got=f"knowledge {base.version} ({base.digest[:12]})",
        why=(
            "the scenario is pinned to that release, and was not asked of another",
            "give the folder of that release (--knowledge, --lungmets-knowledge), or move the pin",
        ),
    )


def _outcome(
    scenario: Scenario, base: KnowledgeBase, findings: tuple[Finding, ...], answer: Assessment | None
) -> Outcome:
    return Outcome(
        name=scenario.name,
        text=scenario.text,
        place=scenario.place,
        citation=scenario.citation,
        knowledge=f"{base.version} ({base.digest[:12]})",
        findings=findings,
        answer=answer,
    )
