"""Time limits of each tier, and the position of a case within its tier in the queue (docs/priority.md)."""

from datetime import datetime, timedelta

FIRST_LOOK = {
    0: timedelta(hours=1),
    1: timedelta(hours=4),
    2: timedelta(hours=24),
    3: timedelta(hours=72),
    4: timedelta(days=7),
}
# The second limit, from arrival to referral (safety rule K1): urgent cases 4 hours, other illegal content 24.
TO_REFER = {0: timedelta(hours=4), 1: timedelta(hours=24)}
# Points gained by waiting for the whole limit of the tier; they continue to grow at this rate.
POINTS_A_LIMIT = 30


# Moves an overdue case before all others of its tier: longer than any limit and any number of points.
OVERDUE_FIRST = timedelta(days=3650)


def queue_key(tier: int, due_at: datetime, score: int, overdue: bool) -> datetime:
    """Return the position within the tier as a time; earlier keys are seen first, and overdue cases before all others.

    A point moves a case forward by a thirtieth of the limit of its tier. ``due_at`` is when somebody must act next.
    Only this function computes the key: all code that stores one calls it, except for ``mark_overdue``, which subtracts
    OVERDUE_FIRST from the keys of many cases in one statement.
    """
    return due_at - FIRST_LOOK[tier] * score / POINTS_A_LIMIT - (OVERDUE_FIRST if overdue else timedelta())
