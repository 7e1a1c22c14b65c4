"""Files and folders that only the user who runs the site can open, whatever the umask of the process.

A umask can only remove permissions, and ``mkdir(parents=True)`` gives parents the default mode. So the mode is set
explicitly on everything that is created here. Existing folders are left as they are.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.db.backends.base.base import BaseDatabaseWrapper

FOLDER, FILE = 0o700, 0o600


def make_folder(path: Path) -> None:
    """Create ``path`` and its missing parents, each with mode 0700."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    path.chmod(FOLDER)


def create(path: Path) -> BinaryIO:
    """Open a new file for writing, mode 0600. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
    os.fchmod(descriptor, FILE)
    return os.fdopen(descriptor, "wb")


def replace(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` in one step, with mode 0600 even if an earlier file had another mode."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)  # left behind by a process that died
    with create(new) as file:
        file.write(content)
    new.replace(path)


def open_lock(path: Path) -> BinaryIO:
    """Open the file at ``path`` for locking; create it if it is missing. Mode 0600 where this user may set it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, FILE)
    with suppress(PermissionError):  # the file belongs to another user
        os.fchmod(descriptor, FILE)
    return os.fdopen(descriptor, "wb")


def close_database(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give SQLite's file and its log mode 0600. SQLite applies the umask; new logs copy the mode of the file."""
    if connection.vendor != "sqlite":
        return
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):  # the file does not exist, or belongs to another user
            Path(f"{connection.settings_dict['NAME']}{ending}").chmod(FILE)
