"""Whether somebody still follows the content with the snapshots.

A follower that died takes nothing down any more, while the web server goes on giving out what is there, and looks well.
So the follower leaves a stamp each time it has looked; ``/readyz`` and the desk's first page ask how old that is.
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

STAMP = "looked.json"
LOCK = "following"
LATE = timedelta(seconds=30)  # a follower looks every second, and while it makes pages after each of them


class Beat(NamedTuple):
    """The last look of a follower: of which cache version the pages were, or were being made, and when."""

    version: int
    at: datetime


def beat(folder: Path, number: int) -> None:
    """Say in ``folder`` that just now nothing was left to be removed of what is older than cache version ``number``."""
    replace(folder / STAMP, json.dumps({"version": number, "at": timezone.now().isoformat()}).encode())


def last_beat(folder: Path) -> Beat | None:
    """What the stamp in ``folder`` says; None when there is none, or none that can be read."""
    try:
        said = json.loads((folder / STAMP).read_text())
        return Beat(int(said["version"]), datetime.fromisoformat(said["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_fresh() -> bool:
    """Whether a follower looked just now and saw the cache version that readers should see; True where no pages are
    kept.

    It may look and see the wrong thing: another database than the site, after a move. So the number counts too.
    """
    if not settings.SNAPSHOT_DIR:
        return True
    look = last_beat(Path(settings.SNAPSHOT_DIR))
    if look is None:
        return False
    return abs(timezone.now() - look.at) <= LATE and look.version >= cache_version.current_since(LATE)


@contextmanager
def exclusive_lock(folder: Path) -> Iterator[None]:
    """Wait until no other process follows with ``folder``: two would take each other's half-written files."""
    make_folder(folder)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go by the system when the process ends, however it ends
        yield
