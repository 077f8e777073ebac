"""Alerts: urgent findings, from whatever is known. They depend on nothing that is missing."""

from __future__ import annotations

from lungmets.assessment import Alert
from lungmets.engine.encoding import encode
from lungmets.engine.symptoms import named_in, recognise
from lungmets.engine.table import bits
from lungmets.engine.view import View
from lungmets.knowledge.schema import AlertRecord
from lungmets.profile import PatientProfile
from lungmets.vocabulary import Urgency

_ORDER = list(Urgency)


def raise_alerts(view: View, profile: PatientProfile, certain: int) -> tuple[Alert, ...]:
    """The alerts of a profile, the most urgent first; symptoms not understood are one of them."""
    records = {id(record): record for record in map(view.base.owner.__getitem__, bits(certain & view.alerts))}
    found = [_alert(view, record) for record in records.values() if isinstance(record, AlertRecord)]
    unclear = recognise(view.base, profile.symptoms).not_understood
    found += [_not_understood(view, text) for text in unclear]
    return tuple(sorted(found, key=lambda alert: (_ORDER.index(alert.urgency), alert.id, alert.finding)))


def alerts_of(view: View, profile: PatientProfile) -> tuple[Alert, ...]:
    """The alerts of a profile by itself, without any other question."""
    return raise_alerts(view, profile, view.table.certain(encode(view.base, profile)))


def alerts_in_text(view: View, text: str) -> tuple[Alert, ...]:
    """Alerts for symptoms that a text names, where the text cannot be read as a profile.

    A word that is quoted or negated raises the alert as well: too many here is the safe side.
    """
    symptoms = sorted(named_in(view.base, text))
    return alerts_of(view, PatientProfile(symptoms=symptoms)) if symptoms else ()


def _alert(view: View, record: AlertRecord) -> Alert:
    found = view.memory.raised.get((view.number, record.id))
    if found is None:
        found = _new_alert(view, record)
        view.memory.raised.keep((view.number, record.id), found)
    return found


def _new_alert(view: View, record: AlertRecord) -> Alert:
    return Alert(
        id=record.id,
        urgency=record.urgency,
        finding=record.finding,
        action=record.action,
        citations=view.cite(record.by),
        rule=view.alert_rule(record),
        default_urgency=record.default_urgency,
        sites=record.sites,
    )


def _not_understood(view: View, text: str) -> Alert:
    sentences = view.base.content.release.sentences
    return Alert(
        id="symptom_not_understood",
        urgency=Urgency.SAME_DAY,
        finding=sentences["symptom_not_understood"].format(symptom=text),
        action=sentences["symptom_action"],
        rule=view.safety_rule,
        default_urgency=True,
    )
