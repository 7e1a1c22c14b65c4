"""What a reporter's later words change in a case: they may raise it and close it to others, never lower it (H28)."""

from django.conf import settings

from .. import priority
from ..models.case import Case, State
from . import clock, shared

HELD = (State.IN_PROGRESS, State.WAITING_REPORTER, State.ESCALATED, State.REFERRED, State.QUARANTINED)


def raise_for(case: Case, kinds) -> dict:
    """Raise the case for the ``kinds`` of harm that ``harm_words`` noticed in a message. Return facts for the record.

    Age and category count as they do for a new report.
    """
    if not kinds:
        return {}
    said = {"age": case.age_band, "category": case.category_id, "in_words": list(kinds)}
    tier, closes = priority.raised(case.tier, said), priority.is_restricted(said) and not case.restricted
    facts = {"in_words": list(kinds)}
    if closes:
        _close_to_others(case)
    if closes or tier < case.tier:
        case.tier = tier
        facts |= clock.wait_again(case)
    return facts


def _close_to_others(case: Case) -> None:
    """Only child safety sees the case from now on; nobody else goes on holding it.

    A public node may not write who sees a case, and cannot seal it for child safety: it leaves a sign, and within a
    minute a desk restricts the case and gives it new keys (``upkeep.renew_keys``).
    """
    case.closed_by_words = True
    if settings.HAS_DESK:
        case.restricted, case.marked = True, False
    if case.state in HELD:
        case.state = State.TRIAGE
        shared.let_go(case)
