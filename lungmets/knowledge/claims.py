"""What the articles claim, for the few who ask: nothing of it is read in order to answer.

The claims are part of the content and of its digest, but they stay one text until somebody asks for
them. So a compiled copy gives them back for the price of reading that text, and the models of a claim are
not even imported where no claim is asked for.

>>> Claims().of_record("panel:egfr")
()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic_core import CoreSchema, core_schema

from lungmets.knowledge.canonical import canonical, in_order

if TYPE_CHECKING:
    from lungmets.knowledge.schema.claims import ArticleClaims, Claim


class Claims:
    """The claims of every article. They are equal where they say the same, and never change."""

    def __init__(self, text: str = "[]") -> None:
        self.text = text

    @classmethod
    def of(cls, articles: Iterable[ArticleClaims]) -> Claims:
        """The claims of some articles, whatever their order."""
        dumped = [one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in articles]
        for one in dumped:  # entries without an id, whose order means nothing
            one.get("out_of_scope", []).sort(key=canonical)
        return cls(canonical(in_order(sorted(dumped, key=lambda one: str(one["article"]["id"])))))

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Claims) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[type[Claims], tuple[str]]:
        # The text is all there is; what was read from it is read again where it is asked for.
        return type(self), (self.text,)

    def __repr__(self) -> str:
        return f"<Claims of {', '.join(self.articles) or 'no article'}>"

    @cached_property
    def articles(self) -> Mapping[str, ArticleClaims]:
        """Each article with its claims, by the article's id, in the order of the ids."""
        from pydantic import TypeAdapter

        from lungmets.knowledge.schema.claims import ArticleClaims

        found = TypeAdapter(tuple[ArticleClaims, ...]).validate_json(self.text)
        return MappingProxyType({one.article.id: one for one in found})

    @cached_property
    def by_id(self) -> Mapping[str, Claim]:
        """Each claim by its id, in the order of articles and ids."""
        found = {claim.id: claim for one in self.articles.values() for claim in one.claims}
        return MappingProxyType(found)

    def of_record(self, name: str) -> tuple[Claim, ...]:
        """The claims that a record carries, by its id; ``panel:item`` or ``lungmets.module`` otherwise."""
        return self._carried.get(name, ())

    def decided_by(self, source: str) -> tuple[Claim, ...]:
        """The claims whose verdict follows from a source, by the source's id."""
        return self._decided.get(source, ())

    @cached_property
    def _carried(self) -> Mapping[str, tuple[Claim, ...]]:
        return self._by(lambda claim: claim.carried_by)

    @cached_property
    def _decided(self) -> Mapping[str, tuple[Claim, ...]]:
        return self._by(lambda claim: claim.decided_by)

    def _by(self, names: Callable[[Claim], tuple[str, ...]]) -> Mapping[str, tuple[Claim, ...]]:
        found: dict[str, tuple[Claim, ...]] = {}
        for claim in self.by_id.values():
            for name in names(claim):
                found[name] = (*found.get(name, ()), claim)
        return found

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """In a copy they are their text."""
        text = core_schema.no_info_after_validator_function(cls, core_schema.str_schema(strict=True))
        return core_schema.json_or_python_schema(
            json_schema=text,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), text]),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda claims: claims.text, return_schema=core_schema.str_schema()
            ),
        )
