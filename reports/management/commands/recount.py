"""``manage.py recount``: compare the counters of the dashboard with a recount; with ``--commit`` replace them."""

from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand

from reports.statistics import recount, upkeep


class Command(BaseCommand):
    """List the counters that differ. Exits with 1 if there are any and ``--commit`` is not given."""

    help = "Compare the counters of the dashboard with a recount of cases and events. --commit replaces them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--commit``."""
        parser.add_argument("--commit", action="store_true", help="count everything again, and keep that")

    def handle(self, *args: Any, commit: bool, **options: Any) -> None:
        """Compare, and replace if asked to."""
        upkeep.open_once()
        found = recount.differences()
        for key, (counted, recounted) in sorted(found.items(), key=str):
            place = " ".join(str(part) for part in key if part not in (None, ""))
            self.stdout.write(f"{place}: counted {counted}, recounted {recounted}")
        if commit:
            upkeep.recount_from_scratch()
            found = recount.differences()
        recount.check_now()
        self.stdout.write(f"{len(found)} counters differ.")
        if found:
            raise SystemExit(1)
