"""Close resolved cases: after a period, sooner if the reporter agrees, and by a person if the risk is high.

A resolved P2 to P4 case closes 14 days after it was resolved, or 72 hours after the reporter's "yes, close it", which
can be undone. The yes is void while the code is reported as found, a withdrawal is pending or child safety leads (H6,
H7). An urgent or restricted case is closed by a person only (K9); if nobody closes it within 14 days, it goes to its
lead with a deadline, so that nothing is kept for ever because of forgotten clicks. Neither time nor a person closes a
case for which something is still owed (``duties``); it goes to its lead in the same way. Of a case under legal hold,
the lead checks whether the hold is still needed; resolving it adds 14 days.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.roles import Actor

from ..models.case import Case, State
from ..models.state import FREE, Outcome
from ..referral.time_to_refer import has_receipt
from ..staffing.hours import Roster
from . import duties
from .case_action import ReporterAction, TimedAction
from .case_effects import clock, shared

CLOSE_AFTER = timedelta(days=settings.CLOSE_DAYS)
LEAD_DEADLINE_TIER = 2  # that is, within a day
CLOSE_AFTER_AGREEMENT = timedelta(hours=72)


def closes_at(case: Case) -> datetime | None:
    """Return when housekeeping closes this case; None if only a person may, or if it is not resolved."""
    if case.state != State.RESOLVED or case.resolved_at is None or _is_left_to_people(case):
        return None
    ends = [case.resolved_at + CLOSE_AFTER]
    if case.close_agreed_at:
        ends.append(case.close_agreed_at + CLOSE_AFTER_AGREEMENT)
    return min(ends)


def ready_to_close(now: datetime) -> Q:
    """Return the condition for cases that housekeeping closes at ``now``; the action's guard checks each case again."""
    agreed = Q(close_agreed_at__lte=now - CLOSE_AFTER_AGREEMENT)
    by_time = Q(tier__gte=2, restricted=False, frozen_at=None, withdraw_at=None)
    ended = agreed | Q(resolved_at__lte=now - CLOSE_AFTER)
    return Q(state=State.RESOLVED) & by_time & ~duties.any_open(duties.BY_TIME) & ended


def left_open(now: datetime) -> Q:
    """Return the condition for resolved cases that time may not close and nobody has closed in 14 days.

    A withdrawal has a separate clock (``clock.update_due_time``), which a legal hold stops.
    """
    by_person = Q(tier__lte=1) | Q(restricted=True) | Q(frozen_at__isnull=False)
    stays = Q(state=State.RESOLVED, resolved_at__lte=now - CLOSE_AFTER)
    return stays & (Q(hold=True) | (by_person | duties.any_open(duties.BY_TIME)) & Q(withdraw_at=None))


def clear_obsolete_columns(case: Case) -> None:
    """Clear the columns that apply only to closed, resolved or handed-over cases; called after every action."""
    if case.state != State.CLOSED:
        case.closed_at = None
    if case.state not in (State.CLOSED, State.WITHDRAWN):  # a withdrawn case keeps its outcome: nobody works on it
        if case.outcome == Outcome.NO_RULE:
            case.indexed = False  # opened again: housekeeping enters what it names again
        case.outcome = ""
    if case.state != State.RESOLVED:
        case.close_agreed_at = None
    if case.state != State.ESCALATED:
        case.escalated_by = None
    if case.state not in (State.ESCALATED, State.IN_PROGRESS):
        case.left_open_at = None
    if case.state not in FREE:
        case.reserved_until = None


def _is_left_to_people(case: Case) -> bool:
    by_person = case.tier <= 1 or case.restricted or case.frozen_at or case.withdraw_at
    return bool(by_person or duties.open_in(case, duties.BY_TIME))


def _may_agree(case: Case, by: Actor) -> str | None:
    # The same sentence for every reason: it reveals neither a legal hold nor how serious a case is.
    if _is_left_to_people(case):
        return _("A person closes this report. You don't need to do anything.")
    return _("You have said this already.") if case.close_agreed_at else None


def _has_agreed(case: Case, by: Actor) -> str | None:
    return None if case.close_agreed_at else _("Nobody has said that this report can be closed.")


def _is_due(case: Case, by: Actor) -> str | None:
    end = closes_at(case)
    return None if end and end <= timezone.now() else _("This case cannot be closed automatically yet.")


def _was_left_open(case: Case, by: Actor) -> str | None:
    over = case.resolved_at and case.resolved_at + CLOSE_AFTER <= timezone.now()
    if over and _is_left_to_people(case) and (case.hold or case.withdraw_at is None):
        return None
    return _("This case cannot be closed automatically yet.")


def _agree(case: Case, by: Actor) -> dict:
    case.close_agreed_at = timezone.now()
    return {}


def _keep_open(case: Case, by: Actor) -> dict:
    case.close_agreed_at = None
    return {}


def _close(case: Case, by: Actor) -> dict:
    agreed = case.close_agreed_at is not None
    case.closed_at, case.outcome = timezone.now(), Outcome.REFERRED if has_receipt(case) else Outcome.DONE
    shared.unassign(case)
    return {"outcome": case.outcome, "agreed": agreed}


def _hand_to_lead(case: Case, by: Actor) -> dict:
    """Hand the case to its lead, to close or continue it within a day.

    Nobody is paged, because the urgent part was finished 14 days ago.
    """
    case.left_open_at = timezone.now()
    clock.bring_forward(case, Roster.now().promise(LEAD_DEADLINE_TIER, timezone.now()))
    return {}


REPORTER_ACTIONS = {
    "agree": ReporterAction(
        gettext_lazy("Reporter says it can be closed"), (State.RESOLVED,), effect=_agree, condition=_may_agree
    ),
    "keep_open": ReporterAction(
        gettext_lazy("Reporter says it should stay open"), (State.RESOLVED,), effect=_keep_open, condition=_has_agreed
    ),
}
TIME_ACTIONS = {
    "closed_by_time": TimedAction(
        gettext_lazy("Closed automatically"),
        (State.RESOLVED,),
        State.CLOSED,
        effect=_close,
        condition=_is_due,
    ),
    "left_open": TimedAction(
        gettext_lazy("Resolved, and not closed in time"),
        (State.RESOLVED,),
        State.ESCALATED,
        effect=_hand_to_lead,
        condition=_was_left_open,
    ),
}
