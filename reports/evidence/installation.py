"""Check that the evidence folder and the database belong together.

Housekeeping removes files that no row refers to. With a database that did not receive the reports (a new server before
its backup is restored, a mistyped DATABASE_URL), that would be every file. So both store the id of their installation.
"""

from uuid import UUID

from django.db.models import QuerySet

from ..models.evidence import Evidence
from ..models.installation import Installation
from . import store

CHUNK = 1000  # ids per query


def matches() -> bool:
    """Return whether the folder belongs to this database or is not marked yet. Called by ``/readyz``."""
    if not store.answers():
        return True  # nobody knows; another check says that the store does not answer
    return is_marker_readable() and store.read_marker() in {None, Installation.current()}


def is_marker_readable() -> bool:
    """Return whether the mark of the folder is intact or missing. Called by ``/readyz``."""
    try:
        if store.answers():
            store.read_marker()
    except store.DamagedMarkerError:
        return False
    return True


def bind(force: bool = False) -> bool:
    """Mark an unmarked folder as belonging to this database. Return whether it now belongs to this database.

    A folder that contains files is bound only if a row refers to at least one of them, or with ``force``, after an
    operator has checked it. ``force`` also replaces the mark of another installation, or a damaged mark.
    """
    own = Installation.current()
    if force:
        store.write_marker(own)
        return True
    if not is_marker_readable():
        return False
    mark = store.read_marker()
    if mark is None and _may_belong_here():
        store.write_marker(own)
        return True
    return mark == own


def known(ids: set[UUID]) -> set[UUID]:
    """Return those of ``ids`` that a row of this database refers to."""
    return _found(ids, Evidence.objects.all())


def without_copies(ids: set[UUID]) -> set[UUID]:
    """Return those of ``ids`` whose row says that there is no view copy."""
    return _found(ids, Evidence.objects.filter(copies=0))


def _found(ids: set[UUID], rows: QuerySet[Evidence]) -> set[UUID]:
    ordered = list(ids)
    parts = (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))
    return {pk for part in parts for pk in rows.filter(pk__in=part).values_list("pk", flat=True)}


def _may_belong_here() -> bool:
    ids = store.all_ids()
    return not ids or bool(known(ids))
