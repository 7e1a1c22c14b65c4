"""The database as the migrations left it, put back after a test with real transactions.

Django itself deletes every row, one table after the other, and then makes permissions and roles again, by some hundred
queries. This copies what there was before the first test: the whole file on SQLite, the rows of each table on
PostgreSQL.
"""

import sqlite3
import time
from io import StringIO

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from reports import triggers

WAIT = 20  # seconds for which another connection may hold the database
_file: sqlite3.Connection | None = None
_rows: dict[str, str] = {}  # PostgreSQL: the rows of each table, as COPY writes them


def remember() -> None:
    """Keep what is in the database now. Called once, before the first test."""
    global _file
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        _file = sqlite3.connect(":memory:")
        connection.connection.backup(_file)
    else:
        with connection.cursor() as cursor:
            names = connection.introspection.django_table_names(only_existing=True, include_views=False)
            _rows.update({name: _written(cursor, name) for name in names})


def put_back() -> None:
    """Leave in the database what ``remember`` found there."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        _file.backup(connection.connection, progress=_give_up_after(time.monotonic() + WAIT))
    else:
        _put_rows_back()
        _require_triggers()
    ContentType.objects.clear_cache()


def _give_up_after(moment: float):
    """What SQLite calls after each attempt; without it, an open transaction elsewhere would make it wait for ever."""

    def attempted(_status: int, remaining: int, _total: int) -> None:
        if remaining and time.monotonic() > moment:
            raise TimeoutError("another connection of this test still uses the database")

    return attempted


@transaction.atomic
def _put_rows_back() -> None:
    with connection.cursor() as cursor:
        # No foreign key is checked, and the tables that only grow let their rows go.
        cursor.execute("SET LOCAL session_replication_role = replica")
        changed = [name for name, rows in _rows.items() if not rows or _written(cursor, name) != rows]
        cursor.execute("; ".join(f"DELETE FROM {connection.ops.quote_name(name)}" for name in changed))
        for name in changed:
            if _rows[name]:
                cursor.copy_expert(f"COPY {connection.ops.quote_name(name)} FROM STDIN", StringIO(_rows[name]))


def _require_triggers() -> None:
    """Fail if the test left the audit log without triggers. Rows are put back only: later tests get them here."""
    if not triggers.present():
        triggers.install()
        raise AssertionError("this test removed the triggers of the audit log and did not install them again")


def _written(cursor, name: str) -> str:
    out = StringIO()
    cursor.copy_expert(f"COPY {connection.ops.quote_name(name)} TO STDOUT", out)
    return out.getvalue()
