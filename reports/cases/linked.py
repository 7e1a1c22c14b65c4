"""Which cases are about the same matter: they name the same account, link or number, or staff have linked them."""

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from safetycenter.roles import Account

from ..models.blind_index import IdentifierDigest
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet, at_risk
from ..models.data_request import DataRequest


def with_linked(cases: CaseQuerySet) -> CaseQuerySet:
    """Return ``cases``, each with ``has_linked``: whether any other case names the same, or staff have linked one."""
    by_staff = Q(lead_case__isnull=False) | Exists(Case.objects.filter(lead_case=OuterRef("pk")))
    has_linked = ExpressionWrapper(by_staff | Exists(same_named(OuterRef("pk"))), BooleanField())
    return cases.annotate(has_linked=has_linked)


def is_linked(case: Case) -> bool:
    """Return ``has_linked`` of ``case``; a case that was read ``with_linked`` brings the answer along."""
    if hasattr(case, "has_linked"):
        return case.has_linked
    return with_linked(Case.objects.filter(pk=case.pk)).values_list("has_linked", flat=True).get()


def has_visible_lead(case: Case, user: Account) -> bool:
    """Return whether staff have linked ``case`` to one that ``user`` may see."""
    return bool(case.lead_case_id) and Case.objects.visible_to(user).filter(pk=case.lead_case_id).exists()


def linked(case: Case, user: Account) -> list[Case]:
    """Return other cases that ``user`` may see and that name the same as ``case`` or were linked with it by staff.

    The oldest comes first. A case that was read ``with_linked`` for a page keeps the answer: the page asks twice.
    """
    if not is_linked(case):
        return []
    if not hasattr(case, "has_linked"):
        return _others(case, user)
    kept = vars(case).setdefault("kept_linked", {})
    if user.pk not in kept:
        kept[user.pk] = _others(case, user)
    return kept[user.pk]


def _others(case: Case, user: Account) -> list[Case]:
    lead = case.lead_case_id or case.pk
    by_staff = Case.objects.filter(Q(pk=lead) | Q(lead_case=lead)).values("pk")
    others = Case.objects.visible_to(user).filter(pk__in=same_named(case.pk).values("case").union(by_staff))
    others = others.exclude(pk=case.pk).with_data_requests().select_related("handler")
    return list(others.order_by("received_at")[:20])


def same_named(case_id: Any) -> QuerySet[IdentifierDigest]:
    """Return the digests of other cases that name the same as the case ``case_id``, which may be an OuterRef.

    A paused case is compared with no other, from either side.
    """
    own_id: Any = OuterRef(case_id) if isinstance(case_id, OuterRef) else case_id
    own = _of_cases_in_use().filter(case_id=own_id).values("digest")
    return _of_cases_in_use().filter(digest__in=own).exclude(case_id=case_id)


def _of_cases_in_use() -> QuerySet[IdentifierDigest]:
    paused = Exists(DataRequest.objects.filter(DataRequest.stopping(), case=OuterRef("case")))
    return IdentifierDigest.objects.filter(at_risk("case__") | ~paused)
