"""``manage.py retention``: list what is erased when. ``--commit`` erases what is due now."""

from datetime import datetime, time
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from reports import scheduled_tasks
from reports.cases import retention
from reports.cases.verification import erasure


class Command(BaseCommand):
    """List by day and class of data what will be erased. Housekeeping erases it automatically every minute."""

    help = "Show which cases lose which class of data, and when. Dry run; --commit erases what is due now."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--until DAY``, which looks ahead, and ``--commit``, which erases."""
        parser.add_argument("--until", metavar="YYYY-MM-DD", help="include what is due up to the end of this day")
        parser.add_argument("--commit", action="store_true", help="erase what is due now")

    def handle(self, *args: Any, until: str | None = None, commit: bool = False, **options: Any) -> None:
        """List, or erase. Raises CommandError for an invalid day and for ``--commit`` together with ``--until``."""
        if commit and until:
            raise CommandError("--commit erases what is due now. Do not combine it with --until.")
        if commit:
            self._commit()
        else:
            self._list(_end_of(until) if until else timezone.now())

    def _list(self, until: datetime) -> None:
        rows = sorted(retention.planned(until), key=lambda row: (row.at, row.what, row.reference))
        if not erasure.can_check():
            self.stdout.write(
                "This node cannot verify audit logs, so it erases nothing. Run this on a server of the desk."
            )
        for row in rows:
            self.stdout.write(f"{timezone.localtime(row.at):%Y-%m-%d}  {row.what:<11}  {row.reference}")
        self.stdout.write(f"{len(rows)} due up to {timezone.localtime(until):%Y-%m-%d %H:%M}; nothing was changed.")

    def _commit(self) -> None:
        closed, erased = scheduled_tasks.close_resolved(), retention.run_withdrawals() + retention.run_schedule()
        retention.truncate_wal()
        self.stdout.write(f"closed automatically: {closed}, erased: {erased}")


def _end_of(text: str) -> datetime:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"{text} is not a date. Write it as 2026-12-31.")
    return timezone.make_aware(datetime.combine(day, time.max))
