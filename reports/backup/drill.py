"""The drill: restore a backup into a temporary place, as a disaster would require, verify it, and remove it again."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import environ
from django.conf import settings
from django.db import ProgrammingError, connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safetycenter import private_files
from safetycenter.heartbeat_files import LAST_DRILL, note

from . import temporary, words
from .archive import BackupError

OF_A_CASE = "  "  # such a line begins with spaces
ROOM = 3  # times the size of the backup: the file as it is read, the dump, and the database


def run(file: Path, key: Path, ledgers: list[Path]) -> str:
    """Restore in a separate process; return its findings, which name no case. Raises BackupError when it failed.

    The keys, the ledger and the site itself are read only. On PostgreSQL the role must be allowed to create a database.
    """
    language = get_language() or settings.LANGUAGE_CODE
    arguments = ["restore", str(file.resolve()), "--key", str(key.resolve()), "--without-ledger"]
    arguments += [f"--language={language}"]
    arguments += [f"--ledger={folder.resolve()}" for folder in ledgers]
    _require_room(file)
    with temporary.folder() as folder, _database(folder) as url:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=os.environ | _environment(folder, url),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise BackupError(_("The drill failed.") + f" {_without_cases(done.stdout)}{_reason(done.stderr)}")
    note(LAST_DRILL)
    return _without_cases(done.stdout) + _("The drill succeeded; the temporary place was removed.")


def database_url(url: str, name: str) -> str:
    """Return ``url`` of PostgreSQL with the database ``name`` in place of the one it names. Raises BackupError.

    A restore there must never reach the site, so the result is read once more in the way the settings read it.
    """
    parts = urlsplit(url)
    new = parts._replace(path=f"{parts.path.rpartition('/')[0]}/{name}").geturl()
    read = environ.Env.db_url_config(new)
    if read["NAME"] != name or "dbname" in read.get("OPTIONS", {}):
        sentence = _("DATABASE_URL must name its database in its path, as in postgres://role@host/database.")
        raise BackupError(sentence)
    return new


def _require_room(file: Path) -> None:
    """Raise BackupError if the drill could fill the disk of the running site, which would close the report form."""
    if not file.is_file():
        return  # the restore says so
    left = shutil.disk_usage(settings.VAR).free - ROOM * file.stat().st_size
    if left < settings.LOW_DISK_MB * 1024 * 1024:
        raise BackupError(_("The disk of VAR_DIR has too little room for a drill. Run it on a test machine."))


def _without_cases(said: str) -> str:
    """Return the words of a restore that may stay in the journal of a server: other lines name cases."""
    lines = said.splitlines()
    kept = [line for line in lines if line.startswith(words.safe_beginnings())]
    if listed := sum(line.startswith(OF_A_CASE) for line in lines):
        kept.append(_("Decided after the backup, for a person to decide again: %d") % listed)
    return "".join(f"{line}\n" for line in kept)


def _reason(said: str) -> str:
    """Return the sentence of the command, or only the kind of an error, whose words may have values of a row."""
    if sentences := re.findall(r"^CommandError: (.*)", said, re.MULTILINE):
        return sentences[-1]
    kinds = re.findall(r"^[\w.]*(?:Error|Exception|NotFound|Failure)\b", said, re.MULTILINE)
    kind = kinds[-1] if kinds else _("It ended early")
    return _("%s. Restore by hand on a test machine to see why.") % kind


def _environment(folder: Path, url: str) -> dict[str, str]:
    own = {name: str(folder / name.lower()) for name in ("EVIDENCE_DIR", "PICTURES_DIR", "LEDGER_DIR", "VAR_DIR")}
    keys = {"KEYS_DIR": str(settings.KEYS_DIR), "NODE": settings.NODE, "DEBUG": str(int(settings.DEBUG))}
    elsewhere = ("SNAPSHOT_DIR", "RECORD_ANCHOR_DIR", "RECORD_ANCHOR_MAIL", "EVIDENCE_BUCKET")  # not of the site
    return own | keys | {"DATABASE_URL": url} | dict.fromkeys(elsewhere, "")


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """Yield the URL of a new, empty database, which is removed at the end."""
    if connection.vendor != "postgresql":
        yield f"sqlite:///{folder / 'drill.sqlite3'}"
        return
    name = f"safetycenter_drill_{uuid4().hex[:8]}"
    url = database_url(os.environ["DATABASE_URL"], name)
    with private_files.create(folder / temporary.DATABASE) as noted:
        noted.write(name.encode())
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    except ProgrammingError as error:
        sentence = _("The role in DATABASE_URL may not create a database, which the drill needs. Use one that may.")
        raise BackupError(sentence) from error
    yield url  # dropped with the folder
