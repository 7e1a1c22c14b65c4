"""Compute when pages change without an edit, and invalidate the page cache when content changes."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from education import page_groups
from education.models import (
    Audience,
    Guide,
    HelpBlock,
    Helpline,
    Lesson,
    News,
    Organisation,
    Page,
    Platform,
    Quiz,
    Revision,
    Status,
    Term,
    Topic,
)
from education.models.directory import CHECK_VALID_FOR
from safetycenter.days import beginning_of
from safetycenter.page_cache import cache_version

PUBLISHABLE = (Guide, News, Page, Organisation, Term, Quiz, Lesson, Helpline, HelpBlock, Platform, Topic, Audience)


def next_change(now: datetime | None = None) -> datetime | None:
    """Return the next time after ``now`` at which a page changes without an editor; ``None`` if there is none.

    Such times are: an approved text goes live, an item appears or is taken down as planned, a review becomes overdue,
    or the check of a helpline becomes older than 90 days.
    """
    now = now or timezone.now()
    moments = [_planned_time(now)]
    days = (*(_last_review_day(model, now) for model in (Guide, Platform)), _last_check_day(now))
    moments += [_day_after(day) for day in days if day]
    return min((moment for moment in moments if moment), default=None)


def _planned_time(now: datetime) -> datetime | None:
    """Return the first planned time of all kinds. It is one query in SQL, because every save of content asks it."""
    after = connection.ops.adapt_datetimefield_value(now)
    (first,) = Revision.objects.raw(_planned_sql(), [*[after] * 2 * len(PUBLISHABLE), Status.SCHEDULED, after])
    return first.goes_live_at


@cache
def _planned_sql() -> str:
    """Return the query, whose one row has the time in the column of ``Revision.goes_live_at``."""
    columns = [(model._meta.db_table, field) for model in PUBLISHABLE for field in ("publish_at", "archive_at")]
    selects = [f"SELECT MIN({field}) AS moment FROM {table} WHERE {field} > %s" for table, field in columns]  # noqa: S608
    selects.append(f"SELECT MIN(goes_live_at) FROM {Revision._meta.db_table} WHERE status = %s AND goes_live_at > %s")  # noqa: S608
    return f"SELECT 0 AS id, MIN(moment) AS goes_live_at FROM ({' UNION ALL '.join(selects)}) AS planned"  # noqa: S608


def _last_review_day(model: type[Guide | Platform], now: datetime) -> date | None:
    return model.objects.filter(review_due__gte=timezone.localdate(now)).aggregate(day=Min("review_due"))["day"]


def _last_check_day(now: datetime) -> date | None:
    still_new = Helpline.objects.filter(verified_on__gte=timezone.localdate(now) - CHECK_VALID_FOR)
    day = still_new.aggregate(day=Min("verified_on"))["day"]
    return day and day + CHECK_VALID_FOR


def _day_after(day: date) -> datetime:
    return beginning_of(day + timedelta(days=1))


def public_pages_changed(instance: Any = None, **_signal: Any) -> None:
    """Invalidate every stored page, because reader content was saved or deleted.

    The workflow may find afterwards that a change of ``instance`` touches only its pages (``page_groups``).
    """
    cache_version.bump(group=page_groups.group_of(instance))
