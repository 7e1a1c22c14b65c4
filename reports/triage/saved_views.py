"""The saved views of the queue: which cases each shows, to whom it is offered, and how many cases it has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from safetycenter.days import beginning_of
from safetycenter.hints import Text
from safetycenter.roles import Account, has_role_permission

from ..cases.case_action import HANDLE
from ..models.case import Case, State
from ..models.case_queryset import LEADS, CaseQuerySet
from .counting import CountUpTo, count_all

Narrow = Callable[[CaseQuerySet], CaseQuerySet]
SEE = ("reports.view_case",)
WORK = (HANDLE,)
LEAD = tuple(LEADS)


@dataclass(frozen=True)
class SavedView:
    """One view: its name, its cases as a function ``(visible cases in order, user)``, and permissions, any of them.

    Each function is served by an index (``models/case_indexes.py``).
    """

    label: Text
    cases: Callable[[CaseQuerySet, Account], CaseQuerySet]
    permissions: tuple[str, ...] = SEE


VIEWS = {
    "waiting": SavedView(pgettext_lazy("queue", "Waiting"), lambda cases, user: cases.waiting_for(user)),
    "mine": SavedView(pgettext_lazy("queue", "Assigned to me"), lambda cases, user: cases.filter(handler=user), WORK),
    "offered": SavedView(
        pgettext_lazy("queue", "Offered to me"), lambda cases, user: cases.filter(offered_to=user), WORK
    ),
    "unread": SavedView(pgettext_lazy("queue", "New reply"), lambda cases, user: cases.filter(unread_reply=True)),
    "overdue": SavedView(pgettext_lazy("queue", "Overdue"), lambda cases, user: cases.late()),
    "second": SavedView(
        pgettext_lazy("queue", "Second person"), lambda cases, user: cases.awaiting_second_person(user), WORK
    ),
    "resolved": SavedView(
        pgettext_lazy("queue", "Resolved, to close"), lambda cases, user: cases.filter(state=State.RESOLVED)
    ),
    "quarantined": SavedView(
        pgettext_lazy("queue", "Quarantined"), lambda cases, user: cases.filter(state=State.QUARANTINED)
    ),
    "again": SavedView(
        pgettext_lazy("queue", "Look again today"),
        lambda cases, user: cases.filter(handler=user, look_again_at__lt=_end_of_day()),
        WORK,
    ),
    "before": SavedView(pgettext_lazy("queue", "Mine before"), lambda cases, user: _mine_before(cases, user), WORK),
    "returned": SavedView(
        pgettext_lazy("queue", "Returned twice"),
        lambda cases, user: cases.filter(times_returned__gte=2).led_by(user),
        LEAD,
    ),
    "misuse": SavedView(
        pgettext_lazy("queue", "Possible misuse, to confirm"), lambda cases, user: cases.misuse_to_confirm(user), LEAD
    ),
    "restored": SavedView(
        pgettext_lazy("queue", "Restored, to decide again"), lambda cases, user: cases.to_decide_again(user), LEAD
    ),
    "escalated": SavedView(
        pgettext_lazy("queue", "Escalated"), lambda cases, user: cases.filter(state=State.ESCALATED)
    ),
    "other": SavedView(pgettext_lazy("queue", "Another person asked for"), lambda cases, user: cases.another_person()),
    "withdrawn": SavedView(
        pgettext_lazy("queue", "Withdrawn, to decide"), lambda cases, user: cases.withdrawn_for(user), LEAD
    ),
    "all": SavedView(pgettext_lazy("queue", "All open"), lambda cases, user: cases.queued()),
}


def views_for(user: Account) -> dict[str, SavedView]:
    """Return the views that are offered to ``user``, by name, in the order of the page."""
    return {name: view for name, view in VIEWS.items() if any(has_role_permission(user, p) for p in view.permissions)}


def cases_in(name: str, user: Account) -> CaseQuerySet:
    """Return the cases of one view that ``user`` may know of, the most urgent first."""
    return VIEWS[name].cases(Case.objects.visible_to(user).by_urgency(), user)


def count(name: str, user: Account, narrow: Narrow = lambda cases: cases) -> Any:
    """Return the expression that counts the cases of a view that ``narrow`` leaves, up to about MAX_COUNT."""
    if name != "waiting":
        return CountUpTo(narrow(cases_in(name, user)))
    # Two parts, because for the OR of ``waiting_for`` PostgreSQL reads all of them before it counts.
    cases = Case.objects.visible_to(user).by_urgency()
    return CountUpTo(narrow(cases.free())) + CountUpTo(narrow(cases.escalated_to(user)))


def count_views(user: Account, more: dict[str, Any]) -> dict[str, int]:
    """Return the number of cases of each offered view, and of ``more``, in one query."""
    return count_all({name: count(name, user) for name in views_for(user)} | more, user)


def _mine_before(cases: CaseQuerySet, user: Account) -> CaseQuerySet:
    """Return the open cases that ``user`` handled last and does not hold now."""
    return cases.queued().filter(last_handler=user).exclude(handler=user)


def _end_of_day() -> datetime:
    return beginning_of(timezone.localdate() + timedelta(days=1))
