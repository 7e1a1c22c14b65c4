"""The table of all actions that can be taken on a case.

A row supplies the button, the permission, the form, the URL, the label in the audit log and the test of every state
and role; its type says who takes the action (``case_action``). The order of the rows is the order of the buttons.
"""

from collections.abc import Callable

from django.utils.translation import gettext_lazy, pgettext_lazy

from ..models.case import State
from ..models.state import ANY, LIVE, WORKED_ON
from . import assignment_guards, closing, closing_guards, duty_alarm, guards
from .assignment_actions import ASSIGNMENT_ACTIONS, NOBODY_AVAILABLE, ROUTE_BY_REGION
from .case_action import CaseAction, ReporterAction, SealedParts, StaffAction, TimedAction
from .case_effects import additions, assignment, checklist, facts, reporter, restored, staff, undo, wind_down
from .case_effects.shared import BACK_TO_TRIAGE
from .child_safety_actions import CHILD_SAFETY_ACTIONS, MOVE_CUSTODY, RENEW_KEYS
from .clusters import CLUSTER_ACTIONS
from .data_request_actions import DATA_REQUEST_ACTIONS
from .misuse import MISUSE_ACTIONS
from .other_person_actions import OTHER_PERSON_ACTIONS
from .referral_actions import REFERRAL_ACTIONS

