"""The rights of this process's role in PostgreSQL, compared with what ``deploy/grants.sql`` gives to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from .finding import ADVICE, FAULT, Finding, ok

ROLES = {"public": "safetycenter_public", "desk": "safetycenter_desk", "all": "safetycenter_desk"}
OF_COLUMNS, OF_TABLES = ("SELECT", "INSERT", "UPDATE"), ("DELETE", "TRUNCATE", "TRIGGER", "REFERENCES")
SHOWN = 3  # rights named in one line
WHAT = _("Rights in the database")
Right = tuple[str, str, str]  # table, column ("" for the whole table), privilege

STATEMENT = re.compile(r"\b(GRANT|REVOKE)\s+([^;']+?)\s+ON\s+([^;]+?)\s+(?:TO|FROM)\s+([^;]+);")
PRIVILEGE = re.compile(r"([A-Z]+)(?:\s*\(([^)]*)\))?")
BLOCK = re.compile(r"\$\$.*?\$\$", re.DOTALL)
LOOP = re.compile(r"LIKE '(\w+)\\_%'.*?NOT IN \((.*?)\).*?'GRANT (\w+) ON %I TO (\w+)'", re.DOTALL)
NAMED_ALIKE = re.compile(r"'GRANT (\w+) \((\w+), %s\) ON (\w+) TO (\w+)'.*?column_name LIKE '(\w+)%'", re.DOTALL)


@dataclass
class Tables:
    """The tables in the database with their columns."""

    columns: dict[str, list[str]] = field(default_factory=dict)

    def rights(self, table: str, privilege: str, columns: list[str] | None = None) -> set[Right]:
        """Return the rights of one privilege on a table, or on some of its columns; none on what is not there."""
        if table not in self.columns:
            return set()
        if privilege in OF_TABLES:
            return {(table, "", privilege)}
        wanted = self.columns[table] if columns is None else columns
        return {(table, column, privilege) for column in wanted if column in self.columns[table]}


def findings() -> Iterator[Finding]:
    """Yield whether the role may do what its node must do, and nothing that it must not do."""
    wanted = ROLES[settings.NODE]
    role, is_superuser, owns, may_make = _role()
    leave = _("This role can change everything, also the audit log. Let DATABASE_URL name %(role)s here.")
    if is_superuser or owns:
        level = ADVICE if settings.NODE == "all" and not is_superuser else FAULT
        yield Finding(level, WHAT, leave % {"role": wanted}, role)
        return
    text = Path(settings.BASE_DIR, "deploy", "grants.sql").read_text()
    tables = _tables()
    given, found = shipped(text, wanted, tables), _found()
    too_many, lacking = found - given, given - found
    if role != wanted or too_many or may_make or not _has_limits(text):
        advice = _("Let DATABASE_URL name %(role)s, and run deploy/grants.sql as the owner: not all limits hold here.")
        yield Finding(FAULT, WHAT, advice % {"role": wanted}, _named(role, too_many))
    if lacking:
        advice = _("This role lacks rights that this server needs. Run deploy/grants.sql as the owner of the tables.")
        yield Finding(FAULT, WHAT, advice, _named(role, lacking))
    if role == wanted and not (too_many or lacking or may_make) and _has_limits(text):
        yield ok(WHAT, role)


def _named(role: str, rights: set[Right]) -> str:
    names = sorted({f"{privilege} {table}" for table, _column, privilege in rights})
    more = " …" if len(names) > SHOWN else ""
    return ": ".join(filter(None, [role, ", ".join(names[:SHOWN]) + more]))


def _role() -> tuple[str, bool, bool, bool]:
    """Return the role, whether it passes every rule, whether it owns a table, and whether it may make things."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper OR rolbypassrls OR rolcreaterole,"
            " EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND pg_has_role(tableowner, 'MEMBER')),"
            " has_schema_privilege('public', 'CREATE') OR has_database_privilege(current_database(), 'TEMPORARY')"
            " FROM pg_roles WHERE rolname = current_user"
        )
        return cursor.fetchone()


def _tables() -> Tables:
    tables = Tables()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped"
        )
        for table, column in cursor.fetchall():
            tables.columns.setdefault(table, []).append(column)
    return tables


def _found() -> set[Right]:
    """Return what the role of this process may do, as the database itself says."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, attname, privilege FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
            " CROSS JOIN unnest(%s) AS privilege"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped"
            " AND has_column_privilege(pg_class.oid, attnum, privilege)"
            " UNION ALL SELECT relname, '', privilege FROM pg_class CROSS JOIN unnest(%s) AS privilege"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND has_table_privilege(pg_class.oid, privilege)",
            [list(OF_COLUMNS), list(OF_TABLES)],
        )
        return set(cursor.fetchall())


def _has_limits(text: str) -> bool:
    """Return whether the rules for single rows and the trigger of ``grants.sql`` are in the database and in force."""
    secured = set(re.findall(r"ALTER TABLE (\w+) ENABLE ROW LEVEL SECURITY", text))
    policies = set(re.findall(r"CREATE POLICY (\w+) ON (\w+)", text))
    triggers = set(re.findall(r"CREATE OR REPLACE TRIGGER (\w+)", text))
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        secured -= {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT policyname, tablename FROM pg_policies")
        policies -= set(cursor.fetchall())
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        triggers -= {name for (name,) in cursor.fetchall()}
    return not (secured or policies or triggers)


def shipped(text: str, role: str, tables: Tables) -> set[Right]:
    """Return the rights that the statements in ``text``, which is ``grants.sql``, leave to ``role`` in the end."""
    text = re.sub(r"--.*", "", text)
    rights = _from_blocks(text, role, tables)
    for word, privileges, targets, roles in STATEMENT.findall(BLOCK.sub("", text)):
        if role not in re.split(r"[,\s]+", roles) or targets.startswith(("SCHEMA", "ALL SEQUENCES")):
            continue
        names = tables.columns if targets.startswith("ALL TABLES") else re.split(r"[,\s]+", targets.strip())
        one = {right for name in names for right in _of(privileges, name, tables)}
        rights = rights | one if word == "GRANT" else rights - one
    return rights


def _of(privileges: str, table: str, tables: Tables) -> set[Right]:
    if privileges == "ALL":
        return set()  # everything is taken away first, when nothing was given yet
    rights: set[Right] = set()
    for privilege, columns in PRIVILEGE.findall(privileges):
        named = re.split(r"[,\s]+", columns.strip()) if columns else None
        rights |= tables.rights(table, privilege, named)
    return rights


def _from_blocks(text: str, role: str, tables: Tables) -> set[Right]:
    """Return what the loops of the file give: all tables of a name but some, all columns whose names begin alike."""
    rights: set[Right] = set()
    for start, left_out, privilege, who in LOOP.findall(text):
        excepted = set(re.findall(r"'(\w+)'", left_out))
        names = (name for name in tables.columns if name.startswith(f"{start}_") and name not in excepted)
        rights |= {right for name in names if who == role for right in tables.rights(name, privilege)}
    for privilege, column, table, who, start in NAMED_ALIKE.findall(text):
        alike = [column, *(name for name in tables.columns.get(table, ()) if name.startswith(start))]
        rights |= tables.rights(table, privilege, alike) if who == role else set()
    return rights
