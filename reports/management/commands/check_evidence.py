"""``manage.py check_evidence``: compare the evidence folder with the database, and list what would be removed."""

from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from reports.evidence import installation, store, sweep


class Command(BaseCommand):
    """Report the state of the evidence folder as housekeeping sees it. Changes nothing without an option."""

    help = "Compare the evidence folder with the database. Without an option nothing is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--bind`` and ``--sweep``: the two decisions that housekeeping leaves to an operator."""
        parser.add_argument("--bind", action="store_true", help="mark the folder as belonging to this database")
        parser.add_argument("--sweep", action="store_true", help="move all files without a database row to the trash")

    def handle(self, *args: Any, bind: bool = False, **options: Any) -> None:
        """Bind and sweep if asked to, then report. Raises CommandError."""
        try:
            self._check(bind, options["sweep"])
        except OSError as error:
            raise CommandError(f"{store.storage().place}: {error.strerror}. Nothing else was changed.") from error

    def _check(self, bind: bool, is_sweep: bool) -> None:
        if bind:
            installation.bind(force=True)
        if is_sweep:
            self.stdout.write(f"moved to the trash: {sweep.sweep(force=True)}")
        self.stdout.write(f"{store.storage().place} {_owner()}")
        self.stdout.write(f"files: {len(store.all_ids())}, without a database row: {len(sweep.unknown_ids())}")
        self.stdout.write(f"in the trash: {len(store.trashed_ids())} (kept for {sweep.TRASH_DAYS} days)")


def _owner() -> str:
    if not installation.is_marker_readable():
        return f"has a damaged mark (the file {store.MARKER_FILE}). If this is the right database, run this with --bind"
    if store.read_marker() is None:
        return "is not marked yet"
    return "belongs to this database" if installation.matches() else "belongs to another installation"
