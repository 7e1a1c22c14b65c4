"""A separate database for tests that migrate: empty at first, and gone afterwards."""

import uuid
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from safetycenter import schema


@contextmanager
def empty_database(folder: Path, name: str | None = None):
    """Connect this process to a new database without tables; back to the one of the tests at the end.

    On PostgreSQL it is called ``name``, if that matters.
    """
    earlier = connection.settings_dict["NAME"]
    create, drop, name = _on_postgresql(name) if connection.vendor == "postgresql" else _on_sqlite(folder)
    create()
    _connect_to(name)
    try:
        yield
    finally:
        _connect_to(earlier)
        drop()


def migrate_to(leaves) -> None:
    """Bring the database to these migrations, as the release did that ended with them."""
    MigrationExecutor(connection).migrate(leaves)


def _connect_to(name) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    schema._checked_databases.clear()


def _on_sqlite(folder: Path):
    path = folder / f"{uuid.uuid4().hex}.sqlite3"
    return path.touch, path.unlink, path


def _on_postgresql(name: str | None):
    name = name or f"upgrade_{uuid.uuid4().hex}"
    return lambda: _maintain(f"CREATE DATABASE {name}"), lambda: _maintain(f"DROP DATABASE {name}"), name


def _maintain(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
