"""``manage.py reminder_sender``: test the sender of reminders to reporters, and record who confirmed the test."""

from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from reports.cases.reminder_words import DISGUISES
from reports.models import ReminderSender
from reports.staffing import reminder_sender
from safetycenter.mail import NoMailServerError

TO_CHECK = (
    "Open the mail in at least two mailboxes that reporters use, and look at its full headers (Show original):\n"
    "  - neither the sender nor any header names this site, its operator or this machine;\n"
    "  - SPF and DKIM pass, for the domain of the sender;\n"
    "  - it is not in the spam folder.\n"
    "Only then: manage.py reminder_sender --confirm DIGITS --by NAME"
)


class Command(BaseCommand):
    """Say whether reminders are offered; send a test; record its confirmation (deploy/reminders.md)."""

    help = "Test the sender of reminders (REMINDER_FROM). Reminders are offered only after a confirmed test."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the two steps."""
        step = parser.add_mutually_exclusive_group()
        step.add_argument("--send-to", metavar="ADDRESS", help="send a test to a mailbox of the operator")
        step.add_argument("--confirm", metavar="DIGITS", help="the digits in the test; needs --by")
        parser.add_argument("--by", default="", metavar="NAME", help="who read the mail and its headers")

    def handle(self, *args: Any, send_to: str | None, confirm: str | None, by: str, **options: Any) -> None:
        """Take one step, or say how things are. Raises CommandError when a step is refused."""
        try:
            if send_to:
                with translation.override(settings.LANGUAGE_CODE):
                    reminder_sender.send_test(send_to, str(DISGUISES["note"].subject))
                self.stdout.write(TO_CHECK)
            elif confirm:
                reminder_sender.confirm_test(confirm, by)
                self.stdout.write("Confirmed. Reminders are offered from now on.")
            else:
                self._say()
        except reminder_sender.NotTestedError as reason:
            raise CommandError(str(reason)) from reason
        except (NoMailServerError, OSError) as error:
            raise CommandError(f"The test could not be sent ({type(error).__name__}). See EMAIL_URL.") from error

    def _say(self) -> None:
        if not settings.REMINDER_FROM:
            self.stdout.write("REMINDER_FROM is not set. No reminders are offered.")
        elif reminder_sender.is_unfit():
            self.stdout.write("REMINDER_FROM is no plain address, or names this site. No reminders are offered.")
        elif not reminder_sender.is_ready():
            self.stdout.write("REMINDER_FROM is not tested. No reminders are offered.")
        for row in ReminderSender.objects.filter(confirmed_at__isnull=False).order_by("confirmed_at"):
            end = f", until {timezone.localtime(row.ended_at):%Y-%m-%d %H:%M}" if row.ended_at else ""
            at = f"{timezone.localtime(row.confirmed_at):%Y-%m-%d %H:%M}"
            self.stdout.write(f"{row.address}: confirmed by {row.confirmed_by} at {at}{end}")
