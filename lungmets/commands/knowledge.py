"""``lungmets knowledge``: work with a knowledge folder."""

from __future__ import annotations

from pathlib import Path

import click

from lungmets.commands.options import overlay_option


@click.group()
def knowledge() -> None:
    """Work with a knowledge folder."""


@knowledge.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@overlay_option
def check(folder: Path | None, overlays: tuple[Path, ...]) -> None:
    """Check every record of a knowledge FOLDER (default: the shipped one), without any copy.

    Overlays are checked with it, and what they add is counted.
    """
    from lungmets.knowledge.base import shipped_folder
    from lungmets.knowledge.overlays.merging import load_with

    content, digest, local = load_with(folder or shipped_folder(), overlays)
    rows = list(content.rows())
    click.echo(f"knowledge {content.release.version}, as of {content.release.as_of}: no defect found")
    click.echo(f"digest {digest}")
    for overlay in local.overlays:
        click.echo(f"with {overlay.name} {overlay.version} ({overlay.id}), digest {overlay.digest}")
    counted = {
        "rows": len(rows),
        "sources": len(content.all_sources()),
        "guardrails": len(content.guardrails),
        "cautions and prerequisites": len(content.cautions),
        "supersessions": len(content.supersessions),
        "panel items": len(content.panel.items),
        "alerts": len(content.alerts.alerts),
    }
    click.echo(", ".join(f"{number} {name}" for name, number in counted.items()))
