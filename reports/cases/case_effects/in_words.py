"""Apply the effects of a reporter's later messages: they may raise and restrict a case, never lower it (H28)."""

from collections.abc import Iterable

from ... import priority
from ...models.case import Case, State
from . import clock, shared

HELD = (State.IN_PROGRESS, State.WAITING_REPORTER, State.ESCALATED, State.REFERRED, State.QUARANTINED)


def raise_for(case: Case, kinds: Iterable[str]) -> dict:
    """Raise the case for the ``kinds`` of harm that ``harm_words`` found in a message. Return facts for the audit log.

    Age and category count as they do for a new report.
    """
    if not kinds:
        return {}
    said = {"age": case.age_band, "category": case.category_id, "in_words": list(kinds)}
    tier, closes = priority.raised(case.tier, said), priority.is_restricted(said) and not case.restricted
    facts = {"in_words": list(kinds)}
    if closes:
        _close_to_others(case)
    raises = tier < case.tier
    if raises:
        case.tier, case.tier_rules = tier, priority.tier_rules(said)
    if closes or raises:
        facts |= clock.wait_again(case)
    return facts


def _close_to_others(case: Case) -> None:
    """Restrict the case to child safety, and take it from its handler.

    A public node cannot seal for child safety what is sealed for the desk; within a minute a desk gives the case new
    keys (``scheduled_tasks.renew_keys``).
    """
    case.restricted, case.marked, case.closed_by_words = True, False, True
    if case.state in HELD:
        case.state = State.TRIAGE
        shared.let_go(case)
