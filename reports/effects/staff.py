"""What staff do with a case."""

from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ..models.case import Case, Outcome, State
from ..vault import keys
from . import clock, shared

TOLD_IN_A_MESSAGE = (Outcome.HELPED, Outcome.REFERRED, Outcome.OUT_OF_SCOPE)
STRICTEST = "grooming"  # a category in which no file may be added or opened (domain §6.1)

add_note = shared.add_note


def take(case: Case, by) -> dict:
    """Give the case to ``by``; the first human look stops the promise's clock."""
    case.handler = case.last_handler = by
    case.unread_reply, case.waiting_since = False, None
    first = case.seen_at is None
    if first:
        case.seen_at, case.overdue = timezone.now(), False
    return {"first_look": first}


def hand_back(case: Case, by, reason: str = "") -> dict:
    """Back to the queue; a reason goes into a staff note, because it may name people."""
    shared.let_go(case)
    if reason and by is not None:
        add_note(case, by, reason)
    return {"reason_given": bool(reason)} | clock.restart_if_urgent(case)


def reply(case: Case, by, text: str) -> dict:
    """A message to the reporter."""
    shared.add_message(case, by, text, case.staff_keyring())
    return {}


def ask(case: Case, by, text: str) -> dict:
    """One question to the reporter."""
    case.waiting_since = timezone.now()
    shared.add_message(case, by, text, case.staff_keyring(), is_question=True)
    return {}


def resolve(case: Case, by) -> dict:
    """Our steps are done and told."""
    case.resolved_at, case.resolved_by = timezone.now(), by
    shared.let_go(case)
    return {}


def close(case: Case, by, outcome: str) -> dict:
    """Closed with one of the reasons that the reporter reads in words. Some of them point to a message."""
    if outcome in TOLD_IN_A_MESSAGE and not case.no_return and not case.messages.filter(side="staff").exists():
        raise NotAllowed(_("This outcome points the reporter to a message. Write it first."))
    now = timezone.now()
    case.closed_at, case.outcome, case.seen_at = now, outcome, case.seen_at or now
    case.overdue, case.unread_reply = False, False
    shared.let_go(case)
    return {"outcome": outcome}


def restrict(case: Case, by, reason: str) -> dict:
    """For child safety only from now on: its keys are wrapped and its marks made anew."""
    add_note(case, by, reason)
    case_key, notes_key = keys.unwrap(case.staff_audience, case.key_for_staff), case.notes_key()
    case.restricted, case.strictest_category = True, STRICTEST
    case.staff_audience = keys.CHILD_SAFETY
    case.key_for_staff = keys.wrap_for(keys.CHILD_SAFETY, case_key)
    case.notes_key_for_staff = keys.wrap_for(keys.CHILD_SAFETY, notes_key)
    if case.pressed:
        case.pressed = keys.wrap_for(keys.CHILD_SAFETY, keys.unwrap(keys.DESK, case.pressed))
    case.tier, case.state = min(case.tier, 1), State.TRIAGE
    case.marks.all().delete()
    case.marked = False
    shared.let_go(case)
    return clock.restart(case)


def thaw(case: Case, by) -> dict:
    """Staff are sure enough that the right person holds the code."""
    case.frozen_at = None
    return {}


def approve_erasure(case: Case, by) -> dict:
    """The law has us keep nothing: housekeeping erases when the 72 hours are over."""
    case.erasure_approved = True
    return {}


def hold_by_law(case: Case, by, reason: str) -> dict:
    """Something must be kept for now, and why: the reason is a team note. Nothing of the case is erased meanwhile."""
    case.hold = True
    return add_note(case, by, reason)


def lift_hold(case: Case, by, reason: str) -> dict:
    """The reason to keep it is over."""
    case.hold = False
    return add_note(case, by, reason)
