"""Remove files that no row refers to: never all at once, and permanently only after a week.

A file loses its row if a process is killed between two steps. That is rare: the files of a draft or an erased
case are deleted at once by the code that ends it. Many unknown files therefore mean that rows are missing, not
that files are left over.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from safetycenter.limits import BUCKET_SWEEP, FAILED_DELETION

from . import installation, store

log = logging.getLogger(__name__)
ABANDONED_AFTER = timedelta(minutes=30)  # longer than any upload, and than a draft without a visit
MIN_SWEPT = 20  # unknown files moved without checking their share: those of four cases
MAX_SHARE = 0.1  # of all files; above this share an operator decides
TRASH_DAYS = 7


class SweepRefusedError(Exception):
    """Raised when unknown files were left in place because rows seem to be missing. The log states the reason."""


def sweep_when_due() -> int:
    """Sweep a folder at each call, and a bucket once an hour; after an error the next call tries again.

    The list of a bucket takes a request for each thousand objects. After a deletion that failed, a bucket is swept at
    each call until what was to be deleted is certainly older than ABANDONED_AFTER.
    """
    if store.storage().is_folder:
        return sweep()
    if BUCKET_SWEEP.is_reached(store.ALL) and not FAILED_DELETION.is_reached(store.ALL):
        return 0
    swept = sweep()
    BUCKET_SWEEP.hit(store.ALL)
    return swept


def sweep(force: bool = False) -> int:
    """Move unknown files to the trash and return their number. Put back trashed files that a row refers to again.

    ``force`` moves any number of them, after an operator has checked them. Raises SweepRefusedError if the folder
    belongs to another installation, or if more than MAX_SHARE of all files would be moved.
    """
    if not installation.bind():
        raise _refused(
            "it belongs to another installation, its mark is damaged, or the database knows none of its files"
        )
    _put_back()
    ids, with_copies = store.old_ids(timezone.now() - ABANDONED_AFTER)
    unknown = ids - installation.known(ids)
    if not force and len(unknown) > max(MIN_SWEPT, MAX_SHARE * len(ids)):
        raise _refused("the database does not know too many of its files", files=len(ids), unknown=len(unknown))
    for file_id in unknown:
        store.move_to_trash(file_id)
    _delete_left_copies(with_copies)
    store.empty_trash(timezone.now() - timedelta(days=TRASH_DAYS))
    store.storage().end_unfinished(timezone.now() - ABANDONED_AFTER)  # last: not every store or key allows it
    return len(unknown)


def _put_back() -> None:
    """Put back files whose rows have returned, after a backup was restored."""
    for file_id in installation.known(store.trashed_ids()):
        store.put_back(file_id)
        log.warning("evidence restored from the trash")


def _delete_left_copies(ids: set[UUID]) -> None:
    """Delete view copies that no row counts: a lock deletes them, and a store that did not answer kept them (K7)."""
    for file_id in installation.without_copies(ids):
        store.delete_copies(file_id)


def _refused(why: str, **counts: int) -> SweepRefusedError:
    command = "manage.py check_evidence"
    log.error("evidence folder not swept", extra={"facts": {"reason": why, "command": command, **counts}})
    return SweepRefusedError(why)


def unknown_ids() -> set[UUID]:
    """Return the ids of all files in the folder that no row refers to, whatever their age."""
    ids = store.all_ids()
    return ids - installation.known(ids)
