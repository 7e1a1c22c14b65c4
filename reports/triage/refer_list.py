"""The cases that should have been passed on by now, packages that wait for a second person, and unacknowledged ones."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from safetycenter.roles import has_role_permission, role_required

from ..cases.case_action import HANDLE
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from ..models.referral import Referral
from ..models.state import ANY, WORKED_ON

SHOWN = 50


def to_approve(cases: CaseQuerySet, user: Any) -> QuerySet[Referral]:
    """Return the packages of ``cases`` that ``user`` may approve, the oldest first."""
    if not has_role_permission(user, HANDLE):
        return Referral.objects.none()
    waiting = Referral.objects.filter(state=Referral.State.PREPARED).exclude(prepared_by=user)
    possible = cases.filter(state__in=WORKED_ON).not_paused()  # as the action and ``referral_guards.may_approve`` say
    return waiting.filter(case__in=possible.order_by().values("pk")).order_by("prepared_at")


def unacknowledged(cases: CaseQuerySet, user: Any) -> QuerySet[Referral]:
    """Return the packages of ``cases`` that no agency acknowledged in time, the longest overdue first.

    Also of a closed case: no person here can end that, so it stops no closing. Only for the handler and the lead of a
    case, who can ask the agency or try again. It has no end but that: whether the case was decided otherwise, or never
    had a time to refer, makes no difference.
    """
    if not has_role_permission(user, HANDLE):
        return Referral.objects.none()
    theirs = cases.order_by().handled_or_led_by(user)
    late = Referral.objects.filter(alarmed_at__isnull=False, state__in=(Referral.State.SENT, Referral.State.FAILED))
    return late.filter(case__in=theirs.filter(state__in=ANY).values("pk")).order_by("acknowledge_by")


@require_GET
@role_required(HANDLE)
def refer_list(request: HttpRequest) -> HttpResponse:
    """List all three, the most urgent cases and the oldest packages first."""
    cases = Case.objects.visible_to(request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Passing on"),
        "late": list(cases.late_to_refer(request.user).by_urgency()[:SHOWN]),
        "silent": list(unacknowledged(cases, request.user).select_related("case", "agency")[:SHOWN]),
        "waiting": list(to_approve(cases, request.user).select_related("case")[:SHOWN]),
    }
    return render(request, "reports/triage/refer_list.html", context)
