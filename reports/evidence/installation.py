"""Whether the evidence folder and the database belong together.

Housekeeping removes files that no row knows. With a database that did not take the reports (a new server before its
backup is loaded, a mistyped DATABASE_URL), that would be every file. So both carry the id of their installation.
"""

from uuid import UUID

from ..models.evidence import Evidence
from ..models.installation import Installation
from . import store

CHUNK = 1000  # ids in one query


def matches() -> bool:
    """Return whether the folder is this database's, or is not marked yet. Asked by ``/readyz``."""
    return mark_is_readable() and store.read_mark() in {None, Installation.current()}


def mark_is_readable() -> bool:
    """Return whether the mark of the folder is whole, or there is none yet. Asked by ``/readyz``."""
    try:
        store.read_mark()
    except store.DamagedMarkError:
        return False
    return True


def bind(force: bool = False) -> bool:
    """Mark an unmarked folder as this database's. Return whether the folder is this database's now.

    A folder that holds files is bound only when a row knows at least one of them, or with ``force``: an operator has
    checked it. ``force`` also replaces the mark of another installation, or a damaged one.
    """
    own = Installation.current()
    if force:
        store.write_mark(own)
        return True
    if not mark_is_readable():
        return False
    mark = store.read_mark()
    if mark is None and _may_be_ours():
        store.write_mark(own)
        return True
    return mark == own


def known(ids: set[UUID]) -> set[UUID]:
    """Return those of ``ids`` that a row of this database knows."""
    ordered = list(ids)
    parts = (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))
    return {pk for part in parts for pk in Evidence.objects.filter(pk__in=part).values_list("pk", flat=True)}


def _may_be_ours() -> bool:
    ids = store.all_ids()
    return not ids or bool(known(ids))
