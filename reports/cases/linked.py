"""Which cases are about the same matter: they name the same account, link or number, or staff have linked them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from safetycenter.roles import Account

from ..models.blind_index import IdentifierDigest
from ..models.bounded_count import FirstIds
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet, at_risk
from ..models.data_request import DataRequest

LOOKED_AT = 100  # reports of one case, by name and by staff: an account can be named in thousands


def with_linked(cases: CaseQuerySet) -> CaseQuerySet:
    """Return ``cases``, each with the ids of others that name the same or were linked by staff, LOOKED_AT of each.

    The rule who may see these is another query: in one with it, PostgreSQL may read every case that the person may see.
    """
    lead = Coalesce(OuterRef("lead_case_id"), OuterRef("pk"))
    by_staff = Case.objects.filter(Q(pk=lead) | Q(lead_case_id=lead)).exclude(pk=OuterRef("pk"))
    return cases.annotate(
        linked_by_name=FirstIds(same_named(OuterRef("pk")), "case_id", LOOKED_AT),
        linked_by_staff=FirstIds(by_staff, "pk", LOOKED_AT),
    )


def has_visible_lead(case: Case, user: Account) -> bool:
    """Return whether staff have linked ``case`` to one that ``user`` may see."""
    return bool(case.lead_case_id) and Case.objects.visible_to(user).filter(pk=case.lead_case_id).exists()


def linked(case: Case, user: Account) -> list[Case]:
    """Return other cases that ``user`` may see and that name the same as ``case`` or were linked with it by staff.

    The oldest comes first. A case that was read ``with_linked`` for a page keeps the answer: the page asks twice.
    """
    if not hasattr(case, "linked_by_name"):
        return _others(with_linked(Case.objects.filter(pk=case.pk)).get(), user)
    kept = vars(case).setdefault("kept_linked", {})
    if user.pk not in kept:
        kept[user.pk] = _others(case, user)
    return kept[user.pk]


def _others(case: Any, user: Account) -> list[Case]:
    if not (found := case.linked_by_name | case.linked_by_staff):
        return []
    others = Case.objects.visible_to(user).filter(pk__in=found).with_data_requests().select_related("handler")
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
