"""Reminders by mail for one case: asked for, confirmed with the code of a first mail, and ended (safety rule H20).

The address is sealed for the desk together with the id of its case, and is never shown. It is erased when the reporter
switches reminders off, withdraws or changes the code, when the mailbox refuses mail or nobody types the code in time,
and KEEP_CONTACT_DAYS after the case was closed. The record says that and when, never which address.
"""

import json
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from safetycenter import limits

from ..crypto import receipts
from ..crypto.vault import keys
from ..crypto.vault.box import KeyMissingError, UnreadableError
from ..crypto.vault.key_ids import Wrapped
from ..models.case import Case, State
from ..models.reminder import ReminderAddress
from ..staffing import reminder_sender
from . import audit

CODE_LASTS = timedelta(hours=24)
SEALED_LENGTH = 640  # of every sealed choice, so that its length says nothing about the address
MAX_ADDRESS_LENGTH = 254
ASKED, CONFIRMED, ERASED = "reminder_asked", "reminder_on", "reminder_erased"
FOUND, WITHDRAWN, OFF, REFUSED, GUESSED, EXPIRED, CLOSED, DAMAGED = (
    "code_found",
    "withdrawn",
    "switched_off",
    "refused",
    "wrong_codes",
    "not_confirmed",
    "closed",
    "damaged",
)


class WrongCodeError(Exception):
    """What was typed is not the code of the first mail."""


class NoCodeError(Exception):
    """No code waits to be typed: it expired, was tried too often, or reminders were ended."""


@dataclass(frozen=True)
class Choices:
    """What a reporter chose. Mail may come from ``from_hour`` to before ``to_hour``, in the zone with this name."""

    address: str
    disguise: str
    from_hour: int
    to_hour: int
    zone: str
    language: str


@dataclass(frozen=True)
class Status:
    """What the reporter may see of their reminders: never the address."""

    is_on: bool = False
    waits_for_code: bool = False
    code_was_sent: bool = False
    may_begin: bool = False
    is_ready: bool = False  # whether mail can be sent now; the operator may have changed the sender


def status(case: Case) -> Status:
    """Return what the holder of the code may see, end and begin. What is on can be ended in every state."""
    row, is_ready = rows().filter(case=case).first(), reminder_sender.is_ready()
    may_begin = is_ready and _may_have(case)
    if row is None:
        return Status(may_begin=may_begin, is_ready=is_ready)
    waits = row.confirmed_at is None
    return Status(not waits, waits, row.code_sent_at is not None, may_begin, is_ready)


def rows() -> QuerySet[ReminderAddress]:
    """Return the rows without what a public node may not read: the sealed choices, and the mark in the mails."""
    return ReminderAddress.objects.defer("sealed", "bounce_mark")


def ask(case: Case, choices: Choices) -> None:
    """Keep ``choices``, sealed for the desk, instead of earlier ones; a desk sends the code. Raises KeyMissingError."""
    with transaction.atomic():
        locked = Case.objects.for_update().get(pk=case.pk)
        if not _may_have(locked):
            return
        rows().filter(case=locked).delete()
        row = ReminderAddress(case=locked)
        _seal(row, choices, locked.staff_audience)
        row.save(force_insert=True)
        audit.record(locked, ASKED, side=audit.REPORTER)


def confirm(case: Case, typed: str) -> None:
    """Switch reminders on with the code of the first mail. Raises WrongCodeError, NoCodeError, BusyError."""
    since = timezone.now() - CODE_LASTS
    row = rows().filter(case=case, confirmed_at=None, code_sent_at__gt=since).first()
    if row is None:
        raise NoCodeError
    key = f"{case.pk} {row.asked_at.isoformat()}"
    is_within_limit = limits.REMINDER_CODE.hit(key)
    derived = receipts.derive("".join(filter(str.isdigit, typed)), bytes(row.code_salt or b""))
    if not is_within_limit or not receipts.matches(derived, bytes(row.code_verifier or b"")):
        if limits.REMINDER_CODE.is_reached(key):
            erase(case, GUESSED)
            raise NoCodeError
        raise WrongCodeError
    _switch_on(row)


def _switch_on(row: ReminderAddress) -> None:
    with transaction.atomic():
        locked = Case.objects.for_update().get(pk=row.case_id)
        # Erased or asked for again in between: then this code is of another mail.
        same = rows().filter(case=locked, code_sent_at=row.code_sent_at, confirmed_at=None)
        if not same.update(confirmed_at=timezone.now()):
            raise NoCodeError
        audit.record(locked, CONFIRMED, side=audit.REPORTER)


def erase(case: Case, why: str) -> bool:
    """Erase the address and record why. Return whether there was one."""
    with transaction.atomic():
        locked = Case.objects.for_update().get(pk=case.pk)
        if not erase_locked(locked):
            return False
        audit.record(locked, ERASED, side=audit.REPORTER if why == OFF else None, why=why)
        return True


def erase_locked(case: Case) -> dict:
    """Erase the address of a locked case; return the fact for the event of the caller, empty without an address."""
    count, _by_model = ReminderAddress.objects.filter(case=case).delete()
    return {"reminder_erased": True} if count else {}


def opened(row: ReminderAddress) -> Choices:
    """Return the choices, in memory only. Raises KeyMissingError at a node that may not, and UnreadableError."""
    text = keys.unwrap(row.audience, Wrapped(row.sealed_key_id, row.sealed))
    facts = json.loads(text)
    if facts.pop("case") != str(row.case_id):  # moved here from another case
        raise UnreadableError("reminder")
    return Choices(**facts)


def reseal(case: Case, audience: str) -> None:
    """Seal the choices for the new ``audience`` of a locked case; what cannot be opened is erased."""
    row = ReminderAddress.objects.filter(case=case).first()
    if row is None:
        return
    try:
        _seal(row, opened(row), audience)
    except (KeyMissingError, UnreadableError):
        row.delete()
    else:
        row.save(update_fields=["audience", "sealed_key_id", "sealed"])


def rewrap(row: ReminderAddress) -> None:
    """Seal the choices for the current pair of the audience; unsaved. Raises KeyMissingError or UnreadableError."""
    row.sealed_key_id, row.sealed = keys.rewrap(row.audience, Wrapped(row.sealed_key_id, row.sealed))


def _seal(row: ReminderAddress, choices: Choices, audience: str) -> None:
    text = json.dumps({"case": str(row.case_id)} | asdict(choices)).encode()
    row.audience = audience
    row.sealed_key_id, row.sealed = keys.wrap_for(audience, text.ljust(SEALED_LENGTH))


def _may_have(case: Case) -> bool:
    """Return whether reminders make sense: the reporter can return, nobody found the code, something may still come."""
    is_over = case.state in (State.CLOSED, State.WITHDRAWN, State.PURGED) or case.withdraw_at
    return not (is_over or case.frozen_at or case.unreachable)