ACTIONS: dict[str, CaseAction] = {
    "claim": StaffAction(
        pgettext_lazy("action", "Assign to me"),
        (State.RECEIVED, State.TRIAGE, State.ESCALATED),
        State.IN_PROGRESS,
        effect=staff.claim,
        condition=guards.can_claim,
        sealed_parts=SealedParts.UNUSED,
        assigns=True,
    ),
    "reply": StaffAction(
        pgettext_lazy("action", "Reply to the reporter"),
        WORKED_ON,
        effect=staff.reply,
        condition=guards.may_write,
        sealed_parts=SealedParts.USED,
    ),
    "ask": StaffAction(
        pgettext_lazy("action", "Ask the reporter"),
        (State.IN_PROGRESS, State.ESCALATED),
        State.WAITING_REPORTER,
        effect=staff.ask,
        condition=guards.may_write,
        sealed_parts=SealedParts.USED,
    ),
    "mark_fact": StaffAction(
        pgettext_lazy("action", "Say how sure a fact is"),
        WORKED_ON,
        effect=facts.mark,
        condition=guards.is_handler,
        sealed_parts=SealedParts.UNUSED,
    ),
    "tick": StaffAction(
        pgettext_lazy("action", "Tick off an item of the checklist"),
        WORKED_ON,
        effect=checklist.tick,
        condition=guards.is_handler_or_lead,
        sealed_parts=SealedParts.UNUSED,
        own_page=True,
    ),
    "note": StaffAction(
        pgettext_lazy("action", "Add a team note"), LIVE, effect=staff.add_note, sealed_parts=SealedParts.UNUSED
    ),
    "undo": StaffAction(
        pgettext_lazy("action", "Undo"),
        (*WORKED_ON, State.RESOLVED),
        effect=undo.undo,
        condition=undo.may_undo,
        sealed_parts=SealedParts.UNUSED,
    ),
    "resolve": StaffAction(
        pgettext_lazy("action", "Resolve"),
        WORKED_ON,
        State.RESOLVED,
        effect=staff.resolve,
        condition=closing_guards.reporter_was_informed,
        sealed_parts=SealedParts.UNUSED,
    ),
    "resolve_without_message": StaffAction(
        pgettext_lazy("action", "Resolve without notifying"),
        WORKED_ON,
        State.RESOLVED,
        effect=staff.resolve,
        condition=closing_guards.reporter_was_not_informed,
        sealed_parts=SealedParts.UNUSED,
    ),
    "close": StaffAction(
        pgettext_lazy("action", "Close"),
        (State.IN_PROGRESS, State.RESOLVED, State.QUARANTINED),
        State.CLOSED,
        effect=staff.close,
        condition=closing_guards.may_close,
        sealed_parts=SealedParts.UNUSED,
    ),
    "reopen": StaffAction(
        pgettext_lazy("action", "Reopen"),
        (State.RESOLVED, State.CLOSED),
        State.TRIAGE,
        effect=staff.return_to_queue,
        sealed_parts=SealedParts.UNUSED,
    ),
    "unfreeze": StaffAction(
        pgettext_lazy("action", "Let the code open messages again"),
        LIVE,
        effect=staff.unfreeze,
        condition=guards.may_unfreeze,
        sealed_parts=SealedParts.UNUSED,
    ),
    **ASSIGNMENT_ACTIONS,
    **CHILD_SAFETY_ACTIONS,
    **REFERRAL_ACTIONS,
    **DATA_REQUEST_ACTIONS,
    **MISUSE_ACTIONS,
    "release": StaffAction(
        pgettext_lazy("action", "Return to queue"),
        WORKED_ON,
        None,  # to the queue, or to the lead of a case that was not closed in time
        effect=staff.release,
        condition=assignment_guards.may_release,
        sealed_parts=SealedParts.UNUSED,
    ),
    "release_from_quarantine": StaffAction(
        pgettext_lazy("action", "Release to queue"),
        (State.QUARANTINED,),
        State.TRIAGE,
        permission="reports.release_quarantined",
        effect=staff.return_to_queue,
        sealed_parts=SealedParts.UNUSED,
    ),
    "approve_erasure": StaffAction(
        pgettext_lazy("action", "Erase as the reporter asked"),
        LIVE,
        effect=staff.approve_erasure,
        condition=guards.may_decide_on_erasure,
        sealed_parts=SealedParts.UNUSED,
    ),
    "hold": StaffAction(
        pgettext_lazy("action", "Place legal hold"),
        LIVE,
        effect=staff.place_hold,
        condition=guards.may_hold,
        sealed_parts=SealedParts.UNUSED,
        hold=True,
    ),
    "lift_hold": StaffAction(
        pgettext_lazy("action", "Lift legal hold"),
        LIVE,
        effect=staff.lift_hold,
        condition=guards.may_lift,
        sealed_parts=SealedParts.UNUSED,
        hold=False,
    ),
    "reporter_reply": ReporterAction(
        gettext_lazy("Reporter wrote"),
        LIVE,
        dict.fromkeys(BACK_TO_TRIAGE, State.TRIAGE),
        effect=reporter.add_reply,
        lead_reads_first=True,
    ),
    "reporter_added": ReporterAction(
        gettext_lazy("Reporter added something after sending"),
        LIVE,
        dict.fromkeys(BACK_TO_TRIAGE, State.TRIAGE),
        effect=additions.add,
        lead_reads_first=True,
    ),
    "withdraw": ReporterAction(
        gettext_lazy("Reporter asked for withdrawal"),
        ANY,
        effect=reporter.withdraw,
        condition=guards.may_withdraw,
    ),
    "cancel_withdrawal": ReporterAction(
        gettext_lazy("Reporter cancelled the withdrawal"),
        LIVE,
        {State.WITHDRAWN: State.TRIAGE},
        effect=reporter.cancel_withdrawal,
        condition=guards.is_withdrawn,
    ),
    "freeze": ReporterAction(
        gettext_lazy("Reporter says someone found the code"),
        LIVE,
        {State.WITHDRAWN: State.TRIAGE},
        effect=reporter.freeze,
        lead_reads_first=True,
    ),
    "new_code": ReporterAction(
        gettext_lazy("Reporter changed the code"), LIVE, effect=reporter.change_secret, condition=guards.is_not_frozen
    ),
    "request_review": ReporterAction(
        gettext_lazy("Reporter asked for a second review"),
        ANY,
        State.ESCALATED,
        effect=reporter.request_review,
        condition=guards.may_request_review,
    ),
    "mark_unreachable": ReporterAction(
        gettext_lazy("Reporter cannot keep the code"), ANY, effect=reporter.cannot_return
    ),
    **OTHER_PERSON_ACTIONS,
    **closing.REPORTER_ACTIONS,
    "lease_ended": TimedAction(gettext_lazy("Assignment expired"), (State.IN_PROGRESS,), effect=assignment.end_lease),
    "no_answer": TimedAction(
        gettext_lazy("No answer from the reporter"),
        (State.WAITING_REPORTER,),
        None,  # to the handler of an urgent case who is on duty, or to the queue
        effect=staff.end_wait,
    ),
    "nobody_available": NOBODY_AVAILABLE,
    **duty_alarm.ACTIONS,
    "route_by_region": ROUTE_BY_REGION,
    "renew_keys": RENEW_KEYS,
    wind_down.TOLD: TimedAction(
        gettext_lazy("Reporter was informed that the operator stops"),
        ANY,
        effect=wind_down.tell,
        condition=wind_down.is_untold,
        sealed_parts=SealedParts.USED,
    ),
    "move_custody": MOVE_CUSTODY,
    restored.ACTION: TimedAction(
        gettext_lazy("Decided after the backup, set again by the restore"),
        LIVE,
        effect=restored.decide_again,
        hold=True,
    ),
    restored.CODE_LOST: TimedAction(
        gettext_lazy("The newer code was lost by a restore: messages stay closed"),
        LIVE,
        {State.WITHDRAWN: State.TRIAGE},
        effect=restored.stop_reading,
        lead_reads_first=True,
    ),
    **CLUSTER_ACTIONS,
    **closing.TIME_ACTIONS,
}
STAFF_ACTIONS = {name: row for name, row in ACTIONS.items() if isinstance(row, StaffAction)}
REPORTER_ACTIONS = {name: row for name, row in ACTIONS.items() if isinstance(row, ReporterAction)}


def names_where(applies: Callable[[CaseAction], bool]) -> tuple[str, ...]:
    """Return the names of the actions whose row ``applies``, for a search in the audit log."""
    return tuple(name for name, row in ACTIONS.items() if applies(row))
