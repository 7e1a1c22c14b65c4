"""``manage.py unit_failed UNIT ADDRESS``: mail to the person who looks after this server that a systemd unit failed."""

from typing import Any

from django.core.management import CommandParser
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.staffing.channels import mail
from reports.staffing.channels.message import Message
from safetycenter.bilingual_command import BilingualCommand
from safetycenter.mail import arrives_nowhere


class Command(BilingualCommand):
    """Send it through the mail server of the people on call. Asks no database, which may be what is away."""

    help = "Mail to ADDRESS that the systemd unit UNIT failed. Run by failed@.service of deploy/."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the unit and the address."""
        super().add_arguments(parser)
        parser.add_argument("unit")
        parser.add_argument("address", help="of a person, who reads it within a day")

    def handle(self, *args: Any, unit: str, address: str, **options: Any) -> None:
        """Send it. Raises CommandError when it cannot be sent, or not to this address."""
        if arrives_nowhere(address):
            raise CommandError(
                _("Nobody reads mail to %s. Write the address of a person into failed@.service.") % address
            )
        line = _("%(unit)s. On that server: journalctl -u %(unit)s, then manage.py doctor.") % {"unit": unit}
        message = Message(_("A task of the server failed"), line, timezone.now())
        if failure := mail.send({0: (address, message)})[0]:
            raise CommandError(_("The mail could not be sent (%s). See EMAIL_URL and DEFAULT_FROM_EMAIL.") % failure)
