"""Effects of staff actions."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ...models.case import Case, Outcome, State
from ...models.sent_file import Prepared
from ...referral.time_to_refer import has_receipt
from ...staffing.availability import is_person_on_duty
from .. import guards, lease
from . import clock, links, other_person, shared

OUTCOMES_NEEDING_MESSAGE = (Outcome.HELPED, Outcome.REFERRED, Outcome.OUT_OF_SCOPE)

add_note = shared.add_note


def claim(case: Case, by: User) -> dict:
    """Assign the case to ``by``. This fulfils the promised review; the desk's clock runs until somebody answers."""
    case.handler, case.reserved_until = by, None
    other_person.end(case)
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
    """Return the case to a person, because the reporter did not answer in time (safety rule K9).

    The handler of an urgent case keeps it while they are on duty. Any other case waits in the queue, offered to its
    last handler first. The clock starts again, because the question was an answer to the reporter.
    """
    case.next_action_at = None
    if case.tier in clock.URGENT and _is_owner_on_duty(case):
        case.state, case.look_again_at = State.IN_PROGRESS, None
        case.lease_until = lease.end_of(case)
        return clock.requeue(case)
    case.state = State.TRIAGE
    shared.unassign(case)
    facts = clock.requeue(case)
    clock.reserve(case)
    return facts


def _is_owner_on_duty(case: Case) -> bool:
    owner = case.handler
    return owner is not None and is_person_on_duty(owner) and Case.objects.visible_to(owner).filter(pk=case.pk).exists()


def release(case: Case, by: User, reason: str = "") -> dict:
    """Return the case. Taking it from another person requires a reason; raises NotAllowed without one."""
    is_taken_away = case.handler_id not in (None, by.pk)
    if case.handler_id != by.pk and not reason:
        raise NotAllowed(_("This case is assigned to someone else. Write why you are reassigning it to yourself."))
    return end_lease(case, by, reason) | ({"taken_away": True} if is_taken_away else {})


def reply(case: Case, by: User, text: str, visible_from: datetime | None = None, file: Prepared | None = None) -> dict:
    """Send a message, perhaps with a file, to the reporter, who can read it from ``visible_from`` on, or at once."""
    waits_for_answer = case.state == State.WAITING_REPORTER  # a reply does not change the end of that wait
    due = case.next_action_at if waits_for_answer else clock.next_deadline(case, visible_from)
    clock.record_answer(case, due, visible_from)
    return _send(case, by, text, file, visible_from=visible_from)


def ask(case: Case, by: User, text: str, visible_from: datetime | None = None, file: Prepared | None = None) -> dict:
    """Send one question to the reporter; see ``reply``."""
    clock.record_answer(case, clock.reply_deadline(case, visible_from), visible_from)
    return _send(case, by, text, file, visible_from=visible_from, is_question=True)


def _send(case: Case, by: User, text: str, file: Prepared | None, **how: Any) -> dict:
    ring = case.staff_keyring()
    message = shared.add_message(case, by, text, ring, **how)
    if file is None:
        return {}
    shared.send_file(message, ring, file)
    return {"files": 1}


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
    if outcome == Outcome.NO_RULE:
        _free_who_was_reported(case)
    return {"outcome": outcome}


def _free_who_was_reported(case: Case) -> None:
    """Delete what finds the case by the account that it names, and end its link to other reports (safety rule H23).

    The rule of linked files keeps its entries (H14): it names nobody, and a file that stays closed harms nobody.
    """
    case.identifier_digests.all().delete()
    links.unlink(case, None)


def unfreeze(case: Case, by: User, reason: str = "") -> dict:
    """Let the code open messages again, because staff are sure enough that the reporter has it; a note says why."""
    case.frozen_at = None
    if case.state in (State.RESOLVED, State.CLOSED):  # in these states nothing else is new
        clock.record_review(case)
    return shared.add_reason(case, by, reason)


def approve_erasure(case: Case, by: User, reason: str = "") -> dict:
    """Approve the erasure, because the law requires us to keep nothing: housekeeping erases after the 72 hours.

    The reason is a team note, which is erased with the case.
    Raises NotAllowed for the person who lifted a legal hold: two people decide that such a case is erased.
    """
    if _another_must(case, by, "lift_hold"):
        raise NotAllowed(_("You lifted the legal hold. A second person must decide about the erasure."))
    case.erasure_approved = True
    return shared.add_reason(case, by, reason)


def place_hold(case: Case, by: User, reason: str) -> dict:
    """Place a legal hold: nothing of the case is erased meanwhile. The reason is stored as a team note."""
    case.hold = True
    return add_note(case, by, reason)


def lift_hold(case: Case, by: User, reason: str) -> dict:
    """Lift the legal hold. A second person then decides about a withdrawal that waited for it.

    Raises NotAllowed for the person who placed it.
    """
    if _another_must(case, by, "hold"):
        raise NotAllowed(_("You placed the legal hold. A second person must lift it."))
    case.hold = False
    if case.withdraw_at:
        case.erasure_needs_lead, case.erasure_approved = True, False
    return add_note(case, by, reason)


def _another_must(case: Case, by: User, action: str) -> bool:
    """Return whether ``by``, who last did ``action``, must leave the next step to another lead.

    Another lead is one who may decide: not recused, and without work on a case at risk. If there is none, ``by`` goes
    on, so that a desk with one lead can end a hold; the record shows that one person did both.
    """
    if not _did_last(case, by, action):
        return False
    kept_out = {by.pk} | ({case.handler_id, case.last_handler_id} if case.is_at_risk else set())
    return guards.leads_without_conflict(case).exclude(pk__in=kept_out - {None}).exists()


def _did_last(case: Case, by: User, action: str) -> bool:
    # Not a condition of the action: the page of a case would need one more query for each.
    return case.events.filter(action=action).order_by("-number").values_list("by", flat=True).first() == by.pk
