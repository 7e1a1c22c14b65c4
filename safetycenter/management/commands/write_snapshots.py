"""``manage.py write_snapshots``: write readers' pages as files for the web server."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import Error, close_old_connections

from safetycenter.page_cache import cache_version, export
from safetycenter.page_cache.build import Watch
from safetycenter.page_cache.heartbeat import beat, exclusive_lock

log = logging.getLogger("safetycenter.page_cache.export")
POLL_SECONDS = 1.0
WATCH_SECONDS = 10.0  # between two looks at the files of the build
# Until failed pages are tried again: twice as long each time.
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 60.0


class Command(BaseCommand):
    """Write the pages once, or keep them up to date."""

    help = (
        "Write readers' pages to SNAPSHOT_DIR when they have changed; what was taken down is removed first. "
        "With --follow: again after every change."
    )
    requires_system_checks = ()
    retries: "Retries"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--follow``, which keeps running."""
        stay = "stay; remove what is no longer right within about a second of a change, then write again"
        parser.add_argument("--follow", action="store_true", help=stay)

    def handle(self, *args: Any, follow: bool, **options: Any) -> None:
        """Write what is due. With ``follow``, retry a second later when the database is unavailable."""
        if not settings.SNAPSHOT_DIR:
            raise CommandError("SNAPSHOT_DIR is not set, so there is no folder for the pages.")
        self.retries = Retries()
        with _without_request_lines():
            self._keep(Path(settings.SNAPSHOT_DIR), get_wsgi_application(), follow)

    def _keep(self, folder: Path, application: Callable, follow: bool) -> None:
        if not follow:
            self._look(folder, application)
            return
        with exclusive_lock(folder):
            self._follow(folder, application)

    def _follow(self, folder: Path, application: Callable) -> None:
        """Look every second until the files of the build change: what starts this again then runs the new ones."""
        watch, watched = Watch(), time.monotonic()
        while True:
            if time.monotonic() - watched >= WATCH_SECONDS:
                watched = time.monotonic()
                if watch.has_changed():
                    log.info("files of the site changed: this process ends, to be started again with them")
                    return
            try:
                close_old_connections()
                self._look(folder, application)
            except (Error, OSError):
                log.warning("snapshots not updated; only expired pages are removed", exc_info=True)
                with suppress(OSError):
                    export.remove_expired(folder)
            time.sleep(POLL_SECONDS)

    def _look(self, folder: Path, application: Callable) -> None:
        """Write until the pages are up to date: content may change meanwhile. Failed ones wait for a pause."""
        all_well = True
        while not export.is_current(folder, number := cache_version.current()):
            if not (all_well and self.retries.is_due(number)):
                break
            snapshot = export.write(folder, application)
            if not snapshot.interrupted:
                all_well = self.retries.note(number, snapshot)
                _log(snapshot)
        if self.retries.is_fit:
            beat(folder, number)


class Retries:
    """When pages that failed are tried again, and whether what could be made is fit to be served."""

    def __init__(self) -> None:
        self.number, self.pause, self.due, self.is_fit = 0, FIRST_PAUSE, 0.0, True

    def note(self, number: int, snapshot: export.Export) -> bool:
        """Note how an export at the cache version ``number`` went. Return whether nothing failed."""
        self.is_fit = snapshot.is_fit
        if snapshot.is_fit and not snapshot.failed:
            self.pause = FIRST_PAUSE
            return True
        self.number, self.due = number, time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return False

    def is_due(self, number: int) -> bool:
        """Return whether to export now: the content has changed since pages failed, or the pause is over."""
        return number != self.number or time.monotonic() >= self.due


def _log(snapshot: export.Export) -> None:
    facts = {
        "written": snapshot.pages,
        "left_to_the_application": len(snapshot.skipped),
        "failed": len(snapshot.failed),
    }
    if not snapshot.is_fit and not snapshot.failed:
        log.warning("styles of this version are not collected yet (manage.py collectstatic): no page was made")
    elif snapshot.failed:
        log.warning("pages failed and are tried again", extra={"facts": facts})
    else:
        log.info("snapshots written", extra={"facts": facts})


@contextmanager
def _without_request_lines() -> Iterator[None]:
    """Keep the pages that are made here out of the log: they have no visitors, and would hide real requests."""
    requests = logging.getLogger("safetycenter.requests")
    before = requests.level
    requests.setLevel(logging.WARNING)
    try:
        yield
    finally:
        requests.setLevel(before)
