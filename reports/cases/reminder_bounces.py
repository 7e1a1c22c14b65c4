"""Undelivered reminders that come back as mail: the address of a mailbox that does not exist is erased (rule H20).

Only a delivery status (RFC 3464) that says "failed" because there is no such mailbox counts (RFC 3463). Answers of
people, notes of absence and delays are ignored. What the mail says otherwise, such as the address, is neither kept nor
logged.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from . import reminders

RECIPIENT_HEADERS = ("X-Original-To", "Delivered-To", "To")
# Bad address, or mailbox disabled. A refusal by policy (5.7) or a full mailbox (5.2.2) says nothing about the address.
NO_MAILBOX = re.compile(r"5\.(1\.\d+|2\.1)$")
MARK = re.compile(r"\+([0-9a-f]{16})@")


def take(mail: bytes) -> bool:
    """Erase the address that ``mail``, a whole mail as it arrived, says was not reached. Return whether one was."""
    message = message_from_bytes(mail, policy=policy.compat32)
    if not any(_is_permanent(part) for part in _recipients(message)):
        return False
    rows = reminders.rows().filter(bounce_mark__in=set(_marks(message))).select_related("case")
    return any(reminders.erase(row.case, reminders.REFUSED) for row in rows)


def _marks(message: Message) -> Iterator[str]:
    for name in RECIPIENT_HEADERS:
        for value in message.get_all(name, []):
            yield from MARK.findall(str(value))


def _recipients(message: Message) -> Iterator[Message]:
    """Yield the fields about each recipient of a delivery status; nothing for any other mail."""
    if message.get_content_type() == "multipart/report" and message.get_param("report-type") == "delivery-status":
        for part in message.walk():
            if part.get_content_type() == "message/delivery-status":
                yield from (fields for fields in part.get_payload() if isinstance(fields, Message))


def _is_permanent(fields: Message) -> bool:
    is_failed = str(fields.get("Action", "")).strip().lower() == "failed"
    return is_failed and bool(NO_MAILBOX.match(str(fields.get("Status", "")).strip()))
