"""Send the mails of reminders: the first one with the code, then at most one a day for new messages (safety rule H20).

Run by housekeeping at a desk. A mail is marked as sent before it is sent, so that nothing is ever sent twice because
of an error; after three failures it is given up. A mailbox that refuses mail loses its reminders. A server that does
not answer ends the round, so that the other tasks of housekeeping are not held up. No address is logged. That mails
cannot leave is noted for the operator.
"""

import logging
import secrets
import smtplib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone, translation

from safetycenter.zones import ZONES

from ..crypto import receipts
from ..crypto.vault import keys
from ..crypto.vault.box import KeyMissingError, UnreadableError
from ..models.case import State
from ..models.message import Message
from ..models.reminder import ReminderAddress
from ..staffing import reminder_sender
from . import reminders
from .reminder_words import DISGUISES, NOT_FOR_YOU, Disguise

log = logging.getLogger(__name__)
MAX_TRIES = 3
WAIT = timedelta(minutes=30)  # after a failure
BATCH_SIZE = 50  # mails in one run
MAX_SENDING_TIME = timedelta(seconds=20)  # of the minute between two runs; the mail that is being sent is finished
# What a server answers about one mailbox or text. One that is full is often refused only after its mail was sent.
ABOUT_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)
TIME_ZONES = {zone.name: ZoneInfo(zone.tz_name) for zone in ZONES}


@dataclass(frozen=True)
class _Due:
    """A mail that is due. ``row`` is as it was read; ``choices`` holds the address, in memory only."""

    row: ReminderAddress
    choices: reminders.Choices

    @property
    def same(self) -> QuerySet[ReminderAddress]:
        """The row, if the reporter has not ended reminders or asked for others since it was read."""
        return ReminderAddress.objects.filter(pk=self.row.pk, asked_at=self.row.asked_at)

    @property
    def before(self) -> dict[str, Any]:
        """What marks the mail as not sent."""
        if self.row.confirmed_at is None:
            return {"code_sent_at": None}
        return {"covered_until": self.row.covered_until, "reminded_at": self.row.reminded_at}


def send() -> int:
    """Erase addresses whose code nobody typed in time, then send what is due. Return the number of sent mails."""
    expired = reminders.rows().filter(confirmed_at=None, asked_at__lt=timezone.now() - reminders.CODE_LASTS)
    for row in expired.select_related("case")[:BATCH_SIZE]:
        reminders.erase(row.case, reminders.EXPIRED)
    reminder_sender.end_if_server_changed()
    due = list(islice(_due(), BATCH_SIZE)) if reminder_sender.is_ready() else []
    if not due:
        return 0
    try:
        with closing(reminder_sender.open_connection()) as connection:
            ends_at = monotonic() + MAX_SENDING_TIME.total_seconds()
            sent = sum(_send(mail, connection) for mail in due if monotonic() < ends_at)
    except OSError as error:
        log.warning("the mail server of reminders fails", extra={"facts": {"error": type(error).__name__}})
        reminder_sender.note(is_sent=False)
        return 0
    if sent:
        reminder_sender.note(is_sent=True)
    return sent


def _due() -> Iterator[_Due]:
    """Yield the mails that are due, those with a code first: their reporters wait."""
    now = timezone.now()
    may_try = Q(try_again_at=None) | Q(try_again_at__lte=now)
    here = ReminderAddress.objects.filter(may_try, audience__in=keys.audiences_opened_here())
    over = Q(case__state__in=(State.WITHDRAWN, State.PURGED)) | Q(case__withdraw_at__isnull=False)
    live = here.exclude(over | Q(case__frozen_at__isnull=False)).select_related("case").order_by("asked_at")
    for row in live.filter(confirmed_at=None, code_sent_at=None):
        if choices := _opened(row):
            yield _Due(row, choices)
    for row in live.filter(Exists(_new_messages(now)), confirmed_at__isnull=False):
        if not row.case.is_stopped and (choices := _opened(row)) and _is_time(choices, row.reminded_at):
            yield _Due(row, choices)


