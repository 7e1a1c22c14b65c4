"""Apply the effects of a reporter's later messages: they may raise and restrict a case, never lower it (H28)."""

from collections.abc import Iterable

from ... import priority
from ...models.case import Case, State
from . import clock, shared

HANDLED_STATES = (State.IN_PROGRESS, State.WAITING_REPORTER, State.ESCALATED, State.REFERRED, State.QUARANTINED)


def raise_for_harm(case: Case, kinds: Iterable[str]) -> dict:
    """Raise the case for the ``kinds`` of harm that ``harm_words`` found in a message. Return facts for the audit log.

    Age and category count as they do for a new report.
    """
    if not kinds:
        return {}
    answers = {"age": case.age_band, "category": case.category_id, "in_words": list(kinds)}
    tier, closes = priority.raised(case.tier, answers), priority.is_restricted(answers) and not case.restricted
    facts = {"in_words": list(kinds)}
    if closes:
        _restrict(case)
    raises = tier < case.tier
    if raises:
        case.tier, case.tier_rules = tier, priority.tier_rules(answers)
    if closes or raises:
        facts |= clock.requeue(case)
    return facts


def _restrict(case: Case) -> None:
    """Restrict the case to child safety, and take it from its handler.

    A public node cannot seal for child safety what is sealed for the desk; within a minute a desk gives the case new
    keys (``scheduled_tasks.renew_keys``).
    """
    case.restricted, case.indexed, case.restricted_by_words = True, False, True
    if case.state in HANDLED_STATES:
        case.state = State.TRIAGE
        shared.unassign(case)
