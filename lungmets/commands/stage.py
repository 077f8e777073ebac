"""``lungmets stage``: M category and stage group, from the sites of a profile."""

from __future__ import annotations

import click

from lungmets.commands.asked import Asked, about_a_profile


@click.command()
@about_a_profile
def stage(asked: Asked) -> None:
    """Show the M category and the stage group by the sites in FILE (YAML or JSON; - reads standard input)."""
    from lungmets.display.staging import stage_outline
    from lungmets.staging import stage_group

    base = asked.base
    found = stage_group(asked.profile, as_of=asked.day, jurisdiction=asked.jurisdiction, knowledge=base)
    asked.write(
        found.model_dump_json(indent=2),
        lambda: stage_outline(found, asked.stamp, base.content.release.notice),
    )
