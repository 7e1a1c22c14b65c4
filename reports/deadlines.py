"""How long a report of each tier may wait, and its place in the queue inside that tier (docs/priority.md)."""

from datetime import datetime, timedelta

FIRST_LOOK = {
    0: timedelta(hours=1),
    1: timedelta(hours=4),
    2: timedelta(hours=24),
    3: timedelta(hours=72),
    4: timedelta(days=7),
}
# The second clock, from arrival to referral (safety rule K1): urgent matters 4 hours, other illegal content 24.
TO_REFER = {0: timedelta(hours=4), 1: timedelta(hours=24)}
# What a case gains by waiting as long as its tier allows; it goes on at this rate.
POINTS_A_LIMIT = 30


# What brings an overdue case before all others of its tier: longer than any limit and any number of points.
OVERDUE_FIRST = timedelta(days=3650)


def queue_key(tier: int, due_at: datetime, score: int, overdue: bool) -> datetime:
    """The place inside the tier as a moment; the earlier one is seen first, and all overdue cases before the others.

    A point brings a case forward by a thirtieth of the limit of its tier. ``due_at`` is when somebody must act next.
    This is the only place that computes the key: everything that stores one calls it, except for ``mark_overdue``,
    which takes OVERDUE_FIRST from the keys of many cases in one statement.
    """
    return due_at - FIRST_LOOK[tier] * score / POINTS_A_LIMIT - (OVERDUE_FIRST if overdue else timedelta())
