"""Effects of staff actions on who works on a case: offer it, escalate it, leave it, keep it for later."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ...models.case import Case, State
from ...models.recusal import Recusal
from ...models.team import Team
from ...routing.rules import route_again
from ...staffing.hours import in_words
from ...staffing.notices import LEFT_WITHOUT_A_WORD
from .. import colleagues, handover
from . import clock, shared, staff


def offer(case: Case, by: User, to: User, reason: str = "") -> dict:
    """Ask ``to`` to take the case over. ``by`` keeps it, with its place and promise, until that person accepts.

    Raises NotAllowed if ``to`` may not handle this case, or has left it because of a conflict of interest.
    """
    if not colleagues.who_is_offered(case).filter(pk=to.pk).exists():
        raise NotAllowed(_("This case cannot be assigned to this person. Choose someone else."))
    case.offered_to = to
    return shared.add_reason(case, by, reason)


def accept(case: Case, by: User) -> dict:
    """Take over a case that was offered to ``by``."""
    case.handler, case.offered_to, case.look_again_at = by, None, None
    clock.record_review(case)
    return {}


def decline(case: Case, by: User, reason: str = "") -> dict:
    """End the offer; the case stays with its handler."""
    case.offered_to = None
    return shared.add_reason(case, by, reason)


def escalate(case: Case, by: User, reason: str) -> dict:
    """Hand the case to its lead, who decides next. Somebody is paged for an urgent case."""
    shared.unassign(case)
    case.escalated_by = by
    return shared.add_reason(case, by, reason) | clock.requeue(case)


def end_lease(case: Case, by: None) -> dict:
    """Return a case whose lease has ended to the queue; one with an open conversation about a life goes to its lead.

    Its handler closed the browser or went away, so that nobody took the conversation over: somebody is paged at once,
    whatever its tier, and for an urgent one until it is reviewed (safety rule H24).
    """
    is_settled = case.left_open_at and not case.unread_reply
    if is_settled or not handover.is_conversation(case):
        return staff.end_lease(case, by)  # type: ignore[arg-type]  # nobody ended it
    case.state, case.escalated_by = State.ESCALATED, case.handler
    shared.unassign(case)
    return clock.requeue(case) | (clock.ALARM if case.tier in clock.URGENT else {LEFT_WITHOUT_A_WORD: True})


def recuse(case: Case, by: User, reason: str = "") -> dict:
    """Leave the case because of a conflict of interest: ``by`` no longer sees it. It goes back to the queue.

    ``nobody_left`` in the facts: nobody else may take it, so that somebody is paged.
    """
    facts = shared.add_reason(case, by, reason)
    Recusal.objects.create(case=case, person=by)
    return facts | take_from(case, by)


def exclude(case: Case, by: User, person: User, reason: str) -> dict:
    """Hide the case from ``person``, who has a conflict of interest, on every path and at once (safety rule H25).

    Nobody tells them. A case that they hold goes back to the queue. Raises NotAllowed for ``by`` themselves, and for
    somebody who has left the case or was excluded already.
    """
    if person.pk == by.pk:
        raise NotAllowed(_("For yourself, use “Leave: conflict of interest”."))
    if not colleagues.without_conflict(case).filter(pk=person.pk).exists():
        raise NotAllowed(_("This person already sees nothing of this case."))
    facts = shared.add_reason(case, by, reason) | {"person": person.pk}
    decided = {"set_by": by, "revocable": False}  # also of somebody whom the reporter asked to replace
    Recusal.objects.update_or_create(case=case, person=person, defaults=decided)
    return facts | take_from(case, person)


def take_from(case: Case, person: User) -> dict:
    """End everything that ``person`` had to do with the case; say whether nobody is left who may take it."""
    facts: dict = {}
    if case.offered_to_id == person.pk:
        case.offered_to = None
    if case.last_handler_id == person.pk:
        case.last_handler, case.reserved_until = None, None
    if case.handler_id == person.pk:
        facts = staff.end_lease(case, person)
    others = colleagues.who_may_take(case).exists()
    return facts | {"nobody_left": not others} | ({} if others else clock.ALARM)


def route(case: Case, by: User, team: Team | None, reason: str = "") -> dict:
    """Move the case to ``team``, or to none. Its place, its promise and who holds it stay.

    Raises NotAllowed if the case is with this team already.
    """
    before, after = case.team_id or "", team.pk if team else ""
    if before == after:
        raise NotAllowed(_("The case is with this team already."))
    case.team = team
    return shared.add_reason(case, by, reason) | {"team": after, "team_before": before}


def route_by_region(case: Case, by: None) -> dict:
    """Give the case the team of the routing rules for the region that a desk has just read."""
    return route_again(case)


def look_again(case: Case, by: User, at: datetime) -> dict:
    """Keep the case for ``by`` until ``at``. Raises NotAllowed if ``at`` has passed, or a clock ends before."""
    if at <= timezone.now():
        raise NotAllowed(_("This time has passed. Choose a later one."))
    if (ends := clock.next_clock(case)) and at > ends:
        due = {"due": in_words(ends)}
        if ends == case.refer_due_at and ends != case.next_action_at:
            raise NotAllowed(_("The time to refer ends before that: %(due)s. Choose an earlier time.") % due)
        raise NotAllowed(_("The next step is due before that: %(due)s. Choose an earlier time.") % due)
    case.look_again_at = at
    return {}


def quarantine(case: Case, by: User, reason: str) -> dict:
    """Put the case aside as probably sent by a program or as a joke; a person checks it within a day (H19)."""
    clock.bring_forward(case, clock.quarantine_deadline())
    return shared.add_reason(case, by, reason)


def record_nobody_available(case: Case, by: None) -> dict:
    """Record that nobody on duty could take the case, so that its lead is paged."""
    return {}
