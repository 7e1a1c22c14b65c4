"""Files of reports that are gone although their rows are there: a rule of a provider, a wrong mount, a lost disk.

Housekeeping and each backup note them. They count as lost until an operator writes the loss down (``check_evidence
--record-loss``) or the files are back. A file that was erased has no row, so it is never among them.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from safetycenter.limits import BUCKET_LOOK

from ..models.evidence import Evidence
from . import installation, store

SURE_AFTER = timedelta(minutes=10)  # a report that gets new keys has its files under new names for a moment


def note_when_due() -> int:
    """Compare rows and files: a folder at each call, a bucket once an hour. Return how many were newly noted."""
    if not store.storage().is_folder and BUCKET_LOOK.is_reached(store.ALL):
        return 0
    if not installation.matches():
        return 0  # another check says so
    noted = _note()
    BUCKET_LOOK.hit(store.ALL)
    return noted


def lost() -> QuerySet[Evidence]:
    """Return the files that are surely gone and whose loss nobody has written down."""
    return _missing().filter(missing_since__lte=timezone.now() - SURE_AFTER, loss_recorded_at=None)


def is_none_lost() -> bool:
    """Return whether no file of a report is lost. Called by ``/readyz``."""
    return not lost().exists()


def record_loss() -> int:
    """Write down that the lost files will not come back; return their number. No backup is kept for them any longer."""
    return lost().update(loss_recorded_at=timezone.now())


def note_in_backup(gone: set[UUID], before: str) -> int:
    """Note the files that a backup lacks. Return for how many nobody has written the loss down.

    ``before`` is the name of the backup made last before it, the newest that has those of them that it does not lack.
    """
    count = 0
    for rows in _parts(gone):
        rows.filter(missing_since=None).update(missing_since=timezone.now())
        rows.filter(last_backup=None).update(last_backup=before)
        count += rows.filter(loss_recorded_at=None).count()
    return count


def needed_backups() -> set[str]:
    """Return the names of the newest backups that still have a file whose loss nobody has written down."""
    names = _missing().filter(loss_recorded_at=None).values_list("last_backup", flat=True)
    return {name for name in names.distinct() if name}


def _note() -> int:
    known = set(_of_reports().values_list("pk", flat=True))  # before the list, which has all their files
    gone = known - store.original_ids()
    noted = sum(rows.filter(missing_since=None).update(missing_since=timezone.now()) for rows in _parts(gone))
    back = set(_missing().values_list("pk", flat=True)) - gone
    for rows in _parts(back):
        rows.update(missing_since=None, loss_recorded_at=None, last_backup=None)
    return noted


def _of_reports() -> QuerySet[Evidence]:
    return Evidence.objects.filter(session=None)  # a draft ends within the hour, with its files


def _missing() -> QuerySet[Evidence]:
    return _of_reports().exclude(missing_since=None)


def _parts(ids: set[UUID]) -> Iterator[QuerySet[Evidence]]:
    ordered = list(ids)
    for start in range(0, len(ordered), installation.CHUNK):
        yield _of_reports().filter(pk__in=ordered[start : start + installation.CHUNK])
