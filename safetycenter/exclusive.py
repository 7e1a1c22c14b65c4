"""A lock for one process at a time, across all processes and machines that use the same database."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.db import Error, connection

from . import private_files


@contextmanager
def exclusive(name: str) -> Iterator[bool]:
    """Yield whether this process is the only one in the block called ``name``. Never wait.

    The lock ends with the process or its connection, however these end. PostgreSQL holds it; with SQLite, whose users
    share one machine, it is a file beside the database.
    """
    with _way()(name) as is_ours:
        yield is_ours


def _way() -> Callable[[str], AbstractContextManager[bool]]:
    if connection.vendor != "postgresql":
        return _on_sqlite
    return _through_a_pool if settings.DATABASE_POOL else _on_postgresql


@contextmanager
def _on_postgresql(name: str) -> Iterator[bool]:
    key = [crc32(name.encode())]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", key)
        is_ours = cursor.fetchone()[0]
    try:
        yield is_ours
    finally:
        if is_ours:
            _unlock(key)


@contextmanager
def _through_a_pool(name: str) -> Iterator[bool]:
    """Hold the lock in a transaction of a separate connection, because a pool lends a connection for one transaction.

    Between its statements such a transaction holds back no clean-up of old rows: it changes and reads none.
    """
    holder = connection.copy()
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [crc32(name.encode())])
            is_ours = cursor.fetchone()[0]
        yield is_ours
    finally:
        # A closed connection gives the lock back only when the server notices: the next in line would be refused.
        with suppress(Error):
            holder.rollback()
        holder.close()


def _unlock(key: list[int]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", key)
    except Error:
        connection.close()  # this releases the lock


@contextmanager
def _on_sqlite(name: str) -> Iterator[bool]:
    with private_files.open_lock(Path(f"{connection.settings_dict['NAME']}.{name}")) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
