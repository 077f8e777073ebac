"""``lungmets alerts``: what is urgent about a profile, and its symptoms as a timeline for a visit."""

from __future__ import annotations

import json

import click

from lungmets.commands.asked import Asked, about_a_profile


@click.command()
@about_a_profile
@click.option("--log", "with_log", is_flag=True, help="With the symptoms, in order of time.")
def alerts(asked: Asked, *, with_log: bool) -> None:
    """Show what is urgent in FILE (YAML or JSON; - reads standard input), whatever else is missing."""
    from lungmets.display.urgent import urgent_outline
    from lungmets.urgent import alerts as alerts_for
    from lungmets.urgent import symptom_log

    base, notice = asked.base, asked.base.content.release.notice
    found = alerts_for(asked.profile, as_of=asked.day, jurisdiction=asked.jurisdiction, knowledge=base)
    log = None
    if with_log:
        log = symptom_log(asked.profile, as_of=asked.day, jurisdiction=asked.jurisdiction, knowledge=base)
    said = {"alerts": [alert.model_dump(mode="json") for alert in found]}
    said |= {} if log is None else {"symptom_log": [entry.model_dump(mode="json") for entry in log]}
    asked.write(
        json.dumps({**said, "notice": notice}, indent=2, ensure_ascii=False),
        lambda: urgent_outline(found, log, asked.stamp, notice),
    )
