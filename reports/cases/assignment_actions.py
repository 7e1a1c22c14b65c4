"""The rows of ``actions.ACTIONS`` about who works on a case, and where it belongs."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from ..models.state import ANY, FREE, LIVE, OPEN, WAITING, State
from . import assignment_guards
from .case_action import SORT, SealedParts, StaffAction, TimedAction
from .case_effects import assignment, category, links

ASSIGNED = (State.IN_PROGRESS, State.WAITING_REPORTER, State.REFERRED)

ASSIGNMENT_ACTIONS: dict[str, StaffAction] = {
    "accept": StaffAction(
        pgettext_lazy("action", "Take over"),
        ASSIGNED,
        effect=assignment.accept,
        condition=assignment_guards.was_offered_to,
        sealed_parts=SealedParts.UNUSED,
        assigns=True,
    ),
    "decline": StaffAction(
        pgettext_lazy("action", "End the hand-over"),
        ASSIGNED,
        effect=assignment.decline,
        condition=assignment_guards.may_end_offer,
        sealed_parts=SealedParts.UNUSED,
    ),
    "offer": StaffAction(
        pgettext_lazy("action", "Hand over to a colleague"),
        ASSIGNED,
        effect=assignment.offer,
        condition=assignment_guards.may_offer,
        sealed_parts=SealedParts.UNUSED,
    ),
    "look_again": StaffAction(
        pgettext_lazy("action", "Look again later"),
        (State.IN_PROGRESS,),
        effect=assignment.look_again,
        condition=assignment_guards.may_look_again,
        sealed_parts=SealedParts.UNUSED,
    ),
    "change_category": StaffAction(
        pgettext_lazy("action", "Change the category"),
        (State.IN_PROGRESS, State.WAITING_REPORTER, State.REFERRED),
        effect=category.change_category,
        condition=assignment_guards.may_change_category,
        sealed_parts=SealedParts.USED,
    ),
    "link": StaffAction(
        pgettext_lazy("action", "Link to another case"),
        ANY,
        effect=links.link,
        condition=assignment_guards.may_link,
        sealed_parts=SealedParts.UNUSED,
    ),
    "confirm_link": StaffAction(
        pgettext_lazy("action", "Confirm that the reports belong together"),
        OPEN,
        effect=links.confirm,
        condition=assignment_guards.may_confirm_link,
        sealed_parts=SealedParts.UNUSED,
    ),
    "unlink": StaffAction(
        pgettext_lazy("action", "End the link"),
        ANY,
        effect=links.unlink,
        condition=assignment_guards.is_linked,
        sealed_parts=SealedParts.UNUSED,
    ),
    "escalate": StaffAction(
        pgettext_lazy("action", "Escalate to the lead"),
        (*WAITING, *ASSIGNED),
        State.ESCALATED,
        permission=SORT,
        effect=assignment.escalate,
        condition=assignment_guards.may_escalate,
        sealed_parts=SealedParts.UNUSED,
    ),
    "route": StaffAction(
        pgettext_lazy("action", "Move to another team"),
        (*WAITING, *ASSIGNED, State.ESCALATED),
        permission=SORT,
        effect=assignment.route,
        condition=assignment_guards.may_route,
        sealed_parts=SealedParts.UNUSED,
    ),
    "recuse": StaffAction(
        pgettext_lazy("action", "Leave: conflict of interest"),
        OPEN,
        effect=assignment.recuse,
        condition=assignment_guards.may_recuse,
        sealed_parts=SealedParts.UNUSED,
    ),
    "exclude": StaffAction(
        pgettext_lazy("action", "Exclude a colleague: conflict of interest"),
        LIVE,
        effect=assignment.exclude,
        condition=assignment_guards.may_exclude,
        sealed_parts=SealedParts.UNUSED,
    ),
    "quarantine": StaffAction(
        pgettext_lazy("action", "Quarantine"),
        FREE,
        State.QUARANTINED,
        permission=SORT,
        effect=assignment.quarantine,
        condition=assignment_guards.may_quarantine,
        sealed_parts=SealedParts.UNUSED,
    ),
}

# Its lead is paged once; recorded without saying who was spared, or why.
NOBODY_AVAILABLE = TimedAction(
    gettext_lazy("Nobody on duty could take it"),
    (*FREE, State.ESCALATED),
    effect=assignment.record_nobody_available,
    condition=assignment_guards.is_not_alarmed,
)
ROUTE_BY_REGION = TimedAction(
    gettext_lazy("Another team by the routing rules, for the region"),
    (*WAITING, *ASSIGNED, State.ESCALATED),
    effect=assignment.route_by_region,
)
