"""The small work of each action: functions ``(case, by, **details)`` that change a locked case and return facts.

They are called by ``lifecycle.perform`` only. Facts go into the record, so they are keys and counts, never words.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from . import receipts
from .hours import Roster
from .models.case import Case, Outcome, State
from .models.evidence import Evidence
from .models.message import Message, Note
from .vault.box import seal
from .vault.keyring import Keyring

TOLD_IN_A_MESSAGE = (Outcome.HELPED, Outcome.REFERRED, Outcome.OUT_OF_SCOPE)
WITHDRAWAL_TAKES = timedelta(hours=72)  # inside the 3×24 hours of UU 27/2022 (PDP) art. 43; reversible until then
BACK_TO_TRIAGE = (State.WAITING_REPORTER, State.RESOLVED, State.CLOSED)  # where a reporter's words open a case again


def take(case: Case, by) -> dict:
    """Give the case to ``by``; the first human look stops the promise's clock."""
    case.handler, case.unread_reply, case.waiting_since = by, False, None
    if case.seen_at is None:
        case.seen_at, case.overdue = timezone.now(), False
        return {"first_look": True}
    return {}


def hand_back(case: Case, by, reason: str = "") -> dict:
    """Back to the queue; a reason goes into a staff note, because it may name people."""
    case.handler = case.lease_until = case.waiting_since = None
    if reason and by is not None:
        add_note(case, by, reason)
    return {"reason_given": bool(reason)}


def add_message(case: Case, by, text: str = "", keyring: Keyring | None = None, evidence=(), is_question=False) -> dict:
    """A message from either side, sealed; the reporter's comes with the keyring of their visit."""
    side = Message.Side.REPORTER if by is None else Message.Side.STAFF
    if text:
        message = Message(case=case, side=side, by=by, is_question=is_question)
        message.close(keyring or case.staff_keyring(), text).save(force_insert=True)
    adopt(case, evidence, keyring)
    if by is None:
        case.unread_reply = True
        if case.state in BACK_TO_TRIAGE:
            hand_back(case, by)
    return {"files": len(evidence), "words": bool(text)}


def adopt(case: Case, evidence: list[Evidence], keyring: Keyring | None) -> None:
    """Files that arrived sealed now belong to the case, with their keys."""
    for item in evidence:
        item.case, item.pocket = case, None
        item.save()
        case.data_keys.create(name=item.key_name, wrapped=keyring.wrapped[item.key_name])


def wait_for_reporter(case: Case, by, text: str) -> dict:
    """One question to the reporter. The clock of P0 and P1 goes on while we wait."""
    case.waiting_since = timezone.now()
    return add_message(case, by, text, is_question=True)


def add_note(case: Case, by, text: str) -> dict:
    """A note among staff."""
    Note(case=case, by=by).close(text).save(force_insert=True)
    return {}


def mark_resolved(case: Case, by) -> dict:
    """Our steps are done and told."""
    case.resolved_at, case.resolved_by = timezone.now(), by
    case.handler = case.lease_until = case.waiting_since = None
    return {}


def mark_closed(case: Case, by, outcome: str) -> dict:
    """Closed with one of the reasons that the reporter reads in words. Some of them point to a message."""
    if outcome in TOLD_IN_A_MESSAGE and not case.no_return and not case.messages.filter(side="staff").exists():
        raise NotAllowed(_("This outcome points the reporter to a message. Write it first."))
    case.closed_at, case.outcome = timezone.now(), outcome
    case.seen_at = case.seen_at or timezone.now()
    case.overdue, case.unread_reply = False, False
    case.handler = case.lease_until = case.waiting_since = None
    return {"outcome": outcome}


def plan_withdrawal(case: Case, by, pressed: str = "") -> dict:
    """Withdrawal happens after 72 hours. Whether someone told them to is for staff eyes, as a flag (H7)."""
    case.withdraw_at = timezone.now() + WITHDRAWAL_TAKES
    case.handler = case.lease_until = case.waiting_since = None
    return {"pressed": pressed}


def put_back(case: Case, by) -> dict:
    """The withdrawal is off; the case waits in the queue again."""
    case.withdraw_at, case.erasure_approved = None, False
    return {}


def approve_erasure(case: Case, by) -> dict:
    """The law has us keep nothing: housekeeping erases when the 72 hours are over."""
    case.erasure_approved = True
    return {}


def hold_by_law(case: Case, by, reason: str) -> dict:
    """Something must be kept for now, and why: the reason is a team note. Nothing of the case is erased meanwhile."""
    case.hold = True
    add_note(case, by, reason)
    return {}


def lift_hold(case: Case, by, reason: str) -> dict:
    """The reason to keep it is over."""
    case.hold = False
    add_note(case, by, reason)
    return {}


def freeze(case: Case, by) -> dict:
    """Someone may have the code: reading stops, writing goes on, staff are told."""
    case.frozen_at = timezone.now()
    case.unread_reply = True
    return {}


def thaw(case: Case, by) -> dict:
    """Staff are sure enough that the right person holds the code."""
    case.frozen_at = None
    return {}


def raise_to_top(case: Case, by) -> dict:
    """Words that say a life may be at risk make the case P0; the machine may raise and never lower (H5)."""
    raised = case.tier > 0
    case.risk_flag = True
    if raised:
        now = timezone.now()
        case.tier, case.due_at = 0, Roster.now().promise(0, now)
        case.urgency_at = case.due_at - (case.due_at - now) * case.score / 30
    return {"raised": raised}


def mark_no_return(case: Case, by) -> dict:
    """The reporter cannot keep a code: staff decide at once instead of waiting for an answer (H22)."""
    case.no_return = True
    return {}


def change_secret(case: Case, by, derived: receipts.Derived, salt: bytes, case_key: bytes) -> dict:
    """A new secret; the old one is dead from this moment."""
    case.secret_salt, case.secret_verifier = salt, derived.verifier
    case.secret_operations, case.secret_memory = receipts.OPERATIONS, receipts.MEMORY
    case.key_for_reporter = seal(derived.wrapping_key, case_key, f"{case.id}:case:reporter")
    return {}


def promise_again(case: Case, by) -> dict:
    """Another person looks, by a time that is told."""
    now = timezone.now()
    case.promised_again_at = Roster.now().promise(2, now)
    case.unread_reply = True
    case.handler = case.lease_until = case.waiting_since = None
    return {}
