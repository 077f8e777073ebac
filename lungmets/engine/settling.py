"""Match, withhold, supersede and plan, once for each distinct set of states."""

from __future__ import annotations

from lungmets.engine.decision import Decision, decide
from lungmets.engine.plan import Plan, make_plan
from lungmets.engine.table import States
from lungmets.engine.view import View


def settle(view: View, states: States) -> tuple[Decision, Plan]:
    """The decision and the plan for some states; those that were made are kept, within a bound."""
    key = (view.number, states)
    found = view.memory.settled.get(key)
    if found is None:
        decision = decide(view, states)
        found = (decision, make_plan(view, states, decision))
        view.memory.settled.keep(key, found)
    return found
