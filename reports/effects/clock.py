"""When a person must look. P0 and P1 never wait without a clock (safety K1, K9)."""

from django.utils import timezone

from ..hours import Roster
from ..models.case import Case

URGENT = (0, 1)
RESTARTED = {"clock": "restarted"}  # the fact by which ``perform`` knows that somebody must be paged


def raise_to_top(case: Case) -> dict:
    """Words that say a life may be at risk make the case P0; the machine may raise and never lower (H5)."""
    case.risk_flag, case.tier = True, 0
    return restart(case)


def restart_if_urgent(case: Case) -> dict:
    """An urgent case that waits again is promised a look again."""
    return restart(case) if case.tier in URGENT else {}


def restart(case: Case) -> dict:
    """A new promise from now, as if the case had just arrived."""
    now = timezone.now()
    case.due_at = Roster.now().promise(case.tier, now)
    case.urgency_at = case.due_at - (case.due_at - now) * case.score / 30
    case.seen_at, case.overdue, case.promised_again_at = None, False, None
    return RESTARTED
