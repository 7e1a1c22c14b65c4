"""The case page and its one door for every action."""

from functools import wraps

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from .. import audit, lifecycle
from ..models.case import Case
from .forms import OpenForm, form_for
from .queue import TIERS, reasons
from .reading import Reading, linked


def with_case(view):
    """Hand the view a case that this person may know of. Any other is not there."""

    @wraps(view)
    def wrapper(request, ref: str, *args, **kwargs):
        cases = Case.objects.visible_to(request.user).select_related("category", "handler", "resolved_by")
        case = cases.filter(reference=ref).first()
        if case is None:
            raise Http404
        return view(request, case, *args, **kwargs)

    return wrapper


@require_GET
@with_case
def case_page(request, case):
    """Facts first, the story folded, files closed. Opening the page is recorded."""
    return _show(request, case)


@require_POST
@with_case
def act(request, case, action: str):
    """Do one action of the table on this case."""
    if action not in lifecycle.STAFF_ACTIONS:
        raise Http404
    form = form_for(action, request.POST)
    if not form.is_valid():
        return _show(request, case, failed={action: form}, status=422)
    try:
        changed = lifecycle.perform(
            case, action, by=request.user, expected_version=form.cleaned_data["version"], **form.details
        )
    except lifecycle.NotAllowed as refusal:
        # What was typed stays on the page; the version is new, for after another look.
        case.refresh_from_db()
        form = form_for(action, request.POST.dict() | {"version": case.version})
        return _show(request, case, failed={action: form}, refusal=str(refusal), status=409)
    messages.success(request, _("Done: %(action)s.") % {"action": lifecycle.ACTIONS[action].label})
    if not Case.objects.visible_to(request.user).filter(pk=changed.pk).exists():
        return redirect("admin:reports_case_changelist")
    return redirect("admin:reports_case_page", ref=case.reference)


def note_view(case: Case, by) -> None:
    """Record that ``by`` looked at the case, and go on with their lease."""
    with transaction.atomic():
        locked = Case.objects.locked().get(pk=case.pk)
        audit.record(locked, "viewed", by)
    lifecycle.renew_lease(case, by)


def _show(request, case: Case, failed: dict | None = None, refusal: str = "", status: int = 200):
    note_view(case, request.user)
    reading = Reading(case)
    context = {
        **admin.site.each_context(request),
        "title": case.shown_reference,
        "case": case,
        "tier": TIERS[case.tier],
        "reasons": reasons(case),
        "reading": reading,
        "linked": linked(case, request.user),
        "events": case.events.select_related("by").order_by("-number")[:100],
        "labels": {name: row.label for name, row in lifecycle.ACTIONS.items()},
        "actions": _actions(case, request.user, failed or {}),
        "files": case.evidence.all(),
        "open_form": OpenForm(),
        "refusal": refusal,
        "mine": case.handler_id == request.user.pk,
    }
    return render(request, "reports/triage/case.html", context, status=status)


def _actions(case: Case, user, failed: dict) -> list[dict]:
    rows = [
        {"name": name, "label": row.label, "form": failed.get(name) or form_for(name, version=case.version)}
        for name, row in lifecycle.allowed(case, user).items()
    ]
    shown = {row["name"] for row in rows}
    # An action that was refused keeps its form on the page, so that no typed word is lost.
    rows += [
        {"name": name, "label": lifecycle.ACTIONS[name].label, "form": form, "refused": True}
        for name, form in failed.items()
        if name not in shown
    ]
    return [row | {"failed": row["name"] in failed} for row in rows]
