"""Statistics of the record on who opens cases: a starting point for a conversation, not a verdict or a ranking."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from ..cases.actions import names_where
from ..models.event import Event

DAYS = 30
VIEWED, OPENED, SECOND = Q(action="viewed"), Q(action="file_opened"), Q(action="second_look")


def views_by_person() -> list[dict]:
    """Return, for each person of the last month, by name: cases opened, how often, how many never theirs, files.

    Second looks are counted apart: the case of one is never theirs.
    """
    assigning = names_where(lambda row: row.assigns)
    claimed = Event.objects.filter(case=OuterRef("case"), by=OuterRef("by"), action__in=assigning)
    since = timezone.now() - timedelta(days=DAYS)
    events = Event.objects.filter(VIEWED | OPENED | SECOND, at__gte=since, by__isnull=False)
    return list(
        events.annotate(was_theirs=Exists(claimed))
        .values("by", "by__username")
        .annotate(
            times=Count("pk", filter=VIEWED),
            cases=Count("case", distinct=True, filter=VIEWED),
            never_theirs=Count("case", distinct=True, filter=VIEWED & Q(was_theirs=False)),
            files=Count("pk", filter=OPENED),
            second_looks=Count("pk", filter=SECOND),
        )
        .order_by("by__username")
    )


def foreign_views_since(hours: int) -> int:
    """Return how often in the last ``hours`` a case was opened by somebody who did not hold it."""
    since = timezone.now() - timedelta(hours=hours)
    return Event.objects.filter(VIEWED, at__gte=since, facts__own=False).count()
