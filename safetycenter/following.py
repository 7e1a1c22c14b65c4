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

from . import generation
from .snapshot_tree import make_folder, replace

STAMP = "looked.json"
LOCK = "following"
LATE = timedelta(seconds=30)  # a follower looks every second, and while it makes pages after each of them


class Look(NamedTuple):
    """The last look of a follower: of which generation the pages were, or were being made, and when."""

    generation: int
    at: datetime


def leave_stamp(folder: Path, number: int) -> None:
    """Say in ``folder`` that just now nothing was left to be removed of what is older than generation ``number``."""
    replace(folder / STAMP, json.dumps({"generation": number, "at": timezone.now().isoformat()}).encode())


def last_look(folder: Path) -> Look | None:
    """What the stamp in ``folder`` says; None when there is none, or none that can be read."""
    try:
        said = json.loads((folder / STAMP).read_text())
        return Look(int(said["generation"]), datetime.fromisoformat(said["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def snapshots_are_fresh() -> bool:
    """Whether a follower looked just now and saw the generation that readers should see; True where no pages are kept.

    It may look and see the wrong thing: another database than the site, after a move. So the number counts too.
    """
    if not settings.SNAPSHOT_DIR:
        return True
    look = last_look(Path(settings.SNAPSHOT_DIR))
    return bool(look) and abs(timezone.now() - look.at) <= LATE and look.generation >= generation.known_since(LATE)


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Wait until no other process follows with ``folder``: two would take each other's half-written files."""
    make_folder(folder)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go by the system when the process ends, however it ends
        yield
