"""One page for each article: what it claims in our words, the verdict, why, and the links both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generated_pages.pages import Page, labelled, page, record, said, to_record
from generated_pages.words import cited
from lungmets.knowledge.base import KnowledgeBase
from lungmets.knowledge.schema.claims import ArticleClaims, Claim, Verdict


def claim_pages(base: KnowledgeBase) -> Iterator[Page]:
    """The articles of ``claims/``."""
    for name, article in base.content.claims.articles.items():
        blocks = [said(article.article.about), _summary(article)]
        for claim in article.claims:
            blocks += [record(claim.id), *_claim(claim, base)]
        yield page("claims", name, f"Article {name.partition('_')[0]}", blocks)


def _summary(article: ArticleClaims) -> str:
    verdicts = Counter(claim.verdict for claim in article.claims)
    counted = [f"{verdicts[each]} {each.value}" for each in Verdict if verdicts[each]]
    if verdicts[None]:
        counted.append(f"{verdicts[None]} not decided yet")
    outside = Counter(part.why.value.replace("_", " ") for part in article.out_of_scope for _ in part.at)
    return labelled(
        [
            ("Dated", str(article.article.dated or "not stated")),
            ("Claims", f"{len(article.claims)}: {', '.join(counted)}"),
            ("Sentences", str(len(article.sentences))),
            ("Out of scope", ", ".join(f"{number} {why}" for why, number in sorted(outside.items()))),
        ]
    )


def _claim(claim: Claim, base: KnowledgeBase) -> Iterator[str]:
    yield said(claim.says)
    verdict = claim.verdict.value if claim.verdict is not None else "not decided yet"
    checked = ""
    if claim.verified is not None:
        found = claim.verified.found or f"not possible: {claim.verified.not_possible}"
        checked = f"on {claim.verified.on}: {said(found)}"
    yield labelled(
        [
            (verdict.capitalize(), said(claim.reason or "")),
            ("Carried by", ", ".join(map(_carrier, claim.carried_by))),
            ("Carried by nothing", said(claim.not_carried or "")),
            ("Decided by", cited(claim.decided_by, base)),
            ("Verified", checked),
            ("Kind", f"{claim.kind.value}; sentences {', '.join(claim.at)}"),
        ]
    )


def _carrier(name: str) -> str:
    """A record that has a place of its own on a page, or the name of a module or of a smaller part."""
    if name.startswith("lungmets.") or name.partition(":")[0] in {"symptom", "regimen", "drug", "procedure"}:
        return f"`{name}`"
    return to_record(name)
