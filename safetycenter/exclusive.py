"""A lock for one process at a time, across all processes and machines that use the same database."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from django.db import Error, connection

from . import private_files


@contextmanager
def exclusive(name: str) -> Iterator[bool]:
    """Yield whether this process is the only one in the block called ``name``. Never wait.

    The lock ends with the process or its connection, however these end. PostgreSQL holds it (not through a connection
    pool in transaction mode); with SQLite, whose users share one machine, it is a file beside the database.
    """
    with (_on_postgresql if connection.vendor == "postgresql" else _on_sqlite)(name) as is_ours:
        yield is_ours


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
