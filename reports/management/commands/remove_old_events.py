"""``manage.py remove_old_events``: remove the record of cases that were erased long ago."""

from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from reports.cases.verification import removal
from reports.crypto.vault import signing


class Command(BaseCommand):
    """Remove the events of erased cases past RECORD_DAYS, in whole cases, and leave a signed checkpoint of each.

    Needs the keys of a desk and, with the roles of ``deploy/grants.sql``, the owner of the tables.
    """

    help = "Remove the events of erased cases whose last event is older than RECORD_DAYS. --dry-run only counts them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--dry-run``, which names the first cases that are due and removes nothing."""
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        """Remove the events page by page, each page in a separate transaction."""
        if not signing.can_check():
            raise CommandError("The audit log key is missing. Run this on a server of the desk.")
        if dry_run:
            for case in removal.due():
                self.stdout.write(
                    f"{case.display_reference}: {case.events_count} events, the last {case.ended_at:%Y-%m-%d}"  # type: ignore[attr-defined]
                )
            return
        total = 0
        try:
            while done := removal.remove():
                total += done
        except removal.IncompleteLogError as problem:
            raise CommandError(f"The audit log of {problem} was changed. Nothing of it was removed.") from problem
        self.stdout.write(f"Removed the events of {total} cases.")
