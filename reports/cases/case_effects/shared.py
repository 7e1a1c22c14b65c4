"""What both sides do: messages, files, letting go of a case."""

from django.contrib.auth.models import User

from ...crypto.vault.keyring import Keyring
from ...models.case import Case, State
from ...models.evidence import Evidence
from ...models.message import Message, Note

# Where a reporter's words open a case again.
BACK_TO_TRIAGE = (State.WAITING_REPORTER, State.RESOLVED, State.CLOSED, State.WITHDRAWN)


def let_go(case: Case) -> None:
    """Nobody holds the case any more."""
    case.handler = case.lease_until = None


def add_message(case: Case, by: User | None, text: str, keyring: Keyring, is_question: bool = False) -> None:
    """A message from either side, sealed."""
    side = Message.Side.REPORTER if by is None else Message.Side.STAFF
    message = Message(case=case, side=side, by=by, is_question=is_question)
    message.close(keyring, text).save(force_insert=True)


def add_note(case: Case, by: User | None, text: str) -> dict:
    """A note among staff."""
    Note(case=case, by=by).close(text).save(force_insert=True)
    return {}


def adopt(case: Case, evidence: list[Evidence], keyring: Keyring | None) -> None:
    """Files that arrived sealed now belong to the case, with their keys."""
    for item in evidence:
        item.case, item.session = case, None
        item.save()
        case.data_keys.create(name=item.key_name, wrapped=keyring.wrapped[item.key_name])
