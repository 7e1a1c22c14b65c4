"""The cache version of the published pages: raised by every publish and by reaching the next moment of change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import CacheVersion

Timetable = Callable[[], datetime | None]
_timetables: list[Timetable] = []
_due: list[Callable[[], object]] = []
# The moments that were given to publish() inside the open batch; None outside of one.
_batched: ContextVar[list[datetime | None] | None] = ContextVar("batched", default=None)


def register_expiry(timetable: Timetable) -> Timetable:
    """Let an app tell when its pages next change by time alone (``None``: never). Asked at each new cache version."""
    if timetable not in _timetables:
        _timetables.append(timetable)
    return timetable


def register_due(change: Callable[[], object]) -> None:
    """Let an app make the changes whose time has come, just before the pages are made again. Not on public nodes.

    A public node may read content and not write it; there the desk node makes the change, by its housekeeping.
    """
    if change not in _due:
        _due.append(change)


def current() -> int:
    """The number of the current cache version. One query, a few more when the next moment of change has come."""
    row, _created = CacheVersion.objects.get_or_create(pk=1)
    if row.next_change_at and row.next_change_at <= timezone.now():
        for change in _due if settings.HAS_DESK else ():
            change()
        # Of several processes that come at the same moment, one raises the number and all read the same one.
        _raise(next_expiry(), number=row.number)
        row.refresh_from_db()
    return row.number


def bump(next_change_at: datetime | None = None) -> None:
    """Make every stored page stale, and note when the pages next change by time alone.

    To be called in the transaction that changes the content, so that no page is made between the two.
    Inside ``batch`` it only notes the change. ``next_change_at`` is for a caller that knows a moment which no
    registered timetable names.
    """
    batched = _batched.get()
    if batched is not None:
        batched.append(next_change_at)
        return
    CacheVersion.objects.get_or_create(pk=1)
    _raise(next_expiry(next_change_at))


@contextmanager
def batch() -> Iterator[None]:
    """Open a transaction in which any number of changes raise the number once, at its end; none raise nothing.

    A batch inside another one is a savepoint of it and leaves the raise to the outermost. An error raises nothing
    for what it undoes.
    """
    outer = _batched.get()
    with transaction.atomic():
        moments: list[datetime | None] = []
        token = _batched.set(moments)
        try:
            yield
        finally:
            _batched.reset(token)
        if outer is not None:
            outer.extend(moments)
        elif moments:
            CacheVersion.objects.get_or_create(pk=1)
            _raise(next_expiry(*moments))


def current_since(age: timedelta) -> int:
    """The current number once it is older than ``age``, and 0 before: nobody can be late with something new."""
    row, _created = CacheVersion.objects.get_or_create(pk=1)
    return row.number if timezone.now() - row.raised_at > age else 0


def next_expiry(*known: datetime | None) -> datetime | None:
    """The first moment to come among ``known`` and what the timetables name."""
    named = [timetable() for timetable in _timetables]
    now = timezone.now()
    return min((moment for moment in [*known, *named] if moment and moment > now), default=None)


def _raise(moment: datetime | None, **condition: Any) -> None:
    CacheVersion.objects.filter(pk=1, **condition).update(
        number=F("number") + 1, next_change_at=moment, raised_at=timezone.now()
    )
