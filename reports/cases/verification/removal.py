"""Remove the events of cases that ended long ago, all events of a case at once, and leave a signed checkpoint of each.

A database trigger refuses to delete an event without a checkpoint of its case. The register keeps the digests of the
removed events, without person, action and time.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from ...models.case import Case, State
from ...models.event import Event
from ...models.record import Checkpoint
from ...models.watch import Notice
from . import checkpoints, walk

PAGE_SIZE = 500


class IncompleteLogError(Exception):
    """Raised when an audit log is not whole: it is evidence, and none of it may be removed."""


def due() -> list[Case]:
    """Return one page of erased cases whose last event is older than the retention period of the log, oldest first."""
    before = timezone.now() - timedelta(days=settings.RECORD_DAYS)
    cases = Case.objects.filter(state=State.PURGED, events__isnull=False).annotate(ended_at=Max("events__at"))
    return list(cases.filter(ended_at__lt=before).order_by("ended_at")[:PAGE_SIZE])


def remove() -> int:
    """Write the checkpoints of one page of cases and remove their events. Return the number of cases.

    Raises NotWholeError.
    """
    cases = due()
    for case in cases:
        if walk.verify(case):
            raise IncompleteLogError(case.display_reference)
    ends = [checkpoints.checkpoint_for(case, case.ended_at) for case in cases]  # type: ignore[attr-defined]
    with transaction.atomic():
        Checkpoint.objects.bulk_create(ends)
        Notice.objects.filter(event__case__in=cases).delete()
        Event.objects.filter(case__in=cases).delete()
    return len(cases)
