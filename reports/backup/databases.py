"""Dump and load a database with its own tools: pg_dump and pg_restore for PostgreSQL, the online backup of SQLite.

Left out: drafts and visits (``reports_sealedsession``) with the files of drafts, which must not be kept, and the
sessions of staff.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from safetycenter import private_files

from . import temporary
from .archive import BackupError

EMPTIED = ("reports_sealedsession", "django_session")
FILES_OF_DRAFTS = "DELETE FROM reports_evidence WHERE session_id IS NOT NULL"
# These name roles, which a new server may not have yet; deploy/grants.sql makes them again.
OF_ROLES = (" POLICY ", " ROW SECURITY ")


@contextmanager
def dumped() -> Iterator[tuple[IO[bytes], dict[str, int]]]:
    """Yield an open dump and the number of rows of each table in it, both of the same moment. Raises BackupError."""
    with (_postgresql_dump if connection.vendor == "postgresql" else _sqlite_dump)() as dump:
        yield dump


@contextmanager
def _postgresql_dump() -> Iterator[tuple[IO[bytes], dict[str, int]]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        options = [f"--exclude-table-data={table}" for table in EMPTIED]
        command = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", *options]
        arguments, environment = _client("pg_dump", command)
        with (
            tempfile.TemporaryFile() as errors,
            subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=errors) as process,
        ):
            yield process.stdout, _counts(cursor.execute, cursor.fetchone)  # type: ignore[misc]
            if process.wait():
                raise _tool_failed("pg_dump", errors)


@contextmanager
def _sqlite_dump() -> Iterator[tuple[IO[bytes], dict[str, int]]]:
    with temporary.folder() as folder:
        path = folder / "copy.sqlite3"
        private_files.create(path).close()
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            for statement in (FILES_OF_DRAFTS, *(f"DELETE FROM {table}" for table in EMPTIED)):  # noqa: S608
                copy.execute(statement)
            copy.commit()
            copy.execute("VACUUM")  # so that nothing of the drafts is left in free pages
            cursor = copy.cursor()
            counts = _counts(cursor.execute, cursor.fetchone)
        with path.open("rb") as file:
            yield file, counts


def _counts(execute: Any, fetchone: Any) -> dict[str, int]:
    counts = {}
    for table in connection.introspection.table_names():
        condition = " WHERE session_id IS NULL" if table == "reports_evidence" else ""
        execute(f'SELECT COUNT(*) FROM "{table}"{condition}')  # noqa: S608
        counts[table] = 0 if table in EMPTIED else fetchone()[0]
    return counts


def counts() -> dict[str, int]:
    """Return the number of rows of each table of this database."""
    with connection.cursor() as cursor:
        return _counts(cursor.execute, cursor.fetchone)


def is_empty() -> bool:
    """Return whether the database has no table."""
    return not connection.introspection.table_names()


def load(dump: Path) -> None:
    """Load a dump into this empty database. Raises BackupError."""
    if connection.vendor == "postgresql":
        _load_postgresql(dump)
    else:
        _load_sqlite(dump)


def _load_postgresql(dump: Path) -> None:
    listed = subprocess.run(["pg_restore", "--list", dump], capture_output=True, text=True, check=False)  # noqa: S607
    if listed.returncode:
        raise BackupError(_("pg_restore cannot read this dump: %s") % listed.stderr.strip()[:300])
    wanted = dump.with_suffix(".list")
    wanted.write_text("\n".join(line for line in listed.stdout.splitlines() if not any(of in line for of in OF_ROLES)))
    connection.close()
    for section in ("pre-data", "data", "post-data"):
        if section == "post-data":  # before the foreign keys, which these rows would break
            with connection.cursor() as cursor:
                cursor.execute(FILES_OF_DRAFTS)
            connection.close()
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--section={section}"]
        arguments, environment = _client("pg_restore", [*options, f"--use-list={wanted}"], dump)
        with tempfile.TemporaryFile() as errors:
            if subprocess.call(arguments, env=environment, stdout=errors, stderr=errors):
                raise _tool_failed("pg_restore", errors)


def _load_sqlite(dump: Path) -> None:
    with closing(sqlite3.connect(dump)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError(_("The database in this backup is damaged. Use another one."))
    connection.close()
    place = Path(connection.settings_dict["NAME"])
    for ending in ("-wal", "-shm"):
        Path(f"{place}{ending}").unlink(missing_ok=True)
    shutil.move(dump, place)
    place.chmod(private_files.FILE)


def _client(program: str, options: list[str], *files: Path) -> tuple[list[str], dict[str, str]]:
    """Return the command line and environment of a PostgreSQL program; the password is only in the environment."""
    if not shutil.which(program):
        sentence = _("%s is missing. Install the client programs of PostgreSQL (postgresql-client).")
        raise BackupError(sentence % program)
    arguments, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    place, name = arguments[1:-1], arguments[-1]
    return [program, *place, f"--dbname={name}", *options, *map(str, files)], os.environ | (environment or {})


def _tool_failed(program: str, errors: IO[bytes]) -> BackupError:
    errors.seek(0)
    # Only its own lines: the server's DETAIL, CONTEXT and statements have values of rows.
    lines = [line for line in errors.read().decode(errors="replace").splitlines() if line.startswith(f"{program}: ")]
    said = " ".join(re.sub(r"(COPY failed for table \S+?):.*", r"\1", line) for line in lines)[:300]
    sentence = _(
        "%(program)s failed: %(said)s. Run this as the owner of the tables, with a client that is not older than the "
        "server."
    )
    return BackupError(sentence % {"program": program, "said": said or _("no message")})
