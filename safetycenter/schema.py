"""Whether the tables of the database are those of this version.

Until the first release, initial migrations are rewritten in place: a database of an older version looks migrated, and
its pages fail one by one. So the tables themselves are compared with the models.
"""

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

OURS = ("safetycenter", "education", "reports")
_known_to_fit: set[str] = set()  # databases that this process has compared; only migrate changes tables


def is_migrated() -> bool:
    """Return whether this database records that our first migrations were applied."""
    applied = MigrationRecorder(connection).applied_migrations()
    return any((app, "0001_initial") in applied for app in OURS)


def missing() -> list[str]:
    """Return the tables, and the columns as ``table.column``, that our models need and the database lacks."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        models = [model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
        return sorted({name for model in models for name in _missing_of(model, tables, cursor)})


def fits() -> bool:
    """Return whether nothing is missing. Used by ``/readyz``; compares until the tables fit, then uses the result."""
    name = str(connection.settings_dict["NAME"])
    if name not in _known_to_fit and not missing():
        _known_to_fit.add(name)
    return name in _known_to_fit


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
