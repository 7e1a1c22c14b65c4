"""When each housekeeping task last succeeded, and where: shows tasks that fail, hang or were never started.

When a task stops, on-call pages, erasure and the end of leases stop too, and nothing else on the site looks different.
``/readyz`` and the first page of the desk call ``status``.
"""

import socket
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import Error
from django.utils import timezone

from .models import Heartbeat

PAGING_TASK = "pages sent"  # the name of the housekeeping task that pages people on call
LATE_AFTER = timedelta(minutes=5)  # a round begins every minute; a slow mail server may take several minutes


def started(task: str) -> None:
    """Record that ``task`` begins now, on this machine."""
    where = f"{settings.NODE} on {socket.gethostname()}"[:100]
    beat = Heartbeat(task=task, started_at=timezone.now(), where=where)
    Heartbeat.objects.bulk_create(
        [beat], update_conflicts=True, unique_fields=["task"], update_fields=["started_at", "where"]
    )


def succeeded(task: str) -> None:
    """Record that ``task`` succeeded now."""
    Heartbeat.objects.filter(task=task).update(succeeded_at=timezone.now())


def delete_others(tasks: Collection[str]) -> None:
    """Delete the rows of all tasks except ``tasks``, which are those of this version of the site."""
    Heartbeat.objects.exclude(task__in=tasks).delete()


@dataclass(frozen=True)
class Status:
    """The state of housekeeping at one moment."""

    last: Heartbeat | None  # the task that succeeded last; None when none ever did
    late: list[str]  # the names of the tasks that have not succeeded within LATE_AFTER
    has_stopped: bool  # no task succeeded within LATE_AFTER: the process does not run; otherwise single tasks fail

    @property
    def is_healthy(self) -> bool:
        """Whether every task succeeded within LATE_AFTER, and there is at least one."""
        return self.last is not None and not self.late


def status() -> Status:
    """Return the current state, read in one query. A new task has LATE_AFTER for its first success too."""
    beats, edge = list(Heartbeat.objects.all()), timezone.now() - LATE_AFTER
    last = max((beat for beat in beats if beat.succeeded_at), key=lambda beat: beat.succeeded_at, default=None)
    late = [beat.task for beat in beats if (beat.succeeded_at or beat.first_at) < edge]
    return Status(last, late, has_stopped=last is None or last.succeeded_at < edge)


def has_ever_run() -> bool:
    """Return whether a housekeeping of any node has worked with this database; False if it cannot be asked."""
    try:
        return Heartbeat.objects.exists()
    except Error:
        return False


def housekeeping_runs() -> bool:
    """Return whether every task succeeded within LATE_AFTER, and there is at least one."""
    return status().is_healthy
