"""Erasing: destroy the keys, then the bytes. A tombstone with the clear columns stays for statistics.

What is erased cannot be opened from a backup either: a backup holds sealed bytes, and the wraps of their keys expire
with it. SQLite overwrites freed pages (``secure_delete``) and housekeeping empties its write-ahead log.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from . import audit
from .evidence import store
from .models.case import Case, DataKey, State
from .models.event import Event
from .models.evidence import Evidence
from .vault.keyring import NARRATIVE, THREAD

# Days after a case was closed; domain-indonesia.md §2.4 L5 (UU 27/2022 arts. 42–44 want a schedule, not these numbers).
FILE_DAYS = 90
CERTIFICATE_DAYS = 365  # how long the old code still shows that, and when, a withdrawn report was erased
STORY_DAYS = {0: 730, 1: 730, 2: 365, 3: 365, 4: 365}


def erase(case: Case, why: str, only_if: Q | None = None) -> bool:
    """Purge one case: every key, every sealed byte, every file. The row stays as a tombstone without content.

    ``only_if`` is asked again under the lock, because somebody may have changed their mind since; False then.
    The hash of a withdrawn case's secret stays for a while: it opens nothing, and the code is told the date.
    """
    with transaction.atomic():
        locked = Case.objects.locked().filter(only_if or Q(), pk=case.pk).first()
        if locked is None:
            return False
        file_ids = list(locked.evidence.values_list("pk", flat=True))
        for related in (locked.data_keys, locked.messages, locked.notes, locked.evidence, locked.marks):
            related.all().delete()
        for field in SEALED if why == WITHDRAWN else SEALED + SECRET:
            setattr(locked, field, None)
        locked.state, locked.withdraw_at, locked.handler, locked.lease_until = State.PURGED, None, None, None
        locked.unread_reply, locked.overdue, locked.next_action_at = False, False, None
        locked.version += 1
        locked.save()
        audit.record(locked, ERASED, why=why)
    for file_id in file_ids:
        store.delete(file_id)
    return True


SEALED = (
    "answers",
    "pressed",
    "key_for_staff",
    "notes_key_for_staff",
    "key_for_reporter",
)
SECRET = ("secret_salt", "secret_verifier")
ERASED, WITHDRAWN = "erased", "withdrawn"  # what was done and why, in the record


def run_withdrawals() -> int:
    """Erase the cases whose 72 hours are over. Where a life or a child is at risk, a person decides instead (H7)."""
    decided = Q(erasure_needs_lead=False) | Q(erasure_approved=True)
    due = Q(withdraw_at__lte=timezone.now(), hold=False) & decided
    return sum(erase(case, WITHDRAWN, only_if=due) for case in Case.objects.filter(due))


def run_schedule() -> int:
    """Erase what its class of data may no longer be kept for; returns how many keys were destroyed."""
    erased = _drop_files()
    for tier, days in STORY_DAYS.items():
        erased += _drop_keys([NARRATIVE, THREAD], days, tier=tier)
    _forget_certificates()
    return erased


def erased_at(case: Case) -> datetime:
    """When a purged case was erased, as the record says."""
    return case.events.filter(action=ERASED).values_list("at", flat=True).latest("at")


def _forget_certificates() -> None:
    over = Event.objects.filter(action=ERASED, at__lte=timezone.now() - timedelta(days=CERTIFICATE_DAYS))
    ended = Case.objects.filter(state=State.PURGED, secret_verifier__isnull=False, pk__in=over.values("case"))
    ended.update(**dict.fromkeys(SECRET))


def forget_freed_pages() -> None:
    """Empty SQLite's write-ahead log, which would otherwise keep erased keys. PostgreSQL: VACUUM, see deploy notes."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _closed_for(days: int, **only):
    return Case.objects.filter(
        state=State.CLOSED, hold=False, closed_at__lte=timezone.now() - timedelta(days=days), **only
    )


def _drop_keys(names: list[str], days: int, **only) -> int:
    return DataKey.objects.filter(name__in=names, case__in=_closed_for(days, **only)).delete()[0]


def _drop_files() -> int:
    items = Evidence.objects.filter(case__in=_closed_for(FILE_DAYS))
    ids = list(items.values_list("pk", flat=True))
    with transaction.atomic():
        DataKey.objects.filter(name__in=[f"file:{pk}" for pk in ids]).delete()
        items.delete()
    for pk in ids:
        store.delete(pk)
    return len(ids)
