"""Removing files that no row knows: never all of them at once, and never for good before a week has passed.

A file loses its row when a process was killed between two steps. That is rare: what a draft or an erased case leaves
is deleted at once by whoever ends it. So many unknown files mean that rows are missing, not that files are left over.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from . import installation, store

log = logging.getLogger(__name__)
ABANDONED_AFTER = timedelta(minutes=30)  # longer than any upload and than a draft without a visit
ALWAYS_SWEPT = 20  # unknown files that are moved without a look at their share: four cases' worth
LARGEST_SHARE = 0.1  # of all files; above it an operator decides
TRASH_DAYS = 7


class SweepRefusedError(Exception):
    """Files that no row knows were left in place, because rows seem to be missing. The log says why."""


def sweep(force: bool = False) -> int:
    """Move files that no row knows into the trash and return how many. Put back what a row knows again.

    ``force`` moves any number of them: an operator has checked it. Raises SweepRefusedError when the folder belongs to
    another installation, or when more than LARGEST_SHARE of all files would go.
    """
    if not installation.bind():
        raise _refused("it belongs to another installation, its mark is damaged, or no row knows any of its files")
    _put_back()
    ids = store.old_ids(timezone.now() - ABANDONED_AFTER)
    unknown = ids - installation.known(ids)
    if not force and len(unknown) > max(ALWAYS_SWEPT, LARGEST_SHARE * len(ids)):
        raise _refused("too many of its files are in no row", files=len(ids), unknown=len(unknown))
    for file_id in unknown:
        store.move_to_trash(file_id)
    store.empty_trash(timezone.now() - timedelta(days=TRASH_DAYS))
    return len(unknown)


def _put_back() -> None:
    """Return files to their place whose rows came back, after a backup was loaded."""
    for file_id in installation.known(store.trashed_ids()):
        store.put_back(file_id)
        log.warning("evidence is back from the trash")


def _refused(why: str, **counts: int) -> SweepRefusedError:
    command = "manage.py check_evidence"
    log.error("evidence folder is not swept", extra={"facts": {"why": why, "see": command, **counts}})
    return SweepRefusedError(why)


def unknown_ids() -> set[UUID]:
    """Return the ids of all files in the folder that no row knows, whatever their age."""
    ids = store.all_ids()
    return ids - installation.known(ids)
