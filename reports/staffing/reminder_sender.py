"""The sender of reminders to reporters: set by the operator, tested by a person, and naming nothing (safety rule H20).

Reminders are offered and sent only while ``is_ready``. A test is valid until the sender or the mail server changes: a
new server could add the name of this site to the headers.
"""

import hashlib
import secrets
from contextlib import closing
from datetime import datetime
from email.utils import make_msgid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from safetycenter import mail
from safetycenter.memory import cached_for_seconds

from ..models.reminder import ReminderSender

TEST_MARK = "0" * 16


class NotTestedError(Exception):
    """Raised when the sender cannot be tested, or the test not be confirmed; says why."""


@cached_for_seconds
def is_ready() -> bool:
    """Return whether reminders may be offered and sent now; up to ``memory.CACHE_SECONDS`` old."""
    return bool(settings.REMINDER_FROM) and not is_unfit() and _valid().exists()


def is_unset_or_tested() -> bool:
    """Return whether the operator has set no sender, or a tested one, for ``/readyz``."""
    return not settings.REMINDER_FROM or is_ready()


def failing_since() -> datetime | None:
    """Return since when no mail could be handed to the mail server; None while mails leave, or where none was due."""
    if not settings.REMINDER_FROM:
        return None
    return _valid().exclude(failing_since=None).values_list("failing_since", flat=True).first()


def mails_leave() -> bool:
    """Return whether the last mail could leave, for ``/metrics`` and the doctor."""
    return failing_since() is None


def note(is_sent: bool) -> None:
    """At a desk: note that a mail left, or could not. Neither its case nor its address is noted."""
    if is_sent:
        _valid().exclude(failing_since=None).update(failing_since=None)
    else:
        _valid().filter(failing_since=None).update(failing_since=timezone.now())


def is_unfit() -> bool:
    """Return whether the sender is no plain address, shares a domain with this site, or has a telling word."""
    try:
        validate_email(settings.REMINDER_FROM.lower())
    except ValidationError:
        return True
    return mail.tells(settings.REMINDER_FROM)


def end_if_server_changed() -> None:
    """At a desk: end tests that were made with other settings of the mail server."""
    changed = ReminderSender.objects.filter(ended_at=None).exclude(server=_server())
    changed.update(ended_at=timezone.now(), digits="")


def open_connection() -> BaseEmailBackend:
    """Return an open connection to the mail server. Raises OSError."""
    connection = mail.connection(settings.REMINDER_FROM)
    connection.open()
    return connection


def send(subject: str, text: str, to: str, connection: BaseEmailBackend, bounce_mark: str = "") -> None:
    """Send a mail whose own headers name neither this site nor this machine. Raises OSError.

    ``bounce_mark`` goes into the return address, if the operator reads what comes back there.
    """
    sender = settings.REMINDER_FROM
    headers = {
        "From": sender,
        "Message-ID": make_msgid(domain=mail.domain_of_address(sender)),
        "Auto-Submitted": "auto-generated",
    }
    returns_to = sender.replace("@", f"+{bounce_mark}@") if bounce_mark and settings.REMINDER_BOUNCES else sender
    EmailMessage(subject, text, returns_to, [to], connection=connection, headers=headers).send()


def send_test(to: str, subject: str) -> None:
    """Send a mail like that with a reporter's code to a mailbox of the operator. Raises NotTestedError or OSError."""
    if not settings.REMINDER_FROM:
        raise NotTestedError("Set REMINDER_FROM first.")
    if is_unfit():
        raise NotTestedError("REMINDER_FROM is no plain address, names this site, or says what it is about.")
    mail.require_server()
    row = ReminderSender(address=settings.REMINDER_FROM, server=_server(), digits=new_digits())
    with closing(open_connection()) as connection:
        send(subject, row.digits, to, connection, TEST_MARK)
    row.save()
    note(is_sent=True)


def confirm_test(digits: str, by: str) -> None:
    """Record that ``by`` has read the mail and its headers, and found no name in it. Raises NotTestedError."""
    row = ReminderSender.objects.filter(ended_at=None, confirmed_at=None).order_by("-sent_at", "-pk").first()
    if row is None or row.address != settings.REMINDER_FROM or row.server != _server():
        raise NotTestedError("No test with these settings waits. Send one first.")
    if not by.strip():
        raise NotTestedError("Say who has read the mail.")
    if not secrets.compare_digest(row.digits, digits.strip()):
        raise NotTestedError("These are not the digits of the last test.")
    with transaction.atomic():
        _valid().update(ended_at=timezone.now())
        row.confirmed_at, row.confirmed_by, row.digits = timezone.now(), by.strip()[:80], ""
        row.save()


def new_digits() -> str:
    """Return eight random digits, as they are sent."""
    return f"{secrets.randbelow(10**8):08d}"


def _valid() -> QuerySet[ReminderSender]:
    return ReminderSender.objects.filter(address=settings.REMINDER_FROM, confirmed_at__isnull=False, ended_at=None)


def _server() -> str:
    names = ["EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER"]
    # A return address with a mark is another mail to test; without it, tests of earlier versions stay valid.
    names += ["REMINDER_BOUNCES"] if settings.REMINDER_BOUNCES else []
    return hashlib.sha256(repr([getattr(settings, name, "") for name in names]).encode()).hexdigest()
