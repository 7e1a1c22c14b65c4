"""Heartbeat of the process that follows content changes with the snapshots.

When that process dies, nothing is taken down any more, while the web server still serves the old pages and looks
healthy. So the process writes a stamp after each check; ``/readyz`` and the first page of the desk test its age.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from . import cache_version
from .export_store import make_folder, replace

STAMP_FILE = "looked.json"
LOCK_FILE = "following"
LATE_AFTER = timedelta(seconds=30)  # the follower checks every second, and after each page that it makes


class Beat(NamedTuple):
    """The last check of a follower: the cache version that the pages had or were about to get, and the time."""

    version: int
    at: datetime


def beat(folder: Path, number: int) -> None:
    """Record in ``folder`` that as of now no page older than cache version ``number`` is left to be removed."""
    replace(folder / STAMP_FILE, json.dumps({"version": number, "at": timezone.now().isoformat()}).encode())


def last_beat(folder: Path) -> Beat | None:
    """Return the stamp in ``folder``; None when there is none or it cannot be read."""
    try:
        data = json.loads((folder / STAMP_FILE).read_text())
        return Beat(int(data["version"]), datetime.fromisoformat(data["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_fresh() -> bool:
    """Return whether a follower checked recently and saw the current cache version; True where no pages are written.

    The number counts too, because after a move a follower may read another database than the site does.
    """
    if not settings.SNAPSHOT_DIR:
        return True
    look = last_beat(Path(settings.SNAPSHOT_DIR))
    if look is None:
        return False
    return abs(timezone.now() - look.at) <= LATE_AFTER and look.version >= cache_version.current_if_older_than(
        LATE_AFTER
    )


@contextmanager
def exclusive_lock(folder: Path) -> Iterator[None]:
    """Wait until no other process writes to ``folder``: two would overwrite each other's half-written files."""
    make_folder(folder)
    with (folder / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the system releases it when the process ends, however it ends
        yield
