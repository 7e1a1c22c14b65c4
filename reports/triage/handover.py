"""The page "what changed since you left", and the end of a shift."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from safetycenter.roles import role_required

from ..cases import handover, lifecycle
from ..cases.case_action import HANDLE
from ..models.case import Case

HEADINGS = {
    "replies": gettext_lazy("The reporter did something"),
    "taken": gettext_lazy("Taken over by colleagues"),
    "returned": gettext_lazy("Returned, declined or escalated"),
    "undone": gettext_lazy("Taken back or reopened"),
    "ended": gettext_lazy("Resolved or closed"),
}
SHOWN = 50


@require_http_methods(["GET", "POST"])
@role_required(HANDLE)
def since(request: HttpRequest) -> HttpResponse:
    """Show the page; a POST ends the shift of this person, or says which conversations keep them."""
    if request.method == "POST":
        try:
            handover.end_shift(request.user)
        except lifecycle.NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:reports_case_handover")
        messages.success(request, _("Your shift has ended. Thank you. “Take next” begins a new one."))
        return redirect("admin:index")
    left_at = handover.left_at(request.user)
    changes = handover.changes_since(request.user, left_at)
    cases = Case.objects.visible_to(request.user).by_urgency().select_related("offered_to")
    context = {
        **admin.site.each_context(request),
        "title": _("What changed since you left"),
        "left_at": max(left_at, timezone.now() - handover.FURTHEST),
        "groups": [(heading, changes[name]) for name, heading in HEADINGS.items() if changes.get(name)],
        "labels": lifecycle.labels(),
        "offers": list(cases.filter(offered_to=request.user)[:SHOWN]),
        "held": list(cases.filter(handler=request.user)[:SHOWN]),
        "keeping": list(handover.open_conversations(request.user).select_related("offered_to")[:SHOWN]),
    }
    return render(request, "reports/triage/handover.html", context)
