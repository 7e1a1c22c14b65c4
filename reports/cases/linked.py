"""Which cases are about the same matter: they name the same account, link or number, or staff have linked them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Q, When
from django.db.models.functions import Coalesce

from safetycenter.roles import Account

from ..models.blind_index import SameNamed
from ..models.bounded_count import FirstIds
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet, in_use
from ..models.state import OPEN_STATES, Outcome, State

LOOKED_AT = 100  # reports of one case by staff, and of each account that it names, which can be named in thousands
MOST_LISTED = 2 * LOOKED_AT  # cases read for one page, which may name several accounts
SEALED = ("answers", "coerced", "key_for_staff", "key_for_reporter", "reporter_wrapper", "reporter_opener")  # not shown
# A report that ended so says nothing against the account that it names.
NOT_COUNTED = (Outcome.SPAM, Outcome.DUPLICATE, Outcome.NO_RULE, Outcome.WITHDRAWN)
COUNTED = 20  # the same for one row of the queue, which counts up to nine


def with_linked(cases: CaseQuerySet, limit: int = LOOKED_AT) -> CaseQuerySet:
    """Return ``cases``, each with the ids of others that name the same or were linked by staff, ``limit`` of each.

    The rule who may see these is another query: in one with it, PostgreSQL may read every case that the person may see.
    """
    lead = Coalesce(OuterRef("lead_case_id"), OuterRef("pk"))
    by_staff = Case.objects.filter(Q(pk=lead) | Q(lead_case_id=lead)).exclude(pk=OuterRef("pk"))
    by_staff = by_staff.exclude(outcome=Outcome.NO_RULE)  # it left the others, also as the one that leads them (H23)
    return cases.annotate(linked_by_name=SameNamed(limit), linked_by_staff=FirstIds(by_staff, "pk", limit))


def has_visible_lead(case: Case, user: Account) -> bool:
    """Return whether staff have linked ``case`` to one that ``user`` may see."""
    return bool(case.lead_case_id) and Case.objects.visible_to(user).filter(pk=case.lead_case_id).exists()


def linked(case: Case, user: Account) -> list[Case]:
    """Return other cases that ``user`` may see and that name the same as ``case`` or were linked with it by staff.

    Open ones come first, by priority and place in the queue, then the others by priority, the newest first; up to
    MOST_LISTED. A case that was read ``with_linked`` for a page keeps the answer: the page asks twice.
    """
    if not hasattr(case, "linked_by_name"):
        return _others(with_linked(Case.objects.filter(pk=case.pk)).get(), user)
    kept = vars(case).setdefault("kept_linked", {})
    if user.pk not in kept:
        kept[user.pk] = _others(case, user)
    return kept[user.pk]


def _others(case: Any, user: Account) -> list[Case]:
    named = set() if case.is_stopped else case.linked_by_name
    if not (found := named | case.linked_by_staff):
        return []
    others = Case.objects.visible_to(user).filter(pk__in=found).filter(in_use() | Q(pk__in=case.linked_by_staff))
    is_ended = models.Case(When(state__in=OPEN_STATES, then=0), default=1)
    place = models.Case(When(state__in=OPEN_STATES, then="queue_key_at"))
    others = others.with_data_requests().select_related("handler").defer(*SEALED)
    return list(others.order_by(is_ended, "tier", place, "-received_at")[:MOST_LISTED])


def named_the_same(case: Case, user: Account) -> tuple[list[datetime], bool] | None:
    """Return when other reports that name the same arrived, for a package, and whether there may be more of them.

    Only what weighs rightly against somebody is counted (H23): what ``user`` may see, without links by staff, reports
    set aside, and those that NOT_COUNTED or a confirmed misuse leaves out. None if the report is paused.
    """
    if case.is_stopped:
        return None
    ids = with_linked(Case.objects.filter(pk=case.pk), MOST_LISTED).values_list("linked_by_name", flat=True).get()
    others = Case.objects.visible_to(user).filter(in_use(), pk__in=ids, misuse_confirmed_at=None)
    others = others.exclude(outcome__in=NOT_COUNTED).exclude(state=State.QUARANTINED)
    return list(others.values_list("received_at", flat=True)), len(ids) >= MOST_LISTED


def linked_counts(cases: Collection[Case], user: Account) -> dict[UUID, int]:
    """Return for each case the number of reports about the same matter that ``user`` may know of, with itself.

    A report that names the same account and was linked by staff counts once. Up to COUNTED of each kind are looked at.
    Two queries, if ``cases`` were read ``with_data_requests``.
    """
    stopped = {case.pk for case in cases if case.is_stopped}
    page = with_linked(Case.objects.filter(pk__in=[case.pk for case in cases]), COUNTED)
    rows = page.values_list("pk", "linked_by_name", "linked_by_staff")
    found = {pk: (set() if pk in stopped else named, linked) for pk, named, linked in rows}
    ids: set[UUID] = set().union(*(named | linked for named, linked in found.values()))
    known = Case.objects.visible_to(user).filter(pk__in=ids).annotate(used=in_use())
    used = dict(known.values_list("pk", "used"))
    return {
        pk: 1 + sum(used[other] or other in linked for other in (named | linked) & used.keys())
        for pk, (named, linked) in found.items()
    }
