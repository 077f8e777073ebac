"""What leads on from an answer: steps of a work-up, questions, and the words of a search for trials."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lungmets.knowledge.schema.dates import Begin
from lungmets.knowledge.schema.record import Id, Record, Text, When
from lungmets.knowledge.schema.shown import Advice
from lungmets.vocabulary import Audience, StepKind


class Step(Advice):
    """A next step; with a ``kind`` it is a step of the work-up, and ``why`` says what it is for."""

    kind: StepKind | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _has_a_reason(self) -> Self:
        if (self.kind is None) is not (self.why is None):
            raise PydanticCustomError(
                "step", "{expected}", {"expected": "`kind` and `why` together, or neither"}
            )
        return self


class Question(Advice):
    """A question; ``words`` are those for some audience, which hears ``says`` without them."""

    words: dict[Audience, Text] = Field(default_factory=dict)

    def to(self, audience: Audience) -> str:
        """The question as it is put to, or by, an audience."""
        return self.words.get(audience, self.says)


class SearchWords(Record):
    """Words of a search for trials: a disease, or a term beside it, for the profiles that it suits."""

    id: Id
    when: When
    condition: Text | None = None
    term: Text | None = None
    review_by: Begin

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.condition is None) is (self.term is None):
            raise PydanticCustomError("search", "{expected}", {"expected": "either `condition` or `term`"})
        return self


class TrialSearch(Record):
    """How trials are looked for: what is said of the search, and its words."""

    says: Text
    words: tuple[SearchWords, ...] = Field(min_length=1)
