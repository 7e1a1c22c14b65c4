"""Define every action that can be taken on a case, in one table, and perform it.

A row of ACTIONS supplies the button, the permission, the form, the URL, the label in the audit log and the test of
every state and role. ``perform`` locks the row, checks, runs the effect, saves and records, in one transaction. A
refusal carries the sentence that the user reads. Only time closes a case without a person (``closing``).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from safetycenter.roles import Actor
from safetycenter.transitions import NotAllowed, Transition, available, require

from ..models.case import Case, State
from ..models.state import ANY, LIVE, WORKED_ON
from ..models.state import OPEN as OPEN
from ..models.watch import Notice
from . import audit, closing, fingerprints, guards
from .case_effects import clock, reporter, staff
from .case_effects.shared import BACK_TO_TRIAGE
from .child_safety_actions import CHILD_SAFETY_ACTIONS, HANDLE, RENEW_KEYS
from .lease import LEASE

__all__ = ["ACTIONS", "REPORTER_ACTIONS", "NotAllowed", "StaleError", "allowed", "perform"]


class StaleError(NotAllowed):
    """Raised when another user has changed the case since this user's page was rendered."""


ACTIONS: dict[str, Transition] = {
    # Actions of staff, in the order of their buttons.
    "claim": Transition(
        pgettext_lazy("action", "Assign to me"),
        (State.RECEIVED, State.TRIAGE, State.ESCALATED),
        State.IN_PROGRESS,
        HANDLE,
        staff.claim,
        guards.can_claim,
    ),
    "reply": Transition(
        pgettext_lazy("action", "Reply to the reporter"), WORKED_ON, None, HANDLE, staff.reply, guards.may_write
    ),
    "ask": Transition(
        pgettext_lazy("action", "Ask the reporter"),
        (State.IN_PROGRESS, State.ESCALATED),
        State.WAITING_REPORTER,
        HANDLE,
        staff.ask,
        guards.may_write,
    ),
    "note": Transition(pgettext_lazy("action", "Add a team note"), LIVE, None, HANDLE, staff.add_note),
    "resolve": Transition(
        pgettext_lazy("action", "Resolve"),
        WORKED_ON,
        State.RESOLVED,
        HANDLE,
        staff.resolve,
        guards.reporter_was_informed,
    ),
    "resolve_without_message": Transition(
        pgettext_lazy("action", "Resolve without notifying"),
        WORKED_ON,
        State.RESOLVED,
        HANDLE,
        staff.resolve,
        guards.reporter_was_not_informed,
    ),
    "close": Transition(
        pgettext_lazy("action", "Close"),
        (State.IN_PROGRESS, State.RESOLVED, State.QUARANTINED),
        State.CLOSED,
        HANDLE,
        staff.close,
        guards.may_close,
    ),
    "reopen": Transition(
        pgettext_lazy("action", "Reopen"), (State.RESOLVED, State.CLOSED), State.TRIAGE, HANDLE, staff.return_to_queue
    ),
    "unfreeze": Transition(
        pgettext_lazy("action", "Let the code open messages again"),
        LIVE,
        None,
        HANDLE,
        staff.unfreeze,
        guards.may_unfreeze,
    ),
    **CHILD_SAFETY_ACTIONS,
    "release": Transition(
        pgettext_lazy("action", "Return to queue"),
        WORKED_ON,
        None,  # to the queue, or to the lead of a case that was not closed in time
        HANDLE,
        staff.release,
        guards.is_handler_or_lead,
    ),
    "release_from_quarantine": Transition(
        pgettext_lazy("action", "Release to queue"),
        (State.QUARANTINED,),
        State.TRIAGE,
        "reports.release_quarantined",
        staff.return_to_queue,
    ),
    "approve_erasure": Transition(
        pgettext_lazy("action", "Erase as the reporter asked"),
        LIVE,
        None,
        HANDLE,
        staff.approve_erasure,
        guards.may_decide_on_erasure,
    ),
    "hold": Transition(
        pgettext_lazy("action", "Place legal hold"), LIVE, None, HANDLE, staff.place_hold, guards.may_hold
    ),
    "lift_hold": Transition(
        pgettext_lazy("action", "Lift legal hold"),
        LIVE,
        None,
        HANDLE,
        staff.lift_hold,
        guards.may_lift,
    ),
    # Actions of reporters. The code authorises them, so no permission is checked.
    "reporter_reply": Transition(
        gettext_lazy("Reporter wrote"), LIVE, dict.fromkeys(BACK_TO_TRIAGE, State.TRIAGE), effect=reporter.add_reply
    ),
    "withdraw": Transition(
        gettext_lazy("Reporter asked for withdrawal"),
        ANY,
        effect=reporter.withdraw,
        condition=guards.may_withdraw,
    ),
    "cancel_withdrawal": Transition(
        gettext_lazy("Reporter cancelled the withdrawal"),
        LIVE,
        {State.WITHDRAWN: State.TRIAGE},
        effect=reporter.cancel_withdrawal,
        condition=guards.is_withdrawn,
    ),
    "freeze": Transition(
        gettext_lazy("Reporter says someone found the code"),
        LIVE,
        {State.WITHDRAWN: State.TRIAGE},
        effect=reporter.freeze,
    ),
    "new_code": Transition(
        gettext_lazy("Reporter changed the code"), LIVE, effect=reporter.change_secret, condition=guards.is_not_frozen
    ),
    "request_review": Transition(
        gettext_lazy("Reporter asked for a second review"),
        ANY,
        State.ESCALATED,
        effect=reporter.request_review,
        condition=guards.may_request_review,
    ),
    "mark_unreachable": Transition(gettext_lazy("Reporter cannot keep the code"), ANY, effect=reporter.cannot_return),
    **closing.REPORTER_ACTIONS,
    # Actions that housekeeping takes when a deadline passes.
    "lease_ended": Transition(gettext_lazy("Assignment expired"), (State.IN_PROGRESS,), effect=staff.end_lease),
    "no_answer": Transition(
        gettext_lazy("No answer from the reporter"), (State.WAITING_REPORTER,), State.TRIAGE, effect=staff.end_wait
    ),
    "renew_keys": RENEW_KEYS,
    **closing.TIME_ACTIONS,
}
TIME_ACTIONS = ("lease_ended", "no_answer", "renew_keys", *closing.TIME_ACTIONS)
STAFF_ACTIONS = tuple(name for name, row in ACTIONS.items() if row.permission)
REPORTER_ACTIONS = tuple(name for name in ACTIONS if name not in TIME_ACTIONS + STAFF_ACTIONS)


