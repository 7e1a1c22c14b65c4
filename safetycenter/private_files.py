"""Files and folders that only the user who runs the site can open, whatever the umask of the process.

A umask can only take rights away, and ``mkdir(parents=True)`` gives parents the default mode. So the mode is set
explicitly on everything that is made here. Folders that exist already are left as they are.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.db.backends.base.base import BaseDatabaseWrapper

FOLDER, FILE = 0o700, 0o600


def make_folder(path: Path) -> None:
    """Make ``path`` and its missing parents, each with mode 0700."""
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
    """Put ``content`` at ``path`` in one step, mode 0600 also where an earlier file had another mode."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)  # left by a process that died
    with create(new) as file:
        file.write(content)
    new.replace(path)


def open_lock(path: Path) -> BinaryIO:
    """Open the file at ``path`` to lock it, made where it is missing; mode 0600 where this user may set it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, FILE)
    with suppress(PermissionError):  # another user's
        os.fchmod(descriptor, FILE)
    return os.fdopen(descriptor, "wb")


def close_database(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give SQLite's file and its log mode 0600. SQLite makes them with the umask; new logs copy the file's mode."""
    if connection.vendor != "sqlite":
        return
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):  # not there, or another user's
            Path(f"{connection.settings_dict['NAME']}{ending}").chmod(FILE)
