"""What staff do with a case."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ..evidence import store
from ..models.case import Case, Outcome, State
from ..vault import keys
from . import clock, shared

TOLD_IN_A_MESSAGE = (Outcome.HELPED, Outcome.OUT_OF_SCOPE)
STRICTEST = "grooming"  # a category in which no file may be added or opened (domain §6.1)

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


def release(case: Case, by, reason: str = "") -> dict:
    """Hand the case back. Taking it from another person needs a reason; raises NotAllowed without one."""
    if case.handler_id != by.pk and not reason:
        raise NotAllowed(_("Another person holds this case. Write why you take it from them."))
    return hand_back(case, by, reason)


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


def restrict(case: Case, by, reason: str) -> dict:
    """For child safety only from now on: its keys are wrapped and its marks made anew."""
    add_note(case, by, reason)
    _give_to_child_safety(case)
    case.tier, case.state = min(case.tier, 1), State.TRIAGE
    shared.let_go(case)
    return clock.restart(case)


def lock(case: Case, by, reason: str) -> dict:
    """A file is suspected to show a child: the keys go to child safety, the view copies away, nobody opens any (K7).

    The sealed originals are kept by law until a lead has the decision of police or counsel.
    """
    add_note(case, by, reason)
    _give_to_child_safety(case)
    case.locked_at, case.locked_by, case.hold = timezone.now(), by, True
    case.erasure_needs_lead, case.erasure_approved = True, False
    case.tier, case.state = 0, State.TRIAGE
    files = list(case.evidence.values_list("pk", "copies"))
    case.evidence.update(copies=0)
    transaction.on_commit(lambda: [store.delete_copies(pk) for pk, _copies in files])
    shared.let_go(case)
    return clock.restart(case) | {"files": len(files), "copies_destroyed": sum(copies for _pk, copies in files)}


def destroy_files(case: Case, by, reason: str) -> dict:
    """The decision is there: the locked files go, their keys first. The reason says who decided, and when."""
    add_note(case, by, reason)
    ids = list(case.evidence.values_list("pk", flat=True))
    case.data_keys.filter(name__in=[f"file:{pk}" for pk in ids]).delete()
    case.evidence.all().delete()
    transaction.on_commit(lambda: [store.delete(pk) for pk in ids])
    return {"files": len(ids)}


def _give_to_child_safety(case: Case) -> None:
    case_key, notes_key = keys.unwrap(case.staff_audience, case.key_for_staff), case.notes_key()
    pressed = keys.unwrap(case.staff_audience, case.pressed) if case.pressed else None
    case.restricted, case.strictest_category = True, STRICTEST
    case.staff_audience = keys.CHILD_SAFETY
    case.key_for_staff = keys.wrap_for(keys.CHILD_SAFETY, case_key)
    case.notes_key_for_staff = keys.wrap_for(keys.CHILD_SAFETY, notes_key)
    case.pressed = keys.wrap_for(keys.CHILD_SAFETY, pressed) if pressed else None
    case.marks.all().delete()
    case.marked = False


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
