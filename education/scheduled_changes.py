"""Compute when pages change without an edit, and invalidate the page cache when content changes."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Min, Q
from django.utils import timezone

from education.models import Guide, Helpline, Lesson, News, Organisation, Page, Quiz, Revision, Status, Term
from education.models.directory import CHECK_VALID_FOR
from safetycenter.page_cache import cache_version

PUBLISHABLE = (Guide, News, Page, Organisation, Term, Quiz, Lesson, Helpline)


def next_change(now: datetime | None = None) -> datetime | None:
    """Return the next time after ``now`` at which a page changes without an editor; ``None`` if there is none.

    Such times are: an approved text goes live, an item appears or is taken down as planned, a review becomes overdue,
    or the check of a helpline becomes older than 90 days.
    """
    now = now or timezone.now()
    moments = [moment for model in PUBLISHABLE for moment in _planned_times(model, now)] + [_approved_time(now)]
    moments += [_day_after(day) for day in (_last_review_day(now), _last_check_day(now)) if day]
    return min((moment for moment in moments if moment), default=None)


def _planned_times(model: Any, now: datetime) -> tuple[datetime | None, ...]:
    found = model.objects.aggregate(
        appears=Min("publish_at", filter=Q(publish_at__gt=now)),
        goes=Min("archive_at", filter=Q(archive_at__gt=now)),
    )
    return found["appears"], found["goes"]


def _approved_time(now: datetime) -> datetime | None:
    waiting = Revision.objects.filter(status=Status.SCHEDULED, goes_live_at__gt=now)
    return waiting.aggregate(moment=Min("goes_live_at"))["moment"]


def _last_review_day(now: datetime) -> date | None:
    return Guide.objects.filter(review_due__gte=timezone.localdate(now)).aggregate(day=Min("review_due"))["day"]


def _last_check_day(now: datetime) -> date | None:
    still_new = Helpline.objects.filter(verified_on__gte=timezone.localdate(now) - CHECK_VALID_FOR)
    day = still_new.aggregate(day=Min("verified_on"))["day"]
    return day and day + CHECK_VALID_FOR


def _day_after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def public_pages_changed(**_signal: Any) -> None:
    """Invalidate every stored page, because reader content was saved or deleted."""
    cache_version.bump()
