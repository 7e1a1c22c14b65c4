"""The auditor's pages: who did what with which case, and when. References, actions, people and times; never content.

Auditors see that every case exists, also restricted cases and those withheld from the desk, and can open none.
"""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from safetycenter.roles import role_required

from ..cases import audit, lifecycle
from ..cases.verification import alarms, walk
from ..crypto.vault import signing
from ..models.case import Case
from ..models.event import Event
from ..models.record import RecordAlarm
from . import access_stats

READ = "reports.read_audit"
PAGE = 50
CHECK_SECONDS = 5  # time that one request may spend on checking; the next request continues from there
PLACES = re.compile(r"|case:[0-9a-f-]{36}|entry:[0-9]{1,18}|anchors")
DAY = timedelta(days=1)


for_auditors = role_required(READ)


def labels() -> dict:
    """Return the label of every recorded action."""
    return {name: row.label for name, row in lifecycle.ACTIONS.items()} | audit.LABELS


class EventFilterForm(forms.Form):
    """The filters of the record. An empty form selects every event."""

    use_required_attribute = False
    case = forms.CharField(label=gettext_lazy("Reference"), max_length=9, required=False)
    by = forms.ModelChoiceField(None, label=gettext_lazy("Person"), required=False)
    action = forms.ChoiceField(label=gettext_lazy("Action"), required=False)
    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = get_user_model().objects.filter(is_staff=True).order_by("username")  # type: ignore[attr-defined]
        self.fields["by"].empty_label = _("Everyone")  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", _("Everything")), *labels().items()]  # type: ignore[attr-defined]
        self.fields["case"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def events(self) -> QuerySet[Event]:
        """Return the matching events, the newest first."""
        wanted = self.cleaned_data if self.is_valid() else {}
        events = Event.objects.select_related("case", "by").order_by("-pk")
        if reference := wanted.get("case"):
            events = events.filter(case__reference=reference.replace("-", "").strip().upper())
        if day := wanted.get("day"):
            begin = timezone.make_aware(datetime.combine(day, time()))
            events = events.filter(at__gte=begin, at__lt=begin + DAY)
        return events.filter(**{name: wanted[name] for name in ("by", "action") if wanted.get(name)})


@require_GET
@for_auditors
def record(request: HttpRequest) -> HttpResponse:
    """Show one page of the record, filtered."""
    return _show(request, EventFilterForm(request.GET, auto_id="record-%s"))


@require_POST
@for_auditors
def verify(request: HttpRequest) -> HttpResponse:
    """Check the record for some seconds; show whether the checked part is intact and whether more is left."""
    if not signing.can_check():
        messages.error(
            request, _("This server does not have the audit log key. Verify the log on a server that has it.")
        )
        return redirect("admin:reports_event_changelist")
    place = request.POST.get("after", "")
    checked = walk.verify_for(CHECK_SECONDS, place if PLACES.fullmatch(place) else "")
    return _show(request, EventFilterForm({}, auto_id="record-%s"), checked=checked)


@require_POST
@for_auditors
def settle(request: HttpRequest) -> HttpResponse:
    """Mark the open alarms as investigated."""
    alarms.settle(request.user)
    messages.success(request, _("Marked as investigated. Changed data are not restored."))
    return redirect("admin:reports_event_changelist")


@require_GET
@for_auditors
def people(request: HttpRequest) -> HttpResponse:
    """Show how often each person opened cases, and how many of these cases that person did not hold."""
    context = {
        **admin.site.each_context(request),
        "title": _("Who opened what"),
        "rows": access_stats.views_by_person(),
        "days": access_stats.DAYS,
    }
    return render(request, "reports/triage/audit_people.html", context)


def _show(request: HttpRequest, search: EventFilterForm, checked: Any = None) -> HttpResponse:
    before = request.GET.get("before", "")
    events = search.events()
    if before.isdigit():
        events = events.filter(pk__lt=int(before[:18]))
    rows = list(events[: PAGE + 1])
    query = request.GET.copy()
    query["before"] = rows[PAGE - 1].pk if len(rows) > PAGE else ""
    context = {
        **admin.site.each_context(request),
        "title": _("Audit log"),
        "search": search,
        "events": rows[:PAGE],
        "labels": labels(),
        "next": query.urlencode() if query["before"] else "",
        "checked": checked,
        "alarms": _alarms(),
    }
    return render(request, "reports/triage/audit_log.html", context)


def _alarms() -> list[dict]:
    """Return the open alarms with their case, if it still exists, and the ids of the keys missing for it."""
    found = list(alarms.unsettled()[:PAGE])
    cases = Case.objects.in_bulk([alarm.case_id for alarm in found if alarm.case_id])
    return [{"alarm": alarm, "case": cases.get(alarm.case_id), "missing": _missing(alarm)} for alarm in found]


def _missing(alarm: RecordAlarm) -> str:
    is_about_a_key = alarm.kind == RecordAlarm.Kind.KEY
    return ", ".join(audit.unknown_keys(Event.objects.filter(case=alarm.case_id))) if is_about_a_key else ""