def perform(case: Case, name: str, by: Actor = None, expected_version: int | None = None, **details: object) -> Case:
    """Perform one action and return the case as saved. ``details`` are the arguments of the action's effect.

    ``by`` is the member of staff; None for the reporter and for housekeeping. ``expected_version``
    is the version that the user's page displayed. Raises NotAllowed with a full sentence, and
    StaleError when the case has changed since then.
    """
    with transaction.atomic():
        cases = Case.objects if by is None else Case.objects.visible_to(by)
        locked = cases.for_update().filter(pk=case.pk).first()
        if locked is None:
            raise NotAllowed(_("Case not found."))
        if expected_version is not None and locked.version != expected_version:
            raise StaleError(_("Someone else changed this case while you were reading. Check the case again."))
        return perform_locked(locked, name, by, **details)


def perform_locked(locked: Case, name: str, by: Actor = None, **details: object) -> Case:
    """Perform one action on a case whose row the caller has locked, found among those that ``by`` may see.

    See ``perform``.
    """
    row = require(ACTIONS, name, locked, by)
    details |= _under_replaced_keys(locked, name)
    before, sealed, risk = locked.state, fingerprints.of(locked), audit.risk_facts(locked)
    row_before = vars(locked).copy()
    facts = row.effect(locked, by, **details) or {}  # type: ignore[misc]
    locked.state = _target(row, locked) or locked.state
    closing.clear_obsolete_columns(locked)
    if by is not None and locked.handler_id == by.pk:
        locked.lease_until = timezone.now() + LEASE
    clock.update_due_time(locked)
    locked.version += 1
    side = audit.REPORTER if name in REPORTER_ACTIONS else None
    facts = facts | fingerprints.changed_since(sealed, locked)  # a new dict: effects return shared ones
    facts |= dict(audit.risk_facts(locked).items() - risk.items())
    event = audit.append(locked, name, by, side, **{"from": before, "to": locked.state}, **facts)
    locked.save(update_fields=_changed_fields(row_before, locked))
    _page_if_needed(locked, event, facts)
    return locked


def _under_replaced_keys(case: Case, name: str) -> dict:
    """Refuse actions that need sealed parts if these were replaced; return details for the others (no new keys)."""
    needs_parts = name in STAFF_ACTIONS and name not in fingerprints.USES_NO_SEALED_PART
    if not (needs_parts or name == "renew_keys") or not fingerprints.replaced(case):
        return {}
    if name in fingerprints.RENEWS_KEYS:
        return {"renew": False}
    raise NotAllowed(fingerprints.refusal_sentence(case))


def _changed_fields(before: dict, case: Case) -> list[str]:
    """Return only the changed fields, so that a public node needs no right to update the rest (deploy/grants.sql)."""
    fields = Case._meta.concrete_fields
    return [field.name for field in fields if before[field.attname] != getattr(case, field.attname)]


def _page_if_needed(case: Case, event: audit.Event, facts: dict) -> None:
    # At most one notice per case: it is sent repeatedly until somebody reviews the case again.
    if case.tier == 0 and "clock" in facts and not Notice.objects.filter(event__case=case).exists():
        Notice.objects.create(event=event)


def allowed(case: Case, by: Actor) -> dict[str, Transition]:
    """Return the staff actions that ``by`` may take on ``case`` now, in the order of the buttons."""
    return available({name: ACTIONS[name] for name in STAFF_ACTIONS}, case, by)


def allowed_to_reporter(case: Case) -> set[str]:
    """Return the names of the actions that the holder of the reporter's code may take now."""
    return set(available({name: ACTIONS[name] for name in REPORTER_ACTIONS}, case, None))


def _target(row: Transition, case: Case) -> str | None:
    return row.target.get(case.state) if isinstance(row.target, dict) else row.target  # type: ignore[return-value]
