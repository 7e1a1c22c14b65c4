"""Time limits of each tier and of a draft, and the position of a case in the queue (docs/priority.md)."""

from datetime import datetime, timedelta

from django.conf import settings

FIRST_REVIEW = {
    0: timedelta(hours=1),
    1: timedelta(hours=4),
    2: timedelta(hours=24),
    3: timedelta(hours=72),
    4: timedelta(days=7),
}
# Until a report must be passed on, or until it was decided otherwise (safety rule K1): P0, and illegal content.
TIME_TO_REFER_URGENT = timedelta(hours=4)
TIME_TO_REFER_ILLEGAL = timedelta(hours=24)
# Points gained by waiting for the whole limit of the tier; they continue to grow at this rate.
POINTS_PER_PERIOD = 30


# Moves an overdue case before all others of its tier: longer than any limit and any number of points.
OVERDUE_OFFSET = timedelta(days=3650)


def queue_key(tier: int, due_at: datetime, score: int, overdue: bool) -> datetime:
    """Return the position within the tier as a time; earlier keys are seen first, and overdue cases before all others.

    A point moves a case forward by a thirtieth of the limit of its tier. ``due_at`` is when somebody must act next.
    After a change of it or of the limits, ``manage.py renew_queue_keys`` computes the stored keys again. Which code
    stores keys is listed in ``tests/reports/test_queue_keys.py``.
    """
    return due_at - FIRST_REVIEW[tier] * score / POINTS_PER_PERIOD - (OVERDUE_OFFSET if overdue else timedelta())


def idle_timeout() -> timedelta:
    """Return how long a draft or a visit lives without a button press."""
    return timedelta(minutes=settings.DRAFT_MINUTES)


def max_lifetime() -> timedelta:
    """Return how long a draft or a visit lives at most, whatever is pressed."""
    return timedelta(hours=settings.DRAFT_HOURS)
