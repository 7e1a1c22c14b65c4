"""Demands of courts and authorities: which changes of an entry need a second person."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from safetycenter.roles import Account, has_role_permission

from ..models.demand import Demand
from ..models.referral import Referral

DECISION = ("decision", "decision_reason")


def may_confirm(demand: Demand, by: Account) -> bool:
    """Return whether ``by`` is a second person for a decision that waits for one."""
    return bool(demand.decision) and not demand.is_decided and demand.decided_by_id not in (None, by.pk)


def to_confirm(by: Account) -> QuerySet[Demand]:
    """Return the demands whose decision waits for ``by`` as the second person."""
    waiting = Demand.objects.filter(confirmed_by=None, decided_by__isnull=False).exclude(decision="")
    return waiting.exclude(decided_by_id=by.pk) if has_role_permission(by, "reports.change_demand") else waiting.none()


def unanswered(by: Account | None = None) -> QuerySet[Demand]:
    """Return the demands with a last day for an answer that have none, the most urgent first; ``by`` may see them.

    The answer is what two people decided: to hand out nothing, or what was handed out.
    """
    answered = Q(confirmed_by__isnull=False) & (Q(decision=Demand.Decision.NOTHING) | Q(handed_out_on__isnull=False))
    found = Demand.objects.filter(answer_by__isnull=False).exclude(answered).order_by("answer_by", "pk")
    return found if by is None or has_role_permission(by, "reports.change_demand") else found.none()


def decide(demand: Demand, by: Account) -> None:
    """Note that ``by`` has entered or changed the decision: a second person must confirm it."""
    demand.decided_by_id, demand.decided_at = by.pk, timezone.now()
    demand.confirmed_by = demand.confirmed_at = None


def confirm(demand: Demand, by: Account) -> None:
    """Note that ``by`` confirms the decision."""
    demand.confirmed_by_id, demand.confirmed_at = by.pk, timezone.now()


def is_package(digest: str) -> bool:
    """Return whether a package with this digest exists that may leave: a second person approved it where one must."""
    return Referral.objects.filter(manifest_digest=digest).exclude(state=Referral.State.PREPARED).exists()
