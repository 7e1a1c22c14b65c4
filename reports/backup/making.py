"""Make a backup: one sealed file with the database, the sealed files of reports and the pictures."""

import io
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _
from nacl.public import PublicKey

from safetycenter import private_files
from safetycenter.heartbeat_files import LAST_BACKUP, note

from ..crypto.vault import signing
from ..evidence import missing, store
from ..models.evidence import Evidence
from ..models.installation import Installation
from . import archive, databases, temporary
from .archive import BackupError, Writer

NAME = "safetycenter-{:%Y%m%d-%H%M%S}.backup"
PATTERN = "safetycenter-????????-??????.backup"
PARTS = "safetycenter-????????-??????.part"
ALWAYS_KEPT = 3  # the newest ones, whatever the clock says: one that is wrong must not delete every backup
ATTEMPTS = 3


def make(folder: Path) -> tuple[Path, dict]:
    """Write a new backup into ``folder``. Return its path and the facts of its manifest. Raises BackupError.

    A file that is not whole ends in ``.part`` and is removed after an error, or at the next start. A report that gets
    new keys meanwhile has its files under new names, which this backup lacks: then it is made again.
    """
    public = archive.public_key(settings.BACKUP_PUBLIC_KEY)
    if not signing.can_check():
        raise BackupError(_("The key of the audit log is missing. Make backups on a server of the staff dashboard."))
    path = folder / NAME.format(timezone.now())
    before = max((one.name for one in folder.glob(PATTERN)), default="")
    try:
        private_files.make_folder(folder)
        temporary.remove_leftovers()
        temporary.remove_parts(folder, PARTS)
        with temporary.ended_by_sigterm():
            facts, gone = _whole(path, public)
    except OSError as error:
        sentence = _("%(folder)s cannot take the backup, or %(store)s cannot be read: %(error)s. Nothing was kept.")
        facts = {"folder": folder, "store": store.storage().place, "error": error.strerror}
        raise BackupError(sentence % facts) from error
    note(LAST_BACKUP)
    return path, facts | {"lost": missing.note_in_backup(gone, before)}


def _whole(path: Path, public: PublicKey) -> tuple[dict, set[UUID]]:
    """Write ``path`` until no file of a report was moved meanwhile, at most ATTEMPTS times.

    Return the facts, and the ids of the files that are not in it.
    """
    part = path.with_suffix(".part")
    for _attempt in range(ATTEMPTS):
        try:
            with private_files.create(part) as file:
                temporary.lock(file.fileno())
                facts, gone, moved = _write(file, public)
                file.flush()
                os.fsync(file.fileno())
                if not moved:
                    break
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        part.unlink()
    else:
        raise BackupError(_("Files of reports were moved again and again meanwhile. Nothing was kept; try again."))
    part.rename(path)
    return facts, gone


def delete_older_than(folder: Path, days: int) -> int:
    """Delete the backups in ``folder`` that were made more than ``days`` ago, never the newest three.

    The newest one that has a lost file stays until somebody has written the loss down, for twice as long at most: what
    was erased since is in it too. Return their number.
    """
    edge, count, needed = timezone.now() - timedelta(days=days), 0, missing.needed_backups()
    for path in sorted(folder.glob(PATTERN))[:-ALWAYS_KEPT]:
        with suppress(ValueError):
            made = datetime.strptime(path.name, "safetycenter-%Y%m%d-%H%M%S.backup").replace(tzinfo=edge.tzinfo)
            if made < (edge - timedelta(days=days) if path.name in needed else edge):
                path.unlink()
                count += 1
    return count


def _write(file: Any, public: PublicKey) -> tuple[dict, set[UUID], bool]:
    """Write one backup; return its facts, what is not in it, and whether a file of a report has another name by now."""
    writer, head = Writer(file, public), _head()
    with databases.dumped() as (dump, tables):
        rows = _sent()
        writer.add(archive.HEAD, json.dumps(head).encode())
        for name, part in _parts(dump):
            writer.add(name, part)
    added = {name for name, _size, read in _files(rows) if _add_file(writer, name, read)}
    vanished = {
        pk for pk in rows if f"evidence/{store.name_of(pk)}" not in added
    }  # erased meanwhile, or missing before
    facts = {"tables": tables, "files": len(rows - vanished), "vanished": len(vanished)}
    writer.close(facts)
    # A file whose row is still there was missing before; another attempt would miss it too.
    return facts, vanished, len(vanished) > Evidence.objects.filter(pk__in=vanished).count()


def _head() -> dict:
    applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    return {
        "made_at": timezone.now().isoformat(),
        "database": connection.vendor,
        "installation": str(Installation.current()),
        "migrations": applied,
        "bytes": sum(size for _name, size, _read in _files(_sent())),
    }


def _parts(dump: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    number = 0
    while part := dump.read(archive.PART):
        yield f"database/{number:08}", part
        number += 1


def _sent() -> set[UUID]:
    """Return the ids of the files of reports, without those of drafts: no backup keeps a draft."""
    return set(Evidence.objects.filter(session=None).values_list("pk", flat=True))


def _files(rows: set[UUID]) -> Iterator[tuple[str, int, Callable[[], bytes]]]:
    """Yield the name in the backup, the size and the content of every file of ``rows`` and every picture."""
    for item in sorted(store.kept()):
        if item.name == store.MARKER_FILE or store.id_of(item.name) in rows:
            yield f"evidence/{item.name}", item.size, partial(store.content, item.name)
    pictures = Path(settings.PICTURES_DIR)
    for path in sorted(pictures.rglob("*")):
        name = f"pictures/{path.relative_to(pictures).as_posix()}"
        if path.is_file() and archive.NAMES.fullmatch(name):
            yield name, path.stat().st_size, path.read_bytes


def _add_file(writer: Writer, name: str, read: Callable[[], bytes]) -> bool:
    """Add a file; return False if it was erased since the files were listed."""
    try:
        content = read()  # at most a few megabytes; a file that changes meanwhile stays consistent
    except FileNotFoundError:
        return False
    writer.add_file(name, io.BytesIO(content), len(content))
    return True
