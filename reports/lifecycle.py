"""Everything that can be done with a case: one table, one door.

A row of ACTIONS gives the button on the case page, the permission, the form, the address, the label in the record and
the test of every state and role. ``perform`` is always: lock the row, require, run the small effect, save, record, in
one transaction. A refusal carries the sentence that its reader sees. No action closes a case by itself.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from safetycenter.transitions import NotAllowed, Transition, available, require

from . import audit, conditions
from .effects import (
    BACK_TO_TRIAGE,
    add_message,
    add_note,
    approve_erasure,
    change_secret,
    freeze,
    hand_back,
    hold_by_law,
    lift_hold,
    mark_closed,
    mark_no_return,
    mark_resolved,
    plan_withdrawal,
    promise_again,
    put_back,
    raise_to_top,
    take,
    thaw,
    wait_for_reporter,
)
from .models.case import Case, State

__all__ = ["ACTIONS", "LEASE", "REPORTER_ACTIONS", "NotAllowed", "Stale", "allowed", "perform", "renew_lease"]

LEASE = timedelta(minutes=20)
HANDLE = "reports.handle_case"
WORKED_ON = (State.IN_PROGRESS, State.WAITING_REPORTER, State.ESCALATED, State.REFERRED)
OPEN = (State.RECEIVED, State.TRIAGE, State.QUARANTINED, *WORKED_ON)
ANY = (*OPEN, State.RESOLVED, State.CLOSED)
LIVE = (*ANY, State.WITHDRAWN)  # everything but erased


class Stale(NotAllowed):
    """Somebody else changed the case since this person's page was made."""


ACTIONS: dict[str, Transition] = {
    # What staff do. The order is the order of the buttons.
    "claim": Transition(
        pgettext_lazy("action", "Take this case"),
        (State.RECEIVED, State.TRIAGE, State.ESCALATED),
        State.IN_PROGRESS,
        HANDLE,
        take,
        conditions.takeable,
    ),
    "reply": Transition(
        pgettext_lazy("action", "Reply to the reporter"), WORKED_ON, None, HANDLE, add_message, conditions.answerable
    ),
    "ask": Transition(
        pgettext_lazy("action", "Ask the reporter"),
        (State.IN_PROGRESS, State.ESCALATED),
        State.WAITING_REPORTER,
        HANDLE,
        wait_for_reporter,
        conditions.answerable,
    ),
    "note": Transition(pgettext_lazy("action", "Add a team note"), ANY, None, HANDLE, add_note),
    "resolve": Transition(
        pgettext_lazy("action", "Resolve"),
        WORKED_ON,
        State.RESOLVED,
        HANDLE,
        mark_resolved,
        conditions.told_or_unreachable,
    ),
    "close": Transition(
        pgettext_lazy("action", "Close"),
        (State.IN_PROGRESS, State.RESOLVED, State.QUARANTINED),
        State.CLOSED,
        HANDLE,
        mark_closed,
        conditions.second_person,
    ),
    "reopen": Transition(
        pgettext_lazy("action", "Open again"), (State.RESOLVED, State.CLOSED), State.TRIAGE, HANDLE, hand_back
    ),
    "thaw": Transition(
        pgettext_lazy("action", "Let the code open messages again"), ANY, None, HANDLE, thaw, conditions.frozen_and_mine
    ),
    "release": Transition(
        pgettext_lazy("action", "Put back in the queue"),
        WORKED_ON,
        State.TRIAGE,
        HANDLE,
        hand_back,
        conditions.mine_or_supervised,
    ),
    "admit": Transition(
        pgettext_lazy("action", "Admit to the queue"),
        (State.QUARANTINED,),
        State.TRIAGE,
        "reports.admit_case",
        hand_back,
    ),
    "approve_erasure": Transition(
        pgettext_lazy("action", "Erase as the reporter asked"),
        (State.WITHDRAWN,),
        None,
        HANDLE,
        approve_erasure,
        conditions.decides_on_erasure,
    ),
    "hold": Transition(pgettext_lazy("action", "Keep by law"), LIVE, None, HANDLE, hold_by_law, conditions.may_hold),
    "lift_hold": Transition(
        pgettext_lazy("action", "End the legal hold"),
        LIVE,
        None,
        HANDLE,
        lift_hold,
        conditions.may_lift,
    ),
    # What reporters do. They hold the code; no permission stands in between.
    "reporter_reply": Transition(
        gettext_lazy("Reporter wrote"),
        ANY,
        dict.fromkeys(BACK_TO_TRIAGE, State.TRIAGE),
        effect=add_message,
    ),
    "withdraw": Transition(gettext_lazy("Reporter asked for withdrawal"), ANY, State.WITHDRAWN, effect=plan_withdrawal),
    "keep": Transition(
        gettext_lazy("Reporter cancelled the withdrawal"), (State.WITHDRAWN,), State.TRIAGE, effect=put_back
    ),
    "freeze": Transition(gettext_lazy("Reporter says someone found the code"), LIVE, effect=freeze),
    "new_code": Transition(
        gettext_lazy("Reporter changed the code"),
        LIVE,
        None,
        None,
        change_secret,
        conditions.unfrozen,
    ),
    "object": Transition(
        gettext_lazy("Reporter asks for another person to look"),
        ANY,
        {state: State.ESCALATED for state in ANY if state != State.QUARANTINED},
        effect=promise_again,
    ),
    "no_return": Transition(gettext_lazy("Reporter cannot keep the code"), ANY, effect=mark_no_return),
    "risk_in_words": Transition(gettext_lazy("Risk noticed in a reporter's words"), ANY, effect=raise_to_top),
    # What time does, through housekeeping.
    "lease_ended": Transition(gettext_lazy("Lease ended"), (State.IN_PROGRESS,), State.TRIAGE, effect=hand_back),
    "no_answer": Transition(
        gettext_lazy("No answer from the reporter"), (State.WAITING_REPORTER,), State.TRIAGE, effect=hand_back
    ),
}
REPORTER_ACTIONS = ("reporter_reply", "withdraw", "keep", "freeze", "new_code", "object", "no_return", "risk_in_words")
TIME_ACTIONS = ("lease_ended", "no_answer")
STAFF_ACTIONS = tuple(name for name, row in ACTIONS.items() if row.permission)


