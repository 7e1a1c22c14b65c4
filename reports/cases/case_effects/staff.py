"""Effects of staff actions."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ...models.case import Case, Outcome, State
from ...referral.time_to_refer import has_receipt
from . import clock, shared

OUTCOMES_NEEDING_MESSAGE = (Outcome.HELPED, Outcome.REFERRED, Outcome.OUT_OF_SCOPE)

add_note = shared.add_note


def claim(case: Case, by: User) -> dict:
    """Assign the case to ``by``. This fulfils the promised review; the desk's clock runs until somebody answers."""
    case.handler, case.reserved_until = by, None
    return {"first_look": clock.record_review(case)}


def return_to_queue(case: Case, by: User, reason: str = "") -> dict:
    """Return the case to the queue. The reason is stored as a staff note, because it may name people."""
    return _unassign_with_reason(case, by, reason) | clock.requeue(case)


def end_lease(case: Case, by: User, reason: str = "") -> dict:
    """Return the case to the queue, or a case left open to its lead, at its previous place.

    A case left open was resolved, so nothing is promised for it and nobody is paged. Unread text of its reporter makes
    it an ordinary case of the queue.
    """
    if case.left_open_at and not case.unread_reply:
        case.state = State.ESCALATED
        return _unassign_with_reason(case, by, reason)
    case.state = State.TRIAGE
    return clock.count_return(case) | return_to_queue(case, by, reason)


def _unassign_with_reason(case: Case, by: User, reason: str) -> dict:
    shared.unassign(case)
    return shared.add_reason(case, by, reason)


def end_wait(case: Case, by: User) -> dict:
    """Return the case to the queue because the reporter did not answer in time.

    The clock starts again, because the question was an answer to the reporter.
    """
    shared.unassign(case)
    case.next_action_at = None
    return clock.requeue(case)


def release(case: Case, by: User, reason: str = "") -> dict:
    """Return the case. Taking it from another person requires a reason; raises NotAllowed without one."""
    is_taken_away = case.handler_id not in (None, by.pk)
    if case.handler_id != by.pk and not reason:
        raise NotAllowed(_("This case is assigned to someone else. Write why you are reassigning it to yourself."))
    return end_lease(case, by, reason) | ({"taken_away": True} if is_taken_away else {})


def reply(case: Case, by: User, text: str, visible_from: datetime | None = None) -> dict:
    """Send a message to the reporter, who can read it from ``visible_from`` on, or at once."""
    waits_for_answer = case.state == State.WAITING_REPORTER  # a reply does not change the end of that wait
    due = case.next_action_at if waits_for_answer else clock.next_deadline(case, visible_from)
    clock.record_answer(case, due, visible_from)
    shared.add_message(case, by, text, case.staff_keyring(), visible_from=visible_from)
    return {}


def ask(case: Case, by: User, text: str, visible_from: datetime | None = None) -> dict:
    """Send one question to the reporter, who can read it from ``visible_from`` on, or at once."""
    clock.record_answer(case, clock.reply_deadline(case, visible_from), visible_from)
    shared.add_message(case, by, text, case.staff_keyring(), is_question=True, visible_from=visible_from)
    return {}


def resolve(case: Case, by: User, reason: str = "") -> dict:
    """Resolve the case. If informing the reporter would endanger somebody, a note states why it was not done."""
    if reason:
        add_note(case, by, reason)
    case.resolved_at, case.resolved_by = timezone.now(), by
    clock.record_end(case)
    shared.unassign(case)
    return {}


def close(case: Case, by: User, outcome: str) -> dict:
    """Close the case with an outcome, which the reporter reads as a sentence.

    Raises NotAllowed if the outcome refers to a message that nobody wrote, or to a receipt that no agency gave (K5).
    """
    if outcome == Outcome.REFERRED and not has_receipt(case):
        raise NotAllowed(_("No agency has given a receipt for this case."))
    if outcome in OUTCOMES_NEEDING_MESSAGE and not case.unreachable and not case.is_reporter_informed:
        raise NotAllowed(_("This outcome tells the reporter to read a message. Write the message first."))
    clock.record_review(case)
    clock.record_end(case)
    case.closed_at, case.outcome = timezone.now(), outcome
    shared.unassign(case)
    return {"outcome": outcome}


def unfreeze(case: Case, by: User) -> dict:
    """Let the code open messages again, because staff are sure enough that the reporter has it."""
    case.frozen_at = None
    if case.state in (State.RESOLVED, State.CLOSED):  # in these states nothing else is new
        clock.record_review(case)
    return {}


def approve_erasure(case: Case, by: User) -> dict:
    """Approve the erasure, because the law requires us to keep nothing: housekeeping erases after the 72 hours."""
    case.erasure_approved = True
    return {}


def place_hold(case: Case, by: User, reason: str) -> dict:
    """Place a legal hold: nothing of the case is erased meanwhile. The reason is stored as a team note."""
    case.hold = True
    return add_note(case, by, reason)


def lift_hold(case: Case, by: User, reason: str) -> dict:
    """Lift the legal hold."""
    case.hold = False
    return add_note(case, by, reason)
