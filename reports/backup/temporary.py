"""Folders and databases that exist only during a backup or a drill: removed at its end, or at the next start.

They hold a copy of the database. A process that is killed removes nothing, so each folder is locked by the process that
made it; one that nobody has locked is a leftover.
"""

import fcntl
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

PREFIX = "safetycenter-temporary-"
DATABASE = "database"  # a file in such a folder with the name of a database that is dropped with it


@contextmanager
def folder() -> Iterator[Path]:
    """Yield a new folder in VAR_DIR, after what earlier processes left there was removed. SIGTERM removes it too."""
    remove_leftovers()
    path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=settings.VAR))
    with ended_by_sigterm(), _locked(path):
        try:
            yield path
        finally:
            _remove(path)


def remove_leftovers() -> None:
    """Remove the folders in VAR_DIR, and their databases, whose processes have ended without doing so."""
    for path in Path(settings.VAR).glob(f"{PREFIX}*"):
        with suppress(FileNotFoundError, DatabaseError), _locked(path) as is_ours:
            if is_ours:
                _remove(path)


def remove_parts(place: Path, pattern: str) -> None:
    """Remove the files in ``place`` that no process holds open and locked any more."""
    for path in place.glob(pattern):
        with suppress(FileNotFoundError), _locked(path) as is_ours:
            if is_ours:
                path.unlink()


def lock(descriptor: int) -> None:
    """Mark an open file as in use until it is closed."""
    with suppress(OSError):  # a network disk without locks
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM, which stops a unit or a container, end the block as an error does, so that it cleans up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    """Yield whether nobody else has locked ``path``, which stays locked during the block."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    noted = path / DATABASE
    if noted.is_file() and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(noted.read_text())
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    shutil.rmtree(path, ignore_errors=True)
