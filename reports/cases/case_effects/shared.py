"""Steps shared by effects of staff and reporters: messages, notes, files, unassigning."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_lazy

from safetycenter.transitions import NotAllowed

from ...crypto.vault.appender import Appender
from ...crypto.vault.box import new_key
from ...crypto.vault.keyring import Keyring
from ...models.case import Case, State
from ...models.data_key import DataKey
from ...models.evidence import Evidence
from ...models.message import Message, Note
from ...models.sent_file import Prepared, SentFile, refuses_sent_files

# States in which a message of the reporter returns the case to triage.
BACK_TO_TRIAGE = (State.WAITING_REPORTER, State.RESOLVED, State.CLOSED, State.WITHDRAWN)


NO_FILE = gettext_lazy("No file can be sent in this case, so that no picture is copied again. Words are enough.")


def unassign(case: Case) -> None:
    """Unassign the case, and end what its handler had planned for it."""
    case.handler = case.lease_until = case.offered_to = case.look_again_at = None


def add_message(
    case: Case,
    by: User | None,
    text: str,
    keyring: Keyring,
    is_question: bool = False,
    visible_from: datetime | None = None,
) -> Message:
    """Store a sealed message from either side. The reporter can read it from ``visible_from`` on, or at once.

    A message that cannot be read at once gets a separate key, which ``undo`` erases.
    """
    side, now = Message.Side.REPORTER if by is None else Message.Side.STAFF, timezone.now()
    message = Message(case=case, side=side, by=by, is_question=is_question, sent_at=now)
    message.visible_from = visible_from or now
    if visible_from:
        keyring.add(message.key_name, new_key())
        DataKey.of(case, message.key_name, keyring.wrapped[message.key_name]).save()
    message.sealed_with(keyring, text).save(force_insert=True)
    return message


def send_file(message: Message, keyring: Keyring, file: Prepared) -> None:
    """Store a file that staff send with ``message``, under a key that is erased with it.

    Raises NotAllowed for a case whose reporter gets no file; it may have been restricted since the page was shown.
    """
    if refuses_sent_files(message.case):
        raise NotAllowed(NO_FILE)
    row = SentFile(case=message.case, message=message, sent_at=message.sent_at)
    keyring.add(row.key_name, new_key())
    DataKey.of(message.case, row.key_name, keyring.wrapped[row.key_name]).save()
    row.sealed_with(keyring, file).save(force_insert=True)


def add_note(case: Case, by: User | None, text: str) -> dict:
    """Store a sealed note among staff; return facts for the audit log."""
    Note(case=case, by=by).sealed_with(text).save(force_insert=True)
    return {}


def add_reason(case: Case, by: User | None, reason: str) -> dict:
    """Store the reason of an action, if one was given, as a note among staff; return facts for the audit log."""
    if reason:
        add_note(case, by, reason)
    return {"reason_given": bool(reason)}


def attach_files(case: Case, evidence: list[Evidence], keyring: Keyring | Appender | None) -> None:
    """Attach files that were sealed during upload to the case, with their keys."""
    for item in evidence:
        item.case, item.session = case, None
        item.save()
        DataKey.of(case, item.key_name, keyring.wrapped[item.key_name]).save()
