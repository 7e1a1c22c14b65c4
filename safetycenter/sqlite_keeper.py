"""Keep SQLite readable while its disk is full."""

import logging
import sqlite3
import time
from urllib.parse import quote

from django.db import connection

log = logging.getLogger(__name__)
AGAIN_AFTER = 60  # seconds
_kept: list[sqlite3.Connection] = []


def keep_open() -> bool:
    """In a process that serves pages: hold one idle connection to SQLite until the process ends.

    Return False if that could not begin; True also where the database is not SQLite.

    With its last connection SQLite deletes its log and the memory that its users share. The next connection needs room
    on the disk to make both again, even to read, so that on a full disk no page could be read.
    """
    if connection.vendor != "sqlite" or _kept:
        return True
    path = f"file:{quote(str(connection.settings_dict['NAME']))}?mode=rw"
    try:
        kept = sqlite3.connect(path, uri=True, check_same_thread=False)
        kept.execute("SELECT 1 FROM sqlite_master").fetchone()  # the first reading makes both
    except sqlite3.OperationalError:
        log.warning("the database could not be kept open")
        return False
    _kept.append(kept)
    return True


def keep_open_soon() -> None:
    """Call ``keep_open`` until it succeeds. A process may start before the database, or while the disk is full."""
    while not keep_open():
        time.sleep(AGAIN_AFTER)
