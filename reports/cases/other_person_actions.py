"""The rows of ``actions.ACTIONS`` about the request for another person, with their conditions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.roles import Account

from ..models.case import Case
from ..models.state import FREE, WORKED_ON, State
from .case_action import CaseAction, ReporterAction
from .case_effects import other_person
from .guards import is_not_frozen

MOST_REQUESTS = 2  # for one report


def may_ask(case: Case, by: Account) -> str | None:
    """Refuse a second request before the first one is met, one about nobody, and one with a withdrawal."""
    if case.withdraw_at:
        return _("You asked us to delete this report. Keep it first; then you can ask for another person.")
    if case.other_due_at:
        return _("You have asked for this already. The time that we promised still holds.")
    if case.handler_id is None and case.last_handler_id is None:
        return _("Nobody handles your report right now. The next person who takes it is a new one.")
    # Each request keeps one person out for good: without a limit, who found the code could leave nobody (H6).
    if case.events.filter(action="request_other").count() >= MOST_REQUESTS:
        return _("You have asked for this twice. Write to us, or ask that your report is looked at again.")
    return is_not_frozen(case, by)


def may_cancel(case: Case, by: Account) -> str | None:
    """Refuse when another person has taken the case, or nobody was asked for."""
    if case.other_due_at is None:
        return _("There is no such request any more. Another person may have taken your report.")
    return is_not_frozen(case, by)


OTHER_PERSON_ACTIONS: dict[str, CaseAction] = {
    "request_other": ReporterAction(
        gettext_lazy("Reporter asked for another person"),
        (*FREE, *WORKED_ON, State.RESOLVED),
        dict.fromkeys((State.IN_PROGRESS, State.WAITING_REPORTER, State.REFERRED, State.RESOLVED), State.TRIAGE),
        effect=other_person.ask,
        condition=may_ask,
    ),
    "cancel_other": ReporterAction(
        gettext_lazy("Reporter no longer asks for another person"),
        (*FREE, State.ESCALATED),
        effect=other_person.cancel,
        condition=may_cancel,
    ),
}