def perform(case: Case, name: str, by=None, expected_version: int | None = None, **details) -> Case:
    """Do one action; returns the case as it is afterwards.

    ``by`` is the member of staff, None for the reporter and for time. ``expected_version`` is the version that the
    actor's page showed. Raises NotAllowed with a full sentence, and Stale when the case has moved on since.
    """
    with transaction.atomic():
        cases = Case.objects if by is None else Case.objects.visible_to(by)
        locked = cases.locked().filter(pk=case.pk).first()
        if locked is None:
            raise NotAllowed(_("This case is not there."))
        if expected_version is not None and locked.version != expected_version:
            raise Stale(_("Someone else changed this case while you were reading. Look again before you act."))
        row = require(ACTIONS, name, locked, by)
        before = locked.state
        facts = row.effect(locked, by, **details) or {}
        locked.state = _target(row, locked) or locked.state
        if locked.state != State.CLOSED:
            locked.outcome, locked.closed_at = "", None
        if by is not None and locked.handler_id == by.pk:
            locked.lease_until = timezone.now() + LEASE
        locked.version += 1
        locked.save()
        side = audit.REPORTER if name in REPORTER_ACTIONS else None
        audit.record(locked, name, by, side, **{"from": before, "to": locked.state}, **facts)
    return locked


def allowed(case: Case, by) -> dict[str, Transition]:
    """The staff actions that ``by`` may take on ``case`` right now, in the order of the buttons."""
    return {name: row for name, row in available(ACTIONS, case, by).items() if name in STAFF_ACTIONS}


def renew_lease(case: Case, by) -> None:
    """The handler is at work on the case: twenty more minutes. No event, this is not a decision."""
    Case.objects.filter(pk=case.pk, handler=by, state=State.IN_PROGRESS).update(lease_until=timezone.now() + LEASE)


def _target(row: Transition, case: Case) -> str | None:
    return row.target.get(case.state) if isinstance(row.target, dict) else row.target
