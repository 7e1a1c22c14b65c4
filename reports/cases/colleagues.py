"""Which staff may work on a case: the people to whom it can be offered, and the other leads."""

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from safetycenter.roles import Account, holds, staff, users_with_permission

from ..models.care import OptOut
from ..models.case import Case
from ..models.recusal import Recusal
from ..staffing.availability import URGENT_TIER, workers
from .case_action import HANDLE


def who_may_take(case: Case) -> QuerySet[User]:
    """Return the active staff, except the handler, who may know of this case and handle it, by name."""
    people = staff().filter(holds(HANDLE)).filter(holds(_kind_permission(case))).exclude(pk=case.handler_id)
    return _not_recused(people, case).order_by("username")


def who_is_offered(case: Case) -> QuerySet[User]:
    """Return those of them to whom the case can be offered: not who chose not to get its category (safety rule H24).

    An urgent case can be offered to everybody if nobody on duty is available without such a choice.
    """
    people = who_may_take(case)
    willing = people.exclude(pk__in=OptOut.objects.filter(category=case.category_id).values("person"))
    if case.tier > URGENT_TIER or willing.count() == people.count():
        return willing
    available = [worker.pk for worker in workers() if worker.can_get(case.category_id)]
    return willing if willing.filter(pk__in=available).exists() else people


def without_conflict(case: Case) -> QuerySet[User]:
    """Return the active staff of the desk whom no conflict of interest keeps from this case, by name.

    Also those who do not see a case of this kind: it may become an ordinary one later; and those whom its reporter
    asked to replace, because the reporter can take that back.
    """
    left = Recusal.objects.filter(case=case, revocable=False, person=OuterRef("pk"))
    return users_with_permission("reports.view_case").filter(~Exists(left)).order_by("username")


def leads(case: Case) -> QuerySet[User]:
    """Return the leads of this case, except those who have left it because of a conflict of interest."""
    return _not_recused(users_with_permission(case.lead_permission), case)


def other_leads(case: Case, by: Account) -> QuerySet[User]:
    """Return the leads of this case except ``by`` and those who have left it because of a conflict of interest."""
    return leads(case).exclude(pk=by.pk or 0)


def second_leads(case: Case, by: Account) -> QuerySet[User]:
    """Return the other leads of this case for what takes two people: also its handler and those whom a lead excluded.

    Otherwise a lead could exclude the only other one and decide alone. Not those who left it by themselves, or whom its
    reporter asked to replace.
    """
    left = Recusal.objects.filter(case=case, set_by=None, person=OuterRef("pk"))
    return users_with_permission(case.lead_permission).exclude(pk=by.pk or 0).filter(~Exists(left))


def _not_recused(people: QuerySet[User], case: Case) -> QuerySet[User]:
    return people.filter(~Exists(Recusal.objects.filter(case=case, person=OuterRef("pk"))))


def _kind_permission(case: Case) -> str:
    """Return the permission to know of a case of this kind; ``roles.filter_known_to`` is the same rule for a user."""
    if case.withheld:
        return "reports.handle_withheld"
    return "reports.handle_restricted" if case.restricted else "reports.view_ordinary"
