"""The rows of ``actions.ACTIONS`` about a reporter's own data, with their conditions."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from safetycenter.roles import Account

from ..models.case import Case
from ..models.state import LIVE
from .case_action import CaseAction, ReporterAction, SealedParts, StaffAction, TimedAction
from .case_effects import data_requests
from .guards import is_not_frozen, not_held_by_another


def may_answer(case: Case, by: Account) -> str | None:
    """Refuse a case without an open request, and one that another person holds."""
    known = vars(case).get("waits_for_data")  # the case page reads it with the case
    if not (case.data_requests.filter(answered_at=None).exists() if known is None else known):
        return _("No request about data is open in this case.")
    return not_held_by_another(case, by)


def is_stopped(case: Case, by: None) -> str | None:
    """Refuse unless the reporter asked to stop the use of the report."""
    if refusal := is_not_frozen(case, by):  # type: ignore[arg-type]
        return refusal
    return None if case.has_asked_to_stop else _("Nothing is stopped.")


def is_late(case: Case, by: None) -> str | None:
    """Refuse unless a request was not answered in time, and nobody was alarmed yet."""
    late = case.data_requests.filter(answered_at=None, alarmed_at=None, due_at__lt=timezone.now())
    return None if late.exists() else _("Nothing is overdue.")


DATA_REQUEST_ACTIONS: dict[str, CaseAction] = {
    "answer_data_request": StaffAction(
        pgettext_lazy("action", "Answer a request about data"),
        LIVE,
        effect=data_requests.answer,
        condition=may_answer,
        sealed_parts=SealedParts.UNUSED,
    ),
    "data_request": ReporterAction(
        gettext_lazy("Reporter asked about their data"),
        LIVE,
        effect=data_requests.ask,
        condition=is_not_frozen,
    ),
    "allow_use_again": ReporterAction(
        gettext_lazy("Reporter allowed the use again"), LIVE, effect=data_requests.allow_use_again, condition=is_stopped
    ),
    "data_request_late": TimedAction(
        gettext_lazy("A request about data was not answered in time"),
        LIVE,
        effect=data_requests.alarm_late,
        condition=is_late,
    ),
}
