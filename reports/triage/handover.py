"""The page "what changed since you left", and the end of a shift, also by signing out."""

import logging
from contextlib import suppress

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from safetycenter.accounts import idle
from safetycenter.roles import has_role_permission, role_required

from ..cases import handover, lifecycle
from ..cases.case_action import HANDLE
from ..models.case import Case

logger = logging.getLogger(__name__)
HEADINGS = {
    "replies": gettext_lazy("The reporter did something"),
    "taken": gettext_lazy("Taken over by colleagues"),
    "written": gettext_lazy("Written by colleagues"),
    "changed": gettext_lazy("Restricted, or another category or priority"),
    "files": gettext_lazy("Decided about the locked files"),
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


@admin.site.before_sign_out  # type: ignore[attr-defined]
def hand_over_first(request: HttpRequest) -> HttpResponse | None:
    """Lead a person who holds an open conversation about a life to its handover before they sign out (H24).

    With ``leave_anyway`` each conversation goes to its lead, as when the person escalates it, and they are off duty.
    Nothing that fails keeps somebody signed in at a computer that they want to leave. At a locked desk, where the
    handover does not open and anybody could press the button, signing out is all that happens; the lease then ends.
    """
    if idle.is_locked(request) or not has_role_permission(request.user, HANDLE):
        return None
    if not (kept := handover.open_conversations(request.user)):
        return None
    if "leave_anyway" not in request.POST:
        messages.error(request, _("You are still signed in: a conversation about a life needs a person who goes on."))
        return redirect(reverse("admin:reports_case_handover") + "#end")
    for case in kept:
        try:
            lifecycle.perform(case, "escalate", request.user, reason=_("Signed out before somebody took this over."))
        except lifecycle.NotAllowed:
            logger.warning("a conversation was not escalated at sign-out", exc_info=True)
        except Exception:  # a key that is missing, for example; the lease ends by itself
            logger.exception("a conversation was not escalated at sign-out")
    with suppress(lifecycle.NotAllowed):
        handover.end_shift(request.user)
    return None
