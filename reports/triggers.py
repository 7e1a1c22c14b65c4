"""Triggers that make the event table append-only, in both databases.

Installed after every migrate, because SQLite drops triggers when Django rebuilds a table. ``present`` is asked by the
system check and by ``readyz``.
"""

from django.db import connections

TABLE = "reports_event"
MESSAGE = "events are append-only"

SQLITE = {
    f"{TABLE}_no_{verb.lower()}": f"""
        CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """
    for verb in ("UPDATE", "DELETE")
}
POSTGRESQL = {
    f"{TABLE}_no_change": f"""
        CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()
    """,
    f"{TABLE}_no_truncate": f"""
        CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()
    """,
}
POSTGRESQL_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$
"""


def install(using: str = "default", **kwargs) -> None:
    """Put the triggers in place; safe to repeat."""
    if not table_exists(using):
        return
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for statement in _wanted(connection).values():
            cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Take the triggers away; only for tests that flush the tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _wanted(connection):
            on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def table_exists(using: str = "default") -> bool:
    """The table of events was created already."""
    return TABLE in connections[using].introspection.table_names()


def present(using: str = "default") -> bool:
    """All triggers are in place."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        sql = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'"
    else:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [TABLE])
        return set(_wanted(connection)) <= {row[0] for row in cursor.fetchall()}


def _wanted(connection) -> dict[str, str]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE
