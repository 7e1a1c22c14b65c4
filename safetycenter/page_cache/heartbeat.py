"""Heartbeat of the process that follows content changes with the snapshots.

When that process dies, nothing is taken down any more, while the web server still serves the old pages and looks
healthy. So the process writes a stamp after each check; ``/readyz`` and the first page of the desk test its age, and
that the web server has pages, made by the files and settings that this process has: after an upgrade a follower that
was not started again would go on making the old ones.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from . import cache_version
from .build import build_id
from .export_store import make_folder, replace

STAMP_FILE = "looked.json"
LOCK_FILE = "following"
LINK = "kept"  # to the pages that the web server serves
LATE_AFTER = timedelta(seconds=30)  # the follower checks every second, and after each page that it makes


class Beat(NamedTuple):
    """The last check of a follower: the cache version that the pages had or were about to get, and the time."""

    version: int
    at: datetime
    build: str = ""


def beat(folder: Path, number: int) -> None:
    """Record in ``folder`` that as of now no page older than cache version ``number`` is left to be removed."""
    said = {"version": number, "at": timezone.now().isoformat(), "build": build_id()}
    replace(folder / STAMP_FILE, json.dumps(said).encode())


def last_beat(folder: Path) -> Beat | None:
    """Return the stamp in ``folder``; None when there is none or it cannot be read."""
    try:
        data = json.loads((folder / STAMP_FILE).read_text())
        return Beat(int(data["version"]), datetime.fromisoformat(data["at"]), str(data["build"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_fresh() -> bool:
    """Return whether there are pages of this build, and a follower of this build checked them recently.

    True where no pages are written. The number counts too, because after a move a follower may read another database
    than the site does.
    """
    if not settings.SNAPSHOT_DIR:
        return True
    folder = Path(settings.SNAPSHOT_DIR)
    look = last_beat(folder)
    if look is None or look.build != build_id() or not has_pages(folder):
        return False
    return abs(timezone.now() - look.at) <= LATE_AFTER and look.version >= cache_version.current_if_older_than(
        LATE_AFTER
    )


def shown_build(folder: Path) -> str:
    """Return the build whose pages the web server serves; an empty string when there is none."""
    link = folder / LINK
    return os.readlink(link) if link.is_symlink() else ""


def has_pages(folder: Path) -> bool:
    """Return whether the web server has at least one page, made by this build."""
    return shown_build(folder) == build_id() and any((folder / LINK).rglob("index.html"))


@contextmanager
def exclusive_lock(folder: Path) -> Iterator[None]:
    """Wait until no other process writes to ``folder``: two would overwrite each other's half-written files."""
    make_folder(folder)
    with (folder / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the system releases it when the process ends, however it ends
        yield