def _new_messages(now: datetime) -> QuerySet[Message]:
    """Return the messages that became visible since the last reminder and that the reporter has not opened.

    A message that was taken back has no row any more, and cannot be taken back once it is visible.
    """
    since = Greatest(OuterRef("confirmed_at"), Coalesce(OuterRef("covered_until"), OuterRef("confirmed_at")))
    return Message.objects.filter(
        case=OuterRef("case_id"),
        side=Message.Side.STAFF,
        first_shown_at=None,
        visible_from__gt=since,
        visible_from__lte=now,
    )


def _send(mail: _Due, connection: BaseEmailBackend) -> bool:
    """Send one mail; return whether it was sent. Raises OSError if the next one would fail too."""
    with translation.override(mail.choices.language):
        disguise = DISGUISES[mail.choices.disguise]
        subject, text = (
            str(disguise.subject),
            _mark_code(mail) if mail.row.confirmed_at is None else _mark(mail, disguise),
        )
    if not text:
        return False
    try:
        reminder_sender.send(subject, text, mail.choices.address, connection, mail.row.bounce_mark or "")
    except Exception as error:  # whatever a mail server answers must not stop the other tasks
        _failed(mail, error)
        if _is_about_server(error):
            raise
        return False
    mail.same.update(tries=0, try_again_at=None)
    return True


def _mark_code(mail: _Due) -> str:
    """Make a code and mark it as sent. Return the text of the mail; empty if reminders were ended meanwhile."""
    digits, salt = reminder_sender.new_digits(), receipts.new_salt()
    mail.row.bounce_mark = secrets.token_hex(8)
    code = {"code_salt": salt, "code_verifier": receipts.derive(digits, salt).verifier}
    is_marked = mail.same.filter(code_sent_at=None).update(
        code_sent_at=timezone.now(), bounce_mark=mail.row.bounce_mark, **code
    )
    return f"{digits}\n\n{NOT_FOR_YOU}" if is_marked else ""


def _mark(mail: _Due, disguise: Disguise) -> str:
    """Mark all visible messages as told. Return the text of the mail; empty if reminders were ended meanwhile."""
    now = timezone.now()
    visible = Message.objects.filter(case=mail.row.case_id, side=Message.Side.STAFF, visible_from__lte=now)
    newest = visible.aggregate(newest=Max("visible_from"))["newest"]
    is_marked = mail.same.filter(confirmed_at=mail.row.confirmed_at).update(covered_until=newest, reminded_at=now)
    return str(disguise.line) if is_marked else ""


def _failed(mail: _Due, error: Exception) -> None:
    """Plan another try; after MAX_TRIES give the mail up. A mailbox that refuses mail for good is erased."""
    log.warning("a reminder could not be sent", extra={"facts": {"error": type(error).__name__}})
    if not isinstance(error, ABOUT_ONE_MAIL):
        reminder_sender.note(is_sent=False)
    is_last = mail.row.tries + 1 >= MAX_TRIES
    if _is_refused(error) or (is_last and mail.row.confirmed_at is None):
        reminders.erase(mail.row.case, reminders.REFUSED)
    elif is_last:  # these messages get no reminder
        mail.same.update(tries=0, try_again_at=None)
    else:
        mail.same.update(tries=mail.row.tries + 1, try_again_at=timezone.now() + WAIT, **mail.before)


def _is_refused(error: Exception) -> bool:
    """Return whether the mailbox refuses mail for good. A code that begins with 4 means: later."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _text in error.recipients.values())


def _is_about_server(error: Exception) -> bool:
    """Return whether the next mail would fail too, for example because the connection is lost."""
    return isinstance(error, OSError) and not isinstance(error, ABOUT_ONE_MAIL)


def _opened(row: ReminderAddress) -> reminders.Choices | None:
    try:
        return reminders.opened(row)
    except KeyMissingError:
        return None
    except UnreadableError:
        log.error("the address of a reminder is damaged")
        reminders.erase(row.case, reminders.DAMAGED)
        return None


def _is_time(choices: reminders.Choices, last: datetime | None) -> bool:
    """Return whether it is one of the chosen hours, on another day than the last reminder."""
    zone = TIME_ZONES[choices.zone]
    now = timezone.localtime(timezone=zone)
    is_new_day = last is None or timezone.localdate(last, zone) < now.date()
    return is_new_day and choices.from_hour <= now.hour < choices.to_hour
