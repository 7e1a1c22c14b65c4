"""Database helpers: roll back, run at once in threads, skip without PostgreSQL."""

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
