"""The auditor's pages: who did what with which case, and when. References, actions, people and times; never content.
Of locked files also to whom they were handed, under which receipt (K7).

Auditors see that every case exists, also restricted cases and those withheld from the desk, and can open none.
"""

import re
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from safetycenter.roles import role_required

from ..audit import insider, staff_log
from ..cases import audit
from ..cases.verification import alarms, walk
from ..crypto.vault import signing
from ..models.case import Case
from ..models.event import Event
from ..models.record import RecordAlarm
from . import access_stats, locked_files
from .audit_filter import EventFilterForm, StaffEventFilterForm, labels
from .audit_words import staff_fact

READ = "reports.read_audit"
PAGE = 50
CHECK_SECONDS = 5  # time that one request may spend on checking; the next request continues from there
PLACES = re.compile(r"|case:[0-9a-f-]{36}|entry:[0-9]{1,18}|anchors|staff:[0-9]{1,18}")
PAGES = {
    "reports_event_changelist": gettext_lazy("Cases"),
    "reports_event_staff": gettext_lazy("Searches, exports and rights"),
    "reports_event_people": gettext_lazy("Who opened what"),
    "reports_event_insider": gettext_lazy("Alarms about people"),
}


for_auditors = role_required(READ)


def context(request: HttpRequest, title: str, here: str) -> dict[str, Any]:
    """Return what every page of the auditor shows; ``here`` is its URL name."""
    pages = [(reverse(f"admin:{name}"), label, name == here) for name, label in PAGES.items()]
    return {**admin.site.each_context(request), "title": title, "pages": pages}


@require_GET
@for_auditors
def record(request: HttpRequest) -> HttpResponse:
    """Show one page of the record of cases, filtered."""
    return _show(request, EventFilterForm(request.GET, auto_id="record-%s"))


@require_GET
@for_auditors
def staff(request: HttpRequest) -> HttpResponse:
    """Show one page of the staff log, filtered."""
    search = StaffEventFilterForm(request.GET, auto_id="record-%s")
    rows, following = _page(request, search.events())
    shown = {
        "search": search,
        "rows": [(event, staff_log.LABELS.get(event.action, event.action), staff_fact(event)) for event in rows],
        "next": following,
    }
    page = context(request, _("Searches, exports and rights"), "reports_event_staff")
    return render(request, "reports/triage/audit_staff.html", page | shown, status=search.status)


@require_POST
@for_auditors
def verify(request: HttpRequest) -> HttpResponse:
    """Check the record for some seconds; show whether the checked part is intact and whether more is left.

    The last part includes the staff log. The result is recorded there.
    """
    if not signing.can_check():
        messages.error(
            request, _("This server does not have the audit log key. Verify the log on a server that has it.")
        )
        return redirect("admin:reports_event_changelist")
    checked, people = _check(request.POST.get("after", ""))
    if checked.last is None or checked.broken or people:
        intact = not (checked.broken or people)
        staff_log.record(request.user, staff_log.CHECKED, intact=intact, complete=checked.last is None)
    return _show(request, EventFilterForm({}, auto_id="record-%s"), checked=checked, broken_people=people)


def _check(place: str) -> tuple[walk.WalkResult, list[str]]:
    """Check for some seconds from ``place`` on: the record, then person by person the staff log.

    Return the result, and the names of the people whose chain was changed.
    """
    after, is_staff_log = 0, place.startswith("staff:") and PLACES.fullmatch(place)
    if is_staff_log:
        checked, after = walk.WalkResult(), int(place.removeprefix("staff:"))
    else:
        checked = walk.verify_for(CHECK_SECONDS, place if PLACES.fullmatch(place) else "")
    if checked.last is not None:
        return checked, []
    people, last = staff_log.check_for(CHECK_SECONDS, after)
    checked.last = f"staff:{last}" if last else None
    return checked, people


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
    shown = {"rows": access_stats.views_by_person(), "days": access_stats.DAYS}
    page = context(request, _("Who opened what"), "reports_event_people")
    return render(request, "reports/triage/audit_people.html", page | shown)


def _page(request: HttpRequest, rows: QuerySet) -> tuple[list, str]:
    """Return one page of ``rows``, the newest first, and the query of the next page; empty if there is none."""
    before = request.GET.get("before", "")
    if before.isdigit():
        rows = rows.filter(pk__lt=int(before[:18]))
    found = list(rows[: PAGE + 1])
    query = request.GET.copy()
    query["before"] = found[PAGE - 1].pk if len(found) > PAGE else ""
    return found[:PAGE], query.urlencode() if query["before"] else ""


def _show(request: HttpRequest, search: EventFilterForm, **checked: Any) -> HttpResponse:
    rows, following = _page(request, search.events())
    records = locked_files.of_events(rows)
    for event in rows:
        event.hand_over = records.get(event.pk)  # type: ignore[attr-defined]
    shown = {
        "search": search,
        "events": rows,
        "labels": labels(),
        "next": following,
        "alarms": _alarms(),
        "insiders": insider.unsettled(),
        "last_check": staff_log.last_check(),
        **checked,
    }
    page = context(request, _("Audit log"), "reports_event_changelist")
    return render(request, "reports/triage/audit_log.html", page | shown, status=search.status)


def _alarms() -> list[dict]:
    """Return the open alarms with their case, if it still exists, and the ids of the keys missing for it."""
    found = list(alarms.unsettled()[:PAGE])
    cases = Case.objects.in_bulk([alarm.case_id for alarm in found if alarm.case_id])
    return [{"alarm": alarm, "case": cases.get(alarm.case_id), "missing": _missing(alarm)} for alarm in found]


def _missing(alarm: RecordAlarm) -> str:
    is_about_a_key = alarm.kind == RecordAlarm.Kind.KEY
    return ", ".join(audit.unknown_keys(Event.objects.filter(case=alarm.case_id))) if is_about_a_key else ""
