"""When a person must look. P0 and P1 never wait without a clock (safety K1, K9)."""

from django.utils import timezone

from ..hours import Roster
from ..models.case import Case
from ..priority import FIRST_LOOK, REASONS

URGENT = (0, 1)
UNREAD = "unread_reply"
RESTARTED = {"clock": "restarted"}  # the fact by which ``perform`` knows that somebody must be paged


def raise_to_top(case: Case) -> dict:
    """Words that say a life may be at risk make the case P0; the machine may raise and never lower (H5)."""
    case.risk_flag, case.tier = True, 0
    return restart(case)


def restart_if_urgent(case: Case) -> dict:
    """An urgent case that waits again is promised a look again."""
    return restart(case) if case.tier in URGENT else {}


def restart(case: Case) -> dict:
    """A new promise from now, as if the case had just arrived.

    Where nobody has looked yet, the first promise stands unless the new one is sooner, and a case that is late stays
    late: whoever writes again in despair is never read later for it.
    """
    now = timezone.now()
    promise = Roster.now().promise(case.tier, now)
    if case.seen_at is None:
        case.due_at = min(case.due_at, promise)
    else:
        case.due_at, case.seen_at, case.overdue, case.promised_again_at = promise, None, False, None
    case.urgency_at = case.due_at - (promise - now) * case.score / 30
    return RESTARTED


def within_a_day(case: Case) -> None:
    """A person must act within a day as of a P2 case. Nobody is paged."""
    case.due_at, case.seen_at = Roster.now().promise(2, timezone.now()), None
    case.urgency_at = case.due_at


def looked(case: Case) -> bool:
    """A person has read what is new. Whether it was the first look since the promise was made."""
    first = case.seen_at is None
    if first:
        case.seen_at, case.overdue = timezone.now(), False
    weigh_reply(case, unread=False)
    return first


def weigh_reply(case: Case, unread: bool) -> None:
    """What the reporter wrote waits to be read, or was read: points inside the tier (product §7)."""
    case.unread_reply = unread
    if unread == (UNREAD in case.reasons):
        return
    points = REASONS[UNREAD][0] * (1 if unread else -1)
    case.reasons = [*case.reasons, UNREAD] if unread else [key for key in case.reasons if key != UNREAD]
    case.score += points
    case.urgency_at -= FIRST_LOOK[case.tier] * points / 30
