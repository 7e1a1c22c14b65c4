"""Pages by email, over one connection for all of them."""

import smtplib
from collections.abc import Mapping
from contextlib import closing
from email.utils import make_msgid
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from safetycenter import mail
from safetycenter.outbound import REFUSED, UNREACHABLE

from .message import Message

NO_SERVER = "settings"
MOST_SECONDS = 30


def send(pages: Mapping[int, tuple[str, Message]]) -> dict[int, str]:
    """Send each message to its address. Return what went wrong, by the same keys; "" if nothing did.

    A server that does not answer is asked once for all, and after MOST_SECONDS no further mail is begun, so that a slow
    one holds up little. Housekeeping tries again after a minute; what was sent by then waits for its turn.
    """
    if not pages:
        return {}
    found = dict.fromkeys(pages, UNREACHABLE)
    try:
        mail.require_server()
        with closing(mail.connection(settings.DEFAULT_FROM_EMAIL)) as connection:
            until = monotonic() + MOST_SECONDS
            connection.open()
            for key, (address, message) in pages.items():
                if monotonic() > until:
                    break
                found[key] = _failure(address, message, connection)
    except mail.NoMailServerError:
        return dict.fromkeys(pages, NO_SERVER)
    except OSError:
        pass  # what was not sent stays UNREACHABLE
    return found


def _failure(address: str, message: Message, connection: BaseEmailBackend) -> str:
    """Send one mail. Raises OSError when the server fails, not when it refuses this one mail."""
    domain = mail.domain_of_address(settings.DEFAULT_FROM_EMAIL)
    headers = {"Message-ID": make_msgid(domain=domain), "Auto-Submitted": "auto-generated"}  # no name of this machine
    text = f"{message.title}\n\n{message.line}\n"
    email = EmailMessage(message.title, text, None, [address], connection=connection, headers=headers)
    try:
        return "" if email.send() else UNREACHABLE
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError):
        return REFUSED
