"""What staff do with a case."""

from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ..models.case import Case, Outcome
from . import clock, shared

TOLD_IN_A_MESSAGE = (Outcome.HELPED, Outcome.OUT_OF_SCOPE)

add_note = shared.add_note


def take(case: Case, by) -> dict:
    """Give the case to ``by``; the first human look stops the promise's clock."""
    case.handler = case.last_handler = by
    case.waiting_since = None
    return {"first_look": clock.looked(case)}


def hand_back(case: Case, by, reason: str = "") -> dict:
    """Back to the queue; a reason goes into a staff note, because it may name people."""
    shared.let_go(case)
    if reason and by is not None:
        add_note(case, by, reason)
    return {"reason_given": bool(reason)} | clock.restart_if_urgent(case)


def reply(case: Case, by, text: str) -> dict:
    """A message to the reporter."""
    clock.looked(case)
    shared.add_message(case, by, text, case.staff_keyring())
    return {}


def ask(case: Case, by, text: str) -> dict:
    """One question to the reporter."""
    clock.looked(case)
    case.waiting_since = timezone.now()
    shared.add_message(case, by, text, case.staff_keyring(), is_question=True)
    return {}


def resolve(case: Case, by, reason: str = "") -> dict:
    """Our steps are done and told; where telling would put somebody in danger, a note says why it was not done."""
    if reason:
        add_note(case, by, reason)
    case.resolved_at, case.resolved_by = timezone.now(), by
    shared.let_go(case)
    return {}


def close(case: Case, by, outcome: str) -> dict:
    """Closed with one of the reasons that the reporter reads in words. Some of them point to a message."""
    if outcome in TOLD_IN_A_MESSAGE and not case.no_return and not case.was_told:
        raise NotAllowed(_("This outcome points the reporter to a message. Write it first."))
    clock.looked(case)
    case.closed_at, case.outcome = timezone.now(), outcome
    shared.let_go(case)
    return {"outcome": outcome}


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
