"""``lungmets knowledge``: work with a knowledge folder."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def knowledge() -> None:
    """Work with a knowledge folder."""


@knowledge.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def check(folder: Path | None) -> None:
    """Check every record of a knowledge FOLDER (default: the shipped one), without any copy."""
    from lungmets.knowledge.base import shipped_folder
    from lungmets.knowledge.loading import load_folder
    from lungmets.knowledge.verification import verify

    loaded = load_folder(folder or shipped_folder())
    verify(loaded)
    content = loaded.content
    rows = list(content.rows())
    click.echo(f"knowledge {content.release.version}, as of {content.release.as_of}: no defect found")
    click.echo(f"digest {content.digest()}")
    counted = {
        "rows": len(rows),
        "sources": len(content.all_sources()),
        "guardrails": len(content.guardrails),
        "cautions and prerequisites": len(content.cautions),
        "notes": len(content.notes),
        "supersessions": len(content.supersessions),
        "panel items": len(content.panel.items),
        "alerts": len(content.alerts.alerts),
    }
    click.echo(", ".join(f"{number} {name}" for name, number in counted.items()))
