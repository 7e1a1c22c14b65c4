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
from safetycenter.page_cache.heartbeat import beat, exclusive_lock

log = logging.getLogger("safetycenter.page_cache.export")
POLL_SECONDS = 1.0


class Command(BaseCommand):
    """Write the pages once, or keep them up to date."""

    help = (
        "Write readers' pages to SNAPSHOT_DIR when they have changed; what was taken down is removed first. "
        "With --follow: again after every change."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--follow``, which keeps running."""
        stay = "stay; remove what is no longer right within about a second of a change, then write again"
        parser.add_argument("--follow", action="store_true", help=stay)

    def handle(self, *args: Any, follow: bool, **options: Any) -> None:
        """Write what is due. With ``follow``, retry a second later when the database is unavailable."""
        if not settings.SNAPSHOT_DIR:
            raise CommandError("SNAPSHOT_DIR is not set, so there is no folder for the pages.")
        with _without_request_lines():
            self._keep(Path(settings.SNAPSHOT_DIR), get_wsgi_application(), follow)

    def _keep(self, folder: Path, application: Callable, follow: bool) -> None:
        if not follow:
            self._look(folder, application)
            return
        with exclusive_lock(folder):
            self._follow(folder, application)

    def _follow(self, folder: Path, application: Callable) -> None:
        while True:
            try:
                close_old_connections()
                self._look(folder, application)
            except (Error, OSError):
                log.warning("snapshots not updated; only expired pages are removed", exc_info=True)
                with suppress(OSError):
                    export.remove_expired(folder)
            time.sleep(POLL_SECONDS)

    def _look(self, folder: Path, application: Callable) -> None:
        """Write until the pages are up to date: content may change while they are made."""
        while not export.is_current(folder, number := cache_version.current()):
            snapshot = export.write(folder, application)
            if not snapshot.interrupted:
                facts = {"written": snapshot.pages, "left_to_the_application": len(snapshot.skipped)}
                log.info("snapshots written", extra={"facts": facts})
        beat(folder, number)


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
