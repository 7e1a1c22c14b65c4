"""Erase cases whose retention period has ended: destroy the keys, then the bytes. Clear columns stay for statistics.

Each class of data has a period after a case was closed, from the settings (``KEEP_…_DAYS``): first the files, then
everything else. The second period ends in ``erase``, so that notes, blind index and keys never outlive the answers. A
case whose signed audit log shows no reason for its erasure is kept, and an alarm is raised (``verification.erasure``).
Erased data cannot be opened from a backup either: a backup contains sealed bytes, and the wraps of their keys expire
with it. SQLite overwrites freed pages (``secure_delete``), and housekeeping empties its write-ahead log.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from itertools import islice
from operator import or_

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from safetycenter.sqlite_lock import waiting

from ..deadlines import FIRST_REVIEW
from ..evidence import store
from ..models.case import Case, State
from ..models.event import Event
from ..models.evidence import Evidence
from ..statistics import counting
from . import audit, closing, clusters, lifecycle, reminders
from .verification import erasure

BATCH_SIZE = 200  # cases per run, so that a housekeeping run stays short
LONGEST_HOLD = 1  # seconds that SQLite's write lock is held to wait for readers
SECRET_COLUMNS = ("secret_salt", "secret_verifier")
# Action and reason, as recorded in the audit log.
ERASED, FILES_ERASED, WITHDRAWN, SCHEDULE = "erased", "files_erased", "withdrawn", "schedule"
UNPROVEN = "not proven"  # in the dry run: kept, because the audit log shows no reason


def erase(case: Case, why: str, only_if: Q | None = None) -> bool:
    """Erase every key, sealed byte and file of one case. The row remains without content. Return whether it was erased.

    ``only_if`` is checked again under the lock, because the case may have changed since; if it fails, nothing
    is erased. The hash of a withdrawn case's secret is kept for a while: it opens nothing, and lets the holder
    of the code see the date.
    """
    with transaction.atomic():
        locked = Case.objects.for_update().filter(only_if or Q(), pk=case.pk).first()
        if locked is None:
            return False
        left = clusters.with_points(locked)
        file_ids, before = list(locked.evidence.values_list("pk", flat=True)), vars(locked).copy()
        for rows in _related_rows(locked):
            rows.delete()
        for field in SEALED_COLUMNS if why == WITHDRAWN else SEALED_COLUMNS + SECRET_COLUMNS:
            setattr(locked, field, None)
        locked.state, locked.withdraw_at, locked.handler, locked.lease_until = State.PURGED, None, None, None
        locked.unread_reply, locked.overdue, locked.next_action_at = False, False, None
        locked.burst, locked.keeps_place, locked.lead_case, locked.other_due_at = None, False, None, None
        locked.region, locked.misuse_noted_by, locked.misuse_confirmed_at = "", None, None
        locked.offered_to, locked.escalated_by, locked.look_again_at, locked.reserved_until = None, None, None, None
        locked.version += 1
        locked.save()
        facts = {"why": why, "from": before["state"], "to": locked.state}
        audit.record(locked, ERASED, **facts, **counting.count(before, locked, ERASED, facts))
    for file_id in file_ids:
        store.delete(file_id)
    lifecycle.end_points(left)
    return True


def _related_rows(case: Case) -> list[models.QuerySet]:
    """Return the rows of each table that are deleted with ``case``; the audit log stays (it is protected)."""
    related = [row for row in Case._meta.related_objects if row.on_delete is models.CASCADE]
    return [row.related_model.objects.filter(**{row.field.name: case}) for row in related]


def _sealed_columns() -> tuple[str, ...]:
    """Return all sealed columns and wrapped keys of a case, read from the model so that a new one is included."""
    columns = [field for field in Case._meta.concrete_fields if isinstance(field, models.BinaryField) and field.null]
    return tuple(field.name for field in columns if field.name not in SECRET_COLUMNS)


SEALED_COLUMNS = _sealed_columns()


def run_withdrawals() -> int:
    """Erase the cases whose 72 hours have ended. If a life or a child is at risk, a person decides instead (H7)."""
    now = timezone.now()
    due = _withdrawn_by(now)
    return sum(
        erase(case, WITHDRAWN, only_if=due & same)
        for case, same in _with_proven_reason(due, erasure.was_withdrawn, now)
    )


def _with_proven_reason(due: Q, reason: erasure.Reason, now: datetime) -> Iterator[tuple[Case, Q]]:
    """Yield the ``due`` cases whose audit log shows ``reason``, and a condition that nothing was recorded since.

    Other cases are kept, with an alarm. On a node that cannot check the log, no case is yielded.
    """
    if not erasure.can_check():
        return
    erasure.end_key_alarms()
    for case, is_proven in erasure.checked(erasure.sample(Case.objects.filter(due)), reason, now):
        if is_proven:
            yield case, Q(events_count=case.events_count)
        else:
            erasure.refuse_erasure(case, reason, now)


def _withdrawn_by(now: datetime) -> Q:
    decided = Q(erasure_needs_lead=False) | Q(erasure_approved=True)
    return Q(withdraw_at__lte=now, hold=False) & decided


def run_schedule() -> int:
    """Erase the data whose retention period has ended. Return the number of affected cases."""
    now = timezone.now()
    count = sum(reminders.erase(case, reminders.CLOSED) for case in _contacts_are_over(now)[:BATCH_SIZE])
    files = islice(_with_proven_reason(_files_are_over(now), erasure.files_are_over, now), BATCH_SIZE)
    count += sum(erase_files(case, _files_are_over(now) & same) for case, same in files)
    stories = islice(_with_proven_reason(_story_is_over(now), erasure.story_is_over, now), BATCH_SIZE)
    for case, same in stories:
        count += erase(case, SCHEDULE, only_if=_story_is_over(now) & same)
    _delete_certificates(now)
    return count


def _files_are_over(now: datetime) -> Q:
    return _closed_for(settings.KEEP_FILES_DAYS, now) & Q(Exists(Evidence.objects.filter(case=OuterRef("pk"))))


def _contacts_are_over(now: datetime) -> models.QuerySet:
    """Return the cases whose address for reminders has been kept long enough; the record is not asked for a reason."""
    return Case.objects.filter(_closed_for(settings.KEEP_CONTACT_DAYS, now), reminder__isnull=False)


def _story_is_over(now: datetime) -> Q:
    return reduce(or_, (Q(tier=tier) & _closed_for(erasure.story_days(tier), now) for tier in FIRST_REVIEW))


@dataclass(frozen=True)
class Planned:
    """A planned erasure or closing of one case: when, and which class of data."""

    at: datetime
    what: str
    reference: str


def planned(until: datetime) -> Iterator[Planned]:
    """Yield what housekeeping will do to cases up to ``until`` without further actions (``manage.py retention``).

    A case that is only closed in that period is listed with its closing; its files and answers are erased later.
    """
    for case in Case.objects.filter(closing.ready_to_close(until)):
        yield Planned(closing.closes_at(case), "closing", case.display_reference)
    for case in _contacts_are_over(until):
        yield Planned(case.closed_at + timedelta(days=settings.KEEP_CONTACT_DAYS), "address", case.display_reference)
    for case, what in _with_checked_reason(_files_are_over(until), erasure.files_are_over, "files", until):
        yield Planned(case.closed_at + timedelta(days=settings.KEEP_FILES_DAYS), what, case.display_reference)
    for case, what in _with_checked_reason(_story_is_over(until), erasure.story_is_over, "everything", until):
        yield Planned(case.closed_at + timedelta(days=erasure.story_days(case.tier)), what, case.display_reference)
    for case, what in _with_checked_reason(_withdrawn_by(until), erasure.was_withdrawn, "withdrawal", until):
        yield Planned(case.withdraw_at, what, case.display_reference)
    for case in _ended_certificates(until):
        yield Planned(erased_at(case) + _certificate_time(), "certificate", case.display_reference)


def _with_checked_reason(due: Q, reason: erasure.Reason, what: str, until: datetime) -> Iterator[tuple[Case, str]]:
    """Yield all ``due`` cases with ``what`` they lose, or with UNPROVEN if their audit log shows no reason for it."""
    for case, is_proven in erasure.checked(erasure.in_batches(Case.objects.filter(due)), reason, until):
        yield case, what if is_proven else UNPROVEN


def erased_at(case: Case) -> datetime:
    """Return when a purged case was erased, according to the audit log."""
    return case.events.filter(action=ERASED).values_list("at", flat=True).latest("at")


def _certificate_time() -> timedelta:
    return timedelta(days=settings.KEEP_CERTIFICATE_DAYS)


def _ended_certificates(now: datetime) -> models.QuerySet:
    over = Event.objects.filter(action=ERASED, at__lte=now - _certificate_time())
    return Case.objects.filter(state=State.PURGED, secret_verifier__isnull=False, pk__in=over.values("case"))


def _delete_certificates(now: datetime) -> None:
    _ended_certificates(now).update(**dict.fromkeys(SECRET_COLUMNS))


def truncate_wal() -> None:
    """Empty SQLite's write-ahead log, which would otherwise keep erased keys. PostgreSQL: VACUUM, see deploy notes.

    Emptying it holds the write lock while it waits for a reader, so it gives up soon; the next round tries again.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with waiting(LONGEST_HOLD), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of the work, without the lock
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _closed_for(days: int, now: datetime) -> Q:
    return Q(state=State.CLOSED, hold=False, closed_at__lte=now - timedelta(days=days))


def erase_files(case: Case, only_if: Q | None = None) -> bool:
    """Destroy the files of a case: keys, rows and bytes. The audit log records their number."""
    with transaction.atomic():
        locked = Case.objects.for_update().filter(only_if or Q(), pk=case.pk).first()
        if locked is None:  # reopened, or placed under legal hold, in between
            return False
        ids = list(locked.evidence.values_list("pk", flat=True))
        locked.data_keys.filter(name__in=[f"file:{pk}" for pk in ids]).delete()
        locked.evidence.all().delete()
        audit.record(locked, FILES_ERASED, files=len(ids))
    for pk in ids:
        store.delete(pk)
    return True
