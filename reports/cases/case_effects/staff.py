"""What staff do with a case."""

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ...models.case import Case, Outcome, State
from . import clock, shared

TOLD_IN_A_MESSAGE = (Outcome.HELPED, Outcome.OUT_OF_SCOPE)

add_note = shared.add_note


def claim(case: Case, by: User) -> dict:
    """Give the case to ``by``. That is the promised look; the clock of the desk goes on until somebody answers."""
    case.handler = case.last_handler = by
    return {"first_look": clock.looked(case)}


def hand_back(case: Case, by: User, reason: str = "") -> dict:
    """Back to the queue; a reason goes into a staff note, because it may name people."""
    return _put_down(case, by, reason) | clock.wait_again(case)


def end_work(case: Case, by: User, reason: str = "") -> dict:
    """Put the case back into the queue, or a case that was left open back to its lead, at its old place.

    Such a case was resolved, so nothing is promised for it and nobody is paged. New words of its reporter that were
    not read make it an ordinary case of the queue.
    """
    if case.left_open_at and not case.unread_reply:
        case.state = State.ESCALATED
        return _put_down(case, by, reason)
    case.state = State.TRIAGE
    return hand_back(case, by, reason)


def _put_down(case: Case, by: User, reason: str) -> dict:
    shared.let_go(case)
    if reason and by is not None:
        add_note(case, by, reason)
    return {"reason_given": bool(reason)}


def end_wait(case: Case, by: User) -> dict:
    """The reporter did not answer in time: a person decides, by a new clock because the question was an answer."""
    shared.let_go(case)
    case.next_action_at = None
    return clock.wait_again(case)


def release(case: Case, by: User, reason: str = "") -> dict:
    """Hand the case back. Taking it from another person needs a reason; raises NotAllowed without one."""
    if case.handler_id != by.pk and not reason:
        raise NotAllowed(_("This case is assigned to someone else. Write why you are reassigning it to yourself."))
    return end_work(case, by, reason)


def reply(case: Case, by: User, text: str) -> dict:
    """A message to the reporter."""
    waits_for_answer = case.state == State.WAITING_REPORTER  # a reply does not make that wait longer or shorter
    clock.answered(case, case.next_action_at if waits_for_answer else clock.next_step(case))
    shared.add_message(case, by, text, case.staff_keyring())
    return {}


def ask(case: Case, by: User, text: str) -> dict:
    """One question to the reporter."""
    clock.answered(case, clock.waiting_ends(case))
    shared.add_message(case, by, text, case.staff_keyring(), is_question=True)
    return {}


def resolve(case: Case, by: User, reason: str = "") -> dict:
    """Our steps are done and told; where telling would put somebody in danger, a note says why it was not done."""
    if reason:
        add_note(case, by, reason)
    case.resolved_at, case.resolved_by = timezone.now(), by
    clock.ended(case)
    shared.let_go(case)
    return {}


def close(case: Case, by: User, outcome: str) -> dict:
    """Closed with one of the reasons that the reporter reads in words. Some of them point to a message."""
    if outcome in TOLD_IN_A_MESSAGE and not case.no_return and not case.was_told:
        raise NotAllowed(_("This outcome points the reporter to a message. Write it first."))
    clock.looked(case)
    clock.ended(case)
    case.closed_at, case.outcome = timezone.now(), outcome
    shared.let_go(case)
    return {"outcome": outcome}


def unfreeze(case: Case, by: User) -> dict:
    """Staff are sure enough that the right person holds the code."""
    case.frozen_at = None
    if case.state in (State.RESOLVED, State.CLOSED):  # where nothing else is new
        clock.looked(case)
    return {}


def approve_erasure(case: Case, by: User) -> dict:
    """The law has us keep nothing: housekeeping erases when the 72 hours are over."""
    case.erasure_approved = True
    return {}


def hold_by_law(case: Case, by: User, reason: str) -> dict:
    """Something must be kept for now, and why: the reason is a team note. Nothing of the case is erased meanwhile."""
    case.hold = True
    return add_note(case, by, reason)


def lift_hold(case: Case, by: User, reason: str) -> dict:
    """The reason to keep it is over."""
    case.hold = False
    return add_note(case, by, reason)
