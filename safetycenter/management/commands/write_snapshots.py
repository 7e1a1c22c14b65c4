"""``manage.py write_snapshots``: readers' pages as files for the web server."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import Error, close_old_connections

from safetycenter import generation, snapshots
from safetycenter.following import leave_stamp, only_one

POLL_SECONDS = 1.0


class Command(BaseCommand):
    """Write the pages once, or keep them as they should be."""

    help = (
        "Write readers' pages to SNAPSHOT_DIR when they have changed; what was taken down is removed first. "
        "With --follow: again after every change."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Whether to stay."""
        stay = "stay; remove what is no longer right within about a second of a change, then write again"
        parser.add_argument("--follow", action="store_true", help=stay)

    def handle(self, *args, follow: bool, **options):
        """Write what is due; while following, a database that is away is asked again a second later."""
        if not settings.SNAPSHOT_DIR:
            raise CommandError("SNAPSHOT_DIR is empty: there is no place for the pages.")
        folder, application = Path(settings.SNAPSHOT_DIR), get_wsgi_application()
        if not follow:
            self._look(folder, application)
            return
        with only_one(folder):
            self._follow(folder, application)

    def _follow(self, folder: Path, application) -> None:
        while True:
            try:
                close_old_connections()
                self._look(folder, application)
            except (Error, OSError) as failure:
                self.stderr.write(f"the pages stay as they are: {type(failure).__name__}")
            time.sleep(POLL_SECONDS)

    def _look(self, folder: Path, application) -> None:
        """Until the pages are as they should be: content may change while they are made."""
        while not snapshots.is_current(folder, number := generation.current()):
            snapshot = snapshots.write(folder, application)
            if not snapshot.broken_off:
                self.stdout.write(f"{snapshot.pages} pages written, {len(snapshot.left_out)} left to the application")
        leave_stamp(folder, number)
