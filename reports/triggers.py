"""Triggers that make the audit log append-only, in both databases: events, the register, checkpoints,
and the staff log.

Nothing can be changed, and nothing deleted except events of a case that has a checkpoint (``verification.removal``).
Installed after every migrate, because SQLite drops triggers when Django rebuilds a table. The system check and
``readyz`` call ``present``.
"""

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "events are append-only"
EVENTS = "reports_event"
# Columns that identify a row: INSERT OR REPLACE deletes the old row without firing a DELETE trigger.
TABLES = {
    EVENTS: "id = NEW.id OR (case_id = NEW.case_id AND number = NEW.number)",
    "reports_registerentry": "number = NEW.number OR event_id = NEW.event_id"
    " OR (case_id = NEW.case_id AND event_number = NEW.event_number)",
    "reports_checkpoint": "case_id = NEW.case_id",
    "reports_staffevent": "id = NEW.id OR (by_id = NEW.by_id AND number = NEW.number)",
}
CHECKPOINT = "EXISTS (SELECT 1 FROM reports_checkpoint WHERE case_id = OLD.case_id AND events_count >= OLD.number)"
RAISE = f"RAISE EXCEPTION '{MESSAGE}';"
# A nested IF, because OLD does not exist when a table is truncated.
BODIES = {
    table: f" BEGIN IF TG_OP = 'DELETE' THEN IF {CHECKPOINT} THEN RETURN OLD; END IF; END IF; {RAISE} END "
    if table == EVENTS
    else f" BEGIN {RAISE} END "
    for table in TABLES
}


def _sqlite(table: str, same: str) -> dict[str, str]:
    kept = f" WHEN NOT {CHECKPOINT}" if table == EVENTS else ""
    cases = {
        "update": f"UPDATE ON {table}",
        "delete": f"DELETE ON {table}{kept}",
        "replace": f"INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",  # noqa: S608 (our own names)
    }
    return {
        f"{table}_no_{name}": f"CREATE TRIGGER {table}_no_{name} BEFORE {what}"
        f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for name, what in cases.items()
    }


def _postgresql(table: str) -> dict[str, str]:
    trigger = (
        "CREATE OR REPLACE TRIGGER {name} BEFORE {what} ON {table} FOR EACH {each} EXECUTE FUNCTION {table}_refuse()"
    )
    cases = {"change": ("UPDATE OR DELETE", "ROW"), "truncate": ("TRUNCATE", "STATEMENT")}
    return {
        f"{table}_no_{name}": trigger.format(name=f"{table}_no_{name}", what=what, table=table, each=each)
        for name, (what, each) in cases.items()
    }


# A caller's temporary table must not be taken for ours, so the function searches our schema first.
POSTGRESQL_FUNCTION = """
    CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql
    SET search_path = {schema}, pg_temp AS $${body}$$
"""
# Enabled for sessions that write here (O) or always (A); neither disabled nor for replicas only.
POSTGRESQL_PRESENT = """
    SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A')
"""
SQLITE_PRESENT = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"


def install(using: str = "default", **kwargs: Any) -> None:
    """Install the current triggers; can be repeated."""
    connection = connections[using]
    if not table_exists(using):
        return
    with transaction.atomic(using), connection.cursor() as cursor:
        remove(using)
        if connection.vendor == "postgresql":
            cursor.execute("SELECT quote_ident(current_schema())")
            schema = cursor.fetchone()[0]
            for table, body in BODIES.items():
                cursor.execute(POSTGRESQL_FUNCTION.format(table=table, schema=schema, body=body))
        for table in TABLES:
            for statement in _wanted(connection, table).values():
                cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Remove the triggers, before installing them again and for tests that flush the tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in TABLES:
            for name in _wanted(connection, table):
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def table_exists(using: str = "default") -> bool:
    """Return whether the tables of the audit log exist."""
    return set(TABLES) <= set(connections[using].introspection.table_names())


def present(using: str = "default") -> bool:
    """Return whether all triggers are installed, enabled and unchanged since installation."""
    return all(_present(connections[using], table) for table in TABLES)


def _present(connection: BaseDatabaseWrapper, table: str) -> bool:
    wanted = _wanted(connection, table)
    if connection.vendor == "postgresql":
        sql, wanted = POSTGRESQL_PRESENT, dict.fromkeys(wanted, BODIES[table])
    else:
        sql = SQLITE_PRESENT
    with connection.cursor() as cursor:
        cursor.execute(sql, [table])
        return wanted.items() <= dict(cursor.fetchall()).items()


def _wanted(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    return _postgresql(table) if connection.vendor == "postgresql" else _sqlite(table, TABLES[table])
