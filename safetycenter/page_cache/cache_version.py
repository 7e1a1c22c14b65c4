"""The cache version of the published pages. Each publish raises it, and so does each scheduled change.

Raising it touches every page, unless the change names the only pages that it touches (``touches_only``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..droppable import drop_if_not_stored
from ..models import CacheVersion
from .versions import Versions

Timetable = Callable[[], datetime | None]
Stamp = tuple[int, datetime]
_timetables: list[Timetable] = []
_due_changes: list[Callable[[], object]] = []


class _Change(NamedTuple):
    """A call of ``bump``: the moment passed, the group of the changed item, the groups touched (none: every page)."""

    moment: datetime | None
    group: str
    touched: frozenset[str] = frozenset()


@dataclass
class _Batch:
    """The changes inside an open batch, and the groups that ``touches_only`` has named in it, by that of the item."""

    changes: list[_Change] = field(default_factory=list)
    named: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def judged(self) -> list[_Change]:
        """Return the changes; those of a group that was named touch what was named, unless they set a moment."""
        return [one._replace(touched=one.touched or self._touched(one)) for one in self.changes]

    def _touched(self, change: _Change) -> frozenset[str]:
        return frozenset(self.named.get(change.group, ()) if change.moment is None else ())


# The open batch; None outside of a batch.
_batched: ContextVar[_Batch | None] = ContextVar("batched", default=None)
# The stamp that this request has read, if any; None outside of a request.
_read: ContextVar[list[Stamp] | None] = ContextVar("read", default=None)


def register_expiry(timetable: Timetable) -> Timetable:
    """Register a function that returns when pages of an app next change by time alone (``None``: never).

    It is called at each new cache version.
    """
    if timetable not in _timetables:
        _timetables.append(timetable)
    return timetable


def register_due_changes(change: Callable[[], object]) -> None:
    """Register a function that makes the changes that are due, called just before the pages are made again.

    It is not called on public nodes, which may read content but not write it: there the housekeeping of the desk node
    makes the changes.
    """
    if change not in _due_changes:
        _due_changes.append(change)


def current() -> int:
    """Return the number of the current cache version.

    Takes one query, and a few more when the next moment of change has come.
    """
    return _row().number


def versions() -> Versions:
    """Return the current versions of pages. Takes as many queries as ``current``."""
    row = _row()
    return Versions.of_record(row.number, row.touched)


def stamp() -> Stamp:
    """Return the current number and when it was raised, read once a request.

    A number that a transaction raised and rolled back is given again later; the two have different moments.
    """
    read = _read.get()
    if read:
        return read[0]
    row = _row()
    if read is not None:
        read.append((row.number, row.raised_at))
    return row.number, row.raised_at


@contextmanager
def one_request() -> Iterator[None]:
    """Read the stamp at most once inside the block, unless the block itself raises the version."""
    token = _read.set([])
    try:
        yield
    finally:
        _read.reset(token)


def is_batching() -> bool:
    """Return whether a batch is open, whose changes have not raised the version yet."""
    return _batched.get() is not None


def _row() -> CacheVersion:
    row, _created = CacheVersion.objects.get_or_create(pk=1)
    if not (row.next_change_at and row.next_change_at <= timezone.now()):
        return row
    for change in _due_changes if settings.HAS_DESK else ():
        change()
    moment, before = next_expiry(), row.number
    # When several processes get here at the same moment, one raises the number and all read the same value.
    drop_if_not_stored("that a moment of change has come", partial(_raise, moment, number=before))
    row.refresh_from_db()
    if row.number == before:  # the database stores nothing: kept pages wait, values of a process are made once more
        row.raised_at = row.next_change_at
    return row


def bump(next_change_at: datetime | None = None, group: str = "") -> None:
    """Make every stored page stale, and store when the pages next change by time alone.

    Call it in the transaction that changes the content, so that no page is made between the two. Inside ``batch`` it
    only records the change. Pass ``next_change_at`` for a moment that no registered timetable returns, and ``group``
    if the change belongs to the item with these pages: ``touches_only`` can then say which pages it touches.
    """
    batched = _batched.get()
    if batched is not None:
        batched.changes.append(_Change(next_change_at, group))
        return
    CacheVersion.objects.get_or_create(pk=1)
    _raise(next_expiry(next_change_at))


def touches_only(group: str, *others: str) -> None:
    """Say that what the open batch changes of ``group`` touches its pages and those of the groups ``others`` only.

    Pages without a group are touched too. Only for a caller who has compared what readers saw with what they will see.
    A wrong statement leaves an old page in front of readers (safety rule K2).
    """
    batched = _batched.get()
    if batched is not None and group:
        batched.named[group] |= {group, *others}


@contextmanager
def batch() -> Iterator[None]:
    """Open a transaction whose changes raise the version once, at its end. Without a change it is not raised.

    A batch inside another one is a savepoint, and only the outermost batch raises the version. Changes that an error
    rolls back raise nothing.
    """
    outer = _batched.get()
    with transaction.atomic():
        inner = _Batch()
        token = _batched.set(inner)
        try:
            yield
        finally:
            _batched.reset(token)
        if outer is not None:
            outer.changes.extend(inner.judged())
        elif inner.changes:
            _raise_for(inner.judged())


def current_if_older_than(age: timedelta) -> int:
    """Return the current number once it is older than ``age``, else 0: a follower needs some time for a new version."""
    row, _created = CacheVersion.objects.get_or_create(pk=1)
    return row.number if timezone.now() - row.raised_at > age else 0


def next_expiry(*known: datetime | None) -> datetime | None:
    """Return the earliest future moment among ``known`` and the registered timetables, or None."""
    named = [timetable() for timetable in _timetables]
    now = timezone.now()
    return min((moment for moment in [*known, *named] if moment and moment > now), default=None)


def _raise_for(changes: list[_Change]) -> None:
    """Raise the version for the changes of a batch, inside its transaction."""
    row, _created = CacheVersion.objects.select_for_update().get_or_create(pk=1)
    moment = next_expiry(*(change.moment for change in changes))
    # A moment that has come and that no page has followed yet changes other pages too. Asked after next_expiry, which
    # leaves it out: in the other order a moment between the two would be lost.
    is_due = row.next_change_at is not None and row.next_change_at <= timezone.now()
    touched = None
    if not is_due and all(change.touched for change in changes):
        groups = frozenset[str]().union(*(change.touched for change in changes))
        touched = Versions.of_record(row.number, row.touched).after(groups)
    _raise(moment, touched)


def _raise(moment: datetime | None, touched: dict[str, Any] | None = None, **condition: Any) -> None:
    if read := _read.get():
        read.clear()
    CacheVersion.objects.filter(pk=1, **condition).update(
        number=F("number") + 1, touched=touched, next_change_at=moment, raised_at=timezone.now()
    )
