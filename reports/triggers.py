"""Triggers that make the event table append-only, in both databases.

Installed after every migrate, because SQLite drops triggers when Django rebuilds a table. ``present`` is asked by the
system check and by ``readyz``.
"""

from django.db import connections, transaction

TABLE = "reports_event"
MESSAGE = "events are append-only"

# INSERT OR REPLACE deletes the old row without asking a DELETE trigger.
EXISTING = f"""
    INSERT ON {TABLE}
    WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (case_id = NEW.case_id AND number = NEW.number))
"""  # noqa: S608 (the only inserted text is our own table's name)
SQLITE = {
    f"{TABLE}_no_{name}": f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {what} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for name, what in {"update": f"UPDATE ON {TABLE}", "delete": f"DELETE ON {TABLE}", "replace": EXISTING}.items()
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
POSTGRESQL_BODY = f" BEGIN RAISE EXCEPTION '{MESSAGE}'; END "
POSTGRESQL_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $${POSTGRESQL_BODY}$$
"""
# Enabled for whoever writes here (O) or for everyone (A); not switched off, not for replicas alone.
POSTGRESQL_PRESENT = """
    SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A')
"""
SQLITE_PRESENT = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"


def install(using: str = "default", **kwargs) -> None:
    """Put the triggers in place, in the words of today; safe to repeat."""
    if not table_exists(using):
        return
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        remove(using)
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for statement in _wanted(connection).values():
            cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Take the triggers away: to install them anew, and for tests that flush the tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _wanted(connection):
            on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def table_exists(using: str = "default") -> bool:
    """The table of events was created already."""
    return TABLE in connections[using].introspection.table_names()


def present(using: str = "default") -> bool:
    """All triggers are in place, switched on, and do what they did when they were installed."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        sql, wanted = POSTGRESQL_PRESENT, dict.fromkeys(POSTGRESQL, POSTGRESQL_BODY)
    else:
        sql, wanted = SQLITE_PRESENT, SQLITE
    with connection.cursor() as cursor:
        cursor.execute(sql, [TABLE])
        return wanted.items() <= dict(cursor.fetchall()).items()


def _wanted(connection) -> dict[str, str]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE
