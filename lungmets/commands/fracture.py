"""``lungmets fracture-risk``: the score of one metastasis in a long bone."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lungmets.commands.options import knowledge_base, knowledge_option
from lungmets.knowledge.schema.fractures import FEATURES


def _words(feature: str) -> str:
    return "|".join(word.value for word in FEATURES[feature])


@click.command("fracture-risk")
@click.option("--site", required=True, metavar=_words("site"), help="Where the lesion is.")
@click.option("--pain", required=True, metavar=_words("pain"), help="How much it hurts; functional: on use.")
@click.option("--lesion", required=True, metavar=_words("lesion"), help="What it looks like.")
@click.option("--size", required=True, metavar=_words("size"), help="The part of the bone that it takes.")
@knowledge_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True
)
def fracture_risk(site: str, pain: str, lesion: str, size: str, knowledge: Path | None, form: str) -> None:
    """Score a metastasis of a long bone for the risk of a fracture, with what the source says of it."""
    from lungmets.fractures import fracture_risk as score

    found = score(site=site, pain=pain, lesion=lesion, size=size, knowledge=knowledge_base(knowledge))
    if form == "json":
        # Bytes, because JSON is UTF-8 whatever the terminal is.
        click.echo(found.model_dump_json(indent=2).encode())
        return
    from lungmets.display.fracture import fracture_outline

    if form == "markdown":
        from lungmets.display.markdown import sections_as_markdown

        click.echo(sections_as_markdown(fracture_outline(found)), nl=False)
        return
    from lungmets.display.text import write_sections

    write_sections(fracture_outline(found), sys.stdout)
