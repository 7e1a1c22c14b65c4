"""Apply the effects of what a reporter writes or answers later: it may raise and restrict a case, never lower it."""

from collections.abc import Iterable

from ... import priority
from ...crypto.vault import keys
from ...models.case import Case, State
from ...questions import Answers
from . import clock, shared

HANDLED_STATES = (State.IN_PROGRESS, State.WAITING_REPORTER, State.ESCALATED, State.REFERRED, State.QUARANTINED)


def raise_for_harm(case: Case, kinds: Iterable[str]) -> dict:
    """Raise the case for the ``kinds`` of harm that ``harm_words`` found in a message. Return facts for the audit log.

    Age and category count as they do for a new report (H28).
    """
    if not kinds:
        return {}
    answers = {"age": case.age_band, "category": case.category_id, "in_words": list(kinds)}
    return {"in_words": list(kinds)} | raise_for(case, answers)


def raise_for(case: Case, answers: Answers) -> dict:
    """Raise the tier, and restrict or withhold the case, if ``answers`` require it. Return facts for the audit log."""
    tier, closes = priority.raised(case.tier, answers), priority.is_restricted(answers) and not case.restricted
    withholds = answers.get("staff_conflict") == "yes" and not case.withheld
    if closes:
        _close_to_others(case, restricted=True)
    if withholds:
        _close_to_others(case, withheld=True)
    raises = tier < case.tier
    if raises:
        case.tier, case.tier_rules = tier, priority.tier_rules(answers)
    return clock.requeue(case) if closes or withholds or raises else {}


def _close_to_others(case: Case, restricted: bool = False, withheld: bool = False) -> None:
    """Restrict the case to child safety, or withhold it from the desk, and take it from its handler.

    A public node cannot seal for child safety what is sealed for the desk; within a minute a desk gives the case new
    keys (``scheduled_tasks.renew_keys``).
    """
    case.restricted, case.withheld = case.restricted or restricted, case.withheld or withheld
    if restricted or case.staff_audience != keys.CHILD_SAFETY:
        case.indexed, case.restricted_by_words = False, True
    if case.state in HANDLED_STATES:
        case.state = State.TRIAGE
        shared.unassign(case)
