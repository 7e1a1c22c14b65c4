"""Whether the database is of this version: every migration is applied, and the tables have the columns of the models.

The second question is for databases that were made before release 0.1.0. Their initial migrations were written again
in place, so that such a database looks migrated and its pages fail one by one. They cannot be upgraded.
"""

import logging
from functools import lru_cache

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from . import memory

log = logging.getLogger(__name__)
OUR_APPS = ("safetycenter", "education", "reports")
SHOWN = 3  # how many waiting migrations a line of the log names
_checked_databases: set[str] = set()  # databases that this process has compared; only migrate changes tables


def waiting() -> list[str]:
    """Return the migrations of this version that the database has not applied, as ``app.name``, in order of name."""
    shipped = _shipped(tuple(settings.MIGRATION_MODULES.items()))
    return sorted(f"{app}.{name}" for app, name in shipped - MigrationRecorder(connection).applied_migrations().keys())


def half_replaced() -> list[str]:
    """Return each shipped migration, as ``app.name``, of which the database has applied some parts only.

    A migration can take the place of several that no release had. A database made between the releases may have applied
    the first of these. Django then leaves out the new one without a word.
    """
    applied = MigrationRecorder(connection).applied_migrations().keys()
    parts = {key: set(migration.replaces) for key, migration in MigrationLoader(None).disk_migrations.items()}
    return sorted(f"{app}.{name}" for (app, name), those in parts.items() if those & applied and those - applied)


def known() -> set[tuple[str, str]]:
    """Return the app and name of each migration that this version ships, or that one of these replaces."""
    migrations = MigrationLoader(None).disk_migrations
    return migrations.keys() | {key for migration in migrations.values() for key in migration.replaces}


@memory.cached_for_seconds
def is_migrated() -> bool:
    """Return whether no migration waits. Used by ``/readyz``; asks the database at most once in a few seconds."""
    names = waiting()
    if names:
        log.warning("migrations wait", extra={"facts": {"count": len(names), "first": ", ".join(names[:SHOWN])}})
    return not names


def missing() -> list[str]:
    """Return the tables, and the columns as ``table.column``, that our models need and the database lacks."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        models = [model for app in OUR_APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
        return sorted({name for model in models for name in _missing_of(model, tables, cursor)})


def fits() -> bool:
    """Return whether nothing is missing. Used by ``/readyz``; compares until the tables fit, then uses the result."""
    name = str(connection.settings_dict["NAME"])
    if name not in _checked_databases and not missing():
        _checked_databases.add(name)
    return name in _checked_databases


@lru_cache(maxsize=2)
def _shipped(_modules: tuple) -> frozenset[tuple[str, str]]:
    """Return the migrations on disk, read once: the code of a process does not change. ``_modules`` is for tests."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _missing_of(model: type[Model], tables: set[str], cursor: CursorWrapper) -> list[str]:
    table = model._meta.db_table
    if table not in tables:
        return [table]
    there = _columns(table, cursor)
    return [f"{table}.{field.column}" for field in model._meta.local_concrete_fields if field.column not in there]


def _columns(table: str, cursor: CursorWrapper) -> set[str]:
    """Return the column names; on PostgreSQL also of a table that this role may not read (deploy/grants.sql)."""
    if connection.vendor != "postgresql":
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped", [table]
    )
    return {name for (name,) in cursor.fetchall()}
