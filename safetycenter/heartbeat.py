"""When each housekeeping task last succeeded, and where: shows tasks that fail, hang or were never started.

When a task stops, on-call pages, erasure and the end of leases stop too, and nothing else on the site looks different.
``/readyz`` and the first page of the desk call ``late``.
"""

import socket
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .models import Heartbeat

PAGING = "pages sent"  # the name of the housekeeping task that pages people on call
LATE = timedelta(minutes=5)  # a round begins every minute; a slow mail server may take several minutes


def started(task: str) -> None:
    """Record that ``task`` begins now, on this machine."""
    where = f"{settings.NODE} on {socket.gethostname()}"[:100]
    Heartbeat.objects.update_or_create(task=task, defaults={"started_at": timezone.now(), "where": where})


def succeeded(task: str) -> None:
    """Record that ``task`` succeeded now."""
    Heartbeat.objects.filter(task=task).update(succeeded_at=timezone.now())


def delete_others(tasks: Collection[str]) -> None:
    """Delete the tasks that are not in ``tasks``, those of this version of the site."""
    Heartbeat.objects.exclude(task__in=tasks).delete()


def late() -> list[str]:
    """Return the names of the tasks that have not succeeded within LATE. A new task has that time too."""
    edge = timezone.now() - LATE
    return [beat.task for beat in Heartbeat.objects.all() if (beat.succeeded_at or beat.first_at) < edge]


def last_round() -> Heartbeat | None:
    """Return the task that succeeded last; None when none ever did."""
    return Heartbeat.objects.exclude(succeeded_at=None).order_by("succeeded_at").last()


def has_stopped() -> bool:
    """Return whether no task succeeded within LATE: then the process is not running; otherwise single tasks fail."""
    last = last_round()
    return last is None or last.succeeded_at < timezone.now() - LATE


def housekeeping_runs() -> bool:
    """Return whether every task succeeded within LATE, and there is at least one."""
    return last_round() is not None and not late()
