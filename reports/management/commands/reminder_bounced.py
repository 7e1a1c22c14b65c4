"""``manage.py reminder_bounced``: take a mail that came back to the sender of reminders, from standard input."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from reports.cases import reminder_bounces

MAX_BYTES = 1024 * 1024  # more of a mail is not read


class Command(BaseCommand):
    """Erase the address that the mail could not be delivered to. Run by the mail server of a desk."""

    help = "Read a mail from standard input; erase the reminder whose mailbox refused it (deploy/reminders.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the mail. Says nothing and ends with 0 whatever it is, so that the mail server sends nothing back."""
        reminder_bounces.take(sys.stdin.buffer.read(MAX_BYTES))
