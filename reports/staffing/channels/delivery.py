"""Send messages through channels of every kind at once: a slow receiver delays neither another one nor other work."""

from collections.abc import Iterable

from django.conf import settings

from safetycenter.outbound import Letter, Posting

from ...crypto.vault.box import KeyMissingError, UnreadableError
from ...models.watch import OnCallChannel
from . import mail, ntfy, sms, webhook
from .destination import opened
from .message import Message

Kind, Failure = OnCallChannel.Kind, OnCallChannel.Failure
SECONDS = 10  # for all receivers together, with their second tries; mail has EMAIL_TIMEOUT
LETTERS = {Kind.NTFY: ntfy.letter, Kind.SMS: sms.letter, Kind.WEBHOOK: webhook.letter}


def deliver(messages: Iterable[tuple[OnCallChannel, Message]]) -> dict[int, str]:
    """Send each message through its channel. Return what went wrong by the id of the channel; "" if nothing did."""
    mails: dict[int, tuple[str, Message]] = {}
    letters: dict[int, Letter] = {}
    failures: dict[int, str] = {}
    for channel, message in messages:
        if channel.kind == Kind.MAIL:
            mails[channel.pk] = channel.email, message
        elif failure := _write(channel, message, letters):
            failures[channel.pk] = failure
    posting = Posting(letters, settings.ON_CALL_PRIVATE_NETWORKS, SECONDS)
    return failures | mail.send(mails) | posting.failures()


def _write(channel: OnCallChannel, message: Message, letters: dict[int, Letter]) -> str:
    """Put the letter for ``channel`` into ``letters``. Return what went wrong."""
    if channel.kind == Kind.SMS and not sms.is_set():
        return Failure.SETTINGS
    try:
        letters[channel.pk] = LETTERS[Kind(channel.kind)](opened(channel), message)
    except (KeyMissingError, UnreadableError):
        return Failure.KEY
    return ""
