"""Checks of the claims: every sentence is accounted for once, and every name leads somewhere.

That the hashes are those of the article can only be checked where the article is at hand; everything else
is checked here, whenever the knowledge is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from lungmets.errors import Problem
from lungmets.knowledge.content import conditional_records, record_id, staging_records
from lungmets.knowledge.folder import CLAIMS
from lungmets.knowledge.references import References
from lungmets.knowledge.schema.claims import ArticleClaims, Claim
from lungmets.nomenclature import nearest_words

_LIBRARY = Path(__file__).resolve().parent.parent


class ClaimChecks:
    """What is wrong with the claims of a folder, beside its records."""

    def __init__(self, names: References) -> None:
        self.names = names
        self.records = {record_id(record) for record in conditional_records(names.content)}
        self.records |= {record.id for record in staging_records(names.content)}
        self.records |= {explanation.id for explanation in names.content.explanations}
        self.records |= {f"symptom:{symptom.id}" for symptom in names.content.alerts.symptoms}
        if names.content.fracture_risk is not None:
            self.records.add(names.content.fracture_risk.id)
        # What refers to a refused record is no second defect.
        self.records |= {f"{kind}:{name}" for kind in ("panel", "symptom") for name in names.refused}

    def problems(self) -> Iterator[Problem]:
        """Every defect of the claims."""
        for article in self.names.content.claims.articles.values():
            for claim in article.claims:
                yield from self._named(claim, article.article.id[:3])
            if self.names.whole:  # the sentences of a refused claim would seem to be passed over
                yield from self._accounted(article)
                yield from self._gaps(article)

    def _named(self, claim: Claim, number: str) -> Iterator[Problem]:
        """Its own id, what carries it, and what decides it."""
        where, begin = self.names.place(claim.id), f"claim.{number}."
        if not claim.id.startswith(begin):
            yield Problem(
                where, f"the id does not begin with {begin!r}", "claim, the article's number, words"
            )
        for name in claim.decided_by:
            what, expected = "decided_by: the source {} does not exist", "the id of a record in sources/"
            yield from self.names.unknown(claim.id, name, self.names.sources, what, expected)
        for name in claim.carried_by:
            module = name.partition(".")[0] == _LIBRARY.name
            if module and name not in _modules():
                what, nearest = f"carried_by: there is no module {name!r}", nearest_words(name, _modules())
                yield Problem(where, what, "a module of this library", nearest=nearest)
            elif not module:
                what, expected = "carried_by: the record {} does not exist", "the id of a record, or a module"
                yield from self.names.unknown(claim.id, name, self.records, what, expected)
        release = self.names.content.release.as_of
        if claim.verified is not None and claim.verified.on > release:
            yield Problem(
                where, f"verified on {claim.verified.on}, after the release", f"a day up to {release}"
            )

    def _accounted(self, article: ArticleClaims) -> Iterator[Problem]:
        """Each sentence is claimed, or out of scope with a reason; none is both, and none is made up."""
        file = f"{CLAIMS}/{article.article.id}.yaml"
        outside = {place: entry.why.value for entry in article.out_of_scope for place in entry.at}
        claimed = {place for claim in article.claims for place in claim.at}
        apart = self.names.place(f"{file}#out_of_scope")
        spots = [(self.names.place(claim.id), claim.at) for claim in article.claims]
        spots.append((apart, tuple(place for entry in article.out_of_scope for place in entry.at)))
        for spot, places in spots:
            for place in _twice(places):
                yield Problem(spot, f"at: {place} stands twice", "each sentence once")
            for place in sorted(set(places) - set(article.sentences)):
                yield Problem(spot, f"at: there is no sentence {place}", "a place that stands in `sentences`")
            for place in sorted(set(places) & set(outside)) if spot != apart else ():
                what = f"at: {place} is out of scope as well ({outside[place]})"
                yield Problem(spot, what, "a claim, or a reason to make none")
        for place in article.sentences:
            if place not in claimed and place not in outside:
                what, expected = (
                    f"nothing is said of sentence {place}",
                    "a claim, or a line of `out_of_scope`",
                )
                yield Problem(self.names.place(f"{file}#sentences.{place}"), what, expected)

    def _gaps(self, article: ArticleClaims) -> Iterator[Problem]:
        """A sentence that was left out shows, unless it was the last of its paragraph."""
        file = f"{CLAIMS}/{article.article.id}.yaml"
        for place in article.sentences:
            paragraph, sentence = map(int, place.split(":"))
            before = f"{paragraph}:{sentence - 1}" if sentence > 1 else f"{paragraph - 1}:1"
            if place != "1:1" and before not in article.sentences:
                where = self.names.place(f"{file}#sentences.{place}")
                yield Problem(where, f"before {place}, sentence {before} is missing", "every sentence")


def _twice(places: Iterable[str]) -> list[str]:
    return [place for place, number in Counter(places).items() if number > 1]


@cache
def _modules() -> frozenset[str]:
    """The modules of this library, by the files that there are: nothing is imported."""
    files = (path.relative_to(_LIBRARY.parent).with_suffix("") for path in _LIBRARY.rglob("*.py"))
    return frozenset(".".join(file.parts).removesuffix(".__init__") for file in files)
