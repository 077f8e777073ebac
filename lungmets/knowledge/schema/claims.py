"""Claims: what an article says, in our words, judged against the sources.

An article is never copied. A claim names the sentences that it paraphrases by their places, and
``sentences`` holds a hash for each sentence of the article; see :mod:`lungmets.knowledge.sentences`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self, TypeAlias

from pydantic import Field, model_validator

from lungmets.knowledge.schema.dates import Begin, Day
from lungmets.knowledge.schema.record import Id, Record, Text
from lungmets.results import wrong

Locator: TypeAlias = Annotated[str, Field(pattern=r"^[1-9]\d*:[1-9]\d*$")]
"""The place of a sentence in its article: ``paragraph:sentence``, both counted from 1."""

SentenceHash: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
"""What stands for a sentence. It is written in quotes, because some look like numbers to YAML."""

Name: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+([-._:][A-Za-z0-9_]+)*$", max_length=100)]
"""The id of a record, a panel item as ``panel:item``, or a module as ``lungmets.name``."""


class ClaimKind(StrEnum):
    """What a claim is about."""

    TREATMENT = "treatment"
    STAGING = "staging"
    DIAGNOSTIC = "diagnostic"
    SYMPTOM = "symptom"
    PROGNOSIS = "prognosis"


class Verdict(StrEnum):
    """How a claim stands beside the sources.

    ``adopted`` is right as said; ``qualified`` is right within a limit that must be told with it;
    ``superseded`` was right and has been replaced; ``contradicted`` is what a source says otherwise;
    for ``unsupported`` no source was found.
    """

    ADOPTED = "adopted"
    QUALIFIED = "qualified"
    SUPERSEDED = "superseded"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"


class Outside(StrEnum):
    """Why a sentence of an article makes no claim that is judged here."""

    HEADING = "heading"
    NAVIGATION = "navigation"
    ADDRESS = "address"
    ADVERTISING = "advertising"
    EDITORIAL = "editorial"
    FIGURE_CREDIT = "figure_credit"
    DISCLAIMER = "disclaimer"
    BIOLOGY = "biology"
    SERVICES = "services"
    COSTS_AND_COVERAGE = "costs_and_coverage"


class ArticleAbout(Record):
    """Which article it is: its file's name, what kind of page it is, and the day that it states of itself."""

    id: Annotated[str, Field(pattern=r"^\d{3}_[0-9a-f]{16}$")]
    about: Text
    dated: Begin | None = None


class Verified(Record):
    """What was verified where the article asks for it, and on which day; or why it could not be."""

    on: Day
    found: Text | None = None
    not_possible: Text | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.found is None) is (self.not_possible is None):
            raise wrong("verified says both or nothing", expected="either `found` or `not_possible`")
        return self


class Claim(Record):
    """One statement of an article, paraphrased, with its verdict.

    ``carried_by`` are the records, or the modules, that say it in this knowledge; ``decided_by`` the
    sources from which the verdict follows. Without a verdict it is not decided yet, which the audit lists.
    """

    id: Annotated[Id, Field(pattern=r"^claim\.\d{3}\.[a-z0-9]+(-[a-z0-9]+)*$")]
    kind: ClaimKind
    says: Text
    at: tuple[Locator, ...] = Field(min_length=1)
    verdict: Verdict | None = None
    reason: Text | None = None
    carried_by: tuple[Name, ...] = ()
    not_carried: Text | None = None
    decided_by: tuple[Id, ...] = ()
    verified: Verified | None = None

    @model_validator(mode="after")
    def _judged_as_a_whole(self) -> Self:
        if (self.verdict is None) is not (self.reason is None):
            lacks = "reason" if self.reason is None else "verdict"
            raise wrong(f"a claim without a {lacks}", expected="`verdict` and `reason` together, or neither")
        if bool(self.carried_by) is (self.not_carried is not None):
            both = "both" if self.carried_by else "neither"
            expected = "what carries it under `carried_by`, or why nothing does under `not_carried`"
            raise wrong(f"a claim with {both} of carried_by and not_carried", expected=expected)
        if self.verdict not in {None, Verdict.UNSUPPORTED} and not self.decided_by:
            expected = "a source under `decided_by`"
            why = "only a claim for which no source was found is without one"
            raise wrong(f"a claim is {self.verdict} by no source", expected=expected, why=why)
        return self


class OutOfScope(Record):
    """Sentences that make no claim, with the reason."""

    why: Outside
    at: tuple[Locator, ...] = Field(min_length=1)


class ArticleClaims(Record):
    """One file of ``claims/``: an article, what it claims, and every sentence of it accounted for."""

    article: ArticleAbout
    claims: tuple[Claim, ...] = Field(min_length=1)
    out_of_scope: tuple[OutOfScope, ...] = ()
    sentences: dict[Locator, SentenceHash] = Field(min_length=1)
