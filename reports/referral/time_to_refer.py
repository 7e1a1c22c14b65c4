"""The second clock of a case: until when it must be passed on, or until somebody decided otherwise (safety rule K1).

It runs for P0 cases and for content that the law forbids. It is met by a referral with a receipt, by the self-report
sheet given to the reporter, or by "not to be passed on" with a reason.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ..deadlines import TIME_TO_REFER_ILLEGAL, TIME_TO_REFER_URGENT
from ..models.case import Case
from ..models.state import REFERABLE_STATES, ReferDecision

# Names of ``priority.RULES`` about content or acts that the law forbids. Not "hate": criticism is easily mistaken for
# it, so nothing presses staff to pass it on (safety rule J8).
ILLEGAL_RULES = frozenset(
    {"child_image", "child_sexual", "sexual_told", "sexual_crime", "intimate_image", "threat_to_kill", "violence"}
)


@dataclass(frozen=True)
class ReferDue:
    """The state of the clock: when it ends or ended, and how it was met (a value of ``ReferDecision``)."""

    at: datetime
    decision: str
    decided_at: datetime | None
    is_late: bool


def limit_of(case: Case) -> timedelta | None:
    """Return within which time this case must be passed on; None if no such time applies to it."""
    if case.tier == 0:
        return TIME_TO_REFER_URGENT
    is_illegal = case.restricted or ILLEGAL_RULES.intersection(case.tier_rules)
    return TIME_TO_REFER_ILLEGAL if is_illegal else None


def start(case: Case, now: datetime) -> None:
    """Start the clock of an open or resolved case if it applies, or bring it forward.

    It never moves to a later time and never starts again.
    """
    limit = limit_of(case) if case.state in REFERABLE_STATES else None
    if limit is not None and case.refer_decided_at is None:
        case.refer_due_at = min(filter(None, (case.refer_due_at, now + limit)))


def decide(case: Case, decision: str) -> None:
    """Record how the clock was met. A later decision changes neither the time of the first one nor a receipt."""
    case.refer_decided_at = case.refer_decided_at or timezone.now()
    if not has_receipt(case):
        case.refer_decision = decision


def has_receipt(case: Case) -> bool:
    """Return whether the case was passed on, and the agency gave a receipt."""
    return case.refer_decision == ReferDecision.REFERRED


def refer_due(case: Case) -> ReferDue | None:
    """Return the state of the clock for the case page and the queue; None if it does not run for this case."""
    if case.refer_due_at is None:
        return None
    runs = case.refer_decided_at is None and case.state in REFERABLE_STATES
    late = runs and case.refer_due_at < timezone.now()
    return ReferDue(case.refer_due_at, case.refer_decision, case.refer_decided_at, late)
