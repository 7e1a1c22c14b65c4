"""The auditor's page of alarms about people who looked at unusually much: what, when, and a note on what came of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from safetycenter.transitions import NotAllowed

from ..audit import insider
from ..models.staff_event import InsiderAlarm
from .audit_views import PAGE, context, for_auditors


class NoteForm(forms.Form):
    """What came of an alarm."""

    use_required_attribute = False
    note = forms.CharField(
        label=gettext_lazy("What you found out"),
        help_text=gettext_lazy("For auditors only. Name no reporter and no case."),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": gettext_lazy("Write in a few words what you found out.")},
    )


@require_GET
@for_auditors
def alarms(request: HttpRequest) -> HttpResponse:
    """Show the open alarms, each with its form, and those that were looked into."""
    return _show(request)


@require_POST
@for_auditors
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one alarm as looked into, with a note. Nobody does that for an alarm about themselves."""
    alarm = get_object_or_404(InsiderAlarm, pk=pk)
    form = NoteForm(request.POST, auto_id=f"alarm-{pk}-%s")
    if not form.is_valid():
        return _show(request, {pk: form}, status=422)
    try:
        if insider.settle(alarm, request.user, form.cleaned_data["note"]):
            messages.success(request, _("Marked as looked into."))
        else:
            messages.info(request, _("Somebody else has looked into it."))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:reports_event_insider")


def _note_form(alarm: InsiderAlarm) -> NoteForm:
    """Return the form of an open alarm; one that was raised again has its earlier note."""
    return NoteForm(auto_id=f"alarm-{alarm.pk}-%s", initial={"note": alarm.note})


def _show(request: HttpRequest, bound: dict[int, NoteForm] | None = None, **how: Any) -> HttpResponse:
    rows = InsiderAlarm.objects.select_related("person", "settled_by")
    bound = bound or {}
    unsettled = rows.filter(settled_at=None)[:PAGE]
    shown = {
        "unsettled": [(row, bound.get(row.pk) or _note_form(row)) for row in unsettled],
        "settled": rows.filter(settled_at__isnull=False)[:PAGE],
        "limits": [(label, settings.INSIDER_LIMITS[kind]) for kind, label in InsiderAlarm.Kind.choices],
    }
    page = context(request, _("Alarms about people"), "reports_event_insider")
    return render(request, "reports/triage/audit_insider.html", page | shown, **how)
