"""The cases that should have been passed on by now, and those with a package that waits for a second person."""

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

SHOWN = 50


def to_approve(cases: CaseQuerySet, user: Any) -> QuerySet[Referral]:
    """Return the packages of ``cases`` that ``user`` may approve, the oldest first."""
    if not has_role_permission(user, HANDLE):
        return Referral.objects.none()
    waiting = Referral.objects.filter(state=Referral.State.PREPARED).exclude(prepared_by=user)
    return waiting.filter(case__in=cases.order_by().values("pk")).order_by("prepared_at")


@require_GET
@role_required(HANDLE)
def refer_list(request: HttpRequest) -> HttpResponse:
    """List both, the most urgent cases and the oldest packages first."""
    cases = Case.objects.visible_to(request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Passing on"),
        "late": list(cases.late_to_refer(request.user).by_urgency()[:SHOWN]),
        "waiting": list(to_approve(cases, request.user).select_related("case")[:SHOWN]),
    }
    return render(request, "reports/triage/refer_list.html", context)
