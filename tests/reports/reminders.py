"""A tested sender of reminders, and a reporter who asks for them."""

import re
from io import StringIO

from django.core import mail
from django.core.management import call_command
from django.test import Client

from reports.cases import reminder_mail
from reports.models import Case, ReminderSender
from safetycenter import memory
from tests.reports.followup.visitor import open_with, url

SENDER, MAILBOX = "catatan@kotak-biru.id", "nabila@contoh.id"
CHOICES = {
    "readers": "me",
    "address": MAILBOX,
    "from_hour": 0,
    "to_hour": 24,
    "zone": "WIB",
    "disguise": "news",
}


def confirm_sender(settings) -> None:
    """Set a sender and confirm its test, as an operator does; leave no mail behind."""
    settings.REMINDER_FROM = SENDER
    call_command("reminder_sender", "--send-to", "operator@contoh.id", stdout=StringIO())
    digits = ReminderSender.objects.get(ended_at=None, confirmed_at=None).digits
    call_command("reminder_sender", "--confirm", digits, "--by", "Sari", stdout=StringIO())
    mail.outbox.clear()
    memory.clear()


def asked(code: str, **choices) -> Client:
    """Ask for reminders behind the code; return the visit."""
    visit = open_with(code)
    assert visit.post(url("reminder"), CHOICES | choices).status_code == 303
    return visit


def mailed_code() -> str:
    """Let housekeeping send the first mail; return its code. The outbox is empty afterwards."""
    assert reminder_mail.send() == 1
    code = re.search(r"\d{8}", mail.outbox[-1].body)[0]
    mail.outbox.clear()
    return code


def switched_on(code: str, **choices) -> Case:
    """Ask for reminders and type the code of the first mail; return the case."""
    visit = asked(code, **choices)
    assert visit.post(url("reminder_code"), {"code": mailed_code()}).status_code == 303
    return Case.objects.get(reminder__confirmed_at__isnull=False)
