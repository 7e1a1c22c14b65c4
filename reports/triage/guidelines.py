"""Guidelines for working on reports without hurting anyone: one page for everyone who reads reports."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from safetycenter.roles import role_required

from ..cases.actions import STAFF_ACTIONS
from .handbook import pages


@require_GET
@role_required("reports.view_case")
def guidelines(request: HttpRequest) -> HttpResponse:
    """Show the page. Raises PermissionDenied for staff who see no cases."""
    context = {
        **admin.site.each_context(request),
        "title": _("Moderator guidelines"),
        "role": "",
        "pages": pages(),
        "has_cases": True,
        "recuse": STAFF_ACTIONS["recuse"].label,
        "escalate": STAFF_ACTIONS["escalate"].label,
    }
    return render(request, "reports/triage/guidelines.html", context)
