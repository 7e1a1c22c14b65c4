"""Database helpers: roll back, store nothing, run at once in threads, skip without PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, transaction


@contextmanager
def undone():
    """Roll back everything that is stored inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def storing_nothing():
    """Inside, the database of this test can be read, and refuses every change, as on a full disk."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET TRANSACTION READ ONLY")  # ends with the block, also inside another transaction
            yield
            return
        cursor.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only = OFF")


on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


def at_once(function, *items):
    """Run ``function`` on all ``items`` in separate threads; return the results in order."""

    def run(item):
        try:
            return function(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(run, items))
