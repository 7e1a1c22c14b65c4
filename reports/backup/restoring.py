"""Restore a backup into an empty place, then apply the ledger. Nothing is written before the whole file was checked."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from nacl.public import PrivateKey

from safetycenter import private_files, schema
from safetycenter.heartbeat_files import LAST_BACKUP, note

from ..cases import ledger
from ..cases.replay import Replayed, replay
from ..crypto.vault import signing
from ..crypto.vault.stream import CHUNK
from ..evidence import store
from . import archive, databases
from .archive import BackupError

OUR_APPS = schema.OUR_APPS
NOT_WHOLE = gettext_lazy(
    "The ledger is whole from the backup until %(day)s only. Give every copy that you have (--ledger FOLDER, more than "
    "once). Without the rest, what was withdrawn or erased later comes back. If there is no more of it, or "
    "housekeeping stood still since then: --ledger-ends %(day)s. Nothing was changed."
)
UNKNOWN_KEY = gettext_lazy(
    "%(file)s has lines sealed with a key that is not in KEYS_DIR. Copy “record” and, after a change of keys, each "
    "“record-…” of the saved keys to KEYS_DIR. If this server wrote these lines before it had the saved keys, move the "
    "folder away. Nothing was changed."
)


@dataclass(frozen=True)
class Backup:
    """A backup that was read to its end and found whole."""

    path: Path
    private: PrivateKey
    head: dict
    manifest: dict

    @property
    def made_at(self) -> datetime:
        """When the backup was begun."""
        return datetime.fromisoformat(self.head["made_at"])


def checked(path: Path, private: PrivateKey) -> Backup:
    """Return a backup that can be restored with this version. Raises BackupError."""
    if not signing.can_check():
        raise BackupError(_("The keys are not here. Copy your saved keys of the staff dashboard to KEYS_DIR first."))
    head, manifest = archive.check(path, private)
    if head["database"] != connection.vendor:
        facts = {"saved": head["database"], "here": connection.vendor}
        raise BackupError(_("This backup is of %(saved)s, but DATABASE_URL names %(here)s.") % facts)
    ours = {name for name in head["migrations"] if name.startswith(OUR_APPS)}
    if ours - {f"{app}.{name}" for app, name in schema.known()}:
        raise BackupError(_("A newer version made this backup. Take that version into the checkout first."))
    return Backup(path, private, head, manifest)


def require_empty_place(backup: Backup) -> None:
    """Raise BackupError unless the database and the folders are empty and the disk has room."""
    if not databases.is_empty():
        raise BackupError(_("The database is not empty. Name a new, empty one in DATABASE_URL. Nothing was changed."))
    pictures, needed = Path(settings.PICTURES_DIR), backup.head["bytes"] + 2 * backup.path.stat().st_size
    existing = next(place for place in (pictures, *pictures.parents) if place.exists())
    places = {
        store.storage().place: (_is_stored(), store.storage().room()),
        str(pictures): (any(path.is_file() for path in pictures.rglob("*")), shutil.disk_usage(existing).free),
    }
    for place, (is_used, room) in places.items():
        if is_used:
            raise BackupError(_("%s is not empty. Move it away, or name another place. Nothing was changed.") % place)
        if room < needed:
            raise BackupError(_("The disk of %s has too little room for this backup. Nothing was changed.") % place)


def _is_stored() -> bool:
    """Return whether there is any file of reports. Raises BackupError while the store does not answer."""
    try:
        return any(True for _item in store.storage().listed())
    except OSError as error:
        facts = {"place": store.storage().place, "error": error.strerror}
        raise BackupError(_("%(place)s cannot be read: %(error)s. Nothing was changed.") % facts) from error


def restore(backup: Backup) -> None:
    """Write files and database, and migrate an older database.

    The file is read a second time and may have been exchanged since ``checked``: what is written is compared with the
    manifest again before the database executes anything of it. Raises BackupError; the files that were written are
    removed again then.
    """
    require_empty_place(backup)
    with _removed_after_an_error(), tempfile.TemporaryDirectory(dir=settings.VAR) as folder:
        dump = Path(folder) / "database.dump"
        _write(backup, dump)
        databases.load(dump)
    if schema.waiting():
        call_command("migrate", verbosity=0)
    note(LAST_BACKUP, backup.made_at)  # what is here now is in this file: the doctor of a new machine knows no other


def _write(backup: Backup, dump: Path) -> None:
    digests: dict[str, str] = {}
    with private_files.create(dump) as file:
        for name, content in archive.members(backup.path, backup.private):
            reader = archive.Digesting(content)
            _place(name, reader, file)
            archive.drain(reader)
            digests[name] = reader.digest.hexdigest()
    digests.pop(archive.MANIFEST, None)
    archive.require_digests(backup.manifest, digests)


def _place(name: str, content: Any, dump: Any) -> None:
    kind, _slash, rest = name.partition("/")
    if kind == "database":
        shutil.copyfileobj(content, dump, CHUNK)
    elif kind == "evidence":
        with store.storage().create(rest) as file:
            shutil.copyfileobj(content, file, CHUNK)
    elif rest:
        path = Path(settings.PICTURES_DIR) / rest
        private_files.make_folder(path.parent)
        with private_files.create(path) as file:
            shutil.copyfileobj(content, file, CHUNK)


@contextmanager
def _removed_after_an_error() -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        shutil.rmtree(settings.PICTURES_DIR, ignore_errors=True)
        with suppress(OSError):  # the store does not answer
            store.storage().clear()
        if isinstance(error, OSError):
            sentence = _("The backup could not be written: %s. Files were removed.")
            raise BackupError(sentence % error.strerror) from error
        raise


def require_readable_ledger(folders: list[Path]) -> None:
    """Raise BackupError if a file cannot be read or a key is missing, before anything is changed."""
    list(_lines(folders))


def require_whole_ledger(folders: list[Path], since: datetime, accepted: date | None) -> None:
    """Raise BackupError unless the ledgers in ``folders`` have every day from ``since`` to yesterday.

    ``accepted``: the operator has typed the last day of an incomplete one. Nothing replaces a missing key.
    Beside another ledger, LEDGER_DIR counts only with an event: an empty new server writes a line each day too.
    """
    own = Path(settings.LEDGER_DIR).resolve()
    others = [folder for folder in folders if folder.resolve() != own]
    has_event = any(line and line.event for line in _lines([own]))
    lines = list(_lines(folders if has_event else others or folders))
    until = ledger.whole_until((line for line in lines if line), since.astimezone(UTC).date())
    if until < ledger.today() - timedelta(days=1) and until != accepted:
        raise BackupError(NOT_WHOLE % {"day": until})


def _lines(folders: list[Path]) -> Iterator[ledger.Line | None]:
    try:
        yield from ledger.read(_paths(folders))
    except OSError as error:
        raise BackupError(_("The ledger cannot be read: %s. Nothing was changed.") % error.strerror) from error
    except ledger.UnknownKeyError as error:
        raise BackupError(UNKNOWN_KEY % {"file": error}) from error


def _paths(folders: list[Path]) -> list[Path]:
    return [path for folder in folders for path in ledger.files(folder)]


def apply_ledger(folders: list[Path]) -> Replayed:
    """Keep the files of the ledgers in ``folders``, apply them, and note that it was done, unless a case failed.

    The copy comes first, then a line that says so: as long as nothing notes the end, housekeeping knows that the
    database is behind it, also where LEDGER_DIR has the end of an earlier replay, or events of this server since then.
    """
    paths = _paths(folders)
    for path in paths:
        _keep_copy(path)
    ledger.append([ledger.Line(ledger.today(), ledger.BEGUN)])
    result = replay(_lines(folders))
    if not result.failed:
        ledger.append([ledger.Line(ledger.today(), ledger.RESTORED)])
    return result


def _keep_copy(path: Path) -> None:
    """Keep the lines of a file in that of the same month in LEDGER_DIR too, before those that it alone has."""
    own, theirs = Path(settings.LEDGER_DIR) / path.name, path.read_bytes().splitlines()
    had = own.read_bytes().splitlines() if own.exists() else []
    lines = list(dict.fromkeys(theirs + had))
    if lines != had:
        private_files.make_folder(own.parent)
        private_files.replace(own, b"".join(line + b"\n" for line in lines))
